//! All input and output of the full-screen program: the terminal, signals, the browser, the clipboard.
//!
//! Files of the same name in `windows/` take the place of those here on Windows.
//! Whatever ends the program, the terminal is given back as it was found. Nothing here waits for a timer while nothing
//! happens, and no thread but the drawing one ever waits for the terminal.

pub mod backend;
pub mod background;
mod commands;
pub mod content_thread;
pub mod decoder;
pub mod event_loop;
pub mod exit;
#[cfg_attr(windows, path = "windows/guard.rs")]
pub mod guard;
pub mod input;
#[cfg_attr(windows, path = "windows/input_thread.rs")]
pub mod input_thread;
#[cfg(unix)]
pub(crate) mod job_control;
pub mod panic;
pub mod paste;
pub mod platform;
#[cfg_attr(windows, path = "windows/signals.rs")]
pub mod signals;
pub mod size;
#[cfg_attr(windows, path = "windows/stderr.rs")]
mod stderr;

pub use backend::Canvas;
pub use event_loop::{AppExit, AppOptions};
pub use guard::Guard;
pub use input::InputSource;
pub use input_thread::TerminalReader;
pub use platform::{OpenOutcome, UrlOpener};
pub use size::Size;

/// Runs something on a thread of its own, by this name.
pub(crate) fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(run).map(drop)
}
