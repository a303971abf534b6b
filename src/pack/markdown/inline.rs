//! Leaves: paragraphs, headings, cells and code, and the styled text that fills them.
//! Neighbors of one style are one span; text is cleaned span by span when its leaf is closed.

use pulldown_cmark::CodeBlockKind;

use crate::pack::doc::{Marks, Span};
use crate::text::SafeText;
use crate::text::fold::is_ideographic;

/// Text that is being collected.
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) runs: Vec<RawRun>,
    pub(super) depth: Depth,
    pub(super) links: Vec<Option<u16>>,
    /// A line of the file has just ended; its blank is there already.
    pub(super) breaks: bool,
    /// A line begins as a definition does.
    pub(super) defines: bool,
}

pub(super) enum LeafKind {
    Paragraph,
    /// A paragraph that the parser does not announce: the text of a tight list item.
    Implicit,
    Heading(u8),
    Cell,
    Code(SafeText),
    Html,
}

/// Uncleaned text of one style.
pub(super) struct RawRun {
    pub(super) text: String,
    pub(super) marks: Marks,
    pub(super) link: Option<u16>,
}

/// How often each mark is open; emphasis nests.
#[derive(Default)]
pub(super) struct Depth {
    pub(super) emphasis: i32,
    pub(super) strong: i32,
    pub(super) strike: i32,
}

impl LeafKind {
    pub(super) fn code(kind: &CodeBlockKind<'_>) -> Self {
        match kind {
            CodeBlockKind::Indented => Self::Code(SafeText::default()),
            CodeBlockKind::Fenced(info) => Self::Code(SafeText::line(info.trim())),
        }
    }
}

impl Leaf {
    pub(super) fn new(kind: LeafKind, start: usize) -> Self {
        Self {
            kind,
            start,
            end: start,
            runs: Vec::new(),
            depth: Depth::default(),
            links: Vec::new(),
            breaks: false,
            defines: false,
        }
    }

    fn marks(&self, code: bool) -> Marks {
        Marks {
            emphasis: self.depth.emphasis > 0,
            strong: self.depth.strong > 0,
            strike: self.depth.strike > 0,
            code,
        }
    }

    pub(super) fn link(&self) -> Option<u16> {
        self.links.last().copied().flatten()
    }

    pub(super) fn add(&mut self, text: &str, code: bool) {
        if std::mem::take(&mut self.breaks) {
            self.join(text, code);
        }
        let (marks, link) = (self.marks(code), self.link());
        match self.runs.last_mut() {
            Some(run) if run.marks == marks && run.link == link => run.text.push_str(text),
            Some(_) | None => self.runs.push(RawRun {
                text: text.to_owned(),
                marks,
                link,
            }),
        }
    }

    /// How a line goes on after the one before: without a blank between ideographs, and as a line of its own where it is
    /// a definition.
    fn join(&mut self, text: &str, code: bool) {
        let mut letters = self
            .runs
            .iter()
            .rev()
            .flat_map(|run| run.text.chars().rev());
        let (before, after) = (letters.nth(1), text.chars().next());
        let sides = [before, after];
        let are = |is: fn(char) -> bool| sides.map(|side| side.is_some_and(is));
        // A full stop or bracket of full width brings its blank along, whatever the other side is.
        let joins = !code
            && (are(is_ideographic).iter().all(|is| *is) || are(is_wide_sign).iter().any(|is| *is));
        let defines = !code && text.starts_with(": ") && matches!(self.kind, LeafKind::Paragraph);
        self.defines |= defines;
        if let Some(run) = self.runs.last_mut().filter(|_| joins || defines) {
            run.text.pop();
            run.text.push_str(if defines { "\n" } else { "" });
        }
    }

    pub(super) fn spans(self) -> Vec<Span> {
        let span = |run: RawRun| Span {
            text: SafeText::from(run.text),
            marks: run.marks,
            link: run.link,
        };
        self.runs
            .into_iter()
            .map(span)
            .filter(|span| !span.text.is_empty())
            .collect()
    }

    /// All text as it came, for code.
    pub(super) fn raw(self) -> String {
        self.runs.into_iter().map(|run| run.text).collect()
    }
}

/// Whether a character is a punctuation mark as wide as an ideograph.
const fn is_wide_sign(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff65}')
}

/// Without blanks at both ends; entities and dropped characters can leave some.
pub(super) fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    while spans
        .pop_if(|last| last.text.trim_end().is_empty())
        .is_some()
    {}
    if let Some(last) = spans.last_mut() {
        last.text = last.text.slice(0..last.text.trim_end().len());
    }
    let blank = spans
        .iter()
        .take_while(|span| span.text.trim_start().is_empty())
        .count();
    spans.drain(..blank);
    if let Some(first) = spans.first_mut() {
        let cut = first.text.len() - first.text.trim_start().len();
        first.text = first.text.slice(cut..first.text.len());
    }
    spans
}
