//! The quiz in lines: transcripts of every kind, and the same questions as the app asks.
//! What is answered here is in the record of the same home folder.

use serde_json::Value;

use super::{Run, tozero};

/// What a session of these flags prints for these lines, and how it ends.
fn talk(flags: &str, lines: &str) -> String {
    tozero(&format!("quiz --plain --seed 7 {flags}"))
        .input(lines)
        .answer()
}

/// The verdicts of a transcript.
fn verdicts(said: &str) -> Vec<&str> {
    let first = ["Right.", "Wrong.", "Partly", "Almost:", "Skipped."];
    let word = |line: &'_ str| first.into_iter().find(|w| line.starts_with(w));
    said.lines().filter_map(word).collect()
}

#[test]
fn every_kind_is_answered_in_lines() {
    let check = |id: &str, lines: &str, expected: &[&str]| {
        let said = talk(&format!("--only {id}"), &format!("{lines}\n"));
        assert_eq!(verdicts(&said), expected, "{id} {lines}:\n{said}");
    };
    check("bus-rule", "b", &["Right."]);
    check("bus-rule", "a", &["Wrong."]);
    check("bus-rule", "x\na b\n\n:x", &["Skipped."]);
    check("m-provider-traits", "a b", &["Right."]);
    check("m-provider-traits", "a", &["Partly"]);
    check("tf-broad-floor", "t", &["Right."]);
    check("tf-broad-floor", "F", &["Wrong."]);
    check("c-strict-sort", "a2 b1 c2 d1 e1 f2", &["Right."]);
    check("c-strict-sort", "a1\na1 b1 c2 d1 e1 f2", &["Partly"]);
    check("o-break-even", "d a e c b", &["Right."]);
    check("o-break-even", "d a c e b", &["Partly"]);
    check("p-camps", "a4 b1 c2 d3", &["Right."]);
    check("p-camps", "a1 b2 c3 d4", &["Wrong."]);
    check("n-break-even-long", "many\n1,075", &["Right."]);
    check(
        "n-break-even-long",
        "1,075,000\n1,075",
        &["Almost:", "Right."],
    );
    check(
        "t-break-even",
        "break-evan\nbreak-even",
        &["Almost:", "Right."],
    );
    check(
        "t-break-even",
        "threshold\nthreshold",
        &["Almost:", "Wrong."],
    );
}

#[test]
fn the_end_of_the_input_ends_with_the_summary_and_the_rest_waits() {
    let run = tozero("quiz --plain --seed 7 --only bus-rule,t-saga,p-camps").input("b\n");
    let said = run.answer();
    assert!(
        said.contains("1 of 1 right so far") && said.contains("When sure, right 1 of 1."),
        "{said}"
    );
    assert!(
        said.ends_with("The rest waits: tozero quiz goes on with it.\n"),
        "{said}"
    );
    let again = run.then("quiz --plain").input("\n:g saga\n:q\n");
    let said = again.answer();
    assert!(
        said.starts_with("You left a session, 1 of 3 done."),
        "{said}"
    );
    assert!(
        said.contains("Question 2 of 3. Architecture, medium. Seed 7.")
            && said.contains("2 of 2 right so far"),
        "{said}"
    );
    assert!(said.contains("When guessing, right 1 of 1."), "{said}");
    let exported = again.then("export --format json").answer();
    assert!(
        exported.contains("bus-rule")
            && exported.contains("t-saga")
            && !exported.contains("p-camps"),
        "{exported}"
    );
}

#[test]
fn what_is_undone_is_not_in_the_record() {
    let run = tozero("quiz --plain --seed 7 --only bus-rule,t-saga").input("a\n:u\nb\n:q\n");
    let said = run.answer();
    assert!(
        said.contains("The last answer is taken back.") && said.contains("1 of 1 right so far"),
        "{said}"
    );
    let stats = run.then("stats --json").answer();
    let stats: Value = serde_json::from_str(&stats).unwrap();
    assert!(
        stats.to_string().contains("\"hits\":1") || stats.to_string().contains("\"right\":1"),
        "{stats}"
    );
}

#[test]
fn words_beside_answers() {
    let said = talk("--only provider-view-floor", ":h\n:e\n:z\n:q\n");
    let told = [
        "Hint: This view asks who does the work",
        ":e shows the page behind the last answer; there is none.",
        "There is no :z.",
        "Nothing answered",
    ];
    let mut from = 0;
    for words in told {
        let at = said[from..]
            .find(words)
            .unwrap_or_else(|| panic!("{words} is missing or late:\n{said}"));
        from += at;
    }
}

#[test]
fn misses_come_back_and_then_the_page() {
    let first = tozero("quiz --plain --seed 7 --only t-saga").input(":g x\n:g x\n");
    let said = first.answer();
    assert!(said.contains("Question once more 1 of 1."), "{said}");
    assert!(said.contains("0 of 1 right"), "{said}");
    let second = first
        .then("quiz --plain --only t-saga")
        .input(":g x\n:g x\n");
    second.answer();
    let said = second
        .then("quiz --plain --only t-saga")
        .input("\n")
        .answer();
    assert!(
        said.contains("Missed four times. Read this instead")
            && said.contains("1 read instead of asked"),
        "{said}"
    );
}

#[test]
fn the_same_seed_is_the_same_session() {
    let all = |seed| tozero(&format!("quiz --json --all --seed {seed}")).answer();
    assert_eq!(all(7), all(7));
    assert_ne!(all(7), all(8));
    let questions: Value = serde_json::from_str(&all(7)).unwrap();
    let first = &questions["questions"][0];
    let said = talk("--all", "");
    assert!(
        said.contains(
            first["prompt"]["text"]
                .as_str()
                .unwrap()
                .split_once(' ')
                .unwrap()
                .0
        ),
        "{said}"
    );
    let wide = tozero("quiz --plain --width 200 --all --seed 7")
        .input("")
        .answer();
    for (row, letter) in first["rows"].as_array().into_iter().flatten().zip('a'..) {
        let line = format!("  {letter}  {}\n", row.as_str().unwrap());
        assert!(wide.contains(&line), "{line:?} is missing:\n{wide}");
    }
    for secret in ["right", "why", "explanation", "answer\"", "spellings"] {
        assert!(!first.as_object().unwrap().contains_key(secret), "{first}");
    }
}

#[test]
fn wrong_wishes_are_told() {
    let fault = |flags: &str, status| tozero(&format!("quiz --plain {flags}")).fault(status);
    let said = fault("--topic biling", 2);
    assert!(
        said.contains("there is no topic called biling") && said.contains("did you mean billing?"),
        "{said}"
    );
    assert!(fault("--only no-such", 2).contains("there is no question called no-such"));
    assert!(fault("--missed", 1).contains("nothing of that kind to ask now"));
    assert!(fault("--count 0", 2).contains("0"));
    assert!(fault("--due --new", 2).contains("--new"));
}

#[test]
fn without_a_place_to_save_the_quiz_goes_on_and_says_so() {
    let run = tozero("quiz --plain --seed 7 --only bus-rule")
        .env("XDG_STATE_HOME", "/proc/nowhere")
        .input("b\n");
    let said = run.say();
    assert_eq!(said.status, 2, "{}", said.stderr);
    assert!(
        said.stdout.contains("1 of 1 right")
            && said.stderr.contains("\ntozero: 1 answer was not saved: "),
        "{}",
        said.stderr
    );
}

#[test]
fn accessible_and_dumb_terminals_get_lines() {
    for (name, value) in [("ACCESSIBLE", "1"), ("TERM", "dumb")] {
        let said = Run::new("quiz --seed 7 --only bus-rule".split(' '))
            .env(name, value)
            .input("b\n")
            .answer();
        assert!(
            said.contains("Question 1 of 1.") && said.contains("Right."),
            "{said}"
        );
        assert!(!said.contains('\u{1b}') && !said.contains('─'), "{said}");
    }
}

#[test]
fn a_command_is_one_line_however_long() {
    let ids = "t-cold-start,bus-rule,cold-start-cause,t-saga,p-camps";
    let run = tozero("quiz --plain --seed 7 --only").arg(ids);
    let said = run.input(":x\n:x\n:x\n:x\n:x\n:x\n").answer();
    let command = said
        .lines()
        .find(|line| line.trim().starts_with("tozero quiz --seed"));
    let whole = command.is_some_and(|line| line.trim_end().len() > 78 && line.contains(ids));
    assert!(whole, "{said}");
}
