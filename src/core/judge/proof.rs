//! The proof of a verdict: every fact with what was asked of it, and which single change would turn the verdict.
//! A change that is named does turn the verdict, and no other single change to a minimum does.

use crate::core::judge::answers::{AnswerLevels, below, steps};
use crate::core::judge::state::{DatedFact, ServiceState};
use crate::core::judge::verdict::{LensOutcome, Verdict, minimum, read, value, verdict};
use crate::pack::{AnswerLevel, CriterionId, Lens, LensRule};
use crate::text::SafeText;
use crate::text::words::value_of;

#[derive(Clone, Debug, PartialEq)]
pub struct Judgment<'a> {
    pub outcome: LensOutcome,
    /// The facts, in the order of the criteria.
    pub proof: Vec<JudgedFact<'a>>,
    /// The single changes that would turn the verdict; smallest change first. Empty for a score.
    pub flips: Vec<Flip>,
}

/// A fact in the light of a lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JudgedFact<'a> {
    /// The fact as it was held.
    pub held: DatedFact<'a>,
    pub asked: Requirement,
    /// Why the lens asks, with the place in its source.
    pub why_asked: Option<&'a SafeText>,
}

/// What a lens asks of a fact, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Requirement {
    /// This definition does not ask.
    NotAsked,
    /// At least this answer, and it is met.
    Met(AnswerLevel),
    /// At least this answer, and it is missed.
    Unmet(AnswerLevel),
    /// It counts towards a score.
    Weighed {
        points: f64,
        /// Points a full yes would bring.
        of: f64,
    },
}

/// A change of one fact that turns the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    pub criterion: CriterionId,
    /// Its answer.
    pub from: AnswerLevel,
    /// The answer that would turn the verdict: the minimum for a fact that is missed, the highest answer below it for one that is met.
    pub to: AnswerLevel,
    /// How many steps lie between the two answers, at least 1.
    pub steps: usize,
    /// The verdict it would turn into.
    pub into: Verdict,
}

impl Judgment<'_> {
    /// The asked facts that are missed.
    pub fn unmet(&self) -> impl Iterator<Item = &JudgedFact<'_>> {
        self.proof
            .iter()
            .filter(|c| matches!(c.asked, Requirement::Unmet(_)))
    }
}

/// Judges a service on a day through a lens.
pub fn judge<'a>(state: &ServiceState<'a>, lens: &'a Lens) -> Judgment<'a> {
    let answers = state.answers();
    Judgment {
        outcome: read(&answers, state.claimed, lens),
        proof: state.facts.iter().map(|held| judged(*held, lens)).collect(),
        flips: flips(&answers, state.claimed, lens),
    }
}

fn judged<'a>(held: DatedFact<'a>, lens: &'a Lens) -> JudgedFact<'a> {
    JudgedFact {
        held,
        asked: asked(held.criterion, held.answer, lens),
        why_asked: lens.why(held.criterion),
    }
}

/// What a lens asks of one answer.
pub fn asked(criterion: CriterionId, answer: AnswerLevel, lens: &Lens) -> Requirement {
    match &lens.rule {
        LensRule::Minimum(_) => match minimum(lens, criterion) {
            None => Requirement::NotAsked,
            Some(least) if answer >= least => Requirement::Met(least),
            Some(least) => Requirement::Unmet(least),
        },
        LensRule::Score { weights, values } => {
            let weight = value_of(weights, &criterion).copied().unwrap_or(0.0);
            Requirement::Weighed {
                points: weight * value(answer, values),
                of: weight * value(lens.subject.criteria.yes(), values),
            }
        }
    }
}

/// The single changes that would turn the verdict: of one that is met, which facts would break it if they fell below
/// their minimum; of any other, which fact would turn it if it alone rose to its minimum.
pub fn flips(answers: &AnswerLevels, claimed: bool, lens: &Lens) -> Vec<Flip> {
    let LensRule::Minimum(rule) = &lens.rule else {
        return Vec::new();
    };
    let now = verdict(answers, claimed, rule);
    let criteria = &lens.subject.criteria;
    let turn = |&(criterion, least): &(CriterionId, AnswerLevel)| {
        let from = answers.get(criterion);
        let to = if now == Verdict::Met {
            below(criteria, criterion, least)?
        } else {
            Some(least).filter(|l| from < *l)?
        };
        let into = verdict(&answers.with(criterion, to), claimed, rule);
        (into != now).then(|| Flip {
            criterion,
            from,
            to,
            steps: steps(criteria, criterion, from, to),
            into,
        })
    };
    let mut flips: Vec<Flip> = rule.iter().filter_map(turn).collect();
    flips.sort_by_key(|flip| (flip.steps, flip.criterion));
    flips
}
