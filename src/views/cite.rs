//! An entry as something to copy or to open: its words with where they come from.
//! Promise: what is copied says what it is, whose words it is and as of when.

use crate::pack::{Address, Kind, Library, Source};
use crate::text::{SafeText, Url};
use crate::views::entry_footer::{openable, title};

/// What can be copied and opened of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Citation {
    /// The words with where they come from.
    pub text: SafeText,
    /// What that is, for the toast.
    pub what: SafeText,
    /// What can be opened, with names.
    pub sources: Vec<(SafeText, Url)>,
}

/// What `y` copies and `o` opens.
pub fn cite(library: &Library, address: &Address) -> Option<Citation> {
    let id = address.id.as_ref();
    let (words, sources, when) = match address.kind {
        Kind::Terms => library.term(id).map(|t| {
            (
                t.brief.clone(),
                t.sources.clone(),
                t.as_of.map(|d| d.to_string()),
            )
        })?,
        Kind::Lessons => library
            .lesson(id)
            .map(|l| (first_lines(&l.body.text()), l.sources.clone(), None))?,
        Kind::Perspectives => library.perspective(id).map(|p| {
            (
                p.summary.text(),
                vec![Source::Web(p.url.clone())],
                p.published.map(|d| d.to_string()),
            )
        })?,
        Kind::References => library.reference(id).map(|r| {
            (
                r.summary.text(),
                vec![Source::Web(r.url.clone())],
                r.published.map(|d| d.to_string()),
            )
        })?,
        Kind::Services => library
            .service(id)
            .map(|s| (s.what.text(), s.sources.clone(), Some(s.as_of.to_string())))?,
        Kind::Myths => library.myth(id).map(|m| {
            (
                crate::safe!("{} {}", m.claim, m.truth.text()),
                m.sources.clone(),
                None,
            )
        })?,
        Kind::Lenses => library.lens(id).map(|l| {
            (
                l.question.clone(),
                vec![Source::Reference(l.source.clone())],
                None,
            )
        })?,
        Kind::Questions => library
            .question(id)
            .map(|q| (q.prompt.text(), q.sources.clone(), None))?,
    };
    let name = title(library, address);
    let sources: Vec<(SafeText, Url)> = sources
        .iter()
        .filter_map(|s| openable(library, s))
        .collect();
    let mut text = format!("{name}: {words}\n— tozero, {address}");
    if let Some(when) = when {
        text.push_str(&format!(", as of {when}"));
    }
    for (_, source) in &sources {
        text.push_str(&format!("\n{source}"));
    }
    Some(Citation {
        text: SafeText::from(text),
        what: crate::safe!("{name}, with its sources"),
        sources,
    })
}

/// The first paragraph of a long text.
fn first_lines(text: &SafeText) -> SafeText {
    SafeText::line(text.split('\n').next().unwrap_or(""))
}
