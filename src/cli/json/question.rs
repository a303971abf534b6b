//! Quiz questions as JSON, with their answers.
//! Promise: one shape for all eight kinds; what a kind does not have is null.

use serde::Serialize;

use crate::cli::json::entry::Common;
use crate::cli::json::{Source, Text, strings};
use crate::pack::{AnswerKind, Choice, Library, Question};

/// A question.
#[derive(Serialize)]
pub struct QuestionBody<'a> {
    #[serde(flatten)]
    common: Common,
    answered_by: &'static str,
    topic: &'a str,
    difficulty: u8,
    lens_dependent: bool,
    prompt: Text,
    hint: Option<Text>,
    choices: Option<Vec<ChoiceBody<'a>>>,
    buckets: Option<Vec<&'a str>>,
    items: Option<Vec<Item<'a>>>,
    order: Option<Vec<&'a str>>,
    pairs: Option<Vec<[&'a str; 2]>>,
    number: Option<Number<'a>>,
    spellings: Option<Spellings<'a>>,
    explanation: Text,
    terms: &'a [String],
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct ChoiceBody<'a> {
    text: Text,
    right: bool,
    why: Text,
    myth: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    text: &'a str,
    bucket: usize,
    why: &'a str,
}

#[derive(Serialize)]
struct Number<'a> {
    answer: f64,
    tolerance: f64,
    unit: &'a str,
    working: Text,
}

#[derive(Serialize)]
struct Spellings<'a> {
    accepted: Vec<&'a str>,
    near: Vec<&'a str>,
}

impl<'a> QuestionBody<'a> {
    /// A question with what every entry has.
    pub fn of(library: &Library, question: &'a Question, common: Common) -> Self {
        let mut body = Self {
            common,
            answered_by: "",
            topic: &question.topic,
            difficulty: question.difficulty,
            lens_dependent: question.lens_dependent,
            prompt: Text::of(&question.prompt),
            hint: Text::maybe(question.hint.as_ref()),
            choices: None,
            buckets: None,
            items: None,
            order: None,
            pairs: None,
            number: None,
            spellings: None,
            explanation: Text::of(&question.explanation),
            terms: &question.terms,
            sources: Source::all(library, &question.sources),
        };
        body.answer(&question.answer);
        body
    }

    fn answer(&mut self, answer: &'a AnswerKind) {
        match answer {
            AnswerKind::Single(all) => self.choose("single", all),
            AnswerKind::Several(all) => self.choose("several", all),
            AnswerKind::TrueFalse(all) => self.choose("true-false", all),
            AnswerKind::Classify { buckets, items } => {
                self.answered_by = "classify";
                self.buckets = Some(strings(buckets));
                self.items = Some(
                    items
                        .iter()
                        .map(|i| Item {
                            text: &i.text,
                            bucket: i.bucket,
                            why: &i.why,
                        })
                        .collect(),
                );
            }
            AnswerKind::Order(items) => {
                self.answered_by = "order";
                self.order = Some(strings(items));
            }
            AnswerKind::Match(pairs) => {
                self.answered_by = "match";
                self.pairs = Some(
                    pairs
                        .iter()
                        .map(|(l, r)| [l.as_str(), r.as_str()])
                        .collect(),
                );
            }
            AnswerKind::Numeric {
                answer,
                tolerance,
                unit,
                working,
            } => {
                self.answered_by = "numeric";
                self.number = Some(Number {
                    answer: *answer,
                    tolerance: *tolerance,
                    unit,
                    working: Text::of(working),
                });
            }
            AnswerKind::Typed { answers, near } => {
                self.answered_by = "typed";
                self.spellings = Some(Spellings {
                    accepted: strings(answers),
                    near: strings(near),
                });
            }
        }
    }

    fn choose(&mut self, kind: &'static str, choices: &'a [Choice]) {
        let choice = |c: &'a Choice| ChoiceBody {
            text: Text::of(&c.text),
            right: c.right,
            why: Text::of(&c.why),
            myth: c.myth.as_deref(),
        };
        self.answered_by = kind;
        self.choices = Some(choices.iter().map(choice).collect());
    }
}
