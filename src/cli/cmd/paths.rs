//! `paths`: where files live. Nothing is created by looking.

use std::path::Path;

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::exit::CommandResult;
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

/// Shows what was found.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let path = |p: &Path| SafeText::line(&p.to_string_lossy());
    let config = call.config.file.as_deref().map(path);
    let state = call.config.state.as_deref().map(path);
    let content = call.config.content.as_deref().map(path);
    let body = json!({"config": config, "state": state, "content": content});
    let page = |format| {
        let mut setter = PageBuilder::new(format);
        for (label, path, absent) in [
            ("Settings", config, "no home folder, none is read"),
            ("Progress", state, "no home folder, none is kept"),
            ("Content", content, "bundled"),
        ] {
            let run = path.map_or(Run::ours(absent, Role::Dim), |p| Run::new(p, Role::Text));
            setter.label(label, vec![run]);
        }
        setter.finish()
    };
    call.answer("paths", || body, page)
}
