//! What every page of an entry ends with: see also, mentioned in, sources. Everything named here can be followed.

use crate::layout::{PageBuilder, Role, Run};
use crate::pack::{Address, Kind, Library, LinkTarget, Source};
use crate::safe;
use crate::text::{Day, SafeText, Url, measure};

/// Most entries of a kind named one by one under "mentioned in"; more are counted.
const NAMED: usize = 8;

/// The title of an entry, or its id where there is none.
pub fn title(library: &Library, address: &Address) -> SafeText {
    match library.position(address) {
        Some(n) => SafeText::line(library.head(address.kind, n).title),
        None => SafeText::line(&address.id),
    }
}

/// An entry's title, leading to it.
pub fn entry_link(page: &mut PageBuilder, library: &Library, address: Address) -> Run {
    page.link(title(library, &address), LinkTarget::Entry(address, None))
}

/// Links to entries, divided by dots.
pub fn links(
    page: &mut PageBuilder,
    library: &Library,
    addresses: impl IntoIterator<Item = Address>,
) -> Vec<Run> {
    let mut runs = Vec::new();
    for address in addresses {
        if !runs.is_empty() {
            runs.push(Run::ours(" · ", Role::Dim));
        }
        runs.push(entry_link(page, library, address));
    }
    runs
}

pub fn addresses(kind: Kind, ids: &[String]) -> impl Iterator<Item = Address> {
    ids.iter().filter_map(move |id| Address::new(kind, id))
}

/// A line of links to other entries of a kind, when there are any.
pub fn linked(
    page: &mut PageBuilder,
    library: &Library,
    label: &'static str,
    kind: Kind,
    ids: &[String],
) {
    if !ids.is_empty() {
        let runs = links(page, library, addresses(kind, ids));
        page.label(label, runs);
    }
}

/// Who mentions an entry: by kind, a few by name, many by number.
pub fn mentioned(page: &mut PageBuilder, library: &Library, kind: Kind, id: &str) {
    let Some(address) = Address::new(kind, id) else {
        return;
    };
    if !library.is_indexed() {
        let entries: usize = Kind::ALL.map(|kind| library.count(kind)).iter().sum();
        let entries = measure::count(entries, "entry", "entries");
        let words = safe!("not looked for: that takes reading {entries}");
        return page.label("Mentioned in", vec![Run::new(words, Role::Dim)]);
    }
    let by = library.mentions(&address);
    let mut values = Vec::new();
    for kind in Kind::ALL {
        let here: Vec<&Address> = by.iter().filter(|a| a.kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        let things = &library.pack().subject.things;
        let count = measure::count(here.len(), &things.one_of(kind), &things.many_of(kind));
        let mut runs = vec![Run::new(count, Role::Text)];
        let is_short = kind != Kind::Questions && here.len() <= NAMED;
        if is_short || page.format().is_document() {
            runs.push(Run::ours("  ", Role::Text));
            runs.extend(links(page, library, here.into_iter().cloned()));
        }
        values.push(runs);
    }
    page.labels("Mentioned in", values);
}

/// Where it comes from: each source on a line, as a link, with the date it holds for.
pub fn sources(page: &mut PageBuilder, library: &Library, sources: &[Source], as_of: Option<Day>) {
    source_links(page, library, "Sources", sources);
    if let Some(day) = as_of {
        page.label_text("As of", safe!("{day}"));
    }
}

/// Each source as a link on a line, under one label.
pub fn source_links(page: &mut PageBuilder, library: &Library, label: &str, sources: &[Source]) {
    let link = |source| vec![source_link(page, library, source)];
    let links: Vec<Vec<Run>> = sources.iter().map(link).collect();
    page.labels(label, links);
}

/// A web address, leading there.
pub fn web_link(page: &mut PageBuilder, url: &Url) -> Run {
    page.link(safe!("{url}"), LinkTarget::Web(url.clone()))
}

/// A source, leading to its page or to the reference.
pub fn source_link(page: &mut PageBuilder, library: &Library, source: &Source) -> Run {
    match source {
        Source::Web(url) => web_link(page, url),
        Source::Unopened(url) => {
            page.link(safe!("{url} (not opened)"), LinkTarget::Web(url.clone()))
        }
        Source::Reference(id) => match Address::new(Kind::References, id) {
            Some(address) => entry_link(page, library, address),
            None => Run::new(SafeText::line(id), Role::Text),
        },
    }
}

/// A source as something that can be opened: its own address, or the reference's.
pub fn openable(library: &Library, source: &Source) -> Option<(SafeText, Url)> {
    match source {
        Source::Web(address) | Source::Unopened(address) => {
            Some((SafeText::default(), address.clone()))
        }
        Source::Reference(id) => {
            let reference = library.reference(id)?;
            Some((reference.title.clone(), reference.url.clone()))
        }
    }
}
