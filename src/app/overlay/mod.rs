//! Layers over the screen: a chooser, a sheet to look at, the search field of a page.
//! Promise: the topmost layer gets the keys first; Esc closes exactly one.

pub mod chooser;
pub mod choosers;
pub mod popup;
pub mod search;

pub use chooser::{Chooser, ChooserAction, ChooserRow};
pub use popup::Popup;
pub use search::{Search, SearchKeyResult};

use ratatui::layout::Rect;

use crate::app::widget::TextField;

/// One layer.
pub enum Overlay {
    /// Words to find in the page, typed in the bottom row.
    Find(TextField),
    /// Something to choose from.
    Chooser(Chooser),
    /// Search over everything.
    Search(Box<Search>),
    /// Something to look at.
    Sheet(Popup),
}

/// Where layers may lie: between the two bars, which stay in sight.
fn body(screen: Rect) -> Rect {
    if screen.height < 5 {
        screen
    } else {
        Rect {
            y: screen.y + 1,
            height: screen.height - 2,
            ..screen
        }
    }
}
