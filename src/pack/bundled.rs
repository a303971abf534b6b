//! The bundled pack: the folder `content/` inside the program, with what the build script made of it: the catalog,
//! `pack.toml` and the entries that are read many at a time. No file system is touched; reading a file copies nothing.

use std::borrow::Cow;

use borsh::BorshDeserialize;
use include_dir::{Dir, File, include_dir};

use crate::pack::address::{Address, Kind};
use crate::pack::baked;
use crate::pack::catalog::Catalog;
use crate::pack::entries::pack::Pack;
use crate::pack::entry::Entry;
use crate::pack::files::{Files, ReadError};

static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");
/// The entries as bytes, one after the other in the catalog's order.
static ENTRIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entries.bin"));
/// Where each of them ends.
static ENDS: &[u32] = &include!(concat!(env!("OUT_DIR"), "/entries.rs"));
/// The author's guide lies in the folder and is no entry.
const GUIDE: &str = "README.md";

#[derive(Clone, Copy, Debug, Default)]
pub struct Bundled;

/// A file by its path, compared as bytes: taking a hundred paths apart would cost more than reading the entry.
fn file(path: &str) -> Option<&'static File<'static>> {
    let is = |found: &std::path::Path, wanted: &str| {
        found.as_os_str().as_encoded_bytes() == wanted.as_bytes()
    };
    let dir = match path.rsplit_once('/') {
        Some((folder, _)) => PACK.dirs().find(|d| is(d.path(), folder))?,
        None => &PACK,
    };
    dir.files().find(|f| is(f.path(), path))
}

impl Files for Bundled {
    fn list(&self, folder: &str) -> Vec<String> {
        let dir = if folder.is_empty() {
            Some(&PACK)
        } else {
            PACK.get_dir(folder)
        };
        let names = dir
            .into_iter()
            .flat_map(Dir::files)
            .filter_map(|f| f.path().to_str());
        let mut names: Vec<String> = names.filter(|n| *n != GUIDE).map(str::to_owned).collect();
        names.sort();
        names
    }

    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        let file = file(path).ok_or(ReadError::Missing)?;
        std::str::from_utf8(file.contents())
            .map(Cow::Borrowed)
            .map_err(|e| ReadError::NotUtf8(e.valid_up_to()))
    }

    fn pack(&self) -> Option<Pack> {
        Pack::try_from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/pack.bin"))).ok()
    }

    fn entry(&self, address: &Address, pack: &Pack) -> Option<Entry> {
        let catalog = catalog();
        let before = Kind::ALL.iter().take_while(|kind| **kind != address.kind);
        let first: usize = before.map(|kind| catalog.count(*kind)).sum();
        let n = first + catalog.position(address.kind, &address.id)?;
        let start = n.checked_sub(1).and_then(|n| ENDS.get(n)).unwrap_or(&0);
        let bytes = ENTRIES.get(*start as usize..*ENDS.get(n)? as usize)?;
        baked::read(address.kind, bytes, pack)
    }

    fn catalog(&self) -> Option<Catalog> {
        Some(catalog())
    }
}

/// What an index of the files finds, as the build script found it.
fn catalog() -> Catalog {
    include!(concat!(env!("OUT_DIR"), "/catalog.rs"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::entry::{read_checklist, read_entry, read_pack};
    use crate::pack::library::Library;

    #[test]
    fn the_baked_catalog_is_the_one_made_from_the_files() {
        let library = Library::open(Arc::new(Bundled)).unwrap().indexed();
        let (made, baked) = (library.catalog(), catalog());
        for kind in Kind::ALL {
            assert_eq!(baked.count(kind), made.count(kind));
            for n in 0..baked.count(kind) {
                assert_eq!(baked.head(kind, n), made.head(kind, n));
                assert!(
                    baked.mentions(kind, n).eq(made.mentions(kind, n)),
                    "who mentions {}",
                    made.head(kind, n).id
                );
            }
        }
        assert!(baked == *made, "names are the same as well");
    }

    #[test]
    fn the_baked_head_is_what_its_file_says() {
        let (read, _) = read_pack(&Bundled.read("pack.toml").unwrap());
        assert_eq!(Bundled.pack(), read);
    }

    #[test]
    fn a_baked_entry_is_what_its_file_says() {
        let pack = Bundled.pack().unwrap();
        let mut kinds = std::collections::BTreeMap::new();
        for kind in Kind::ALL {
            for path in Bundled.list(kind.word()) {
                let address = Address::of_path(&path).unwrap();
                let (read, _) = read_entry(&address, &Bundled.read(&path).unwrap(), &pack);
                if let Some(baked) = Bundled.entry(&address, &pack) {
                    assert_eq!(Some(&baked), read.as_ref(), "{address}");
                    *kinds.entry(kind).or_insert(0) += 1;
                }
            }
        }
        let baked: Vec<(Kind, usize)> = kinds.into_iter().collect();
        let all = [Kind::Perspectives, Kind::Services, Kind::Lenses];
        assert_eq!(baked, all.map(|kind| (kind, catalog().count(kind))));
    }

    #[test]
    fn the_bundled_pack_is_read_without_a_word() {
        let (pack, notes) = read_pack(&Bundled.read("pack.toml").unwrap());
        let pack = pack.unwrap();
        let mut problems = notes.problems;
        problems.extend(
            read_checklist(&Bundled.read("checklist.toml").unwrap(), &pack)
                .1
                .problems,
        );
        for kind in Kind::ALL {
            let paths = Bundled.list(kind.word());
            assert!(!paths.is_empty(), "there are {}", kind.word());
            for path in paths {
                let address = Address::of_path(&path).unwrap();
                let (entry, notes) = read_entry(&address, &Bundled.read(&path).unwrap(), &pack);
                assert!(entry.is_some(), "{address} is an entry");
                problems.extend(notes.problems);
            }
        }
        assert_eq!(problems, []);
    }

    #[test]
    fn the_library_answers_without_indexing() {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        assert!(library.is_indexed());
        let address = library.named(Kind::Terms, "Cold Start").unwrap();
        assert_eq!(address.to_string(), "terms/cold-start");
        assert_eq!(library.head_of(&address).unwrap().title, "Cold start");
        assert!(library.mentions(&address).len() > 5);
        assert!(
            library
                .term("cold-start")
                .is_some_and(|term| !term.definition.is_empty())
        );
        assert_eq!(library.lessons().len(), library.count(Kind::Lessons));
        assert!(!library.checklist().questions.is_empty());
        let lens = &library.pack().default_lens;
        assert!(library.lens(lens).is_some(), "the default lens is there");
    }
}
