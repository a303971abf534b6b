//! What reading one file yields besides its entry: problems, what it mentions, what it is called, its headings.
//! Every place is a byte span of the whole file. At most [`MOST`] problems are kept, the rest is counted.

use crate::pack::address::Address;
use crate::safe;
use crate::text::{ByteRange, Diagnostic, SafeText, Url, UrlError};

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
    refusals: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Outgoing {
    /// Who is mentioned; whether it exists is not known here.
    pub to: Address,
    /// The heading that is meant, in a link.
    pub anchor: Option<String>,
    /// Whether it stands in the front matter; else it is a link in the text.
    pub is_key: bool,
    pub at: ByteRange,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Name {
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

    /// Adds an error for which the entry is left out.
    pub fn refuse(
        &mut self,
        code: &'static str,
        at: &ByteRange,
        message: impl Into<SafeText>,
        help: impl Into<SafeText>,
    ) {
        self.refusals += 1;
        self.error(code, at, message, help);
    }

    /// Adds an error in spite of which the entry can be shown.
    pub fn error(
        &mut self,
        code: &'static str,
        at: &ByteRange,
        message: impl Into<SafeText>,
        help: impl Into<SafeText>,
    ) {
        let problem = Diagnostic::error(code, &self.path, message);
        self.add(problem.at(at.clone()).help(help));
    }

    pub fn warn(
        &mut self,
        code: &'static str,
        at: &ByteRange,
        message: impl Into<SafeText>,
        help: impl Into<SafeText>,
    ) {
        let problem = Diagnostic::warning(code, &self.path, message);
        self.add(problem.at(at.clone()).help(help));
    }

    /// Refuses the entry for a value that explains itself; there is no help to give.
    pub(crate) fn refuse_value(&mut self, code: &'static str, at: ByteRange, message: SafeText) {
        self.refusals += 1;
        self.add(Diagnostic::error(code, &self.path, message).at(at));
    }

    /// Refuses the entry for a web address that cannot be opened.
    pub fn refuse_address(&mut self, refusal: UrlError, at: &ByteRange) {
        self.refuse("address-refused", at, refusal.why(), advice(refusal));
    }

    pub(crate) fn add(&mut self, problem: Diagnostic) {
        if self.problems.len() < MOST {
            self.problems.push(problem)
        } else {
            self.more += 1
        }
    }

    /// Whether the entry is to be left out.
    pub fn refused(&self) -> bool {
        self.refusals > 0
    }

    /// How many errors there were for which the entry is left out.
    pub(crate) fn refusals(&self) -> usize {
        self.refusals
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
            notes.warn("key-unknown", &(0..1), "x", "y");
        }
        notes.close();
        assert_eq!(notes.problems.len(), MOST + 1);
        assert_eq!(
            notes.problems[MOST].message.as_str(),
            "7 more problems in this file are not listed"
        );
        assert!(!notes.refused());
    }

    #[test]
    fn only_refusals_leave_an_entry_out() {
        let mut notes = Notes::new("terms/x.md");
        notes.warn("tag-unknown", &(0..1), "a", "b");
        notes.error("link-form", &(0..1), "a", "b");
        assert!(!notes.refused());
        notes.refuse("value-type", &(2..3), "a", "b");
        notes.refuse_address(UrlError::User, &(4..5));
        assert_eq!((notes.refused(), notes.refusals()), (true, 2));
        let severities: String = (notes.problems.iter())
            .map(|d| d.severity.word().get(..1).unwrap_or(""))
            .collect();
        assert_eq!(severities, "weee");
        let last = notes.problems.last().unwrap();
        assert_eq!(
            (last.code, last.span.clone()),
            ("address-refused", Some(4..5))
        );
        assert_eq!(
            last.help.as_deref(),
            Some("leave out what stands before the `@`")
        );
    }
}
