//! Takes the console for the full-screen program and gives it back, on Windows.
//!
//! [`leave`] may be called from any thread, any number of times: it puts back the modes that were found. After it nothing
//! more is drawn. Unlike elsewhere, whoever writes waits for the console, which stands still while somebody selects text in it.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use crossterm::ansi_support::supports_ansi;
use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::terminal::commands::{enter_commands, leave_commands};
use crate::terminal::size::Size;

/// The console while it is ours. One at a time; dropping it leaves.
#[derive(Debug)]
pub struct Guard(());

/// What is needed to give the console back.
struct HeldConsole {
    mouse: bool,
    /// Whether we are on the alternate screen now.
    entered: bool,
}

static CONSOLE: Mutex<Option<HeldConsole>> = Mutex::new(None);

/// Whether a full-screen program can run at all: both standard input and standard output are a console.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

impl Guard {
    /// Takes the console: raw mode, alternate screen, hidden cursor, mouse reports if asked for. On an error it is as it was.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let unsupported = |why| Err(io::Error::new(io::ErrorKind::Unsupported, why));
        if !is_interactive() {
            return unsupported("standard input and output must be a terminal");
        }
        if !supports_ansi() {
            return unsupported("this console knows no escape sequences");
        }
        *lock() = Some(HeldConsole {
            mouse,
            entered: false,
        });
        // Made before the attempt: an error drops it, and that leaves.
        let guard = Self(());
        guard.take()?;
        Ok(guard)
    }

    fn take(&self) -> io::Result<()> {
        let mut state = lock();
        let Some(held) = state.as_mut() else {
            return Ok(());
        };
        enable_raw_mode()?;
        held.entered = true;
        send(&enter_commands(false, false)?)?;
        if held.mouse {
            execute!(io::stdout(), EnableMouseCapture)?;
        }
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "only who has the console draws")]
    pub fn screen(&self) -> FrameWriter {
        FrameWriter { waits: true }
    }

    #[expect(clippy::unused_self, reason = "the size is that of the console taken")]
    pub fn size(&self) -> Size {
        size()
    }

    /// Turns mouse reports on or off.
    #[expect(clippy::unused_self, reason = "only who has the console sets it")]
    pub fn set_mouse(&self, on: bool) {
        if let Some(held) = lock().as_mut() {
            let was = std::mem::replace(&mut held.mouse, on);
            if held.entered && on != was {
                let _ = set_mouse(on);
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the console back. Does nothing when it is not ours.
pub fn leave() {
    let Some(mut state) = lock_soon() else { return };
    let Some(held) = state.as_mut().filter(|held| held.entered) else {
        return;
    };
    // First, so that no frame follows and nobody leaves twice, whatever fails below.
    held.entered = false;
    if held.mouse {
        let _ = set_mouse(false);
    }
    let _ = leave_commands().and_then(|bytes| send(&bytes));
    let _ = disable_raw_mode();
}

fn set_mouse(on: bool) -> io::Result<()> {
    match on {
        true => execute!(io::stdout(), EnableMouseCapture),
        false => execute!(io::stdout(), DisableMouseCapture),
    }
}

/// The size of the console; 80×24 where there is none.
pub fn size() -> Size {
    let found = crossterm::terminal::size().ok();
    found.map_or(Size::bounded(0, 0), |(columns, rows)| {
        Size::bounded(columns, rows)
    })
}

/// What the environment means where it says nothing: a console says neither what it can nor which letters it has. All that
/// is written to it is turned from UTF-8 into its own letters.
pub fn usual_variables() -> [(&'static str, &'static str); 2] {
    let term = match supports_ansi() {
        true => "xterm-256color",
        false => "dumb",
    };
    [("TERM", term), ("LANG", "C.UTF-8")]
}

/// Sends frames to the console.
#[derive(Debug)]
pub struct FrameWriter {
    /// Without a meaning here: a console always waits.
    pub waits: bool,
}

impl FrameWriter {
    /// Sends a frame and removes from it what was sent. While the console is left, frames are dropped.
    #[expect(clippy::unused_self, reason = "only who has the console draws")]
    pub fn send(&self, frame: &mut Vec<u8>) -> io::Result<()> {
        // The lock keeps a frame from landing after `leave`.
        let state = lock();
        let is_ours = state.as_ref().is_some_and(|held| held.entered);
        let sent = if is_ours { send(frame) } else { Ok(()) };
        frame.clear();
        sent
    }
}

fn send(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(bytes)?;
    out.flush()
}

fn lock() -> MutexGuard<'static, Option<HeldConsole>> {
    CONSOLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock, unless its holder died with it.
fn lock_soon() -> Option<MutexGuard<'static, Option<HeldConsole>>> {
    for _ in 0..250 {
        match CONSOLE.try_lock() {
            Ok(state) => return Some(state),
            Err(TryLockError::Poisoned(state)) => return Some(state.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}
