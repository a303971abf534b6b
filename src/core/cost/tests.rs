//! Tests of the cost model, with price models made by hand and with random ones.
//! What is expected was worked out on paper, or follows from what a bill is.

use std::cmp::Ordering;

use crate::core::cost::bill::{self, Bill, BillLineKind};
use crate::core::cost::break_even::{Crossing, Meeting, break_even};
use crate::core::cost::money::Money;
use crate::core::cost::presets::{always_on, preset};
use crate::core::cost::serving::Case;
use crate::core::cost::sweep::{Axis, AxisScale, sweep};
use crate::core::cost::tariff::{NoBill, Tariff, UncountedPart};
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::samples::{priced, service};
use crate::pack::{FloorRule, NamedWorkload, Price, Service};

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
pub(super) fn check(
    prices: &[(Price, f64)],
    floor: Option<FloorRule>,
    workload: Workload,
    expected: &str,
) {
    let service = priced(prices, floor);
    let found = bill(&service, &workload).map(|b| b.sums.total.exact_in_dollars());
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
    let calls = load(10, 100, 1_024, 1_000);
    let apart = bill(&service, &calls).expect("priced");
    assert_eq!(apart.at_least, None, "ten of a month meet in no second");
    let (count, length_ms) = (1, 1_000);
    let one = calls.in_bursts(Some(Bursts { count, length_ms }));
    let shared = bill(&service, &one).expect("priced");
    assert_eq!(
        (
            shared.sums.total.exact_in_dollars(),
            shared.at_least.map(Money::exact_in_dollars)
        ),
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
            (expected, Money::price(7.3 * expected as f64)),
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
        .map(|p| (p.line, p.words.as_str(), p.amount.exact_in_dollars()))
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
    let exact = [bill.sums.total, bill.idle, bill.use_range().1].map(Money::exact_in_dollars);
    assert_eq!(exact, ["$22.30", "$21.90", "$0.40"]);
    assert_eq!(
        bill.per_million()
            .map(|range| range.1.in_dollars())
            .as_deref(),
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
        bills: (Money::price(0.000001), Money::ZERO),
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
        .map(|t| t.map(Money::in_dollars))
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
fn a_named_workload_is_moved_into_the_ranges() {
    let named = NamedWorkload {
        id: "x".into(),
        title: "X".into(),
        about: "".into(),
        requests: 30,
        duration_ms: Some(300_000),
        memory_mb: Some(u64::MAX),
        peak: Some(2.5),
        bursts: Some((30, 300_000)),
    };
    let expected = load(30, 300_000, 1_048_576, 2_500).in_bursts(Some(Bursts {
        count: 30,
        length_ms: 300_000,
    }));
    assert_eq!(preset(&named), expected);
    let bare = NamedWorkload {
        duration_ms: None,
        memory_mb: None,
        peak: None,
        bursts: None,
        ..named
    };
    assert_eq!(
        preset(&bare),
        Workload::default().with(WorkloadField::Requests, 30)
    );
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
