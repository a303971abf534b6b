//! `paths`: where files live. Nothing is created by looking.

use std::path::PathBuf;

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

pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let shown = |path: &Option<PathBuf>| {
        let path = path.as_ref()?;
        Some(SafeText::line(&path.to_string_lossy()))
    };
    let config = shown(&call.config.file);
    let state = shown(&call.config.state);
    let content = shown(&call.config.content);
    if call.out.look.json {
        let text = |path: Option<SafeText>| path.map(|path| path.to_string());
        let paths = answers::Paths {
            config: text(config),
            state: text(state),
            content: text(content),
        };
        json::print(&mut call.out, "paths", &paths)?;
        return Ok(ExitStatus::Done);
    }
    let mut page = PageBuilder::new(call.width());
    for (label, path, absent) in [
        ("Settings", config, "no home folder, none is read"),
        ("Progress", state, "no home folder, none is kept"),
        ("Content", content, "bundled"),
    ] {
        let run = path.map_or(Run::ours(absent, Role::Dim), |p| Run::new(p, Role::Text));
        page.label(label, vec![run]);
    }
    call.out.page(page.finish(), Vec::new())?;
    Ok(ExitStatus::Done)
}
