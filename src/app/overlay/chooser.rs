//! A list to choose from that narrows as one types: help, commands, lenses, headings, sources, columns.
//! Promises: what is typed never runs anything by itself; Enter takes the row under the cursor and nothing else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, MoveAction};
use crate::app::key::{Key, KeyCode};
use crate::app::overlay::body;
use crate::app::painter::Painter;
use crate::app::widget::{ListCursor, TextField};
use crate::core::compare::ComparedKind;
use crate::core::cost::Preset;
use crate::core::judge::Verdict;
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::Address;
use crate::text::measure::{self, fold};
use crate::text::{Day, SafeText, Url};

/// What choosing a row does.
#[derive(Clone, PartialEq, Debug)]
pub enum ChooserAction {
    /// Runs an act.
    Act(Action),
    /// Puts a lens on.
    Lens(String),
    /// Looks at facts as of a day; the newest ones when `None`.
    AsOf(Option<Day>),
    /// Narrows a list to a provider; everything when `None`.
    Provider(Option<String>),
    /// Narrows a list to a verdict; everything when `None`.
    Verdict(Option<Verdict>),
    /// Puts a theme on.
    Theme(&'static str),
    /// Chooses a column of Compare to change.
    Column(usize),
    /// Puts a perspective, service or lens into a column of Compare.
    Perspective(usize, String),
    /// Compares things of a kind.
    Sides(ComparedKind),
    /// Chooses a side of the traffic dial to change, or puts a service there.
    Dial(usize, Option<String>),
    /// Adds a service to Cost, or takes it away.
    Service(String),
    /// Starts from a workload with a name.
    Preset(Preset),
    /// Narrows a list to a tag or kind; everything when `None`.
    Tag(Option<String>),
    /// Narrows a list to a stance; everything when `None`.
    Stance(Option<String>),
    /// Goes to an entry.
    Go(Address),
    /// Goes to a heading of the open page.
    Heading(String),
    /// Opens an address.
    Open(Url),
    /// Copies an address.
    CopyAddress(Url),
}

/// A row to choose.
#[derive(Clone, Debug)]
pub struct ChooserRow {
    /// What it is called.
    pub label: SafeText,
    /// What stands at the right: a key, a count, a date.
    pub aside: SafeText,
    /// A sentence about the row under the cursor.
    pub about: SafeText,
    /// What choosing it does.
    pub pick: ChooserAction,
}

/// The chooser.
#[derive(Clone, Debug)]
pub struct Chooser {
    title: SafeText,
    input: TextField,
    choices: Vec<ChooserRow>,
    /// Label, aside and about of each choice, folded.
    folded: Vec<String>,
    /// Indices of the choices that match what was typed.
    shown: Vec<usize>,
    list: ListCursor,
    empty: &'static str,
    /// Rows of the sentence about the row under the cursor.
    about_rows: u16,
    /// Makes a choice of what was typed, which then stands first.
    typed: Option<fn(&str) -> Option<ChooserRow>>,
}

/// Rows a chooser needs besides its list: edges, field, sentence.
const CHROME_ROWS: u16 = 5;
/// Widest chooser in cells.
const MAX_WIDTH: u16 = 76;

impl Chooser {
    /// A chooser over some choices; `empty` is what to say when nothing matches.
    pub fn new(title: impl Into<SafeText>, choices: Vec<ChooserRow>, empty: &'static str) -> Self {
        let folded = choices
            .iter()
            .map(|c| fold(&format!("{} {} {}", c.label, c.aside, c.about)))
            .collect();
        let shown: Vec<usize> = (0..choices.len()).collect();
        let list = ListCursor::new(shown.len());
        Self {
            title: title.into(),
            input: TextField::default(),
            choices,
            folded,
            shown,
            list,
            empty,
            about_rows: 1,
            typed: None,
        }
    }

    /// Gives the words about a choice some rows; a newline in them begins a new one.
    pub fn telling(mut self, rows: u16) -> Self {
        self.about_rows = rows.max(1);
        self
    }

    /// Offers a choice made of what is typed, where it can be made.
    pub fn typed(mut self, make: fn(&str) -> Option<ChooserRow>) -> Self {
        self.typed = Some(make);
        self
    }

    /// Puts the cursor on the first choice that does `pick`.
    pub fn at(mut self, pick: &ChooserAction) -> Self {
        if let Some(i) = self.choices.iter().position(|c| c.pick == *pick) {
            self.list.cursor = i;
        }
        self
    }

    /// Takes a key; what was chosen, when it was Enter on a row.
    pub fn key(&mut self, chord: Key, screen: Rect) -> Option<ChooserAction> {
        let height = self.list_height(screen);
        let to = match (chord.code, chord.ctrl) {
            (KeyCode::Enter, _) => return self.choice().map(|c| c.pick.clone()),
            (KeyCode::Up, _) | (KeyCode::Char('p'), true) => Some(MoveAction::Up),
            (KeyCode::Down, _) | (KeyCode::Tab, _) | (KeyCode::Char('n'), true) => {
                Some(if chord.shift {
                    MoveAction::Up
                } else {
                    MoveAction::Down
                })
            }
            (KeyCode::PageUp, _) => Some(MoveAction::PageUp),
            (KeyCode::PageDown, _) => Some(MoveAction::PageDown),
            _ => None,
        };
        match to {
            Some(to) => {
                self.list.moved(to, None, height);
            }
            None if self.input.key(chord) => self.narrow(),
            None => {}
        }
        None
    }

    /// Takes pasted text.
    pub fn paste(&mut self, pasted: &SafeText) {
        self.input.paste(pasted);
        self.narrow();
    }

    /// The choice at a cell of the screen.
    pub fn click(&mut self, screen: Rect, column: u16, row: u16) -> Option<ChooserAction> {
        let (_, inner) = self.areas(screen);
        let list = Rect {
            y: inner.y + 2,
            height: self.list_height(screen) as u16,
            ..inner
        };
        if !list.contains((column, row).into()) {
            return None;
        }
        let index = self.list.top + usize::from(row - list.y);
        (index < self.list.len).then(|| self.list.cursor = index)?;
        self.choice().map(|c| c.pick.clone())
    }

    /// Turns the wheel over the list.
    pub fn scroll(&mut self, rows: i32, screen: Rect) {
        let height = self.list_height(screen);
        self.list.scroll(rows, height);
    }

    /// The choice under the cursor.
    pub fn choice(&self) -> Option<&ChooserRow> {
        self.shown
            .get(self.list.cursor)
            .and_then(|i| self.choices.get(*i))
    }

    /// Fits the list's window to the screen.
    pub fn settle(&mut self, screen: Rect) {
        let height = self.list_height(screen);
        self.list.settle(height);
    }

    /// Keeps the choices in which every typed word occurs.
    fn narrow(&mut self) {
        let query = fold(self.input.value());
        let words: Vec<&str> = query.split(' ').filter(|w| !w.is_empty()).collect();
        let holds = |i: &usize| {
            self.folded
                .get(*i)
                .is_some_and(|f| words.iter().all(|w| f.contains(w)))
        };
        self.shown = (0..self.choices.len()).filter(holds).collect();
        self.offer_typed();
        self.list = ListCursor::new(self.shown.len());
    }

    /// What was typed, made into a choice, stands behind all others in the store and first in the list.
    fn offer_typed(&mut self) {
        let Some(made) = self.typed.and_then(|make| make(self.input.value())) else {
            return;
        };
        let there = self
            .shown
            .first()
            .and_then(|i| self.choices.get(*i))
            .is_some_and(|c| c.pick == made.pick);
        if there {
            return;
        }
        self.shown.insert(0, self.choices.len());
        // It matches nothing that is typed later, only what it was made of.
        self.folded.push("\n".to_owned());
        self.choices.push(made);
    }

    fn list_height(&self, screen: Rect) -> usize {
        usize::from(self.areas(screen).1.height)
            .saturating_sub(2 + usize::from(self.told_rows(screen)))
            .max(1)
    }

    /// Rows of what is said about a choice: half as many again where they are short.
    fn told_rows(&self, screen: Rect) -> u16 {
        if screen.width < 60 {
            self.about_rows * 3 / 2
        } else {
            self.about_rows
        }
    }

    /// The box and the area inside it.
    fn areas(&self, screen: Rect) -> (Rect, Rect) {
        let screen = body(screen);
        let width = MAX_WIDTH
            .min(screen.width.saturating_sub(2))
            .max(screen.width.min(20));
        let wanted = u16::try_from(self.choices.len())
            .unwrap_or(u16::MAX)
            .saturating_add(CHROME_ROWS - 1 + self.told_rows(screen));
        let height = wanted
            .min(screen.height)
            .max(screen.height.min(CHROME_ROWS + 1));
        let outer = Rect {
            x: screen.x + (screen.width - width) / 2,
            y: screen.y + (screen.height - height) / 3,
            width,
            height,
        };
        let inner = Rect {
            x: outer.x + 2,
            y: outer.y + 1,
            width: outer.width.saturating_sub(4),
            height: outer.height.saturating_sub(2),
        };
        (outer, inner)
    }

    /// Paints the chooser; where the cursor stands.
    pub fn view(&self, brush: Painter, buf: &mut Buffer, screen: Rect) -> Option<(u16, u16)> {
        let (outer, inner) = self.areas(screen);
        brush.frame(buf, outer, &self.title);
        let (typed, column) = self.input.shown(usize::from(inner.width).saturating_sub(8));
        let count = measure::count(self.shown.len(), "row", "rows");
        let mut field = Row::from_runs(vec![
            Run::ours("filter  ", Role::Label),
            Run::new(typed, Role::Strong),
        ]);
        field.pad_to(usize::from(inner.width).saturating_sub(measure::width(&count)));
        field.push(Run::new(count, Role::Dim));
        brush.row(buf, inner, &field);
        let height = self.list_height(screen);
        for (y, index) in self.list.window(height).enumerate() {
            let area = Rect {
                y: inner.y + 2 + y as u16,
                height: 1,
                ..inner
            };
            self.view_row(brush, buf, area, index);
        }
        self.view_about(brush, buf, inner, screen);
        Some((inner.x + 8 + column as u16, inner.y))
    }

    fn view_row(&self, brush: Painter, buf: &mut Buffer, area: Rect, index: usize) {
        let Some(choice) = self.shown.get(index).and_then(|i| self.choices.get(*i)) else {
            return;
        };
        let width = usize::from(area.width);
        let focused = index == self.list.cursor;
        let room = width.saturating_sub(measure::width(&choice.aside) + 4);
        let sign = if focused {
            Run::ours("> ", Role::Focus)
        } else {
            Run::ours("  ", Role::Text)
        };
        let mut row = Row::from_runs(vec![
            sign,
            Run::new(measure::cut(&choice.label, room), Role::Text),
        ]);
        row.pad_to(width.saturating_sub(measure::width(&choice.aside)));
        row.push(Run::new(choice.aside.clone(), Role::Key));
        brush.row(buf, area, &row);
        if focused {
            brush.tint(buf, area, Role::Focus);
        }
    }

    fn view_about(&self, brush: Painter, buf: &mut Buffer, inner: Rect, screen: Rect) {
        let rows = self.told_rows(screen).min(inner.height);
        let last = Rect {
            y: inner.bottom() - rows,
            height: rows,
            ..inner
        };
        let about = self
            .choice()
            .map_or(SafeText::ours(self.empty), |c| c.about.clone());
        if rows == 1 {
            brush.text(
                buf,
                last,
                &measure::cut(&about, usize::from(inner.width)),
                Role::Dim,
            );
            return;
        }
        brush.rows(
            buf,
            last,
            &wrap(
                &[Run::new(about, Role::Dim)],
                usize::from(inner.width),
                0,
                0,
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::GlobalAction;

    fn chooser() -> Chooser {
        let choice = |label, pick| ChooserRow {
            label: SafeText::ours(label),
            aside: SafeText::default(),
            about: SafeText::ours("about"),
            pick: ChooserAction::Act(Action::Global(pick)),
        };
        Chooser::new(
            "Commands",
            vec![
                choice("Search everything", GlobalAction::Search),
                choice("Choose the lens", GlobalAction::Lens),
            ],
            "none",
        )
    }

    const SCREEN: Rect = Rect {
        x: 0,
        y: 0,
        width: 80,
        height: 24,
    };

    #[test]
    fn typing_narrows_and_enter_takes_the_row() {
        let mut chooser = chooser();
        for c in "lens".chars() {
            assert_eq!(chooser.key(Key::char(c), SCREEN), None);
        }
        assert_eq!(
            chooser.key(Key::plain(KeyCode::Enter), SCREEN),
            Some(ChooserAction::Act(Action::Global(GlobalAction::Lens)))
        );
        chooser.key(Key::char('x'), SCREEN);
        assert_eq!(
            chooser.key(Key::plain(KeyCode::Enter), SCREEN),
            None,
            "Enter on nothing does nothing"
        );
    }

    #[test]
    fn any_screen_can_hold_it() {
        for width in 0..40 {
            for height in 0..12 {
                let screen = Rect {
                    x: 0,
                    y: 0,
                    width,
                    height,
                };
                let mut buf = Buffer::empty(screen);
                let mut chooser = chooser();
                chooser.settle(screen);
                chooser.view(
                    Painter {
                        theme: crate::layout::theme::Theme::terminal(),
                        ascii: false,
                    },
                    &mut buf,
                    screen,
                );
            }
        }
    }
}
