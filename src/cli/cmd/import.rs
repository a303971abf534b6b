//! `import`: answers from an export or a copy of the record.
//! A file with anything wrong in it changes nothing, and all that is wrong is told with its place; importing a
//! file twice changes nothing.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::cmd::{CliError, CommandContext, CommandResult};
use crate::cli::record;
use crate::store::{ImportError, ImportSummary, StoreError, import};
use crate::text::SafeText;
use crate::text::measure::count;
use crate::text::measure::quoted;

/// Add answers from a file
///
/// Takes what `tozero export` has written, and copies of the record such as the one that `tozero reset` keeps. What is
/// there already stays as it is.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Adds what is new.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let name = match args.file.to_string_lossy() {
        name if name == import::STANDARD_INPUT => SafeText::ours("standard input"),
        name => quoted(&name),
    };
    let found = import::read(&args.file).map_err(|error| refused(call, &name, error))?;
    let (imported, notice) = import::merge(&record::place(call)?, &found)?;
    record::tell(call, notice.as_ref());
    call.answer_lines("import", json!(imported), [summary(imported)])
}

/// What an import came to, in a sentence.
fn summary(imported: ImportSummary) -> SafeText {
    let added = count(imported.added, "review", "reviews");
    let mut parts = vec![crate::safe!("{added} added")];
    let differ = "there already and different: left as they were";
    for (n, what) in [
        (imported.known, "there already"),
        (imported.different, differ),
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
        let place = Some(place).filter(|place| !place.is_empty());
        let at = place.map_or(SafeText::default(), |place| crate::safe!(" {place}:"));
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
