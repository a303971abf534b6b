//! Builds a page for a screen or for print, block by block from the top.
//! One blank row stands between blocks and none inside tight ones; prose is never wider than [`MEASURE`]; no row is wider
//! than asked, but for addresses that are printed whole; block numbers do not depend on the width.

use crate::layout::document::{self, Part};
use crate::layout::format::PageFormat;
use crate::layout::labels::{self, LabelPair};
use crate::layout::row::{Heading, Page, Role, Row, Run, trim_end, trim_start};
use crate::layout::table::{self, CellRuns};
use crate::layout::wrap::{chop, fill_keeping, wrap_keeping};
use crate::pack::{Address, Align, LinkTarget};
use crate::text::{SafeText, measure};

/// Widest prose, in cells.
pub const MEASURE: usize = 88;

/// A page in the making, from the top down.
#[derive(Debug)]
pub struct PageBuilder {
    page: Page,
    format: PageFormat,
    block: u32,
    indents: Vec<Indent>,
    /// A marker that found no room in an indent; it goes into the text.
    inline: Vec<Run>,
    gap: BlankRow,
    /// No blank rows here: inside a tight list.
    tight: bool,
    last: LastBlock,
    /// Labels wait for the whole group, since they share a column.
    labels: Vec<LabelPair>,
    /// What is inside what, the page itself first; empty where the page is no document.
    parts: Vec<Vec<Part>>,
}

/// What stands at the left of every row: bullets, bars, spaces.
#[derive(Debug)]
struct Indent {
    first: Vec<Run>,
    rest: Vec<Run>,
    cells: usize,
    used: bool,
}

/// Whether a blank row comes before the next block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BlankRow {
    /// No: there is nothing above here.
    Open,
    /// Only if it is a heading or a rule.
    Close,
    /// Yes.
    Due,
}

/// What was set last, as far as blank rows depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastBlock {
    Heading,
    Rule,
    Rows,
    Bullet,
    Label,
    Other,
}

impl PageBuilder {
    /// An empty page; a width of 0 counts as 1. Prose keeps to [`MEASURE`]; tables and finished rows may use it all.
    pub fn new(format: impl Into<PageFormat>) -> Self {
        let format = format.into();
        Self {
            page: Page {
                width: format.width.max(1),
                ..Page::default()
            },
            format,
            block: 0,
            indents: Vec::new(),
            inline: Vec::new(),
            gap: BlankRow::Open,
            tight: false,
            last: LastBlock::Other,
            labels: Vec::new(),
            parts: vec![Vec::new(); usize::from(format.is_document())],
        }
    }

    /// The row on which the next one would stand.
    pub fn row(&self) -> usize {
        self.page.rows.len()
    }

    /// The title, the largest thing on the page, with a thin rule under it.
    pub fn title(&mut self, words: impl Into<SafeText>) {
        let from = self.page.rows.len();
        let title = vec![Run::new(words, Role::Title)];
        self.note(|links| Part::Title(document::words(&title, links)));
        self.block(LastBlock::Heading, title);
        self.gap = BlankRow::Open;
        let title = self.page.rows.iter().skip(from).map(Row::width).max();
        let room = self.room();
        self.rule_of(
            title
                .filter(|_| self.format.is_print())
                .unwrap_or(room)
                .min(room),
        );
    }

    pub fn heading(&mut self, level: u8, words: impl Into<SafeText>, anchor: impl Into<String>) {
        self.heading_runs(level, vec![Run::new(words, Role::Heading)], anchor.into());
    }

    /// A heading in a role of its own, such as a side's hue. It can be jumped to as well.
    pub fn section(&mut self, words: impl Into<SafeText>, role: Role) {
        let words = words.into();
        let anchor = measure::slug(&words);
        self.section_at(anchor, words, role);
    }

    /// A section whose heading is shown in other words than those that lead to it.
    pub fn section_at(&mut self, anchor: String, words: impl Into<SafeText>, role: Role) {
        let words = words.into();
        self.heading_runs(2, vec![Run::new(words, role)], anchor);
    }

    pub fn paragraph(&mut self, runs: Vec<Run>) {
        self.note(|links| Part::Paragraph(document::words(&runs, links)));
        self.block(LastBlock::Other, runs);
    }

    /// A paragraph that what follows stands close to.
    pub fn paragraph_tight(&mut self, runs: Vec<Run>) {
        self.note(|links| Part::Tight(document::words(&runs, links)));
        self.block(LastBlock::Other, runs);
        self.gap = BlankRow::Close;
    }

    /// A paragraph of one meaning. Code is kept in one row where it is to be copied.
    pub fn text(&mut self, words: impl Into<SafeText>, role: Role) {
        let run = Run::new(words, role);
        if !(role == Role::Code && self.format.keeps_code()) {
            return self.paragraph(vec![run]);
        }
        let runs = vec![run];
        self.note(|links| Part::Paragraph(document::words(&runs, links)));
        self.begin(LastBlock::Other);
        self.emit(vec![Row::from_runs(runs)]);
    }

    /// A paragraph of one meaning that what follows stands close to.
    pub fn text_tight(&mut self, words: impl Into<SafeText>, role: Role) {
        self.paragraph_tight(vec![Run::new(words, role)]);
    }

    /// An item of a list, its further rows hanging. Items that follow each other stand close.
    pub fn bullet(&mut self, runs: Vec<Run>) {
        self.begin(LastBlock::Bullet);
        self.gap = BlankRow::Open;
        self.indented(vec![Run::ours("· ", Role::Dim)], 2, |page| {
            page.note(|links| Part::Paragraph(document::words(&runs, links)));
            page.block(LastBlock::Bullet, runs)
        });
    }

    /// An item of one meaning.
    pub fn bullet_text(&mut self, words: impl Into<SafeText>, role: Role) {
        self.bullet(vec![Run::new(words, role)]);
    }

    /// A value behind a label; an empty label continues the one above. Labels that follow each other share one column.
    pub fn label(&mut self, label: &str, value: Vec<Run>) {
        self.labels
            .push((vec![Run::new(label, Role::Label)], value));
    }

    pub fn label_text(&mut self, label: &str, words: impl Into<SafeText>) {
        self.label(label, vec![Run::new(words, Role::Text)]);
    }

    /// Values under one label, each on a row of its own.
    pub fn labels(&mut self, label: &str, values: impl IntoIterator<Item = Vec<Run>>) {
        for (n, value) in values.into_iter().enumerate() {
            self.label(if n == 0 { label } else { "" }, value);
        }
    }

    /// A thin rule with air around it.
    pub fn rule(&mut self) {
        self.note(|_| Part::Rule);
        self.rule_of(self.room());
    }

    fn rule_of(&mut self, cells: usize) {
        self.begin(LastBlock::Rule);
        self.emit(vec![Row::of("─".repeat(cells), Role::Rule)]);
    }

    /// Code: its lines are broken only where they are too long for a screen, and go on behind a mark.
    pub fn code(&mut self, language: &SafeText, text: &SafeText) {
        self.note(|_| Part::Code {
            language: language.clone(),
            text: text.clone(),
        });
        self.indented(vec![], 2, |page| {
            page.begin(LastBlock::Other);
            let room = if page.format.keeps_code() {
                usize::MAX
            } else {
                page.room()
            };
            let rows = chop(&Run::new(text.clone(), Role::Code), room);
            page.emit(rows);
        });
    }

    /// A table over the whole width.
    pub fn table(&mut self, aligns: &[Align], head: &[CellRuns], rows: &[Vec<CellRuns>]) {
        self.note_table(aligns, head, rows);
        self.begin(LastBlock::Other);
        let room = (self.width(), self.format.is_plain());
        for (i, part) in table::parts(aligns, head, rows, room)
            .into_iter()
            .enumerate()
        {
            self.block += u32::from(i > 0);
            self.emit(part);
        }
    }

    /// A finished page with its links and headings.
    pub fn page(&mut self, page: &Page) {
        page.parts.iter().for_each(|part| self.part(part.clone()));
        self.begin(LastBlock::Other);
        let (base, top) = (self.block, self.page.rows.len());
        let last = page.rows.iter().map(|r| r.block).max().unwrap_or(0);
        for row in self.adopt(page) {
            self.block = base + row.block;
            self.emit(vec![row]);
        }
        self.block = base + last;
        self.page
            .headings
            .extend(page.headings.iter().map(|h| Heading {
                row: h.row + top,
                ..h.clone()
            }));
    }

    /// Rows as they are, as one block; cut where too wide, a newline in one becomes a space. Rows that follow each other
    /// stand close.
    pub fn rows(&mut self, mut rows: Vec<Row>) {
        if self.format.is_document() {
            for line in document::lines(&rows, &self.page.links) {
                self.part(Part::Tight(line));
            }
        }
        self.begin(LastBlock::Rows);
        let runs = rows.iter_mut().flat_map(|r| &mut r.runs);
        runs.filter(|r| r.text.contains('\n'))
            .for_each(|r| r.text = SafeText::line(&r.text));
        self.emit(rows);
    }

    /// Wrapped rows over the whole width, the first and the others indented by so many cells.
    pub fn wrapped(&mut self, runs: &[Run], first: usize, rest: usize) {
        let whole = self.format.keeps_addresses();
        self.rows(wrap_keeping(runs, self.width(), (first, rest), whole));
    }

    /// A blank row, unless there is one already or the page is empty.
    pub fn blank(&mut self) {
        self.flush();
        self.push_blank();
    }

    /// A run that leads somewhere; what leads nowhere becomes plain text. Links are walked in the order they are made.
    pub fn link(&mut self, words: impl Into<SafeText>, target: LinkTarget) -> Run {
        let link = self.register(&target);
        let role = if link.is_some() {
            Role::Link
        } else {
            Role::Text
        };
        Run {
            text: words.into(),
            role,
            link,
        }
    }

    /// A run that leads to an entry; plain text where there is no such address.
    pub fn entry_link(&mut self, words: impl Into<SafeText>, address: Option<Address>) -> Run {
        match address {
            Some(address) => self.link(words, LinkTarget::Entry(address, None)),
            None => Run::new(words, Role::Text),
        }
    }

    pub const fn format(&self) -> PageFormat {
        self.format
    }

    /// Room for tables and rows at this place, in cells.
    pub fn width(&self) -> usize {
        self.page.width.saturating_sub(self.indent_width()).max(1)
    }

    /// Room for prose at this place, in cells; never more than [`MEASURE`].
    pub fn room(&self) -> usize {
        self.measure().saturating_sub(self.indent_width()).max(1)
    }

    /// The finished page: no blank rows at its end, no links that stand nowhere.
    pub fn finish(mut self) -> Page {
        self.flush();
        while self.page.rows.last().is_some_and(|r| r.runs.is_empty()) {
            self.page.rows.pop();
        }
        self.page.drop_unused_links();
        self.page.parts = self.parts.pop().unwrap_or_default();
        self.page
    }

    /// Sets what `body` sets behind `first`, all further rows indented by `column` cells. Without room for that,
    /// `first` goes into the text.
    pub fn indented(&mut self, first: Vec<Run>, column: usize, body: impl FnOnce(&mut Self)) {
        let rest = if column == 0 {
            vec![]
        } else {
            vec![Run::new(" ".repeat(column), Role::Text)]
        };
        self.inside(first, rest, body);
    }

    /// Sets what `body` sets between `first` on its first row and `rest` on the others.
    pub(super) fn inside(&mut self, first: Vec<Run>, rest: Vec<Run>, body: impl FnOnce(&mut Self)) {
        let is_quote = rest.iter().any(|run| run.role == Role::Quote);
        let marker = SafeText::join(first.iter().map(|run| &run.text), "");
        self.nest(
            |page| page.indent(first, rest, body),
            |parts| match is_quote {
                true => Some(Part::Quote(parts)),
                false => (!marker.trim().is_empty()).then_some(Part::Item { marker, parts }),
            },
        );
    }

    fn indent(&mut self, first: Vec<Run>, rest: Vec<Run>, body: impl FnOnce(&mut Self)) {
        self.open();
        let cells = runs_width(&rest).max(runs_width(&first));
        let fits = self.indent_width() + cells <= self.measure() / 2;
        let marked = !first.is_empty();
        if fits {
            let first = if marked {
                padded(first, cells)
            } else {
                rest.clone()
            };
            self.indents.push(Indent {
                first,
                rest,
                cells,
                used: false,
            });
        } else if marked {
            self.inline.extend(trim_start(first));
        }
        body(self);
        self.flush();
        if marked
            && (!self.inline.is_empty() || fits && self.indents.last().is_some_and(|i| !i.used))
        {
            self.emit(vec![Row::default()]);
        }
        if fits {
            self.indents.pop();
        }
    }

    /// Sets what `body` sets without blank rows.
    pub(super) fn tightly(&mut self, body: impl FnOnce(&mut Self)) {
        self.open();
        let before = std::mem::replace(&mut self.tight, true);
        body(self);
        self.flush();
        self.tight = before;
    }

    /// Lists a target among the page's links; `None` for what cannot be followed.
    pub(super) fn register(&mut self, target: &LinkTarget) -> Option<u16> {
        if matches!(target, LinkTarget::Nowhere(_)) {
            return None;
        }
        let number = u16::try_from(self.page.links.len()).ok()?;
        self.page.links.push(target.clone());
        Some(number)
    }

    /// The rows of another page with its links counted among ours.
    fn adopt(&mut self, page: &Page) -> Vec<Row> {
        let numbers: Vec<Option<u16>> = page.links.iter().map(|t| self.register(t)).collect();
        let mut rows = page.rows.clone();
        for run in rows.iter_mut().flat_map(|r| &mut r.runs) {
            run.link = run
                .link
                .and_then(|l| numbers.get(usize::from(l)).copied().flatten());
        }
        rows
    }

    fn measure(&self) -> usize {
        self.page.width.min(MEASURE)
    }

    fn indent_width(&self) -> usize {
        self.indents.iter().map(|i| i.cells).sum()
    }

    pub(super) fn heading_runs(&mut self, level: u8, runs: Vec<Run>, anchor: String) {
        let text = SafeText::line(&SafeText::join(runs.iter().map(|r| &r.text), ""));
        self.note(|links| Part::Heading {
            level,
            words: document::words(&runs, links),
            anchor: anchor.clone(),
        });
        self.begin(LastBlock::Heading);
        let row = self.page.rows.len();
        self.filled(runs);
        if row < self.page.rows.len() {
            self.page.headings.push(Heading {
                row,
                level,
                text,
                anchor,
            });
        }
        self.gap = BlankRow::Close;
    }

    fn block(&mut self, kind: LastBlock, runs: Vec<Run>) {
        self.begin(kind);
        self.filled(runs);
    }

    fn filled(&mut self, runs: Vec<Run>) {
        let mut all = std::mem::take(&mut self.inline);
        all.extend(runs);
        let rows = self.fill(&all);
        self.emit(rows);
    }

    fn fill(&self, runs: &[Run]) -> Vec<Row> {
        let room = self.room();
        fill_keeping(runs, room, room, self.format.keeps_addresses())
    }

    /// Starts a block: sets labels that wait and the blank row that is due.
    fn begin(&mut self, kind: LastBlock) {
        self.flush();
        self.space(kind);
    }

    fn space(&mut self, kind: LastBlock) {
        let together = matches!(kind, LastBlock::Rows | LastBlock::Bullet) && self.last == kind;
        let airy = matches!(kind, LastBlock::Heading | LastBlock::Rule);
        if self.gap == BlankRow::Due && !self.tight && !together
            || self.gap == BlankRow::Close && airy
        {
            self.push_blank();
        }
        self.gap = BlankRow::Due;
        self.last = kind;
        self.block += 1;
    }

    /// Sets the blank row that is due, before an indent begins.
    fn open(&mut self) {
        self.flush();
        if self.gap == BlankRow::Due && !self.tight {
            self.push_blank();
        }
        self.gap = BlankRow::Open;
    }

    /// A blank row keeps the bars of quotes it stands in.
    fn push_blank(&mut self) {
        self.gap = BlankRow::Open;
        if self.page.rows.last().is_none_or(|r| r.runs.is_empty()) {
            return;
        }
        let mut row = Row {
            block: self.block,
            ..Row::default()
        };
        for indent in &self.indents {
            row.runs.extend(indent.rest.iter().cloned());
        }
        trim_end(&mut row.runs);
        row.lead = u16::try_from(row.runs.len()).unwrap_or(u16::MAX);
        self.page.rows.push(row);
    }

    fn flush(&mut self) {
        if self.labels.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.labels);
        self.note_labels(&waiting);
        let wide = self.format.wide_addresses();
        self.space(LastBlock::Label);
        for (i, rows) in labels::pairs(&waiting, self.room(), wide)
            .into_iter()
            .enumerate()
        {
            self.block += u32::from(i > 0);
            self.emit(rows);
        }
    }

    /// Adds rows behind what stands at their left.
    fn emit(&mut self, rows: Vec<Row>) {
        if !self.inline.is_empty() {
            let marker = std::mem::take(&mut self.inline);
            let rows = self.fill(&marker);
            self.emit(rows);
        }
        let width = self.width();
        for mut row in rows {
            if self.format.is_plain() && is_rule(&row) {
                continue;
            }
            let keeps = |run: &Run| {
                self.format.keeps_addresses() && run.is_address()
                    || self.format.keeps_code() && run.role == Role::Code
            };
            if !row.runs.iter().any(keeps) {
                row.cut(width);
            }
            let mut runs = Vec::with_capacity(row.runs.len() + 1);
            for indent in &mut self.indents {
                let side = if std::mem::replace(&mut indent.used, true) {
                    &indent.rest
                } else {
                    &indent.first
                };
                side.iter().for_each(|r| melt(&mut runs, r));
            }
            let lead = u16::try_from(runs.len()).unwrap_or(u16::MAX);
            if row.runs.is_empty() {
                trim_end(&mut runs);
            }
            runs.append(&mut row.runs);
            self.page.rows.push(Row {
                runs,
                block: self.block,
                join: row.join,
                lead: row.lead.saturating_add(lead),
            });
        }
    }
}

/// Whether a row is a rule and says nothing, so that a screen reader would read it sign by sign.
fn is_rule(row: &Row) -> bool {
    let empty = |run: &Run| run.role == Role::Rule || run.text.trim().is_empty();
    row.runs.iter().any(|run| run.role == Role::Rule) && row.runs.iter().all(empty)
}

fn runs_width(runs: &[Run]) -> usize {
    runs.iter().map(|r| measure::width(&r.text)).sum()
}

fn padded(runs: Vec<Run>, cells: usize) -> Vec<Run> {
    let mut row = Row::from_runs(runs);
    row.pad_to(cells);
    row.runs
}

/// Adds a run; it melts into the last when nothing tells them apart.
fn melt(runs: &mut Vec<Run>, run: &Run) {
    match runs.last_mut() {
        Some(last) if last.role == run.role && last.link == run.link => last.text.push(&run.text),
        _ => runs.push(run.clone()),
    }
}

mod parts;

#[cfg(test)]
mod tests;
