//! A quiz question of one of eight kinds, with a right answer, and an explanation and a reason for every choice where they
//! are given. What quizdown and mkdocs-quiz write for one question is read as it is.

use std::borrow::Cow;

use crate::pack::address::{Kind, Source};
use crate::pack::body::{Body, read_entry_or_body};
use crate::pack::doc::{Block, Doc};
use crate::pack::entries::answer::{self, AnswerBlock, AnswerKind, Expected};
use crate::pack::entries::pack::Pack;
use crate::pack::fields::Fields;
use crate::pack::markdown::ParsedBody;
use crate::pack::notes::Notes;
use crate::text::{ByteRange, Day};

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: String,
    /// A tag id of the pack.
    pub topic: String,
    /// 1 to 3.
    pub difficulty: u8,
    /// The lens by which it is to be answered, whatever lens is on, by id; none where every definition gives the same answer.
    pub lens: Option<String>,
    /// Term ids.
    pub terms: Vec<String>,
    pub sources: Vec<Source>,
    /// The date its figures and its right answer hold for.
    pub as_of: Option<Day>,
    pub prompt: Doc,
    pub hint: Option<Doc>,
    pub answer: AnswerKind,
    /// Whether its choices stand in another order each time.
    pub shuffle: bool,
    /// Why the right answer is right.
    pub explanation: Doc,
}

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Question> {
    let source = without_quiz_lines(source);
    let question = read_entry_or_body(&source, notes, |f, body| {
        let expected = answer::expected(f);
        let shuffle = expected.as_ref().is_none_or(|e| !e.may_be_choices()) || shuffled(f);
        let topic = f.listed_id("topic", &pack.tags, "tag");
        let difficulty = f.whole("difficulty", 1..=3).unwrap_or(1);
        let lens = f.entry("lens", Kind::Lenses);
        let terms = f.entries("terms", Kind::Terms);
        let sources = f.sources("sources").unwrap_or_default();
        let as_of = f.date("as_of");
        let (prompt, hint, answer, explanation) = parts(f, body, expected);
        Some(Question {
            id: id.to_owned(),
            topic: topic.unwrap_or_else(|| NO_TOPIC.to_owned()),
            difficulty,
            shuffle,
            lens,
            terms,
            sources,
            as_of,
            prompt,
            hint,
            answer: answer?,
            explanation,
        })
    });
    question.flatten()
}

/// The topic of a question that names none.
const NO_TOPIC: &str = "general";

fn shuffled(f: &mut Fields<'_, '_>) -> bool {
    f.flag("shuffle").unwrap_or(true)
}

/// The lines `<quiz>` and `</quiz>` of mkdocs-quiz blanked, so that every place stays.
fn without_quiz_lines(source: &str) -> Cow<'_, str> {
    if !source.contains("quiz>") {
        return Cow::Borrowed(source);
    }
    let blank = |line: &str| match line.trim() {
        "<quiz>" | "</quiz>" => line
            .replace("</quiz>", "       ")
            .replace("<quiz>", "      "),
        _ => line.to_owned(),
    };
    Cow::Owned(source.split_inclusive('\n').map(blank).collect())
}

/// Where the answer stands when no line `---` ends it: the task list, else the last list or table.
fn unruled_answer(blocks: &[Block]) -> Option<usize> {
    let is_task = |block: &Block| match block {
        Block::List { items, .. } => items.iter().any(|item| item.ticked.is_some()),
        _ => false,
    };
    let is_answer = |block: &Block| matches!(block, Block::List { .. } | Block::Table { .. });
    let last = || blocks.iter().rposition(is_answer);
    blocks.iter().position(is_task).or_else(last)
}

/// Makes one list of choices whose reasons are not indented: each quote behind a choice is its reason, and the list behind
/// it goes on with the choices.
fn join_choices(blocks: &mut Vec<Block>, places: &mut Vec<ByteRange>) {
    let is_choices = |block: &Block| match block {
        Block::List { items, .. } => items.iter().all(|item| item.ticked.is_some()),
        _ => false,
    };
    let Some(at) = blocks.iter().position(is_choices) else {
        return;
    };
    // A quote that no choices follow may explain the answer.
    if !blocks.get(at + 2).is_some_and(is_choices) {
        return;
    }
    while matches!(blocks.get(at + 1), Some(Block::Quote(_))) {
        let reason = blocks.remove(at + 1);
        places.remove(at + 1);
        let goes_on = blocks.get(at + 1).is_some_and(is_choices);
        let more = goes_on.then(|| blocks.remove(at + 1));
        if goes_on {
            places.remove(at + 1);
        }
        let Some(Block::List { items, .. }) = blocks.get_mut(at) else {
            return;
        };
        if let Some(last) = items.last_mut() {
            last.blocks.push(reason);
        }
        if let Some(Block::List { items: next, .. }) = more {
            items.extend(next);
        }
    }
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
    join_choices(&mut blocks, &mut places);
    let in_body = expected.as_ref().is_some_and(Expected::is_in_body);
    let rule = blocks.iter().position(|block| *block == Block::Rule);
    let unruled = || unruled_answer(&blocks).filter(|_| in_body);
    let end = rule.or_else(|| unruled().map(|at| at + 1));
    let end = end.unwrap_or(blocks.len());
    let mut below = blocks.split_off(end);
    if rule.is_some() {
        below.remove(0);
    }
    let explanation = Doc::piece(below, &links);
    places.truncate(end);
    if explanation.is_empty() {
        let message = "nothing explains the answer";
        let help = "end with a line `---` and a paragraph that says why, with links";
        f.notes
            .warn("explanation-missing", &body.end, message, help);
    }
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
