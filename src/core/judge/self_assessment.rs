//! One's own service: the checklist as steps, a walk through them, and what the answers come to under every lens.
//!
//! The step about the claim to the word parts "in name" from "not" and moves nothing else; both ends of a range are reached
//! by some way of settling the unsure steps; going back forgets no answer.

use crate::core::judge::compare::{NearService, nearest};
use crate::core::judge::interview::{
    AnswerSet, AssessedVerdict, InterviewAnswer, VerdictRange, facts, reading,
};
use crate::pack::entries::checklist::ClaimQuestion;
use crate::pack::{
    AnswerLevel, CheckQuestion, Checklist, Criteria, CriterionId, Kind, Lens, Library, Service,
};
use crate::text::SafeText;

/// Catalogue services named beside one's own.
pub const NEAREST: usize = 5;
static YES: SafeText = SafeText::ours("Yes");
static NO: SafeText = SafeText::ours("No");

/// One question put to the owner of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct InterviewStep<'a> {
    /// Its name in an answers file.
    pub id: &'a str,
    /// What it decides; `None` for the claim to the word, which decides no criterion.
    pub fact: Option<CriterionId>,
    /// What is asked.
    pub prompt: &'a SafeText,
    pub why: &'a SafeText,
    /// Term ids.
    pub terms: &'a [String],
    /// What can be answered, besides "unsure".
    pub choices: Vec<StepChoice<'a>>,
}

/// A choice of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepChoice<'a> {
    pub text: &'a SafeText,
    /// What it implies for the step's fact.
    pub answer: Option<AnswerLevel>,
    /// What it means.
    pub explanation: &'a SafeText,
}

/// The checklist as steps, the claim last; nothing when there is no checklist.
pub fn steps(checklist: &Checklist) -> Vec<InterviewStep<'_>> {
    let claim = checklist.claim.as_ref().map(claim_step);
    let claim = claim.filter(|_| !checklist.questions.is_empty());
    checklist.questions.iter().map(step).chain(claim).collect()
}

fn step(question: &CheckQuestion) -> InterviewStep<'_> {
    InterviewStep {
        id: &question.id,
        fact: Some(question.fact),
        prompt: &question.prompt,
        why: &question.why_it_matters,
        terms: &question.terms,
        choices: question
            .choices
            .iter()
            .map(|c| StepChoice {
                text: &c.text,
                explanation: &c.explanation,
                answer: Some(c.answer),
            })
            .collect(),
    }
}

fn claim_step(claim: &ClaimQuestion) -> InterviewStep<'_> {
    let [yes, no] = &claim.explanations;
    let choice = |text, explanation| StepChoice {
        text,
        explanation,
        answer: None,
    };
    InterviewStep {
        id: &claim.id,
        fact: None,
        prompt: &claim.prompt,
        why: &claim.why_it_matters,
        terms: &[],
        choices: vec![choice(&YES, yes), choice(&NO, no)],
    }
}

/// What a word stands for as an answer to a step: a number from 1, its letter, `unsure`, or the answer to the fact where
/// only one choice implies it.
pub fn pick(criteria: &Criteria, step: &InterviewStep<'_>, word: &str) -> Option<InterviewAnswer> {
    let word = word.trim().to_lowercase();
    if matches!(word.as_str(), "u" | "unsure") {
        return Some(InterviewAnswer::Unsure);
    }
    let numbered = word.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let lettered = ('a'..='z').position(|c| word.len() == 1 && word.starts_with(c));
    let named = || match step.fact {
        Some(_) => only(step.choices.iter().map(|c| {
            c.answer
                .is_some_and(|a| criteria.word(a).to_lowercase() == word)
        })),
        None => only(step.choices.iter().map(|c| c.text.to_lowercase() == word)),
    };
    let choice = numbered
        .or(lettered)
        .or_else(named)
        .filter(|n| *n < step.choices.len());
    choice.map(InterviewAnswer::Choice)
}

/// The place of the only `true`.
fn only(mut all: impl Iterator<Item = bool>) -> Option<usize> {
    let first = all.by_ref().position(|holds| holds)?;
    (!all.any(|holds| holds)).then_some(first)
}

/// A walk through the steps: where one is and what was said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterviewWalk {
    at: usize,
    picks: Vec<Option<InterviewAnswer>>,
}

impl InterviewWalk {
    /// At the first of `len` steps.
    pub fn new(len: usize) -> Self {
        Self {
            at: 0,
            picks: vec![None; len],
        }
    }

    /// The step one is at, from 0; the number of steps when all are behind.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether all steps are behind.
    pub fn is_done(&self) -> bool {
        self.at >= self.picks.len()
    }

    /// Answers the step one is at and goes on.
    pub fn say(&mut self, pick: InterviewAnswer) {
        if let Some(slot) = self.picks.get_mut(self.at) {
            *slot = Some(pick);
            self.at += 1;
        }
    }

    /// Goes back a step; false at the first.
    pub fn back(&mut self) -> bool {
        let moved = self.at > 0;
        self.at -= usize::from(moved);
        moved
    }

    /// Goes on without answering, where the step was answered before; false where it was not.
    pub fn on(&mut self) -> bool {
        let known = self.here().is_some();
        self.at += usize::from(known);
        known
    }

    /// What was said to the step one is at.
    pub fn here(&self) -> Option<InterviewAnswer> {
        self.picks.get(self.at).copied().flatten()
    }

    /// How many steps were answered, and how many of those with "unsure".
    pub fn counts(&self) -> (usize, usize) {
        let given = || self.picks.iter().flatten();
        (
            given().count(),
            given().filter(|p| **p == InterviewAnswer::Unsure).count(),
        )
    }

    /// Everything said; what was not asked yet is unsure.
    pub fn picks(&self) -> Vec<InterviewAnswer> {
        self.picks.iter().map(|p| p.unwrap_or_default()).collect()
    }
}

#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    pub steps: Vec<InterviewStep<'a>>,
    /// What was answered, one per step.
    pub picks: Vec<InterviewAnswer>,
    /// The answers that are still possible, in the order of the criteria.
    pub facts: Vec<AnswerSet>,
    /// Every lens, in the pack's order.
    pub under: Vec<LensAssessment<'a>>,
    /// The nearest services that are still sold, nearest first.
    pub near: Vec<NearService<'a>>,
}

#[derive(Clone, Debug)]
pub struct LensAssessment<'a> {
    pub lens: &'a Lens,
    /// What it says; its numbers count the steps.
    pub reading: AssessedVerdict,
}

/// Judges one's own service under every lens of the pack. A missing pick is "unsure".
pub fn judged<'a>(library: &'a Library, picks: &[InterviewAnswer]) -> Assessment<'a> {
    let checklist = library.checklist();
    let steps = steps(checklist);
    let picks: Vec<InterviewAnswer> = (0..steps.len())
        .map(|n| picks.get(n).copied().unwrap_or_default())
        .collect();
    let ours = facts(
        &library.pack().subject.criteria,
        &checklist.questions,
        &picks,
    );
    let under = lenses(library)
        .into_iter()
        .map(|lens| LensAssessment {
            lens,
            reading: own_reading(checklist, &picks, lens),
        })
        .collect();
    let near = nearest(services(library), &ours, NEAREST);
    Assessment {
        steps,
        picks,
        facts: ours,
        under,
        near,
    }
}

/// All lenses that can be read, in the pack's order.
pub fn lenses(library: &Library) -> Vec<&Lens> {
    let ids = library.ids(Kind::Lenses);
    ids.filter_map(|id| library.lens(id)).collect()
}

/// All services that can be read, in the pack's order. Reads them.
pub fn services(library: &Library) -> impl Iterator<Item = &Service> + Clone {
    let ids = library.ids(Kind::Services);
    ids.filter_map(|id| library.service(id))
}

/// A reading in which the claim may be unsure too; its step is the one after the questions. Where nobody asks for it,
/// none is made.
pub fn own_reading(
    checklist: &Checklist,
    picks: &[InterviewAnswer],
    lens: &Lens,
) -> AssessedVerdict {
    let questions = &checklist.questions;
    let with = |claimed| reading(questions, picks, claimed, lens);
    if checklist.claim.is_none() {
        return with(false);
    }
    let name = picks.get(questions.len()).copied().unwrap_or_default();
    match name {
        InterviewAnswer::Choice(0) => with(true),
        InterviewAnswer::Choice(_) => with(false),
        InterviewAnswer::Unsure => joined(with(false), with(true), questions.len()),
    }
}

/// The name raises a verdict or leaves it, so the lower end comes without it and the higher end with it.
fn joined(without: AssessedVerdict, with: AssessedVerdict, name: usize) -> AssessedVerdict {
    let range = match (without.range, with.range) {
        (VerdictRange::Verdicts(worst, _), VerdictRange::Verdicts(_, best)) => {
            VerdictRange::Verdicts(worst, best)
        }
        (range, VerdictRange::Verdicts(..) | VerdictRange::Scores(..)) => range,
    };
    let mut open: Vec<usize> = [without.open, with.open].concat();
    open.extend((without.range != with.range).then_some(name));
    open.sort_unstable();
    open.dedup();
    AssessedVerdict {
        range,
        deciding: with.deciding,
        open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{HIDDEN, PER_USE, ZERO, checklist, lens, question, spectrum};
    use crate::core::judge::verdict::Verdict;
    use crate::pack::entries::samples::subject;

    #[test]
    fn a_word_is_a_number_a_letter_an_answer_or_unsure() {
        let asked = checklist(&[question(HIDDEN, "yspn"), question(PER_USE, "yyn")]);
        let steps = steps(&asked);
        let check = |n: usize, words: &[&str], expected: Option<InterviewAnswer>| {
            for word in words {
                assert_eq!(
                    pick(&subject().criteria, &steps[n], word),
                    expected,
                    "{word}"
                );
            }
        };
        check(
            0,
            &["2", "b", "B", " size ", "SIZE"],
            Some(InterviewAnswer::Choice(1)),
        );
        check(0, &["u", "unsure", "Unsure"], Some(InterviewAnswer::Unsure));
        check(
            0,
            &["0", "5", "e", "", "both", "-1", "99999999999999999999"],
            None,
        );
        // Two choices say yes, so the word alone tells nothing.
        check(1, &["yes"], None);
        check(1, &["no", "3", "c"], Some(InterviewAnswer::Choice(2)));
        check(2, &["yes", "1"], Some(InterviewAnswer::Choice(0)));
        assert_eq!(super::steps(&checklist(&[])), []);
    }

    #[test]
    fn a_walk_goes_on_and_back_and_forgets_nothing() {
        let mut walk = InterviewWalk::new(2);
        assert!(!walk.back() && !walk.on() && walk.here().is_none());
        walk.say(InterviewAnswer::Choice(1));
        walk.say(InterviewAnswer::Unsure);
        assert!(walk.is_done() && !walk.on());
        walk.say(InterviewAnswer::Choice(9));
        assert_eq!(
            (walk.counts(), walk.picks()),
            (
                (2, 1),
                vec![InterviewAnswer::Choice(1), InterviewAnswer::Unsure]
            )
        );
        assert!(
            walk.back()
                && walk.back()
                && walk.here() == Some(InterviewAnswer::Choice(1))
                && walk.on()
        );
        assert_eq!(walk.at(), 1);
        assert_eq!(InterviewWalk::new(3).picks(), [InterviewAnswer::Unsure; 3]);
    }

    #[test]
    fn an_unsure_name_joins_both_ranges() {
        let asked = checklist(&[question(ZERO, "yn")]);
        let check =
            |picks: &[InterviewAnswer], lens: &Lens, range: VerdictRange, open: &[usize]| {
                let reading = own_reading(&asked, picks, lens);
                assert_eq!(
                    (reading.range, reading.open.as_slice()),
                    (range, open),
                    "{picks:?}"
                );
            };
        let (no, u, strict) = (
            InterviewAnswer::Choice(1),
            InterviewAnswer::Unsure,
            lens("--y--"),
        );
        check(
            &[no, no],
            &strict,
            VerdictRange::Verdicts(Verdict::Not, Verdict::Not),
            &[],
        );
        check(
            &[no, InterviewAnswer::Choice(0)],
            &strict,
            VerdictRange::Verdicts(Verdict::InName, Verdict::InName),
            &[],
        );
        check(
            &[no, u],
            &strict,
            VerdictRange::Verdicts(Verdict::Not, Verdict::InName),
            &[1],
        );
        check(
            &[u, u],
            &strict,
            VerdictRange::Verdicts(Verdict::Not, Verdict::Met),
            &[0, 1],
        );
        check(
            &[InterviewAnswer::Choice(0), u],
            &strict,
            VerdictRange::Verdicts(Verdict::Met, Verdict::Met),
            &[],
        );
        check(&[no, u], &spectrum(), VerdictRange::Scores(8.0, 8.0), &[]);
    }
}
