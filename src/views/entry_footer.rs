//! What every page of an entry ends with: see also, mentioned in, sources.
//! Promise: everything named here can be followed.

use crate::layout::{PageBuilder, Role, Run};
use crate::pack::{Address, Kind, Library, LinkTarget, Source};
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

/// Links to entries of a kind, parted by dots.
pub fn links(setter: &mut PageBuilder, library: &Library, kind: Kind, ids: &[String]) -> Vec<Run> {
    let mut runs = Vec::new();
    for address in ids.iter().filter_map(|id| Address::new(kind, id)) {
        if !runs.is_empty() {
            runs.push(Run::ours(" · ", Role::Dim));
        }
        runs.push(setter.link(title(library, &address), LinkTarget::Entry(address, None)));
    }
    runs
}

/// A line of links to other entries of a kind, when there are any.
pub fn linked(
    setter: &mut PageBuilder,
    library: &Library,
    label: &'static str,
    kind: Kind,
    ids: &[String],
) {
    if !ids.is_empty() {
        let runs = links(setter, library, kind, ids);
        setter.label(label, runs);
    }
}

/// Who mentions an entry: by kind, a few by name, many by number.
pub fn mentioned(setter: &mut PageBuilder, library: &Library, address: &Address) {
    let by = library.mentions(address);
    let mut label = "Mentioned in";
    for kind in Kind::ALL {
        let here: Vec<&Address> = by.iter().filter(|a| a.kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        let mut runs = vec![Run::new(
            crate::safe!("{}", measure::count(here.len(), kind.one(), kind.word())),
            Role::Text,
        )];
        if kind != Kind::Questions && here.len() <= NAMED {
            runs.push(Run::ours("  ", Role::Text));
            for (i, address) in here.into_iter().enumerate() {
                if i > 0 {
                    runs.push(Run::ours(" · ", Role::Dim));
                }
                runs.push(setter.link(
                    title(library, address),
                    LinkTarget::Entry(address.clone(), None),
                ));
            }
        }
        setter.label(label, runs);
        label = "";
    }
}

/// Where it comes from: each source on a line, as a link, with the date it holds for.
pub fn sources(
    setter: &mut PageBuilder,
    library: &Library,
    sources: &[Source],
    as_of: Option<Day>,
) {
    let mut label = "Sources";
    for (words, target) in sources.iter().map(|s| named(library, s)) {
        let run = setter.link(words, target);
        setter.label(label, vec![run]);
        label = "";
    }
    if let Some(day) = as_of {
        setter.label("As of", vec![Run::new(crate::safe!("{day}"), Role::Text)]);
    }
}

/// A source's words and what they lead to.
pub fn named(library: &Library, source: &Source) -> (SafeText, LinkTarget) {
    match source {
        Source::Web(address) => (crate::safe!("{address}"), LinkTarget::Web(address.clone())),
        Source::Reference(id) => match Address::new(Kind::References, id) {
            Some(address) => (title(library, &address), LinkTarget::Entry(address, None)),
            None => (SafeText::line(id), LinkTarget::Nowhere(SafeText::line(id))),
        },
    }
}

/// A source as something that can be opened: its own address, or the reference's.
pub fn openable(library: &Library, source: &Source) -> Option<(SafeText, Url)> {
    match source {
        Source::Web(address) => Some((SafeText::default(), address.clone())),
        Source::Reference(id) => library
            .reference(id)
            .map(|r| (r.title.clone(), r.url.clone())),
    }
}
