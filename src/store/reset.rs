//! Forgetting: the history of one question, or everything.
//! Guarantee: a dated and checked copy is there before anything is dropped; without it nothing is.

use std::path::{Path, PathBuf};

use rusqlite::TransactionBehavior;

use crate::disk::clock;
use crate::store::error::StoreError;
use crate::store::{backup, file, rows};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResetOutcome {
    /// Reviews dropped.
    pub reviews: usize,
    /// Where they can still be found.
    pub copy: PathBuf,
}

/// How many reviews a question has, or all questions; makes no file.
pub fn count(folder: &Path, question: Option<&str>) -> Result<usize, StoreError> {
    match file::read(folder)? {
        Some(open) => rows::count(&open.connection, question),
        None => Ok(0),
    }
}

/// Forgets a question's history, or everything.
pub fn forget(folder: &Path, question: Option<&str>) -> Result<ResetOutcome, StoreError> {
    let mut open = file::write(folder)?;
    let copy = backup::dated(&open.connection, folder, "before-reset", clock::now())?;
    let transaction = open
        .connection
        .transaction_with_behavior(TransactionBehavior::Immediate)?;
    let voids = "DELETE FROM voids WHERE ?1 IS NULL OR review IN (SELECT id FROM reviews WHERE question = ?1)";
    transaction.execute(voids, [question])?;
    let reviews = transaction.execute(
        "DELETE FROM reviews WHERE ?1 IS NULL OR question = ?1",
        [question],
    )?;
    transaction.execute(
        "DELETE FROM sessions WHERE session NOT IN (SELECT session FROM reviews)",
        [],
    )?;
    if question.is_none() {
        transaction.execute("DELETE FROM shelf", [])?;
    }
    // Earlier versions kept there what follows from the reviews.
    transaction.execute("DROP TABLE IF EXISTS cache", [])?;
    transaction.commit()?;
    Ok(ResetOutcome { reviews, copy })
}
