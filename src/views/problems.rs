//! What is wrong with a pack, as a page.
//! Promise: every problem names its place; the full report with source lines is `tozero check`.

use crate::layout::{Page, PageBuilder, Role, Run};
use crate::text::{Diagnostic, SafeText, Severity};

/// The problems at a width.
pub fn page(problems: &[Diagnostic], width: usize) -> Page {
    let mut setter = PageBuilder::new(width);
    let errors = problems
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    let said = crate::safe!(
        "{errors} errors, {} warnings. Entries with errors are left out.",
        problems.len() - errors
    );
    setter.paragraph(vec![Run::new(said, Role::Strong)]);
    for problem in problems {
        let role = if problem.severity == Severity::Error {
            Role::Bad
        } else {
            Role::Warn
        };
        let head = crate::safe!("{}[{}] ", problem.severity.word(), problem.code);
        setter.paragraph(vec![
            Run::new(head, role),
            Run::new(SafeText::line(&problem.message), Role::Text),
        ]);
        setter.label(
            "in",
            vec![Run::new(SafeText::line(&problem.path), Role::Dim)],
        );
        if let Some(help) = &problem.help {
            setter.label("help", vec![Run::new(SafeText::line(help), Role::Text)]);
        }
        setter.blank();
    }
    setter.paragraph(vec![Run::ours(
        "tozero check DIR shows each with its line.",
        Role::Dim,
    )]);
    setter.finish()
}
