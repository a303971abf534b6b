//! Laws of the cost model: what holds of every price model and workload.

use std::cmp::Ordering;

use proptest::prelude::*;

use crate::core::cost::bill::BillLineKind;
use crate::core::cost::break_even::break_even;
use crate::core::cost::money::Money;
use crate::core::cost::quote::Quote;
use crate::core::cost::serving::Case;
use crate::core::cost::tariff::Tariff;
use crate::core::cost::tests::{ADD, LARGER, bill, load, meet};
use crate::core::cost::workload::{Bursts, Workload, WorkloadField};
use crate::core::judge::samples::priced;
use crate::pack::{FloorRule, InstanceSize, Price, PricePlan, PriceStep, Service};
use crate::text::Words;

/// Further steps of a price, falling or rising.
fn any_steps(price: Price, scale: f64) -> impl Strategy<Value = Vec<PriceStep>> {
    proptest::collection::vec((1..2_000u32, 0..9u32), 0..3).prop_map(move |steps| {
        let mut from = 0.0;
        let step = |(more, usd): (u32, u32)| {
            from += f64::from(more) * scale;
            let usd = f64::from(usd) / if scale < 1.0 { 100.0 } else { 0.001 };
            PriceStep { price, from, usd }
        };
        steps.into_iter().map(step).collect()
    })
}

/// Sizes of units, some of which cost less while they wait.
fn any_sizes() -> impl Strategy<Value = Vec<InstanceSize>> {
    let one = (1..5u32, 1..9u32, 1..30u32, proptest::option::of(1..30u32));
    let size = |(memory, vcpus, hourly, idle): (u32, u32, u32, Option<u32>)| InstanceSize {
        name: None,
        vcpus: Some(f64::from(vcpus) / 4.0),
        memory_gb: f64::from(memory),
        hourly: Some(f64::from(hourly) / 1_000.0),
        idle_hourly: idle.map(|idle| f64::from(idle) / 2_000.0),
    };
    proptest::collection::vec(one.prop_map(size), 0..4)
}

/// The same step at less than any price of plain prices.
fn small(step: PriceStep) -> PriceStep {
    PriceStep {
        usd: step.usd / 1e6,
        ..step
    }
}

/// Plans that can be chosen, the first without an end.
fn any_plans() -> impl Strategy<Value = Vec<PricePlan>> {
    let one = (
        0..9u32,
        0..900u32,
        0..9u32,
        proptest::option::of(1..4_000u32),
    );
    let plan = |(n, (usd, free, price, most)): (usize, (u32, u32, u32, Option<u32>))| PricePlan {
        name: "plan".into(),
        per_month: f64::from(usd),
        free: f64::from(free),
        per_million: f64::from(price) * 1_000.0,
        most: most.filter(|_| n > 0).map(f64::from),
    };
    proptest::collection::vec(one, 1..4)
        .prop_map(move |plans| plans.into_iter().enumerate().map(plan).collect())
}

/// The same with prices in steps, sizes and a floor of any kind.
fn any_prices() -> impl Strategy<Value = Service> {
    let steps = (
        any_steps(Price::PerMillionRequests, 1.0),
        any_steps(Price::PerGbSecond, 0.02),
    );
    let flags = (
        proptest::bool::ANY,
        proptest::bool::ANY,
        proptest::bool::ANY,
    );
    let more = (steps, any_sizes(), 0..4usize, flags, any_plans());
    (plain_prices(), more).prop_map(|(mut service, (steps, sizes, n, flags, plans))| {
        let ((requests, seconds), (is_idle, follows, planned)) = (steps, flags);
        if let Some(pricing) = &mut service.pricing {
            pricing.follows_load = follows;
            if planned && n == 0 {
                pricing.plans = plans;
            }
            pricing.steps = match n {
                0 => Vec::new(),
                1 => requests,
                2 => [requests, seconds].concat(),
                _ => {
                    pricing.one_meter = true;
                    let price = Price::PerVcpuSecond;
                    let step = |step: PriceStep| PriceStep { price, ..step };
                    // The price of a larger amount is a lower one.
                    requests.into_iter().map(step).map(small).collect()
                }
            };
            if n == 0 {
                pricing.sizes = sizes;
            }
            if is_idle {
                pricing.floor = Some(FloorRule::Idle);
            }
        }
        service
    })
}

/// Prices of every kind, small enough that steps and edges fall among the first few thousand requests.
fn plain_prices() -> impl Strategy<Value = Service> {
    let maybe = |range: std::ops::Range<u32>| proptest::option::of(range);
    let few = || maybe(0..9);
    let rates = (few(), maybe(0..4_000), few(), maybe(0..90), few());
    let held = (
        maybe(1..20),
        0..4u32,
        1..20u32,
        maybe(1..30),
        proptest::bool::ANY,
    );
    let some = || maybe(1..9);
    let shares = (some(), maybe(1..3));
    let work = (some(), some(), maybe(1..4_000), some(), some(), shares);
    (rates, held, work).prop_map(
        |(
            (million, free, second, free_seconds, vcpu),
            (hourly, least, each, floor, add),
            (memory, vcpus, pause, idle, plan, (at_once, most_units)),
        )| {
            let mut prices = Vec::new();
            let mut put = |price, value: Option<f64>| prices.extend(value.map(|v| (price, v)));
            put(
                Price::PerMillionRequests,
                million.map(|m| f64::from(m + 1) * 1_000.0),
            );
            put(Price::FreeRequestsPerMonth, free.map(f64::from));
            put(Price::PerGbSecond, second.map(|s| f64::from(s) / 100.0));
            put(Price::FreeGbSecondsPerMonth, free_seconds.map(f64::from));
            put(Price::PerVcpuSecond, vcpu.map(|s| f64::from(s) / 100.0));
            put(
                Price::CapacityUnitHourly,
                hourly.map(|h| f64::from(h) / 1_000.0),
            );
            put(Price::MinimumUnits, Some(f64::from(least)));
            let each = (f64::from(each) / 5_000.0).max(0.001);
            put(Price::RequestsPerUnitPerSecond, Some(each));
            put(Price::MinimumHourly, floor.map(|f| f64::from(f) / 1_000.0));
            put(Price::IdleMinutesBeforePause, pause.map(f64::from));
            put(Price::UnitMemoryGb, memory.map(|m| f64::from(m) * 2.0));
            put(Price::UnitVcpus, vcpus.map(|v| f64::from(v) / 4.0));
            put(Price::IdleUnitHourly, idle.map(|i| f64::from(i) / 10_000.0));
            let active = at_once.filter(|n| n % 2 == 0);
            put(Price::MinimumActiveMs, active.map(|n| f64::from(n) * 400.0));
            put(Price::MostAtOnce, at_once.map(f64::from));
            put(Price::MinimumVcpusShared, vcpus.map(|v| f64::from(v) / 8.0));
            put(Price::MostUnits, most_units.map(|n| f64::from(n) * 4.0));
            put(Price::PlanUsdPerMonth, plan.map(f64::from));
            put(
                Price::PlanBeyondRequests,
                plan.map(|p| f64::from(p % 2) * 400.0),
            );
            priced(&prices, if add { ADD } else { LARGER })
        },
    )
}

fn any_load() -> impl Strategy<Value = Workload> {
    let bursts = proptest::option::of((1..3_000u64, 1..60_000u64));
    let one = (
        0..4_000u64,
        1..3_000u64,
        1..2_048u64,
        1_000..20_000u64,
        bursts,
        (1..9u64, 0..3u64),
    );
    one.prop_map(|(n, ms, mb, peak, bursts, (at_once, vcpu))| {
        let bursts = bursts.map(|(count, length_ms)| Bursts { count, length_ms });
        let load = load(n, ms, mb, peak).in_bursts(bursts);
        let load = load.with(WorkloadField::AtOnce, at_once);
        load.with(WorkloadField::Vcpu, vcpu * 300)
    })
}

/// The order at every number of requests, looked at one by one.
fn scan(a: &Quote, b: &Quote, to: u64) -> (Option<u64>, Vec<(u64, Ordering)>) {
    let order = |n| a.total(n).expect("bill").cmp(&b.total(n).expect("bill"));
    let (mut standing, mut parting, mut crossings) = (order(0), None, Vec::new());
    for n in 1..=to {
        let now = order(n);
        if now != Ordering::Equal && now != standing {
            if standing == Ordering::Equal {
                parting = Some(n)
            } else {
                crossings.push((n, now))
            }
            standing = now;
        }
    }
    (parting, crossings)
}

fn any_case() -> impl Strategy<Value = Case> {
    prop_oneof![Just(Case::Dearest), Just(Case::Cheapest)]
}

proptest! {
    #[test]
    fn a_range_has_its_lower_end_below(service in any_prices(), workload in any_load()) {
        let tariff = Tariff::of(&service).expect("priced");
        let n = workload.requests_per_month();
        let total = |case| tariff.quote(&workload, case).total(n);
        if let (Ok(least), Ok(most)) = (total(Case::Cheapest), total(Case::Dearest)) {
            let differ = least.in_dollars() != most.in_dollars();
            prop_assert!(least <= most || !differ, "{least:?} to {most:?}");
            prop_assert!(!differ || tariff.has_range(&workload), "{least:?} to {most:?}");
        }
    }

    #[test]
    fn a_bill_never_falls_as_a_field_rises(service in any_prices(), workload in any_load(), more in 1..3_000u64, case in any_case()) {
        let tariff = Tariff::of(&service).expect("priced");
        let rising = [
            WorkloadField::Requests,
            WorkloadField::Duration,
            WorkloadField::Memory,
            WorkloadField::Peak,
        ];
        for field in rising {
            let grown = workload.with(field, workload.get(field) + more);
            let total = |workload: &Workload| tariff.quote(workload, case).total(workload.requests_per_month());
            if let (Ok(before), Ok(after)) = (total(&workload), total(&grown)) {
                prop_assert!(before <= after, "{field:?}: {before:?} then {after:?}");
            }
        }
    }

    #[test]
    fn idle_is_the_bill_at_zero_and_parts_add_up(service in any_prices(), workload in any_load()) {
        let tariff = Tariff::of(&service).expect("priced");
        let idle = tariff.total(&workload.with(WorkloadField::Requests, 0));
        prop_assert_eq!(bill(&service, &workload.with(WorkloadField::Requests, 0)).map(|b| b.sums.total), idle);
        if let Ok(bill) = bill(&service, &workload) {
            prop_assert_eq!(Ok(bill.idle), idle);
            prop_assert!(bill.idle <= bill.sums.total);
            let sum = |floor: bool| bill.parts.iter().filter(|p| floor == (p.line == BillLineKind::Floor)).map(|p| p.amount).sum::<Money>();
            let expected = match bill.floor {
                None | Some(FloorRule::Add | FloorRule::Idle) => sum(false) + sum(true),
                Some(FloorRule::Larger) => sum(false).max(sum(true)),
            };
            prop_assert_eq!(bill.sums.total, expected);
        }
    }

    #[test]
    fn bisection_agrees_with_looking_at_every_number(a in any_prices(), b in any_prices(), workload in any_load(), cases in (any_case(), any_case())) {
        let (a, b) = (Tariff::of(&a).expect("priced"), Tariff::of(&b).expect("priced"));
        let (a, b) = (a.quote(&workload, cases.0), b.quote(&workload, cases.1));
        if let Ok(meeting) = break_even(&a, &b, 4_000) {
            let (parting, crossings) = scan(&a, &b, meeting.searched_to);
            let found: Vec<_> = meeting.crossings.iter().map(|c| (c.requests, c.first_is)).collect();
            prop_assert_eq!(found, crossings);
            if meeting.at_zero == Ordering::Equal {
                prop_assert_eq!(meeting.parting.map(|p| p.requests), parting);
            }
        }
    }

    #[test]
    fn no_content_makes_it_panic(values in proptest::collection::vec(proptest::num::f64::ANY, Price::WORDS.len()), n in 0..=1_000_000_000_000u64) {
        let prices: Vec<_> = Price::WORDS.iter().zip(values).map(|((_, p), v)| (*p, v)).collect();
        for floor in [ADD, LARGER] {
            let service = priced(&prices, floor);
            let _ = bill(&service, &load(n, 86_400_000, 1_048_576, 100_000_000));
            let tariff = Tariff::of(&service).expect("priced");
            let _ = meet(&tariff, &tariff, &load(0, 1, 1, 1_000), n);
            let _ = tariff.quote(&load(0, 1, 1, 1_000), Case::Cheapest).sums(n);
        }
    }
}
