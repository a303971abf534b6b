//! How a question is answered: read from its front matter and from the list or table under its prompt.
//! What comes out can be asked and graded: enough items, none twice, a right answer, a reason for every choice.

use std::collections::HashSet;

use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::body::{first_line, nth_line};
use crate::pack::doc::{Block, Doc, Link, LinkTarget, ListItem, Span, plain};
use crate::pack::fields::{Fields, allowed_words};
use crate::pack::markdown;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::fold::{self, keep};
use crate::text::measure::quoted;
use crate::text::{ByteRange, SafeText};

/// Fewest choices or buckets.
const FEWEST_CHOICES: usize = 2;
/// Fewest items to put in order, to pair or to sort.
const FEWEST_ITEMS: usize = 3;
/// What begins a myth tag.
const MYTH: &str = "Myth:";

/// The eight kinds, each with what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerKind {
    /// One right choice.
    Single(Vec<AnswerOption>),
    /// Two or more right choices, or one among several that might be.
    Several(Vec<AnswerOption>),
    /// True or false, in this order.
    TrueFalse(Vec<AnswerOption>),
    Classify {
        buckets: Vec<SafeText>,
        items: Vec<ClassifyItem>,
    },
    /// Items in their right order.
    Order(Vec<SafeText>),
    Match(Vec<(SafeText, SafeText)>),
    Numeric {
        answer: f64,
        /// Fraction of the answer that it may be off.
        tolerance: f64,
        unit: SafeText,
        /// How it is worked out, markdown.
        working: Doc,
    },
    Typed {
        /// Accepted spellings; the first is shown.
        answers: Vec<SafeText>,
        /// Near misses that deserve a second try.
        near: Vec<SafeText>,
    },
}

impl AnswerKind {
    /// The word of the front matter.
    pub fn word(&self) -> &'static str {
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
pub struct AnswerOption {
    pub text: Doc,
    pub right: bool,
    pub why: Doc,
    /// Myth id of the mistaken belief behind a wrong choice.
    pub myth: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassifyItem {
    pub text: SafeText,
    /// Index of its bucket.
    pub bucket: usize,
    pub why: SafeText,
}

/// What `kind` may say.
pub const KINDS: [&str; 8] = [
    "single",
    "several",
    "true-false",
    "classify",
    "order",
    "match",
    "numeric",
    "typed",
];

/// What the front matter says of the answer; the list or table under the prompt may say the rest.
pub(crate) enum Expected {
    /// A list of choices; how many may be right is told by the form.
    Choices(fn(Vec<AnswerOption>) -> AnswerKind),
    Buckets(Vec<SafeText>),
    Order,
    Pairs,
    /// Nothing below the prompt.
    Given(AnswerKind),
    /// What the list or table is: the front matter does not say.
    Untold,
}

/// The kind that the keys of an answer belong to, where it is not named.
const KIND_OF_KEY: [(&str, &str); 3] = [
    ("buckets", "classify"),
    ("answer", "numeric"),
    ("answers", "typed"),
];

/// Reads the keys of the answer; `None` when there is no such kind.
pub(crate) fn expected(f: &mut Fields<'_, '_>) -> Option<Expected> {
    let told = f.one_of("kind", &KINDS);
    if told.is_none() && f.has("kind") {
        return None;
    }
    let of_key = || KIND_OF_KEY.iter().find(|(key, _)| f.has(key));
    let kind = told.as_deref().or_else(|| of_key().map(|(_, kind)| *kind));
    Some(match kind.unwrap_or_default() {
        "" => Expected::Untold,
        "single" => Expected::Choices(AnswerKind::Single),
        "several" => Expected::Choices(AnswerKind::Several),
        "true-false" => Expected::Choices(AnswerKind::TrueFalse),
        "classify" => Expected::Buckets(buckets(f)),
        "order" => Expected::Order,
        "match" => Expected::Pairs,
        "numeric" => Expected::Given(numeric(f)),
        _ => {
            let answers: Vec<SafeText> = f.need_some("answers", typed);
            let near = typed(f, "near").unwrap_or_default();
            one_of_each(&answers, &near, f);
            Expected::Given(AnswerKind::Typed { answers, near })
        }
    })
}

/// Warns where an answer says what another one says already, or a near miss is right.
fn one_of_each(answers: &[SafeText], near: &[SafeText], f: &mut Fields<'_, '_>) {
    let mut seen: Vec<(String, &SafeText)> = Vec::new();
    let keys = answers.iter().map(|a| ("answers", a));
    for (key, text) in keys.chain(near.iter().map(|n| ("near", n))) {
        let folded = fold::typed(text);
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == folded) {
            let message = safe!("`{}` counts as `{}` already", quoted(text), quoted(first));
            let help = match key {
                "near" => {
                    "leave it out: what is right or near already is judged by its first place"
                }
                _ => "leave it out: case, accents, dashes and spaces do not count",
            };
            f.notes.warn("answer-same", &f.place(key), message, help);
        }
        seen.push((folded, text));
    }
}

/// What can be typed; what leaves nothing to compare would be matched by anything.
fn typed(f: &mut Fields<'_, '_>, key: &str) -> Option<Vec<SafeText>> {
    let texts = f.texts(key)?;
    for text in texts.iter().filter(|text| keep(text).is_empty()) {
        let message = safe!("`{}` has no letter or sign to compare", quoted(text));
        let help = "write what is to be typed";
        f.notes.refuse("value-empty", &f.place(key), message, help);
    }
    Some(texts)
}

fn buckets(f: &mut Fields<'_, '_>) -> Vec<SafeText> {
    f.require("buckets");
    let Some(buckets) = f.texts("buckets") else {
        return Vec::new();
    };
    let at = f.place("buckets");
    enough(buckets.len(), FEWEST_CHOICES, "buckets", &at, f.notes);
    each_once(buckets.iter().map(|bucket| (bucket, at.clone())), f.notes);
    buckets
}

fn numeric(f: &mut Fields<'_, '_>) -> AnswerKind {
    let working = f.text("working");
    let working = working.map(|text| markdown::fragment(&text, f.place("working"), f.notes));
    AnswerKind::Numeric {
        answer: f.need("answer", |f, key| f.number(key, -1e15..=1e15)),
        tolerance: f.number("tolerance", 0.0..=1.0).unwrap_or_default(),
        unit: f.text("unit").unwrap_or_default(),
        working: working.unwrap_or_default(),
    }
}

impl Expected {
    /// Whether a list or table under the prompt belongs to the answer.
    pub(crate) fn is_in_body(&self) -> bool {
        !matches!(self, Self::Given(_))
    }

    /// Whether the answer can be a list of choices.
    pub(crate) fn may_be_choices(&self) -> bool {
        match self {
            Self::Choices(_) | Self::Untold => true,
            Self::Buckets(_) | Self::Order | Self::Pairs | Self::Given(_) => false,
        }
    }

    /// What the list or table is taken for where the front matter names no kind: choices by their boxes, of which one is
    /// right where the list is numbered or one box is ticked; items in order by their numbers; pairs by two columns.
    fn or_by(self, block: Option<&Block>) -> Self {
        let Self::Untold = self else { return self };
        match block {
            Some(Block::List { start, items }) => {
                let boxes = items.iter().filter_map(|item| item.ticked);
                let (ticked, boxes) = (boxes.clone().filter(|right| *right).count(), boxes.count());
                match (boxes, start) {
                    (0, Some(_)) => Self::Order,
                    (_, None) if ticked > 1 => Self::Choices(AnswerKind::Several),
                    _ if is_true_false(items) => Self::Choices(AnswerKind::TrueFalse),
                    _ => Self::Choices(AnswerKind::Single),
                }
            }
            Some(Block::Table { .. }) => Self::Pairs,
            Some(_) | None => Self::Untold,
        }
    }

    fn wanted(&self) -> &'static str {
        match self {
            Self::Choices(_) => "a list of choices, `- [x] …` and `- [ ] …`",
            Self::Buckets(_) => "a table `| Item | Belongs to | Why |`",
            Self::Order => "a numbered list in the right order",
            Self::Pairs => "a table `| Item | Matches |`",
            Self::Given(_) => "nothing",
            Self::Untold => "a list of choices, `- [x] …` and `- [ ] …`, or another list or table",
        }
    }
}

/// The list or table of an answer, and what it is read with.
pub(crate) struct AnswerBlock<'a> {
    pub(crate) source: &'a str,
    pub(crate) links: &'a [Link],
    /// Where the list or table stands, or would stand.
    pub(crate) at: ByteRange,
    pub(crate) notes: &'a mut Notes,
}

impl AnswerBlock<'_> {
    /// Reads the answer that is expected; `None` when the block is of another form, which is reported.
    pub(crate) fn read(&mut self, expected: Expected, block: Option<Block>) -> Option<AnswerKind> {
        let expected = expected.or_by(block.as_ref());
        let wanted = expected.wanted();
        match (expected, block) {
            (Expected::Given(answer), _) => Some(answer),
            (Expected::Choices(kind), Some(Block::List { items, .. }))
                if items.iter().any(|item| item.ticked.is_some()) =>
            {
                let answer = kind(self.choices(items));
                self.check_right(&answer);
                Some(answer)
            }
            (
                Expected::Order,
                Some(Block::List {
                    start: Some(_),
                    items,
                }),
            ) => Some(AnswerKind::Order(self.order(&items))),
            (Expected::Pairs, Some(Block::Table { aligns, rows, .. })) if aligns.len() == 2 => {
                Some(AnswerKind::Match(self.pairs(&rows)))
            }
            (Expected::Buckets(buckets), Some(Block::Table { aligns, rows, .. }))
                if aligns.len() == 3 =>
            {
                let items = self.sorted(&rows, &buckets);
                Some(AnswerKind::Classify { buckets, items })
            }
            (_, Some(_) | None) => {
                self.notes.refuse(
                    "answer-form",
                    &first_line(self.source, &self.at),
                    safe!("above the line `---` must stand {wanted}"),
                    "put the prompt first, then the hint as a quote, then this",
                );
                None
            }
        }
    }

    fn choices(&mut self, items: Vec<ListItem>) -> Vec<AnswerOption> {
        enough(items.len(), FEWEST_CHOICES, "choices", &self.at, self.notes);
        let places: Vec<ByteRange> = items
            .iter()
            .map(|item| first_line(self.source, &item.at))
            .collect();
        let choices: Vec<AnswerOption> = items
            .into_iter()
            .zip(&places)
            .map(|(item, at)| self.choice(item, at))
            .collect();
        let texts: Vec<SafeText> = choices.iter().map(|choice| choice.text.text()).collect();
        each_once(texts.iter().zip(places), self.notes);
        choices
    }

    fn choice(&mut self, item: ListItem, at: &ByteRange) -> AnswerOption {
        if item.ticked.is_none() {
            let message = "this choice is neither right nor wrong";
            self.notes.refuse(
                "answer-form",
                at,
                message,
                "begin it with `- [x]` or `- [ ]`",
            );
        }
        let (mut text, mut reason) = (Vec::new(), Vec::new());
        for block in item.blocks {
            match block {
                Block::Quote(blocks) => reason.extend(blocks),
                other => text.push(other),
            }
        }
        let is_open = is_open_fence(&text);
        if is_open {
            let message = "the code block of this choice is not closed in it";
            let help = "indent the code as far as the box, and close it above the reason";
            self.notes.refuse("choice-code", at, message, help);
        }
        let myth = self.myth(&mut reason, at);
        if text.is_empty() {
            let help = "write the choice behind the box";
            self.notes
                .refuse("value-empty", at, "this choice has no words", help);
        }
        if reason.is_empty() && !is_open {
            let help = "add a line `  > …` below it that says why it is right or wrong";
            self.notes
                .warn("reason-missing", at, "this choice has no reason", help);
        }
        AnswerOption {
            text: Doc::piece(text, self.links),
            right: item.ticked == Some(true),
            why: Doc::piece(reason, self.links),
            myth,
        }
    }

    /// Takes the myth tag off a reason: a last paragraph of its own, `Myth: [claim](../myths/ID.md)`.
    fn myth(&mut self, reason: &mut Vec<Block>, at: &ByteRange) -> Option<String> {
        let Some(Block::Paragraph(spans)) = reason.last() else {
            return None;
        };
        if !spans.first()?.text.starts_with(MYTH) {
            return None;
        }
        let mut links = spans
            .iter()
            .filter_map(|span| self.links.get(usize::from(span.link?)));
        match links.next().map(|link| &link.target) {
            Some(LinkTarget::Entry(address, _)) if address.kind == Kind::Myths => {
                reason.pop();
                Some(address.id.to_string())
            }
            Some(_) | None => {
                self.notes.refuse(
                    "myth-form",
                    at,
                    "the myth of this choice is not a link to one",
                    "write `Myth: [claim](../myths/ID.md)` as a paragraph of its own",
                );
                None
            }
        }
    }

    /// Reports choices of which none is right, or more than the kind of question allows.
    fn check_right(&mut self, answer: &AnswerKind) {
        let (AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices)) = answer
        else {
            return;
        };
        let right = choices.iter().filter(|choice| choice.right).count();
        if right == 0 {
            let help = "tick the right one, `- [x] …`";
            self.notes.refuse(
                "answer-missing",
                &self.at,
                "no choice is marked as right",
                help,
            );
        }
        if right > 1 && !matches!(answer, AnswerKind::Several(_)) {
            let message = safe!("{right} choices are marked as right");
            let help = "leave one, or make the kind `several`";
            self.notes.refuse("answer-twice", &self.at, message, help);
        }
        let texts: Vec<SafeText> = choices.iter().map(|choice| choice.text.text()).collect();
        let is_true_false = texts.iter().map(SafeText::as_str).eq(["True", "False"]);
        if matches!(answer, AnswerKind::TrueFalse(_)) && !is_true_false {
            let message = "the choices are not `True` and `False`";
            let help = "write exactly these two, `True` first";
            self.notes
                .refuse("true-false-form", &self.at, message, help);
        }
    }

    fn order(&mut self, items: &[ListItem]) -> Vec<SafeText> {
        let text = |item: &ListItem| Doc::piece(item.blocks.clone(), &[]).text();
        let texts: Vec<SafeText> = items.iter().map(text).collect();
        enough(texts.len(), FEWEST_ITEMS, "items", &self.at, self.notes);
        each_once(
            texts.iter().zip(items.iter().map(|item| item.at.clone())),
            self.notes,
        );
        texts
    }

    fn pairs(&mut self, rows: &[Vec<Vec<Span>>]) -> Vec<(SafeText, SafeText)> {
        enough(rows.len(), FEWEST_ITEMS, "pairs", &self.at, self.notes);
        let mut pairs = Vec::with_capacity(rows.len());
        let mut places = Vec::with_capacity(rows.len());
        for (row, at) in self.numbered(rows) {
            let [left, right] = self.cells(row, &at).try_into().unwrap_or_default();
            pairs.push((left, right));
            places.push(at);
        }
        each_once(
            pairs.iter().map(|(left, _)| left).zip(places.clone()),
            self.notes,
        );
        each_once(pairs.iter().map(|(_, right)| right).zip(places), self.notes);
        pairs
    }

    fn sorted(&mut self, rows: &[Vec<Vec<Span>>], buckets: &[SafeText]) -> Vec<ClassifyItem> {
        enough(rows.len(), FEWEST_ITEMS, "items", &self.at, self.notes);
        let mut items = Vec::with_capacity(rows.len());
        let mut places = Vec::with_capacity(rows.len());
        for (row, at) in self.numbered(rows) {
            let [text, bucket, why] = self.cells(row, &at).try_into().unwrap_or_default();
            let known = buckets.iter().position(|known| *known == bucket);
            if known.is_none() && !bucket.is_empty() {
                let all: Vec<&str> = buckets.iter().map(SafeText::as_str).collect();
                let message = safe!("there is no bucket `{}`", quoted(&bucket));
                self.notes
                    .refuse("bucket-unknown", &at, message, allowed_words(&bucket, &all));
            }
            if let Some(bucket) = known {
                items.push(ClassifyItem { text, bucket, why });
                places.push(at);
            }
        }
        each_once(items.iter().map(|item| &item.text).zip(places), self.notes);
        items
    }

    /// The rows of a table with their lines; the first line of the table is its head, the second the rule below it.
    fn numbered<'r>(&self, rows: &'r [Vec<Vec<Span>>]) -> Vec<(&'r Vec<Vec<Span>>, ByteRange)> {
        let line = |n| nth_line(self.source, &self.at, n);
        rows.iter().zip((2..).map(line)).collect()
    }

    /// The cells of a row as words; an empty one is reported.
    fn cells(&mut self, row: &[Vec<Span>], at: &ByteRange) -> Vec<SafeText> {
        let cells: Vec<SafeText> = row.iter().map(|cell| plain(cell)).collect();
        if cells.iter().any(|cell| cell.is_empty()) {
            self.notes.refuse(
                "value-empty",
                at,
                "this row has an empty cell",
                "fill every cell",
            );
        }
        cells
    }
}

/// Whether these are the two choices of a true-false question.
fn is_true_false(items: &[ListItem]) -> bool {
    let text =
        |item: &ListItem| Doc::piece(item.blocks.iter().take(1).cloned().collect(), &[]).text();
    items
        .iter()
        .map(text)
        .eq(["True", "False"].map(SafeText::ours))
}

/// Whether a fence stands behind the box, where it opens nothing: the one that was to close it opens a block of code
/// instead.
fn is_open_fence(blocks: &[Block]) -> bool {
    let [Block::Paragraph(spans), Block::Code { .. }, ..] = blocks else {
        return false;
    };
    let words = plain(spans);
    words.starts_with("```") || words.starts_with("~~~")
}

fn enough(count: usize, fewest: usize, what: &str, at: &ByteRange, notes: &mut Notes) {
    if count < fewest {
        let message = safe!("there are fewer than {fewest} {what}");
        notes.refuse("items-few", at, message, "add some, or ask in another way");
    }
}

/// Reports what reads the same as an earlier one.
fn each_once<'a>(texts: impl Iterator<Item = (&'a SafeText, ByteRange)>, notes: &mut Notes) {
    let mut seen = HashSet::new();
    for (text, at) in texts {
        if !seen.insert(keep(text)) {
            let message = safe!("`{}` is there twice", quoted(text));
            notes.refuse(
                "item-twice",
                &at,
                message,
                "change one of the two, or leave it out",
            );
        }
    }
}

#[cfg(test)]
mod tests;
