//! Judging one's own service at a terminal: full screen with the text copied, and as lines.
//! The terminal is given back after both.

use std::path::Path;

use crate::cli::TOZERO;
use crate::support::pty::Pty;

/// `## Is this service serverless?` and a newline, as the clipboard gets it.
const COPIED: &[u8] = b"IyMgSXMgdGhpcyBzZXJ2aWNlIHNlcnZlcmxlc3M/";

#[test]
fn an_interview_is_answered_judged_and_copied() {
    let home = tempfile::tempdir().unwrap();
    let variables = [
        ("HOME", home.path().to_str().unwrap()),
        ("LC_ALL", "C.UTF-8"),
        ("COLORFGBG", "15;0"),
    ];
    let mut pty = Pty::spawn(Path::new(TOZERO), &[], (80, 24), &variables);
    pty.wait_for("What is serverless?");
    pty.send("J");
    for n in 1..=14 {
        pty.wait_for(&format!("question {n} of 14"));
        pty.send(if n == 5 { "u" } else { "1" });
    }
    pty.wait_for("Your service");
    pty.wait_for("serverless in name to serverless");
    pty.send("y");
    pty.wait_for("sent to the clipboard: the result, as markdown");
    pty.wait_for_raw(b"\x1b]52;c;");
    pty.wait_for_raw(COPIED);
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

#[test]
fn at_a_terminal_the_lines_end_with_ctrl_d() {
    let home = tempfile::tempdir().unwrap();
    let variables = [
        ("HOME", home.path().to_str().unwrap()),
        ("LC_ALL", "C.UTF-8"),
    ];
    let mut pty = Pty::spawn(Path::new(TOZERO), &["judge"], (80, 24), &variables);
    pty.wait_for("Question 1 of 14");
    pty.send("2\r");
    pty.wait_for("Question 2 of 14");
    pty.send("\x04");
    pty.wait_for("Stopped at question 2 of 14; nothing was judged.");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

#[test]
fn a_lens_of_ones_own_is_made_saved_and_used() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap();
    let variables = [
        ("HOME", path),
        ("XDG_CONFIG_HOME", path),
        ("LC_ALL", "C.UTF-8"),
    ];
    let mut pty = Pty::spawn(Path::new(TOZERO), &[], (100, 30), &variables);
    pty.wait_for("What is serverless?");
    pty.send("O");
    pty.wait_for("Least answer of a service");
    // It begins with the lens that is on; whoever runs the machines is asked besides.
    pty.send("\x1b[C\x1b[C");
    pty.wait_for("any  part [yes]");
    pty.send("\x1b[A");
    pty.wait_for("> name");
    pty.send("mine");
    pty.wait_for("mine");
    pty.send("\r");
    pty.wait_for("saved · ");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
    let file = home.path().join("tozero/lenses/serverless/mine.toml");
    let rule = std::fs::read_to_string(file).unwrap();
    assert!(rule.contains("provider_managed = \"yes\""), "{rule}");
    let mut judged = Pty::spawn(
        Path::new(TOZERO),
        &["judge", "aws-ec2", "--lens", "mine"],
        (100, 150),
        &variables,
    );
    judged.wait_for("by mine");
    assert_eq!(judged.wait_exit().code, 0);
}
