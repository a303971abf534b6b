//! A list to choose from that narrows as one types: help, commands, lenses, headings, sources, columns.
//!
//! What is typed never runs anything by itself; Enter takes the row under the cursor and nothing else.

use std::fmt;
use std::sync::Arc;

use ratatui::layout::{Margin, Rect};

use crate::app::action::MoveAction;
use crate::app::choice::Choice;
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::{Key, KeyCode};
use crate::app::msg::Effect;
use crate::app::painter::Painter;
use crate::app::widget::{ListCursor, TextField, area, cursor_sign, list_movement};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::text::fold::fold;
use crate::text::{SafeText, Url, measure};

#[derive(Clone, Debug)]
pub struct ChooserRow {
    pub label: SafeText,
    /// What stands at the right: a key, a count, a date.
    pub aside: SafeText,
    /// A sentence about the row under the cursor.
    pub about: SafeText,
    /// The label in full, where it may be cut; it is found by this, too.
    pub whole: SafeText,
    pub choice: Choice,
    /// What Tab makes of what is typed.
    pub completes: Option<String>,
    /// It stands over a group of rows, and the cursor passes it by.
    pub(super) heading: bool,
}

impl ChooserRow {
    /// A row with nothing at the right.
    pub fn new(
        label: impl Into<SafeText>,
        about: impl Into<SafeText>,
        choice: impl Into<Choice>,
    ) -> Self {
        Self {
            label: label.into(),
            aside: SafeText::default(),
            about: about.into(),
            whole: SafeText::default(),
            choice: choice.into(),
            completes: None,
            heading: false,
        }
    }

    /// What a group of rows is called; it goes with the first typed letter.
    pub fn heading(words: impl Into<SafeText>) -> Self {
        // The cursor is never on it, so that nobody takes this choice.
        let none = Choice::Find(String::new());
        Self {
            heading: true,
            ..Self::new(words, "", none)
        }
    }

    /// The same, with something at the right.
    pub fn aside(mut self, aside: impl Into<SafeText>) -> Self {
        self.aside = aside.into();
        self
    }

    /// The same, with the label in full where it may be cut.
    pub fn whole(mut self, whole: SafeText) -> Self {
        self.whole = whole;
        self
    }

    /// The address that it opens.
    fn opens(&self) -> Option<&Url> {
        match &self.choice {
            Choice::Effect(Effect::Open(address)) => Some(address),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Chooser {
    title: SafeText,
    input: TextField,
    rows: Vec<ChooserRow>,
    /// Label, aside and about of each row, folded.
    folded: Vec<String>,
    /// Indices of the rows that match what was typed.
    shown: Vec<usize>,
    list: ListCursor,
    empty: SafeText,
    /// What Enter does, in a word or two.
    takes: &'static str,
    /// Rows of the sentence about the row under the cursor.
    about_rows: u16,
    /// Most cells, edges included.
    widest: u16,
    /// Makes rows of what was typed, which then stand first.
    typed: Option<TypedRows>,
    /// Makes rows of what was typed, which then stand behind all others.
    behind: Option<TypedRows>,
    /// What the row under the cursor shows at once, and what takes it back.
    revert: Option<Choice>,
    areas: ChooserAreas,
}

#[derive(Clone, Copy, Default, Debug)]
struct ChooserAreas {
    outer: Rect,
    field: Rect,
    list: Rect,
    about: Rect,
}

/// What makes rows of what was typed.
#[derive(Clone)]
struct TypedRows(Arc<RowMaker>);

type RowMaker = dyn Fn(&str) -> Vec<ChooserRow>;

impl fmt::Debug for TypedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedRows")
    }
}

/// Rows of the list that what is said about a row leaves.
const LEAST_ROWS: u16 = 3;
/// Rows a chooser needs besides its list: edges, field, sentence.
const CHROME_ROWS: u16 = 5;
/// A window with so many rows between its bars is tall.
const TALL: u16 = 30;
/// Widest chooser in cells, where no other width is asked for.
const MAX_WIDTH: u16 = 76;
/// Cells of a row besides its label and what stands at its right: edges, air, the cursor's sign, a gap, the mark.
const BESIDE: usize = 12;
/// Cells in which a title is worth beginning.
const LEAST_ASIDE: usize = 5;
/// A chooser in a window of fewer cells says more about a row below the list.
const NARROW: u16 = 60;
/// What stands before the field.
const LABEL: &str = "filter  ";

impl Chooser {
    /// A chooser over some rows; `empty` is what to say when nothing matches.
    pub fn new(
        title: impl Into<SafeText>,
        rows: impl IntoIterator<Item = ChooserRow>,
        empty: impl Into<SafeText>,
    ) -> Self {
        let rows: Vec<ChooserRow> = rows.into_iter().collect();
        let folded = rows
            .iter()
            .map(|c| match c.heading {
                true => "\n".to_owned(),
                false => fold(&format!("{} {} {} {}", c.label, c.aside, c.about, c.whole)),
            })
            .collect();
        let shown: Vec<usize> = (0..rows.len()).collect();
        let mut list = ListCursor::new(shown.len());
        list.cursor = rows.iter().position(|row| !row.heading).unwrap_or(0);
        Self {
            title: title.into(),
            input: TextField::default(),
            list,
            rows,
            folded,
            shown,
            empty: empty.into(),
            takes: "take it",
            about_rows: 1,
            widest: MAX_WIDTH,
            typed: None,
            behind: None,
            revert: None,
            areas: ChooserAreas::default(),
        }
    }

    /// Says what Enter does.
    pub fn takes(mut self, words: &'static str) -> Self {
        self.takes = words;
        self
    }

    /// Gives the words about a row some rows; a newline in them begins a new one.
    pub fn about_rows(mut self, rows: u16) -> Self {
        self.about_rows = rows.max(1);
        self
    }

    /// Lets it take so many cells where the window has them.
    pub fn widest(mut self, cells: u16) -> Self {
        self.widest = cells;
        self
    }

    /// Offers rows made of what is typed, where some can be made.
    pub fn typed(mut self, make: impl Fn(&str) -> Vec<ChooserRow> + 'static) -> Self {
        self.typed = Some(TypedRows(Arc::new(make)));
        self
    }

    /// Offers rows made of what is typed behind all others.
    pub fn behind(mut self, make: impl Fn(&str) -> Vec<ChooserRow> + 'static) -> Self {
        self.behind = Some(TypedRows(Arc::new(make)));
        self
    }

    /// Begins with these words typed.
    pub fn begun(mut self, words: &str) -> Self {
        self.input.set(words);
        self.narrow();
        self
    }

    /// Shows what a row would do as soon as the cursor is on it; closing it does `revert`.
    pub fn previewing(mut self, revert: Choice) -> Self {
        self.revert = Some(revert);
        self
    }

    /// What the row under the cursor shows at once.
    fn preview(&self) -> Response {
        let Some(revert) = &self.revert else {
            return Response::done();
        };
        Response::choice(match self.row().map(|row| &row.choice) {
            Some(Choice::Theme(name)) => Choice::TryTheme(name.clone()),
            Some(Choice::Lens(id)) => Choice::TryLens(id.clone()),
            Some(_) | None => revert.clone(),
        })
    }

    /// Puts the cursor on the first row that does this.
    pub fn at(mut self, choice: impl Into<Choice>) -> Self {
        let choice = choice.into();
        if let Some(i) = self.rows.iter().position(|c| c.choice == choice) {
            self.list.cursor = i;
        }
        self
    }

    pub fn row(&self) -> Option<&ChooserRow> {
        self.row_at(self.list.cursor)
    }

    fn row_at(&self, index: usize) -> Option<&ChooserRow> {
        self.rows.get(*self.shown.get(index)?)
    }

    /// Moves off a heading: on, or back where one came up or there is nothing behind it.
    fn pass_headings(&mut self, up: bool) {
        let is_heading = |i: &usize| self.row_at(*i).is_some_and(|row| row.heading);
        let at = self.list.cursor;
        if !is_heading(&at) {
            return;
        }
        let above = (0..at).rev().find(|i| !is_heading(i));
        let below = (at..self.shown.len()).find(|i| !is_heading(i));
        let found = if up { above.or(below) } else { below.or(above) };
        self.list.cursor = found.unwrap_or(at);
        if self.list.cursor == 1 {
            // With the first row its heading shows.
            self.list.top = 0;
        }
    }

    /// Where the cursor is among the rows that can be taken.
    fn place(&self) -> SafeText {
        let is_row = |i: &usize| self.row_at(*i).is_some_and(|row| !row.heading);
        let all = (0..self.shown.len()).filter(is_row).count();
        let at = (0..=self.list.cursor).filter(is_row).count();
        crate::safe!("{at} of {all}")
    }

    /// Takes the row under the cursor.
    fn choose(&self) -> Response {
        self.row().map_or(Response::done(), |row| Response {
            close: true,
            ..Response::choice(row.choice.clone())
        })
    }

    /// Keeps the rows in which every typed word occurs.
    fn narrow(&mut self) {
        let query = fold(self.input.value());
        let words: Vec<&str> = query.split(' ').filter(|w| !w.is_empty()).collect();
        let holds = |i: &usize| {
            self.folded
                .get(*i)
                .is_some_and(|f| words.iter().all(|w| f.contains(w)))
        };
        self.rows.truncate(self.folded.len());
        self.shown = (0..self.rows.len()).filter(holds).collect();
        self.offer_typed();
        self.list.reset(self.shown.len(), 0);
        self.pass_headings(false);
    }

    /// What was typed, made into rows, stands behind all others in the store until more is typed.
    fn offer_typed(&mut self) {
        let made = |make: &Option<TypedRows>| {
            let make = make.as_ref().map(|TypedRows(make)| make);
            make.map_or_else(Vec::new, |make| make(self.input.value()))
        };
        let (mut front, behind) = (made(&self.typed), made(&self.behind));
        front.retain(|row| {
            self.row_at(0)
                .is_none_or(|first| first.choice != row.choice)
        });
        let first = self.rows.len();
        let middle = first + front.len();
        self.rows.extend(front);
        self.rows.extend(behind);
        self.shown.splice(0..0, first..middle);
        self.shown.extend(middle..self.rows.len());
    }

    fn areas(&self, area: Rect) -> ChooserAreas {
        let rows = self.rows.iter();
        let cells = rows.map(|row| measure::width(&row.label) + measure::width(&row.aside));
        let wanted = cells.max().unwrap_or(0) + BESIDE;
        let wanted = u16::try_from(wanted).unwrap_or(u16::MAX);
        let width = wanted
            .clamp(MAX_WIDTH, self.widest.max(MAX_WIDTH))
            .min(area.width.saturating_sub(2))
            .max(area.width.min(20));
        let about = self.about_height(area, usize::from(width.saturating_sub(4)));
        let wanted = u16::try_from(self.rows.len())
            .unwrap_or(u16::MAX)
            .saturating_add(CHROME_ROWS + about);
        let outer = self.outer(area, width, wanted);
        // It shrinks with what is left of the list, its upper edge where it was; a preview keeps still.
        let shown = u16::try_from(self.shown.len()).unwrap_or(u16::MAX);
        let needed = shown.max(1).saturating_add(CHROME_ROWS + about);
        let height = match self.revert {
            Some(_) => outer.height,
            None => outer.height.min(needed),
        };
        let outer = Rect { height, ..outer };
        let inner = outer.inner(Margin::new(2, 1));
        let rows = match self.revert {
            Some(_) => u16::try_from(self.rows.len()).unwrap_or(u16::MAX),
            None => shown.max(1),
        };
        let about = about.min(inner.height.saturating_sub(2 + rows.min(LEAST_ROWS)));
        // Air above and below the list, where that hides no row of it.
        let spare = inner.height.saturating_sub(1 + about);
        let air = u16::from(spare > rows);
        let below = u16::from(spare > rows + 1);
        ChooserAreas {
            outer,
            field: Rect { height: 1, ..inner },
            // The mark of where one is stands in its last column.
            list: Rect {
                height: spare.saturating_sub(air + below).max(1),
                width: inner.width.saturating_sub(1),
                ..area::below(inner, 1 + air)
            },
            about: area::bottom(inner, about),
        }
    }

    /// Rows for what is said about a row: as many as the longest such text takes, up to a most, which is half as much again
    /// where rows are short.
    fn about_height(&self, area: Rect, width: usize) -> u16 {
        let most = match area.width < NARROW {
            true => (self.about_rows * 3).div_ceil(2),
            false => self.about_rows,
        };
        if most == 1 {
            return 1;
        }
        let heights = self.rows.iter().map(|row| self.about_row(row, width).len());
        most.min(heights.max().unwrap_or(1) as u16).max(1)
    }

    /// What is said about a row, with its label where the list has no room for the whole.
    fn about_row(&self, row: &ChooserRow, width: usize) -> Vec<Row> {
        let list = width.saturating_sub(2);
        let cells = measure::width(&aside(row, list));
        let room = list.saturating_sub(if cells > 0 { cells + 4 } else { 2 });
        let is_cut = measure::width(&row.label) > room;
        let nothing = SafeText::default();
        let is_short = row.label.contains('…') || aside(row, list) != row.aside;
        let full = match row.whole.is_empty() {
            false if is_cut || is_short => &row.whole,
            true if is_cut => &row.label,
            _ => &nothing,
        };
        let (full, about) = match row.opens() {
            // An address has a row, whatever its title takes.
            Some(_) => (measure::cut(full, width), measure::cut(&row.about, width)),
            None => (full.clone(), row.about.clone()),
        };
        let mut rows = wrap(&[Run::new(full, Role::Text)], width, 0, 0);
        rows.extend(wrap(&[Run::new(about, Role::Dim)], width, 0, 0));
        rows
    }

    /// In the middle; what shows on the screen what it would do leaves the upper part of that in sight.
    fn outer(&self, area: Rect, width: u16, wanted: u16) -> Rect {
        let least = area.height.min(CHROME_ROWS + 1);
        if self.revert.is_some() && area.height >= TALL {
            let height = wanted.min(area.height * 3 / 5).max(least);
            return area::floating(area::bottom(area, height), width, height);
        }
        // A row of the screen above and below, where there are many.
        let margin = if area.height >= TALL { 2 } else { 0 };
        area::floating(area, width, wanted.min(area.height - margin).max(least))
    }

    fn row_words(&self, index: usize, on: bool, width: usize) -> Option<Row> {
        let choice = self.row_at(index)?;
        if choice.heading {
            return Some(Row::of(choice.label.clone(), Role::Heading));
        }
        let aside = aside(choice, width);
        let cells = measure::width(&aside);
        let beside = if cells > 0 { cells + 2 } else { 0 };
        let label = measure::cut(&choice.label, width.saturating_sub(beside + 2));
        let mut row = Row::from_runs(vec![cursor_sign(on), Run::new(label, Role::Text)]);
        row.pad_to(width.saturating_sub(cells));
        row.push(Run::new(aside, Role::Key));
        Some(row)
    }

    fn view_about(&self, painter: &mut Painter) {
        let area = self.areas.about;
        let width = usize::from(area.width);
        let Some(row) = self.row() else {
            painter.text(area, &measure::cut(&self.empty, width), Role::Dim);
            return;
        };
        if area.height == 1 {
            painter.text(area, &measure::cut(&row.about, width), Role::Dim);
        } else {
            let mut rows = self.about_row(row, width);
            let more = rows.len() > usize::from(area.height);
            rows.truncate(area.height.into());
            if let Some(last) = rows.last_mut().filter(|_| more) {
                last.add(" …", Role::Dim);
                last.cut(width);
            }
            painter.rows(area, &rows);
        }
        if let Some(address) = row.opens() {
            painter.web_link(area, address);
        }
    }

    /// Notes which rows lead to the web.
    fn mark_web_links(&self, painter: &mut Painter) {
        for (n, spot) in self.list.window().zip(self.areas.list.rows()) {
            if let Some((row, address)) = self.row_at(n).and_then(|row| Some((row, row.opens()?))) {
                let cells = measure::width(&row.label) as u16;
                let spot = Rect {
                    x: spot.x + 2,
                    width: cells.min(spot.width.saturating_sub(2)),
                    ..spot
                };
                painter.web_link(spot, address);
            }
        }
    }
}

/// What stands at the right of a row of some cells: it gives way to the label, but for a third of the row; to a host, which
/// must be seen, altogether.
fn aside(row: &ChooserRow, width: usize) -> SafeText {
    let room = width.saturating_sub(measure::width(&row.label) + 4);
    match row.opens() {
        Some(_) if room < LEAST_ASIDE => SafeText::default(),
        Some(_) => measure::cut(&row.aside, room),
        None => measure::cut(&row.aside, room.max(width / 3)),
    }
}

impl Overlay for Chooser {
    fn covers(&self) -> bool {
        // What is tried out must be seen as it is.
        self.revert.is_none()
    }

    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let moves = (self.shown.len() > 1).then_some(("↑↓", "choose"));
        let takes = self.row().map(|_| ("Enter", self.takes));
        moves
            .into_iter()
            .chain(takes)
            .chain([("Esc", "close")])
            .collect()
    }

    fn on_key(&mut self, key: Key, _ctx: &ScreenContext) -> Response {
        if key.code == KeyCode::Enter {
            return self.choose();
        }
        let tab = match (key.code, key.shift) {
            (KeyCode::Tab, true) => Some(MoveAction::Up),
            (KeyCode::Tab, false) => Some(MoveAction::Down),
            _ => None,
        };
        let completes = self.row().and_then(|row| row.completes.clone());
        if let (KeyCode::Tab, false, Some(words)) = (key.code, key.shift, completes)
            && words != self.input.value()
        {
            self.input.set(&words);
            self.narrow();
        } else if let Some(to) = tab.or(list_movement(key)) {
            self.list.moved(to, None);
            self.pass_headings(matches!(to, MoveAction::Up | MoveAction::PageUp));
        } else if self.input.key(key) {
            self.narrow();
        }
        self.preview()
    }

    fn web_addresses(&self) -> Vec<Url> {
        let rows = self.rows.iter();
        rows.filter_map(|row| row.opens().cloned()).collect()
    }

    fn on_close(&mut self) -> Response {
        self.revert
            .clone()
            .map_or(Response::done(), Response::choice)
    }

    fn typing(&self) -> bool {
        true
    }

    fn on_paste(&mut self, text: &SafeText) -> Response {
        self.input.paste(text);
        self.narrow();
        self.preview()
    }

    fn on_click(&mut self, column: u16, row: u16, _ctx: &ScreenContext) -> Response {
        let list = self.areas.list;
        if list.contains((column, row).into()) && self.list.click(usize::from(row - list.y)) {
            return self.choose();
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32) -> Response {
        self.list.scroll(rows);
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.areas = self.areas(ctx.area);
        self.list.layout(usize::from(self.areas.list.height));
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        let ChooserAreas {
            outer, field, list, ..
        } = self.areas;
        painter.frame(outer, &self.title);
        let width = usize::from(field.width);
        let count = self.place();
        let room = width.saturating_sub(measure::width(&count) + 2);
        let (mut row, column) = self.input.row(LABEL, room);
        row.pad_to(width.saturating_sub(measure::width(&count)));
        row.push(Run::new(count, Role::Dim));
        painter.row(field, &row);
        self.list.view(painter, list, Role::Focus, |index, on| {
            // A cell of air before the mark.
            self.row_words(index, on, usize::from(list.width).saturating_sub(1))
        });
        self.mark_web_links(painter);
        self.view_about(painter);
        Some((field.x + column, field.y))
    }
}

#[cfg(test)]
mod tests;
