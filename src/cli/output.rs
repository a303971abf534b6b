//! The only printer: answers to standard output, everything else to standard error.
//!
//! Only [`SafeText`] and finished pages are printed, so no escape code of a pack or of a file name reaches the terminal.
//! Output is buffered and checked to the last byte. In ASCII mode no byte is 0x80 or above. The same page has the same words
//! on a terminal and in a pipe.

use std::cell::{Cell, OnceCell};
use std::io::{self, BufWriter, Write};

use crate::app::OutputStyle;
use crate::cli::addresses::{self, NamedLinks};
use crate::cli::document;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::pager::Pager;
use crate::layout::ascii::to_ascii;
use crate::layout::columns::newspaper;
use crate::layout::{AnsiWriter, Page, PageBuilder, Role, Row, Theme, ansi};
use crate::terminal::exit::WRONG;
use crate::text::SafeText;

/// Bytes collected before they are handed to the system.
const BUFFER: usize = 64 * 1024;

/// Standard output and standard error.
pub struct Output {
    pub style: OutputStyle,
    theme: Option<Theme>,
    /// The theme as it is printed in; not made before something is.
    inks: OnceCell<Theme>,
    stdout: BufWriter<Box<dyn Write>>,
    /// Nothing of a document was written yet.
    is_first: bool,
    /// What is printed tells of something that was read, or done, only in part.
    partial: Cell<bool>,
    /// The language of the pack, for documents.
    pub language: SafeText,
}

impl Output {
    /// Takes standard output for the whole run.
    pub fn new(style: OutputStyle, theme: Option<Theme>, pager: Option<Pager>) -> Self {
        let stdout: Box<dyn Write> = Box::new(io::stdout().lock());
        match pager {
            Some(pager) => Self::to(Box::new(pager.before(stdout)), style, theme),
            None => Self::to(stdout, style, theme),
        }
    }

    /// The same with another place for answers.
    pub fn to(out: Box<dyn Write>, style: OutputStyle, theme: Option<Theme>) -> Self {
        Self {
            style,
            theme,
            inks: OnceCell::new(),
            stdout: BufWriter::with_capacity(BUFFER, out),
            is_first: true,
            partial: Cell::new(false),
            language: SafeText::ours("en"),
        }
    }

    /// A page as print, and after it what it can be traced to.
    pub fn page(&mut self, mut page: Page, sources: NamedLinks) -> io::Result<()> {
        if self.style.output.is_document() {
            let is_first = std::mem::take(&mut self.is_first);
            let format = (self.style.output, self.language.as_str());
            let text = document::written(&page, &sources, format, is_first);
            return self.stdout.write_all(text.as_bytes());
        }
        addresses::add(&mut page, sources, self.style.format());
        if let Some((columns, rows)) = self.style.screen {
            page.rows = newspaper(page.rows, page.width, columns, rows);
        }
        let text = ansi::print(&page, self.writer());
        self.stdout.write_all(text.as_bytes())
    }

    /// Rows without links.
    pub fn rows(&mut self, rows: &[Row]) -> io::Result<()> {
        let text = ansi::print_rows(rows, self.writer());
        self.stdout.write_all(text.as_bytes())
    }

    pub fn line(&mut self, text: &SafeText) -> io::Result<()> {
        if self.style.output.is_document() {
            let mut page = PageBuilder::new(self.style.format());
            page.text(text.clone(), Role::Text);
            return self.page(page.finish(), Vec::new());
        }
        self.raw(text)?;
        self.blank()
    }

    pub fn blank(&mut self) -> io::Result<()> {
        self.stdout.write_all(b"\n")
    }

    /// Text of an answer that brings its own newlines.
    pub fn raw(&mut self, text: &SafeText) -> io::Result<()> {
        let text = if self.style.ascii {
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
        say(text, self.style.ascii);
    }

    /// The same about what could be read, or done, only in part: the answer is printed all the same, and the exit status is
    /// that of a failure.
    pub fn say_partial(&self, text: &SafeText) {
        self.partial.set(true);
        self.say(text);
    }

    /// Rows to standard error, without escape codes.
    pub fn say_rows(&self, rows: &[Row]) {
        let writer = AnsiWriter {
            theme: None,
            links: false,
            ascii: self.style.ascii,
        };
        let _ = io::stderr()
            .lock()
            .write_all(ansi::print_rows(rows, writer).as_bytes());
    }

    /// Ends the run: writes what is left and turns the result into an exit status.
    pub fn finish(mut self, result: CommandResult) -> u8 {
        let error = match (result, self.stdout.flush()) {
            (Ok(ExitStatus::Done), Ok(())) if self.partial.get() => return WRONG,
            (Ok(exit), Ok(())) => return exit.code(),
            (Ok(exit), Err(error)) => {
                let error = CliError::from(error);
                // That answers are not saved shows in the status even where nobody reads any more.
                let status = if exit == ExitStatus::Unsaved {
                    WRONG
                } else {
                    error.status
                };
                CliError { status, ..error }
            }
            (Err(error), _) => error,
        };
        // What could not be written must not be tried again on the way out.
        let _ = self.stdout.into_parts();
        report(&error, self.style.ascii)
    }

    fn writer(&self) -> AnsiWriter<'_> {
        let theme = || match &self.theme {
            Some(theme) => self.style.theme(theme),
            None => self.style.theme(Theme::terminal()),
        };
        AnsiWriter {
            theme: self.style.styles.then(|| self.inks.get_or_init(theme)),
            links: self.style.links,
            ascii: self.style.ascii,
        }
    }
}

/// Writes what a shell asked for; the exit status.
pub fn bytes(answer: &[u8]) -> u8 {
    u8::from(io::stdout().lock().write_all(answer).is_err())
}

/// Says what went wrong; the exit status.
pub fn report(error: &CliError, ascii: bool) -> u8 {
    if error.status != 0 {
        say(&crate::safe!("tozero: {}", error.message), ascii);
        if let Some(help) = &error.help {
            say(&crate::safe!("help: {help}"), ascii);
        }
    }
    error.status
}

/// Standard error is best effort: there is nowhere left to complain that it cannot be written to.
fn say(text: &SafeText, ascii: bool) {
    let text = if ascii { &to_ascii(text) } else { text };
    let _ = io::stderr()
        .lock()
        .write_all(format!("{text}\n").as_bytes());
}
