//! Rows as text for a pipe or a terminal: plain, or with colors and links.
//! Without an ink no escape sequence at all; with one, every row ends as it began; a link's address is
//! percent-encoded to printable ASCII and closed on its row.

use crate::layout::ascii::{lend, to_ascii};
use crate::layout::row::{Page, Row, Run};
use crate::layout::theme::{Theme, ThemeColor, ThemeStyle};
use crate::pack::LinkTarget;

#[derive(Clone, Copy, Debug, Default)]
pub struct AnsiWriter<'a> {
    /// Styles, when the output shows them.
    pub theme: Option<&'a Theme>,
    /// Write links as links (OSC 8).
    pub links: bool,
    /// Only ASCII may be written.
    pub ascii: bool,
}

/// A page as text, one line a row.
pub fn print(page: &Page, pen: AnsiWriter) -> String {
    let mut out = String::new();
    for row in &page.rows {
        line(&mut out, row, &page.links, pen);
    }
    out
}

/// Rows without links as text.
pub fn print_rows(rows: &[Row], pen: AnsiWriter) -> String {
    let mut out = String::new();
    rows.iter().for_each(|row| line(&mut out, row, &[], pen));
    out
}

fn line(out: &mut String, row: &Row, links: &[LinkTarget], pen: AnsiWriter) {
    let start = out.len();
    let lent = pen.ascii.then(|| lend(row));
    for run in &lent.as_ref().unwrap_or(row).runs {
        piece(out, run, links, pen);
    }
    if pen.theme.is_none() {
        let kept = out.get(start..).unwrap_or("").trim_end().len();
        out.truncate(start + kept);
    }
    out.push('\n');
}

fn piece(out: &mut String, run: &Run, links: &[LinkTarget], pen: AnsiWriter) {
    let text = if pen.ascii {
        to_ascii(&run.text)
    } else {
        run.text.clone()
    };
    let address = match run
        .link
        .filter(|_| pen.links)
        .and_then(|l| links.get(usize::from(l)))
    {
        Some(LinkTarget::Web(address)) => Some(address.as_str()),
        Some(LinkTarget::Entry(..) | LinkTarget::Anchor(_) | LinkTarget::Nowhere(_)) | None => None,
    };
    let sgr = pen.theme.map(|t| sgr(t.ink(run.role))).unwrap_or_default();
    if let Some(address) = address {
        out.push_str(&format!("\x1b]8;;{}\x1b\\", encoded(address)));
    }
    if sgr.is_empty() {
        out.push_str(&text);
    } else {
        out.push_str(&format!("\x1b[{sgr}m{text}\x1b[0m"));
    }
    if address.is_some() {
        out.push_str("\x1b]8;;\x1b\\");
    }
}

/// The parameters of an SGR sequence; empty for the terminal's own look.
fn sgr(ink: ThemeStyle) -> String {
    let marks = [
        (ink.bold, "1"),
        (ink.dim, "2"),
        (ink.italic, "3"),
        (ink.underline, "4"),
        (ink.reverse, "7"),
    ];
    let mut parts: Vec<String> = marks
        .iter()
        .filter(|(on, _)| *on)
        .map(|(_, p)| (*p).to_owned())
        .collect();
    parts.extend(ink.fg.map(|hue| color(hue, 38)));
    parts.extend(ink.bg.map(|hue| color(hue, 48)));
    parts.join(";")
}

fn color(hue: ThemeColor, layer: u8) -> String {
    match hue {
        ThemeColor::Ansi(n) | ThemeColor::Indexed(n) => format!("{layer};5;{n}"),
        ThemeColor::Rgb(r, g, b) => format!("{layer};2;{r};{g};{b}"),
    }
}

/// Printable ASCII only; everything else percent-encoded.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for b in address.bytes() {
        if (0x21..=0x7e).contains(&b) {
            out.push(char::from(b))
        } else {
            out.push_str(&format!("%{b:02X}"))
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::row::Role;
    use crate::text::SafeText;
    use crate::text::Url;

    fn page() -> Page {
        let link = Run {
            text: SafeText::ours("AWS"),
            role: Role::Link,
            link: Some(0),
        };
        let rows = vec![Row::from_runs(vec![
            Run::ours("see ", Role::Strong),
            link,
            Run::ours("  ", Role::Text),
        ])];
        let target = LinkTarget::Web(Url::parse("https://aws.amazon.com/a?b=c").unwrap());
        Page {
            rows,
            links: vec![target],
            ..Page::default()
        }
    }

    #[test]
    fn a_pipe_gets_no_escapes() {
        assert_eq!(print(&page(), AnsiWriter::default()), "see AWS\n");
    }

    #[test]
    fn a_terminal_gets_styles_and_links_that_end_on_their_row() {
        let pen = AnsiWriter {
            theme: Some(Theme::terminal()),
            links: true,
            ascii: false,
        };
        let expected = "\x1b[1msee \x1b[0m\x1b]8;;https://aws.amazon.com/a?b=c\x1b\\\x1b[4mAWS\x1b[0m\x1b]8;;\x1b\\  \n";
        assert_eq!(print(&page(), pen), expected);
    }
}
