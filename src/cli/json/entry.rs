//! Entries as JSON. Every field of an entry's file is there, under the file's own name where it has one.

use serde_json::{Value, json};

use crate::cli::json::{merged, pairs, with_sources};
use crate::pack::{
    Address, AnswerKind, Criteria, CriterionId, Dimension, Doc, Kind, Lens, LensRule, Library,
    Perspective, PerspectiveCell, Question,
};

/// An entry of any kind; `None` when it cannot be read.
pub fn entry(library: &Library, address: &Address) -> Option<Value> {
    let id = address.id.as_ref();
    let own = match address.kind {
        Kind::Terms => json!(library.term(id)?),
        Kind::Lessons => json!(library.lesson(id)?),
        Kind::Perspectives => perspective(library, library.perspective(id)?),
        Kind::References => json!(library.reference(id)?),
        Kind::Services => {
            let currency = json!({"currency": library.pack().subject.cost.currency.code});
            merged(json!(library.service(id)?), currency)
        }
        Kind::Myths => json!(library.myth(id)?),
        Kind::Lenses => lens(library.lens(id)?),
        Kind::Questions => question(library.question(id)?),
    };
    let mentioned_in = library.mentions(address);
    let common = json!({"address": address, "id": id, "mentioned_in": mentioned_in});
    let common = match library.origin(address) {
        Some(pack) => merged(common, json!({"pack": pack.id})),
        None => common,
    };
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
    let criteria = &lens.subject.criteria;
    fn named<'a, T>(criteria: &'a Criteria, all: &'a [(CriterionId, T)]) -> Vec<(&'a str, &'a T)> {
        let one = |(fact, value): &'a (CriterionId, T)| (criteria.id(*fact), value);
        all.iter().map(one).collect()
    }
    let shape = json!({
        "name": lens.name,
        "question": lens.question,
        "follows": lens.follows,
        "source": (!lens.source.is_empty()).then_some(&lens.source),
        "also": lens.also,
        "fidelity": lens.fidelity,
        "not_asked": lens.not_asked,
        "minimum": null,
        "weights": null,
        "values": null,
        "why": pairs(["fact", "why"], &named(criteria, &lens.why)),
        "note": lens.note,
    });
    let rule = match &lens.rule {
        LensRule::Minimum(least) => {
            let least = least.iter().map(|(fact, answer)| {
                json!({"fact": criteria.id(*fact), "answer": criteria.word(*answer)})
            });
            json!({"minimum": least.collect::<Value>()})
        }
        LensRule::Score { weights, values } => {
            let values = values
                .iter()
                .map(|(level, value)| (criteria.word(*level), value));
            json!({
                "weights": pairs(["fact", "weight"], &named(criteria, weights)),
                "values": pairs(["answer", "value"], &Vec::from_iter(values)),
            })
        }
    };
    merged(shape, rule)
}

/// One shape for all kinds of answers; what a kind does not have is null.
fn question(question: &Question) -> Value {
    let shape = json!({
        "answered_by": question.answer.word(),
        "topic": question.topic,
        "difficulty": question.difficulty,
        "lens_dependent": question.lens.is_some(),
        "lens": question.lens,
        "prompt": question.prompt,
        "hint": question.hint,
        "choices": null,
        "buckets": null,
        "items": null,
        "order": null,
        "pairs": null,
        "number": null,
        "spellings": null,
        "explanation": question.explanation,
        "terms": question.terms,
        "sources": question.sources,
        "as_of": question.as_of,
    });
    let answer = match &question.answer {
        AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices) => json!({"choices": choices}),
        AnswerKind::Classify { buckets, items } => json!({"buckets": buckets, "items": items}),
        AnswerKind::Order(items) => json!({"order": items}),
        AnswerKind::Match(pairs) => json!({"pairs": pairs}),
        AnswerKind::Numeric {
            answer,
            tolerance,
            unit,
            working,
        } => json!({"number": {
            "answer": answer,
            "tolerance": tolerance,
            "unit": unit,
            "working": working,
        }}),
        AnswerKind::Typed { answers, near } => {
            json!({"spellings": {"accepted": answers, "near": near}})
        }
    };
    merged(shape, answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{check_json as check, library};

    /// An entry, without those that mention it.
    #[track_caller]
    fn own(address: &str) -> Value {
        let library = library();
        let mut found = entry(&library, &Address::parse(address).unwrap()).unwrap();
        let fields = found.as_object_mut().unwrap();
        assert!(fields.shift_remove("mentioned_in").unwrap().is_array());
        found
    }

    #[test]
    fn a_term() {
        check(
            own("terms/chime"),
            r#"{
                "address": "terms/chime",
                "id": "chime",
                "term": "Chime",
                "aliases": ["ding-dong"],
                "found_by": [],
                "tags": ["sound"],
                "brief": "The sound a doorbell makes when somebody presses its button.",
                "definition": {
                    "text": "Two tones, the higher one first. It costs nothing between guests, unlike a knocker.",
                    "links": ["terms/knocker"]
                },
                "provider_view": {"text": "Whatever the maker wires to the button.", "links": []},
                "scale_to_zero_view": {"text": "A sound that is gone when nobody calls.", "links": []},
                "example": {"text": "Ding, dong.", "links": []},
                "sections": [],
                "see_also": ["knocker"],
                "sources": [
                    {"title": "The Bell Handbook", "url": "https://example.org/handbook", "reference": "bell-handbook", "opened": true},
                    {"title": null, "url": "https://example.org/chime", "reference": null, "opened": true}
                ],
                "as_of": "2026-09"
            }"#,
        );
        let bare = own("terms/knocker");
        for absent in ["provider_view", "scale_to_zero_view", "example", "as_of"] {
            assert_eq!(bare.get(absent), Some(&Value::Null), "{absent}");
        }
    }

    #[test]
    fn a_lesson_a_reference_and_a_myth() {
        check(
            own("lessons/first-ring"),
            r#"{
                "address": "lessons/first-ring",
                "id": "first-ring",
                "title": "The first ring",
                "order": 1,
                "minutes": 2,
                "body": {
                    "text": "Press the button and wait for the chime.\nWaiting\nIt takes a while; see above.\nThe button\nIt is round.",
                    "links": ["terms/chime"]
                },
                "recall": ["press-once"],
                "sources": [
                    {"title": "The Bell Handbook", "url": "https://example.org/handbook", "reference": "bell-handbook", "opened": true}
                ],
                "as_of": null
            }"#,
        );
        check(
            own("references/knocker-letter"),
            r#"{
                "address": "references/knocker-letter",
                "id": "knocker-letter",
                "title": "A Letter on Knockers",
                "authors": ["A. Porter"],
                "publisher": "Door Press",
                "published": "2025-03",
                "url": "https://example.org/letter",
                "text_kind": "critique",
                "stance": "neutral",
                "verified": "excerpt",
                "checked": "2026-11-01",
                "terms": ["chime"],
                "summary": {"text": "It says what a door needs.", "links": []},
                "claims": ["A door needs a sound.", "The sound needs a guest."],
                "sections": []
            }"#,
        );
        let myth = Address::parse("myths/bells-are-free").unwrap();
        check(
            entry(&library(), &myth).unwrap(),
            r#"{
                "address": "myths/bells-are-free",
                "id": "bells-are-free",
                "mentioned_in": ["questions/press-once"],
                "claim": "A doorbell costs nothing.",
                "verdict": "depends",
                "truth": {"text": "Between guests it does; a battery is a battery.", "links": []},
                "terms": ["chime"],
                "sources": [
                    {"title": "The Bell Handbook", "url": "https://example.org/handbook", "reference": "bell-handbook", "opened": true}
                ]
            }"#,
        );
    }

    #[test]
    fn a_perspective_has_a_cell_per_dimension() {
        check(
            own("perspectives/knocker-view"),
            r#"{
                "address": "perspectives/knocker-view",
                "id": "knocker-view",
                "name": "The knocker view",
                "holder": "Smiths",
                "party": "community",
                "stance": "neutral",
                "published": "2025",
                "url": "https://example.org/knockers",
                "answer": null,
                "summary": {"text": "What smiths say about doors.", "links": []},
                "sections": [],
                "cells": [
                    {"dimension": "who-rings", "question": "Who rings?", "position": null, "says": null},
                    {
                        "dimension": "idle-cost",
                        "question": "What does idle cost?",
                        "position": "nothing",
                        "says": {"text": "Nothing at all.", "links": []}
                    }
                ]
            }"#,
        );
    }

    #[test]
    fn a_service() {
        check(
            own("services/bell-one"),
            r#"{
                "address": "services/bell-one",
                "id": "bell-one",
                "name": "Bell One",
                "aliases": [], "found_by": [], "provider": "Bell Makers",
                "category": "doors",
                "marketed_as_serverless": true,
                "claim": {"as_of": "2026-09", "sources": [
                    {"title": null, "url": "https://example.org/bells", "reference": null, "opened": true}
                ]},
                "available_from": "2019-04-01", "retired": null, "idle_usd_per_month": 0.0,
                "as_of": "2026-09", "confidence": "high",
                "facts": [
                    {"fact": "provider_managed", "answer": "yes", "why": "The handbook says so.", "as_of": null, "sources": []},
                    {"fact": "scales_automatically", "answer": "yes", "why": "The handbook says so.", "as_of": null, "sources": []},
                    {"fact": "scale_to_zero", "answer": "yes", "why": "The handbook says so.", "as_of": "2026-08", "sources": [
                        {"title": null, "url": "https://example.org/zero", "reference": null, "opened": false},
                        {"title": "The Bell Handbook", "url": "https://example.org/handbook", "reference": "bell-handbook", "opened": true}
                    ]},
                    {"fact": "pay_per_use", "answer": "yes", "why": "The handbook says so.", "as_of": null, "sources": []},
                    {"fact": "hides_infrastructure", "answer": "size", "why": "The handbook says so.", "as_of": null, "sources": []}
                ],
                "history": [{
                    "until": "2022-01-01",
                    "note": "It hummed all night before.",
                    "facts": [{"fact": "scale_to_zero", "answer": "no", "why": "It hummed.", "as_of": null, "sources": []}],
                    "idle_usd_per_month": null,
                    "idle_working": null, "idle_unknown": false, "marketed_as_serverless": null, "claim": {"as_of": null, "sources": []}, "prices": [],
                    "sources": [
                        {"title": "A Letter on Knockers", "url": "https://example.org/letter", "reference": "knocker-letter", "opened": true}
                    ]
                }],
                "pricing": {
                    "currency": "USD",
                    "region": "front-door",
                    "as_of": "2026-09", "since": null,
                    "assumptions": "One door.",
                    "capacity_unit": null,
                    "floor": null, "plan": null, "allowance": null,
                    "prices": [
                        {"price": "per_million_requests", "value": 0.2},
                        {"price": "billing_granularity_ms", "value": 1.0}
                    ], "steps": [], "sizes": [], "plans": [], "follows_load": false, "one_meter": false,
                    "sources": [{"title": null, "url": "https://example.org/prices", "reference": null, "opened": true}]
                },
                "what": {"text": "A bell that rings when pressed.", "links": []},
                "remark": {"text": "Its hum is gone.", "links": []},
                "idle_bill": {"text": "Nothing.", "links": []},
                "cold_start": {"text": "A tenth of a second.", "links": []},
                "free_tier": {"text": "A million rings.", "links": []},
                "sections": [], "terms": ["chime"],
                "sources": [
                    {"title": "The Bell Handbook", "url": "https://example.org/handbook", "reference": "bell-handbook", "opened": true}
                ], "currency": "USD"
            }"#,
        );
    }

    #[test]
    fn lenses_have_a_minimum_or_weights() {
        check(
            own("lenses/strict"),
            r#"{
                "address": "lenses/strict",
                "id": "strict",
                "name": "Nothing between guests",
                "question": "Does it cost nothing while nobody rings?",
                "follows": "bell-view",
                "source": "bell-handbook",
                "also": ["knocker-letter"],
                "fidelity": "stated",
                "not_asked": null,
                "minimum": [
                    {"fact": "scale_to_zero", "answer": "yes"},
                    {"fact": "pay_per_use", "answer": "yes"}
                ],
                "weights": null,
                "values": null,
                "why": [
                    {"fact": "scale_to_zero", "why": "The handbook demands silence."},
                    {"fact": "pay_per_use", "why": "The handbook bills by the ring."}
                ],
                "note": {
                    "text": "The strictest reading of the handbook.",
                    "links": ["references/bell-handbook"]
                }
            }"#,
        );
        let score = own("lenses/degrees");
        check(&score["minimum"], "null");
        check(
            &score["weights"][3],
            r#"{"fact": "pay_per_use", "weight": 2.0}"#,
        );
        check(
            &score["values"],
            r#"[{"answer": "no", "value": 0.0}, {"answer": "partial", "value": 0.5},
                {"answer": "size", "value": 0.75}, {"answer": "yes", "value": 1.0}]"#,
        );
    }

    #[test]
    fn questions_have_one_shape() {
        check(
            own("questions/idle-price"),
            r#"{
                "address": "questions/idle-price",
                "id": "idle-price",
                "answered_by": "numeric",
                "topic": "sound",
                "difficulty": 1,
                "lens_dependent": false,
                "lens": null,
                "prompt": {"text": "A battery costs 12 dollars and lasts a year. What does a month cost?", "links": []},
                "hint": {"text": "Divide.", "links": []},
                "choices": null,
                "buckets": null,
                "items": null,
                "order": null,
                "pairs": null,
                "number": {
                    "answer": 1.0,
                    "tolerance": 0.01,
                    "unit": "dollars",
                    "working": {"text": "12 / 12 = 1", "links": []}
                },
                "spellings": null,
                "explanation": {"text": "Because the handbook says so.", "links": ["references/bell-handbook"]},
                "terms": ["chime"],
                "sources": [
                    {"title": "The Bell Handbook", "url": "https://example.org/handbook", "reference": "bell-handbook", "opened": true}
                ],
                "as_of": null
            }"#,
        );
    }

    #[test]
    fn each_kind_of_question_has_its_answer() {
        #[track_caller]
        fn answer(id: &str, kind: &str, expected: &str) {
            let found = own(&format!("questions/{id}"));
            assert_eq!(found["answered_by"], kind);
            let shapes = [
                "choices",
                "buckets",
                "items",
                "order",
                "pairs",
                "number",
                "spellings",
            ];
            let given = shapes.iter().filter(|name| !found[**name].is_null());
            let given: serde_json::Map<String, Value> = given
                .map(|name| ((*name).to_owned(), found[*name].clone()))
                .collect();
            check(given, expected);
        }
        answer(
            "press-once",
            "single",
            r#"{"choices": [
                {"text": {"text": "Once", "links": []}, "right": true, "why": {"text": "Once is enough.", "links": []}, "myth": null},
                {"text": {"text": "Twice", "links": []}, "right": false, "why": {"text": "That is impatience.", "links": []}, "myth": "bells-are-free"},
                {"text": {"text": "Never", "links": []}, "right": false, "why": {"text": "Then nothing rings.", "links": []}, "myth": null}
            ]}"#,
        );
        answer(
            "sort-sounds",
            "classify",
            r#"{"buckets": ["Bell", "Knocker"], "items": [
                {"text": "Ding", "bucket": 0, "why": "The first tone."},
                {"text": "Dong", "bucket": 0, "why": "The second tone."},
                {"text": "Thud", "bucket": 1, "why": "A weight on wood."}
            ]}"#,
        );
        answer(
            "order-of-ringing",
            "order",
            r#"{"order": ["The guest arrives", "The guest presses", "The bell rings"]}"#,
        );
        answer(
            "match-sounds",
            "match",
            r#"{"pairs": [["Bell", "Ding"], ["Knocker", "Thud"], ["Doormat", "Nothing"]]}"#,
        );
        answer(
            "name-the-sound",
            "typed",
            r#"{"spellings": {"accepted": ["chime", "ding-dong"], "near": ["gong"]}}"#,
        );
        for (id, kind) in [("what-rings", "several"), ("bells-hum", "true-false")] {
            assert_eq!(own(&format!("questions/{id}"))["answered_by"], kind);
        }
    }
}
