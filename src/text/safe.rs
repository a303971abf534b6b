//! The one place where foreign text becomes fit for a terminal.
//!
//! A [`SafeText`] holds no C0 control but newline, no DEL, no C1, no bidirectional control, no tag
//! character and no grapheme of more than 64 bytes, whatever it was made from. It is made *after* parsing, since
//! entities and TOML escapes make control characters out of clean bytes. Only `SafeText` is drawn or printed.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::ops::Deref;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// Combining marks kept on one base character; more are dropped.
const MARKS_PER_BASE: usize = 8;
/// Bytes kept of one grapheme; what would go beyond is dropped.
const BYTES_PER_BASE: usize = 64;
/// Cells that a tab becomes.
const TAB: &str = "    ";

/// Text that cannot drive a terminal.
#[derive(
    Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, BorshSerialize,
)]
#[serde(from = "String")]
pub struct SafeText(Cow<'static, str>);

impl SafeText {
    /// Cleans foreign text: content, file names, arguments, error messages.
    pub fn clean(text: &str) -> Self {
        if is_plain(text) {
            return Self(Cow::Owned(text.to_owned()));
        }
        Self(Cow::Owned(Cleaner::default().run(text)))
    }

    /// Cleans text that must stay on one line: newlines become spaces.
    pub fn line(text: &str) -> Self {
        let safe = Self::clean(text);
        if safe.contains('\n') {
            Self(Cow::Owned(safe.replace('\n', " ")))
        } else {
            safe
        }
    }

    /// Wording of our own, written in this program. Not for anything that was read or typed.
    pub const fn ours(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// A piece of this text. An empty text where the range does not fall on character boundaries.
    pub fn slice(&self, range: std::ops::Range<usize>) -> Self {
        match &self.0 {
            Cow::Borrowed(text) => Self(Cow::Borrowed(text.get(range).unwrap_or(""))),
            Cow::Owned(text) => Self(Cow::Owned(text.get(range).unwrap_or("").to_owned())),
        }
    }

    /// The text as a plain string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Appends safe text; safety is kept because both parts are safe.
    pub fn push(&mut self, more: &SafeText) {
        self.0.to_mut().push_str(more);
    }

    pub fn join<'a>(parts: impl IntoIterator<Item = &'a SafeText>, between: &'static str) -> Self {
        let parts: Vec<&str> = parts.into_iter().map(SafeText::as_str).collect();
        Self(Cow::Owned(parts.join(between)))
    }
}

impl Deref for SafeText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self::clean(text)
    }
}

impl BorshDeserialize for SafeText {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        String::deserialize_reader(reader).map(Self::from)
    }
}

impl From<String> for SafeText {
    fn from(text: String) -> Self {
        if is_plain(&text) {
            Self(Cow::Owned(text))
        } else {
            Self::clean(&text)
        }
    }
}

/// Builds safe text from a format string; the result is cleaned as a whole.
#[macro_export]
macro_rules! safe {
    ($($arg:tt)*) => { $crate::text::safe::SafeText::from(format!($($arg)*)) };
}

/// True for text that needs no cleaning at all: printable ASCII and newlines.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'\n' | b' '..=b'~'))
}

/// What becomes of one character.
enum CharPolicy {
    Keep,
    Newline,
    Tab,
    Drop,
    Picture(char),
    Visible,
    Mark,
    Joiner,
}

fn fate(c: char) -> CharPolicy {
    match c {
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            CharPolicy::Newline
        }
        '\t' => CharPolicy::Tab,
        '\0'..='\u{1f}' => {
            CharPolicy::Picture(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'))
        }
        '\u{7f}'..='\u{9f}' => CharPolicy::Picture('\u{fffd}'),
        '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' => CharPolicy::Picture('\u{fffd}'),
        c if c as u32 & 0xfffe == 0xfffe => CharPolicy::Picture('\u{fffd}'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            CharPolicy::Visible
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => CharPolicy::Drop,
        '\u{200b}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}' => CharPolicy::Drop,
        '\u{fff0}'..='\u{fffb}' | '\u{e0080}'..='\u{e0fff}' => CharPolicy::Drop,
        '\u{200c}' | '\u{200d}' => CharPolicy::Joiner,
        c if !c.is_ascii() && is_mark(c) => CharPolicy::Mark,
        _ => CharPolicy::Keep,
    }
}

/// Whether a character is a grapheme of one cell whatever stands beside it.
pub(crate) fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='ɏ' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '…' | '←'..='↓' | '─'..='▟')
}

/// Marks have no width of their own; a variation selector counts as one.
fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
        || unicode_normalization::char::is_combining_mark(c)
}

/// Walks the text once and remembers how much hangs on the current base character.
#[derive(Default)]
struct Cleaner {
    out: String,
    marks: usize,
    bytes: usize,
    joiner: Option<char>,
    has_base: bool,
}

impl Cleaner {
    fn run(mut self, text: &str) -> String {
        self.out.reserve(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            // The newline that follows is the end of the line; both would make two.
            if c == '\r' && chars.peek() == Some(&'\n') {
                continue;
            }
            self.take(c);
        }
        bound_graphemes(self.out)
    }

    fn take(&mut self, c: char) {
        match fate(c) {
            CharPolicy::Keep => self.keep(c),
            CharPolicy::Newline => self.plain("\n", false),
            CharPolicy::Tab => self.plain(TAB, true),
            CharPolicy::Drop => {}
            CharPolicy::Picture(p) => self.plain(p.encode_utf8(&mut [0; 4]), true),
            CharPolicy::Visible => self.plain(&format!("<U+{:04X}>", c as u32), true),
            CharPolicy::Mark => self.mark(c),
            CharPolicy::Joiner => self.joiner = self.joiner.or(Some(c)),
        }
    }

    /// A joiner is written only when it really stands between two kept characters.
    fn keep(&mut self, c: char) {
        let joins = self
            .joiner
            .take()
            .filter(|_| self.has_base && !c.is_ascii());
        match joins {
            Some(j) if self.bytes + j.len_utf8() + c.len_utf8() <= BYTES_PER_BASE => {
                self.out.push(j);
                self.bytes += j.len_utf8() + c.len_utf8();
            }
            Some(_) => return,
            None => self.bytes = c.len_utf8(),
        }
        self.marks = 0;
        self.has_base = !c.is_ascii() || c.is_ascii_alphanumeric() || c.is_ascii_punctuation();
        self.out.push(c);
    }

    fn mark(&mut self, c: char) {
        if !self.has_base
            || self.marks == MARKS_PER_BASE
            || self.bytes + c.len_utf8() > BYTES_PER_BASE
        {
            return;
        }
        self.marks += 1;
        self.bytes += c.len_utf8();
        self.out.push(c);
    }

    fn plain(&mut self, text: &str, has_base: bool) {
        self.joiner = None;
        self.marks = MARKS_PER_BASE;
        self.has_base = has_base;
        self.bytes = 0;
        self.out.push_str(text);
    }
}

/// Some scripts chain whole letters into one grapheme without end; those are cut at [`BYTES_PER_BASE`].
fn bound_graphemes(text: String) -> String {
    let is_simple = text.chars().all(|c| c == '\n' || stands_alone(c));
    if is_simple || text.graphemes(true).all(|g| g.len() <= BYTES_PER_BASE) {
        return text;
    }
    text.graphemes(true)
        .map(|g| g.get(..g.floor_char_boundary(BYTES_PER_BASE)).unwrap_or(g))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(SafeText::clean(input).as_str(), expected, "from {input:?}");
    }

    #[test]
    fn controls_become_visible_or_vanish() {
        check("plain, with\nlines", "plain, with\nlines");
        check("\x1b[31mred", "\u{241b}[31mred");
        check("a\u{9b}2Jb", "a\u{fffd}2Jb");
        check("a\tb", "a    b");
        check("a\r\nb\rc\u{2028}d", "a\nb\nc\nd");
        check("x\u{202e}y", "x<U+202E>y");
        check("soft\u{ad}hy\u{200b}phen", "softhyphen");
        check("\u{7f}\u{0}", "\u{fffd}\u{2400}");
        check("tag\u{e0041}", "tag\u{fffd}");
    }

    #[test]
    fn marks_and_joiners_are_bounded() {
        check("\u{301}a", "a");
        check("e\u{301}", "e\u{301}");
        let many = format!("a{}", "\u{301}".repeat(100));
        check(&many, &format!("a{}", "\u{301}".repeat(8)));
        check("a\u{200d}b", "ab");
        check("\u{1f469}\u{200d}\u{1f52c}", "\u{1f469}\u{200d}\u{1f52c}");
        let chain = "\u{1f469}\u{200d}".repeat(500);
        assert!(
            SafeText::clean(&chain).len() <= BYTES_PER_BASE + 8,
            "one joined grapheme stays small"
        );
        let hangul = "\u{1100}".repeat(1000);
        assert!(
            SafeText::clean(&hangul)
                .graphemes(true)
                .all(|g| g.len() <= BYTES_PER_BASE)
        );
    }
}
