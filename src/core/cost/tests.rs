//! Tests of the cost model, with price models made by hand and with random ones.
//! What is expected was worked out on paper, or follows from what a bill is.

use std::cmp::Ordering;

use crate::core::cost::bill::{self, Bill, BillLineKind};
use crate::core::cost::break_even::{Crossing, Meeting, break_even};
use crate::core::cost::money::Usd;
use crate::core::cost::presets::{Preset, always_on};
use crate::core::cost::quote::Case;
use crate::core::cost::sweep::{Axis, AxisScale, sweep};
use crate::core::cost::tariff::{NoBill, Tariff, UncountedPart};
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::samples::{priced, service};
use crate::pack::{FloorRule, Price, Service, Size};
use crate::text::Words;

pub(super) const ADD: Option<FloorRule> = Some(FloorRule::Add);
pub(super) const LARGER: Option<FloorRule> = Some(FloorRule::Larger);

pub(super) fn bill(service: &Service, workload: &Workload) -> Result<Bill, NoBill> {
    bill::bill(&Tariff::of(service)?, workload)
}

pub(super) fn load(requests: u64, ms: u64, mb: u64, peak_thousandths: u64) -> Workload {
    let load = Workload::default()
        .with(WorkloadField::Requests, requests)
        .with(WorkloadField::Duration, ms);
    load.with(WorkloadField::Memory, mb)
        .with(WorkloadField::Peak, peak_thousandths)
}

#[track_caller]
fn check(prices: &[(Price, f64)], floor: Option<FloorRule>, workload: Workload, expected: &str) {
    let service = priced(prices, floor);
    let found = bill(&service, &workload).map(|b| b.sums.total.exact());
    assert_eq!(found.as_deref(), Ok(expected), "{prices:?} at {workload:?}");
}

#[test]
fn every_price_has_its_place_in_the_formula() {
    let million = load(1_000_000, 100, 512, 1_000);
    check(&[(Price::PerMillionRequests, 0.2)], None, million, "$0.20");
    check(
        &[
            (Price::PerMillionRequests, 0.2),
            (Price::FreeRequestsPerMonth, 400_000.0),
        ],
        None,
        million,
        "$0.12",
    );
    // 1 M × 0.1 s × 0.5 GB = 50,000 GB-s.
    check(&[(Price::PerGbSecond, 0.00001)], None, million, "$0.50");
    check(
        &[
            (Price::PerGbSecond, 0.00001),
            (Price::FreeGbSecondsPerMonth, 10_000.0),
        ],
        None,
        million,
        "$0.40",
    );
    // 1 M × 0.1 s × 0.25 vCPU = 25,000 vCPU-s.
    let vcpu = (Price::PerVcpuSecond, 0.00002);
    let quarter = million.with(WorkloadField::Vcpu, 250);
    check(&[vcpu], None, quarter, "$0.50");
    // 512 / 1,769 = 0.289429 vCPU: 28,942.9 vCPU-s.
    check(&[vcpu], None, million, "$0.578858");
    check(&[vcpu, (Price::MinimumVcpus, 1.0)], None, quarter, "$2.00");
    check(
        &[vcpu, (Price::FreeVcpuSecondsPerMonth, 5_000.0)],
        None,
        quarter,
        "$0.40",
    );
    // 1 M × 0.0075 s = 7,500 vCPU-s, however long the call waits.
    check(&[vcpu, (Price::AssumedCpuMs, 7.5)], None, million, "$0.15");
    // 1 M × 0.1 s × 0.4 GB = 40,000 GB-s, whatever the workload's memory.
    check(
        &[(Price::PerGbSecond, 0.00001), (Price::AssumedMemoryGb, 0.4)],
        None,
        million,
        "$0.40",
    );
}

#[test]
fn billed_time_is_rounded_up() {
    let per_second = (Price::PerGbSecond, 1.0);
    let check_ms = |extra: &[(Price, f64)], ms: u64, expected: &str| {
        let prices: Vec<_> = [per_second]
            .into_iter()
            .chain(extra.iter().copied())
            .collect();
        check(&prices, None, load(1, ms, 1_024, 1_000), expected);
    };
    check_ms(&[], 101, "$0.101");
    check_ms(&[(Price::BillingGranularityMs, 100.0)], 101, "$0.20");
    check_ms(&[(Price::BillingGranularityMs, 100.0)], 100, "$0.10");
    check_ms(
        &[
            (Price::MinimumBilledMs, 250.0),
            (Price::BillingGranularityMs, 100.0),
        ],
        101,
        "$0.25",
    );
    check_ms(&[(Price::MinimumActiveMs, 1_000.0)], 101, "$1.00");
    // With a unit of capacity the step is one of the unit's running time, not of a request.
    check_ms(
        &[
            (Price::BillingGranularityMs, 1_000.0),
            (Price::CapacityUnitHourly, 0.0),
        ],
        101,
        "$0.101",
    );
}

#[test]
fn a_range_is_told_where_calls_can_share_their_time() {
    let service = priced(
        &[(Price::PerGbSecond, 1.0), (Price::MinimumActiveMs, 1_000.0)],
        None,
    );
    let shared = bill(&service, &load(10, 100, 1_024, 1_000)).expect("priced");
    assert_eq!(
        (shared.sums.total.exact(), shared.at_least.map(Usd::exact)),
        ("$10.00".into(), Some("$1.00".into()))
    );
    let long = bill(&service, &load(10, 2_000, 1_024, 1_000)).expect("priced");
    assert_eq!(
        long.at_least, None,
        "a call longer than the least time leaves no range"
    );
}

#[test]
fn capacity_follows_the_peak_in_whole_units() {
    let units = |requests: u64, peak: u64, expected: u64| {
        let service = priced(
            &[
                (Price::CapacityUnitHourly, 0.01),
                (Price::MinimumUnits, 2.0),
                (Price::RequestsPerUnitPerSecond, 25.0),
            ],
            None,
        );
        let sums = bill(&service, &load(requests, 100, 512, peak))
            .expect("priced")
            .sums;
        assert_eq!(
            (sums.units, sums.total),
            (expected, Usd::price(7.3 * expected as f64)),
            "{requests} × {peak}"
        );
    };
    units(0, 1_000, 2);
    units(1, 1_000, 2);
    // 25 a second all month is 65,700,000 requests: exactly two units serve twice as many, not one more.
    units(131_400_000, 1_000, 2);
    units(131_400_001, 1_000, 3);
    units(13_140_000, 10_000, 2);
    units(13_140_001, 10_000, 3);
}

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
    let size = |vcpus, memory_gb| Size {
        name: None,
        vcpus: Some(vcpus),
        memory_gb,
        hourly: None,
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
        (bill.sums.total.to_string(), bill.awake.map(|a| a.wakes))
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
    let busy = bill(&priced(&prices, None), &load(100_000_000, 1, 1, 1_000)).expect("priced");
    assert_eq!(busy.sums.total.to_string(), "$56.94");
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
    let check = |at_once, least: Option<&str>| {
        let workload = load(100, 1_000, 1_024, 1_000).with(WorkloadField::AtOnce, at_once);
        let bill = bill(&priced(&prices, None), &workload).expect("priced");
        assert_eq!(bill.sums.total.to_string(), "$100.00");
        assert_eq!(
            bill.at_least.map(|usd| usd.to_string()).as_deref(),
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
    let refused = |workload: Workload| bill(&service, &workload).map(|b| b.sums.total.exact());
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

#[test]
fn floors_are_added_or_taken_where_they_are_larger() {
    let prices = [
        (Price::PerMillionRequests, 1.0),
        (Price::MinimumHourly, 0.01),
    ];
    check(&prices, ADD, load(5_000_000, 1, 1, 1_000), "$12.30");
    check(&prices, LARGER, load(5_000_000, 1, 1, 1_000), "$7.30");
    check(&prices, LARGER, load(8_000_000, 1, 1, 1_000), "$8.00");
    assert_eq!(
        bill(&priced(&prices, None), &Workload::default()),
        Err(NoBill::FloorUntold)
    );
}

#[test]
fn what_cannot_be_billed_says_why() {
    let none = load(0, 100, 512, 1_000);
    assert_eq!(bill(&service("yyyyy", true), &none), Err(NoBill::NoPrices));
    let free = priced(
        &[
            (Price::PerMillionRequests, 0.0),
            (Price::FreeRequestsPerMonth, 3e6),
        ],
        None,
    );
    check(
        &[
            (Price::PerMillionRequests, 0.0),
            (Price::FreeRequestsPerMonth, 3e6),
        ],
        None,
        load(3_000_000, 1, 1, 1_000),
        "$0.00",
    );
    assert_eq!(
        bill(&free, &load(3_000_001, 1, 1, 1_000)),
        Err(NoBill::Ends(3_000_000))
    );
    let warehouse = [
        (Price::CapacityUnitHourly, 0.375),
        (Price::MinimumUnits, 0.0),
    ];
    check(&warehouse, None, none, "$0.00");
    assert_eq!(
        bill(&priced(&warehouse, None), &load(1, 1, 1, 1_000)),
        Err(NoBill::IdleOnly)
    );
}

#[test]
fn gaps_are_told() {
    let gaps = |prices: &[(Price, f64)]| {
        bill(&priced(prices, LARGER), &load(0, 1, 1, 1_000))
            .expect("priced")
            .gaps
    };
    assert_eq!(
        gaps(&[(Price::CapacityUnitHourly, 1.0)]),
        [UncountedPart::MoreUnits]
    );
    let served = (Price::RequestsPerUnitPerSecond, 1.0);
    assert_eq!(gaps(&[(Price::CapacityUnitHourly, 1.0), served]), []);
}

/// A bill with every kind of part.
fn full_bill() -> Bill {
    let prices = [
        (Price::PerMillionRequests, 0.2),
        (Price::FreeRequestsPerMonth, 1e6),
        (Price::PerGbSecond, 0.0000166667),
        (Price::FreeGbSecondsPerMonth, 400_000.0),
        (Price::MinimumHourly, 0.01),
        (Price::CapacityUnitHourly, 0.02),
        (Price::MinimumUnits, 1.0),
        (Price::RequestsPerUnitPerSecond, 25.0),
        (Price::PerGbMonthStored, 0.25),
    ];
    let mut service = priced(&prices, ADD);
    if let Some(pricing) = &mut service.pricing {
        pricing.capacity_unit = Some("box".into());
    }
    let workload = load(3_000_000, 100, 512, 1_000).with(WorkloadField::Stored, 20);
    bill(&service, &workload).expect("priced")
}

#[test]
fn the_words_of_a_bill_show_the_arithmetic() {
    let bill = full_bill();
    let lines = bill.parts.iter().chain(&bill.storage);
    let lines: Vec<_> = lines
        .map(|p| (p.line, p.words.as_str(), p.usd.exact()))
        .collect();
    let requests = "(3,000,000 − 1,000,000 free) requests × $0.20 per million";
    let memory = "150,000 GB-seconds, of 400,000 free";
    let expected = [
        (BillLineKind::Requests, requests, "$0.40"),
        (BillLineKind::Memory, memory, "$0.00"),
        (BillLineKind::Capacity, "1 × box × $0.02 × 730 h", "$14.60"),
        (BillLineKind::Floor, "$0.01 × 730 h, added", "$7.30"),
        (BillLineKind::Storage, "20 GB × $0.25 per GB-month", "$5.00"),
    ];
    assert_eq!(
        lines,
        expected.map(|(line, words, usd)| (line, words, usd.to_owned()))
    );
    let starred = bill.starred.first().map(|s| s.as_str());
    assert_eq!(starred, Some("at most 25 requests a second per box"));
}

#[test]
fn storage_is_not_in_the_total() {
    let bill = full_bill();
    let exact = [bill.sums.total, bill.idle, bill.use_range().1].map(Usd::exact);
    assert_eq!(exact, ["$22.30", "$21.90", "$0.40"]);
    assert_eq!(
        bill.per_million().map(|usd| usd.1.to_string()).as_deref(),
        Some("$7.43")
    );
}

pub(super) fn meet(
    a: &Tariff,
    b: &Tariff,
    workload: &Workload,
    to: u64,
) -> Result<Meeting, NoBill> {
    let (a, b) = (
        a.quote(workload, Case::Dearest),
        b.quote(workload, Case::Dearest),
    );
    break_even(&a, &b, to)
}

#[track_caller]
fn check_meeting(
    first: &[(Price, f64)],
    second: &[(Price, f64)],
    to: u64,
    at_zero: Ordering,
    crossings: &[(u64, Ordering)],
) {
    let (a, b) = (priced(first, LARGER), priced(second, LARGER));
    let (a, b) = (
        Tariff::of(&a).expect("priced"),
        Tariff::of(&b).expect("priced"),
    );
    let workload = load(0, 100, 512, 1_000);
    let meeting = meet(&a, &b, &workload, to).expect("both have bills");
    let found: Vec<_> = meeting
        .crossings
        .iter()
        .map(|c| (c.requests, c.first_is))
        .collect();
    assert_eq!(
        (meeting.at_zero, found.as_slice(), meeting.searched_to),
        (at_zero, crossings, to)
    );
}

#[test]
fn break_even_is_found_to_the_request() {
    use Ordering::{Greater, Less};
    let metered = [(Price::PerMillionRequests, 1.0)];
    let held = [
        (Price::CapacityUnitHourly, 0.01),
        (Price::MinimumUnits, 1.0),
        (Price::RequestsPerUnitPerSecond, 1.0),
    ];
    // $7.30 are reached at 7.3 million; one unit serves 2.628 million, so the second, third and fourth are needed by then:
    // 4 × 7.30 = 29.20 at up to 10.512 million, while the calls cost less. The metered one never becomes the dearer.
    check_meeting(&metered, &held, 100_000_000, Less, &[]);
    // At $10 a million the calls pass $7.30 at 730,000, and 2 units ($14.60) at 1.46 million are not yet needed.
    let dear = [(Price::PerMillionRequests, 10.0)];
    check_meeting(&dear, &held, 2_000_000, Less, &[(730_001, Greater)]);
    check_meeting(&held, &dear, 2_000_000, Greater, &[(730_001, Less)]);
    check_meeting(&dear, &held, 730_000, Less, &[]);
    // A plan with a floor against a meter: $20 at 20 million requests, and both are the same meter beyond.
    let plan = [
        (Price::PerMillionRequests, 1.0),
        (Price::MinimumHourly, 20.0 / 730.0),
    ];
    check_meeting(&metered, &plan, 100_000_000, Less, &[]);
}

#[test]
fn steps_of_capacity_can_cross_more_than_once() {
    use Ordering::{Greater, Less};
    // $4 a million against $7.30 per 2.628 million: dearer from 1.825 million, cheaper from the second unit on
    // (10.512 against 14.60 at 2,628,001), dearer again from 3.65 million, and so on.
    let metered = [(Price::PerMillionRequests, 4.0)];
    let held = [
        (Price::CapacityUnitHourly, 0.01),
        (Price::MinimumUnits, 1.0),
        (Price::RequestsPerUnitPerSecond, 1.0),
    ];
    check_meeting(
        &metered,
        &held,
        4_000_000,
        Less,
        &[
            (1_825_001, Greater),
            (2_628_001, Less),
            (3_650_001, Greater),
        ],
    );
}

#[test]
fn equal_bills_part_without_crossing() {
    let first = priced(
        &[
            (Price::PerMillionRequests, 1.0),
            (Price::FreeRequestsPerMonth, 1e6),
        ],
        None,
    );
    let second = priced(
        &[
            (Price::PerMillionRequests, 1.0),
            (Price::FreeRequestsPerMonth, 2e6),
        ],
        None,
    );
    let (a, b) = (
        Tariff::of(&first).expect("priced"),
        Tariff::of(&second).expect("priced"),
    );
    let meeting = meet(&a, &b, &Workload::default(), 10_000_000).expect("bills");
    assert_eq!(
        (meeting.at_zero, meeting.crossings.len()),
        (Ordering::Equal, 0)
    );
    let parting = Crossing {
        requests: 1_000_001,
        first_is: Ordering::Greater,
        usd: (Usd::price(0.000001), Usd::ZERO),
    };
    assert_eq!(meeting.parting, Some(parting));
    let same = meet(&a, &a, &Workload::default(), 10_000_000).expect("bills");
    assert_eq!((same.parting, same.crossings.len()), (None, 0));
}

#[test]
fn a_free_plan_is_compared_up_to_its_end() {
    let free = priced(
        &[
            (Price::PerMillionRequests, 0.0),
            (Price::FreeRequestsPerMonth, 3e6),
        ],
        None,
    );
    let paid = priced(&[(Price::PerMillionRequests, 1.0)], None);
    let (a, b) = (
        Tariff::of(&free).expect("priced"),
        Tariff::of(&paid).expect("priced"),
    );
    let meeting = meet(&a, &b, &Workload::default(), 10_000_000).expect("bills");
    assert_eq!(meeting.searched_to, 3_000_000);
    let axis = Axis {
        from: 0,
        to: 6_000_000,
        points: 5,
        scale: AxisScale::Linear,
    };
    let lines = sweep(
        &[(a, Case::Dearest), (b, Case::Dearest)],
        &axis,
        &Workload::default(),
    );
    let first: Vec<_> = lines
        .totals
        .first()
        .expect("two lines")
        .iter()
        .map(|t| t.map(|t| t.to_string()))
        .collect();
    assert_eq!(
        first,
        [
            Some("$0.00".into()),
            Some("$0.00".into()),
            Some("$0.00".into()),
            None,
            None
        ]
    );
}

#[test]
fn presets_are_in_range_and_rise() {
    let loads: Vec<u64> = Preset::ALL
        .iter()
        .map(|p| p.workload().requests_per_month())
        .collect();
    assert!(loads.is_sorted(), "{loads:?}");
    assert_eq!(
        Preset::BusyApi.workload(),
        load(100_000_000, 100, 512, 2_000)
    );
    let nightly = load(30, 300_000, 1_024, 1_000).in_bursts(Some(Bursts {
        count: 30,
        length_ms: 300_000,
    }));
    assert_eq!(Preset::NightlyJob.workload(), nightly);
    assert!(Preset::WORDS.iter().map(|(_, p)| *p).eq(Preset::ALL));
}

#[test]
fn the_always_on_machine_is_the_cheapest_that_never_rests() {
    let named = |id: &str, answers: &str, hourly: f64| {
        let prices = [
            (Price::CapacityUnitHourly, hourly),
            (Price::MinimumUnits, 1.0),
            (Price::UnitMemoryGb, 1.0),
        ];
        Service {
            id: id.into(),
            pricing: priced(&prices, None).pricing,
            ..service(answers, false)
        }
    };
    let mut gone = named("gone", "nnnnn", 0.005);
    gone.retired = Some(crate::core::judge::samples::day("2025"));
    let all = [
        named("scales", "nynny", 0.001),
        named("dear", "nnnnn", 0.02),
        named("machine", "nnnnn", 0.01),
        named("free", "nnnnn", 0.0),
        gone,
    ];
    assert_eq!(always_on(&all).map(|s| s.id.as_str()), Some("machine"));
    assert_eq!(always_on(all.first()), None);
}
