//! `stats`: the page of the app's statistics, printed.
//! Promise: each picture has its numbers beside it; no file is made.

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, progress as shape};
use crate::cli::record;
use crate::terminal::platform;
use crate::views::statistics;

const EXAMPLES: &str = "\
Examples:
  $ tozero stats                        how your memory does
  $ tozero stats --json                 the same for programs";

/// Show how your memory does
///
/// Recall against the recall you wish for, answers a day, what falls due, the weakest terms and topics, and how well your
/// certainty bears out. All of it is counted from your own answers, on this machine.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {}

/// Answers.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let record = record::look(call)?;
    let (library, _) = call.indexed()?;
    let now = platform::now();
    if call.out.look.json {
        json::print(
            &mut call.out,
            "stats",
            &shape::Stats::of(&record, &library, now),
        )?;
        return Ok(ExitStatus::Done);
    }
    let page = statistics::page(&record, &library, now, call.format());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}
