//! Questions as notes for Anki's text import: prompt and choices in front, answer and explanation behind.
//! A note is one line, its fields parted by tabs; its HTML holds no markup but ours. The first field is the
//! question's id, so that importing again changes notes instead of doubling them.

use crate::pack::{AnswerKind, Doc, Question};
use crate::safe;
use crate::text::SafeText;

/// The lines that tell Anki how to read the rest.
pub fn head(deck: &SafeText) -> SafeText {
    let deck = deck.replace('\n', " ");
    let mut head = safe!(
        "#separator:tab\n#html:true\n#notetype:Basic\n#deck:{deck}\n#guid column:1\n#tags column:4\n"
    );
    head.push(&SafeText::ours("#columns:guid\tFront\tBack\tTags\n"));
    head
}

pub fn note(question: &Question) -> SafeText {
    let front = [html(&question.prompt), options(question)].concat();
    let (answer, why) = (answer(question), html(&question.explanation));
    let (guid, back) = (
        format!("tozero-{}", question.id),
        format!("{answer}<br><br>{why}"),
    );
    line(&[guid, front, back, question.topic.clone()])
}

/// Fields with tabs between them. Tabs are no letters of [`SafeText`], so they are put in here, between safe texts.
fn line(fields: &[String]) -> SafeText {
    let fields: Vec<SafeText> = fields.iter().map(|field| SafeText::line(field)).collect();
    let mut line = SafeText::join(&fields, "\t");
    line.push(&SafeText::ours("\n"));
    line
}

fn options(question: &Question) -> String {
    match &question.answer {
        AnswerKind::Single(choices) | AnswerKind::Several(choices) => {
            list("ul", choices.iter().map(|c| html(&c.text)))
        }
        AnswerKind::TrueFalse(_) => "<br><br>True or false?".to_owned(),
        AnswerKind::Classify { buckets, items } => {
            let buckets: Vec<String> = buckets.iter().map(|b| escaped(b)).collect();
            let items = list("ul", items.iter().map(|i| escaped(&i.text)));
            format!("{items}Sort into: {}", buckets.join(", "))
        }
        // Their right order is the answer, so they stand by the alphabet.
        AnswerKind::Order(items) => list("ul", sorted(items.iter())),
        AnswerKind::Match(pairs) => {
            let left = list("ul", pairs.iter().map(|(left, _)| escaped(left)));
            let right = list("ul", sorted(pairs.iter().map(|(_, right)| right)));
            format!("{left}Match with:{right}")
        }
        AnswerKind::Numeric { unit, .. } => format!("<br><br>In {}", escaped(unit)),
        AnswerKind::Typed { .. } => String::new(),
    }
}

fn sorted<'a>(texts: impl Iterator<Item = &'a SafeText>) -> impl Iterator<Item = String> {
    let mut texts: Vec<&SafeText> = texts.collect();
    texts.sort();
    texts.into_iter().map(|t| escaped(t))
}

fn answer(question: &Question) -> String {
    match &question.answer {
        AnswerKind::Single(choices)
        | AnswerKind::TrueFalse(choices)
        | AnswerKind::Several(choices) => {
            let right = choices.iter().filter(|choice| choice.right);
            let right: Vec<String> = right.map(|choice| html(&choice.text)).collect();
            format!("<b>{}</b>", right.join("<br>"))
        }
        AnswerKind::Classify { buckets, items } => {
            let bucket = |n: usize| buckets.get(n).map_or("", |bucket| bucket.as_str());
            list("ul", items.iter().map(|i| pair(&i.text, bucket(i.bucket))))
        }
        AnswerKind::Order(items) => list("ol", items.iter().map(|i| escaped(i))),
        AnswerKind::Match(pairs) => list("ul", pairs.iter().map(|(l, r)| pair(l, r))),
        AnswerKind::Numeric {
            answer,
            unit,
            working,
            ..
        } => {
            format!("<b>{answer} {}</b><br>{}", escaped(unit), html(working))
        }
        AnswerKind::Typed { answers, .. } => {
            let first = answers.first().map(|answer| escaped(answer));
            format!("<b>{}</b>", first.unwrap_or_default())
        }
    }
}

fn pair(left: &str, right: &str) -> String {
    format!("{}: <b>{}</b>", escaped(left), escaped(right))
}

fn list(tag: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("<li>{item}</li>")).collect();
    format!("<{tag}>{items}</{tag}>")
}

fn html(doc: &Doc) -> String {
    escaped(&doc.text())
}

fn escaped(text: &str) -> String {
    let text = text
        .trim()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    text.replace('\n', "<br>").replace('\t', " ")
}
