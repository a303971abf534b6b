//! Bills as JSON: the numbers, the reasons where there are none, break-even points, and the series of the picture.
//! Promise: amounts are US dollars a month and numbers; a service without a bill says why in words.

use serde::Serialize;

use crate::cli::json::word;
use crate::core::cost::sweep::sweep;
use crate::core::cost::{
    AxisScale, Bill, BillLine, BreakEvenPair, CostComparison, Meeting, Preset, PricedService,
    Tariff, UncountedPart, Usd, Workload,
};
use crate::text::Words;
use crate::views::cost::words;

/// Points of a series, zero the first.
const POINTS: usize = 51;
/// Words of what a price model leaves out.
const GAPS: [(&str, UncountedPart); 2] = [
    ("more-units", UncountedPart::MoreUnits),
    ("hourly-rates", UncountedPart::HourlyRates),
];

/// `cost`.
#[derive(Serialize)]
pub struct Costs<'a> {
    preset: Option<&'static str>,
    workload: Load,
    services: Vec<Service<'a>>,
    break_even: Vec<Pair<'a>>,
    scale: &'static str,
    series: Vec<Series<'a>>,
}

#[derive(Serialize)]
struct Load {
    requests: u64,
    duration_ms: u64,
    memory_mb: u64,
    peak: f64,
    stored_gb: u64,
}

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    provider: &'a str,
    always_on: bool,
    region: Option<&'a str>,
    as_of: Option<String>,
    idle_usd: Option<f64>,
    use_usd: Option<f64>,
    total_usd: Option<f64>,
    at_least_usd: Option<f64>,
    per_million_usd: Option<f64>,
    no_bill: Option<String>,
    parts: Vec<Item>,
    storage: Option<Item>,
    assumed: Vec<String>,
    left_out: Vec<&'static str>,
}

#[derive(Serialize)]
struct Item {
    part: &'static str,
    words: String,
    usd: f64,
}

#[derive(Serialize)]
struct Pair<'a> {
    first: &'a str,
    second: &'a str,
    cheaper_at_zero: Option<&'a str>,
    same_below: Option<u64>,
    crossings: Vec<Turn<'a>>,
    searched_to: Option<u64>,
    words: String,
}

#[derive(Serialize)]
struct Turn<'a> {
    requests: u64,
    cheaper: &'a str,
    first_usd: f64,
    second_usd: f64,
}

#[derive(Serialize)]
struct Series<'a> {
    service: &'a str,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    requests: u64,
    usd: Option<f64>,
}

impl<'a> Costs<'a> {
    /// Of services side by side; the series is divided by `scale`.
    pub fn of(beside: &'a CostComparison, preset: Option<Preset>, scale: AxisScale) -> Self {
        Self {
            preset: preset.map(Preset::word),
            workload: load(&beside.workload),
            services: beside.lines.iter().map(service).collect(),
            break_even: beside
                .met
                .iter()
                .filter_map(|met| pair(beside, met))
                .collect(),
            scale: match scale {
                AxisScale::Linear => "linear",
                AxisScale::Log => "log",
            },
            series: series(beside, scale),
        }
    }
}

fn load(workload: &Workload) -> Load {
    Load {
        requests: workload.requests_per_month(),
        duration_ms: workload.duration_ms(),
        memory_mb: workload.memory_mb(),
        peak: workload.peak_to_mean_thousandths() as f64 / 1000.0,
        stored_gb: workload.stored_gb(),
    }
}

fn service<'a>(line: &'a PricedService) -> Service<'a> {
    let bill = line.bill.as_ref().ok();
    let pricing = line.service.pricing.as_ref();
    let usd = |amount: Option<Usd>| amount.map(Usd::to_f64);
    let assumptions = pricing
        .map(|p| p.assumptions.to_string())
        .filter(|a| !a.is_empty());
    Service {
        id: &line.service.id,
        name: &line.service.name,
        provider: &line.service.provider,
        always_on: line.machine,
        region: pricing.map(|p| p.region.as_str()),
        as_of: pricing.and_then(|p| p.as_of).map(|d| d.to_string()),
        idle_usd: usd(line.idle.ok()),
        use_usd: usd(bill.map(Bill::use_usd)),
        total_usd: usd(bill.map(|b| b.sums.total)),
        at_least_usd: usd(bill.and_then(|b| b.at_least)),
        per_million_usd: usd(bill.and_then(Bill::per_million)),
        no_bill: line
            .bill
            .as_ref()
            .err()
            .map(|why| words::no_bill(*why).to_string()),
        parts: bill
            .map(|b| b.parts.iter().map(item).collect())
            .unwrap_or_default(),
        storage: bill.and_then(|b| b.storage.as_ref()).map(item),
        assumed: bill.map_or_else(
            || assumptions.into_iter().collect(),
            |b| b.starred.iter().map(ToString::to_string).collect(),
        ),
        left_out: bill
            .map(|b| b.gaps.iter().map(|g| word(&GAPS, g)).collect())
            .unwrap_or_default(),
    }
}

fn item(part: &BillLine) -> Item {
    Item {
        part: part.line.title(),
        words: part.words.to_string(),
        usd: part.usd.to_f64(),
    }
}

fn pair<'a>(beside: &'a CostComparison, met: &BreakEvenPair) -> Option<Pair<'a>> {
    let (first, second) = (
        beside.line(met.pair.0)?.service.id.as_str(),
        beside.line(met.pair.1)?.service.id.as_str(),
    );
    let cheaper = |order: std::cmp::Ordering| match order {
        std::cmp::Ordering::Less => Some(first),
        std::cmp::Ordering::Greater => Some(second),
        std::cmp::Ordering::Equal => None,
    };
    let found: Option<&Meeting> = met.meeting.as_ref().ok();
    let turn = |c: &crate::core::cost::break_even::Crossing| Turn {
        requests: c.requests,
        cheaper: cheaper(c.first_is).unwrap_or_default(),
        first_usd: c.usd.0.to_f64(),
        second_usd: c.usd.1.to_f64(),
    };
    Some(Pair {
        first,
        second,
        cheaper_at_zero: found.and_then(|m| cheaper(m.at_zero)),
        same_below: found.and_then(|m| m.parting).map(|p| p.requests),
        crossings: found
            .map(|m| m.crossings.iter().map(turn).collect())
            .unwrap_or_default(),
        searched_to: found.map(|m| m.searched_to),
        words: words::met(beside, met).to_string(),
    })
}

fn series<'a>(beside: &'a CostComparison, scale: AxisScale) -> Vec<Series<'a>> {
    let priced: Vec<(&str, Tariff)> = beside
        .lines
        .iter()
        .filter_map(|l| Some((l.service.id.as_str(), Tariff::of(l.service).ok()?)))
        .collect();
    let tariffs: Vec<Tariff> = priced.iter().map(|(_, t)| *t).collect();
    let swept = sweep(&tariffs, &beside.axis(POINTS, scale), &beside.workload);
    let points = |totals: &[Option<Usd>]| {
        let point = |(requests, usd): (&u64, &Option<Usd>)| Point {
            requests: *requests,
            usd: usd.map(Usd::to_f64),
        };
        swept.requests.iter().zip(totals).map(point).collect()
    };
    priced
        .iter()
        .zip(&swept.totals)
        .map(|((service, _), totals)| Series {
            service,
            points: points(totals),
        })
        .collect()
}
