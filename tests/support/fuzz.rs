//! What takes bytes that others wrote, each as one function of any bytes at all.
//! Whatever they are given they return; where a law is broken they panic. The seeded tests in `tests/it/fuzz.rs`
//! and the fuzz targets in `tests/fuzz` call the same functions.

#![allow(clippy::unwrap_used, dead_code, reason = "a target uses one of them")]

use std::fs;
use std::sync::OnceLock;

use tozero::testing::{
    Address, Change, Decoded, Decoder, DesiredRecall, Input, Kind, MAX_PASTE, MAX_QUERY, Pack,
    PackKeys, Query, RecordSection, Review, ReviewOutcome, SafeText, SearchFilter, SearchIndex,
    SearchRecord, StorageState, Store, StoreError, clock, file, ids, import, look, read_checklist,
    read_entry, read_pack,
};

const PACK: &str = include_str!("../packs/good/pack.toml");

/// What a terminal sends. The first byte says into pieces of which size the rest is cut: it must not matter.
pub fn decoder(bytes: &[u8]) {
    let Some((cut, bytes)) = bytes.split_first() else {
        return;
    };
    let decode = |size: usize| {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        bytes
            .chunks(size)
            .for_each(|piece| decoder.feed(piece, &mut out));
        decoder.give_up(&mut out);
        assert_eq!(decoder.patience(), None, "giving up ends everything");
        out
    };
    let whole = decode(usize::MAX);
    assert_eq!(whole, decode(usize::from(*cut).max(1)), "in pieces");
    for decoded in &whole {
        if let Decoded::Input(Input::Paste(text)) = decoded {
            // A byte that is not UTF-8 becomes a sign of three.
            assert!(text.len() <= 3 * MAX_PASTE, "a paste of {}", text.len());
        }
    }
}

/// A file of a pack. The first byte says of which kind.
pub fn entry(bytes: &[u8]) {
    static READ: OnceLock<Pack> = OnceLock::new();
    let pack = READ.get_or_init(|| read_pack(PACK).0.unwrap());
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let source = String::from_utf8_lossy(bytes);
    let problems = match Kind::ALL.get(usize::from(*kind) % (Kind::ALL.len() + 2)) {
        Some(kind) => {
            let (entry, notes) = read_entry(&Address::new(*kind, "any").unwrap(), &source, pack);
            assert!(
                entry.is_some() || !notes.problems.is_empty(),
                "what cannot be shown has a reason"
            );
            notes.problems
        }
        None if kind % 2 == 0 => read_pack(&source).1.problems,
        None => read_checklist(&source, pack).1.problems,
    };
    for problem in problems {
        let quoted = problem
            .span
            .clone()
            .is_none_or(|span| source.get(span).is_some());
        assert!(quoted, "a problem quotes the file: {problem:?}");
    }
}

/// What is typed into the search, and the search for it.
pub fn query(bytes: &[u8]) {
    static INDEX: OnceLock<SearchIndex> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let titles = [
            "Cold start",
            "Scale to zero",
            "Über-provisioning (old)",
            "東京 region",
            "C++ \"quoted\"",
        ];
        SearchIndex::build(titles.iter().enumerate().map(|(n, title)| {
            let mut record =
                SearchRecord::new(Kind::Terms, &format!("t-{n}"), SafeText::from(*title));
            record.brief = SafeText::from("What it is, and what it costs when nobody calls.");
            let text = SafeText::from("Some words about it, among them meter and floor.");
            record.sections = vec![RecordSection {
                text,
                ..RecordSection::default()
            }];
            record
        }))
    });
    let typed = String::from_utf8_lossy(bytes);
    let query = Query::parse(&typed);
    assert!(query.text().chars().count() <= MAX_QUERY && typed.starts_with(query.text()));
    assert!(index.search(&query, 3, &SearchFilter::default()).len() <= 3);
}

/// A file where the record of answers should be. Whatever it is, the next answer is kept.
pub fn record(bytes: &[u8]) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tozero");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(file::NAME), bytes).unwrap();
    let keys = PackKeys::new("serverless");
    let seen = look(&folder, DesiredRecall::default(), &keys);
    assert_eq!(
        fs::read(folder.join(file::NAME)).unwrap(),
        bytes,
        "looking changes nothing"
    );
    if let Ok((record, _)) = seen {
        let _ = record.due(["cold-start", "idle"], clock::now());
    }
    let mut store = Store::new(Some(folder.clone()), DesiredRecall::default(), keys);
    let loaded = store.load();
    match loaded.storage {
        StorageState::Kept => {
            let review = Review::new(
                ids().review(),
                "idle",
                ReviewOutcome::Right,
                true,
                clock::now(),
                1,
            );
            let kept = store.apply([Change::Add(review)]);
            assert!(kept.is_ok(), "an answer is kept: {kept:?}");
        }
        StorageState::ReadOnly => {}
        StorageState::Unsaved => panic!("nothing can be kept: {:?}", loaded.notice),
    }
}

/// A file to import.
pub fn import(bytes: &[u8]) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, bytes).unwrap();
    match import::read(&file) {
        Ok(found) => {
            let folder = home.path().join("tozero");
            let (imported, _) = import::merge(&folder, &found).unwrap();
            assert_eq!(
                imported.added + imported.known,
                found.len(),
                "everything sound is taken"
            );
            let (again, _) = import::merge(&folder, &found).unwrap();
            assert_eq!((again.added, again.undone), (0, 0), "and taken once");
        }
        Err(StoreError::Import(mistakes)) => {
            let told = mistakes.iter().all(|mistake| !mistake.what.is_empty());
            assert!(
                told && !mistakes.is_empty(),
                "what is not taken has a reason"
            );
        }
        Err(_) => {}
    }
}
