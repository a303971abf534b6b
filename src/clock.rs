//! The clock of the system and the local time zone; everything else is handed the time as a value.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

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

/// The local time zone. Files are read here and not by jiff, which would read what `TZ` and `TZDIR` name to an end that may not
/// come, and walk the whole database for the name of the system's zone.
fn zone() -> TimeZone {
    if cfg!(windows) {
        return TimeZone::system();
    }
    let zone = match std::env::var_os("TZ") {
        Some(name) => {
            let database = std::env::var_os("TZDIR").map(PathBuf::from);
            let usual = || PathBuf::from("/usr/share/zoneinfo");
            named(&name, &database.unwrap_or_else(usual))
        }
        None => of_file("Local", Path::new("/etc/localtime")),
    };
    zone.unwrap_or(TimeZone::UTC)
}

/// The zone of a name in a database, of a path to a file, or of a rule such as `CET-1CEST`.
fn named(name: &OsStr, database: &Path) -> Option<TimeZone> {
    let name = name.to_str()?;
    let name = name.strip_prefix(':').unwrap_or(name);
    let path = Path::new(name);
    if path.components().any(|part| part == Component::ParentDir) {
        return None;
    }
    of_file(name, &database.join(path)).or_else(|| TimeZone::posix(name).ok())
}

fn of_file(name: &str, path: &Path) -> Option<TimeZone> {
    let found = std::fs::metadata(path).ok()?;
    if !found.is_file() || found.len() > MAX_ZONE {
        return None;
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).ok()?;
    file.take(MAX_ZONE).read_to_end(&mut bytes).ok()?;
    TimeZone::tzif(name, &bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_cannot_be_read_to_its_end_is_not_read() {
        let check = |name: &str, database: &str, expected: Option<i32>| {
            let zone = named(OsStr::new(name), Path::new(database));
            let summer = jiff::Timestamp::from_second(1_785_000_000).expect("July 2026");
            let hours = zone.map(|zone| zone.to_offset(summer).seconds() / 3600);
            assert_eq!(hours, expected, "{name} in {database}");
        };
        let usual = "/usr/share/zoneinfo";
        check("/dev/zero", usual, None);
        check(":/dev/zero", usual, None);
        check("zero", "/dev", None);
        check("/dev", usual, None);
        check("../../../dev/zero", usual, None);
        check("", usual, None);
        check("Nowhere/Else", usual, None);
        check("CET-1CEST,M3.5.0,M10.5.0/3", "/dev", Some(2));
        check("UTC0", "/nowhere", Some(0));
        // Where the system has a database.
        if Path::new(usual).join("Europe/Berlin").exists() {
            check("Europe/Berlin", usual, Some(2));
            check(":Asia/Tokyo", usual, Some(9));
            check("Europe/Berlin", "/dev", None);
        }
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
