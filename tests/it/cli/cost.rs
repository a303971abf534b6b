//! `cost`: the numbers against bills worked out by hand, the picture, and what is refused.
//! Expected amounts are worked out on paper, not copied from the program.

use std::path::Path;

use serde_json::Value;

use super::{Run, TOZERO, tozero};
use crate::support::pty::Pty;

/// The line of an answer that begins with some words.
#[track_caller]
fn line<'a>(answer: &'a str, begin: &str) -> Vec<&'a str> {
    let line = answer
        .lines()
        .find(|l| l.starts_with(begin))
        .unwrap_or_else(|| panic!("{begin}: {answer}"));
    line.strip_prefix(begin)
        .unwrap()
        .split("  ")
        .map(str::trim)
        .filter(|w| !w.is_empty())
        .collect()
}

#[test]
fn the_defaults_are_the_dial_and_a_machine() {
    let answer = tozero("cost").answer();
    // 0.0123425 × 730 h; all of a million requests is free; t3.micro $0.0104 × 730 h.
    assert_eq!(
        line(&answer, "a AWS Fargate for Amazon ECS (always-on "),
        ["$9.01 *", "$0.00", "$9.01 *", "$9.01"]
    );
    assert_eq!(
        line(&answer, "b Cloud Run (request-based billing) "),
        ["$0.00 *", "$0.00", "$0.00 *", "$0.00"]
    );
    assert_eq!(
        line(&answer, "c Amazon EC2 (t3.micro) "),
        ["$7.59 *", "$0.00", "$7.59 *", "$7.59"]
    );
    // Beyond the free amounts n million cost 0.40 (n − 2) + 24 (0.0289429 n − 0.18) + 2.5 (0.05 n − 0.36) = 1.21963 n − 6.02;
    // that is $7.592 at 11.1608 million.
    let said = answer.replace("\n  ", " ");
    assert!(
        said.contains(
            "cheaper than Amazon EC2 (t3.micro) below about 11,200,000 requests a month ($7.59)"
        ),
        "{said}"
    );
    assert!(
        said.contains("prices         us-east-1, as of 2026-09"),
        "{said}"
    );
}

#[test]
fn a_service_is_set_against_the_machine() {
    let answer = tozero("cost aws-lambda --requests 3M --duration 200 --memory 1GB").answer();
    // Requests: 2 million × $0.20. Memory: 3 million × 0.2 s × 1 GB = 600,000 GB-s, 400,000 free, × $0.0000166667 = $3.33.
    assert_eq!(
        line(&answer, "a AWS Lambda (on demand) "),
        ["$0.00 *", "$3.73", "$3.73 *", "$1.24"]
    );
    assert!(
        answer.contains("b Amazon EC2 (t3.micro), the machine that is always on"),
        "{answer}"
    );
    for words in ["AWS Lambda", "aws lambda", "services/aws-lambda"] {
        let again = Run::new([
            "cost",
            words,
            "--requests",
            "3M",
            "--duration",
            "200ms",
            "--memory",
            "1024",
        ])
        .answer();
        assert_eq!(again, answer, "{words}");
    }
}

#[test]
fn several_services_are_set_against_each_other_only() {
    let answer = tozero("cost aws-lambda neon").answer();
    assert!(
        answer.contains("a AWS Lambda")
            && answer.contains("b Neon")
            && !answer.contains("always on"),
        "{answer}"
    );
    assert_eq!(
        tozero("cost aws-lambda aws-lambda").answer(),
        tozero("cost aws-lambda").answer()
    );
}

#[test]
fn at_zero_only_the_floor_stays() {
    let answer = tozero("cost --requests 0").answer();
    assert_eq!(
        line(&answer, "a AWS Fargate for Amazon ECS (always-on "),
        ["$9.01 *", "$0.00", "$9.01 *", "-"]
    );
    assert_eq!(
        line(&answer, "b Cloud Run (request-based billing) "),
        ["$0.00 *", "$0.00", "$0.00 *", "-"]
    );
}

#[test]
fn ranges_and_missing_bills_are_told_in_words() {
    // 39.90 + 4,900,000 GB-s × $0.000026 = 167.30 in the best case, 39.90 + 49,900,000 × $0.000026 in the worst.
    let flex = tozero("cost azure-functions-flex-consumption --requests 100M").answer();
    assert!(
        flex.contains("$167.30 to $1,337.30") && flex.contains("where every request stands alone"),
        "{flex}"
    );
    let free = tozero("cost cloudflare-workers-free --requests 100M").answer();
    assert!(
        free.contains("no bill")
            && free.contains("refuses what goes beyond 3,000,000 requests a month"),
        "{free}"
    );
    let none = tozero("cost elasticsearch-serverless").answer();
    assert!(none.contains("no price model is known"), "{none}");
    let large = tozero("cost aws-ec2 --memory 8GB").answer();
    let why = "a request needs 8 GB, the largest size has 1 GB";
    assert!(large.contains(why), "{large}");
    // An ACU-half around the clock until November 20, 2024; and of a day before every price that is stored.
    let then = tozero("cost aws-aurora-serverless-v2 --requests 0 --as-of 2023-02").answer();
    assert!(
        then.replace('\n', " ").contains("At the prices of") && then.contains("$43.80"),
        "{then}"
    );
    assert!(then.contains("no older prices are stored"), "{then}");
    let units = tozero("cost confluent-cloud-basic").answer();
    assert!(
        units.contains("left out") && units.contains("the bill may be too low"),
        "{units}"
    );
}

#[test]
fn presets_are_workloads_with_a_name() {
    let answer = tozero("cost --preset nightly-job").answer();
    assert!(
        answer.contains("30 requests a month, 300,000 ms and 1,024 MB each, in 30 bursts of 5 min"),
        "{answer}"
    );
    assert!(
        answer.replace("\n  ", " ").contains("nightly job."),
        "{answer}"
    );
    let changed = tozero("cost --preset webhook --memory 512").answer();
    assert!(
        changed.contains("10,000 requests a month, 200 ms and 512 MB each"),
        "{changed}"
    );
    let said = tozero("cost --preset webhok").fault(2);
    assert_eq!(
        said,
        "tozero: webhok is no value for --preset <NAME>\nhelp: did you mean webhook?\n"
    );
}

#[test]
fn the_picture_has_words_on_its_axes_and_an_ascii_twin() {
    let drawn = tozero("cost --sweep").answer();
    assert!(
        drawn
            .chars()
            .any(|c| ('\u{2801}'..='\u{28ff}').contains(&c)),
        "{drawn}"
    );
    assert!(
        drawn.contains("dollars a month over requests a month"),
        "{drawn}"
    );
    assert!(drawn.contains("1 b meets c at 11.2M"), "{drawn}");
    for flag in ["--plain", "--ascii"] {
        let twin = tozero("cost --sweep").arg(flag).answer();
        assert!(
            twin.contains("aaaaaaaa") && twin.contains("bbb") && twin.contains("$10"),
            "{twin}"
        );
        assert!(
            !twin.chars().any(|c| ('\u{2800}'..='\u{28ff}').contains(&c)),
            "{twin}"
        );
    }
    let linear = tozero("cost --sweep --linear").answer();
    assert!(
        linear.contains("in equal steps") && linear.contains("25M"),
        "{linear}"
    );
}

#[test]
fn plain_numbers_are_sentences() {
    let answer = tozero("cost --plain").answer();
    let first = "· AWS Fargate for Amazon ECS (always-on service): idle $9.01 *, use $0.00, total";
    assert!(answer.contains(first), "{answer}");
}

#[test]
fn nonsense_is_refused_by_the_name_of_its_field() {
    let check = |arguments: &str, expected: &str| {
        let said = Run::new(["cost"]).arg_each(arguments).fault(2);
        assert!(said.starts_with(expected), "{arguments}: {said}");
    };
    check(
        "--requests many",
        "tozero: requests: \"many\" is not a whole number of requests a month from 0 to ",
    );
    check("--requests -1", "tozero: requests: \"-1\" is not ");
    check("--requests 1e6", "tozero: requests: \"1e6\" is not ");
    check(
        "--duration 0",
        "tozero: duration: \"0\" is not a whole number of milliseconds from 1 to ",
    );
    check(
        "--memory 2TB",
        "tozero: memory: \"2TB\" is not a whole number of megabytes",
    );
    check(
        "--peak 0.5",
        "tozero: peak: \"0.5\" is not a ratio from 1 to ",
    );
    check(
        "--stored -3",
        "tozero: stored: \"-3\" is not a whole number of gigabytes",
    );
    let nine = "aws-lambda neon aws-ec2 aws-rds aws-sqs modal turso upstash-redis google-cloud-run";
    check(nine, "tozero: 9 services are too many, 8 are the most\n");
}

#[test]
fn an_unknown_service_is_a_miss_with_suggestions() {
    let said = tozero("cost aws-lamda").fault(1);
    assert!(
        said.starts_with("tozero: there is no service called aws-lamda\nhelp: did you mean\n"),
        "{said}"
    );
    assert!(said.contains("aws-lambda "), "{said}");
    assert_eq!(
        tozero("cost xyzzy").fault(1),
        "tozero: there is no service called xyzzy\nhelp: tozero list services names them all\n"
    );
}

#[test]
fn programs_get_numbers_and_the_series() {
    let answer =
        tozero("cost aws-neptune-serverless aws-dynamodb-on-demand --requests 10M --json").answer();
    let cost: Value = serde_json::from_str(&answer).unwrap();
    let number = |path: &str| {
        cost.pointer(path)
            .and_then(Value::as_f64)
            .unwrap_or_else(|| panic!("{path}: {cost}"))
    };
    assert_eq!(number("/services/0/idle_usd"), 117.384);
    assert_eq!(number("/services/1/total_usd"), 2.25);
    assert_eq!(number("/services/1/per_million_usd"), 0.225);
    assert_eq!(
        cost["break_even"][0]["cheaper_at_zero"],
        "aws-dynamodb-on-demand"
    );
    assert_eq!(cost["break_even"][0]["crossings"], Value::Array(vec![]));
    assert_eq!(number("/series/1/points/0/requests"), 0.0);
    assert_eq!(number("/series/1/points/0/usd"), 0.0);
    assert_eq!(
        number("/series/1/points/50/usd"),
        225.0,
        "a thousand million requests"
    );
    let gone: Value =
        serde_json::from_str(&tozero("cost cloudflare-workers-free --requests 9M --json").answer())
            .unwrap();
    assert!(
        gone["services"][0]["total_usd"].is_null() && gone["services"][0]["no_bill"].is_string(),
        "{gone}"
    );
}

#[test]
fn a_pack_without_a_dial_asks_which_service() {
    let pack = super::starter();
    let file = pack.path().join("services/hot-dog.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let prices = "[pricing]\ncurrency = \"USD\"\nregion = \"here\"\nas_of = \"2026\"\nassumptions = \"None.\"\n\
        sources = [\"https://example.com/hot-dog\"]\nper_million_requests = 1.0\n\n";
    let head = "[[history]]";
    std::fs::write(&file, text.replacen(head, &format!("{prices}{head}"), 1)).unwrap();
    let said = Run::new(["cost", "--content"]).arg(pack.path()).fault(2);
    assert_eq!(
        said,
        "tozero: which dish?\nhelp: this pack has no dial; tozero list dishes names those there are\n"
    );
}

#[test]
fn the_dial_goes_down_to_zero_in_a_terminal() {
    let here = [
        ("TERM", "xterm-256color"),
        ("LC_ALL", "C.UTF-8"),
        ("COLORFGBG", "15;0"),
    ];
    let mut pty = Pty::spawn(Path::new(TOZERO), &[], (120, 36), &here);
    pty.wait_for("10M  10,000,000");
    pty.send("\x1b[1;2D");
    pty.wait_for("10M  1,000,000");
    pty.send("\x1b[D\x1b[D");
    pty.wait_for("10M  200,000");
    pty.send("\x1b[1;2D\x1b[1;2D\x1b[1;2D\x1b[1;2D");
    pty.wait_for("10M  0 requests");
    pty.wait_for("still bills $9.01 a month");
    pty.send("5");
    pty.wait_for("When nobody calls");
    pty.send("\x1b[C");
    pty.wait_for("2,000,000 a month");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}
