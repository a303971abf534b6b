//! A page laid over the screen: a peek at a link, the pack's problems.
//! Promise: it scrolls like any page, and says how to leave and how to go there.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::overlay::body;
use crate::app::painter::Painter;
use crate::app::widget::Viewport;
use crate::layout::{Page, Role};
use crate::pack::Address;
use crate::text::SafeText;

/// A page over the screen.
pub struct Popup {
    /// What it is, in its upper edge.
    pub title: SafeText,
    /// The page.
    pub reader: Viewport,
    /// Where Enter leads.
    pub leads_to: Option<Address>,
    /// What the lower edge says.
    pub hint: SafeText,
}

/// Widest sheet in cells, edges included.
pub const MAX_WIDTH: u16 = 80;

impl Popup {
    /// A sheet over a page laid out at [`Popup::text_width`].
    pub fn new(title: SafeText, page: Page, leads_to: Option<Address>) -> Self {
        let mut reader = Viewport::default();
        reader.show(Arc::new(page), false);
        let hint = if leads_to.is_some() {
            "Enter go there   Esc close"
        } else {
            "Esc close"
        };
        Self {
            title,
            reader,
            leads_to,
            hint: SafeText::ours(hint),
        }
    }

    /// Width of the text on a screen, in cells.
    pub fn text_width(screen: Rect) -> usize {
        usize::from(
            MAX_WIDTH
                .min(screen.width.saturating_sub(2))
                .saturating_sub(4),
        )
        .max(1)
    }

    /// Scrolls it.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>, screen: Rect) {
        let height = self.areas(screen).1.height;
        self.reader.moved(to, count, usize::from(height));
    }

    /// Turns the wheel over it.
    pub fn scroll(&mut self, rows: i32, screen: Rect) {
        let height = self.areas(screen).1.height;
        self.reader.scroll(rows, usize::from(height));
    }

    /// Fits it to the screen.
    pub fn settle(&mut self, screen: Rect) {
        let height = self.areas(screen).1.height;
        self.reader.settle(usize::from(height));
    }

    fn areas(&self, screen: Rect) -> (Rect, Rect) {
        let screen = body(screen);
        let width = MAX_WIDTH
            .min(screen.width.saturating_sub(2))
            .max(screen.width.min(8));
        let rows = u16::try_from(self.reader.page.rows.len()).unwrap_or(u16::MAX);
        let height = rows
            .saturating_add(4)
            .min(screen.height)
            .max(screen.height.min(5));
        let outer = Rect {
            x: screen.x + (screen.width - width) / 2,
            y: screen.y + (screen.height - height) / 3,
            width,
            height,
        };
        let inner = Rect {
            x: outer.x + 2.min(outer.width),
            y: outer.y + 2.min(outer.height),
            width: outer.width.saturating_sub(4),
            height: outer.height.saturating_sub(4),
        };
        (outer, inner)
    }

    /// Paints it; where the cursor stands.
    pub fn view(&self, brush: Painter, buf: &mut Buffer, screen: Rect) -> Option<(u16, u16)> {
        let (outer, inner) = self.areas(screen);
        brush.frame(buf, outer, &self.title);
        let cursor = self.reader.view(brush, buf, inner);
        let edge = Rect {
            x: inner.x,
            y: outer.bottom().saturating_sub(1),
            width: inner.width,
            height: 1,
        };
        brush.text(buf, edge, &crate::safe!(" {} ", self.hint), Role::Dim);
        cursor.or(Some((inner.x, inner.y)))
    }
}
