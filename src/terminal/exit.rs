//! Ends the program when the end comes from outside the event loop: a signal, a hang-up, a panic.
//!
//! What was to be saved has half a second for it, the terminal is given back, and the process is gone within a second;
//! further signals and panics meanwhile change nothing.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

pub use crate::terminal::stderr::print_error;
use crate::terminal::{guard, spawn};
use crate::text::SafeText;

/// How long saving may take.
const SAVE_LIMIT: Duration = Duration::from_millis(500);
/// Exit status after a hang-up of the terminal: 128 + SIGHUP.
pub const HANG_UP: i32 = 129;
/// Exit status of a program that Ctrl-C ended, as a shell reports it: 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;
/// Exit status where something could not be done that was asked for, such as saving an answer.
pub const WRONG: u8 = 2;
/// Exit status after a panic.
pub const PANIC: i32 = 101;

/// Saves, and says what it could not.
type SaveHook = Box<dyn FnOnce() -> Option<SafeText> + Send>;

static SAVE_HOOK: Mutex<Option<SaveHook>> = Mutex::new(None);
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// What a thread has to do with the end of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum EndRole {
    /// Nothing so far.
    None,
    Ending,
    /// It saves for the one that is ending the program.
    Saving,
}

thread_local! {
    static END_ROLE: Cell<EndRole> = const { Cell::new(EndRole::None) };
}

/// What to do before the program is ended from outside its loop. Runs once, on a thread of its own, and is cut off after
/// half a second; what it comes back with is printed. Replaces what was set before.
pub fn on_end(save: impl FnOnce() -> Option<SafeText> + Send + 'static) {
    *SAVE_HOOK.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(save));
}

/// Whether this thread saves for the one that is ending the program.
pub(crate) fn is_saving_here() -> bool {
    END_ROLE.get() == EndRole::Saving
}

/// Waits for the end of the program.
pub(crate) fn wait_for_end() -> ! {
    loop {
        std::thread::park();
    }
}

/// Saves, gives the terminal back, says why, and is gone. No destructors and no exit handlers run: either could wait for
/// a lock that another thread holds while it waits for the terminal.
pub fn end(code: i32, message: Option<&SafeText>) -> ! {
    if END_ROLE.get() != EndRole::None {
        // Ending went wrong on its way, such as by a panic: only the terminal still matters.
        guard::leave();
        signal_hook::low_level::exit(code);
    }
    if IS_ENDING.swap(true, Ordering::SeqCst) {
        // Another thread is ending the program, and this one with it.
        wait_for_end();
    }
    END_ROLE.set(EndRole::Ending);
    let unsaved = save();
    guard::leave();
    for message in message.into_iter().chain(&unsaved) {
        print_error(message);
    }
    let code = match unsaved {
        // As at every other end of a session.
        Some(_) if code == i32::from(INTERRUPTED) => i32::from(WRONG),
        _ => code,
    };
    signal_hook::low_level::exit(code);
}

fn save() -> Option<SafeText> {
    let Ok(Some(save)) = SAVE_HOOK.try_lock().map(|mut slot| slot.take()) else {
        return None;
    };
    let (done, wait) = mpsc::channel();
    let run = move || {
        END_ROLE.set(EndRole::Saving);
        let _ = done.send(save());
    };
    spawn("save", run).ok()?;
    wait.recv_timeout(SAVE_LIMIT).ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hook_runs_once() {
        let (sender, ran) = mpsc::channel();
        for hook in ["replaced", "kept"] {
            let sender = sender.clone();
            on_end(move || {
                sender.send((hook, is_saving_here())).unwrap();
                Some("said".into())
            });
        }
        assert_eq!((save(), save()), (Some("said".into()), None));
        assert_eq!(ran.try_iter().collect::<Vec<_>>(), [("kept", true)]);
        assert!(!is_saving_here(), "only the thread that saves");
    }
}
