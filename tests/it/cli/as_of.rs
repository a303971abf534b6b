//! Verdicts on a day: before a service was sold, while it was, and after it ended.
//! Every expectation was worked out from the service's file, not from the program.

use super::{Run, tozero};

const AURORA: &str = "define services/aws-aurora-serverless-v2 --as-of";

#[track_caller]
fn says(arguments: &str, expected: &[&str]) {
    let answer = tozero(arguments).answer();
    for words in expected {
        assert!(
            answer.contains(words),
            "{arguments} does not say {words:?}: {answer}"
        );
    }
}

#[test]
fn a_service_is_judged_by_the_facts_of_the_day() {
    // Half a unit was held until November 20, 2024; that day it learned to rest.
    says(
        &format!("{AURORA} 2024-11-19"),
        &[
            "\n! serverless in name as of 2024-11-19  by ",
            "\n$43.80 a month",
            "scales to zero        no       asks yes      × missed",
        ],
    );
    says(
        &format!("{AURORA} 2024-11-20"),
        &[
            "\n~ nearly serverless as of 2024-11-20  by ",
            "\n$0.00 a month",
        ],
    );
    says(
        &format!("{AURORA} 2023-01 --lens provider-view"),
        &["\n+ serverless as of 2023-01  by The provider's answer"],
    );
}

#[test]
fn what_was_not_sold_yet_or_is_gone_says_so() {
    let before = "\n. not yet as of 2022-04-20  by Scale to zero";
    says(
        &format!("{AURORA} 2022-04-20"),
        &[
            before,
            "\nOn 2022-04-20 it was not sold yet; it was first available on 2022-04-21.\n",
        ],
    );
    says(
        &format!("{AURORA} 2022-04-21"),
        &["\n! serverless in name as of 2022-04-21"],
    );
    let gone = "In 2025-06 it was gone: it has been retired since 2025-03-31. On its last day it\nwas nearly serverless.";
    says(
        "define services/aws-aurora-serverless-v1 --as-of 2025-06",
        &["\n. retired as of 2025-06", gone],
    );
    says(
        "define services/aws-aurora-serverless-v1",
        &["Retired since 2025-03-31;\njudged as on its last day."],
    );
    says(
        "define services/aws-lambda --as-of 2150",
        &["2150 has not come: these are the newest facts."],
    );
}

#[test]
fn lists_hold_what_was_sold_that_day() {
    let ids = |arguments: &str| {
        tozero(arguments)
            .answer()
            .lines()
            .map(ToOwned::to_owned)
            .collect::<Vec<_>>()
    };
    let (all, then) = (ids("list services"), ids("list services --as-of 2015"));
    let has = |list: &[String], id: &str| list.iter().any(|i| i == id);
    assert!(
        has(&then, "aws-lambda")
            && !has(&then, "aws-aurora-serverless-v2")
            && then.iter().all(|id| has(&all, id))
    );
    assert!(
        has(&all, "aws-aurora-serverless-v1")
            && !has(
                &ids("list services --as-of 2025-04"),
                "aws-aurora-serverless-v1"
            )
    );
    assert_eq!(
        ids("list terms --as-of 2015"),
        ids("list terms"),
        "a date changes services only"
    );
    let json = tozero("list services --as-of 2024-11-19 --json").answer();
    let aurora = json
        .split("{\"address\":")
        .find(|e| e.contains("\"aws-aurora-serverless-v2\""))
        .unwrap()
        .to_owned();
    assert!(
        aurora.contains("\"verdict\":\"in-name\",\"score\":null"),
        "{aurora}"
    );
    let scored = tozero("list services --lens kehoe-spectrum --json").answer();
    assert!(
        scored.contains("\"verdict\":null,\"score\":10.0"),
        "{scored}"
    );
}

#[test]
fn a_date_that_is_none_is_refused() {
    for date in ["yesterday", "2023-13", "2023-02-30", "23", "1492"] {
        let said = Run::new(["define", "acu", "--as-of", date]).fault(2);
        let expected = format!(
            "tozero: {date} is no value for --as-of <DATE>: a date is 2023, 2023-01 or 2023-01-31\n"
        );
        assert!(said.starts_with(&expected), "{said}");
    }
}
