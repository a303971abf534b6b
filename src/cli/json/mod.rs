//! The public JSON: versioned, and described by `tozero help json`.
//!
//! One object a line, which begins with `tozero` (the version of the shapes) and `kind`. A field never goes away within a
//! version, and what is absent is null. Entries and values know their own JSON; what is put together here is an answer
//! whose shape is no type's.

pub mod answers;
pub mod cost;
pub mod entry;
pub mod judging;
pub mod progress;
pub mod schema;

use std::io;

use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::output::Output;
use crate::pack::Library;
use crate::store::export::ascii;
use crate::text::SafeText;

/// The version of the shapes. It rises when a field changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// The page that describes the shapes.
pub const PAGE: &str = include_str!("../../../assets/json.md");

/// Prints one object on one line.
pub fn print(out: &mut Output, kind: &str, body: Value) -> io::Result<()> {
    let text = merged(json!({"tozero": VERSION, "kind": kind}), body).to_string();
    let text = if out.style.ascii { ascii(&text) } else { text };
    out.line(&SafeText::from(text))
}

/// An object with the fields of another after its own.
fn merged(mut object: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut object, more) {
        fields.extend(more);
    }
    object
}

/// An object in which one field, itself an object, is replaced by the fields it holds.
fn flat(object: Value, field: &str) -> Value {
    let Value::Object(fields) = object else {
        return object;
    };
    let mut all = serde_json::Map::new();
    for (name, value) in fields {
        match value {
            Value::Object(inner) if name == field => all.extend(inner),
            value => drop(all.insert(name, value)),
        }
    }
    Value::Object(all)
}

/// Pairs as a list of objects with two fields each.
fn pairs<A: Serialize, B: Serialize>([first, second]: [&str; 2], pairs: &[(A, B)]) -> Value {
    let object = |(a, b): &(A, B)| json!({first: a, second: b});
    pairs.iter().map(object).collect()
}

/// A body with its sources looked up: wherever it has a field `sources`, at any depth.
fn with_sources(library: &Library, body: Value) -> Value {
    let field = |(name, value): (String, Value)| match value {
        Value::Array(all) if name == "sources" => {
            (name, all.iter().map(|s| source(library, s)).collect())
        }
        value => (name, with_sources(library, value)),
    };
    match body {
        Value::Object(fields) => fields.into_iter().map(field).collect(),
        Value::Array(all) => all.into_iter().map(|v| with_sources(library, v)).collect(),
        plain => plain,
    }
}

/// A source with its title and address, which an entry leaves to the reference it names.
fn source(library: &Library, source: &Value) -> Value {
    let id = source["reference"].as_str();
    let reference = id.and_then(|id| library.reference(id));
    let unopened = &source["unopened"];
    let web = || match unopened {
        Value::Null => source["web"].clone(),
        url => url.clone(),
    };
    let url = reference.map_or_else(web, |r| json!(r.url));
    let title = reference.map(|r| &r.title);
    json!({"title": title, "url": url, "reference": id, "opened": unopened.is_null()})
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::cli::samples::check_json as check;
    use crate::core::cost::{Money, Workload};
    use crate::core::progress::Ratio;
    use crate::pack::entries::myth::MythVerdict;
    use crate::pack::entries::reference::TextKind;
    use crate::pack::entries::service::Confidence;
    use crate::pack::{Address, Fidelity, Price, Verified};
    use crate::text::{Day, Url, Words};

    #[test]
    fn ascii_json_means_the_same() {
        let json = serde_json::to_string("naïve 日本 \u{1f600} \"q\"").unwrap();
        let plain = ascii(&json);
        assert!(plain.is_ascii());
        assert_eq!(
            serde_json::from_str::<String>(&plain).unwrap(),
            serde_json::from_str::<String>(&json).unwrap()
        );
    }

    #[test]
    fn objects_and_pairs() {
        check(
            merged(json!({"b": 1, "a": 2}), json!({"c": 3, "b": 4})),
            r#"{"b":4,"a":2,"c":3}"#,
        );
        check(
            pairs(["fact", "weight"], &[("x", 1.5), ("y", 2.0)]),
            r#"[{"fact":"x","weight":1.5},{"fact":"y","weight":2.0}]"#,
        );
        check(pairs::<u8, u8>(["a", "b"], &[]), "[]");
    }

    #[test]
    fn values_are_strings_or_numbers() {
        check(SafeText::clean("a\u{7}\"b"), r#""a␇\"b""#);
        check(Day::parse("2026").unwrap(), r#""2026""#);
        check(Day::parse("2026-09-30").unwrap(), r#""2026-09-30""#);
        check(
            Url::parse("https://a.org/x").unwrap(),
            r#""https://a.org/x""#,
        );
        check(Address::parse("terms/faas").unwrap(), r#""terms/faas""#);
        check(Money::price(1.5), "1.5");
        check(Ratio { hits: 3, of: 4 }, r#"{"right": 3, "of": 4}"#);
        check(
            Workload::default(),
            r#"{"requests": 1000000, "duration_ms": 100, "memory_mb": 512, "peak": 1.0, "vcpu": 0.289429,
                "at_once": 1, "stored_gb": 0, "bursts": null}"#,
        );
    }

    #[test]
    fn choices_are_the_words_of_the_files() {
        #[track_caller]
        fn words<T: Words + Serialize + Debug>() {
            for (word, value) in T::WORDS {
                assert_eq!(json!(value), json!(word), "{value:?}");
            }
        }
        words::<Price>();
        words::<Confidence>();
        words::<TextKind>();
        words::<Verified>();
        words::<MythVerdict>();
        words::<Fidelity>();
    }
}
