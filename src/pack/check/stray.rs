//! Files and folders that nobody reads: a misspelled folder, a forgotten extension, a note among the terms.
//! Promise: a warning each, a folder counts once; hidden files and the usual papers (README, LICENSE, …) are left alone.

use crate::pack::address::Kind;
use crate::pack::check::files::{Tree, file_name};
use crate::pack::check::suggestions::SuggestionBudget;
use crate::safe;
use crate::text::{Diagnostic, SafeText};

/// The files at the root that have a meaning.
const ROOT: [&str; 2] = ["pack.toml", "checklist.toml"];

/// Reports every stray file and folder.
pub(super) fn check(tree: &Tree, near: &SuggestionBudget, mut report: impl FnMut(Diagnostic)) {
    for path in &tree.stray_files {
        let problem =
            Diagnostic::warning("file-stray", path, SafeText::ours("nobody reads this file"));
        report(problem.help(file_help(path, near)));
    }
    for path in &tree.stray_folders {
        let problem = Diagnostic::warning(
            "folder-stray",
            path,
            SafeText::ours("nobody reads this folder"),
        );
        report(problem.help(folder_help(path, near)));
    }
}

fn file_help(path: &str, near: &SuggestionBudget) -> SafeText {
    match path.split_once('/') {
        Some((kind, _)) => safe!("entries among the {kind} end in `.md`"),
        None => match near.find(path, ROOT) {
            Some(name) => safe!("did you mean `{name}`?"),
            None if file_name(path).ends_with(".md") => {
                SafeText::ours("an entry stands in the folder of its kind, such as `terms/`")
            }
            None => safe!("the root of a pack holds `{}` and `{}`", ROOT[0], ROOT[1]),
        },
    }
}

fn folder_help(path: &str, near: &SuggestionBudget) -> SafeText {
    match path.split_once('/') {
        Some((kind, _)) => safe!("move its entries up into `{kind}`"),
        None => match near.find(path, Kind::ALL.map(Kind::word)) {
            Some(name) => safe!("did you mean `{name}`?"),
            None => safe!(
                "the folders of a pack are {}",
                Kind::ALL.map(Kind::word).join(", ")
            ),
        },
    }
}
