//! What every screen and every overlay can do, and the one way in which they answer: a [`Response`].
//!
//! A screen or an overlay changes only itself. Whatever it wants of the rest of the app or of the world stands in its
//! response.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::choice::{Choice, ScreenChoice};
use crate::app::config::Config;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::painter::Painter;
use crate::app::route::{Location, Route};
use crate::app::widget::Viewport;
use crate::core::search::SearchIndex;
use crate::pack::{Address, Kind, Library};
use crate::text::{SafeText, Url};
use crate::views::{Citation, ViewContext};

/// What a screen or an overlay may look at.
pub struct ScreenContext<'a> {
    pub library: &'a Library,
    /// The index that search looks into, once it is built.
    pub index: Option<&'a Arc<SearchIndex>>,
    pub config: &'a Config,
    /// What entries are looked at through.
    pub view: &'a ViewContext,
    pub toast: Option<&'a SafeText>,
    /// The cells between the two bars.
    pub area: Rect,
}

/// What was searched for last, and which hit was chosen: whoever chose the wrong one goes back to the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastSearch {
    pub words: String,
    /// Only this kind; all when `None`.
    pub kind: Option<Kind>,
    pub cursor: usize,
}

/// The answer to an action, a key or a click.
#[derive(Default)]
pub struct Response {
    /// False when the event means nothing here. A key then goes on to the keymap, a click to the screen below.
    pub handled: bool,
    /// Whether the overlay that answers is to be closed.
    pub close: bool,
    pub choice: Option<Choice>,
    /// Where to go next, and the heading to go to there.
    pub go: Option<(Route, Option<String>)>,
    /// What to mark on the page that is gone to: the first of these that stands there.
    pub marks: Vec<String>,
    pub open: Option<Box<dyn Overlay>>,
    /// What was searched for, when the search closes.
    pub searched: Option<LastSearch>,
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

    /// The overlay has done its work.
    pub fn close() -> Self {
        Self {
            close: true,
            ..Self::done()
        }
    }

    pub fn go(route: Route) -> Self {
        Self {
            go: Some((route, None)),
            ..Self::done()
        }
    }

    pub fn open(overlay: impl Overlay + 'static) -> Self {
        Self {
            open: Some(Box::new(overlay)),
            ..Self::done()
        }
    }

    pub fn toast(words: impl Into<SafeText>) -> Self {
        Self {
            toast: Some(words.into()),
            ..Self::done()
        }
    }

    pub fn effect(effect: Effect) -> Self {
        Self {
            effects: vec![effect],
            ..Self::done()
        }
    }

    pub fn choice(choice: Choice) -> Self {
        Self {
            choice: Some(choice),
            ..Self::done()
        }
    }
}

/// A hint of the footer: an action, and words for it where the keymap's own are too general.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hint {
    pub action: Action,
    /// Its words here; the keymap's when `None`.
    pub words: Option<&'static str>,
}

/// A hint in the keymap's words.
pub const fn plain(action: Action) -> Hint {
    let words = None;
    Hint { action, words }
}

pub const fn worded(action: Action, words: &'static str) -> Hint {
    Hint {
        action,
        words: Some(words),
    }
}

/// Words of hints that stand for both horizontal arrows.
pub const SIDEWAYS: [&str; 2] = ["traffic", "move it"];

/// The command that prints an entry.
pub fn entry_command(address: &Address, ctx: &ScreenContext) -> SafeText {
    match address.kind {
        Kind::Lessons => crate::safe!("read {}", address.id),
        Kind::Services => crate::safe!("judge {}{}", address.id, judged_by(ctx)),
        Kind::Perspectives
        | Kind::Terms
        | Kind::Questions
        | Kind::References
        | Kind::Myths
        | Kind::Lenses => crate::safe!("define {address}"),
    }
}

/// The flags that say through which lens, and as of which day.
pub fn judged_by(ctx: &ScreenContext) -> SafeText {
    let day = ctx.view.as_of.map(|day| format!(" --as-of {day}"));
    crate::safe!(" --lens {}{}", ctx.view.lens, day.unwrap_or_default())
}

pub trait Screen {
    /// Where its keys are looked up, the narrowest first; the scopes that hold everywhere come behind them.
    fn scopes(&self) -> &'static [Scope];
    /// What its footer shows, most useful first.
    fn hints(&self, ctx: &ScreenContext) -> Vec<Hint>;
    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response;
    /// Whether an action of its scopes means something here, so that help and commands name it.
    fn offers(&self, _action: Action, _ctx: &ScreenContext) -> bool {
        true
    }
    /// Lays out what shows and clamps its scroll. Called after every message, before anything is painted.
    fn layout(&mut self, ctx: &ScreenContext);
    /// Paints; where the cursor stands.
    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)>;
    /// The page that is read; empty and in no cells where there is none.
    fn viewport(&mut self) -> &mut Viewport;

    /// A row of a chooser that this screen opened was chosen.
    fn on_choice(&mut self, _choice: ScreenChoice, _ctx: &ScreenContext) -> Response {
        Response::ignored()
    }
    /// One of the screen's routes was gone to; where one was on it before, the page is put there afterwards.
    fn on_enter(&mut self, _to: &Location, _ctx: &ScreenContext) -> Response {
        Response::done()
    }

    /// A click on a cell of the window. Links of the page are not the screen's concern.
    fn on_click(&mut self, _column: u16, _row: u16, _ctx: &ScreenContext) -> Response {
        Response::ignored()
    }
    /// The wheel turned over a cell of the window; positive `rows` are down.
    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16) {
        self.viewport().scroll(rows);
    }
    /// A key before the keymap sees it: for fields that are typed into.
    fn on_key(&mut self, _key: Key, _ctx: &ScreenContext) -> Response {
        Response::ignored()
    }
    /// Whether letters go into a field now, so that the footer names keys that are none.
    fn typing(&self) -> bool {
        false
    }
    /// Told only while somebody types.
    fn on_paste(&mut self, _text: &SafeText, _ctx: &ScreenContext) {}
    /// The entry that is open.
    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        None
    }
    /// The command that prints what is shown, without the program's name.
    fn command(&self, ctx: &ScreenContext) -> Option<SafeText> {
        Some(entry_command(&self.address(ctx)?, ctx))
    }
    /// What copying and opening a source act on where that is no entry.
    fn citation(&self, _ctx: &ScreenContext) -> Option<Citation> {
        None
    }
    /// Esc: closes something of its own; not handled when there was nothing to close.
    fn on_close(&mut self) -> Response {
        Response::ignored()
    }
    /// The index that search looks into was built. Every screen is told, shown or not.
    fn on_index(&mut self, _ctx: &ScreenContext) {}
    /// The library was read again: places in it are void, and so is the index. Every screen is told, shown or not; one that
    /// was never shown reads nothing for it.
    fn on_reload(&mut self, _ctx: &ScreenContext) {}
}

/// What every overlay can do: a chooser, a page to look at, a search. The one on top gets the keys before the screen.
pub trait Overlay {
    /// What the keys do while it lies on top: keys and words; the screen's own hints when empty.
    fn hints(&self) -> Vec<(&'static str, &'static str)>;
    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response;
    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)>;

    /// The addresses of the web that it shows links to.
    fn web_addresses(&self) -> Vec<Url> {
        Vec::new()
    }
    /// Whether what it lies over steps back.
    fn covers(&self) -> bool {
        true
    }
    /// Whether it lies in the bottom row, and tells there what is to be told.
    fn has_bottom_row(&self) -> bool {
        false
    }
    /// Lays out what shows and clamps its scroll.
    fn layout(&mut self, _ctx: &ScreenContext) {}
    /// Whether letters go into a field now.
    fn typing(&self) -> bool {
        false
    }
    /// Told only while somebody types.
    fn on_paste(&mut self, _text: &SafeText) -> Response {
        Response::done()
    }
    fn on_click(&mut self, _column: u16, _row: u16, _ctx: &ScreenContext) -> Response {
        Response::ignored()
    }
    /// The wheel turned; positive `rows` are down.
    fn on_wheel(&mut self, _rows: i32) -> Response {
        Response::ignored()
    }
    /// Esc closes it; what is to be done besides.
    fn on_close(&mut self) -> Response {
        Response::done()
    }
    /// The index that search looks into was built.
    fn on_index(&mut self) {}
}
