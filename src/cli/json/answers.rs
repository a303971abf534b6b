//! Lists, hits, comparisons, questions and reports as JSON: answers that hold parts of entries.

use serde_json::{Value, json};

use crate::cli::json::entry::says;
use crate::core::compare::{ByDimension, Comparison, ComparisonRow, position_words};
use crate::core::judge::LensOutcome;
use crate::core::quiz::PresentedQuestion;
use crate::core::quiz::presented::{option_words, row_words};
use crate::core::search::SearchHit;
use crate::pack::{
    AnswerKind, Checked, EntryHead, Kind, Perspective, PerspectiveCell, Question, Subject,
};
use crate::text::diagnostic::line_column;
use crate::text::{Diagnostic, SafeText};
use crate::views::answer::{AnswerRow, AnswerTarget};

/// An entry in a list: what the catalog knows about it, what the lens says of a service, and how often a myth was met.
pub fn listed(
    subject: &Subject,
    kind: Kind,
    head: EntryHead<'_>,
    outcome: Option<LensOutcome>,
    met: Option<u32>,
) -> Value {
    json!({
        "address": format!("{}/{}", kind.word(), head.id),
        "id": head.id,
        "title": head.title,
        "aliases": lines(head.aliases),
        "tags": lines(head.tags),
        "brief": Some(head.brief).filter(|b| !b.is_empty()),
        "verdict": outcome.and_then(LensOutcome::verdict).map(|v| v.id(subject)),
        "score": outcome.and_then(LensOutcome::score),
        "met": met,
    })
}

fn lines(text: &str) -> Vec<&str> {
    text.split('\n').filter(|l| !l.is_empty()).collect()
}

pub fn hit(hit: &SearchHit) -> Value {
    json!({
        "address": format!("{}/{}", hit.kind.word(), hit.id),
        "id": hit.id,
        "title": hit.title,
        "class": hit.class,
        "why": hit.why,
        "excerpt": Some(&hit.excerpt).filter(|e| !e.is_empty()),
    })
}

/// An entry that a question asks about, as a hit.
pub fn leading_hit(row: &AnswerRow) -> Option<Value> {
    let AnswerTarget::Entry(address) = &row.leads_to else {
        return None;
    };
    Some(json!({
        "address": address,
        "id": address.id,
        "title": row.title,
        "class": "asked",
        "why": row.note,
        "excerpt": null,
    }))
}

/// The command that shows more of what a question asks about.
pub fn next(row: &AnswerRow) -> Option<Value> {
    let command = row.leads_to.command()?;
    Some(json!({"title": row.title, "command": command}))
}

/// `compare`, and the short answer: definitions side by side under the pack's question.
pub fn comparison(question: &str, comparison: &Comparison<'_>) -> Value {
    let view = |view: &&Perspective| {
        json!({
            "id": view.id,
            "name": view.name,
            "holder": view.holder,
            "answer": view.answer,
            "summary": view.summary,
        })
    };
    let row = |row: &ComparisonRow<'_>| {
        let cells = comparison.columns.iter().zip(&row.cells);
        let cell = |(view, cell): (&&Perspective, &&PerspectiveCell)| {
            json!({
                "view": view.id,
                "position": cell.position,
                "position_words": position_words(row.dimension, cell).map(|n| &n.title),
                "says": says(cell),
            })
        };
        json!({
            "dimension": row.dimension.id,
            "question": row.dimension.question,
            "relation": row.relation,
            "cells": cells.map(cell).collect::<Value>(),
        })
    };
    json!({
        "question": question,
        "views": comparison.columns.iter().map(view).collect::<Value>(),
        "rows": comparison.rows.iter().map(row).collect::<Value>(),
    })
}

/// `compare --by`: what everybody says on one dimension.
pub fn by_dimension(found: &ByDimension<'_>) -> Value {
    let held = |(view, cell): &(&Perspective, &PerspectiveCell)| json!({"view": view.id, "holder": view.holder, "says": cell.text});
    let positions = found.groups.iter().map(|(position, holders)| {
        json!({
            "position": position.id,
            "words": position.title,
            "held_by": holders.iter().map(held).collect::<Value>(),
        })
    });
    json!({
        "dimension": found.dimension.id,
        "question": found.dimension.question,
        "positions": positions.collect::<Value>(),
        "silent": found.silent.iter().map(|view| &*view.id).collect::<Value>(),
    })
}

/// A question of a session as it would be asked, in the shuffled order, and nothing that gives an answer away.
pub fn asked(question: &Question, seed: u64) -> Value {
    let shown = PresentedQuestion::of(question, seed, 0);
    let words = |all: &[usize], of: fn(&Question, usize) -> Option<SafeText>| {
        let all: Vec<SafeText> = all.iter().filter_map(|n| of(question, *n)).collect();
        Some(all).filter(|all| !all.is_empty())
    };
    let unit = if let AnswerKind::Numeric { unit, .. } = &question.answer {
        Some(unit)
    } else {
        None
    };
    json!({
        "id": question.id,
        "topic": question.topic,
        "answered_by": question.answer.word(),
        "lens_dependent": question.lens.is_some(),
        "lens": question.lens,
        "prompt": question.prompt,
        "hint": question.hint,
        "rows": words(&shown.rows, row_words),
        "options": words(&shown.options, option_words),
        "unit": unit,
    })
}

/// `check`: every problem with its file, and its line and column where it has a place.
pub fn problems(checked: &Checked) -> Value {
    let problem = |d: &Diagnostic| {
        let source = checked.sources.get(&d.path).zip(d.span.as_ref());
        let (line, column) = source.map(|(text, at)| line_column(text, at.start)).unzip();
        json!({
            "severity": d.severity,
            "code": d.code,
            "path": d.path,
            "line": line,
            "column": column,
            "message": d.message,
            "label": d.label,
            "help": d.help,
        })
    };
    json!({
        "errors": checked.errors,
        "warnings": checked.warnings,
        "left_out": checked.left_out,
        "problems": checked.diagnostics.iter().map(problem).collect::<Value>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{check_json as check, library};
    use crate::core::compare::{by_dimension as find_dimension, compare};
    use crate::core::judge::Verdict;
    use crate::pack::check::check as check_pack;
    use crate::pack::{Address, CheckOptions, MemoryFiles};

    #[test]
    fn a_question_is_asked_without_its_answer() {
        let library = library();
        let asked = |id: &str| asked(library.question(id).unwrap(), 7);
        check(
            asked("idle-price"),
            r#"{
                "id": "idle-price",
                "topic": "sound",
                "answered_by": "numeric",
                "lens_dependent": false,
                "lens": null,
                "prompt": {"text": "A battery costs 12 dollars and lasts a year. What does a month cost?", "links": []},
                "hint": {"text": "Divide.", "links": []},
                "rows": null,
                "options": null,
                "unit": "dollars"
            }"#,
        );
        let sorted = |found: &Value| {
            let mut words: Vec<String> = serde_json::from_value(found.clone()).unwrap();
            words.sort();
            words
        };
        let matched = asked("match-sounds");
        assert_eq!(sorted(&matched["rows"]), ["Bell", "Doormat", "Knocker"]);
        assert_eq!(sorted(&matched["options"]), ["Ding", "Nothing", "Thud"]);
    }

    #[test]
    fn lists_say_what_the_catalog_knows() {
        let library = library();
        let subject = &library.pack().subject;
        let head = |address: &str| library.head_of(&Address::parse(address).unwrap()).unwrap();
        check(
            listed(subject, Kind::Terms, head("terms/knocker"), None, None),
            r#"{
                "address": "terms/knocker",
                "id": "knocker",
                "title": "Knocker",
                "aliases": [],
                "tags": ["sound", "money"],
                "brief": "A weight on a hinge that strikes the door.",
                "verdict": null,
                "score": null,
                "met": null
            }"#,
        );
        let outcome = |outcome| {
            let head = head("services/bell-one");
            let found = listed(subject, Kind::Services, head, Some(outcome), None);
            (found["verdict"].clone(), found["score"].clone())
        };
        assert_eq!(
            outcome(LensOutcome::Verdict(Verdict::InName)),
            (json!("in-name"), Value::Null)
        );
        assert_eq!(outcome(LensOutcome::Score(9.5)), (Value::Null, json!(9.5)));
    }

    #[test]
    fn definitions_side_by_side() {
        let library = library();
        let ids = ["bell-view", "knocker-view"].map(str::to_owned);
        let found = comparison("What?", &compare(&library, &ids));
        assert_eq!(found["question"], "What?");
        check(
            &found["views"][1],
            r#"{
                "id": "knocker-view",
                "name": "The knocker view",
                "holder": "Smiths",
                "answer": null,
                "summary": {"text": "What smiths say about doors.", "links": []}
            }"#,
        );
        check(
            &found["rows"][0],
            r#"{
                "dimension": "who-rings",
                "question": "Who rings?",
                "relation": "one-speaks",
                "cells": [
                    {
                        "view": "bell-view",
                        "position": "guest",
                        "position_words": "the guest",
                        "says": {"text": "The guest, by pressing.", "links": []}
                    },
                    {"view": "knocker-view", "position": null, "position_words": null, "says": null}
                ]
            }"#,
        );
        assert_eq!(found["rows"][1]["relation"], "differ");
        check(
            by_dimension(&find_dimension(&library, "who-rings").unwrap()),
            r#"{
                "dimension": "who-rings",
                "question": "Who rings?",
                "positions": [{
                    "position": "guest",
                    "words": "the guest",
                    "held_by": [{
                        "view": "bell-view",
                        "holder": "Bell makers",
                        "says": {"text": "The guest, by pressing.", "links": []}
                    }]
                }],
                "silent": ["knocker-view"]
            }"#,
        );
    }

    #[test]
    fn problems_have_a_place_where_there_is_one() {
        let files = MemoryFiles::of([
            (
                "pack.toml",
                "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n",
            ),
            (
                "terms/bad.md",
                "+++\nterm = 3\nbrief = \"B.\"\n+++\n\nText.\n",
            ),
        ]);
        let found = problems(&check_pack(&files, &CheckOptions::default()));
        let bad = found["problems"].as_array().unwrap().iter();
        let bad: Vec<&Value> = bad.filter(|p| p["path"] == "terms/bad.md").collect();
        let [bad] = bad.as_slice() else {
            panic!("one problem in {found}")
        };
        assert_eq!(
            (
                &bad["severity"],
                &bad["line"],
                &bad["column"],
                &bad["label"]
            ),
            (&json!("error"), &json!(2), &json!(8), &Value::Null)
        );
        assert_eq!(
            (&found["errors"], &found["left_out"]),
            (&json!(1), &json!(0))
        );
    }
}
