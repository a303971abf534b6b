//! The record as a file for others: JSON to import again, CSV for spreadsheets.
//! Promises: one review a line; everything that was ever written is in it, what was taken back too; ASCII only, so that
//! nothing is lost on the way.

use std::path::Path;

use serde::Serialize;

use crate::core::progress::Review;
use crate::core::schedule::Grade;
use crate::store::error::StoreResult;
use crate::store::file;
use crate::store::rows::{self, StoredReview};

/// The version of the file's shape.
pub const VERSION: u32 = 1;
/// The word in the file that says what it is.
pub const KIND: &str = "progress";

/// A review as a line of JSON.
#[derive(Serialize)]
struct ExportLine<'a> {
    id: String,
    question: &'a str,
    lens: Option<&'a str>,
    at: i64,
    day: i32,
    outcome: &'a str,
    sure: bool,
    grade: Option<&'a str>,
    chosen: &'a [String],
    session: u64,
    order: i64,
    undone: bool,
}

/// Hands every piece of the JSON file to `each`, in order. A record that is not there gives a file without reviews.
pub fn json(
    folder: Option<&Path>,
    mut each: impl FnMut(&str) -> std::io::Result<()>,
) -> StoreResult<()> {
    each(&format!(
        "{{\"tozero\":{VERSION},\"kind\":\"{KIND}\",\"reviews\":["
    ))?;
    let mut between = "\n";
    reviews(folder, |stored| {
        let line = format!(
            "{between}{}",
            ascii(&serde_json::to_string(&ExportLine::of(stored)).unwrap_or_default())
        );
        between = ",\n";
        each(&line)
    })?;
    Ok(each("\n]}\n")?)
}

/// Hands every line of the CSV file to `each`, in order, as RFC 4180 wants it but for the line ends.
pub fn csv(
    folder: Option<&Path>,
    mut each: impl FnMut(&str) -> std::io::Result<()>,
) -> StoreResult<()> {
    each("id,question,lens,time,at,day,outcome,sure,grade,chosen,session,order,undone\n")?;
    reviews(
        folder,
        |StoredReview {
             review: r, void, ..
         }| {
            let fields = [
                r.id.to_string(),
                field(&r.question),
                field(r.lens.as_deref().unwrap_or("")),
                r.moment().iso(),
                r.at.to_string(),
                r.day.to_string(),
                r.outcome.word().to_owned(),
                r.sure.to_string(),
                r.grade.map_or("", Grade::word).to_owned(),
                field(&r.chosen.join(" | ")),
                r.session.to_string(),
                r.order.to_string(),
                void.to_string(),
            ];
            each(&format!("{}\n", fields.join(",")))
        },
    )
}

fn reviews(
    folder: Option<&Path>,
    mut each: impl FnMut(&StoredReview) -> std::io::Result<()>,
) -> StoreResult<()> {
    let Some(open) = folder.map_or(Ok(None), file::read)? else {
        return Ok(());
    };
    let mut written = Ok(());
    rows::all(&open.connection, |stored| {
        if written.is_ok() {
            written = each(&stored);
        }
    })?;
    Ok(written?)
}

impl<'a> ExportLine<'a> {
    fn of(StoredReview { review, void, .. }: &'a StoredReview) -> Self {
        let Review {
            id,
            question,
            lens,
            at,
            day,
            outcome,
            sure,
            grade,
            chosen,
            session,
            order,
        } = review;
        Self {
            id: id.to_string(),
            question,
            lens: lens.as_deref(),
            at: *at,
            day: *day,
            outcome: outcome.word(),
            sure: *sure,
            grade: grade.map(Grade::word),
            chosen,
            session: *session,
            order: *order,
            undone: *void,
        }
    }
}

/// A field of CSV: in quotes where it must be. What a spreadsheet would take for a formula gets an apostrophe in front.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// JSON in ASCII: other letters stand in strings only, where they can be escaped. So can the one control character that
/// JSON lets through.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}
