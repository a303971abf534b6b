//! Records that an earlier program has written: still read, still counted, still gone on with.
//!
//! They lie in `tests/records/`, with what is in them; this program gets copies. Most of what is said of a record depends on
//! the day, so a second test moves all of its days until the last is yesterday, and holds the whole to what was approved.
//! The numbers here were counted by hand in the rows, not copied from an answer.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::cli::{Run, tozero};
use crate::transcripts::{Clock, Homes, compare, texts};

/// The last day on which something was answered, in both: 27 November 2026.
const LAST: i64 = 20_784;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/records")
        .join(name)
}

/// A run in a home folder with a copy of a record.
fn with(record: &str, arguments: &str) -> Run {
    let run = tozero(arguments);
    std::fs::create_dir_all(place(&run).parent().unwrap()).unwrap();
    std::fs::write(place(&run), std::fs::read(file(record)).unwrap()).unwrap();
    run
}

fn place(run: &Run) -> PathBuf {
    run.home().join(".local/state/tozero/progress.sqlite3")
}

fn statistics(run: &Run) -> Value {
    serde_json::from_str(&run.again("stats --json").answer()).unwrap()
}

/// Those of the figures that are the same on every day.
fn lasting(stats: &Value) -> Value {
    let keys = [
        "desired", "answered", "sessions", "ever", "sure", "guessed", "expected", "pages",
    ];
    keys.iter()
        .map(|k| ((*k).to_owned(), stats[*k].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn answers_are_counted_as_they_lie_in_the_file() {
    let check = |record, answered: u32, sessions: u32, [sure, guessed]: [(u32, u32); 2]| {
        let run = with(record, "due");
        let stats = statistics(&run);
        let right = |(right, of): (u32, u32)| json!({ "right": right, "of": of });
        assert_eq!(stats["answered"], answered, "{record}");
        assert_eq!(stats["sessions"], sessions, "{record}");
        assert_eq!(stats["sure"], right(sure), "{record}");
        assert_eq!(stats["guessed"], right(guessed), "{record}");
        assert_eq!(
            stats["ever"]["answers"],
            right((sure.0 + guessed.0, sure.1 + guessed.1)),
            "{record}"
        );
        assert_eq!(
            stats["ever"]["new"], answered,
            "{record}: each was new once"
        );
        let due: u32 = run.answer().trim().parse().unwrap();
        assert!(due <= answered, "{record}: {due}");
    };
    // 24 reviews: one was taken back, one is a page, one was skipped.
    check("week.sqlite3", 9, 5, [(12, 15), (2, 6)]);
    // 331 reviews: 2 were taken back, 10 are pages, 45 were skipped.
    check("season.sqlite3", 32, 47, [(152, 208), (52, 66)]);
}

#[test]
fn an_export_is_the_same_to_the_letter() {
    let week = with("week.sqlite3", "export").answer();
    // Version 0.1 knew no packs: all answers were to the bundled one.
    let week = week.replace("\"pack\":\"serverless\",", "");
    assert_eq!(week, std::fs::read_to_string(file("week.json")).unwrap());
    for (record, reviews, undone) in [("week.sqlite3", 24, 1), ("season.sqlite3", 331, 2)] {
        let export = with(record, "export").answer();
        let whole: Value = serde_json::from_str(&export).unwrap();
        let all = whole["reviews"].as_array().unwrap();
        assert_eq!(
            (
                all.len(),
                all.iter().filter(|r| r["undone"] == true).count()
            ),
            (reviews, undone),
            "{record}"
        );
        let csv = with(record, "export --format csv").answer();
        assert_eq!(csv.lines().count(), reviews + 1, "{record}");
    }
}

#[test]
fn an_export_and_a_copy_are_imported() {
    for (record, said, undone) in [
        ("week.json", "24 reviews added", 1),
        ("season.sqlite3", "331 reviews added", 2),
    ] {
        let run = Run::new(["import"]).arg(file(record));
        assert_eq!(
            run.answer(),
            format!("{said}, {undone} taken back, as in the file\n")
        );
        let first = with(&record.replace("json", "sqlite3"), "export");
        assert_eq!(run.again("export").answer(), first.answer(), "{record}");
        assert_eq!(
            lasting(&statistics(&run)),
            lasting(&statistics(&first)),
            "{record}"
        );
    }
    let both = with("week.sqlite3", "import").arg(file("season.sqlite3"));
    let said = both.say();
    assert_eq!(
        said.stdout,
        "331 reviews added, 2 taken back, as in the file\n"
    );
    assert!(
        said.stderr.contains("brought to a new form"),
        "{}",
        said.stderr
    );
    assert_eq!(both.again("export").answer().lines().count(), 24 + 331 + 2);
}

#[test]
fn reading_changes_no_byte() {
    for record in ["week.sqlite3", "season.sqlite3"] {
        for arguments in [
            "due",
            "stats",
            "export",
            "check --quality",
            "quiz --due --json --seed 1",
        ] {
            let run = with(record, arguments);
            run.answer();
            assert_eq!(
                std::fs::read(place(&run)).unwrap(),
                std::fs::read(file(record)).unwrap(),
                "{record} {arguments}"
            );
            assert_eq!(
                std::fs::read_dir(place(&run).parent().unwrap())
                    .unwrap()
                    .count(),
                1,
                "{record} {arguments}"
            );
        }
    }
}

#[test]
fn the_session_that_was_left_is_gone_on_with() {
    let run = with("week.sqlite3", "quiz --plain").input("\na2 b1 c2 d1 e1 f2\n");
    let said = run.say();
    assert!(
        said.stderr.contains("brought to a new form"),
        "{}",
        said.stderr
    );
    let said = said.stdout;
    assert!(
        said.starts_with(
            "You left a session, 2 of 4 done. Enter goes on with it, n begins anew.\n"
        ),
        "{said}"
    );
    assert!(
        said.contains("Question 3 of 4 · 1 to repeat. Definition, medium. Seed 7.\n")
            && said.contains("\nRight.\n"),
        "{said}"
    );
    assert!(
        said.contains("Question 4 of 4 · 1 to repeat. Events, medium. Seed 7.\n")
            && said.contains("2 of 3 right so far"),
        "{said}"
    );
    assert_eq!(run.again("export").answer().lines().count(), 25 + 2);
    let stats = statistics(&run);
    assert_eq!(
        (&stats["sessions"], &stats["sure"]),
        (&json!(5), &json!({ "right": 13, "of": 16 }))
    );
    let undone = run.then("quiz --plain").input("\n:u\n:q\n");
    assert!(undone.answer().contains("The last answer is taken back."));
    assert_eq!(
        statistics(&undone)["sure"],
        json!({ "right": 12, "of": 15 })
    );
}

/// At its first use a record of the first form becomes one of the second, with every answer, and a copy of it as it was.
#[test]
fn a_record_of_the_first_form_is_brought_to_the_second() {
    for (record, reviews) in [("week.sqlite3", 24), ("season.sqlite3", 331)] {
        let before = with(record, "export").answer();
        let run = with(record, "quiz --plain --new").input(":q\n");
        let said = run.say();
        assert_eq!(said.status, 0, "{}", said.stderr);
        let (_, copy) = said.stderr.split_once("new form; ").unwrap();
        let copy = PathBuf::from(copy.strip_suffix(" keeps it as it was\n").unwrap());
        let form = |path: &PathBuf| {
            let connection = Connection::open(path).unwrap();
            let number = |query: &str| {
                connection
                    .query_row(query, [], |row| row.get::<_, i64>(0))
                    .unwrap()
            };
            (
                number("PRAGMA user_version"),
                number("SELECT count(*) FROM reviews"),
            )
        };
        assert_eq!(
            (form(&copy), form(&place(&run))),
            ((1, reviews), (2, reviews)),
            "{record}"
        );
        assert_eq!(run.again("export").answer(), before, "{record}");
        assert_eq!(
            lasting(&statistics(&run)),
            lasting(&statistics(&with(record, "due"))),
            "{record}"
        );
    }
}

/// Moves every day of a record, and drops what was reckoned from them.
fn moved(record: &str, days: i64, to: &PathBuf) {
    std::fs::write(to, std::fs::read(file(record)).unwrap()).unwrap();
    let connection = Connection::open(to).unwrap();
    let move_all =
        "UPDATE reviews SET at = at + ?1 * 86400000, day = day + ?1, place = place + ?1 * 86400000";
    assert!(connection.execute(move_all, [days]).unwrap() > 0);
    connection
        .execute("UPDATE shelf SET at = at + ?1 * 86400", [days])
        .unwrap();
    connection.execute("DELETE FROM cache", []).unwrap();
    connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
}

/// What is asked of both.
const LINES: &str = "tozero due
tozero stats
tozero stats --json
tozero check --quality
tozero quiz --due --json --seed 3 --count 4
tozero quiz --missed --json --seed 3 --count 2
printf 'n\\n:q\\n' | tozero quiz --plain --seed 3 --count 1 | head -n 12
printf '\\n:q\\n' | tozero quiz --plain | head -n 8
tozero reset --all --yes
tozero stats";

#[test]
fn figures_are_those_of_the_day_after() {
    let played = |clock: Clock| {
        let homes = Homes::make(clock);
        let play = |name: &str| {
            let home = homes.home();
            let state = home.join(".local/state/tozero");
            std::fs::create_dir_all(&state).unwrap();
            moved(
                &format!("{name}.sqlite3"),
                clock.day - 1 - LAST,
                &state.join("progress.sqlite3"),
            );
            (name.to_owned(), homes.play(&home, LINES))
        };
        BTreeMap::from([play("week"), play("season")])
    };
    compare("tests/records", texts(played));
}
