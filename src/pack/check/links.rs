//! Links and ids that lead to no entry, or back to the entry they stand in.
//!
//! `[x](../terms/cold-strat.md)` is a broken link; `see_also = ["cold-strat"]` names an unknown id. Whether the entry
//! they lead to has errors of its own is no matter here: those are reported where they are.
//! Promise: what is offered in its place exists.

use crate::pack::address::{Address, Kind};
use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::pack::notes::Outgoing;
use crate::safe;
use crate::text::{Diagnostic, SafeText};

/// The check.
pub(super) struct Links;

impl CheckBetween for Links {
    fn see(&mut self, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>, report: &mut Report) {
        for mention in &page.notes.outgoing {
            if !world.tree.has(mention.to.kind, &mention.to.id) {
                report.add(unknown(mention, page, world));
            } else if page.address == Some(&mention.to) {
                report.add(own(mention, page));
            }
        }
    }
}

fn unknown(mention: &Outgoing, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>) -> Diagnostic {
    let Address { kind, id } = &mention.to;
    let code = if mention.key.is_some() {
        "id-unknown"
    } else {
        "link-broken"
    };
    page.error(code, safe!("there is no {} `{id}`", kind.one()))
        .at(mention.at.clone())
        .help(
            advice(*kind, id, world)
                .unwrap_or_else(|| safe!("write `{}`, or leave this out", mention.to.path())),
        )
}

/// The near miss: a similar id of the kind, or the same id elsewhere.
fn advice(kind: Kind, id: &str, world: &PackUnderCheck<'_>) -> Option<SafeText> {
    let elsewhere = || Kind::ALL.into_iter().find(|k| world.tree.has(*k, id));
    match world.near.help(id, world.tree.ids(kind)) {
        Some(help) => Some(help),
        None => elsewhere().map(|other| {
            safe!(
                "there is a {} of that name, `{}/{id}.md`",
                other.one(),
                other.word()
            )
        }),
    }
}

fn own(mention: &Outgoing, page: &CheckedFile<'_>) -> Diagnostic {
    let help = match &mention.anchor {
        Some(anchor) => safe!("write `#{anchor}`"),
        None => SafeText::ours("leave it out"),
    };
    page.warning(
        "link-self",
        SafeText::ours("this leads to the entry it stands in"),
    )
    .at(mention.at.clone())
    .help(help)
}
