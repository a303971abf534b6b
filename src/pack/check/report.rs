//! Where all problems of a run end up, and what an author probably meant.
//!
//! At most [`MOST`] problems are kept, few of any one file, errors before warnings and then in order, the same ones
//! whatever order they came in; all are counted; texts are fetched at the end, for the kept ones only. The work of all
//! suggestions of one run together is bounded, whatever the pack; past the budget there are none.

use std::collections::BTreeMap;

use crate::pack::files::Files;
use crate::text::suggest::nearest;
use crate::text::{Diagnostic, Severity};

/// Most problems that are kept and shown.
pub const MOST: usize = 1_000;
/// Most errors, and most warnings, of one file among them: no file crowds out the others.
const MOST_OF_A_FILE: usize = 250;
/// Steps that suggestions may take in one run: enough for a thousand misses in a pack of five thousand entries.
const BUDGET: usize = 8_000_000;
/// Steps that a comparison takes; passing over a candidate takes one.
const COMPARISON: usize = 100;
/// How many letters may differ between a word and its near miss: three edits change at most six.
const LETTERS: u32 = 6;

/// The problems so far.
#[derive(Debug)]
pub(super) struct Report {
    kept: Vec<Diagnostic>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Steps that suggestions may still take.
    budget: usize,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            errors: 0,
            warnings: 0,
            budget: BUDGET,
        }
    }
}

impl Report {
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

    /// The nearest of the candidates, if one is near and the budget allows.
    pub(super) fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let mut near = Vec::new();
        for candidate in candidates {
            self.budget = self.budget.checked_sub(1)?;
            let differ = (letters(word) ^ letters(candidate)).count_ones();
            if candidate.len().abs_diff(word.len()) <= 3 && differ <= LETTERS {
                self.budget = self.budget.checked_sub(COMPARISON)?;
                near.push(candidate);
            }
        }
        nearest(word, near)
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

/// One bit per letter that occurs.
fn letters(word: &str) -> u64 {
    word.bytes()
        .fold(0, |set, b| set | 1 << (b.to_ascii_lowercase() & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::files::MemoryFiles;

    fn finish(report: Report) -> Vec<Diagnostic> {
        report.finish(&MemoryFiles::of([("a.md", "one\ntwo")])).0
    }

    #[test]
    fn errors_crowd_out_warnings_and_no_file_the_others() {
        let mut report = Report::default();
        for n in 0..3 * MOST {
            report.add(Diagnostic::warning(
                "key-unknown",
                &format!("w{n:04}.md"),
                "x",
            ));
        }
        for n in 0..MOST_OF_A_FILE + 50 {
            report.add(Diagnostic::error("link-form", "a.md", safe_number(n)));
        }
        report.add(Diagnostic::error("link-form", "z.md", "x"));
        assert_eq!(
            (report.errors, report.warnings),
            (MOST_OF_A_FILE + 51, 3 * MOST)
        );
        let kept = finish(report);
        let of = |path: &str| kept.iter().filter(|d| d.path == path).count();
        assert_eq!(
            (kept.len(), of("a.md"), of("z.md")),
            (MOST, MOST_OF_A_FILE, 1)
        );
        assert!(kept.is_sorted_by(|a, b| a.order(b).is_le()));
    }

    fn safe_number(n: usize) -> String {
        format!("{n:04}")
    }

    #[test]
    fn only_places_that_are_there_are_shown() {
        let mut report = Report::default();
        for span in [0..3, 4..7, 5..99] {
            report.add(Diagnostic::error("link-form", "a.md", "x").at(span));
        }
        report.add(Diagnostic::error("link-form", "gone.md", "x").at(0..1));
        let spans: Vec<_> = finish(report).into_iter().map(|d| d.span).collect();
        assert_eq!(spans, [Some(0..3), Some(4..7), None, None]);
    }

    #[test]
    fn suggestions_end_with_the_budget() {
        let mut report = Report::default();
        let ids = ["cold-start", "warm-start", "scale-to-zero"];
        for (word, near) in [
            ("cold-strat", Some("cold-start")),
            ("scale-to-zeor", Some("scale-to-zero")),
            ("billing", None),
        ] {
            assert_eq!(report.nearest(word, ids), near, "{word}");
        }
        report.budget = COMPARISON;
        assert_eq!(report.nearest("cold-strat", ids), None);
        assert_eq!(report.nearest("cold-strat", ["cold-start"]), None);
    }
}
