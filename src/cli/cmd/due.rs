//! `due`: how many questions are due, as a number, for prompts and status bars.
//! One number on one line; no file is made. The exit status is 0 only where all of the record was read.

use serde_json::json;

use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::record;
use crate::clock;
use crate::pack::Kind;

/// Print how many questions are due
///
/// A question is due when the chance that you still know it falls to the wished-for recall. Questions that left the pack
/// do not count.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Counts without reading a question.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let library = call.library()?;
    let progress = record::look(call, &library)?;
    let ids = (0..library.count(Kind::Questions)).map(|n| library.head(Kind::Questions, n).id);
    let due = progress.due(ids, clock::now()).len();
    call.answer_lines("due", json!({"due": due}), [crate::safe!("{due}")])
}
