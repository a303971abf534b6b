//! Civil dates as values: no clock here, the shell reads it and hands it down.
//! A date is what its author wrote, as exact as they knew: year, month or day.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};

/// A date known to the year, the month or the day.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug, BorshSerialize, BorshDeserialize)]
pub struct Day {
    /// Year, 1900 to 2199.
    pub year: u16,
    /// Month, 1 to 12, when known.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31, when known.
    pub day: Option<u8>,
}

impl Day {
    /// A date to the day, unchecked; for clocks and tests.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self {
            year,
            month: Some(month),
            day: Some(day),
        }
    }

    /// Reads `2026`, `2026-09` or `2026-09-30`; `None` for anything else, impossible days included.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4).filter(|y| (1900..2200).contains(y))?;
        let month = parts
            .next()
            .map(|m| digits(m, 2).filter(|m| (1..=12).contains(m)).ok_or(()))
            .transpose()
            .ok()?;
        let day = parts
            .next()
            .map(|d| digits(d, 2).ok_or(()))
            .transpose()
            .ok()?;
        if parts.next().is_some() {
            return None;
        }
        if let (Some(m), Some(d)) = (month, day)
            && !(1..=month_days(year, m)).contains(&d)
        {
            return None;
        }
        Some(Self {
            year,
            month: month.map(|m| m as u8),
            day: day.map(|d| d as u8),
        })
    }

    /// Months since year 0, for ages; an unknown month counts as January.
    pub fn months(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month.unwrap_or(1)) - 1
    }

    /// Whole months from this date to `later`; negative when `later` is earlier.
    pub fn months_until(self, later: Day) -> i32 {
        let part = i32::from(later.day.unwrap_or(1) < self.day.unwrap_or(1));
        later.months() - self.months() - part
    }

    /// The first moment this date can mean, as a sortable key.
    pub fn start(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

impl PartialOrd for Day {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Day {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.start().cmp(&other.start())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(m) = self.month {
            write!(f, "-{m:02}")?;
            if let Some(d) = self.day {
                write!(f, "-{d:02}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A span of time as an author writes it: `18m`, `2y`. In months.
pub fn parse_months(text: &str) -> Option<i32> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i32 = number.parse().ok().filter(|n| (0..=1200).contains(n))?;
    match unit {
        "m" => Some(number),
        "y" => Some(number * 12),
        _ => None,
    }
}

fn digits(text: &str, len: usize) -> Option<u16> {
    let sound = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| sound)
}

fn month_days(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_written() {
        for good in ["2026", "2026-09", "2024-02-29", "2026-12-31"] {
            assert_eq!(
                Day::parse(good).map(|d| d.to_string()).as_deref(),
                Some(good)
            );
        }
        for bad in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "2025-02-29",
            "2026-9",
            "2026-09-30-1",
            "x",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn ages_count_whole_months() {
        let check = |from: &str, to: &str, months| {
            assert_eq!(
                Day::parse(from)
                    .unwrap()
                    .months_until(Day::parse(to).unwrap()),
                months,
                "{from} to {to}"
            );
        };
        check("2025-05-24", "2026-11-24", 18);
        check("2025-05-25", "2026-11-24", 17);
        check("2026-11", "2026-11-24", 0);
        assert_eq!(
            (
                parse_months("18m"),
                parse_months("2y"),
                parse_months("m"),
                parse_months("é")
            ),
            (Some(18), Some(24), None, None)
        );
    }
}
