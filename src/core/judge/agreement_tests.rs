//! What lessons, terms, myths and questions say of services, held against what the lenses compute.
//! Each statement is quoted word for word, so that a changed text fails here until somebody has looked at it again; and
//! no statement of the kinds that are looked for is left out.

use std::sync::Arc;

use crate::core::judge::state::at;
use crate::core::judge::verdict::{LensOutcome, outcome};
use crate::pack::{AnswerLevel, Bundled, Files, Library};

/// file | words | what is said: a lens with its verdict, or whether the service can reach zero | services
const SAID: &str = "\
lessons/zero-view-lesson | An ordinary function, an on-demand table, object storage: **yes** | scale-to-zero-view serverless | aws-lambda google-cloud-run-functions azure-functions-flex-consumption aws-dynamodb-on-demand aws-s3 cloudflare-r2
lessons/zero-view-lesson | A container service with a minimum of zero: **yes**, and **no** once the minimum is one | scale-to-zero-view serverless | google-cloud-run azure-container-apps
lessons/zero-view-lesson | and **no** once the minimum is one | scale-to-zero-view in-name | google-cloud-run-min-instances
lessons/zero-view-lesson | A pausing database: **nearly** | scale-to-zero-view nearly | neon aws-aurora-serverless-v2 azure-sql-database-serverless databricks-lakebase
lessons/zero-view-lesson | A container task that runs all week: **no** | scale-to-zero-view in-name | aws-fargate-ecs azure-container-instances
lessons/zero-view-lesson | A search service with a floor of two units: **no** | scale-to-zero-view in-name | aws-opensearch-serverless-classic
lessons/zero-view-lesson | The generation after it may drop to zero and is *nearly* | scale-to-zero-view nearly | aws-opensearch-serverless-nextgen
lessons/side-by-side | serverless by the broad view. About $36 for a month without a request, at the price of March 2026: not serverless by the strict one | provider-view serverless | aws-fargate-ecs
lessons/side-by-side | not serverless by the strict one | scale-to-zero-view in-name | aws-fargate-ecs
lessons/side-by-side | it passes the idle test and is nearly there | scale-to-zero-view nearly | neon aws-aurora-serverless-v2 azure-sql-database-serverless
lessons/side-by-side | The broad view said yes all along | provider-view serverless | aws-aurora-serverless-v2 azure-sql-database-serverless neon
lessons/databases-and-zero | all three are serverless | provider-view serverless | aws-dynamodb-on-demand aws-aurora-dsql cloudflare-d1 neon aws-aurora-serverless-v2 aws-elasticache-serverless aws-opensearch-serverless-classic
lessons/databases-and-zero | the first is; | scale-to-zero-view serverless | aws-dynamodb-on-demand aws-aurora-dsql cloudflare-d1
lessons/databases-and-zero | the second is *nearly* | scale-to-zero-view nearly | neon aws-aurora-serverless-v2
lessons/databases-and-zero | the third carries the name only | scale-to-zero-view in-name | aws-elasticache-serverless aws-opensearch-serverless-classic
questions/tf-pausing-range | so it is nearly serverless | scale-to-zero-view nearly | neon aws-aurora-serverless-v2
terms/acu | Serverless in every version | provider-view serverless | aws-aurora-serverless-v1 aws-aurora-serverless-v2
terms/acu | nearly serverless even then | scale-to-zero-view nearly | aws-aurora-serverless-v2
terms/autopause | a range of capacity to set keeps it at nearly | scale-to-zero-view nearly | neon aws-aurora-serverless-v2 azure-sql-database-serverless databricks-lakebase
terms/ocu | Both generations are serverless search | provider-view serverless | aws-opensearch-serverless-classic aws-opensearch-serverless-nextgen
terms/ocu | Only the newer generation with a minimum of zero passes the idle test; limits of capacity to set keep it at nearly | scale-to-zero-view nearly | aws-opensearch-serverless-nextgen
terms/serverless-database | The third passes the idle test with a wake-up delay | reaches-zero | neon aws-aurora-serverless-v2 azure-sql-database-serverless databricks-lakebase
terms/serverless-database | All three designs qualify | provider-view serverless | aws-dynamodb-on-demand aws-documentdb-serverless neon
terms/rcu-wcu | Both modes are part of a serverless database | provider-view serverless | aws-dynamodb-on-demand aws-dynamodb-provisioned
terms/rcu-wcu | On-demand mode qualifies; provisioned mode reserves capacity and bills it unused | scale-to-zero-view serverless | aws-dynamodb-on-demand
terms/rcu-wcu | provisioned mode reserves capacity and bills it unused | keeps-floor | aws-dynamodb-provisioned
terms/provisioned-capacity | A pricing option of a serverless service | provider-view serverless | aws-dynamodb-provisioned
terms/serverless-cache | Not serverless where a minimum amount of data is billed around the clock | scale-to-zero-view in-name | aws-elasticache-serverless
terms/minimum-capacity | autoscaling and not serverless | keeps-floor | aws-neptune-serverless aws-documentdb-serverless aws-msk-serverless
terms/managed-instances | Not serverless: machines are chosen, and by default they bill without traffic | scale-to-zero-view in-name | aws-lambda-managed-instances
terms/paas | Not serverless while at least one instance always runs | scale-to-zero-view in-name | google-app-engine-flex
terms/flat-rate-plan | Misses one of the four features, charges that follow use | provider-view not | aws-cloudfront-flat-rate
terms/flat-rate-plan | Not pay per use: an idle month is billed like a busy one | scale-to-zero-view not | aws-cloudfront-flat-rate
questions/flat-rate-idle | By the provider view something is missing, too: charges that follow use | provider-view not | aws-cloudfront-flat-rate
myths/kubernetes-makes-it-serverless | as far as the house bills them by use | cncf-view nearly | knative-in-house
terms/hidden-infrastructure | A size with a default, such as a function's memory, is let through | scale-to-zero-view serverless | aws-lambda google-cloud-run
terms/kubernetes | A cluster whose nodes the provider runs, such as GKE Autopilot, can count | provider-view serverless | google-gke-autopilot
terms/kubernetes | Not serverless for whoever pays for the nodes | scale-to-zero-view not | google-gke-autopilot keda knative-serving
terms/knative | Serverless for developers whose colleagues run the cluster | provider-view serverless | knative-in-house
terms/knative | not for the team that runs it | provider-view not | knative-serving
terms/knative | serverless for its users, serverful for its owner | scale-to-zero-view not | knative-serving
terms/openfaas | Not serverless for the operator | scale-to-zero-view not | openfaas
terms/fargate | Managed, not serverless | scale-to-zero-view in-name | aws-fargate-ecs
terms/fargate | Serverless compute for containers | provider-view serverless | aws-fargate-ecs
terms/faas | Usually passes the idle test | scale-to-zero-view serverless | aws-lambda google-cloud-run-functions azure-functions-consumption digitalocean-functions
terms/object-storage | The model case | scale-to-zero-view serverless | aws-s3 cloudflare-r2
terms/api-gateway | Serverless as long as no hourly option is switched on | scale-to-zero-view serverless | aws-api-gateway
terms/min-instances | that deployment is no longer serverless | scale-to-zero-view in-name | google-cloud-run-min-instances
questions/paused-db-strict | [x] Yes, since stored bytes are the accepted exception | reaches-zero | neon aws-aurora-serverless-v2 azure-sql-database-serverless
questions/paused-db-strict | such a database is *nearly* serverless | scale-to-zero-view nearly | neon aws-aurora-serverless-v2 azure-sql-database-serverless
questions/m-strict-modes | Which of these pass the idle test of the scale-to-zero view | reaches-zero | google-cloud-run aws-dynamodb-on-demand neon
questions/m-strict-modes | [ ] A Cloud Run service with a minimum of one instance | keeps-floor | google-cloud-run-min-instances
questions/m-strict-modes | [x] A Cloud Run service with a minimum of zero instances | reaches-zero | google-cloud-run
questions/m-strict-modes | [x] A DynamoDB table in on-demand mode | reaches-zero | aws-dynamodb-on-demand
questions/m-strict-modes | [x] A Neon database that pauses after five minutes | reaches-zero | neon
questions/m-strict-modes | [ ] A DynamoDB table with 200 provisioned write units | keeps-floor | aws-dynamodb-provisioned
questions/c-strict-sort | A container task that runs all week | Not serverless by the scale-to-zero view | scale-to-zero-view in-name | aws-fargate-ecs
questions/c-strict-sort | A DynamoDB table with provisioned write units | Not serverless by the scale-to-zero view | scale-to-zero-view in-name | aws-dynamodb-provisioned
questions/c-strict-sort | A function with two warm copies day and night | Not serverless by the scale-to-zero view | scale-to-zero-view in-name | aws-lambda-provisioned-concurrency
questions/c-strict-sort | A DynamoDB table in on-demand mode | Serverless by the scale-to-zero view | scale-to-zero-view serverless | aws-dynamodb-on-demand
questions/c-strict-sort | Object storage | Serverless by the scale-to-zero view | scale-to-zero-view serverless | aws-s3
questions/c-strict-sort | A function without warm copies | Serverless by the scale-to-zero view | scale-to-zero-view serverless | aws-lambda
";

/// Words that mark a statement of a verdict; what holds one is quoted above.
const MARKS: [&str; 8] = [
    "**yes**",
    "**no**",
    "**nearly**",
    "*nearly*",
    "at nearly",
    "nearly serverless",
    "Not serverless",
    "asses the idle test",
];

/// Statements that hold such words about no service of the catalog.
const OTHERS: [&str; 3] = [
    // The heads of the buckets, and an answer that is wrong.
    "buckets = [",
    "- [ ] Not serverless",
    "the second passes only if its floor is zero",
];

struct Statement<'a> {
    file: &'a str,
    words: &'a str,
    said: &'a str,
    services: &'a str,
}

fn statements() -> Vec<Statement<'static>> {
    let statement = |line: &'static str| {
        let (rest, services) = line.rsplit_once(" | ").expect("services");
        let (rest, said) = rest.rsplit_once(" | ").expect("what is said");
        let (file, words) = rest.split_once(" | ").expect("words");
        Statement {
            file,
            words,
            said,
            services,
        }
    };
    SAID.lines().map(statement).collect()
}

fn text_of(file: &str) -> String {
    let path = format!("{file}.md");
    let text = Bundled.read(&path);
    text.unwrap_or_else(|_| panic!("{path} is there"))
        .into_owned()
}

#[test]
fn what_texts_say_of_services_is_what_lenses_compute() {
    let library = Library::open(Arc::new(Bundled)).expect("the bundled pack is sound");
    let zero = library.pack().subject.criteria.ids().nth(2);
    let zero = zero.expect("the criterion of scaling to zero");
    let mut wrong = Vec::new();
    for Statement {
        file,
        words,
        said,
        services,
    } in statements()
    {
        if !text_of(file).contains(words) {
            wrong.push(format!("{file} no longer says: {words}"));
        }
        for id in services.split_whitespace() {
            let service = library
                .service(id)
                .unwrap_or_else(|| panic!("{id} is there"));
            let found = match said.split_once(' ') {
                Some((lens, _)) => {
                    let lens = library
                        .lens(lens)
                        .unwrap_or_else(|| panic!("{lens} is there"));
                    match outcome(service, lens, None) {
                        Ok(LensOutcome::Verdict(v)) => {
                            format!("{} {}", lens.id, v.id(&library.pack().subject))
                        }
                        other => format!("{other:?}"),
                    }
                }
                None => {
                    let state = at(service, None).expect("it is sold");
                    let reaches = state.answers().get(zero) > AnswerLevel::NO;
                    let word = if reaches {
                        "reaches-zero"
                    } else {
                        "keeps-floor"
                    };
                    word.to_owned()
                }
            };
            if found != said {
                wrong.push(format!(
                    "{file} says {said} of {id}, and it is {found}: {words}"
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_statement_of_a_verdict_is_left_out() {
    let said = statements();
    let mut missed = Vec::new();
    for folder in ["lessons", "terms", "myths", "questions"] {
        for path in Bundled.list(folder) {
            let file = path.trim_end_matches(".md");
            for line in text_of(file).lines() {
                let marked = MARKS.iter().any(|mark| line.contains(mark));
                let known = |words: &str| line.contains(words);
                let quoted = said.iter().any(|s| s.file == file && known(s.words));
                if marked && !quoted && !OTHERS.iter().any(|words| known(words)) {
                    missed.push(format!("{file}: {line}"));
                }
            }
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}
