//! `due`: how many questions are due, as a number, for prompts and status bars.
//! Promise: one number on one line, exit status 0; no file is made.

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, progress as shape};
use crate::cli::record;
use crate::pack::Kind;

const EXAMPLES: &str = "\
Examples:
  $ tozero due                          how many questions are due now
  $ tozero due --json                   the same for programs";

/// Print how many questions are due
///
/// A question is due when the chance that you still know it falls to the wished-for recall. Questions that left the pack
/// do not count.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {}

/// Answers.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let record = record::look(call)?;
    let due = if record.questions.is_empty() {
        0
    } else {
        let library = call.library()?;
        let ids = (0..library.count(Kind::Questions)).map(|n| library.head(Kind::Questions, n).id);
        record.due(ids, crate::disk::clock::now()).len()
    };
    if call.out.look.json {
        json::print(&mut call.out, "due", &shape::Due { due })?;
    } else {
        call.out.line(&crate::safe!("{due}"))?;
    }
    Ok(ExitStatus::Done)
}
