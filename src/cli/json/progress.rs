//! Progress as JSON: statistics, and what the answers say of the questions.
//!
//! Shares are counts, so that nobody has to trust a rounding.

use serde_json::{Value, json};

use crate::cli::json::merged;
use crate::core::progress::figures::rounded;
use crate::core::progress::{DayTotals, Progress, QuestionFinding, QuestionOddity, Ratio};
use crate::core::quiz::myths::met;
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
        "copy": progress.last_copy.day().map(date),
        "lately": totals(&progress.lately(now, statistics::LATELY)),
        "ever": totals(&progress.ever()),
        "days": days.iter().map(day).collect::<Value>(),
        "forecast": progress.forecast(all(), now, statistics::AHEAD),
        "sure": progress.totals.sure,
        "guessed": progress.totals.guessed,
        "expected": expected.collect::<Value>(),
        "topics": statistics::topics(progress, library, now),
        "terms": statistics::terms(progress, library, now),
        "myths": myths(library, progress),
        "pages": progress.leeches(all()),
    })
}

/// The myths that were met, those met most often first.
fn myths(library: &Library, progress: &Progress) -> Value {
    let mut met: Vec<_> = met(library, progress).into_iter().collect();
    met.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    met.into_iter()
        .map(|(id, times)| json!({"id": id, "met": times}))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{check_json as check, library};
    use crate::core::progress::Weak;
    use crate::core::schedule::DesiredRecall;

    #[test]
    fn statistics_of_nothing_are_zero_or_null() {
        let library = library();
        let progress = Progress::new(DesiredRecall::default());
        let found = stats(&progress, &library, Timestamp::new(0, 0));
        check(
            &found["lately"],
            r#"{"answers": {"right": 0, "of": 0}, "recall": {"right": 0, "of": 0}, "expected": null, "new": 0}"#,
        );
        assert_eq!(
            (&found["questions"], &found["answered"]),
            (&json!(8), &json!(0))
        );
        assert_eq!(found["days"].as_array().unwrap().len(), 30);
        assert_eq!(
            found["days"][29]["day"], "1969-12-31",
            "a day turns at four"
        );
        check(&found["forecast"][0], r#"{"day": "1969-12-31", "due": 0}"#);
        check(&found["expected"], "[]");
    }

    #[test]
    fn shares_have_four_digits() {
        let weak = Weak {
            id: "billing".to_owned(),
            answers: Ratio { hits: 1, of: 3 },
            recall: 2.0 / 3.0,
            questions: 2,
        };
        check(
            weak,
            r#"{"id": "billing", "answers": {"right": 1, "of": 3}, "recall": 0.6667, "questions": 2}"#,
        );
        check(
            tenth((7, &Ratio { hits: 1, of: 3 })),
            r#"{"from": 0.7, "to": 0.8, "answers": {"right": 1, "of": 3}}"#,
        );
    }

    #[test]
    fn findings_say_what_is_odd() {
        let check_one = |oddity, expected: &str| {
            let finding = QuestionFinding {
                question: "q".to_owned(),
                answers: 9,
                oddity,
            };
            let found = quality(8, &[finding]);
            assert_eq!(found["enough"], 8);
            check(&found["findings"], expected);
        };
        check_one(
            QuestionOddity::NeverMissed,
            r#"[{"question": "q", "answers": 9, "finding": "never-missed", "option": null, "errors": null}]"#,
        );
        check_one(
            QuestionOddity::NeverPicked("No".to_owned()),
            r#"[{"question": "q", "answers": 9, "finding": "never-picked", "option": "No", "errors": null}]"#,
        );
        check_one(
            QuestionOddity::ConfidentErrors(Ratio { hits: 4, of: 9 }, None),
            r#"[{"question": "q", "answers": 9, "finding": "confident-errors", "option": null,
                 "errors": {"wrong": 4, "of": 9}}]"#,
        );
    }
}
