//! The clock of the system and the local time zone; everything else is handed the time as a value.

use jiff::civil;
use jiff::tz::TimeZone;

use crate::text::{Day, Timestamp};

/// Today, by the local clock; clocks outside 1900 to 2199 are taken to the nearer end.
pub fn today() -> Day {
    let (first, last) = (civil::date(1900, 1, 1), civil::date(2199, 12, 31));
    let today = jiff::Timestamp::now().to_zoned(zone()).date();
    let today = today.clamp(first, last);
    Day::new(
        today.year().unsigned_abs(),
        today.month().unsigned_abs(),
        today.day().unsigned_abs(),
    )
}

/// Now, with the learner's day by the local clock.
pub fn now() -> Timestamp {
    let now = jiff::Timestamp::now();
    Timestamp::new(now.as_second(), zone().to_offset(now).seconds())
}

/// Now, in milliseconds since the beginning of 1970.
pub fn now_milliseconds() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// The local time zone. The usual file is read first, since asking jiff for the system's zone walks the whole database.
fn zone() -> TimeZone {
    if std::env::var_os("TZ").is_some() {
        return TimeZone::system();
    }
    let usual = std::fs::read("/etc/localtime").ok();
    usual
        .and_then(|bytes| TimeZone::tzif("Local", &bytes).ok())
        .unwrap_or_else(TimeZone::system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_gives_a_day() {
        let today = today();
        assert_eq!(Day::parse(&today.to_string()), Some(today));
        let now = jiff::Timestamp::now();
        assert_eq!(
            now.to_zoned(zone()).offset(),
            now.to_zoned(TimeZone::system()).offset()
        );
    }
}
