//! Reviews and unfinished sessions as rows: written, undone, read.
//! Guarantees: a review is written once, however often it is handed in; what is read is checked like what is imported; a
//! session that cannot be read is as good as none.

use rusqlite::{Connection, OptionalExtension, Row, Statement, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::core::progress::{
    Change, Progress, Review, ReviewId, ReviewOutcome, SavedSession, after,
};
use crate::core::schedule::{DesiredRecall, Grade};
use crate::store::error::StoreError;
use crate::text::Timestamp;

/// The columns of a review, as [`review`] reads them, and whether it was undone.
pub(super) const COLUMNS: &str =
    "r.id, r.question, r.lens, r.at, r.day, r.outcome, r.sure, r.grade, r.chosen, r.session,
  r.place, EXISTS (SELECT 1 FROM voids v WHERE v.review = r.id)";
/// Unfinished sessions kept: as many as copies of the program may be running.
const SESSIONS: i64 = 8;

/// A review as it is in the file, and in an export.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredReview {
    #[serde(flatten)]
    pub review: Review,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Adds reviews; prepared once for many.
pub(super) struct ReviewInserter<'c> {
    review: Statement<'c>,
    session: Statement<'c>,
}

impl<'c> ReviewInserter<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let insert = "INSERT INTO reviews (id, question, lens, at, day, outcome, sure, grade, chosen, session, place)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO NOTHING";
        let session = connection.prepare("INSERT OR IGNORE INTO sessions VALUES (?1)")?;
        Ok(Self {
            review: connection.prepare(insert)?,
            session,
        })
    }

    /// Adds a review with the order it has. False when it is there already.
    pub(super) fn add(&mut self, review: &Review) -> Result<bool, StoreError> {
        let chosen = serde_json::to_string(&review.chosen).unwrap_or_default();
        let session = review.session.cast_signed();
        let added = self.review.execute(params![
            blob(review.id),
            review.question,
            review.lens,
            review.at,
            review.day,
            review.outcome.word(),
            review.sure,
            review.grade.map(|g| g as i64),
            chosen,
            session,
            review.order,
        ])?;
        if added > 0 {
            self.session.execute([session])?;
        }
        Ok(added > 0)
    }
}

/// Writes all changes in one transaction.
pub(super) fn write(
    connection: &mut Connection,
    changes: &[Change],
    now: Timestamp,
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for change in changes {
        match change {
            Change::Add(review) => drop(add(&transaction, review)?),
            Change::Undo(id) => drop(undo(&transaction, *id)?),
            Change::SaveSession(session) => save_session(&transaction, session, now)?,
            Change::DropSession(session) => drop_session(&transaction, *session)?,
        }
    }
    Ok(transaction.commit()?)
}

/// Adds a review that happened just now, after all others of its question. False when it is there already.
fn add(connection: &Connection, review: &Review) -> Result<bool, StoreError> {
    let last = "SELECT max(place) FROM reviews WHERE question = ?1";
    let last: Option<i64> = connection.query_row(last, [&review.question], |row| row.get(0))?;
    ReviewInserter::new(connection)?.add(&Review {
        order: after(last, review.at),
        ..review.clone()
    })
}

/// Undoes a review; it may also come later. False when it was undone before.
pub(super) fn undo(connection: &Connection, id: ReviewId) -> Result<bool, StoreError> {
    let insert = "INSERT OR IGNORE INTO voids (review) VALUES (?1)";
    Ok(connection.execute(insert, [blob(id)])? > 0)
}

fn save_session(
    connection: &Connection,
    session: &SavedSession,
    now: Timestamp,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(session).unwrap_or_default();
    let put = "INSERT INTO shelf VALUES (?1, ?2, ?3) ON CONFLICT (session) DO UPDATE SET at = excluded.at, body = excluded.body";
    connection.execute(put, (session.session.cast_signed(), now.at, body))?;
    let prune = "DELETE FROM shelf WHERE session NOT IN (SELECT session FROM shelf ORDER BY at DESC LIMIT ?1)";
    connection.execute(prune, [SESSIONS])?;
    Ok(())
}

fn drop_session(connection: &Connection, session: u64) -> Result<(), StoreError> {
    let delete = "DELETE FROM shelf WHERE session = ?1";
    connection.execute(delete, [session.cast_signed()])?;
    Ok(())
}

/// The session that was left last.
fn newest_session(connection: &Connection) -> Result<Option<SavedSession>, StoreError> {
    let query = "SELECT body FROM shelf ORDER BY at DESC, session LIMIT 1";
    let body: Option<String> = connection
        .query_row(query, [], |row| row.get(0))
        .optional()?;
    let session: Option<SavedSession> = body.and_then(|body| serde_json::from_str(&body).ok());
    Ok(session.map(|session| SavedSession {
        done: session.done.min(session.questions.len()),
        ..session
    }))
}

/// What follows from the rows, read at one moment.
pub(super) fn progress(
    connection: &mut Connection,
    desired: DesiredRecall,
) -> Result<Progress, StoreError> {
    let transaction = connection.transaction()?;
    let mut reviews = Vec::new();
    all(&transaction, |stored| {
        if !stored.undone {
            reviews.push(stored.review);
        }
    })?;
    let sessions = "SELECT count(*) FROM sessions";
    let sessions: i64 = transaction.query_row(sessions, [], |row| row.get(0))?;
    let saved_session = newest_session(&transaction)?;
    transaction.commit()?;
    let mut progress = Progress::of(desired, reviews);
    progress.sessions = usize::try_from(sessions).unwrap_or(0);
    progress.saved_session = saved_session;
    Ok(progress)
}

/// How many reviews a question has, or all questions.
pub(super) fn count(connection: &Connection, question: Option<&str>) -> Result<usize, StoreError> {
    let query = "SELECT count(*) FROM reviews WHERE ?1 IS NULL OR question = ?1";
    let found: i64 = connection.query_row(query, [question], |row| row.get(0))?;
    Ok(usize::try_from(found).unwrap_or(0))
}

/// The review of that id.
pub(super) fn find(
    connection: &Connection,
    id: ReviewId,
) -> Result<Option<StoredReview>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM reviews r WHERE r.id = ?1");
    Ok(connection
        .query_row(&query, [blob(id)], |row| Ok(review(row)))
        .optional()?
        .flatten())
}

/// Reads a row; `None` when it is no review of ours, whoever wrote it there.
pub(super) fn review(row: &Row<'_>) -> Option<StoredReview> {
    let chosen = row.get_ref(8).ok()?.as_str().ok()?;
    let outcome = ReviewOutcome::parse(row.get_ref(5).ok()?.as_str().ok()?)?;
    let grade: Option<i64> = row.get(7).ok()?;
    let grade = grade.and_then(Grade::of);
    let review = Review {
        id: id(row.get_ref(0).ok()?.as_blob().ok()?)?,
        question: row.get(1).ok()?,
        lens: row.get(2).ok()?,
        at: row.get(3).ok()?,
        day: row.get(4).ok()?,
        outcome,
        sure: row.get(6).ok()?,
        grade,
        chosen: serde_json::from_str(chosen).ok()?,
        session: row.get::<_, i64>(9).ok()?.cast_unsigned(),
        order: row.get(10).ok()?,
    };
    (grade.is_some() == outcome.is_answer()).then_some(StoredReview {
        review,
        undone: row.get(11).ok()?,
    })
}

/// Every review in the file, in the order it was written, undone ones too. Rows that are no reviews are left out.
pub(super) fn all(
    connection: &Connection,
    mut each: impl FnMut(StoredReview),
) -> Result<(), StoreError> {
    let query = format!("SELECT {COLUMNS} FROM reviews r ORDER BY r.n");
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(stored) = review(row) {
            each(stored);
        }
    }
    Ok(())
}

/// Ids that were undone, in the order that was done.
pub(super) fn undone(connection: &Connection) -> Result<Vec<ReviewId>, StoreError> {
    let mut statement = connection.prepare("SELECT review FROM voids ORDER BY n")?;
    let found = statement.query_map([], |row| Ok(row.get_ref(0)?.as_blob().ok().and_then(id)))?;
    let found: Vec<Option<ReviewId>> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// An id as it is stored: 16 bytes, the greatest first.
fn blob(id: ReviewId) -> [u8; 16] {
    id.0.to_be_bytes()
}

fn id(bytes: &[u8]) -> Option<ReviewId> {
    Some(ReviewId(u128::from_be_bytes(bytes.try_into().ok()?)))
}
