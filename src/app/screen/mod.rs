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

/// Widest text in cells, where no other width was asked for.
const TEXT: u16 = 88;

/// Widest text in cells: what was asked for, where that is less than is well read.
pub fn text_width(ctx: &ScreenContext) -> u16 {
    let style = &ctx.config.style;
    let asked = u16::try_from(style.width).ok().filter(|_| style.strict);
    asked.unwrap_or(TEXT).min(TEXT)
}

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

/// A column for text in the middle of the window.
pub fn centered(ctx: &ScreenContext) -> Rect {
    centered_to(inside(ctx.area), text_width(ctx))
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
    use crate::app::samples::with_context;
    use crate::app::{Config, OutputStyle};

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
    fn text_is_at_most_88_cells_in_the_middle_or_as_narrow_as_asked() {
        let check = |window: u16, asked: Option<usize>, expected: (u16, u16)| {
            with_context(Rect::new(0, 0, window, 10), |ctx| {
                let style = OutputStyle {
                    width: asked.unwrap_or(100),
                    strict: asked.is_some(),
                    ..ctx.config.style
                };
                let config = Config {
                    style,
                    ..ctx.config.clone()
                };
                let ctx = ScreenContext {
                    config: &config,
                    ..*ctx
                };
                let area = centered(&ctx);
                assert_eq!((area.x, area.width), expected, "{window} {asked:?}");
            });
        };
        check(60, None, (2, 56));
        check(96, None, (4, 88));
        check(200, None, (56, 88));
        check(200, Some(60), (70, 60));
        check(200, Some(120), (56, 88));
        check(60, Some(80), (2, 56));
    }
}
