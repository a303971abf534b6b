//! References to the same page of the web: usually one text, entered twice.
//! Promise: reported once, at the later file; a `/` at the end makes no difference.

use std::collections::HashMap;

use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::pack::entry::Entry;
use crate::safe;

/// Which reference has which address.
#[derive(Default)]
pub(super) struct Urls(HashMap<String, String>);

impl CheckBetween for Urls {
    fn see(&mut self, page: &CheckedFile<'_>, _: &PackUnderCheck<'_>, report: &mut Report) {
        let Some(Entry::Reference(reference)) = page.entry else {
            return;
        };
        let url = reference.url.as_str().trim_end_matches('/').to_owned();
        let first = self.0.entry(url).or_insert_with(|| reference.id.clone());
        if *first != reference.id {
            let problem = page.warning("url-taken", safe!("`{first}` refers to the same page"));
            report.add(page.place(problem.help(safe!("keep one of the two")), &["url"], None));
        }
    }
}
