//! Forgetting: the history of one question of a pack, or of all.
//! Guarantees: what is dropped is exactly what a dated and checked copy holds, however many programs write meanwhile;
//! without the copy nothing is dropped; what was dropped is told as such, whatever fails after it; other packs keep theirs.

use std::path::{Path, PathBuf};

use rusqlite::{TransactionBehavior, params};

use crate::clock;
use crate::store::error::StoreError;
use crate::store::{backup, file, record, rows};
use crate::text::SafeText;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResetOutcome {
    /// Reviews dropped.
    pub reviews: usize,
    /// Where they can still be found.
    pub copy: PathBuf,
    /// Why the last good copy could not be made anew, if it could not: it still holds them.
    pub not_renewed: Option<SafeText>,
    /// What happened to the record on opening.
    pub notice: Option<SafeText>,
}

/// How many reviews a question of these packs has, or all their questions; makes no file.
pub fn count(folder: &Path, packs: &[&str], question: Option<&str>) -> Result<usize, StoreError> {
    let Some(open) = record::read(folder)? else {
        return Ok(0);
    };
    let mut found = 0;
    rows::each(&open.connection, open.form, |stored| {
        let review = &stored.review;
        let asked = question.is_none_or(|question| review.question == question);
        found += usize::from(packs.contains(&review.pack.as_str()) && asked);
    })?;
    Ok(found)
}

/// Forgets the history of a question of these packs, or of all their questions.
pub fn forget(
    folder: &Path,
    packs: &[&str],
    question: Option<&str>,
) -> Result<ResetOutcome, StoreError> {
    let mut open = record::write(folder)?;
    rows::each(&open.connection, open.form, drop)?;
    // From here on nobody else writes, so that the copy holds what is dropped and nothing is dropped that it lacks.
    let transaction = open
        .connection
        .transaction_with_behavior(TransactionBehavior::Immediate)?;
    let path = file::path(folder);
    let copy = backup::dated(&path, folder, "before-reset", clock::now())?;
    let kept = file::read_copy(&copy)?.connection;
    let (mut held, mut reviews) = (0, 0);
    for pack in packs {
        held += rows::count(&kept, Some(pack), question)?;
        let of = params![pack, question];
        let voids = "DELETE FROM voids WHERE review IN
          (SELECT id FROM reviews WHERE pack = ?1 AND (?2 IS NULL OR question = ?2))";
        transaction.execute(voids, of)?;
        let dropped = "DELETE FROM reviews WHERE pack = ?1 AND (?2 IS NULL OR question = ?2)";
        reviews += transaction.execute(dropped, of)?;
        if question.is_none() {
            transaction.execute("DELETE FROM shelf WHERE pack = ?1", [pack])?;
        }
    }
    if reviews != held {
        return Err(StoreError::refused("the copy before forgetting differs"));
    }
    transaction.commit()?;
    // The log still holds what was dropped, and the last good copy does. Where others read it now, a later day will do.
    let empty = "PRAGMA wal_checkpoint(TRUNCATE)";
    let _ = open.connection.query_row(empty, [], |_| Ok(()));
    // They are forgotten, whatever becomes of it.
    let renewed = backup::renew(folder, &copy, clock::now());
    let not_renewed = renewed.err().map(|error| {
        let backup = folder.join(file::BACKUP);
        let backup = SafeText::line(&backup.to_string_lossy());
        let why = backup::why(&error);
        crate::safe!("the last good copy still holds what was forgotten: {backup}: {why}")
    });
    Ok(ResetOutcome {
        not_renewed,
        reviews,
        copy,
        notice: open.notice,
    })
}
