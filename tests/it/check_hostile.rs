//! `check` against packs that mean harm: floods, loops, odd names and bytes. It ends, it is bounded, and it says so.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tozero::testing::{
    CheckOptions, Checked, Files, Kind, MOST, MemoryFiles, ReadError, Severity, check,
};

const PACK: &str = include_str!("../packs/good/pack.toml");

/// Terms that are written when they are read, and how often each was.
struct Made {
    terms: usize,
    text: fn(usize) -> String,
    reads: Mutex<BTreeMap<String, usize>>,
}

impl Made {
    fn new(terms: usize, text: fn(usize) -> String) -> Self {
        Self {
            terms,
            text,
            reads: Mutex::default(),
        }
    }
}

impl Files for Made {
    fn list(&self, folder: &str) -> Vec<String> {
        if folder == "terms" {
            (0..self.terms).map(|n| format!("terms/t{n}.md")).collect()
        } else {
            Vec::new()
        }
    }
    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        *self
            .reads
            .lock()
            .unwrap()
            .entry(path.to_owned())
            .or_default() += 1;
        match path {
            "pack.toml" => Ok(Cow::Borrowed(PACK)),
            _ => {
                let n = path
                    .strip_prefix("terms/t")
                    .and_then(|p| p.strip_suffix(".md")?.parse().ok());
                n.map(|n| Cow::Owned((self.text)(n)))
                    .ok_or(ReadError::Missing)
            }
        }
    }
}

fn term(n: usize, body: &str) -> String {
    format!(
        "+++\nterm = \"Term {n}\"\ntags = [\"sound\"]\nbrief = \"A sound of the house.\"\n+++\n\n{body}\n"
    )
}

fn run(files: &dyn Files) -> Checked {
    let start = Instant::now();
    let checked = check(files, &CheckOptions::default());
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "took {:?}",
        start.elapsed()
    );
    sound(&checked);
    checked
}

/// What holds of every report: sorted, counted, and every span quotes its text.
fn sound(checked: &Checked) {
    assert!(checked.diagnostics.is_sorted_by(|a, b| a.order(b).is_le()));
    assert_eq!(
        checked.diagnostics.len() + checked.left_out,
        checked.errors + checked.warnings
    );
    assert!(checked.diagnostics.len() <= MOST);
    for d in &checked.diagnostics {
        if let Some(span) = &d.span {
            assert!(
                checked.sources[&d.path].get(span.clone()).is_some(),
                "{d:?}"
            );
        }
    }
    assert!(
        checked
            .sources
            .keys()
            .all(|path| checked.diagnostics.iter().any(|d| d.path == *path))
    );
}

#[test]
fn a_large_pack_is_read_once() {
    let files = Made::new(5_000, |n| {
        term(n, &format!("See [next](../terms/t{}.md).", (n + 1) % 5_000))
    });
    let checked = run(&files);
    assert_eq!(checked.entries.map(|(_, n)| n).iter().sum::<usize>(), 5_000);
    assert!(
        checked.diagnostics.iter().all(|d| d.path == "pack.toml"),
        "{:?}",
        checked.diagnostics
    );
    assert!(
        files
            .reads
            .lock()
            .unwrap()
            .iter()
            .all(|(path, reads)| *reads == 1 || path == "pack.toml")
    );
}

#[test]
fn a_flood_of_problems_is_counted_and_errors_come_first() {
    let files = Made::new(600, |n| {
        let times = if n < 100 { 1 } else { 100 };
        term(
            n,
            &"A \u{200b}b [x](../terms/nowhere-at-all.md). ".repeat(times),
        )
    });
    let checked = run(&files);
    assert_eq!(checked.diagnostics.len(), MOST);
    assert!(
        checked.errors >= 50_100 && checked.warnings >= 2_600,
        "{} {}",
        checked.errors,
        checked.warnings
    );
    assert!(
        checked
            .diagnostics
            .iter()
            .all(|d| d.severity == Severity::Error)
    );
    assert_eq!(
        checked.diagnostics,
        run(&files).diagnostics,
        "the same pack, the same report"
    );
}

#[test]
fn one_line_of_a_mebibyte_ends_soon() {
    let long = |piece: &str| piece.repeat((1 << 20) / piece.len() - 200);
    let mut files = MemoryFiles::of([("pack.toml", PACK)]);
    for (n, piece) in [
        "[x](../terms/gone.md) ",
        "\u{1b}",
        "> ",
        "[",
        "|",
        "é",
        "&#27;",
    ]
    .iter()
    .enumerate()
    {
        files
            .0
            .insert(format!("terms/t{n}.md"), term(n, &long(piece)));
        files.0.insert(
            format!("terms/k{n}.md"),
            format!("+++\n{}\n+++\n", long(piece)),
        );
    }
    let checked = run(&files);
    let files: BTreeSet<&str> = checked
        .diagnostics
        .iter()
        .map(|d| d.path.as_str())
        .collect();
    assert!(
        files.contains("terms/t1.md"),
        "no file crowds out the others: {files:?}"
    );
}

#[test]
fn cycles_of_links_and_headings_end() {
    let cycle = |n, to: &str| {
        term(
            n,
            &format!("# One\n\n[x](../terms/{to}.md#one) [y](../terms/{to}.md)"),
        )
    };
    let (a, b, c) = (cycle(1, "b"), cycle(2, "c"), cycle(3, "a"));
    let files = MemoryFiles::of([
        ("pack.toml", PACK),
        ("terms/a.md", &a),
        ("terms/b.md", &b),
        ("terms/c.md", &c),
    ]);
    let checked = run(&files);
    assert!(
        checked.diagnostics.iter().all(|d| d.path == "pack.toml"),
        "{:?}",
        checked.diagnostics
    );
}

/// Folders that contain themselves, lists that repeat and do not sort.
struct Loop;

impl Files for Loop {
    fn list(&self, folder: &str) -> Vec<String> {
        ["b.md", "a.md", "b.md", "../x.md", "\u{1b}[2J.md", ""]
            .iter()
            .map(|name| format!("{folder}/{name}"))
            .collect()
    }
    fn folders(&self, folder: &str) -> Vec<String> {
        vec![
            format!("{folder}/again"),
            folder.to_owned(),
            "..".to_owned(),
            "terms".to_owned(),
        ]
    }
    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        if path == "pack.toml" {
            Ok(Cow::Borrowed(PACK))
        } else {
            Err(ReadError::Escapes)
        }
    }
    fn left_out(&self) -> Vec<(String, ReadError)> {
        vec![
            ("terms/\u{202e}dm.x".to_owned(), ReadError::Name),
            ("/".to_owned(), ReadError::TooMany),
        ]
    }
}

#[test]
fn folders_that_contain_themselves_end() {
    let checked = run(&Loop);
    assert_eq!(checked.entries[2], (Kind::Terms, 2), "repeats count once");
    assert!(checked.errors > 0);
}

#[test]
fn an_empty_source_of_files_lacks_a_pack() {
    let checked = run(&MemoryFiles::default());
    assert_eq!(checked.errors, 1);
    assert_eq!(checked.diagnostics[0].path, "pack.toml");
}

fn path() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("terms".to_owned()),
        Just("questions".to_owned()),
        Just("..".to_owned()),
        "[a-zA-Z.\u{1b}é -]{0,6}"
    ];
    (part, prop_oneof!["[a-c]{1,2}\\.md", any::<String>()])
        .prop_map(|(folder, name)| format!("{folder}/{name}"))
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("+++\n".to_owned()),
        Just("[x](../terms/a.md#b) ".to_owned()),
        Just("[x](#\u{202e}) ".to_owned()),
        Just("term = \"\\u001b\"\n".to_owned()),
        Just("tags = [\"sound\"]\n".to_owned()),
        Just("brief = \"é\"\n".to_owned()),
        Just("kind = \"order\"\n".to_owned()),
        Just("- [x] a\n  > b\n".to_owned()),
        Just("\n---\n".to_owned()),
        Just("| a | b |\n| --- | --- |\n| c |\n".to_owned()),
        Just("\u{feff}\r\n\u{0}".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_files_are_reported_soundly(files in prop::collection::btree_map(path(), text(), 0..6), pack in prop_oneof![Just(PACK.to_owned()), text()]) {
        let mut memory = MemoryFiles(files);
        memory.0.insert("pack.toml".to_owned(), pack);
        sound(&check(&memory, &CheckOptions::default()));
    }
}
