//! The quiz as pages: an open question, a verdict, the page that stands for a question, a summary.
//! The app and the linear mode show the same words; what a key or a click acts on is told by [`QuizPage`]. A page of an
//! open question says nothing of its answer.

pub mod feedback;
pub mod handout;
pub mod known;
pub mod question;
pub mod reasons;
pub mod summary;

use std::ops::Range;

use crate::core::quiz::SessionPosition;
use crate::core::quiz::course::level_word;
use crate::core::schedule::{DueTime, days_until};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::{Address, Kind, Library, Question};
use crate::safe;
use crate::text::{SafeText, Timestamp};
use crate::views::entry_footer::{addresses, links};

/// A laid-out page of the quiz, with what stands on which of its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuizPage {
    pub page: Page,
    /// The rows of each choice, item or left side.
    pub rows: Vec<Range<usize>>,
    /// The rows of each bucket or right side.
    pub options: Vec<Range<usize>>,
    /// The row and the first column of the field that is typed into.
    pub field: Option<(usize, usize)>,
    pub verdict: Option<usize>,
}

impl QuizPage {
    /// The same with a blank row before each choice but the first.
    #[must_use]
    pub fn airy(mut self) -> Self {
        let starts: Vec<usize> = self.rows.iter().skip(1).map(|rows| rows.start).collect();
        let shifted = |at: usize| at + starts.iter().filter(|start| **start <= at).count();
        let moved = |rows: &Range<usize>| shifted(rows.start)..shifted(rows.end - 1) + 1;
        self.rows = self.rows.iter().map(moved).collect();
        self.options = self.options.iter().map(moved).collect();
        self.field = self.field.map(|(row, column)| (shifted(row), column));
        self.verdict = self.verdict.map(shifted);
        for start in starts.iter().rev() {
            let block = self.page.rows.get(*start).map_or(0, |row| row.block);
            let blank = Row {
                block,
                ..Row::default()
            };
            self.page.rows.insert(*start, blank);
        }
        self
    }
}

/// Puts a page under another, with or without a blank row between; the rows where it stands.
fn stack(page: &mut Page, more: Page, blank: bool) -> Range<usize> {
    let block = page.rows.last().map_or(0, |r| r.block) + 1;
    if blank && !page.rows.is_empty() && !more.rows.is_empty() {
        page.rows.push(Row {
            block,
            ..Row::default()
        });
    }
    let base = u16::try_from(page.links.len()).unwrap_or(u16::MAX);
    let from = page.rows.len();
    page.links.extend(more.links);
    page.rows.extend(more.rows.into_iter().map(|mut row| {
        row.runs
            .iter_mut()
            .for_each(|run| run.link = run.link.and_then(|l| l.checked_add(base)));
        row.block += block;
        row
    }));
    from..page.rows.len()
}

/// A prompt, the largest thing on its page.
fn prompt(question: &Question, format: PageFormat) -> Page {
    let mut page = piece(format, |page| page.doc(&question.prompt));
    for run in page.rows.iter_mut().flat_map(|row| &mut row.runs) {
        if matches!(run.role, Role::Text | Role::Emphasis) {
            run.role = Role::Strong;
        }
    }
    page
}

/// A page of what `body` sets.
fn piece(format: PageFormat, body: impl FnOnce(&mut PageBuilder)) -> Page {
    let mut page = PageBuilder::new(format);
    body(&mut page);
    page.finish()
}

/// The topic and the level of a question: `Billing, easy`.
pub fn about(library: &Library, question: &Question) -> SafeText {
    let topic = library.pack().tag_title(&question.topic);
    safe!("{topic}, {}", level_word(question.difficulty))
}

/// Which question this is: `4 of 10 · 2 to repeat`, `once more 1 of 2`.
pub fn numbered(at: SessionPosition) -> SafeText {
    match (at.again, at.to_repeat) {
        (Some((number, of)), _) => safe!("once more {number} of {of}"),
        (None, 0) => safe!("{} of {}", at.number, at.of),
        (None, repeats) => safe!("{} of {} · {repeats} to repeat", at.number, at.of),
    }
}

/// The page behind a question: its first term.
pub fn behind(library: &Library, question: &Question) -> Option<Address> {
    let mut terms = addresses(Kind::Terms, &question.terms);
    terms.find(|address| library.position(address).is_some())
}

fn terms(page: &mut PageBuilder, library: &Library, question: &Question) -> Vec<Run> {
    links(page, library, addresses(Kind::Terms, &question.terms))
}

/// When something falls due again: `due now`, `due again in 8 min`, `due again in 12 days`.
pub fn due_again(due: DueTime, now: Timestamp) -> SafeText {
    match due {
        DueTime::At(at) if at <= now.at => SafeText::ours("due now"),
        DueTime::At(at) => {
            let minutes = (at - now.at).saturating_add(59).div_euclid(60);
            safe!("due again in {minutes} min")
        }
        DueTime::Day(_) => safe!("due again {}", in_days(days_until(due, now))),
    }
}

/// When something comes back, from days: `today`, `tomorrow`, `in 12 days`.
pub fn in_days(days: i64) -> SafeText {
    match days {
        i64::MIN..=0 => SafeText::ours("later today"),
        1 => SafeText::ours("tomorrow"),
        2..=60 => safe!("in {days} days"),
        61..=730 => safe!("in {} months", days / 30),
        _ => safe!("in {} years", days / 365),
    }
}
