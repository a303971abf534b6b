//! The public JSON: own shapes, versioned, described by `tozero help json`.
//!
//! Promises: one object a line, each with `tozero` (the version of the shapes) and `kind`; a field never goes away within
//! a version and absent values are null; nothing of the inner types leaks, every field is put here by hand.

pub mod answers;
pub mod check;
pub mod cost;
pub mod entry;
pub mod facts;
pub mod judging;
pub mod progress;
pub mod question;
pub mod quiz;

use std::io;

use serde::Serialize;

use crate::cli::output::Output;
use crate::pack::{Doc, Kind, Library, Link, LinkTarget, Source as Cited};
use crate::text::SafeText;
use crate::views::entry_footer;

/// The version of the shapes. It rises when a field changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// The page that describes the shapes.
pub const PAGE: &str = include_str!("../../../assets/json.md");

#[derive(Serialize)]
struct Envelope<'a, T> {
    tozero: u32,
    kind: &'a str,
    #[serde(flatten)]
    body: &'a T,
}

/// Prints one object on one line.
pub fn print(out: &mut Output, kind: &str, body: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string(&Envelope {
        tozero: VERSION,
        kind,
        body,
    })?;
    let text = if out.look.ascii { escaped(&text) } else { text };
    out.line(&SafeText::from(text))
}

/// The same JSON in ASCII: other letters stand in strings only, where they can be escaped.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            c.encode_utf16(&mut units)
                .iter()
                .for_each(|u| out.push_str(&format!("\\u{u:04x}")));
        }
    }
    out
}

/// A piece of a page: its words, and what its links lead to.
#[derive(Serialize)]
pub struct Text {
    text: String,
    links: Vec<String>,
}

impl Text {
    /// The words and links of a piece.
    pub fn of(doc: &Doc) -> Self {
        Self {
            text: doc.text().to_string(),
            links: doc.links.iter().filter_map(link).collect(),
        }
    }

    /// The same for a piece that may be absent.
    pub fn maybe(doc: Option<&Doc>) -> Option<Self> {
        doc.map(Self::of)
    }
}

/// An address as it is written on the command line or in a browser.
fn link(link: &Link) -> Option<String> {
    match &link.target {
        LinkTarget::Entry(address, _) => Some(address.to_string()),
        LinkTarget::Web(address) => Some(address.to_string()),
        LinkTarget::Anchor(_) | LinkTarget::Nowhere(_) => None,
    }
}

/// Where something comes from.
#[derive(Serialize)]
pub struct Source {
    title: Option<String>,
    url: Option<String>,
    reference: Option<String>,
}

impl Source {
    /// Sources with their addresses looked up.
    pub fn all(library: &Library, sources: &[Cited]) -> Vec<Self> {
        sources.iter().map(|s| Self::of(library, s)).collect()
    }

    fn of(library: &Library, source: &Cited) -> Self {
        let found = entry_footer::openable(library, source);
        let reference = match source {
            Cited::Web(_) => None,
            Cited::Reference(id) => Some(SafeText::line(id).to_string()),
        };
        let title = found
            .as_ref()
            .map(|(t, _)| t.to_string())
            .filter(|t| !t.is_empty());
        Self {
            title,
            url: found.map(|(_, a)| a.to_string()),
            reference,
        }
    }
}

/// The word of a closed set of choices.
fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words
        .iter()
        .find(|(_, v)| v == value)
        .map_or("", |(w, _)| w)
}

/// The word of a kind in an object: singular.
pub fn kind_word(kind: Kind) -> &'static str {
    kind.one()
}

/// Texts as strings.
fn strings(texts: &[SafeText]) -> Vec<&str> {
    texts.iter().map(SafeText::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_json_means_the_same() {
        let json = serde_json::to_string("naïve 日本 \u{1f600} \"q\"").unwrap();
        let plain = escaped(&json);
        assert!(plain.is_ascii());
        assert_eq!(
            serde_json::from_str::<String>(&plain).unwrap(),
            serde_json::from_str::<String>(&json).unwrap()
        );
    }
}
