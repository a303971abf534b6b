//! `stats`: the page of the app's statistics, printed.
//! Each picture has its numbers beside it; no file is made.

use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::{json, record};
use crate::clock;
use crate::views::statistics;

/// Show how your memory does
///
/// Recall against the recall you wish for, answers a day, what falls due, the weakest terms and topics, and how well your
/// certainty bears out. All of it is counted from your own answers, on this machine.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Shows the statistics of today.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    let progress = record::look(call, &library)?;
    let now = clock::now();
    call.answer(
        "stats",
        || json::progress::stats(&progress, &library, now),
        |format| statistics::page(&progress, &library, now, format),
    )
}
