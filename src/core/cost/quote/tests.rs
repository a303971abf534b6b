//! Units that follow the work, hours awake, plans and ranges, with price models made by hand.

use crate::core::cost::money::Money;
use crate::core::cost::serving::Case;
use crate::core::cost::tariff::NoBill;
use crate::core::cost::tariff::Tariff;
use crate::core::cost::tests::{bill, check, load};
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::samples::priced;
use crate::pack::{FloorRule, InstanceSize, Price, PricePlan, PriceStep, Service};

/// Units of 1 GB and half a vCPU for $0.01 an hour.
const UNITS: [(Price, f64); 4] = [
    (Price::CapacityUnitHourly, 0.01),
    (Price::MinimumUnits, 1.0),
    (Price::UnitMemoryGb, 1.0),
    (Price::UnitVcpus, 0.5),
];

#[test]
fn units_follow_the_work_in_flight() {
    let units = |workload: Workload, expected: Result<u64, NoBill>| {
        let found = bill(&priced(&UNITS, None), &workload).map(|b| b.sums.units);
        assert_eq!(found, expected, "{workload:?}");
    };
    // 2.628 million a month are one a second; of 10 s each, ten are in flight: two fit into the memory of a unit.
    let flight = load(2_628_000, 10_000, 512, 1_000);
    let slow = flight.with(WorkloadField::Vcpu, 10);
    units(slow, Ok(5));
    units(slow.with(WorkloadField::Peak, 4_000), Ok(20));
    // Three of 300 MB fit: ten in flight are four units.
    units(slow.with(WorkloadField::Memory, 300), Ok(4));
    // 10 × 0.289429 vCPU = 2.89 vCPU: six halves.
    units(flight, Ok(6));
    // A share of the processor only slows a request down, so one of 4 vCPU fits; memory does not give.
    units(flight.with(WorkloadField::Vcpu, 4_000), Ok(80));
    units(
        flight.with(WorkloadField::Memory, 1_025),
        Err(NoBill::TooLarge(1_025_000, 1_024_000)),
    );
    units(load(0, 10_000, 1_025, 1_000), Ok(1));
}

#[test]
fn the_cheapest_size_that_fits_is_taken() {
    let size = |vcpus, memory_gb| InstanceSize {
        name: None,
        vcpus: Some(vcpus),
        memory_gb,
        hourly: None,
        idle_hourly: None,
    };
    let mut service = priced(
        &[
            (Price::PerVcpuHour, 0.04),
            (Price::PerGbHour, 0.004),
            (Price::MinimumUnits, 1.0),
        ],
        None,
    );
    if let Some(pricing) = &mut service.pricing {
        pricing.sizes = vec![size(0.25, 1.0), size(1.0, 4.0), size(1.0, 8.0)];
        pricing.capacity_unit = Some("task".into());
    }
    let check = |ms, mb, expected: &str| {
        // One a second.
        let workload = load(2_628_000, ms, mb, 1_000).with(WorkloadField::Vcpu, 10);
        let bill = bill(&service, &workload).expect("priced");
        let words = bill.parts.first().map(|part| part.words.as_str());
        assert_eq!(words, Some(expected), "{ms} ms, {mb} MB");
    };
    // 0.25 × 0.04 + 1 × 0.004 = $0.014; 0.04 + 4 × 0.004 = $0.056; 0.04 + 8 × 0.004 = $0.072.
    check(1_000, 1_024, "1 × task of 0.25 vCPU, 1 GB × $0.014 × 730 h");
    // Of 2 GB each, four in flight: two tasks of 4 GB ($0.112) or one of 8 GB ($0.072).
    check(4_000, 2_048, "1 × task of 1 vCPU, 8 GB × $0.072 × 730 h");
    // Ten in flight: ten of 1 GB are $0.14, three of 4 GB $0.168, two of 8 GB $0.144.
    check(
        10_000,
        1_024,
        "10 × task of 0.25 vCPU, 1 GB × $0.014 × 730 h; memory decides",
    );
}

#[test]
fn what_pauses_is_billed_while_awake() {
    let prices = [
        (Price::CapacityUnitHourly, 1.0),
        (Price::MinimumUnitsAwake, 1.0),
        (Price::IdleMinutesBeforePause, 5.0),
    ];
    let awake = |workload: &Workload| {
        let bill = bill(&priced(&prices, None), workload).expect("priced");
        (bill.sums.total.in_dollars(), bill.awake.map(|a| a.wakes))
    };
    let check = |requests, usd: &str, wakes| {
        assert_eq!(
            awake(&load(requests, 1, 1, 1_000)),
            (usd.to_owned(), Some(wakes))
        );
    };
    check(0, "$0.00", 0);
    // 730 h × (1 − e^(−1,000/730 × 5/60)) = 730 × (1 − e^(−0.114156)) = 730 × 0.107880 = 78.75 h; 1,000 × 0.892120 wakes.
    check(1_000, "$78.75", 892);
    // One request: 5 minutes. A hundred million: all month.
    check(1, "$0.08", 1);
    check(100_000_000, "$730.00", 0);
    // 30 bursts of 5 minutes: 30 × 10 minutes = 5 h; one burst at most for each request.
    let bursts = Some(Bursts {
        count: 30,
        length_ms: 300_000,
    });
    let nightly = |requests| load(requests, 1, 1, 1_000).in_bursts(bursts);
    assert_eq!(awake(&nightly(30)), ("$5.00".to_owned(), Some(30)));
    assert_eq!(awake(&nightly(3_000)), ("$5.00".to_owned(), Some(30)));
    assert_eq!(awake(&nightly(3)), ("$0.50".to_owned(), Some(3)));
}

#[test]
fn waiting_may_cost_less_than_work() {
    let prices = [
        (Price::CapacityUnitHourly, 0.078),
        (Price::IdleUnitHourly, 0.014),
        (Price::MinimumUnits, 1.0),
        (Price::IdleMinutesBeforePause, 1.0),
        (Price::RequestsPerUnitPerSecond, 80.0),
    ];
    // 730 × 0.014 = 10.22; one request of a second: 61 s × 0.064 / 3,600 = 0.00108; busy all month: 730 × 0.078 = 56.94.
    check(&prices, None, load(0, 1_000, 1, 1_000), "$10.22");
    let one = bill(&priced(&prices, None), &load(1, 1_000, 1, 1_000)).expect("priced");
    assert!((one.sums.total.to_f64() - 10.221_084).abs() < 1e-6);
    let told = one.starred.iter().map(|line| line.as_str());
    let waits = "it counts as waiting after 1 minute without a request; requests come at random";
    assert!(told.into_iter().any(|line| line == waits));
    let busy = bill(&priced(&prices, None), &load(100_000_000, 1, 1, 1_000)).expect("priced");
    assert_eq!(busy.sums.total.in_dollars(), "$56.94");
}

#[test]
fn a_plan_is_due_where_the_free_one_ends() {
    let prices = [
        (Price::PerMillionRequests, 0.15),
        (Price::FreeRequestsPerMonth, 1e6),
        (Price::PlanUsdPerMonth, 5.0),
        (Price::PlanBeyondRequests, 3e6),
    ];
    check(&prices, None, load(0, 1, 1, 1_000), "$0.00");
    check(&prices, None, load(3_000_000, 1, 1, 1_000), "$0.00");
    // 5 + 2.000001 × 0.15.
    check(&prices, None, load(3_000_001, 1, 1, 1_000), "$5.30000015");
    let always = [
        (Price::PerMillionRequests, 0.15),
        (Price::PlanUsdPerMonth, 5.0),
    ];
    check(&always, None, load(0, 1, 1, 1_000), "$5.00");
    check(&always, None, load(1_000_000, 1, 1, 1_000), "$5.15");
}

#[test]
fn requests_that_share_an_instance_share_its_time() {
    let prices = [(Price::PerGbSecond, 1.0), (Price::MostAtOnce, 10.0)];
    // All within a second: an instance is free of requests for next to none of it.
    let bursts = Some(Bursts {
        count: 1,
        length_ms: 1_000,
    });
    let check = |at_once, least: Option<&str>| {
        let workload = load(100, 1_000, 1_024, 1_000).with(WorkloadField::AtOnce, at_once);
        let workload = workload.in_bursts(bursts);
        let bill = bill(&priced(&prices, None), &workload).expect("priced");
        assert_eq!(bill.sums.total.in_dollars(), "$100.00");
        assert_eq!(
            bill.at_least.map(Money::in_dollars).as_deref(),
            least,
            "{at_once}"
        );
    };
    check(1, None);
    check(4, Some("$25.00"));
    check(80, Some("$10.00"));
}

#[test]
fn what_a_service_does_not_serve_is_refused() {
    let prices = [
        (Price::PerGbSecond, 1.0),
        (Price::MostMemoryGb, 10.0),
        (Price::MostSeconds, 900.0),
        (Price::MbPerVcpu, 1_769.0),
    ];
    let service = priced(&prices, None);
    let refused =
        |workload: Workload| bill(&service, &workload).map(|b| b.sums.total.exact_in_dollars());
    let large = refused(load(1, 1, 10_241, 1_000));
    assert_eq!(large, Err(NoBill::TooLarge(10_241_000, 10_240_000)));
    assert_eq!(
        refused(load(1, 900_001, 1, 1_000)),
        Err(NoBill::TooLong(900_000))
    );
    assert_eq!(refused(load(0, 900_001, 1, 1_000)), Ok("$0.00".into()));
    // A vCPU comes with 1,769 MB: 1 s × 1,769 / 1,024 GB.
    let vcpu = load(1, 1_000, 512, 1_000).with(WorkloadField::Vcpu, 1_000);
    assert_eq!(
        refused(vcpu).as_deref(),
        Ok("$1.727539062500".trim_end_matches('0'))
    );
}

/// A service with further steps of its price of requests.
fn stepped(prices: &[(Price, f64)], steps: &[(f64, f64)]) -> Service {
    let mut service = priced(prices, None);
    if let Some(pricing) = &mut service.pricing {
        let price = Price::PerMillionRequests;
        let step = |&(from, usd): &(f64, f64)| PriceStep { price, from, usd };
        pricing.steps = steps.iter().map(step).collect();
    }
    service
}

#[test]
fn each_part_of_an_amount_has_the_price_of_its_step() {
    let prices = [
        (Price::PerMillionRequests, 1.0),
        (Price::FreeRequestsPerMonth, 2e6),
    ];
    let service = stepped(&prices, &[(10e6, 0.5), (100e6, 0.25)]);
    let check = |millions: u64, usd: &str, words: &str| {
        let bill = bill(&service, &load(millions * 1_000_000, 1, 1, 1_000)).expect("priced");
        let told = bill.parts.first().map(|part| part.words.as_str());
        assert_eq!(
            (bill.sums.total.exact_in_dollars().as_str(), told),
            (usd, Some(words))
        );
    };
    check(0, "$0.00", "0 requests, of 2,000,000 free");
    check(2, "$0.00", "2,000,000 requests, of 2,000,000 free");
    let first = "(10,000,000 − 2,000,000 free) requests × $1.00 per million";
    check(10, "$8.00", first);
    // 8 × 1.00 + 1 × 0.50; 8 + 90 × 0.50 + 20 × 0.25.
    let second =
        "requests beyond 2,000,000 free: 8,000,000 × $1.00 + 1,000,000 × $0.50 per million";
    check(11, "$8.50", second);
    let all = "requests beyond 2,000,000 free: 8,000,000 × $1.00 + 90,000,000 × $0.50 + 20,000,000 × $0.25 per million";
    check(120, "$58.00", all);
}

#[test]
fn a_free_amount_may_end_within_a_later_step() {
    let prices = [
        (Price::PerMillionRequests, 1.0),
        (Price::FreeRequestsPerMonth, 20e6),
    ];
    let service = stepped(&prices, &[(10e6, 0.5)]);
    let bill = bill(&service, &load(30_000_000, 1, 1, 1_000)).expect("priced");
    let words = bill.parts.first().map(|part| part.words.as_str());
    let expected = "(30,000,000 − 20,000,000 free) requests × $0.50 per million";
    assert_eq!(
        (bill.sums.total.exact_in_dollars().as_str(), words),
        ("$5.00", Some(expected))
    );
}

#[test]
fn what_is_kept_waits_for_less_while_it_works() {
    // A GB-second is $0.01 busy; an hour that waits is $3.60: 730 × 3.60 = $2,628, a thousandth of a dollar a second.
    let prices = [(Price::PerGbSecond, 0.01), (Price::MinimumHourly, 3.6)];
    let service = priced(&prices, Some(FloorRule::Idle));
    let check = |requests: u64, mb: u64, usd: &str, words: &str| {
        let bill = bill(&service, &load(requests, 1_000, mb, 1_000)).expect("priced");
        let told = bill.parts.last().map(|part| part.words.as_str());
        assert_eq!(
            (bill.sums.total.exact_in_dollars().as_str(), told),
            (usd, Some(words))
        );
    };
    check(0, 1_024, "$2,628.00", "$3.60 × 730 h, added while it waits");
    // A million seconds: $10,000 as use, and 1,628,000 s × 0.001 while it waits.
    let busy = "$3.60 × (730 − 277.778 h busy), added while it waits";
    check(1_000_000, 1_024, "$11,628.00", busy);
    // Busy all month, and beyond.
    let busy = "$3.60 × (730 − 730 h busy), added while it waits";
    check(2_628_000, 1_024, "$26,280.00", busy);
    check(3_000_000, 1_024, "$30,000.00", busy);
    // Of 51.2 MB a busy second costs half as much as one that waits, and no bill falls for that.
    let less = "$3.60 × 730 h, less what its busy time costs";
    check(1_000_000, 51, "$2,628.00", less);
}

#[test]
fn of_sizes_that_wait_for_less_the_one_is_taken_that_costs_least_over_the_month() {
    let size = |memory_gb, hourly, idle_hourly| InstanceSize {
        name: None,
        vcpus: None,
        memory_gb,
        hourly: Some(hourly),
        idle_hourly: Some(idle_hourly),
    };
    let prices = [
        (Price::MinimumUnits, 1.0),
        (Price::IdleMinutesBeforePause, 5.0),
    ];
    let mut service = priced(&prices, None);
    if let Some(pricing) = &mut service.pricing {
        pricing.sizes = vec![size(1.0, 0.05, 0.04), size(2.0, 0.10, 0.01)];
    }
    let check = |requests, mb, usd: &str, words: &str| {
        let bill = bill(&service, &load(requests, 1, mb, 1_000)).expect("priced");
        let told = bill.parts.last().map(|part| part.words.as_str());
        assert_eq!(
            (bill.sums.total.in_dollars().as_str(), told),
            (usd, Some(words))
        );
    };
    // Idle: 0.01 × 730, not 0.04 × 730. Awake all month: 0.05 × 730, not 0.10 × 730; with 2 GB only the larger one fits.
    check(
        0,
        1_024,
        "$7.30",
        "1 × unit of 2 GB × ($0.01 × 730 h + $0.09 × 0 h awake)",
    );
    let awake = "1 × unit of 1 GB × ($0.04 × 730 h + $0.01 × 730 h)";
    check(100_000_000, 1_024, "$36.50", awake);
    let larger = "1 × unit of 2 GB × ($0.01 × 730 h + $0.09 × 730 h)";
    check(100_000_000, 2_048, "$73.00", larger);
    // Awake for a share a of the month they cost 0.04 + 0.01 a and 0.01 + 0.09 a an hour: the same at a = 0.375, which are
    // −ln(0.625) / (300.001 s / 2,628,000 s) = 4,117.24 requests.
    let tariff = Tariff::of(&service).expect("priced");
    let quote = tariff.quote(&load(0, 1, 1_024, 1_000), Case::Dearest);
    let size = |n| {
        quote
            .unit(n)
            .and_then(|(unit, _)| unit.size)
            .map(|s| s.memory_gb)
    };
    assert_eq!((size(4_117), size(4_118)), (Some(2.0), Some(1.0)));
    assert_eq!(quote.same_capacity_to(1, 1_000_000), 4_117);
}

#[test]
fn sharing_an_instance_may_ask_for_a_whole_vcpu() {
    let prices = [
        (Price::PerVcpuSecond, 0.01),
        (Price::MostAtOnce, 10.0),
        (Price::MinimumVcpusShared, 1.0),
    ];
    let check = |at_once, least: Option<&str>| {
        // 100 requests of a second and 442 / 1,769 of a vCPU, a quarter: 25 vCPU-seconds.
        let workload = load(100, 1_000, 442, 1_000);
        let workload = workload.with(WorkloadField::AtOnce, at_once);
        let workload = workload.in_bursts(Some(Bursts {
            count: 1,
            length_ms: 1_000,
        }));
        let bill = bill(&priced(&prices, None), &workload).expect("priced");
        assert_eq!(bill.sums.total.in_dollars(), "$0.25");
        let found = bill.at_least.map(Money::in_dollars);
        assert_eq!(found.as_deref(), least, "{at_once}");
    };
    check(1, None);
    // Two that share a whole vCPU cost more than two quarters.
    check(2, None);
    check(5, Some("$0.20"));
    check(10, Some("$0.10"));
}

#[test]
fn one_request_is_not_spread_over_several_units() {
    let units = |requests, expected: (u64, &str)| {
        let bursts = Some(Bursts {
            count: 30,
            length_ms: 10_000,
        });
        // Each takes 10 s and asks for 2 vCPU, four units of half a vCPU.
        let workload = load(requests, 10_000, 512, 1_000)
            .with(WorkloadField::Vcpu, 2_000)
            .in_bursts(bursts);
        let bill = bill(&priced(&UNITS, None), &workload).expect("priced");
        let words = bill.parts.first().map(|part| part.words.to_string());
        let why = words.unwrap_or_default();
        let why = why.split_once("; ").map_or("", |(_, why)| why);
        assert_eq!((bill.sums.units, why), expected, "{requests}");
    };
    let slower = "a request asks for more processor and takes longer";
    units(0, (1, ""));
    units(30, (1, slower));
    units(60, (2, slower));
    units(61, (3, slower));
}

/// The bill at its cheapest and at its dearest.
fn range(prices: &[(Price, f64)], workload: &Workload) -> (String, String) {
    let bill = bill(&priced(prices, None), workload).expect("priced");
    let (least, most) = bill.range();
    (least.in_dollars(), most.in_dollars())
}

#[test]
fn requests_that_share_are_billed_while_one_runs() {
    let prices = [(Price::PerGbSecond, 0.001), (Price::MostAtOnce, 1_000.0)];
    let check = |requests, at_once, expected: (&str, &str)| {
        let workload = load(requests, 1_000, 1_024, 1_000).with(WorkloadField::AtOnce, at_once);
        let (least, most) = range(&prices, &workload);
        assert_eq!(
            (least.as_str(), most.as_str()),
            expected,
            "{requests} {at_once}"
        );
    };
    // 2,628,000 of a second each are one in flight: none runs for e^(−1) of the month, and 0.632121 × 2,628 = 1,661.21.
    check(2_628_000, 100, ("$1,661.21", "$2,628.00"));
    // Two at once may not take half of the time.
    check(2_628_000, 2, ("$1,661.21", "$2,628.00"));
    // A hundred in flight: one runs all month, and of those that take two, fifty.
    check(262_800_000, 1_000, ("$2,628.00", "$262,800.00"));
    check(262_800_000, 2, ("$131,400.00", "$262,800.00"));
    // So few that they hardly meet: 1,000 − 1,000² / 2 / 2,628,000.
    check(1_000, 1_000, ("$1.00", "$1.00"));
}

#[test]
fn processor_that_is_told_or_billed_as_used_is_not_shared() {
    let prices = [(Price::PerVcpuSecond, 0.001), (Price::MostAtOnce, 1_000.0)];
    let check = |more: &[(Price, f64)], vcpu, expected: (&str, &str)| {
        let prices = [&prices[..], more].concat();
        let workload = load(26_280_000, 1_000, 1_769, 1_000).with(WorkloadField::AtOnce, 100);
        let (least, most) = range(&prices, &workload.with(WorkloadField::Vcpu, vcpu));
        assert_eq!((least.as_str(), most.as_str()), expected, "{more:?} {vcpu}");
    };
    // Ten in flight, and one runs for all of the month but e^(−10): 2,628 − 0.12.
    check(&[], 0, ("$2,627.88", "$26,280.00"));
    check(&[], 500, ("$13,140.00", "$13,140.00"));
    let waits = [(Price::IdleMinutesBeforePause, 1.0)];
    check(&waits, 0, ("$26,280.00", "$26,280.00"));
}

#[test]
fn units_that_follow_the_load_are_not_held_for_its_peak() {
    let follows = |workload: &Workload, more: &[(Price, f64)]| {
        let prices = [
            (Price::CapacityUnitHourly, 1.0),
            (Price::RequestsPerUnitPerSecond, 1.0),
        ];
        let mut service = priced(&[&prices[..], more].concat(), None);
        if let Some(pricing) = &mut service.pricing {
            pricing.follows_load = true;
        }
        let bill = bill(&service, workload).expect("priced");
        let (least, most) = bill.range();
        let words = bill.parts.first().map(|part| part.words.to_string());
        (
            least.in_dollars(),
            most.in_dollars(),
            words.unwrap_or_default(),
        )
    };
    // 2.5 a second: three units, and four where every rise is rounded up; at five times the mean 13 would be held.
    let check = |peak, least: &str, most: &str| {
        let (found, dearest, _) = follows(&load(6_570_000, 100, 512, peak), &[]);
        assert_eq!((found.as_str(), dearest.as_str()), (least, most), "{peak}");
    };
    check(1_000, "$2,190.00", "$2,190.00");
    check(1_100, "$2,190.00", "$2,190.00");
    check(5_000, "$2,190.00", "$2,920.00");
    // It pauses after 60 s: a thousand requests of 60 s keep units up for 120 s each at most, 33.33 h in all.
    let pauses = [
        (Price::IdleMinutesBeforePause, 1.0),
        (Price::MostAtOnce, 1.0),
    ];
    let (_, most, words) = follows(&load(1_000, 60_000, 512, 50_000), &pauses);
    let expected = ("$33.33", "unit × $1.00 × 33.333 h in all");
    assert_eq!(
        (most.as_str(), words.split(';').next()),
        (expected.0, Some(expected.1))
    );
}

#[test]
fn no_more_units_are_billed_than_can_be_had() {
    let prices = [
        (Price::CapacityUnitHourly, 1.0),
        (Price::MinimumUnits, 1.0),
        (Price::RequestsPerUnitPerSecond, 1.0),
        (Price::MostUnits, 2.0),
    ];
    let service = priced(&prices, None);
    let total = |requests| {
        bill(&service, &load(requests, 1, 1, 1_000)).map(|b| b.sums.total.exact_in_dollars())
    };
    assert_eq!(total(5_256_000).as_deref(), Ok("$1,460.00"));
    assert_eq!(total(5_256_001), Err(NoBill::TooMany(3, 2)));
    let tariff = Tariff::of(&service).expect("priced");
    let quote = tariff.quote(&load(0, 1, 1, 1_000), Case::Dearest);
    assert_eq!(quote.end(), Some(5_256_000));
}

#[test]
fn of_plans_the_one_that_costs_least_is_taken() {
    let plan = |name: &str, usd, free, more, most| PricePlan {
        name: name.into(),
        per_month: usd,
        free,
        per_million: more,
        most,
    };
    let mut service = priced(&[], None);
    if let Some(pricing) = &mut service.pricing {
        pricing.plans = vec![
            plan("Small", 10.0, 1e6, 8.0, None),
            plan("Large", 49.0, 10e6, 2.0, Some(20e6)),
        ];
    }
    let check = |requests, expected: &str, words: &[&str]| {
        let bill = bill(&service, &load(requests, 1, 1, 1_000)).expect("priced");
        let told: Vec<&str> = bill.parts.iter().map(|part| part.words.as_str()).collect();
        assert_eq!(
            (bill.sums.total.exact_in_dollars().as_str(), told.as_slice()),
            (expected, words)
        );
    };
    check(
        0,
        "$10.00",
        &["0 requests, of 1,000,000 free", "Small, $10.00 a month"],
    );
    let small = "(5,000,000 − 1,000,000 free) requests × $8.00 per million";
    check(5_000_000, "$42.00", &[small, "Small, $10.00 a month"]);
    let large = "(12,000,000 − 10,000,000 free) requests × $2.00 per million";
    check(12_000_000, "$53.00", &[large, "Large, $49.00 a month"]);
    let beyond = "(21,000,000 − 1,000,000 free) requests × $8.00 per million";
    check(21_000_000, "$170.00", &[beyond, "Small, $10.00 a month"]);
}

#[test]
fn meters_that_count_together_share_their_steps() {
    let prices = [
        (Price::PerMillionRequests, 1_000_000.0),
        (Price::PerVcpuSecond, 1.0),
        (Price::PerGbSecond, 0.5),
    ];
    let mut service = priced(&prices, None);
    if let Some(pricing) = &mut service.pricing {
        pricing.one_meter = true;
        let price = Price::PerVcpuSecond;
        pricing.steps = vec![PriceStep {
            price,
            from: 40.0,
            usd: 0.25,
        }];
    }
    let check = |requests, expected: [&str; 4]| {
        // Each counts as a unit, its second of 1 GB as 0.5, and that of 1 vCPU as 1.
        let workload = load(requests, 1_000, 1_024, 1_000).with(WorkloadField::Vcpu, 1_000);
        let sums = bill(&service, &workload).expect("priced").sums;
        let found = [sums.requests, sums.memory, sums.processor, sums.total];
        assert_eq!(found.map(Money::exact_in_dollars), expected, "{requests}");
    };
    check(10, ["$10.00", "$5.00", "$10.00", "$25.00"]);
    // 50 units: 20 for requests, 10 for memory, and of the 20 for the processor ten at a quarter of the price.
    check(20, ["$20.00", "$10.00", "$12.50", "$42.50"]);
}
