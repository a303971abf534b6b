//! `import`: answers from an export or a copy of the record.
//! Guarantees: a file with anything wrong in it changes nothing, and all that is wrong is told with its place; importing a
//! file twice changes nothing.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult};
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
    let found = import::read(&args.file).map_err(|error| refused(call, &name, &error))?;
    let imported =
        import::merge(&record::place(call)?, &found).map_err(|t| record::unreadable(&t))?;
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
fn refused(call: &CommandContext, name: &SafeText, error: &StoreError) -> CliError {
    let StoreError::Import(mistakes) = error else {
        return record::unreadable(error);
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
