//! What a record says of the questions themselves, for their authors: too easy, options nobody picks, confident errors.
//! Promise: nothing is said of a question that was answered less often than [`ENOUGH`], or not by choosing among options
//! where options are spoken of.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::kind::question::{AnswerKind, Choice, Question};
use crate::domain::progress::facts::Share;
use crate::domain::progress::review::{Outcome, key};

/// Fewest answers from which something follows.
pub const ENOUGH: u32 = 8;
/// From this share of confident answers that are wrong on, a question misleads.
const MISLEADS: f64 = 0.3;

/// A way in which a question was answered, and how often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// The question's id.
    pub question: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether the learner was sure.
    pub sure: bool,
    /// Keys of what was chosen.
    pub chosen: Vec<String>,
    /// How often.
    pub times: u32,
}

/// What is odd about a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Oddity {
    /// Every answer was right: it teaches nothing any more.
    NeverMissed,
    /// This option, by its words, was never picked: it is no choice.
    NeverPicked(String),
    /// So many answers given sure were wrong: it misleads, or is worth its own lesson. The key is the most frequent error.
    ConfidentErrors(Share, Option<String>),
}

/// A question with what is odd about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The question's id.
    pub question: String,
    /// How often it was answered.
    pub answers: u32,
    /// What is odd.
    pub oddity: Oddity,
}

/// What is odd about the questions, those with the most answers first. `find` gives a question that is still in the pack.
pub fn findings<'q>(ways: &[Way], enough: u32, find: impl Fn(&str) -> Option<&'q Question>) -> Vec<Finding> {
    let mut by_question: BTreeMap<&str, Vec<&Way>> = BTreeMap::new();
    for way in ways {
        by_question.entry(&way.question).or_default().push(way);
    }
    let mut found = Vec::new();
    for (id, ways) in by_question {
        let answers = ways.iter().fold(0_u32, |sum, way| sum.saturating_add(way.times));
        if let Some(question) = find(id).filter(|_| answers >= enough) {
            let oddities = odd(question, &ways, enough);
            found.extend(oddities.into_iter().map(|oddity| Finding { question: id.to_owned(), answers, oddity }));
        }
    }
    found.sort_by(|a, b| b.answers.cmp(&a.answers).then_with(|| a.question.cmp(&b.question)));
    found
}

fn odd(question: &Question, ways: &[&Way], enough: u32) -> Vec<Oddity> {
    let mut found = Vec::new();
    if ways.iter().all(|way| way.outcome == Outcome::Right) {
        found.push(Oddity::NeverMissed);
    } else {
        found.extend(never_picked(question, ways));
    }
    found.extend(confident_errors(ways, enough));
    found
}

/// Wrong options that nobody picked. That nobody picks any is said otherwise.
fn never_picked(question: &Question, ways: &[&Way]) -> Vec<Oddity> {
    let options: &[Choice] = match &question.answer {
        AnswerKind::Single(options) | AnswerKind::Several(options) => options,
        AnswerKind::TrueFalse(_)
        | AnswerKind::Classify { .. }
        | AnswerKind::Order(_)
        | AnswerKind::Match(_)
        | AnswerKind::Numeric { .. }
        | AnswerKind::Typed { .. } => return Vec::new(),
    };
    let picked: BTreeSet<&str> = ways.iter().flat_map(|way| &way.chosen).map(String::as_str).collect();
    let texts = options.iter().filter(|o| !o.right).map(|option| option.text.text());
    texts.filter(|text| !picked.contains(key(text).as_str())).map(|text| Oddity::NeverPicked(text.to_string())).collect()
}

fn confident_errors(ways: &[&Way], enough: u32) -> Option<Oddity> {
    let mut errors = Share::default();
    let mut chosen: BTreeMap<String, u32> = BTreeMap::new();
    for way in ways.iter().filter(|way| way.sure) {
        let wrong = way.outcome != Outcome::Right;
        errors = errors.plus(Share { hits: if wrong { way.times } else { 0 }, of: way.times });
        if wrong {
            *chosen.entry(way.chosen.join(" | ")).or_default() += way.times;
        }
    }
    let most = chosen.into_iter().filter(|(key, _)| !key.is_empty()).max_by_key(|(_, times)| *times).map(|(key, _)| key);
    let misleads = errors.of >= enough && errors.share().is_some_and(|share| share >= MISLEADS);
    misleads.then_some(Oddity::ConfidentErrors(errors, most))
}
