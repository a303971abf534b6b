//! Break-even: from how many requests a month on another service is the cheaper one.
//!
//! Every change of order up to the end asked for is found, exactly to the request, and none is made up. Both bills are straight
//! lines between a few known points (the end of a free amount, a further unit of capacity, the point where a
//! floor is passed), so the sign of their difference changes at most once between two of them, where bisection finds it.

use std::cmp::Ordering;

use crate::core::cost::money::Usd;
use crate::core::cost::tariff::{FloorRule, Meter, NoBill, Tariff};
use crate::core::cost::workload::{SECONDS_PER_MONTH, Workload, WorkloadField};

/// Most steps of capacity that are looked at for one service; beyond them the search ends and says where.
const MOST_STEPS: u64 = 20_000;

/// How two bills stand to each other from zero up to [`Meeting::searched_to`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// How the first stands to the second without traffic: `Less` when it is the cheaper.
    pub at_zero: Ordering,
    /// Where bills that are equal without traffic part, and how the first then stands to the second.
    pub parting: Option<Crossing>,
    /// Where the order turns, in rising order; empty when the curves do not cross.
    pub crossings: Vec<Crossing>,
    /// How far was looked: as asked, or less where a plan ends.
    pub searched_to: u64,
}

/// A number of requests from which on the order of two bills is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Requests a month, the first at which the new order holds.
    pub requests: u64,
    /// How the first service stands to the second from here: `Less` when it is the cheaper.
    pub first_is: Ordering,
    pub usd: (Usd, Usd),
}

/// Where the bills of two services cross, from no request to `to` requests a month.
pub fn break_even(
    first: &Tariff,
    second: &Tariff,
    workload: &Workload,
    to: u64,
) -> Result<Meeting, NoBill> {
    let ends = [first.ends_at, second.ends_at].into_iter().flatten();
    let to = ends
        .fold(to, u64::min)
        .min(WorkloadField::Requests.range().1);
    let pair = BillPair {
        first,
        second,
        workload,
    };
    // Refused here, with the reason, so that `order` meets no missing bill.
    pair.bills(0)?;
    pair.bills(to)?;
    let (edges, searched_to) = edges(&pair, to);
    let (mut parting, mut crossings) = (None, Vec::new());
    let mut standing = pair.order(0);
    let mut before = 0;
    for edge in edges {
        let now = pair.order(edge);
        // Bills that touch and part again in the same order do not cross.
        if now != Ordering::Equal && now != standing {
            let found = pair.crossing(before, edge, now);
            if standing == Ordering::Equal {
                parting = Some(found)
            } else {
                crossings.push(found)
            }
            standing = now;
        }
        before = edge;
    }
    Ok(Meeting {
        at_zero: pair.order(0),
        parting,
        crossings,
        searched_to,
    })
}

struct BillPair<'a> {
    first: &'a Tariff<'a>,
    second: &'a Tariff<'a>,
    workload: &'a Workload,
}

impl BillPair<'_> {
    fn bills(&self, requests: u64) -> Result<(Usd, Usd), NoBill> {
        let workload = self.workload.with(WorkloadField::Requests, requests);
        Ok((self.first.total(&workload)?, self.second.total(&workload)?))
    }

    fn order(&self, requests: u64) -> Ordering {
        self.bills(requests)
            .map_or(Ordering::Equal, |(a, b)| a.cmp(&b))
    }

    /// Between `low`, where the order is another, and `high`, where it is `now`: the first with `now`.
    fn crossing(&self, low: u64, high: u64, now: Ordering) -> Crossing {
        let requests = first_where(low, high, |n| self.order(n) == now);
        Crossing {
            requests,
            first_is: now,
            usd: self.bills(requests).unwrap_or_default(),
        }
    }
}

/// Bisection: the least number above `low`, at most `high`, for which `holds`, given that it holds from some point on.
fn first_where(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle
        } else {
            low = middle
        }
    }
    high
}

/// The points between which both bills are straight lines, rising, the last one at the end; and that end.
fn edges(pair: &BillPair, to: u64) -> (Vec<u64>, u64) {
    let mut points = vec![1, to];
    let mut end = to;
    for tariff in [pair.first, pair.second] {
        points.extend(free_ends(tariff, pair.workload));
        points.extend(floor_passed(tariff, pair.workload, to));
        end = end.min(steps(tariff, pair.workload, to, &mut points));
    }
    // A bend lies between two whole numbers; both of them are looked at.
    let mut edges: Vec<u64> = points
        .iter()
        .flat_map(|p| [*p, p.saturating_add(1)])
        .chain([end])
        .collect();
    edges.retain(|p| (1..=end).contains(p));
    edges.sort_unstable();
    edges.dedup();
    (edges, end)
}

fn free_ends<'a>(tariff: &'a Tariff, workload: &Workload) -> impl Iterator<Item = u64> + use<'a> {
    let one = workload.with(WorkloadField::Requests, 1);
    let end = |meter: &Meter, each: u128| u64::try_from(meter.free.checked_div(each)?).ok();
    let (memory, processor) = (tariff.memory_amount(&one), tariff.processor_amount(&one));
    [
        end(&tariff.requests, 1),
        end(&tariff.memory, memory),
        end(&tariff.processor, processor),
    ]
    .into_iter()
    .flatten()
}

/// The last number of requests at which the floor is still the larger part.
fn floor_passed(tariff: &Tariff, workload: &Workload, to: u64) -> Option<u64> {
    let (floor, FloorRule::Larger) = tariff.floor? else {
        return None;
    };
    let above = |n: u64| {
        tariff
            .total(&workload.with(WorkloadField::Requests, n))
            .is_ok_and(|total| total > floor)
    };
    (above(to) && !above(0)).then(|| first_where(0, to, above) - 1)
}

/// Adds the last number of requests that each count of units serves; returns how far that was done.
fn steps(tariff: &Tariff, workload: &Workload, to: u64, points: &mut Vec<u64>) -> u64 {
    let Some(each) = tariff.capacity.and_then(|c| c.per_second_thousandths) else {
        return to;
    };
    let served = |units: u64| {
        let thousandths = (SECONDS_PER_MONTH * u128::from(each)).saturating_mul(u128::from(units));
        u64::try_from(thousandths / u128::from(workload.peak_to_mean_thousandths()))
            .unwrap_or(u64::MAX)
    };
    let least = tariff.capacity.map_or(0, |c| c.minimum_units).max(1);
    for units in least..least.saturating_add(MOST_STEPS) {
        let last = served(units);
        if last >= to {
            return to;
        }
        points.push(last);
    }
    points.last().copied().unwrap_or(to)
}
