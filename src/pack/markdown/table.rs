//! Tables: cells into rows into a block.
//! Every row has as many cells as the head, and a table has at most [`MAX_COLUMNS`] columns.

use crate::pack::doc::{Align, Span};

/// Most columns of a table; further ones are left out and reported.
pub(super) const MAX_COLUMNS: usize = 64;
/// What a cell costs of a page's room beside its text: about what it takes in memory.
pub(super) const CELL_COST: usize = 32;

/// A table whose end has not come yet.
#[derive(Default)]
pub(super) struct TableBuilder {
    pub(super) aligns: Vec<Align>,
    pub(super) head: Vec<Vec<Span>>,
    pub(super) rows: Vec<Vec<Vec<Span>>>,
    pub(super) row: Vec<Vec<Span>>,
    pub(super) start: usize,
}

pub(super) fn filled(row: &mut Vec<Vec<Span>>, columns: usize) -> Vec<Vec<Span>> {
    let mut row = std::mem::take(row);
    row.resize_with(columns, Vec::new);
    row
}
