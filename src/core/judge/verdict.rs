//! The rule: minimum answers per fact make a verdict, weights make a score.
//! Raising an answer never worsens a verdict; nothing is asked that the lens does not ask.

use crate::core::judge::answers::AnswerLevels;
use crate::core::judge::state::{Absent, answers_at};
use crate::pack::{AnswerLevel, CriterionId, Lens, LensRule, Service, Subject, VerdictWords};
use crate::text::Day;
use crate::text::words::value_of;

/// What a lens with minimum answers says, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Fails, and does not claim the word either.
    Not,
    /// Fails, and claims the word all the same.
    InName,
    /// Some asked facts unmet, none of them with a plain no.
    Nearly,
    /// Every asked fact is met.
    Met,
}

impl Verdict {
    /// Best first, as they are counted and listed.
    pub const ALL: [Self; 4] = [Self::Met, Self::Nearly, Self::InName, Self::Not];

    /// Those that a pack can give, best first, each with what stands at its place in [`Verdict::ALL`]. Where nothing claims
    /// the word nothing is met in name.
    pub fn each<T>(subject: &Subject, all: [T; 4]) -> impl Iterator<Item = (Self, T)> {
        let claims = subject.things.claim.is_some();
        let all = Self::ALL.into_iter().zip(all);
        all.filter(move |(verdict, _)| claims || *verdict != Self::InName)
    }

    /// What the pack calls it.
    pub fn words(self, subject: &Subject) -> &VerdictWords {
        let words = &subject.verdicts;
        match self {
            Self::Met => &words.met,
            Self::Nearly => &words.nearly,
            Self::InName => &words.in_name,
            Self::Not => &words.not,
        }
    }

    /// The word of commands and of JSON.
    pub fn id(self, subject: &Subject) -> &str {
        &self.words(subject).id
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

/// What a lens says of a service on a day, without the proof.
pub fn outcome(service: &Service, lens: &Lens, day: Option<Day>) -> Result<LensOutcome, Absent> {
    answers_at(service, day).map(|(answers, claimed)| read(&answers, claimed, lens))
}

/// Reads answers through a lens. `claimed` says whether the word is claimed for the thing; it parts "in name" from "not"
/// and nothing else.
pub fn read(answers: &AnswerLevels, claimed: bool, lens: &Lens) -> LensOutcome {
    match &lens.rule {
        LensRule::Minimum(minimum) => LensOutcome::Verdict(verdict(answers, claimed, minimum)),
        LensRule::Score { weights, values } => LensOutcome::Score(score(answers, weights, values)),
    }
}

/// The verdict of a rule: all met is met; some unmet without a plain no is nearly, however many, so that nothing that is met
/// in part is ranked with what is refused; else the claim decides.
pub fn verdict(
    answers: &AnswerLevels,
    claimed: bool,
    minimum: &[(CriterionId, AnswerLevel)],
) -> Verdict {
    let mut unmet = 0;
    let mut refused = false;
    for (fact, least) in minimum {
        let answer = answers.get(*fact);
        if answer < *least {
            unmet += 1;
            refused |= answer == AnswerLevel::NO;
        }
    }
    of_misses(unmet, refused, claimed)
}

/// The verdict where so many asked facts are missed, some of them with a plain no.
pub fn of_misses(unmet: usize, refused: bool, claimed: bool) -> Verdict {
    if unmet == 0 {
        Verdict::Met
    } else if !refused {
        Verdict::Nearly
    } else if claimed {
        Verdict::InName
    } else {
        Verdict::Not
    }
}

/// The score of a rule: the sum of weight × value.
pub fn score(
    answers: &AnswerLevels,
    weights: &[(CriterionId, f64)],
    values: &[(AnswerLevel, f64)],
) -> f64 {
    weights
        .iter()
        .map(|(fact, weight)| weight * value(answers.get(*fact), values))
        .sum()
}

/// What an answer is worth, 0 to 1; nothing where the lens does not say.
pub fn value(answer: AnswerLevel, values: &[(AnswerLevel, f64)]) -> f64 {
    value_of(values, &answer).copied().unwrap_or(0.0)
}

/// The minimum a rule asks of a fact, when it asks.
pub fn minimum(lens: &Lens, fact: CriterionId) -> Option<AnswerLevel> {
    match &lens.rule {
        LensRule::Minimum(minimum) => value_of(minimum, &fact).copied(),
        LensRule::Score { .. } => None,
    }
}

/// Whether an answer misses what a lens asks of a fact.
pub fn misses(lens: &Lens, fact: CriterionId, answer: AnswerLevel) -> bool {
    minimum(lens, fact).is_some_and(|least| answer < least)
}
