//! A page with lines that a cursor stands on, and heads that stay in sight while one scrolls.
//!
//! The line under the cursor is in sight after each movement of it; a scroll takes the cursor along.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::painter::Painter;
use crate::app::widget::list_cursor::ListCursor;
use crate::app::widget::viewport::Viewport;
use crate::views::AlignedPage;

/// The page, the cursor, and what shows.
#[derive(Default)]
pub struct SelectablePage {
    /// The line under the cursor.
    pub list: ListCursor,
    /// The page as it is read.
    pub viewport: Viewport,
    aligned: AlignedPage,
    /// The cursor's line must be brought in sight when next settled.
    follow: bool,
}

impl SelectablePage {
    /// Shows a page; `same` keeps the place.
    pub fn show(&mut self, aligned: AlignedPage, same: bool) {
        self.list.len = aligned.lines.len();
        self.viewport.show(Arc::new(aligned.page.clone()), same);
        self.aligned = aligned;
        if !same {
            self.list.cursor = 0;
        }
        self.list.layout(0);
    }

    /// Puts the cursor on a line and brings it in sight.
    pub fn set(&mut self, line: usize) {
        self.list.cursor = line;
        self.follow = true;
    }

    /// Moves the cursor by lines and the page by pages; false for movements that are neither.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>) -> bool {
        match to {
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom => {
                self.list.moved(to, count);
                self.follow = true;
            }
            MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp => {
                self.viewport.moved(to, count);
                self.cursor_into_sight();
            }
            MoveAction::Left | MoveAction::Right | MoveAction::Enter => return false,
        }
        true
    }

    /// Turns the wheel.
    pub fn scroll(&mut self, rows: i32) {
        self.viewport.scroll(rows);
        self.cursor_into_sight();
    }

    /// Shows it in an area, the cursor's line in sight when it was moved.
    pub fn layout(&mut self, area: Rect) {
        self.viewport.area = area;
        self.viewport.show_again();
        if std::mem::take(&mut self.follow) {
            self.reveal(self.viewport.height());
        }
        self.viewport.layout(area);
    }

    /// The line at a cell of the window.
    pub fn line_at(&self, column: u16, row: u16) -> Option<usize> {
        let (at, _) = self.viewport.cell(column, row)?;
        self.aligned.lines.iter().position(|r| r.contains(&at))
    }

    /// Rows of heads that stay; none while they are on the page itself.
    fn sticky(&self) -> usize {
        if self.viewport.top > self.aligned.head.start {
            self.aligned.head.len()
        } else {
            0
        }
    }

    fn reveal(&mut self, height: usize) {
        let Some(rows) = self.aligned.lines.get(self.list.cursor).cloned() else {
            return;
        };
        let head = self.aligned.head.len();
        if self.list.cursor == 0 && rows.end <= height {
            self.viewport.top = 0;
        }
        let room = height.saturating_sub(head).max(1);
        if rows.start < self.viewport.top + head && self.viewport.top > 0 {
            self.viewport.top = rows.start.saturating_sub(head);
        }
        if rows.end > self.viewport.top + head + room {
            self.viewport.top =
                (rows.end - height.min(rows.end)).min(rows.start.saturating_sub(head));
        }
    }

    /// After a scroll, the cursor goes to the nearest line that shows.
    fn cursor_into_sight(&mut self) {
        let (from, to) = (
            self.viewport.top,
            self.viewport.top + self.viewport.height(),
        );
        let seen = |i: &usize| {
            self.aligned
                .lines
                .get(*i)
                .is_some_and(|r| r.start >= from && r.start < to)
        };
        if !seen(&self.list.cursor) {
            let near = (0..self.aligned.lines.len())
                .filter(seen)
                .min_by_key(|i| i.abs_diff(self.list.cursor));
            self.list.cursor = near.unwrap_or(self.list.cursor);
        }
    }

    /// Paints; where the cursor stands.
    pub fn view(&self, painter: Painter, buf: &mut Buffer) -> Option<(u16, u16)> {
        let body = self.viewport.area;
        let link = self.viewport.view(painter, buf);
        let head = Rect {
            height: (self.sticky() as u16).min(body.height),
            ..body
        };
        if head.height > 0 {
            painter.clear(buf, head);
            let rows: Vec<_> = self
                .aligned
                .page
                .rows
                .iter()
                .skip(self.aligned.head.start)
                .take(self.aligned.head.len())
                .cloned()
                .collect();
            painter.rows(buf, head, &rows);
        }
        let top = Some((body.x, body.y));
        let line = self.aligned.lines.get(self.list.cursor);
        let Some(y) = line
            .and_then(|r| self.viewport.y_of(r.start))
            .filter(|y| *y >= body.y + head.height)
        else {
            return link.or(top);
        };
        painter.cursor_mark(buf, body.x, y);
        link.or(Some((body.x, y)))
    }
}
