//! Front matter: cut off at byte 0 and parsed as TOML, every value with its place in the whole file.
//!
//! A span counts from the first byte of the file, never from the cut; all syntax errors of a front matter are
//! reported at once; the TOML parser's own message is used, never its display form, which quotes the file raw.

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::text::{ByteRange, SafeText};

/// The line that opens and closes front matter.
const FENCE: &str = "+++";
/// Longest front matter in which all syntax errors are looked for; beyond it only the first is reported.
const RECOVERABLE: usize = 64 * 1024;
/// Syntax errors reported of one front matter.
const MOST_ERRORS: usize = 10;

/// Parsed front matter, or a whole TOML file.
pub struct FrontMatter<'s> {
    table: DeTable<'s>,
    /// Offset of the table's text in the file.
    base: usize,
    /// What a missing key is reported at: the opening line.
    at: ByteRange,
    /// The line that closes the front matter, without its newline.
    pub end: ByteRange,
    /// Where the body stands in the file.
    pub body: Range<usize>,
}

/// The parts of a file before anything is parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitFile {
    /// The TOML between the two lines.
    pub front: Range<usize>,
    /// What follows the closing line.
    pub body: Range<usize>,
}

impl<'s> FrontMatter<'s> {
    /// Parses the front matter of an entry. `None` when there is none or its syntax is wrong, which is noted.
    pub fn of_entry(source: &'s str, notes: &mut Notes) -> Option<Self> {
        let cut = cut(source, notes)?;
        let text = source.get(cut.front.clone())?;
        let table = parse(text, cut.front.start, notes)?;
        let end = cut.front.end..cut.front.end + FENCE.len();
        Some(Self {
            table,
            base: cut.front.start,
            at: 0..FENCE.len(),
            end,
            body: cut.body,
        })
    }

    /// No keys at all; `None` for a file that begins with front matter, of this form or another's, or with nothing.
    pub fn none(source: &'s str, notes: &mut Notes) -> Option<Self> {
        let first = source.lines().next()?.trim_end();
        if first.trim_start_matches('\u{feff}').starts_with(FENCE)
            || first == "---"
            || source.trim().is_empty()
        {
            return None;
        }
        Some(Self {
            table: parse("", 0, notes)?,
            base: 0,
            at: 0..first.len(),
            end: 0..first.len(),
            body: 0..source.len(),
        })
    }

    pub fn of_file(source: &'s str, notes: &mut Notes) -> Option<Self> {
        let table = parse(source, 0, notes)?;
        let none = source.len()..source.len();
        let at = 0..source
            .lines()
            .next()
            .map_or(0, |line| line.trim_end().len());
        Some(Self {
            table,
            base: 0,
            at,
            end: none.clone(),
            body: none,
        })
    }

    /// The reader of its keys.
    pub fn fields<'f>(&'f self, notes: &'f mut Notes) -> Fields<'f, 'f> {
        Fields::new(&self.table, self.base, self.at.clone(), notes)
    }
}

/// Cuts a file into front matter and body.
pub fn cut(source: &str, notes: &mut Notes) -> Option<SplitFile> {
    let mut lines = lines(source);
    let opening = lines.next().filter(|line| is_fence(source, line));
    let Some(opening) = opening else {
        missing(source, notes);
        return None;
    };
    let Some(closing) = lines.find(|line| is_fence(source, line)) else {
        notes.refuse(
            "front-matter-open",
            &(0..FENCE.len()),
            "the front matter does not end",
            "add a line `+++` below the last key",
        );
        return None;
    };
    Some(SplitFile {
        front: opening.end..closing.start,
        body: closing.end..source.len(),
    })
}

fn missing(source: &str, notes: &mut Notes) {
    let first = lines(source)
        .next()
        .map_or(0..0, |line| line.start..line.end.min(80));
    let end = source.get(first).map_or(0, |line| line.trim_end().len());
    let help = if source.starts_with('\u{feff}') {
        "delete the byte order mark at the start of the file"
    } else {
        "begin the file with a line `+++`, the keys, and another line `+++`"
    };
    let message = "the file does not begin with front matter";
    notes.refuse("front-matter-missing", &(0..end), message, help);
}

/// Byte ranges of the lines, each with its newline.
fn lines(source: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    source.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    })
}

fn is_fence(source: &str, line: &Range<usize>) -> bool {
    source
        .get(line.clone())
        .is_some_and(|text| text.trim_end() == FENCE)
}

fn parse<'s>(text: &'s str, base: usize, notes: &mut Notes) -> Option<DeTable<'s>> {
    let first = match DeTable::parse(text) {
        Ok(table) => return Some(table.into_inner()),
        Err(error) => error,
    };
    let all = if text.len() <= RECOVERABLE {
        DeTable::parse_recoverable(text).1
    } else {
        Vec::new()
    };
    let mut all = if all.is_empty() { vec![first] } else { all };
    all.sort_by_key(start);
    // One slip can be met by several rules of the grammar; the first of a line says it best.
    all.dedup_by(|next, kept| {
        !text
            .get(start(kept)..start(next))
            .unwrap_or("")
            .contains('\n')
    });
    for error in all.iter().take(MOST_ERRORS) {
        let at = place(error, text, base);
        let help = "front matter is TOML: one `key = value` a line, text in quotes";
        notes.refuse(
            "front-matter-syntax",
            &at,
            SafeText::line(error.message()),
            help,
        );
    }
    None
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// The bytes an error is about, within the text and never empty where there is a byte to show.
fn place(error: &Error, text: &str, base: usize) -> ByteRange {
    let span = error.span().unwrap_or(0..0);
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    base + start..base + end
}

/// For tests: reads front matter, and compares the problems as code and quoted text.
#[cfg(test)]
#[track_caller]
pub(crate) fn read_telling<T>(
    source: &str,
    expected: &[(&str, &str)],
    read: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> T {
    let mut notes = Notes::new("pack.toml");
    let front = FrontMatter::of_file(source, &mut notes).expect("it is TOML");
    let mut fields = front.fields(&mut notes);
    let value = read(&mut fields);
    fields.finish();
    let found = notes.problems.iter();
    let found: Vec<(&str, &str)> = found
        .map(|d| (d.code, &source[d.span.clone().unwrap()]))
        .collect();
    assert_eq!(found, expected, "{source}");
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, front: &str, body: &str) {
        let cut = cut(source, &mut Notes::new("x")).expect("this has front matter");
        assert_eq!((&source[cut.front], &source[cut.body]), (front, body));
    }

    #[track_caller]
    fn fails(source: &str, expected: &[(&str, &str, &str)]) {
        let mut notes = Notes::new("terms/x.md");
        assert!(FrontMatter::of_entry(source, &mut notes).is_none());
        let quoted: Vec<(&str, &str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, &source[d.span.clone().unwrap()], d.message.as_str()))
            .collect();
        assert_eq!(quoted, expected);
        assert!(notes.refused());
    }

    #[test]
    fn front_matter_is_cut_at_byte_zero() {
        check("+++\na = 1\n+++\nbody\n", "a = 1\n", "body\n");
        check("+++\n+++\n", "", "");
        check("+++\na = 1\n+++", "a = 1\n", "");
        check("+++ \r\na = 1\r\n+++\r\n\r\nb", "a = 1\r\n", "\r\nb");
        check("+++\na = '+++'\n+++\n+++\n", "a = '+++'\n", "+++\n");
    }

    #[test]
    fn what_is_wrong_is_quoted_from_the_whole_file() {
        fails(
            "",
            &[(
                "front-matter-missing",
                "",
                "the file does not begin with front matter",
            )],
        );
        fails(
            "\n+++\n+++\n",
            &[(
                "front-matter-missing",
                "",
                "the file does not begin with front matter",
            )],
        );
        fails(
            "# Cold\nx",
            &[(
                "front-matter-missing",
                "# Cold",
                "the file does not begin with front matter",
            )],
        );
        fails(
            "+++\na = 1\n",
            &[("front-matter-open", "+++", "the front matter does not end")],
        );
        fails(
            "+++\na = 1\na = 2\n+++\n",
            &[("front-matter-syntax", "a", "duplicate key")],
        );
        fails(
            "+++\né = 1\nb = \"\u{1b}\n+++\n",
            &[
                (
                    "front-matter-syntax",
                    "é",
                    "invalid unquoted key, expected letters, numbers, `-`, `_`",
                ),
                (
                    "front-matter-syntax",
                    "\u{1b}",
                    "invalid basic string, expected non-double-quote visible characters, `\\`",
                ),
            ],
        );
    }

    #[test]
    fn deep_and_long_toml_is_refused_in_words() {
        for text in [
            "a = ".to_owned() + &"[".repeat(100_000),
            "a.".repeat(100_000) + "b = 1",
            "x\n".repeat(300_000),
        ] {
            let source = format!("+++\n{text}\n+++\n");
            let mut notes = Notes::new("terms/x.md");
            assert!(FrontMatter::of_entry(&source, &mut notes).is_none());
            assert!((1..=MOST_ERRORS).contains(&notes.problems.len()));
        }
    }
}
