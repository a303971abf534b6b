//! A session's summary as a page.
//! Promise: counts and names only; nobody is praised or scolded.

use crate::core::progress::Ratio;
use crate::core::quiz::{MissedQuestion, SessionSummary};
use crate::core::schedule::{DueTime, days_until};
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{Address, Kind, Library, LinkTarget};
use crate::text::{SafeText, Timestamp};
use crate::views::entry_footer::title;
use crate::views::quiz::{in_days, terms};

/// The page of a summary. `over` is false when the session was left before its end.
pub fn page(
    library: &Library,
    summary: &SessionSummary,
    over: bool,
    now: Timestamp,
    width: usize,
) -> Page {
    let mut setter = PageBuilder::new(width);
    let head = match (summary.score.of, over) {
        (0, _) => SafeText::ours("Nothing answered"),
        (_, true) => crate::safe!("{} right", of(summary.score)),
        (_, false) => crate::safe!("{} right so far", of(summary.score)),
    };
    setter.title(head);
    calibration(&mut setter, summary);
    asides(&mut setter, summary);
    if !summary.myths.is_empty() {
        setter.section(SafeText::ours("Misconceptions met"), Role::Heading);
        for address in summary
            .myths
            .iter()
            .filter_map(|id| Address::new(Kind::Myths, id))
        {
            let link = setter.link(title(library, &address), LinkTarget::Entry(address, None));
            setter.bullet(vec![link]);
        }
    }
    if !summary.missed.is_empty() {
        setter.section(SafeText::ours("Missed"), Role::Heading);
        summary
            .missed
            .iter()
            .for_each(|m| missed(&mut setter, library, m, now));
    }
    if summary.score.of + summary.skipped as u32 > 0 {
        setter.section(SafeText::ours("The same again"), Role::Heading);
        setter.paragraph(vec![Run::new(SafeText::line(&summary.replay), Role::Code)]);
    }
    setter.finish()
}

fn of(share: Ratio) -> SafeText {
    crate::safe!("{} of {}", share.hits, share.of)
}

/// How well one knew what one knew.
fn calibration(setter: &mut PageBuilder, summary: &SessionSummary) {
    let mut said = Vec::new();
    if summary.sure.of > 0 {
        said.push(crate::safe!("When sure, right {}.", of(summary.sure)));
    }
    if summary.guessed.of > 0 {
        said.push(crate::safe!(
            "When guessing, right {}.",
            of(summary.guessed)
        ));
    }
    if !said.is_empty() {
        setter.paragraph(vec![Run::new(SafeText::join(&said, " "), Role::Text)]);
    }
}

fn asides(setter: &mut PageBuilder, summary: &SessionSummary) {
    let mut said = Vec::new();
    if summary.partly > 0 {
        said.push(crate::safe!(
            "{} right in parts, counted as wrong",
            summary.partly
        ));
    }
    if summary.skipped > 0 {
        said.push(crate::safe!("{} skipped", summary.skipped));
    }
    if summary.pages > 0 {
        said.push(crate::safe!("{} read instead of asked", summary.pages));
    }
    if !said.is_empty() {
        setter.paragraph(vec![Run::new(
            crate::safe!("{}.", SafeText::join(&said, ", ")),
            Role::Dim,
        )]);
    }
}

fn missed(setter: &mut PageBuilder, library: &Library, missed: &MissedQuestion, now: Timestamp) {
    let Some(question) = library.question(&missed.question) else {
        return;
    };
    let prompt = SafeText::line(&question.prompt.text());
    let back = match missed.returns {
        Some(DueTime::At(at)) if at <= now.at => SafeText::ours("due now"),
        Some(DueTime::At(at)) => {
            crate::safe!("comes back in {} min", (at - now.at).div_euclid(60) + 1)
        }
        Some(due) => crate::safe!("comes back {}", in_days(days_until(due, now))),
        None => SafeText::default(),
    };
    let mended = if missed.mended { "then right · " } else { "" };
    setter.indented(vec![Run::ours("· ", Role::Dim)], 2, |s| {
        s.paragraph_tight(vec![Run::new(prompt, Role::Text)]);
        s.paragraph_tight(vec![Run::new(crate::safe!("{mended}{back}"), Role::Dim)]);
        let runs = terms(s, library, question);
        s.paragraph(runs);
    });
}
