//! Tests of services: what is read, and what is wrong with one.

use super::*;
use crate::pack::entries::samples;
use crate::pack::entry::Entry;

const GOOD: &str = "+++
name = \"N\"
provider = \"P\"
category = \"compute\"
marketed_as_serverless = { sources = [\"https://a.org\"], as_of = \"2026\" }
available_from = \"2014-11-13\"
idle_usd_per_month = 0
as_of = \"2026-09\"
confidence = \"high\"
terms = [\"faas\"]
sources = [\"a-page\"]

[facts.provider_managed]
answer = \"yes\"
why = \"A\"

[facts.scales_automatically]
answer = \"partial\"
why = \"B\"

[facts.scale_to_zero]
answer = \"no\"
why = \"C\"

[facts.pay_per_use]
answer = \"yes\"
why = \"D\"

[facts.hides_infrastructure]
answer = \"size\"
why = \"E\"

[[history]]
until = \"2020\"
idle_unknown = true
pay_per_use = { answer = \"no\", why = \"F\" }

[[history]]
until = \"2025-08-01\"
marketed_as_serverless = false
idle_usd_per_month = 7.5

[pricing]
currency = \"USD\"
region = \"us-east-1\"
as_of = \"2026-09\"
sources = [\"https://a.org\"]
per_million_requests = 0.2
minimum_units = 2
capacity_unit = \"OCU\"
assumptions = \"None.\"
+++

Runs a function. And more.

## Free tier

A million.
";

#[track_caller]
fn check(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Entry> {
    assert!(GOOD.contains(from), "{from}");
    samples::check("services/x.md", &GOOD.replacen(from, to, 1), expected)
}

#[test]
fn a_service_is_read() {
    let Some(Entry::Service(service)) = check("", "", &[]) else {
        panic!("a service")
    };
    let subject = samples::subject();
    let told = service.facts.iter();
    let answers: Vec<&str> = told
        .map(|(_, fact)| subject.criteria.word(fact.answer))
        .collect();
    assert_eq!(answers, ["yes", "partial", "no", "yes", "size"]);
    assert_eq!(
        (
            service.history.len(),
            service.history[0].idle_unknown,
            service.history[0].facts.iter().count()
        ),
        (2, true, 1)
    );
    assert_eq!(
        (
            service.history[1].claim.made,
            service.history[1].idle_usd_per_month
        ),
        (Some(false), Some(7.5))
    );
    let pricing = service.pricing.unwrap();
    assert_eq!(
        (
            pricing.get(Price::MinimumUnits),
            pricing.get(Price::PerGbHour)
        ),
        (Some(2.0), None)
    );
    assert_eq!(pricing.capacity_unit.as_deref(), Some("OCU"));
    let declared: Vec<&str> = service
        .declared
        .iter()
        .map(|(section, _)| section.heading.as_str())
        .collect();
    assert!(declared == ["Free tier"] && service.remark.is_none());
}

#[test]
fn facts_are_five_with_reasons_and_a_date() {
    check(
        "[facts.pay_per_use]\nanswer = \"yes\"\nwhy = \"D\"\n",
        "",
        &[("key-missing", "facts")],
    );
    check(
        "why = \"C\"",
        "",
        &[("key-missing", "[facts.scale_to_zero]")],
    );
    check(
        "answer = \"no\"",
        "answer = \"size\"",
        &[("answer-elsewhere", "\"size\"")],
    );
    check(
        "as_of = \"2026-09\"\nconf",
        "conf",
        &[("key-missing", "+++")],
    );
    check("sources = [\"a-page\"]\n", "", &[("key-missing", "+++")]);
    check("[\"a-page\"]", "[]", &[("value-empty", "[]")]);
    check(
        "[facts.pay_per_use]",
        "[facts.pay_per_us]",
        &[("key-missing", "facts"), ("key-unknown", "pay_per_us")],
    );
    assert!(
        check(
            "\"compute\"",
            "\"compote\"",
            &[("tag-unknown", "\"compote\"")]
        )
        .is_some()
    );
}

#[test]
fn a_price_may_come_in_steps() {
    let steps = "[{ from = 0, usd = 0.2 }, { from = 9, usd = 0.1 }, { from = 99, usd = 0 }]";
    let entry = check("= 0.2", &format!("= {steps}"), &[]);
    let Some(Entry::Service(service)) = entry else {
        panic!("a service")
    };
    let pricing = service.pricing.unwrap();
    let further = pricing.steps(Price::PerMillionRequests).iter();
    assert_eq!(pricing.get(Price::PerMillionRequests), Some(0.2));
    assert_eq!(
        further
            .map(|step| (step.from, step.usd))
            .collect::<Vec<_>>(),
        [(9.0, 0.1), (99.0, 0.0)]
    );
    assert!(pricing.steps(Price::PerGbSecond).is_empty());
    let wrong = |steps: &str, code: &str, at: &str| {
        check("= 0.2", &format!("= {steps}"), &[(code, at)]);
    };
    let late = "[{ from = 1, usd = 0.2 }]";
    wrong(late, "steps-form", late);
    let falls = "[{ from = 0, usd = 0.2 }, { from = 9, usd = 0.1 }, { from = 9, usd = 0.3 }]";
    wrong(falls, "steps-form", falls);
    let free = "[{ from = 0, usd = 0 }, { from = 9, usd = 0.1 }]";
    wrong(free, "steps-form", free);
    wrong("[]", "steps-form", "[]");
    let bare = "{ from = 0 }";
    wrong(&format!("[{bare}]"), "key-missing", bare);
    wrong("[{ from = 0, usd = -0.2 }]", "value-range", "-0.2");
    check(
        "minimum_units = 2",
        "minimum_units = [2]",
        &[("value-type", "[2]")],
    );
}

#[test]
fn plans_can_be_chosen_and_keys_need_something_to_act_on() {
    let plans = "plans = [{ name = \"Pro\", per_month = 15, most = 9 }]";
    let entry = check("per_million_requests = 0.2\n", &format!("{plans}\n"), &[]);
    let Some(Entry::Service(service)) = entry else {
        panic!("a service")
    };
    let pricing = service.pricing.unwrap();
    let plan = pricing
        .plans
        .first()
        .map(|plan| (plan.per_month, plan.most));
    assert_eq!(plan, Some((15.0, Some(9.0))));
    let wrong = |line: &str, at: &str| {
        let lines = format!("per_million_requests = 0.2\n{line}\n");
        check(
            "per_million_requests = 0.2\n",
            &lines,
            &[("pricing-form", at)],
        );
    };
    wrong(plans, plans.split_once("= ").map_or("", |(_, list)| list));
    wrong("follows_load = true", "true");
    wrong("most_units = 3", "3");
    wrong("one_meter = true", "true");
}

#[test]
fn history_has_an_order_and_prices_have_sources() {
    check(
        "\"2020\"",
        "\"2025-09\"",
        &[("history-order", "\"2025-08-01\"")],
    );
    check(
        "\"2020\"",
        "\"2025-08-01\"",
        &[("history-order", "\"2025-08-01\"")],
    );
    check("until = \"2020\"\n", "", &[("key-missing", "[[history]]")]);
    check(
        "pay_per_use = { answer = \"no\", why = \"F\" }",
        "pay_per_use = \"no\"",
        &[("value-type", "\"no\"")],
    );
    check(
        "sources = [\"https://a.org\"]\n",
        "",
        &[("key-missing", "[pricing]")],
    );
    check(
        "as_of = \"2026-09\"\nsources = [\"h",
        "sources = [\"h",
        &[("key-missing", "[pricing]")],
    );
    check(
        "per_million_requests = 0.2\nminimum_units = 2\n",
        "",
        &[("pricing-empty", "[pricing]")],
    );
    check("\"USD\"", "\"EUR\"", &[("currency-other", "\"EUR\"")]);
    check("= 0.2", "= -0.2", &[("value-range", "-0.2")]);
    assert!(
        check(
            "minimum_units",
            "minimum_unit",
            &[("key-unknown", "minimum_unit")]
        )
        .is_some()
    );
}
