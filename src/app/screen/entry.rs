//! One page of its own: an entry of a kind without a screen, or what everybody says on one dimension.
//!
//! Everything a link or a search can lead to can be shown here.

use crate::app::action::{Action, GlobalAction, MoveAction, PageAction};
use crate::app::component::entry_command;
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::route::{Location, Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, centered, plain, worded};
use crate::app::widget::{Pane, Viewport};
use crate::layout::Page;
use crate::pack::Address;
use crate::text::SafeText;
use crate::views::{self, ViewContext};

#[derive(Default)]
pub struct EntryScreen {
    route: Option<Route>,
    pane: Pane<Route, (usize, ViewContext)>,
}

impl Screen for EntryScreen {
    fn command(&self, ctx: &ScreenContext) -> Option<SafeText> {
        match &self.route {
            Some(Route::Dimension(id)) => Some(crate::safe!("compare --by {id}")),
            _ => Some(entry_command(&self.address(ctx)?, ctx)),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hints(&self, ctx: &ScreenContext) -> Vec<Hint> {
        use PageAction::{Contents, Copy, Find, NextLink, Peek, Source};
        let page = [NextLink, Peek, Find, Contents];
        let of_entry = self.address(ctx).map(|_| [Source, Copy]);
        let page = page.into_iter().chain(of_entry.into_iter().flatten());
        let mut hints = vec![
            plain(Action::Global(GlobalAction::Back)),
            worded(Action::Move(MoveAction::PageDown), "page"),
        ];
        hints.extend(page.map(|p| plain(Action::Page(p))));
        hints
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, _: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => {
                self.pane.viewport.moved(to, count);
                Response::done()
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(&mut self, to: &Location, _ctx: &ScreenContext) -> Response {
        self.route = Some(to.route.clone());
        self.pane.forget();
        self.pane.viewport.want(ScrollPosition::default());
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let area = centered(ctx);
        if let Some(route) = self.route.clone() {
            let options = (usize::from(area.width), ctx.view.clone());
            self.pane.show(route, options, area, |route, options| {
                page(route, options, ctx).unwrap_or_default()
            });
        }
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.pane.viewport
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        let area = self.pane.viewport.area;
        let link = self.pane.viewport.view(painter);
        link.or(Some((area.x, area.y)))
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        self.route.as_ref().and_then(|r| r.address().cloned())
    }

    fn on_reload(&mut self, _ctx: &ScreenContext) {
        self.pane.invalidate();
    }
}

fn page(route: &Route, (width, view): &(usize, ViewContext), ctx: &ScreenContext) -> Option<Page> {
    match route {
        Route::Dimension(id) => views::compare::definitions::by_dimension(ctx.library, id, *width),
        Route::Entry(address) => Some(views::entry::page(ctx.library, address, *width, view)),
        Route::Compare | Route::Learn(_) | Route::Glossary(_) | Route::Services(_) => None,
        Route::Cost | Route::Quiz | Route::References(_) => None,
        Route::Versus(..) | Route::Interview => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::app::samples::{App, check};

    #[test]
    fn entries_and_dimensions_have_a_page_of_their_own() {
        check(&[
            ("4<Enter>", "A bell that rings when pressed.", ""),
            ("1j<Enter>", "Who rings?", "What does idle cost?"),
            ("1<Enter>", "What does idle cost?", "Who rings?"),
            ("1S<Enter>", "Who rings?", "What does idle cost?"),
            ("4<Enter><Esc>", "> ", "A bell that rings when pressed. "),
        ]);
    }

    #[test]
    fn the_page_scrolls_and_keeps_its_place_through_the_way_back() {
        let page = |keys| App::sized(60, 14).keys(keys).text();
        let top = page("4<Enter>");
        assert_ne!(page("4<Enter>jj"), top);
        assert_eq!(page("4<Enter>jjkk"), top);
        assert_eq!(page("4<Enter>Gg"), top);
        assert_eq!(page("4<Enter>jj1["), page("4<Enter>jj"));
    }

    #[test]
    fn the_wheel_scrolls_it() {
        let wheel = App::sized(60, 14).keys("4<Enter>").wheel(3, 5, 5).text();
        assert_eq!(wheel, App::sized(60, 14).keys("4<Enter>jjj").text());
    }

    #[test]
    fn what_is_shown_has_a_command() {
        let copied = |keys: &str| {
            let effects = App::new().keys(keys).effects;
            let copy = effects.into_iter().find_map(|effect| match effect {
                crate::app::Effect::Copy(words, _) => Some(words.to_string()),
                _ => None,
            });
            copy.unwrap_or_default()
        };
        for (keys, command) in [
            (
                "Y",
                "tozero compare perspectives/bell-view perspectives/knocker-view",
            ),
            ("1j<Enter>Y", "tozero compare --by who-rings"),
            ("3Y", "tozero define terms/chime"),
            ("4Y", "tozero judge bell-one --lens strict"),
            ("4<Enter>Y", "tozero judge bell-one --lens strict"),
        ] {
            assert_eq!(copied(keys), command, "{keys}");
        }
    }
}
