//! `next`: one step to go on with, and why.
//! It rests on the record of answers alone, and makes no file.

use std::collections::BTreeSet;

use serde_json::json;

use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::record;
use crate::clock;
use crate::core::quiz::Course;
use crate::core::quiz::next::NextStep;
use crate::views::next;

/// Say what to do next, and why
///
/// Questions that are due, else the next lesson, else the page of the term that goes worst, else new questions. A lesson
/// counts as done when its own questions were answered.
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    let progress = record::look(call, &library)?;
    let course = Course::of(&library);
    let step = NextStep::of(&library, &course, &progress, &BTreeSet::new(), clock::now());
    let words = next::words(&library, &step);
    call.answer(
        "next",
        || {
            json!({
                "step": words.step,
                "what": words.what,
                "why": words.why,
                "command": words.command,
                "page": words.page.as_ref().map(ToString::to_string),
            })
        },
        |format| next::page(&words, format),
    )
}
