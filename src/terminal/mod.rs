//! Top floor: the doors and windows. All input and output of the program goes through here.
//! Promises: whatever ends the program, the terminal is given back as it was found; nothing here waits for a timer
//! while nothing happens; no thread but the drawing one ever waits for the terminal.

pub mod backend;
pub mod background;
pub mod decoder;
pub mod paste;

pub mod exit;
pub mod input;
pub(crate) mod job_control;
pub mod panic;
pub mod receiver;

pub mod event_loop;
pub mod input_thread;

pub mod signals;
pub mod size;

pub mod guard;
pub mod platform;

pub use backend::Canvas;
pub use event_loop::{AppExit, AppOptions};
pub use guard::{Guard, Modes};
pub use input::{BackgroundTone, Input, InputSource};
pub use input_thread::TerminalReader;
pub use platform::{DesktopEnvironment, OpenOutcome, UrlOpener};
pub use receiver::EventReceiver;
pub use size::Size;
