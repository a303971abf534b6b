//! The rule: minimum answers per fact make a verdict, weights make a score.
//! Raising an answer never worsens a verdict; nothing is asked that the lens does not ask.

use crate::text::words::value_of;
use serde::Serialize;

use crate::core::judge::answers::FactLevels;
use crate::pack::{Fact, FactLevel, Lens, LensRule};
use crate::text::Words;

/// What a lens with minimum answers says, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Fails, and is not sold under the word either.
    Not,
    /// Fails, and is sold under the word all the same.
    InName,
    /// One or two asked facts unmet, none of them answered `no`.
    Nearly,
    /// Every asked fact is met.
    Serverless,
}

impl Words for Verdict {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("serverless", Self::Serverless),
        ("nearly", Self::Nearly),
        ("in-name", Self::InName),
        ("not", Self::Not),
    ];
}

impl Verdict {
    /// Best first, as they are counted and listed.
    pub const ALL: [Self; 4] = [Self::Serverless, Self::Nearly, Self::InName, Self::Not];

    pub const fn title(self) -> &'static str {
        match self {
            Self::Serverless => "serverless",
            Self::Nearly => "nearly serverless",
            Self::InName => "serverless in name",
            Self::Not => "not serverless",
        }
    }
}

/// What a lens says: a verdict, or a score from 0 to 10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LensOutcome {
    Verdict(Verdict),
    /// Of a lens with weights, 0 to 10.
    Score(f64),
}

impl LensOutcome {
    /// The verdict, when it is one.
    pub const fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Verdict(verdict) => Some(verdict),
            Self::Score(_) => None,
        }
    }

    /// The score, when it is one.
    pub const fn score(self) -> Option<f64> {
        match self {
            Self::Verdict(_) => None,
            Self::Score(score) => Some(score),
        }
    }
}

/// Reads five answers through a lens. `marketed` says whether the provider sells the service under the word; it parts
/// "in name" from "not" and nothing else.
pub fn read(answers: &FactLevels, marketed: bool, lens: &Lens) -> LensOutcome {
    match &lens.rule {
        LensRule::Minimum(minimum) => LensOutcome::Verdict(verdict(answers, marketed, minimum)),
        LensRule::Score { weights, values } => LensOutcome::Score(score(answers, weights, values)),
    }
}

/// The verdict of a rule: all met is serverless; one or two unmet without a `no` is nearly; else the name decides.
pub fn verdict(answers: &FactLevels, marketed: bool, minimum: &[(Fact, FactLevel)]) -> Verdict {
    let mut unmet = 0;
    let mut refused = false;
    for (fact, least) in minimum {
        let answer = answers.get(*fact);
        if answer < *least {
            unmet += 1;
            refused |= answer == FactLevel::No;
        }
    }
    if unmet == 0 {
        Verdict::Serverless
    } else if unmet <= 2 && !refused {
        Verdict::Nearly
    } else if marketed {
        Verdict::InName
    } else {
        Verdict::Not
    }
}

/// The score of a rule: the sum of weight × value.
pub fn score(answers: &FactLevels, weights: &[(Fact, f64)], values: &[(FactLevel, f64)]) -> f64 {
    weights
        .iter()
        .map(|(fact, weight)| weight * value(answers.get(*fact), values))
        .sum()
}

/// What an answer is worth, 0 to 1; nothing where the lens does not say.
pub fn value(answer: FactLevel, values: &[(FactLevel, f64)]) -> f64 {
    value_of(values, &answer).copied().unwrap_or(0.0)
}

/// The minimum a rule asks of a fact, when it asks.
pub fn minimum(lens: &Lens, fact: Fact) -> Option<FactLevel> {
    match &lens.rule {
        LensRule::Minimum(minimum) => value_of(minimum, &fact).copied(),
        LensRule::Score { .. } => None,
    }
}

/// Whether an answer misses what a lens asks of a fact.
pub fn misses(lens: &Lens, fact: Fact, answer: FactLevel) -> bool {
    minimum(lens, fact).is_some_and(|least| answer < least)
}
