//! Tables: cells into rows into a block.
//! Every row has as many cells as the head, and a table has at most [`MAX_COLUMNS`] columns.

use std::ops::Range;

use pulldown_cmark::Alignment;

use crate::pack::doc::Span;
use crate::pack::markdown::{Align, Block, DocBuilder, safe};

/// Most columns of a table; further ones are left out and reported.
const MAX_COLUMNS: usize = 64;
/// What a cell costs of a page's room beside its text: about what it takes in memory.
const CELL_COST: usize = 32;

/// A table whose end has not come yet.
#[derive(Default)]
pub(super) struct TableBuilder {
    aligns: Vec<Align>,
    head: Vec<Vec<Span>>,
    rows: Vec<Vec<Vec<Span>>>,
    row: Vec<Vec<Span>>,
    start: usize,
}

impl DocBuilder<'_, '_> {
    pub(super) fn open_table(&mut self, aligns: &[Alignment], range: &Range<usize>) {
        self.close_implicit();
        if aligns.len() > MAX_COLUMNS {
            let message = safe!("the table has {} columns", aligns.len());
            let help = safe!("the first {MAX_COLUMNS} are shown; split it");
            self.notes
                .warn("table-wide", &self.origin.place(range), message, help);
        }
        let aligns = aligns.iter().take(MAX_COLUMNS).map(|align| match align {
            Alignment::None | Alignment::Left => Align::Left,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::Right,
        });
        self.table = Some(TableBuilder {
            aligns: aligns.collect(),
            start: range.start,
            ..TableBuilder::default()
        });
    }

    pub(super) fn close_cell(&mut self) {
        let cell = self.take_cell();
        if let Some(table) = &mut self.table
            && table.row.len() < table.aligns.len()
        {
            table.row.push(cell);
        }
    }

    pub(super) fn close_head(&mut self) {
        if let Some(table) = &mut self.table {
            table.head = filled(&mut table.row, table.aligns.len());
        }
    }

    /// A row costs room for all its cells, so that short rows of wide tables cannot add up.
    pub(super) fn close_row(&mut self) {
        let Some((columns, start)) = self
            .table
            .as_ref()
            .map(|table| (table.aligns.len(), table.start))
        else {
            return;
        };
        let fits = self.take(columns * CELL_COST, &(start..start));
        if let Some(table) = &mut self.table {
            let row = filled(&mut table.row, columns);
            table.rows.extend(fits.then_some(row));
        }
    }

    pub(super) fn close_table(&mut self, range: &Range<usize>) {
        if let Some(TableBuilder {
            aligns, head, rows, ..
        }) = self.table.take()
        {
            self.push(Block::Table { aligns, head, rows }, range);
        }
    }
}

fn filled(row: &mut Vec<Vec<Span>>, columns: usize) -> Vec<Vec<Span>> {
    let mut row = std::mem::take(row);
    row.resize_with(columns, Vec::new);
    row
}
