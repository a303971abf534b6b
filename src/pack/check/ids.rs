//! File names that are not ids, and ids that are there twice.
//!
//! An id is the file's stem, in kebab-case. `terms/Cold_Start.md` and `terms/more/cold-start.md` would be `cold-start`
//! as well: on some machines the first is even the same file. Where the id is free the file only has a bad name.
//! Promise: a misnamed file gets one report, the one whose advice can be followed.

use std::collections::HashSet;

use crate::pack::address::{Kind, is_id};
use crate::pack::check::files::{Tree, file_name};
use crate::safe;
use crate::text::Diagnostic;
use crate::text::measure::slug;

/// Reports every misnamed file, and every nested one whose id is taken.
pub(super) fn check(tree: &Tree, left_out: &[String], mut report: impl FnMut(Diagnostic)) {
    let mut seen = HashSet::new();
    for path in tree.misnamed.iter().chain(left_out) {
        let Some((kind, id)) = meant(path) else {
            report(bad_id(path, None));
            continue;
        };
        let first = seen.insert((kind, id.clone()));
        report(if tree.has(kind, &id) || !first {
            duplicate(path, kind, &id)
        } else {
            bad_id(path, Some((kind, &id)))
        });
    }
    for path in &tree.nested {
        match meant(path) {
            Some((kind, id)) if tree.has(kind, &id) => report(duplicate(path, kind, &id)),
            Some(_) | None => {}
        }
    }
}

/// The kind and id that a path would have if it were written correctly.
fn meant(path: &str) -> Option<(Kind, String)> {
    let kind = Kind::parse(path.split('/').next()?)?;
    let stem = file_name(path);
    Some((kind, slug(stem.strip_suffix(".md").unwrap_or(stem)))).filter(|(_, id)| is_id(id))
}

fn duplicate(path: &str, kind: Kind, id: &str) -> Diagnostic {
    Diagnostic::error(
        "id-duplicate",
        path,
        safe!("the id `{id}` is there twice among the {}", kind.word()),
    )
    .help(safe!(
        "keep one of the two files, as `{}/{id}.md`",
        kind.word()
    ))
}

fn bad_id(path: &str, meant: Option<(Kind, &str)>) -> Diagnostic {
    let name = file_name(path);
    let problem = Diagnostic::error(
        "file-name",
        path,
        safe!(
            "`{}` is not an id",
            name.strip_suffix(".md").unwrap_or(name)
        ),
    );
    match meant {
        Some((kind, id)) => problem.help(safe!("rename the file to `{}/{id}.md`", kind.word())),
        None => problem.help(safe!(
            "use lower-case letters, digits and single dashes, at most 64 characters"
        )),
    }
}
