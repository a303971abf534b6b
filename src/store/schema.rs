//! The tables of the record, and what a file says of its own form.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::error::StoreError;
use crate::store::rows::RecordForm;

/// What the file says of itself in its header: `t0z0`.
const APPLICATION: i64 = 0x7430_7a30;
/// The form that this program writes.
pub const FORMAT: i64 = 2;

/// Reviews are only ever added. `place` orders those of a question; see `progress::Review::order`. A review that was
/// taken back stays, and its id is added to `voids`. `sum` is a checksum of a row's values. `tally` counts the rows, so that
/// one that vanishes is noticed: only a row that comes or goes by the database's own doing changes it, and its `sum` is
/// 3 × reviews + 5 × voids + 7. `shelf`, the unfinished sessions, can be lost without harm.
pub(super) const TABLES: &str = "
CREATE TABLE reviews (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  pack TEXT NOT NULL,
  question TEXT NOT NULL,
  lens TEXT,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('right', 'partly', 'wrong', 'skipped', 'page')),
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  grade INTEGER CHECK (grade BETWEEN 1 AND 4),
  chosen TEXT NOT NULL,
  session INTEGER NOT NULL,
  place INTEGER NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_of ON reviews (pack, question, place);
CREATE TABLE voids (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  review BLOB NOT NULL UNIQUE CHECK (length(review) = 16),
  sum INTEGER NOT NULL
) STRICT;
CREATE TABLE tally (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  reviews INTEGER NOT NULL,
  voids INTEGER NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
INSERT INTO tally VALUES (1, 0, 0, 7);
CREATE TRIGGER review_added AFTER INSERT ON reviews BEGIN
  UPDATE tally SET reviews = reviews + 1, sum = sum + 3; END;
CREATE TRIGGER review_dropped AFTER DELETE ON reviews BEGIN
  UPDATE tally SET reviews = reviews - 1, sum = sum - 3; END;
CREATE TRIGGER void_added AFTER INSERT ON voids BEGIN
  UPDATE tally SET voids = voids + 1, sum = sum + 5; END;
CREATE TRIGGER void_dropped AFTER DELETE ON voids BEGIN
  UPDATE tally SET voids = voids - 1, sum = sum - 5; END;
CREATE TABLE shelf (
  session INTEGER PRIMARY KEY,
  pack TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
";

/// Tables, triggers and the index among these.
const PARTS: usize = 9;

/// Queries that name everything we use: they cannot be prepared on a file that lacks any of it.
const WHOLE: &str = "SELECT r.n, r.id, r.pack, r.question, r.lens, r.at, r.day, r.outcome, r.sure, r.grade, r.chosen,
  r.session, r.place, r.sum, v.n, v.review, v.sum, t.one, t.reviews, t.voids, t.sum, h.session, h.pack, h.at, h.body
  FROM reviews r, voids v, tally t, shelf h LIMIT 0";

/// What a file says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecordState {
    New,
    Ours(RecordForm),
    Newer,
}

/// Writes the tables into a new file; of several that try, one does. Says what the file is then.
pub(super) fn create(connection: &mut Connection) -> Result<RecordState, StoreError> {
    let found = state(connection)?;
    if found != RecordState::New {
        return Ok(found);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if state(&transaction)? == RecordState::New {
        transaction.execute_batch(TABLES)?;
        mark(&transaction)?;
    }
    transaction.commit()?;
    state(connection)
}

/// Has the file say that it is of the form that this program writes.
pub(super) fn mark(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};"
    ))?)
}

/// What a file says of itself.
pub(super) fn state(connection: &Connection) -> Result<RecordState, StoreError> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let parts = number("SELECT count(*) FROM sqlite_schema")?;
    match (
        number("PRAGMA application_id")?,
        number("PRAGMA user_version")?,
    ) {
        (0, 0) if parts == 0 => Ok(RecordState::New),
        (APPLICATION, 1) => Ok(RecordState::Ours(RecordForm::First)),
        (APPLICATION, FORMAT) => Ok(RecordState::Ours(RecordForm::Second)),
        (APPLICATION, version) if version > FORMAT => Ok(RecordState::Newer),
        (APPLICATION, _) => Err(StoreError::damaged("its format is unknown")),
        _ => Err(StoreError::damaged("it is not a record of tozero")),
    }
}

/// The same as [`check`], and each index against its table, which takes several times as long: for the daily copy.
pub(super) fn check_indexes(connection: &Connection) -> Result<(), StoreError> {
    pages_fit(connection, "PRAGMA integrity_check(1)")?;
    check(connection)
}

fn pages_fit(connection: &Connection, pragma: &str) -> Result<(), StoreError> {
    let said: String = connection.query_row(pragma, [], |row| row.get(0))?;
    if said == "ok" {
        Ok(())
    } else {
        Err(StoreError::damaged("its pages do not fit together"))
    }
}

/// Whether a part stands in the file letter by letter as it was written: one letter of a trigger that is another lets a
/// record be read and refuses every answer.
fn is_ours(part: &str) -> bool {
    TABLES.contains(&format!("{part};\n"))
}

/// Whether everything that we use is there, and every page is sound.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    pages_fit(connection, "PRAGMA quick_check(1)")?;
    check_parts(connection)
}

/// Whether everything that we use is there; no row is read.
pub(super) fn check_parts(connection: &Connection) -> Result<(), StoreError> {
    match state(connection)? {
        RecordState::Ours(RecordForm::Second) => {
            let mut parts = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql <> ''")?;
            let parts = parts.query_map([], |row| row.get::<_, String>(0))?;
            let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
            let whole = parts.iter().filter(|part| is_ours(part)).count();
            if whole == PARTS && connection.prepare(WHOLE).is_ok() {
                Ok(())
            } else {
                Err(StoreError::damaged("a part of it is missing"))
            }
        }
        RecordState::New | RecordState::Newer | RecordState::Ours(RecordForm::First) => Ok(()),
    }
}
