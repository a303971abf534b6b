//! Flags, environment and config file become one [`Config`]. A flag beats the environment, the environment beats the file,
//! the file beats what is built in.
//!
//! A mistake in a flag ends the run: it was typed for this run alone. A mistake in the file costs only the line it stands
//! in, since one file serves every run; it is reported with its place. Nothing is ever written to the file.

mod environment;
mod file;
mod flags;
mod themes;

pub use environment::{Environment, VARIABLES};
pub use file::ConfigError;
pub use flags::{CommandArgs, EVERYWHERE, GlobalFlags};

use std::path::Path;

use crate::app::Config;
use crate::disk::{Paths, read_named};
use crate::layout::Theme;
use crate::pack::ReadError;
use crate::safe;
use crate::text::measure::quoted;
use crate::text::{Diagnostic, SafeText};

/// Reads the config file and applies environment and flags to it.
pub fn load(flags: &GlobalFlags, environment: &Environment) -> Result<Config, ConfigError> {
    let typed = flags;
    let flags = &environment.complete(typed);
    // A value that a variable gives is told with its name: nobody sees it on the command line.
    let named = |variable: &str, is_typed: bool, error: ConfigError| match is_typed {
        true => error,
        false => ConfigError {
            message: safe!("{variable}: {}", error.message),
            ..error
        },
    };
    let paths = Paths::find();
    let usual = paths.as_ref().map(|p| p.config.clone());
    let file = flags.config.clone().or(usual);
    let (own, problems) = file.as_deref().map(themes::read).unwrap_or_default();
    let mut config = match &file {
        Some(path) => open(path, flags.config.is_some(), own)
            .map_err(|error| named("TOZERO_CONFIG", typed.config.is_some(), error))?,
        None => Config::default(),
    };
    config.theme_problems = problems;
    config.file = file;
    config.state = paths.map(|p| p.state);
    apply(&mut config, flags, environment)
        .map_err(|error| named("TOZERO_THEME", typed.theme.is_some(), error))?;
    config.is_lens_typed = typed.lens.is_some();
    Ok(config)
}

/// Reads the file at a path. A missing one is nothing to talk about, unless the user has `named` it.
fn open(path: &Path, named: bool, themes: Vec<Theme>) -> Result<Config, ConfigError> {
    let shown = path.to_string_lossy();
    match read_named(path) {
        Ok(source) => Ok(file::parse(source, path, themes)),
        Err(ReadError::Missing) if !named => Ok(Config {
            themes,
            ..Config::default()
        }),
        Err(error) if named => Err(ConfigError {
            message: safe!("{} cannot be read: {}", quoted(&shown), error.why()),
            help: None,
        }),
        Err(error) => Ok(Config {
            problems: vec![Diagnostic::error("unreadable-config", &shown, error.why())],
            themes,
            ..Config::default()
        }),
    }
}

/// Puts flags and environment on top of what the file says.
fn apply(
    config: &mut Config,
    flags: &GlobalFlags,
    environment: &Environment,
) -> Result<(), ConfigError> {
    if let Some(name) = &flags.theme {
        config.theme = Some(file::theme(name, &config.themes)?);
    }
    if let Some(lens) = &flags.lens {
        config.lens = Some(SafeText::line(lens));
        config.lens_span = None;
    }
    if !flags.content.is_empty() {
        config.content.clone_from(&flags.content);
    }
    config.as_of = flags.as_of;
    config.fresh |= flags.fresh;
    // ASCII is a limit of the place where one reads: whoever names it, it holds.
    let ascii = config.style.ascii;
    config.style = environment.style(flags);
    config.style.ascii |= ascii;
    if config.theme.is_none() && config.style.color {
        config.theme = environment.background().map(|tone| tone.theme().clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
