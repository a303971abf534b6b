//! Packs laid on one another: what an upper one has covers what the lower ones have at the same path.
//! The head comes from the lowest; those above add to it, see [`crate::pack::Pack::lay`].

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::pack::catalog::Catalog;
use crate::pack::entries::pack::Pack;
use crate::pack::files::{Files, PACK, ReadError};

pub struct Stack {
    lowest: Arc<dyn Files>,
    /// The others, lowest first.
    above: Vec<Arc<dyn Files>>,
}

impl Stack {
    pub fn new(lowest: Arc<dyn Files>, above: Vec<Arc<dyn Files>>) -> Self {
        Self { lowest, above }
    }

    /// The layers, the highest first.
    fn down(&self) -> impl Iterator<Item = &Arc<dyn Files>> {
        self.above.iter().rev().chain([&self.lowest])
    }

    fn union(&self, list: impl Fn(&dyn Files) -> Vec<String>) -> Vec<String> {
        let all: BTreeSet<String> = self.down().flat_map(|files| list(&**files)).collect();
        all.into_iter().collect()
    }
}

impl Files for Stack {
    fn list(&self, folder: &str) -> Vec<String> {
        self.union(|files| files.list(folder))
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        self.union(|files| files.folders(folder))
    }

    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        if path == PACK {
            return self.lowest.read(path);
        }
        let mut found = self.down().map(|files| files.read(path));
        let is_there = |read: &Result<_, ReadError>| !matches!(read, Err(ReadError::Missing));
        found.find(is_there).unwrap_or(Err(ReadError::Missing))
    }

    fn start(&self, path: &str) -> Option<Cow<'static, str>> {
        self.down().find_map(|files| files.start(path))
    }

    fn left_out(&self) -> Vec<(String, ReadError)> {
        self.down().flat_map(|files| files.left_out()).collect()
    }

    fn heads_above(&self) -> Vec<Cow<'static, str>> {
        let read = |files: &Arc<dyn Files>| files.read(PACK).unwrap_or_default();
        self.above.iter().map(read).collect()
    }

    fn layer_of(&self, path: &str) -> usize {
        let has = |files: &Arc<dyn Files>| !matches!(files.read(path), Err(ReadError::Missing));
        let above = self.above.iter().rposition(has);
        above.map_or(0, |layer| layer + 1)
    }

    fn first_layer_of(&self, path: &str) -> usize {
        let mut up = std::iter::once(&self.lowest).chain(&self.above);
        let has = |files: &Arc<dyn Files>| !matches!(files.read(path), Err(ReadError::Missing));
        up.position(has).unwrap_or(0)
    }

    fn pack(&self) -> Option<Pack> {
        self.lowest.pack()
    }

    /// A baked catalog knows nothing of what lies above.
    fn catalog(&self) -> Option<Catalog> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::address::Address;
    use crate::pack::check::{CheckOptions, check};
    use crate::pack::files::MemoryFiles;
    use crate::pack::library::Library;
    use crate::pack::{Bundled, Kind};

    const OURS: &str =
        "format = 1\nid = \"ours\"\ntitle = \"Our words\"\nextends = \"serverless\"\n";

    fn term(name: &str, text: &str) -> String {
        format!(
            "+++\nterm = \"{name}\"\naliases = []\ntags = [\"house\"]\nbrief = \"B.\"\nsee_also = []\nsources = []\n+++\n{text}\n"
        )
    }

    fn stacked() -> Library {
        let head = format!("{OURS}\n[[tags]]\nid = \"house\"\ntitle = \"In this house\"\n");
        let ours = MemoryFiles::of([
            ("pack.toml", head.as_str()),
            ("terms/our-platform.md", &term("Our platform", "Ours.")),
            ("terms/cold-start.md", &term("Cold start", "As we say it.")),
        ]);
        let stack = Stack::new(Arc::new(Bundled), vec![Arc::new(ours)]);
        Library::open(Arc::new(stack)).ok().unwrap().indexed()
    }

    #[test]
    fn an_upper_pack_adds_and_covers() {
        let (library, bundled) = (stacked(), Library::open(Arc::new(Bundled)).ok().unwrap());
        let text = |id: &str| {
            library
                .term(id)
                .map(|term| term.definition.text().to_string())
        };
        assert_eq!(text("cold-start").as_deref(), Some("As we say it."));
        assert_eq!(text("our-platform").as_deref(), Some("Ours."));
        assert!(text("faas").is_some(), "what is not covered is there");
        let count = |library: &Library| library.count(Kind::Terms);
        assert_eq!(count(&library), count(&bundled) + 1);
        assert_eq!(library.problems(), [], "the tag is that of the upper pack");
        assert_eq!(library.pack().title, bundled.pack().title);
    }

    #[test]
    fn what_is_wrong_with_an_upper_head_is_quoted_from_it() {
        let head = format!("{OURS}[cost]\ncurrency = \"EUR\"\n");
        let ours = MemoryFiles::of([("pack.toml", head.as_str())]);
        let stack = Stack::new(Arc::new(Bundled), vec![Arc::new(ours)]);
        let checked = check(&stack, &CheckOptions::default());
        let problem = checked
            .diagnostics
            .first()
            .expect("a cost that is not read");
        let text = checked.sources.get("pack.toml").map(String::as_str);
        let quoted = text.and_then(|text| text.get(problem.span.clone()?));
        assert_eq!((problem.code, quoted), ("key-below", Some("[cost]")));
    }

    #[test]
    fn each_entry_knows_its_pack() {
        let library = stacked();
        let check = |address: &str, expected: Option<&str>| {
            let address = Address::parse(address).unwrap();
            let origin = library.origin(&address).map(|origin| origin.id.as_str());
            assert_eq!(origin, expected, "{address}");
        };
        check("terms/cold-start", Some("ours"));
        check("terms/our-platform", Some("ours"));
        check("terms/faas", Some("serverless"));
        let brought = |id| library.brought_by(Kind::Terms, id);
        assert_eq!(
            brought("cold-start"),
            Some("serverless"),
            "covered, and still the lower one's"
        );
        assert_eq!(brought("our-platform"), Some("ours"));
        let alone = Library::open(Arc::new(Bundled)).ok().unwrap();
        assert!(
            alone
                .origin(&Address::parse("terms/faas").unwrap())
                .is_none()
        );
    }
}
