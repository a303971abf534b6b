//! When to ask again: FSRS-6 as a pure function of a card, a grade and the time.
//!
//! The model is that of Ye, Su and Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
//! Scheduling", KDD 2022 (doi 10.1145/3534678.3539081), in its sixth version with the published default parameters; the
//! reference is the `fsrs` crate of open-spaced-repetition, release 6.6.2, to which the tests hold these formulas.
//!
//! Guarantees: a right answer never makes the interval shorter; a steadier memory never gets a shorter interval; no number
//! is ever NaN or infinite, whatever a card claims; a clock that goes back or jumps ahead does no lasting harm.

use libm::{exp, pow};
use serde::{Deserialize, Serialize};

use crate::text::Timestamp;
use crate::text::timestamp::DAY;

/// The 21 default parameters of FSRS-6.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
/// Least and greatest stability in days, as in the reference.
const STABILITY: (f64, f64) = (0.001, 36_500.0);
/// Least and greatest difficulty, as in the reference.
const DIFFICULTY: (f64, f64) = (1.0, 10.0);
/// Longest interval in days: ten years. The reference leaves the choice to the program.
const LONGEST: f64 = 3650.0;
/// A wrong answer comes back after this many seconds.
const AGAIN: i64 = 10 * 60;
/// After this many wrong answers the page is shown, not the card again.
pub const LAPSES: u32 = 4;

/// How well an answer was recalled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Wrong, or right in parts only.
    Again = 1,
    /// Right, by a guess.
    Hard = 2,
    /// Right.
    Good = 3,
    /// Right without effort; no answer is graded so today, but the model knows it.
    Easy = 4,
}

impl Grade {
    /// All grades, the worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The grade of that number, 1 to 4.
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|g| *g as i64 == number)
    }

    /// Whether the answer was right.
    pub const fn is_right(self) -> bool {
        !matches!(self, Self::Again)
    }

    /// One word, for export and statistics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }
}

/// The share of due cards that one wants to know, 0.7 to 0.97.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct DesiredRecall(f64);

impl DesiredRecall {
    /// Least and greatest.
    pub const RANGE: (f64, f64) = (0.7, 0.97);

    /// The share, when it is in range.
    pub fn new(share: f64) -> Option<Self> {
        (Self::RANGE.0..=Self::RANGE.1)
            .contains(&share)
            .then_some(Self(share))
    }

    pub const fn share(self) -> f64 {
        self.0
    }
}

impl Default for DesiredRecall {
    fn default() -> Self {
        Self(0.9)
    }
}

/// What is known of somebody's memory of one question.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Card {
    /// Days until recall falls to 0.9; 0.001 to 36,500.
    pub stability: f64,
    /// 1 to 10.
    pub difficulty: f64,
    pub answers: u32,
    /// Wrong answers since the page was last shown instead of the card.
    pub lapses: u32,
    /// When it was last answered, or its page shown.
    pub last: Timestamp,
    pub after: Interval,
}

/// What a card waits after.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Interval {
    /// A right answer: it waits for days.
    Right,
    /// A wrong answer: it waits for minutes.
    Wrong,
    /// Its page: it waits until tomorrow.
    Page,
}

/// When a card falls due.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DueTime {
    /// On a day of the learner, from its beginning.
    Day(i32),
    /// At a second since 1970, UTC.
    At(i64),
}

/// The card after an answer; `None` before the first one.
pub fn review(card: Option<&Card>, grade: Grade, now: Timestamp) -> Card {
    let after = if grade.is_right() {
        Interval::Right
    } else {
        Interval::Wrong
    };
    let lapse = u32::from(!grade.is_right());
    let Some(card) = card.map(Card::sound) else {
        return Card {
            stability: first_stability(grade),
            difficulty: first_difficulty(grade).clamp(DIFFICULTY.0, DIFFICULTY.1),
            answers: 1,
            lapses: lapse,
            last: now,
            after,
        };
    };
    Card {
        stability: next_stability(&card, grade, elapsed(card.last, now))
            .clamp(STABILITY.0, STABILITY.1),
        difficulty: next_difficulty(card.difficulty, grade),
        answers: card.answers.saturating_add(1),
        lapses: card.lapses.saturating_add(lapse),
        last: now,
        after,
    }
}

/// The card after its page was shown instead of it: nothing is known better, but the lapses are forgiven.
pub fn page_shown(card: &Card, now: Timestamp) -> Card {
    Card {
        lapses: 0,
        last: now,
        after: Interval::Page,
        ..card.sound()
    }
}

/// Days that a memory of this stability may rest, 1 to 3650, whole.
pub fn interval(stability: f64, desired: DesiredRecall) -> i32 {
    let days =
        stability.clamp(STABILITY.0, STABILITY.1) / factor() * (pow(desired.0, -1.0 / W[20]) - 1.0);
    days.round().clamp(1.0, LONGEST) as i32
}

impl Card {
    pub fn due(&self, desired: DesiredRecall) -> DueTime {
        match self.after {
            Interval::Right => DueTime::Day(
                self.last
                    .day
                    .saturating_add(interval(self.sound().stability, desired)),
            ),
            Interval::Wrong => DueTime::At(self.last.at.saturating_add(AGAIN)),
            Interval::Page => DueTime::Day(self.last.day.saturating_add(1)),
        }
    }

    /// Whether it may be asked now. A card answered in what is now the future was answered by a wrong clock: it is due, so
    /// that an answer can put its time right.
    pub fn is_due(&self, desired: DesiredRecall, now: Timestamp) -> bool {
        let falls = match self.due(desired) {
            DueTime::Day(day) => day <= now.day,
            DueTime::At(at) => at <= now.at,
        };
        falls || self.last.day > now.day.saturating_add(1)
    }

    /// The chance that it is known now, 0 to 1.
    pub fn recall(&self, now: Timestamp) -> f64 {
        recall(self.sound().stability, elapsed(self.last, now))
    }

    /// Whether its page is to be shown instead of it.
    pub const fn wants_page(&self) -> bool {
        self.lapses >= LAPSES
    }

    /// The same card with numbers in their ranges, whatever it claims.
    fn sound(&self) -> Self {
        // What is no number becomes the least.
        let within = |x: f64, (least, most): (f64, f64)| x.max(least).min(most);
        Self {
            stability: within(self.stability, STABILITY),
            difficulty: within(self.difficulty, DIFFICULTY),
            ..*self
        }
    }
}

/// Whole days of the learner between two answers; 0 when the clock went back; at most as many as the greatest stability.
fn elapsed(last: Timestamp, now: Timestamp) -> f64 {
    (f64::from(now.day) - f64::from(last.day)).clamp(0.0, STABILITY.1)
}

/// The scale of the forgetting curve, such that recall is 0.9 after as many days as the stability.
fn factor() -> f64 {
    pow(0.9, -1.0 / W[20]) - 1.0
}

fn recall(stability: f64, days: f64) -> f64 {
    pow(1.0 + factor() * days / stability, -W[20])
}

fn first_stability(grade: Grade) -> f64 {
    W[grade as usize - 1]
}

fn first_difficulty(grade: Grade) -> f64 {
    W[4] - exp(W[5] * (grade as usize - 1) as f64) + 1.0
}

fn next_difficulty(difficulty: f64, grade: Grade) -> f64 {
    let change = -W[6] * (grade as usize as f64 - 3.0);
    let damped = difficulty + change * (10.0 - difficulty) / 9.0;
    let reverted = W[7] * (first_difficulty(Grade::Easy) - damped) + damped;
    reverted.clamp(DIFFICULTY.0, DIFFICULTY.1)
}

fn next_stability(card: &Card, grade: Grade, days: f64) -> f64 {
    if days == 0.0 {
        return same_day(card.stability, grade);
    }
    let forgotten = 1.0 - recall(card.stability, days);
    match grade {
        Grade::Again => after_lapse(card, forgotten),
        Grade::Hard => after_recall(card, forgotten, W[15]),
        Grade::Good => after_recall(card, forgotten, 1.0),
        Grade::Easy => after_recall(card, forgotten, W[16]),
    }
}

fn same_day(stability: f64, grade: Grade) -> f64 {
    let growth = exp(W[17] * (grade as usize as f64 - 3.0 + W[18])) * pow(stability, -W[19]);
    stability
        * if grade.is_right() {
            growth.max(1.0)
        } else {
            growth
        }
}

fn after_recall(card: &Card, forgotten: f64, weight: f64) -> f64 {
    let ease = exp(W[8]) * (11.0 - card.difficulty) * pow(card.stability, -W[9]);
    card.stability * (1.0 + ease * libm::expm1(forgotten * W[10]) * weight)
}

fn after_lapse(card: &Card, forgotten: f64) -> f64 {
    let kept = pow(card.stability + 1.0, W[13]) - 1.0;
    let fresh = W[11] * pow(card.difficulty, -W[12]) * kept * exp(forgotten * W[14]);
    fresh.min(card.stability / exp(W[17] * W[18]))
}

/// Days from one moment's day to another's, for showing; negative when it is past.
pub const fn days_until(due: DueTime, now: Timestamp) -> i64 {
    match due {
        DueTime::Day(day) => day as i64 - now.day as i64,
        DueTime::At(at) => at.saturating_sub(now.at).div_euclid(DAY),
    }
}

#[cfg(test)]
mod tests;
