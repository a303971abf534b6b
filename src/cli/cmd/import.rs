//! `import`: answers from an export or a copy of the record.
//! A file with anything wrong in it changes nothing, and all that is wrong is told with its place; importing a
//! file twice changes nothing.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::cmd::{CliError, CommandContext, CommandResult};
use crate::cli::record;
use crate::cli::usage::quoted;
use crate::store::{ImportError, ImportSummary, StoreError, import};
use crate::text::SafeText;
use crate::text::measure::count;

const EXAMPLES: &str = "\
Examples:
  $ tozero import progress.json         add what another machine has exported
  $ tozero paths                        where the copies of the record are";

/// Add answers from a file
///
/// Takes what `tozero export` has written, and copies of the record such as the one that `tozero reset` keeps. What is
/// there already stays as it is.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Adds what is new.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let name = quoted(&args.file.to_string_lossy());
    let found = import::read(&args.file).map_err(|error| refused(call, &name, error))?;
    let imported = import::merge(&record::place(call)?, &found)?;
    let body = json!({
        "added": imported.added,
        "known": imported.known,
        "different": imported.different,
        "undone": imported.undone,
    });
    call.answer_lines("import", body, [summary(imported)])
}

/// What an import came to, in a sentence.
fn summary(imported: ImportSummary) -> SafeText {
    let added = count(imported.added, "review", "reviews");
    let mut parts = vec![crate::safe!("{added} added")];
    for (n, what) in [
        (imported.known, "there already"),
        (
            imported.different,
            "there already and different: left as they were",
        ),
        (imported.undone, "taken back, as in the file"),
    ] {
        parts.extend((n > 0).then(|| crate::safe!("{n} {what}")));
    }
    SafeText::join(&parts, ", ")
}

/// Prints everything that is wrong, and that nothing was changed.
fn refused(call: &CommandContext, name: &SafeText, error: StoreError) -> CliError {
    let mistakes = match error {
        StoreError::Import(mistakes) => mistakes,
        other => return other.into(),
    };
    for ImportError { place, what, help } in mistakes {
        let at = if place.is_empty() {
            SafeText::default()
        } else {
            crate::safe!(" {place}:")
        };
        call.out.say(&crate::safe!("{name}:{at} {what}"));
        if let Some(help) = help {
            call.out.say(&crate::safe!("help: {help}"));
        }
    }
    CliError::new(crate::safe!("{name} was not imported; nothing was changed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_leaves_out_what_is_nothing() {
        let check = |[added, known, different, undone]: [usize; 4], expected: &str| {
            let imported = ImportSummary {
                added,
                known,
                different,
                undone,
            };
            assert_eq!(summary(imported).as_str(), expected);
        };
        check([0, 0, 0, 0], "0 reviews added");
        check([1, 2, 0, 0], "1 review added, 2 there already");
        check(
            [5, 0, 1, 1],
            "5 reviews added, 1 there already and different: left as they were, 1 taken back, as in the file",
        );
    }
}
