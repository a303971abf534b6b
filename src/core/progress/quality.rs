//! What the reviews say of the questions themselves, for their authors: too easy, options nobody picks, confident errors.
//! Guarantee: nothing is said of a question that was answered less often than [`ENOUGH`], or not by choosing among options
//! where options are spoken of.

use std::collections::{BTreeMap, BTreeSet};

use crate::core::progress::review::{ReviewOutcome, key};
use crate::core::progress::totals::Ratio;
use crate::pack::{AnswerKind, Question};

/// Fewest answers from which something follows.
pub const ENOUGH: u32 = 8;
/// From this share of confident answers that are wrong on, a question misleads.
const MISLEADS: f64 = 0.3;

/// A way in which a question was answered, and how often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnswerPattern {
    /// The question's id.
    pub question: String,
    pub outcome: ReviewOutcome,
    pub sure: bool,
    /// Keys of what was chosen.
    pub chosen: Vec<String>,
    /// How often.
    pub times: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuestionOddity {
    /// Every answer was right: it teaches nothing any more.
    NeverMissed,
    /// This option, by its words, was never picked: it is no choice.
    NeverPicked(String),
    /// So many answers given sure were wrong: it misleads, or is worth its own lesson. The key is the most frequent error.
    ConfidentErrors(Ratio, Option<String>),
}

/// A question with what is odd about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuestionFinding {
    /// The question's id.
    pub question: String,
    pub answers: u32,
    pub oddity: QuestionOddity,
}

/// What is odd about the questions, those with the most answers first. `find` gives a question that is still in the pack.
pub fn findings<'q>(
    patterns: &[AnswerPattern],
    enough: u32,
    find: impl Fn(&str) -> Option<&'q Question>,
) -> Vec<QuestionFinding> {
    let mut by_question: BTreeMap<&str, Vec<&AnswerPattern>> = BTreeMap::new();
    for pattern in patterns {
        by_question
            .entry(&pattern.question)
            .or_default()
            .push(pattern);
    }
    let mut found = Vec::new();
    for (id, patterns) in by_question {
        let answers = patterns
            .iter()
            .fold(0_u32, |sum, pattern| sum.saturating_add(pattern.times));
        if let Some(question) = find(id).filter(|_| answers >= enough) {
            let oddities = odd(question, &patterns, enough);
            found.extend(oddities.into_iter().map(|oddity| QuestionFinding {
                question: id.to_owned(),
                answers,
                oddity,
            }));
        }
    }
    found.sort_by(|a, b| {
        b.answers
            .cmp(&a.answers)
            .then_with(|| a.question.cmp(&b.question))
    });
    found
}

fn odd(question: &Question, patterns: &[&AnswerPattern], enough: u32) -> Vec<QuestionOddity> {
    let mut found = Vec::new();
    if patterns
        .iter()
        .all(|pattern| pattern.outcome == ReviewOutcome::Right)
    {
        found.push(QuestionOddity::NeverMissed);
    } else {
        found.extend(never_picked(question, patterns));
    }
    found.extend(confident_errors(patterns, enough));
    found
}

/// Wrong options that nobody picked. That nobody picks any is said otherwise.
fn never_picked(question: &Question, patterns: &[&AnswerPattern]) -> Vec<QuestionOddity> {
    let (AnswerKind::Single(options) | AnswerKind::Several(options)) = &question.answer else {
        return Vec::new();
    };
    let picked: BTreeSet<&str> = patterns
        .iter()
        .flat_map(|pattern| &pattern.chosen)
        .map(String::as_str)
        .collect();
    let texts = options
        .iter()
        .filter(|o| !o.right)
        .map(|option| option.text.text());
    texts
        .filter(|text| !picked.contains(key(text).as_str()))
        .map(|text| QuestionOddity::NeverPicked(text.to_string()))
        .collect()
}

fn confident_errors(patterns: &[&AnswerPattern], enough: u32) -> Option<QuestionOddity> {
    let mut errors = Ratio::default();
    let mut chosen: BTreeMap<String, u32> = BTreeMap::new();
    for pattern in patterns.iter().filter(|pattern| pattern.sure) {
        let wrong = pattern.outcome != ReviewOutcome::Right;
        errors = errors.plus(Ratio {
            hits: if wrong { pattern.times } else { 0 },
            of: pattern.times,
        });
        if wrong {
            *chosen.entry(pattern.chosen.join(" | ")).or_default() += pattern.times;
        }
    }
    let most = chosen
        .into_iter()
        .filter(|(key, _)| !key.is_empty())
        .max_by_key(|(_, times)| *times)
        .map(|(key, _)| key);
    let misleads = errors.of >= enough && errors.share().is_some_and(|share| share >= MISLEADS);
    misleads.then_some(QuestionOddity::ConfidentErrors(errors, most))
}
