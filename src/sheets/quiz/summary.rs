//! A session's summary as a page.
//! Promise: counts and names only; nobody is praised or scolded.

use crate::base::moment::Moment;
use crate::base::safe::SafeText;
use crate::content::address::{Address, Kind};
use crate::content::doc::Target;
use crate::content::library::Library;
use crate::domain::progress::Share;
use crate::domain::quiz::{Missed, Summary};
use crate::domain::schedule::{Due, days_until};
use crate::page::row::{Page, Role, Run};
use crate::page::setter::Setter;
use crate::sheets::quiz::{in_days, terms};
use crate::sheets::shared::title;

/// The page of a summary. `over` is false when the session was left before its end.
pub fn page(library: &Library, summary: &Summary, over: bool, now: Moment, width: usize) -> Page {
    let mut setter = Setter::new(width);
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
        for address in summary.myths.iter().filter_map(|id| Address::new(Kind::Myths, id)) {
            let link = setter.link(title(library, &address), Target::Entry(address, None));
            setter.bullet(vec![link]);
        }
    }
    if !summary.missed.is_empty() {
        setter.section(SafeText::ours("Missed"), Role::Heading);
        summary.missed.iter().for_each(|m| missed(&mut setter, library, m, now));
    }
    if summary.score.of + summary.skipped as u32 > 0 {
        setter.section(SafeText::ours("The same again"), Role::Heading);
        setter.paragraph(vec![Run::new(SafeText::line(&summary.replay), Role::Code)]);
    }
    setter.finish()
}

fn of(share: Share) -> SafeText {
    crate::safe!("{} of {}", share.hits, share.of)
}

/// How well one knew what one knew.
fn calibration(setter: &mut Setter, summary: &Summary) {
    let mut said = Vec::new();
    if summary.sure.of > 0 {
        said.push(crate::safe!("When sure, right {}.", of(summary.sure)));
    }
    if summary.guessed.of > 0 {
        said.push(crate::safe!("When guessing, right {}.", of(summary.guessed)));
    }
    if !said.is_empty() {
        setter.paragraph(vec![Run::new(SafeText::join(&said, " "), Role::Text)]);
    }
}

fn asides(setter: &mut Setter, summary: &Summary) {
    let mut said = Vec::new();
    if summary.partly > 0 {
        said.push(crate::safe!("{} right in parts, counted as wrong", summary.partly));
    }
    if summary.skipped > 0 {
        said.push(crate::safe!("{} skipped", summary.skipped));
    }
    if summary.pages > 0 {
        said.push(crate::safe!("{} read instead of asked", summary.pages));
    }
    if !said.is_empty() {
        setter.paragraph(vec![Run::new(crate::safe!("{}.", SafeText::join(&said, ", ")), Role::Dim)]);
    }
}

fn missed(setter: &mut Setter, library: &Library, missed: &Missed, now: Moment) {
    let Some(question) = library.question(&missed.question) else { return };
    let prompt = SafeText::line(&question.prompt.text());
    let back = match missed.returns {
        Some(Due::At(at)) if at <= now.at => SafeText::ours("due now"),
        Some(Due::At(at)) => crate::safe!("comes back in {} min", (at - now.at).div_euclid(60) + 1),
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
