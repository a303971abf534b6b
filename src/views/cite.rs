//! An entry as something to copy or to open: its words with where they come from.
//! What is copied says what it is, whose words it is and as of when.

use crate::pack::{Address, Kind, Library, Source};
use crate::safe;
use crate::text::{Day, SafeText, Url};
use crate::views::entry_footer::{openable, title};

/// What can be copied and opened of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Citation {
    pub text: SafeText,
    /// What that is, for the toast.
    pub what: SafeText,
    pub sources: Vec<(SafeText, Url)>,
}

/// What `y` copies and `o` opens.
pub fn cite(library: &Library, address: &Address) -> Option<Citation> {
    let (words, when) = words(library, address)?;
    let sources = sources(library, address)?;
    let name = title(library, address);
    let mut text = format!("{name}: {words}\n— tozero, {address}");
    if let Some(when) = when {
        text.push_str(&format!(", as of {when}"));
    }
    for (_, source) in &sources {
        text.push_str(&format!("\n{source}"));
    }
    Some(Citation {
        text: SafeText::from(text),
        what: safe!("{name}, with its sources"),
        sources,
    })
}

/// An entry in a sentence or two, and the day these are of.
fn words(library: &Library, address: &Address) -> Option<(SafeText, Option<Day>)> {
    let id = address.id.as_ref();
    match address.kind {
        Kind::Terms => library.term(id).map(|t| (t.brief.clone(), t.as_of)),
        Kind::Lessons => library.lesson(id).map(|l| {
            let text = l.body.text();
            (SafeText::line(text.split('\n').next().unwrap_or("")), None)
        }),
        Kind::Perspectives => library
            .perspective(id)
            .map(|p| (p.summary.text(), p.published)),
        Kind::References => library
            .reference(id)
            .map(|r| (r.summary.text(), r.published)),
        Kind::Services => library.service(id).map(|s| (s.what.text(), Some(s.as_of))),
        Kind::Myths => {
            let myth = library.myth(id)?;
            Some((safe!("{} {}", myth.claim, myth.truth.text()), None))
        }
        Kind::Lenses => library.lens(id).map(|l| (l.question.clone(), None)),
        Kind::Questions => library.question(id).map(|q| (q.prompt.text(), q.as_of)),
    }
}

/// What can be opened of an entry, with names; `None` for an entry that cannot be read.
pub fn sources(library: &Library, address: &Address) -> Option<Vec<(SafeText, Url)>> {
    let id = address.id.as_ref();
    let web = |url: &Url| vec![Source::Web(url.clone())];
    let all = match address.kind {
        Kind::Terms => library.term(id)?.sources.clone(),
        Kind::Lessons => library.lesson(id)?.sources.clone(),
        Kind::Perspectives => web(&library.perspective(id)?.url),
        Kind::References => web(&library.reference(id)?.url),
        Kind::Services => library.service(id)?.sources.clone(),
        Kind::Myths => library.myth(id)?.sources.clone(),
        Kind::Lenses => {
            let lens = library.lens(id)?;
            let all = std::iter::once(&lens.source).chain(&lens.also);
            all.cloned().map(Source::Reference).collect()
        }
        Kind::Questions => library.question(id)?.sources.clone(),
    };
    Some(all.iter().filter_map(|s| openable(library, s)).collect())
}
