//! Reviews and unfinished sessions as rows: written, undone, read.
//!
//! Guarantees: a review is written once, however often it is handed in; each row carries a checksum of its values and the
//! record counts its rows, so that a row that was changed or has vanished is damage and never silence; a session that
//! cannot be read is as good as none.

use std::collections::HashSet;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{
    Connection, OptionalExtension, Row, Statement, TransactionBehavior, params, params_from_iter,
};
use serde::{Deserialize, Serialize};

use crate::core::progress::{
    Change, Progress, Review, ReviewId, ReviewOutcome, SavedSession, after,
};
use crate::core::schedule::{DesiredRecall, Grade};
use crate::store::error::StoreError;
use crate::store::keys::{PackKeys, bundled};
use crate::text::Timestamp;
use crate::text::measure::count as counted;

/// Values of a review in its row, besides its number and its checksum.
const VALUES: usize = 12;
/// Unfinished sessions kept: as many as copies of the program may be running.
const SESSIONS: i64 = 8;

/// The form of a record's tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecordForm {
    /// Version 0.1: no packs, no checksums. All its answers are to the bundled pack.
    First,
    Second,
}

/// A review as it is in the file, and in an export.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredReview {
    #[serde(flatten)]
    pub review: Review,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Adds reviews; prepared once for many.
pub(super) struct ReviewInserter<'c>(Statement<'c>);

impl<'c> ReviewInserter<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let insert = "INSERT INTO reviews
          (id, pack, question, lens, at, day, outcome, sure, grade, chosen, session, place, sum)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) DO NOTHING";
        Ok(Self(connection.prepare(insert)?))
    }

    /// Adds a review with the order it has. False when it is there already.
    pub(super) fn add(&mut self, review: &Review) -> Result<bool, StoreError> {
        let values = values(review);
        let sum = Value::Integer(checksum(values.iter().map(ValueRef::from)));
        let added = self
            .0
            .execute(params_from_iter(values.iter().chain([&sum])))?;
        Ok(added > 0)
    }
}

/// Writes all changes in one transaction.
pub(super) fn write(
    connection: &mut Connection,
    changes: &[Change],
    keys: &PackKeys,
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for change in changes {
        match change {
            Change::Add(review) => drop(add(&transaction, review, keys)?),
            Change::Undo(id) => drop(undo(&transaction, *id)?),
            Change::SaveSession(session) => save_session(&transaction, session, keys, now)?,
            Change::DropSession(session) => drop_session(&transaction, *session)?,
        }
    }
    Ok(transaction.commit()?)
}

/// Adds a review that happened just now, after all others of its question. False when it is there already.
fn add(connection: &Connection, review: &Review, keys: &PackKeys) -> Result<bool, StoreError> {
    let mut review = review.clone();
    if review.pack.is_empty() {
        review.pack = keys.pack_of(&review.question).to_owned();
    }
    let last = "SELECT max(place) FROM reviews WHERE pack = ?1 AND question = ?2";
    let of = [&review.pack, &review.question];
    let last: Option<i64> = connection.query_row(last, of, |row| row.get(0))?;
    review.order = after(last, review.at);
    ReviewInserter::new(connection)?.add(&review)
}

/// Undoes a review; it may also come later. False when it was undone before.
pub(super) fn undo(connection: &Connection, id: ReviewId) -> Result<bool, StoreError> {
    let insert = "INSERT OR IGNORE INTO voids (review, sum) VALUES (?1, ?2)";
    let id = blob(id);
    let sum = checksum([ValueRef::Blob(&id)]);
    Ok(connection.execute(insert, params![id, sum])? > 0)
}

fn save_session(
    connection: &Connection,
    session: &SavedSession,
    keys: &PackKeys,
    now: Timestamp,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(session).unwrap_or_default();
    let put = "INSERT INTO shelf (session, pack, at, body) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (session) DO UPDATE SET pack = excluded.pack, at = excluded.at, body = excluded.body";
    let number = session.session.cast_signed();
    connection.execute(put, params![number, keys.top(), now.at, body])?;
    let prune = "DELETE FROM shelf WHERE session NOT IN (SELECT session FROM shelf ORDER BY at DESC LIMIT ?1)";
    connection.execute(prune, [SESSIONS])?;
    Ok(())
}

fn drop_session(connection: &Connection, session: u64) -> Result<(), StoreError> {
    let delete = "DELETE FROM shelf WHERE session = ?1";
    connection.execute(delete, [session.cast_signed()])?;
    Ok(())
}

/// The session of a pack that was left last.
fn newest_session(
    connection: &Connection,
    form: RecordForm,
    pack: &str,
) -> Result<Option<SavedSession>, StoreError> {
    let query = match form {
        RecordForm::First => {
            format!("SELECT body FROM shelf WHERE ?1 = '{}'", bundled())
        }
        RecordForm::Second => "SELECT body FROM shelf WHERE pack = ?1".to_owned(),
    };
    let newest = format!("{query} ORDER BY at DESC, session LIMIT 1");
    let body: Option<String> = connection
        .query_row(&newest, [pack], |row| row.get(0))
        .optional()?;
    let session: Option<SavedSession> = body.and_then(|body| serde_json::from_str(&body).ok());
    Ok(session.map(|session| SavedSession {
        done: session.done.min(session.questions.len()),
        ..session
    }))
}

/// What follows from the rows that belong to these keys, read at one moment.
pub(super) fn progress(
    connection: &Connection,
    form: RecordForm,
    keys: &PackKeys,
    desired: DesiredRecall,
) -> Result<Progress, StoreError> {
    let _moment = connection.unchecked_transaction()?;
    let mut all = Vec::new();
    each(connection, form, |stored| all.push(stored))?;
    let mut progress = progress_of(all, keys, desired);
    progress.saved_session = newest_session(connection, form, keys.top())?;
    Ok(progress)
}

/// What follows from those of the reviews that belong to these keys.
pub(super) fn progress_of(
    all: impl IntoIterator<Item = StoredReview>,
    keys: &PackKeys,
    desired: DesiredRecall,
) -> Progress {
    let own = all.into_iter().filter(|s| keys.has(&s.review));
    let mut sessions = HashSet::new();
    let counted: Vec<Review> = own
        .filter_map(|stored| {
            sessions.insert(stored.review.session);
            (!stored.undone).then_some(stored.review)
        })
        .collect();
    let mut progress = Progress::of(desired, counted);
    progress.sessions = sessions.len();
    progress
}

/// How many reviews a pack has, of a question or of all; `None` for the pack counts all packs.
pub(super) fn count(
    connection: &Connection,
    pack: Option<&str>,
    question: Option<&str>,
) -> Result<usize, StoreError> {
    let query = "SELECT count(*) FROM reviews WHERE (?1 IS NULL OR pack = ?1) AND (?2 IS NULL OR question = ?2)";
    let found: i64 = connection.query_row(query, [pack, question], |row| row.get(0))?;
    Ok(usize::try_from(found).unwrap_or(0))
}

/// The review of that id.
pub(super) fn find(connection: &Connection, id: ReviewId) -> Result<Option<Review>, StoreError> {
    let query = format!("{} WHERE id = ?1", select(RecordForm::Second));
    let found = connection.query_row(&query, [blob(id)], |row| {
        Ok(review(&cells(row, VALUES + 1)?, RecordForm::Second))
    });
    Ok(found.optional()?.flatten())
}

fn select(form: RecordForm) -> &'static str {
    match form {
        RecordForm::First => {
            "SELECT id, question, lens, at, day, outcome, sure, grade, chosen, session, place FROM reviews"
        }
        RecordForm::Second => {
            "SELECT id, pack, question, lens, at, day, outcome, sure, grade, chosen, session, place, sum FROM reviews"
        }
    }
}

/// Hands over every review in the file, in the order it was written, undone ones too. Rows that cannot be read or do not
/// match, and rows that are missing, are an error after all others were handed over. Only tables are read: what an index
/// says may be wrong.
pub(super) fn each(
    connection: &Connection,
    form: RecordForm,
    mut each: impl FnMut(StoredReview),
) -> Result<(), StoreError> {
    let alone = connection.is_autocommit();
    let _moment = alone
        .then(|| connection.unchecked_transaction())
        .transpose()?;
    let (undone, mut unreadable) = undone(connection, form)?;
    let voids = undone.len() + unreadable;
    let undone: HashSet<ReviewId> = undone.into_iter().collect();
    let columns = match form {
        RecordForm::First => VALUES - 1,
        RecordForm::Second => VALUES + 1,
    };
    let mut statement = connection.prepare(&format!("{} ORDER BY n", select(form)))?;
    let mut rows = statement.query([])?;
    let mut found = 0;
    while let Some(row) = rows.next()? {
        found += 1;
        match review(&cells(row, columns)?, form) {
            Some(review) => each(StoredReview {
                undone: undone.contains(&review.id),
                review,
            }),
            None => unreadable += 1,
        }
    }
    if unreadable > 0 {
        let rows = counted(unreadable, "row of it", "rows of it");
        return Err(StoreError::Damaged(crate::safe!(
            "{rows} cannot be read or was changed"
        )));
    }
    match form {
        RecordForm::First => Ok(()),
        RecordForm::Second => held_to(tally(connection)?, found, voids),
    }
}

/// Whether there are as many rows as there must be.
fn held_to(
    (reviews, voids): (usize, usize),
    found: usize,
    found_voids: usize,
) -> Result<(), StoreError> {
    let lacks = reviews.saturating_sub(found) + voids.saturating_sub(found_voids);
    if lacks > 0 {
        let rows = counted(lacks, "row of it is", "rows of it are");
        Err(StoreError::Damaged(crate::safe!("{rows} missing")))
    } else if (found, found_voids) == (reviews, voids) {
        Ok(())
    } else {
        Err(StoreError::damaged("it has rows that nobody has written"))
    }
}

/// An error unless a record has as many rows as it says; no row is read.
pub(super) fn all_there(connection: &Connection, form: RecordForm) -> Result<(), StoreError> {
    let of = |table| {
        let query = format!("SELECT count(*) FROM {table}");
        let found: i64 = connection.query_row(&query, [], |row| row.get(0))?;
        Ok::<_, StoreError>(usize::try_from(found).unwrap_or(0))
    };
    let (reviews, voids) = (of("reviews")?, of("voids")?);
    match form {
        RecordForm::First => Ok(()),
        RecordForm::Second => held_to(tally(connection)?, reviews, voids),
    }
}

/// How many reviews, and how many of what was taken back, the record says that it has.
fn tally(connection: &Connection) -> Result<(usize, usize), StoreError> {
    let query = "SELECT reviews, voids, sum FROM tally";
    let told = connection.query_row(query, [], |row| {
        Ok(tally_of(&[
            row.get_ref(0)?,
            row.get_ref(1)?,
            row.get_ref(2)?,
        ]))
    });
    told.optional()?
        .flatten()
        .ok_or(StoreError::damaged("its count of rows is wrong"))
}

/// The two counts, if their sum fits; the triggers of the schema keep it.
fn tally_of(values: &[ValueRef<'_>]) -> Option<(usize, usize)> {
    let [reviews, voids, sum] = values else {
        return None;
    };
    let (reviews, voids, sum) = (
        reviews.as_i64().ok()?,
        voids.as_i64().ok()?,
        sum.as_i64().ok()?,
    );
    let right = reviews
        .checked_mul(3)?
        .checked_add(voids.checked_mul(5)?)?
        .checked_add(7)?;
    (right == sum).then_some((usize::try_from(reviews).ok()?, usize::try_from(voids).ok()?))
}

/// Ids that were undone, in the order that was done, and how many such rows cannot be read.
pub(super) fn undone(
    connection: &Connection,
    form: RecordForm,
) -> Result<(Vec<ReviewId>, usize), StoreError> {
    let (query, columns) = match form {
        RecordForm::First => ("SELECT review FROM voids NOT INDEXED ORDER BY n", 1),
        RecordForm::Second => ("SELECT review, sum FROM voids NOT INDEXED ORDER BY n", 2),
    };
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    let (mut found, mut unreadable) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        match void(&cells(row, columns)?) {
            Some(id) => found.push(id),
            None => unreadable += 1,
        }
    }
    Ok((found, unreadable))
}

fn cells<'r>(row: &'r Row<'_>, columns: usize) -> rusqlite::Result<Vec<ValueRef<'r>>> {
    (0..columns).map(|n| row.get_ref(n)).collect()
}

/// What a row of a file is of ours, read without the database: its values, the first of which is the row's number.
pub(super) enum LooseRow {
    /// A review, and whether a checksum vouches for it.
    Review(Review, bool),
    Undone(ReviewId),
    /// How many reviews there must be, and how many of them taken back.
    Tally(usize, usize),
    /// Once a review.
    Unreadable,
    /// Once what was taken back.
    UnreadableVoid,
}

impl LooseRow {
    /// Knows a row by the number and the kinds of its values.
    pub(super) fn of(values: &[ValueRef<'_>]) -> Option<Self> {
        let (ValueRef::Null, rest) = values.split_first()? else {
            return None;
        };
        let named = matches!(rest, [ValueRef::Blob(id), ..] if id.len() == 16);
        let form = match rest.len() {
            n if n == VALUES + 1 => RecordForm::Second,
            n if n == VALUES - 1 => RecordForm::First,
            1 | 2 if named => {
                return Some(void(rest).map_or(Self::UnreadableVoid, Self::Undone));
            }
            3 => return tally_of(rest).map(|(reviews, voids)| Self::Tally(reviews, voids)),
            _ => return None,
        };
        Some(review(rest, form).map_or(Self::Unreadable, |review| {
            Self::Review(review, form == RecordForm::Second)
        }))
    }
}

/// Reads what was undone, if its checksum fits where it has one.
fn void(values: &[ValueRef<'_>]) -> Option<ReviewId> {
    let (first, sum) = values.split_first()?;
    let fits = match sum {
        [sum] => sum.as_i64().ok()? == checksum([*first]),
        _ => true,
    };
    id(first.as_blob().ok()?).filter(|_| fits)
}

/// Reads the values of a review; `None` when they do not match their checksum or are no review of ours.
fn review(values: &[ValueRef<'_>], form: RecordForm) -> Option<Review> {
    let own = bundled();
    let second: Vec<ValueRef<'_>>;
    let values = match form {
        RecordForm::First => {
            let (id, rest) = values.split_first()?;
            second = [*id, ValueRef::Text(own.as_bytes())]
                .into_iter()
                .chain(rest.iter().copied())
                .collect();
            second.as_slice()
        }
        RecordForm::Second => {
            let (sum, rest) = values.split_last()?;
            if sum.as_i64().ok()? != checksum(rest.iter().copied()) {
                return None;
            }
            rest
        }
    };
    let at = |n: usize| values.get(n).copied();
    let text = |n| Some(at(n)?.as_str().ok()?.to_owned());
    let number = |n| at(n)?.as_i64().ok();
    let outcome = ReviewOutcome::parse(at(6)?.as_str().ok()?)?;
    let grade = at(8)?.as_i64_or_null().ok()?;
    let grade = match grade {
        Some(grade) => Some(Grade::of(grade)?),
        None => None,
    };
    let lens = at(3)?.as_str_or_null().ok()?;
    let review = Review {
        id: id(at(0)?.as_blob().ok()?)?,
        pack: text(1)?,
        question: text(2)?,
        lens: lens.map(ToOwned::to_owned),
        at: number(4)?,
        day: i32::try_from(number(5)?).ok()?,
        outcome,
        sure: number(7)? != 0,
        grade,
        chosen: serde_json::from_str(at(9)?.as_str().ok()?).ok()?,
        session: number(10)?.cast_unsigned(),
        order: number(11)?,
    };
    (grade.is_some() == outcome.is_answer()).then_some(review)
}

/// The values of a review, in the order of their columns.
fn values(review: &Review) -> [Value; VALUES] {
    let chosen = serde_json::to_string(&review.chosen).unwrap_or_default();
    let grade = review.grade.map(|grade| grade as i64);
    [
        Value::Blob(blob(review.id).to_vec()),
        Value::Text(review.pack.clone()),
        Value::Text(review.question.clone()),
        review.lens.clone().map_or(Value::Null, Value::Text),
        Value::Integer(review.at),
        Value::Integer(review.day.into()),
        Value::Text(review.outcome.word().to_owned()),
        Value::Integer(review.sure.into()),
        grade.map_or(Value::Null, Value::Integer),
        Value::Text(chosen),
        Value::Integer(review.session.cast_signed()),
        Value::Integer(review.order),
    ]
}

/// FNV-1a over the kinds, lengths and bytes of values: no single changed byte goes unseen, and no kind of value passes
/// for another. See <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn checksum<'v>(values: impl IntoIterator<Item = ValueRef<'v>>) -> i64 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            sum = (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for value in values {
        match value {
            ValueRef::Null => add(b"n"),
            ValueRef::Integer(n) => {
                add(b"i");
                add(&n.to_le_bytes());
            }
            ValueRef::Real(n) => {
                add(b"r");
                add(&n.to_le_bytes());
            }
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                add(if matches!(value, ValueRef::Text(_)) {
                    b"t"
                } else {
                    b"b"
                });
                add(&bytes.len().to_le_bytes());
                add(bytes);
            }
        }
    }
    sum.cast_signed()
}

/// An id as it is stored: 16 bytes, the greatest first.
fn blob(id: ReviewId) -> [u8; 16] {
    id.0.to_be_bytes()
}

fn id(bytes: &[u8]) -> Option<ReviewId> {
    Some(ReviewId(u128::from_be_bytes(bytes.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::misfit;

    /// In an export, what stands where a word belongs is told as that, and not as what the code has there.
    #[test]
    fn what_is_no_word_is_told() {
        let check = |field: &str, value: &str, expected: &str| {
            let stored = r#"{"id":"00000000000000000000000000000001","question":"idle","lens":null,
              "at":1728000040000,"day":20000,"outcome":"right","sure":true,"grade":"good","chosen":[],
              "session":1,"order":1728000040000,"undone":false}"#;
            let mut json: serde_json::Value = serde_json::from_str(stored).unwrap();
            json[field] = serde_json::from_str(value).unwrap();
            let error = serde_json::from_value::<StoredReview>(json).unwrap_err();
            let expected = format!("{expected} stands where a word belongs");
            assert_eq!(misfit(&error).as_str(), expected);
        };
        check("outcome", "null", "null");
        check("outcome", "{}", "an object");
        check("outcome", "7", "integer `7`");
        check("grade", "[\"good\"]", "a list");
    }

    #[test]
    fn a_checksum_tells_values_apart() {
        let sum = |values: &[ValueRef<'_>]| checksum(values.iter().copied());
        let (a, b, ab) = (
            ValueRef::Text(b"a"),
            ValueRef::Text(b"b"),
            ValueRef::Text(b"ab"),
        );
        let all = [
            sum(&[]),
            sum(&[ValueRef::Null]),
            sum(&[ValueRef::Integer(0)]),
            sum(&[ValueRef::Integer(1)]),
            sum(&[ValueRef::Real(0.0)]),
            sum(&[a, b]),
            sum(&[b, a]),
            sum(&[ab]),
            sum(&[ab, ValueRef::Text(b"")]),
            sum(&[ValueRef::Blob(b"ab")]),
        ];
        for (n, one) in all.iter().enumerate() {
            assert!(!all[n + 1..].contains(one), "{n}");
        }
    }

    #[test]
    fn a_tally_must_fit_its_sum() {
        let check = |values: [i64; 3], expected| {
            let values = values.map(ValueRef::Integer);
            assert_eq!(tally_of(&values), expected);
        };
        check([0, 0, 7], Some((0, 0)));
        check([2, 1, 18], Some((2, 1)));
        check([2, 1, 19], None);
        check([-1, 0, 4], None);
        check([i64::MAX, 0, 7], None);
    }
}
