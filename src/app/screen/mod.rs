//! The screens, one file or folder each, and the geometry they share.

use ratatui::layout::Rect;

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

pub use crate::app::component::{Hint, Response, Screen, ScreenContext, judged_by, plain, worded};

/// Widest text in cells.
pub const TEXT: u16 = 88;

/// Side margins of a screen: two cells, four where there is room.
pub fn margin(width: u16) -> u16 {
    match width {
        0..=39 => 0,
        40..=49 => 1,
        50..=99 => 2,
        100.. => 4,
    }
}

/// An area without its side margins and with a row of air above and below where there is room.
pub fn inside(area: Rect) -> Rect {
    let side = margin(area.width);
    // A narrow window has two cells more at the right, for the mark of where one is and the air before it.
    let sides = match side {
        0 if area.width < 8 => 0,
        0 | 1 => side + 2,
        _ => 2 * side,
    };
    let air = u16::from(area.height > 14);
    let below = u16::from(area.height > 20);
    Rect {
        x: area.x + side,
        y: area.y + air,
        width: area.width.saturating_sub(sides),
        height: area.height.saturating_sub(air + below),
    }
}

/// A column of at most [`TEXT`] cells in the middle of an area.
pub fn centered(area: Rect) -> Rect {
    centered_to(area, TEXT)
}

/// A column of at most so many cells in the middle of an area.
pub fn centered_to(area: Rect, most: u16) -> Rect {
    let width = area.width.min(most);
    Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_and_air_go_where_room_is_short() {
        for ((width, height), expected) in [
            ((40, 12), (1, 0, 37, 12)),
            ((80, 15), (2, 1, 76, 14)),
            ((120, 36), (4, 1, 112, 34)),
            ((30, 12), (0, 0, 28, 12)),
            ((1, 1), (0, 0, 1, 1)),
        ] {
            let area = inside(Rect::new(0, 0, width, height));
            assert_eq!((area.x, area.y, area.width, area.height), expected);
        }
    }

    #[test]
    fn text_is_at_most_88_cells_in_the_middle() {
        for (width, expected) in [(60, (0, 60)), (88, (0, 88)), (100, (6, 88))] {
            let area = centered(Rect::new(0, 0, width, 10));
            assert_eq!((area.x, area.width), expected);
        }
    }
}
