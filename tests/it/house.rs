//! The rules of the house, as a test: who may import whom, how long a file may be, how it opens.
//! Promise: a broken rule is named together with the file and line that breaks it.

use std::fs;
use std::path::{Path, PathBuf};

/// Each floor with the floors it may import from. `crate::` paths of other floors are not allowed.
const FLOORS: [(&str, &[&str]); 8] = [
    ("base", &["base"]),
    ("content", &["base", "content"]),
    ("domain", &["base", "content", "domain"]),
    ("page", &["base", "content", "page"]),
    ("sheets", &["base", "content", "domain", "page", "sheets"]),
    ("ui", &["base", "content", "domain", "page", "sheets", "ui"]),
    ("shell", &["base", "content", "domain", "page", "sheets", "ui", "shell"]),
    ("cli", &["base", "content", "domain", "page", "sheets", "ui::keymap", "ui::key", "ui::act", "ui::route", "shell", "cli"]),
];

/// What may be named in which places only: a word, the path prefixes that may hold it, and why.
const CONFINED: [(&str, &[&str], &str); 13] = [
    ("pulldown_cmark", &["content/parse"], "markdown is read in one room"),
    ("include_dir", &["content/bundled.rs"], "the bundled pack has one door"),
    ("annotate_snippets", &["page/report.rs"], "its API changes often"),
    ("ratatui", &["ui", "shell"], "meaning comes before color"),
    ("crossterm", &["shell"], "the mind does not know the terminal"),
    ("std::fs", &["shell", "build.rs"], "the world is touched in the shell"),
    ("std::env", &["shell", "cli", "main.rs", "build.rs"], "the world is touched in the shell"),
    ("std::process", &["shell", "cli", "main.rs", "build.rs"], "the world is touched in the shell"),
    ("std::thread", &["shell"], "threads are the shell's"),
    ("std::time", &["shell"], "the clock is handed down as a value"),
    ("Serialize", &["cli/json", "shell/store"], "public shapes are their own structs"),
    ("println!", &["build.rs"], "printing goes through cli/out.rs, which knows about closed pipes"),
    ("unwrap()", &[], "say why it cannot fail, or handle it"),
];

/// Longest file in lines, tests included.
const MAX_LINES: usize = 600;
/// Longest function in lines.
const MAX_FUNCTION: usize = 60;

#[test]
fn imports_go_down_only() {
    let mut broken = Vec::new();
    for file in sources() {
        let Some((_, allowed)) = FLOORS.iter().find(|(floor, _)| file.room.starts_with(&format!("{floor}/"))) else { continue };
        for (number, line) in file.code() {
            for path in line.split("crate::").skip(1) {
                let down = allowed.iter().any(|a| path.starts_with(&format!("{a}::")) || path.starts_with(&format!("{a};")));
                let own = path.starts_with("safe!") || path.starts_with("safe;") || path.starts_with("{");
                if !down && !own {
                    broken.push(format!("{}:{number}: imports crate::{path}", file.room));
                }
            }
        }
    }
    report("imports go down only (see FLOORS in tests/it/house.rs)", broken);
}

#[test]
fn confined_things_stay_where_they_belong() {
    let mut broken = Vec::new();
    for file in sources() {
        for (number, line) in file.code() {
            for (word, rooms, why) in CONFINED {
                let inside = rooms.iter().any(|r| file.room.starts_with(r));
                if line.contains(word) && !inside && !(word == "println!" && line.contains("eprintln!")) {
                    broken.push(format!("{}:{number}: {word} ({why})", file.room));
                }
            }
        }
    }
    report("confined things stay where they belong (see CONFINED)", broken);
}

#[test]
fn files_open_with_their_purpose_and_keep_their_budget() {
    let mut broken = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if !file.text.starts_with("//! ") {
            broken.push(format!("{}: does not open with //!", file.room));
        }
        let tests = file.room.ends_with("tests.rs") || file.room.ends_with("lib.rs");
        if !tests && !file.text.lines().take_while(|l| l.starts_with("//!")).any(|l| l.contains("Promise")) {
            broken.push(format!("{}: its opening makes no promise", file.room));
        }
        if lines > MAX_LINES {
            broken.push(format!("{}: {lines} lines, at most {MAX_LINES}", file.room));
        }
    }
    report("every file says what it is for and stays small", broken);
}

#[test]
fn functions_are_short() {
    let mut broken = Vec::new();
    for file in sources() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let trimmed = line.trim_start();
            let begins = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn ", "pub const fn "];
            if !begins.iter().any(|b| trimmed.starts_with(b)) || line.ends_with(';') || line.ends_with('}') {
                continue;
            }
            let close = format!("{}}}", &line[..line.len() - trimmed.len()]);
            let length = lines[i..].iter().position(|l| *l == close).map_or(0, |n| n + 1);
            if length > MAX_FUNCTION {
                broken.push(format!("{}:{}: {length} lines, at most {MAX_FUNCTION}", file.room, i + 1));
            }
        }
    }
    report("functions are short", broken);
}

#[test]
fn no_unsafe_anywhere() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""), "Cargo.toml forbids unsafe code");
}

/// The project speaks of itself alone.
#[test]
fn no_machine_paths() {
    let mut broken = Vec::new();
    for file in sources() {
        for (number, line) in file.text.lines().enumerate() {
            if ["/work/", "/root/", "/tmp/bash"].iter().any(|p| line.contains(p)) {
                broken.push(format!("{}:{}: {line}", file.room, number + 1));
            }
        }
    }
    report("no path of a machine stands in the code", broken);
}

struct Source {
    /// Path below `src/`.
    room: String,
    text: String,
}

impl Source {
    /// Numbered lines before the tests, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.room.ends_with("tests.rs");
        let lines = self.text.lines().enumerate().take_while(move |(_, l)| !tests && !l.starts_with("#[cfg(test)]"));
        lines.map(|(i, l)| (i + 1, l.trim())).filter(|(_, l)| !l.starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join("src"), &mut found);
    assert!(found.len() > 20, "the walk finds the sources");
    found
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let room = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { room, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

#[track_caller]
fn report(rule: &str, broken: Vec<String>) {
    assert!(broken.is_empty(), "rule: {rule}\n  {}", broken.join("\n  "));
}
