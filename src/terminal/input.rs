//! What the user does at the terminal, and what a source of it must offer.
//!
//! [`crate::terminal::TerminalReader`] is the source. On Unix it reads and decodes bytes itself, since crossterm's reader
//! waits there for the rest of half a sequence; on Windows it hands on crossterm's events. The event loop knows only the
//! trait [`InputSource`].

use std::io;
use std::time::Duration;

use crate::app::{Key, Mouse, Msg};
use crate::layout::BackgroundTone;
use crate::text::SafeText;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key was pressed or repeats; releases are not reported.
    Key(Key),
    /// Up to twelve keys that came at once: a short paste without marks, or what was typed on a slow line.
    Burst(Vec<Key>),
    /// The mouse, while it is on.
    Mouse(Mouse),
    /// Text that was pasted, or came faster than anybody types. At most 64 KiB.
    Paste(SafeText),
}

impl From<Input> for Msg {
    fn from(input: Input) -> Self {
        match input {
            Input::Key(key) => Self::Key(key),
            Input::Burst(keys) => Self::Burst(keys),
            Input::Mouse(mouse) => Self::Mouse(mouse),
            Input::Paste(text) => Self::Paste(text),
        }
    }
}

pub trait InputSource {
    /// Finds out how bright the background is, waiting at most `limit`. For after the first frame and before
    /// [`InputSource::start`]. Keys that come meanwhile are kept; an answer that comes later becomes [`Msg::Theme`].
    fn ask_background(&mut self, limit: Duration) -> Option<BackgroundTone>;

    /// Passes on whatever comes, from a thread that lives as long as the program.
    fn start(self, sink: impl Fn(Msg) + Send + 'static) -> io::Result<()>;
}
