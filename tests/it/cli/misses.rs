//! What is said when nothing was found or something was typed wrong.
//! Messages are compared to the letter; the status tells a miss (1) from wrong use (2).

use super::{Run, tozero};

#[track_caller]
fn miss(arguments: &str, expected: &str) {
    assert_eq!(tozero(arguments).fault(1), expected, "{arguments}");
}

#[track_caller]
fn wrong(arguments: &str, expected: &str) {
    assert_eq!(tozero(arguments).fault(2), expected, "{arguments}");
}

#[test]
fn a_miss_names_what_was_probably_meant() {
    miss(
        "cold-strat",
        "tozero: nothing is called cold-strat\nhelp: did you mean\n        cold-start                   Cold start\n",
    );
    miss(
        "define xyzzy",
        "tozero: nothing is called xyzzy\nhelp: tozero list terms names them all\n",
    );
    miss(
        "read xyzzy",
        "tozero: there is no lesson called xyzzy\nhelp: tozero list lessons names them all\n",
    );
    miss(
        "refs xyzzy",
        "tozero: there is no term called xyzzy\nhelp: tozero list terms names them all\n",
    );
    miss(
        "search xyzzy",
        "tozero: nothing is called xyzzy\nhelp: tozero list terms names them all\n",
    );
    miss(
        "compare cncf-veiw",
        "tozero: there is no perspective called cncf-veiw\nhelp: did you mean\n        \
         cncf-view                    Two personas and two promises\n",
    );
    let said = tozero("define lambda cold").fault(1);
    assert!(
        said.contains("lambda"),
        "a word that tells something helps: {said}"
    );
}

#[test]
fn a_command_typed_wrong_is_a_miss_that_names_the_command() {
    let expected = "tozero: nothing is called comapre\nhelp: did you mean the command compare?\n";
    miss("comapre", expected);
    miss(
        "chekc mypack",
        "tozero: nothing is called chekc mypack\nhelp: did you mean the command check?\n",
    );
}

#[test]
fn wrong_use_names_what_would_be_right() {
    wrong(
        "define --jsno acu",
        "tozero: there is no flag --jsno here\nhelp: did you mean --json?\n",
    );
    wrong(
        "--color purple",
        "tozero: purple is no value for --color <WHEN>\nhelp: one of auto, always, never\n",
    );
    wrong(
        "list trems",
        "tozero: trems is no kind of entry\nhelp: did you mean terms?\n",
    );
    wrong(
        "list",
        "tozero: <KIND> is missing\nhelp: usage: tozero list <KIND>\n",
    );
    wrong(
        "define",
        "tozero: <TERM>... is missing\nhelp: usage: tozero define <TERM>...\n",
    );
    wrong(
        "list terms more",
        "tozero: more is one word too many\nhelp: usage: tozero list [OPTIONS] <KIND>\n",
    );
    wrong(
        "help comapre",
        "tozero: there is no help about comapre\nhelp: did you mean compare?\n",
    );
    wrong(
        "--theme drak",
        "tozero: there is no theme drak\nhelp: did you mean dark?\n",
    );
    wrong(
        "--lens no-knob acu",
        "tozero: there is no lens called no-knob\nhelp: did you mean no-knobs?\n",
    );
    wrong("--width", "tozero: --width <N> needs a value\n");
    wrong(
        "acu --json list terms",
        "tozero: acu stands before a command\nhelp: put words to look up after `define`\n",
    );
    wrong(
        "refs --open 0",
        "tozero: 0 is no value for --open <N>: 0 is not in 1..=9999\n",
    );
}

#[test]
fn widths_have_limits() {
    for width in ["19", "501", "-1", "x", "99999999999999999999", ""] {
        let said = Run::new(["--width", width]).fault(2);
        assert!(said.starts_with("tozero: "), "{width}: {said}");
    }
    for width in ["20", "500"] {
        assert!(!Run::new(["--width", width]).answer().is_empty());
    }
}

#[test]
fn nothing_to_look_up_is_wrong_use() {
    for words in ["", " ", "-- ", "''"] {
        let run = Run::new(["define", "--"]).arg(words);
        assert_eq!(
            run.fault(2),
            "tozero: there is nothing to look up\n",
            "{words:?}"
        );
    }
    assert_eq!(
        Run::new([""]).fault(2),
        "tozero: there is nothing to look up\n"
    );
}

/// A digit stands in many names and is nobody's: a guess by it would pass for the answer.
#[test]
fn a_number_names_no_service() {
    for arguments in ["judge 1", "compare 1", "compare 1 neon", "judge 100"] {
        let said = tozero(arguments).say();
        assert_eq!(said.status, 1, "{arguments}: {}", said.stderr);
        assert!(
            said.stderr.contains("help: did you mean"),
            "{arguments}: {}",
            said.stderr
        );
        assert_eq!(said.stdout, "", "{arguments}");
    }
    assert!(tozero("judge lambda").answer().contains("Lambda"));
    assert!(tozero("judge spann").answer().contains("Spanner"));
}
