//! A page with lines that a cursor stands on, and heads that stay in view while one scrolls.
//!
//! The line under the cursor is in view after each movement of it; a scroll takes the cursor along.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::painter::Painter;
use crate::app::widget::list_cursor::ListCursor;
use crate::app::widget::viewport::Viewport;
use crate::pack::Address;
use crate::views::LinePage;

#[derive(Default)]
pub struct SelectablePage {
    pub list: ListCursor,
    pub viewport: Viewport,
    shown: LinePage,
    /// The cursor's line must be brought in view when next settled.
    follow: bool,
}

impl SelectablePage {
    /// Shows a page; `same` keeps the place.
    pub fn show(&mut self, page: LinePage, same: bool) {
        self.list.len = page.lines.len();
        self.viewport.show(Arc::new(page.page.clone()), same);
        self.shown = page;
        if !same {
            self.list.cursor = 0;
        }
        self.list.layout(0);
    }

    /// Puts the cursor on a line and brings it in view.
    pub fn set(&mut self, line: usize) {
        self.list.cursor = line;
        self.follow = true;
    }

    /// Where the line under the cursor leads.
    pub fn target(&self) -> Option<&Address> {
        self.shown.target(self.list.cursor)
    }

    /// Moves the cursor by lines and the page by pages; false for movements that are neither.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>) -> bool {
        match to {
            MoveAction::Down | MoveAction::Up | MoveAction::Top | MoveAction::Bottom => {
                self.list.moved(to, count);
                self.follow = true;
            }
            MoveAction::Left | MoveAction::Right | MoveAction::Enter => return false,
            _ => {
                self.viewport.moved(to, count);
                self.cursor_into_view();
            }
        }
        true
    }

    /// Turns the wheel.
    pub fn scroll(&mut self, rows: i32) {
        self.viewport.scroll(rows);
        self.cursor_into_view();
    }

    /// Shows it in an area, the cursor's line in view when it was moved.
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
        self.shown.lines.iter().position(|r| r.contains(&at))
    }

    /// Rows that stay on top; none while they are on the page itself.
    fn pinned(&self) -> usize {
        if self.viewport.top > self.shown.pinned_from {
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
            self.viewport.top = 0;
        }
        if rows.start < self.viewport.top + pinned && self.viewport.top > 0 {
            self.viewport.top = rows.start.saturating_sub(pinned);
        }
        if rows.end > self.viewport.top + height.max(pinned + 1) {
            // A line that is higher than the screen shows from its first row on.
            let last = rows.end.saturating_sub(height);
            self.viewport.top = last.min(rows.start.saturating_sub(pinned));
        }
    }

    /// After a scroll, the cursor goes to the nearest line that shows.
    fn cursor_into_view(&mut self) {
        let shown = self.viewport.top..self.viewport.top + self.viewport.height();
        let lines = &self.shown.lines;
        let seen = |i: &usize| lines.get(*i).is_some_and(|r| shown.contains(&r.start));
        if !seen(&self.list.cursor) {
            let near = (0..lines.len())
                .filter(seen)
                .min_by_key(|i| i.abs_diff(self.list.cursor));
            self.list.cursor = near.unwrap_or(self.list.cursor);
        }
    }

    /// Paints; where the cursor stands.
    pub fn view(&self, painter: &mut Painter) -> Option<(u16, u16)> {
        let body = self.viewport.area;
        let link = self.viewport.view(painter);
        let head = Rect {
            height: (self.pinned() as u16).min(body.height),
            ..body
        };
        if head.height > 0 {
            painter.clear(head);
            painter.rows(head, &self.shown.pinned);
        }
        let line = self.shown.lines.get(self.list.cursor);
        let y = line.and_then(|r| self.viewport.y_of(r.start));
        let y = y.filter(|y| *y >= body.y + head.height);
        if let Some(y) = y {
            painter.cursor_mark(body.x, y);
        }
        link.or(Some((body.x, y.unwrap_or(body.y))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Page, Role, Row};

    const AREA: Rect = Rect::new(0, 0, 20, 10);

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
        page.layout(AREA);
        page
    }

    #[test]
    fn the_line_under_the_cursor_is_in_view() {
        let check = |moves: &[(MoveAction, Option<usize>)], expected: (usize, usize)| {
            let mut page = page();
            for (to, count) in moves {
                assert!(page.moved(*to, *count));
                page.layout(AREA);
                let line = &page.shown.lines[page.list.cursor];
                let shown = page.viewport.top + page.pinned()..page.viewport.top + 10;
                assert!(
                    shown.contains(&line.start) && line.end <= shown.end,
                    "{shown:?} {line:?}"
                );
            }
            assert_eq!((page.list.cursor, page.viewport.top), expected);
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
        page.scroll(12);
        page.layout(AREA);
        assert_eq!((page.viewport.top, page.list.cursor), (12, 3));
        assert_eq!(page.pinned(), 3);
        assert_eq!(page.line_at(0, 0), Some(3));
    }

    #[test]
    fn a_click_finds_the_line_under_it() {
        let page = page();
        let lines: Vec<Option<usize>> = [0, 2, 3, 5, 6].map(|row| page.line_at(0, row)).into();
        assert_eq!(lines, [None, None, Some(0), Some(0), Some(1)]);
    }
}
