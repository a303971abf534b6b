//! What happens when the program is wrong.
//!
//! Promises: a panic on any thread saves, gives the terminal back, tells in cleaned words what happened, and ends with
//! 101; it cannot loop, whatever is closed. A panic inside [`guarded`] ends nothing and says nothing.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo};

use crate::safe;
use crate::terminal::exit;
use crate::text::SafeText;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Sets the hook. Once, first thing.
pub fn install() {
    std::panic::set_hook(Box::new(hook));
}

/// Runs something whose panic is survived, such as drawing one page, and gives the panic's words when there was one.
/// What it changed before may be half done.
pub fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, SafeText> {
    let before = GUARDED.replace(true);
    let result = std::panic::catch_unwind(AssertUnwindSafe(run));
    GUARDED.set(before);
    result.map_err(|payload| SafeText::line(words(payload.as_ref())))
}

fn hook(info: &PanicHookInfo<'_>) {
    if GUARDED.get() {
        return;
    }
    if exit::is_ending_here() {
        // The thread that saves may die of it; whoever waits for it goes on.
        return;
    }
    let place = info
        .location()
        .map(|l| format!("{}:{}", l.file(), l.line()))
        .unwrap_or_default();
    let message = safe!(
        "tozero: this is a mistake in the program, at {place}: {}",
        words(info.payload())
    );
    exit::end(exit::PANIC, Some(&message));
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_panic_is_a_value() {
        assert_eq!(guarded(|| 1 + 1), Ok(2));
        let words = guarded(|| -> u8 { panic!("at \x1b[2J line {}", 7) });
        assert_eq!(words, Err(SafeText::ours("at \u{241b}[2J line 7")));
        assert!(!GUARDED.get());
    }
}
