//! What a transcript must not hold: today's date, temporary folders, random ids.
//! A mask covers what the clock, the place and chance decide, in the commands that print it, and nothing else.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tozero::testing::{Timestamp, date};

/// Today, by the calendar and as the learner's day, in days since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Clock {
    pub(super) calendar: i64,
    pub(crate) day: i64,
}

impl Clock {
    pub(super) fn now() -> Self {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs() as i64;
        Self {
            calendar: now / 86_400,
            day: Timestamp::new(now, 0).day.into(),
        }
    }
}

/// Days before and after today that a record in these tests can speak of.
const SPAN: std::ops::RangeInclusive<i64> = -90..=30;

/// What is to be covered in the output of a line.
#[derive(Clone, Copy)]
pub(super) struct Mask<'a> {
    pub(super) root: &'a Path,
    pub(super) home: &'a Path,
    pub(super) clock: Clock,
    pub(super) line: &'a str,
}

impl Mask<'_> {
    /// The text with everything covered.
    pub(super) fn text(&self, text: &str) -> String {
        let text = text
            .replace(self.home.to_str().unwrap(), "HOME")
            .replace(self.root.to_str().unwrap(), "ROOT");
        let text = months(&minutes(&stamps(&text)));
        let text = self.judged(&text);
        let dated = ["tozero stats", "tozero export"]
            .iter()
            .any(|c| self.line.contains(c));
        // What a color begins with would be taken for a part of the word that it colors.
        let parts = text
            .split_inclusive("\x1b[")
            .map(|part| match part.split_once('m') {
                Some((color, rest)) if color.bytes().all(|b| b.is_ascii_digit() || b == b';') => {
                    format!("{color}m{}", words(rest, |word| self.word(word)))
                }
                _ => words(part, |word| self.word(word)),
            });
        if dated { parts.collect() } else { text.clone() }
    }

    /// `tozero, 2026-11-24` under a judgment, and the day of a copy: days of the calendar, when a learner's has not begun yet.
    /// What stands before may be on a line of its own.
    fn judged(&self, text: &str) -> String {
        let today = date(self.clock.calendar);
        let mut parts = text.split(&today).peekable();
        let mut out = String::new();
        while let Some(part) = parts.next() {
            out.push_str(part);
            if parts.peek().is_some() {
                let before = out.trim_end_matches([' ', '\n']);
                let ours = before.ends_with("tozero,")
                    || before.ends_with("Last good copy of the record:")
                    || out.ends_with("tozero,\\n");
                out.push_str(if ours { "TODAY" } else { &today });
            }
        }
        out
    }

    /// A word of figures, letters and dashes: a date, a time, a day, an id.
    fn word(&self, word: &str) -> Option<String> {
        if word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit()) {
            return (!word.starts_with("000000")).then(|| "ID".to_owned());
        }
        if let Some((day, time)) = word.split_once('T').filter(|(_, time)| time.ends_with('Z')) {
            let clock: Vec<i64> = time
                .trim_end_matches('Z')
                .split(':')
                .filter_map(|n| n.parse().ok())
                .collect();
            let at = self.days(day)? * 86_400 + clock.iter().fold(0, |all, n| all * 60 + n);
            let found = self.day(Timestamp::new(at, 0).day.into())?;
            return Some(if found == "TODAY" {
                "NOW".to_owned()
            } else {
                format!("{found}T{time}")
            });
        }
        if let Some(day) = self.days(word) {
            return self.day(day);
        }
        let number: i64 = word.parse().ok()?;
        match word.len() {
            5 => self.day(number),
            // A session's number is random where the program drew it; in the files of these tests it is small.
            7..=10 => Some("SESSION".to_owned()),
            13 => {
                let day = self.day(Timestamp::new(number.div_euclid(1000), 0).day.into())?;
                let at = number.rem_euclid(86_400_000);
                Some(if day == "TODAY" {
                    "NOW".to_owned()
                } else {
                    format!("{day}+{at}ms")
                })
            }
            _ => None,
        }
    }

    /// A date of those days, in days since 1970.
    fn days(&self, word: &str) -> Option<i64> {
        (word.len() == 10)
            .then(|| {
                SPAN.map(|n| self.clock.day + n)
                    .find(|day| date(*day) == word)
            })
            .flatten()
    }

    /// A day as so many days from today; `None` when it is far away and so no day of the record.
    fn day(&self, day: i64) -> Option<String> {
        match day - self.clock.day {
            0 => Some("TODAY".to_owned()),
            n if SPAN.contains(&n) => Some(format!("TODAY{n:+}")),
            _ => None,
        }
    }
}

/// Takes each word of letters, figures and dashes and puts another in its place, where there is one.
fn words(text: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ':';
    while let Some(from) = rest.find(inside) {
        let (before, after) = rest.split_at(from);
        let to = after.find(|c| !inside(c)).unwrap_or(after.len());
        let (word, after) = after.split_at(to);
        // A key of JSON is followed by its value without a space.
        let bare = word.trim_start_matches(':');
        out.push_str(before);
        out.push_str(word.strip_suffix(bare).unwrap_or_default());
        out.push_str(&other(bare).unwrap_or_else(|| bare.to_owned()));
        rest = after;
    }
    out + rest
}

/// The time in the name of a copy, with the number of a second one in the same second: `-2026-11-24T19-27-05-1`.
fn stamps(text: &str) -> String {
    const FORM: &str = "-dddd-dd-ddTdd-dd-dd";
    let fits = |at: &str| {
        at.len() >= FORM.len()
            && at
                .bytes()
                .zip(FORM.bytes())
                .all(|(b, f)| b == f || (f == b'd' && b.is_ascii_digit()))
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest
        .match_indices('-')
        .map(|(at, _)| at)
        .find(|at| fits(&rest[*at..]))
    {
        out.push_str(&rest[..at]);
        out.push_str("-STAMP");
        rest = &rest[at + FORM.len()..];
        rest = rest
            .strip_prefix('-')
            .map_or(rest, |n| n.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out + rest
}

/// `comes back in 10 min`: a second more or less decides between two numbers.
fn minutes(text: &str) -> String {
    text.replace("comes back in 10 min", "comes back in MINUTES")
        .replace("comes back in 11 min", "comes back in MINUTES")
}

/// `24 months old`: facts age, whoever looks.
fn months(text: &str) -> String {
    let mut parts: Vec<String> = text.split(" months old").map(ToOwned::to_owned).collect();
    let last = parts.len() - 1;
    for part in &mut parts[..last] {
        part.truncate(part.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        part.push('N');
    }
    parts.join(" months old")
}

#[test]
fn masks_cover_what_changes() {
    let clock = Clock {
        calendar: 20_782,
        day: 20_781,
    };
    let check = |line, text, expected| {
        let mask = Mask {
            root: Path::new("/r"),
            home: Path::new("/r/101"),
            clock,
            line,
        };
        assert_eq!(mask.text(text), expected);
    };
    check(
        "tozero paths",
        "at /r/101/.config, /r/good",
        "at HOME/.config, ROOT/good",
    );
    check(
        "tozero reset",
        "before-reset-2026-11-24T19-27-05.sqlite3 on 2026-11-24",
        "before-reset-STAMP.sqlite3 on 2026-11-24",
    );
    check(
        "tozero reset",
        "before-reset-2026-11-24T19-27-05-12.sqlite3",
        "before-reset-STAMP.sqlite3",
    );
    check(
        "tozero export",
        "x,2026-11-25T03:59:59Z,2026-11-25T04:00:00Z",
        "x,NOW,TODAY+1T04:00:00Z",
    );
    check(
        "tozero judge",
        "of tozero,\n2026-11-25: as of 2026-11-25",
        "of tozero,\nTODAY: as of 2026-11-25",
    );
    check(
        "tozero stats",
        "Last good copy of the record: 2026-11-25. 2026-11-25 falls due",
        "Last good copy of the record: TODAY. TODAY+1 falls due",
    );
    check(
        "tozero quiz",
        "comes back in 11 min, in 12 min",
        "comes back in MINUTES, in 12 min",
    );
    check(
        "tozero stats",
        "2026-11-24 2026-11-21 2026-12-01 2014-11-13",
        "TODAY TODAY-3 TODAY+7 2014-11-13",
    );
    check(
        "tozero define",
        "(checked 2024-11, 24 months old)",
        "(checked 2024-11, N months old)",
    );
    check(
        "tozero stats",
        "\x1b[2m2026-11-23\x1b[0m \x1b[38;5;1m2026-11-24\x1b[0m",
        "\x1b[2mTODAY-1\x1b[0m \x1b[38;5;1mTODAY\x1b[0m",
    );
    check(
        "tozero list",
        "2026-11-24 20781 1795521600000",
        "2026-11-24 20781 1795521600000",
    );
    let line = "\"id\":\"0123456789abcdef0123456789abcdef\",\"at\":1795521600000,\"day\":20781,\"session\":4123456789,\"n\":7";
    check(
        "tozero export",
        line,
        "\"id\":\"ID\",\"at\":NOW,\"day\":TODAY,\"session\":SESSION,\"n\":7",
    );
    check(
        "tozero export",
        "x,2026-11-22T12:00:00Z,1795348800007,20779",
        "x,TODAY-2T12:00:00Z,TODAY-2+43200007ms,TODAY-2",
    );
}
