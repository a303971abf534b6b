//! How a question is answered: read from its front matter and from the list or table under its prompt.
//! Promise: what comes out can be asked and graded: enough items, none twice, a right answer, a reason for every choice.

use std::collections::HashSet;

use crate::pack::address::Kind;
use crate::pack::doc::{Block, Doc, Link, LinkTarget, ListItem, plain};
use crate::pack::entries::question::{AnswerKind, Choice, ClassifyItem};
use crate::pack::fields::{Fields, did_you_mean, quoted};
use crate::pack::markdown;
use crate::pack::notes::Notes;
use crate::pack::sections::{first_line, nth_line};
use crate::safe;
use crate::text::measure::fold;
use crate::text::{ByteRange, SafeText};

/// Fewest choices.
const FEWEST_CHOICES: usize = 2;
/// Fewest items to put in order, to pair or to sort.
const FEWEST_ITEMS: usize = 3;
/// What begins a myth tag.
const MYTH: &str = "Myth:";

/// Reads the keys of one kind of question.
pub(crate) type AnswerReader = fn(&mut Fields<'_, '_>) -> Option<QuestionFields>;

/// The words of `kind` with what reads their other keys.
pub(crate) const READERS: [(&str, AnswerReader); 8] = [
    ("single", |_| Some(QuestionFields::Single)),
    ("several", |_| Some(QuestionFields::Several)),
    ("true-false", |_| Some(QuestionFields::TrueFalse)),
    ("classify", classify),
    ("order", |_| Some(QuestionFields::Order)),
    ("match", |_| Some(QuestionFields::Match)),
    ("numeric", numeric),
    ("typed", typed),
];

/// A kind of question with what its front matter says; the body may say the rest.
pub(crate) enum QuestionFields {
    Single,
    Several,
    TrueFalse,
    Classify { buckets: Vec<SafeText> },
    Order,
    Match,
    Ready(AnswerKind),
}

/// The file that a body is part of.
pub(crate) struct BodyPlace<'s> {
    pub(crate) source: &'s str,
    /// Where something missing is reported.
    pub(crate) end: ByteRange,
    pub(crate) links: &'s [Link],
}

fn classify(f: &mut Fields<'_, '_>) -> Option<QuestionFields> {
    let buckets = f.need("buckets", Fields::texts)?;
    let at = f.place("buckets");
    enough(buckets.len(), FEWEST_CHOICES, "buckets", &at, f.notes);
    each_once(buckets.iter().map(|bucket| (bucket, at.clone())), f.notes);
    Some(QuestionFields::Classify { buckets })
}

fn numeric(f: &mut Fields<'_, '_>) -> Option<QuestionFields> {
    let answer = f.need("answer", |f, key| f.number(key, -1e15..=1e15));
    let tolerance = f.need("tolerance", |f, key| f.number(key, 0.0..=1.0));
    let unit = f.need("unit", Fields::text);
    let working = f.need("working", Fields::text);
    let at = f.place("working");
    let working = working.map(|text| markdown::fragment(&text, at, f.notes));
    Some(QuestionFields::Ready(AnswerKind::Numeric {
        answer: answer?,
        tolerance: tolerance?,
        unit: unit?,
        working: working?,
    }))
}

fn typed(f: &mut Fields<'_, '_>) -> Option<QuestionFields> {
    let answers = f.need("answers", Fields::texts);
    let answers = f.filled("answers", answers);
    let near = f.texts("near").unwrap_or_default();
    Some(QuestionFields::Ready(AnswerKind::Typed {
        answers: answers?,
        near,
    }))
}

impl QuestionFields {
    /// Whether a list or table under the prompt belongs to the answer.
    pub(crate) fn is_in_body(&self) -> bool {
        !matches!(self, Self::Ready(_))
    }

    /// The answer of a question whose body holds none.
    pub(crate) fn ready(self) -> Option<AnswerKind> {
        match self {
            Self::Ready(answer) => Some(answer),
            Self::Single
            | Self::Several
            | Self::TrueFalse
            | Self::Classify { .. }
            | Self::Order
            | Self::Match => None,
        }
    }

    /// Reads the list or table under the prompt.
    pub(crate) fn read(
        self,
        block: Option<(Block, ByteRange)>,
        place: &BodyPlace<'_>,
        notes: &mut Notes,
    ) -> Option<AnswerKind> {
        let (block, at) = block.unwrap_or((Block::Rule, place.end.clone()));
        match (self, block) {
            (Self::Single, Block::List { items, .. }) => Some(AnswerKind::Single(single(
                choices(items, &at, place, notes)?,
                &at,
                notes,
            ))),
            (Self::Several, Block::List { items, .. }) => Some(AnswerKind::Several(several(
                choices(items, &at, place, notes)?,
                &at,
                notes,
            ))),
            (Self::TrueFalse, Block::List { items, .. }) => {
                let choices = single(choices(items, &at, place, notes)?, &at, notes);
                true_false(&choices, &at, notes);
                Some(AnswerKind::TrueFalse(choices))
            }
            (
                Self::Order,
                Block::List {
                    start: Some(_),
                    items,
                },
            ) => Some(AnswerKind::Order(order(&items, &at, notes))),
            (Self::Match, Block::Table { aligns, rows, .. }) if aligns.len() == 2 => {
                Some(AnswerKind::Match(pairs(
                    &rows,
                    &Rows {
                        source: place.source,
                        at,
                    },
                    notes,
                )))
            }
            (Self::Classify { buckets }, Block::Table { aligns, rows, .. })
                if aligns.len() == 3 =>
            {
                let items = sorted(
                    &rows,
                    &buckets,
                    &Rows {
                        source: place.source,
                        at,
                    },
                    notes,
                );
                Some(AnswerKind::Classify { buckets, items })
            }
            (asked, _) => {
                shape(asked.wanted(), &first_line(place.source, &at), notes);
                None
            }
        }
    }

    fn wanted(&self) -> &'static str {
        match self {
            Self::Single | Self::Several | Self::TrueFalse => {
                "a list of choices, `- [x] …` and `- [ ] …`"
            }
            Self::Classify { .. } => "a table `| Item | Belongs to | Why |`",
            Self::Order => "a numbered list in the right order",
            Self::Match => "a table `| Item | Matches |`",
            Self::Ready(_) => "nothing",
        }
    }
}

fn shape(wanted: &'static str, at: &ByteRange, notes: &mut Notes) {
    let problem = notes.error(
        "answer-form",
        at,
        safe!("above the line `---` must stand {wanted}"),
    );
    notes.refuse(problem.help(SafeText::ours(
        "put the prompt first, then the hint as a quote, then this",
    )));
}

/// Task items as choices; `None` when the list is no task list.
fn choices(
    items: Vec<ListItem>,
    at: &ByteRange,
    place: &BodyPlace<'_>,
    notes: &mut Notes,
) -> Option<Vec<Choice>> {
    if items.iter().all(|item| item.ticked.is_none()) {
        shape(
            QuestionFields::Single.wanted(),
            &first_line(place.source, at),
            notes,
        );
        return None;
    }
    enough(items.len(), FEWEST_CHOICES, "choices", at, notes);
    let places: Vec<ByteRange> = items
        .iter()
        .map(|item| first_line(place.source, &item.at))
        .collect();
    let choices: Vec<Choice> = items
        .into_iter()
        .zip(&places)
        .map(|(item, at)| choice(item, at, place, notes))
        .collect();
    let texts: Vec<SafeText> = choices.iter().map(|choice| choice.text.text()).collect();
    each_once(texts.iter().zip(places), notes);
    Some(choices)
}

fn choice(item: ListItem, at: &ByteRange, place: &BodyPlace<'_>, notes: &mut Notes) -> Choice {
    if item.ticked.is_none() {
        let problem = notes.error(
            "answer-form",
            at,
            SafeText::ours("this choice is neither right nor wrong"),
        );
        notes.refuse(problem.help(SafeText::ours("begin it with `- [x]` or `- [ ]`")));
    }
    let (reason, text): (Vec<Block>, Vec<Block>) = item
        .blocks
        .into_iter()
        .partition(|block| matches!(block, Block::Quote(_)));
    let mut reason: Vec<Block> = reason
        .into_iter()
        .flat_map(|block| {
            if let Block::Quote(blocks) = block {
                blocks
            } else {
                Vec::new()
            }
        })
        .collect();
    let myth = myth(&mut reason, at, place, notes);
    if text.is_empty() {
        let problem = notes.error(
            "value-empty",
            at,
            SafeText::ours("this choice has no words"),
        );
        notes.refuse(problem.help(SafeText::ours("write the choice behind the box")));
    }
    if reason.is_empty() {
        let problem = notes.error(
            "reason-missing",
            at,
            SafeText::ours("this choice has no reason"),
        );
        notes.refuse(problem.help(SafeText::ours(
            "add a line `  > …` below it that says why it is right or wrong",
        )));
    }
    Choice {
        text: Doc::piece(text, place.links),
        right: item.ticked == Some(true),
        why: Doc::piece(reason, place.links),
        myth,
    }
}

/// Takes the myth tag off a reason: a last paragraph of its own, `Myth: [claim](../myths/ID.md)`.
fn myth(
    reason: &mut Vec<Block>,
    at: &ByteRange,
    place: &BodyPlace<'_>,
    notes: &mut Notes,
) -> Option<String> {
    let Some(Block::Paragraph(spans)) = reason.last() else {
        return None;
    };
    if !spans.first()?.text.starts_with(MYTH) {
        return None;
    }
    let target = spans
        .iter()
        .find_map(|span| place.links.get(usize::from(span.link?)))
        .map(|link| &link.target);
    let Some(LinkTarget::Entry(address, _)) =
        target.filter(|t| matches!(t, LinkTarget::Entry(a, _) if a.kind == Kind::Myths))
    else {
        let problem = notes.error(
            "myth-form",
            at,
            SafeText::ours("the myth of this choice is not a link to one"),
        );
        notes.refuse(problem.help(SafeText::ours(
            "write `Myth: [claim](../myths/ID.md)` as a paragraph of its own",
        )));
        return None;
    };
    let id = address.id.to_string();
    reason.pop();
    Some(id)
}

fn single(choices: Vec<Choice>, at: &ByteRange, notes: &mut Notes) -> Vec<Choice> {
    let choices = several(choices, at, notes);
    let right = choices.iter().filter(|choice| choice.right).count();
    if right > 1 {
        let problem = notes.error(
            "answer-twice",
            at,
            safe!("{right} choices are marked as right"),
        );
        notes.refuse(problem.help(SafeText::ours("leave one, or make the kind `several`")));
    }
    choices
}

fn several(choices: Vec<Choice>, at: &ByteRange, notes: &mut Notes) -> Vec<Choice> {
    if !choices.iter().any(|choice| choice.right) {
        let problem = notes.error(
            "answer-missing",
            at,
            SafeText::ours("no choice is marked as right"),
        );
        notes.refuse(problem.help(SafeText::ours("tick the right one, `- [x] …`")));
    }
    choices
}

fn true_false(choices: &[Choice], at: &ByteRange, notes: &mut Notes) {
    let words: Vec<SafeText> = choices.iter().map(|choice| choice.text.text()).collect();
    if !words.iter().map(SafeText::as_str).eq(["True", "False"]) {
        let problem = notes.error(
            "true-false-form",
            at,
            SafeText::ours("the choices are not `True` and `False`"),
        );
        notes.refuse(problem.help(SafeText::ours("write exactly these two, `True` first")));
    }
}

fn order(items: &[ListItem], at: &ByteRange, notes: &mut Notes) -> Vec<SafeText> {
    let words: Vec<SafeText> = items
        .iter()
        .map(|item| Doc::piece(item.blocks.clone(), &[]).text())
        .collect();
    enough(words.len(), FEWEST_ITEMS, "items", at, notes);
    each_once(
        words.iter().zip(items.iter().map(|item| item.at.clone())),
        notes,
    );
    words
}

/// The rows of a table in their file; a row is a line.
struct Rows<'s> {
    source: &'s str,
    at: ByteRange,
}

impl Rows<'_> {
    fn line(&self, row: usize) -> ByteRange {
        nth_line(self.source, &self.at, row + 2)
    }
}

/// The cells of a row as words; an empty one is reported.
fn words(
    cells: &[Vec<crate::pack::doc::Span>],
    at: &ByteRange,
    notes: &mut Notes,
) -> Vec<SafeText> {
    let words: Vec<SafeText> = cells.iter().map(|cell| plain(cell)).collect();
    if words.iter().any(|cell| cell.is_empty()) {
        let problem = notes.error(
            "value-empty",
            at,
            SafeText::ours("this row has an empty cell"),
        );
        notes.refuse(problem.help(SafeText::ours("fill every cell")));
    }
    words
}

fn pairs(
    rows: &[Vec<Vec<crate::pack::doc::Span>>],
    place: &Rows<'_>,
    notes: &mut Notes,
) -> Vec<(SafeText, SafeText)> {
    enough(rows.len(), FEWEST_ITEMS, "pairs", &place.at, notes);
    let mut pairs = Vec::with_capacity(rows.len());
    for (n, row) in rows.iter().enumerate() {
        if let [left, right] = words(row, &place.line(n), notes).as_slice() {
            pairs.push((left.clone(), right.clone()));
        }
    }
    each_once(
        pairs
            .iter()
            .enumerate()
            .map(|(n, (left, _))| (left, place.line(n))),
        notes,
    );
    each_once(
        pairs
            .iter()
            .enumerate()
            .map(|(n, (_, right))| (right, place.line(n))),
        notes,
    );
    pairs
}

fn sorted(
    rows: &[Vec<Vec<crate::pack::doc::Span>>],
    buckets: &[SafeText],
    place: &Rows<'_>,
    notes: &mut Notes,
) -> Vec<ClassifyItem> {
    enough(rows.len(), FEWEST_ITEMS, "items", &place.at, notes);
    let mut items = Vec::with_capacity(rows.len());
    for (n, row) in rows.iter().enumerate() {
        let at = place.line(n);
        let [text, bucket, why] = words(row, &at, notes).try_into().unwrap_or_default();
        match buckets.iter().position(|known| *known == bucket) {
            Some(bucket) => items.push(ClassifyItem { text, bucket, why }),
            None if bucket.is_empty() => {}
            None => {
                let all: Vec<&str> = buckets.iter().map(SafeText::as_str).collect();
                let problem = notes.error(
                    "bucket-unknown",
                    &at,
                    safe!("there is no bucket `{}`", quoted(&bucket)),
                );
                notes.refuse(problem.help(did_you_mean(&bucket, &all)));
            }
        }
    }
    each_once(
        items
            .iter()
            .enumerate()
            .map(|(n, item)| (&item.text, place.line(n))),
        notes,
    );
    items
}

fn enough(count: usize, fewest: usize, what: &str, at: &ByteRange, notes: &mut Notes) {
    if count < fewest {
        let problem = notes.error(
            "items-few",
            at,
            safe!("there are fewer than {fewest} {what}"),
        );
        notes.refuse(problem.help(SafeText::ours("add some, or ask in another way")));
    }
}

/// Reports what reads the same as an earlier one.
fn each_once<'a>(texts: impl Iterator<Item = (&'a SafeText, ByteRange)>, notes: &mut Notes) {
    let mut seen = HashSet::new();
    for (text, at) in texts {
        if !seen.insert(fold(text)) {
            let problem = notes.error(
                "item-twice",
                &at,
                safe!("`{}` is there twice", quoted(text)),
            );
            notes.refuse(problem.help(SafeText::ours("change one of the two, or leave it out")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::probe;
    use crate::pack::entries::question::Question;
    use crate::pack::entry::Entry;

    /// A question of a kind from its own keys and its body, and the problems it has.
    #[track_caller]
    fn check(keys: &str, body: &str, expected: &[(&str, &str)]) -> Option<Box<Question>> {
        let source = format!("+++\n{keys}\ntopic = \"data\"\ndifficulty = 2\n+++\n\n{body}");
        match probe::check("questions/x.md", &source, expected) {
            Some(Entry::Question(question)) => Some(question),
            _ => None,
        }
    }

    const CHOICES: &str = "What becomes *of it*?

> Count.

- [x] It is dropped
  > Two [retries](../terms/retry.md).
- [ ] It waits
  > Nothing keeps it.
  >
  > Myth: [It waits.](../myths/it-waits.md)

---

AWS tries [again](../terms/again.md).
";

    fn single(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Box<Question>> {
        assert!(CHOICES.contains(from), "{from}");
        check("kind = \"single\"", &CHOICES.replace(from, to), expected)
    }

    #[test]
    fn choices_have_reasons_and_myths() {
        let question = single("", "", &[]).unwrap();
        let AnswerKind::Single(choices) = &question.answer else {
            panic!("single")
        };
        let told: Vec<_> = choices
            .iter()
            .map(|c| {
                (
                    c.right,
                    c.text.text().to_string(),
                    c.why.text().to_string(),
                    c.myth.as_deref(),
                )
            })
            .collect();
        let expected = [
            (
                true,
                "It is dropped".to_owned(),
                "Two retries.".to_owned(),
                None,
            ),
            (
                false,
                "It waits".to_owned(),
                "Nothing keeps it.".to_owned(),
                Some("it-waits"),
            ),
        ];
        assert_eq!(told, expected);
        assert_eq!(
            (
                choices[0].why.links.len(),
                choices[1].why.links.len(),
                question.explanation.links.len()
            ),
            (1, 0, 1)
        );
        let texts = [
            &question.prompt,
            question.hint.as_ref().unwrap(),
            &question.explanation,
        ]
        .map(|doc| doc.text().to_string());
        assert_eq!(texts, ["What becomes of it?", "Count.", "AWS tries again."]);
        assert_eq!(
            (
                &*question.topic,
                question.difficulty,
                question.answer.word()
            ),
            ("data", 2, "single")
        );
    }

    #[test]
    fn what_is_wrong_with_choices() {
        let list = CHOICES
            .get(CHOICES.find("- [x]").unwrap()..CHOICES.find("\n\n---").unwrap())
            .unwrap();
        single(
            "[x]",
            "[ ]",
            &[("answer-missing", list.replace("[x]", "[ ]").as_str())],
        );
        single(
            "[ ]",
            "[x]",
            &[("answer-twice", list.replace("[ ]", "[x]").as_str())],
        );
        assert!(check("kind = \"several\"", &CHOICES.replace("[ ]", "[x]"), &[]).is_some());
        single(
            "  > Two [retries](../terms/retry.md).\n",
            "",
            &[("reason-missing", "- [x] It is dropped")],
        );
        single(
            "It waits\n",
            "it is  dropped\n",
            &[("item-twice", "- [ ] it is  dropped")],
        );
        single("- [ ] ", "- ", &[("answer-form", "- It waits")]);
        single(
            "(../myths/it-waits.md)",
            "(../terms/it-waits.md)",
            &[("myth-form", "- [ ] It waits")],
        );
        single(
            "What becomes *of it*?\n\n",
            "",
            &[("prompt-missing", "+++")],
        );
        single(
            "---\n\nAWS tries [again](../terms/again.md).",
            "",
            &[("explanation-missing", "+++")],
        );
        single(
            "\n---\n",
            "\nBecause:\n\n---\n",
            &[("answer-form", "Because:")],
        );
        check(
            "kind = \"single\"",
            "P?\n\n- [x] a\n  > b\n\n---\n\nE.",
            &[("items-few", "- [x] a\n  > b")],
        );
        check(
            "kind = \"single\"",
            "P?\n\n- a\n- b\n\n---\n\nE.",
            &[("answer-form", "- a")],
        );
        check(
            "kind = \"single\"",
            "---\n\nE.",
            &[("prompt-missing", "+++"), ("answer-form", "+++")],
        );
        check(
            "kind = \"sigle\"",
            CHOICES,
            &[("value-unknown", "\"sigle\"")],
        );
    }

    #[test]
    fn true_and_false_stand_in_this_order() {
        let body = "P.\n\n- [ ] True\n  > a\n- [x] False\n  > b\n\n---\n\nE.";
        assert!(check("kind = \"true-false\"", body, &[]).is_some());
        let swapped = body.replace("True", "Maybe");
        check(
            "kind = \"true-false\"",
            &swapped,
            &[("true-false-form", "- [ ] Maybe\n  > a\n- [x] False\n  > b")],
        );
    }

    #[test]
    fn orders_have_three_items_or_more() {
        let body = "P.\n\n> H\n\n1. one\n2. *two*\n3. three\n\n---\n\nE.";
        let AnswerKind::Order(items) = check("kind = \"order\"", body, &[]).unwrap().answer else {
            panic!("order")
        };
        assert_eq!(items, ["one", "two", "three"].map(SafeText::ours));
        check(
            "kind = \"order\"",
            &body.replace("3. three\n", ""),
            &[("items-few", "1. one\n2. *two*")],
        );
        check(
            "kind = \"order\"",
            &body.replace("three", "One"),
            &[("item-twice", "3. One")],
        );
        check(
            "kind = \"order\"",
            &body.replace("1. one\n2. *two*\n3. three", "- a\n- b\n- c"),
            &[("answer-form", "- a")],
        );
    }

    #[test]
    fn pairs_differ_on_both_sides() {
        let body =
            "P.\n\n| Item | Matches |\n|---|---|\n| a | x |\n| b | y |\n| c | z |\n\n---\n\nE.";
        let AnswerKind::Match(pairs) = check("kind = \"match\"", body, &[]).unwrap().answer else {
            panic!("match")
        };
        assert_eq!((pairs.len(), pairs[1].1.as_str()), (3, "y"));
        check(
            "kind = \"match\"",
            &body.replace("| z |", "| y |"),
            &[("item-twice", "| c | y |")],
        );
        check(
            "kind = \"match\"",
            &body.replace("| z |", "| |"),
            &[("value-empty", "| c | |")],
        );
        let two = body.replace("| c | z |\n", "");
        check(
            "kind = \"match\"",
            &two,
            &[(
                "items-few",
                "| Item | Matches |\n|---|---|\n| a | x |\n| b | y |",
            )],
        );
        check(
            "kind = \"match\"",
            &body.replace("|---|---|", "|---|"),
            &[("answer-form", "| Item | Matches |")],
        );
    }

    #[test]
    fn sorted_items_name_their_buckets() {
        let keys = "kind = \"classify\"\nbuckets = [\"Hot\", \"Cold\"]";
        let body = "P.\n\n| Item | Belongs to | Why |\n|---|---|---|\n| a | Hot | w |\n| b | Cold | w |\n| c | Hot | w |\n\n---\n\nE.";
        let AnswerKind::Classify { buckets, items } = check(keys, body, &[]).unwrap().answer else {
            panic!("classify")
        };
        assert_eq!((buckets.len(), items[1].bucket, items[2].bucket), (2, 1, 0));
        check(
            keys,
            &body.replace("Cold", "Could"),
            &[("bucket-unknown", "| b | Could | w |")],
        );
        check(
            keys,
            &body.replace("| b | Cold | w |", "| b | Cold | |"),
            &[("value-empty", "| b | Cold | |")],
        );
        check(
            &keys.replace(", \"Cold\"", ""),
            &body.replace("Cold", "Hot"),
            &[("items-few", "[\"Hot\"]")],
        );
        check(
            &keys.replace("Cold", "hot"),
            &body.replace("Cold", "Hot"),
            &[("item-twice", "[\"Hot\", \"hot\"]")],
        );
    }

    #[test]
    fn numbers_and_words_are_answered_without_a_list() {
        let keys = "kind = \"numeric\"\nanswer = 1074.5\ntolerance = 0.03\nunit = \"calls\"\nworking = \"a / b = **c**\"";
        let question = check(keys, "P?\n\n> H\n\n---\n\nE.", &[]).unwrap();
        let AnswerKind::Numeric {
            answer, working, ..
        } = &question.answer
        else {
            panic!("numeric")
        };
        assert_eq!(
            (*answer, &*working.text(), question.hint.is_some()),
            (1074.5, "a / b = c", true)
        );
        check(
            &keys.replace("0.03", "3"),
            "P?\n\n---\n\nE.",
            &[("value-range", "3")],
        );
        check(
            &keys.replace("1074.5", "inf"),
            "P?\n\n---\n\nE.",
            &[("value-range", "inf")],
        );
        let typed = check(
            "kind = \"typed\"\nanswers = [\"a\", \"b\"]\nnear = [\"c\"]",
            "- P?\n\n---\n\nE.",
            &[],
        )
        .unwrap();
        assert_eq!(
            typed.answer,
            AnswerKind::Typed {
                answers: ["a", "b"].map(SafeText::ours).into(),
                near: vec![SafeText::ours("c")]
            }
        );
        check(
            "kind = \"typed\"\nanswers = []",
            "P?\n\n---\n\nE.",
            &[("value-empty", "[]")],
        );
    }
}
