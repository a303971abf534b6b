//! A cursor over n rows and the window that shows it.
//! Promises: the cursor is always on a row when there is one; the window always shows it; constant cost at any length.

use crate::app::action::MoveAction;

/// Cursor and window of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    /// The row under the cursor, from 0.
    pub cursor: usize,
    /// The first row that shows.
    pub top: usize,
    /// How many rows there are.
    pub len: usize,
}

impl ListCursor {
    /// A list of `len` rows with the cursor on the first.
    pub fn new(len: usize) -> Self {
        Self {
            cursor: 0,
            top: 0,
            len,
        }
    }

    /// Moves; true when the movement means something in a list and not in a page beside it.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>, height: usize) -> bool {
        let n = count.unwrap_or(1);
        let page = height.max(2) - 1;
        let last = self.len.saturating_sub(1);
        self.cursor = match to {
            MoveAction::Down => self.cursor.saturating_add(n).min(last),
            MoveAction::Up => self.cursor.saturating_sub(n),
            MoveAction::PageDown => self.cursor.saturating_add(n.saturating_mul(page)).min(last),
            MoveAction::PageUp => self.cursor.saturating_sub(n.saturating_mul(page)),
            MoveAction::HalfDown => self
                .cursor
                .saturating_add(n.saturating_mul(page.div_ceil(2)))
                .min(last),
            MoveAction::HalfUp => self
                .cursor
                .saturating_sub(n.saturating_mul(page.div_ceil(2))),
            MoveAction::Top => count.map_or(0, |c| c.saturating_sub(1)).min(last),
            MoveAction::Bottom => count.map_or(last, |c| c.saturating_sub(1)).min(last),
            MoveAction::Left | MoveAction::Right | MoveAction::Enter => return false,
        };
        self.settle(height);
        true
    }

    /// Puts the cursor on a row.
    pub fn set(&mut self, row: usize, height: usize) {
        self.cursor = row;
        self.settle(height);
    }

    /// Clamps cursor and window to the length and a height in rows.
    pub fn settle(&mut self, height: usize) {
        self.cursor = self.cursor.min(self.len.saturating_sub(1));
        let height = height.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(self.len.saturating_sub(height));
    }

    /// Scrolls the window by rows; the cursor stays inside it.
    pub fn scroll(&mut self, rows: i32, height: usize) {
        let height = height.max(1);
        let limit = self.len.saturating_sub(height);
        self.top = self.top.saturating_add_signed(rows as isize).min(limit);
        self.cursor = self.cursor.clamp(
            self.top,
            (self.top + height - 1)
                .min(self.len.saturating_sub(1))
                .max(self.top),
        );
        self.settle(height);
    }

    /// The rows that show in a height.
    pub fn window(&self, height: usize) -> std::ops::Range<usize> {
        self.top..(self.top + height).min(self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_a_row_and_in_sight() {
        let mut list = ListCursor::new(100);
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
            assert!(list.moved(to, count, 10));
            assert_eq!((list.cursor, list.top), (cursor, top), "{to:?} {count:?}");
        }
        let mut empty = ListCursor::new(0);
        empty.moved(MoveAction::Bottom, None, 10);
        empty.scroll(5, 0);
        assert_eq!(empty, ListCursor::new(0));
    }

    #[test]
    fn the_wheel_moves_the_window_and_takes_the_cursor_along() {
        let mut list = ListCursor::new(50);
        list.scroll(7, 10);
        assert_eq!((list.cursor, list.top), (7, 7));
        list.scroll(-100, 10);
        assert_eq!((list.cursor, list.top), (7, 0));
        list.scroll(1000, 10);
        assert_eq!((list.cursor, list.top), (40, 40));
    }
}
