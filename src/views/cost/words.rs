//! What the cost model means, in words: workloads, reasons without a bill, gaps, break-even points.
//! Where the model does not know, the words say so; no amount is told without its case.

use std::cmp::Ordering;

use crate::core::cost::{
    Bill, BreakEvenPair, CostComparison, Crossing, Meeting, NoBill, PricedService, UncountedPart,
    Usd, Workload, WorkloadField,
};
use crate::layout::Role;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::thousands;

/// A field as a reader sees it.
pub const fn label(field: WorkloadField) -> &'static str {
    match field {
        WorkloadField::Requests => "requests",
        WorkloadField::Duration => "duration",
        WorkloadField::Memory => "memory",
        WorkloadField::Peak => "peak",
        WorkloadField::Stored => "stored",
    }
}

pub fn value(workload: &Workload, field: WorkloadField) -> SafeText {
    let n = workload.get(field);
    match field {
        WorkloadField::Requests => safe!("{} a month", thousands(n)),
        WorkloadField::Duration => safe!("{} ms", thousands(n)),
        WorkloadField::Memory => safe!("{} MB", thousands(n)),
        WorkloadField::Peak => safe!("{} × mean", peak(n)),
        WorkloadField::Stored => safe!("{} GB", thousands(n)),
    }
}

/// Thousandths with as many decimals as there are.
fn peak(thousandths: u64) -> String {
    let fraction = format!("{:03}", thousandths % 1_000);
    match fraction.trim_end_matches('0') {
        "" => thousands(thousandths / 1_000),
        rest => format!("{}.{rest}", thousands(thousandths / 1_000)),
    }
}

pub fn workload(workload: &Workload) -> SafeText {
    let (requests, ms, mb) = (
        workload.requests_per_month(),
        workload.duration_ms(),
        workload.memory_mb(),
    );
    let spread = match workload.peak_to_mean_thousandths() {
        1_000 => "evenly spread".to_owned(),
        n => format!("the peak {} times the mean", peak(n)),
    };
    let one = if requests == 1 { "request" } else { "requests" };
    safe!(
        "{} {one} a month, {} ms and {} MB each, {spread}.",
        thousands(requests),
        thousands(ms),
        thousands(mb)
    )
}

/// Why there is no bill; goes on after a colon.
pub fn no_bill(why: NoBill) -> SafeText {
    match why {
        NoBill::NoPrices => SafeText::ours("no price model is known"),
        NoBill::IdleOnly => SafeText::ours("only the idle bill is known, not what a request costs"),
        NoBill::Ends(most) => safe!(
            "the free plan refuses what goes beyond {} requests a month",
            thousands(most)
        ),
        NoBill::FloorUntold => {
            SafeText::ours("the price model does not say how its floor combines")
        }
    }
}

/// What a price model leaves out.
pub const fn gap(gap: UncountedPart) -> &'static str {
    match gap {
        UncountedPart::MoreUnits => {
            "more units at higher traffic: nobody says how much one of them serves, so the bill may be too low"
        }
        UncountedPart::HourlyRates => {
            "prices per hour that are told in words only, so the bill may be too low"
        }
    }
}

/// The hue of a service: one for those that keep a floor, one for those that fall to nothing.
pub fn hue(line: &PricedService) -> Role {
    match line.idle {
        _ if line.machine => Role::Strong,
        Ok(idle) if idle.is_zero() => Role::Zero,
        Ok(_) => Role::Provider,
        Err(_) => Role::Dim,
    }
}

pub fn starred(line: &PricedService, amount: impl std::fmt::Display) -> SafeText {
    let star = if line.is_starred() { '*' } else { ' ' };
    safe!("{amount} {star}")
}

/// The idle bill, or a dash.
pub fn idle(line: &PricedService) -> SafeText {
    line.idle
        .map_or(SafeText::ours("-  "), |usd| starred(line, usd))
}

/// The bill: one amount, or the dearest case said to be so, or a dash.
pub fn total(line: &PricedService) -> SafeText {
    match &line.bill {
        Ok(bill) if bill.at_least.is_some() => starred(line, safe!("up to {}", bill.sums.total)),
        Ok(bill) => starred(line, bill.sums.total),
        Err(_) => SafeText::ours("-  "),
    }
}

/// The bill from its best to its worst case, where there is such a range.
pub fn range(bill: &Bill) -> Option<SafeText> {
    let least = bill.at_least?;
    let total = bill.sums.total;
    Some(safe!(
        "from {least}, where calls overlap and share their time, to {total}, where every call stands alone"
    ))
}

/// How two services stand to each other, in a sentence or two.
pub fn met(costs: &CostComparison, met: &BreakEvenPair) -> SafeText {
    let name = |n: usize| {
        let line = costs.line(n);
        line.map(|l| l.service.name.clone()).unwrap_or_default()
    };
    let (a, b) = (name(met.pair.0), name(met.pair.1));
    match &met.meeting {
        Ok(meeting) => crossing_words(meeting, &a, &b),
        Err((n, why)) => {
            let (name, why) = (name(*n), no_bill(*why));
            safe!("{a} and {b}: no break-even can be told. {name}: {why}.")
        }
    }
}

fn crossing_words(meeting: &Meeting, a: &SafeText, b: &SafeText) -> SafeText {
    let cheaper = |order: Ordering| if order.is_gt() { (b, a) } else { (a, b) };
    let to = thousands(meeting.searched_to);
    let same = |parting: &Crossing| {
        let (first, _) = cheaper(parting.first_is);
        match parting.requests {
            0 | 1 => format!(
                "{a} and {b} cost the same when nobody calls; from the first request on {first} is the cheaper"
            ),
            n => format!(
                "{a} and {b} cost the same up to {}; from there on {first} is the cheaper",
                thousands(n - 1)
            ),
        }
    };
    let crossings = meeting.crossings.as_slice();
    match (meeting.at_zero, &meeting.parting, crossings) {
        (Ordering::Equal, None, []) => {
            safe!("{a} and {b} cost the same up to {to} requests a month.")
        }
        (Ordering::Equal, Some(parting), []) => {
            safe!("{}, up to {to} requests a month.", same(parting))
        }
        (Ordering::Equal, parting, [first, rest @ ..]) => {
            let start = parting.as_ref().map(same).unwrap_or_default();
            let (next, _) = cheaper(first.first_is);
            safe!(
                "{start}, and from {} on ({}) {next} is.{}",
                thousands(first.requests),
                each(first),
                later(rest, &cheaper)
            )
        }
        (order, _, []) => {
            let (first, second) = cheaper(order);
            safe!(
                "{first} is cheaper than {second} all the way to {to} requests a month: the lines do not cross."
            )
        }
        (order, _, [first, rest @ ..]) => {
            let ((now, other), (next, _)) = (cheaper(order), cheaper(first.first_is));
            safe!(
                "{now} is cheaper than {other} below {} requests a month ({}); from there on {next} is.{}",
                thousands(first.requests),
                each(first),
                later(rest, &cheaper)
            )
        }
    }
}

/// What each of the two bills at a break-even point.
fn each(crossing: &Crossing) -> Usd {
    crossing.usd.0.min(crossing.usd.1)
}

/// Capacity comes in steps, so an order may turn several times.
fn later<'a>(
    rest: &[Crossing],
    cheaper: &impl Fn(Ordering) -> (&'a SafeText, &'a SafeText),
) -> String {
    let Some(last) = rest.last() else {
        return String::new();
    };
    let turns = match rest.len() {
        1 => "once more".to_owned(),
        2 => "twice more".to_owned(),
        n => format!("{n} times more"),
    };
    let (now, _) = cheaper(last.first_is);
    format!(
        " As capacity comes in steps, the order turns {turns}; from {} on {now} is the cheaper.",
        thousands(last.requests)
    )
}
