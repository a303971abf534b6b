//! Several services side by side for one workload: what screens, commands and charts show.
//!
//! Every service that was asked for has its line, with a bill or the reason why there is none; the axis holds
//! the workload's own requests; every pair is set against each other, as far as the axis goes.

use crate::core::cost::bill::{self, Bill};
use crate::core::cost::break_even::{Meeting, break_even};
use crate::core::cost::money::Money;
use crate::core::cost::presets::always_on;
use crate::core::cost::serving::Case;
use crate::core::cost::sweep::{Axis, AxisScale};
use crate::core::cost::tariff::{NoBill, Tariff};
use crate::core::cost::workload::{Workload, WorkloadField};
use crate::core::judge::state;
use crate::pack::{CostWords, Library, Service};
use crate::text::{Day, SafeText};

/// Most services side by side: as many as there are letters for them.
pub const MOST: usize = 8;
/// The shortest axis, in requests a month.
const SHORTEST: u64 = 1_000_000;
/// How far an axis reaches beyond the next power of ten.
const BEYOND: u64 = 100;

#[derive(Clone, Debug)]
pub struct PricedService<'a> {
    /// Its letter, from `a`.
    pub letter: char,
    pub service: &'a Service,
    /// Its prices.
    pub tariff: Result<Tariff<'a>, NoBill>,
    /// The bill for the workload.
    pub bill: Result<Bill, NoBill>,
    /// The bill without a single request.
    pub idle: Result<Money, NoBill>,
    /// Whether it stands here as the machine that is always on.
    pub machine: bool,
}

impl PricedService<'_> {
    /// Whether something of its amounts is assumed.
    pub fn is_starred(&self) -> bool {
        self.service
            .pricing
            .as_ref()
            .is_some_and(|p| !p.assumptions.is_empty())
    }

    /// How the pack of the service speaks of costs.
    pub fn words(&self) -> &CostWords {
        &self.service.facts.subject.cost
    }
}

#[derive(Clone, Debug)]
pub struct BreakEvenPair {
    /// Positions of the two among the lines.
    pub pair: (usize, usize),
    /// How they stand to each other where the first is at its dearest and the second at its cheapest; or which of them has
    /// no bill, and why.
    pub meeting: Result<Meeting, (usize, NoBill)>,
    /// The same the other way round, where one of them has a range.
    pub other_end: Option<Meeting>,
}

#[derive(Clone, Debug)]
pub struct CostComparison<'a> {
    pub workload: Workload,
    /// The day whose prices are taken; today's without one.
    pub day: Option<Day>,
    /// One line per service, in the order asked for.
    pub lines: Vec<PricedService<'a>>,
    /// The pairs, in order.
    pub met: Vec<BreakEvenPair>,
    /// The end of the axis, in requests a month.
    pub to: u64,
}

impl<'a> CostComparison<'a> {
    /// Computes the bills of services for a workload at the prices of a day; `machine` is the one that stands there as always
    /// on. At most [`MOST`] are taken.
    pub fn of(
        services: &[&'a Service],
        workload: &Workload,
        machine: Option<&str>,
        day: Option<Day>,
    ) -> Self {
        let line = |(letter, service): (char, &&'a Service)| {
            let tariff = Tariff::on(service, day);
            let bill = tariff.as_ref().map_err(|why| *why);
            let bill = bill.and_then(|tariff| bill::bill(tariff, workload));
            let idle = match &bill {
                Ok(bill) => Ok(bill.idle),
                Err(why) => idle_alone(service, &tariff, workload, day).ok_or(*why),
            };
            PricedService {
                letter,
                service,
                tariff,
                bill,
                idle,
                machine: machine == Some(service.id.as_str()),
            }
        };
        let lines: Vec<PricedService> = ('a'..='z')
            .zip(services.iter().take(MOST))
            .map(line)
            .collect();
        let to = axis_end(workload.requests_per_month());
        let met = pairs(lines.len())
            .map(|pair| meet(&lines, pair, workload, to))
            .collect();
        Self {
            workload: *workload,
            day,
            lines,
            met,
            to,
        }
    }

    /// The tariffs of the lines that have one, each with its position; those with a range twice, cheapest first.
    pub fn curves(&self) -> Vec<(usize, Tariff<'a>, Case)> {
        let of = |(n, line): (usize, &PricedService<'a>)| {
            let tariff = line.tariff.ok()?;
            let is_range = tariff.has_range(&self.workload);
            let least = is_range.then_some((n, tariff, Case::Cheapest));
            Some(least.into_iter().chain([(n, tariff, Case::Dearest)]))
        };
        self.lines
            .iter()
            .enumerate()
            .filter_map(of)
            .flatten()
            .collect()
    }

    /// How the pack of the lines speaks of costs.
    pub fn words(&self) -> CostWords {
        let first = self.lines.first();
        first.map_or_else(CostWords::default, |line| line.words().clone())
    }

    /// Whether a field of the workload plays a part in any of the bills.
    pub fn reads(&self, field: WorkloadField) -> bool {
        let read = |line: &PricedService| line.tariff.is_ok_and(|t| t.reads(field));
        self.lines.iter().any(read)
    }

    /// The axis of a chart with so many points, zero the first of them.
    pub fn axis(&self, points: usize, scale: AxisScale) -> Axis {
        Axis {
            from: 0,
            to: self.to,
            points,
            scale,
        }
    }

    /// A line by its position.
    pub fn line(&self, n: usize) -> Option<&PricedService<'a>> {
        self.lines.get(n)
    }

    /// Where requests stand on the part of the axis behind zero, from 0 to 1; `None` for no request at all.
    pub fn share(&self, requests: u64, scale: AxisScale) -> Option<f64> {
        let (n, to) = (requests as f64, self.to as f64);
        let first = Axis {
            from: 0,
            to: self.to,
            points: 3,
            scale: AxisScale::Log,
        }
        .at(1) as f64;
        let share = match scale {
            AxisScale::Linear => n / to,
            AxisScale::Log => libm::log(n / first) / libm::log(to / first),
        };
        (requests > 0).then_some(share.clamp(0.0, 1.0))
    }
}

/// The fields of a workload that play a part in the bill of any of a pack's services; reads them all.
pub fn fields(library: &Library) -> Vec<WorkloadField> {
    let tariffs: Vec<Tariff> = priced(library).filter_map(|s| Tariff::of(s).ok()).collect();
    let is_read = |field: &WorkloadField| tariffs.iter().any(|tariff| tariff.reads(*field));
    WorkloadField::ALL.into_iter().filter(is_read).collect()
}

/// The services of a pack that have prices, and stand there still; reads them all.
pub fn priced(library: &Library) -> impl Iterator<Item = &Service> {
    library
        .services()
        .filter(|service| service.pricing.is_some())
}

/// The pack's always-on machine; reads all services.
pub fn machine(library: &Library) -> Option<&Service> {
    always_on(priced(library))
}

/// All pairs of so many, in order.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
}

/// The idle bill where there is no bill for the workload: by the prices, or as it is stored for the day.
fn idle_alone(
    service: &Service,
    tariff: &Result<Tariff, NoBill>,
    workload: &Workload,
    day: Option<Day>,
) -> Option<Money> {
    if let Ok(tariff) = tariff {
        return tariff.quote(workload, Case::Dearest).total(0).ok();
    }
    let state = state::at(service, day).ok()?;
    let is_stored = day.is_some() && state.until.is_some() && service.retired.is_none();
    state
        .idle_usd_per_month
        .filter(|_| is_stored)
        .map(Money::price)
}

fn meet(
    lines: &[PricedService],
    pair: (usize, usize),
    workload: &Workload,
    to: u64,
) -> BreakEvenPair {
    let tariff = |n: usize| {
        let tariff = lines.get(n).map_or(Err(NoBill::NoPrices), |l| l.tariff);
        tariff.map_err(|why| (n, why))
    };
    let (a, b) = pair;
    let tariffs = tariff(a).and_then(|first| Ok((first, tariff(b)?)));
    let (first, second) = match tariffs {
        Ok(both) => both,
        Err(why) => {
            return BreakEvenPair {
                pair,
                meeting: Err(why),
                other_end: None,
            };
        }
    };
    let at = |cases: (Case, Case)| {
        let (first, second) = (
            first.quote(workload, cases.0),
            second.quote(workload, cases.1),
        );
        let blame = if first.total(1).is_err() { a } else { b };
        break_even(&first, &second, to).map_err(|why| (blame, why))
    };
    let is_range = first.has_range(workload) || second.has_range(workload);
    BreakEvenPair {
        pair,
        meeting: at((Case::Dearest, Case::Cheapest)),
        other_end: is_range
            .then(|| at((Case::Cheapest, Case::Dearest)).ok())
            .flatten(),
    }
}

/// Where an axis ends that shows so many requests: a power of ten, well beyond them.
pub fn axis_end(requests: u64) -> u64 {
    let above = (0..13)
        .map(|n| 10u64.pow(n))
        .find(|p| *p >= requests)
        .unwrap_or(SHORTEST);
    above
        .saturating_mul(BEYOND)
        .clamp(SHORTEST, WorkloadField::Requests.range().1)
}

/// A number of requests in at most five cells: `0`, `500`, `20k`, `1.5M`, `100B`.
pub fn short(requests: u64) -> SafeText {
    let units = [
        (1_000_000_000_000, "T"),
        (1_000_000_000, "B"),
        (1_000_000, "M"),
        (1_000, "k"),
    ];
    let Some((unit, word)) = units.into_iter().find(|(unit, _)| requests >= *unit) else {
        return crate::safe!("{requests}");
    };
    let tenths = (requests + unit / 20) / (unit / 10);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => crate::safe!("{whole}{word}"),
        (whole, _) if whole >= 100 => crate::safe!("{}{word}", (requests + unit / 2) / unit),
        (whole, rest) => crate::safe!("{whole}.{rest}{word}"),
    }
}

/// The stops of the traffic dial, in requests a month.
pub const DIAL: [u64; 14] = [
    0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
    2_000_000, 5_000_000, 10_000_000,
];

/// The stops of a slider, rising: round numbers, three to a power of ten.
pub fn stops(field: WorkloadField) -> Vec<u64> {
    let round = |from: u32, to: u32, scale: u64| {
        (from..to).flat_map(move |n| [1, 2, 5].map(|d| d * 10u64.pow(n) * scale))
    };
    match field {
        WorkloadField::Requests => std::iter::once(0)
            .chain(round(1, 9, 1))
            .chain([1_000_000_000])
            .collect(),
        WorkloadField::Duration => round(0, 6, 1).chain([1_000_000]).collect(),
        WorkloadField::Memory => (7..15).map(|n| 1 << n).collect(),
        WorkloadField::Peak => round(0, 3, 1_000).collect(),
        WorkloadField::Vcpu => std::iter::once(0).chain(round(2, 5, 1)).collect(),
        WorkloadField::AtOnce => round(0, 3, 1).chain([1_000]).collect(),
        WorkloadField::Stored => std::iter::once(0).chain(round(0, 5, 1)).collect(),
    }
}

/// The stop that lies so many steps from a value: the next one in that direction counts as one step.
pub fn step(stops: &[u64], value: u64, steps: isize) -> u64 {
    let below = stops.partition_point(|s| *s < value);
    let on = stops.get(below) == Some(&value);
    let from = if steps > 0 && !on {
        below.wrapping_sub(1)
    } else {
        below
    };
    let to = if from == usize::MAX {
        steps.unsigned_abs().saturating_sub(1)
    } else {
        from.saturating_add_signed(steps)
    };
    stops
        .get(to.min(stops.len().saturating_sub(1)))
        .copied()
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let check = |n, expected: &str| assert_eq!(short(n).as_str(), expected);
        check(0, "0");
        check(999, "999");
        check(1_000, "1k");
        check(1_500, "1.5k");
        check(153_645, "154k");
        check(33_742_223, "33.7M");
        check(9_960_000, "10M");
        check(1_000_000_000_000, "1T");
    }

    #[test]
    fn steps_go_to_round_numbers_and_stop_at_the_ends() {
        let requests = stops(WorkloadField::Requests);
        let check = |value, steps, expected| {
            assert_eq!(step(&requests, value, steps), expected, "{value} {steps:+}")
        };
        check(1_000_000, 1, 2_000_000);
        check(1_000_000, -1, 500_000);
        check(1_000_000, 3, 10_000_000);
        check(30, 1, 50);
        check(30, -1, 20);
        check(10, -1, 0);
        check(0, -1, 0);
        check(3, 1, 10);
        check(1_000_000_000, 1, 1_000_000_000);
        check(5_000_000_000, 1, 1_000_000_000);
        for field in WorkloadField::ALL {
            let (least, most) = field.range();
            assert!(
                stops(field).is_sorted() && stops(field).iter().all(|s| (least..=most).contains(s)),
                "{field:?}"
            );
        }
        assert_eq!(step(&[], 7, 1), 7);
    }

    #[test]
    fn the_axis_holds_the_workload() {
        let check = |n, expected| assert_eq!(axis_end(n), expected, "{n}");
        check(0, 1_000_000);
        check(10_000, 1_000_000);
        check(1_000_000, 100_000_000);
        check(1_000_001, 1_000_000_000);
        check(1_000_000_000_000, 1_000_000_000_000);
    }
}
