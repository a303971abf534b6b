//! What the checks across files look at, and how they speak.
//! Promise: a check sees every file once, in order, and remembers names, places and dates only.

use crate::pack::address::Address;
use crate::pack::check::files::Tree;
use crate::pack::check::locate::place;
use crate::pack::check::report::Report;
use crate::pack::check::suggestions::SuggestionBudget;
use crate::pack::entries::Pack;
use crate::pack::entry::Entry;
use crate::pack::files::Files;
use crate::pack::notes::Notes;
use crate::text::{Diagnostic, SafeText};

/// The pack around a file.
pub(super) struct PackUnderCheck<'a> {
    /// Its files.
    pub(super) files: &'a dyn Files,
    /// Their names.
    pub(super) tree: &'a Tree,
    /// Its head; an empty one when `pack.toml` has errors.
    pub(super) pack: &'a Pack,
    /// Whether `pack.toml` has none.
    pub(super) sound: bool,
    /// Near misses.
    pub(super) near: &'a SuggestionBudget,
}

/// One file that was read.
pub(super) struct CheckedFile<'a> {
    /// Its entry's address; `None` for `pack.toml` and `checklist.toml`.
    pub(super) address: Option<&'a Address>,
    /// Its text.
    pub(super) text: &'a str,
    /// The entry, when it can be shown.
    pub(super) entry: Option<&'a Entry>,
    /// What reading it yielded.
    pub(super) notes: &'a Notes,
}

/// A check of every file against the others.
pub(super) trait CheckBetween {
    /// Looks at one file, and reports what can be said already.
    fn see(&mut self, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>, report: &mut Report);

    /// Reports what only shows when all files were seen.
    fn finish(&mut self, world: &PackUnderCheck<'_>, report: &mut Report) {
        let _ = (world, report);
    }
}

impl CheckedFile<'_> {
    /// A new error about this file.
    pub(super) fn error(&self, code: &'static str, message: impl Into<SafeText>) -> Diagnostic {
        Diagnostic::error(code, &self.notes.path, message)
    }

    /// A new warning about this file.
    pub(super) fn warning(&self, code: &'static str, message: impl Into<SafeText>) -> Diagnostic {
        Diagnostic::warning(code, &self.notes.path, message)
    }

    /// Puts a problem at the value of a front matter key, or at a text in it.
    pub(super) fn place(
        &self,
        problem: Diagnostic,
        keys: &[&str],
        text: Option<&str>,
    ) -> Diagnostic {
        match place(self.text, keys, text) {
            Some(span) => problem.at(span),
            None => problem,
        }
    }
}
