//! A session from its first question to its last, over two runs of the program.
//! What was answered before the program ended is there when it is gone on with.

use std::path::Path;

use crate::cli::TOZERO;
use crate::support::bundled_questions;
use crate::support::pty::Pty;

#[test]
fn a_quiz_is_begun_left_and_gone_on_with() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().to_str().unwrap();
    let here = [
        ("HOME", home),
        ("LANG", "C.UTF-8"),
        ("XDG_CONFIG_HOME", home),
        ("XDG_STATE_HOME", home),
    ];
    let all = bundled_questions();
    let open = |arguments: &[&str]| Pty::spawn(Path::new(TOZERO), arguments, (80, 24), &here);
    let mut pty = open(&["quiz", "--seed", "7", "--only", "bus-rule,t-saga"]);
    pty.wait_for("A fraud function has to check");
    pty.send("b");
    pty.wait_for("(*) b");
    pty.send("\r");
    pty.wait_for("your answer, right");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
    // The app opens where it was left, unless it is to open as at the first time.
    let mut pty = open(&["--fresh"]);
    pty.wait_for("What is serverless?");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    let mut pty = open(&[]);
    pty.wait_for("the session you left, 1 of 2 done");
    pty.send("\r");
    pty.wait_for("A long transaction of local steps");
    pty.send("saga");
    pty.wait_for("> saga");
    pty.send("\r");
    pty.wait_for("Right.");
    pty.send("\r");
    pty.wait_for("2 of 2 right");
    pty.send("\r");
    pty.wait_for(&format!("{} new", all - 2));
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}
