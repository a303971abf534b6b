//! How large the terminal is: asked by ioctl, never by running a program, and bounded.
//! Promise: a [`Size`] is 1 to 512 columns by 1 to 256 rows, whatever the terminal claims.

use std::os::fd::AsFd;

/// Most columns that are drawn on.
pub const MAX_COLUMNS: u16 = 512;
/// Most rows that are drawn on.
pub const MAX_ROWS: u16 = 256;

/// The area that is drawn on, in cells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Size {
    /// 1 to [`MAX_COLUMNS`].
    pub columns: u16,
    /// 1 to [`MAX_ROWS`].
    pub rows: u16,
}

impl Size {
    /// The size every serial line is taken to have: 80 by 24.
    pub const USUAL: Size = Size {
        columns: 80,
        rows: 24,
    };

    /// Bounds what a terminal reports. 0×0 means that it does not know, hence [`Size::USUAL`]; a single 0 becomes 1,
    /// which is below what any screen needs and so ends in the "too small" line.
    pub fn bounded(columns: u16, rows: u16) -> Self {
        if columns == 0 && rows == 0 {
            return Self::USUAL;
        }
        Self {
            columns: columns.clamp(1, MAX_COLUMNS),
            rows: rows.clamp(1, MAX_ROWS),
        }
    }

    /// Asks a terminal; [`Size::USUAL`] when it cannot be asked.
    pub fn of(terminal: impl AsFd) -> Self {
        rustix::termios::tcgetwinsize(terminal)
            .map_or(Self::USUAL, |w| Self::bounded(w.ws_col, w.ws_row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bounded() {
        let check = |columns, rows, expected: (u16, u16)| {
            let size = Size::bounded(columns, rows);
            assert_eq!((size.columns, size.rows), expected, "{columns}×{rows}");
        };
        check(0, 0, (80, 24));
        check(1, 0, (1, 1));
        check(0, 80, (1, 80));
        check(120, 40, (120, 40));
        check(u16::MAX, u16::MAX, (512, 256));
    }
}
