//! Finding the entry of a name in a folder that is too large to be read whole: the beginnings of files are looked through
//! for its letters, and only where they stand between quotes is a file read.

use std::borrow::Cow;
use std::sync::Arc;

use crate::pack::address::{Address, Kind};
use crate::pack::entry::read_entry;
use crate::pack::index::{self, EntryMap};
use crate::pack::library::Library;
use crate::text::SafeText;
use crate::text::fold::keep;

impl Library {
    /// The entry of these kinds that is called so, as [`Library::named`] finds it once everything is read. `None` also
    /// where the file spells the name in other signs than it was typed, such as full width, or where the entry is left out
    /// since its title is another's: then everything has to be read to know.
    pub fn named_in_files(&self, kinds: &[Kind], words: &str) -> Option<Address> {
        for kind in kinds {
            let mut known = self.perhaps_named(*kind, words);
            let taken = taken(&known, words);
            known.retain(|address, _| !taken.contains(address));
            let catalog = match known.is_empty() {
                true => Cow::Borrowed(&self.catalog),
                false => Cow::Owned(index::with_known(&self.catalog, &known)),
            };
            if let Some(n) = catalog.named(*kind, words) {
                let found = Address::new(*kind, catalog.head(*kind, n).id);
                return found.filter(|address| !taken.contains(address));
            }
        }
        None
    }

    /// The entries in whose front matter a name stands between quotes.
    fn perhaps_named(&self, kind: Kind, words: &str) -> EntryMap {
        let wanted = squeezed(words);
        let quoted = ['"', '\''].map(|quote| format!("{quote}{wanted}{quote}"));
        let may_be = |address: &Address| {
            let start = self.files.start(&address.path());
            let head = start.as_deref().map(front_matter).map(squeezed);
            head.is_some_and(|head| quoted.iter().any(|name| head.contains(name)))
        };
        // What a question asks is no name, and nothing is called nothing.
        let ids = self
            .ids(kind)
            .filter(|_| kind != Kind::Questions && !wanted.is_empty());
        let addresses = ids.filter_map(|id| Address::new(kind, id)).filter(may_be);
        let read = |address: Address| {
            let source = self.files.read(&address.path()).ok()?;
            let entry = read_entry(&address, &source, &self.pack).0?;
            Some((address, Arc::new(entry)))
        };
        addresses.filter_map(read).collect()
    }
}

/// Of several entries with a name those that are left out, since it is their title and the name of one before them.
/// References may share theirs.
fn taken(known: &EntryMap, name: &str) -> Vec<Address> {
    let wanted = keep(name);
    let is_it = |text: &SafeText| keep(text) == wanted;
    let mut called: Vec<(&Address, bool)> = Vec::new();
    for (address, entry) in known {
        let row = entry.summary();
        let titled = is_it(&row.title);
        if address.kind != Kind::References && (titled || row.aliases.iter().any(is_it)) {
            called.push((address, titled));
        }
    }
    called.sort_unstable();
    let later = called.into_iter().skip(1).filter(|(_, titled)| *titled);
    later.map(|(address, _)| address.clone()).collect()
}

/// Letters as far as names can differ by them: small, without what joins words.
fn squeezed(text: &str) -> String {
    let letters = text.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// The front matter at the beginning of a file; all of the text where its end is not there.
fn front_matter(start: &str) -> &str {
    let end = start.get(1..).and_then(|rest| rest.find("\n+++"));
    end.and_then(|end| start.get(..=end)).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::files::MemoryFiles;

    fn library() -> Library {
        let term = |name: &str, aliases: &str| {
            format!(
                "+++\nterm = \"{name}\"\naliases = [{aliases}]\nbrief = \"B.\"\n+++\n\"Dong\".\n"
            )
        };
        let head = "format = 1\ntitle = \"T\"\n";
        let texts = [
            ("pack.toml", head.to_owned()),
            ("terms/a.md", term("Ding (loud)", "\"Bing\", 'C++'")),
            ("terms/b.md", term("Bing", "")),
            ("terms/c.md", term("C", "\"ＡＢＣ\"")),
            ("terms/d.md", term("Peal", "\"Toll\"")),
            ("terms/e.md", term("Peal", "")),
            ("terms/f.md", term("Knell", "\"Toll\"")),
            ("terms/g.md", term("G", "\"Knell\"")),
            ("terms/broken.md", "+++\nterm = \"Gong\n+++\n".to_owned()),
            ("lenses/gong.md", term("x", "")),
        ];
        let files = MemoryFiles::of(texts.iter().map(|(path, text)| (*path, text.as_str())));
        Library::open(Arc::new(files)).unwrap()
    }

    #[test]
    fn a_name_is_found_as_if_everything_were_read() {
        let (listed, indexed) = (library(), library().indexed());
        let kinds = [Kind::Terms, Kind::Lenses];
        let check = |words: &str, expected: Option<&str>| {
            let found = listed.named_in_files(&kinds, words);
            let found = found.map(|address| address.to_string());
            assert_eq!(found.as_deref(), expected, "{words}");
            let known = kinds.iter().find_map(|kind| indexed.named(*kind, words));
            if expected.is_some_and(|address| address.starts_with("terms/")) {
                assert_eq!(known.map(|a| a.to_string()).as_deref(), expected, "{words}");
            }
        };
        check("ding (loud)", Some("terms/a"));
        check("DING (Loud)", Some("terms/a"));
        check("ding", None);
        check("bing", Some("terms/a"));
        check("peal", Some("terms/d"));
        check("toll", Some("terms/d"));
        check("knell", Some("terms/f"));
        check("c++", Some("terms/a"));
        check("c", Some("terms/c"));
        check("dong", None);
        check("gong", Some("lenses/gong"));
        check("abc", None);
        check("…", None);
    }
}
