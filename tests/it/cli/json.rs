//! The JSON against its own description, and the shapes that programs rely on most against structs of their own.
//! A field that is not described, or described and missing, or of another type, fails here.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{ANSWERS, Run, starter, tozero};

/// Shapes by name: each a list of fields and types.
type Shapes = BTreeMap<String, Vec<(String, String)>>;

/// Reads the description of the bundled pack.
fn shapes() -> Shapes {
    shapes_of("")
}

/// Reads the description that help prints, with flags: a heading, then a table of fields.
fn shapes_of(flags: &str) -> Shapes {
    let answer = tozero(&format!("{flags} help json --json")).answer();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let page = answer["text"].as_str().unwrap();
    let mut shapes = Shapes::new();
    let mut name = String::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("### ").or(line.strip_prefix("## ")) {
            heading.clone_into(&mut name);
        } else if let Some(row) = line.strip_prefix("| `") {
            let (field, rest) = row.split_once("` | ").unwrap();
            let (kind, _) = rest.split_once(" | ").unwrap();
            shapes
                .entry(name.clone())
                .or_default()
                .push((field.to_owned(), kind.to_owned()));
        }
    }
    shapes
}

#[track_caller]
fn conforms(shapes: &Shapes, value: &Value, kind: &str, at: &str) {
    if let Some(kind) = kind.strip_suffix(" or null") {
        if !value.is_null() {
            conforms(shapes, value, kind, at);
        }
        return;
    }
    if let Some(kind) = kind.strip_prefix("list of ") {
        let list = value
            .as_array()
            .unwrap_or_else(|| panic!("{at} is no list: {value}"));
        return list
            .iter()
            .enumerate()
            .for_each(|(i, v)| conforms(shapes, v, kind, &format!("{at}[{i}]")));
    }
    let holds = match kind {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "pair" => value
            .as_array()
            .is_some_and(|p| p.len() == 2 && p.iter().all(Value::is_string)),
        shape => return object(shapes, value, shape, at),
    };
    assert!(holds, "{at} is no {kind}: {value}");
}

fn object(shapes: &Shapes, value: &Value, shape: &str, at: &str) {
    let fields = shapes
        .get(shape)
        .unwrap_or_else(|| panic!("{at}: {shape} is not described"));
    let map = value
        .as_object()
        .unwrap_or_else(|| panic!("{at} is no {shape}: {value}"));
    let own = |name: &&String| !["tozero", "kind"].contains(&name.as_str());
    let told: Vec<&String> = fields.iter().map(|(f, _)| f).collect();
    let found: Vec<&String> = map.keys().filter(own).collect();
    let sorted = |mut names: Vec<&String>| {
        names.sort();
        names.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(sorted(found), sorted(told), "{at} as {shape}");
    for (field, kind) in fields {
        conforms(shapes, &map[field.as_str()], kind, &format!("{at}.{field}"));
    }
}

/// Whether a value is what a schema says, by the words of JSON Schema that ours uses.
fn valid(whole: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}: {schema} is not {value}"));
    for (word, says) in schema.as_object().unwrap() {
        let list = || says.as_array().unwrap().iter();
        let holds = match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let path = says.as_str().unwrap().strip_prefix('#').unwrap();
                valid(whole, whole.pointer(path).unwrap(), value)?;
                true
            }
            "anyOf" => list().any(|one| valid(whole, one, value).is_ok()),
            "const" => says == value,
            "type" => match says.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "number" => value.is_number(),
                "integer" => value.is_i64() || value.is_u64(),
                "null" => value.is_null(),
                other => panic!("no type is called {other}"),
            },
            "required" => list().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, inner) in says.as_object().unwrap() {
                    if let Some(found) = value.get(name) {
                        valid(whole, inner, found)?;
                    }
                }
                true
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    valid(whole, says, item)?;
                }
                true
            }
            "minimum" => value.as_f64() >= says.as_f64(),
            "minItems" => value.as_array().unwrap().len() as u64 >= says.as_u64().unwrap(),
            "maxItems" => value.as_array().unwrap().len() as u64 <= says.as_u64().unwrap(),
            other => panic!("the schema uses {other}"),
        };
        if !holds {
            return wrong(word);
        }
    }
    Ok(())
}

/// Whether every shape that a schema refers to is in it.
#[track_caller]
fn refers_to_what_it_has(schema: &Value) {
    let defined = schema["$defs"].as_object().unwrap();
    let text = schema.to_string();
    for name in text.split("#/$defs/").skip(1) {
        let name = name.split('"').next().unwrap();
        assert!(
            defined.contains_key(name),
            "{name} is referred to and not there"
        );
    }
}

/// The schema that lies in the tree.
fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/json.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_schema_in_the_tree_is_the_one_that_is_printed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/json.schema.json");
    let printed = tozero("help schema").answer();
    let update = std::env::var_os("UPDATE").is_some();
    if update {
        std::fs::write(path, &printed).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == printed, "UPDATE=1 cargo test json writes it anew");
}

#[test]
fn the_schema_refuses_what_is_no_answer() {
    let schema = schema();
    let due = json!({"tozero": 1, "kind": "due", "due": 3, "new": "may come"});
    assert_eq!(valid(&schema, &schema, &due), Ok(()));
    for (field, value) in [
        ("tozero", json!(2)),
        ("kind", json!("nobody")),
        ("due", json!("3")),
        ("due", json!(-1)),
        ("due", json!(null)),
    ] {
        let mut other = due.clone();
        other[field] = value;
        assert!(valid(&schema, &schema, &other).is_err(), "{other}");
    }
    let mut without = due;
    without.as_object_mut().unwrap().remove("due");
    assert!(valid(&schema, &schema, &without).is_err());
}

/// Checks every line of an answer, and gives the kinds it has.
#[track_caller]
fn described(shapes: &Shapes, text: &str, arguments: &str) -> Vec<String> {
    assert!(!text.is_empty() && text.ends_with('\n'), "{arguments}");
    let schema = schema();
    let line = |line: &str| {
        let value: Value =
            serde_json::from_str(line).unwrap_or_else(|e| panic!("{arguments}: {e}: {line}"));
        let kind = value["kind"].as_str().unwrap();
        let own = &schema["$defs"][kind];
        valid(&schema, own, &value).unwrap_or_else(|why| panic!("{arguments}: {why}"));
        assert_eq!(valid(&schema, &schema, &value), Ok(()), "{arguments}");
        assert_eq!(value["tozero"], 1, "{arguments}");
        let kind = value["kind"].as_str().unwrap().to_owned();
        assert!(
            line.starts_with(&format!("{{\"tozero\":1,\"kind\":\"{kind}\"")),
            "{arguments}: version and kind come first"
        );
        object(shapes, &value, &kind, arguments);
        kind
    };
    text.lines().map(line).collect()
}

#[test]
fn every_answer_is_as_described() {
    let shapes = shapes();
    let mut seen: Vec<String> = Vec::new();
    for arguments in ANSWERS {
        let said = tozero(arguments).arg("--json").say();
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{arguments}");
        seen.extend(described(&shapes, &said.stdout, arguments));
    }
    for (arguments, status) in [("cold-strat", 1), ("help", 0), ("help json", 0)] {
        let said = tozero(arguments).arg("--json").say();
        assert_eq!(said.status, status, "{arguments}");
        seen.extend(described(&shapes, &said.stdout, arguments));
    }
    let pack = starter();
    std::fs::write(pack.path().join("terms/bad.md"), "+++\nterm = 3\n+++\n").unwrap();
    let said = Run::new(["check", "--json"]).arg(pack.path()).say();
    assert_eq!((said.status, said.stderr.as_str()), (1, ""));
    seen.extend(described(&shapes, &said.stdout, "check"));
    let fresh = Run::new(["new", "--json", "pack"]);
    seen.extend(described(&shapes, &fresh.answer(), "new"));
    seen.extend(described(
        &shapes,
        &tozero("judge --blank --json").answer(),
        "judge --blank",
    ));
    for answers in ["1\n".repeat(13), "u\n2\n".repeat(6)] {
        let own = tozero("judge --json").input(&answers).say();
        assert_eq!(own.status, 0, "{}", own.stderr);
        seen.extend(described(&shapes, &own.stdout, "judge"));
    }
    let run = Run::new(["import", "--json", "progress.json"]);
    std::fs::write(
        run.home().join("progress.json"),
        super::progress::one_answer("t-cold-start"),
    )
    .unwrap();
    seen.extend(described(&shapes, &run.answer(), "import"));
    seen.extend(described(
        &shapes,
        &tozero("quiz --all --seed 7 --json").answer(),
        "quiz",
    ));
    seen.extend(described(
        &shapes,
        &run.again("stats --json").answer(),
        "stats",
    ));
    seen.extend(described(
        &shapes,
        &run.again("reset --all --yes --json").answer(),
        "reset",
    ));
    let kinds = "check checklist checks comparison cost dimension due help hits import judged judgment keys lens lenses-compared \
        lesson lessons list miss myth new paths perspective quality question quiz reference references reset service \
        services-compared stats term";
    seen.sort();
    seen.dedup();
    assert_eq!(seen.join(" "), kinds, "every kind is tried");
}

#[test]
fn every_entry_of_the_pack_is_as_described() {
    let shapes = shapes();
    for kind in [
        "terms",
        "lessons",
        "perspectives",
        "questions",
        "references",
        "services",
        "myths",
        "lenses",
    ] {
        let ids = tozero(&format!("list {kind}")).answer();
        let addresses: Vec<String> = ids.lines().map(|id| format!("{kind}/{id}")).collect();
        for some in addresses.chunks(60) {
            let answer = Run::new(["define", "--json"])
                .arg_each(&some.join(" "))
                .answer();
            assert_eq!(described(&shapes, &answer, kind).len(), some.len());
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are the test")]
struct Term {
    tozero: u32,
    kind: String,
    address: String,
    id: String,
    mentioned_in: Vec<String>,
    term: String,
    aliases: Vec<String>,
    found_by: Vec<String>,
    tags: Vec<String>,
    brief: String,
    definition: Text,
    provider_view: Option<Text>,
    scale_to_zero_view: Option<Text>,
    example: Option<Text>,
    sections: Vec<OwnSection>,
    see_also: Vec<String>,
    sources: Vec<Source>,
    as_of: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are the test")]
struct Text {
    text: String,
    links: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are the test")]
struct OwnSection {
    heading: String,
    text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are the test")]
struct Source {
    title: Option<String>,
    url: Option<String>,
    reference: Option<String>,
    opened: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are the test")]
struct Check {
    tozero: u32,
    kind: String,
    errors: usize,
    warnings: usize,
    left_out: usize,
    problems: Vec<Problem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the fields are the test")]
struct Problem {
    severity: String,
    code: String,
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    label: Option<String>,
    help: Option<String>,
}

#[test]
fn what_programs_rely_on_is_pinned() {
    let term: Term = serde_json::from_str(&tozero("acu --json").answer()).unwrap();
    assert_eq!(
        (term.id.as_str(), term.term.as_str()),
        ("acu", "Aurora capacity unit")
    );
    assert!(
        term.mentioned_in
            .contains(&"terms/serverless-database".to_owned())
    );
    let pack = starter();
    std::fs::write(pack.path().join("terms/bad.md"), "+++\nterm = 3\n+++\n").unwrap();
    let said = Run::new(["check", "--json"]).arg(pack.path()).say();
    let check: Check = serde_json::from_str(&said.stdout).unwrap();
    let at =
        |p: &&Problem| (p.path.as_str(), p.line, p.column) == ("terms/bad.md", Some(2), Some(8));
    assert!(check.problems.iter().any(|p| at(&p)), "{}", said.stdout);
    assert_eq!(check.errors + check.warnings, check.problems.len());
}

#[test]
fn the_answers_about_another_pack_are_as_its_help_describes() {
    let open_source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/open-source");
    let small = starter();
    for folder in [Path::new(open_source), small.path()] {
        let flags = format!("--content {}", folder.display());
        let shapes = shapes_of(&flags);
        let schema = tozero(&format!("{flags} help schema")).answer();
        let schema: Value = serde_json::from_str(&schema).unwrap();
        refers_to_what_it_has(&schema);
        for kind in ["terms", "perspectives", "questions", "services", "lenses"] {
            let ids = tozero(&format!("{flags} list {kind}")).answer();
            for id in ids.lines() {
                let answer = tozero(&format!("{flags} define {kind}/{id} --json")).answer();
                let value: Value = serde_json::from_str(&answer).unwrap();
                let name = value["kind"].as_str().unwrap();
                object(&shapes, &value, name, &format!("{kind}/{id}"));
                assert_eq!(valid(&schema, &schema, &value), Ok(()), "{kind}/{id}");
            }
        }
    }
    let pack = tempfile::tempdir().unwrap();
    std::fs::write(pack.path().join("pack.toml"), "format = 1\ntitle = \"T\"\n").unwrap();
    let flags = format!("--content {}", pack.path().display());
    let schema = tozero(&format!("{flags} help schema")).answer();
    refers_to_what_it_has(&serde_json::from_str(&schema).unwrap());
}

#[test]
fn nothing_is_left_out_when_it_is_absent() {
    let myth: Value = serde_json::from_str(&tozero("paths --json").answer()).unwrap();
    assert!(myth.as_object().unwrap().contains_key("content") && myth["content"].is_null());
}

/// What people type who do not know a name is searched, and is no name.
#[test]
fn words_by_which_an_entry_is_found_are_not_among_its_names() {
    let said = tozero("list terms --json").answer();
    let listed: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let entries = listed["entries"].as_array().expect("entries");
    let term = entries
        .iter()
        .find(|entry| entry["id"] == "function-timeout");
    let names = &term.expect("the term is listed")["aliases"];
    let expected = serde_json::json!(["maximum duration", "execution time limit"]);
    assert_eq!(*names, expected);
    let found = tozero("define max runtime").answer();
    assert!(found.starts_with("Function timeout"), "{found}");
}
