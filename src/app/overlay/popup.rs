//! A page laid over the screen: a peek at a link, the pack's problems. It scrolls like any page.

use std::sync::Arc;

use ratatui::layout::{Margin, Rect};

use crate::app::action::{Action, GlobalAction, MoveAction};
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::Route;
use crate::app::widget::{Viewport, area};
use crate::layout::{Page, Role};
use crate::pack::Address;
use crate::text::SafeText;

pub struct Popup {
    title: SafeText,
    viewport: Viewport,
    leads_to: Option<Address>,
    outer: Rect,
}

/// Widest popup in cells, edges included.
const MAX_WIDTH: u16 = 80;

impl Popup {
    /// A popup over a page laid out at [`Popup::text_width`].
    pub fn new(title: SafeText, page: Page, leads_to: Option<Address>) -> Self {
        let mut viewport = Viewport::default();
        viewport.show(Arc::new(page), false);
        Self {
            title,
            viewport,
            leads_to,
            outer: Rect::default(),
        }
    }

    /// Width of the text over an area, in cells.
    pub fn text_width(area: Rect) -> usize {
        let outer = MAX_WIDTH.min(area.width.saturating_sub(2));
        usize::from(outer.saturating_sub(4)).max(1)
    }
}

impl Overlay for Popup {
    fn hints(&self) -> &'static [(&'static str, &'static str)] {
        &[("↑↓", "scroll"), ("Enter", "go there"), ("Esc", "close")]
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        let scopes = [Scope::Moving, Scope::Everywhere];
        match ctx.config.keymap.action(&scopes, key) {
            Some(Action::Move(MoveAction::Enter)) => match self.leads_to.clone() {
                Some(address) => Response {
                    close: true,
                    ..Response::go(Route::of(address))
                },
                None => Response::close(),
            },
            Some(Action::Move(to)) => {
                self.viewport.moved(to, None);
                Response::done()
            }
            Some(Action::Global(GlobalAction::Quit)) => Response::close(),
            _ => Response::done(),
        }
    }

    fn on_click(&mut self, _column: u16, _row: u16, _ctx: &ScreenContext) -> Response {
        Response::close()
    }

    fn on_wheel(&mut self, rows: i32) -> Response {
        self.viewport.scroll(rows);
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let area = ctx.area;
        let width = MAX_WIDTH
            .min(area.width.saturating_sub(2))
            .max(area.width.min(8));
        let rows = u16::try_from(self.viewport.page.rows.len()).unwrap_or(u16::MAX);
        let height = rows
            .saturating_add(4)
            .min(area.height)
            .max(area.height.min(5));
        self.outer = area::floating(area, width, height);
        self.viewport.layout(self.outer.inner(Margin::new(2, 2)));
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        let inner = self.viewport.area;
        painter.frame(self.outer, &self.title);
        let cursor = self.viewport.view(painter);
        let edge = Rect {
            x: inner.x,
            width: inner.width,
            ..area::bottom(self.outer, 1)
        };
        let hint = if self.leads_to.is_some() {
            " Enter go there   Esc close "
        } else {
            " Esc close "
        };
        painter.text(edge, &SafeText::ours(hint), Role::Dim);
        cursor.or(Some((inner.x, inner.y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::{App, check, with_context};

    #[test]
    fn a_peek_leads_there_or_back() {
        check(&[
            ("3<Tab>K", "Enter go there   Esc close", ""),
            ("3<Tab>K<Esc>", "> Chime", "Enter go there   Esc close"),
            ("3<Tab>Kq", "> Chime", "Enter go there   Esc close"),
            ("3<Tab>K<Enter>", "> Knocker", "Enter go there   Esc close"),
            ("3<Tab>Kx", "Enter go there   Esc close", ""),
        ]);
    }

    #[test]
    fn a_click_anywhere_closes_it() {
        App::new()
            .keys("3<Tab>K")
            .click(2, 20)
            .hides("Enter go there   Esc close");
    }

    fn popup(rows: usize) -> Popup {
        let mut builder = crate::layout::PageBuilder::new(40);
        for n in 0..rows {
            let words = crate::layout::Run::new(crate::safe!("row {n}"), Role::Text);
            builder.paragraph(vec![words]);
        }
        Popup::new(SafeText::ours("Title"), builder.finish(), None)
    }

    #[test]
    fn it_is_as_high_as_its_page_and_the_window_allow() {
        for (area, rows, expected) in [
            (Rect::new(0, 1, 100, 28), 1, Rect::new(10, 8, 80, 5)),
            (Rect::new(0, 1, 100, 28), 60, Rect::new(10, 1, 80, 28)),
            (Rect::new(0, 1, 40, 10), 60, Rect::new(1, 1, 38, 10)),
            (Rect::new(0, 0, 3, 2), 1, Rect::new(0, 0, 3, 2)),
        ] {
            with_context(area, |ctx| {
                let mut popup = popup(rows);
                popup.layout(ctx);
                assert_eq!(popup.outer, expected, "{rows} rows in {area}");
            });
        }
    }

    #[test]
    fn movement_keys_and_the_wheel_scroll_it() {
        with_context(Rect::new(0, 1, 60, 12), |ctx| {
            let mut popup = popup(40);
            popup.layout(ctx);
            let top = |popup: &Popup| popup.viewport.top;
            popup.on_key(Key::char('j'), ctx);
            assert_eq!(top(&popup), 1);
            popup.on_wheel(3);
            assert_eq!(top(&popup), 4);
            popup.on_key(Key::char('G'), ctx);
            assert_eq!(top(&popup), popup.viewport.page.rows.len() - 8);
            popup.on_key(Key::char('g'), ctx);
            assert_eq!(top(&popup), 0);
        });
    }
}
