//! Pairs that meet where it was worked out by hand.

use std::cmp::Ordering;

use crate::core::cost::break_even::break_even;
use crate::core::cost::golden::{bundled, service};
use crate::core::cost::serving::Case;
use crate::core::cost::tariff::Tariff;
use crate::core::cost::tests::meet;
use crate::core::cost::workload::{Workload, WorkloadField};

#[test]
fn lambda_and_a_small_task_break_even_where_it_was_worked_out() {
    let library = bundled();
    let (lambda, task) = (
        service(&library, "aws-lambda"),
        service(&library, "aws-fargate-ecs"),
    );
    let (lambda, task) = (
        Tariff::of(lambda).expect("priced"),
        Tariff::of(task).expect("priced"),
    );
    // 9.010025 − 1.40 (requests at 8 million, where the free memory ends) = 7.610025; each further million costs
    // 0.20 + 50,000 × 0.0000166667 = 1.033335; 7.610025 / 1.033335 = 7.36453: 15.3645 million.
    // At 0.25 / 0.289429 in flight, which are 22.69987 million, a second task is due ($18.02005); there calls cost
    // 1.40 + 14.69987 × 1.033335 = $16.59. They come to as much again at 8 + 16.62005 / 1.033335 = 24.08388 million.
    let found = meet(&lambda, &task, &Workload::default(), 40_000_000).expect("bills");
    let crossings: Vec<_> = found
        .crossings
        .iter()
        .map(|c| (c.requests / 100, c.first_is))
        .collect();
    let expected = [
        (153_645, Ordering::Greater),
        (226_998, Ordering::Less),
        (240_838, Ordering::Greater),
    ];
    assert_eq!(
        (found.at_zero, crossings.as_slice()),
        (Ordering::Less, expected.as_slice())
    );
    let (aurora, rds) = (
        service(&library, "aws-aurora-serverless-v2"),
        service(&library, "aws-rds"),
    );
    let (aurora, rds) = (
        Tariff::of(aurora).expect("priced"),
        Tariff::of(rds).expect("priced"),
    );
    // Awake for 12.41 / 43.80 = 0.283333 of the month: −ln 0.716667 = 0.333144 = n × 300.1 / 2,628,000; n = 2,917.4.
    let found = meet(&aurora, &rds, &Workload::default(), 1_000_000_000).expect("bills");
    assert_eq!(
        found.crossings.first().map(|c| (c.requests, c.first_is)),
        Some((2_918, Ordering::Greater))
    );
}

#[test]
fn pairs_meet_where_it_was_worked_out() {
    let library = bundled();
    let check = |a: &str, b: &str, at_once, to: u64, expected: Option<u64>| {
        let [a, b] = [a, b].map(|id| Tariff::of(service(&library, id)).expect("priced"));
        let workload = Workload::default().with(WorkloadField::AtOnce, at_once);
        let ends = [
            (Case::Dearest, Case::Cheapest),
            (Case::Cheapest, Case::Dearest),
        ];
        for (first, second) in ends {
            let (a, b) = (a.quote(&workload, first), b.quote(&workload, second));
            let found = break_even(&a, &b, to).expect("bills");
            let first = found.crossings.first().map(|c| c.requests / 1_000);
            assert_eq!((found.at_zero, first), (Ordering::Less, expected));
        }
    };
    // 1.2 × (n − 0.333333) = 9.80974 + 43.5 × 1.60 + (n − 50) × 1.00: 0.2 n = 29.80974.
    let (queue, bus) = ("aws-sqs", "azure-service-bus");
    check(queue, bus, 1, 200_000_000, Some(149_048));
    // 0.225 n = 0.0039 × 730 = 2.847: 12.6533 million, 4.8 a second, for which five units of each suffice.
    let (on_demand, provisioned) = ("aws-dynamodb-on-demand", "aws-dynamodb-provisioned");
    check(on_demand, provisioned, 1, 50_000_000, Some(12_653));
    // 0.40 (n − 2) + 0.6946296 (n − 6.21923) + 0.125 (n − 7.2) = 9.010025: 1.2196296 n = 15.030025. One is in flight for 37 %
    // of the month there, of a whole vCPU 0.98 million seconds, where each alone takes 0.36 million: sharing changes nothing.
    let (run, task) = ("google-cloud-run", "aws-fargate-ecs");
    check(run, task, 1, 20_000_000, Some(12_323));
    check(run, task, 80, 20_000_000, Some(12_323));
    // A machine of 25 a second serves 65.7 million for $7.59, and two serve as many as Business allows.
    check("aws-ec2", "aws-cloudfront-flat-rate", 1, 125_000_000, None);
}
