//! Characters that do not belong in text: controls, marks that reorder what stands around them, and invisible ones.
//!
//! None of them reaches a terminal, but none of them can be seen in an editor either, and no author means them.
//! Promise: exact bytes; neighbors of one sort are one problem; a file full of them gets [`MOST`] of each sort and a count.

use crate::safe;
use crate::text::measure::count as amount;
use crate::text::{ByteRange, Diagnostic, SafeText};

/// Places named per file and sort.
const MOST: usize = 5;

/// A sort of unwanted characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum UnwantedChar {
    Control,
    Bidi,
    Invisible,
}

/// Runs of one sort in one file.
#[derive(Default)]
struct UnwantedRun {
    places: Vec<(ByteRange, char)>,
    more: usize,
}

/// Reports the unwanted characters of a file.
pub(super) fn check(path: &str, text: &str, mut report: impl FnMut(Diagnostic)) {
    if text.bytes().all(|b| matches!(b, b'\n' | b' '..=b'~')) {
        return;
    }
    for sort in [
        UnwantedChar::Control,
        UnwantedChar::Bidi,
        UnwantedChar::Invisible,
    ] {
        problems(path, sort, find(text, sort)).for_each(&mut report);
    }
}

fn find(text: &str, wanted: UnwantedChar) -> UnwantedRun {
    let mut found = UnwantedRun::default();
    let mut last = None;
    for (at, c) in text
        .char_indices()
        .filter(|(at, c)| sort(text, *at, *c) == Some(wanted))
    {
        let end = at + c.len_utf8();
        let joins = last.replace(end) == Some(at);
        if !joins && found.places.len() == MOST {
            found.more += 1;
        } else if !joins {
            found.places.push((at..end, c));
        } else if let (0, Some((span, _))) = (found.more, found.places.last_mut()) {
            span.end = end;
        }
    }
    found
}

fn problems(
    path: &str,
    sort: UnwantedChar,
    found: UnwantedRun,
) -> impl Iterator<Item = Diagnostic> {
    let (last, more) = (found.places.len(), found.more);
    found
        .places
        .into_iter()
        .zip(1..)
        .map(move |((span, c), n)| {
            let rest = if n == last && more > 0 {
                safe!(", and {}", amount(more, "more place", "more places"))
            } else {
                SafeText::default()
            };
            problem(path, sort, c, &rest).at(span)
        })
}

fn problem(path: &str, sort: UnwantedChar, c: char, rest: &SafeText) -> Diagnostic {
    let code = format!("U+{:04X}{rest}", u32::from(c));
    match sort {
        UnwantedChar::Control => {
            Diagnostic::error("character-control", path, safe!("control character {code}"))
                .help(SafeText::ours("delete it"))
        }
        UnwantedChar::Bidi => Diagnostic::error(
            "character-bidi",
            path,
            safe!("bidirectional control {code}"),
        )
        .help(SafeText::ours("delete it: it reorders the text around it")),
        UnwantedChar::Invisible => Diagnostic::warning(
            "character-invisible",
            path,
            safe!("invisible character {code}"),
        )
        .help(SafeText::ours(
            "delete it: it is not shown, and searches stumble over it",
        )),
    }
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
