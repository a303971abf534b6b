//! Files that are imported: exports of ours come back whole, others say what is wrong with them.

use std::fmt::Write as _;

use proptest::prelude::*;

use rusqlite::Connection;

use super::*;
use crate::core::progress::Change;
use crate::core::schedule::Grade;
use crate::store::tests::{adds, answers, figures, folder, looked, review, state, store};
use crate::store::{export, import};

fn exported(folder: &Path) -> String {
    let mut text = String::new();
    export::json(Some(folder), |piece| {
        text.push_str(piece);
        Ok(())
    })
    .unwrap();
    text
}

#[test]
fn exports_come_back_whole_and_only_once() {
    let here = folder();
    let mut all = answers(12);
    let odd = "naïve \u{202e} \"quoted\"\t\u{7f}".to_owned();
    all[2].chosen = vec![odd, String::new()];
    all[3].lens = Some("no-knobs".to_owned());
    let mut first = store(&here);
    first.apply(adds(&all)).unwrap();
    first.apply([Change::Undo(ReviewId(4))]).unwrap();
    let text = exported(&state(&here));
    assert!(text.is_ascii() && text.lines().count() == 14, "{text}");
    let found = parse(&text).unwrap();
    let nothing_new = ImportSummary {
        known: 12,
        ..ImportSummary::default()
    };
    assert_eq!(merge(&state(&here), &found), Ok((nothing_new, None)));
    let there = folder();
    let all_new = ImportSummary {
        added: 12,
        undone: 1,
        ..ImportSummary::default()
    };
    assert_eq!(merge(&state(&there), &found), Ok((all_new, None)));
    assert_eq!(figures(&looked(&here)), figures(&looked(&there)));
    assert_eq!(exported(&state(&there)), text);
}

/// Any review that keeps the rules.
fn any_review() -> impl Strategy<Value = StoredReview> {
    let id = "[a-z]{1,8}(-[a-z0-9]{1,5})?";
    let what = (
        0..5_usize,
        any::<bool>(),
        prop::option::of(id),
        any::<u64>(),
    );
    let chosen = prop::collection::vec(".{0,9}", 0..4);
    (1..u128::MAX, id, 0..20_000_i32, what, chosen, any::<bool>()).prop_map(
        |(n, question, day, (outcome, sure, lens, session), chosen, undone)| {
            let outcome = ReviewOutcome::ALL[outcome];
            let review = review(n, &question, outcome, day);
            let review = Review {
                lens,
                sure,
                grade: outcome.grade(sure),
                chosen,
                session,
                order: review.at + 5,
                ..review
            };
            StoredReview { review, undone }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_imported_is_exported_the_same(reviews in prop::collection::vec(any_review(), 0..12)) {
        let folder = folder();
        let mut once: Vec<StoredReview> = Vec::new();
        for stored in reviews {
            if once.iter().all(|o| o.review.id != stored.review.id) {
                once.push(stored);
            }
        }
        let (summary, _) = merge(&state(&folder), &once).unwrap();
        prop_assert_eq!(summary.added, once.len());
        prop_assert_eq!(parse(&exported(&state(&folder))).unwrap(), once);
    }

    #[test]
    fn no_text_is_too_odd(text in ".{0,60}") {
        prop_assert!(import::parse(&text).is_err());
    }
}

const LINE: &str = r#"{"id":"00000000000000000000000000000001","question":"idle","lens":null,"at":1728000040000,"day":20000,"outcome":"right","sure":true,"grade":"good","chosen":[],"session":1,"order":1728000040000,"undone":false}"#;

fn file_of(lines: &[String]) -> String {
    let reviews = lines.join(",\n");
    format!("{{\"tozero\":1,\"kind\":\"progress\",\"reviews\":[\n{reviews}\n]}}\n")
}

/// An export of one review, with one thing changed.
fn one(change: &str, to: &str) -> String {
    assert!(LINE.contains(change), "{change}");
    file_of(&[LINE.replace(change, to)])
}

/// The mistakes in a file, as a user sees them.
fn mistakes(text: &str) -> String {
    let Err(StoreError::Import(mistakes)) = parse(text) else {
        panic!("no mistake in {text}");
    };
    let mut words = String::new();
    for ImportError { place, what, help } in mistakes {
        write!(words, "{place}: {what}").unwrap();
        if let Some(help) = help {
            write!(words, " ({help})").unwrap();
        }
        words.push('\n');
    }
    words
}

#[track_caller]
fn check_file(text: &str, expected: &str) {
    assert_eq!(mistakes(text), format!("{expected}\n"));
}

#[test]
fn what_is_no_export_says_where() {
    assert_eq!(parse(&one("idle", "idle")).map(|f| f.len()), Ok(1));
    check_file("", &format!("line 1, column 0: it ends too early ({HELP})"));
    check_file(
        "id,question,lens\n",
        "line 1, column 1: expected value (a CSV file is for spreadsheets; export with `--format json` to import again)",
    );
    check_file(
        "#separator:tab\n",
        "line 1, column 1: expected value (this is for Anki; export with `--format json` to import again)",
    );
    check_file(
        r#"{"tozero":2,"kind":"progress","reviews":[]}"#,
        ": it is of version 2; this program reads version 1 (import it with the program that wrote it)",
    );
    check_file(
        r#"{"tozero":1,"kind":"stats","reviews":[]}"#,
        ": it holds stats, not progress (export with `tozero export --format json`)",
    );
    check_file(
        &one(",\"day\":20000", ""),
        &format!("review 1: `day` is missing ({HELP})"),
    );
    check_file(
        &one("right", "rigth"),
        "review 1: there is no outcome rigth (did you mean right?)",
    );
    check_file(
        &one("\"good\"", "\"splendid\""),
        "review 1: there is no grade splendid (one of again, hard, good, easy)",
    );
    check_file(
        &one("0000001\"", "1\""),
        &format!("review 1: 00000000000000000000000001 is no id of 32 digits from 0 to f ({HELP})"),
    );
}

#[test]
fn each_rule_says_what_breaks_it() {
    let check = |change: &str, to: &str, expected: &str| {
        check_file(&one(change, to), &format!("review 1: {expected}"));
    };
    check("idle", "../idle", "../idle is no question's id");
    check("null", "\"The lens\"", "The lens is no lens's id");
    check("good", "again", "its grade does not fit its outcome");
    check(
        "\"good\"",
        "null",
        "an answer has a grade, and nothing else has",
    );
    check(
        "20000,",
        "20009,",
        "its day and its time are more than two days apart",
    );
    check(
        "20000,",
        "19997,",
        "its day and its time are more than two days apart",
    );
    let order = "its order is before its time or far behind it";
    check("1728000040000,\"undone\"", "5,\"undone\"", order);
    check(
        "1728000040000,\"undone\"",
        "9007200982781041000,\"undone\"",
        order,
    );
    let long = format!("[\"{}\"]", "x".repeat(201));
    check(
        "[]",
        &long,
        "it says more of what was chosen than a question can hold",
    );
    let future = LINE.replace("1728000040000", "32503680000000");
    let future = file_of(&[future.replace("20000", "376200")]);
    check_file(
        &future,
        "review 1: it is of the future: 3000-01-01T00:00:00Z",
    );
    let far = LINE.replace("1728000040000", "253402300800000");
    let far = file_of(&[far.replace("20000", "2932897")]);
    check_file(
        &far,
        "review 1: its time is not between the years 1 and 9999\n\
         review 1: it is of the future: 10000-01-01T00:00:00Z",
    );
}

#[test]
fn several_mistakes_are_said_at_once_and_not_too_many() {
    let different = LINE.replace("true", "false");
    check_file(
        &file_of(&[LINE.to_owned(), different, LINE.replace("idle", "Idle")]),
        "review 2: reviews 1 and 2 have the same id and differ\n\
         review 3: Idle is no question's id\n\
         review 3: reviews 2 and 3 have the same id and differ",
    );
    let same = file_of(&[LINE.to_owned(), LINE.to_owned()]);
    assert_eq!(
        parse(&same).map(|f| f.len()),
        Ok(2),
        "twice the same is fine"
    );
    let many: Vec<String> = (10..90)
        .map(|n| {
            LINE.replace("idle", "Idle")
                .replace("0001\"", &format!("00{n}\""))
        })
        .collect();
    assert_eq!(mistakes(&file_of(&many)).lines().count(), MISTAKES);
}

#[test]
fn a_csv_field_is_quoted_where_it_must_be() {
    let folder = folder();
    let chosen = |text: &str| {
        let mut one = answers(1);
        one[0].chosen = vec![text.to_owned()];
        one[0].id = ReviewId(u128::from_str_radix(&format!("{:x}", text.len()), 16).unwrap());
        one[0].grade = Some(Grade::Good);
        merge(
            &state(&folder),
            &[StoredReview {
                review: one.remove(0),
                undone: false,
            }],
        )
        .unwrap();
        let mut text = String::new();
        export::csv(Some(&state(&folder)), |piece| {
            text.push_str(piece);
            Ok(())
        })
        .unwrap();
        let line = text.lines().last().unwrap().to_owned();
        line.split("good,").nth(1).unwrap().to_owned()
    };
    let check = |text: &str, expected: &str| {
        let found = chosen(text);
        assert!(
            found.starts_with(&format!("{expected},0,")),
            "{text:?}: {found}"
        );
    };
    check("plain", "plain");
    check("with, comma", "\"with, comma\"");
    check("a \"quoted\" word", "\"a \"\"quoted\"\" word\"");
    check("=1+1", "'=1+1");
    check("-1, or less than that", "\"'-1, or less than that\"");
}

/// What a copy's log holds is in it too; nothing is made beside a file of others.
#[test]
fn a_copy_is_read_with_its_log() {
    let here = folder();
    let mut open = store(&here);
    open.apply(adds(&answers(3))).unwrap();
    let name = |ending: &str| file::sidecar(&state(&here).join(file::NAME), ending);
    let to = tempfile::tempdir().unwrap();
    let copy = to.path().join("a copy");
    let check = |endings: &[&str], expected: usize| {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(file::sidecar(&copy, ending));
        }
        for ending in endings {
            std::fs::copy(name(ending), file::sidecar(&copy, ending)).unwrap();
        }
        let found = import::read(&copy).unwrap();
        assert_eq!(found.len(), expected, "{endings:?}");
        assert!(found.iter().all(|s| s.review.chosen == ["a choice"]));
        let beside = std::fs::read_dir(to.path()).unwrap().count();
        assert_eq!(beside, endings.len(), "{endings:?}");
    };
    open.apply(adds(&answers(5)[3..])).unwrap();
    check(&["", "-wal"], 5);
    check(&["", "-wal", "-shm"], 5);
    assert_eq!(import::read(&name("")).map(|f| f.len()), Ok(5), "in use");
    drop(open);
    check(&[""], 5);
    // A program that was killed while it wrote by way of a journal: what it has begun is undone.
    let other = Connection::open(name("")).unwrap();
    other
        .execute_batch(
            "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN;
             UPDATE reviews SET chosen = hex(randomblob(90000))",
        )
        .unwrap();
    check(&["", "-journal"], 5);
}

/// A copy is refused by its size, and by its log's, before anything is read.
#[test]
fn a_copy_that_is_too_large_is_not_read() {
    let here = folder();
    store(&here).apply(adds(&answers(3))).unwrap();
    let path = state(&here).join(file::NAME);
    let check = |ending: &str| {
        let file = std::fs::File::options();
        let file = file
            .clone()
            .write(true)
            .create(true)
            .truncate(false)
            .open(file::sidecar(&path, ending))
            .unwrap();
        let length = file.metadata().unwrap().len();
        file.set_len(1 << 40).unwrap();
        let Err(StoreError::Import(mistakes)) = import::read(&path) else {
            panic!("{ending}");
        };
        assert_eq!(mistakes[0].what.as_str(), TOO_LARGE, "{ending}");
        file.set_len(length).unwrap();
    };
    check("");
    check("-wal");
    check("-journal");
}

/// Whatever may be imported, what is answered after it can be imported too.
#[test]
fn an_order_at_the_end_is_exported_and_imported() {
    let last = LAST_ORDER.to_string();
    let found = parse(&one(
        "1728000040000,\"undone\"",
        &format!("{last},\"undone\""),
    ))
    .unwrap();
    let here = folder();
    merge(&state(&here), &found).unwrap();
    store(&here).apply(adds(&answers(6)[1..])).unwrap();
    assert_eq!(parse(&exported(&state(&here))).map(|f| f.len()), Ok(6));
    let beyond = (LAST_ORDER + 1).to_string();
    check_file(
        &one("1728000040000,\"undone\"", &format!("{beyond},\"undone\"")),
        "review 1: its order is before its time or far behind it",
    );
}

#[test]
fn a_file_of_mistakes_takes_no_more_memory_than_one() {
    let all = mistakes(&file_of(&vec!["0".to_owned(); 100_000]));
    assert_eq!(all.lines().count(), MISTAKES);
    assert!(
        all.ends_with(&format!(
            "review 20: integer `0` stands where an object belongs ({HELP})\n"
        )),
        "{all}"
    );
    let many = vec!["[0]"; 100_000].join(",");
    let told = format!("review 1: it is longer than any review ({HELP})");
    check_file(&file_of(&[format!("[{many}]")]), &told);
    // All that can be chosen, as other programs escape it.
    let key = format!("\"{}\"", r"\ud83d\ude00".repeat(CHOSEN.1));
    let keys = vec![key; CHOSEN.0].join(",");
    assert_eq!(
        parse(&one("[]", &format!("[{keys}]"))).map(|f| f.len()),
        Ok(1)
    );
}
