//! What reading one file yields beside its entry: problems, what it mentions, what it is called, its headings.
//! Promises: every place is a byte span of the whole file; a file fills no more than [`MOST`] problems, the rest is counted.

use crate::pack::address::Address;
use crate::safe;
use crate::text::{ByteRange, Diagnostic, SafeText, Severity, Url, UrlError};

/// Problems kept of one file.
pub const MOST: usize = 200;

/// What is known about one file.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// The file, relative to the pack.
    pub path: String,
    /// What is wrong with it, in the order it was met.
    pub problems: Vec<Diagnostic>,
    /// The entries it mentions, in the order they are met; front matter first.
    pub outgoing: Vec<Outgoing>,
    /// Links to headings of the same page, in the order they are met.
    pub anchors: Vec<(String, ByteRange)>,
    /// Web pages among its `sources`.
    pub sources: Vec<(Url, ByteRange)>,
    /// What the entry is called: its title or term, then its aliases.
    pub names: Vec<Name>,
    /// The headings of its body: anchor and place.
    pub headings: Vec<(String, ByteRange)>,
    more: usize,
    refused: bool,
}

/// A mention of another entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Outgoing {
    /// Who is mentioned; whether it exists is not known here.
    pub to: Address,
    /// The heading that is meant, in a link.
    pub anchor: Option<String>,
    /// The front matter key it stands under; `None` for a link in the text.
    pub key: Option<&'static str>,
    /// Where it is written.
    pub at: ByteRange,
}

/// A name of an entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    /// The words.
    pub text: SafeText,
    /// Whether it stands among the aliases.
    pub alias: bool,
    /// Where it is written, quotes included.
    pub at: ByteRange,
}

impl Notes {
    /// Nothing known yet.
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a problem in spite of which the entry can be shown.
    pub fn add(&mut self, problem: Diagnostic) {
        if self.problems.len() < MOST {
            self.problems.push(problem)
        } else {
            self.more += 1
        }
    }

    /// Adds an error for which the entry is left out.
    pub fn refuse(&mut self, problem: Diagnostic) {
        self.refused = true;
        self.add(problem);
    }

    /// A new error about this file at a place; still to be handed to [`Notes::add`] or [`Notes::refuse`].
    pub fn error(
        &self,
        code: &'static str,
        at: &ByteRange,
        message: impl Into<SafeText>,
    ) -> Diagnostic {
        Diagnostic::error(code, &self.path, message).at(at.clone())
    }

    /// A new warning about this file at a place.
    pub fn warning(
        &self,
        code: &'static str,
        at: &ByteRange,
        message: impl Into<SafeText>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..self.error(code, at, message)
        }
    }

    /// Refuses the entry for a web address that cannot be opened.
    pub fn refuse_address(&mut self, refusal: UrlError, at: &ByteRange) {
        self.refuse(
            self.error("address-refused", at, SafeText::ours(refusal.why()))
                .help(SafeText::ours(advice(refusal))),
        );
    }

    /// Whether the entry is to be left out.
    pub fn refused(&self) -> bool {
        self.refused
    }

    /// Closes the list: says how many problems were not kept.
    pub(crate) fn close(&mut self) {
        if self.more > 0 {
            let message = safe!("{} more problems in this file are not listed", self.more);
            self.more = 0;
            self.problems
                .push(Diagnostic::error("problems-many", &self.path, message));
        }
    }
}

/// What to do about an address that is refused.
pub(crate) const fn advice(refusal: UrlError) -> &'static str {
    match refusal {
        UrlError::Scheme => "write an address that begins with `https://`",
        UrlError::Character => {
            "percent-encode spaces, quotes and letters outside ASCII, such as `%20`"
        }
        UrlError::Host => "write a host such as `example.org` after `https://`",
        UrlError::User => "leave out what stands before the `@`",
        UrlError::Length => "find a shorter address of the same page",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_problems_is_counted() {
        let mut notes = Notes::new("terms/x.md");
        for _ in 0..MOST + 7 {
            notes.add(notes.warning("key-unknown", &(0..1), "x"));
        }
        notes.close();
        assert_eq!(notes.problems.len(), MOST + 1);
        assert_eq!(
            notes.problems[MOST].message.as_str(),
            "7 more problems in this file are not listed"
        );
        assert!(!notes.refused());
    }
}
