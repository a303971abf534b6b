//! `check` against packs: a good one without a problem, and one fixture per code, to the letter.
//!
//! A fixture `tests/packs/bad/CODE.txt` lays files over the good pack. A line `== path` begins a file; `== path (gone)`
//! removes one, `== path (like other)` copies one with edits `old => new`, a line each, `\\n` for a new line; other words
//! in brackets make it unreadable, see [`state`]. `<U+001B>` stands for that character,
//! `{{9 × text}}` for nine of these texts. `== expect` begins the report; long quotes are cut in it, and of many problems
//! of one code in one file it shows the first [`FEW`]. `BLESS=1 cargo test --test it check` writes the reports anew: read them before you
//! commit them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tozero::testing::{
    CHECKS, CheckOptions, Checked, Day, Diagnostic, Files, MemoryFiles, ReadError, SafeText, check,
    line_column,
};

/// Problems of one code in one file that a report shows.
const FEW: usize = 6;

/// Files in memory, some of which cannot be read.
#[derive(Default)]
struct Odd {
    texts: MemoryFiles,
    broken: BTreeMap<String, ReadError>,
    left_out: Vec<(String, ReadError)>,
}

impl Files for Odd {
    fn list(&self, folder: &str) -> Vec<String> {
        let direct = |p: &&String| p.rsplit_once('/').map_or("", |(f, _)| f) == folder;
        self.texts
            .list(folder)
            .into_iter()
            .chain(self.broken.keys().filter(direct).cloned())
            .collect()
    }
    fn folders(&self, folder: &str) -> Vec<String> {
        self.texts.folders(folder)
    }
    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        self.broken
            .get(path)
            .map_or_else(|| self.texts.read(path), |why| Err(why.clone()))
    }
    fn left_out(&self) -> Vec<(String, ReadError)> {
        self.left_out.clone()
    }
}

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs")
}

/// Every file below a folder, by its path from there.
fn folder(root: &Path) -> MemoryFiles {
    let mut files = MemoryFiles::default();
    let mut todo = vec![root.to_owned()];
    while let Some(here) = todo.pop() {
        for entry in std::fs::read_dir(&here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
                continue;
            }
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            files
                .0
                .insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    files
}

/// A fixture as files laid over the good pack, and the report it expects.
fn fixture(text: &str) -> (Odd, String) {
    let mut files = Odd {
        texts: folder(&packs().join("good")),
        ..Odd::default()
    };
    let mut expected = String::new();
    for part in text.split("\n== ").skip(1) {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let body = if body.is_empty() {
            String::new()
        } else {
            format!("{}\n", body.trim_end_matches('\n'))
        };
        match head.split_once(" (") {
            None if head == "expect" => expected = body,
            None => drop(files.texts.0.insert(characters(head), characters(&body))),
            Some((path, word)) => match word.trim_end_matches(')').split_once("like ") {
                Some((_, other)) => drop(
                    files
                        .texts
                        .0
                        .insert(path.to_owned(), edited(&files.texts.0[other], &body)),
                ),
                None => state(&mut files, &characters(path), word.trim_end_matches(')')),
            },
        }
    }
    (files, expected)
}

fn edited(text: &str, edits: &str) -> String {
    edits.lines().fold(text.to_owned(), |text, line| {
        let (old, new) = line
            .split_once(" =>")
            .unwrap_or_else(|| panic!("not an edit: {line}"));
        let (old, new) = (
            old.replace("\\n", "\n"),
            characters(&new.strip_prefix(' ').unwrap_or(new).replace("\\n", "\n")),
        );
        assert!(text.contains(&old), "nothing to edit: {old}");
        text.replacen(&old, &new, 1)
    })
}

fn state(files: &mut Odd, path: &str, word: &str) {
    files.texts.0.remove(path);
    let (left_out, word) = word
        .strip_prefix("left out: ")
        .map_or((false, word), |word| (true, word));
    let why = match word {
        "gone" => return,
        "too large" => ReadError::TooLarge,
        "not UTF-8" => ReadError::NotUtf8(7),
        "outside" => ReadError::Escapes,
        "not a file" => ReadError::NotAFile,
        "bad name" => ReadError::Name,
        "too many" => ReadError::TooMany,
        "vanished" => ReadError::Missing,
        "denied" => ReadError::System(SafeText::ours("permission denied")),
        _ => panic!("no such state: {word}"),
    };
    if left_out {
        files.left_out.push((path.to_owned(), why))
    } else {
        drop(files.broken.insert(path.to_owned(), why))
    }
}

/// Writes out `{{9 × text}}`.
fn repeated(text: &str) -> String {
    let mut parts = text.split("{{");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (repeat, rest) = part.split_once("}}").unwrap();
        let (times, piece) = repeat.split_once(" × ").unwrap();
        out.push_str(&piece.replace("\\n", "\n").repeat(times.parse().unwrap()));
        out.push_str(rest);
    }
    out
}

/// Puts the characters in place of their `<U+001B>`.
fn characters(text: &str) -> String {
    let text = repeated(text);
    let mut parts = text.split("<U+");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (code, rest) = part.split_once('>').unwrap();
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        out.push_str(rest);
    }
    out
}

/// A report as the fixtures have it: severity, code, place, message; the text complained about; label; help.
fn report(checked: &Checked) -> String {
    let mut out = String::new();
    let mut groups: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for d in &checked.diagnostics {
        let n = groups.entry((&d.path, d.code)).or_default();
        *n += 1;
        if *n <= FEW {
            out += &one(d, checked);
        }
    }
    for ((path, code), n) in groups.into_iter().filter(|(_, n)| *n > FEW) {
        out += &format!("and {} more of {code} in {path}\n", n - FEW);
    }
    out
}

fn one(d: &Diagnostic, checked: &Checked) -> String {
    let mut out = format!("{} {} {}", d.severity.word(), d.code, d.path.escape_debug());
    let mut quote = String::new();
    if let Some(span) = &d.span {
        let source = &checked.sources[&d.path];
        let (line, column) = line_column(source, span.start);
        out += &format!(":{line}:{column}");
        quote = format!("  > {}\n", quoted(&source[span.clone()]));
    }
    out += &format!(" {}\n{quote}", d.message.as_str());
    for (word, text) in [("  label: ", &d.label), ("  help: ", &d.help)] {
        out += &text
            .as_ref()
            .map(|t| format!("{word}{}\n", t.as_str()))
            .unwrap_or_default();
    }
    out
}

fn quoted(text: &str) -> String {
    let text = text
        .escape_debug()
        .to_string()
        .replace("\\\"", "\"")
        .replace("\\'", "'");
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn november() -> CheckOptions {
    CheckOptions {
        stale: Some((18, Day::new(2026, 11, 24))),
        primary: true,
    }
}

#[test]
fn the_good_pack_has_no_problem() {
    let checked = check(&folder(&packs().join("good")), &november());
    assert_eq!(report(&checked), "");
    let counts: Vec<usize> = checked.entries.iter().map(|(_, n)| *n).collect();
    assert_eq!(
        (counts, checked.errors, checked.warnings, checked.left_out),
        (vec![2, 2, 2, 8, 2, 1, 1, 2], 0, 0, 0)
    );
}

#[test]
fn the_bundled_pack_has_no_problem() {
    let checked = check(
        &folder(&packs().join("../../content")),
        &CheckOptions::default(),
    );
    assert_eq!(report(&checked), "");
}

#[test]
fn every_fixture_reports_what_it_expects() {
    let mut wrong = String::new();
    for (name, text) in &folder(&packs().join("bad")).0 {
        let code = name.strip_suffix(".txt").unwrap();
        let (files, expected) = fixture(text);
        let checked = check(&files, &november());
        let got = report(&checked);
        if std::env::var_os("BLESS").is_some() {
            let head = text.split("\n== expect").next().unwrap();
            std::fs::write(
                packs().join("bad").join(name),
                format!("{head}\n== expect\n{got}"),
            )
            .unwrap();
        } else if got != expected {
            wrong += &format!("{name}\n--- expected\n{expected}--- got\n{got}\n");
        }
        for d in &checked.diagnostics {
            let listed = CHECKS
                .iter()
                .find(|c| c.code == d.code)
                .unwrap_or_else(|| panic!("{} is not listed", d.code));
            assert_eq!(listed.severity, d.severity, "{code}");
        }
        if !got.contains(&format!(" {code} ")) {
            wrong += &format!("{name} does not report its code\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_check_has_a_fixture_and_every_code_is_in_the_table() {
    let listed: BTreeSet<String> = CHECKS.iter().map(|c| c.code.to_owned()).collect();
    assert_eq!(listed.len(), CHECKS.len(), "a code is listed twice");
    let fixtures: BTreeSet<String> = folder(&packs().join("bad"))
        .0
        .into_keys()
        .map(|name| name.trim_end_matches(".txt").to_owned())
        .collect();
    assert_eq!(listed, fixtures, "left: the table; right: the fixtures");
    assert_eq!(
        listed,
        given(),
        "left: the table; right: the codes that the source gives"
    );
}

/// The codes that the pack layer gives its diagnostics: kebab-case words where a code stands.
fn given() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (path, text) in &folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pack")).0 {
        let code = if path == "check/codes.rs" || path.ends_with("tests.rs") {
            ""
        } else {
            text.as_str()
        };
        let mut pieces = code
            .split("#[cfg(test)]")
            .next()
            .unwrap()
            .split('"')
            .peekable();
        while let (Some(before), Some(word)) = (pieces.next(), pieces.next()) {
            let before = before.trim_end();
            let stands = [
                "refuse(",
                "refuse_value(",
                "error(",
                "warn(",
                "warning(",
                "LinkFault::new(",
                "if mention.is_key {",
                "} else {",
                "=> (",
                "Error,",
                "Warning,",
                "[",
            ];
            let given = stands.iter().any(|s| before.ends_with(s));
            let kebab = word.contains('-')
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            codes.extend((given && kebab).then(|| word.to_owned()));
        }
    }
    codes
}
