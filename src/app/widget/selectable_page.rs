//! A page with lines that a cursor stands on, and heads that stay in sight while one scrolls.
//! Promises: the line under the cursor is in sight after each movement of it; a scroll takes the cursor along.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::painter::Painter;
use crate::app::widget::list_cursor::ListCursor;
use crate::app::widget::viewport::Viewport;
use crate::layout::Role;
use crate::text::SafeText;
use crate::views::AlignedPage;

/// The page, the cursor, and what shows.
#[derive(Default)]
pub struct SelectablePage {
    /// The line under the cursor.
    pub list: ListCursor,
    /// The page as it is read.
    pub reader: Viewport,
    laid: AlignedPage,
    /// The cursor's line must be brought in sight when next settled.
    follow: bool,
}

impl SelectablePage {
    /// Shows a page; `same` keeps the place.
    pub fn show(&mut self, laid: AlignedPage, same: bool) {
        self.list.len = laid.lines.len();
        self.reader.show(Arc::new(laid.page.clone()), same);
        self.laid = laid;
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
        self.laid.lines.iter().position(|r| r.contains(&at))
    }

    /// Rows of heads that stay; none while they are on the page itself.
    fn sticky(&self) -> usize {
        if self.reader.top > self.laid.head.start {
            self.laid.head.len()
        } else {
            0
        }
    }

    fn reveal(&mut self, height: usize) {
        let Some(rows) = self.laid.lines.get(self.list.cursor).cloned() else {
            return;
        };
        let head = self.laid.head.len();
        if self.list.cursor == 0 && rows.end <= height {
            self.reader.top = 0;
        }
        let room = height.saturating_sub(head).max(1);
        if rows.start < self.reader.top + head && self.reader.top > 0 {
            self.reader.top = rows.start.saturating_sub(head);
        }
        if rows.end > self.reader.top + head + room {
            self.reader.top =
                (rows.end - height.min(rows.end)).min(rows.start.saturating_sub(head));
        }
    }

    /// After a scroll, the cursor goes to the nearest line that shows.
    fn cursor_into_sight(&mut self, height: usize) {
        let (from, to) = (self.reader.top, self.reader.top + height);
        let seen = |i: &usize| {
            self.laid
                .lines
                .get(*i)
                .is_some_and(|r| r.start >= from && r.start < to)
        };
        if !seen(&self.list.cursor) {
            let near = (0..self.laid.lines.len())
                .filter(seen)
                .min_by_key(|i| i.abs_diff(self.list.cursor));
            self.list.cursor = near.unwrap_or(self.list.cursor);
        }
    }

    /// Paints; where the cursor stands.
    pub fn view(&self, brush: Painter, buf: &mut Buffer, body: Rect) -> Option<(u16, u16)> {
        let link = self.reader.view(brush, buf, body);
        let head = Rect {
            height: (self.sticky() as u16).min(body.height),
            ..body
        };
        if head.height > 0 {
            brush.clear(buf, head);
            let rows: Vec<_> = self
                .laid
                .page
                .rows
                .iter()
                .skip(self.laid.head.start)
                .take(self.laid.head.len())
                .cloned()
                .collect();
            brush.rows(buf, head, &rows);
        }
        let top = Some((body.x, body.y));
        let line = self
            .laid
            .lines
            .get(self.list.cursor)
            .and_then(|r| r.start.checked_sub(self.reader.top));
        let Some(y) = line
            .and_then(|row| u16::try_from(row).ok())
            .map(|row| body.y + row)
        else {
            return link.or(top);
        };
        if y < body.y + head.height || y >= body.bottom() {
            return link.or(top);
        }
        brush.text(
            buf,
            Rect {
                x: body.x,
                y,
                width: 1,
                height: 1,
            },
            &SafeText::ours(">"),
            Role::Focus,
        );
        link.or(Some((body.x, y)))
    }
}
