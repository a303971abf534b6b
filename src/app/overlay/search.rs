//! Search over everything: words typed, hits that say why they were found, the text of the chosen one beside them.
//! Promises: what is typed is never an error; until the index is there the layer says so and keeps what was typed; Enter
//! goes to the hit under the cursor, at the section where the words stand.

use std::ops::Range;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::MoveAction;
use crate::app::key::{Key, KeyCode};
use crate::app::overlay::body;
use crate::app::painter::Painter;
use crate::app::widget::{ListCursor, TextField, Viewport};
use crate::core::search::{Query, RankedEntry, SearchFilter, SearchHit, SearchIndex, ingest};
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind, Library};
use crate::text::{SafeText, measure};
use crate::views;

/// Most hits that are shown.
const MOST: usize = 60;
/// From this width on, the hit's text stands beside the list.
const PREVIEW: u16 = 100;
/// What stands before what is typed.
const LABEL: &str = "search  ";
/// Rows a hit takes: its name, and why it was found.
const HIT_ROWS: u16 = 2;

/// The layer.
#[derive(Default)]
pub struct Search {
    input: TextField,
    query: Query,
    found: Vec<RankedEntry>,
    /// What is listed: what was found is made presentable when it comes into sight, what is offered is so from the start.
    hits: Vec<Option<SearchHit>>,
    list: ListCursor,
    /// Only this kind; all when `None`.
    kind: Option<Kind>,
    index: Option<Arc<SearchIndex>>,
    recent: Vec<Address>,
    preview: Viewport,
    /// What the preview is of, and how wide.
    previewed: Option<(Address, usize)>,
}

/// Where a key led.
pub enum SearchKeyResult {
    /// Nowhere; the layer stays.
    Nothing,
    /// To an entry, perhaps at a heading.
    Go(Address, Option<String>),
}

impl Search {
    /// A search without an index yet; `recent` are places to offer before anything is typed.
    pub fn new(recent: Vec<Address>) -> Self {
        Self {
            recent,
            ..Self::default()
        }
    }

    /// The index is there: whatever was typed meanwhile is searched.
    pub fn has(&mut self, index: Arc<SearchIndex>, library: &Library) {
        self.index = Some(index);
        self.look(library);
    }

    /// Takes a key.
    pub fn key(&mut self, chord: Key, screen: Rect, library: &Library) -> SearchKeyResult {
        let height = self.visible(screen);
        let to = match (chord.code, chord.ctrl) {
            (KeyCode::Enter, _) => {
                return self
                    .chosen()
                    .map_or(SearchKeyResult::Nothing, |(a, s)| SearchKeyResult::Go(a, s));
            }
            (KeyCode::Tab, _) => {
                self.next_kind(!chord.shift);
                self.look(library);
                return SearchKeyResult::Nothing;
            }
            (KeyCode::Up, _) | (KeyCode::Char('p'), true) => Some(MoveAction::Up),
            (KeyCode::Down, _) | (KeyCode::Char('n'), true) => Some(MoveAction::Down),
            (KeyCode::PageUp, _) => Some(MoveAction::PageUp),
            (KeyCode::PageDown, _) => Some(MoveAction::PageDown),
            _ => None,
        };
        match to {
            Some(to) => {
                self.list.moved(to, None, height);
            }
            None if self.input.key(chord) => self.look(library),
            None => {}
        }
        SearchKeyResult::Nothing
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &SafeText, library: &Library) {
        self.input.paste(text);
        self.look(library);
    }

    /// Turns the wheel over the hits.
    pub fn scroll(&mut self, rows: i32, screen: Rect) {
        let height = self.visible(screen);
        self.list.scroll(rows.signum(), height);
    }

    /// The hit at a cell of the screen.
    pub fn click(&mut self, screen: Rect, column: u16, row: u16) -> SearchKeyResult {
        let areas = areas(screen);
        if !areas.list.contains((column, row).into()) {
            return SearchKeyResult::Nothing;
        }
        let at = self.list.top + usize::from((row - areas.list.y) / HIT_ROWS);
        if at >= self.list.len {
            return SearchKeyResult::Nothing;
        }
        self.list.cursor = at;
        self.chosen()
            .map_or(SearchKeyResult::Nothing, |(a, s)| SearchKeyResult::Go(a, s))
    }

    /// Fits the list to the screen and lays the preview out.
    pub fn settle(&mut self, screen: Rect, library: &Library) {
        let height = self.visible(screen);
        self.list.settle(height);
        self.show(self.list.window(height));
        let area = areas(screen).preview;
        let wanted = self
            .chosen()
            .map(|(address, _)| (address, usize::from(area.width)));
        if area.width == 0 || wanted == self.previewed {
            return;
        }
        let page = wanted
            .as_ref()
            .and_then(|(address, width)| views::entry::peek(library, address, *width));
        self.preview.show(
            Arc::new(page.map(|(_, page)| page).unwrap_or_default()),
            false,
        );
        for word in self.input.value().split_whitespace() {
            if self
                .preview
                .search(word, usize::from(area.height))
                .is_some_and(|said| said.starts_with("hit"))
            {
                break;
            }
        }
        self.previewed = wanted;
    }

    fn visible(&self, screen: Rect) -> usize {
        usize::from(areas(screen).list.height / HIT_ROWS).max(1)
    }

    /// Makes the hits presentable that will be seen.
    fn show(&mut self, window: Range<usize>) {
        let (Some(index), Some(hits)) = (&self.index, self.hits.get_mut(window.clone())) else {
            return;
        };
        if hits.iter().any(Option::is_none) {
            let shown = index.show(&self.query, self.found.get(window).unwrap_or(&[]));
            hits.iter_mut()
                .zip(shown)
                .for_each(|(slot, hit)| *slot = Some(hit));
        }
    }

    fn chosen(&self) -> Option<(Address, Option<String>)> {
        let at = self.list.cursor;
        let unseen = || {
            self.index
                .as_ref()?
                .show(&self.query, self.found.get(at..=at)?)
                .pop()
        };
        let hit = self.hits.get(at)?.clone().or_else(unseen)?;
        Some((hit.address()?, hit.section))
    }

    fn look(&mut self, library: &Library) {
        let Some(index) = &self.index else { return };
        let only = SearchFilter::only(self.kind);
        self.query = Query::parse(self.input.value());
        self.found = index.rank(&self.query, MOST, &only);
        self.hits = vec![None; self.found.len()];
        if self.query.is_blank() {
            let offered = index.start(&self.recent, &ingest::starting_points(library), MOST);
            self.hits = offered
                .into_iter()
                .filter(|h| only.admits(h.kind))
                .map(Some)
                .collect();
        }
        self.list = ListCursor::new(self.hits.len());
        self.previewed = None;
    }

    fn next_kind(&mut self, forward: bool) {
        let now = self
            .kind
            .and_then(|k| Kind::ALL.iter().position(|a| *a == k));
        self.kind = match (now, forward) {
            (None, true) => Kind::ALL.first().copied(),
            (None, false) => Kind::ALL.last().copied(),
            (Some(at), true) => Kind::ALL.get(at + 1).copied(),
            (Some(at), false) => at.checked_sub(1).and_then(|at| Kind::ALL.get(at).copied()),
        };
    }

    /// Paints the layer; where the cursor stands.
    pub fn view(&self, brush: Painter, buf: &mut Buffer, screen: Rect) -> Option<(u16, u16)> {
        let areas = areas(screen);
        brush.frame(buf, areas.outer, &SafeText::ours("Search everything"));
        let width = usize::from(areas.field.width);
        let (said, room) = self.said(width.saturating_sub(LABEL.len() + 1));
        let (typed, column) = self.input.shown(room);
        let mut field = Row::from_runs(vec![
            Run::ours(LABEL, Role::Label),
            Run::new(typed, Role::Strong),
        ]);
        field.pad_to(width.saturating_sub(measure::width(&said)));
        field.push(Run::new(said, Role::Dim));
        brush.row(buf, areas.field, &field);
        self.view_hits(brush, buf, areas.list);
        if areas.preview.width > 0 {
            self.preview.view(brush, buf, areas.preview);
        }
        Some((areas.field.x + (LABEL.len() + column) as u16, areas.field.y))
    }

    /// What is searched and how much was found, in as many words as leave room for what is typed; and that room.
    fn said(&self, width: usize) -> (SafeText, usize) {
        let hits = measure::count(self.hits.len(), "hit", "hits");
        let kind = self.kind.map_or("everything", Kind::word);
        let whole = crate::safe!("Tab {kind} · {hits}");
        // The cursor stands behind what is typed.
        let typed = measure::width(self.input.value()) + 1;
        let short = self.kind.map_or_else(
            || hits.clone(),
            |kind| crate::safe!("{} · {hits}", kind.word()),
        );
        let said = if measure::width(&whole) + typed <= width {
            whole
        } else {
            short
        };
        let room = width.saturating_sub(measure::width(&said));
        (said, room)
    }

    fn view_hits(&self, brush: Painter, buf: &mut Buffer, area: Rect) {
        if self.hits.is_empty() {
            let said = match (&self.index, self.input.value().trim()) {
                (None, _) => "Reading everything once …",
                (Some(_), "") => "Type a word, a name, or half of one.",
                (Some(_), _) => "Nothing found. Fewer or other words may help.",
            };
            brush.text(buf, area, &SafeText::ours(said), Role::Dim);
            return;
        }
        let height = usize::from(area.height / HIT_ROWS).max(1);
        for (i, n) in self.list.window(height).enumerate() {
            let Some(Some(hit)) = self.hits.get(n) else {
                continue;
            };
            let spot = Rect {
                y: area.y + i as u16 * HIT_ROWS,
                height: HIT_ROWS.min(area.height),
                ..area
            };
            brush.rows(
                buf,
                spot,
                &hit_rows(hit, n == self.list.cursor, usize::from(area.width)),
            );
            if n == self.list.cursor {
                brush.tint(
                    buf,
                    Rect {
                        width: 2.min(spot.width),
                        height: 1,
                        ..spot
                    },
                    Role::Focus,
                );
            }
        }
    }
}

/// A hit in two rows: its name with the letters that matched, its kind; why, and the passage.
fn hit_rows(hit: &SearchHit, on: bool, width: usize) -> Vec<Row> {
    let kind = SafeText::ours(hit.kind.one());
    let mut name = vec![Run::ours(
        if on { "> " } else { "  " },
        if on { Role::Focus } else { Role::Text },
    )];
    name.extend(marked(
        &hit.title,
        &hit.marks,
        if on { Role::Strong } else { Role::Text },
    ));
    let mut first = Row::from_runs(name);
    first.cut(width.saturating_sub(measure::width(&kind) + 2));
    first.pad_to(width.saturating_sub(measure::width(&kind)));
    first.push(Run::new(kind, Role::Label));
    let mut second = Row::from_runs(vec![
        Run::ours("  ", Role::Text),
        Run::new(hit.why.clone(), Role::Dim),
    ]);
    if !hit.excerpt.is_empty() && !hit.why.contains("in the text") {
        let between = if hit.why.is_empty() { "" } else { " · " };
        second.push(Run::ours(between, Role::Dim));
        second
            .runs
            .extend(marked(&hit.excerpt, &hit.excerpt_marks, Role::Dim));
    }
    second.cut(width);
    vec![first, second]
}

/// A text with its matched letters marked.
fn marked(words: &SafeText, marks: &[Range<usize>], role: Role) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for mark in marks {
        runs.push(Run {
            text: words.slice(at..mark.start),
            role,
            link: None,
        });
        runs.push(Run {
            text: words.slice(mark.clone()),
            role: Role::Hit,
            link: None,
        });
        at = mark.end;
    }
    runs.push(Run {
        text: words.slice(at..words.len()),
        role,
        link: None,
    });
    runs.retain(|r| !r.text.is_empty());
    runs
}

/// The areas of the layer.
struct SearchAreas {
    outer: Rect,
    field: Rect,
    list: Rect,
    preview: Rect,
}

fn areas(screen: Rect) -> SearchAreas {
    let screen = body(screen);
    let width = 132
        .min(screen.width.saturating_sub(2))
        .max(screen.width.min(8));
    let outer = Rect {
        x: screen.x + (screen.width - width) / 2,
        width,
        ..screen
    };
    let inner = Rect {
        x: outer.x + 2.min(outer.width),
        y: outer.y + 1.min(outer.height),
        width: outer.width.saturating_sub(4),
        height: outer.height.saturating_sub(2),
    };
    let below = Rect {
        y: inner.y + 2.min(inner.height),
        height: inner.height.saturating_sub(2),
        ..inner
    };
    let beside = inner.width >= PREVIEW;
    let list = if beside {
        Rect {
            width: inner.width * 11 / 20,
            ..below
        }
    } else {
        below
    };
    let x = list.right() + 3;
    let preview = Rect {
        x,
        width: if beside {
            inner.right().saturating_sub(x)
        } else {
            0
        },
        ..below
    };
    SearchAreas {
        outer,
        field: Rect {
            height: 1.min(inner.height),
            ..inner
        },
        list,
        preview,
    }
}
