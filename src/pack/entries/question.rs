//! A quiz question of one of eight kinds, with a right answer, and an explanation and a reason for every choice where they
//! are given. What quizdown and mkdocs-quiz write for one question is read as it is.

use std::borrow::Cow;

use crate::pack::address::{Kind, Source};
use crate::pack::body::{Body, first_line, read_entry_or_body};
use crate::pack::doc::{Block, Doc};
use crate::pack::entries::answer::{self, AnswerBlock, AnswerKind, Expected};
use crate::pack::entries::pack::Pack;
use crate::pack::fields::Fields;
use crate::pack::markdown::ParsedBody;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{ByteRange, Day, SafeText};

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

/// What stands for a blank.
const BLANK: &str = "____";

/// Takes the blanks out of a text, `[[answer]]` as mkdocs-quiz writes them; what belongs into them.
fn take_blanks(blocks: &mut [Block]) -> Vec<SafeText> {
    let mut answers = Vec::new();
    let paragraphs = blocks.iter_mut().filter_map(|block| match block {
        Block::Paragraph(spans) => Some(spans),
        _ => None,
    });
    for span in paragraphs.flatten().filter(|span| !span.marks.code) {
        let mut text = String::new();
        let mut rest = span.text.as_str();
        while let Some((before, after)) = rest.split_once("[[") {
            let Some((answer, behind)) = after.split_once("]]") else {
                break;
            };
            answers.push(SafeText::line(answer.trim()));
            text.push_str(before);
            text.push_str(BLANK);
            rest = behind;
        }
        text.push_str(rest);
        span.text = SafeText::from(text);
    }
    answers.retain(|answer| !answer.is_empty());
    answers
}

/// What is to be typed where a text has a blank and its front matter says nothing else.
fn expected_in_blank(
    f: &mut Fields<'_, '_>,
    (blocks, at): (&mut [Block], &ByteRange),
    expected: Expected,
) -> Expected {
    let is_answer = |block: &Block| matches!(block, Block::List { .. } | Block::Table { .. });
    if !matches!(expected, Expected::Untold) || blocks.iter().any(is_answer) {
        return expected;
    }
    let answers = take_blanks(blocks);
    match answers.len() {
        0 => expected,
        1 => Expected::Given(AnswerKind::Typed {
            answers,
            near: Vec::new(),
        }),
        many => {
            let message = safe!("this text has {many} blanks, and one can be asked for");
            let help = "leave one blank, and ask for the others in questions of their own";
            f.notes.refuse("answer-form", at, message, help);
            Expected::Given(AnswerKind::Order(Vec::new()))
        }
    }
}

/// Warns where another list of choices stands than the one that is the answer.
fn say_second(
    f: &mut Fields<'_, '_>,
    (blocks, places): (&[Block], &[ByteRange]),
    answer: usize,
    source: &str,
) {
    let is_choices = |block: &Block| match block {
        Block::List { items, .. } => items.iter().any(|item| item.ticked.is_some()),
        _ => false,
    };
    if !blocks.get(answer).is_some_and(is_choices) {
        return;
    }
    let mut others = blocks.iter().zip(places).enumerate();
    let other = others.find(|(n, (block, _))| *n != answer && is_choices(block));
    if let Some((_, (_, at))) = other {
        let message = "another list of choices stands here and is not asked";
        let help = "put each question into a file of its own";
        let at = first_line(source, at);
        f.notes.warn("question-second", &at, message, help);
    }
}

/// The quote behind a prompt.
fn hint(blocks: &mut Vec<Block>) -> Option<Vec<Block>> {
    match blocks.pop() {
        Some(Block::Quote(hint)) => Some(hint),
        other => {
            blocks.extend(other);
            None
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
    let rule = blocks.iter().position(|block| *block == Block::Rule);
    let above = blocks
        .get_mut(..rule.unwrap_or(places.len()))
        .unwrap_or_default();
    let first = places.first().cloned().unwrap_or_else(|| body.end.clone());
    let expected = expected.map(|expected| expected_in_blank(f, (above, &first), expected));
    let in_body = expected.as_ref().is_some_and(Expected::is_in_body);
    let unruled = || unruled_answer(&blocks).filter(|_| in_body);
    let end = rule.or_else(|| unruled().map(|at| at + 1));
    let end = end.unwrap_or(blocks.len());
    if let Some(answer) = end.checked_sub(1).filter(|_| in_body) {
        say_second(f, (&blocks, &places), answer, body.source);
    }
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
    let answered = in_body.then(|| blocks.pop().zip(places.pop()));
    let (block, at) = answered.flatten().unzip();
    let hint = hint(&mut blocks).map(|hint| Doc::piece(hint, &links));
    let prompt = Doc::piece(blocks, &links);
    if prompt.is_empty() {
        let help = "begin with a paragraph that asks, then the hint, then the choices";
        f.notes
            .refuse("prompt-missing", &body.end, "nothing is asked", help);
    }
    let mut answer = AnswerBlock {
        source: body.source,
        links: &links,
        at: at.unwrap_or_else(|| body.end.clone()),
        notes: f.notes,
    };
    let answer = expected.and_then(|expected| answer.read(expected, block));
    (prompt, hint, answer, explanation)
}
