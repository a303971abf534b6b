//! Files that cannot be read, or must not be: too large, not UTF-8, outside the pack, not files at all.
//! Promise: every reason has a code of its own and says what to do; the other files are checked all the same.

use crate::pack::files::{PACK, ReadError};
use crate::text::{Diagnostic, SafeText};

/// The problem of a file that was not read.
pub(crate) fn problem(path: &str, why: &ReadError) -> Diagnostic {
    if path == PACK && *why == ReadError::Missing {
        let problem = Diagnostic::error(
            "pack-missing",
            path,
            SafeText::ours("this folder has no `pack.toml`"),
        );
        return problem.help(SafeText::ours(
            "name the folder of a pack, or write one: the author's guide says what it holds",
        ));
    }
    let (code, help) = advice(why);
    Diagnostic::error(code, path, why.why()).help(SafeText::ours(help))
}

/// Code and help. A name that cannot be an entry's has its own check, which knows more.
fn advice(why: &ReadError) -> (&'static str, &'static str) {
    match why {
        ReadError::Missing => (
            "file-unreadable",
            "it was there a moment ago: run the check again",
        ),
        ReadError::System(_) => (
            "file-unreadable",
            "make the file readable for yourself, or remove it",
        ),
        ReadError::TooLarge => (
            "file-too-large",
            "split the entry; 60 KB is already a long page",
        ),
        ReadError::NotUtf8(_) => ("file-not-utf8", "save the file as UTF-8"),
        ReadError::Escapes => (
            "file-outside",
            "copy the file into the pack; links out of it are not followed",
        ),
        ReadError::NotAFile => (
            "file-odd",
            "only regular files are read: remove or rename it",
        ),
        ReadError::TooMany => ("files-too-many", "split the pack"),
        ReadError::Name => (
            "file-name",
            "use lower-case letters, digits and single dashes, at most 64, and `.md`",
        ),
    }
}
