//! The community's references: by kind and by stance, with summary and claims beside the list.
//! Promise: what is special about them is here as data; how a shelf works is in [`crate::ui::screen::shelf`].

use crate::base::safe::SafeText;
use crate::content::address::Kind;
use crate::content::catalog::Head;
use crate::content::library::Library;
use crate::ui::act::{Act, ListAct, Move, PageAct};
use crate::ui::route::Route;
use crate::ui::screen::shelf::Manner;
use crate::ui::screen::{plain, worded};

/// How the shelf of references differs from others.
pub static MANNER: Manner = Manner {
    kind: Kind::References,
    words: ("reference", "references"),
    tags: kind,
    tag_word: "kind",
    list_share: (2, 5),
    stance: Some(stance),
    tag_title,
    route: Route::References,
    hints: &[
        worded(Act::Move(Move::Down), "choose"),
        plain(Act::List(ListAct::Filter)),
        worded(Act::List(ListAct::Tag), "kind"),
        plain(Act::List(ListAct::Stance)),
        plain(Act::Page(PageAct::Source)),
        plain(Act::Page(PageAct::NextLink)),
        plain(Act::Page(PageAct::Copy)),
        worded(Act::Move(Move::Enter), "read"),
    ],
};

fn kind<'a>(head: &Head<'a>) -> Vec<&'a str> {
    head.tags.split('\n').take(1).filter(|t| !t.is_empty()).collect()
}

fn stance<'a>(head: &Head<'a>) -> Option<&'a str> {
    head.tags.split('\n').nth(1)
}

fn tag_title(_: &Library, tag: &str) -> SafeText {
    SafeText::line(tag)
}
