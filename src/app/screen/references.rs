//! The community's references: by kind and by stance, with summary and claims beside the list.

use crate::app::action::{Action, ListAction, MoveAction, PageAction};
use crate::app::screen::list_detail::ListDetailKind;
use crate::app::screen::{plain, worded};
use crate::pack::{EntryHead, Kind, Library};
use crate::text::SafeText;

/// What is special about the list of references.
pub static KIND: ListDetailKind = ListDetailKind {
    entries: Kind::References,
    words: ("reference", "references"),
    tags: kind,
    tag_word: "kind",
    list_share: (2, 5),
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
