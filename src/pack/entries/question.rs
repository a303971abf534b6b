//! A quiz question of one of eight kinds. It has a right answer, an explanation, and a reason for every choice.

use crate::pack::address::{Kind, Source};
use crate::pack::body::{Body, read_entry};
use crate::pack::doc::{Block, Doc};
use crate::pack::entries::answer::{self, AnswerBlock, AnswerKind, Expected};
use crate::pack::entries::pack::Pack;
use crate::pack::fields::Fields;
use crate::pack::markdown::ParsedBody;
use crate::pack::notes::Notes;

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: String,
    /// A tag id of the pack.
    pub topic: String,
    /// 1 to 3.
    pub difficulty: u8,
    /// Whether the right answer depends on which definition is meant.
    pub lens_dependent: bool,
    /// Term ids.
    pub terms: Vec<String>,
    pub sources: Vec<Source>,
    pub prompt: Doc,
    pub hint: Option<Doc>,
    pub answer: AnswerKind,
    /// Why the right answer is right.
    pub explanation: Doc,
}

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Question> {
    let question = read_entry(source, notes, |f, body| {
        let expected = answer::expected(f);
        let topic = f.need("topic", |f, key| f.listed_id(key, &pack.tags, "tag"));
        let difficulty = f.need("difficulty", |f, key| f.whole(key, 1..=3));
        let lens_dependent = f.flag("lens_dependent").unwrap_or(false);
        let terms = f.entries("terms", Kind::Terms);
        let sources = f.sources("sources").unwrap_or_default();
        let (prompt, hint, answer, explanation) = parts(f, body, expected);
        Some(Question {
            id: id.to_owned(),
            topic,
            difficulty,
            lens_dependent,
            terms,
            sources,
            prompt,
            hint,
            answer: answer?,
            explanation,
        })
    });
    question.flatten()
}

/// Takes the body apart: prompt, hint, what is answered, explanation.
fn parts(
    f: &mut Fields<'_, '_>,
    body: &mut Body<'_>,
    expected: Option<Expected>,
) -> (Doc, Option<Doc>, Option<AnswerKind>, Doc) {
    let ParsedBody {
        doc: Doc { mut blocks, links },
        mut places,
    } = body.blocks(f);
    let rule = blocks
        .iter()
        .position(|block| *block == Block::Rule)
        .unwrap_or(blocks.len());
    let below = blocks.split_off(rule.saturating_add(1).min(blocks.len()));
    let explanation = Doc::piece(below, &links);
    blocks.truncate(rule);
    places.truncate(rule);
    if explanation.is_empty() {
        let message = "nothing explains the answer";
        let help = "end with a line `---` and a paragraph that says why, with links";
        f.notes
            .refuse("explanation-missing", &body.end, message, help);
    }
    let in_body = expected.as_ref().is_some_and(Expected::is_in_body);
    let block = if in_body {
        blocks.pop().zip(places.pop())
    } else {
        None
    };
    let hint = match blocks.pop() {
        Some(Block::Quote(hint)) => Some(Doc::piece(hint, &links)),
        other => {
            blocks.extend(other);
            None
        }
    };
    let prompt = Doc::piece(blocks, &links);
    if prompt.is_empty() {
        let help = "begin with a paragraph that asks, then the hint, then the choices";
        f.notes
            .refuse("prompt-missing", &body.end, "nothing is asked", help);
    }
    let (block, at) = block.unzip();
    let mut answer = AnswerBlock {
        source: body.source,
        links: &links,
        at: at.unwrap_or_else(|| body.end.clone()),
        notes: f.notes,
    };
    let answer = expected.and_then(|expected| answer.read(expected, block));
    (prompt, hint, answer, explanation)
}
