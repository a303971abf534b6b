//! A page in a frame over the screen: as high as its page, as far as the window allows.

use ratatui::layout::{Margin, Rect};

use crate::app::painter::Painter;
use crate::app::widget::{Viewport, area};
use crate::text::SafeText;

/// Widest frame in cells, edges included.
const MAX_WIDTH: u16 = 80;
/// A window with fewer rows than this between its bars is low.
const LOW: u16 = 14;

/// A window of fewer columns has none beside a frame.
const NARROW: u16 = 50;

/// Cells of a frame, edges included.
fn outer_width(area: Rect) -> u16 {
    match area.width < NARROW {
        true => area.width,
        false => MAX_WIDTH.min(area.width.saturating_sub(2)),
    }
}

#[derive(Default)]
pub struct FramedPage {
    pub viewport: Viewport,
    outer: Rect,
}

impl FramedPage {
    /// Width of the text in a frame over an area, in cells.
    pub fn text_width(area: Rect) -> usize {
        let outer = outer_width(area);
        // Edges, air, and the mark of where one is with air before it.
        usize::from(outer.saturating_sub(5)).max(1)
    }

    pub fn layout(&mut self, area: Rect) {
        let width = outer_width(area);
        let rows = u16::try_from(self.viewport.page.rows.len()).unwrap_or(u16::MAX);
        // Air above and below, where that does not hide a row.
        let edge = if area.height < LOW { 1 } else { 2 };
        let height = rows
            .saturating_add(2 * edge)
            .min(area.height)
            .max(area.height.min(5));
        self.outer = area::floating(area, width, height);
        let inner = self.outer.inner(Margin::new(2, edge));
        let width = inner.width.saturating_sub(1);
        self.viewport.layout(Rect { width, ..inner });
    }

    /// Whether there is more of it than shows.
    pub fn scrolls(&self) -> bool {
        self.viewport.page.rows.len() > self.viewport.height()
    }

    /// Paints it; where the cursor is to stand.
    pub fn view(&self, painter: &mut Painter, title: &SafeText) -> (u16, u16) {
        let inner = self.viewport.area;
        painter.frame(self.outer, title);
        let cursor = self.viewport.view(painter);
        cursor.unwrap_or((inner.x, inner.y))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::layout::{Page, Row};

    #[test]
    fn it_is_as_high_as_its_page_and_the_window_allow() {
        for (area, rows, expected) in [
            (Rect::new(0, 1, 100, 28), 1, Rect::new(10, 8, 80, 5)),
            (Rect::new(0, 1, 100, 28), 60, Rect::new(10, 1, 80, 28)),
            (Rect::new(0, 1, 40, 10), 60, Rect::new(0, 1, 40, 10)),
            (Rect::new(0, 0, 3, 2), 1, Rect::new(0, 0, 3, 2)),
        ] {
            let mut framed = FramedPage::default();
            let page = Page {
                rows: vec![Row::default(); rows],
                ..Page::default()
            };
            framed.viewport.show(Arc::new(page), false);
            framed.layout(area);
            assert_eq!(framed.outer, expected, "{rows} rows in {area}");
        }
    }
}
