//! Lessons that claim the same place in the order.
//! Promise: reported once, at the later file.

use std::collections::HashMap;

use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::pack::entry::Entry;
use crate::safe;

/// Which lesson has which place.
#[derive(Default)]
pub(super) struct Orders(HashMap<u16, String>);

impl CheckBetween for Orders {
    fn see(&mut self, page: &CheckedFile<'_>, _: &PackUnderCheck<'_>, report: &mut Report) {
        let Some(Entry::Lesson(lesson)) = page.entry else {
            return;
        };
        let first = self
            .0
            .entry(lesson.order)
            .or_insert_with(|| lesson.id.clone());
        if *first != lesson.id {
            let problem = page.error("order-taken", safe!("lesson {} is `{first}`", lesson.order));
            report.add(page.place(
                problem.help(safe!("give the later of the two a higher number")),
                &["order"],
                None,
            ));
        }
    }
}
