//! Unfinished sessions, as JSON in the record's file.
//! Promise: one that cannot be read is as good as none; only the newest few are kept.

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::core::progress::{ReviewId, ReviewOutcome, SavedQuestion, SavedSession};
use crate::store::error::StoreResult;
use crate::text::Timestamp;

/// Sessions kept: as many as copies of the program may be running.
const KEPT: i64 = 8;

#[derive(Serialize, Deserialize)]
struct SessionJson {
    session: u64,
    seed: u64,
    asked: String,
    done: usize,
    stops: Vec<QuestionJson>,
}

#[derive(Serialize, Deserialize)]
struct QuestionJson {
    question: String,
    round: u32,
    review: Option<String>,
    outcome: Option<String>,
    sure: bool,
    chosen: Vec<String>,
}

/// Keeps a session as it is now.
pub(super) fn put(
    connection: &Connection,
    shelved: &SavedSession,
    now: Timestamp,
) -> StoreResult<()> {
    let body = serde_json::to_string(&SessionJson::of(shelved)).unwrap_or_default();
    let put = "INSERT INTO shelf VALUES (?1, ?2, ?3) ON CONFLICT (session) DO UPDATE SET at = excluded.at, body = excluded.body";
    connection.execute(put, (shelved.session.cast_signed(), now.at, body))?;
    let prune = "DELETE FROM shelf WHERE session NOT IN (SELECT session FROM shelf ORDER BY at DESC LIMIT ?1)";
    connection.execute(prune, [KEPT])?;
    Ok(())
}

/// Drops a session.
pub(super) fn drop_one(connection: &Connection, session: u64) -> StoreResult<()> {
    connection.execute(
        "DELETE FROM shelf WHERE session = ?1",
        [session.cast_signed()],
    )?;
    Ok(())
}

/// The session that was left last.
pub(super) fn newest(connection: &Connection) -> StoreResult<Option<SavedSession>> {
    let query = "SELECT body FROM shelf ORDER BY at DESC, session LIMIT 1";
    let body: Option<String> = connection
        .query_row(query, [], |row| row.get(0))
        .optional()?;
    Ok(body
        .and_then(|body| serde_json::from_str::<SessionJson>(&body).ok())
        .map(SessionJson::shelved))
}

impl SessionJson {
    fn of(shelved: &SavedSession) -> Self {
        let asked = |stop: &SavedQuestion| QuestionJson {
            question: stop.question.clone(),
            round: stop.round,
            review: stop.review.map(|id| id.to_string()),
            outcome: stop.outcome.map(|o| o.word().to_owned()),
            sure: stop.sure,
            chosen: stop.chosen.clone(),
        };
        Self {
            session: shelved.session,
            seed: shelved.seed,
            asked: shelved.asked.clone(),
            done: shelved.done,
            stops: shelved.stops.iter().map(asked).collect(),
        }
    }

    fn shelved(self) -> SavedSession {
        let stop = |asked: QuestionJson| SavedQuestion {
            question: asked.question,
            round: asked.round,
            review: asked.review.as_deref().and_then(ReviewId::parse),
            outcome: asked.outcome.as_deref().and_then(ReviewOutcome::parse),
            sure: asked.sure,
            chosen: asked.chosen,
        };
        let stops: Vec<SavedQuestion> = self.stops.into_iter().map(stop).collect();
        let done = self.done.min(stops.len());
        SavedSession {
            session: self.session,
            seed: self.seed,
            asked: self.asked,
            stops,
            done,
        }
    }
}
