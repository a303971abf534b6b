//! The proof of a verdict: every fact with what was asked of it, and which single change would turn the verdict.
//! A change that is named does turn the verdict, and no other single change to a minimum does.

use crate::text::words::value_of;
use serde::Serialize;

use crate::core::judge::answers::{FactLevels, below, steps};
use crate::core::judge::state::{DatedFact, ServiceState};
use crate::core::judge::verdict::{LensOutcome, Verdict, minimum, read, value, verdict};
use crate::pack::{Fact, FactLevel, Lens, LensRule};
use crate::text::SafeText;

#[derive(Clone, Debug, PartialEq)]
pub struct Judgment<'a> {
    pub outcome: LensOutcome,
    /// The five facts, in the order of [`Fact::ALL`].
    pub proof: [Criterion<'a>; 5],
    /// The single changes that would turn the verdict; smallest change first. Empty for a score.
    pub flips: Vec<Flip>,
}

/// A fact in the light of a lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criterion<'a> {
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
    Met(FactLevel),
    /// At least this answer, and it is missed.
    Unmet(FactLevel),
    /// It counts towards a score.
    Weighed {
        points: f64,
        /// Points a `yes` would bring.
        of: f64,
    },
}

/// A change of one fact that turns the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flip {
    pub fact: Fact,
    pub from: FactLevel,
    /// The answer that would turn the verdict: the minimum for a fact that is missed, the highest answer below it for one that is met.
    pub to: FactLevel,
    /// How many steps lie between the two answers, at least 1.
    #[serde(skip)]
    pub steps: usize,
    #[serde(rename = "verdict")]
    pub into: Verdict,
}

impl Judgment<'_> {
    /// The asked facts that are missed.
    pub fn unmet(&self) -> impl Iterator<Item = &Criterion<'_>> {
        self.proof
            .iter()
            .filter(|c| matches!(c.asked, Requirement::Unmet(_)))
    }
}

/// Judges a service on a day through a lens.
pub fn judge<'a>(state: &ServiceState<'a>, lens: &'a Lens) -> Judgment<'a> {
    let answers = state.answers();
    Judgment {
        outcome: read(&answers, state.marketed, lens),
        proof: state.facts.map(|held| criterion(held, lens)),
        flips: flips(&answers, state.marketed, lens),
    }
}

fn criterion<'a>(held: DatedFact<'a>, lens: &'a Lens) -> Criterion<'a> {
    Criterion {
        held,
        asked: asked(held.fact, held.answer, lens),
        why_asked: lens.why(held.fact),
    }
}

pub fn asked(fact: Fact, answer: FactLevel, lens: &Lens) -> Requirement {
    match &lens.rule {
        LensRule::Minimum(_) => match minimum(lens, fact) {
            None => Requirement::NotAsked,
            Some(least) if answer >= least => Requirement::Met(least),
            Some(least) => Requirement::Unmet(least),
        },
        LensRule::Score { weights, values } => {
            let weight = value_of(weights, &fact).copied().unwrap_or(0.0);
            Requirement::Weighed {
                points: weight * value(answer, values),
                of: weight * value(FactLevel::Yes, values),
            }
        }
    }
}

/// The single changes that would turn the verdict: of a serverless one, which facts would break it if they fell below
/// their minimum; of any other, which fact would turn it if it alone rose to its minimum.
pub fn flips(answers: &FactLevels, marketed: bool, lens: &Lens) -> Vec<Flip> {
    let LensRule::Minimum(rule) = &lens.rule else {
        return Vec::new();
    };
    let now = verdict(answers, marketed, rule);
    let turn = |&(fact, least): &(Fact, FactLevel)| {
        let from = answers.get(fact);
        let to = if now == Verdict::Serverless {
            below(fact, least)?
        } else {
            Some(least).filter(|l| from < *l)?
        };
        let into = verdict(&answers.with(fact, to), marketed, rule);
        (into != now).then(|| Flip {
            fact,
            from,
            to,
            steps: steps(fact, from, to),
            into,
        })
    };
    let mut flips: Vec<Flip> = rule.iter().filter_map(turn).collect();
    flips.sort_by_key(|flip| (flip.steps, flip.fact));
    flips
}
