//! A point in time as a value, with the learner's own day. No clock here: the shell reads it and hands it down.
//! No moment is so odd that arithmetic with it fails; years 1 to 9999 are told apart, others are taken to the nearer end.

/// Seconds in a day.
pub const DAY: i64 = 86_400;
/// The learner's day turns at this hour of the night, so that late study belongs to the evening before.
const TURN: i64 = 4 * 3600;
/// The first and last second that are told apart: the years 1 and 9999.
const RANGE: (i64, i64) = (-62_135_596_800, 253_402_300_799);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timestamp {
    /// Seconds since the beginning of 1970, UTC.
    pub at: i64,
    /// The learner's day: days since 1 January 1970 by local time, turning at four in the morning.
    pub day: i32,
}

impl Timestamp {
    /// A moment from seconds since 1970 and how far local time is ahead of UTC, in seconds.
    pub fn new(at: i64, ahead: i32) -> Self {
        let at = at.clamp(RANGE.0, RANGE.1);
        let day = (at + i64::from(ahead.clamp(-93_600, 93_600)) - TURN).div_euclid(DAY);
        Self {
            at,
            day: i32::try_from(day).unwrap_or(0),
        }
    }

    /// The same hour some days later, or earlier when negative; for tests and forecasts.
    pub fn plus_days(self, days: i32) -> Self {
        let at = self
            .at
            .saturating_add(i64::from(days) * DAY)
            .clamp(RANGE.0, RANGE.1);
        Self {
            at,
            day: self.day.saturating_add(days),
        }
    }

    /// Some seconds later within the same day of the learner.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self {
            at: self.at.saturating_add(seconds).clamp(RANGE.0, RANGE.1),
            day: self.day,
        }
    }

    /// UTC, fit for a file name and in order of time: `2026-11-24T19-27-05`.
    pub fn stamp(self) -> String {
        self.written('-')
    }

    /// UTC as ISO 8601: `2026-11-24T19:27:05Z`.
    pub fn iso(self) -> String {
        format!("{}Z", self.written(':'))
    }

    fn written(self, between: char) -> String {
        let seconds = self.at.rem_euclid(DAY);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let date = date(self.at.div_euclid(DAY));
        format!("{date}T{hour:02}{between}{minute:02}{between}{second:02}")
    }
}

/// A day number as it is written: `2026-11-24`.
pub fn date(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of a day number since 1 January 1970, after Hinnant's `civil_from_days`.
pub const fn civil(day: i64) -> (i64, i64, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (
        year + era * 400 + (month <= 2) as i64,
        month,
        of_year - (153 * shifted + 2) / 5 + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told() {
        let check = |at, expected: &str| assert_eq!(Timestamp::new(at, 0).iso(), expected);
        check(0, "1970-01-01T00:00:00Z");
        check(1_795_548_425, "2026-11-24T19:27:05Z");
        check(951_782_400, "2000-02-29T00:00:00Z");
        check(-1, "1969-12-31T23:59:59Z");
        check(i64::MAX, "9999-12-31T23:59:59Z");
        check(i64::MIN, "0001-01-01T00:00:00Z");
        assert_eq!(
            Timestamp::new(1_795_548_425, 0).stamp(),
            "2026-11-24T19-27-05"
        );
    }

    #[test]
    fn the_day_turns_at_four_by_local_time() {
        let check = |at, ahead, day| assert_eq!(Timestamp::new(at, ahead).day, day, "{at} {ahead}");
        check(10 * DAY + 3 * 3600 + 3599, 0, 9);
        check(10 * DAY + 4 * 3600, 0, 10);
        check(10 * DAY + 2 * 3600, 7200, 10);
        check(10 * DAY + 5 * 3600, -7200, 9);
        check(-1, 0, -1);
        check(i64::MAX, i32::MAX, 2_932_897);
    }

    #[test]
    fn arithmetic_saturates() {
        let last = Timestamp::new(i64::MAX, 0);
        assert_eq!(last.plus_days(i32::MAX).at, last.at);
        assert_eq!(last.plus_seconds(i64::MAX).at, last.at);
        assert_eq!(
            Timestamp::new(0, 0).plus_days(-1),
            Timestamp { at: -DAY, day: -2 }
        );
    }
}
