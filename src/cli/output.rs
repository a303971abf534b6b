//! The only printer: answers to standard output, talk to standard error.
//!
//! Promises: only [`SafeText`] and laid-out pages are printed; output is buffered and checked to the last byte; a reader
//! who went away ends the program quietly; standard error is best effort and never a reason to panic; with
//! [`OutputStyle::ascii`] no byte is 0x80 or above; the same page has the same words on a terminal and in a pipe.

use std::cell::OnceCell;
use std::io::{self, BufWriter, StdoutLock, Write};

use crate::cli::addresses::{self, NamedLinks};
use crate::cli::environment::OutputStyle;
use crate::cli::exit::{CliError, CommandResult, WRONG};
use crate::layout::ascii::to_ascii;
use crate::layout::{AnsiWriter, Page, Row, Theme, ansi};
use crate::text::SafeText;

/// Bytes collected before they are handed to the system.
const BUFFER: usize = 64 * 1024;

/// Standard output and standard error.
pub struct Output {
    /// How text is set.
    pub look: OutputStyle,
    /// The theme that was asked for, if any.
    theme: Option<&'static Theme>,
    /// The inks, when styles are printed; a theme is not read before something is.
    inks: OnceCell<Option<Theme>>,
    stdout: BufWriter<StdoutLock<'static>>,
}

impl Output {
    /// Takes standard output for the whole run.
    pub fn new(look: OutputStyle, theme: Option<&'static Theme>) -> Self {
        Self {
            look,
            theme,
            inks: OnceCell::new(),
            stdout: BufWriter::with_capacity(BUFFER, io::stdout().lock()),
        }
    }

    /// A page as print, and after it what it can be traced to.
    pub fn page(&mut self, mut page: Page, sources: NamedLinks) -> io::Result<()> {
        addresses::add(&mut page, sources, self.look.format());
        let text = ansi::print(&page, self.pen());
        self.stdout.write_all(text.as_bytes())
    }

    /// Rows without links.
    pub fn rows(&mut self, rows: &[Row]) -> io::Result<()> {
        let text = ansi::print_rows(rows, self.pen());
        self.stdout.write_all(text.as_bytes())
    }

    /// One line of an answer.
    pub fn line(&mut self, text: &SafeText) -> io::Result<()> {
        self.raw(text)?;
        self.blank()
    }

    /// An empty line.
    pub fn blank(&mut self) -> io::Result<()> {
        self.stdout.write_all(b"\n")
    }

    /// Text of an answer that brings its own newlines.
    pub fn raw(&mut self, text: &SafeText) -> io::Result<()> {
        let text = if self.look.ascii {
            &to_ascii(text)
        } else {
            text
        };
        self.stdout.write_all(text.as_bytes())
    }

    /// Hands out what was printed so far, before an answer is waited for.
    pub fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }

    /// One line to standard error; whether anybody reads it is not our concern.
    pub fn say(&self, text: &SafeText) {
        say(text, self.look.ascii);
    }

    /// Rows to standard error, without escape codes.
    pub fn say_rows(&self, rows: &[Row]) {
        let pen = AnsiWriter {
            theme: None,
            links: false,
            ascii: self.look.ascii,
        };
        let _ = io::stderr()
            .lock()
            .write_all(ansi::print_rows(rows, pen).as_bytes());
    }

    /// Ends the run: writes what is left and turns the outcome into an exit status.
    pub fn finish(mut self, outcome: CommandResult) -> u8 {
        let fault = match (outcome, self.stdout.flush()) {
            (Ok(exit), Ok(())) => return exit.code(),
            (Ok(_), Err(error)) => CliError::Output(error),
            (Err(fault), _) => fault,
        };
        // What could not be written must not be tried again on the way out.
        let _ = self.stdout.into_parts();
        report(&fault, self.look.ascii)
    }

    fn pen(&self) -> AnsiWriter<'_> {
        let theme = || self.theme.unwrap_or_else(Theme::terminal);
        let inks = self
            .inks
            .get_or_init(|| match (self.look.styles, self.look.color) {
                (true, true) => Some(theme().clone()),
                (true, false) => Some(theme().without_color()),
                (false, _) => None,
            });
        AnsiWriter {
            theme: inks.as_ref(),
            links: self.look.links,
            ascii: self.look.ascii,
        }
    }
}

/// Says what went wrong; the exit status.
pub fn report(fault: &CliError, ascii: bool) -> u8 {
    match fault {
        CliError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return 0,
        CliError::Output(error) => say(
            &crate::safe!(
                "tozero: standard output cannot be written to: {}",
                why(error)
            ),
            ascii,
        ),
        CliError::Said { what, help } => {
            say(&crate::safe!("tozero: {what}"), ascii);
            if let Some(help) = help {
                say(&crate::safe!("help: {help}"), ascii);
            }
        }
    }
    WRONG
}

/// An error of the system without its number.
fn why(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

fn say(text: &SafeText, ascii: bool) {
    let text = if ascii { &to_ascii(text) } else { text };
    let _ = io::stderr()
        .lock()
        .write_all(format!("{text}\n").as_bytes());
}
