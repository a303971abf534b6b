//! `paths`: where files live. Nothing is created by looking.

use std::path::Path;

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::CommandResult;
use crate::cli::pack_page::{fill, in_columns};
use crate::layout::{PageBuilder, Role, Run};
use crate::text::SafeText;

/// Show where files live
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Print a settings file to begin with instead, every line explained
    #[arg(long)]
    sample: bool,
}

/// A settings file in which everything is said and nothing is set.
const SAMPLE: &str = include_str!("../../../assets/settings.toml");

/// The same in the words of a pack.
pub fn sample(words: &ExampleWords) -> String {
    in_columns(&fill(SAMPLE, words))
}

/// Shows what was found, and what is wrong with the settings.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    if args.sample {
        let sample = sample(&call.words());
        return call.answer_lines(
            "help",
            json!({"topic": "settings", "text": sample}),
            [SafeText::from(sample.trim_end().to_owned())],
        );
    }
    call.report_config();
    let library = call.pack_if_sound();
    if let Some(library) = &library {
        call.report_own_lenses(library);
    }
    let no_lenses = match &library {
        Some(_) => "no home folder, none are read",
        None => "the pack cannot be opened, none are read",
    };
    let own = library.and_then(|library| call.config.own_lenses(&library.pack().id));
    let path = |p: &Path| SafeText::line(&p.to_string_lossy());
    let config = call.config.file.as_deref().map(path);
    let state = call.config.state.as_deref().map(path);
    let folders: Vec<SafeText> = call.config.content.iter().map(|p| path(p)).collect();
    let content = folders.last();
    let below = folders.split_last().map_or(&[][..], |(_, below)| below);
    let lenses = own.as_deref().map(path);
    let themes = call.config.own_themes();
    let themes = themes.as_deref().map(path);
    let body = json!({"config": config, "themes": themes, "lenses": lenses, "state": state, "content": content, "below": below});
    let content = (!folders.is_empty()).then(|| SafeText::join(&folders, ", "));
    let page = |format| {
        let mut builder = PageBuilder::new(format);
        for (label, path, absent) in [
            ("Settings", config, "no home folder, none is read"),
            ("Themes", themes, "no home folder, none are read"),
            ("Lenses", lenses, no_lenses),
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
