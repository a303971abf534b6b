//! How questions were answered, for their authors: counted from the rows, since what was chosen is nowhere else.
//! Guarantee: counts only; what they mean is said in `core::progress::quality`. Makes no file.

use std::path::Path;

use crate::core::progress::{AnswerPattern, ReviewOutcome};
use crate::store::error::StoreError;
use crate::store::file;

/// Every way in which each question was answered, with how often.
pub fn patterns(folder: &Path) -> Result<Vec<AnswerPattern>, StoreError> {
    let Some(open) = file::read(folder)? else {
        return Ok(Vec::new());
    };
    let query = "SELECT question, outcome, sure, chosen, count(*) FROM reviews r
      WHERE NOT EXISTS (SELECT 1 FROM voids v WHERE v.review = r.id) GROUP BY question, outcome, sure, chosen";
    let mut statement = open.connection.prepare(query)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (outcome, chosen): (String, String) = (row.get(1)?, row.get(3)?);
        let Some(outcome) = ReviewOutcome::parse(&outcome).filter(|o| o.is_answer()) else {
            continue;
        };
        let chosen = serde_json::from_str(&chosen).unwrap_or_default();
        found.push(AnswerPattern {
            question: row.get(0)?,
            outcome,
            sure: row.get(2)?,
            chosen,
            times: row.get(4)?,
        });
    }
    Ok(found)
}
