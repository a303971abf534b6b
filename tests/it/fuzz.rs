//! Everything that takes bytes of others, fed with what is random and with what is nearly right.
//! The same inputs in every run, and one that breaks a law is printed. `tests/fuzz` looks further, with coverage.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use tozero::testing::{
    Change, DAY, DesiredRecall, Kind, PackKeys, Review, ReviewId, ReviewOutcome, Rng, Store,
    Timestamp, export, file,
};

#[path = "../support/fuzz.rs"]
mod targets;

/// Longest input that is made here.
const LONGEST: usize = 64 << 10;

/// Feeds a target with inputs made from examples and from words that mean something to it.
fn feed(target: fn(&[u8]), rounds: u64, examples: &[Vec<u8>], words: &[&str]) {
    examples.iter().for_each(|example| target(example));
    for round in 0..rounds {
        let input = input(&mut Rng::new(round), examples, words);
        if let Err(broken) = catch_unwind(|| target(&input)) {
            println!("round {round}: b\"{}\"", input.escape_ascii());
            std::panic::resume_unwind(broken);
        }
    }
}

fn input(rng: &mut Rng, examples: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    if rng.below(16) == 0 {
        let length = rng.below(200);
        return (0..length).map(|_| rng.draw() as u8).collect();
    }
    let mut bytes = examples[rng.below(examples.len())].clone();
    for _ in 0..=rng.below(6) {
        change(rng, &mut bytes, examples, words);
    }
    bytes.truncate(LONGEST);
    bytes
}

/// One change of the kinds that fuzzers make.
fn change(rng: &mut Rng, bytes: &mut Vec<u8>, examples: &[Vec<u8>], words: &[&str]) {
    let (from, to) = (rng.below(bytes.len() + 1), rng.below(bytes.len() + 1));
    let (from, to) = (from.min(to), from.max(to));
    match rng.below(8) {
        0 => bytes.truncate(from),
        1 => drop(bytes.drain(from..(from + 1 + rng.below(8)).min(to))),
        2 => drop(bytes.splice(from..from, bytes[from..to.min(from + 64)].to_vec())),
        3 => {
            let other = &examples[rng.below(examples.len())];
            bytes.truncate(from);
            bytes.extend_from_slice(&other[rng.below(other.len() + 1)..]);
        }
        4 | 5 => {
            let word = words[rng.below(words.len())];
            drop(bytes.splice(from..(from + rng.below(2)).min(to), word.bytes()));
        }
        _ if bytes.is_empty() => bytes.push(rng.draw() as u8),
        6 => bytes[from.min(to.saturating_sub(1))] ^= 1 << rng.below(8),
        _ => bytes[from.min(to.saturating_sub(1))] = rng.draw() as u8,
    }
}

#[test]
fn the_decoder_takes_anything() {
    let examples = [
        "\x07\x1b[A\x1b[1;5C\x1bOPa",
        "\x01\x1b[200~pasted\r\ntext\x1b[201~q",
        "\x02\x1b]11;rgb:ff/00/00\x1b\\é日🌞",
    ];
    let more = [
        "\x03\x1b[<0;10;5M\x1b[M !!\x1b[?62;4c",
        "\x05\x1b\x1b[3;3~\x1b[27;5;105~\x1b[[A\x1bP1$r0m\x1b\\",
    ];
    let examples = examples
        .iter()
        .chain(&more)
        .map(|e| e.as_bytes().to_vec())
        .collect::<Vec<_>>();
    let words = [
        "\x1b",
        "\x1b[",
        "\x1b]",
        "\x1bO",
        "\x1bP",
        "\x1b\\",
        "\x07",
        "\x1b[200~",
        "\x1b[201~",
        ";",
        "99999999",
        "é",
        "M",
    ];
    feed(targets::decoder, 20_000, &examples, &words);
}

#[test]
fn any_file_of_a_pack_is_read() {
    let mut examples = Vec::new();
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    for (n, path) in files(&good).iter().enumerate() {
        // The first byte names the kind: each file is tried as its own kind, and as others.
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str());
        let kind = Kind::ALL
            .iter()
            .position(|kind| Some(kind.word()) == folder);
        let text = fs::read(path).unwrap();
        examples.push([&[kind.unwrap_or(8 + n % 2) as u8], &*text].concat());
    }
    assert!(examples.len() > 15);
    let words = [
        "+++\n",
        "\"\"\"",
        "'''",
        "[[",
        "]",
        "= ",
        "\n## ",
        "\\u0000",
        "\u{202e}",
        "\u{1b}[2J",
        "[a](../terms/b.md#c)",
        "1e999",
    ];
    feed(targets::entry, 3_000, &examples, &words);
}

#[test]
fn any_query_is_a_query() {
    let examples = [
        "'exact ^start end$",
        "!not in:services tag:billing",
        "\"some phrase\" provider:x",
        "cold strat",
        "東京 C++",
    ];
    let examples = examples
        .iter()
        .map(|e| e.as_bytes().to_vec())
        .collect::<Vec<_>>();
    let words = [
        "'",
        "\"",
        "^",
        "$",
        "!",
        "in:",
        "in:terms",
        "tag:",
        "provider:",
        " ",
        "\u{301}",
        "ß",
        "\u{200d}",
        "zero",
    ];
    feed(targets::query, 10_000, &examples, &words);
}

#[test]
fn any_file_may_stand_for_the_record() {
    let home = tempfile::tempdir().unwrap();
    let (record, _) = sound(home.path());
    feed(
        targets::record,
        100,
        &[record],
        &["SQLite format 3\0", "\0\0\0\0", "\u{7f}", "\u{1}"],
    );
}

#[test]
fn any_file_may_be_imported() {
    let home = tempfile::tempdir().unwrap();
    let (record, exported) = sound(home.path());
    let words = [
        "\"",
        "{",
        "}",
        "[",
        "null",
        "-1",
        "1e400",
        "\\ud800",
        "\"right\"",
        "\"again\"",
        "true",
        "18446744073709551616",
        ",",
    ];
    feed(
        targets::import,
        600,
        &[exported.clone(), exported, record],
        &words,
    );
}

/// The file of a small record, and the export of it.
fn sound(home: &Path) -> (Vec<u8>, Vec<u8>) {
    let folder = home.join("tozero");
    let mut store = Store::new(
        Some(folder.clone()),
        DesiredRecall::default(),
        PackKeys::new("serverless"),
    );
    let review = |n: u128| {
        let outcome = if n.is_multiple_of(3) {
            ReviewOutcome::Wrong
        } else {
            ReviewOutcome::Right
        };
        let day = 20_000 + n as i32;
        let now = Timestamp {
            at: i64::from(day) * DAY + 40_000,
            day,
        };
        let mut review = Review::new(
            ReviewId(n),
            ["cold-start", "idle"][n as usize % 2],
            outcome,
            n.is_multiple_of(2),
            now,
            1,
        );
        review.chosen = vec!["a choice".to_owned()];
        Change::Add(review)
    };
    store.apply((1..20).map(review)).unwrap();
    store.apply([Change::Undo(ReviewId(7))]).unwrap();
    drop(store);
    let mut exported = Vec::new();
    let each = |line: &str| {
        exported.extend_from_slice(line.as_bytes());
        Ok(())
    };
    export::json(Some(&folder), each).unwrap();
    (fs::read(folder.join(file::NAME)).unwrap(), exported)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if path.is_dir() {
            found.extend(files(&path))
        } else {
            found.push(path)
        }
    }
    found.sort();
    found
}
