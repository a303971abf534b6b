//! A page that is read: scroll, focused link, hits of a search.
//! Promises: costs nothing for rows that do not show; finds its place again when the page is laid out anew.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::painter::Painter;
use crate::app::route::ScrollPosition;
use crate::layout::{Page, PageHit, Role, Row};
use crate::pack::LinkTarget;
use crate::text::SafeText;
use crate::text::measure::fold;

/// A page and where one is on it.
#[derive(Clone, Debug, Default)]
pub struct Viewport {
    /// The page, laid out.
    pub page: Arc<Page>,
    /// The first row that shows.
    pub top: usize,
    /// The focused link, an index into the page's links.
    pub link: Option<u16>,
    /// What is searched for, folded, and its hits.
    find: Option<PageFind>,
    /// A place to return to as soon as the page is there.
    wanted: Option<ScrollPosition>,
}

#[derive(Clone, Debug)]
struct PageFind {
    needle: String,
    hits: Vec<PageHit>,
    at: usize,
}

impl Viewport {
    /// Shows a page. The same page at another width keeps its place; another page starts at its top.
    pub fn show(&mut self, page: Arc<Page>, same: bool) {
        if Arc::ptr_eq(&self.page, &page) && self.wanted.is_none() {
            return;
        }
        let spot = self.wanted.take().or(same.then(|| self.position()));
        self.page = page;
        match spot {
            Some(spot) => self.restore(spot),
            None => (self.top, self.link) = (0, None),
        }
        if same {
            self.search_again();
        } else {
            self.find = None;
        }
    }

    /// Asks to be at a spot once the next page is shown.
    pub fn want(&mut self, spot: ScrollPosition) {
        self.wanted = Some(spot);
    }

    /// Where one is, independent of the width.
    pub fn position(&self) -> ScrollPosition {
        let block = self.page.block_at(self.top);
        ScrollPosition {
            block,
            within: self.top.saturating_sub(self.page.row_of_block(block)),
            link: self.link,
        }
    }

    fn restore(&mut self, spot: ScrollPosition) {
        self.top = self
            .page
            .row_of_block(spot.block)
            .saturating_add(spot.within);
        self.link = spot
            .link
            .filter(|l| usize::from(*l) < self.page.links.len());
    }

    /// Keeps the last row at the bottom when the page is longer than `height`.
    pub fn settle(&mut self, height: usize) {
        self.top = self
            .top
            .min(self.page.rows.len().saturating_sub(height.max(1)));
    }

    /// Scrolls.
    pub fn moved(&mut self, to: MoveAction, count: Option<usize>, height: usize) -> bool {
        let n = count.unwrap_or(1);
        let page = height.max(2) - 1;
        self.top = match to {
            MoveAction::Down => self.top.saturating_add(n),
            MoveAction::Up => self.top.saturating_sub(n),
            MoveAction::HalfDown => self.top.saturating_add(n.saturating_mul(page.div_ceil(2))),
            MoveAction::HalfUp => self.top.saturating_sub(n.saturating_mul(page.div_ceil(2))),
            MoveAction::PageDown => self.top.saturating_add(n.saturating_mul(page)),
            MoveAction::PageUp => self.top.saturating_sub(n.saturating_mul(page)),
            MoveAction::Top => count.map_or(0, |c| c.saturating_sub(1)),
            MoveAction::Bottom => count.map_or(usize::MAX, |c| c.saturating_sub(1)),
            MoveAction::Left | MoveAction::Right | MoveAction::Enter => return false,
        };
        self.settle(height);
        true
    }

    /// Scrolls by rows, for the wheel.
    pub fn scroll(&mut self, rows: i32, height: usize) {
        self.top = self.top.saturating_add_signed(rows as isize);
        self.settle(height);
    }

    /// Focuses the next link or the one before; the first in sight when none is focused. False when there is none.
    pub fn walk(&mut self, forward: bool, height: usize) -> bool {
        // A link that runs over two rows is one stop.
        let mut spots = self.page.link_spots();
        spots.dedup_by_key(|s| s.link);
        if spots.is_empty() {
            return false;
        }
        let here = self
            .link
            .and_then(|l| spots.iter().position(|s| s.link == l));
        let next = match (here, forward) {
            (Some(i), true) => (i + 1) % spots.len(),
            (Some(i), false) => (i + spots.len() - 1) % spots.len(),
            (None, true) => spots.iter().position(|s| s.row >= self.top).unwrap_or(0),
            (None, false) => spots
                .iter()
                .rposition(|s| s.row < self.top + height)
                .unwrap_or(spots.len() - 1),
        };
        let Some(spot) = spots.get(next) else {
            return false;
        };
        self.link = Some(spot.link);
        let row = spot.row;
        self.reveal(row, height);
        true
    }

    /// What the focused link leads to.
    pub fn target(&self) -> Option<&LinkTarget> {
        self.link.and_then(|l| self.page.links.get(usize::from(l)))
    }

    /// Forgets the focused link; false when there was none.
    pub fn unfocus(&mut self) -> bool {
        self.link.take().is_some()
    }

    /// Focuses the link at a cell of the page, and says what it leads to. `row` and `column` count from the page's corner.
    pub fn click(&mut self, row: usize, column: usize) -> Option<&LinkTarget> {
        let row = self.top + row;
        let spots = self.page.link_spots();
        let spot = spots
            .iter()
            .find(|s| s.row == row && (s.start..s.end).contains(&column))?;
        self.link = Some(spot.link);
        self.target()
    }

    /// Scrolls so that a row shows, with a little air above when it jumps.
    pub fn reveal(&mut self, row: usize, height: usize) {
        if row < self.top || row >= self.top + height {
            self.top = row.saturating_sub(height / 4);
        }
        self.settle(height);
    }

    /// Goes to a heading by its anchor.
    pub fn to_anchor(&mut self, anchor: &str, height: usize) -> bool {
        let Some(row) = self
            .page
            .headings
            .iter()
            .find(|h| h.anchor == anchor)
            .map(|h| h.row)
        else {
            return false;
        };
        self.top = row;
        self.settle(height);
        true
    }

    /// Searches the page; what to say about it.
    pub fn search(&mut self, words: &str, height: usize) -> Option<SafeText> {
        let needle = fold(words.trim());
        if needle.is_empty() {
            self.find = None;
            return None;
        }
        let hits = self.page.find(&needle);
        let at = hits.iter().position(|h| h.row >= self.top).unwrap_or(0);
        let first = hits.get(at).map(|h| h.row);
        self.find = Some(PageFind { needle, hits, at });
        if let Some(row) = first {
            self.reveal(row, height);
        }
        self.find_words()
    }

    /// To the next hit or the one before; what to say about it, with a word when it wrapped.
    pub fn next_hit(&mut self, forward: bool, height: usize) -> Option<SafeText> {
        let find = self.find.as_mut()?;
        if find.hits.is_empty() {
            return self.find_words();
        }
        let last = find.hits.len() - 1;
        let (at, wrapped) = match (forward, find.at) {
            (true, at) if at == last => (0, Some("from the top again")),
            (true, at) => (at + 1, None),
            (false, 0) => (last, Some("from the end again")),
            (false, at) => (at - 1, None),
        };
        find.at = at;
        let row = find.hits.get(at).map(|h| h.row);
        if let Some(row) = row {
            self.reveal(row, height);
        }
        let words = self.find_words()?;
        Some(wrapped.map_or(words.clone(), |w| SafeText::from(format!("{words}, {w}"))))
    }

    /// Ends the search; false when there was none.
    pub fn end_search(&mut self) -> bool {
        self.find.take().is_some()
    }

    fn find_words(&self) -> Option<SafeText> {
        let find = self.find.as_ref()?;
        Some(match find.hits.len() {
            0 => SafeText::from(format!("not in this page: {}", find.needle)),
            n => SafeText::from(format!("hit {} of {n}", find.at + 1)),
        })
    }

    fn search_again(&mut self) {
        if let Some(find) = &mut self.find {
            find.hits = self.page.find(&find.needle);
            find.at = find.at.min(find.hits.len().saturating_sub(1));
        }
    }

    /// Paints what shows; the cell of the focused link, where there is one in sight.
    pub fn view(&self, brush: Painter, buf: &mut Buffer, area: Rect) -> Option<(u16, u16)> {
        let height = usize::from(area.height);
        for (i, row) in self
            .page
            .rows
            .iter()
            .skip(self.top)
            .take(height)
            .enumerate()
        {
            let spot = Rect {
                y: area.y + i as u16,
                height: 1,
                ..area
            };
            match self.dressed(self.top + i, row) {
                Some(dressed) => brush.row(buf, spot, &dressed),
                None => brush.row(buf, spot, row),
            }
        }
        let link = self.link?;
        let spot = *self.page.link_spots().iter().find(|s| s.link == link)?;
        let y = spot.row.checked_sub(self.top).filter(|y| *y < height)?;
        Some((
            area.x + spot.start.min(usize::from(area.width)) as u16,
            area.y + y as u16,
        ))
    }

    /// A row with the focused link and the hits on it; `None` when neither is there.
    fn dressed(&self, number: usize, row: &Row) -> Option<Row> {
        let focused = self
            .link
            .filter(|l| row.runs.iter().any(|r| r.link == Some(*l)));
        let hits: Vec<(PageHit, bool)> = self
            .find
            .iter()
            .flat_map(|f| {
                f.hits
                    .iter()
                    .enumerate()
                    .filter_map(|(i, h)| h.on(number).map(|h| (h, i == f.at)))
            })
            .collect();
        if focused.is_none() && hits.is_empty() {
            return None;
        }
        let mut dressed = row.clone();
        for run in dressed
            .runs
            .iter_mut()
            .filter(|r| focused.is_some() && r.link == focused)
        {
            run.role = Role::LinkFocus;
        }
        Some(crate::layout::find::marked(&dressed, &hits))
    }
}
