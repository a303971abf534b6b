//! Break-even: from how many requests a month on another service is the cheaper one.
//!
//! Every change of order up to the end asked for is found, exactly to the request, and none is made up. Between a few known
//! points (the end of a free amount, a further unit of capacity, the point where a floor is passed) a bill is a straight
//! line, or one with a falling exponential where something pauses. The difference of two such bills bends one way between
//! the point where their curvatures are equal and its neighbors; split there and at its extremes, its sign changes at most
//! once in each part, where bisection finds it.

use std::cmp::Ordering;

use crate::core::cost::bisect::first_where;
use crate::core::cost::money::Money;
use crate::core::cost::plans;
use crate::core::cost::quote::Quote;
use crate::core::cost::tariff::{Meter, NoBill, OneMeter};
use crate::core::cost::workload::WorkloadField;
use crate::pack::FloorRule;

/// Most steps of capacity that are looked at for one service; beyond them the search ends and says where.
const MOST_STEPS: usize = 20_000;

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
    /// What each costs more there than idle.
    pub grown: (Money, Money),
}

/// A number of requests from which on the order of two bills is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Requests a month, the first at which the new order holds.
    pub requests: u64,
    /// How the first service stands to the second from here: `Less` when it is the cheaper.
    pub first_is: Ordering,
    pub bills: (Money, Money),
}

/// Where the bills of two services cross, from no request to `to` requests a month.
pub fn break_even(first: &Quote, second: &Quote, to: u64) -> Result<Meeting, NoBill> {
    let ends = [first, second].map(Quote::end);
    let to = ends
        .into_iter()
        .flatten()
        .fold(to, u64::min)
        .min(WorkloadField::Requests.range().1);
    let pair = BillPair { first, second };
    let idle = pair.bills(0)?;
    pair.bills(to)?;
    let (edges, searched_to) = edges(&pair, to);
    let end = pair.bills(searched_to)?;
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
        grown: (end.0 - idle.0, end.1 - idle.1),
    })
}

struct BillPair<'a> {
    first: &'a Quote<'a>,
    second: &'a Quote<'a>,
}

impl BillPair<'_> {
    fn bills(&self, requests: u64) -> Result<(Money, Money), NoBill> {
        Ok((self.first.total(requests)?, self.second.total(requests)?))
    }

    fn order(&self, requests: u64) -> Ordering {
        self.bills(requests)
            .map_or(Ordering::Equal, |(a, b)| a.cmp(&b))
    }

    /// How much dearer the first is.
    fn apart(&self, requests: u64) -> Money {
        self.bills(requests).map_or(Money::ZERO, |(a, b)| a - b)
    }

    /// Between `low`, where the order is another, and `high`, where it is `now`: the first with `now`.
    fn crossing(&self, low: u64, high: u64, now: Ordering) -> Crossing {
        let requests = first_where(low, high, |n| self.order(n) == now);
        Crossing {
            requests,
            first_is: now,
            bills: self.bills(requests).unwrap_or_default(),
        }
    }

    /// Points between two edges that part the difference of two curved bills into pieces that only rise or only fall.
    fn turns(&self, low: u64, high: u64) -> Vec<u64> {
        let curves = [self.first, self.second].map(|quote| quote.curve(high.min(low + 1)));
        if high - low < 3 || curves.iter().all(Option::is_none) {
            return Vec::new();
        }
        let bend = match curves {
            // Second derivatives are equal where w1 k1² e^(−k1 n) = w2 k2² e^(−k2 n).
            [Some((w1, k1)), Some((w2, k2))] => {
                libm::log((w2 * k2 * k2) / (w1 * k1 * k1)) / (k2 - k1)
            }
            [_, _] => f64::NAN,
        };
        let inside = bend > low as f64 && bend < high as f64;
        let bend = inside.then_some(bend as u64);
        let mut points: Vec<u64> = bend.into_iter().collect();
        let mut from = low;
        for to in bend.into_iter().chain([high]) {
            points.extend(self.extremes(from, to));
            from = to;
        }
        points
    }

    /// Where the difference is least and where it is greatest, on a stretch where it bends one way.
    fn extremes(&self, low: u64, high: u64) -> [u64; 2] {
        [1, -1].map(|sign: i32| {
            let (mut low, mut high) = (low, high);
            while high - low > 2 {
                let third = (high - low) / 3;
                let (left, right) = (low + third, high - third);
                let order = self.apart(left).cmp(&self.apart(right));
                let order = if sign > 0 { order } else { order.reverse() };
                if order.is_lt() {
                    high = right
                } else {
                    low = left
                }
            }
            low + (high - low) / 2
        })
    }
}

/// The points between which the order changes at most once, rising, the last one at the end; and that end.
fn edges(pair: &BillPair, to: u64) -> (Vec<u64>, u64) {
    let mut points = vec![1, to];
    let mut end = to;
    for quote in [pair.first, pair.second] {
        points.extend(bends(quote, to));
        end = end.min(steps(quote, to, &mut points));
    }
    // A bend lies between two whole numbers; both of them are looked at.
    let both = |p: &u64| [*p, p.saturating_add(1)];
    let mut edges: Vec<u64> = points.iter().flat_map(both).chain([end]).collect();
    sort(&mut edges, end);
    let turns: Vec<u64> = edges
        .windows(2)
        .flat_map(|edge| match edge {
            [low, high] => pair.turns(*low, *high),
            _ => Vec::new(),
        })
        .collect();
    edges.extend(turns.iter().flat_map(|p| [p.saturating_sub(1), *p, p + 1]));
    sort(&mut edges, end);
    (edges, end)
}

fn sort(edges: &mut Vec<u64>, end: u64) {
    edges.retain(|p| (1..=end).contains(p));
    edges.sort_unstable();
    edges.dedup();
}

/// The last numbers of requests before a free amount or a step of a price ends, a plan is due, a floor is passed or bursts add nothing more.
fn bends(quote: &Quote, to: u64) -> Vec<u64> {
    let mut found: Vec<u64> = quote.burst_ends().collect();
    found.extend(plans::bends(&quote.tariff().pricing.plans, to));
    // Where time comes to be metered in another way an amount may fall, so each stretch is looked at by itself.
    let mut from = 0;
    while from <= to {
        let end = quote.same_serving_to(from, to);
        found.push(end);
        bends_between(quote, from, end, &mut found);
        from = end.saturating_add(1);
    }
    found
}

/// The same on a stretch on which time is metered in one way.
fn bends_between(quote: &Quote, from: u64, to: u64, found: &mut Vec<u64>) {
    let tariff = quote.tariff();
    let last = |passed: &dyn Fn(u64) -> bool| {
        (passed(to) && !passed(from)).then(|| first_where(from, to, passed) - 1)
    };
    match tariff.floor {
        Some((floor, FloorRule::Larger)) => {
            found.extend(last(&|n| quote.total(n).is_ok_and(|total| total > floor)));
        }
        // Until then the busy time costs less than waiting; from then on what is kept is busy all the time.
        Some((_, FloorRule::Idle)) => {
            found.extend(last(&|n| n > 0 && quote.is_busy_time_billed(n)));
            found.extend(last(&|n| quote.is_always_busy(n)));
        }
        Some((_, FloorRule::Add)) | None => {}
    }
    let requests = |n| u128::from(n);
    let memory = |n| quote.memory_amount(n);
    let processor = |n| quote.processor_amount(n);
    let meters: [(&Meter, &dyn Fn(u64) -> u128); 3] = [
        (&tariff.requests, &requests),
        (&tariff.memory, &memory),
        (&tariff.processor, &processor),
    ];
    for (meter, amount) in meters {
        let ends = [meter.free].into_iter().chain(meter.edges());
        found.extend(ends.filter_map(|end| last(&|n| amount(n) > end)));
    }
    for edge in tariff.one_meter().iter().flat_map(OneMeter::edges) {
        found.extend(last(&|n| quote.first_charge(n) > edge));
    }
    if tariff.plan.is_some_and(|plan| plan.free_to.is_some()) {
        found.extend(last(&|n| !quote.is_within_free_plan(n)));
    }
}

/// Adds the last number of requests before capacity costs more; returns how far that was done.
fn steps(quote: &Quote, to: u64, points: &mut Vec<u64>) -> u64 {
    let mut at = 1;
    for _ in 0..MOST_STEPS {
        let last = quote
            .same_capacity_to(at, to)
            .min(quote.same_instances_to(at, to));
        if last >= to {
            return to;
        }
        points.push(last);
        at = last + 1;
    }
    at
}
