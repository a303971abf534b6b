//! Where a list and the page of its chosen entry lie in a window of any size.

use ratatui::layout::Rect;

use crate::app::screen::{ScreenContext, centered_to, inside, text_width};
use crate::app::widget::area;
use crate::layout::Row;

/// How a list and the page of the chosen entry share the window.
pub enum Arrangement {
    /// Side by side: what part of the width the list takes, as a fraction, and its most cells.
    Beside { share: (u16, u16), widest: u16 },
    /// The list above, under the heads of its columns; a page that has the focus has all.
    Above {
        /// Most cells of the list.
        widest: u16,
        /// The heads of the columns, in so many cells.
        heads: fn(usize) -> Row,
    },
}

/// The parts of the window. Those without a height do not show.
pub struct Areas {
    /// The field, and how many entries there are.
    pub head: Rect,
    pub column_heads: Rect,
    pub list: Rect,
    pub page: Rect,
}

/// Rows of the field and the count.
const HEAD: u16 = 2;
/// From this height on, a page shows below its list.
const TALL: u16 = 18;

impl Arrangement {
    /// The parts of a window's middle, for a list of so many entries where nothing is filtered.
    pub fn areas(&self, ctx: &ScreenContext, entries: usize, on_page: bool) -> Areas {
        let (body, text) = (inside(ctx.area), text_width(ctx));
        match self {
            Self::Beside { share, widest } => {
                // What the page beside it cannot use, the list has.
                let part =
                    (body.width * share.0 / share.1).max(body.width.saturating_sub(text + 4));
                let (list, page) =
                    area::list_and_page(body, part.clamp(26, *widest), text, !on_page);
                Areas {
                    head: area::rows(list, 0, HEAD),
                    column_heads: area::rows(list, 0, 0),
                    list: area::below(list, HEAD + 1),
                    page,
                }
            }
            Self::Above { widest, .. } => above(centered_to(body, *widest), entries, text, on_page),
        }
    }
}

fn above(body: Rect, entries: usize, text: u16, on_page: bool) -> Areas {
    let entries = u16::try_from(entries).unwrap_or(u16::MAX);
    let none = area::rows(body, 0, 0);
    if on_page {
        return Areas {
            head: none,
            column_heads: none,
            list: none,
            page: area::left(body, text),
        };
    }
    let is_tall = body.height >= TALL;
    let first = HEAD + 1 + u16::from(is_tall);
    let rows = body.height.saturating_sub(first);
    // One more row of air before the page, and the list has the larger half.
    let half = rows.div_ceil(2).min(entries);
    let listed = if is_tall { half } else { rows };
    Areas {
        head: area::rows(body, 0, HEAD),
        column_heads: area::rows(body, first - 1, 1),
        list: area::rows(body, first, listed),
        page: area::left(area::below(body, first + listed + 1), text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_below_its_list_where_there_is_height() {
        let check = |height: u16, on_page: bool, expected: [(u16, u16); 4]| {
            let areas = above(Rect::new(4, 1, 100, height), 14, 88, on_page);
            let parts = [areas.head, areas.column_heads, areas.list, areas.page];
            assert_eq!(
                parts.map(|part| (part.y, part.height)),
                expected,
                "{height}"
            );
            assert!(parts.iter().all(|part| part.x == 4 && part.width <= 100));
            assert_eq!(areas.page.width, 88);
        };
        check(17, false, [(1, 2), (3, 1), (4, 14), (18, 0)]);
        check(18, false, [(1, 2), (4, 1), (5, 7), (13, 6)]);
        check(34, false, [(1, 2), (4, 1), (5, 14), (20, 15)]);
        check(34, true, [(1, 0), (1, 0), (1, 0), (1, 34)]);
        check(1, false, [(1, 1), (2, 0), (2, 0), (2, 0)]);
    }
}
