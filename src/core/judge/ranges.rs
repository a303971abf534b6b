//! What answers leave possible while some are unsure: sets of answers to each criterion, and ranges of verdicts.
//!
//! Where several questions decide a fact the lowest answer counts; both ends of a range are
//! reached by some way of settling the unsure questions; a question is called open exactly when it can still move a result.

use std::collections::BTreeSet;

use crate::core::judge::answers::{AnswerLevels, step};
use crate::core::judge::interview::InterviewAnswer;
use crate::core::judge::verdict::{Verdict, misses, of_misses, value, verdict};
use crate::pack::criteria::MAX_ANSWERS;
use crate::pack::entries::checklist::CheckChoice;
use crate::pack::{AnswerLevel, CheckQuestion, Criteria, CriterionId, Lens, LensRule};
use crate::text::words::value_of;

/// The answers a fact can still have; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerSet(u8);

impl AnswerSet {
    /// Exactly one answer.
    pub const fn one(answer: AnswerLevel) -> Self {
        Self(1 << answer.index())
    }

    /// The answers, lowest first.
    pub fn iter(self) -> impl Iterator<Item = AnswerLevel> {
        let rising = (0..MAX_ANSWERS).filter_map(AnswerLevel::new);
        rising.filter(move |a| self.holds(*a))
    }

    /// Whether an answer is among them.
    pub const fn holds(self, answer: AnswerLevel) -> bool {
        self.0 & (1 << answer.index()) != 0
    }

    /// The lowest.
    pub fn lowest(self) -> AnswerLevel {
        self.iter().next().unwrap_or_default()
    }

    /// The highest.
    pub fn highest(self) -> AnswerLevel {
        self.iter().last().unwrap_or_default()
    }

    /// Whether only one is left.
    pub const fn is_settled(self) -> bool {
        self.0.count_ones() == 1
    }

    /// How far an answer lies from the nearest of these, 0 to 6.
    pub fn distance(self, criteria: &Criteria, criterion: CriterionId, answer: AnswerLevel) -> u32 {
        let place = |answer| step(criteria, criterion, answer);
        self.iter()
            .map(|a| place(a).abs_diff(place(answer)))
            .min()
            .unwrap_or(0)
    }

    fn of(answers: impl Iterator<Item = AnswerLevel>) -> Self {
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

/// The answers that the picks leave possible, in the order of the criteria; a missing pick is "unsure", and what no
/// question decides is a full yes.
pub fn facts(
    criteria: &Criteria,
    questions: &[CheckQuestion],
    picks: &[InterviewAnswer],
) -> Vec<AnswerSet> {
    let of = |criterion: CriterionId| {
        let about = questions.iter().enumerate();
        let about = about.filter(|(_, q)| q.fact == criterion);
        let sets = about.filter_map(|(n, q)| possible(q, picks.get(n)));
        sets.reduce(AnswerSet::lower_with)
            .unwrap_or(AnswerSet::one(criteria.yes()))
    };
    criteria.ids().map(of).collect()
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

/// Reads the picks through a lens. `claimed`: whether the word is claimed for the thing.
pub fn reading(
    questions: &[CheckQuestion],
    picks: &[InterviewAnswer],
    claimed: bool,
    lens: &Lens,
) -> AssessedVerdict {
    let facts = facts(&lens.subject.criteria, questions, picks);
    let now = range(&facts, claimed, lens);
    AssessedVerdict {
        range: now,
        deciding: deciding(questions, picks, lens),
        open: match now.is_settled() {
            true => Vec::new(),
            false => open(questions, picks, claimed, lens, &facts),
        },
    }
}

/// Verdicts rise with the answers, so the lowest answers give the worst and the highest the best; a score need not.
fn range(facts: &[AnswerSet], claimed: bool, lens: &Lens) -> VerdictRange {
    match &lens.rule {
        LensRule::Minimum(m) => {
            let of = |end: fn(AnswerSet) -> AnswerLevel| {
                let ends = facts.iter().copied().map(end);
                verdict(&AnswerLevels::new(ends), claimed, m)
            };
            VerdictRange::Verdicts(of(AnswerSet::lowest), of(AnswerSet::highest))
        }
        LensRule::Score { weights, values } => {
            let end = |pick: fn(f64, f64) -> f64| -> f64 {
                let points = |(criterion, weight): &(CriterionId, f64)| {
                    let set = facts.get(criterion.index()).copied();
                    set.unwrap_or(AnswerSet::one(AnswerLevel::NO))
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
    claimed: bool,
    lens: &Lens,
    facts: &[AnswerSet],
) -> Vec<usize> {
    numbers(questions, |n, question| {
        let set = facts.get(question.fact.index()).copied();
        let moves = |set| moves(question, set, facts, claimed, lens);
        chosen(question, picks.get(n)).is_none() && set.is_some_and(moves)
    })
}

/// Whether two choices of a question can give different results. That the question itself is among those that leave
/// `set` possible does not matter: in some of these states it was answered by its highest choice.
fn moves(
    question: &CheckQuestion,
    set: AnswerSet,
    facts: &[AnswerSet],
    claimed: bool,
    lens: &Lens,
) -> bool {
    // What each choice makes of an answer that the other questions leave possible.
    let outcomes = |state: AnswerLevel| question.choices.iter().map(move |c| c.answer.min(state));
    match &lens.rule {
        LensRule::Score { weights, values } => {
            let weight = value_of(weights, &question.fact).copied().unwrap_or(0.0);
            let points = |answer| weight * value(answer, values);
            set.iter().any(|state| differ(outcomes(state).map(points)))
        }
        LensRule::Minimum(rule) => {
            let Some(least) = value_of(rule, &question.fact).copied() else {
                return false;
            };
            let others: Vec<_> = rule.iter().filter(|(c, _)| *c != question.fact).collect();
            let others = misses_of(&others, facts);
            let verdicts = |state, (unmet, refused): (usize, bool)| {
                outcomes(state).map(move |answer| {
                    let (missed, no) = (answer < least, answer == AnswerLevel::NO);
                    of_misses(
                        unmet + usize::from(missed),
                        refused || missed && no,
                        claimed,
                    )
                })
            };
            let any = |state| others.iter().any(|other| differ(verdicts(state, *other)));
            set.iter().any(any)
        }
    }
}

fn differ<T: PartialEq>(mut all: impl Iterator<Item = T>) -> bool {
    let first = all.next();
    all.any(|result| Some(&result) != first.as_ref())
}

/// Every number of misses that the possible answers can come to, with whether a plain no is among them. More than three
/// misses are as many as three.
fn misses_of(rule: &[&(CriterionId, AnswerLevel)], facts: &[AnswerSet]) -> BTreeSet<(usize, bool)> {
    let mut reached = BTreeSet::from([(0, false)]);
    for (criterion, least) in rule {
        let Some(set) = facts.get(criterion.index()) else {
            continue;
        };
        let with = |(unmet, refused): &(usize, bool)| {
            let (unmet, refused) = (*unmet, *refused);
            set.iter().map(move |answer| {
                let missed = answer < *least;
                let no = missed && answer == AnswerLevel::NO;
                ((unmet + usize::from(missed)).min(3), refused || no)
            })
        };
        reached = reached.iter().flat_map(with).collect();
    }
    reached
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::core::judge::samples::{lens, question};
    use crate::core::judge::verdict::{LensOutcome, read};
    use crate::pack::Subject;
    use crate::pack::criteria::{Answer, Criterion};

    /// Criteria with four answers, the third of which belongs to the first criterion alone.
    fn criteria(count: usize) -> Criteria {
        let criterion = |n| Criterion {
            id: format!("c{n}"),
            title: "".into(),
            short: "".into(),
            question: None,
        };
        let answer = |id: &str| Answer {
            id: id.to_owned(),
            short: "".into(),
            only: CriterionId::new(0).filter(|_| id == "size"),
        };
        let answers = ["no", "partial", "size", "yes"].map(answer);
        Criteria::new((0..count).map(criterion).collect(), answers.into())
    }

    fn answer_to(count: usize, criterion: CriterionId) -> impl Strategy<Value = AnswerLevel> {
        let possible: Vec<AnswerLevel> = criteria(count).possible(criterion).collect();
        proptest::sample::select(possible)
    }

    /// Questions of two to four choices, several of them maybe about one criterion, some answered.
    fn asked(count: usize) -> impl Strategy<Value = Vec<(CheckQuestion, InterviewAnswer)>> {
        let ids: Vec<CriterionId> = criteria(count).ids().collect();
        let one = proptest::sample::select(ids).prop_flat_map(move |criterion| {
            let choices = proptest::collection::vec(answer_to(count, criterion), 2..=4);
            (choices, proptest::option::of(0..4_usize)).prop_map(move |(choices, pick)| {
                let mut asked = question(criterion, &"n".repeat(choices.len()));
                for (choice, answer) in asked.choices.iter_mut().zip(choices) {
                    choice.answer = answer;
                }
                let pick = pick.map_or(InterviewAnswer::Unsure, InterviewAnswer::Choice);
                (asked, pick)
            })
        });
        proptest::collection::vec(one, 1..=4)
    }

    /// Rules over some of the criteria, and scores whose sums are exact in binary.
    fn rule(count: usize) -> impl Strategy<Value = LensRule> {
        let ids: Vec<CriterionId> = criteria(count).ids().collect();
        let least = |id: &CriterionId| proptest::option::of((Just(*id), answer_to(count, *id)));
        let minimum: Vec<_> = ids.iter().map(least).collect();
        let minimum =
            minimum.prop_map(|all| LensRule::Minimum(all.into_iter().flatten().collect()));
        let weight = |id: &CriterionId| (Just(*id), proptest::sample::select(vec![0.0, 0.5, 2.0]));
        let weights: Vec<_> = ids.iter().map(weight).collect();
        let value = |level| {
            let worth = proptest::sample::select(vec![0.0, 0.25, 0.5, 1.0]);
            (Just(level), worth)
        };
        let values: Vec<_> = criteria(count).levels().map(value).collect();
        let score =
            (weights, values).prop_map(|(weights, values)| LensRule::Score { weights, values });
        prop_oneof![minimum, score]
    }

    /// What the lens says when every question is settled by a choice: the lowest answer to a criterion counts, and what
    /// nobody asks is a full yes.
    fn settled(
        questions: &[CheckQuestion],
        choices: &[usize],
        claimed: bool,
        lens: &Lens,
    ) -> LensOutcome {
        let criteria = &lens.subject.criteria;
        let lowest = |criterion: CriterionId| {
            let about = questions.iter().zip(choices);
            let about = about.filter(|(q, _)| q.fact == criterion);
            let answers = about
                .filter_map(|(q, n)| q.choices.get(*n))
                .map(|c| c.answer);
            answers.min().unwrap_or(criteria.yes())
        };
        read(
            &AnswerLevels::new(criteria.ids().map(lowest)),
            claimed,
            lens,
        )
    }

    /// Every way of settling the unsure questions.
    fn ways(questions: &[CheckQuestion], picks: &[InterviewAnswer]) -> Vec<Vec<usize>> {
        let mut ways = vec![Vec::new()];
        for (question, pick) in questions.iter().zip(picks) {
            let choices = match pick {
                InterviewAnswer::Choice(n) if *n < question.choices.len() => *n..n + 1,
                InterviewAnswer::Choice(_) | InterviewAnswer::Unsure => 0..question.choices.len(),
            };
            let longer = |way: &Vec<usize>| {
                let with = |n| way.iter().copied().chain([n]).collect();
                choices.clone().map(with).collect::<Vec<Vec<usize>>>()
            };
            ways = ways.iter().flat_map(longer).collect();
        }
        ways
    }

    /// The unsure questions whose choice changes what the lens says, in some way of settling all others.
    fn by_trying(
        questions: &[CheckQuestion],
        picks: &[InterviewAnswer],
        claimed: bool,
        lens: &Lens,
    ) -> Vec<usize> {
        let ways = ways(questions, picks);
        let moves = |n: &usize| {
            let is_open = chosen(&questions[*n], picks.get(*n)).is_none();
            let turned = |way: &Vec<usize>| {
                let now = settled(questions, way, claimed, lens);
                (0..questions[*n].choices.len()).any(|choice| {
                    let mut other = way.clone();
                    other[*n] = choice;
                    settled(questions, &other, claimed, lens) != now
                })
            };
            is_open && ways.iter().any(turned)
        };
        (0..questions.len()).filter(moves).collect()
    }

    proptest! {
        #[test]
        fn a_question_is_open_exactly_when_trying_out_finds_that_it_matters(
            (count, asked, rule) in (1..=6_usize).prop_flat_map(|count| (Just(count), asked(count), rule(count))),
            claimed: bool,
        ) {
            let subject = Subject { criteria: criteria(count), ..Subject::default() };
            let lens = Lens { subject: Arc::new(subject), rule, ..lens("y----") };
            let (questions, picks): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
            let found = reading(&questions, &picks, claimed, &lens);
            prop_assert_eq!(&found.open, &by_trying(&questions, &picks, claimed, &lens));
            let outcomes = ways(&questions, &picks);
            let outcomes: Vec<_> = outcomes.iter().map(|way| settled(&questions, way, claimed, &lens)).collect();
            let same = outcomes.iter().all(|outcome| Some(outcome) == outcomes.first());
            prop_assert_eq!(found.range.is_settled(), same);
        }
    }
}
