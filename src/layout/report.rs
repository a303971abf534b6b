//! A problem with its source line, as a compiler would print it. The look comes from annotate-snippets.
//! Promises: what comes out is clean text; a line of any length is shown around the place that is meant.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::layout::row::{Role, Row, Run};
use crate::text::diagnostic::line_column;
use crate::text::{Diagnostic, SafeText, Severity};

/// Bytes of a long line kept on either side of the place that is meant.
const AROUND: usize = 160;

/// The report of one problem.
pub fn report(problem: &Diagnostic, source: Option<&str>) -> Vec<Row> {
    let text = match (source, &problem.span) {
        (Some(source), Some(span)) => with_source(problem, source, span.clone()),
        (Some(_) | None, _) => without_source(problem),
    };
    SafeText::from(text)
        .split('\n')
        .map(|line| row(line, problem.severity))
        .collect()
}

fn row(line: &str, severity: Severity) -> Row {
    let role = if severity == Severity::Error {
        Role::Bad
    } else {
        Role::Warn
    };
    match line.strip_prefix(severity.word()) {
        Some(rest) => Row::from_runs(vec![
            Run::ours(severity.word(), role),
            Run::new(rest, Role::Strong),
        ]),
        None => Row::of(line, Role::Text),
    }
}

fn without_source(problem: &Diagnostic) -> String {
    let mut text = format!(
        "{}[{}]: {}\n --> {}",
        problem.severity.word(),
        problem.code,
        problem.message,
        SafeText::line(&problem.path)
    );
    if let Some(help) = &problem.help {
        text.push_str(&format!("\n  = help: {help}"));
    }
    text
}

fn with_source(problem: &Diagnostic, source: &str, span: std::ops::Range<usize>) -> String {
    let end = floor(source, span.end.min(source.len()));
    let start = floor(source, span.start.min(end));
    let (line, _) = line_column(source, start);
    let line_start = source
        .get(..start)
        .and_then(|s| s.rfind('\n'))
        .map_or(0, |n| n + 1);
    let line_end = source
        .get(start..)
        .and_then(|s| s.find('\n'))
        .map_or(source.len(), |n| start + n);
    let from = floor(source, line_start.max(start.saturating_sub(AROUND)));
    let to = floor(source, line_end.min(start + AROUND));
    let shown = source.get(from..to).unwrap_or("");
    let marked = start - from..end.clamp(start, to) - from;
    let path = place(problem, source, start);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = problem.message.to_string();
    let label = problem
        .label
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let annotation = AnnotationKind::Primary.span(marked).label(label);
    let snippet = Snippet::source(shown)
        .line_start(line)
        .fold(false)
        .annotation(annotation);
    let title = level.primary_title(message).id(problem.code);
    let mut group = Group::with_title(title).element(snippet);
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.to_string()));
    }
    let drawn = Renderer::plain().render(&[group]);
    insert_place(&drawn, &path)
}

/// `path:line:column`, cleaned.
fn place(problem: &Diagnostic, source: &str, start: usize) -> SafeText {
    let (line, column) = line_column(source, start);
    SafeText::line(&format!("{}:{line}:{column}", problem.path))
}

/// The renderer would count the column within the shown part, so the place is put in by us, under the title.
fn insert_place(drawn: &str, path: &SafeText) -> String {
    let (title, rest) = drawn.split_once('\n').unwrap_or((drawn, ""));
    let gutter = rest.lines().find_map(|l| l.find('|')).unwrap_or(1);
    format!(
        "{title}\n{}--> {path}\n{rest}",
        " ".repeat(gutter.saturating_sub(1))
    )
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
