//! Bills as JSON: the numbers, the reasons where there are none, break-even points, and the series of the picture.
//!
//! Amounts are numbers, in the pack's currency, which is named; a service without a bill says why in words.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::core::cost::sweep::sweep;
use crate::core::cost::{
    AxisScale, Bill, BillLine, BreakEvenPair, Case, CostComparison, Crossing, PricedService, Tariff,
};
use crate::views::cost::words;

/// Points of a series, zero the first.
const POINTS: usize = 51;

/// `cost`: services side by side; the series is divided by `scale`.
pub fn cost(compared: &CostComparison, preset: Option<&str>, scale: AxisScale) -> Value {
    let pairs = compared.met.iter().filter_map(|met| pair(compared, met));
    json!({
        "currency": compared.words().currency.code,
        "preset": preset,
        "workload": compared.workload,
        "as_of": compared.day,
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
        "use_usd": bill.map(|b| b.use_range().1),
        "total_usd": bill.map(|b| b.sums.total),
        "at_least_usd": bill.and_then(|b| b.at_least),
        "per_million_usd": bill.and_then(Bill::per_million).map(|range| range.1),
        "awake_hours": bill.and_then(|b| b.awake).map(|a| a.hours),
        "wakes": bill.and_then(|b| b.awake).map(|a| a.wakes),
        "units": bill.map(|b| b.sums.units),
        "no_bill": line.bill.as_ref().err().map(|why| words::no_bill(*why, line.words())),
        "parts": bill.iter().flat_map(|b| &b.parts).map(part).collect::<Value>(),
        "storage": bill.and_then(|b| b.storage.as_ref()).map(part),
        "assumed": bill.map_or_else(|| json!(Vec::from_iter(assumptions)), |b| json!(b.starred)),
        "left_out": bill.map(|b| &*b.gaps).unwrap_or_default(),
    })
}

fn part(part: &BillLine) -> Value {
    json!({"part": part.line.title(), "words": part.words, "usd": part.amount})
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
            "first_usd": crossing.bills.0,
            "second_usd": crossing.bills.1,
        })
    };
    Some(json!({
        "first": first,
        "second": second,
        "cheaper_at_zero": found.and_then(|m| cheaper(m.at_zero)),
        "same_below": found.and_then(|m| m.parting).map(|p| p.requests),
        "crossings": found.iter().flat_map(|m| &m.crossings).map(turn).collect::<Value>(),
        "other_end": met.other_end.as_ref().map(|m| m.crossings.iter().map(turn).collect::<Value>()),
        "searched_to": found.map(|m| m.searched_to),
        "words": words::met(compared, met),
    }))
}

/// The bills along the axis, of the services that have prices; of a range both ends.
fn series(compared: &CostComparison, scale: AxisScale) -> Value {
    let curves = compared.curves();
    let tariffs: Vec<_> = curves
        .iter()
        .map(|(_, tariff, case)| (*tariff, *case))
        .collect();
    let swept = sweep(&tariffs, &compared.axis(POINTS, scale), &compared.workload);
    let line = |((_, tariff, case), totals): (&(usize, Tariff, Case), &Vec<_>)| {
        let points = swept.requests.iter().zip(totals);
        let point = |(requests, usd)| json!({"requests": requests, "usd": usd});
        let case = match case {
            Case::Dearest => "dearest",
            Case::Cheapest => "cheapest",
        };
        json!({
            "service": tariff.service.id,
            "case": case,
            "points": points.map(point).collect::<Value>(),
        })
    };
    curves.iter().zip(&swept.totals).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{check_json as check, library};
    use crate::core::cost::Workload;

    #[test]
    fn bills_are_dollars_a_month() {
        let library = library();
        let service = library.service("bell-one").unwrap();
        let compared = CostComparison::of(&[service, service], &Workload::default(), None, None);
        let found = cost(&compared, None, AxisScale::Log);
        assert_eq!(
            (&found["preset"], &found["scale"]),
            (&Value::Null, &json!("log"))
        );
        let bell = &found["services"][0];
        let amounts = [
            "idle_usd",
            "use_usd",
            "total_usd",
            "at_least_usd",
            "per_million_usd",
            "no_bill",
        ];
        let amounts: Value = amounts.iter().map(|n| (*n, bell[*n].clone())).collect();
        // A million requests at 0.2 dollars a million, and nothing without any.
        check(
            amounts,
            r#"{"idle_usd": 0.0, "use_usd": 0.2, "total_usd": 0.2, "at_least_usd": null, "per_million_usd": 0.2,
                "no_bill": null}"#,
        );
        let meeting = &found["break_even"][0];
        check(
            json!([
                meeting["cheaper_at_zero"],
                meeting["same_below"],
                meeting["crossings"]
            ]),
            "[null, null, []]",
        );
        let points = found["series"][0]["points"].as_array().unwrap();
        assert_eq!(points.len(), 51);
        check(&points[0], r#"{"requests": 0, "usd": 0.0}"#);
    }
}
