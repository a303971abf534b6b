//! Every command as it was approved: what it prints, what it says beside it, and how it ends.
//!
//! The lines stand in `table.rs`; each runs through `sh` in a home folder of its own, with the program on the path. What they
//! print lies in `tests/transcripts/`, one file a command; `UPDATE=1 cargo test --test it transcripts` writes it anew.
//! The clock, the place and chance are masked, and nothing else is; see `tests/transcripts/README.md`.

mod home;
mod mask;
mod show;
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tozero::testing::ExampleWords;

pub(crate) use home::Homes;
pub(crate) use mask::Clock;
use table::TABLE;

/// So many lines of a difference are shown.
const SHOWN: usize = 12;

/// A scene with the file it belongs to: one line or more, run in one home folder.
type Scene = (&'static str, &'static str);

#[test]
fn every_command_says_what_was_approved() {
    compare("tests/transcripts", texts(played));
}

/// Holds transcripts by name to those in a folder of the repository; `UPDATE=1` rewrites these for review.
#[track_caller]
pub(crate) fn compare(folder: &str, mut texts: BTreeMap<String, String>) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if std::env::var_os("UPDATE").is_some() {
        for (name, text) in &texts {
            std::fs::write(place.join(name).with_extension("txt"), text).unwrap();
        }
    }
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(place)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let name = entry.file_stem().unwrap().to_string_lossy().into_owned();
        if entry.extension().is_some_and(|e| e == "txt") {
            let approved = std::fs::read_to_string(&entry).unwrap();
            wrong.extend(difference(
                &name,
                &approved,
                &texts.remove(&name).unwrap_or_default(),
            ));
        }
    }
    wrong.extend(
        texts
            .keys()
            .map(|name| format!("{folder}/{name}.txt is missing")),
    );
    assert!(
        wrong.is_empty(),
        "{}\n(UPDATE=1 rewrites the transcripts)",
        wrong.join("\n\n")
    );
}

#[test]
fn every_command_has_a_transcript() {
    let names: Vec<&str> = TABLE.iter().map(|(name, _)| *name).collect();
    for command in tozero::testing::command(80, &ExampleWords::default()).get_subcommands() {
        assert!(
            names.contains(&command.get_name()),
            "{} has none",
            command.get_name()
        );
    }
    let lines = TABLE
        .iter()
        .flat_map(|(_, scenes)| scenes.iter())
        .flat_map(|scene| scene.lines())
        .count();
    assert!(lines >= 200, "{lines} lines");
}

/// Transcripts by name. A day that ends meanwhile is begun again.
pub(crate) fn texts(play: impl Fn(Clock) -> BTreeMap<String, String>) -> BTreeMap<String, String> {
    loop {
        let clock = Clock::now();
        let texts = play(clock);
        if Clock::now() == clock {
            return texts;
        }
    }
}

/// Plays all scenes on two threads.
fn played(clock: Clock) -> BTreeMap<String, String> {
    let homes = Homes::make(clock);
    let scenes: Vec<Scene> = TABLE
        .iter()
        .flat_map(|(name, scenes)| scenes.iter().map(move |s| (*name, *s)))
        .collect();
    let (next, said) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((_, lines)) = scenes
                    .get(next.fetch_add(1, Ordering::Relaxed))
                    .map(|s| (s.0, s.1))
                {
                    let text = homes.play(&homes.home(), lines);
                    said.lock().unwrap().insert(lines, text);
                }
            });
        }
    });
    let said = said.into_inner().unwrap();
    let mut texts = BTreeMap::new();
    for (name, lines) in scenes {
        let text: &mut String = texts.entry(name.to_owned()).or_default();
        text.push_str(said.get(lines).expect("every scene was played"));
    }
    texts
}

/// The first entry that is not as it was approved, from the first line on that differs.
fn difference(name: &str, approved: &str, said: &str) -> Option<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (entries(approved), entries(said));
    let at = (0..before.len().max(after.len())).find(|n| before.get(*n) != after.get(*n))?;
    let lines = |all: &[&str]| -> Vec<String> {
        all.get(at)
            .into_iter()
            .flat_map(|e| e.lines())
            .map(ToOwned::to_owned)
            .collect()
    };
    let (before, after) = (lines(&before), lines(&after));
    let same = before
        .iter()
        .zip(&after)
        .take_while(|(b, a)| b == a)
        .count();
    let some = |lines: &[String]| {
        lines
            .iter()
            .skip(same)
            .take(SHOWN)
            .map(|l| format!("{l}\n"))
            .collect::<String>()
    };
    let line = before.first().or(after.first()).map_or("", String::as_str);
    let (before, after) = (some(&before), some(&after));
    Some(format!(
        "transcript {name}, entry {at}, differs in line {same}: {line}\n--- approved\n{before}--- said\n{after}"
    ))
}

fn entries(text: &str) -> Vec<&str> {
    text.split("\n$ ").collect()
}

#[test]
fn the_first_difference_is_named() {
    let check = |approved, said, expected: Option<usize>| {
        let found = difference("x", approved, said);
        assert_eq!(found.is_some(), expected.is_some(), "{found:?}");
        assert!(expected.is_none_or(|n| found.unwrap().contains(&format!("entry {n},"))));
    };
    check("\n$ a\nstatus: 0\n", "\n$ a\nstatus: 0\n", None);
    check("\n$ a\nstatus: 0\n", "\n$ a\nstatus: 1\n", Some(1));
    check("\n$ a\n\n$ b\n", "\n$ a\n", Some(2));
    check("\n$ a\n", "\n$ a\n\n$ b\n", Some(2));
}
