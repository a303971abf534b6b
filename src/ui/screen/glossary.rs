//! The glossary: terms, narrowed by typing or by tag, with the chosen one beside them.
//! Promise: what is special about it is here as data; how a shelf works is in [`crate::ui::screen::shelf`].

use crate::base::safe::SafeText;
use crate::content::address::Kind;
use crate::content::catalog::Head;
use crate::content::library::Library;
use crate::ui::act::{Act, ListAct, Move, PageAct};
use crate::ui::route::Route;
use crate::ui::screen::shelf::Manner;
use crate::ui::screen::{plain, worded};

/// How the shelf of terms differs from others.
pub static MANNER: Manner = Manner {
    kind: Kind::Terms,
    words: ("term", "terms"),
    tags,
    tag_word: "tag",
    list_share: (1, 3),
    stance: None,
    tag_title,
    route: Route::Glossary,
    hints: &[
        worded(Act::Move(Move::Down), "choose"),
        plain(Act::List(ListAct::Filter)),
        plain(Act::Page(PageAct::NextLink)),
        worded(Act::Move(Move::Enter), "read"),
        worded(Act::Move(Move::PageDown), "page"),
        plain(Act::Page(PageAct::Peek)),
        plain(Act::List(ListAct::Tag)),
        plain(Act::Page(PageAct::Find)),
        plain(Act::Page(PageAct::Source)),
        plain(Act::Page(PageAct::Copy)),
    ],
};

fn tags<'a>(head: &Head<'a>) -> Vec<&'a str> {
    head.tags.split('\n').filter(|t| !t.is_empty()).collect()
}

fn tag_title(library: &Library, tag: &str) -> SafeText {
    let named = library.pack().tags.iter().find(|t| t.id == tag);
    named.map_or_else(|| SafeText::line(tag), |t| t.title.clone())
}
