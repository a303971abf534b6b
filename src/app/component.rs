//! What every screen can do, and the one way in which it answers: a [`Response`].
//!
//! A screen changes only itself. Whatever it wants of the rest of the app or of the world stands in its response.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::overlay::{Chooser, ChooserAction};
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::settings::AppSettings;
use crate::app::widget::Viewport;
use crate::core::search::SearchIndex;
use crate::pack::{Address, Library};
use crate::text::SafeText;
use crate::views::Citation;

/// What a screen may look at.
pub struct ScreenContext<'a> {
    pub library: &'a Library,
    /// The index that search looks into, once it is built.
    pub index: Option<&'a SearchIndex>,
    pub settings: &'a AppSettings,
    /// The cells a screen has.
    pub area: Rect,
}

/// The answer to an action, a key or a click.
#[derive(Default)]
pub struct Response {
    /// False when the event means nothing here. A key then goes on to the keymap.
    pub handled: bool,
    /// Where to go next.
    pub go: Option<Route>,
    /// A chooser to open on top.
    pub open: Option<Box<Chooser>>,
    /// What to say in the footer.
    pub toast: Option<SafeText>,
    /// What the world must do, in order.
    pub effects: Vec<Effect>,
}

impl Response {
    /// The event means nothing here.
    pub fn ignored() -> Self {
        Self::default()
    }

    /// The event was dealt with and nothing else is wanted.
    pub fn done() -> Self {
        Self {
            handled: true,
            ..Self::default()
        }
    }

    pub fn go(route: Route) -> Self {
        Self {
            go: Some(route),
            ..Self::done()
        }
    }

    pub fn open(chooser: Chooser) -> Self {
        Self {
            open: Some(Box::new(chooser)),
            ..Self::done()
        }
    }

    pub fn toast(words: SafeText) -> Self {
        Self {
            toast: Some(words),
            ..Self::done()
        }
    }

    pub fn effect(effect: Effect) -> Self {
        Self::done().and_effect(effect)
    }

    /// The same, with one more effect behind those it has.
    pub fn and_effect(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// The same, with something to say.
    pub fn and_toast(mut self, words: SafeText) -> Self {
        self.toast = Some(words);
        self
    }
}

/// A hint of the footer: an action, and words for it where the keymap's own are too general.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hint {
    pub act: Action,
    /// Its words here; the keymap's when `None`.
    pub words: Option<&'static str>,
}

/// A hint in the keymap's words.
pub const fn plain(act: Action) -> Hint {
    Hint { act, words: None }
}

/// A hint in words of its own.
pub const fn worded(act: Action, words: &'static str) -> Hint {
    Hint {
        act,
        words: Some(words),
    }
}

/// Words of hints that stand for both horizontal arrows.
pub const SIDEWAYS: [&str; 2] = ["traffic", "move it"];

/// What every screen can do.
pub trait Screen {
    /// Where its keys are looked up, the narrowest first; the scopes that hold everywhere come behind them.
    fn scopes(&self) -> &'static [Scope];
    /// What its footer shows, most useful first.
    fn hints(&self, ctx: &ScreenContext) -> Vec<Hint>;
    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response;
    /// A row of a chooser that this screen opened was chosen.
    fn on_choice(&mut self, _choice: ChooserAction, _ctx: &ScreenContext) -> Response {
        Response::ignored()
    }
    /// One of the screen's routes was gone to; `position` is where one was on it before.
    fn on_enter(
        &mut self,
        route: &Route,
        position: Option<ScrollPosition>,
        ctx: &ScreenContext,
    ) -> Response;
    /// Lays out what shows and clamps its scroll.
    fn layout(&mut self, ctx: &ScreenContext);
    /// Paints; where the cursor stands.
    fn view(&self, painter: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)>;
    /// A click on a cell of the window.
    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response;
    /// The wheel turned over a cell of the window; positive `rows` are down.
    fn on_wheel(&mut self, rows: i32, column: u16, row: u16, ctx: &ScreenContext);
    /// A key before the keymap sees it: for fields that are typed into.
    fn on_key(&mut self, _key: Key, _ctx: &ScreenContext) -> Response {
        Response::ignored()
    }
    /// Whether letters go into a field now, so that the footer names keys that are none.
    fn typing(&self) -> bool {
        false
    }
    fn on_paste(&mut self, _text: &SafeText, _ctx: &ScreenContext) {}
    /// The page that is read, and its height in cells.
    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)>;
    /// The cells in which the page shows.
    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect>;
    /// The entry that is open.
    fn address(&self, ctx: &ScreenContext) -> Option<Address>;
    /// What copying and opening a source act on where that is no entry.
    fn citation(&self, _ctx: &ScreenContext) -> Option<Citation> {
        None
    }
    /// Where on the page one is.
    fn position(&self) -> ScrollPosition;
    /// Esc: closes something of its own; not handled when there was nothing to close.
    fn on_close(&mut self) -> Response {
        Response::ignored()
    }
    /// The index that search looks into was built.
    fn on_index(&mut self, _ctx: &ScreenContext) {}
    /// The library was read again: indices into it are void.
    fn on_reload(&mut self, _ctx: &ScreenContext) {}
}
