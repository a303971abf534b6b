//! Names that mean two entries of a kind: a title or alias that somebody else has, or that is another entry's id.
//!
//! Names are looked up without case, accents, dashes and spaces, so `FaaS` and `faas` are one name. An entry may well
//! repeat its own, and the titles of references are not ours to choose.
//! Promise: reported once, at the later of the two; an id is always its own entry's.

use std::collections::HashMap;

use crate::pack::address::{Address, Kind};
use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::safe;
use crate::text::measure::fold_tight;

/// Who has a name, by kind and folded name: a place in the list of entries.
#[derive(Default)]
pub(super) struct NameOwners {
    owners: HashMap<(Kind, Box<str>), u32>,
}

impl NameOwners {
    /// Gives every id to its entry.
    pub(super) fn of(entries: &[Address]) -> Self {
        let ids = entries
            .iter()
            .zip(0u32..)
            .map(|(a, n)| ((a.kind, fold_tight(&a.id).into()), n));
        // The first of two ids that fold alike keeps it; the other will not find its name its own.
        let mut owners = HashMap::with_capacity(entries.len() * 2);
        for (name, n) in ids {
            owners.entry(name).or_insert(n);
        }
        Self { owners }
    }
}

impl CheckBetween for NameOwners {
    fn see(&mut self, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>, report: &mut Report) {
        let Some(address) = page
            .address
            .filter(|address| address.kind != Kind::References)
        else {
            return;
        };
        let Ok(me) = world.tree.entries.binary_search(address).map(|n| n as u32) else {
            return;
        };
        for name in &page.notes.names {
            let folded = fold_tight(&name.text);
            if folded.is_empty() {
                continue;
            }
            let owner = *self
                .owners
                .entry((address.kind, folded.into()))
                .or_insert(me);
            let Some(other) = world
                .tree
                .entries
                .get(owner as usize)
                .filter(|_| owner != me)
            else {
                continue;
            };
            let problem = page.error(
                "name-taken",
                safe!(
                    "`{}` also means the {} `{}`",
                    name.text,
                    other.kind.one(),
                    other.id
                ),
            );
            let help = if name.alias {
                "leave out this alias, or that name"
            } else {
                "give one of the two another name"
            };
            report.add(problem.at(name.at.clone()).help(safe!("{help}")));
        }
    }
}
