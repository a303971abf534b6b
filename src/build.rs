//! The build script: reads `content/` with the program's own readers and bakes a catalog: a file of text and one of numbers.
//!
//! Promises: a pack with errors is not built, and each error says where it is; a new, changed or removed file is noticed.
//! It compiles the same sources as the library, except for what is made here ([`content`] leaves `bundled` out).
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit
)]

mod text;

/// The readers of the first floor.
mod pack {
    pub mod address;
    pub mod catalog;
    pub mod doc;
    pub mod entries;
    pub mod entry;
    pub mod fields;
    pub mod files;
    pub mod front_matter;
    pub mod index;
    pub mod markdown;
    pub mod notes;
    pub(crate) mod sections;
    pub(crate) mod unreadable;
}

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use pack::address::Kind;
use pack::entries::pack::{Dimension, NamedId, Pack};
use pack::files::MemoryFiles;
use text::diagnostic::{Diagnostic, Severity, line_column};
use text::safe::SafeText;

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=content");
    let root = root.join("content");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let files =
        read(&root).unwrap_or_else(|why| fail(&format!("the bundled pack cannot be read: {why}")));
    let (head, words, numbers) = bake(&files);
    let made = [
        ("head.rs", head.as_bytes()),
        ("catalog.txt", words.as_bytes()),
        ("catalog.bin", &numbers),
    ];
    let written = made
        .into_iter()
        .try_for_each(|(name, bytes)| fs::write(out.join(name), bytes));
    written.unwrap_or_else(|why| fail(&format!("the baked pack cannot be written: {why}")));
}

/// The pack's files: the two at the root, and the entries. The author's guide and the license are not among them.
fn read(root: &Path) -> io::Result<MemoryFiles> {
    let mut files = BTreeMap::new();
    for name in ["pack.toml", "checklist.toml"] {
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

/// The head of the pack as code and its catalog, when the pack is sound.
fn bake(files: &MemoryFiles) -> (String, String, Vec<u8>) {
    let head = files.0.get("pack.toml").map_or("", String::as_str);
    let (pack, notes) = pack::entry::read_pack(head);
    let mut problems = notes.problems;
    let head = pack.as_ref().map(code).unwrap_or_default();
    let indexed = pack.map(|pack| pack::index::read_all(files, &pack));
    let catalog = indexed.map(|indexed| {
        problems.extend(indexed.problems);
        indexed.catalog
    });
    report(&problems, files);
    let (words, numbers) = catalog
        .as_ref()
        .map_or(("", [].as_slice()), |catalog| catalog.parts());
    (head, words.to_owned(), numbers.to_vec())
}

/// The head as a Rust expression, with the helpers of the room it is for.
fn code(pack: &Pack) -> String {
    let named = |all: &[NamedId]| {
        all.iter()
            .map(|n| format!("({:?}, {:?}), ", n.id, n.title.as_str()))
            .collect::<String>()
    };
    let dimension = |d: &Dimension| {
        format!(
            "dimension({:?}, {:?}, &[{}]), ",
            d.id,
            d.question.as_str(),
            named(&d.positions)
        )
    };
    let Pack {
        title,
        language,
        summary,
        license,
        default_comparison,
        default_lens,
        dial,
        dimensions,
        tags,
        categories,
    } = pack;
    let license = license.as_ref().map_or("None".to_owned(), |text| {
        format!("Some(SafeText::ours({:?}))", text.as_str())
    });
    let dimensions: String = dimensions.iter().map(dimension).collect();
    let [title, language, summary] = [title, language, summary].map(SafeText::as_str);
    format!(
        "Pack {{ title: SafeText::ours({title:?}), language: SafeText::ours({language:?}), summary: SafeText::ours({summary:?}), \
         license: {license}, default_comparison: owned(&{default_comparison:?}), \
         default_lens: {default_lens:?}.to_owned(), dial: owned(&{dial:?}), dimensions: vec![{dimensions}], \
         tags: named(&[{}]), categories: named(&[{}]) }}",
        named(tags),
        named(categories)
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
