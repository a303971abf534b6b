//! `paths`: where files live.
//! Promise: nothing is created by looking.

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, answers};
use crate::layout::{PageBuilder, Role, Run};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero paths                        where settings, progress and content are
  $ tozero paths --json                 the same for programs";

/// Show where files live
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {}

/// Answers.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let path = |p: &std::path::Path| SafeText::line(&p.to_string_lossy());
    let config = call.meant.file.as_deref().map(path);
    let state = call.meant.places.as_ref().map(|p| path(&p.state));
    let content = call.meant.content.as_deref().map(path);
    if call.out.look.json {
        let text = |t: Option<SafeText>| t.map(|t| t.to_string());
        json::print(
            &mut call.out,
            "paths",
            &answers::Paths {
                config: text(config),
                state: text(state),
                content: text(content),
            },
        )?;
        return Ok(ExitStatus::Done);
    }
    let mut setter = PageBuilder::new(call.format());
    for (label, path, absent) in [
        ("Settings", config, "no home folder, none is read"),
        ("Progress", state, "no home folder, none is kept"),
        ("Content", content, "bundled"),
    ] {
        let run = path.map_or(Run::ours(absent, Role::Dim), |p| Run::new(p, Role::Text));
        setter.label(label, vec![run]);
    }
    call.out.page(setter.finish(), Vec::new())?;
    Ok(ExitStatus::Done)
}
