//! Parts of an area of the window. Every part lies inside its area, however small that is.

use ratatui::layout::Rect;

/// From this width on, a list and its page stand side by side.
const SIDE_BY_SIDE: u16 = 72;

/// One row, counted from the top; no row where there is none.
pub fn row(area: Rect, n: u16) -> Rect {
    rows(area, n, 1)
}

/// Some rows, counted from the top; as many of them as there are.
pub fn rows(area: Rect, from: u16, height: u16) -> Rect {
    let from = from.min(area.height);
    Rect {
        y: area.y + from,
        height: height.min(area.height - from),
        ..area
    }
}

/// What is left below some rows.
pub fn below(area: Rect, skip: u16) -> Rect {
    rows(area, skip, area.height)
}

pub fn bottom(area: Rect, height: u16) -> Rect {
    below(area, area.height.saturating_sub(height))
}

pub fn left(area: Rect, width: u16) -> Rect {
    Rect {
        width: width.min(area.width),
        ..area
    }
}

/// At most `max` columns to the right of another part, behind a gap.
pub fn right_of(area: Rect, part: Rect, gap: u16, max: u16) -> Rect {
    let x = (part.right() + gap).min(area.right());
    Rect {
        x,
        width: (area.right() - x).min(max),
        ..area
    }
}

/// A list and the page beside it; in a narrow window the one that has the focus has all, the other nothing.
pub fn list_and_page(area: Rect, list: u16, max: u16, list_has_focus: bool) -> (Rect, Rect) {
    let none = Rect {
        width: 0,
        height: 0,
        ..area
    };
    match (area.width < SIDE_BY_SIDE, list_has_focus) {
        (true, true) => (area, none),
        (true, false) => (none, area),
        (false, _) => {
            let gap = if area.width >= 100 { 4 } else { 2 };
            // Both as one block in the middle.
            let spare = area.width.saturating_sub(list + gap + max) / 2;
            let inner = Rect {
                x: area.x + spare,
                width: area.width - spare,
                ..area
            };
            let list = left(inner, list);
            (list, right_of(inner, list, gap, max))
        }
    }
}

/// A box in the middle, a third of the way down.
pub fn floating(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_inside_their_area() {
        for (width, height) in [(0, 0), (1, 1), (30, 3), (71, 20), (72, 20), (140, 50)] {
            let area = Rect::new(3, 2, width, height);
            let (list, page) = list_and_page(area, 40, 88, true);
            for part in [
                row(area, 0),
                row(area, 60),
                rows(area, 2, 5),
                below(area, 4),
                bottom(area, 7),
                left(area, 50),
                right_of(area, list, 4, 88),
                floating(area, 76, 20),
                list,
                page,
            ] {
                assert_eq!(part.union(area), area, "{part} in {area}");
            }
        }
    }

    #[test]
    fn rows_are_counted_from_the_top_and_from_the_bottom() {
        let area = Rect::new(3, 2, 10, 5);
        for (part, y, height) in [
            (row(area, 0), 2, 1),
            (row(area, 4), 6, 1),
            (row(area, 5), 7, 0),
            (rows(area, 3, 9), 5, 2),
            (below(area, 2), 4, 3),
            (bottom(area, 2), 5, 2),
            (bottom(area, 9), 2, 5),
        ] {
            assert_eq!((part.y, part.height), (y, height), "{part}");
        }
    }

    #[test]
    fn list_and_page_take_turns_below_72_cells() {
        let widths = |width, focus| {
            let (list, page) = list_and_page(Rect::new(0, 0, width, 9), 26, 88, focus);
            (list.width, page.x, page.width)
        };
        assert_eq!(widths(71, true), (71, 0, 0));
        assert_eq!(widths(71, false), (0, 0, 71));
        assert_eq!(widths(72, true), (26, 28, 44));
        assert_eq!(widths(118, false), (26, 30, 88));
        assert_eq!(widths(140, false), (26, 41, 88));
    }
}
