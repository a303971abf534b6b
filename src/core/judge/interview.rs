//! The checklist as an interview: its questions as steps, the words that answer them, and a walk through them.
//! Going back forgets no answer.

use crate::pack::entries::checklist::ClaimQuestion;
use crate::pack::{AnswerLevel, CheckQuestion, Checklist, Criteria, CriterionId};
use crate::text::SafeText;

static YES: SafeText = SafeText::ours("Yes");
static NO: SafeText = SafeText::ours("No");

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum InterviewAnswer {
    /// Nothing yet, or that they do not know; any choice is possible.
    #[default]
    Unsure,
    /// The n-th choice, from 0.
    Choice(usize),
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{HIDDEN, PER_USE, checklist, question};
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
}
