//! `new`: a pack to begin with, or the whole bundled one to change. The starters are made of the examples in the author's
//! guide, the small one of those on its first page, so that neither can be wrong alone. Only a new or empty folder is
//! written to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult};
use crate::disk::write_new_tree;
use crate::pack::{Bundled, Files, Kind};
use crate::text::measure::count;
use crate::text::measure::quoted;

/// Write a starter pack of your own
///
/// A pack is a folder of markdown files; its README.md, which is written too, begins with a first pack in ten minutes and
/// says what each kind of file holds. Without flags the pack is the smallest that is complete: two definitions, three
/// terms, three questions.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder to write, new or empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Write one of every kind: things judged by criteria, lenses, a checklist, lessons, myths, all kinds of questions
    #[arg(long, conflicts_with = "from_bundled")]
    full: bool,
    /// Write the whole bundled pack instead
    #[arg(long)]
    from_bundled: bool,
}

/// The author's guide goes with every pack. Its examples are the starter packs.
const GUIDE: (&str, &str) = ("README.md", include_str!("../../../content/README.md"));
/// The heading at which the guide's first page ends.
const REFERENCE: &str = "\n## A pack\n";

/// Writes the folder, and says how to go on.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let files = if args.from_bundled {
        bundled()?
    } else {
        starter(args.full)
    };
    let folder = quoted(&args.dir.to_string_lossy());
    let pairs = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_ref()));
    let written = write_new_tree(&args.dir, pairs)
        .map_err(|why| CliError::new(crate::safe!("{folder}: {}", why.why())))?;
    let files = count(written, "file", "files");
    let next = |command, what| crate::safe!("  {command:<32}  {what}");
    let guide = quoted(&args.dir.join(GUIDE.0).to_string_lossy());
    let lines = [
        crate::safe!("{folder}: {files} written. Next:"),
        next(
            format!("tozero check {folder}"),
            "says what is wrong with it",
        ),
        next(format!("tozero --content {folder}"), "opens it"),
        next(guide.to_string(), "is the author's guide"),
    ];
    call.answer_lines("new", json!({"folder": folder, "files": written}), lines)
}

type PackFiles = Vec<(String, Cow<'static, str>)>;

/// The guide with its examples as files: those of the first page, or all of them, of which a later one counts.
fn starter(full: bool) -> PackFiles {
    let first_page = GUIDE.1.find(REFERENCE).and_then(|end| GUIDE.1.get(..end));
    let guide = first_page.filter(|_| !full).unwrap_or(GUIDE.1);
    let files: BTreeMap<&str, &'static str> = examples(guide).chain([GUIDE]).collect();
    let own = |(path, text): (&str, &'static str)| (path.to_owned(), Cow::Borrowed(text));
    files.into_iter().map(own).collect()
}

/// The examples of the guide: a path between backticks before a colon, on a line of its own, then a fenced block.
fn examples(guide: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = guide;
    std::iter::from_fn(move || {
        loop {
            let (head, block) = rest.split_once("`:\n\n```")?;
            let path = head.rsplit('\n').next().unwrap_or(head).strip_prefix('`');
            let body = block.split_once('\n')?.1;
            // The newline before the closing fence belongs to the file.
            let (text, after) = body.split_at_checked(body.find("\n```\n")? + 1)?;
            rest = after;
            if let Some(path) = path {
                return Some((path, text));
            }
        }
    })
}

fn bundled() -> Result<PackFiles, CliError> {
    let folders = [""].into_iter().chain(Kind::ALL.map(Kind::word));
    let paths = folders.flat_map(|f| Bundled.list(f));
    let read = |path: String| match Bundled.read(&path) {
        Ok(text) => Ok((path, text)),
        Err(why) => Err(CliError::new(crate::safe!("{path}: {}", why.why()))),
    };
    let mut files: PackFiles = paths.map(read).collect::<Result<_, _>>()?;
    if files.iter().all(|(path, _)| path != GUIDE.0) {
        files.push((GUIDE.0.to_owned(), Cow::Borrowed(GUIDE.1)));
    }
    Ok(files)
}

#[cfg(test)]
#[path = "new_tests.rs"]
mod tests;
