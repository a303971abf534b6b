//! A page with lines that a cursor stands on, and heads that stay in sight while one scrolls.
//! The line under the cursor is in sight after each movement of it; a scroll takes the cursor along.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::painter::Painter;
use crate::app::widget::list_cursor::ListCursor;
use crate::app::widget::viewport::Viewport;
use crate::layout::Role;
use crate::pack::Address;
use crate::text::SafeText;
use crate::views::LinePage;

/// The page, the cursor, and what shows.
#[derive(Default)]
pub struct SelectablePage {
    /// The line under the cursor.
    pub list: ListCursor,
    /// The page as it is read.
    pub reader: Viewport,
    shown: LinePage,
    /// The cursor's line must be brought in sight when next settled.
    follow: bool,
}

impl SelectablePage {
    /// Shows a page; `same` keeps the place.
    pub fn show(&mut self, page: LinePage, same: bool) {
        self.list.len = page.lines.len();
        self.reader.show(Arc::new(page.page.clone()), same);
        self.shown = page;
        if !same {
            self.list.cursor = 0;
        }
        self.list.settle(usize::MAX / 2);
    }

    /// Puts the cursor on a line and brings it in sight.
    pub fn set(&mut self, line: usize) {
        self.list.set(line, usize::MAX / 2);
        self.follow = true;
    }

    /// Where the line under the cursor leads.
    pub fn target(&self) -> Option<&Address> {
        self.shown.target(self.list.cursor)
    }

    /// Moves the cursor by lines and the page by pages; false for movements that are neither.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>, height: usize) -> bool {
        match to {
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom => {
                self.list.moved(to, count, usize::MAX / 2);
                self.follow = true;
            }
            MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp => {
                self.reader.moved(to, count, height);
                self.cursor_into_sight(height);
            }
            MoveAction::Left | MoveAction::Right | MoveAction::Enter => return false,
        }
        true
    }

    /// Turns the wheel.
    pub fn scroll(&mut self, rows: i32, height: usize) {
        self.reader.scroll(rows, height);
        self.cursor_into_sight(height);
    }

    /// Clamps the scroll to a height, the cursor's line in sight when it was moved.
    pub fn settle(&mut self, height: usize) {
        let page = self.reader.page.clone();
        self.reader.show(page, true);
        if std::mem::take(&mut self.follow) {
            self.reveal(height);
        }
        self.reader.settle(height);
    }

    /// The line at a row of the page's area.
    pub fn line_at(&self, row: usize) -> Option<usize> {
        let at = self.reader.top + row;
        self.shown.lines.iter().position(|r| r.contains(&at))
    }

    /// Rows that stay on top; none while they are on the page itself.
    fn pinned(&self) -> usize {
        if self.reader.top > self.shown.pinned_from {
            self.shown.pinned.len()
        } else {
            0
        }
    }

    fn reveal(&mut self, height: usize) {
        let Some(rows) = self.shown.lines.get(self.list.cursor).cloned() else {
            return;
        };
        let pinned = self.shown.pinned.len();
        if self.list.cursor == 0 && rows.end <= height {
            self.reader.top = 0;
        }
        if rows.start < self.reader.top + pinned && self.reader.top > 0 {
            self.reader.top = rows.start.saturating_sub(pinned);
        }
        if rows.end > self.reader.top + height.max(pinned + 1) {
            // A line that is higher than the screen shows from its first row on.
            let last = rows.end.saturating_sub(height);
            self.reader.top = last.min(rows.start.saturating_sub(pinned));
        }
    }

    /// After a scroll, the cursor goes to the nearest line that shows.
    fn cursor_into_sight(&mut self, height: usize) {
        let rows = self.reader.top..self.reader.top + height;
        let seen = |i: &usize| {
            let line = self.shown.lines.get(*i);
            line.is_some_and(|line| rows.contains(&line.start))
        };
        if !seen(&self.list.cursor) {
            let near = (0..self.shown.lines.len())
                .filter(seen)
                .min_by_key(|i| i.abs_diff(self.list.cursor));
            self.list.cursor = near.unwrap_or(self.list.cursor);
        }
    }

    /// Paints; where the cursor stands.
    pub fn view(&self, painter: Painter, buf: &mut Buffer, body: Rect) -> Option<(u16, u16)> {
        let link = self.reader.view(painter, buf, body);
        let head = Rect {
            height: (self.pinned() as u16).min(body.height),
            ..body
        };
        if head.height > 0 {
            painter.clear(buf, head);
            painter.rows(buf, head, &self.shown.pinned);
        }
        let line = self.shown.lines.get(self.list.cursor);
        let row = line.and_then(|line| line.start.checked_sub(self.reader.top));
        let y = row
            .and_then(|row| u16::try_from(row).ok())
            .map(|row| body.y + row);
        let Some(y) = y.filter(|y| (body.y + head.height..body.bottom()).contains(y)) else {
            return link.or(Some((body.x, body.y)));
        };
        let sign = Rect {
            x: body.x,
            y,
            width: 1,
            height: 1,
        };
        painter.text(buf, sign, &SafeText::ours(">"), Role::Focus);
        link.or(Some((body.x, y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Page, Row};

    /// A page of 30 rows with a line every third row from row 3 on; three rows are pinned from row 0 on.
    fn page() -> SelectablePage {
        let rows: Vec<Row> = (0..30)
            .map(|n| Row::of(format!("row {n}"), Role::Text))
            .collect();
        let mut page = SelectablePage::default();
        let lines: Vec<_> = (1..10).map(|n| 3 * n..3 * n + 3).collect();
        page.show(
            LinePage {
                pinned: rows.iter().take(3).cloned().collect(),
                page: Page {
                    rows,
                    width: 20,
                    ..Page::default()
                },
                targets: vec![None; lines.len()],
                lines,
                pinned_from: 0,
            },
            false,
        );
        page
    }

    #[test]
    fn the_line_under_the_cursor_is_in_sight() {
        let check = |moves: &[(MoveAction, Option<usize>)], expected: (usize, usize)| {
            let mut page = page();
            for (to, count) in moves {
                assert!(page.moved(*to, *count, 10));
                page.settle(10);
                let line = &page.shown.lines[page.list.cursor];
                let shown = page.reader.top + page.pinned()..page.reader.top + 10;
                assert!(
                    shown.contains(&line.start) && line.end <= shown.end,
                    "{shown:?} {line:?}"
                );
            }
            assert_eq!((page.list.cursor, page.reader.top), expected);
        };
        check(&[(MoveAction::Down, None)], (1, 0));
        check(&[(MoveAction::Down, Some(2))], (2, 2));
        check(&[(MoveAction::Bottom, None)], (8, 20));
        check(
            &[(MoveAction::Bottom, None), (MoveAction::Top, None)],
            (0, 0),
        );
        check(
            &[(MoveAction::Bottom, None), (MoveAction::Up, Some(3))],
            (5, 15),
        );
    }

    #[test]
    fn a_scroll_takes_the_cursor_along() {
        let mut page = page();
        page.scroll(12, 10);
        page.settle(10);
        assert_eq!((page.reader.top, page.list.cursor), (12, 3));
        assert_eq!(page.pinned(), 3);
        assert_eq!(page.line_at(0), Some(3));
    }

    #[test]
    fn a_click_finds_the_line_under_it() {
        let page = page();
        let lines: Vec<Option<usize>> = [0, 2, 3, 5, 6].map(|row| page.line_at(row)).into();
        assert_eq!(lines, [None, None, Some(0), Some(0), Some(1)]);
    }
}
