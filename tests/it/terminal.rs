//! The terminal is given back: however the program ends, wherever it was.
//! Each row of the reliability matrix that needs a pseudo-terminal stands here, run on the bare program.

mod editing;
mod ends;
mod geometry;
mod input;
mod judging;
mod quiz;
mod services;
mod suspend;

use crate::support::bare;
use crate::support::pty::Pty;

/// The bare program, with its first screen drawn.
fn started(size: (u16, u16), variables: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::spawn(&bare(), &[], size, variables);
    pty.wait_for("keys 0");
    // The program asks for the background next; answering ends its wait.
    pty.wait_for_raw(b"\x1b[c");
    pty.send("\x1b[?1;2c");
    pty
}
