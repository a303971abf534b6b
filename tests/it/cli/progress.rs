//! The commands that read and change what the learner has answered.
//! Each is run on a real record, made by importing one, and its files are looked at afterwards.

use std::fmt::Write;
use std::path::PathBuf;

use super::{Run, tozero};

/// Today, in days since 1970.
fn today() -> i64 {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    now.as_secs() as i64 / 86_400
}

/// An export with answers, given as question, outcome, certainty and how many days ago; what was chosen is "x".
fn export(answers: &[(&str, &str, bool, i64)]) -> String {
    let mut text = "{\"tozero\":1,\"kind\":\"progress\",\"reviews\":[".to_owned();
    for (n, (question, outcome, sure, ago)) in answers.iter().enumerate() {
        let (day, grade) = (
            today() - ago,
            match (*outcome, sure) {
                ("right", true) => "\"good\"",
                ("right", false) => "\"hard\"",
                ("skipped", _) => "null",
                _ => "\"again\"",
            },
        );
        // Noon, and a millisecond later for each.
        let at = day * 86_400_000 + 43_200_000 + n as i64;
        let comma = if n == 0 { "\n" } else { ",\n" };
        write!(
            text,
            "{comma}{{\"id\":\"{n:032x}\",\"question\":\"{question}\",\"lens\":null,\"at\":{at},\"day\":{day},\
             \"outcome\":\"{outcome}\",\"sure\":{sure},\"grade\":{grade},\"chosen\":[\"x\"],\"session\":{},\"order\":{at},\
             \"undone\":false}}",
            n / 4
        )
        .unwrap();
    }
    text + "\n]}\n"
}

/// An export with one answer, given long ago.
pub(crate) fn one_answer(question: &str) -> String {
    export(&[(question, "right", true, 300)])
}

/// A home folder with these answers imported.
fn answered(answers: &[(&str, &str, bool, i64)]) -> Run {
    let run = Run::new(["import", "in.json"]);
    std::fs::write(run.home().join("in.json"), export(answers)).unwrap();
    let added = if answers.len() == 1 {
        "1 review added\n".to_owned()
    } else {
        format!("{} reviews added\n", answers.len())
    };
    assert_eq!(run.answer(), added);
    run
}

fn state(run: &Run) -> PathBuf {
    run.home().join(".local/state/tozero")
}

fn files(run: &Run) -> Vec<String> {
    let entries = std::fs::read_dir(state(run)).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

const SOME: [(&str, &str, bool, i64); 4] = [
    ("t-cold-start", "right", true, 300),
    ("t-idle-bill", "wrong", true, 2),
    ("gone-from-the-pack", "wrong", true, 200),
    ("t-cold-start", "right", true, 0),
];

#[test]
fn looking_makes_no_file() {
    for arguments in [
        "due",
        "stats",
        "export",
        "export --format csv",
        "export --format anki",
        "check --quality",
    ] {
        let run = tozero(arguments);
        assert!(!run.answer().is_empty(), "{arguments}");
        assert!(
            std::fs::read_dir(run.home()).unwrap().next().is_none(),
            "{arguments} makes no file"
        );
    }
    assert_eq!(tozero("due").answer(), "0\n");
    let run = answered(&SOME);
    let before = files(&run);
    for arguments in ["due", "stats", "export", "check --quality"] {
        run.again(arguments).answer();
    }
    assert_eq!(files(&run), before);
    assert_eq!(before, ["progress.lock", "progress.sqlite3"]);
}

#[test]
fn what_is_due_is_a_number_and_follows_the_wished_recall() {
    let long_ago = [
        ("t-cold-start", "right", true, 300),
        ("gone-from-the-pack", "right", true, 300),
    ];
    assert_eq!(answered(&long_ago).again("due").answer(), "1\n");
    let lately = [("t-cold-start", "right", true, 4)];
    assert_eq!(answered(&lately).again("due").answer(), "1\n");
    let run = answered(&lately).settings("recall = 0.7\n");
    assert_eq!(run.again("due").answer(), "0\n");
    assert_eq!(
        run.again("due --json").answer(),
        "{\"tozero\":1,\"kind\":\"due\",\"due\":0}\n"
    );
}

#[test]
fn importing_twice_changes_nothing() {
    let run = answered(&SOME);
    let export = run.again("export").answer();
    assert_eq!(run.answer(), "0 reviews added, 4 there already\n");
    assert_eq!(run.again("export").answer(), export);
    // The other way round, on another machine, it is the same.
    let other = Run::new(["import", "in.json"]);
    std::fs::write(other.home().join("in.json"), &export).unwrap();
    assert_eq!(other.answer(), "4 reviews added\n");
    assert_eq!(other.again("export").answer(), export);
    assert_eq!(other.again("stats").answer(), run.again("stats").answer());
}

#[test]
fn a_wrong_file_is_told_with_its_places_and_changes_nothing() {
    let run = Run::new(["import", "in.json"]);
    let text = export(&SOME)
        .replacen("right", "rihgt", 1)
        .replacen("t-idle-bill", "T Idle", 1);
    std::fs::write(run.home().join("in.json"), text).unwrap();
    let said = run.fault(2);
    assert_eq!(
        said,
        "in.json: review 1: there is no outcome rihgt\nhelp: did you mean right?\n\
         tozero: in.json was not imported; nothing was changed\n"
    );
    assert_eq!(files(&run), [""; 0]);
    std::fs::write(
        run.home().join("in.json"),
        export(&SOME).replacen("t-idle-bill", "T Idle", 1),
    )
    .unwrap();
    assert!(
        run.fault(2)
            .starts_with("in.json: review 2: T Idle is no question's id\n")
    );
    std::fs::write(run.home().join("in.json"), "{\"tozero\":1,\n\"kind\":").unwrap();
    assert!(
        run.fault(2)
            .starts_with("in.json: line 2, column 7: it ends too early\nhelp: import takes what")
    );
    std::fs::remove_file(run.home().join("in.json")).unwrap();
    assert!(run.fault(2).starts_with("in.json: there is no such file\n"));
}

#[test]
fn reset_asks_and_keeps_a_dated_copy() {
    let run = answered(&SOME);
    let refused = run.again("reset --all").say();
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
    assert!(
        refused
            .stderr
            .contains("4 answers would be forgotten, and nobody is there to ask\nhelp: add --yes")
    );
    let done = run.again("reset t-cold-start --yes").answer();
    assert!(
        done.starts_with("2 answers to t-cold-start forgotten, and kept in\n  "),
        "{done}"
    );
    let copy = PathBuf::from(done.lines().nth(1).unwrap().trim());
    assert!(
        copy.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("progress.before-reset-")
    );
    assert_eq!(run.again("export").answer().lines().count(), 4);
    let nothing = run.again("reset t-cold-start --yes").say();
    assert_eq!(
        (nothing.status, nothing.stderr.as_str()),
        (1, "tozero: no answer to t-cold-start is recorded\n")
    );
    let back = run.again(&format!("import {}", copy.display())).answer();
    assert_eq!(back, "2 reviews added, 2 there already\n");
    assert!(
        run.again("reset --all --yes")
            .answer()
            .starts_with("4 answers forgotten, and kept in\n")
    );
    assert_eq!(
        (
            run.again("due").answer(),
            run.again("reset --all --yes").say().status
        ),
        ("0\n".to_owned(), 1)
    );
}

#[test]
fn spreadsheets_and_anki_get_their_files() {
    let run = answered(&SOME[..1]);
    let csv = run.again("export --format csv").answer();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "id,pack,question,lens,time,at,day,outcome,sure,grade,chosen,session,order,undone"
    );
    assert!(
        lines[1].contains(",t-cold-start,,") && lines[1].contains(",right,true,good,x,0,"),
        "{}",
        lines[1]
    );
    assert_eq!((lines.len(), lines[1].split(',').count()), (2, 14));
    let anki = tozero("export --format anki").answer();
    let head: Vec<&str> = anki.lines().take(7).collect();
    assert_eq!(
        head[..3],
        ["#separator:tab", "#html:true", "#notetype:Basic"]
    );
    assert_eq!(head[6], "#columns:guid\tFront\tBack\tTags");
    let notes: Vec<&str> = anki.lines().skip(7).collect();
    assert_eq!(
        notes.len(),
        tozero("list questions").answer().lines().count()
    );
    assert!(
        notes
            .iter()
            .all(|n| n.split('\t').count() == 4 && n.starts_with("tozero-")),
        "four fields each"
    );
    let note = notes
        .iter()
        .find(|n| n.starts_with("tozero-async-default-retries\t"))
        .unwrap();
    assert!(note.contains("What becomes of the event?<ul><li>It is tried three times in total and then dropped</li>"), "{note}");
    assert!(
        note.contains(
            "\t<b>It is tried three times in total and then dropped</b><br><br>For function errors"
        ),
        "{note}"
    );
}

#[test]
fn authors_hear_what_answers_say_of_questions() {
    let mut answers = vec![("t-cold-start", "right", true, 9); 8];
    answers.extend([("t-idle-bill", "wrong", true, 9); 3]);
    let run = answered(&answers);
    assert_eq!(
        run.again("check --quality").answer(),
        "What the answers say of the questions\n─────────────────────────────────────\n\n\
         · questions/t-cold-start  never missed, in 8 answers\n"
    );
    let none = tozero("check --quality").answer();
    assert_eq!(
        none,
        "What the answers say of the questions\n─────────────────────────────────────\n\n\
        Nothing odd in 0 answers. A question counts from 8 answers on.\n"
    );
}

#[test]
fn a_damaged_record_is_told_and_left_for_the_quiz() {
    let run = answered(&SOME);
    std::fs::write(state(&run).join("progress.sqlite3"), "no database at all").unwrap();
    for arguments in ["due", "stats", "next", "export"] {
        let said = run.again(arguments).say();
        assert_eq!(said.status, 2, "{arguments}");
        assert!(
            said.stderr
                .starts_with("tozero: the record is damaged: it is not a database"),
            "{}",
            said.stderr
        );
    }
    assert_eq!(
        std::fs::read(state(&run).join("progress.sqlite3")).unwrap(),
        b"no database at all"
    );
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let run = Run::new(["import", "in.json"]).env("XDG_STATE_HOME", "/dev/null/x");
    std::fs::write(run.home().join("in.json"), export(&SOME)).unwrap();
    let said = run.fault(2);
    assert!(
        said.starts_with("tozero: something else stands where its folder should be\n"),
        "{said}"
    );
    let homeless = Run::new(["import", "in.json"]).env("HOME", "relative");
    std::fs::write(homeless.home().join("in.json"), export(&SOME)).unwrap();
    assert!(
        homeless
            .fault(2)
            .starts_with("tozero: there is no home folder\nhelp: set HOME")
    );
}

const OWN: &str = "+++\nkind = \"single\"\nterms = []\nsources = []\n+++\n\nWhich?\n\n- [x] One\n  > So.\n- [ ] Two\n  > No.\n\n---\n\nOne.\n";

/// A pack laid on the bundled one, and answers to a question of each.
#[test]
fn reset_forgets_what_each_layer_brought() {
    let run = tozero("quiz --plain --only t-saga").input("saga\n");
    let upper = run.home().join("upper");
    std::fs::create_dir_all(upper.join("questions")).unwrap();
    let head = "format = 1\nid = \"upper\"\ntitle = \"Upper\"\nlanguage = \"en\"\nextends = \"serverless\"\n";
    std::fs::write(upper.join("pack.toml"), head).unwrap();
    std::fs::write(upper.join("questions/own-rule.md"), OWN).unwrap();
    assert_eq!(run.say().status, 0);
    let run = run
        .then("--content upper quiz --plain --only own-rule")
        .input("a\n");
    assert_eq!(run.say().status, 0, "{:?}", run.say());
    let own = run.again("--content upper reset own-rule --yes").answer();
    assert!(own.starts_with("1 answer to own-rule forgotten"), "{own}");
    assert_eq!(run.again("export").answer().matches("t-saga").count(), 1);
    let run = run
        .then("--content upper quiz --plain --only own-rule")
        .input("a\n");
    assert_eq!(run.say().status, 0);
    // The sessions of the upper pack are its own: those of the pack below never ask what it lacks.
    let below = run.again("quiz --plain").say();
    assert!(
        !below.stdout.contains("You left a session"),
        "{}",
        below.stdout
    );
    let all = run.again("--content upper reset --all --yes").answer();
    assert!(all.starts_with("2 answers forgotten"), "{all}");
    assert!(!run.again("export").answer().contains("own-rule"));
}

/// The answers to a folder of questions are no pack's, whatever the folder is called, and can be forgotten.
#[test]
fn answers_to_a_folder_are_its_own() {
    let run = tozero("quiz --plain --only t-saga").input("saga\n");
    let folder = run.home().join("serverless");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("t-saga.md"), OWN).unwrap();
    assert_eq!(run.say().status, 0);
    let run = run
        .then("quiz --plain --from serverless --all")
        .input("a\n:q\n");
    assert_eq!(run.say().status, 0);
    assert!(
        !run.again("quiz --plain --missed")
            .say()
            .stdout
            .contains("Question 1")
    );
    let forgotten = run.again("reset t-saga --from serverless --yes").answer();
    assert!(
        forgotten.starts_with("1 answer to t-saga forgotten"),
        "{forgotten}"
    );
    assert_eq!(run.again("export").answer().matches("t-saga").count(), 1);
}
