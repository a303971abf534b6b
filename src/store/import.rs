//! Reviews from a file: an export of ours, or a copy of the record.
//! Guarantees: everything in the file is held to the rules before anything is changed, and what is wrong is said with its
//! place; importing a file again changes nothing; in whatever order files come, the record is the same.

use std::collections::HashMap;
use std::fmt::Formatter;
use std::io::Read;
use std::path::Path;

use rusqlite::TransactionBehavior;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::clock;
use crate::core::progress::{LAST_ORDER, Review, ReviewId, ReviewOutcome};
use crate::core::schedule::Grade;
use crate::pack::address::is_id;
use crate::store::error::{ImportError, StoreError};
use crate::store::export::{KIND, VERSION};
use crate::store::keys::bundled;
use crate::store::pages::MAGIC;
use crate::store::rows::StoredReview;
use crate::store::{file, record, rows, schema};
use crate::text::suggest::did_you_mean;
use crate::text::{SafeText, misfit, refusal};

/// Largest export, or copy of the record with its log, in bytes: about a million reviews.
const MAX: u64 = 256 << 20;
const TOO_LARGE: &str = "it is larger than 256 MiB";
/// Most mistakes that are reported.
const MISTAKES: usize = 20;
/// Milliseconds of the years 1 to 9999.
const TIMES: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;
/// Most keys of what was chosen, and most characters of one.
const CHOSEN: (usize, usize) = (64, 200);
/// Most bytes of one review: all that can be chosen, each character as a pair of escapes, and room for the rest.
const LONGEST: usize = 16 * CHOSEN.0 * CHOSEN.1;
/// How far ahead of the clock here a review may be, in milliseconds: clocks differ.
const SKEW: i64 = 36 * 3_600_000;
/// The name that stands for standard input.
pub const STANDARD_INPUT: &str = "-";
/// What to do about a file that is something else.
const HELP: &str = "import takes what `tozero export` has written, or a copy of the record";

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ImportSummary {
    pub added: usize,
    /// There already.
    pub known: usize,
    /// There already, and different: left as they were.
    pub different: usize,
    /// Undone, since the file says so.
    pub undone: usize,
}

#[derive(Deserialize)]
struct ImportFile {
    tozero: u32,
    kind: String,
    reviews: ImportedReviews,
}

/// The reviews of a file, and its first mistakes; what stands behind them is not kept.
#[derive(Default)]
struct ImportedReviews {
    found: Vec<StoredReview>,
    mistakes: Vec<ImportError>,
}

impl<'de> Deserialize<'de> for ImportedReviews {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(Self::default())
    }
}

impl<'de> Visitor<'de> for ImportedReviews {
    type Value = Self;

    fn expecting(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        to.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut all: A) -> Result<Self, A::Error> {
        let mut number = 0_u64;
        while self.mistakes.len() < MISTAKES {
            let Some(written) = all.next_element::<&RawValue>()? else {
                return Ok(self);
            };
            number += 1;
            match review(written.get()) {
                Ok(stored) => self.found.push(stored),
                Err((what, help)) => self.mistakes.push(ImportError {
                    place: crate::safe!("review {number}"),
                    what,
                    help: Some(help),
                }),
            }
        }
        while all.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self)
    }
}

/// A review as it is written, or why it is none, and what to do about it.
fn review(written: &str) -> Result<StoredReview, (SafeText, SafeText)> {
    let wrong = |what| (what, SafeText::ours(HELP));
    if written.len() > LONGEST {
        return Err(wrong(SafeText::ours("it is longer than any review")));
    }
    let misread = |error: serde_json::Error| wrong(misfit(&error));
    let value: Value = serde_json::from_str(written).map_err(misread)?;
    // The words come first, since serde would list its variants.
    if let Some(unknown) = unknown_word(&value) {
        return Err(unknown);
    }
    let mut stored: StoredReview = serde_json::from_value(value).map_err(misread)?;
    if stored.review.pack.is_empty() {
        bundled().clone_into(&mut stored.review.pack);
    }
    Ok(stored)
}

fn unknown_word(review: &Value) -> Option<(SafeText, SafeText)> {
    let unknown = |what, words: &[&str]| {
        let word = review[what].as_str().filter(|word| !words.contains(word))?;
        let message = crate::safe!("there is no {what} {}", SafeText::line(word));
        Some((message, did_you_mean(word, words)))
    };
    unknown("outcome", &ReviewOutcome::ALL.map(ReviewOutcome::word))
        .or_else(|| unknown("grade", &Grade::ALL.map(Grade::word)))
}

/// Reads a file, or standard input where its name is `-`, and holds everything in it to the rules.
pub fn read(path: &Path) -> Result<Vec<StoredReview>, StoreError> {
    let bytes = if path.as_os_str() == STANDARD_INPUT {
        bounded(std::io::stdin().lock())
    } else {
        bytes(path)
    };
    let bytes = bytes.map_err(|why| mistake(why, None))?;
    if bytes.starts_with(MAGIC) {
        return copy(path);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        mistake(crate::safe!("it is not UTF-8 at byte {valid}"), Some(HELP))
    })?;
    parse(&text)
}

/// The bytes of a file, or its first ones where it is a copy of the record; its size is looked at before anything is read.
fn bytes(path: &Path) -> Result<Vec<u8>, SafeText> {
    let why = |error: std::io::Error| SafeText::ours(refusal(&error));
    let found = std::fs::metadata(path).map_err(why)?;
    if !found.is_file() {
        return Err(SafeText::ours("it is no file"));
    }
    let beside = ["-wal", "-journal"].map(|ending| {
        let found = std::fs::metadata(file::sidecar(path, ending));
        found.map_or(0, |found| found.len())
    });
    let mut file = std::fs::File::open(path).map_err(why)?;
    let mut head = vec![0; MAGIC.len()];
    let is_copy = file.read_exact(&mut head).is_ok() && head == MAGIC;
    let read_too = if is_copy { beside } else { [0; 2] };
    if read_too
        .iter()
        .fold(found.len(), |all, one| all.saturating_add(*one))
        > MAX
    {
        return Err(SafeText::ours(TOO_LARGE));
    }
    if is_copy {
        return Ok(head);
    }
    bounded(std::fs::File::open(path).map_err(why)?)
}

fn bounded(from: impl Read) -> Result<Vec<u8>, SafeText> {
    let mut bytes = Vec::new();
    let read = from.take(MAX + 1).read_to_end(&mut bytes);
    read.map_err(|error| SafeText::ours(refusal(&error)))?;
    if bytes.len() as u64 > MAX {
        Err(SafeText::ours(TOO_LARGE))
    } else {
        Ok(bytes)
    }
}

fn copy(path: &Path) -> Result<Vec<StoredReview>, StoreError> {
    if path.as_os_str() == STANDARD_INPUT {
        let what = SafeText::ours("a copy of the record cannot be read from a pipe");
        return Err(mistake(what, Some("name the file")));
    }
    let mut found = Vec::new();
    let read = file::read_copy(path).and_then(|open| {
        schema::check(&open.connection)?;
        rows::each(&open.connection, open.form, |stored| found.push(stored))
    });
    read.map_err(|error| {
        let help = match &error {
            StoreError::Damaged(_) => "the other copies beside it may be sound",
            StoreError::Newer => "import it with the program that wrote it",
            StoreError::NoFolder | StoreError::Refused(_) | StoreError::Import(_) => {
                "copy it to where it can be read, together with its -wal file"
            }
        };
        mistake(error.why(), Some(help))
    })?;
    checked(found)
}

pub fn parse(text: &str) -> Result<Vec<StoredReview>, StoreError> {
    let file: ImportFile = serde_json::from_str(text).map_err(|error| syntax(text, &error))?;
    if file.kind != KIND {
        let what = crate::safe!("it holds {}, not progress", SafeText::line(&file.kind));
        let help = "export with `tozero export --format json`";
        return Err(mistake(what, Some(help)));
    }
    if file.tozero != VERSION {
        let version = file.tozero;
        let what = crate::safe!("it is of version {version}; this program reads version {VERSION}");
        let help = "import it with the program that wrote it";
        return Err(mistake(what, Some(help)));
    }
    let ImportedReviews { found, mistakes } = file.reviews;
    if mistakes.is_empty() {
        checked(found)
    } else {
        Err(StoreError::Import(mistakes))
    }
}

/// Holds reviews to the rules, and each to the others of the same id.
fn checked(found: Vec<StoredReview>) -> Result<Vec<StoredReview>, StoreError> {
    let mut mistakes = Vec::new();
    let latest = clock::now_milliseconds().saturating_add(SKEW);
    let mut seen: HashMap<ReviewId, (usize, &StoredReview)> = HashMap::new();
    for (n, stored) in (1..).zip(&found) {
        let mut broken = broken_rules(&stored.review);
        if stored.review.at > latest {
            let moment = stored.review.moment().iso();
            broken.push(crate::safe!("it is of the future: {moment}"));
        }
        if let Some((first, other)) = seen.insert(stored.review.id, (n, stored))
            && other != stored
        {
            broken.push(crate::safe!(
                "reviews {first} and {n} have the same id and differ"
            ));
        }
        mistakes.extend(broken.into_iter().map(|what| ImportError {
            place: crate::safe!("review {n}"),
            what,
            help: None,
        }));
        if mistakes.len() >= MISTAKES {
            break;
        }
    }
    if mistakes.is_empty() {
        Ok(found)
    } else {
        Err(StoreError::Import(mistakes))
    }
}

/// The rules that a review breaks, in words.
pub(super) fn broken_rules(review: &Review) -> Vec<SafeText> {
    let id = |id: &str, what| match is_id(id) {
        true => None,
        false => Some(crate::safe!("{} is no {what}'s id", SafeText::line(id))),
    };
    let rule = |kept: bool, what| (!kept).then_some(SafeText::ours(what));
    let days = i64::from(review.day).saturating_sub(review.at.div_euclid(86_400_000));
    let right = review.outcome == ReviewOutcome::Right;
    let orders = review.at..=LAST_ORDER;
    let short = |key: &String| key.chars().count() <= CHOSEN.1;
    let broken = [
        id(&review.pack, "pack"),
        id(&review.question, "question"),
        review.lens.as_deref().and_then(|lens| id(lens, "lens")),
        rule(
            TIMES.contains(&review.at),
            "its time is not between the years 1 and 9999",
        ),
        rule(
            (-2..=2).contains(&days),
            "its day and its time are more than two days apart",
        ),
        rule(
            review.grade.is_some() == review.outcome.is_answer(),
            "an answer has a grade, and nothing else has",
        ),
        rule(
            review.grade.is_none_or(|grade| grade.is_right() == right),
            "its grade does not fit its outcome",
        ),
        rule(
            review.chosen.len() <= CHOSEN.0 && review.chosen.iter().all(short),
            "it says more of what was chosen than a question can hold",
        ),
        rule(
            orders.contains(&review.order),
            "its order is before its time or far behind it",
        ),
    ];
    broken.into_iter().flatten().collect()
}

/// A mistake of the file as a whole.
fn mistake(what: SafeText, help: Option<&'static str>) -> StoreError {
    StoreError::Import(vec![ImportError {
        place: SafeText::default(),
        what,
        help: help.map(SafeText::ours),
    }])
}

fn syntax(text: &str, error: &serde_json::Error) -> StoreError {
    let help = if text.starts_with("id,question,") || text.starts_with("id,pack,question,") {
        "a CSV file is for spreadsheets; export with `--format json` to import again"
    } else if text.starts_with('#') {
        "this is for Anki; export with `--format json` to import again"
    } else {
        HELP
    };
    StoreError::Import(vec![ImportError {
        place: crate::safe!("line {}, column {}", error.line(), error.column()),
        what: misfit(error),
        help: Some(SafeText::ours(help)),
    }])
}

/// Adds what is not there yet, all of it or nothing. Says what happened to the record on opening.
pub fn merge(
    folder: &Path,
    found: &[StoredReview],
) -> Result<(ImportSummary, Option<SafeText>), StoreError> {
    let mut open = record::write(folder)?;
    rows::each(&open.connection, open.form, drop)?;
    let transaction = open
        .connection
        .transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut summary = ImportSummary::default();
    let mut inserter = rows::ReviewInserter::new(&transaction)?;
    for StoredReview { review, undone } in found {
        if inserter.add(review)? {
            summary.added += 1;
        } else {
            let there = rows::find(&transaction, review.id)?
                .ok_or(StoreError::damaged("a row of it cannot be read"))?;
            if there == *review {
                summary.known += 1;
            } else {
                summary.different += 1;
            }
        }
        summary.undone += usize::from(*undone && rows::undo(&transaction, review.id)?);
    }
    drop(inserter);
    transaction.commit()?;
    Ok((summary, open.notice))
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod import_tests;
