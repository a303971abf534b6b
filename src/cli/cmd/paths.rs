//! `paths`: where files live. Nothing is created by looking.

use std::path::Path;

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::exit::CommandResult;
use crate::layout::{PageBuilder, Role, Run};
use crate::text::SafeText;

/// Show where files live
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Shows what was found.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let path = |p: &Path| SafeText::line(&p.to_string_lossy());
    let config = call.config.file.as_deref().map(path);
    let state = call.config.state.as_deref().map(path);
    let folders: Vec<SafeText> = call.config.content.iter().map(|p| path(p)).collect();
    let content = folders.last();
    let below = folders.split_last().map_or(&[][..], |(_, below)| below);
    let body = json!({"config": config, "state": state, "content": content, "below": below});
    let content = (!folders.is_empty()).then(|| SafeText::join(&folders, ", "));
    let page = |format| {
        let mut builder = PageBuilder::new(format);
        for (label, path, absent) in [
            ("Settings", config, "no home folder, none is read"),
            ("Progress", state, "no home folder, none is kept"),
            ("Content", content, "bundled"),
        ] {
            let run = path.map_or(Run::ours(absent, Role::Dim), |p| Run::new(p, Role::Text));
            builder.label(label, vec![run]);
        }
        builder.finish()
    };
    call.answer("paths", || body, page)
}
