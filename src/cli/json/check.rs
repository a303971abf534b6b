//! What a check found, as JSON.
//! Promise: every problem names its file, and its line and column where it has a place.

use serde::Serialize;

use crate::pack::Checked;
use crate::text::Diagnostic;
use crate::text::diagnostic::line_column;

/// `check`.
#[derive(Serialize)]
pub struct Found<'a> {
    errors: usize,
    warnings: usize,
    left_out: usize,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    severity: &'static str,
    code: &'static str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
}

impl<'a> Found<'a> {
    /// What a check found.
    pub fn of(checked: &'a Checked) -> Self {
        let problem = |d: &'a Diagnostic| {
            let place = d.span.as_ref().and_then(|s| {
                checked
                    .sources
                    .get(&d.path)
                    .map(|text| line_column(text, s.start))
            });
            Problem {
                severity: d.severity.word(),
                code: d.code,
                path: &d.path,
                line: place.map(|(l, _)| l),
                column: place.map(|(_, c)| c),
                message: &d.message,
                label: d.label.as_deref(),
                help: d.help.as_deref(),
            }
        };
        Self {
            errors: checked.errors,
            warnings: checked.warnings,
            left_out: checked.left_out,
            problems: checked.diagnostics.iter().map(problem).collect(),
        }
    }
}

/// `check --list`.
#[derive(Serialize)]
pub struct Checks {
    /// In the order of the author's guide.
    pub checks: Vec<CheckHead>,
}

/// One check.
#[derive(Serialize)]
pub struct CheckHead {
    /// Its name in reports.
    pub code: &'static str,
    /// How bad it is.
    pub severity: &'static str,
    /// What it means.
    pub about: &'static str,
}
