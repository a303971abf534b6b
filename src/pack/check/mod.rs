//! `check`: everything that is wrong with a pack, in one run, for its authors.
//!
//! Names first: which files there are, so that every id is known before the first entry is read. Then each file once, in
//! order, and dropped again before the next. Last, what only shows when all were seen. What a reader of one kind of entry
//! finds by itself is reported by that reader. Time is in proportion to the pack; names, places and dates are kept, never
//! all texts; at most [`MOST`] problems are kept, the worst, and the others counted.

mod between;
mod codes;
mod files;
mod primary;
mod report;
mod texts;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use between::{Between, CheckedFile};
use files::Tree;
use report::Report;

use crate::pack::address::{Address, Kind};
use crate::pack::entry::{Entry, read_checklist, read_entry, read_pack_so_far};
use crate::pack::files::{CHECKLIST, Files, PACK, ReadError};
use crate::pack::notes::Notes;
use crate::text::{Day, Diagnostic};

pub use codes::{CHECKS, Check};
pub use report::MOST;

/// What to check besides what is always checked.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Report facts that are older than so many months on that day.
    pub stale: Option<(i32, Day)>,
    /// Report what rests on others' pages than its maker's.
    pub primary: bool,
}

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
    /// Entries whose name is another's already.
    pub taken: BTreeSet<Address>,
    /// Whether `pack.toml` has no errors, so that entries were read as they are meant.
    pub is_sound: bool,
}

pub fn check(files: &dyn Files, options: &CheckOptions) -> Checked {
    check_seeing(files, options, &mut |_, _, _| ())
}

/// The same, while somebody looks at every entry as it is read.
pub fn check_seeing(
    files: &dyn Files,
    options: &CheckOptions,
    see: &mut dyn FnMut(&Address, Option<&Entry>, &Notes),
) -> Checked {
    let (tree, mut report) = (Tree::of(files), Report::default());
    tree.check_names(files, &mut report);
    let head = read(files, PACK, &mut report).map(|text| {
        let (pack, notes) = read_pack_so_far(&text);
        (pack, (notes, text.into_owned()))
    });
    let (pack, head) = head.unzip();
    let is_sound = |(notes, _): &(Notes, String)| !notes.refused();
    let mut pack = pack.unwrap_or_default();
    let mut above = Vec::new();
    for text in files.heads_above() {
        let (upper, notes) = read_pack_so_far(&text);
        pack.lay(upper);
        above.push((notes, text.into_owned()));
    }
    let mut run = CheckRun {
        between: Between::new(files, &tree, &pack, options.stale, options.primary),
        is_sound: head.as_ref().is_some_and(is_sound) && above.iter().all(is_sound),
        report,
    };
    // Without a head this is hardly a pack, and all files would be strays.
    if let Some((notes, text)) = head.iter().chain(&above).next_back() {
        tree.check_strays(&mut run.report);
        run.see(None, text, None, notes);
    }
    if let Some(text) = read(files, CHECKLIST, &mut run.report) {
        run.see(None, &text, None, &read_checklist(&text, &pack).1);
    }
    for address in &tree.entries {
        if let Some(text) = read(files, &address.path(), &mut run.report) {
            let (entry, notes) = read_entry(address, &text, &pack);
            run.see(Some(address), &text, entry.as_ref(), &notes);
            see(address, entry.as_ref(), &notes);
        }
    }
    run.between.finish(&mut run.report);
    let (errors, warnings) = (run.report.errors, run.report.warnings);
    let (diagnostics, mut sources) = run.report.finish(files);
    // What is told of a head is of the uppermost.
    let shown = sources.get_mut(PACK);
    if let Some((shown, (_, text))) = shown.zip(head.iter().chain(&above).next_back()) {
        shown.clone_from(text);
    }
    Checked {
        left_out: errors + warnings - diagnostics.len(),
        diagnostics,
        sources,
        entries: Kind::ALL.map(|kind| (kind, tree.ids(kind).count())),
        taken: run.between.taken,
        is_sound: run.is_sound,
        errors,
        warnings,
    }
}

/// A file's text, its characters checked. The checklist need not be there.
fn read(files: &dyn Files, path: &str, report: &mut Report) -> Option<Cow<'static, str>> {
    match files.read(path) {
        Ok(text) => {
            texts::check(path, &text, report);
            Some(text)
        }
        Err(ReadError::Missing) if path == CHECKLIST => None,
        Err(why) => {
            report.add(why.problem(path));
            None
        }
    }
}

/// A check while files are read.
struct CheckRun<'a> {
    between: Between<'a>,
    /// Whether `pack.toml` has no errors.
    is_sound: bool,
    report: Report,
}

impl CheckRun<'_> {
    /// Takes what the reader of a file found, and holds the file against the others.
    fn see(&mut self, address: Option<&Address>, text: &str, entry: Option<&Entry>, notes: &Notes) {
        for problem in &notes.problems {
            if self.is_sound || !needs_pack(address, problem) {
                self.report.add(problem.clone());
            }
        }
        let file = CheckedFile {
            address,
            text,
            entry,
            notes,
        };
        self.between.see(&file, &mut self.report);
    }
}

/// Whether a problem may come from a `pack.toml` with errors, which is reported itself.
fn needs_pack(address: Option<&Address>, problem: &Diagnostic) -> bool {
    /// What is said of words that `pack.toml` declares.
    const OF_WORDS: [&str; 12] = [
        "answer-elsewhere",
        "claim-unasked",
        "criteria-missing",
        "dimension-missing",
        "fact-unasked",
        "key-missing",
        "key-unknown",
        "rule-empty",
        "section-unknown",
        "silence-differs",
        "value-unknown",
        "weights-sum",
    ];
    let declared = match address {
        Some(address) => matches!(
            address.kind,
            Kind::Perspectives | Kind::Services | Kind::Lenses | Kind::References
        ),
        None => problem.path == CHECKLIST,
    };
    problem.code == "tag-unknown" || (declared && OF_WORDS.contains(&problem.code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::files::MemoryFiles;

    const HEAD: &str = "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n";
    const TERM: &str = "+++\nterm = \"A\"\ntags = [\"x\"]\nbrief = \"B.\"\n+++\nText.\n";

    #[track_caller]
    fn check_pack(files: &[(&str, &str)], expected: &[(&str, &str)]) -> Checked {
        let files = MemoryFiles::of(files.iter().copied());
        let checked = check(&files, &CheckOptions::default());
        let found: Vec<(&str, &str)> = checked
            .diagnostics
            .iter()
            .map(|d| (d.path.as_str(), d.code))
            .collect();
        assert_eq!(found, expected);
        checked
    }

    #[test]
    fn what_a_broken_head_causes_is_not_reported_twice() {
        let tag = [("terms/a.md", "tag-unknown")];
        let checked = check_pack(&[("pack.toml", HEAD), ("terms/a.md", TERM)], &tag);
        assert_eq!(
            (checked.errors, checked.warnings, checked.left_out),
            (0, 1, 0)
        );
        assert!(checked.sources.contains_key("terms/a.md"));
        assert_eq!(checked.entries[2], (Kind::Terms, 1));
        let head = HEAD.replace("format = 1", "format = 0");
        check_pack(
            &[("pack.toml", &head), ("terms/a.md", TERM)],
            &[("pack.toml", "value-range")],
        );
    }

    #[test]
    fn without_a_head_nothing_is_a_stray() {
        check_pack(&[("x.bin", "")], &[("pack.toml", "pack-missing")]);
        check_pack(
            &[("pack.toml", HEAD), ("x.bin", "")],
            &[("x.bin", "file-stray")],
        );
    }
}
