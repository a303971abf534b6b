//! The command line as typed: flags and words, nothing looked up, nothing asked of the world.
//! Promise: every flag says what it does, and `--help` opens with examples that run.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, ValueEnum};

use crate::cli::cmd::Command;
use crate::cli::exit::STATUSES;
use crate::text::Day;

/// Order of a help page: what it is, examples, usage, flags.
const TEMPLATE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The examples of the program as a whole.
const EXAMPLES: &str = "\
Examples:
  $ tozero                              the app; in a pipe, the short answer
  $ tozero cold start                   look a term up
  $ tozero compare                      the two answers side by side
  $ tozero compare --by idle-cost       what everybody says about one question
  $ tozero judge aurora serverless v2   a verdict with its proof
  $ tozero judge                        judge your own service by a checklist
  $ tozero read                         the lessons
  $ tozero list terms                   the ids of all terms
  $ tozero new my-pack                  a pack of your own to begin with
  $ tozero check my-pack                what is wrong with it
  $ tozero help define                  how a command is used";

/// What is serverless? The definitions side by side, read through the one you choose.
///
/// On a terminal, `tozero` alone opens the app. Words that are no command are looked up, as `tozero define` does.
#[derive(Parser, Debug, Default)]
#[command(name = "tozero", bin_name = "tozero", version, before_long_help = EXAMPLES, subcommand_value_name = "COMMAND")]
#[command(
    disable_help_subcommand = true,
    override_usage = "tozero [FLAGS] [WORDS]...\n       tozero [FLAGS] COMMAND ..."
)]
struct RootArgs {
    /// A term to look up, as `define` does
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    global: GlobalFlags,
}

/// What was typed.
#[derive(Debug, Default)]
pub struct ParsedArgs {
    /// Words before any command.
    pub words: Vec<String>,
    /// Flags that every command takes.
    pub global: GlobalFlags,
    /// The command.
    pub command: Option<Command>,
}

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Everywhere")]
pub struct GlobalFlags {
    /// Print JSON instead of text; `tozero help json` describes it
    #[arg(long, global = true)]
    pub json: bool,
    /// Print lines without columns, colors or escape codes
    #[arg(long, global = true)]
    pub plain: bool,
    /// Whether to print colors: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    #[arg(hide_possible_values = true)]
    pub color: ColorWhen,
    /// Set text at most this wide, 20 to 500 [default: the terminal's width up to 100, else 80]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=500))]
    pub width: Option<u16>,
    /// The colors to use: dark, light, high-contrast or terminal
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// The definition to read through; `tozero list lenses` names them
    #[arg(long, global = true, value_name = "ID")]
    pub lens: Option<String>,
    /// Judge services as of this day, such as 2023, 2023-01 or 2023-01-31 [default: the newest facts]
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Read this pack instead of the bundled one
    #[arg(long, global = true, value_name = "DIR")]
    pub content: Option<PathBuf>,
    /// Read this settings file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print ASCII only
    #[arg(long, global = true)]
    pub ascii: bool,
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

/// The commands and flags as data: for parsing, help, completions and the man page. Help is set `width` cells wide.
pub fn command(width: usize) -> clap::Command {
    let set = |c: clap::Command| c.help_template(TEMPLATE).term_width(width);
    let statuses = STATUSES
        .map(|(code, what)| format!("  {code:<4} {what}"))
        .join("\n");
    let root = set(RootArgs::command()).after_long_help(format!("Exit status:\n{statuses}"));
    root.subcommands(
        Command::NAMES
            .into_iter()
            .filter_map(Command::alone)
            .map(set),
    )
}

/// Enough of [`command`] to read these arguments: the commands whose names are among them. Building all of them takes as
/// long as an answer.
fn needed(argv: &[OsString]) -> clap::Command {
    let named = Command::NAMES
        .into_iter()
        .filter(|name| argv.iter().any(|arg| arg == name));
    RootArgs::command().subcommands(named.filter_map(Command::alone))
}

/// The width that was asked for, before the arguments are read: help is set at it, and so is talk about wrong use.
pub fn wished_width(argv: &[OsString]) -> Option<usize> {
    let words: Vec<&str> = argv.iter().filter_map(|a| a.to_str()).collect();
    let apart = words.windows(2).find_map(|pair| {
        (pair.first() == Some(&"--width"))
            .then(|| pair.last().copied())
            .flatten()
    });
    let wish = apart.or_else(|| words.iter().find_map(|w| w.strip_prefix("--width=")))?;
    wish.parse().ok().filter(|w| (20..=500).contains(w))
}

/// Reads the arguments, the program's name first. The error may be a wish for help or for the version. Without any there
/// is nothing to read, and the app opens sooner.
pub fn parse(argv: Vec<OsString>, width: usize) -> Result<ParsedArgs, clap::Error> {
    if argv.len() <= 1 {
        return Ok(ParsedArgs::default());
    }
    let mut parser = needed(&argv);
    let matches = match parser.try_get_matches_from_mut(&argv) {
        Ok(matches) => matches,
        // What is wrong, and every page of help, is told by the whole.
        Err(_) => command(width).try_get_matches_from(argv)?,
    };
    let typed = ParsedArgs::of(&matches);
    // The system takes back faster what a thousand small pieces of the parser hold.
    std::mem::forget((parser, matches));
    typed
}

impl ParsedArgs {
    fn of(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        let command = matches
            .subcommand_name()
            .map(|_| Command::from_arg_matches(matches))
            .transpose()?;
        let RootArgs { words, global } = RootArgs::from_arg_matches(matches)?;
        Ok(Self {
            words,
            global,
            command,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str) {
        let argv = || {
            std::iter::once("tozero")
                .chain(line.split_whitespace())
                .map(OsString::from)
                .collect::<Vec<_>>()
        };
        let told = |typed: Result<ParsedArgs, clap::Error>| {
            typed.map(|t| format!("{t:?}")).map_err(|e| e.to_string())
        };
        let whole = command(80)
            .try_get_matches_from(argv())
            .and_then(|matches| ParsedArgs::of(&matches));
        assert_eq!(told(parse(argv(), 80)), told(whole), "{line}");
    }

    #[test]
    fn a_part_of_the_commands_reads_what_all_of_them_read() {
        for line in [
            "cold start",
            "define cold start",
            "cold define",
            "--json list terms",
            "list terms --json --width 40",
        ] {
            check(line);
        }
        for line in [
            "define",
            "define -V",
            "-V",
            "--version",
            "-h",
            "define --help",
            "help define",
            "nonsense --nonsense",
        ] {
            check(line);
        }
        for line in [
            "list list",
            "--width 3 list",
            "list --lens",
            "judge --set x=y search",
            "quiz --seed define",
            "-- define",
        ] {
            check(line);
        }
    }

    #[test]
    fn every_command_is_called_as_it_is_typed() {
        let derived = <Command as clap::Subcommand>::augment_subcommands(clap::Command::new("all"));
        let names: Vec<&str> = derived
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        assert_eq!(names, Command::NAMES);
    }
}
