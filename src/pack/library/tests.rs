//! What a library knows when, and what becomes of it after edits.

use super::*;
use crate::pack::files::MemoryFiles;

const HEAD: &str = "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n[[tags]]\nid = \"data\"\ntitle = \"Data\"\n";

/// A pack with a term that is read, one with an error, a reference and a lesson.
fn pack() -> Library {
    let files = MemoryFiles::of([
        ("pack.toml", HEAD),
        ("README.md", "not an entry"),
        (
            "terms/cold-start.md",
            "+++\nterm = \"Cold start\"\naliases = [\"Start-up delay\", \"Kaltstart\"]\ntags = [\"data\"]\nbrief = \"A wait.\"\n\
             see_also = [\"warm-start\", \"broken\"]\nsources = [\"https://a.org/x\"]\n+++\nSee [warm](warm-start.md) and [me](cold-start.md).",
        ),
        (
            "terms/warm-start.md",
            "+++\nterm = \"Warm start\"\nbrief = \"No wait.\"\n+++\nText.",
        ),
        ("terms/broken.md", "+++\nbrief = 3\n+++\n"),
        ("terms/Odd Name.md", "+++\n+++\n"),
        (
            "references/paper.md",
            "+++\ntitle = \"Paper\"\npublisher = \"P\"\npublished = \"2019\"\nurl = \"https://a.org/x\"\nkind = \"paper\"\nstance = \"neutral\"\n\
             verified = \"listed\"\nchecked = \"2026-11-23\"\nterms = [\"cold-start\"]\n+++\nSays.",
        ),
        (
            "lessons/b.md",
            "+++\ntitle = \"Second\"\norder = 2\nminutes = 3\n+++\nText.",
        ),
        (
            "lessons/c.md",
            "+++\ntitle = \"First\"\norder = 1\nminutes = 3\n+++\nText with [a term](../terms/warm-start.md#x).",
        ),
    ]);
    Library::open(Arc::new(files)).expect("the head is sound")
}

fn names(addresses: Vec<Address>) -> Vec<String> {
    addresses.iter().map(Address::to_string).collect()
}

#[test]
fn a_folder_knows_ids_first_and_titles_when_indexed() {
    let library = pack();
    assert_eq!(
        (library.count(Kind::Terms), library.is_indexed()),
        (3, false)
    );
    assert_eq!(
        library.head(Kind::Terms, 1),
        EntryHead {
            id: "cold-start",
            title: "cold start",
            ..EntryHead::default()
        }
    );
    assert_eq!(
        library
            .named(Kind::Terms, "Cold Start")
            .unwrap()
            .to_string(),
        "terms/cold-start"
    );
    assert_eq!(library.named(Kind::Terms, "Kaltstart"), None);
    let library = library.indexed();
    assert_eq!(
        (library.count(Kind::Terms), library.is_indexed()),
        (2, true)
    );
    let aliases = "Start-up delay\nKaltstart";
    let head = EntryHead {
        id: "cold-start",
        title: "Cold start",
        aliases,
        found_by: "",
        tags: "data",
        brief: "A wait.",
    };
    assert_eq!(library.head(Kind::Terms, 0), head);
    assert_eq!(library.head(Kind::References, 0).brief, "P, 2019");
    assert_eq!(library.head(Kind::Terms, 2), EntryHead::default());
    for words in ["cold-start", "COLD START", "startup-delay", "kaltstart"] {
        assert_eq!(
            library.named(Kind::Terms, words).unwrap().to_string(),
            "terms/cold-start",
            "{words}"
        );
    }
    assert_eq!(
        (
            library.named(Kind::Terms, "broken"),
            library.named(Kind::Terms, "…")
        ),
        (None, None)
    );
}

#[test]
fn mentions_come_from_links_keys_and_addresses() {
    let library = pack().indexed();
    let of = |address: &str| names(library.mentions(&Address::parse(address).unwrap()));
    assert_eq!(of("terms/cold-start"), ["references/paper"]);
    assert_eq!(of("terms/warm-start"), ["lessons/c", "terms/cold-start"]);
    assert_eq!(of("references/paper"), ["terms/cold-start"]);
    assert_eq!(of("terms/gone"), [""; 0]);
}

#[test]
fn entries_are_read_when_asked_for() {
    let library = pack();
    assert_eq!(library.term("cold-start").unwrap().aliases.len(), 2);
    assert!(std::ptr::eq(
        library.term("cold-start").unwrap(),
        library.term("cold-start").unwrap()
    ));
    assert!(
        library.term("broken").is_none()
            && library.term("gone").is_none()
            && library.myth("cold-start").is_none()
    );
    let titles: Vec<&str> = library
        .lessons()
        .iter()
        .map(|lesson| lesson.title.as_str())
        .collect();
    assert_eq!(titles, ["First", "Second"]);
    assert_eq!(*library.checklist(), Checklist::default());
}

#[test]
fn problems_are_kept_in_order() {
    let codes: Vec<(String, &str)> = pack()
        .indexed()
        .problems()
        .iter()
        .map(|d| (d.path.clone(), d.code))
        .collect();
    let broken = "terms/broken.md";
    let expected = [
        ("lessons/c.md", "heading-unknown"),
        ("terms/Odd Name.md", "file-name"),
        (broken, "key-missing"),
        (broken, "value-type"),
        (broken, "body-missing"),
        ("terms/cold-start.md", "link-self"),
    ];
    assert_eq!(codes, expected.map(|(path, code)| (path.to_owned(), code)));
    // The same as `check` says, and only the one that cannot be read is left out.
    let library = pack().indexed();
    let checked = crate::pack::check::check(&**library.files(), &CheckOptions::default());
    assert_eq!(library.problems(), checked.diagnostics);
    assert_eq!(library.left_out(), 1);
}

/// Files that can be written.
#[derive(Default)]
struct Edited(std::sync::Mutex<MemoryFiles>);

impl Files for Edited {
    fn list(&self, folder: &str) -> Vec<String> {
        self.0.lock().unwrap().list(folder)
    }
    fn read(&self, path: &str) -> Result<std::borrow::Cow<'static, str>, ReadError> {
        self.0.lock().unwrap().read(path)
    }
}

#[test]
fn an_edit_is_read_and_one_that_cannot_be_read_keeps_what_was_there() {
    const COLD: &str = "terms/cold.md";
    let files = Arc::new(Edited::default());
    let write = |path: &str, text: &str| {
        let mut files = files.0.lock().unwrap();
        files.0.insert(path.to_owned(), text.to_owned());
    };
    let term = |name: &str| format!("+++\nterm = \"{name}\"\nbrief = \"B.\"\n+++\nText.");
    write("pack.toml", HEAD);
    write(COLD, &term("Cold"));
    write("terms/warm.md", &term("Warm"));
    let library = Library::open(files.clone()).unwrap().indexed();
    let told = |library: &Library| {
        let term = library.term("cold").map(|term| term.term.to_string());
        let title = library.head(Kind::Terms, 0).title.to_owned();
        (term.unwrap_or_default(), title, library.problems().len())
    };
    let known = |term: &str, title: &str, problems| (term.into(), title.into(), problems);
    assert_eq!(told(&library), known("Cold", "Cold", 0));
    let edit = |library: &Library, path: &str, text: &str, refused: &[&str]| {
        write(path, text);
        let reread = library.reread(&[path.to_owned()]);
        let code = reread.refused.map(|problem| problem.code);
        assert_eq!(code.as_slice(), refused, "{text}");
        reread.library
    };
    let library = edit(&library, COLD, &term("Colder"), &[]);
    assert_eq!(told(&library), known("Colder", "Cold", 0));
    let library = library.indexed();
    assert_eq!(told(&library), known("Colder", "Colder", 0));
    let library = edit(&library, COLD, "+++\nterm = 3\n+++\n", &["value-type"]);
    assert_eq!(told(&library), known("Colder", "Colder", 3));
    let library = library.indexed();
    assert_eq!(told(&library), known("Colder", "Colder", 3));
    let library = edit(&library, "pack.toml", "format = 1\n", &["key-missing"]);
    assert_eq!(library.pack().title.as_str(), "T");
    assert_eq!(told(&library), known("Colder", "Colder", 4));
    let library = edit(&library, "pack.toml", &HEAD.replace("\"T\"", "\"U\""), &[]);
    assert_eq!(library.pack().title.as_str(), "U");
    let library = edit(&library.indexed(), COLD, &term("Mended"), &[]).indexed();
    assert_eq!(told(&library), known("Mended", "Mended", 0));
    files.0.lock().unwrap().0.remove(COLD);
    let library = library.reread(&[COLD.to_owned()]).library.indexed();
    assert_eq!(library.count(Kind::Terms), 1);
}

#[test]
fn a_pack_without_a_head_is_refused() {
    let open = |text: Option<&str>| {
        Library::open(Arc::new(MemoryFiles::of(
            text.map(|text| ("pack.toml", text)),
        )))
        .unwrap_err()
    };
    assert_eq!(open(None).diagnostics[0].code, "pack-missing");
    let refused = open(Some("format = 2\ntitle = \"T\""));
    assert_eq!(
        (refused.diagnostics[0].code, refused.diagnostics.len()),
        ("format-newer", 1)
    );
    assert!(refused.source.is_some());
    assert_eq!(open(Some("format = 1")).diagnostics.len(), 1);
}

/// Files that count how often each is read.
struct Counted(MemoryFiles, std::sync::Mutex<Vec<String>>);

impl Files for Counted {
    fn list(&self, folder: &str) -> Vec<String> {
        self.0.list(folder)
    }
    fn read(&self, path: &str) -> Result<std::borrow::Cow<'static, str>, ReadError> {
        self.1.lock().unwrap().push(path.to_owned());
        self.0.read(path)
    }
}

#[test]
fn files_are_read_once_and_no_more_of_them_than_needed() {
    let term =
        |name: &str, text: &str| format!("+++\nterm = \"{name}\"\nbrief = \"B.\"\n+++\n{text}");
    let (cold, warm, hot) = (
        term("Cold bell", "See [warm](../terms/warm.md)."),
        term("Warm bell", "See [hot](../terms/hot.md)."),
        term("Hot bell", "Text."),
    );
    let files = Arc::new(Counted(
        MemoryFiles::of([
            ("pack.toml", HEAD),
            ("terms/cold.md", &*cold),
            ("terms/warm.md", &*warm),
            ("terms/hot.md", &*hot),
        ]),
        std::sync::Mutex::default(),
    ));
    let read = || {
        let mut read = std::mem::take(&mut *files.1.lock().unwrap());
        read.sort_unstable();
        read
    };
    let library = Library::open(files.clone()).unwrap();
    assert_eq!(read(), ["pack.toml"]);
    let address = |id| Address::new(Kind::Terms, id).unwrap();
    let around = library.around(&address("cold")).unwrap();
    assert_eq!(around.term("cold").unwrap().term.as_str(), "Cold bell");
    let titles = ["cold", "hot", "warm"].map(|id| around.head_of(&address(id)).unwrap().title);
    assert_eq!(titles, ["Cold bell", "hot", "Warm bell"]);
    assert!(!around.is_indexed() && library.around(&address("gone")).is_none());
    // `gone` is not there, which was tried.
    assert_eq!(read(), ["terms/cold.md", "terms/gone.md", "terms/warm.md"]);
    library.indexed();
    assert_eq!(
        read(),
        [
            "checklist.toml",
            "pack.toml",
            "terms/cold.md",
            "terms/hot.md",
            "terms/warm.md"
        ]
    );
}
