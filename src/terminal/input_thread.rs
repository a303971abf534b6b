//! Reads the terminal, on a thread of its own.
//!
//! It sleeps until something comes; half a sequence, an endless paste or a flood keeps nothing else waiting;
//! what is typed for the shell stays the shell's; a terminal that is gone ends the program, whatever becomes of SIGHUP.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;

use crate::app::Msg;
use crate::layout::BackgroundTone;
use crate::terminal::background::{QUESTION, may_be_asked};
use crate::terminal::decoder::{Decoded, Decoder};
use crate::terminal::input::InputSource;
use crate::terminal::paste::PasteDetector;
use crate::terminal::{exit, guard, spawn};

/// A pause this long ends a burst of keys.
const PAUSE: Duration = Duration::from_millis(10);
/// The most a terminal hands out at once.
const CHUNK: usize = 4096;

/// The reading end of the terminal. One at a time.
#[derive(Debug, Default)]
pub struct TerminalReader {
    decoder: Decoder,
    keys: PasteDetector,
    tone: Option<BackgroundTone>,
    attributes: bool,
}

/// What waiting for bytes came to.
enum WaitResult {
    Bytes,
    Nothing,
    Gone,
}

impl TerminalReader {
    /// A reader that has read nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits for the next thing to pass on; false when the terminal is gone. A lone key is passed on at once, several
    /// are waited with for a pause, because only then it is known whether they are a paste.
    fn gather(&mut self) -> bool {
        if self.keys.is_empty() {
            match wait(self.decoder.patience()) {
                WaitResult::Bytes if self.read() => {}
                WaitResult::Nothing => self.take(Decoder::give_up),
                WaitResult::Bytes | WaitResult::Gone => return false,
            }
        }
        while self.keys.may_grow() {
            match wait(Some(PAUSE)) {
                WaitResult::Bytes if self.read() => {}
                WaitResult::Nothing => return true,
                WaitResult::Bytes | WaitResult::Gone => return false,
            }
        }
        true
    }

    /// Reads what is there; false at the end.
    fn read(&mut self) -> bool {
        let mut bytes = [0; CHUNK];
        match guard::read(&mut bytes) {
            Ok(0) => false,
            Ok(n) => {
                self.take(|decoder, out| decoder.feed(bytes.get(..n).unwrap_or(&[]), out));
                true
            }
            // A signal came, or another reader was faster: the next wait decides.
            Err(Errno::INTR | Errno::AGAIN) => true,
            Err(_) => false,
        }
    }

    fn take(&mut self, step: impl FnOnce(&mut Decoder, &mut Vec<Decoded>)) {
        let mut out = Vec::new();
        step(&mut self.decoder, &mut out);
        for decoded in out {
            match decoded {
                Decoded::Input(input) => self.keys.add(input),
                Decoded::Background(tone) => self.tone = Some(tone),
                Decoded::Attributes => self.attributes = true,
            }
        }
    }
}

impl InputSource for TerminalReader {
    fn ask_background(&mut self, limit: Duration) -> Option<BackgroundTone> {
        if !may_be_asked(std::env::var("TERM").ok().as_deref()) || !guard::is_interactive() {
            return None;
        }
        guard::write(QUESTION);
        let deadline = Instant::now() + limit;
        // Every terminal answers for its attributes, which are asked for last: after them no color comes.
        while self.tone.is_none() && !self.attributes {
            match wait(Some(deadline.saturating_duration_since(Instant::now()))) {
                WaitResult::Bytes if self.read() => {}
                WaitResult::Bytes | WaitResult::Nothing | WaitResult::Gone => break,
            }
        }
        self.tone.take()
    }

    fn start(mut self, sink: impl Fn(Msg) + Send + 'static) -> io::Result<()> {
        let run = move || {
            while self.gather() {
                self.keys
                    .finish()
                    .into_iter()
                    .for_each(|input| sink(input.into()));
                if let Some(tone) = self.tone.take() {
                    sink(Msg::Theme(tone.theme()));
                }
            }
            exit::end(exit::HANG_UP, None);
        };
        spawn("input", run)
    }
}

/// Waits until the terminal has bytes for us, or is gone.
fn wait(timeout: Option<Duration>) -> WaitResult {
    let timeout = timeout.map(|t| t.try_into().unwrap_or_default());
    let stdin = stdin();
    loop {
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(0) => return WaitResult::Nothing,
            Ok(_) if fds.iter().any(|fd| fd.revents().contains(PollFlags::IN)) => {
                return WaitResult::Bytes;
            }
            Ok(_) => return WaitResult::Gone,
            Err(Errno::INTR) => {}
            Err(_) => return WaitResult::Gone,
        }
    }
}
