//! Bills as JSON: the numbers, the reasons where there are none, break-even points, and the series of the picture.
//!
//! Amounts are US dollars a month and numbers; a service without a bill says why in words.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::core::cost::sweep::sweep;
use crate::core::cost::{
    AxisScale, Bill, BillLine, BreakEvenPair, CostComparison, Crossing, Preset, PricedService,
    Tariff,
};
use crate::views::cost::words;

/// Points of a series, zero the first.
const POINTS: usize = 51;

/// `cost`: services side by side; the series is divided by `scale`.
pub fn cost(compared: &CostComparison, preset: Option<Preset>, scale: AxisScale) -> Value {
    let pairs = compared.met.iter().filter_map(|met| pair(compared, met));
    json!({
        "preset": preset.map(Preset::word),
        "workload": compared.workload,
        "services": compared.lines.iter().map(service).collect::<Value>(),
        "break_even": pairs.collect::<Value>(),
        "scale": scale,
        "series": series(compared, scale),
    })
}

fn service(line: &PricedService) -> Value {
    let bill = line.bill.as_ref().ok();
    let pricing = line.service.pricing.as_ref();
    let assumptions = pricing.map(|p| &p.assumptions).filter(|a| !a.is_empty());
    json!({
        "id": line.service.id,
        "name": line.service.name,
        "provider": line.service.provider,
        "always_on": line.machine,
        "region": pricing.map(|p| &p.region),
        "as_of": pricing.and_then(|p| p.as_of),
        "idle_usd": line.idle.ok(),
        "use_usd": bill.map(Bill::use_usd),
        "total_usd": bill.map(|b| b.sums.total),
        "at_least_usd": bill.and_then(|b| b.at_least),
        "per_million_usd": bill.and_then(Bill::per_million),
        "no_bill": line.bill.as_ref().err().map(|why| words::no_bill(*why)),
        "parts": bill.iter().flat_map(|b| &b.parts).map(part).collect::<Value>(),
        "storage": bill.and_then(|b| b.storage.as_ref()).map(part),
        "assumed": bill.map_or_else(|| json!(Vec::from_iter(assumptions)), |b| json!(b.starred)),
        "left_out": bill.map(|b| &*b.gaps).unwrap_or_default(),
    })
}

fn part(part: &BillLine) -> Value {
    json!({"part": part.line.title(), "words": part.words, "usd": part.usd})
}

fn pair(compared: &CostComparison, met: &BreakEvenPair) -> Option<Value> {
    let id = |n: usize| Some(&compared.line(n)?.service.id);
    let (first, second) = (id(met.pair.0)?, id(met.pair.1)?);
    let cheaper = |order: Ordering| match order {
        Ordering::Less => Some(first),
        Ordering::Greater => Some(second),
        Ordering::Equal => None,
    };
    let found = met.meeting.as_ref().ok();
    let turn = |crossing: &Crossing| {
        json!({
            "requests": crossing.requests,
            "cheaper": cheaper(crossing.first_is),
            "first_usd": crossing.usd.0,
            "second_usd": crossing.usd.1,
        })
    };
    Some(json!({
        "first": first,
        "second": second,
        "cheaper_at_zero": found.and_then(|m| cheaper(m.at_zero)),
        "same_below": found.and_then(|m| m.parting).map(|p| p.requests),
        "crossings": found.iter().flat_map(|m| &m.crossings).map(turn).collect::<Value>(),
        "searched_to": found.map(|m| m.searched_to),
        "words": words::met(compared, met),
    }))
}

/// The bills along the axis, of the services that have prices.
fn series(compared: &CostComparison, scale: AxisScale) -> Value {
    let priced = compared.lines.iter();
    let priced = priced.filter_map(|l| Some((&l.service.id, Tariff::of(l.service).ok()?)));
    let (ids, tariffs): (Vec<&String>, Vec<Tariff>) = priced.unzip();
    let swept = sweep(&tariffs, &compared.axis(POINTS, scale), &compared.workload);
    let line = |(id, totals): (_, &Vec<_>)| {
        let points = swept.requests.iter().zip(totals);
        let point = |(requests, usd)| json!({"requests": requests, "usd": usd});
        json!({"service": id, "points": points.map(point).collect::<Value>()})
    };
    ids.iter().zip(&swept.totals).map(line).collect()
}
