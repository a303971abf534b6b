//! One page of its own: an entry of a kind without a screen, or what everybody says on one dimension.
//! Promise: everything a link or a search can lead to can be shown here.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, centered, inside, plain, worded};
use crate::app::widget::Viewport;
use crate::pack::Address;
use crate::views::{self, ViewContext};

/// The screen.
#[derive(Default)]
pub struct EntryScreen {
    route: Option<Route>,
    reader: Viewport,
    laid: Option<(Route, usize, ViewContext)>,
}

impl EntryScreen {
    fn area(ctx: &ScreenContext) -> Rect {
        centered(inside(ctx.area))
    }
}

impl Screen for EntryScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        let page = [
            PageAction::NextLink,
            PageAction::Peek,
            PageAction::Find,
            PageAction::Contents,
            PageAction::Source,
            PageAction::Copy,
        ];
        let mut hints = vec![
            plain(Action::Global(GlobalAction::Back)),
            worded(Action::Move(MoveAction::PageDown), "page"),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        hints
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => {
                self.reader
                    .moved(to, count, usize::from(Self::area(ctx).height));
                Response::done()
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(
        &mut self,
        route: &Route,
        spot: Option<ScrollPosition>,
        _ctx: &ScreenContext,
    ) -> Response {
        self.route = Some(route.clone());
        self.reader.want(spot.unwrap_or_default());
        self.laid = None;
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let area = Self::area(ctx);
        let Some(route) = self.route.clone() else {
            return;
        };
        let wanted = (route, usize::from(area.width), ctx.settings.sight());
        if self.laid.as_ref() != Some(&wanted) {
            let same = self.laid.as_ref().is_some_and(|l| l.0 == wanted.0);
            let page = match &wanted.0 {
                Route::Dimension(id) => {
                    views::compare::definitions::by_dimension(ctx.library, id, wanted.1)
                }
                Route::Entry(address) => Some(views::entry::page(
                    ctx.library,
                    address,
                    wanted.1,
                    &wanted.2,
                )),
                Route::Compare
                | Route::Learn(_)
                | Route::Glossary(_)
                | Route::Services(_)
                | Route::References(_)
                | Route::Versus(..)
                | Route::Cost
                | Route::Quiz
                | Route::Interview => None,
            };
            self.reader.show(Arc::new(page.unwrap_or_default()), same);
            self.laid = Some(wanted);
        }
        self.reader.settle(usize::from(area.height));
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let area = Self::area(ctx);
        let link = self.reader.view(brush, buf, area);
        link.or(Some((area.x, area.y)))
    }

    fn on_click(&mut self, _column: u16, _row: u16, _ctx: &ScreenContext) -> Response {
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        self.reader
            .scroll(rows, usize::from(Self::area(ctx).height));
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        let height = usize::from(Self::area(ctx).height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(Self::area(ctx))
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        self.route.as_ref().and_then(|r| r.address().cloned())
    }

    fn position(&self) -> ScrollPosition {
        self.reader.position()
    }

    fn on_reload(&mut self, _ctx: &ScreenContext) {
        self.laid = None;
    }
}
