//! `new`: a pack to begin with, or the whole bundled one to change. The small one is made of the examples in the author's guide,
//! so that neither can be wrong alone. Only a new or empty folder is written to.

use std::borrow::Cow;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult};
use crate::cli::usage::quoted;
use crate::disk::write_new_tree;
use crate::pack::{Bundled, Files, Kind};
use crate::text::measure::count;

/// Write a starter pack of your own
///
/// A pack is a folder of markdown files; its README.md, which is written too, says what each kind of file holds.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder to write, new or empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Write the whole bundled pack instead
    #[arg(long)]
    from_bundled: bool,
}

/// The author's guide goes with every pack. Its examples, taken together, are the starter pack.
const GUIDE: (&str, &str) = ("README.md", include_str!("../../../content/README.md"));

/// Writes the folder, and says how to go on.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let files = if args.from_bundled {
        bundled()?
    } else {
        starter()
    };
    let folder = quoted(&args.dir.to_string_lossy());
    let pairs = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_ref()));
    let written = write_new_tree(&args.dir, pairs)
        .map_err(|why| CliError::new(crate::safe!("{folder}: {}", why.why())))?;
    let files = count(written, "file", "files");
    let next = |command, what| crate::safe!("  {command:<32}  {what}");
    let lines = [
        crate::safe!("{folder}: {files} written. Next:"),
        next(
            format!("tozero check {folder}"),
            "says what is wrong with it",
        ),
        next(format!("tozero --content {folder}"), "opens it"),
        next(format!("{folder}/README.md"), "is the author's guide"),
    ];
    call.answer_lines("new", json!({"folder": folder, "files": written}), lines)
}

type PackFiles = Vec<(String, Cow<'static, str>)>;

/// The guide with its examples as files.
fn starter() -> PackFiles {
    let mut files: PackFiles = examples(GUIDE.1)
        .map(|(path, text)| (path.to_owned(), Cow::Borrowed(text)))
        .collect();
    files.push((GUIDE.0.to_owned(), Cow::Borrowed(GUIDE.1)));
    files
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
mod tests {
    use super::*;
    use crate::pack::check::check;
    use crate::pack::{Address, CheckOptions, MemoryFiles};

    #[test]
    fn the_examples_of_the_guide_are_a_sound_pack_with_every_kind() {
        let files = starter();
        let memory = MemoryFiles::of(
            files
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_ref())),
        );
        let checked = check(&memory, &CheckOptions::default());
        assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
        for kind in Kind::ALL {
            let of_kind =
                |(path, _): &&(String, _)| Address::of_path(path).is_some_and(|a| a.kind == kind);
            assert!(
                files.iter().any(|f| of_kind(&f)),
                "the guide has an example of {}",
                kind.word()
            );
        }
    }

    #[test]
    fn examples_are_cut_out_whole() {
        let guide = "Text `a`:\n\n`pack.toml`:\n\n```toml\nx = 1\n\ny = 2\n```\n\nSee `b`:\n\n```\nno\n```\n\n`t/a.md`:\n\n```md\nz\n```\n";
        assert_eq!(
            examples(guide).collect::<Vec<_>>(),
            [("pack.toml", "x = 1\n\ny = 2\n"), ("t/a.md", "z\n")]
        );
    }
}
