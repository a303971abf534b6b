//! The build script: reads `content/` with the program's own readers and writes what they found as Rust constants.
//!
//! A pack with errors is not built, and each error says where it is; a new, changed or removed file is noticed. The
//! modules named here are those of the library that reading needs.
#![allow(
    unreachable_pub,
    clippy::print_stdout,
    clippy::exit,
    reason = "the library exports what is private here; a build script speaks to cargo on standard output"
)]

#[expect(dead_code, reason = "more of it is used at run time")]
mod text {
    pub mod day;
    pub mod diagnostic;
    pub mod fold;
    pub mod measure;
    pub mod safe;
    pub mod suggest;
    pub mod url;
    pub mod words;

    pub use day::Day;
    pub use diagnostic::{ByteRange, Diagnostic};
    pub use safe::SafeText;
    pub use url::{Url, UrlError};
    pub use words::Words;
}

#[expect(dead_code, reason = "more of it is used at run time")]
mod pack {
    pub mod address;
    pub mod baked;
    mod body;
    pub mod catalog;
    mod claim;
    mod cost_words;
    mod criteria;
    mod currency;
    pub mod doc;
    pub mod entries;
    pub mod entry;
    mod facts;
    mod fields;
    pub mod files;
    mod front_matter;
    pub mod index;
    mod markdown;
    mod notes;
    pub mod search_words;
    pub mod subject;
    mod things;
}

#[expect(dead_code, reason = "more of it is used at run time")]
mod core {
    pub mod search {
        pub mod build;
        pub mod index;
        pub mod ingest;
        mod names;
        mod near;
        mod words;
    }
}

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use core::search::index::SearchIndex;
use core::search::ingest::{IndexSource, texts};
use pack::address::{Address, Kind};
use pack::baked;
use pack::catalog::Catalog;
use pack::entry::{read_checklist, read_entry, read_pack};
use pack::files::{CHECKLIST, MemoryFiles, PACK};
use pack::index::{EntryMap, Indexer, ids};
use text::diagnostic::{Diagnostic, Severity, line_column};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=content");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let files = read(&root.join("content"))
        .unwrap_or_else(|why| fail(&format!("the bundled pack cannot be read: {why}")));
    println!("cargo::rustc-env=TOZERO_FACTS_AS_OF={}", newest(&files));
    println!("cargo::rustc-env=TOZERO_BUILT_FROM={}", commit(&root));
    for (name, bytes) in bake(&files) {
        fs::write(out.join(name), bytes)
            .unwrap_or_else(|why| fail(&format!("{name} cannot be written: {why}")));
    }
}

/// The newest date on which a fact was checked.
fn newest(files: &MemoryFiles) -> &str {
    let dates = files
        .0
        .values()
        .flat_map(|text| text.lines())
        .filter_map(|line| {
            let (key, value) = line.split_once(" = \"")?;
            matches!(key, "as_of" | "checked").then_some(value.trim_end_matches('"'))
        });
    dates.max().unwrap_or_default()
}

/// The commit that is built: a release names it, a package from the registry brings it along. Elsewhere it is not asked
/// for, since that would build everything anew with each commit.
fn commit(root: &Path) -> String {
    println!("cargo::rerun-if-env-changed=TOZERO_COMMIT");
    let packed = || {
        let text = fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
        let (_, rest) = text.split_once("\"sha1\": \"")?;
        Some(rest.split_once('"')?.0.get(..12)?.to_owned())
    };
    let commit = env::var("TOZERO_COMMIT").ok().or_else(packed);
    commit
        .map(|commit| format!("+{commit}"))
        .unwrap_or_default()
}

/// The pack's files: the two at the root, and the entries. The author's guide and the license are not among them.
fn read(root: &Path) -> io::Result<MemoryFiles> {
    let mut files = BTreeMap::new();
    for name in [PACK, CHECKLIST] {
        files.insert(name.to_owned(), fs::read_to_string(root.join(name))?);
    }
    for kind in Kind::ALL {
        for file in fs::read_dir(root.join(kind.word()))? {
            let path = file?.path();
            let Some(name) = path
                .file_name()
                .and_then(|name| name.to_str())
                .filter(|name| name.ends_with(".md"))
            else {
                continue;
            };
            files.insert(
                format!("{}/{name}", kind.word()),
                fs::read_to_string(&path)?,
            );
        }
    }
    Ok(MemoryFiles(files))
}

/// What `pack.toml` and the entries say as bytes, catalog and search index as Rust expressions, when the pack is sound:
/// the files for them.
fn bake(files: &MemoryFiles) -> BTreeMap<&'static str, Vec<u8>> {
    let head = files.0.get(PACK).map_or("", String::as_str);
    let (pack, notes) = read_pack(head);
    let mut problems = notes.problems;
    let code = pack.map(|pack| {
        let (listed, before) = (ids(files), EntryMap::new());
        let mut indexer = Indexer::new(&listed, &before);
        let mut entries = BTreeMap::new();
        for (path, source) in &files.0 {
            if let Some(address) = Address::of_path(path) {
                let (entry, notes) = read_entry(&address, source, &pack);
                indexer.see(&address, entry.as_ref(), &notes);
                problems.extend(notes.problems);
                entries.extend(entry.map(|entry| (address, baked::write(&entry))));
            } else if path == CHECKLIST {
                problems.extend(read_checklist(source, &pack).1.problems);
            }
        }
        let catalog = &indexer.finish(&BTreeSet::new());
        let source = IndexSource {
            pack: &pack,
            catalog,
            files,
        };
        let index = SearchIndex::build_in(&pack.subject.search, texts(source));
        let head = borsh::to_vec(&pack)
            .unwrap_or_else(|why| fail(&format!("pack.toml cannot be written as bytes: {why}")));
        let ends = entries.values().scan(0, |end, bytes: &Vec<u8>| {
            *end += bytes.len();
            Some(*end)
        });
        let ends = format!("{:?}", ends.collect::<Vec<usize>>());
        BTreeMap::from([
            ("pack.bin", head),
            ("entries.rs", ends.into_bytes()),
            (
                "entries.bin",
                entries.into_values().collect::<Vec<_>>().concat(),
            ),
            ("catalog.rs", catalog_code(catalog).into_bytes()),
            ("search.rs", index_code(&index).into_bytes()),
        ])
    });
    report(&problems, files);
    code.unwrap_or_default()
}

/// The search index as constants.
fn index_code(index: &SearchIndex) -> String {
    let texts = |texts: &core::search::index::Texts| {
        let (text, ends) = texts.parts();
        format!("Texts::baked({text:?}, &{ends:?})")
    };
    let numbers = |numbers: &[u32]| format!("Cow::Borrowed(&{numbers:?})");
    let fields = [
        ("kinds", format!("{:?}", index.kinds)),
        ("ids", texts(&index.ids)),
        ("name_ends", numbers(&index.name_ends)),
        ("names", texts(&index.names)),
        ("signatures", numbers(&index.signatures)),
        ("folded", texts(&index.folded)),
        ("order", numbers(&index.order)),
        ("given", index.given.to_string()),
        ("details", texts(&index.details)),
        ("words", texts(&index.words)),
        (
            "lists",
            format!("Cow::Borrowed(b\"{}\")", index.lists.escape_ascii()),
        ),
        ("list_ends", numbers(&index.list_ends)),
        ("stop_words", texts(&index.stop_words)),
        ("or_words", texts(&index.or_words)),
        ("text_bytes", index.text_bytes.to_string()),
    ];
    let fields: String = fields
        .map(|(name, value)| format!("{name}: {value},\n"))
        .concat();
    format!("SearchIndex {{\n{fields}}}")
}

/// The catalog as constants: numbers in arrays, which the linker has nothing to do with.
fn catalog_code(catalog: &Catalog) -> String {
    let (text, heads, mentions) = catalog.parts();
    let heads: Vec<String> = heads
        .map(|heads| format!("Cow::Borrowed(&{heads:?})"))
        .into();
    format!(
        "Catalog::baked({text:?}, [{}], &{mentions:?})",
        heads.join(", ")
    )
}

/// Shows all problems; errors end the build.
fn report(problems: &[Diagnostic], files: &MemoryFiles) {
    for problem in problems {
        let place = match (&problem.span, files.0.get(&problem.path)) {
            (Some(span), Some(text)) => {
                let (line, column) = line_column(text, span.start);
                format!("content/{}:{line}:{column}", problem.path)
            }
            _ => format!("content/{}", problem.path),
        };
        let help = problem
            .help
            .as_ref()
            .map(|help| format!("; {help}"))
            .unwrap_or_default();
        let line = format!(
            "{place}: {}[{}]: {}{help}",
            problem.severity.word(),
            problem.code,
            problem.message
        );
        match problem.severity {
            Severity::Warning => println!("cargo::warning={line}"),
            Severity::Error => println!("cargo::error={line}"),
        }
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    if errors > 0 {
        fail(&format!("errors in the bundled pack: {errors}"));
    }
}

fn fail(why: &str) -> ! {
    println!("cargo::error={why}");
    std::process::exit(1)
}
