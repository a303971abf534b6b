//! What to show of progress: recall, reviews a day, what falls due, what is weakest, how certainty bears out.
//! Guarantee: every figure is a count or a share of counts; nothing is smoothed.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::core::progress::from_reviews::Progress;
use crate::core::progress::totals::{DayTotals, Ratio};
use crate::core::schedule::DueTime;
use crate::text::Timestamp;
use crate::text::timestamp::{DAY, date};

/// What falls due on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Forecast {
    /// The learner's day; the first is today and holds what is overdue.
    #[serde(serialize_with = "calendar_day")]
    pub day: i32,
    pub due: usize,
}

/// A term or topic with how its questions go.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Weak {
    pub id: String,
    /// Right answers of all answers to its questions.
    pub answers: Ratio,
    /// The mean chance that its questions are known now, 0 to 1; one that is not known after a night counts as 0.
    #[serde(serialize_with = "four_digits")]
    pub recall: f64,
    pub questions: usize,
}

/// A day number as its date.
fn calendar_day<S: Serializer>(day: &i32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&date((*day).into()))
}

fn four_digits<S: Serializer>(share: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*share))
}

/// A share with four digits, so that it prints as what it is.
pub fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

impl Progress {
    /// What falls due on each of so many days from today on.
    pub fn forecast<'q>(
        &self,
        questions: impl IntoIterator<Item = &'q str>,
        now: Timestamp,
        days: usize,
    ) -> Vec<Forecast> {
        let mut found = vec![0; days];
        for card in questions.into_iter().filter_map(|q| self.card(q)) {
            let day = match card.due(self.desired) {
                _ if card.is_due(self.desired, now) => now.day,
                DueTime::Day(day) => day,
                DueTime::At(at) => now.day.saturating_add(
                    i32::try_from(at.saturating_sub(now.at) / DAY).unwrap_or(i32::MAX),
                ),
            };
            let ahead = usize::try_from(i64::from(day) - i64::from(now.day)).unwrap_or(0);
            if let Some(n) = found.get_mut(ahead) {
                *n += 1;
            }
        }
        found
            .into_iter()
            .zip(now.day..)
            .map(|(due, day)| Forecast { day, due })
            .collect()
    }

    /// Each of the last so many days, today last; days without an answer are there too.
    pub fn per_day(&self, now: Timestamp, days: usize) -> Vec<(i32, DayTotals)> {
        let first = now
            .day
            .saturating_sub(i32::try_from(days).unwrap_or(i32::MAX).saturating_sub(1));
        (first..=now.day)
            .map(|day| (day, self.totals.days.get(&day).copied().unwrap_or_default()))
            .collect()
    }

    /// The last so many days together.
    pub fn lately(&self, now: Timestamp, days: usize) -> DayTotals {
        self.per_day(now, days)
            .into_iter()
            .fold(DayTotals::default(), |sum, (_, day)| sum.plus(day))
    }

    pub fn ever(&self) -> DayTotals {
        self.totals
            .days
            .values()
            .fold(DayTotals::default(), |sum, day| sum.plus(*day))
    }

    /// Terms or topics from the weakest on: those of these questions that were answered, grouped by the ids that `groups`
    /// gives for each.
    pub fn weakest<'q>(
        &self,
        questions: impl IntoIterator<Item = &'q str>,
        now: Timestamp,
        groups: impl Fn(&str) -> Vec<String>,
    ) -> Vec<Weak> {
        let mut sums: BTreeMap<String, Weak> = BTreeMap::new();
        for (question, known) in questions
            .into_iter()
            .filter_map(|q| Some((q, self.question(q)?)))
        {
            let Some(card) = &known.card else { continue };
            for group in groups(question) {
                let sum = sums.entry(group).or_default();
                sum.answers = sum.answers.plus(known.answers);
                sum.recall += if known.known { card.recall(now) } else { 0.0 };
                sum.questions += 1;
            }
        }
        let mean = |(id, sum): (String, Weak)| Weak {
            id,
            recall: sum.recall / sum.questions.max(1) as f64,
            ..sum
        };
        let mut found: Vec<Weak> = sums.into_iter().map(mean).collect();
        let share = |w: &Weak| w.answers.share().unwrap_or(1.0);
        found.sort_by(|a, b| {
            share(a)
                .total_cmp(&share(b))
                .then(a.recall.total_cmp(&b.recall))
                .then(a.id.cmp(&b.id))
        });
        found
    }

    /// The last so many sessions of three questions or more, the latest first: right at the first answer of all answered.
    pub fn last_sessions(&self, most: usize) -> Vec<Ratio> {
        let mut all: Vec<(i64, Ratio)> = self.totals.sessions.values().copied().collect();
        all.retain(|(_, first)| first.of >= 3);
        all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        all.into_iter().take(most).map(|(_, first)| first).collect()
    }

    /// The days on which something was answered, and the answers.
    pub fn answers(&self) -> (usize, Ratio) {
        (self.totals.days.len(), self.ever().answers)
    }
}
