//! Entries as JSON. Every field of an entry's file is there, under the file's own name where it has one.

use serde_json::{Value, json};

use crate::cli::json::{merged, pairs, with_sources};
use crate::pack::{
    Address, AnswerKind, Dimension, Doc, Kind, Lens, LensRule, Library, Perspective,
    PerspectiveCell, Question,
};

/// An entry of any kind; `None` when it cannot be read.
pub fn entry(library: &Library, address: &Address) -> Option<Value> {
    let id = address.id.as_ref();
    let own = match address.kind {
        Kind::Terms => json!(library.term(id)?),
        Kind::Lessons => json!(library.lesson(id)?),
        Kind::Perspectives => perspective(library, library.perspective(id)?),
        Kind::References => json!(library.reference(id)?),
        Kind::Services => json!(library.service(id)?),
        Kind::Myths => json!(library.myth(id)?),
        Kind::Lenses => lens(library.lens(id)?),
        Kind::Questions => question(library.question(id)?),
    };
    let mentioned_in = library.mentions(address);
    let common = json!({"address": address, "id": id, "mentioned_in": mentioned_in});
    Some(with_sources(library, merged(common, own)))
}

/// A perspective with its cells, each with the question it answers.
fn perspective(library: &Library, view: &Perspective) -> Value {
    let cells = library.pack().dimensions.iter().zip(&view.cells);
    let cell = |(dimension, cell): (&Dimension, &PerspectiveCell)| {
        json!({
            "dimension": dimension.id,
            "question": dimension.question,
            "position": cell.position,
            "says": says(cell),
        })
    };
    let cells = json!({"cells": cells.map(cell).collect::<Value>()});
    merged(json!(view), cells)
}

/// What a perspective says on a dimension; null where it is silent.
pub(super) fn says(cell: &PerspectiveCell) -> Option<&Doc> {
    cell.position.as_ref().map(|_| &cell.text)
}

fn lens(lens: &Lens) -> Value {
    let (mut minimum, mut weights, mut values) = (Value::Null, Value::Null, Value::Null);
    match &lens.rule {
        LensRule::Minimum(least) => minimum = pairs(["fact", "answer"], least),
        LensRule::Score {
            weights: by_fact,
            values: by_answer,
        } => {
            weights = pairs(["fact", "weight"], by_fact);
            values = pairs(["answer", "value"], by_answer);
        }
    }
    json!({
        "name": lens.name,
        "question": lens.question,
        "follows": lens.follows,
        "source": lens.source,
        "also": lens.also,
        "fidelity": lens.fidelity,
        "not_asked": lens.not_asked,
        "minimum": minimum,
        "weights": weights,
        "values": values,
        "why": pairs(["fact", "why"], &lens.why),
        "note": lens.note,
    })
}

fn question(question: &Question) -> Value {
    let head = json!({
        "answered_by": question.answer.word(),
        "topic": question.topic,
        "difficulty": question.difficulty,
        "lens_dependent": question.lens_dependent,
        "prompt": question.prompt,
        "hint": question.hint,
    });
    let tail = json!({
        "explanation": question.explanation,
        "terms": question.terms,
        "sources": question.sources,
    });
    merged(merged(head, answer(&question.answer)), tail)
}

/// One shape for all kinds of answers; what a kind does not have is null.
fn answer(answer: &AnswerKind) -> Value {
    let mut shape = json!({
        "choices": null,
        "buckets": null,
        "items": null,
        "order": null,
        "pairs": null,
        "number": null,
        "spellings": null,
    });
    match answer {
        AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices) => shape["choices"] = json!(choices),
        AnswerKind::Classify { buckets, items } => {
            shape["buckets"] = json!(buckets);
            shape["items"] = json!(items);
        }
        AnswerKind::Order(items) => shape["order"] = json!(items),
        AnswerKind::Match(pairs) => shape["pairs"] = json!(pairs),
        AnswerKind::Numeric {
            answer,
            tolerance,
            unit,
            working,
        } => {
            shape["number"] = json!({
                "answer": answer,
                "tolerance": tolerance,
                "unit": unit,
                "working": working,
            });
        }
        AnswerKind::Typed { answers, near } => {
            shape["spellings"] = json!({"accepted": answers, "near": near});
        }
    }
    shape
}
