//! Judging one's own service by the checklist, with "unsure" carried through to a range of verdicts.
//!
//! Where several questions decide a fact the lowest answer counts; both ends of a range are
//! reached by some way of settling the unsure questions; a question is called open exactly when it can still move a result.

use crate::core::judge::answers::{FactLevels, step};
use crate::core::judge::verdict::{Verdict, misses, read, value, verdict};
use crate::pack::entries::checklist::CheckChoice;
use crate::pack::{CheckQuestion, Fact, FactLevel, Lens, LensRule};
use crate::text::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum InterviewAnswer {
    /// Nothing yet, or that they do not know; any choice is possible.
    #[default]
    Unsure,
    /// The n-th choice, from 0.
    Choice(usize),
}

/// The answers a fact can still have; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerSet(u8);

impl AnswerSet {
    pub const fn one(answer: FactLevel) -> Self {
        Self(1 << answer as u8)
    }

    /// The answers, lowest first.
    pub fn iter(self) -> impl Iterator<Item = FactLevel> {
        let rising = FactLevel::WORDS.iter().map(|(_, level)| *level);
        rising.filter(move |a| self.holds(*a))
    }

    /// Whether an answer is among them.
    pub const fn holds(self, answer: FactLevel) -> bool {
        self.0 & (1 << answer as u8) != 0
    }

    pub fn lowest(self) -> FactLevel {
        self.iter().next().unwrap_or(FactLevel::No)
    }

    pub fn highest(self) -> FactLevel {
        self.iter().last().unwrap_or(FactLevel::Yes)
    }

    /// Whether only one is left.
    pub const fn is_settled(self) -> bool {
        self.0.count_ones() == 1
    }

    /// How far an answer lies from the nearest of these, 0 to 6.
    pub fn distance(self, fact: Fact, answer: FactLevel) -> u32 {
        self.iter()
            .map(|a| step(fact, a).abs_diff(step(fact, answer)))
            .min()
            .unwrap_or(0)
    }

    fn of(answers: impl Iterator<Item = FactLevel>) -> Self {
        Self(answers.fold(0, |bits, a| bits | Self::one(a).0))
    }

    /// The lower of two answers, for every way of choosing them.
    fn lower_with(self, other: Self) -> Self {
        Self::of(
            self.iter()
                .flat_map(|a| other.iter().map(move |b| a.min(b))),
        )
    }
}

/// The facts that the picks leave possible, in the order of [`Fact::ALL`]; a missing pick is "unsure".
pub fn facts(questions: &[CheckQuestion], picks: &[InterviewAnswer]) -> [AnswerSet; 5] {
    Fact::ALL.map(|fact| {
        let about = questions.iter().enumerate().filter(|(_, q)| q.fact == fact);
        let sets = about.filter_map(|(n, q)| possible(q, picks.get(n)));
        sets.reduce(AnswerSet::lower_with)
            .unwrap_or(AnswerSet::one(FactLevel::Yes))
    })
}

/// What a pick leaves possible; a choice that does not exist counts as "unsure".
fn possible(question: &CheckQuestion, pick: Option<&InterviewAnswer>) -> Option<AnswerSet> {
    match chosen(question, pick) {
        Some(choice) => Some(AnswerSet::one(choice.answer)),
        None => {
            Some(AnswerSet::of(question.choices.iter().map(|c| c.answer))).filter(|set| set.0 != 0)
        }
    }
}

/// The choice that was picked; `None` while unsure.
fn chosen<'q>(
    question: &'q CheckQuestion,
    pick: Option<&InterviewAnswer>,
) -> Option<&'q CheckChoice> {
    match pick? {
        InterviewAnswer::Unsure => None,
        InterviewAnswer::Choice(n) => question.choices.get(*n),
    }
}

/// What a lens says of one's own service.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessedVerdict {
    /// The verdicts or scores that are still possible.
    pub range: VerdictRange,
    /// Questions whose answers miss what the lens asks, whatever the open ones turn out to be: these decided it.
    pub deciding: Vec<usize>,
    /// Unsure questions that could still move the result.
    pub open: Vec<usize>,
}

/// What is still possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum VerdictRange {
    /// The worst and the best verdict; the same when settled.
    Verdicts(Verdict, Verdict),
    /// The lowest and the highest score, 0 to 10.
    Scores(f64, f64),
}

impl VerdictRange {
    /// Whether open questions no longer matter.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Verdicts(worst, best) => worst == best,
            Self::Scores(low, high) => low == high,
        }
    }
}

/// Reads the picks through a lens. `marketed`: whether somebody sells or calls the service by the word.
pub fn reading(
    questions: &[CheckQuestion],
    picks: &[InterviewAnswer],
    marketed: bool,
    lens: &Lens,
) -> AssessedVerdict {
    let now = range(&facts(questions, picks), marketed, lens);
    AssessedVerdict {
        range: now,
        deciding: deciding(questions, picks, lens),
        open: open(questions, picks, marketed, lens, now),
    }
}

/// Verdicts rise with the answers, so the lowest answers give the worst and the highest the best; a score need not.
fn range(facts: &[AnswerSet; 5], marketed: bool, lens: &Lens) -> VerdictRange {
    match &lens.rule {
        LensRule::Minimum(m) => {
            let of = |end: fn(AnswerSet) -> FactLevel| {
                verdict(&FactLevels::new(facts.map(end)), marketed, m)
            };
            VerdictRange::Verdicts(of(AnswerSet::lowest), of(AnswerSet::highest))
        }
        LensRule::Score { weights, values } => {
            let end = |pick: fn(f64, f64) -> f64| -> f64 {
                let points = |(fact, weight): &(Fact, f64)| {
                    facts[*fact as usize]
                        .iter()
                        .map(|a| weight * value(a, values))
                        .reduce(pick)
                        .unwrap_or(0.0)
                };
                weights.iter().map(points).sum()
            };
            VerdictRange::Scores(end(f64::min), end(f64::max))
        }
    }
}

fn deciding(questions: &[CheckQuestion], picks: &[InterviewAnswer], lens: &Lens) -> Vec<usize> {
    numbers(questions, |n, question| {
        chosen(question, picks.get(n)).is_some_and(|c| misses(lens, question.fact, c.answer))
    })
}

/// The numbers of the questions for which something holds.
fn numbers(
    questions: &[CheckQuestion],
    holds: impl Fn(usize, &CheckQuestion) -> bool,
) -> Vec<usize> {
    let all = questions.iter().enumerate();
    all.filter(|(n, q)| holds(*n, q)).map(|(n, _)| n).collect()
}

/// An unsure question is open when, for some way of settling the others, two of its choices give different results.
fn open(
    questions: &[CheckQuestion],
    picks: &[InterviewAnswer],
    marketed: bool,
    lens: &Lens,
    now: VerdictRange,
) -> Vec<usize> {
    if now.is_settled() {
        return Vec::new();
    }
    let states = combinations(&facts(questions, picks));
    numbers(questions, |n, q| {
        chosen(q, picks.get(n)).is_none() && states.iter().any(|s| moves(q, s, marketed, lens))
    })
}

/// Whether two choices of a question give different results in a state that the questions leave possible. That the
/// question itself is among them does not matter: in some of the states it was answered by its highest choice.
fn moves(question: &CheckQuestion, state: &FactLevels, marketed: bool, lens: &Lens) -> bool {
    let lowered =
        |choice: FactLevel| state.with(question.fact, choice.min(state.get(question.fact)));
    let mut results = question
        .choices
        .iter()
        .map(|c| read(&lowered(c.answer), marketed, lens));
    let first = results.next();
    results.any(|result| Some(result) != first)
}

/// Every combination of the answers that are possible; at most a few hundred.
fn combinations(sets: &[AnswerSet; 5]) -> Vec<FactLevels> {
    let mut combinations = vec![FactLevels::all(FactLevel::Yes)];
    for (fact, set) in Fact::ALL.into_iter().zip(sets) {
        combinations = combinations
            .iter()
            .flat_map(|so_far| set.iter().map(|a| so_far.with(fact, a)))
            .collect();
    }
    combinations
}
