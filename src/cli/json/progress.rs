//! Progress as JSON: what is due, statistics, what was forgotten or imported, what a record says of the questions.
//! Promise: shares are counts, so that nobody has to trust a rounding.

use serde::Serialize;

use crate::core::progress::{
    DayTotals, Forecast, Progress, QuestionFinding, QuestionOddity, Ratio, Weak,
};
use crate::pack::Library;
use crate::store::ImportSummary;
use crate::text::Timestamp;
use crate::text::timestamp::date;
use crate::views::statistics;

/// `due`.
#[derive(Serialize)]
pub struct Due {
    /// Questions due now.
    pub due: usize,
}

/// `reset`.
#[derive(Serialize)]
pub struct Reset<'a> {
    /// Reviews dropped.
    pub forgotten: usize,
    /// The copy they are kept in.
    pub copy: &'a str,
}

/// `import`.
#[derive(Serialize)]
pub struct Import {
    added: usize,
    known: usize,
    different: usize,
    undone: usize,
}

impl Import {
    /// What an import came to.
    pub const fn of(imported: ImportSummary) -> Self {
        let ImportSummary {
            added,
            known,
            different,
            undone,
        } = imported;
        Self {
            added,
            known,
            different,
            undone,
        }
    }
}

/// So many right of so many.
#[derive(Serialize)]
struct Right {
    right: u32,
    of: u32,
}

impl Right {
    const fn of(share: Ratio) -> Self {
        Self {
            right: share.hits,
            of: share.of,
        }
    }
}

/// Answers of some days.
#[derive(Serialize)]
struct Days {
    answers: Right,
    recall: Right,
    expected: Option<f64>,
    new: u32,
}

impl Days {
    fn of(facts: &DayTotals) -> Self {
        Self {
            answers: Right::of(facts.answers),
            recall: Right::of(facts.recalls),
            expected: facts.expectation().map(rounded),
            new: facts.fresh,
        }
    }
}

/// A share with four digits, so that it prints as what it is.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

#[derive(Serialize)]
struct OneDay {
    day: String,
    #[serde(flatten)]
    days: Days,
}

#[derive(Serialize)]
struct Falls {
    day: String,
    due: usize,
}

#[derive(Serialize)]
struct Group {
    id: String,
    answers: Right,
    recall: f64,
    questions: usize,
}

impl Group {
    fn all(weak: Vec<Weak>) -> Vec<Self> {
        let group = |w: Weak| Self {
            id: w.id,
            answers: Right::of(w.answers),
            recall: rounded(w.recall),
            questions: w.questions,
        };
        weak.into_iter().map(group).collect()
    }
}

/// A tenth of what was expected.
#[derive(Serialize)]
struct Expected {
    from: f64,
    to: f64,
    answers: Right,
}

/// `stats`.
#[derive(Serialize)]
pub struct Stats {
    desired: f64,
    due: usize,
    answered: usize,
    questions: usize,
    sessions: usize,
    lately: Days,
    ever: Days,
    days: Vec<OneDay>,
    forecast: Vec<Falls>,
    sure: Right,
    guessed: Right,
    expected: Vec<Expected>,
    topics: Vec<Group>,
    terms: Vec<Group>,
    pages: Vec<String>,
}

impl Stats {
    /// The figures of a record.
    pub fn of(record: &Progress, library: &Library, now: Timestamp) -> Self {
        let ids = statistics::ids(library);
        let all = || ids.iter().copied();
        let day = |(day, facts): (i32, DayTotals)| OneDay {
            day: date(day.into()),
            days: Days::of(&facts),
        };
        let falls = |f: Forecast| Falls {
            day: date(f.day.into()),
            due: f.due,
        };
        let tenth = |(n, share): (usize, &Ratio)| Expected {
            from: n as f64 / 10.0,
            to: (n + 1) as f64 / 10.0,
            answers: Right::of(*share),
        };
        let expected = record
            .totals
            .bins
            .iter()
            .enumerate()
            .filter(|(_, share)| share.of > 0)
            .map(tenth);
        Self {
            desired: record.desired.share(),
            due: record.due(all(), now).len(),
            answered: all().filter(|id| record.card(id).is_some()).count(),
            questions: ids.len(),
            sessions: record.sessions,
            lately: Days::of(&record.lately(now, statistics::LATELY)),
            ever: Days::of(&record.ever()),
            days: record
                .per_day(now, statistics::LATELY)
                .into_iter()
                .map(day)
                .collect(),
            forecast: record
                .forecast(all(), now, statistics::AHEAD)
                .into_iter()
                .map(falls)
                .collect(),
            sure: Right::of(record.totals.sure),
            guessed: Right::of(record.totals.guessed),
            expected: expected.collect(),
            topics: Group::all(statistics::topics(record, library, now)),
            terms: Group::all(statistics::terms(record, library, now)),
            pages: record
                .leeches(all())
                .into_iter()
                .map(ToOwned::to_owned)
                .collect(),
        }
    }
}

/// `check --quality`.
#[derive(Serialize)]
pub struct Quality {
    enough: u32,
    findings: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    question: String,
    answers: u32,
    finding: &'static str,
    option: Option<String>,
    errors: Option<Errors>,
}

#[derive(Serialize)]
struct Errors {
    wrong: u32,
    of: u32,
}

impl Quality {
    /// What is odd.
    pub fn of(enough: u32, findings: Vec<QuestionFinding>) -> Self {
        Self {
            enough,
            findings: findings.into_iter().map(Found::of).collect(),
        }
    }
}

impl Found {
    fn of(
        QuestionFinding {
            question,
            answers,
            oddity,
        }: QuestionFinding,
    ) -> Self {
        let (finding, option, errors) = match oddity {
            QuestionOddity::NeverMissed => ("never-missed", None, None),
            QuestionOddity::NeverPicked(option) => ("never-picked", Some(option), None),
            QuestionOddity::ConfidentErrors(Ratio { hits, of }, option) => {
                ("confident-errors", option, Some(Errors { wrong: hits, of }))
            }
        };
        Self {
            question,
            answers,
            finding,
            option,
            errors,
        }
    }
}
