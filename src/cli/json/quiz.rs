//! The questions of a session as JSON.
//! Promise: as they would be asked, in the shuffled order, and nothing that gives an answer away.

use serde::Serialize;

use crate::cli::json::Text;
use crate::core::quiz::PresentedQuestion;
use crate::core::quiz::presented::{option_words, row_words};
use crate::pack::{AnswerKind, Library, Question};

/// A session.
#[derive(Serialize)]
pub struct Quiz<'a> {
    seed: u64,
    questions: Vec<Asked<'a>>,
}

#[derive(Serialize)]
struct Asked<'a> {
    id: &'a str,
    topic: &'a str,
    answered_by: &'static str,
    lens_dependent: bool,
    prompt: Text,
    hint: Option<Text>,
    rows: Option<Vec<String>>,
    options: Option<Vec<String>>,
    unit: Option<&'a str>,
}

impl<'a> Quiz<'a> {
    /// A deck under a seed.
    pub fn of(library: &'a Library, deck: &[String], seed: u64) -> Self {
        let questions = deck
            .iter()
            .filter_map(|id| library.question(id))
            .map(|q| Asked::of(q, seed))
            .collect();
        Self { seed, questions }
    }
}

impl<'a> Asked<'a> {
    fn of(question: &'a Question, seed: u64) -> Self {
        let shown = PresentedQuestion::of(question, seed, 0);
        let words = |all: Vec<Option<crate::text::safe::SafeText>>| {
            let all: Vec<String> = all.into_iter().flatten().map(|w| w.to_string()).collect();
            (!all.is_empty()).then_some(all)
        };
        let unit = match &question.answer {
            AnswerKind::Numeric { unit, .. } => Some(unit.as_str()),
            AnswerKind::Single(_)
            | AnswerKind::Several(_)
            | AnswerKind::TrueFalse(_)
            | AnswerKind::Classify { .. }
            | AnswerKind::Order(_)
            | AnswerKind::Match(_)
            | AnswerKind::Typed { .. } => None,
        };
        Self {
            id: &question.id,
            topic: &question.topic,
            answered_by: question.answer.word(),
            lens_dependent: question.lens_dependent,
            prompt: Text::of(&question.prompt),
            hint: Text::maybe(question.hint.as_ref()),
            rows: words(shown.rows.iter().map(|n| row_words(question, *n)).collect()),
            options: words(
                shown
                    .options
                    .iter()
                    .map(|n| option_words(question, *n))
                    .collect(),
            ),
            unit,
        }
    }
}
