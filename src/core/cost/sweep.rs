//! Bills along an axis of requests a month: the lines of a chart.
//! Zero has its place on both scales; one pass, and no allocation but the series themselves.

use serde::Serialize;

use crate::core::cost::money::Money;
use crate::core::cost::serving::Case;
use crate::core::cost::tariff::Tariff;
use crate::core::cost::workload::Workload;

/// How far below its end a logarithmic axis that begins at zero has its first positive point: five decades.
const DECADES_BELOW: u64 = 100_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AxisScale {
    Linear,
    /// In equal ratios; zero, when it is on the axis, is a point of its own before the first decade.
    Log,
}

/// An axis of requests a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// First point; may be zero.
    pub from: u64,
    /// Last point.
    pub to: u64,
    /// How many points, at least two.
    pub points: usize,
    pub scale: AxisScale,
}

/// Bills of several services along an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Requests a month, rising.
    pub requests: Vec<u64>,
    /// Per service one bill per point; `None` where there is none, such as beyond the end of a free plan.
    pub totals: Vec<Vec<Option<Money>>>,
}

impl Axis {
    /// The point `n` of the axis; the ends are exact.
    pub fn at(&self, n: usize) -> u64 {
        let last = self.points.max(2) - 1;
        if n >= last {
            return self.to;
        }
        match (self.scale, self.from, n) {
            (_, from, 0) => from,
            (AxisScale::Linear, from, _) => from + between(self.to.saturating_sub(from), n, last),
            // Zero has no place on a scale of ratios: it stands as a point of its own in front.
            (AxisScale::Log, 0, _) => {
                ratio((self.to / DECADES_BELOW).max(1), self.to, n - 1, last - 1)
            }
            (AxisScale::Log, from, _) => ratio(from, self.to, n, last),
        }
    }
}

fn between(width: u64, n: usize, last: usize) -> u64 {
    (u128::from(width) * n as u128 / last.max(1) as u128) as u64
}

fn ratio(from: u64, to: u64, n: usize, last: usize) -> u64 {
    let share = n as f64 / last.max(1) as f64;
    let from = from.max(1) as f64;
    ((from * libm::pow(to as f64 / from, share)).round() as u64).min(to)
}

/// The bills of these services along an axis, the rest of the workload standing still.
pub fn sweep(tariffs: &[(Tariff, Case)], axis: &Axis, workload: &Workload) -> Sweep {
    let requests: Vec<u64> = (0..axis.points.max(2)).map(|n| axis.at(n)).collect();
    let line = |(tariff, case): &(Tariff, Case)| {
        let quote = tariff.quote(workload, *case);
        requests.iter().map(|n| quote.total(*n).ok()).collect()
    };
    Sweep {
        totals: tariffs.iter().map(line).collect(),
        requests,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_on_both_scales_and_points_rise() {
        let points = |axis: Axis| (0..axis.points).map(|n| axis.at(n)).collect::<Vec<_>>();
        let axis = Axis {
            from: 0,
            to: 10_000_000,
            points: 5,
            scale: AxisScale::Linear,
        };
        assert_eq!(
            points(axis),
            [0, 2_500_000, 5_000_000, 7_500_000, 10_000_000]
        );
        let log = Axis {
            from: 0,
            to: 10_000_000,
            points: 7,
            scale: AxisScale::Log,
        };
        assert_eq!(
            points(log),
            [0, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
        );
        let part = Axis {
            from: 10,
            to: 1_000,
            points: 3,
            scale: AxisScale::Log,
        };
        assert_eq!(points(part), [10, 100, 1_000]);
        for scale in [AxisScale::Linear, AxisScale::Log] {
            for to in [0, 1, 7, 400, 3_000_000, 1_000_000_000_000] {
                let all = points(Axis {
                    from: 0,
                    to,
                    points: 400,
                    scale,
                });
                assert!(all.is_sorted(), "{scale:?} to {to}");
                assert_eq!((all.first(), all.last()), (Some(&0), Some(&to)));
            }
        }
    }
}
