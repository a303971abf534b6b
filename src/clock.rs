//! The clock of the system and the local time zone; everything else is handed the time as a value.

use std::ffi::OsStr;
use std::path::{Component, Path};

use jiff::civil;
use jiff::tz::TimeZone;

use crate::text::{Day, Timestamp};

/// Today, by the local clock; clocks outside 1900 to 2199 are taken to the nearer end.
pub fn today() -> Day {
    let (first, last) = (civil::date(1900, 1, 1), civil::date(2199, 12, 31));
    let today = jiff::Timestamp::now().to_zoned_datetime(zone()).date();
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

/// Largest file of a time zone, in bytes: those of the system are of 4 KiB at most.
const MAX_ZONE: u64 = 1 << 20;

/// The local time zone. The usual file is read first, since asking jiff for the system's zone walks the whole database.
fn zone() -> TimeZone {
    if let Some(named) = std::env::var_os("TZ") {
        return if is_readable(&named) {
            TimeZone::system()
        } else {
            TimeZone::UTC
        };
    }
    let usual = std::fs::read("/etc/localtime").ok();
    usual
        .and_then(|bytes| TimeZone::tzif("Local", &bytes).ok())
        .unwrap_or_else(TimeZone::system)
}

/// Whether what `TZ` names can be read to its end: a rule, a zone's name, or a path to a file of a zone's size. Nobody
/// else looks before reading.
fn is_readable(named: &OsStr) -> bool {
    let Some(named) = named.to_str() else {
        return false;
    };
    let path = Path::new(named.strip_prefix(':').unwrap_or(named));
    if path.as_os_str().is_empty() {
        return true;
    }
    let climbs = path.components().any(|part| part == Component::ParentDir);
    let there = |path: &Path| std::fs::metadata(path);
    match there(path).or_else(|_| there(&Path::new("/usr/share/zoneinfo").join(path))) {
        Ok(found) => found.is_file() && found.len() <= MAX_ZONE,
        Err(_) => !climbs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_cannot_be_read_to_its_end_is_not_read() {
        let check = |named: &str, expected: bool| {
            assert_eq!(is_readable(OsStr::new(named)), expected, "{named}");
        };
        check("/dev/zero", false);
        check(":/dev/zero", false);
        check("/dev", false);
        check("../../../dev/zero", false);
        check("Europe/Berlin", true);
        check("UTC", true);
        check("CET-1CEST,M3.5.0,M10.5.0/3", true);
        check("", true);
    }

    #[test]
    fn the_clock_gives_a_day() {
        let today = today();
        assert_eq!(Day::parse(&today.to_string()), Some(today));
        let now = jiff::Timestamp::now();
        assert_eq!(
            now.to_zoned_datetime(zone()).offset(),
            now.to_zoned_datetime(TimeZone::system()).offset()
        );
    }
}
