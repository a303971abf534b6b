//! Verdicts on well-known services that anybody can look up and dispute, and the counts of every lens.
//! Each was worked out by reading the facts and the definition, with its reason, before the program was asked.

use std::sync::Arc;

use crate::core::judge::interview::InterviewAnswer;
use crate::core::judge::lens_diff::{LensSplit, across};
use crate::core::judge::ranges::{VerdictRange, reading};
use crate::core::judge::scores::scores;
use crate::core::judge::state::{Absent, at, states};
use crate::core::judge::verdict::{LensOutcome, Verdict, outcome};
use crate::pack::{Bundled, Kind, Lens, LensRule, Library, Service};
use crate::text::Day;

/// service | lens | date, empty for today | verdict, score or absence | why
const TABLE: &str = "\
aws-lambda | scale-to-zero-view | | serverless | rests, bills by the call, and a memory size reserves nothing
aws-lambda | no-knobs | | nearly | the memory slider is the one knob left
aws-lambda | cncf-view | | serverless | no server, no planning, no idle bill
aws-lambda | scale-to-zero-view | 2016-01 | serverless | coarser billing steps were still use alone
aws-lambda | scale-to-zero-view | 2014-11-12 | not-yet 2014-11-13 | announced a day later
aws-lambda | kehoe-spectrum | | 9.5 | all ten points but the half that a memory size costs
aws-lambda-provisioned-concurrency | scale-to-zero-view | | in-name | held environments never rest, in what is sold on the word
aws-lambda-provisioned-concurrency | provider-view | | serverless | AWS runs it and the meter has a floor, which that answer accepts
aws-lambda-provisioned-concurrency | cloudflare-view | | in-name | a reservation that is due without use
aws-lambda-snapstart | scale-to-zero-view | | nearly | cached snapshots are billed at rest
aws-fargate-ecs | provider-view | | serverless | nobody sees a host and seconds are billed
aws-fargate-ecs | scale-to-zero-view | | in-name | a running task is billed whether anybody calls or not
aws-fargate-ecs | berkeley-view | | nearly | task counts and a clock, neither a plain no
aws-fargate-ecs | kehoe-spectrum | | 6.0 | 3 + 1 + 0 + 1 + 1
aws-fargate-ecs | what-a-floor-buys | | serverless | a task that always runs keeps nobody waiting
aws-lambda | what-a-floor-buys | | nearly | the first call starts an environment, in a second or so
aws-aurora-serverless-v2 | what-a-floor-buys | 2023-01 | serverless | half a unit was up day and night
aws-aurora-serverless-v2 | what-a-floor-buys | | nearly | fifteen seconds to resume once it may pause, and then an answer
aws-ec2 | what-a-floor-buys | | not | nobody waits, but the machine is the customer's
knative-in-house | cncf-view | | nearly | another team is the provider; only the bill depends on the house
aws-ec2 | provider-view | | not | machines are the customer's
aws-ec2 | aws-view | | not | the generous lens still asks who patches
aws-ec2 | kehoe-spectrum | | 0.0 | no on every fact
aws-app-runner | provider-view | | serverless | managed, scaling and metered above a floor
aws-app-runner | scale-to-zero-view | | not | one instance's memory is always paid, and nobody sold it on the word
aws-aurora-serverless-v1 | scale-to-zero-view | 2020-01 | nearly | it rested by itself, in a range that had to be set
aws-aurora-serverless-v1 | scale-to-zero-view | 2025-06 | retired 2025-03-31 | the first version had ended
aws-aurora-serverless-v2 | scale-to-zero-view | 2023-01 | in-name | half a unit was held day and night for $43.80 a month
aws-aurora-serverless-v2 | scale-to-zero-view | | nearly | zero is opt-in and a range is set, neither a plain no
aws-aurora-serverless-v2 | provider-view | 2023-01 | serverless | that answer never asks what happens when nobody calls
aws-aurora-serverless-v2 | aws-checklist | | nearly | silence is free only once it was switched on
aws-aurora-serverless-v2 | aws-checklist | 2024-11-19 | in-name | a day before it learned to rest
aws-aurora-serverless-v2 | aws-view | 2022-04-20 | not-yet 2022-04-21 | a day before general availability
aws-aurora-dsql | no-knobs | | serverless | no size, no count, no range
aws-dynamodb-on-demand | no-knobs | | serverless | a table and a price per request
aws-dynamodb-provisioned | aws-view | | serverless | managed, and its units follow load between bounds
aws-dynamodb-provisioned | aws-view | 2016-01 | in-name | before June 2017 its units moved by hand
aws-dynamodb-provisioned | scale-to-zero-view | | in-name | reserved units are a rent
aws-dynamodb-provisioned | provider-view | | serverless | throughput by the hour in small units counts as use there
aws-s3 | no-knobs | | serverless | requests and stored bytes are the only meters
aws-sqs | scale-to-zero-view | | serverless | no message, no charge
aws-step-functions-standard | no-knobs | | serverless | billed by the transition
aws-athena | momento-litmus-test | | serverless | a query is all there is to it
aws-kinesis-on-demand | cloudflare-view | | in-name | each stream is charged by the hour without use
aws-kinesis-on-demand | berkeley-view | | nearly | the hourly fee per stream is not use
aws-kinesis-on-demand | scale-to-zero-view | | in-name | the fee runs while nothing flows
aws-msk-serverless | provider-view | | serverless | managed and metered above a cluster fee
aws-msk-serverless | scale-to-zero-view | | in-name | $547.50 a month idle
aws-elasticache-serverless | cloudflare-view | | in-name | a minimum of 100 MB is due every hour
aws-elasticache-serverless | scale-to-zero-view | | in-name | an empty cache is billed for 100 MB
aws-opensearch-serverless-classic | provider-view | | serverless | units follow load above the floor
aws-opensearch-serverless-classic | aws-checklist | | in-name | two units are paid for in silence
aws-opensearch-serverless-classic | cloudflare-view | | in-name | two units are due every hour
aws-opensearch-serverless-nextgen | aws-checklist | | serverless | collections sleep at zero by default
aws-opensearch-serverless-nextgen | scale-to-zero-view | | nearly | limits of capacity are still set
aws-opensearch-serverless-nextgen | aws-checklist | 2026-05-27 | not-yet 2026-05-28 | a day before general availability
aws-redshift-serverless | google-cloud-view | | serverless | nothing is allocated between queries, and bounds are allowed
aws-redshift-serverless | scale-to-zero-view | | nearly | a base capacity is chosen
aws-sagemaker-serverless-inference | berkeley-view | | nearly | a concurrency is declared first
aws-emr-serverless | berkeley-view | | serverless | workers come with the job and are billed with it
aws-emr-serverless | scale-to-zero-view | | serverless | worker sizes have defaults, and limits are optional
aws-rds | aws-view | | not | a server of one's own with a maintenance window
aws-neptune-serverless | scale-to-zero-view | | in-name | at least one unit is always on
azure-functions-consumption | no-knobs | | serverless | there is no size to choose
azure-functions-flex-consumption | no-knobs | | nearly | an instance size is chosen
azure-functions-flex-consumption | azure-view | | serverless | a size per instance passes
azure-functions-premium | azure-view | | in-name | one instance is always warm, so it cannot rest
azure-functions-premium | provider-view | | serverless | managed, scaling, and metered by the second above a floor
azure-container-apps | scale-to-zero-view | | serverless | replicas go to zero, size per replica
azure-container-instances | aws-view | | in-name | a group does not scale at all
azure-sql-database-serverless | azure-view | | serverless | a range of cores is accepted
azure-sql-database-serverless | google-cloud-view | | serverless | it pauses by default, and a range of cores is allowed
azure-cosmos-db-serverless | no-knobs | | serverless | request units and nothing to size
azure-cosmos-db-provisioned | scale-to-zero-view | | in-name | reserved throughput, and the database is called serverless
azure-cosmos-db-provisioned | aws-view | | serverless | autoscale between bounds is enough there
azure-static-web-apps | scale-to-zero-view | | nearly | a plan fee stands beside the meter
google-cloud-run | scale-to-zero-view | | serverless | instances go to zero, size per instance
google-cloud-run | no-knobs | | nearly | CPU and memory are chosen
google-cloud-run-min-instances | scale-to-zero-view | | in-name | a held minimum never rests, in what is sold on the word
google-cloud-run-min-instances | google-cloud-view | | in-name | a lower bound above nothing fails on zero
google-cloud-run-min-instances | cloudflare-view | | in-name | a minimum is a reservation
google-app-engine-standard | scale-to-zero-view | 2010-01 | serverless | processor time was the meter
google-app-engine-standard | scale-to-zero-view | | serverless | instances are charged while they exist, and none does without traffic
google-app-engine-standard | berkeley-view | | serverless | the same
google-bigquery-on-demand | no-knobs | | serverless | bytes read are the meter
google-firestore | scale-to-zero-view | | serverless | reads and writes are the meter
google-dataflow | berkeley-view | | serverless | workers are not provisioned, and only work is billed
google-dataflow | scale-to-zero-view | | nearly | a streaming job never rests, worker types are chosen
google-spanner | aws-view | | not | the Standard edition keeps the units that were entered
google-spanner | scale-to-zero-view | | not | processing units are held
google-gke-autopilot | provider-view | | serverless | nodes are Google's, pods are billed by the second
google-gke-autopilot | scale-to-zero-view | | not | a cluster fee, and not sold on the word
google-cloud-sql | provider-view | | not | an instance of a chosen size
cloudflare-workers-free | no-knobs | | serverless | nothing to size, nothing to pay
cloudflare-workers-paid | cloudflare-view | | serverless | a subscription beside the meter is how it bills itself
cloudflare-workers-paid | scale-to-zero-view | | nearly | five dollars a month
cloudflare-workers-paid | aws-checklist | | serverless | silence runs no meter; a plan fee is not capacity
cloudflare-durable-objects | scale-to-zero-view | 2024-12 | nearly | they needed the $5 plan until April 2025
cloudflare-durable-objects | scale-to-zero-view | | serverless | they came to the free plan
cloudflare-queues | paul-johnston-view | 2025-06 | nearly | they needed the $5 plan until February 2026
cloudflare-queues | paul-johnston-view | | serverless | no use, no bill
vercel-functions | scale-to-zero-view | | nearly | a seat fee stands beside the meter
netlify-functions | cncf-view | | nearly | a plan stands beside the meter
fly-machines | scale-to-zero-view | | nearly | three half-misses, none of them a no
fly-machines | provider-view | | nearly | the customer still places and updates machines
fly-machines | provider-view | 2023-01 | not | nothing scaled by itself before April 2023
railway-serverless | paul-johnston-view | | nearly | sleeping is opt-in and a plan fee remains
railway-serverless | paul-johnston-view | 2023-01 | in-name | nothing could rest before October 2023
railway-serverless | scale-to-zero-view | | nearly | the two and a size to choose are three, none of them a no
heroku-eco | scale-to-zero-view | | not | a monthly price whatever the use
render-web-service | aws-view | | not | a flat price for an instance
render-web-service | scale-to-zero-view | | not | a month's price for a running instance
neon | paul-johnston-view | | serverless | it rests by default and has no minimum any more
neon | paul-johnston-view | 2025-12 | nearly | there was a minimum of $5 a month
neon | scale-to-zero-view | | nearly | a range of capacity is a plan
planetscale | provider-view | 2023-06 | serverless | rows were the meter
planetscale | provider-view | | not | clusters of a chosen size
cockroachdb-basic | no-knobs | | serverless | the word went and the behavior stayed
supabase | aws-view | | not | an instance of a chosen size
mongodb-atlas-serverless | scale-to-zero-view | | serverless | on its last day it still billed by the operation
mongodb-atlas-serverless | scale-to-zero-view | 2026-02 | retired 2026-01-22 | the last instances were gone
mongodb-atlas-flex | scale-to-zero-view | | not | eight dollars a month at rest
pinecone-serverless | aws-checklist | | serverless | nothing is held while silent; the minimum is a plan
pinecone-serverless | scale-to-zero-view | | nearly | a minimum of $50 a month
upstash-redis | no-knobs | | serverless | commands are the meter
turso | scale-to-zero-view | | nearly | a plan beside the rows
momento-cache-serverless | momento-litmus-test | | serverless | bytes moved are the meter
momento-cache-flex | momento-litmus-test | | not | capacity is the meter
snowflake | provider-view | | serverless | warehouses are run for you and billed by the second
snowflake | scale-to-zero-view | | nearly | they rest, in a size that was chosen, with a minute's minimum
knative-serving | cncf-view | | not | from the seat of whoever pays for the cluster; nobody sells it
knative-serving | kehoe-spectrum | | 2.0 | 0 + 1 + 1 + 0 + 0
keda | scale-to-zero-view | | not | the cluster underneath runs on, and it is not sold on the word
modal | scale-to-zero-view | | serverless | containers rest, size per container
confluent-cloud-basic | berkeley-view | | serverless | units follow load and use is billed
confluent-cloud-basic | scale-to-zero-view | | serverless | an idle cluster is billed nothing for compute
fauna | scale-to-zero-view | | serverless | judged as on its last day
";

fn bundled() -> Library {
    Library::open(Arc::new(Bundled)).expect("the bundled pack is sound")
}

fn services(library: &Library) -> Vec<&Service> {
    let ids = (0..library.count(Kind::Services)).map(|n| library.head(Kind::Services, n).id);
    ids.map(|id| library.service(id).expect("a bundled service is sound"))
        .collect()
}

fn lens<'a>(library: &'a Library, id: &str) -> &'a Lens {
    library
        .lens(id)
        .unwrap_or_else(|| panic!("the lens {id} is there"))
}

fn told(library: &Library, outcome: Result<LensOutcome, Absent>) -> String {
    match outcome {
        Ok(LensOutcome::Verdict(verdict)) => verdict.id(&library.pack().subject).to_owned(),
        Ok(LensOutcome::Score(score)) => format!("{score:.1}"),
        Err(Absent::NotYet(from)) => format!("not-yet {from}"),
        Err(Absent::Retired(since)) => format!("retired {since}"),
    }
}

#[test]
fn well_known_services_are_judged_as_worked_out_by_hand() {
    let library = bundled();
    let mut wrong = Vec::new();
    for row in TABLE.lines() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [id, lens_id, date, expected, _why] = cells.as_slice() else {
            panic!("five cells: {row}")
        };
        let service = library
            .service(id)
            .unwrap_or_else(|| panic!("{id} is there"));
        let day = (!date.is_empty()).then(|| Day::parse(date).expect("a date"));
        let found = told(&library, outcome(service, lens(&library, lens_id), day));
        if found != *expected {
            wrong.push(format!("{row}\n    but it was: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(TABLE.lines().count() >= 60);
}

#[test]
fn every_lens_counts_as_was_worked_out_apart() {
    let library = bundled();
    let services = services(&library);
    let check = |id: &str, expected: [usize; 4]| {
        let lens = lens(&library, id);
        let with = |verdict| {
            let is = |s: &&&Service| outcome(s, lens, None) == Ok(LensOutcome::Verdict(verdict));
            services.iter().filter(is).count()
        };
        assert_eq!(Verdict::ALL.map(with), expected, "{id}");
    };
    check("provider-view", [111, 2, 1, 13]);
    check("scale-to-zero-view", [57, 33, 18, 19]);
    check("no-knobs", [40, 50, 18, 19]);
    check("aws-view", [110, 1, 3, 13]);
    check("aws-checklist", [85, 6, 18, 18]);
    check("azure-view", [73, 17, 18, 19]);
    check("google-cloud-view", [69, 21, 18, 19]);
    check("cloudflare-view", [73, 17, 18, 19]);
    check("cncf-view", [58, 32, 18, 19]);
    check("berkeley-view", [60, 51, 3, 13]);
    check("momento-litmus-test", [57, 33, 18, 19]);
    check("paul-johnston-view", [69, 21, 18, 19]);
    check("what-a-floor-buys", [60, 52, 4, 11]);
    let kehoe = scores(
        services.iter().copied(),
        lens(&library, "kehoe-spectrum"),
        None,
    )
    .expect("a score");
    assert_eq!(
        (kehoe.count, kehoe.lowest, kehoe.median, kehoe.highest),
        (127, 0.0, 9.0, 10.0)
    );
    assert_eq!(format!("{:.1}", kehoe.mean), "8.0");
}

#[test]
fn two_pairs_of_lenses_never_disagree_and_every_other_disagreement_names_a_fact() {
    let library = bundled();
    let services = services(&library);
    let between = |a: &str, b: &str| -> Vec<(Vec<Verdict>, LensSplit<'_>)> {
        let lenses = [lens(&library, a), lens(&library, b)];
        let mut all = Vec::new();
        for group in across(services.iter().copied(), &lenses, None).groups {
            for split in group.splits {
                all.push((group.verdicts.clone(), split));
            }
        }
        all
    };
    assert_eq!(between("scale-to-zero-view", "momento-litmus-test"), []);
    assert_eq!(between("google-cloud-view", "paul-johnston-view"), []);
    let aws = between("aws-view", "scale-to-zero-view");
    assert!(
        aws.iter()
            .all(|(verdicts, split)| !split.deciding.is_empty() && verdicts[0] > verdicts[1]),
        "the article is never the more generous"
    );
    let (verdicts, fargate) = aws
        .iter()
        .find(|(_, split)| split.service.id == "aws-fargate-ecs")
        .expect("they disagree on Fargate");
    assert_eq!(verdicts, &[Verdict::Met, Verdict::InName]);
    assert_eq!(fargate.deciding.len(), 3);
}

#[test]
fn every_state_of_every_service_is_whole() {
    let library = bundled();
    for service in services(&library) {
        let all: Vec<_> = states(service).collect();
        assert_eq!(
            all.last(),
            at(service, None).ok().as_ref(),
            "{}",
            service.id
        );
        for pair in all.windows(2) {
            let [older, newer] = pair else { continue };
            assert!(
                older.until.is_some() && older.until == newer.since,
                "{}: no gap",
                service.id
            );
        }
        for fact in all.iter().flat_map(|state| &state.facts) {
            assert!(
                !fact.why.is_empty() && !fact.sources.is_empty(),
                "{}: {:?}",
                service.id,
                fact.criterion
            );
            assert!(
                fact.since
                    .is_none_or(|since| fact.until.is_none_or(|until| since < until)),
                "{}: {fact:?}",
                service.id
            );
        }
    }
}

/// The checklist's first choices describe the strictest service there is, its last ones a machine of one's own.
#[test]
fn the_checklist_reaches_from_one_end_to_the_other() {
    let library = bundled();
    let questions = &library.checklist().questions;
    let first = vec![InterviewAnswer::Choice(0); questions.len()];
    let last: Vec<InterviewAnswer> = questions
        .iter()
        .map(|q| InterviewAnswer::Choice(q.choices.len() - 1))
        .collect();
    for n in 0..library.count(Kind::Lenses) {
        let lens = lens(&library, library.head(Kind::Lenses, n).id);
        let range = |picks: &[InterviewAnswer]| reading(questions, picks, false, lens);
        match &lens.rule {
            LensRule::Minimum(_) => {
                let (worst, best) = (Verdict::Not, Verdict::Met);
                assert_eq!(
                    range(&first).range,
                    VerdictRange::Verdicts(best, best),
                    "{}",
                    lens.id
                );
                assert_eq!(
                    range(&last).range,
                    VerdictRange::Verdicts(worst, worst),
                    "{}",
                    lens.id
                );
                assert_eq!(
                    range(&[]).range,
                    VerdictRange::Verdicts(worst, best),
                    "{}",
                    lens.id
                );
                assert!(!range(&[]).open.is_empty() && !range(&last).deciding.is_empty());
            }
            LensRule::Score { .. } => assert_eq!(range(&[]).range, VerdictRange::Scores(0.0, 10.0)),
        }
    }
}
