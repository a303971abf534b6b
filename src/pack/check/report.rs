//! Where all problems of a run end up.
//! Promises: at most [`MOST`] are kept, few of any one file, errors before warnings and then in order, the same ones
//! whatever order they came in; all are counted; texts are fetched at the end, for the kept ones only.

use std::collections::BTreeMap;

use crate::pack::files::Files;
use crate::text::{Diagnostic, Severity};

/// Most problems that are kept and shown.
pub const MOST: usize = 1_000;
/// Most errors, and most warnings, of one file among them: no file crowds out the others.
const MOST_OF_A_FILE: usize = 250;

/// The problems so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    kept: Vec<Diagnostic>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl Report {
    /// Adds one problem.
    pub(super) fn add(&mut self, problem: Diagnostic) {
        match problem.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.kept.push(problem);
        if self.kept.len() >= 2 * MOST {
            self.cut();
        }
    }

    /// Keeps the worst. Done only when twice too many are there, so that a flood costs little each.
    fn cut(&mut self) {
        self.kept
            .sort_unstable_by(|a, b| a.severity.cmp(&b.severity).then_with(|| a.order(b)));
        let (mut last, mut count) = (None, 0);
        self.kept.retain(|problem| {
            let key = Some((problem.severity, problem.path.clone()));
            count = if key == last { count + 1 } else { 1 };
            last = key;
            count <= MOST_OF_A_FILE
        });
        self.kept.truncate(MOST);
    }

    /// The kept problems in order of their places, with the texts of their files.
    pub(super) fn finish(
        mut self,
        files: &dyn Files,
    ) -> (Vec<Diagnostic>, BTreeMap<String, String>) {
        self.cut();
        self.kept.sort_unstable_by(Diagnostic::order);
        let mut sources = BTreeMap::new();
        for problem in &mut self.kept {
            if problem.span.is_some()
                && !sources.contains_key(&problem.path)
                && let Ok(text) = files.read(&problem.path)
            {
                sources.insert(problem.path.clone(), text.into_owned());
            }
            let text = sources.get(&problem.path);
            // A file can change between its check and now; a place that is no longer there is not shown.
            problem.span = problem
                .span
                .take()
                .filter(|span| text.is_some_and(|text| text.get(span.clone()).is_some()));
        }
        (self.kept, sources)
    }
}
