//! The shapes of the JSON as a JSON Schema, made from the page that describes them: one description in two forms.
//!
//! It asks for every field of today and lets others be, since new ones may come within a version.

use serde_json::{Map, Value, json};

use crate::cli::json::VERSION;

/// A shape of the page: a kind of answer, or what stands inside one.
struct Shape<'a> {
    name: &'a str,
    is_answer: bool,
    /// The first line under its heading.
    about: &'a str,
    fields: Vec<[&'a str; 3]>,
}

/// The schema of any line that a command prints with `--json`, as a page describes them.
pub fn schema(page: &str) -> Value {
    let shapes = shapes(page);
    let answers = shapes.iter().filter(|shape| shape.is_answer);
    let answer = |shape: &Shape<'_>| {
        json!({
            "$ref": format!("#/$defs/{}", shape.name),
            "properties": {"tozero": {"const": VERSION}, "kind": {"const": shape.name}},
            "required": ["tozero", "kind"],
        })
    };
    let any: Vec<Value> = answers.map(answer).collect();
    let defined = shapes.iter().map(|s| (s.name.to_owned(), object(s)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line that tozero prints with --json",
        "anyOf": any,
        "$defs": defined.collect::<Map<_, _>>(),
    })
}

/// Reads the page: a heading, a line about it, a table of fields.
fn shapes(page: &str) -> Vec<Shape<'_>> {
    let mut shapes: Vec<Shape<'_>> = Vec::new();
    for line in page.lines() {
        let answer = line.strip_prefix("## ");
        if let Some(name) = answer.or_else(|| line.strip_prefix("### ")) {
            shapes.push(Shape {
                name,
                is_answer: answer.is_some(),
                about: "",
                fields: Vec::new(),
            });
        } else if let Some(shape) = shapes.last_mut() {
            match field(line) {
                Some(field) => shape.fields.push(field),
                None if shape.about.is_empty() && !line.starts_with('|') => shape.about = line,
                None => {}
            }
        }
    }
    shapes.retain(|shape| !shape.fields.is_empty());
    shapes
}

/// Name, type and meaning of a row of a table.
fn field(row: &str) -> Option<[&str; 3]> {
    let (name, rest) = row.strip_prefix("| `")?.split_once("` | ")?;
    let (kind, meaning) = rest.strip_suffix(" |")?.split_once(" | ")?;
    Some([name, kind, meaning])
}

fn object(shape: &Shape<'_>) -> Value {
    let property = |[name, kind, meaning]: &[&str; 3]| {
        let mut value = of_type(kind);
        if let Value::Object(keys) = &mut value {
            keys.insert("description".to_owned(), (*meaning).into());
        }
        ((*name).to_owned(), value)
    };
    let properties: Map<String, Value> = shape.fields.iter().map(property).collect();
    let required: Vec<&str> = shape.fields.iter().map(|[name, ..]| *name).collect();
    let mut object = Map::new();
    if !shape.about.is_empty() {
        object.insert("description".to_owned(), shape.about.into());
    }
    object.insert("type".to_owned(), "object".into());
    object.insert("properties".to_owned(), properties.into());
    object.insert("required".to_owned(), required.into());
    object.into()
}

/// A type as the page words it: `string`, `list of source`, `text or null`.
fn of_type(words: &str) -> Value {
    if let Some(words) = words.strip_suffix(" or null") {
        return json!({"anyOf": [of_type(words), {"type": "null"}]});
    }
    if let Some(words) = words.strip_prefix("list of ") {
        return json!({"type": "array", "items": of_type(words)});
    }
    match words {
        "string" | "boolean" | "number" => json!({"type": words}),
        "integer" => json!({"type": words, "minimum": 0}),
        "pair" => {
            json!({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2})
        }
        shape => json!({"$ref": format!("#/$defs/{shape}")}),
    }
}
