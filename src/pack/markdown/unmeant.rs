//! What is written in markdown and not shown as it was meant, each with what to do: HTML, comments, footnotes that nobody
//! wrote, images without words, mail addresses, definition lists.

use std::ops::Range;

use crate::pack::markdown::inline::Leaf;
use crate::pack::markdown::origin::Origin;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::measure::quoted;

/// Says that a comment is not shown, that a tag is shown as it stands, or both.
pub(super) fn say_html(
    origin: &Origin<'_>,
    notes: &mut Notes,
    range: &Range<usize>,
    (comment, tag): (bool, bool),
) {
    let at = origin.place(range);
    if comment {
        let help = "that is as it should be if it is for authors only";
        let message = "readers never see this comment";
        notes.warn("html-comment", &at, message, help);
    }
    if tag {
        let help = "write it in markdown, or as code between backticks";
        notes.warn("html-raw", &at, "HTML is shown as it is typed", help);
    }
}

/// Reports references to footnotes that nobody wrote: the parser leaves them as text.
pub(super) fn say_footnotes(
    origin: &Origin<'_>,
    notes: &mut Notes,
    leaf: &Leaf,
    range: &Range<usize>,
) {
    let runs = leaf.runs.iter().filter(|run| !run.marks.code);
    let text: String = runs.map(|run| run.text.as_str()).collect();
    let written = origin.written(range);
    for label in footnotes(&text) {
        let typed = format!("[^{label}]");
        // What is escaped is meant as it stands.
        let is_meant = written.contains(&format!("\\{typed}"));
        if let Some(from) = written.find(&typed).filter(|_| !is_meant) {
            let start = range.start + from;
            let at = origin.place(&(start..start + typed.len()));
            let label = quoted(label);
            let message = safe!("there is no footnote `{label}`");
            let help = safe!("add a paragraph `[^{label}]: …`, or leave this out");
            notes.warn("footnote-unknown", &at, message, help);
        }
    }
}

pub(super) fn say_definitions(origin: &Origin<'_>, notes: &mut Notes, range: &Range<usize>) {
    let message = "a definition list is shown as it is typed";
    let help = "write a list with the term in front, `- **Term**: …`";
    notes.warn("definition-list", &origin.place(range), message, help);
}

pub(super) fn say_mail(
    origin: &Origin<'_>,
    notes: &mut Notes,
    address: &str,
    range: &Range<usize>,
) {
    let message = safe!(
        "`{}` is a mail address, which is not opened",
        quoted(address)
    );
    let help = "it is shown; write it without a link, or link to a page";
    notes.warn("link-mail", &origin.place(range), message, help);
}

/// Says that of an image only the words in its brackets are shown, or that there are none.
pub(super) fn say_image(origin: &Origin<'_>, notes: &mut Notes, range: &Range<usize>) {
    let written = origin.written(range);
    if written.starts_with("![]") {
        let message = "of an image only its words are shown, and this one has none";
        let help = "say in the brackets what it shows, `![what it shows](…)`";
        notes.warn("image-untold", &origin.place(range), message, help);
    } else {
        let message = "of an image only its words are shown";
        let help = "that is as it should be if they say enough; write them as text, or as a link to the picture";
        notes.warn("image-words", &origin.place(range), message, help);
    }
}

/// A text without its comments, and whether it had any. One that is not closed goes on to the end.
pub(super) fn without_comments(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut had = false;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        had = true;
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    (out, had)
}

/// The labels of footnote references that stand in a text as they were typed, `[^label]`.
fn footnotes(text: &str) -> impl Iterator<Item = &str> {
    text.split("[^").skip(1).filter_map(|rest| {
        let (label, _) = rest.split_once(']')?;
        let fits = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
        fits.then_some(label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_nothing_else() {
        let check = |text: &str, expected: (&str, bool)| {
            let (out, had) = without_comments(text);
            assert_eq!((out.as_str(), had), expected, "{text}");
        };
        check("a <b> c", ("a <b> c", false));
        check("a<!-- x -->b<!---->c", ("abc", true));
        check("a<!-- x\ny", ("a", true));
        check("--> a", ("--> a", false));
    }

    #[test]
    fn footnotes_are_seen_by_their_brackets() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(footnotes(text).collect::<Vec<_>>(), expected, "{text}");
        };
        check("a [^x] and [^y].", &["x", "y"]);
        check("[^ x] [^] [^a", &[]);
        check("[^a[^b]", &["b"]);
    }
}
