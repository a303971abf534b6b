//! A report on questions as a page, for their authors and for teachers.

use crate::core::progress::Ratio;
use crate::core::progress::report::{LEARNERS, QuestionReport};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::Align;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::count;

/// The report of so many learners.
pub fn page(found: &[QuestionReport], learners: usize, format: impl Into<PageFormat>) -> Page {
    let mut page = PageBuilder::new(format);
    page.title("What the answers say of the questions");
    if found.is_empty() {
        page.text("No question of this pack was answered.", Role::Text);
        return page.finish();
    }
    let of = safe!(
        "{} of {}; right of all answers at the first, the second and later attempts.",
        count(found.len(), "question", "questions"),
        count(learners, "learner", "learners")
    );
    page.text(of, Role::Text);
    let is_split = found.iter().any(|report| report.strong_and_weak.is_some());
    if is_split {
        let how = "Stronger and weaker half: by the first attempts at all other questions.";
        page.text(how, Role::Dim);
    } else {
        let few =
            safe!("From {LEARNERS} learners on, the stronger half is set against the weaker.");
        page.text(few, Role::Dim);
    }
    let split = if is_split { 2 } else { 0 };
    let heads = ["Question", "First", "Second", "Later", "Stronger", "Weaker"];
    let head: Vec<_> = heads
        .into_iter()
        .take(4 + split)
        .map(|h| vec![Run::ours(h, Role::Label)])
        .collect();
    let aligns: Vec<Align> = (0..4 + split)
        .map(|n| if n == 0 { Align::Left } else { Align::Right })
        .collect();
    let rows: Vec<_> = found.iter().map(|report| cells(report, is_split)).collect();
    page.table(&aligns, &head, &rows);
    page.blank();
    let unused = found.iter().filter(|report| !report.never_taken.is_empty());
    for (n, report) in unused.enumerate() {
        if n == 0 {
            page.section("Choices nobody takes", Role::Heading);
        }
        for choice in &report.never_taken {
            page.bullet_text(
                safe!("{}: {}", report.question, SafeText::line(choice)),
                Role::Text,
            );
        }
    }
    page.finish()
}

fn cells(report: &QuestionReport, is_split: bool) -> Vec<Vec<Run>> {
    let ratio = |ratio: Ratio| match ratio.of {
        0 => SafeText::default(),
        of => safe!("{} of {of}", ratio.hits),
    };
    let halves = report.strong_and_weak;
    let halves = [
        halves.map(|(strong, _)| strong),
        halves.map(|(_, weak)| weak),
    ];
    let halves = halves.into_iter().map(Option::unwrap_or_default);
    let halves = halves.take(if is_split { 2 } else { 0 });
    let numbers = report.attempts.into_iter().chain(halves).map(ratio);
    let name = SafeText::line(&report.question);
    let cells = std::iter::once(name).chain(numbers);
    cells.map(|text| vec![Run::new(text, Role::Text)]).collect()
}
