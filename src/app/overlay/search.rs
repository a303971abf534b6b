//! Search over everything: words typed, hits that say why they were found, the text of the chosen one beside them.
//!
//! What is typed is never an error. Until the index is built the overlay says so and keeps what was typed. Enter goes to
//! the hit under the cursor, at the section where the words stand.

use std::ops::Range;

use ratatui::layout::{Margin, Rect};

use crate::app::choice::Choice;
use crate::app::component::{LastSearch, Overlay, Response, ScreenContext};
use crate::app::key::{Key, KeyCode};
use crate::app::overlay::search_rows::{answer_rows, hit_rows, ways};
use crate::app::painter::Painter;
use crate::app::route::Route;
use crate::app::widget::{ListCursor, Pane, TextField, area, list_movement};
use crate::core::asking::{BEST, find, starting_points};
use crate::core::search::{HitClass, Query, RankedEntry, SearchFilter, SearchHit, SearchIndex};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind, Library, Things};
use crate::text::{SafeText, Url, measure};
use crate::views;
use crate::views::answer::{self, AnswerRow, AnswerTarget};

/// Most hits that are shown.
const MOST: usize = 60;
/// From this width on, the hit's text stands beside the list.
const PREVIEW: u16 = 100;
/// What stands before what is typed.
const LABEL: &str = "search  ";
/// From so many rows on, groups of hits have heads.
const HEADED: u16 = 12;
/// Rows a hit takes: its name, and why it was found.
const HIT_ROWS: u16 = 2;

#[derive(Default)]
pub struct Search {
    input: TextField,
    /// The words are those of the last search, and nothing was typed since: what is typed takes their place.
    again: bool,
    /// The words or the index are others than when it was last searched.
    stale: bool,
    query: Query,
    /// What answers the question, if one was typed: the rows above all hits.
    answer: Vec<AnswerRow>,
    found: Vec<RankedEntry>,
    /// Words that stand nowhere in the pack.
    unknown: Vec<SafeText>,
    /// What is listed: what was found is made presentable when it comes into view, what is offered is so from the start.
    hits: Vec<Option<SearchHit>>,
    list: ListCursor,
    /// Only this kind; all when `None`.
    kind: Option<Kind>,
    recent: Vec<Address>,
    preview: Pane<Address, usize>,
    areas: SearchAreas,
}

impl Search {
    /// A search that begins with these words; `recent` are places to offer before anything is typed.
    pub fn new(words: &str, recent: Vec<Address>) -> Self {
        let mut search = Self {
            recent,
            stale: true,
            ..Self::default()
        };
        search.input.set(words);
        search
    }

    /// The last search with its hits, the chosen one under the cursor.
    pub fn again(last: &LastSearch, recent: Vec<Address>) -> Self {
        let mut search = Self::new(&last.words, recent);
        search.again = !last.words.is_empty();
        search.kind = last.kind;
        search.list.cursor = last.cursor;
        search
    }

    fn last(&self) -> LastSearch {
        LastSearch {
            words: self.input.value().to_owned(),
            kind: self.kind,
            cursor: self.list.cursor,
        }
    }

    /// Takes away the words of the last search before the first that is typed or deleted; other keys keep them.
    fn begin_anew(&mut self, key: Key) {
        let edits = key.typed().is_some()
            || matches!(key.code, KeyCode::Backspace | KeyCode::Delete)
            || key.ctrl && matches!(key.code, KeyCode::Char('u' | 'w' | 'h'));
        if std::mem::take(&mut self.again) && edits {
            self.input.set("");
        }
    }

    fn choose(&self, ctx: &ScreenContext) -> Response {
        let Some(chosen) = self.chosen(ctx) else {
            return Response::done();
        };
        let (route, section) = match chosen {
            // Whoever finds a question wants to answer it.
            AnswerTarget::Entry(address) | AnswerTarget::Section(address, _)
                if address.kind == Kind::Questions =>
            {
                return self.chosen_of(Choice::Ask(address.id.to_string()));
            }
            AnswerTarget::Entry(address) => (Route::of(address), None),
            AnswerTarget::Section(address, section) => (Route::of(address), Some(section)),
            AnswerTarget::Compare(kind, ids) => (Route::Versus(kind, ids), None),
            AnswerTarget::Cost(ids) => return self.chosen_of(Choice::Bills(ids, None)),
        };
        Response {
            go: Some((route, section)),
            marks: self.passages(),
            searched: Some(self.last()),
            ..Response::close()
        }
    }

    /// What closes the search and does this.
    fn chosen_of(&self, choice: Choice) -> Response {
        Response {
            choice: Some(choice),
            searched: Some(self.last()),
            ..Response::close()
        }
    }

    /// What of the chosen hit's text was found.
    fn passages(&self) -> Vec<String> {
        let at = self.list.cursor.checked_sub(self.answer.len());
        let hit = at.and_then(|at| self.hits.get(at)?.as_ref());
        hit.map(|hit| hit.passages.clone()).unwrap_or_default()
    }

    /// Shows the text of the chosen hit, at the first place where a word of the query stands.
    fn preview(&mut self, ctx: &ScreenContext) {
        let area = self.areas.preview;
        let (address, section) = match self.chosen(ctx).filter(|_| area.width > 0) {
            Some(AnswerTarget::Entry(address)) => (address, None),
            Some(AnswerTarget::Section(address, section)) => (address, Some(section)),
            Some(AnswerTarget::Compare(..) | AnswerTarget::Cost(_)) | None => {
                return self.preview.show_nothing(area);
            }
        };
        let known = self.preview.subject() == Some(&address) && !self.preview.is_stale();
        let page = |address: &Address, width: &usize| {
            let peek = views::entry::peek(ctx.library, address, *width);
            peek.map(|(_, page)| page).unwrap_or_default()
        };
        self.preview
            .show(address, usize::from(area.width), area, page);
        if known {
            return;
        }
        if self.answer.get(self.list.cursor).is_some() {
            if let Some(section) = section {
                self.preview.viewport.scroll_to_anchor(&section);
            }
            return;
        }
        let mut passages = self.passages();
        passages.extend(self.query.text().split_whitespace().map(str::to_owned));
        self.preview.viewport.search_first(&passages);
    }

    /// Makes the hits presentable that will be seen.
    fn present(&mut self, window: Range<usize>, ctx: &ScreenContext) {
        let above = self.answer.len();
        let window = window.start.saturating_sub(above)..window.end.saturating_sub(above);
        let (Some(index), Some(hits)) = (ctx.index, self.hits.get_mut(window.clone())) else {
            return;
        };
        if hits.iter().any(Option::is_none) {
            let shown = index.show(&self.query, self.found.get(window).unwrap_or(&[]));
            hits.iter_mut()
                .zip(shown)
                .for_each(|(slot, hit)| *slot = Some(hit));
        }
    }

    fn chosen(&self, ctx: &ScreenContext) -> Option<AnswerTarget> {
        let Some(at) = self.list.cursor.checked_sub(self.answer.len()) else {
            return Some(self.answer.get(self.list.cursor)?.leads_to.clone());
        };
        let unseen = || ctx.index?.show(&self.query, self.found.get(at..=at)?).pop();
        let hit = self.hits.get(at)?.clone().or_else(unseen)?;
        Some(match (hit.address()?, hit.section) {
            (address, Some(section)) => AnswerTarget::Section(address, section),
            (address, None) => AnswerTarget::Entry(address),
        })
    }

    fn search(&mut self, index: &SearchIndex, ctx: &ScreenContext) {
        let library = ctx.library;
        self.stale = false;
        let only = SearchFilter::only(self.kind);
        let findings = find(library, index, (self.input.value(), true), (MOST, &only));
        (self.query, self.found) = (findings.query, findings.found);
        self.answer = Vec::new();
        if let Some(question) = &findings.question {
            self.answer = answer::rows(library, question, ctx.view);
            let kind = self.kind;
            self.answer
                .retain(|row| kind.is_none() || row.leads_to.kind() == kind);
        }
        // A slip of the finger is told by its hit.
        let slip = self
            .found
            .first()
            .is_some_and(|found| found.class == HitClass::Typo);
        self.unknown = if slip {
            Vec::new()
        } else {
            index.unknown(&self.query)
        };
        self.hits = vec![None; self.found.len()];
        if self.query.is_blank() {
            let offered = index.start(&self.recent, &starting_points(library), MOST);
            self.hits = offered
                .into_iter()
                .filter(|h| only.admits(h.kind))
                .map(Some)
                .collect();
        }
        let len = self.answer.len() + self.hits.len();
        let cursor = if self.again { self.list.cursor } else { 0 };
        self.list = ListCursor::new(len);
        self.list.cursor = cursor.min(len.saturating_sub(1));
        self.preview.forget();
    }

    /// To the next kind of which the pack has something, and behind the last one to all of them.
    fn next_kind(&mut self, forward: bool, library: &Library) {
        let all = Kind::ALL.into_iter();
        let kinds = || all.clone().filter(|kind| library.count(*kind) > 0);
        self.kind = match (self.kind, forward) {
            (None, true) => kinds().next(),
            (None, false) => kinds().last(),
            (Some(now), true) => kinds().skip_while(|k| *k != now).nth(1),
            (Some(now), false) => kinds().take_while(|k| *k != now).last(),
        };
    }

    /// What is searched and how much was found, in as many words as leave room for what is typed; and that room.
    fn status(&self, things: &Things, width: usize) -> (SafeText, usize) {
        let is_entry = |row: &&AnswerRow| matches!(row.leads_to, AnswerTarget::Entry(_));
        let entries = self.answer.iter().filter(is_entry).count();
        let hits = measure::count(entries + self.hits.len(), "hit", "hits");
        let unknown = SafeText::join(&self.unknown, ", ");
        let hits = match self.hits.len() + entries {
            0 => hits,
            _ if self.unknown.is_empty() => hits,
            _ => crate::safe!("not in this pack: {unknown} · {hits}"),
        };
        let kind = match self.kind {
            Some(kind) => things.many_of(kind),
            None => SafeText::ours("everything"),
        };
        let whole = crate::safe!("Tab {kind} · {hits}");
        // The cursor stands behind what is typed.
        let typed = measure::width(self.input.value()) + 1;
        let fits = measure::width(&whole) + typed <= width;
        let status = match self.kind {
            _ if fits => whole,
            Some(_) => crate::safe!("{kind} · {hits}"),
            None => hits,
        };
        let room = width.saturating_sub(measure::width(&status));
        (status, room)
    }

    fn kind_at(&self, n: usize, ctx: &ScreenContext) -> Option<Kind> {
        let found = self.found.get(n.checked_sub(self.answer.len())?)?;
        Some(ctx.index?.kind_of(found))
    }

    /// What stands above a row: the first of the best, and of those of a kind.
    fn head_over(&self, n: usize, ctx: &ScreenContext) -> Option<SafeText> {
        let best = self.answer.len() + BEST;
        if self.areas.list.height < HEADED || self.kind.is_some() || self.found.len() <= BEST {
            return None;
        }
        if n == 0 {
            return Some(SafeText::ours("best"));
        }
        let kind = self.kind_at(n, ctx).filter(|_| n >= best)?;
        if n > best && self.kind_at(n - 1, ctx) == Some(kind) {
            return None;
        }
        let all = (n..self.list.len).take_while(|n| self.kind_at(*n, ctx) == Some(kind));
        let things = &ctx.library.pack().subject.things;
        Some(crate::safe!("{} · {}", things.many_of(kind), all.count()))
    }

    /// How many rows these take, with the heads between them.
    fn rows_of(&self, window: Range<usize>, ctx: &ScreenContext) -> usize {
        let heads = window.clone().filter(|n| self.head_over(*n, ctx).is_some());
        window.len() * usize::from(HIT_ROWS) + heads.count()
    }

    /// What helps where nothing is found, or nothing is typed.
    fn advice(&self, ctx: &ScreenContext) -> Vec<SafeText> {
        if ctx.index.is_none() {
            return vec![SafeText::ours("Reading everything once …")];
        }
        let typed = self.input.value().trim();
        if typed.is_empty() {
            return vec![SafeText::ours("Type a word, a name, or half of one.")];
        }
        let words = SafeText::line(typed);
        let told = match self.kind {
            Some(kind) => {
                let many = ctx.library.pack().subject.things.many_of(kind);
                crate::safe!("Nothing found among {many}: Tab looks elsewhere.")
            }
            None => crate::safe!("Nothing in this pack is called or says {words}."),
        };
        let mut lines = vec![told];
        lines.extend(ways(ctx.library));
        lines
    }

    fn view_hits(&self, painter: &mut Painter, ctx: &ScreenContext) {
        let area = self.areas.list;
        if self.hits.is_empty() && self.answer.is_empty() {
            let rows = self.advice(ctx).into_iter();
            let rows: Vec<Row> = rows
                .flat_map(|line| wrap(&[Run::new(line, Role::Dim)], usize::from(area.width), 0, 2))
                .collect();
            painter.rows(area, &rows);
            return;
        }
        let things = &ctx.library.pack().subject.things;
        let width = usize::from(area.width);
        let rows = usize::from(HIT_ROWS);
        painter.scroll_mark_apart(area, self.list.top * rows, self.list.len * rows);
        let mut y = 0;
        for n in self.list.window() {
            let on = n == self.list.cursor;
            let hit = n.checked_sub(self.answer.len());
            let hit = hit.and_then(|n| self.hits.get(n)?.as_ref());
            let rows = match (self.answer.get(n), hit) {
                (Some(row), _) => answer_rows(things, row, on, width),
                (None, Some(hit)) => hit_rows(ctx.library, hit, on, width),
                (None, None) => continue,
            };
            if let Some(head) = self.head_over(n, ctx) {
                painter.row(area::row(area, y), &Row::of(head, Role::Label));
                y += 1;
            }
            let at = area::rows(area, y, HIT_ROWS);
            painter.rows(at, &rows);
            if on {
                painter.select(area::row(at, 0));
            }
            y += HIT_ROWS;
        }
    }

    /// The row of the list that stands at a row of the screen below its top.
    fn row_at(&self, row: u16, ctx: &ScreenContext) -> Option<usize> {
        let mut y = 0;
        self.list.window().position(|n| {
            y += HIT_ROWS + u16::from(self.head_over(n, ctx).is_some());
            row < y
        })
    }
}

impl Overlay for Search {
    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let some = [("↑↓", "choose"), ("Enter", "go there")];
        let some = some.into_iter().filter(|_| self.list.len > 0);
        some.chain([("Tab", "kind"), ("Esc", "close")]).collect()
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        match key.code {
            KeyCode::Enter => return self.choose(ctx),
            KeyCode::Tab => {
                self.next_kind(!key.shift, ctx.library);
                self.stale = true;
                return Response::done();
            }
            _ => {}
        }
        if let Some(to) = list_movement(key) {
            self.list.moved(to, None);
            return Response::done();
        }
        self.begin_anew(key);
        self.stale |= self.input.key(key);
        Response::done()
    }

    fn on_close(&mut self) -> Response {
        Response {
            searched: Some(self.last()),
            ..Response::done()
        }
    }

    fn typing(&self) -> bool {
        true
    }

    fn on_paste(&mut self, text: &SafeText) -> Response {
        self.begin_anew(Key::char(' '));
        self.input.paste(text);
        self.stale = true;
        Response::done()
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let list = self.areas.list;
        let at = list.contains((column, row).into());
        let at = at.then(|| self.row_at(row - list.y, ctx)).flatten();
        if at.is_some_and(|at| self.list.click(at)) {
            return self.choose(ctx);
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32) -> Response {
        self.list.scroll(rows.signum());
        Response::done()
    }

    fn on_index(&mut self) {
        self.stale = true;
    }

    fn web_addresses(&self) -> Vec<Url> {
        self.preview.viewport.page.web_addresses()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        if let Some(index) = ctx.index.filter(|_| self.stale) {
            self.search(index, ctx);
        }
        self.areas = areas(ctx.area);
        let rows = usize::from(self.areas.list.height);
        // As many as fit with the heads between them.
        let mut height = (rows / usize::from(HIT_ROWS)).max(1);
        self.list.layout(height);
        while height > 1 && self.rows_of(self.list.window(), ctx) > rows {
            height -= 1;
            self.list.layout(height);
        }
        self.present(self.list.window(), ctx);
        self.preview(ctx);
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let field = self.areas.field;
        painter.frame(self.areas.outer, &SafeText::ours("Search everything"));
        let width = usize::from(field.width);
        let things = &ctx.library.pack().subject.things;
        let (status, room) = self.status(things, width.saturating_sub(LABEL.len() + 2));
        let (mut row, column) = self.input.row(LABEL, room + LABEL.len());
        if self.again {
            row.runs
                .iter_mut()
                .skip(1)
                .for_each(|typed| typed.role = Role::Focus);
        }
        row.pad_to(width.saturating_sub(measure::width(&status)));
        row.push(Run::new(status, Role::Dim));
        painter.row(field, &row);
        self.view_hits(painter, ctx);
        if self.areas.preview.width > 0 {
            self.preview.viewport.view(painter);
        }
        Some((field.x + column, field.y))
    }
}

#[derive(Clone, Copy, Default)]
struct SearchAreas {
    outer: Rect,
    field: Rect,
    list: Rect,
    preview: Rect,
}

fn areas(screen: Rect) -> SearchAreas {
    let width = 132
        .min(screen.width.saturating_sub(2))
        .max(screen.width.min(8));
    let outer = area::floating(screen, width, screen.height);
    let inner = outer.inner(Margin::new(2, 1));
    let below = area::below(inner, 2);
    let beside = inner.width >= PREVIEW;
    let (list, preview) = if beside {
        (inner.width * 11 / 20, u16::MAX)
    } else {
        (inner.width, 0)
    };
    // Each with its mark of where one is, and air before that.
    let list = area::left(below, list - list.min(2));
    let preview = area::right_of(below, list, 4, preview);
    let preview = area::left(preview, preview.width.saturating_sub(2));
    SearchAreas {
        outer,
        field: area::row(inner, 0),
        list,
        preview,
    }
}

#[cfg(test)]
mod tests;
