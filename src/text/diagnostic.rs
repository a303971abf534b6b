//! A problem in a file, as data: where, what, and what next. Nothing is printed here.
//! A diagnostic's span is a byte range of the whole file it names, so that its text can be quoted.

use std::cmp::Ordering;
use std::ops::Range;

use serde::Serialize;

use crate::text::safe::SafeText;

/// Byte offsets in a whole file.
pub type ByteRange = Range<usize>;

#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The entry is left out.
    Error,
    /// The entry is shown; something about it should be mended.
    Warning,
}

impl Severity {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable kebab-case name of the check, such as `broken-link`.
    pub code: &'static str,
    /// The file, relative to the pack, with `/` between its parts; may be hostile, hence cleaned when shown.
    pub path: String,
    /// The bytes complained about; `None` when the whole file is meant.
    pub span: Option<ByteRange>,
    /// What is wrong, in one sentence without a full stop.
    pub message: SafeText,
    /// A few words under the underlined text.
    pub label: Option<SafeText>,
    pub help: Option<SafeText>,
}

impl Diagnostic {
    /// An error about a whole file; narrow it with [`Diagnostic::at`].
    pub fn error(code: &'static str, path: &str, message: impl Into<SafeText>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            path: path.to_owned(),
            span: None,
            message: message.into(),
            label: None,
            help: None,
        }
    }

    /// A warning about a whole file.
    pub fn warning(code: &'static str, path: &str, message: impl Into<SafeText>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, path, message)
        }
    }

    /// Names the bytes.
    pub fn at(mut self, span: ByteRange) -> Self {
        self.span = Some(span);
        self
    }

    /// Words under the underlined text.
    pub fn label(mut self, label: impl Into<SafeText>) -> Self {
        self.label = Some(label.into());
        self
    }

    pub fn help(mut self, help: impl Into<SafeText>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Order of a report: by file, then by place.
    pub fn order(&self, other: &Self) -> Ordering {
        fn key(d: &Diagnostic) -> (&str, Option<usize>, Severity, &str) {
            (
                &d.path,
                d.span.as_ref().map(|s| s.start),
                d.severity,
                d.code,
            )
        }
        key(self)
            .cmp(&key(other))
            .then_with(|| self.message.cmp(&other.message))
    }
}

/// Line and column of a byte offset, both from 1; the column counts characters.
pub fn line_column(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..source.floor_char_boundary(offset));
    let before = before.unwrap_or("");
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_in_characters() {
        let source = "ab\ncdé\nf";
        for (offset, place) in [
            (0, (1, 1)),
            (2, (1, 3)),
            (3, (2, 1)),
            (7, (2, 4)),
            (8, (3, 1)),
            (99, (3, 2)),
        ] {
            assert_eq!(line_column(source, offset), place, "offset {offset}");
        }
        assert_eq!(
            line_column(source, 6),
            (2, 3),
            "an offset inside a character is that character's"
        );
    }
}
