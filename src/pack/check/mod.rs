//! `check`: everything that is wrong with a pack, in one run, for its authors.
//!
//! Names first: which files there are, so that every id is known before the first entry is read. Then each file once, in
//! order, and dropped again before the next. Last, what only shows when all were seen. A check is a file of this folder;
//! what a reader of one kind of entry finds by itself is reported by that reader.
//! Promises: never fails; time in proportion to the pack; memory for names, places and dates, never for all texts; at
//! most [`MOST`] problems are kept, the worst, and the others counted.

mod between;
mod bytes;
mod checks;
mod files;
mod headings;
mod ids;
mod links;
mod locate;
mod names;
mod orders;
mod prices;
mod report;
mod stale;
mod stray;
mod suggestions;
mod urls;

use std::borrow::Cow;
use std::collections::BTreeMap;

use between::{CheckBetween, CheckedFile, PackUnderCheck};
use files::Tree;
use report::Report;
use suggestions::SuggestionBudget;

use crate::pack::address::Kind;
use crate::pack::entry::{read_checklist, read_entry, read_pack};
use crate::pack::files::{Files, PACK, ReadError};
use crate::pack::unreadable;
use crate::text::{Day, Diagnostic};

pub use checks::{CHECKS, Check};
pub use report::MOST;

/// The head of a pack.
/// The questions of `judge`.
const CHECKLIST: &str = "checklist.toml";

/// What to check besides what is always checked.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Report facts that are older than so many months on that day.
    pub stale: Option<(i32, Day)>,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The problems in order of their places, at most [`MOST`].
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into, by path. A diagnostic with a span has one, and lies within it.
    pub sources: BTreeMap<String, String>,
    /// How many entries there are of each kind, sound or not.
    pub entries: [(Kind, usize); 8],
    /// All errors, shown or not.
    pub errors: usize,
    /// All warnings, shown or not.
    pub warnings: usize,
    /// Problems that were counted and not kept.
    pub left_out: usize,
}

/// Checks a whole pack.
pub fn check(files: &dyn Files, options: &CheckOptions) -> Checked {
    let (tree, near, mut report) = (
        Tree::of(files),
        SuggestionBudget::default(),
        Report::default(),
    );
    check_names(&tree, files, &mut report);
    let head = read(files, PACK, &mut report).map(|text| (read_pack(&text), text));
    let (pack, head) = head.map_or((None, None), |((pack, notes), text)| {
        (pack, Some((notes, text)))
    });
    let sound = pack.is_some();
    let world = PackUnderCheck {
        files,
        tree: &tree,
        pack: &pack.unwrap_or_default(),
        sound,
        near: &near,
    };
    let mut checks = all(&tree, options);
    // Without a head this is hardly a pack, and all files would be strays.
    if let Some((notes, text)) = &head {
        stray::check(&tree, &near, |problem| report.add(problem));
        see(
            &CheckedFile {
                address: None,
                text,
                entry: None,
                notes,
            },
            &world,
            &mut checks,
            &mut report,
        );
    }
    check_checklist(&world, &mut checks, &mut report);
    check_entries(&world, &mut checks, &mut report);
    checks
        .iter_mut()
        .for_each(|check| check.finish(&world, &mut report));
    settle(report, &world)
}

/// The checks that look at every file.
fn all(tree: &Tree, options: &CheckOptions) -> Vec<Box<dyn CheckBetween>> {
    vec![
        Box::new(links::Links),
        Box::new(headings::Headings::default()),
        Box::new(names::NameOwners::of(&tree.entries)),
        Box::new(orders::Orders::default()),
        Box::new(urls::Urls::default()),
        Box::new(prices::PriceCheck::default()),
        Box::new(stale::Stale(options.stale)),
    ]
}

/// What file names alone tell.
fn check_names(tree: &Tree, files: &dyn Files, report: &mut Report) {
    let (misnamed, unread): (Vec<_>, Vec<_>) = files
        .left_out()
        .into_iter()
        .partition(|(_, why)| *why == ReadError::Name);
    let misnamed: Vec<String> = misnamed.into_iter().map(|(path, _)| path).collect();
    unread
        .iter()
        .for_each(|(path, why)| report.add(unreadable::problem(path, why)));
    if tree.too_many && !unread.iter().any(|(_, why)| *why == ReadError::TooMany) {
        report.add(unreadable::problem("", &ReadError::TooMany));
    }
    ids::check(tree, &misnamed, |problem| report.add(problem));
}

/// A file's text, its bytes checked. The checklist need not be there.
fn read(files: &dyn Files, path: &str, report: &mut Report) -> Option<Cow<'static, str>> {
    match files.read(path) {
        Ok(text) => {
            bytes::check(path, &text, |problem| report.add(problem));
            Some(text)
        }
        Err(ReadError::Missing) if path == CHECKLIST => None,
        Err(why) => {
            report.add(unreadable::problem(path, &why));
            None
        }
    }
}

fn check_checklist(
    world: &PackUnderCheck<'_>,
    checks: &mut [Box<dyn CheckBetween>],
    report: &mut Report,
) {
    if let Some(text) = read(world.files, CHECKLIST, report) {
        let notes = read_checklist(&text).1;
        see(
            &CheckedFile {
                address: None,
                text: &text,
                entry: None,
                notes: &notes,
            },
            world,
            checks,
            report,
        );
    }
}

fn check_entries(
    world: &PackUnderCheck<'_>,
    checks: &mut [Box<dyn CheckBetween>],
    report: &mut Report,
) {
    for address in &world.tree.entries {
        if let Some(text) = read(world.files, &address.path(), report) {
            let (entry, notes) = read_entry(address, &text, world.pack);
            see(
                &CheckedFile {
                    address: Some(address),
                    text: &text,
                    entry: entry.as_ref(),
                    notes: &notes,
                },
                world,
                checks,
                report,
            );
        }
    }
}

/// Takes what the reader of a file found, and lets every check look at it.
fn see(
    page: &CheckedFile<'_>,
    world: &PackUnderCheck<'_>,
    checks: &mut [Box<dyn CheckBetween>],
    report: &mut Report,
) {
    for problem in page
        .notes
        .problems
        .iter()
        .filter(|problem| world.sound || !needs_pack(page, problem))
    {
        report.add(problem.clone());
    }
    checks
        .iter_mut()
        .for_each(|check| check.see(page, world, report));
}

/// Whether a problem may come from a `pack.toml` with errors, which is reported itself.
fn needs_pack(page: &CheckedFile<'_>, problem: &Diagnostic) -> bool {
    let perspective = page
        .address
        .is_some_and(|address| address.kind == Kind::Perspectives);
    problem.code == "tag-unknown"
        || (perspective && ["key-unknown", "section-unknown"].contains(&problem.code))
}

fn settle(report: Report, world: &PackUnderCheck<'_>) -> Checked {
    let (errors, warnings) = (report.errors, report.warnings);
    let (diagnostics, sources) = report.finish(world.files);
    let left_out = errors + warnings - diagnostics.len();
    let entries = Kind::ALL.map(|kind| (kind, world.tree.ids(kind).count()));
    Checked {
        diagnostics,
        sources,
        entries,
        errors,
        warnings,
        left_out,
    }
}
