//! Rows of cells: what screens paint and commands print.
//! A row knows its words, what they mean (a [`Role`]) and what can be followed, and nothing of color.

use crate::pack::{Align, LinkTarget};
use crate::text::{SafeText, Url, Words, measure};

/// What a run of text means; a theme turns it into a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Role {
    #[default]
    Text,
    /// Less important text.
    Dim,
    Strong,
    Emphasis,
    /// The largest thing on a page.
    Title,
    Heading,
    Label,
    Code,
    Quote,
    /// A thin rule, a chart's axis.
    Rule,
    Link,
    LinkFocus,
    /// The first side of the dispute, and a bill with a floor.
    First,
    /// The second side of the dispute, and a bill of nothing.
    Second,
    /// Lines of a chart, told apart.
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    /// Right, agreed, done.
    Good,
    /// Wrong, failed.
    Bad,
    /// Needs attention.
    Warn,
    /// The row or field that keys act on.
    Focus,
    Hit,
    /// The hit that `n` goes on from.
    HitFocus,
    /// The bars at top and bottom.
    Chrome,
    TabOn,
    Key,
}

impl Words for Role {
    /// The names used in theme files.
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("dim", Self::Dim),
        ("strong", Self::Strong),
        ("emphasis", Self::Emphasis),
        ("title", Self::Title),
        ("heading", Self::Heading),
        ("label", Self::Label),
        ("code", Self::Code),
        ("quote", Self::Quote),
        ("rule", Self::Rule),
        ("link", Self::Link),
        ("link-focus", Self::LinkFocus),
        ("first", Self::First),
        ("second", Self::Second),
        ("series-1", Self::Series1),
        ("series-2", Self::Series2),
        ("series-3", Self::Series3),
        ("series-4", Self::Series4),
        ("series-5", Self::Series5),
        ("good", Self::Good),
        ("bad", Self::Bad),
        ("warn", Self::Warn),
        ("focus", Self::Focus),
        ("hit", Self::Hit),
        ("hit-focus", Self::HitFocus),
        ("chrome", Self::Chrome),
        ("tab-on", Self::TabOn),
        ("key", Self::Key),
    ];
}

impl Role {
    /// The role of the n-th line of a chart, from 0; they come again after the fifth.
    pub const fn series(n: usize) -> Self {
        match n % 5 {
            0 => Self::Series1,
            1 => Self::Series2,
            2 => Self::Series3,
            3 => Self::Series4,
            _ => Self::Series5,
        }
    }

    /// All roles; a theme fills each.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().map(|(_, role)| *role)
    }
}

/// A run of text of one meaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The letters, without newlines.
    pub text: SafeText,
    pub role: Role,
    /// The link they belong to, an index into [`Page::links`].
    pub link: Option<u16>,
}

impl Run {
    /// A run that cannot be followed.
    pub fn new(text: impl Into<SafeText>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            link: None,
        }
    }

    /// Whether its words are the web address that it leads to.
    pub fn is_address(&self) -> bool {
        self.link.is_some()
            && (self.text.starts_with("https://") || self.text.starts_with("http://"))
    }

    /// Wording of our own.
    pub const fn ours(text: &'static str, role: Role) -> Self {
        Self {
            text: SafeText::ours(text),
            role,
            link: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub runs: Vec<Run>,
    /// The number of the block it came from, to find a place again at another width.
    pub block: u32,
    pub join: Join,
    /// How many runs at its start are indent, bullet or bar and no part of the text.
    pub lead: u16,
}

/// How a row follows from the one above, so that a search finds words across a break.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    /// It does not: something new starts here.
    #[default]
    Starts,
    /// The same paragraph goes on; a space was dropped at the break.
    AfterSpace,
    /// The same word goes on.
    InWord,
}

impl Row {
    pub fn of(text: impl Into<SafeText>, role: Role) -> Self {
        Self::from_runs(vec![Run::new(text, role)])
    }

    pub fn from_runs(runs: Vec<Run>) -> Self {
        Self {
            runs,
            ..Self::default()
        }
    }

    /// Runs in columns of some widths, in cells; what lies beyond follows the last.
    pub fn in_columns(runs: impl IntoIterator<Item = Run>, widths: &[usize]) -> Self {
        let mut row = Self::default();
        let mut column = 0;
        for (n, run) in runs.into_iter().enumerate() {
            row.push(run);
            column += widths.get(n).copied().unwrap_or(0);
            row.pad_to(column);
        }
        row
    }

    /// Width in cells.
    pub fn width(&self) -> usize {
        self.runs.iter().map(|r| measure::width(&r.text)).sum()
    }

    /// Its letters without meaning.
    pub fn text(&self) -> SafeText {
        SafeText::join(self.runs.iter().map(|r| &r.text), "")
    }

    pub fn push(&mut self, run: Run) {
        self.runs.push(run);
    }

    /// Adds words of one meaning.
    pub fn add(&mut self, text: impl Into<SafeText>, role: Role) {
        self.push(Run::new(text, role));
    }

    /// Adds spaces up to a column; nothing when it is wider already.
    pub fn pad_to(&mut self, column: usize) {
        let width = self.width();
        if width < column {
            self.add(" ".repeat(column - width), Role::Text);
        }
    }

    /// Puts spaces in front of it; an empty row stays empty.
    pub fn indent(&mut self, cells: usize) {
        if cells > 0 && !self.runs.is_empty() {
            self.runs.insert(0, Run::new(" ".repeat(cells), Role::Text));
            self.lead += 1;
        }
    }

    /// Cuts it to a width, with `…` at the end when something went.
    pub fn cut(&mut self, max: usize) {
        if self.width() <= max {
            return;
        }
        let (mut room, mut kept) = (max, Vec::new());
        for run in self.runs.drain(..) {
            let wide = measure::width(&run.text);
            if wide < room {
                room -= wide;
                kept.push(run);
                continue;
            }
            // This run or one behind it is too wide, so the mark stands in its last cell here.
            let end = measure::fit(&run.text, room.saturating_sub(1));
            let mut text = run.text.slice(0..end);
            let mark = SafeText::ours(if room == 0 { "" } else { "…" });
            // What is no part of the text is no part of a hit.
            let is_hit = matches!(run.role, Role::Hit | Role::HitFocus);
            if !is_hit {
                text.push(&mark);
            }
            if !text.is_empty() {
                kept.push(Run { text, ..run });
            }
            if is_hit && !mark.is_empty() {
                kept.push(Run::new(mark, Role::Dim));
            }
            break;
        }
        self.runs = kept;
    }

    /// Runs at the left and runs at the right end of a width; the left ones are cut first when both do not fit.
    pub fn spread(left: Vec<Run>, right: Vec<Run>, width: usize) -> Self {
        let mut right = Self::from_runs(right);
        right.cut(width);
        let room = width - right.width();
        let mut row = Self::from_runs(left);
        row.cut(room.saturating_sub(usize::from(room > 0 && !right.runs.is_empty())));
        row.pad_to(room);
        row.runs.append(&mut right.runs);
        row
    }

    /// The row with the words of one link shown as the one that Enter would follow.
    pub fn with_focus(&self, link: u16) -> Self {
        let mut row = self.clone();
        row.runs
            .iter_mut()
            .filter(|r| r.link == Some(link))
            .for_each(|r| r.role = Role::LinkFocus);
        row
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSpot {
    /// An index into [`Page::links`].
    pub link: u16,
    /// The row, from 0.
    pub row: usize,
    /// The first column, from 0.
    pub start: usize,
    /// The column after the last.
    pub end: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// What [`Run::link`] refers to, in reading order.
    pub links: Vec<LinkTarget>,
    /// Headings: row, level, words, anchor.
    pub headings: Vec<Heading>,
    /// The width it was laid out for, in cells.
    pub width: usize,
    /// What it says, apart from its rows; only where it is set as a document.
    pub parts: Vec<Part>,
}

/// Words of one meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub text: SafeText,
    pub role: Role,
    pub link: Option<LinkTarget>,
}

/// Words that stand in a line.
pub type Line = Vec<Phrase>;

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Title(Line),
    Heading {
        /// 1 to 6.
        level: u8,
        words: Line,
        anchor: String,
    },
    Paragraph(Line),
    /// A paragraph that what follows stands close to.
    Tight(Line),
    /// An item of a list: `·` or `-`, a number with a dot, `[x]`, or the label of a footnote, and what stands behind it.
    Item {
        marker: SafeText,
        parts: Vec<Part>,
    },
    Quote(Vec<Part>),
    /// Labels with their values; an empty label goes on with the value above.
    Labels(Vec<(Line, Line)>),
    Table {
        aligns: Vec<Align>,
        head: Vec<Line>,
        rows: Vec<Vec<Line>>,
    },
    Code {
        /// Its language first; empty when nobody said it.
        language: SafeText,
        text: SafeText,
    },
    Rule,
    /// A chart: as rows, and as an SVG image.
    Picture {
        rows: Vec<Line>,
        svg: String,
    },
    /// Things side by side.
    Sides {
        heads: Vec<Line>,
        lines: Vec<SideLine>,
    },
    /// What is shown when it is asked for.
    Hidden {
        summary: SafeText,
        parts: Vec<Part>,
    },
}

/// A line across things side by side: what it is about, how the cells stand to each other, a cell for each thing.
#[derive(Clone, Debug, PartialEq)]
pub struct SideLine {
    pub label: Line,
    pub cells: Vec<Vec<Part>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub row: usize,
    /// 1 to 6.
    pub level: u8,
    pub text: SafeText,
    pub anchor: String,
}

impl Page {
    /// The number of the block that a row belongs to.
    pub fn block_at(&self, row: usize) -> u32 {
        self.rows
            .get(row)
            .or(self.rows.last())
            .map_or(0, |r| r.block)
    }

    /// The addresses of the web that its links lead to.
    pub fn web_addresses(&self) -> Vec<Url> {
        let web = self.links.iter().filter_map(|link| match link {
            LinkTarget::Web(address) => Some(address.clone()),
            LinkTarget::Entry(..) | LinkTarget::Anchor(_) | LinkTarget::Nowhere(_) => None,
        });
        web.collect()
    }

    /// The first row of a block, or of the next one when the block left no row here.
    pub fn row_of_block(&self, block: u32) -> usize {
        self.rows
            .partition_point(|r| r.block < block)
            .min(self.rows.len().saturating_sub(1))
    }

    pub fn row_of_anchor(&self, anchor: &str) -> Option<usize> {
        self.headings
            .iter()
            .find(|h| h.anchor == anchor)
            .map(|h| h.row)
    }

    /// Where links stand, in the order they are walked; a link that runs over two rows has two spots, next to each other.
    pub fn link_spots(&self) -> Vec<LinkSpot> {
        let mut spots: Vec<LinkSpot> = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            if row.runs.iter().all(|run| run.link.is_none()) {
                continue;
            }
            let mut start = 0;
            for run in &row.runs {
                let end = start + measure::width(&run.text);
                match (run.link, spots.last_mut()) {
                    (Some(link), Some(last))
                        if (last.link, last.row, last.end) == (link, number, start) =>
                    {
                        last.end = end
                    }
                    (Some(link), _) => spots.push(LinkSpot {
                        link,
                        row: number,
                        start,
                        end,
                    }),
                    (None, _) => {}
                }
                start = end;
            }
        }
        // Side by side, one column's links come before the next one's; the sort is stable.
        spots.sort_by_key(|s| s.link);
        spots
    }

    /// The link at a cell, for the mouse.
    pub fn link_at(&self, row: usize, column: usize) -> Option<u16> {
        let mut end = 0;
        let hit = self.rows.get(row)?.runs.iter().find(|run| {
            end += measure::width(&run.text);
            column < end
        });
        hit?.link
    }

    /// Takes links off the list whose words stand nowhere on the page.
    pub(super) fn drop_unused_links(&mut self) {
        let mut numbers: Vec<Option<u16>> = vec![None; self.links.len()];
        let runs = self.rows.iter().flat_map(|row| &row.runs);
        for link in runs.filter_map(|run| run.link) {
            if let Some(number) = numbers.get_mut(usize::from(link)) {
                *number = Some(0);
            }
        }
        for (number, next) in numbers.iter_mut().flatten().zip(0..) {
            *number = next;
        }
        let mut kept = numbers.iter().map(Option::is_some);
        self.links.retain(|_| kept.next().unwrap_or(false));
        for run in self.rows.iter_mut().flat_map(|r| &mut r.runs) {
            run.link = run
                .link
                .and_then(|l| numbers.get(usize::from(l)).copied().flatten());
        }
    }
}

/// Takes spaces off the start of the first run.
pub(super) fn trim_start(mut runs: Vec<Run>) -> Vec<Run> {
    if let Some(first) = runs.first_mut() {
        let spaces = first.text.len() - first.text.trim_start_matches(' ').len();
        first.text = first.text.slice(spaces..first.text.len());
    }
    runs
}

/// Takes spaces off the end.
pub(super) fn trim_end(runs: &mut Vec<Run>) {
    while let Some(last) = runs.last_mut() {
        let kept = last.text.trim_end_matches(' ').len();
        if kept > 0 {
            last.text = last.text.slice(0..kept);
            return;
        }
        runs.pop();
    }
}
