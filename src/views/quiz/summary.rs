//! A session's summary as a page.
//! Counts and names only; nobody is praised or scolded.

use crate::core::progress::Ratio;
use crate::core::quiz::{MissedQuestion, SessionSummary};
use crate::core::schedule::{DueTime, days_until};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Kind, Library};
use crate::safe;
use crate::text::{SafeText, Timestamp};
use crate::views::entry_footer::{addresses, entry_link};
use crate::views::quiz::{in_days, terms};

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
    if summary.score.of + summary.skipped as u32 > 0 {
        page.section("The same again", Role::Heading);
        page.text(SafeText::line(&summary.replay), Role::Code);
    }
    page.finish()
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
    let back = match missed.returns {
        Some(DueTime::At(at)) if at <= now.at => SafeText::ours("due now"),
        Some(DueTime::At(at)) => {
            safe!("comes back in {} min", (at - now.at).div_euclid(60) + 1)
        }
        Some(due) => safe!("comes back {}", in_days(days_until(due, now))),
        None => SafeText::default(),
    };
    let then_right = if missed.mended { "then right · " } else { "" };
    page.indented(vec![Run::ours("· ", Role::Dim)], 2, |page| {
        page.text_tight(prompt, Role::Text);
        page.text_tight(safe!("{then_right}{back}"), Role::Dim);
        let terms = terms(page, library, question);
        page.paragraph(terms);
    });
}
