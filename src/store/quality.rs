//! How questions were answered, for their authors: counted from the rows, since what was chosen is nowhere else.
//! Guarantee: counts only; what they mean is said in `core::progress::quality`. Makes no file.

use std::collections::BTreeMap;
use std::path::Path;

use crate::core::progress::{AnswerPattern, Review, ReviewOutcome};
use crate::store::error::StoreError;
use crate::store::keys::PackKeys;
use crate::store::{record, rows};

/// Every answer to the questions of these keys.
pub fn reviews(folder: &Path, keys: &PackKeys) -> Result<Vec<Review>, StoreError> {
    let Some(open) = record::read(folder)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    rows::each(&open.connection, open.form, |stored| {
        if !stored.undone && keys.has(&stored.review) {
            found.push(stored.review);
        }
    })?;
    Ok(found)
}

/// Every way in which each question of these keys was answered, with how often.
pub fn patterns(folder: &Path, keys: &PackKeys) -> Result<Vec<AnswerPattern>, StoreError> {
    let Some(open) = record::read(folder)? else {
        return Ok(Vec::new());
    };
    let mut found: BTreeMap<(String, ReviewOutcome, bool, Vec<String>), u32> = BTreeMap::new();
    rows::each(&open.connection, open.form, |stored| {
        let review = stored.review;
        if !stored.undone && review.outcome.is_answer() && keys.has(&review) {
            let way = (review.question, review.outcome, review.sure, review.chosen);
            *found.entry(way).or_default() += 1;
        }
    })?;
    let pattern = |((question, outcome, sure, chosen), times)| AnswerPattern {
        question,
        outcome,
        sure,
        chosen,
        times,
    };
    Ok(found.into_iter().map(pattern).collect())
}
