//! A session's summary as a page.
//! Counts and names only; nobody is praised or scolded.

use crate::core::progress::Ratio;
use crate::core::quiz::{Course, MissedQuestion, SessionSummary};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Address, Kind, Library};
use crate::safe;
use crate::text::{SafeText, Timestamp, measure};
use crate::views::entry_footer::{addresses, entry_link};
use crate::views::quiz::{due_again, terms};

/// Most lessons that are named.
const LESSONS: usize = 2;

/// The page of a summary. `over` is false when the session was left before its end.
pub fn page(
    library: &Library,
    summary: &SessionSummary,
    over: bool,
    now: Timestamp,
    format: impl Into<PageFormat>,
) -> Page {
    let mut page = PageBuilder::new(format);
    page.title(match (summary.score.of, over) {
        (0, _) => SafeText::ours("Nothing answered"),
        (_, true) => safe!("{} right", of(summary.score)),
        (_, false) => safe!("{} right so far", of(summary.score)),
    });
    counts(&mut page, summary);
    if !summary.myths.is_empty() {
        page.section("Misconceptions met", Role::Heading);
        for address in addresses(Kind::Myths, &summary.myths) {
            let link = entry_link(&mut page, library, address);
            page.bullet(vec![link]);
        }
    }
    if !summary.missed.is_empty() {
        page.section("Missed", Role::Heading);
        for question in &summary.missed {
            missed(&mut page, library, question, now);
        }
    }
    lessons(&mut page, library, summary);
    if summary.score.of + summary.skipped as u32 > 0 {
        page.section("The same again", Role::Heading);
        page.text(SafeText::line(&summary.replay), Role::Code);
    }
    page.finish()
}

/// The lessons that what was missed belongs to, the one with the most first.
fn lessons(page: &mut PageBuilder, library: &Library, summary: &SessionSummary) {
    let course = Course::of(library);
    let of_missed = summary.missed.iter().map(|m| course.place(&m.question));
    let mut missed = vec![0_usize; course.lessons.len() + 1];
    of_missed.for_each(|place| {
        if let Some(n) = missed.get_mut(place) {
            *n += 1;
        }
    });
    let mut found: Vec<_> = course
        .lessons
        .iter()
        .zip(missed)
        .filter(|(_, n)| *n > 0)
        .collect();
    found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    if found.is_empty() {
        return;
    }
    page.section("To read", Role::Heading);
    for (lesson, n) in found.into_iter().take(LESSONS) {
        let Some(address) = Address::new(Kind::Lessons, &lesson.lesson.id) else {
            continue;
        };
        let number = Run::new(safe!("Lesson {}, ", lesson.lesson.order), Role::Text);
        let link = entry_link(page, library, address);
        let missed = measure::count(n, "missed question", "missed questions");
        let missed = Run::new(safe!(" · {missed}"), Role::Dim);
        page.bullet(vec![number, link, missed]);
    }
}

fn of(share: Ratio) -> SafeText {
    safe!("{} of {}", share.hits, share.of)
}

/// How well one knew what one knew, and what was not answered.
fn counts(page: &mut PageBuilder, summary: &SessionSummary) {
    let sure = safe!("When sure, right {}.", of(summary.sure));
    let guessed = safe!("When guessing, right {}.", of(summary.guessed));
    let known = [(summary.sure.of, sure), (summary.guessed.of, guessed)];
    let known = known.into_iter().filter(|(n, _)| *n > 0);
    let known: Vec<SafeText> = known.map(|(_, words)| words).collect();
    if !known.is_empty() {
        page.text(SafeText::join(&known, " "), Role::Text);
    }
    let others = [
        (summary.partly as usize, "right in parts, counted as wrong"),
        (summary.skipped, "skipped"),
        (summary.pages, "read instead of asked"),
    ];
    let others = others.into_iter().filter(|(n, _)| *n > 0);
    let others: Vec<String> = others.map(|(n, words)| format!("{n} {words}")).collect();
    if !others.is_empty() {
        page.text(safe!("{}.", others.join(", ")), Role::Dim);
    }
}

fn missed(page: &mut PageBuilder, library: &Library, missed: &MissedQuestion, now: Timestamp) {
    let Some(question) = library.question(&missed.question) else {
        return;
    };
    let prompt = SafeText::line(&question.prompt.text());
    let back = missed
        .returns
        .map(|due| due_again(due, now))
        .unwrap_or_default();
    let then_right = if missed.mended { "then right · " } else { "" };
    page.indented(vec![Run::ours("· ", Role::Dim)], 2, |page| {
        page.text_tight(prompt, Role::Text);
        page.text_tight(safe!("{then_right}{back}"), Role::Dim);
        let terms = terms(page, library, question);
        page.paragraph(terms);
    });
}
