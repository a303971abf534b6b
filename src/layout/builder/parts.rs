//! What a page builder notes of a document: parts, beside the rows that it sets. Elsewhere nothing is noted.

use super::{BlankRow, LastBlock, PageBuilder};
use crate::layout::columns::{GUTTER, columns};
use crate::layout::document::{self, Line, Part};
use crate::layout::labels::LabelPair;
use crate::layout::row::{Heading, Page, Row, Run};
use crate::layout::table::CellRuns;
use crate::pack::{Align, LinkTarget};
use crate::text::SafeText;

impl PageBuilder {
    /// Notes a part of a document, once the labels that wait are noted.
    pub(super) fn note(&mut self, part: impl FnOnce(&[LinkTarget]) -> Part) {
        if !self.parts.is_empty() {
            self.flush();
            let part = part(&self.page.links);
            if let Some(parts) = self.parts.last_mut() {
                parts.push(part);
            }
        }
    }

    /// What `body` sets, as one part made of its parts.
    pub(super) fn nest(
        &mut self,
        body: impl FnOnce(&mut Self),
        part: impl FnOnce(Vec<Part>) -> Option<Part>,
    ) {
        if self.parts.is_empty() {
            return body(self);
        }
        self.flush();
        self.parts.push(Vec::new());
        body(self);
        self.flush();
        let inner = self.parts.pop().unwrap_or_default();
        if let Some(outer) = self.parts.last_mut() {
            match part(inner.clone()) {
                Some(part) => outer.push(part),
                None => outer.extend(inner),
            }
        }
    }

    /// What a document shows when it is asked for; nothing elsewhere.
    pub fn hidden(&mut self, summary: &'static str, body: impl FnOnce(&mut Self)) {
        if self.format.is_document() {
            let summary = SafeText::ours(summary);
            self.nest(body, |parts| Some(Part::Hidden { summary, parts }));
        }
    }

    /// A chart: rows on a terminal, an image in a document.
    pub fn picture(&mut self, rows: Vec<Row>, svg: impl FnOnce() -> String) {
        let drawn = rows
            .iter()
            .map(|row| document::words(&row.runs, &[]))
            .collect();
        self.note(|_| Part::Picture {
            rows: drawn,
            svg: svg(),
        });
        self.begin(LastBlock::Rows);
        self.emit(rows);
    }

    /// Two finished pages beside each other with their links and headings, each in so many cells.
    pub fn beside(&mut self, pages: [&Page; 2], cells: usize) {
        let top = self.page.rows.len() + usize::from(self.gap == BlankRow::Due);
        let rows = pages.map(|page| self.adopt(page));
        self.rows(columns(&rows, &[cells; 2], GUTTER));
        for heading in pages.iter().flat_map(|page| &page.headings) {
            let row = heading.row + top;
            self.page.headings.push(Heading {
                row,
                ..heading.clone()
            });
        }
    }

    /// Parts of a document that were made elsewhere.
    pub fn part(&mut self, part: Part) {
        self.note(|_| part);
    }

    pub(super) fn note_labels(&mut self, pairs: &[LabelPair]) {
        if let Some(parts) = self.parts.last_mut() {
            let words = |runs: &[Run]| document::words(runs, &self.page.links);
            let pair = |(label, value): &LabelPair| (words(label), words(value));
            parts.push(Part::Labels(pairs.iter().map(pair).collect()));
        }
    }

    pub(super) fn note_table(
        &mut self,
        aligns: &[Align],
        head: &[CellRuns],
        rows: &[Vec<CellRuns>],
    ) {
        self.note(|links| {
            let line = |cells: &[CellRuns]| -> Vec<Line> {
                cells
                    .iter()
                    .map(|runs| document::words(runs, links))
                    .collect()
            };
            Part::Table {
                aligns: aligns.to_vec(),
                head: line(head),
                rows: rows.iter().map(|row| line(row)).collect(),
            }
        });
    }
}
