//! Search over everything: words typed, hits that say why they were found, the text of the chosen one beside them.
//!
//! What is typed is never an error. Until the index is built the overlay says so and keeps what was typed. Enter goes to
//! the hit under the cursor, at the section where the words stand.

use std::ops::Range;

use ratatui::layout::{Margin, Rect};

use crate::app::choice::Choice;
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::{Key, KeyCode};
use crate::app::painter::Painter;
use crate::app::route::Route;
use crate::app::widget::{ListCursor, Pane, TextField, area, cursor_sign, list_movement};
use crate::core::asking::understood;
use crate::core::search::{Query, RankedEntry, SearchFilter, SearchHit, SearchIndex, ingest};
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind, Things};
use crate::text::{SafeText, measure};
use crate::views;
use crate::views::answer::{self, AnswerRow, AnswerTarget};

/// Most hits that are shown.
const MOST: usize = 60;
/// From this width on, the hit's text stands beside the list.
const PREVIEW: u16 = 100;
/// What stands before what is typed.
const LABEL: &str = "search  ";
/// Rows a hit takes: its name, and why it was found.
const HIT_ROWS: u16 = 2;

#[derive(Default)]
pub struct Search {
    input: TextField,
    /// The words or the index are others than when it was last searched.
    stale: bool,
    query: Query,
    /// What answers the question, if one was typed: the rows above all hits.
    answer: Vec<AnswerRow>,
    found: Vec<RankedEntry>,
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
    /// A search that was not begun yet; `recent` are places to offer before anything is typed.
    pub fn new(recent: Vec<Address>) -> Self {
        Self {
            recent,
            stale: true,
            ..Self::default()
        }
    }

    fn choose(&self, ctx: &ScreenContext) -> Response {
        let Some(chosen) = self.chosen(ctx) else {
            return Response::done();
        };
        let (route, section) = match chosen {
            AnswerTarget::Entry(address) => (Route::of(address), None),
            AnswerTarget::Section(address, section) => (Route::of(address), Some(section)),
            AnswerTarget::Compare(kind, ids) => (Route::Versus(kind, ids), None),
            AnswerTarget::Cost(ids) => {
                return Response {
                    choice: Some(Choice::Bills(ids)),
                    ..Response::close()
                };
            }
        };
        Response {
            go: Some((route, section)),
            ..Response::close()
        }
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
        for word in self.query.text().split_whitespace() {
            let message = self.preview.viewport.search(word);
            if message.is_some_and(|words| words.starts_with("hit")) {
                break;
            }
        }
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
        let asked = understood(library, self.input.value());
        let stop_words = &library.pack().subject.search.stop_words;
        self.query = Query::parse(&asked.words).without(stop_words);
        self.found = index.rank(&self.query, MOST, &only);
        self.answer = Vec::new();
        if let Some(question) = &asked.question {
            self.found
                .retain(|found| !question.entries().iter().any(|a| index.is(found, a)));
            self.answer = answer::rows(library, question, ctx.view);
            let kind = self.kind;
            self.answer
                .retain(|row| kind.is_none() || row.leads_to.kind() == kind);
        }
        self.hits = vec![None; self.found.len()];
        if self.query.is_blank() {
            let offered = index.start(&self.recent, &ingest::starting_points(library), MOST);
            self.hits = offered
                .into_iter()
                .filter(|h| only.admits(h.kind))
                .map(Some)
                .collect();
        }
        self.list = ListCursor::new(self.answer.len() + self.hits.len());
        self.preview.forget();
    }

    fn next_kind(&mut self, forward: bool) {
        let kinds = || Kind::ALL.into_iter();
        self.kind = match (self.kind, forward) {
            (None, true) => kinds().next(),
            (None, false) => kinds().next_back(),
            (Some(now), true) => kinds().skip_while(|k| *k != now).nth(1),
            (Some(now), false) => kinds().take_while(|k| *k != now).last(),
        };
    }

    /// What is searched and how much was found, in as many words as leave room for what is typed; and that room.
    fn status(&self, things: &Things, width: usize) -> (SafeText, usize) {
        let is_entry = |row: &&AnswerRow| matches!(row.leads_to, AnswerTarget::Entry(_));
        let entries = self.answer.iter().filter(is_entry).count();
        let hits = measure::count(entries + self.hits.len(), "hit", "hits");
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

    fn view_hits(&self, painter: &mut Painter, ctx: &ScreenContext) {
        let area = self.areas.list;
        if self.hits.is_empty() && self.answer.is_empty() {
            let status = match (ctx.index, self.input.value().trim()) {
                (None, _) => "Reading everything once …",
                (Some(_), "") => "Type a word, a name, or half of one.",
                (Some(_), _) => "Nothing found. Fewer or other words may help.",
            };
            painter.text(area, &SafeText::ours(status), Role::Dim);
            return;
        }
        let things = &ctx.library.pack().subject.things;
        let width = usize::from(area.width);
        for (i, n) in self.list.window().enumerate() {
            let on = n == self.list.cursor;
            let hit = n.checked_sub(self.answer.len());
            let hit = hit.and_then(|n| self.hits.get(n)?.as_ref());
            let rows = match (self.answer.get(n), hit) {
                (Some(row), _) => answer_rows(things, row, on, width),
                (None, Some(hit)) => hit_rows(things, hit, on, width),
                (None, None) => continue,
            };
            let at = area::rows(area, i as u16 * HIT_ROWS, HIT_ROWS);
            painter.rows(at, &rows);
            if on {
                painter.tint(area::left(area::row(at, 0), 2), Role::Focus);
            }
        }
    }
}

impl Overlay for Search {
    fn hints(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("↑↓", "choose"),
            ("Tab", "kind"),
            ("Enter", "go there"),
            ("Esc", "close"),
        ]
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        match key.code {
            KeyCode::Enter => return self.choose(ctx),
            KeyCode::Tab => {
                self.next_kind(!key.shift);
                self.stale = true;
                return Response::done();
            }
            _ => {}
        }
        if let Some(to) = list_movement(key) {
            self.list.moved(to, None);
        } else if self.input.key(key) {
            self.stale = true;
        }
        Response::done()
    }

    fn on_paste(&mut self, text: &SafeText) -> Response {
        self.input.paste(text);
        self.stale = true;
        Response::done()
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let list = self.areas.list;
        if list.contains((column, row).into())
            && self.list.click(usize::from((row - list.y) / HIT_ROWS))
        {
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

    fn layout(&mut self, ctx: &ScreenContext) {
        if let Some(index) = ctx.index.filter(|_| self.stale) {
            self.search(index, ctx);
        }
        self.areas = areas(ctx.area);
        let height = usize::from(self.areas.list.height / HIT_ROWS).max(1);
        self.list.layout(height);
        self.present(self.list.window(), ctx);
        self.preview(ctx);
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let field = self.areas.field;
        painter.frame(self.areas.outer, &SafeText::ours("Search everything"));
        let width = usize::from(field.width);
        let things = &ctx.library.pack().subject.things;
        let (status, room) = self.status(things, width.saturating_sub(LABEL.len() + 1));
        let (mut row, column) = self.input.row(LABEL, room + LABEL.len());
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

/// A row of an answer in two: where it leads, and what there is to say of it.
fn answer_rows(things: &Things, row: &AnswerRow, on: bool, width: usize) -> Vec<Row> {
    let kind = match &row.leads_to {
        AnswerTarget::Entry(address) | AnswerTarget::Section(address, _) => {
            things.one_of(address.kind)
        }
        AnswerTarget::Compare(..) => SafeText::ours("compare"),
        AnswerTarget::Cost(_) => SafeText::ours("cost"),
    };
    let role = if on { Role::Strong } else { Role::Text };
    let name = vec![cursor_sign(on), Run::new(row.title.clone(), role)];
    let note = vec![
        Run::ours("  ", Role::Text),
        Run::new(row.note.clone(), Role::Dim),
    ];
    let mut second = Row::from_runs(note);
    second.cut(width);
    vec![named_row(name, kind, width), second]
}

/// A name, and at the right end what kind it is.
fn named_row(name: Vec<Run>, kind: SafeText, width: usize) -> Row {
    let mut row = Row::from_runs(name);
    row.cut(width.saturating_sub(measure::width(&kind) + 2));
    row.pad_to(width.saturating_sub(measure::width(&kind)));
    row.push(Run::new(kind, Role::Label));
    row
}

/// A hit in two rows: its name with the letters that matched, its kind; why, and the passage.
fn hit_rows(things: &Things, hit: &SearchHit, on: bool, width: usize) -> Vec<Row> {
    let kind = things.one_of(hit.kind);
    let role = if on { Role::Strong } else { Role::Text };
    let mut name = vec![cursor_sign(on)];
    name.extend(marked(&hit.title, &hit.marks, role));
    let first = named_row(name, kind, width);
    let why = Run::new(hit.why.clone(), Role::Dim);
    let mut second = Row::from_runs(vec![Run::ours("  ", Role::Text), why]);
    if !hit.excerpt.is_empty() && !hit.why.contains("in the text") {
        let between = if hit.why.is_empty() { "" } else { " · " };
        second.push(Run::ours(between, Role::Dim));
        let excerpt = marked(&hit.excerpt, &hit.excerpt_marks, Role::Dim);
        second.runs.extend(excerpt);
    }
    second.cut(width);
    vec![first, second]
}

/// A text with its matched letters marked.
fn marked(words: &SafeText, marks: &[Range<usize>], role: Role) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for mark in marks {
        runs.push(Run::new(words.slice(at..mark.start), role));
        runs.push(Run::new(words.slice(mark.clone()), Role::Hit));
        at = mark.end;
    }
    runs.push(Run::new(words.slice(at..words.len()), role));
    runs.retain(|r| !r.text.is_empty());
    runs
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
    let list = area::left(below, list);
    let preview = area::right_of(below, list, 3, preview);
    SearchAreas {
        outer,
        field: area::row(inner, 0),
        list,
        preview,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::{App, check, with_context};

    #[test]
    fn words_find_entries_and_enter_goes_there() {
        check(&[
            ("sknocker", "> Knocker", "Nothing found"),
            ("sknocker<Enter>", "Older than the", "Search everything"),
            ("s", "a good place to start", ""),
            (
                "szzzzqqq",
                "Nothing found. Fewer or other words may help.",
                "",
            ),
            ("sknocker<Esc>", "Compare", "Search everything"),
            ("szzzzqqq<Enter>", "Search everything", ""),
        ]);
    }

    #[test]
    fn a_question_leads_with_its_answer_and_its_rows_lead_on() {
        check(&[
            ("swhat is a knocker?", "> Knocker", "Nothing found"),
            (
                "swhat is a knocker?<Enter>",
                "Older than the",
                "Search everything",
            ),
            ("schime vs knocker", "> Chime", "Nothing found"),
            ("schime vs knocker<Down>", "> Knocker", "Nothing found"),
            ("sbell view vs knocker view", "Definitions side by side", ""),
            (
                "sbell view vs knocker view<Down><Down><Enter>",
                "Who rings?",
                "Search everything",
            ),
            ("sis bell one serverless", "> Bell One", "Nothing found"),
        ]);
    }

    #[test]
    fn tab_goes_through_the_kinds() {
        check(&[
            ("schime", "Tab everything", ""),
            (
                "schime<Tab><Tab><Shift-Tab><Shift-Tab>",
                "Tab everything",
                "",
            ),
            ("schime<Tab>", "Tab ", "Tab everything"),
        ]);
    }

    #[test]
    fn the_chosen_hit_shows_beside_the_list_where_there_is_room() {
        let wide = App::sized(120, 30).keys("sknocker");
        wide.shows("Older than the");
        let narrow = App::sized(80, 30).keys("sknocker");
        narrow.hides("Older than the");
    }

    #[test]
    fn a_click_on_a_hit_goes_there() {
        let app = App::new().keys("sknocker");
        let (x, y) = app.find("> Knocker");
        app.click(x, y)
            .shows("Older than the")
            .hides("Search everything");
    }

    #[test]
    fn without_an_index_it_waits_and_keeps_what_was_typed() {
        with_context(Rect::new(0, 1, 80, 22), |ctx| {
            let mut search = Search::new(Vec::new());
            search.on_key(Key::char('x'), ctx);
            search.layout(ctx);
            assert!(search.stale && search.hits.is_empty());
            assert_eq!(search.input.value(), "x");
            assert!(search.on_key(Key::plain(KeyCode::Enter), ctx).go.is_none());
        });
    }

    #[test]
    fn matched_letters_are_marked() {
        let words = SafeText::ours("cold start");
        let marks = [0..2, 5..7];
        let runs = marked(&words, &marks, Role::Text);
        let told: Vec<(&str, bool)> = runs
            .iter()
            .map(|r| (&*r.text, r.role == Role::Hit))
            .collect();
        assert_eq!(
            told,
            [("co", true), ("ld ", false), ("st", true), ("art", false)]
        );
    }

    #[test]
    fn the_areas_fit_any_window() {
        for width in 0..140 {
            for height in [0, 1, 2, 5, 30] {
                let screen = Rect::new(0, 1, width, height);
                let areas = areas(screen);
                for inner in [areas.outer, areas.field, areas.list] {
                    assert!(inner.right() <= screen.right() + 2, "{screen}: {inner}");
                }
                assert!(areas.preview.right() <= screen.right() || areas.preview.width == 0);
            }
        }
    }
}
