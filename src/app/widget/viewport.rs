//! A page that is read in an area of the window: scroll, focused link, hits of a search.
//!
//! Rows that do not show cost nothing. The place on the page survives when the page is laid out again.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::painter::Painter;
use crate::app::route::ScrollPosition;
use crate::layout::{Page, PageHit, Role, Row};
use crate::pack::LinkTarget;
use crate::text::fold::fold;
use crate::text::{SafeText, measure};

/// A page and where one is on it.
#[derive(Clone, Debug, Default)]
pub struct Viewport {
    pub page: Arc<Page>,
    /// The cells in which it shows.
    pub area: Rect,
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

    /// Shows the same page: where one asked to be is gone to now.
    pub fn show_again(&mut self) {
        self.show(self.page.clone(), true);
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

    /// Shows it in an area from now on, the last row no higher than the bottom.
    pub fn layout(&mut self, area: Rect) {
        self.area = area;
        self.clamp();
    }

    fn clamp(&mut self) {
        let last = self.page.rows.len().saturating_sub(self.height().max(1));
        self.top = self.top.min(last);
    }

    pub fn height(&self) -> usize {
        usize::from(self.area.height)
    }

    /// The row and column of the page at a cell of the window.
    pub fn cell(&self, column: u16, row: u16) -> Option<(usize, usize)> {
        self.area.contains((column, row).into()).then(|| {
            (
                self.top + usize::from(row - self.area.y),
                usize::from(column - self.area.x),
            )
        })
    }

    /// What stands on the rows that show; empty where none do.
    pub fn text_in_sight(&self) -> String {
        let height = if self.area.width == 0 {
            0
        } else {
            self.height()
        };
        let rows = self.page.rows.iter().skip(self.top).take(height);
        rows.map(|row| format!("{}\n", row.text())).collect()
    }

    /// Where a row of the page stands in the window, when it shows.
    pub fn y_of(&self, row: usize) -> Option<u16> {
        let y = row.checked_sub(self.top).filter(|y| *y < self.height())?;
        Some(self.area.y + y as u16)
    }

    pub fn moved(&mut self, to: MoveAction, count: Option<usize>) -> bool {
        let Some(row) = to.along_rows(self.top, self.height(), count) else {
            return false;
        };
        self.top = row;
        self.clamp();
        true
    }

    pub fn scroll(&mut self, rows: i32) {
        self.top = self.top.saturating_add_signed(rows as isize);
        self.clamp();
    }

    /// Focuses the next link or the one before; the first in view when none is focused. False when there is none.
    pub fn walk(&mut self, forward: bool) -> bool {
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
                .rposition(|s| s.row < self.top + self.height())
                .unwrap_or(spots.len() - 1),
        };
        let Some(spot) = spots.get(next).copied() else {
            return false;
        };
        self.link = Some(spot.link);
        self.reveal(spot.row);
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

    /// Focuses the link at a cell of the window; false when there is none.
    pub fn click(&mut self, column: u16, row: u16) -> bool {
        let link = self
            .cell(column, row)
            .and_then(|(row, column)| self.page.link_at(row, column));
        self.link = link.or(self.link);
        link.is_some()
    }

    /// Scrolls so that a row shows, with a little air above when it jumps.
    pub fn reveal(&mut self, row: usize) {
        let height = self.height();
        if row < self.top || row >= self.top + height {
            self.top = row.saturating_sub(height / 4);
        }
        self.clamp();
    }

    pub fn scroll_to_anchor(&mut self, anchor: &str) -> bool {
        let mut headings = self.page.headings.iter();
        let Some(heading) = headings.find(|h| h.anchor == anchor) else {
            return false;
        };
        self.top = heading.row;
        self.clamp();
        true
    }

    /// Searches the page; what to say about it.
    pub fn search(&mut self, words: &str) -> Option<SafeText> {
        let needle = fold(words.trim());
        if needle.is_empty() {
            self.find = None;
            return None;
        }
        let hits = self.page.find(&needle);
        // From what is on the screen on, so that searching does not throw the reader back to the top.
        let at = hits.iter().position(|h| h.row >= self.top).unwrap_or(0);
        let first = hits.get(at).map_or(self.top, |h| h.row);
        self.find = Some(PageFind { needle, hits, at });
        self.reveal(first);
        self.find_words()
    }

    /// Shows the first of some texts that stands on the page; what to say about it, where it stands there more than once.
    pub fn search_first(&mut self, texts: &[String]) -> Option<SafeText> {
        let found = texts
            .iter()
            .find(|text| !self.page.find(&fold(text)).is_empty());
        let words = self.search(found?);
        let again = self.find.as_ref().is_some_and(|find| find.hits.len() > 1);
        words.filter(|_| again)
    }

    /// To the next hit or the one before; what to say about it, with a word when it wrapped.
    pub fn next_hit(&mut self, forward: bool) -> Option<SafeText> {
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
            self.reveal(row);
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
            0 => SafeText::from(format!(
                "not in this page: {} · Enter searches everything",
                find.needle
            )),
            n => SafeText::from(format!("hit {} of {n}", find.at + 1)),
        })
    }

    fn search_again(&mut self) {
        if let Some(find) = &mut self.find {
            find.hits = self.page.find(&find.needle);
            find.at = find.at.min(find.hits.len().saturating_sub(1));
        }
    }

    /// Paints what shows; the cell of the focused link, where there is one in view.
    pub fn view(&self, painter: &mut Painter) -> Option<(u16, u16)> {
        let area = self.area;
        painter.scroll_mark_apart(area, self.top, self.page.rows.len());
        let rows = self.page.rows.iter().enumerate().skip(self.top);
        for ((n, row), spot) in rows.zip(area.rows()) {
            match self.dressed(n, row) {
                Some(dressed) => painter.row(spot, &dressed),
                None => painter.row(spot, row),
            }
            self.mark_web_links(painter, spot, row);
        }
        let link = self.link?;
        let spot = *self.page.link_spots().iter().find(|s| s.link == link)?;
        let x = area.x + spot.start.min(usize::from(area.width)) as u16;
        Some((x, self.y_of(spot.row)?))
    }

    /// Notes where on a row one leads to the web.
    fn mark_web_links(&self, painter: &mut Painter, spot: Rect, row: &Row) {
        let mut x = spot.x;
        for run in &row.runs {
            let cells = measure::width(&run.text) as u16;
            let link = run.link.and_then(|n| self.page.links.get(usize::from(n)));
            if let Some(LinkTarget::Web(address)) = link {
                let width = cells.min(spot.right().saturating_sub(x));
                painter.web_link(Rect { x, width, ..spot }, address);
            }
            x = x.saturating_add(cells);
        }
    }

    /// A row with the focused link and the hits on it; `None` when neither is there.
    fn dressed(&self, number: usize, row: &Row) -> Option<Row> {
        let focused = self
            .link
            .filter(|l| row.runs.iter().any(|r| r.link == Some(*l)));
        let found = self.find.iter().flat_map(|f| {
            let on_row = f.hits.iter().enumerate();
            on_row.filter_map(|(i, h)| h.on(number).map(|h| (h, i == f.at)))
        });
        let hits: Vec<(PageHit, bool)> = found.collect();
        if focused.is_none() && hits.is_empty() {
            return None;
        }
        let mut dressed = row.clone();
        for run in &mut dressed.runs {
            if focused.is_some() && run.link == focused {
                run.role = Role::LinkFocus;
            }
        }
        Some(crate::layout::find::marked(&dressed, &hits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::library;
    use crate::layout::{PageBuilder, Run};
    use crate::pack::{Address, Kind};
    use crate::views::{ViewContext, entry};

    /// A page of so many rows, one a paragraph with a blank between.
    fn page(rows: usize) -> Arc<Page> {
        let mut builder = PageBuilder::new(20);
        for n in 0..rows {
            builder.paragraph(vec![Run::new(crate::safe!("row {n}"), Role::Text)]);
        }
        Arc::new(builder.finish())
    }

    fn viewport(rows: usize, height: u16) -> Viewport {
        let mut viewport = Viewport::default();
        viewport.show(page(rows), false);
        viewport.layout(Rect::new(2, 1, 20, height));
        viewport
    }

    /// The page of a term at a width, with links and headings.
    fn chime(width: usize) -> Arc<Page> {
        let view: ViewContext = crate::app::samples::view_context();
        let address = Address::new(Kind::Terms, "chime").unwrap();
        Arc::new(entry::page(&library(), &address, width, &view))
    }

    #[test]
    fn movements_stay_on_the_page() {
        let mut viewport = viewport(20, 10);
        let last = viewport.page.rows.len() - 10;
        for (to, count, top) in [
            (MoveAction::Down, None, 1),
            (MoveAction::Down, Some(4), 5),
            (MoveAction::Up, None, 4),
            (MoveAction::PageDown, None, 13),
            (MoveAction::PageUp, None, 4),
            (MoveAction::HalfDown, None, 9),
            (MoveAction::HalfUp, None, 4),
            (MoveAction::Bottom, None, last),
            (MoveAction::Down, None, last),
            (MoveAction::Top, None, 0),
            (MoveAction::Bottom, Some(7), 6),
            (MoveAction::Top, Some(3), 2),
            (MoveAction::Up, Some(usize::MAX), 0),
        ] {
            assert!(viewport.moved(to, count));
            assert_eq!(viewport.top, top, "{to:?} {count:?}");
        }
        assert!(!viewport.moved(MoveAction::Left, None));
        assert!(!viewport.moved(MoveAction::Enter, None));
    }

    #[test]
    fn the_place_survives_another_width_and_another_page_begins_at_its_top() {
        let mut viewport = Viewport::default();
        viewport.show(chime(60), false);
        viewport.layout(Rect::new(0, 0, 60, 4));
        viewport.moved(MoveAction::Down, Some(6));
        let before = viewport.position();
        viewport.show(chime(24), true);
        assert_eq!(viewport.position().block, before.block);
        viewport.show(page(20), false);
        assert_eq!((viewport.top, viewport.link), (0, None));
    }

    #[test]
    fn a_place_that_is_asked_for_is_gone_to_with_the_next_page() {
        let mut viewport = Viewport::default();
        let position = ScrollPosition {
            block: 3,
            within: 0,
            link: None,
        };
        viewport.want(position);
        viewport.show(page(20), false);
        assert_eq!(viewport.position(), position);
        viewport.want(ScrollPosition::default());
        viewport.show_again();
        assert_eq!(viewport.top, 0);
    }

    #[test]
    fn links_are_walked_in_a_ring() {
        let mut viewport = Viewport::default();
        viewport.show(chime(60), false);
        viewport.layout(Rect::new(0, 0, 60, 30));
        let links = viewport.page.links.len();
        assert!(links > 1);
        assert!(viewport.walk(true));
        let first = viewport.link;
        for _ in 0..links {
            viewport.walk(true);
        }
        assert_eq!(viewport.link, first, "all the way round");
        viewport.walk(false);
        viewport.walk(true);
        assert_eq!(viewport.link, first);
        assert!(viewport.unfocus() && !viewport.unfocus());
        assert!(!self::viewport(3, 10).walk(true), "no links");
    }

    #[test]
    fn cells_of_the_window_are_cells_of_the_page() {
        let mut viewport = viewport(20, 10);
        viewport.moved(MoveAction::Down, Some(5));
        for ((column, row), expected) in [
            ((2, 1), Some((5, 0))),
            ((5, 3), Some((7, 3))),
            ((1, 1), None),
            ((2, 0), None),
            ((2, 11), None),
            ((22, 1), None),
        ] {
            assert_eq!(viewport.cell(column, row), expected, "{column},{row}");
        }
        assert_eq!(viewport.y_of(5), Some(1));
        assert_eq!(viewport.y_of(4), None);
        assert_eq!(viewport.y_of(15), None);
    }

    #[test]
    fn a_row_that_does_not_show_is_brought_in_sight_with_air_above() {
        let mut viewport = viewport(40, 8);
        viewport.reveal(5);
        assert_eq!(viewport.top, 0, "it shows already");
        viewport.reveal(30);
        assert_eq!(viewport.top, 28);
        viewport.reveal(2);
        assert_eq!(viewport.top, 0);
    }

    #[test]
    fn headings_are_gone_to_by_their_anchor() {
        let mut viewport = Viewport::default();
        viewport.show(chime(60), false);
        viewport.layout(Rect::new(0, 0, 60, 3));
        assert!(viewport.scroll_to_anchor("example"));
        let row = viewport
            .page
            .headings
            .iter()
            .find(|h| h.anchor == "example")
            .unwrap()
            .row;
        assert_eq!(viewport.top, row.min(viewport.page.rows.len() - 3));
        assert!(!viewport.scroll_to_anchor("nowhere"));
    }

    #[test]
    fn hits_are_found_folded_and_counted_from_what_shows() {
        let mut viewport = viewport(12, 6);
        let said = |said: Option<SafeText>| said.map(|s| s.to_string());
        assert_eq!(
            said(viewport.search("ROW 1")).as_deref(),
            Some("hit 1 of 3")
        );
        assert_eq!(said(viewport.next_hit(true)).as_deref(), Some("hit 2 of 3"));
        assert_eq!(
            said(viewport.next_hit(false)).as_deref(),
            Some("hit 1 of 3")
        );
        assert_eq!(
            said(viewport.next_hit(false)).as_deref(),
            Some("hit 3 of 3, from the end again")
        );
        assert_eq!(
            said(viewport.search("nine")).as_deref(),
            Some("not in this page: nine · Enter searches everything")
        );
        assert_eq!(said(viewport.search("  ")), None);
        assert!(!viewport.end_search());
        viewport.search("row");
        assert!(viewport.end_search());
    }
}
