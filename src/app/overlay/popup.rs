//! A page laid over the screen: a peek at a link, the pack's problems. It scrolls like any page.

use std::sync::Arc;

use crate::app::action::{Action, GlobalAction, MoveAction};
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::Route;
use crate::app::widget::FramedPage;
use crate::layout::Page;
use crate::pack::Address;
use crate::text::{SafeText, Url};

pub struct Popup {
    title: SafeText,
    framed: FramedPage,
    leads_to: Option<Address>,
}

impl Popup {
    /// A popup over a page laid out at [`FramedPage::text_width`].
    pub fn new(title: SafeText, page: Page, leads_to: Option<Address>) -> Self {
        let mut framed = FramedPage::default();
        framed.viewport.show(Arc::new(page), false);
        Self {
            title,
            framed,
            leads_to,
        }
    }
}

impl Overlay for Popup {
    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let scroll = self.framed.scrolls().then_some(("↑↓", "scroll"));
        let on = self.leads_to.as_ref().map(|_| ("Enter", "go there"));
        scroll
            .into_iter()
            .chain(on)
            .chain([("Esc", "close")])
            .collect()
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
                self.framed.viewport.moved(to, None);
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
        self.framed.viewport.scroll(rows);
        Response::done()
    }

    fn web_addresses(&self) -> Vec<Url> {
        self.framed.viewport.page.web_addresses()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.framed.layout(ctx.area);
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        Some(self.framed.view(painter, &self.title))
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::app::samples::{App, check, with_context};
    use crate::layout::Role;

    #[test]
    fn a_peek_leads_there_or_back() {
        check(&[
            ("3<Tab>K", "Enter go there  Esc close", ""),
            ("3<Tab>K<Esc>", "> Chime", "Enter go there  Esc close"),
            ("3<Tab>Kq", "> Chime", "Enter go there  Esc close"),
            ("3<Tab>K<Enter>", "> Knocker", "Enter go there  Esc close"),
            ("3<Tab>Kx", "Enter go there  Esc close", ""),
        ]);
    }

    #[test]
    fn what_leads_nowhere_does_not_offer_to_go_there() {
        with_context(Rect::new(0, 1, 60, 12), |ctx| {
            for (rows, expected) in [(1, vec!["close"]), (40, vec!["scroll", "close"])] {
                let mut popup = popup(rows);
                popup.layout(ctx);
                let words: Vec<&str> = popup.hints().iter().map(|hint| hint.1).collect();
                assert_eq!(words, expected, "{rows}");
            }
        });
    }

    #[test]
    fn a_click_anywhere_closes_it() {
        App::new()
            .keys("3<Tab>K")
            .click(2, 20)
            .hides("Enter go there  Esc close");
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
    fn movement_keys_and_the_wheel_scroll_it() {
        with_context(Rect::new(0, 1, 60, 12), |ctx| {
            let mut popup = popup(40);
            popup.layout(ctx);
            let top = |popup: &Popup| popup.framed.viewport.top;
            popup.on_key(Key::char('j'), ctx);
            assert_eq!(top(&popup), 1);
            popup.on_wheel(3);
            assert_eq!(top(&popup), 4);
            popup.on_key(Key::char('G'), ctx);
            assert_eq!(top(&popup), popup.framed.viewport.page.rows.len() - 10);
            popup.on_key(Key::char('g'), ctx);
            assert_eq!(top(&popup), 0);
        });
    }
}
