//! What the cost model means, in words: workloads, reasons without a bill, gaps, break-even points.
//! Where the model does not know, the words say so; no amount is told without its case.

use std::cmp::Ordering;

use crate::core::cost::bill::{BillLineKind, Spread};
use crate::core::cost::{
    Awake, Bill, BreakEvenPair, Bursts, Case, CostComparison, Crossing, Meeting, Money, NoBill,
    PricedService, UncountedPart, Workload, WorkloadField,
};
use crate::pack::{CostWords, Currency, Pricing, Things};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{thousands, with_article};

/// A field as a reader sees it.
pub fn label(field: WorkloadField, words: &CostWords) -> SafeText {
    SafeText::ours(match field {
        WorkloadField::Requests => return words.many.clone(),
        WorkloadField::Duration => "duration",
        WorkloadField::Memory => "memory",
        WorkloadField::Peak => "peak",
        WorkloadField::Vcpu => "vCPU",
        WorkloadField::AtOnce => "at once",
        WorkloadField::Stored => "stored",
    })
}

/// What a line of a bill is for, as a reader sees it.
pub fn part(line: BillLineKind, words: &CostWords) -> SafeText {
    match line {
        BillLineKind::Requests => words.many.clone(),
        BillLineKind::Memory
        | BillLineKind::Processor
        | BillLineKind::Capacity
        | BillLineKind::Plan
        | BillLineKind::Floor
        | BillLineKind::Storage => SafeText::ours(line.title()),
    }
}

pub fn value(workload: &Workload, field: WorkloadField) -> SafeText {
    let n = workload.get(field);
    match field {
        WorkloadField::Requests => safe!("{} a month", thousands(n)),
        WorkloadField::Duration => safe!("{} ms", thousands(n)),
        WorkloadField::Memory => safe!("{} MB", thousands(n)),
        WorkloadField::Peak => safe!("{} × mean", decimal(n)),
        WorkloadField::Vcpu if n == 0 => SafeText::ours("by memory"),
        WorkloadField::Vcpu => safe!("{} vCPU", decimal(n)),
        WorkloadField::AtOnce => safe!("{} at once", thousands(n)),
        WorkloadField::Stored => safe!("{} GB", thousands(n)),
    }
}

/// Thousandths with as many decimals as there are.
fn decimal(thousandths: u64) -> String {
    let fraction = format!("{:03}", thousandths % 1_000);
    match fraction.trim_end_matches('0') {
        "" => thousands(thousandths / 1_000),
        rest => format!("{}.{rest}", thousands(thousandths / 1_000)),
    }
}

/// A workload in a sentence: its requests, and of the rest what plays a part in the pack's bills.
pub fn workload(workload: &Workload, words: &CostWords, fields: &[WorkloadField]) -> SafeText {
    let told = |field| value(workload, field);
    let each = [WorkloadField::Duration, WorkloadField::Memory];
    let each = each.iter().filter(|field| fields.contains(field));
    let each: Vec<String> = each.map(|field| told(*field).to_string()).collect();
    let mut words = format!("{} a month", counted(workload.requests_per_month(), words));
    if !each.is_empty() {
        words += &format!(", {} each", each.join(" and "));
    }
    if workload.vcpus_told().is_some() {
        words += &format!(", {}", told(WorkloadField::Vcpu));
    }
    if workload.at_once() > 1 {
        words += &format!(", {}", told(WorkloadField::AtOnce));
    }
    words += &match (workload.bursts, workload.peak_to_mean_thousandths()) {
        (None, 1_000) if !fields.contains(&WorkloadField::Peak) => String::new(),
        (None, 1_000) => ", evenly spread".to_owned(),
        (None, n) => format!(", the peak {} times the mean", decimal(n)),
        (Some(bursts), 1_000) => format!(", in {}", burst_words(bursts)),
        (Some(bursts), n) => {
            let bursts = burst_words(bursts);
            format!(", in {bursts}, the peak {} times their mean", decimal(n))
        }
    };
    safe!("{words}.")
}

fn burst_words(bursts: Bursts) -> String {
    let one = if bursts.count == 1 { "burst" } else { "bursts" };
    format!(
        "{} {one} of {}",
        thousands(bursts.count),
        time(bursts.length_ms)
    )
}

/// `1 request`, `20 requests`.
fn counted(requests: u64, words: &CostWords) -> String {
    let one = if requests == 1 {
        &words.one
    } else {
        &words.many
    };
    format!("{} {one}", thousands(requests))
}

/// A time in the largest unit that it fills.
fn time(ms: u64) -> String {
    let units = [(3_600_000, "h"), (60_000, "min"), (1_000, "s")];
    let (per, unit) = units
        .into_iter()
        .find(|(per, _)| ms >= *per)
        .unwrap_or((1, "ms"));
    format!("{} {unit}", decimal(ms.saturating_mul(1_000) / per))
}

/// Thousandths of a MB in MB or GB.
fn memory(fine: u64) -> String {
    if fine >= 1_024_000 {
        format!("{} GB", decimal(fine / 1_024))
    } else {
        format!("{} MB", decimal(fine))
    }
}

/// Why there is no bill; goes on after a colon.
pub fn no_bill(why: NoBill, words: &CostWords) -> SafeText {
    let one = with_article(&words.one);
    match why {
        NoBill::NoPrices => SafeText::ours("no price model is known"),
        NoBill::IdleOnly => safe!("only the idle bill is known, not what {one} costs"),
        NoBill::Ends(most) => safe!(
            "the free plan refuses what goes beyond {} a month",
            counted(most, words)
        ),
        NoBill::LargestPlan(most) => {
            safe!("its prices here end at {} a month", counted(most, words))
        }
        NoBill::TooMany(wanted, most) => {
            let most = match most {
                1 => "one is".to_owned(),
                n => format!("{} are", thousands(n)),
            };
            let (many, wanted) = (&words.many, thousands(wanted));
            safe!("so many {many} ask for {wanted} units, and {most} the most in the price model")
        }
        NoBill::FloorUntold => {
            SafeText::ours("the price model does not say how its floor combines")
        }
        NoBill::TooLarge(needs, has) => safe!(
            "{one} needs {}, the largest size has {}",
            memory(needs),
            memory(has)
        ),
        NoBill::TooFewVcpus(needs, has) => safe!(
            "{one} needs {} vCPU, the largest unit with its memory has {}",
            decimal(needs / 1_000),
            decimal(has / 1_000)
        ),
        NoBill::TooLong(most) => safe!("{one} may take {} at most", time(most)),
        NoBill::NoRecord(from) => {
            safe!("no older prices are stored; the oldest known are of {from}")
        }
        NoBill::NotYet(from) => safe!("it did not exist yet; it was first available on {from}"),
        NoBill::Retired(end) => safe!("no longer available; it ended on {end}"),
    }
}

/// What a price model leaves out.
pub fn gap(gap: UncountedPart, bill: &Bill) -> SafeText {
    match gap {
        UncountedPart::MoreUnits => SafeText::ours(
            "more units under more load: nobody says how much one of them serves, so the bill may be too low",
        ),
        UncountedPart::Storage => {
            let gb = thousands(bill.stored_gb);
            safe!("storage of {gb} GB: no price is known, so it is not counted")
        }
    }
}

/// How long something that pauses is awake, and how often somebody waits for it.
pub fn awake(awake: Awake) -> SafeText {
    let hours = match awake.hours {
        h if h >= 99.95 => format!("{h:.0}"),
        h if h >= 0.095 => format!("{h:.1}"),
        h if h > 0.0 => "less than 0.1".to_owned(),
        _ => "0".to_owned(),
    };
    let wakes = match awake.wakes {
        0 => "it is hardly ever woken".to_owned(),
        1 => "it is woken once a month, and whoever comes then waits".to_owned(),
        n => format!(
            "it is woken {} times a month, and whoever comes then waits",
            about(n)
        ),
    };
    safe!("{hours} of 730 h; {wakes}")
}

/// A number with as many digits as an estimate deserves: three.
pub fn about(n: u64) -> String {
    let about = if n < 1_000 { "" } else { "about " };
    format!("{about}{}", thousands(rounded(n)))
}

/// To three digits.
fn rounded(n: u64) -> u64 {
    let unit = 10u64.pow(n.checked_ilog10().unwrap_or(0).saturating_sub(2));
    (n / unit + u64::from(n % unit * 2 >= unit)) * unit
}

/// A number that is known to the last digit where it is a round one, and else only so far as an estimate is.
fn as_known(n: u64) -> String {
    if rounded(n) == n {
        thousands(n)
    } else {
        about(n)
    }
}

pub fn starred(line: &PricedService, amount: impl std::fmt::Display) -> SafeText {
    let star = if line.is_starred() { '*' } else { ' ' };
    safe!("{amount} {star}")
}

/// The idle bill, or a dash.
pub fn idle(line: &PricedService) -> SafeText {
    line.idle.map_or(SafeText::ours("-  "), |idle| {
        starred(line, idle.shown(&line.words().currency))
    })
}

/// The bill: one amount, or a range from end to end, or a dash.
pub fn total(line: &PricedService) -> SafeText {
    match &line.bill {
        Ok(bill) => starred(line, span(bill.range(), &line.words().currency)),
        Err(_) => SafeText::ours("-  "),
    }
}

/// One amount, or two that differ as shown.
pub fn span((least, most): (Money, Money), currency: &Currency) -> SafeText {
    let shown = |amount: Money| amount.shown(currency);
    if least.rounded(currency) == most.rounded(currency) {
        shown(most)
    } else {
        safe!("{} to {}", shown(least), shown(most))
    }
}

/// The bill from its best to its worst case, where there is such a range.
pub fn range(bill: &Bill, words: &CostWords) -> Option<SafeText> {
    let CostWords {
        one,
        many,
        currency,
        ..
    } = words;
    let least = bill.at_least?.shown(currency);
    let total = bill.sums.total.shown(currency);
    let Spread { shares, follows } = bill.spread;
    Some(match (shares, follows) {
        (_, false) => safe!(
            "from {least}, where {many} share instances and their time, to {total}, where every {one} stands alone"
        ),
        (false, true) => safe!(
            "from {least}, where capacity is what the mean asks for, to {total}, where each rise to a peak adds a whole unit"
        ),
        (true, true) => safe!(
            "from {least}, where {many} share instances and capacity is what the mean asks for, to {total}, where every {one} stands alone and each rise to a peak adds a whole unit"
        ),
    })
}

/// How two services stand to each other, in a sentence or two.
pub fn met(costs: &CostComparison, met: &BreakEvenPair) -> SafeText {
    let name = |n: usize| {
        let line = costs.line(n);
        line.map(|l| l.service.name.clone()).unwrap_or_default()
    };
    let (a, b, words) = (name(met.pair.0), name(met.pair.1), costs.words());
    let notes = [ended(costs, met), unlike(costs, met)];
    let notes: String = notes
        .iter()
        .flatten()
        .map(|note| format!(" {note}"))
        .collect();
    match (&met.meeting, &met.other_end) {
        (Ok(dear), Some(cheap)) => {
            let spread = spread(costs, met);
            safe!(
                "{}{notes}",
                ranged_words(dear, cheap, (&a, &b), spread, &words)
            )
        }
        (Ok(meeting), None) => safe!("{}{notes}", crossing_words(meeting, (&a, &b), &words)),
        (Err((n, why)), _) => {
            let (name, why) = (name(*n), no_bill(*why, &words));
            safe!("{a} and {b} are not compared. {name}: {why}.")
        }
    }
}

/// Whose bills end where the search did.
fn ended(costs: &CostComparison, met: &BreakEvenPair) -> Option<SafeText> {
    let searched_to = met.meeting.as_ref().ok()?.searched_to;
    let ends = |line: &&PricedService| {
        let tariff = line.tariff.as_ref().ok();
        let end = tariff.and_then(|t| t.quote(&costs.workload, Case::Dearest).end());
        end == Some(searched_to)
    };
    let pair = [met.pair.0, met.pair.1].map(|n| costs.line(n));
    let line = pair.into_iter().flatten().find(ends)?;
    let many = &line.words().many;
    let (name, end) = (&line.service.name, as_known(searched_to));
    Some(safe!(
        "There is no bill for {name} beyond {end} {many} a month."
    ))
}

/// What is not the same on both sides, where one is the machine that is always on, and the other bills no work that it does.
fn unlike(costs: &CostComparison, met: &BreakEvenPair) -> Option<SafeText> {
    let (a, b) = (costs.line(met.pair.0)?, costs.line(met.pair.1)?);
    let (machine, other) = match (a.machine, b.machine) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        (true, true) | (false, false) => return None,
    };
    let tariff = other.tariff.ok()?;
    let runs = tariff.reads(WorkloadField::Duration) || tariff.reads(WorkloadField::Memory);
    let (machine, other) = (&machine.service.name, &other.service.name);
    (!runs)
        .then(|| safe!("{other} bills no running time: it does something that {machine} does not."))
}

/// What makes the bills of a pair ranges.
fn spread(costs: &CostComparison, met: &BreakEvenPair) -> Spread {
    let tariffs = [met.pair.0, met.pair.1].map(|n| costs.line(n)?.tariff.ok());
    let spreads = tariffs.map(|tariff| tariff.map(|t| Spread::of(&t, &costs.workload)));
    let has = |is: fn(&Spread) -> bool| spreads.iter().flatten().any(is);
    Spread {
        shares: has(|spread| spread.shares),
        follows: has(|spread| spread.follows),
    }
}

/// Where a bill is a range, the break-even point is one.
fn ranged_words(
    dear: &Meeting,
    cheap: &Meeting,
    (a, b): (&SafeText, &SafeText),
    spread: Spread,
    words: &CostWords,
) -> SafeText {
    if let ([first, ..], [other, ..]) = (dear.crossings.as_slice(), cheap.crossings.as_slice())
        && dear.at_zero == cheap.at_zero
        && dear.at_zero.is_ne()
        && about(first.requests) != about(other.requests)
    {
        let (from, to) = (
            first.requests.min(other.requests),
            first.requests.max(other.requests),
        );
        let (now, next) = if dear.at_zero.is_gt() { (b, a) } else { (a, b) };
        let (from, to, many) = (about(from), about(to), &words.many);
        let how = match spread {
            Spread { follows: false, .. } => safe!("how {many} share instances"),
            Spread { shares: false, .. } => SafeText::ours("how closely capacity follows the load"),
            Spread { .. } => {
                safe!("how {many} share instances and how closely capacity follows the load")
            }
        };
        return safe!(
            "{now} is cheaper than {next} below {from} {many} a month, {next} above {to}; between them it depends on {how}."
        );
    }
    let is_alike = alike(dear, cheap);
    let (dear, cheap) = (
        crossing_words(dear, (a, b), words),
        crossing_words(cheap, (a, b), words),
    );
    if is_alike || dear == cheap {
        return dear;
    }
    safe!("{a} at its dearest and {b} at its cheapest: {dear} The other way round: {cheap}")
}

/// Whether two orders turn at the same points, as far as these are told.
fn alike(a: &Meeting, b: &Meeting) -> bool {
    let told = |meeting: &Meeting| {
        let turn = |crossing: &Crossing| (about(crossing.requests), crossing.first_is);
        let turns: Vec<_> = meeting.crossings.iter().map(turn).collect();
        (meeting.at_zero, meeting.parting.is_some(), turns)
    };
    told(a) == told(b) && !a.crossings.is_empty()
}

fn crossing_words(
    meeting: &Meeting,
    (a, b): (&SafeText, &SafeText),
    words: &CostWords,
) -> SafeText {
    let CostWords {
        one, many, idle, ..
    } = words;
    let cheaper = |order: Ordering| if order.is_gt() { (b, a) } else { (a, b) };
    let to = as_known(meeting.searched_to);
    let same = |parting: &Crossing| same_until(parting, (a, b), cheaper(parting.first_is).0, words);
    let crossings = meeting.crossings.as_slice();
    match (meeting.at_zero, &meeting.parting, crossings) {
        (Ordering::Equal, None, []) => {
            safe!("{a} and {b} cost the same up to {to} {many} a month.")
        }
        (Ordering::Equal, Some(parting), []) => {
            safe!("{}, up to {to} {many} a month.", same(parting))
        }
        (Ordering::Equal, parting, [first, rest @ ..]) => {
            let start = parting.as_ref().map(same).unwrap_or_default();
            let (next, _) = cheaper(first.first_is);
            safe!(
                "{start}, and from {} on ({}) {next} is.{}",
                about(first.requests),
                each(first, words),
                later(rest, &cheaper)
            )
        }
        (order, _, []) => {
            let (first, second) = cheaper(order);
            safe!(
                "{first} is cheaper than {second} all the way to {to} {many} a month: {}.",
                why_apart(meeting)
            )
        }
        (order, _, [first, rest @ ..]) => {
            let ((now, other), (next, _)) = (cheaper(order), cheaper(first.first_is));
            let later = later(rest, &cheaper);
            if first.requests == 1 {
                return safe!(
                    "{now} is cheaper than {other} only while {idle}; from the first {one} on {next} is.{later}"
                );
            }
            safe!(
                "{now} is cheaper than {other} below {} {many} a month ({}); from there on {next} is.{later}",
                about(first.requests),
                each(first, words),
            )
        }
    }
}

/// Two bills that are the same until they part; from there on `first` is the cheaper.
fn same_until(
    parting: &Crossing,
    (a, b): (&SafeText, &SafeText),
    first: &SafeText,
    words: &CostWords,
) -> String {
    let CostWords {
        one, many, idle, ..
    } = words;
    match parting.requests {
        0 | 1 => format!(
            "{a} and {b} cost the same when {idle}; from the first {one} on {first} is the cheaper"
        ),
        n => format!(
            "{a} and {b} cost the same up to {} {many} a month; from there on {first} is the cheaper",
            about(n - 1)
        ),
    }
}

/// Why two bills do not cross.
fn why_apart(meeting: &Meeting) -> &'static str {
    let (a, b) = meeting.grown;
    let (cheaper, dearer) = if meeting.at_zero.is_gt() {
        (b, a)
    } else {
        (a, b)
    };
    match (cheaper.is_zero(), cheaper <= dearer) {
        (true, _) => "its bill does not grow, and it starts lower",
        (false, true) => "it starts lower and grows no faster",
        (false, false) => "it grows faster, but not by enough to reach the other",
    }
}

/// What each of the two bills at a break-even point.
fn each(crossing: &Crossing, words: &CostWords) -> SafeText {
    let (first, second) = crossing.bills;
    first.min(second).shown(&words.currency)
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
        " As bills bend and step, the order turns {turns}; from {} on {now} is the cheaper.",
        about(last.requests)
    )
}

/// What two services of the list pay for together.
pub fn shared(costs: &CostComparison, things: &Things) -> Vec<SafeText> {
    let mut said = Vec::new();
    let mut say = |of: fn(&Pricing) -> Option<&SafeText>, what: &str| {
        let what = things.fill(what);
        let pricing = |line: &PricedService| line.service.pricing.as_ref().and_then(of).cloned();
        let names: Vec<SafeText> = costs.lines.iter().filter_map(pricing).collect();
        for (n, name) in names.iter().enumerate() {
            let again = names.iter().skip(n + 1).any(|other| other == name);
            if again && !names.iter().take(n).any(|other| other == name) {
                said.push(safe!("{name}: {what}"));
            }
        }
    };
    say(
        |p| p.plan.as_ref(),
        "who uses several of these {many} pays for the plan once.",
    );
    say(
        |p| p.allowance.as_ref(),
        "who uses several of these {many} has the free amounts once.",
    );
    said
}
