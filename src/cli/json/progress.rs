//! Progress as JSON: statistics, and what the answers say of the questions.
//!
//! Shares are counts, so that nobody has to trust a rounding.

use serde_json::{Value, json};

use crate::cli::json::merged;
use crate::core::progress::figures::rounded;
use crate::core::progress::{DayTotals, Progress, QuestionFinding, QuestionOddity, Ratio};
use crate::pack::Library;
use crate::text::Timestamp;
use crate::text::timestamp::date;
use crate::views::statistics;

/// `stats`: the figures of a record.
pub fn stats(progress: &Progress, library: &Library, now: Timestamp) -> Value {
    let ids = statistics::ids(library);
    let all = || ids.iter().copied();
    let days = progress.per_day(now, statistics::LATELY);
    let day = |(day, of_day): &(i32, DayTotals)| {
        merged(json!({"day": date((*day).into())}), totals(of_day))
    };
    let bins = progress.totals.bins.iter().enumerate();
    let expected = bins.filter(|(_, share)| share.of > 0).map(tenth);
    json!({
        "desired": progress.desired.share(),
        "due": progress.due(all(), now).len(),
        "answered": all().filter(|id| progress.card(id).is_some()).count(),
        "questions": ids.len(),
        "sessions": progress.sessions,
        "lately": totals(&progress.lately(now, statistics::LATELY)),
        "ever": totals(&progress.ever()),
        "days": days.iter().map(day).collect::<Value>(),
        "forecast": progress.forecast(all(), now, statistics::AHEAD),
        "sure": progress.totals.sure,
        "guessed": progress.totals.guessed,
        "expected": expected.collect::<Value>(),
        "topics": statistics::topics(progress, library, now),
        "terms": statistics::terms(progress, library, now),
        "pages": progress.leeches(all()),
    })
}

/// Answers of one day or of many.
fn totals(days: &DayTotals) -> Value {
    json!({
        "answers": days.answers,
        "recall": days.recalls,
        "expected": days.expectation().map(rounded),
        "new": days.fresh,
    })
}

/// Recalls whose chance was expected to be in the n-th tenth.
fn tenth((n, share): (usize, &Ratio)) -> Value {
    json!({"from": n as f64 / 10.0, "to": (n + 1) as f64 / 10.0, "answers": share})
}

/// `check --quality`: what is odd about the questions.
pub fn quality(enough: u32, findings: &[QuestionFinding]) -> Value {
    let finding = |found: &QuestionFinding| {
        let (word, option, errors) = match &found.oddity {
            QuestionOddity::NeverMissed => ("never-missed", None, None),
            QuestionOddity::NeverPicked(option) => ("never-picked", Some(option), None),
            QuestionOddity::ConfidentErrors(Ratio { hits, of }, option) => {
                let errors = json!({"wrong": hits, "of": of});
                ("confident-errors", option.as_ref(), Some(errors))
            }
        };
        json!({
            "question": found.question,
            "answers": found.answers,
            "finding": word,
            "option": option,
            "errors": errors,
        })
    };
    json!({
        "enough": enough,
        "findings": findings.iter().map(finding).collect::<Value>(),
    })
}
