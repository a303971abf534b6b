//! The pager: what is longer than the screen is handed to the program that `PAGER` names, `less` without one. Where it cannot
//! be started, the text is printed as it is.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGINT;

/// What `less` is told where `LESS` says nothing: leave a text that fits, show colors, leave the text on the screen.
const LESS: &str = "FRX";

/// A pager that was not started yet.
pub struct Pager {
    command: Vec<String>,
    rows: usize,
}

impl Pager {
    /// A pager by its words, the program first, for a terminal of so many rows.
    pub fn new(command: Vec<String>, rows: usize) -> Self {
        Self { command, rows }
    }

    /// A writer that holds back what is written until it is flushed, and then decides: longer than the screen, it goes
    /// to the pager; all else, and all that follows, goes to `out`.
    pub fn before(self, out: Box<dyn Write>) -> impl Write {
        Held {
            pager: Some(self),
            text: Vec::new(),
            out,
        }
    }

    /// Shows a text and waits until it was read; the error of a program that could not be started.
    fn show(&self, text: &[u8]) -> io::Result<()> {
        let (name, arguments) = self.command.split_first().ok_or(io::ErrorKind::NotFound)?;
        let mut command = Command::new(name);
        command.args(arguments).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        // Ctrl-c is the pager's: it stops a search there and must not leave a shell beside a running pager.
        let ignored = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(SIGINT, ignored)?;
        let mut pager = command.spawn()?;
        if let Some(mut stdin) = pager.stdin.take() {
            // Whoever leaves it early has read enough.
            let _ = stdin.write_all(&without_links(text));
        }
        pager.wait().map(drop)
    }
}

struct Held {
    /// Until the first flush.
    pager: Option<Pager>,
    text: Vec<u8>,
    out: Box<dyn Write>,
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.pager.is_none() {
            return self.out.write(bytes);
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        let pager = self.pager.take();
        let rows = text.iter().filter(|byte| **byte == b'\n').count();
        let long = pager.filter(|pager| rows >= pager.rows);
        if long.is_some_and(|pager| pager.show(&text).is_ok()) {
            return Ok(());
        }
        self.out.write_all(&text)?;
        self.out.flush()
    }
}

/// A text without the escape sequences of links, which older pagers show as letters.
fn without_links(text: &[u8]) -> Vec<u8> {
    const OPEN: &[u8] = b"\x1b]8;;";
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(byte) = rest.first() {
        let link = rest.strip_prefix(OPEN);
        let end = link.and_then(|link| link.windows(2).position(|two| two == b"\x1b\\"));
        match end {
            Some(end) => rest = rest.get(OPEN.len() + end + 2..).unwrap_or_default(),
            None => {
                kept.push(*byte);
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_taken_out_and_all_else_stays() {
        let check = |text: &str, kept: &str| {
            assert_eq!(without_links(text.as_bytes()), kept.as_bytes(), "{text:?}");
        };
        check("a\u{1b}[1mb\u{1b}[0m\n", "a\u{1b}[1mb\u{1b}[0m\n");
        check("\u{1b}]8;;https://a.b\u{1b}\\ü\u{1b}]8;;\u{1b}\\.", "ü.");
        check("\u{1b}]8;;open", "\u{1b}]8;;open");
    }
}
