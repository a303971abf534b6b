//! The flags that every command takes, before its name or behind it, as they are typed: nothing is looked up, nothing asked of
//! the world.

use std::ops::Deref;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};

use crate::app::OutputFormat;
use crate::text::{Day, Words};

/// What the flags of every command stand under in a help page.
pub const EVERYWHERE: &str = "Everywhere";

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = EVERYWHERE)]
pub struct GlobalFlags {
    /// Print JSON instead of text; `tozero help json` describes it
    #[arg(long, hide_short_help = true)]
    pub json: bool,
    /// Print text, json, md, html or svg; `export` has csv and anki, too
    #[arg(long, hide_short_help = true, value_name = "FORMAT")]
    #[arg(value_parser = formats(), hide_possible_values = true, conflicts_with = "json")]
    pub format: Option<OutputFormat>,
    /// Print lines without tables, colors or escape codes
    #[arg(long, hide_short_help = true)]
    pub plain: bool,
    /// Whether to print colors: auto, always or never
    #[arg(long, hide_short_help = true, value_name = "WHEN")]
    #[arg(hide_possible_values = true)]
    pub color: Option<ColorWhen>,
    /// Set text at most this wide, 20 to 500 [default: the terminal's width up to 100, else 80]
    #[arg(long, hide_short_help = true, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=500))]
    pub width: Option<u16>,
    /// The colors to use.
    #[arg(long, hide_short_help = true, value_name = "NAME", help = themes())]
    pub theme: Option<String>,
    /// The definition to read through; `tozero list lenses` names them
    #[arg(long, hide_short_help = true, value_name = "ID")]
    pub lens: Option<String>,
    /// Judge {many} as of this day, such as 2023, 2023-01 or 2023-01-31 [default: the newest facts]
    #[arg(long, hide_short_help = true, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Read this pack instead of the bundled one; given again, each lies on those before it
    #[arg(long, hide_short_help = true, value_name = "DIR")]
    pub content: Vec<PathBuf>,
    /// Read this settings file instead of the usual one
    #[arg(long, hide_short_help = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Open the app as at the first time, and do not remember where it ends
    #[arg(long, hide_short_help = true)]
    pub fresh: bool,
    /// Print ASCII only
    #[arg(long, hide_short_help = true)]
    pub ascii: bool,
    /// Print what is longer than the screen without a pager
    #[arg(long, hide_short_help = true)]
    pub no_pager: bool,
}

impl GlobalFlags {
    /// The flags before a command's name with those behind it, which win: what is to be printed is one choice, whichever
    /// of its two flags says it.
    pub fn and(self, behind: Self) -> Self {
        let (json, format) = match (behind.json, behind.format) {
            (false, None) => (self.json, self.format),
            behind => behind,
        };
        Self {
            json,
            format,
            plain: self.plain || behind.plain,
            color: behind.color.or(self.color),
            width: behind.width.or(self.width),
            theme: behind.theme.or(self.theme),
            lens: behind.lens.or(self.lens),
            as_of: behind.as_of.or(self.as_of),
            content: if behind.content.is_empty() {
                self.content
            } else {
                behind.content
            },
            config: behind.config.or(self.config),
            fresh: self.fresh || behind.fresh,
            ascii: self.ascii || behind.ascii,
            no_pager: self.no_pager || behind.no_pager,
        }
    }
}

/// The arguments of one command. It takes those of every command besides, which are read with [`GlobalFlags`]: clap's own
/// global flags are copied into all commands at each start, these only into the one that is called.
#[derive(Debug)]
pub struct CommandArgs<A>(A);

impl<A> Deref for CommandArgs<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.0
    }
}

impl<A: FromArgMatches> FromArgMatches for CommandArgs<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        A::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<A: Args> Args for CommandArgs<A> {
    fn augment_args(command: Command) -> Command {
        // The command's own come last, for what they say of it replaces what was said.
        A::augment_args(GlobalFlags::augment_args(command).next_help_heading(None))
    }

    fn augment_args_for_update(command: Command) -> Command {
        A::augment_args_for_update(command)
    }
}

/// What `--theme` takes.
fn themes() -> String {
    let names: Vec<&str> = crate::layout::Theme::names().collect();
    format!("The colors to use: {}, or one of yours", names.join(", "))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_formats_the_one_behind_the_command_wins() {
        let flags = |words: &str| {
            let (json, format) = match words {
                "--json" => (true, None),
                words => (false, OutputFormat::from_word(words)),
            };
            GlobalFlags {
                json,
                format,
                ..GlobalFlags::default()
            }
        };
        let check = |before: &str, behind: &str, expected: (bool, Option<OutputFormat>)| {
            let both = flags(before).and(flags(behind));
            assert_eq!((both.json, both.format), expected, "{before} X {behind}");
        };
        let md = OutputFormat::from_word("md");
        check("", "", (false, None));
        check("--json", "md", (false, md));
        check("md", "--json", (true, None));
        check("html", "md", (false, md));
        check("--json", "", (true, None));
        check("md", "", (false, md));
        check("", "md", (false, md));
        check("--json", "--json", (true, None));
    }
}
