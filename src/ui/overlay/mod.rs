//! Layers over the screen: a chooser, a sheet to look at, the search field of a page.
//! Promise: the topmost layer gets the keys first; Esc closes exactly one.

pub mod chooser;
pub mod lists;
pub mod search;
pub mod sheet;

use ratatui::layout::Rect;

use crate::ui::overlay::chooser::Chooser;
use crate::ui::overlay::search::Search;
use crate::ui::overlay::sheet::Sheet;
use crate::ui::widget::input::Input;

/// One layer.
pub enum Layer {
    /// Words to find in the page, typed in the bottom row.
    Find(Input),
    /// Something to choose from.
    Chooser(Chooser),
    /// Search over everything.
    Search(Box<Search>),
    /// Something to look at.
    Sheet(Sheet),
}

/// Where layers may lie: between the two bars, which stay in sight.
fn body(screen: Rect) -> Rect {
    if screen.height < 5 { screen } else { Rect { y: screen.y + 1, height: screen.height - 2, ..screen } }
}
