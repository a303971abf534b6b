//! A quiz question of one of eight kinds.
//! Promise: it has a right answer, an explanation, and a reason for every choice.

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::doc::{Block, Doc};
use crate::pack::entries::answer::{self, QuestionFields};
use crate::pack::entries::pack::Pack;
use crate::pack::entries::source::Source;
use crate::pack::entries::{check_named, open};
use crate::pack::fields::Fields;
use crate::pack::front_matter::FrontMatter;
use crate::pack::markdown;
use crate::pack::notes::Notes;
use crate::text::{ByteRange, SafeText};

/// A quiz question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The file's stem.
    pub id: String,
    /// A tag id of the pack.
    pub topic: String,
    /// 1 to 3.
    pub difficulty: u8,
    /// Whether the right answer depends on which definition is meant.
    pub lens_dependent: bool,
    /// Term ids.
    pub terms: Vec<String>,
    /// Where the answer comes from.
    pub sources: Vec<Source>,
    /// What is asked.
    pub prompt: Doc,
    /// A sentence of help.
    pub hint: Option<Doc>,
    /// How it is answered.
    pub answer: AnswerKind,
    /// Why the right answer is right.
    pub explanation: Doc,
}

/// The eight kinds, each with what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerKind {
    /// One right choice.
    Single(Vec<Choice>),
    /// Two or more right choices, or one among several that might be.
    Several(Vec<Choice>),
    /// True or false, in this order.
    TrueFalse(Vec<Choice>),
    /// Items into buckets.
    Classify {
        /// The buckets.
        buckets: Vec<SafeText>,
        /// What is sorted.
        items: Vec<ClassifyItem>,
    },
    /// Items in their right order.
    Order(Vec<SafeText>),
    /// Pairs.
    Match(Vec<(SafeText, SafeText)>),
    /// A number.
    Numeric {
        /// The right value.
        answer: f64,
        /// Fraction of the answer that it may be off.
        tolerance: f64,
        /// The unit that is shown.
        unit: SafeText,
        /// How it is worked out, markdown.
        working: Doc,
    },
    /// A word or phrase.
    Typed {
        /// Accepted spellings; the first is shown.
        answers: Vec<SafeText>,
        /// Near misses that deserve a second try.
        near: Vec<SafeText>,
    },
}

impl AnswerKind {
    /// The word of the front matter.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Single(_) => "single",
            Self::Several(_) => "several",
            Self::TrueFalse(_) => "true-false",
            Self::Classify { .. } => "classify",
            Self::Order(_) => "order",
            Self::Match(_) => "match",
            Self::Numeric { .. } => "numeric",
            Self::Typed { .. } => "typed",
        }
    }
}

/// A choice of a single, several or true-false question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// The words.
    pub text: Doc,
    /// Right or wrong.
    pub right: bool,
    /// Why.
    pub why: Doc,
    /// Myth id of the mistaken belief behind a wrong choice.
    pub myth: Option<String>,
}

/// An item of a classify question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassifyItem {
    /// The words.
    pub text: SafeText,
    /// Index of its bucket.
    pub bucket: usize,
    /// Why it belongs there.
    pub why: SafeText,
}

/// Reads a question's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Question> {
    let front = open(source, notes)?;
    let mut f = front.fields(notes);
    let asked = f
        .need("kind", |f, key| f.word(key, &answer::READERS))
        .and_then(|read| read(&mut f));
    let topic = f.need("topic", Fields::id);
    let topic_at = f.place("topic");
    let difficulty = f.need("difficulty", |f, key| f.whole(key, 1..=3));
    let lens_dependent = f.flag("lens_dependent").unwrap_or(false);
    let terms = f.entries("terms", Kind::Terms).unwrap_or_default();
    let sources = f.sources("sources").unwrap_or_default();
    f.finish();
    if let Some(topic) = &topic {
        check_named(topic, &topic_at, &pack.tags, "tag", notes);
    }
    let (prompt, hint, answer, explanation) = body(source, &front, asked, notes);
    if notes.refused() {
        return None;
    }
    let (topic, answer, difficulty) = (topic?, answer?, u8::try_from(difficulty?).ok()?);
    Some(Question {
        id: id.to_owned(),
        topic,
        difficulty,
        lens_dependent,
        terms,
        sources,
        prompt,
        hint,
        answer,
        explanation,
    })
}

/// Takes the body apart: prompt, hint, what is answered, explanation.
fn body(
    source: &str,
    front: &FrontMatter<'_>,
    asked: Option<QuestionFields>,
    notes: &mut Notes,
) -> (Doc, Option<Doc>, Option<AnswerKind>, Doc) {
    let markdown::ParsedBody {
        doc: Doc { mut blocks, links },
        mut places,
    } = markdown::page(source, front.body.clone(), notes);
    let rule = blocks
        .iter()
        .position(|block| *block == Block::Rule)
        .unwrap_or(blocks.len());
    let explanation = Doc::piece(
        blocks.split_off(rule.saturating_add(1).min(blocks.len())),
        &links,
    );
    blocks.truncate(rule);
    places.truncate(rule);
    if explanation.is_empty() {
        let problem = notes.error(
            "explanation-missing",
            &front.end,
            SafeText::ours("nothing explains the answer"),
        );
        notes.refuse(problem.help(SafeText::ours(
            "end with a line `---` and a paragraph that says why, with links",
        )));
    }
    let shown = asked
        .as_ref()
        .is_some_and(QuestionFields::is_in_body)
        .then(|| blocks.pop().zip(places.pop()));
    let hint = match blocks.pop() {
        Some(Block::Quote(hint)) => Some(Doc::piece(hint, &links)),
        other => {
            blocks.extend(other);
            None
        }
    };
    let prompt = Doc::piece(blocks, &links);
    if prompt.is_empty() {
        missing_prompt(&front.end, notes);
    }
    let answer = asked.and_then(|asked| match shown {
        Some(block) => asked.read(
            block,
            &answer::BodyPlace {
                source,
                end: front.end.clone(),
                links: &links,
            },
            notes,
        ),
        None => asked.ready(),
    });
    (prompt, hint, answer, explanation)
}

fn missing_prompt(at: &ByteRange, notes: &mut Notes) {
    let problem = notes.error("prompt-missing", at, SafeText::ours("nothing is asked"));
    notes.refuse(problem.help(SafeText::ours(
        "begin with a paragraph that asks, then the hint, then the choices",
    )));
}
