//! The references: by kind and by stance, with summary and claims beside the list.

use crate::app::action::{Action, ListAction, MoveAction, PageAction};
use crate::app::screen::list_detail::ListDetailKind;
use crate::app::screen::{plain, worded};
use crate::layout::{Role, Run};
use crate::pack::{EntryHead, Kind, Library, Side};
use crate::text::{SafeText, measure};
use crate::views::lens::side_role;

/// What is special about the list of references.
pub static KIND: ListDetailKind = ListDetailKind {
    entries: Kind::References,
    words: ("reference", "references"),
    tags: kind,
    tag_word: "kind",
    list_share: (1, 2),
    widest: 104,
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

/// Narrowest row that says who wrote it, what stance it takes, and of what kind it is, in cells.
const COLUMNS: (usize, usize, usize) = (40, 58, 80);
/// Cells of who wrote it, of a stance, and of a kind.
const CELLS: (usize, usize, usize) = (14, 13, 13);
/// Cells of who wrote it in place of the year.
const NAMED: usize = 12;
/// A row so wide has more cells for who wrote it.
const WIDE: (usize, usize) = (96, 18);

/// Year, author, title, kind, stance; as many as there is room for.
fn row(library: &Library, head: &EntryHead<'_>, cells: usize) -> Vec<Run> {
    let (who, year) = written(head);
    let padded = |words: &str, cells: usize| {
        let words = measure::cut(&SafeText::line(words), cells);
        let gap = cells - measure::width(&words);
        crate::safe!("{words}{}  ", " ".repeat(gap))
    };
    // Who wrote it stands in place of a year that nobody knows, where it has no column.
    let is_named = year.is_empty() && cells < COLUMNS.0;
    let (first, width) = match (year, is_named) {
        (_, true) => (who, NAMED),
        ("", false) => ("–", 4),
        (year, false) => (year, 4),
    };
    let mut runs = vec![Run::new(padded(first, width), Role::Dim)];
    let mut left = cells.saturating_sub(width + 2);
    if cells >= COLUMNS.0 {
        let author = if cells >= WIDE.0 { WIDE.1 } else { CELLS.0 };
        runs.push(Run::new(padded(who, author), Role::Label));
        left -= author + 2;
    }
    if cells < COLUMNS.1 {
        let title = measure::cut(&SafeText::line(head.title), left);
        runs.push(Run::new(title, Role::Text));
        return runs;
    }
    left -= CELLS.1 + 2;
    let is_wide = cells >= COLUMNS.2;
    if is_wide {
        left -= CELLS.2 + 2;
    }
    runs.push(Run::new(padded(head.title, left), Role::Text));
    if is_wide {
        let kind = kind(head).first().copied().unwrap_or_default();
        runs.push(Run::new(padded(kind, CELLS.2), Role::Dim));
    }
    let id = stance(head).unwrap_or_default();
    let title = library.pack().subject.stance(id).map(|s| s.title.clone());
    let title = measure::cut(&title.unwrap_or_default(), CELLS.1);
    runs.push(Run::new(title, side_role(side(library, head), Role::Dim)));
    runs
}
