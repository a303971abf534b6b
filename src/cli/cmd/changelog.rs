//! `changelog`: what changed in which version.

use serde_json::json;

use crate::cli::cmd::help::markdown;
use crate::cli::cmd::{CommandContext, CommandResult};

/// Show what changed
#[derive(clap::Args, Debug)]
pub struct Args {}

const CHANGELOG: &str = include_str!("../../../assets/CHANGELOG.md");

/// Shows the changes of every version.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    match call.out.style.json {
        true => call.json("help", json!({"topic": "changelog", "text": CHANGELOG})),
        false => markdown(call, CHANGELOG),
    }
}
