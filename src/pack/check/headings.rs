//! Links to a heading that the other entry does not have: `../terms/cold-start.md#exmaple`.
//!
//! Promise: an entry is read a second time only if somebody links to one of its headings, and then once.

use std::collections::{BTreeMap, HashSet};

use crate::pack::address::Address;
use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::pack::entry::read_entry;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{ByteRange, Diagnostic};

/// Links to headings: by the entry they lead to, with the entry they stand in.
#[derive(Default)]
pub(super) struct Headings(BTreeMap<Address, Vec<Wanted>>);

struct Wanted {
    anchor: Box<str>,
    path: Box<str>,
    at: ByteRange,
}

impl CheckBetween for Headings {
    fn see(&mut self, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>, report: &mut Report) {
        if let (Some(address), false) = (page.address, page.notes.anchors.is_empty()) {
            let here = page
                .notes
                .anchors
                .iter()
                .map(|(anchor, at)| Wanted::of(anchor, page, at));
            look(
                &here.collect::<Vec<_>>(),
                address,
                page.notes,
                world,
                report,
            );
        }
        for mention in page
            .notes
            .outgoing
            .iter()
            .filter(|m| world.tree.has(m.to.kind, &m.to.id))
        {
            if let Some(anchor) = &mention.anchor {
                self.0
                    .entry(mention.to.clone())
                    .or_default()
                    .push(Wanted::of(anchor, page, &mention.at));
            }
        }
    }

    fn finish(&mut self, world: &PackUnderCheck<'_>, report: &mut Report) {
        for (address, wanted) in std::mem::take(&mut self.0) {
            // What cannot be read was reported where it is.
            if let Ok(text) = world.files.read(&address.path()) {
                look(
                    &wanted,
                    &address,
                    &read_entry(&address, &text, world.pack).1,
                    world,
                    report,
                );
            }
        }
    }
}

impl Wanted {
    fn of(anchor: &str, page: &CheckedFile<'_>, at: &ByteRange) -> Self {
        Self {
            anchor: anchor.into(),
            path: page.notes.path.as_str().into(),
            at: at.clone(),
        }
    }
}

/// Reports what is wanted of an entry and not among its headings.
fn look(
    wanted: &[Wanted],
    address: &Address,
    notes: &Notes,
    world: &PackUnderCheck<'_>,
    report: &mut Report,
) {
    let there: Vec<&str> = notes
        .headings
        .iter()
        .map(|(anchor, _)| anchor.as_str())
        .collect();
    let known: HashSet<&str> = there.iter().copied().collect();
    for one in wanted.iter().filter(|one| !known.contains(&*one.anchor)) {
        report.add(problem(one, address, &there, world));
    }
}

fn problem(
    wanted: &Wanted,
    address: &Address,
    there: &[&str],
    world: &PackUnderCheck<'_>,
) -> Diagnostic {
    let near = world.near.find(&wanted.anchor, there.iter().copied());
    let help = near
        .map(|near| safe!("did you mean `#{near}`?"))
        .unwrap_or_else(|| match there {
            [] => safe!(
                "`{}` has no headings: leave out `#{}`",
                address.path(),
                wanted.anchor
            ),
            some => safe!(
                "its headings are {}",
                some.iter()
                    .take(8)
                    .map(|h| format!("`#{h}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        });
    Diagnostic::error(
        "heading-unknown",
        &wanted.path,
        safe!("`{}` has no heading `#{}`", address.path(), wanted.anchor),
    )
    .at(wanted.at.clone())
    .help(help)
}
