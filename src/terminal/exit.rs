//! The end of the program when it comes from outside the loop: a signal, a hang-up, a panic.
//! Promises: what was to be saved has half a second for it, the terminal is given back, and the process is gone within
//! a second; further signals and panics meanwhile change nothing.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::stdio::stderr;

use crate::terminal::guard;
use crate::text::SafeText;

/// How long saving may take.
const SAVE: Duration = Duration::from_millis(500);
/// How long a message may wait for whoever reads standard error.
const SAY: Duration = Duration::from_millis(100);
/// What a hang-up of the terminal ends with: 128 + SIGHUP.
pub const HANG_UP: i32 = 129;
/// What a panic ends with.
pub const PANIC: i32 = 101;

type SaveHook = Box<dyn FnOnce() + Send>;

static ON_END: Mutex<Option<SaveHook>> = Mutex::new(None);
static ENDING: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// True on the thread that is ending the program, and on the one that saves for it.
    static ENDS: Cell<bool> = const { Cell::new(false) };
}

/// What to do before the program is ended from outside its loop. Runs once, on a thread of its own, and is cut off after
/// half a second. Replaces what was set before.
pub fn on_end(save: impl FnOnce() + Send + 'static) {
    *ON_END
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Box::new(save));
}

/// Whether the program is being ended by this thread or for it.
pub(crate) fn is_ending_here() -> bool {
    ENDS.get()
}

/// Saves, gives the terminal back, says why, and is gone. No destructors and no exit handlers run: either could wait for
/// a lock that another thread holds while it waits for the terminal.
pub fn end(code: i32, message: Option<&SafeText>) -> ! {
    if ENDS.get() {
        guard::leave();
        signal_hook::low_level::exit(code);
    }
    if ENDING.swap(true, Ordering::SeqCst) {
        // Another thread is at it and will take this one along.
        loop {
            std::thread::park();
        }
    }
    ENDS.set(true);
    save();
    guard::leave();
    if let Some(message) = message {
        say(message);
    }
    signal_hook::low_level::exit(code);
}

/// One message to standard error, best effort: cut off rather than waited for.
pub fn say(message: &SafeText) {
    let error = stderr();
    // A terminal that is writable takes at least this much without waiting.
    for piece in format!("{message}\n").as_bytes().chunks(128) {
        let left = SAY.try_into().unwrap_or_default();
        let mut fds = [PollFd::new(&error, PollFlags::OUT)];
        if !poll(&mut fds, Some(&left)).is_ok_and(|ready| ready > 0)
            || rustix::io::write(error, piece).is_err()
        {
            return;
        }
    }
}

fn save() {
    let Ok(Some(save)) = ON_END.try_lock().map(|mut slot| slot.take()) else {
        return;
    };
    let (done, wait) = mpsc::channel();
    let run = move || {
        ENDS.set(true);
        save();
        let _ = done.send(());
    };
    if std::thread::Builder::new()
        .name("save".to_owned())
        .spawn(run)
        .is_ok()
    {
        let _ = wait.recv_timeout(SAVE);
    }
}
