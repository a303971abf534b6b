//! Services as a user walks them: open, filter, another lens, the proof, and back to the same row.
//! The whole program runs in a terminal; each step waits for what the user would see.

use std::path::Path;

use crate::cli::TOZERO;
use crate::support::pty::Pty;

#[test]
fn services_are_filtered_judged_anew_and_come_back_to() {
    let mut pty = Pty::spawn(
        Path::new(TOZERO),
        &["--as-of", "2024-11-19"],
        (100, 30),
        &[("LC_ALL", "C.UTF-8")],
    );
    pty.wait_for_raw(b"\x1b[c");
    pty.send("\x1b[?1;2c");
    pty.send("4");
    pty.wait_for(" services as of 2024-11-19");
    pty.send("F");
    pty.wait_for("Ctrl-c quit");
    pty.send("aurora");
    pty.wait_for("3 of ");
    pty.send("\r");
    pty.wait_for("q quit");
    pty.send("j");
    let row = "> Aurora Serverless v2";
    pty.wait_for(row);
    pty.wait_for("! serverless in name");
    pty.send("L");
    pty.wait_for("Choose the lens");
    pty.send("chatgpt");
    pty.wait_for("chatgpt");
    pty.send("\r");
    pty.wait_for("changed · lens: The provider's answer");
    pty.wait_for("+ serverless (!)");
    pty.send("\r");
    pty.wait_for("The proof");
    pty.wait_for("was ! serverless in name by Scale to zero");
    pty.send("[");
    pty.wait_for("3 of ");
    pty.wait_for(row);
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}
