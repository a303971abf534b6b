//! Reviews as rows: written, taken back, read.
//! Promise: a review is written once, however often it is handed in; what is read is checked like what is imported.

use rusqlite::{Connection, OptionalExtension, Row, Statement, params};

use crate::core::progress::{Review, ReviewId, ReviewOutcome, after};
use crate::core::schedule::Grade;
use crate::store::error::StoreResult;

/// The columns of a review, as [`review`] reads them, and whether it was taken back.
pub(super) const COLUMNS: &str =
    "r.n, r.id, r.question, r.lens, r.at, r.day, r.outcome, r.sure, r.grade, r.chosen, r.session,
  r.place, EXISTS (SELECT 1 FROM voids v WHERE v.review = r.id)";

/// A review as it lies in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct StoredReview {
    /// Its row.
    pub n: i64,
    /// The review.
    pub review: Review,
    /// Whether it was taken back.
    pub void: bool,
}

/// What adds reviews; prepared once for many.
pub(super) struct ReviewInserter<'c> {
    review: Statement<'c>,
    session: Statement<'c>,
}

impl<'c> ReviewInserter<'c> {
    /// Ready to add.
    pub(super) fn new(connection: &'c Connection) -> StoreResult<Self> {
        let insert = "INSERT INTO reviews (id, question, lens, at, day, outcome, sure, grade, chosen, session, place)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO NOTHING";
        let session = connection.prepare("INSERT OR IGNORE INTO sessions VALUES (?1)")?;
        Ok(Self {
            review: connection.prepare(insert)?,
            session,
        })
    }

    /// Adds a review with the order it has. False when it is there already.
    pub(super) fn add(&mut self, review: &Review) -> StoreResult<bool> {
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

/// Adds a review that happened just now, after all others of its question. False when it is there already.
pub(super) fn keep(connection: &Connection, review: &Review) -> StoreResult<bool> {
    let last = "SELECT max(place) FROM reviews WHERE question = ?1";
    let last: Option<i64> = connection.query_row(last, [&review.question], |row| row.get(0))?;
    ReviewInserter::new(connection)?.add(&Review {
        order: after(last, review.at),
        ..review.clone()
    })
}

/// Takes a review back; it may also come later. False when it was taken back before.
pub(super) fn void(connection: &Connection, id: ReviewId) -> StoreResult<bool> {
    Ok(connection.execute(
        "INSERT OR IGNORE INTO voids (review) VALUES (?1)",
        [blob(id)],
    )? > 0)
}

/// The review of that id.
pub(super) fn find(connection: &Connection, id: ReviewId) -> StoreResult<Option<StoredReview>> {
    let query = format!("SELECT {COLUMNS} FROM reviews r WHERE r.id = ?1");
    Ok(connection
        .query_row(&query, [blob(id)], |row| Ok(review(row)))
        .optional()?
        .flatten())
}

/// Reads a row; `None` when it is no review of ours, whoever wrote it there.
pub(super) fn review(row: &Row<'_>) -> Option<StoredReview> {
    let chosen = row.get_ref(9).ok()?.as_str().ok()?;
    let outcome = ReviewOutcome::parse(row.get_ref(6).ok()?.as_str().ok()?)?;
    let grade: Option<i64> = row.get(8).ok()?;
    let grade = grade.and_then(Grade::of);
    let review = Review {
        id: id(row.get_ref(1).ok()?.as_blob().ok()?)?,
        question: row.get(2).ok()?,
        lens: row.get(3).ok()?,
        at: row.get(4).ok()?,
        day: row.get(5).ok()?,
        outcome,
        sure: row.get(7).ok()?,
        grade,
        chosen: if chosen == "[]" {
            Vec::new()
        } else {
            serde_json::from_str(chosen).ok()?
        },
        session: row.get::<_, i64>(10).ok()?.cast_unsigned(),
        order: row.get(11).ok()?,
    };
    (grade.is_some() == outcome.is_answer()).then_some(StoredReview {
        n: row.get(0).ok()?,
        review,
        void: row.get(12).ok()?,
    })
}

/// Every review in the file, in the order it was written, those taken back too. Rows that are no reviews are left out.
pub(super) fn all(connection: &Connection, mut each: impl FnMut(StoredReview)) -> StoreResult<()> {
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

/// Ids that were taken back, in the order that was done.
pub(super) fn voids(connection: &Connection) -> StoreResult<Vec<ReviewId>> {
    let mut statement = connection.prepare("SELECT review FROM voids ORDER BY n")?;
    let found = statement.query_map([], |row| Ok(row.get_ref(0)?.as_blob().ok().and_then(id)))?;
    let found: Vec<Option<ReviewId>> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// An id as it is stored: 16 bytes, the greatest first.
pub(super) fn blob(id: ReviewId) -> [u8; 16] {
    id.0.to_be_bytes()
}

fn id(bytes: &[u8]) -> Option<ReviewId> {
    Some(ReviewId(u128::from_be_bytes(bytes.try_into().ok()?)))
}
