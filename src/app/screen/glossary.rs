//! The glossary: terms, narrowed by typing or by tag, with the chosen one beside them.

use crate::app::action::{Action, ListAction, MoveAction, PageAction};
use crate::app::screen::list_detail::{Arrangement, ListDetailKind, titled};
use crate::app::screen::{plain, worded};
use crate::pack::{EntryHead, Kind, Library};
use crate::text::SafeText;

/// What is special about the list of terms.
pub static KIND: ListDetailKind = ListDetailKind {
    entries: Kind::Terms,
    words: ("term", "terms"),
    tags,
    tag_word: "tag",
    arrangement: Arrangement::Beside {
        share: (1, 3),
        widest: 48,
    },
    row: |_, head, cells, typed| titled(head, cells, typed),
    rank: |_, _| 0,
    stance: None,
    tag_title,
    hints: &[
        worded(Action::Move(MoveAction::Down), "choose"),
        worded(Action::Page(PageAction::Find), "filter"),
        plain(Action::Page(PageAction::NextLink)),
        worded(Action::Move(MoveAction::Enter), "read"),
        worded(Action::Move(MoveAction::PageDown), "page"),
        plain(Action::Page(PageAction::Peek)),
        plain(Action::List(ListAction::Tag)),
        plain(Action::Page(PageAction::Source)),
        plain(Action::Page(PageAction::Copy)),
    ],
};

fn tags<'a>(head: &EntryHead<'a>) -> Vec<&'a str> {
    head.tags.split('\n').filter(|t| !t.is_empty()).collect()
}

fn tag_title(library: &Library, tag: &str) -> SafeText {
    library.pack().tag_title(tag)
}
