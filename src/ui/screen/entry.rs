//! One page of its own: an entry of a kind without a screen, or what everybody says on one dimension.
//! Promise: everything a link or a search can lead to can be shown here.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::content::address::Address;
use crate::sheets;
use crate::sheets::sight::Sight;
use crate::ui::act::{Act, Global, Move, PageAct};
use crate::ui::keymap::Scope;
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, centered, inside, plain, worded};
use crate::ui::widget::reader::Reader;

/// The screen.
#[derive(Default)]
pub struct EntryScreen {
    route: Option<Route>,
    reader: Reader,
    laid: Option<(Route, usize, Sight)>,
}

impl EntryScreen {
    fn area(ctx: &Ctx) -> Rect {
        centered(inside(ctx.area))
    }
}

impl Screen for EntryScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        let page = [PageAct::NextLink, PageAct::Peek, PageAct::Find, PageAct::Contents, PageAct::Source, PageAct::Copy];
        let mut hints = vec![plain(Act::Global(Global::Back)), worded(Act::Move(Move::PageDown), "page")];
        hints.extend(page.map(|p| plain(Act::Page(p))));
        hints
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => {
                self.reader.moved(to, count, usize::from(Self::area(ctx).height));
                Ask::Nothing
            }
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Compare(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Cost(_)
            | Act::Quiz(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, route: &Route, spot: Option<Spot>, _ctx: &Ctx) {
        self.route = Some(route.clone());
        self.reader.want(spot.unwrap_or_default());
        self.laid = None;
    }

    fn settle(&mut self, ctx: &Ctx) {
        let area = Self::area(ctx);
        let Some(route) = self.route.clone() else { return };
        let wanted = (route, usize::from(area.width), ctx.settings.sight());
        if self.laid.as_ref() != Some(&wanted) {
            let same = self.laid.as_ref().is_some_and(|l| l.0 == wanted.0);
            let page = match &wanted.0 {
                Route::Dimension(id) => sheets::comparison::by_dimension(ctx.library, id, wanted.1),
                Route::Entry(address) => Some(sheets::entry::page(ctx.library, address, wanted.1, &wanted.2)),
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

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        let area = Self::area(ctx);
        let link = self.reader.view(brush, buf, area);
        link.or(Some((area.x, area.y)))
    }

    fn click(&mut self, _column: u16, _row: u16, _ctx: &Ctx) -> Ask {
        Ask::Nothing
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        self.reader.scroll(rows, usize::from(Self::area(ctx).height));
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        let height = usize::from(Self::area(ctx).height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(Self::area(ctx))
    }

    fn address(&self, _ctx: &Ctx) -> Option<Address> {
        self.route.as_ref().and_then(|r| r.address().cloned())
    }

    fn spot(&self) -> Spot {
        self.reader.spot()
    }

    fn renew(&mut self, _ctx: &Ctx) {
        self.laid = None;
    }
}
