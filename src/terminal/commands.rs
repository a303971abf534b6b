//! The bytes that take a terminal for a full-screen program and give it back.

use std::io;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};

/// Clicks and drags. crossterm's `EnableMouseCapture` also asks for every motion (1003), which would wake the program
/// for nothing, and for an encoding that the decoder does not read (1015).
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// What crossterm's `DisableMouseCapture` sends; on Windows that changes the console instead.
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l";
/// What crossterm's `PopKeyboardEnhancementFlags` sends, but on Windows, where it is an error.
const KEYBOARD_OFF: &[u8] = b"\x1b[<1u";

/// What makes the screen ours: the other screen, empty, without a cursor.
pub(super) fn enter_commands(was_entered: bool, mouse: bool) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if was_entered {
        // Entering twice would make the terminal forget where the shell's cursor was.
        queue!(bytes, LeaveAlternateScreen)?;
    }
    queue!(
        bytes,
        EnterAlternateScreen,
        SetAttribute(Attribute::Reset),
        Clear(ClearType::All),
        EnableBracketedPaste,
        Hide,
    )?;
    // The window's title is put by, to be given back.
    bytes.extend(b"\x1b[22;0t");
    if mouse {
        bytes.extend(MOUSE_ON);
    }
    Ok(bytes)
}

/// Everything off that we or a program started before us may have switched on; the screen last, so that nothing of this
/// shows on the shell's.
pub(super) fn leave_commands() -> io::Result<Vec<u8>> {
    // The end of a frame that was not sent whole, and the window's title as it was.
    let mut bytes = b"\x1b[?2026l\x1b[23;0t".to_vec();
    queue!(bytes, DisableBracketedPaste)?;
    bytes.extend(MOUSE_OFF);
    queue!(bytes, DisableFocusChange)?;
    bytes.extend(KEYBOARD_OFF);
    queue!(
        bytes,
        SetAttribute(Attribute::Reset),
        Show,
        // Where there is no other screen to go back to, the prompt would land in the middle of ours.
        MoveTo(0, u16::MAX - 1),
        Clear(ClearType::CurrentLine),
        LeaveAlternateScreen,
    )?;
    Ok(bytes)
}

/// Mouse reports on or off.
#[cfg(unix)]
pub(super) const fn mouse_commands(on: bool) -> &'static [u8] {
    if on { MOUSE_ON } else { MOUSE_OFF }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_set_and_reset_by_these_bytes() {
        let check = |bytes: io::Result<Vec<u8>>, expected: &str| {
            assert_eq!(String::from_utf8(bytes.unwrap()).unwrap(), expected);
        };
        let screen = "\x1b[?1049h\x1b[0m\x1b[2J\x1b[?2004h\x1b[?25l\x1b[22;0t";
        let mouse = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
        let no_mouse = "\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l";
        check(enter_commands(false, false), screen);
        check(enter_commands(false, true), &format!("{screen}{mouse}"));
        check(enter_commands(true, false), &format!("\x1b[?1049l{screen}"));
        check(Ok(mouse_commands(true).to_vec()), mouse);
        check(Ok(mouse_commands(false).to_vec()), no_mouse);
        let rest = "\x1b[?1004l\x1b[<1u\x1b[0m\x1b[?25h\x1b[65535;1H\x1b[2K\x1b[?1049l";
        check(
            leave_commands(),
            &format!("\x1b[?2026l\x1b[23;0t\x1b[?2004l{no_mouse}{rest}"),
        );
    }
}
