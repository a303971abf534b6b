//! The record as a file for others: JSON to import again, CSV for spreadsheets.
//! Guarantees: one review a line; everything that was ever written is in it, what was undone too; JSON is ASCII only, so
//! that nothing is lost on the way.

use std::path::Path;

use crate::core::schedule::Grade;
use crate::store::error::StoreError;
use crate::store::rows::StoredReview;
use crate::store::{record, rows};

/// The version of the file's shape.
pub const VERSION: u32 = 1;
/// The word in the file that says what it is.
pub const KIND: &str = "progress";

/// Hands every piece of the JSON file to `each`, in order. A record that is not there gives a file without reviews.
pub fn json(
    folder: Option<&Path>,
    mut each: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    each(&format!(
        "{{\"tozero\":{VERSION},\"kind\":\"{KIND}\",\"reviews\":["
    ))?;
    let mut separator = "\n";
    reviews(folder, |stored| {
        let line = ascii(&serde_json::to_string(stored).unwrap_or_default());
        each(&format!(
            "{}{line}",
            std::mem::replace(&mut separator, ",\n")
        ))
    })?;
    Ok(each("\n]}\n")?)
}

/// Hands every line of the CSV file to `each`, in order, as RFC 4180 wants it but for the line ends.
pub fn csv(
    folder: Option<&Path>,
    mut each: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    each("id,pack,question,lens,time,at,day,outcome,sure,grade,chosen,session,order,undone\n")?;
    reviews(folder, |StoredReview { review: r, undone }| {
        let fields = [
            r.id.to_string(),
            field(&r.pack),
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
            undone.to_string(),
        ];
        each(&format!("{}\n", fields.join(",")))
    })
}

fn reviews(
    folder: Option<&Path>,
    mut each: impl FnMut(&StoredReview) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    let Some(open) = folder.map_or(Ok(None), record::read)? else {
        return Ok(());
    };
    let mut written = Ok(());
    rows::each(&open.connection, open.form, |stored| {
        if written.is_ok() {
            written = each(&stored);
        }
    })?;
    Ok(written?)
}

/// A field of CSV: in quotes where it must be. What a spreadsheet would take for a formula gets an apostrophe in front.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = format!("{}{text}", if formula { "'" } else { "" });
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// JSON in ASCII: other letters stand in strings only, where they can be escaped. So can the one control character that
/// JSON lets through.
pub fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
