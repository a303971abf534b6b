//! The references: by kind and by stance, with summary and claims below the list.

use crate::app::action::{Action, ListAction, MoveAction, PageAction};
use crate::app::screen::list_detail::{Arrangement, ListDetailKind, titled};
use crate::app::screen::{plain, worded};
use crate::layout::{Role, Row};
use crate::pack::{EntryHead, Kind, Library, Side};
use crate::text::{SafeText, measure};
use crate::views::lens::side_role;

/// What is special about the list of references.
pub static KIND: ListDetailKind = ListDetailKind {
    entries: Kind::References,
    words: ("reference", "references"),
    tags: kind,
    tag_word: "kind",
    arrangement: Arrangement::Above { widest: 140, heads },
    row,
    rank,
    stance: Some(stance),
    tag_title,
    hints: &[
        worded(Action::Move(MoveAction::Down), "choose"),
        worded(Action::Page(PageAction::Find), "filter"),
        worded(Action::List(ListAction::Tag), "kind"),
        plain(Action::List(ListAction::Stance)),
        plain(Action::Page(PageAction::Source)),
        plain(Action::Page(PageAction::NextLink)),
        plain(Action::Page(PageAction::Copy)),
        worded(Action::Move(MoveAction::Enter), "read"),
    ],
};

fn kind<'a>(head: &EntryHead<'a>) -> Vec<&'a str> {
    head.tags
        .split('\n')
        .take(1)
        .filter(|t| !t.is_empty())
        .collect()
}

fn stance<'a>(head: &EntryHead<'a>) -> Option<&'a str> {
    head.tags.split('\n').nth(1)
}

fn tag_title(_: &Library, tag: &str) -> SafeText {
    SafeText::line(tag)
}

/// Who wrote it and in which year.
fn written<'a>(head: &EntryHead<'a>) -> (&'a str, &'a str) {
    match head.brief.rsplit_once(", ") {
        Some((who, year)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
            (who, year)
        }
        _ => (head.brief, ""),
    }
}

fn side(library: &Library, head: &EntryHead<'_>) -> Side {
    let stance = stance(head).and_then(|id| library.pack().subject.stance(id));
    stance.map_or(Side::Neither, |stance| stance.side)
}

/// The community first, oldest first; those of the first side of the dispute, its makers, last.
fn rank(library: &Library, head: &EntryHead<'_>) -> u32 {
    let year = written(head).1.parse().unwrap_or(9999);
    match side(library, head) {
        Side::First => 10_000 + year,
        Side::Second | Side::Neither => year,
    }
}

/// What a row has room for, in cells; 0 where a column does not show.
struct Columns {
    /// The year, or, where nobody knows it and there is no column for it, who wrote it.
    first: usize,
    author: usize,
    title: usize,
    kind: usize,
    stance: usize,
}

/// Cells between two columns.
const GAP: usize = 2;
/// Cells of who wrote it in place of the year.
const NAMED: usize = 12;

impl Columns {
    /// As many as there is room for: titles come before who wrote it, that before the stance, that before the kind.
    fn of(cells: usize) -> Self {
        let shown = |from: usize, width: usize| if cells >= from { width } else { 0 };
        let mut columns = Self {
            first: 4,
            author: shown(60, 16).max(shown(104, 18)),
            title: 0,
            kind: shown(104, 12),
            stance: shown(88, 13).max(shown(104, 16)),
        };
        let Self {
            first,
            author,
            kind,
            stance,
            ..
        } = columns;
        let others = [first, author, kind, stance]
            .into_iter()
            .filter(|width| *width > 0);
        columns.title = cells.saturating_sub(others.map(|width| width + GAP).sum());
        columns
    }
}

/// One column behind the other; those without a width do not show.
fn in_columns(columns: [(usize, Row); 5]) -> Row {
    let mut row = Row::default();
    for (width, words) in columns.into_iter().filter(|(width, _)| *width > 0) {
        let end = row.width() + width + GAP;
        row.runs.extend(words.runs);
        row.pad_to(end);
    }
    row
}

/// Words of a column, cut to it.
fn cell(words: &str, width: usize, role: Role) -> (usize, Row) {
    let words = measure::cut(&SafeText::line(words), width);
    (width, Row::of(words, role))
}

fn heads(cells: usize) -> Row {
    let columns = Columns::of(cells);
    in_columns([
        cell("year", columns.first, Role::Dim),
        cell("author", columns.author, Role::Dim),
        cell("title", columns.title, Role::Dim),
        cell("kind", columns.kind, Role::Dim),
        cell("stance", columns.stance, Role::Dim),
    ])
}

/// Year, author, title, kind, stance; as many as there is room for.
fn row(library: &Library, head: &EntryHead<'_>, cells: usize, typed: &str) -> Row {
    let mut columns = Columns::of(cells);
    let (who, year) = written(head);
    let first = match year {
        "" if columns.author == 0 => {
            columns.title = columns.title.saturating_sub(NAMED - columns.first);
            columns.first = NAMED;
            who
        }
        "" => "–",
        year => year,
    };
    let id = stance(head).unwrap_or_default();
    let stance = library.pack().subject.stance(id);
    let stance = stance.map_or("", |stance| stance.title.as_str());
    let kind = kind(head).first().copied().unwrap_or_default();
    in_columns([
        cell(first, columns.first, Role::Dim),
        cell(who, columns.author, Role::Label),
        (columns.title, titled(head, columns.title, typed)),
        cell(kind, columns.kind, Role::Dim),
        cell(
            stance,
            columns.stance,
            side_role(side(library, head), Role::Dim),
        ),
    ])
}
