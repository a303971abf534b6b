//! A cursor over n rows and the window that shows it.
//!
//! The cursor is always on a row when there is one, and after each layout the window shows it, at constant cost however
//! long the list is.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::key::{Key, KeyCode};
use crate::app::painter::Painter;
use crate::layout::{Role, Row, Run};
use crate::text::{SafeText, measure};

/// What stands before a row of a list: whether the cursor is on it.
pub fn cursor_sign(on: bool) -> Run {
    if on {
        Run::ours("> ", Role::Focus)
    } else {
        Run::ours("  ", Role::Text)
    }
}

/// What a key moves in a list under a field that is typed into.
pub fn list_movement(key: Key) -> Option<MoveAction> {
    match (key.code, key.ctrl) {
        (KeyCode::Up, _) | (KeyCode::Char('p'), true) => Some(MoveAction::Up),
        (KeyCode::Down, _) | (KeyCode::Char('n'), true) => Some(MoveAction::Down),
        (KeyCode::PageUp, _) => Some(MoveAction::PageUp),
        (KeyCode::PageDown, _) => Some(MoveAction::PageDown),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    /// The row under the cursor, from 0.
    pub cursor: usize,
    /// The first row that shows.
    pub top: usize,
    /// How many rows there are.
    pub len: usize,
    /// How many rows show.
    pub height: usize,
}

impl ListCursor {
    /// A list of `len` rows with the cursor on the first.
    pub fn new(len: usize) -> Self {
        Self {
            len,
            ..Self::default()
        }
    }

    /// The same window over another number of rows, with the cursor on one of them.
    pub fn reset(&mut self, len: usize, cursor: usize) {
        (self.len, self.cursor) = (len, cursor);
    }

    /// Moves; true when the movement means something in a list and not in a page beside it.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>) -> bool {
        let Some(row) = to.along_rows(self.cursor, self.height, count) else {
            return false;
        };
        self.cursor = row;
        self.layout(self.height);
        true
    }

    /// Clamps cursor and window to the length and a height in rows.
    pub fn layout(&mut self, height: usize) {
        self.height = height;
        self.cursor = self.cursor.min(self.len.saturating_sub(1));
        let height = height.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        // A list that became shorter leaves no blank rows below while rows are hidden above.
        self.top = self.top.min(self.len.saturating_sub(height));
    }

    /// Scrolls the window by rows; the cursor stays inside it.
    pub fn scroll(&mut self, rows: i32) {
        let height = self.height.max(1);
        let limit = self.len.saturating_sub(height);
        self.top = self.top.saturating_add_signed(rows as isize).min(limit);
        let last = (self.top + height).min(self.len).saturating_sub(1);
        self.cursor = self.cursor.clamp(self.top, last.max(self.top));
        self.layout(self.height);
    }

    /// Paints the rows that show, the one under the cursor in a role; where that stands.
    pub fn view(
        &self,
        painter: &mut Painter,
        area: Rect,
        focus: Role,
        row: impl Fn(usize, bool) -> Option<Row>,
    ) -> Option<(u16, u16)> {
        painter.scroll_mark(area, self.top, self.len);
        let mut cursor = None;
        for (n, spot) in self.window().zip(area.rows()) {
            let on = n == self.cursor;
            let Some(row) = row(n, on) else { continue };
            painter.row(spot, &row);
            if on {
                if focus == Role::Focus {
                    painter.select(spot);
                } else {
                    painter.tint(spot, focus);
                }
                cursor = Some((spot.x, spot.y));
            }
        }
        cursor
    }

    /// Where the cursor is, such as `12 of 104`.
    pub fn place(&self) -> SafeText {
        let at = (self.cursor + 1).min(self.len);
        let [at, len] = [at, self.len].map(|n| measure::thousands(n as u64));
        crate::safe!("{at} of {len}")
    }

    pub fn window(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.len)
    }

    /// Puts the cursor on the row that stands so many rows below the top; false when there is none.
    pub fn click(&mut self, row: usize) -> bool {
        let at = self.top + row;
        let there = at < self.len;
        if there {
            self.cursor = at;
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_a_row_and_in_view() {
        let mut list = ListCursor::new(100);
        list.layout(10);
        for (to, count, cursor, top) in [
            (MoveAction::Down, None, 1, 0),
            (MoveAction::Down, Some(20), 21, 12),
            (MoveAction::PageUp, None, 12, 12),
            (MoveAction::Bottom, None, 99, 90),
            (MoveAction::Down, None, 99, 90),
            (MoveAction::Top, None, 0, 0),
            (MoveAction::Bottom, Some(50), 49, 40),
            (MoveAction::HalfUp, None, 44, 40),
        ] {
            assert!(list.moved(to, count));
            assert_eq!((list.cursor, list.top), (cursor, top), "{to:?} {count:?}");
        }
        let mut empty = ListCursor::new(0);
        empty.moved(MoveAction::Bottom, None);
        empty.scroll(5);
        assert_eq!(empty, ListCursor::new(0));
    }

    #[test]
    fn the_wheel_moves_the_window_and_takes_the_cursor_along() {
        let mut list = ListCursor::new(50);
        list.layout(10);
        list.scroll(7);
        assert_eq!((list.cursor, list.top), (7, 7));
        list.scroll(-100);
        assert_eq!((list.cursor, list.top), (7, 0));
        list.scroll(1000);
        assert_eq!((list.cursor, list.top), (40, 40));
    }

    #[test]
    fn a_click_goes_to_rows_that_are_there() {
        let mut list = ListCursor::new(12);
        list.layout(5);
        list.scroll(6);
        assert!(list.click(2));
        assert_eq!((list.cursor, list.window()), (8, 6..11));
        list.reset(7, 3);
        list.layout(5);
        assert!(!list.click(9));
        assert_eq!((list.cursor, list.window()), (3, 2..7));
    }

    #[test]
    fn another_height_keeps_the_cursor_in_view() {
        for (height, window) in [(10, 0..10), (3, 7..10), (1, 9..10), (50, 0..20)] {
            let mut list = ListCursor::new(20);
            list.cursor = 9;
            list.layout(height);
            assert_eq!(list.window(), window, "{height}");
        }
    }

    #[test]
    fn keys_that_move_under_a_field() {
        for (key, expected) in [
            ("Up", Some(MoveAction::Up)),
            ("Ctrl-p", Some(MoveAction::Up)),
            ("Down", Some(MoveAction::Down)),
            ("Ctrl-n", Some(MoveAction::Down)),
            ("PgUp", Some(MoveAction::PageUp)),
            ("PgDn", Some(MoveAction::PageDown)),
            ("j", None),
            ("Home", None),
        ] {
            assert_eq!(list_movement(Key::parse(key).unwrap()), expected, "{key}");
        }
    }
}
