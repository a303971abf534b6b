//! From rows to what follows from them: the cache, and on from it.
//! Promise: the same as reading every review from the first, question by question, in their order; whatever was added
//! meanwhile, in whatever order, by whichever copy of the program.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension};

use crate::core::progress::{QuestionProgress, Review, Totals};
use crate::store::cache::Cache;
use crate::store::error::StoreResult;
use crate::store::rows::{self, COLUMNS, StoredReview};

/// Reads everything that was added since the cache was written. The number says how many rows that was.
pub(super) fn fold(connection: &Connection) -> StoreResult<(Cache, usize)> {
    let Some(mut cache) = cached(connection)? else {
        return whole(connection);
    };
    let tail = tail(connection, cache.reviews)?;
    let voids: i64 = connection.query_row("SELECT coalesce(max(n), 0) FROM voids", [], |row| {
        row.get(0)
    })?;
    let amiss = amiss(connection, &cache, &tail)?;
    for stored in tail.iter().filter(|s| !amiss.contains(&s.review.question)) {
        take(&mut cache.known, &mut cache.facts, &stored.review);
    }
    for question in &amiss {
        again(connection, &mut cache, question)?;
    }
    if let Some(last) = tail.last() {
        (cache.reviews, cache.last) = (last.n, last.review.id.0);
    }
    let read = tail.len() + usize::try_from(voids - cache.voids).unwrap_or(0);
    cache.voids = voids;
    Ok((cache, read))
}

/// Reads everything from the first review on.
pub(super) fn whole(connection: &Connection) -> StoreResult<(Cache, usize)> {
    let mut cache = Cache::default();
    let mut by_question: BTreeMap<String, Vec<Review>> = BTreeMap::new();
    let mut read = 0;
    rows::all(connection, |StoredReview { n, review, void }| {
        read += 1;
        (cache.reviews, cache.last) = (n, review.id.0);
        if !void {
            match by_question.get_mut(&review.question) {
                Some(reviews) => reviews.push(review),
                None => drop(by_question.insert(review.question.clone(), vec![review])),
            }
        }
    })?;
    for mut reviews in by_question.into_values() {
        reviews.sort_by_key(|r| (r.order, r.id));
        reviews
            .iter()
            .for_each(|review| take(&mut cache.known, &mut cache.facts, review));
    }
    cache.voids = connection.query_row("SELECT coalesce(max(n), 0) FROM voids", [], |row| {
        row.get(0)
    })?;
    Ok((cache, read))
}

/// Writes the cache.
pub(super) fn store(connection: &Connection, cache: &Cache) -> StoreResult<()> {
    let put = "INSERT INTO cache (one, body) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET body = excluded.body";
    connection.execute(put, [cache.encode()])?;
    Ok(())
}

/// The cache, when it fits: the last row in it is still the same review.
fn cached(connection: &Connection) -> StoreResult<Option<Cache>> {
    let body: Option<Vec<u8>> = connection
        .query_row("SELECT body FROM cache", [], |row| row.get(0))
        .optional()?;
    let Some(cache) = body.as_deref().and_then(Cache::decode) else {
        return Ok(None);
    };
    let mut query = connection.prepare("SELECT id FROM reviews WHERE n = ?1")?;
    let id: Option<[u8; 16]> = query
        .query_row([cache.reviews], |row| row.get(0))
        .optional()?;
    Ok((id.map(u128::from_be_bytes) == Some(cache.last)).then_some(cache))
}

/// The rows after one.
fn tail(connection: &Connection, after: i64) -> StoreResult<Vec<StoredReview>> {
    let mut statement = connection.prepare(&format!(
        "SELECT {COLUMNS} FROM reviews r WHERE r.n > ?1 ORDER BY r.n"
    ))?;
    let found = statement.query_map([after], |row| Ok(rows::review(row)))?;
    let found: Vec<Option<StoredReview>> = found.collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The questions for which it is not enough to go on from the cache: a review was taken back, or came late.
fn amiss(
    connection: &Connection,
    cache: &Cache,
    tail: &[StoredReview],
) -> StoreResult<BTreeSet<String>> {
    let query = "SELECT r.question FROM voids v JOIN reviews r ON r.id = v.review WHERE v.n > ?1";
    let mut statement = connection.prepare(query)?;
    let voided = statement.query_map([cache.voids], |row| row.get(0))?;
    let mut amiss: BTreeSet<String> = voided.collect::<Result<_, _>>()?;
    let mut last: BTreeMap<&str, i64> = BTreeMap::new();
    for StoredReview { review, void, .. } in tail {
        let known = cache.known.get(&review.question).map(|k| k.order);
        let before = last.insert(&review.question, review.order).or(known);
        if *void || before.is_some_and(|before| review.order <= before) {
            amiss.insert(review.question.clone());
        }
    }
    Ok(amiss)
}

/// Takes a question out of the cache as it is there, and puts it in as it is now.
fn again(connection: &Connection, cache: &mut Cache, question: &str) -> StoreResult<()> {
    let query = format!(
        "SELECT {COLUMNS}, EXISTS (SELECT 1 FROM voids v WHERE v.review = r.id AND v.n <= ?2)
         FROM reviews r WHERE r.question = ?1 ORDER BY r.place, r.id"
    );
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query((question, cache.voids))?;
    let mut was: Option<QuestionProgress> = None;
    cache.known.remove(question);
    let mut now = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(StoredReview { n, review, void }) = rows::review(row) else {
            continue;
        };
        if n <= cache.reviews && !row.get::<_, bool>(13)? {
            take_back(&mut was, &mut cache.facts, &review);
        }
        if !void {
            now.push(review);
        }
    }
    now.iter()
        .for_each(|review| take(&mut cache.known, &mut cache.facts, review));
    Ok(())
}

fn take(known: &mut BTreeMap<String, QuestionProgress>, facts: &mut Totals, review: &Review) {
    match known.get_mut(&review.question) {
        Some(known) => known.take(review, facts, 1),
        None => drop(known.insert(
            review.question.clone(),
            QuestionProgress::first(review, facts),
        )),
    }
}

/// Goes through a question's reviews once more to take their effects on the whole back.
fn take_back(known: &mut Option<QuestionProgress>, facts: &mut Totals, review: &Review) {
    match known {
        Some(known) => known.take(review, facts, -1),
        None => {
            facts.count(None, review, -1);
            *known = Some(QuestionProgress::first(review, &mut Totals::default()));
        }
    }
}
