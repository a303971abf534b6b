//! A page's meaning beside its rows, for pages that leave the terminal: what Markdown and HTML are written from.
//! Kept only where a page is set as a document; links stand with their words.

use crate::layout::row::{Join, Role, Row, Run};
pub use crate::layout::row::{Line, Part, Phrase, SideLine};
use crate::pack::LinkTarget;
use crate::text::SafeText;

/// Runs with the links of their page as words with theirs.
pub fn words(runs: &[Run], links: &[LinkTarget]) -> Line {
    let link = |run: &Run| links.get(usize::from(run.link?)).cloned();
    let words = |run: &Run| Phrase {
        text: run.text.clone(),
        role: run.role,
        link: link(run),
    };
    runs.iter().map(words).collect()
}

/// Rows that were set by hand as lines: a row that goes on is joined, what stands in columns is parted by dots.
pub fn lines(rows: &[Row], links: &[LinkTarget]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in rows {
        let is_ours = |run: &&Run| run.role != Role::Rule;
        let runs = row.runs.iter().skip(usize::from(row.lead)).filter(is_ours);
        let runs: Vec<Run> = runs.cloned().collect();
        let mut line: Line = Vec::new();
        for words in words(&runs, links) {
            let is_gap = words.text.trim().is_empty();
            match line.is_empty() {
                true if is_gap => {}
                _ if is_gap && words.text.len() > 1 => line.push(plain(" · ")),
                _ => line.push(words),
            }
        }
        while line
            .last()
            .is_some_and(|words| matches!(words.text.trim(), "" | "·"))
        {
            line.pop();
        }
        match (row.join, lines.last_mut()) {
            _ if line.is_empty() => {}
            (Join::AfterSpace, Some(last)) => {
                last.push(plain(" "));
                last.extend(line);
            }
            (Join::InWord, Some(last)) => last.extend(line),
            (Join::Starts | Join::AfterSpace | Join::InWord, _) => lines.push(line),
        }
    }
    lines
}

fn plain(text: &'static str) -> Phrase {
    Phrase {
        text: SafeText::ours(text),
        role: Role::Text,
        link: None,
    }
}

/// The letters of a line.
pub fn text(line: &[Phrase]) -> SafeText {
    SafeText::line(&SafeText::join(line.iter().map(|words| &words.text), ""))
}
