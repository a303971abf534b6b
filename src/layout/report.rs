//! A problem with its source line, as a compiler would print it. The look comes from annotate-snippets.
//! What comes out is clean text; a line of any length is shown around the place that is meant.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::layout::row::{Role, Row, Run};
use crate::text::diagnostic::line_column;
use crate::text::{Diagnostic, SafeText, Severity};

/// Bytes of a long line kept on either side of the place that is meant.
const AROUND: usize = 160;

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
    match line.strip_prefix(severity.word()) {
        Some(rest) => Row::from_runs(vec![
            Run::ours(severity.word(), severity_role(severity)),
            Run::new(rest, Role::Strong),
        ]),
        None => Row::of(line, Role::Text),
    }
}

/// What a severity means to the eye.
pub fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warn,
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
    let end = source.floor_char_boundary(span.end);
    let start = source.floor_char_boundary(span.start.min(end));
    let (line, column) = line_column(source, start);
    let (before, after) = source.split_at(start);
    let line_start = before.rfind('\n').map_or(0, |n| n + 1);
    let line_end = after.find('\n').map_or(source.len(), |n| start + n);
    let from = source.floor_char_boundary(line_start.max(start.saturating_sub(AROUND)));
    let to = source.floor_char_boundary(line_end.min(start + AROUND));
    let shown = source.get(from..to).unwrap_or("");
    let marked = start - from..end.clamp(start, to) - from;
    let path = SafeText::line(&format!("{}:{line}:{column}", problem.path));
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = problem.message.to_string();
    let label = problem.label.as_ref().map(ToString::to_string);
    let annotation = AnnotationKind::Primary.span(marked);
    let annotation = annotation.label(label.unwrap_or_default());
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

/// The renderer would count the column within the shown part, so the place is put in by us, under the title.
fn insert_place(drawn: &str, path: &SafeText) -> String {
    let (title, rest) = drawn.split_once('\n').unwrap_or((drawn, ""));
    let gutter = rest.lines().find_map(|l| l.find('|')).unwrap_or(1);
    format!(
        "{title}\n{}--> {path}\n{rest}",
        " ".repeat(gutter.saturating_sub(1))
    )
}
