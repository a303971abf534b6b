//! What every page of an entry ends with: see also, mentioned in, sources.
//! Promise: everything named here can be followed.

use crate::base::day::Day;
use crate::base::safe::SafeText;
use crate::base::text;
use crate::base::web::WebAddress;
use crate::content::address::{Address, Kind};
use crate::content::doc::Target;
use crate::content::kind::source::Source;
use crate::content::library::Library;
use crate::page::row::{Role, Run};
use crate::page::setter::Setter;

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
pub fn links(setter: &mut Setter, library: &Library, kind: Kind, ids: &[String]) -> Vec<Run> {
    let mut runs = Vec::new();
    for address in ids.iter().filter_map(|id| Address::new(kind, id)) {
        if !runs.is_empty() {
            runs.push(Run::ours(" · ", Role::Dim));
        }
        runs.push(setter.link(title(library, &address), Target::Entry(address, None)));
    }
    runs
}

/// A line of links to other entries of a kind, when there are any.
pub fn linked(setter: &mut Setter, library: &Library, label: &'static str, kind: Kind, ids: &[String]) {
    if !ids.is_empty() {
        let runs = links(setter, library, kind, ids);
        setter.label(label, runs);
    }
}

/// Who mentions an entry: by kind, a few by name, many by number.
pub fn mentioned(setter: &mut Setter, library: &Library, address: &Address) {
    let by = library.mentions(address);
    let mut label = "Mentioned in";
    for kind in Kind::ALL {
        let here: Vec<&Address> = by.iter().filter(|a| a.kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        let mut runs = vec![Run::new(crate::safe!("{}", text::count(here.len(), kind.one(), kind.word())), Role::Text)];
        if kind != Kind::Questions && here.len() <= NAMED {
            runs.push(Run::ours("  ", Role::Text));
            for (i, address) in here.into_iter().enumerate() {
                if i > 0 {
                    runs.push(Run::ours(" · ", Role::Dim));
                }
                runs.push(setter.link(title(library, address), Target::Entry(address.clone(), None)));
            }
        }
        setter.label(label, runs);
        label = "";
    }
}

/// Where it comes from: each source on a line, as a link, with the date it holds for.
pub fn sources(setter: &mut Setter, library: &Library, sources: &[Source], as_of: Option<Day>) {
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
pub fn named(library: &Library, source: &Source) -> (SafeText, Target) {
    match source {
        Source::Web(address) => (crate::safe!("{address}"), Target::Web(address.clone())),
        Source::Reference(id) => match Address::new(Kind::References, id) {
            Some(address) => (title(library, &address), Target::Entry(address, None)),
            None => (SafeText::line(id), Target::Nowhere(SafeText::line(id))),
        },
    }
}

/// A source as something that can be opened: its own address, or the reference's.
pub fn openable(library: &Library, source: &Source) -> Option<(SafeText, WebAddress)> {
    match source {
        Source::Web(address) => Some((SafeText::default(), address.clone())),
        Source::Reference(id) => library.reference(id).map(|r| (r.title.clone(), r.url.clone())),
    }
}
