//! What is wrong with a pack, as a page. Every problem names its place; the full report with source lines is `tozero check`.

use crate::layout::report::severity_role;
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::safe;
use crate::text::measure::count;
use crate::text::{Diagnostic, SafeText, Severity};

pub fn page(problems: &[Diagnostic], width: usize) -> Page {
    let mut page = PageBuilder::new(width);
    let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
    let errors = problems.iter().filter(is_error).count();
    let warnings = problems.len() - errors;
    let (errors, warnings) = (
        count(errors, "error", "errors"),
        count(warnings, "warning", "warnings"),
    );
    let head = safe!("{errors}, {warnings}. Entries with errors are left out.");
    page.text(head, Role::Strong);
    for problem in problems {
        let head = safe!("{}[{}] ", problem.severity.word(), problem.code);
        let message = Run::new(SafeText::line(&problem.message), Role::Text);
        page.paragraph(vec![
            Run::new(head, severity_role(problem.severity)),
            message,
        ]);
        let path = Run::new(SafeText::line(&problem.path), Role::Dim);
        page.label("in", vec![path]);
        if let Some(help) = &problem.help {
            page.label_text("help", SafeText::line(help));
        }
        page.blank();
    }
    page.text("tozero check DIR shows each with its line.", Role::Dim);
    page.finish()
}
