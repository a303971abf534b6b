//! Characters that do not belong in text: controls, marks that reorder what stands around them, and invisible ones.
//!
//! None of them reaches a terminal, but none of them can be seen in an editor either, and no author means them.
//! Neighbors of one sort are one problem; a file full of them gets [`MOST`] of each sort and a count.

use crate::pack::check::report::Report;
use crate::safe;
use crate::text::measure::count as amount;
use crate::text::{ByteRange, Diagnostic, Severity};

/// Places named per file and sort.
const MOST: usize = 5;

/// A sort of unwanted characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum UnwantedChar {
    Control,
    Bidi,
    Invisible,
}

impl UnwantedChar {
    const ALL: [Self; 3] = [Self::Control, Self::Bidi, Self::Invisible];

    /// Severity, code, name and what to do.
    const fn words(self) -> (Severity, &'static str, &'static str, &'static str) {
        use Severity::{Error, Warning};
        match self {
            Self::Control => (Error, "character-control", "control character", "delete it"),
            Self::Bidi => (
                Error,
                "character-bidi",
                "bidirectional control",
                "delete it: it reorders the text around it",
            ),
            Self::Invisible => (
                Warning,
                "character-invisible",
                "invisible character",
                "delete it: it is not shown, and searches stumble over it",
            ),
        }
    }
}

/// Reports the unwanted characters of a file.
pub(super) fn check(path: &str, text: &str, report: &mut Report) {
    if text.bytes().all(|b| matches!(b, b'\n' | b' '..=b'~')) {
        return;
    }
    for wanted in UnwantedChar::ALL {
        let (severity, code, name, help) = wanted.words();
        let (places, more) = find(text, wanted);
        let last = places.len();
        for (n, (span, c)) in (1..).zip(places) {
            let rest = if n == last && more > 0 {
                format!(", and {}", amount(more, "more place", "more places"))
            } else {
                String::new()
            };
            let message = safe!("{name} U+{:04X}{rest}", u32::from(c));
            let problem = Diagnostic::error(code, path, message).at(span).help(help);
            report.add(Diagnostic {
                severity,
                ..problem
            });
        }
    }
}

/// The first places of a sort, each with its first character, and how many more there are.
fn find(text: &str, wanted: UnwantedChar) -> (Vec<(ByteRange, char)>, usize) {
    let (mut places, mut more): (Vec<(ByteRange, char)>, usize) = (Vec::new(), 0);
    let mut last = None;
    for (at, c) in text
        .char_indices()
        .filter(|(at, c)| sort(text, *at, *c) == Some(wanted))
    {
        let end = at + c.len_utf8();
        let joins = last.replace(end) == Some(at);
        if !joins && places.len() == MOST {
            more += 1;
        } else if !joins {
            places.push((at..end, c));
        } else if let (0, Some((span, _))) = (more, places.last_mut()) {
            span.end = end;
        }
    }
    (places, more)
}

/// What a character is. A carriage return before a newline is a line end; joiners are at home in some scripts.
fn sort(text: &str, at: usize, c: char) -> Option<UnwantedChar> {
    match c {
        '\n' | '\t' | ' '..='~' => None,
        // A byte order mark at the start keeps front matter from being found, which is reported as such.
        '\u{feff}' if at == 0 => None,
        '\r' => text
            .get(at + 1..)
            .is_some_and(|rest| !rest.starts_with('\n'))
            .then_some(UnwantedChar::Control),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(UnwantedChar::Control),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(UnwantedChar::Bidi)
        }
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}' => {
            Some(UnwantedChar::Invisible)
        }
        '\u{200b}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' => Some(UnwantedChar::Invisible),
        '\u{feff}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(UnwantedChar::Invisible),
        c if u32::from(c) & 0xfffe == 0xfffe => Some(UnwantedChar::Invisible),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::files::MemoryFiles;

    /// Checks a text and compares the problems: code, place, message.
    #[track_caller]
    fn check_text(text: &str, expected: &[(&str, ByteRange, &str)]) {
        let mut report = Report::default();
        check("terms/x.md", text, &mut report);
        let (found, _) = report.finish(&MemoryFiles::of([("terms/x.md", text)]));
        let found: Vec<(&str, ByteRange, &str)> = found
            .iter()
            .map(|d| (d.code, d.span.clone().unwrap(), d.message.as_str()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn letters_of_all_scripts_pass() {
        for text in [
            "plain\n",
            "tab\tend\r\n",
            "é 日本 \u{1f469}\u{200d}\u{1f52c}",
            "\u{feff}+++\n",
        ] {
            check_text(text, &[]);
        }
    }

    #[test]
    fn what_nobody_means_is_named_with_its_code_point() {
        check_text(
            "a\u{1b}[2J",
            &[("character-control", 1..2, "control character U+001B")],
        );
        check_text(
            "a\rb",
            &[("character-control", 1..2, "control character U+000D")],
        );
        check_text(
            "a\u{202e}b",
            &[("character-bidi", 1..4, "bidirectional control U+202E")],
        );
        check_text(
            "a\u{200b}\u{ad}b",
            &[("character-invisible", 1..6, "invisible character U+200B")],
        );
        check_text(
            "a\u{feff}",
            &[("character-invisible", 1..4, "invisible character U+FEFF")],
        );
    }

    #[test]
    fn a_file_full_of_them_gets_a_count() {
        let message = "control character U+0007";
        let last = "control character U+0007, and 2 more places";
        let at = |n: usize| 2 * n..2 * n + 1;
        let places: Vec<_> = (0..5)
            .map(|n| {
                (
                    "character-control",
                    at(n),
                    if n == 4 { last } else { message },
                )
            })
            .collect();
        check_text(&"\u{7}x".repeat(7), &places);
    }
}
