//! A workload: how often something is called, for how long, with how much memory and how unevenly.
//! What cannot be meant is refused by the name of its field, with the range that can.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::safe;
use crate::text::SafeText;
use crate::text::measure::thousands;

/// Hours in a month, as everywhere in this program.
pub const HOURS_PER_MONTH: u128 = 730;
/// Milliseconds in a month.
pub const MILLISECONDS_PER_MONTH: u64 = 730 * 3_600_000;
/// MB of memory that come with a vCPU where nobody said how much processor a request takes.
pub const MB_PER_VCPU: u64 = 1_769;

/// A workload of a month. The fields are in their ranges; see [`WorkloadField::range`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    values: [u64; 7],
    /// Whether its memory was told, and is not that of the usual workload.
    memory_told: bool,
    /// How requests come: all at once in bursts, or at random over the whole month.
    pub bursts: Option<Bursts>,
}

/// Requests that come in bursts, with nothing between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bursts {
    /// How many a month.
    pub count: u64,
    /// How long each takes, in milliseconds.
    pub length_ms: u64,
}

impl Bursts {
    /// Reads `30x5m`: a number of bursts, and the length of each.
    pub fn read(text: &str) -> Result<Self, WorkloadError> {
        let read = || {
            let (count, length) = text.split_once(['x', '×'])?;
            let count = parse(WorkloadField::Requests, count)?;
            let length = length.trim().to_ascii_lowercase();
            // Elsewhere `m` may be a million; a length in bursts of `m` is minutes.
            let length = match length.strip_suffix('m') {
                Some(minutes) => format!("{minutes}min"),
                None => length,
            };
            let length_ms = parse(WorkloadField::Duration, &length)?;
            let all = count.checked_mul(length_ms)?;
            (1..=MILLISECONDS_PER_MONTH)
                .contains(&all)
                .then_some(Self { count, length_ms })
        };
        read().ok_or_else(|| WorkloadError {
            field: "bursts",
            given: SafeText::line(text),
            wanted: SafeText::ours(
                "a number of bursts a month and the length of each, such as 30x5m or 4x2h, at most 730 hours in all",
            ),
        })
    }
}

impl Serialize for Workload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(WorkloadField::ALL.len() + 1))?;
        for field in WorkloadField::ALL {
            let value = self.get(field);
            match field {
                WorkloadField::Requests => map.serialize_entry("requests", &value)?,
                WorkloadField::Duration => map.serialize_entry("duration_ms", &value)?,
                WorkloadField::Memory => map.serialize_entry("memory_mb", &value)?,
                WorkloadField::Peak => map.serialize_entry("peak", &(value as f64 / 1000.0))?,
                WorkloadField::Vcpu => map.serialize_entry("vcpu", &(self.vcpus() as f64 / 1e6))?,
                WorkloadField::AtOnce => map.serialize_entry("at_once", &value)?,
                WorkloadField::Stored => map.serialize_entry("stored_gb", &value)?,
            }
        }
        map.serialize_entry("bursts", &self.bursts)?;
        map.end()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorkloadField {
    /// Requests a month.
    Requests,
    /// Milliseconds per request.
    Duration,
    /// Megabytes per request; 1,024 of them are a GB.
    Memory,
    /// Peak requests a second over the mean.
    Peak,
    /// Thousandths of a vCPU per request; 0 is the share that comes with its memory.
    Vcpu,
    /// Requests that an instance serves at once, where it can.
    AtOnce,
    /// Gigabytes stored all month.
    Stored,
}

impl WorkloadField {
    /// In the order they are set.
    pub const ALL: [Self; 7] = [
        Self::Requests,
        Self::Duration,
        Self::Memory,
        Self::Peak,
        Self::Vcpu,
        Self::AtOnce,
        Self::Stored,
    ];

    /// Its name on the command line, in JSON and in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Duration => "duration",
            Self::Memory => "memory",
            Self::Peak => "peak",
            Self::Vcpu => "vcpu",
            Self::AtOnce => "at-once",
            Self::Stored => "stored",
        }
    }

    /// The least and the most that can be meant, in the field's own unit: requests, ms, MB, thousandths, thousandths, requests, GB.
    pub const fn range(self) -> (u64, u64) {
        match self {
            Self::Requests => (0, 1_000_000_000_000),
            Self::Duration => (1, 86_400_000),
            Self::Memory => (1, 1_048_576),
            Self::Peak => (1_000, 100_000_000),
            Self::Vcpu => (0, 128_000),
            Self::AtOnce => (1, 1_000),
            Self::Stored => (0, 1_000_000_000),
        }
    }

    /// The endings it understands with what they multiply; the first stands for a plain number.
    const fn units(self) -> &'static [(&'static str, u64)] {
        match self {
            Self::Requests => &[
                ("", 1),
                ("k", 1_000),
                ("m", 1_000_000),
                ("g", 1_000_000_000),
                ("b", 1_000_000_000),
            ],
            Self::Duration => &[
                ("", 1),
                ("ms", 1),
                ("s", 1_000),
                ("min", 60_000),
                ("h", 3_600_000),
            ],
            Self::Memory => &[("", 1), ("mb", 1), ("gb", 1_024), ("m", 1), ("g", 1_024)],
            Self::Peak => &[("", 1_000), ("x", 1_000)],
            Self::Vcpu => &[("", 1_000)],
            Self::AtOnce => &[("", 1)],
            Self::Stored => &[("", 1), ("gb", 1), ("tb", 1_024)],
        }
    }

    /// What can be meant, for a message: `a whole number from 1 to 86,400,000 milliseconds`.
    fn wanted(self) -> SafeText {
        let (unit, examples) = match self {
            Self::Requests => ("number of requests a month", "such as 1500, 20k or 3M"),
            Self::Duration => ("number of milliseconds", "such as 100, 2s or 5min"),
            Self::Memory => ("number of megabytes", "such as 512 or 2GB"),
            Self::Peak => ("ratio", "such as 4 or 2.5"),
            Self::Vcpu => (
                "number of vCPUs",
                "such as 0.5 or 2, or 0 for the share of the memory",
            ),
            Self::AtOnce => ("number of requests at once", "such as 1 or 80"),
            Self::Stored => ("number of gigabytes", "such as 20 or 1TB"),
        };
        let (least, most) = self.range();
        if matches!(self, Self::Peak | Self::Vcpu) {
            let (least, most) = (thousands(least / 1_000), thousands(most / 1_000));
            return safe!(
                "a {unit} from {least} to {most} with at most three decimals, {examples}"
            );
        }
        let (least, most) = (thousands(least), thousands(most));
        safe!("a whole {unit} from {least} to {most}, {examples}")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadError {
    /// Which one, by its word.
    pub field: &'static str,
    /// What was given.
    pub given: SafeText,
    /// What could have been given.
    pub wanted: SafeText,
}

impl WorkloadError {
    /// One sentence without a full stop, beginning with the field's name.
    pub fn why(&self) -> SafeText {
        safe!("{}: \"{}\" is not {}", self.field, self.given, self.wanted)
    }
}

impl Default for Workload {
    /// A million requests a month, 100 ms and 512 MB each, evenly spread, one at a time, nothing stored.
    fn default() -> Self {
        Self {
            values: [1_000_000, 100, 512, 1_000, 0, 1, 0],
            memory_told: false,
            bursts: None,
        }
    }
}

impl Workload {
    /// Requests a month.
    pub const fn requests_per_month(&self) -> u64 {
        self.get(WorkloadField::Requests)
    }

    /// Milliseconds per request.
    pub const fn duration_ms(&self) -> u64 {
        self.get(WorkloadField::Duration)
    }

    /// Megabytes per request.
    pub const fn memory_mb(&self) -> u64 {
        self.get(WorkloadField::Memory)
    }

    /// Megabytes per request, where they were told.
    pub fn memory_told_mb(&self) -> Option<u64> {
        self.memory_told.then_some(self.memory_mb())
    }

    /// Peak over mean, in thousandths: 10,000 is a peak ten times the mean.
    pub const fn peak_to_mean_thousandths(&self) -> u64 {
        self.get(WorkloadField::Peak)
    }

    /// Millionths of a vCPU per request: as told, or the share that comes with its memory.
    pub const fn vcpus(&self) -> u64 {
        match self.get(WorkloadField::Vcpu) {
            0 => (self.memory_mb() * 1_000_000 + MB_PER_VCPU / 2) / MB_PER_VCPU,
            told => told * 1_000,
        }
    }

    /// Millionths of a vCPU per request, where they were told.
    pub fn vcpus_told(&self) -> Option<u64> {
        let told = self.get(WorkloadField::Vcpu);
        (told > 0).then_some(told * 1_000)
    }

    /// Requests that an instance serves at once, where it can.
    pub const fn at_once(&self) -> u64 {
        self.get(WorkloadField::AtOnce)
    }

    /// Milliseconds of the month in which requests come.
    pub fn active_ms(&self) -> u64 {
        let of = |bursts: Bursts| bursts.count * bursts.length_ms;
        let active = self.bursts.map_or(MILLISECONDS_PER_MONTH, of);
        active.clamp(1, MILLISECONDS_PER_MONTH)
    }

    /// Gigabytes stored all month.
    pub const fn stored_gb(&self) -> u64 {
        self.get(WorkloadField::Stored)
    }

    /// A field in its own unit; see [`WorkloadField::range`].
    pub const fn get(&self, field: WorkloadField) -> u64 {
        self.values[field as usize]
    }

    /// The same with a field replaced, moved into its range; for sliders, grids and the traffic dial.
    #[must_use]
    pub fn with(mut self, field: WorkloadField, value: u64) -> Self {
        let (least, most) = field.range();
        self.values[field as usize] = value.clamp(least, most);
        self.memory_told |= field == WorkloadField::Memory;
        self
    }

    /// The same, its requests in bursts or at random.
    #[must_use]
    pub const fn in_bursts(mut self, bursts: Option<Bursts>) -> Self {
        self.bursts = bursts;
        self
    }

    /// The same with a field as somebody typed it; refused when it cannot be meant.
    pub fn typed(self, field: WorkloadField, text: &str) -> Result<Self, WorkloadError> {
        let (least, most) = field.range();
        match parse(field, text).filter(|v| (least..=most).contains(v)) {
            Some(value) => Ok(self.with(field, value)),
            None => Err(WorkloadError {
                field: field.word(),
                given: SafeText::line(text),
                wanted: field.wanted(),
            }),
        }
    }
}

/// Reads `1500`, `1,500`, `20k`, `1.5M`, `2s`, `0.5GB`; `None` unless it is a whole number of the field's unit.
fn parse(field: WorkloadField, text: &str) -> Option<u64> {
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ',' | '_' | ' '))
        .collect();
    let split = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, ending) = text.split_at_checked(split)?;
    let ending = ending.to_ascii_lowercase();
    let (_, scale) = field.units().iter().find(|(unit, _)| *unit == ending)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |s: &str| s.len() <= 18 && s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || number.ends_with('.') {
        return None;
    }
    let per = 10u128.pow(fraction.len() as u32);
    let fine = format!("{whole}{fraction}")
        .parse::<u128>()
        .ok()?
        .checked_mul(u128::from(*scale))?;
    fine.is_multiple_of(per)
        .then(|| u64::try_from(fine / per).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let check = |field, text: &str, expected: u64| {
            assert_eq!(
                Workload::default().typed(field, text).map(|w| w.get(field)),
                Ok(expected),
                "{text}"
            );
        };
        check(WorkloadField::Requests, "0", 0);
        check(WorkloadField::Requests, "1k", 1_000);
        check(WorkloadField::Requests, "3M", 3_000_000);
        check(WorkloadField::Requests, "1.5m", 1_500_000);
        check(WorkloadField::Requests, " 1,234,567 ", 1_234_567);
        check(WorkloadField::Requests, "2G", 2_000_000_000);
        check(WorkloadField::Duration, "100", 100);
        check(WorkloadField::Duration, "2.5s", 2_500);
        check(WorkloadField::Duration, "5 min", 300_000);
        check(WorkloadField::Memory, "0.5GB", 512);
        check(WorkloadField::Memory, "128 MB", 128);
        check(WorkloadField::Peak, "2.5", 2_500);
        check(WorkloadField::Peak, "10x", 10_000);
        check(WorkloadField::Vcpu, "0.29", 290);
        check(WorkloadField::AtOnce, "80", 80);
        check(WorkloadField::Stored, "1TB", 1_024);
    }

    #[test]
    fn bursts_are_a_count_and_a_length() {
        let check = |text: &str, expected: Option<(u64, u64)>| {
            let found = Bursts::read(text).map(|b| (b.count, b.length_ms));
            assert_eq!(found.ok(), expected, "{text}");
        };
        check("30x5m", Some((30, 300_000)));
        check("30 × 5 min", Some((30, 300_000)));
        check("4x2h", Some((4, 7_200_000)));
        check("22x500ms", Some((22, 500)));
        for text in ["", "30", "x5m", "0x5m", "30x0", "30x5d", "731x1h"] {
            check(text, None);
        }
    }

    #[test]
    fn the_processor_follows_the_memory_until_told() {
        // 512 / 1,769 = 0.289429 vCPU.
        assert_eq!(Workload::default().vcpus(), 289_429);
        let told = Workload::default().with(WorkloadField::Vcpu, 2_000);
        assert_eq!(
            (told.vcpus(), told.vcpus_told()),
            (2_000_000, Some(2_000_000))
        );
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        let check = |field: WorkloadField, text: &str| {
            let refused = Workload::default().typed(field, text).expect_err(text);
            assert_eq!(
                (refused.field, refused.given.as_str()),
                (field.word(), text.trim_matches('\n'))
            );
            assert!(
                refused.why().starts_with(&format!("{}: \"", field.word())),
                "{}",
                refused.why()
            );
        };
        for text in [
            "",
            "-1",
            "many",
            "1e6",
            "0.5",
            "1.",
            ".5",
            "1q",
            "2000000000000",
            "1.2.3",
            "½",
            "0x10",
            "NaN",
        ] {
            check(WorkloadField::Requests, text);
        }
        for text in ["0", "-5", "0.5", "2d", "90000s", "99999999999999999999999"] {
            check(WorkloadField::Duration, text);
        }
        for text in ["0", "2TB", "1.5"] {
            check(WorkloadField::Memory, text);
        }
        for text in ["0", "0.9", "1.0001", "100001", "x"] {
            check(WorkloadField::Peak, text);
        }
        check(WorkloadField::Stored, "-1");
    }
}
