//! The flags that every command takes, as they are typed: nothing is looked up, nothing asked of the world.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::app::OutputFormat;
use crate::text::{Day, Words};

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Everywhere")]
pub struct GlobalFlags {
    /// Print JSON instead of text; `tozero help json` describes it
    #[arg(long, global = true, hide_short_help = true)]
    pub json: bool,
    /// Print text, json, md, html or svg; `export` has csv and anki, too
    #[arg(long, global = true, hide_short_help = true, value_name = "FORMAT")]
    #[arg(value_parser = formats(), hide_possible_values = true, conflicts_with = "json")]
    pub format: Option<OutputFormat>,
    /// Print lines without columns, colors or escape codes
    #[arg(long, global = true, hide_short_help = true)]
    pub plain: bool,
    /// Whether to print colors: auto, always or never
    #[arg(long, global = true, hide_short_help = true, value_name = "WHEN")]
    #[arg(default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub color: ColorWhen,
    /// Set text at most this wide, 20 to 500 [default: the terminal's width up to 100, else 80]
    #[arg(long, global = true, hide_short_help = true, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=500))]
    pub width: Option<u16>,
    /// The colors to use: dark, light, high-contrast or terminal
    #[arg(long, global = true, hide_short_help = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// The definition to read through; `tozero list lenses` names them
    #[arg(long, global = true, hide_short_help = true, value_name = "ID")]
    pub lens: Option<String>,
    /// Judge {many} as of this day, such as 2023, 2023-01 or 2023-01-31 [default: the newest facts]
    #[arg(long, global = true, hide_short_help = true, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Read this pack instead of the bundled one; given again, each lies on those before it
    #[arg(long, global = true, hide_short_help = true, value_name = "DIR")]
    pub content: Vec<PathBuf>,
    /// Read this settings file instead of the usual one
    #[arg(long, global = true, hide_short_help = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Open the app as at the first time, and do not remember where it ends
    #[arg(long, global = true, hide_short_help = true)]
    pub fresh: bool,
    /// Print ASCII only
    #[arg(long, global = true, hide_short_help = true)]
    pub ascii: bool,
    /// Print what is longer than the screen without a pager
    #[arg(long, global = true, hide_short_help = true)]
    pub no_pager: bool,
}

fn formats() -> impl TypedValueParser<Value = OutputFormat> {
    PossibleValuesParser::new(OutputFormat::WORDS.iter().map(|(word, _)| *word))
        .try_map(|word| OutputFormat::from_word(&word).ok_or("no format"))
}

/// A date as it is typed.
fn day(words: &str) -> Result<Day, String> {
    Day::parse(words).ok_or_else(|| "a date is 2023, 2023-01 or 2023-01-31".to_owned())
}

/// When colors are printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ColorWhen {
    /// On a terminal that wants them.
    #[default]
    Auto,
    /// Always, in a pipe too.
    Always,
    /// Never, and no escape codes either.
    Never,
}
