//! The screens, one room each. This file is their directory and says what every screen can do.
//! Promise: a screen changes only itself; what it wants of the hall it says with an [`ScreenResponse`].

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::model::AppSettings;
use crate::app::overlay::{Chooser, ChooserAction};
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::widget::Viewport;
use crate::core::search::SearchIndex;
use crate::pack::{Address, Library};
use crate::text::{SafeText, measure};
use crate::views::Citation;

pub mod compare;
pub mod cost;
pub mod dial;
pub mod entry;
pub mod glossary;
pub mod interview;
pub mod learn;
pub mod list_detail;
pub mod quiz;
pub mod references;
pub mod services;
mod services_choosers;

/// What a screen may look at.
pub struct ScreenContext<'a> {
    /// The pack.
    pub library: &'a Library,
    /// The index that search looks into, once it is there.
    pub index: Option<&'a SearchIndex>,
    /// What the user has set.
    pub settings: &'a AppSettings,
    /// The cells a screen has.
    pub area: Rect,
}

/// What a screen asks of the hall.
#[derive(Debug)]
pub enum ScreenResponse {
    /// Nothing; the screen has done it.
    Nothing,
    /// The act means nothing here.
    Unknown,
    /// Go somewhere.
    Go(Route),
    /// Let the user choose.
    Choose(Box<Chooser>),
    /// Say something.
    Say(SafeText),
    /// Have the index built, if it is not there; the screen is told by [`Screen::indexed`].
    Index,
}

/// A hint of the footer: an act, and words for it where the keymap's own are too general.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hint {
    /// What the key does.
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
    /// Where its keys are looked up, the narrowest first; the ones that hold everywhere are added by the hall.
    fn scopes(&self) -> &'static [Scope];
    /// What its footer shows, most useful first: acts, with words of their own where the keymap's would mislead.
    fn hints(&self, ctx: &ScreenContext) -> Vec<Hint>;
    /// Does an act.
    fn act(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> ScreenResponse;
    /// Does what a chooser of its own was answered with.
    fn picked(&mut self, _pick: ChooserAction, _ctx: &ScreenContext) -> ScreenResponse {
        ScreenResponse::Unknown
    }
    /// Goes to a route of its own; the place on it comes from `spot`.
    fn enter(&mut self, route: &Route, spot: Option<ScrollPosition>, ctx: &ScreenContext);
    /// Lays out what shows and clamps its scroll.
    fn settle(&mut self, ctx: &ScreenContext);
    /// Paints; where the cursor stands.
    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)>;
    /// A click on a cell of the window.
    fn click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> ScreenResponse;
    /// The wheel turned over a cell of the window.
    fn wheel(&mut self, rows: i32, column: u16, row: u16, ctx: &ScreenContext);
    /// Takes a key while a field of the screen is typed into; `None` when no field is.
    fn typed(&mut self, _chord: Key, _ctx: &ScreenContext) -> Option<ScreenResponse> {
        None
    }
    /// Whether letters go into a field now, so that the footer names keys that are none.
    fn typing(&self) -> bool {
        false
    }
    /// Takes pasted text while a field is typed into.
    fn paste(&mut self, _text: &SafeText, _ctx: &ScreenContext) {}
    /// The page that is read, and its height in cells.
    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)>;
    /// The cells in which the page shows.
    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect>;
    /// The entry that is open.
    fn address(&self, ctx: &ScreenContext) -> Option<Address>;
    /// What `y` copies and `o` opens where that is no entry.
    fn citation(&self, _ctx: &ScreenContext) -> Option<Citation> {
        None
    }
    /// Where on the page one is.
    fn spot(&self) -> ScrollPosition;
    /// Closes something of its own; false when there was nothing to close.
    fn close(&mut self) -> bool {
        false
    }
    /// The index that search looks into is there.
    fn indexed(&mut self, _ctx: &ScreenContext) {}
    /// The library was read again: indices into it are void.
    fn renew(&mut self, _ctx: &ScreenContext) {}
}

/// Widest text in cells.
pub const TEXT: u16 = 88;

/// Side margins of a screen: two cells, four where there is room.
pub fn margin(width: u16) -> u16 {
    match width {
        0..=49 => 1,
        50..=99 => 2,
        100.. => 4,
    }
}

/// An area without its side margins and with a row of air above and below where there is room.
pub fn inside(area: Rect) -> Rect {
    let side = margin(area.width);
    let air = u16::from(area.height > 14);
    let below = u16::from(area.height > 20);
    Rect {
        x: area.x + side,
        y: area.y + air,
        width: area.width.saturating_sub(2 * side),
        height: area.height.saturating_sub(air + below),
    }
}

/// A column of at most [`TEXT`] cells in the middle of an area.
pub fn centered(area: Rect) -> Rect {
    let width = area.width.min(TEXT);
    Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    }
}

/// A label cut to a width, for lists.
pub fn label(words: &str, width: usize) -> SafeText {
    measure::cut(&SafeText::line(words), width)
}
