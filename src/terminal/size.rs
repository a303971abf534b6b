//! The terminal's size: 1 to 512 columns by 1 to 256 rows whatever the terminal claims, since two buffers of that size are
//! allocated.

const MAX_COLUMNS: u16 = 512;
const MAX_ROWS: u16 = 256;

/// The area that is drawn on, in cells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Size {
    /// 1 to 512.
    pub columns: u16,
    /// 1 to 256.
    pub rows: u16,
}

impl Size {
    /// Bounds what a terminal reports. 0×0 means that it does not know: 80×24, as for a serial line. A single 0 becomes
    /// 1, which is below what any screen needs and so ends in the "too small" line.
    pub fn bounded(columns: u16, rows: u16) -> Self {
        let (columns, rows) = match (columns, rows) {
            (0, 0) => (80, 24),
            known => known,
        };
        Self {
            columns: columns.clamp(1, MAX_COLUMNS),
            rows: rows.clamp(1, MAX_ROWS),
        }
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
        check(512, 257, (512, 256));
        check(u16::MAX, u16::MAX, (512, 256));
    }
}
