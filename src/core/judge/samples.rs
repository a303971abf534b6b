//! Services and lenses made by hand, for tests that need no pack.
//! A sample says only what its test is about; the rest is filled in.

use crate::pack::claim::Claim;
use crate::pack::entries::checklist::{CheckChoice, ClaimQuestion};
use crate::pack::entries::samples::subject;
use crate::pack::entries::service::Confidence;
use crate::pack::facts::Facts;
use crate::pack::{
    AnswerLevel, CheckQuestion, Checklist, CriterionId, Doc, FactAnswer, Fidelity, FloorRule, Lens,
    LensRule, PastState, Price, Pricing, Service,
};
use crate::text::{Day, SafeText};

/// The criteria of the bundled pack, in its order.
pub(crate) const MANAGED: CriterionId = CriterionId::new(0).unwrap();
pub(crate) const SCALES: CriterionId = CriterionId::new(1).unwrap();
pub(crate) const ZERO: CriterionId = CriterionId::new(2).unwrap();
pub(crate) const PER_USE: CriterionId = CriterionId::new(3).unwrap();
pub(crate) const HIDDEN: CriterionId = CriterionId::new(4).unwrap();

/// Its answers, rising.
pub(crate) const NO: AnswerLevel = AnswerLevel::new(0).unwrap();
pub(crate) const PARTIAL: AnswerLevel = AnswerLevel::new(1).unwrap();
pub(crate) const SIZE: AnswerLevel = AnswerLevel::new(2).unwrap();
pub(crate) const YES: AnswerLevel = AnswerLevel::new(3).unwrap();

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).expect("a date in a test")
}

/// Answers from letters in the order of the criteria: `y`, `s`, `p`, `n`.
pub(crate) fn letters(text: &str) -> Vec<AnswerLevel> {
    text.chars().map(letter).collect()
}

fn letter(c: char) -> AnswerLevel {
    match c {
        'y' => YES,
        's' => SIZE,
        'p' => PARTIAL,
        _ => NO,
    }
}

/// A service with these answers, such as `yyyps`.
pub(crate) fn service(answers: &str, claimed: bool) -> Service {
    let subject = subject();
    let told = |answer| FactAnswer {
        answer,
        why: SafeText::ours("because"),
        ..FactAnswer::default()
    };
    let given = letters(answers).into_iter().map(told);
    let facts = subject.criteria.ids().zip(given).collect();
    Service {
        id: "sample".into(),
        name: "Sample".into(),
        aliases: Vec::new(),
        found_by: Vec::new(),
        provider: "Nobody".into(),
        category: "compute".into(),
        claim: Claim::of(&subject.things, Some(claimed)),
        available_from: None,
        retired: None,
        idle_usd_per_month: Some(1.0),
        as_of: day("2026-06"),
        confidence: Confidence::High,
        terms: Vec::new(),
        sources: Vec::new(),
        facts: Facts::new(subject, facts),
        history: Vec::new(),
        pricing: None,
        what: Doc::default(),
        remark: None,
        idle_working: Some(Doc::default()),
        declared: Default::default(),
        sections: Vec::new(),
    }
}

/// An older state: what differed until a day.
pub(crate) fn until(text: &str, facts: &[(CriterionId, AnswerLevel)]) -> PastState {
    let told = |(criterion, answer): &(CriterionId, AnswerLevel)| {
        (
            *criterion,
            FactAnswer {
                answer: *answer,
                why: SafeText::ours("it was so"),
                ..FactAnswer::default()
            },
        )
    };
    PastState {
        until: Some(day(text)),
        facts: Facts::new(subject(), facts.iter().map(told).collect()),
        ..PastState::default()
    }
}

/// A lens from letters in the order of the criteria; `-` is not asked.
pub(crate) fn lens(minimum: &str) -> Lens {
    let all = subject().criteria.ids().zip(minimum.chars());
    let asked = all.filter(|(_, c)| *c != '-');
    let asked = asked.map(|(criterion, c)| (criterion, letter(c)));
    with_rule(LensRule::Minimum(asked.collect()))
}

/// A lens that gives a score: the same weight for every criterion.
pub(crate) fn spectrum() -> Lens {
    let values = vec![(YES, 1.0), (SIZE, 0.75), (PARTIAL, 0.5), (NO, 0.0)];
    with_rule(LensRule::Score {
        weights: subject().criteria.ids().map(|c| (c, 2.0)).collect(),
        values,
    })
}

fn with_rule(rule: LensRule) -> Lens {
    Lens {
        id: "sample-view".into(),
        name: "Sample".into(),
        short: None,
        question: "?".into(),
        follows: None,
        source: "sample".into(),
        also: Vec::new(),
        fidelity: Fidelity::Stated,
        not_asked: None,
        rule,
        subject: subject(),
        why: Vec::new(),
        note: Doc::default(),
    }
}

/// A question about a criterion with one choice per letter.
pub(crate) fn question(fact: CriterionId, choices: &str) -> CheckQuestion {
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

/// A checklist with these questions that also asks for the claim.
pub(crate) fn checklist(questions: &[CheckQuestion]) -> Checklist {
    let claim = ClaimQuestion {
        id: "called-serverless".into(),
        prompt: "?".into(),
        why_it_matters: "".into(),
        explanations: ["".into(), "".into()],
    };
    Checklist {
        questions: questions.to_vec(),
        claim: Some(claim),
    }
}

/// A service with these prices; the assumptions end as given.
pub(crate) fn priced(prices: &[(Price, f64)], floor: Option<FloorRule>) -> Service {
    let pricing = Pricing {
        prices: prices.to_vec(),
        floor,
        ..Pricing::default()
    };
    Service {
        pricing: Some(pricing),
        ..service("yyyyy", true)
    }
}
