//! `reset`: forgets the history of a question, or everything.
//! Asks first, and off a terminal does nothing without `--yes`; a dated copy is kept before anything is dropped.

use std::io::IsTerminal;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::cli::{prompt, record};
use crate::pack::address::is_id;
use crate::store::reset;
use crate::text::SafeText;
use crate::text::measure::count;
use crate::text::measure::quoted;

/// Forget your answers
///
/// A dated copy of the record is kept first; its name is printed, and `tozero import` takes it back.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The question's id; one that left the pack is fine
    #[arg(value_name = "ID", required_unless_present = "all")]
    id: Option<String>,
    /// Everything
    #[arg(long, conflicts_with = "id")]
    all: bool,
    /// Answers to the questions of this folder, as `quiz --from` asked them
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Asks first, unless told not to.
pub fn run<'a>(args: &'a Args, call: &mut CommandContext) -> CommandResult {
    let bare = |id: &'a str| id.strip_prefix("questions/").unwrap_or(id);
    let id = args.id.as_deref().map(bare);
    if let Some(id) = id.filter(|id| !is_id(id)) {
        return Err(CliError::with_help(
            crate::safe!("{} is no question's id", quoted(id)),
            "tozero list questions names them all",
        ));
    }
    let library = match args.from.as_deref() {
        Some(folder) => call.asked(Some(folder))?.0,
        None => call.library()?,
    };
    let keys = record::keys(&library);
    // A question that left the pack may have been any layer's.
    let packs = match id.filter(|id| library.question(id).is_some()) {
        Some(id) => vec![keys.pack_of(id)],
        None => library.packs().collect(),
    };
    let folder = record::place(call)?;
    let reviews = reset::count(&folder, &packs, id)?;
    if reviews == 0 {
        let what = id.map_or(SafeText::ours("there is nothing to forget"), |id| {
            crate::safe!("no answer to {} is recorded", quoted(id))
        });
        return call.nothing(what, None);
    }
    let whose = id.map_or(SafeText::default(), |id| crate::safe!(" to {}", quoted(id)));
    let what = crate::safe!("{}{whose}", count(reviews, "answer", "answers"));
    if !args.yes && !confirmed(call, &what)? {
        call.out.say(&SafeText::ours("Nothing was changed."));
        return Ok(ExitStatus::Nothing);
    }
    let forgotten = reset::forget(&folder, &packs, id)?;
    record::tell(call, forgotten.notice.as_ref());
    let copy = SafeText::line(&forgotten.copy.to_string_lossy());
    let reviews = forgotten.reviews;
    let answers = count(reviews, "answer", "answers");
    if let Some(words) = &forgotten.not_renewed {
        call.out.say_partial(&crate::safe!("tozero: {words}"));
        call.out.say(&SafeText::ours(
            "help: `tozero quiz` makes it anew where it can; or delete it",
        ));
    }
    let lines = [
        crate::safe!("{answers}{whose} forgotten, and kept in"),
        crate::safe!("  {copy}"),
    ];
    call.answer_lines("reset", json!({"forgotten": reviews, "copy": copy}), lines)
}

/// Asks on the terminal.
fn confirmed(call: &CommandContext, what: &SafeText) -> Result<bool, CliError> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        let what = crate::safe!("{what} would be forgotten, and nobody is there to ask");
        let help = "add --yes, or answer on a terminal";
        return Err(CliError::with_help(what, help));
    }
    call.out.say(&crate::safe!(
        "{what} will be forgotten; a dated copy is kept. Type yes to go on."
    ));
    let line = prompt::line(&mut input.lock()).unwrap_or_default();
    Ok(matches!(line.to_lowercase().as_str(), "yes" | "y"))
}
