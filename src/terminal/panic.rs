//! Turns a panic on any thread into an orderly end: what was to be saved is saved, the terminal is given back, and the
//! message is printed, cleaned, with exit status 101. It cannot loop, whatever is closed.

use std::any::Any;
use std::panic::PanicHookInfo;

use crate::safe;
use crate::terminal::exit;

/// Sets the hook. Once, first thing.
pub fn install() {
    std::panic::set_hook(Box::new(hook));
}

fn hook(info: &PanicHookInfo<'_>) {
    if exit::is_saving_here() {
        // Whoever waits for it goes on without it in half a second.
        exit::wait_for_end();
    }
    let place = info
        .location()
        .map(|l| format!("{}:{}", l.file(), l.line()))
        .unwrap_or_default();
    let message = safe!(
        "tozero: this is a mistake in the program, at {place}: {}",
        message(info.payload())
    );
    exit::end(exit::PANIC, Some(&message));
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_payload_has_a_message() {
        let check = |payload: Box<dyn Any + Send>, expected| {
            assert_eq!(message(payload.as_ref()), expected);
        };
        check(Box::new("literal"), "literal");
        check(Box::new("formatted".to_owned()), "formatted");
        check(Box::new(7), "no words");
    }
}
