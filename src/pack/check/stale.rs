//! Facts older than somebody asked for with `--stale 18m`.
//!
//! Looked at: `as_of` of services, of their prices, of terms and of lessons, and `checked` of references. What a date
//! leaves open counts as its start, so `2025` is January 2025.
//! Promise: without `--stale` nothing grows old.

use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::pack::entry::Entry;
use crate::safe;
use crate::text::Day;

/// The oldest age in months that passes, and today.
pub(super) struct Stale(pub(super) Option<(i32, Day)>);

impl CheckBetween for Stale {
    fn see(&mut self, page: &CheckedFile<'_>, _: &PackUnderCheck<'_>, report: &mut Report) {
        let (Some((most, today)), Some(entry)) = (self.0, page.entry) else {
            return;
        };
        for (keys, day) in dates(entry) {
            let age = day.map_or(0, |day| day.months_until(today));
            if let Some(day) = day.filter(|_| age > most) {
                let problem = page.warning("date-stale", safe!("{day} is {age} months ago"));
                report.add(page.place(
                    problem.help(safe!("check it again and set the new date")),
                    keys,
                    None,
                ));
            }
        }
    }
}

/// The dates of an entry with the keys they stand under.
fn dates(entry: &Entry) -> Vec<(&'static [&'static str], Option<Day>)> {
    match entry {
        Entry::Term(term) => vec![(&["as_of"], term.as_of)],
        Entry::Lesson(lesson) => vec![(&["as_of"], lesson.as_of)],
        Entry::Reference(reference) => vec![(&["checked"], Some(reference.checked))],
        Entry::Service(service) => vec![
            (&["as_of"], Some(service.as_of)),
            (
                &["pricing", "as_of"],
                service.pricing.as_ref().and_then(|pricing| pricing.as_of),
            ),
        ],
        Entry::Perspective(_) | Entry::Question(_) | Entry::Myth(_) | Entry::Lens(_) => Vec::new(),
    }
}
