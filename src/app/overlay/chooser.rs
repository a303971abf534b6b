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
use crate::app::painter::Painter;
use crate::app::widget::{ListCursor, TextField, area, cursor_sign, list_movement};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::text::SafeText;
use crate::text::fold::fold;
use crate::text::measure;

#[derive(Clone, Debug)]
pub struct ChooserRow {
    pub label: SafeText,
    /// What stands at the right: a key, a count, a date.
    pub aside: SafeText,
    /// A sentence about the row under the cursor.
    pub about: SafeText,
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
    /// Rows of the sentence about the row under the cursor.
    about_rows: u16,
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
/// Widest chooser in cells.
const MAX_WIDTH: u16 = 76;
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
                false => fold(&format!("{} {} {}", c.label, c.aside, c.about)),
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
            about_rows: 1,
            typed: None,
            behind: None,
            revert: None,
            areas: ChooserAreas::default(),
        }
    }

    /// Gives the words about a row some rows; a newline in them begins a new one.
    pub fn about_rows(mut self, rows: u16) -> Self {
        self.about_rows = rows.max(1);
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
        // What is said about a row takes half as many rows again where they are short.
        let about = if area.width < 60 {
            self.about_rows * 3 / 2
        } else {
            self.about_rows
        };
        let width = MAX_WIDTH
            .min(area.width.saturating_sub(2))
            .max(area.width.min(20));
        let wanted = u16::try_from(self.rows.len())
            .unwrap_or(u16::MAX)
            .saturating_add(CHROME_ROWS - 1 + about);
        let height = wanted
            .min(area.height)
            .max(area.height.min(CHROME_ROWS + 1));
        let outer = area::floating(area, width, height);
        let inner = outer.inner(Margin::new(2, 1));
        let about = about.min(inner.height.saturating_sub(2 + LEAST_ROWS));
        ChooserAreas {
            outer,
            field: Rect { height: 1, ..inner },
            // The mark of where one is stands in its last column.
            list: Rect {
                height: inner.height.saturating_sub(2 + about).max(1),
                width: inner.width.saturating_sub(1),
                ..area::below(inner, 2)
            },
            about: area::bottom(inner, about),
        }
    }

    fn row_words(&self, index: usize, on: bool, width: usize) -> Option<Row> {
        let choice = self.row_at(index)?;
        if choice.heading {
            return Some(Row::of(choice.label.clone(), Role::Heading));
        }
        // What stands at the right gives way to the label, but for a third of the row.
        let room = width.saturating_sub(measure::width(&choice.label) + 4);
        let aside = measure::cut(&choice.aside, room.max(width / 3));
        let cells = measure::width(&aside);
        let label = measure::cut(&choice.label, width.saturating_sub(cells + 4));
        let mut row = Row::from_runs(vec![cursor_sign(on), Run::new(label, Role::Text)]);
        row.pad_to(width.saturating_sub(cells));
        row.push(Run::new(aside, Role::Key));
        Some(row)
    }

    fn view_about(&self, painter: &mut Painter) {
        let area = self.areas.about;
        let width = usize::from(area.width);
        let about = self.row().map_or(self.empty.clone(), |c| c.about.clone());
        if area.height == 1 {
            painter.text(area, &measure::cut(&about, width), Role::Dim);
        } else {
            let rows = wrap(&[Run::new(about, Role::Dim)], width, 0, 0);
            painter.rows(area, &rows);
        }
    }
}

impl Overlay for Chooser {
    fn covers(&self) -> bool {
        // What is tried out must be seen as it is.
        self.revert.is_none()
    }

    fn hints(&self) -> &'static [(&'static str, &'static str)] {
        &[("↑↓", "choose"), ("Enter", "take it"), ("Esc", "close")]
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

    fn on_close(&mut self) -> Response {
        self.revert
            .clone()
            .map_or(Response::done(), Response::choice)
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
        let (mut row, column) = self.input.row(LABEL, width);
        let count = self.place();
        row.pad_to(width.saturating_sub(measure::width(&count)));
        row.push(Run::new(count, Role::Dim));
        painter.row(field, &row);
        self.list.view(painter, list, Role::Focus, |index, on| {
            // A cell of air before the mark.
            self.row_words(index, on, usize::from(list.width).saturating_sub(1))
        });
        self.view_about(painter);
        Some((field.x + column, field.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, GlobalAction};
    use crate::app::samples::{keys, with_context};
    use crate::layout::Theme;
    use ratatui::buffer::Buffer;

    fn row(label: &'static str, action: GlobalAction) -> ChooserRow {
        ChooserRow::new(label, "about", Choice::Action(Action::Global(action))).aside("Ctrl-k")
    }

    fn chooser() -> Chooser {
        let rows = vec![
            row("Search everything", GlobalAction::Search),
            row("Choose the lens", GlobalAction::Lens),
            row("Choose the theme", GlobalAction::Theme),
        ];
        Chooser::new("Commands", rows, "none")
    }

    fn window(width: u16, height: u16) -> Rect {
        Rect::new(0, 1, width, height)
    }

    /// The action that is chosen by a key script, as the last of its keys answers.
    fn chosen(mut chooser: Chooser, script: &str) -> Option<Choice> {
        with_context(window(80, 22), |ctx| {
            let mut last = None;
            for key in keys(script) {
                chooser.layout(ctx);
                let response = chooser.on_key(key, ctx);
                assert_eq!(response.close, response.choice.is_some(), "{script}");
                last = response.choice;
            }
            last
        })
    }

    #[test]
    fn typing_narrows_and_enter_takes_the_row() {
        let act = |action| Some(Choice::Action(Action::Global(action)));
        for (script, expected) in [
            ("<Enter>", act(GlobalAction::Search)),
            ("lens<Enter>", act(GlobalAction::Lens)),
            ("LENS<Enter>", act(GlobalAction::Lens)),
            ("the cho<Enter>", act(GlobalAction::Lens)),
            ("choose<Down><Enter>", act(GlobalAction::Theme)),
            ("<Tab><Tab><Shift-Tab><Enter>", act(GlobalAction::Lens)),
            ("<Ctrl-n><Ctrl-n><Ctrl-p><Enter>", act(GlobalAction::Lens)),
            ("<PgDn><Enter>", act(GlobalAction::Theme)),
            ("lensx<Enter>", None),
            ("lens", None),
            ("xyz<Ctrl-u><Enter>", act(GlobalAction::Search)),
        ] {
            assert_eq!(chosen(chooser(), script), expected, "{script}");
        }
    }

    #[test]
    fn the_row_that_holds_now_is_under_the_cursor() {
        let at = chooser().at(Choice::Action(Action::Global(GlobalAction::Theme)));
        assert_eq!(at.row().map(|r| &*r.label), Some("Choose the theme"));
        let grouped = [
            ChooserRow::heading("Group"),
            row("One", GlobalAction::Help),
            ChooserRow::heading("Other"),
            row("Two", GlobalAction::Search),
        ];
        let mut grouped = Chooser::new("Groups", grouped, "nothing");
        let label = |chooser: &Chooser| chooser.row().map(|r| r.label.to_string());
        assert_eq!(
            (label(&grouped).as_deref(), &*grouped.place()),
            (Some("One"), "1 of 2")
        );
        with_context(Rect::new(0, 0, 80, 24), |ctx| {
            for key in keys("<Down>") {
                grouped.on_key(key, ctx);
            }
        });
        assert_eq!(
            (label(&grouped).as_deref(), &*grouped.place()),
            (Some("Two"), "2 of 2")
        );
        with_context(Rect::new(0, 0, 80, 24), |ctx| {
            for key in keys("<Up><Up>") {
                grouped.on_key(key, ctx);
            }
        });
        assert_eq!(label(&grouped).as_deref(), Some("One"));
        let nowhere = chooser().at(Choice::Theme("dark".to_owned()));
        assert_eq!(nowhere.row().map(|r| &*r.label), Some("Search everything"));
    }

    #[test]
    fn what_is_typed_can_become_a_row() {
        let made = |words: &str| {
            let quit = (words == "quit").then(|| row("Quit", GlobalAction::Quit));
            quit.into_iter().collect()
        };
        let chooser = chooser().typed(made);
        let quit = Some(Choice::Action(Action::Global(GlobalAction::Quit)));
        assert_eq!(chosen(chooser.clone(), "quit<Enter>"), quit);
        assert_eq!(
            chosen(chooser, "quit<Backspace><Enter>"),
            None,
            "only as long as it is typed"
        );
    }

    #[test]
    fn a_click_takes_a_row_of_the_list_only() {
        with_context(window(80, 22), |ctx| {
            let mut chooser = chooser();
            chooser.layout(ctx);
            let list = chooser.areas.list;
            for (row, expected) in [
                (list.y + 1, Some(GlobalAction::Lens)),
                (list.y - 1, None),
                (list.bottom(), None),
            ] {
                let response = chooser.on_click(list.x, row, ctx);
                let expected = expected.map(|action| Choice::Action(Action::Global(action)));
                assert_eq!(response.choice, expected, "row {row}");
                assert!(response.handled, "nothing reaches the screen below");
            }
        });
    }

    #[test]
    fn any_screen_can_hold_it() {
        for width in 0..40 {
            for height in 0..12 {
                with_context(window(width, height), |ctx| {
                    let mut buf = Buffer::empty(ctx.area);
                    let mut chooser = chooser();
                    chooser.layout(ctx);
                    let mut painter = Painter {
                        buf: &mut buf,
                        theme: Theme::terminal(),
                        ascii: false,
                    };
                    chooser.view(&mut painter, ctx);
                });
            }
        }
    }
}
