//! The clock of the system and the local time zone; everything else is handed the time as a value.

use jiff::tz::TimeZone;

use crate::text::{Day, Timestamp};

/// Today, by the local clock; clocks outside 1900 to 2199 are taken to the nearer end.
pub fn today() -> Day {
    let date = jiff::Timestamp::now().to_zoned(zone()).date();
    match u16::try_from(date.year()).unwrap_or(0) {
        ..1900 => Day::new(1900, 1, 1),
        2200.. => Day::new(2199, 12, 31),
        year => Day::new(year, date.month().unsigned_abs(), date.day().unsigned_abs()),
    }
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

/// The local time zone. The usual file is read by itself, since asking for the system's zone walks the whole database.
fn zone() -> TimeZone {
    let named = std::env::var_os("TZ").is_some();
    let usual = if named {
        None
    } else {
        std::fs::read("/etc/localtime").ok()
    };
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
