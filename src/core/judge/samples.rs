//! Services and lenses made by hand, for tests that need no pack.
//! A sample says only what its test is about; the rest is filled in.

use crate::pack::entries::checklist::CheckChoice;
use crate::pack::entries::service::Confidence;
use crate::pack::{
    CheckQuestion, Doc, Fact, FactAnswer, FactLevel, Fidelity, Lens, LensRule, PastState, Price,
    Pricing, Service,
};
use crate::text::{Day, SafeText};

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).expect("a date in a test")
}

/// Answers from letters in the order of the facts: `y`, `s`, `p`, `n`.
pub(crate) fn letters(text: &str) -> Vec<FactLevel> {
    text.chars().map(letter).collect()
}

fn letter(c: char) -> FactLevel {
    match c {
        'y' => FactLevel::Yes,
        's' => FactLevel::Size,
        'p' => FactLevel::Partial,
        _ => FactLevel::No,
    }
}

/// A service with these answers, such as `yyyps`.
pub(crate) fn service(answers: &str, marketed: bool) -> Service {
    let mut given = letters(answers).into_iter();
    let why = SafeText::ours("because");
    Service {
        id: "sample".into(),
        name: "Sample".into(),
        provider: "Nobody".into(),
        category: "compute".into(),
        marketed_as_serverless: marketed,
        available_from: None,
        retired: None,
        idle_usd_per_month: Some(1.0),
        as_of: day("2026-06"),
        confidence: Confidence::High,
        terms: Vec::new(),
        sources: Vec::new(),
        facts: Fact::ALL.map(|_| FactAnswer {
            answer: given.next().expect("five letters"),
            why: why.clone(),
        }),
        history: Vec::new(),
        pricing: None,
        what: Doc::default(),
        remark: None,
        idle_working: Some(Doc::default()),
        cold_start: None,
        free_tier: None,
    }
}

/// An older state: what differed until a day.
pub(crate) fn until(text: &str, facts: &[(Fact, FactLevel)]) -> PastState {
    let told = |(fact, answer): &(Fact, FactLevel)| {
        (
            *fact,
            FactAnswer {
                answer: *answer,
                why: SafeText::ours("it was so"),
            },
        )
    };
    PastState {
        until: Some(day(text)),
        facts: facts.iter().map(told).collect(),
        ..PastState::default()
    }
}

/// A lens from letters in the order of the facts; `-` is not asked.
pub(crate) fn lens(minimum: &str) -> Lens {
    let asked = Fact::ALL
        .into_iter()
        .zip(minimum.chars())
        .filter(|(_, c)| *c != '-');
    with_rule(LensRule::Minimum(
        asked.map(|(fact, c)| (fact, letter(c))).collect(),
    ))
}

/// A lens that gives a score: the same weight for every fact.
pub(crate) fn spectrum() -> Lens {
    let values = vec![
        (FactLevel::Yes, 1.0),
        (FactLevel::Size, 0.75),
        (FactLevel::Partial, 0.5),
        (FactLevel::No, 0.0),
    ];
    with_rule(LensRule::Score {
        weights: Fact::ALL.map(|f| (f, 2.0)).to_vec(),
        values,
    })
}

fn with_rule(rule: LensRule) -> Lens {
    Lens {
        id: "sample-view".into(),
        name: "Sample".into(),
        question: "?".into(),
        follows: None,
        source: "sample".into(),
        also: Vec::new(),
        fidelity: Fidelity::Stated,
        not_asked: None,
        rule,
        why: Vec::new(),
        note: Doc::default(),
    }
}

/// A question about a fact with one choice per letter.
pub(crate) fn question(fact: Fact, choices: &str) -> CheckQuestion {
    let choice = |answer| CheckChoice {
        text: "".into(),
        answer,
        explanation: "".into(),
    };
    CheckQuestion {
        id: "sample".into(),
        fact,
        prompt: "?".into(),
        why_it_matters: "".into(),
        terms: Vec::new(),
        choices: letters(choices).into_iter().map(choice).collect(),
    }
}

/// A service with these prices; the assumptions end as given.
pub(crate) fn priced(prices: &[(Price, f64)], assumptions: &'static str) -> Service {
    let pricing = Pricing {
        prices: prices.to_vec(),
        assumptions: SafeText::ours(assumptions),
        ..Pricing::default()
    };
    Service {
        pricing: Some(pricing),
        ..service("yyyyy", true)
    }
}
