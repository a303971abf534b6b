//! The proof of a verdict: every fact with what was asked of it, and which single change would turn the verdict.
//! Promise: a change that is named does turn the verdict, and no other single change to a minimum does.

use crate::base::safe::SafeText;
use crate::content::kind::lens::{Lens, Rule};
use crate::content::kind::service::{Answer, Fact};
use crate::domain::judge::answers::{Answers, below, steps};
use crate::domain::judge::state::{Held, State};
use crate::domain::judge::verdict::{Outcome, Verdict, minimum, read, value, verdict};

/// A verdict or score with its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgment<'a> {
    /// What the lens says.
    pub outcome: Outcome,
    /// The five facts, in the order of [`Fact::ALL`].
    pub proof: [Criterion<'a>; 5],
    /// The single changes that would turn the verdict; smallest change first. Empty for a score.
    pub flips: Vec<Flip>,
}

/// A fact in the light of a lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criterion<'a> {
    /// The fact as it was held.
    pub held: Held<'a>,
    /// What the lens asks of it.
    pub asked: Asked,
    /// Why the lens asks, with the place in its source.
    pub why_asked: Option<&'a SafeText>,
}

/// What a lens asks of a fact, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// This definition does not ask.
    NotAsked,
    /// At least this answer, and it is met.
    Met(Answer),
    /// At least this answer, and it is missed.
    Unmet(Answer),
    /// It counts towards a score.
    Weighed {
        /// Points it brings.
        points: f64,
        /// Points a `yes` would bring.
        of: f64,
    },
}

/// A change of one fact that turns the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// The fact.
    pub fact: Fact,
    /// Its answer.
    pub from: Answer,
    /// The answer that would turn the verdict: the minimum for a fact that is missed, the highest answer below it for one that is met.
    pub to: Answer,
    /// How many steps lie between the two answers, at least 1.
    pub steps: usize,
    /// The verdict it would turn into.
    pub into: Verdict,
}

impl Judgment<'_> {
    /// The asked facts that are missed.
    pub fn unmet(&self) -> impl Iterator<Item = &Criterion<'_>> {
        self.proof.iter().filter(|c| matches!(c.asked, Asked::Unmet(_)))
    }
}

/// Judges a service on a day through a lens.
pub fn judge<'a>(state: &State<'a>, lens: &'a Lens) -> Judgment<'a> {
    let answers = state.answers();
    Judgment {
        outcome: read(&answers, state.marketed, lens),
        proof: state.facts.map(|held| criterion(held, lens)),
        flips: flips(&answers, state.marketed, lens),
    }
}

fn criterion<'a>(held: Held<'a>, lens: &'a Lens) -> Criterion<'a> {
    let why_asked = lens.why.iter().find(|(f, _)| *f == held.fact).map(|(_, why)| why);
    Criterion { held, asked: asked(held.fact, held.answer, lens), why_asked }
}

/// What a lens asks of one answer.
pub fn asked(fact: Fact, answer: Answer, lens: &Lens) -> Asked {
    match &lens.rule {
        Rule::Minimum(_) => match minimum(lens, fact) {
            None => Asked::NotAsked,
            Some(least) if answer >= least => Asked::Met(least),
            Some(least) => Asked::Unmet(least),
        },
        Rule::Score { weights, values } => {
            let weight = weights.iter().find(|(f, _)| *f == fact).map_or(0.0, |(_, w)| *w);
            Asked::Weighed { points: weight * value(answer, values), of: weight * value(Answer::Yes, values) }
        }
    }
}

/// The single changes that would turn the verdict: of a serverless one, which facts would break it if they fell below
/// their minimum; of any other, which fact would turn it if it alone rose to its minimum.
pub fn flips(answers: &Answers, marketed: bool, lens: &Lens) -> Vec<Flip> {
    let Rule::Minimum(rule) = &lens.rule else { return Vec::new() };
    let now = verdict(answers, marketed, rule);
    let turn = |&(fact, least): &(Fact, Answer)| {
        let from = answers.get(fact);
        let to = if now == Verdict::Serverless { below(fact, least)? } else { Some(least).filter(|l| from < *l)? };
        let into = verdict(&answers.with(fact, to), marketed, rule);
        (into != now).then(|| Flip { fact, from, to, steps: steps(fact, from, to), into })
    };
    let mut flips: Vec<Flip> = rule.iter().filter_map(turn).collect();
    flips.sort_by_key(|flip| (flip.steps, flip.fact));
    flips
}
