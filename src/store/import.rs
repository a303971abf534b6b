//! Reviews from a file: an export of ours, or a copy of the record.
//! Promises: everything in the file is held to the rules before anything is changed, and all that is wrong is said with its
//! place; importing a file again changes nothing; in whatever order files come, the record is the same.

use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};
use serde::Deserialize;

use crate::core::progress::{Review, ReviewId, ReviewOutcome};
use crate::core::schedule::Grade;
use crate::pack::address::is_id;
use crate::store::error::{StoreError, StoreResult};
use crate::store::export::{KIND, VERSION};
use crate::store::rows::{self, StoredReview};
use crate::store::{file, replay};
use crate::text::SafeText;
use crate::text::suggest::nearest;

/// Largest file, in bytes: about four million reviews.
const MAX: u64 = 1 << 30;
/// Most mistakes that are told.
const TOLD: usize = 20;
/// Milliseconds of the years 1 to 9999.
const TIMES: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;
/// How far the order of a review may be from its time: reviews that came after a clock went back count on by ones.
const AHEAD: i64 = 1 << 53;
/// Most keys of what was chosen, and most characters of one.
const CHOSEN: (usize, usize) = (64, 200);
/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Something that is wrong with a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportError {
    /// Where: `line 3, column 18`, `review 2`; empty for the file as a whole.
    pub place: SafeText,
    /// What.
    pub what: SafeText,
    /// What to do about it.
    pub help: Option<SafeText>,
}

/// What an import came to, in reviews.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// Added.
    pub added: usize,
    /// There already.
    pub known: usize,
    /// There already, and different: left as they were.
    pub different: usize,
    /// Taken back, since the file says so.
    pub undone: usize,
}

#[derive(Deserialize)]
struct ImportFile {
    tozero: u32,
    kind: String,
    reviews: Vec<ImportLine>,
}

#[derive(Deserialize)]
struct ImportLine {
    id: String,
    question: String,
    lens: Option<String>,
    at: i64,
    day: i32,
    outcome: String,
    sure: bool,
    grade: Option<String>,
    chosen: Vec<String>,
    session: u64,
    order: i64,
    undone: bool,
}

/// A review of a file and whether it was taken back.
pub type ImportedReview = (Review, bool);

/// Reads a file and holds everything in it to the rules.
pub fn read(path: &Path) -> Result<Vec<ImportedReview>, Vec<ImportError>> {
    let bytes = bytes(path).map_err(|why| vec![whole(why, None)])?;
    if bytes.starts_with(MAGIC) {
        return copy(path);
    }
    let text = String::from_utf8(bytes).map_err(|bad| {
        let what = crate::safe!("it is not UTF-8 at byte {}", bad.utf8_error().valid_up_to());
        vec![whole(
            what,
            Some("import takes what `tozero export` has written, or a copy of the record"),
        )]
    })?;
    parse(&text)
}

fn bytes(path: &Path) -> Result<Vec<u8>, SafeText> {
    let said = |error: &std::io::Error| SafeText::line(&error.kind().to_string());
    let opened = std::fs::File::open(path).map_err(|e| said(&e))?;
    if !opened.metadata().is_ok_and(|m| m.is_file()) {
        return Err(SafeText::ours("it is no file"));
    }
    let mut bytes = Vec::new();
    opened
        .take(MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| said(&e))?;
    if bytes.len() as u64 > MAX {
        Err(SafeText::ours("it is larger than 1 GiB"))
    } else {
        Ok(bytes)
    }
}

/// Reads a copy of the record.
fn copy(path: &Path) -> Result<Vec<ImportedReview>, Vec<ImportError>> {
    let mut found = Vec::new();
    let read = file::read_copy(path).and_then(|c| {
        file::check(&c)?;
        rows::all(&c, |StoredReview { review, void, .. }| {
            found.push((review, void))
        })
    });
    match read {
        Ok(()) => checked(found),
        Err(trouble) => Err(vec![whole(
            trouble.why(),
            Some("the other copies beside it may be sound"),
        )]),
    }
}

/// Reads an export.
pub fn parse(text: &str) -> Result<Vec<ImportedReview>, Vec<ImportError>> {
    let ImportFile {
        tozero,
        kind,
        reviews,
    } = serde_json::from_str(text).map_err(|error| vec![syntax(text, &error)])?;
    if kind != KIND {
        let what = crate::safe!("it holds {}, not progress", SafeText::line(&kind));
        return Err(vec![whole(
            what,
            Some("export with `tozero export --format json`"),
        )]);
    }
    if tozero != VERSION {
        let what = crate::safe!("it is of version {tozero}; this program reads version {VERSION}");
        return Err(vec![whole(
            what,
            Some("import it with the program that wrote it"),
        )]);
    }
    let mut wrong = Vec::new();
    let mut found = Vec::new();
    for (n, line) in reviews.into_iter().enumerate() {
        match line.review() {
            Ok(review) => found.push(review),
            Err(wrongs) => wrong.extend(wrongs.into_iter().map(|w| ImportError {
                place: crate::safe!("review {}", n + 1),
                ..w
            })),
        }
        if wrong.len() >= TOLD {
            break;
        }
    }
    if wrong.is_empty() {
        checked(found)
    } else {
        Err(wrong)
    }
}

/// Holds reviews to the rules, and each to the others of the same id.
fn checked(found: Vec<ImportedReview>) -> Result<Vec<ImportedReview>, Vec<ImportError>> {
    let mut wrong: Vec<ImportError> = Vec::new();
    let mut ids: Vec<(ReviewId, usize)> = found
        .iter()
        .enumerate()
        .map(|(n, (r, _))| (r.id, n))
        .collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        let [(one, first), (other, second)] = pair else {
            continue;
        };
        if one == other && found.get(*first) != found.get(*second) {
            let what = crate::safe!(
                "reviews {} and {} have the same id and differ",
                first + 1,
                second + 1
            );
            wrong.push(ImportError {
                place: crate::safe!("review {}", second + 1),
                what,
                help: None,
            });
        }
    }
    for (n, (review, _)) in found.iter().enumerate() {
        let place = || crate::safe!("review {}", n + 1);
        wrong.extend(faults(review).into_iter().map(|what| ImportError {
            place: place(),
            what,
            help: None,
        }));
        if wrong.len() >= TOLD {
            break;
        }
    }
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(wrong)
    }
}

/// Whether a review keeps the rules.
pub(super) fn is_sound(review: &Review) -> bool {
    faults(review).is_empty()
}

fn faults(review: &Review) -> Vec<SafeText> {
    let Review {
        question,
        lens,
        at,
        day,
        outcome,
        grade,
        chosen,
        order,
        ..
    } = review;
    let mut found = Vec::new();
    let mut rule = |kept: bool, what: SafeText| found.extend((!kept).then_some(what));
    rule(
        is_id(question),
        crate::safe!("{} is no question's id", SafeText::line(question)),
    );
    if let Some(lens) = lens {
        rule(
            is_id(lens),
            crate::safe!("{} is no lens's id", SafeText::line(lens)),
        );
    }
    rule(
        TIMES.contains(at),
        SafeText::ours("its time is not between the years 1 and 9999"),
    );
    let off = i64::from(*day)
        .saturating_sub(at.div_euclid(86_400_000))
        .abs();
    rule(
        off <= 2,
        SafeText::ours("its day and its time are more than two days apart"),
    );
    rule(
        grade.is_some() == outcome.is_answer(),
        SafeText::ours("an answer has a grade, and nothing else has"),
    );
    let right = grade.is_none_or(|g| g.is_right() == (*outcome == ReviewOutcome::Right));
    rule(right, SafeText::ours("its grade does not fit its outcome"));
    rule(
        chosen.len() <= CHOSEN.0 && chosen.iter().all(|key| key.chars().count() <= CHOSEN.1),
        SafeText::ours("it says more of what was chosen than a question can hold"),
    );
    rule(
        (*at..=at.saturating_add(AHEAD)).contains(order),
        SafeText::ours("its order is before its time or far behind it"),
    );
    found
}

impl ImportLine {
    fn review(self) -> Result<ImportedReview, Vec<ImportError>> {
        let mut wrong = Vec::new();
        let mut amiss = |what: SafeText, help: Option<SafeText>| {
            wrong.push(ImportError {
                place: SafeText::default(),
                what,
                help,
            })
        };
        let id = ReviewId::parse(&self.id);
        if id.is_none() {
            amiss(
                crate::safe!("{} is no id", SafeText::line(&self.id)),
                Some(SafeText::ours("an id is 32 digits from 0 to f")),
            );
        }
        let outcome = ReviewOutcome::parse(&self.outcome);
        if outcome.is_none() {
            amiss(
                crate::safe!("there is no outcome {}", SafeText::line(&self.outcome)),
                meant(&self.outcome, ReviewOutcome::ALL.map(ReviewOutcome::word)),
            );
        }
        let grade = self.grade.as_deref().map(|word| {
            Grade::ALL
                .into_iter()
                .find(|g| g.word() == word)
                .ok_or(word)
        });
        if let Some(Err(word)) = grade {
            amiss(
                crate::safe!("there is no grade {}", SafeText::line(word)),
                meant(word, Grade::ALL.map(Grade::word)),
            );
        }
        let (Some(id), Some(outcome), Ok(grade)) = (id, outcome, grade.transpose()) else {
            return Err(wrong);
        };
        let Self {
            question,
            lens,
            at,
            day,
            sure,
            chosen,
            session,
            order,
            undone,
            ..
        } = self;
        Ok((
            Review {
                id,
                question,
                lens,
                at,
                day,
                outcome,
                sure,
                grade,
                chosen,
                session,
                order,
            },
            undone,
        ))
    }
}

fn meant<const N: usize>(word: &str, words: [&'static str; N]) -> Option<SafeText> {
    Some(match nearest(word, words) {
        Some(near) => crate::safe!("did you mean {near}?"),
        None => crate::safe!("one of {}", words.join(", ")),
    })
}

fn whole(what: SafeText, help: Option<&'static str>) -> ImportError {
    ImportError {
        place: SafeText::default(),
        what,
        help: help.map(SafeText::ours),
    }
}

fn syntax(text: &str, error: &serde_json::Error) -> ImportError {
    let said = error.to_string();
    let what = SafeText::line(said.split(" at line ").next().unwrap_or(&said));
    let help = if text.starts_with("id,question,") {
        "a CSV file is for spreadsheets; export with `--format json` to import again"
    } else if text.starts_with('#') {
        "this is for Anki; export with `--format json` to import again"
    } else {
        "import takes what `tozero export` has written, or a copy of the record"
    };
    let place = crate::safe!("line {}, column {}", error.line(), error.column());
    ImportError {
        place,
        what,
        help: Some(SafeText::ours(help)),
    }
}

/// Adds what is not there yet, all of it or nothing.
pub fn merge(folder: &Path, found: &[ImportedReview]) -> StoreResult<Imported> {
    let mut open = file::write(folder)?;
    let transaction = open
        .connection
        .transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut imported = Imported::default();
    let mut adder = rows::ReviewInserter::new(&transaction)?;
    for (review, undone) in found {
        one(&transaction, &mut adder, review, *undone, &mut imported)?;
    }
    drop(adder);
    let (cache, _) = replay::fold(&transaction)?;
    replay::store(&transaction, &cache)?;
    transaction.commit()?;
    Ok(imported)
}

fn one(
    connection: &Connection,
    adder: &mut rows::ReviewInserter<'_>,
    review: &Review,
    undone: bool,
    imported: &mut Imported,
) -> StoreResult<()> {
    if adder.add(review)? {
        imported.added += 1;
    } else {
        let there = rows::find(connection, review.id)?
            .ok_or(StoreError::damaged("a row of it cannot be read"))?;
        *(if there.review == *review {
            &mut imported.known
        } else {
            &mut imported.different
        }) += 1;
    }
    if undone && rows::void(connection, review.id)? {
        imported.undone += 1;
    }
    Ok(())
}
