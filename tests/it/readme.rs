//! What the papers list is what there is: commands, keys and source files; `UPDATE=1` writes it.

use std::fmt::Write;
use std::path::Path;

use std::sync::Arc;

use tozero::testing::{BINDINGS, Bundled, ExampleWords, Library, Scope, command};

use crate::house::sources;

#[test]
fn readme_names_every_command_and_key() {
    written("README.md", |readme| {
        put(&put(readme, "commands", &commands()), "keys", &keys())
    });
}

#[test]
fn the_map_names_every_file() {
    written("src/README.md", |readme| put(readme, "map", &map()));
}

/// Holds a paper to what `make` makes of it; `UPDATE=1` writes it.
#[track_caller]
fn written(path: &str, make: impl FnOnce(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let paper = std::fs::read_to_string(&path).unwrap();
    let wanted = make(&paper);
    let update = std::env::var_os("UPDATE").is_some();
    if update {
        std::fs::write(path, &wanted).unwrap();
    }
    assert!(
        paper == wanted || update,
        "UPDATE=1 cargo test readme writes it anew"
    );
}

/// The files of the program, a line each: its path and the first sentence it opens with.
fn map() -> String {
    let mut files = sources();
    files.retain(|source| !source.is_test());
    // A folder's own file comes before the files in it.
    files.sort_by_key(|source| source.path.replace("mod.rs", ""));
    let mut table = "\n| file | what it is for |\n| --- | --- |\n".to_owned();
    for source in files {
        let opening = source.text.lines().map_while(|l| l.strip_prefix("//!"));
        let opening = opening.map(str::trim).take_while(|l| !l.is_empty());
        let opening = opening.collect::<Vec<_>>().join(" ");
        let first = opening
            .split_once(". ")
            .map_or(opening.as_str(), |(first, _)| first);
        let first = first.trim_end_matches('.').replace('|', "\\|");
        writeln!(table, "| `{}` | {first} |", source.path).unwrap();
    }
    table + "\n"
}

/// Puts a table between its two marks.
fn put(readme: &str, name: &str, table: &str) -> String {
    let (before, rest) = readme
        .split_once(&format!("<!-- {name}: "))
        .expect("the README has the mark");
    let (mark, rest) = rest.split_once("-->\n").expect("the mark ends");
    let (_, after) = rest
        .split_once(&format!("<!-- /{name} -->"))
        .expect("the table ends");
    format!("{before}<!-- {name}: {mark}-->\n{table}<!-- /{name} -->{after}")
}

fn bundled() -> Library {
    Library::open(Arc::new(Bundled)).expect("the bundled pack is sound")
}

fn commands() -> String {
    let mut table =
        "\n| command | what it does |\n| --- | --- |\n| `tozero` | the app; off a terminal the short answer |\n".to_owned();
    table += "| `tozero WORDS…` | the same as `define` |\n";
    let parser = command(100, &ExampleWords::of(&bundled()));
    for command in parser.get_subcommands().filter(|c| !c.is_hide_set()) {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        writeln!(table, "| `tozero {}` | {about} |", command.get_name()).unwrap();
    }
    table + "\n"
}

fn keys() -> String {
    let pack = bundled();
    let things = &pack.pack().subject.things;
    let mut table =
        "\n| keys | what they do | name in the settings |\n| --- | --- | --- |\n".to_owned();
    for scope in Scope::ALL {
        writeln!(table, "| **{}** | | |", things.fill(scope.title())).unwrap();
        for row in BINDINGS.iter().filter(|b| b.scope == scope) {
            let keys: Vec<String> = row.keys.split(' ').map(|k| format!("`{k}`")).collect();
            writeln!(
                table,
                "| {} | {} | `{}` |",
                keys.join(" "),
                things.fill(row.help),
                row.name
            )
            .unwrap();
        }
    }
    table + "\n"
}
