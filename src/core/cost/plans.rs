//! Plans that can be chosen: for each number of requests the one that costs least is taken.

use crate::core::cost::bisect::first_where;
use crate::core::cost::money::Money;
use crate::core::cost::tariff::Meter;
use crate::pack::PricePlan;

/// Requests in the price of a million.
const PER_MILLION: u128 = 1_000_000;

/// The plan that costs least of those that allow so many requests; of two that cost the same, the one listed first.
pub(super) fn cheapest(plans: &[PricePlan], requests: u64) -> Option<&PricePlan> {
    let allows = |plan: &&PricePlan| plan.most.is_none_or(|n| requests as f64 <= n);
    plans
        .iter()
        .filter(allows)
        .min_by_key(|plan| cost(plan, requests))
}

/// The meter of a plan's requests.
pub(super) fn meter(plan: &PricePlan) -> Meter<'_> {
    Meter {
        price: Money::price(plan.per_million),
        per: PER_MILLION,
        free: plan.free as u128,
        unit: 1,
        steps: &[],
    }
}

/// What a plan costs for so many requests.
fn cost(plan: &PricePlan, requests: u64) -> Money {
    Money::price(plan.per_month) + meter(plan).charge(u128::from(requests))
}

/// The last numbers of requests before the bill of plans bends: where the requests of one are used up, where it ends, and
/// where another one is the cheaper.
pub(super) fn bends(plans: &[PricePlan], to: u64) -> Vec<u64> {
    let ends = |plan: &PricePlan| [Some(plan.free), plan.most];
    let ends = plans.iter().flat_map(ends).flatten().map(|end| end as u64);
    let mut points: Vec<u64> = ends.chain([0, to]).filter(|end| *end <= to).collect();
    points.sort_unstable();
    points.dedup();
    let mut found = points.clone();
    for span in points.windows(2) {
        let [low, high] = *span else { continue };
        for (n, a) in plans.iter().enumerate() {
            for b in plans.iter().skip(n + 1) {
                found.extend(turn(a, b, low + 1, high));
            }
        }
    }
    found
}

/// The last number before the order of two plans turns, on a stretch where both are straight.
fn turn(a: &PricePlan, b: &PricePlan, low: u64, high: u64) -> Option<u64> {
    let order = |n| cost(a, n).cmp(&cost(b, n));
    let first = order(low);
    if first == order(high) {
        return None;
    }
    Some(first_where(low, high, |n| order(n) != first) - 1)
}
