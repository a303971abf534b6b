//! A pack whose prices are in euros: wherever money shows, it is in euros, and dollars are nowhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tozero::testing::MemoryFiles;

use crate::cli::tozero;
use crate::open_source::texts;
use crate::support::app::{App, compare};
use crate::transcripts::{self, Homes};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Scenes: a name, and the keys that lead there from the start.
const SCENES: &[(&str, &str)] = &[
    ("compare-dial", "j"),
    ("mailers", "4"),
    ("mailer", "4<Enter>"),
    ("cost", "5"),
    ("guess", "I"),
    ("guessed", "I2"),
];

#[test]
fn its_screens_are_in_euros() {
    for (name, keys) in SCENES {
        let mut files = MemoryFiles::of([]);
        files.0.extend(texts(&root("tests/packs/free-mail")));
        let app = App::on(Arc::new(files), 120, 36);
        compare(&format!("free-mail/{name}"), &app.keys(keys).picture());
    }
}

/// Lines by the file they are kept in, without `--content ../free-mail` behind the program's name.
const LINES: &[(&str, &[&str])] = &[
    (
        "cost",
        &[
            "cost",
            "cost --requests 10M --sweep",
            "cost post-plan own-machine --as-of 2024 --plain",
            "cost --preset club --format md",
        ],
    ),
    (
        "define",
        &["define post-plan", "define post-counted --json"],
    ),
    ("compare", &["compare post-plan post-counted"]),
    ("judge", &["judge post-plan"]),
    ("quiz", &["quiz --plain --seed 7 --only a-year < /dev/null"]),
    ("check", &["check ../free-mail"]),
];

#[test]
fn its_commands_are_in_euros() {
    let play = |clock| {
        let homes = Homes::make(clock);
        let file = |(name, lines): &(&str, &[&str])| {
            let line = |line: &&str| format!("tozero --content ../free-mail {line}");
            let said = lines.iter().map(line);
            let said = said.map(|line| homes.play(&homes.home(), &line));
            ((*name).to_owned(), said.collect::<String>())
        };
        LINES.iter().map(file).collect()
    };
    transcripts::compare("tests/transcripts/free-mail", transcripts::texts(play));
}

/// Whether a line speaks of dollars. Keys of JSON keep their names in any currency, which is named beside them; a `$` before
/// a command is a shell's.
fn is_in_dollars(line: &str) -> bool {
    let plain = line.replace("$ tozero", "").replace("_usd", "");
    let mut words = plain.split(|c: char| !c.is_alphanumeric() && c != '$');
    words.any(|word| word.contains('$') || ["USD", "dollars", "Dollars"].contains(&word))
}

#[test]
fn dollars_are_nowhere_in_it() {
    let home = tempfile::tempdir().unwrap();
    let site = home.path().join("site");
    let folder = root("tests/packs/free-mail").display().to_string();
    let run = |line: &str| tozero(&format!("--content {folder} {line}")).answer();
    run(&format!("site {}", site.display()));
    let lines = [
        "cost --sweep",
        "cost --format svg",
        "cost --format html",
        "cost --ascii --sweep",
        "cost --json",
        "list mailers",
        "judge post-plan --json",
        "help json",
        "cost --help",
    ];
    let said = lines.map(|line| (line.to_owned(), run(line)));
    let pictures = texts(&root("tests/pictures/free-mail"));
    let pages: BTreeMap<String, String> = texts(&site);
    let mut found = Vec::new();
    for (from, text) in said.into_iter().chain(pictures).chain(pages) {
        let lines = text.lines().filter(|line| is_in_dollars(line));
        found.extend(lines.map(|line| format!("{from}: {line}")));
    }
    assert_eq!(found, [""; 0]);
    let json = run("cost --json");
    assert!(json.contains("\"currency\":\"EUR\""), "{json}");
    assert!(run("help json").contains("Amounts are euros a month"));
    assert!(run("cost --format svg").contains("<title>Euros over mails a month"));
}
