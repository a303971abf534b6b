//! The command line as clap reads it. Help, completions and the man page come from the same table, so none can differ.

use std::ffi::OsString;

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, ArgAction, ArgMatches, CommandFactory, FromArgMatches, Parser};

use crate::cli::cmd::{Command, GROUPS};
use crate::cli::examples::{ExampleWords, examples};
use crate::cli::exit::STATUSES;
use crate::cli::worded::worded;
use crate::config::GlobalFlags;

/// Order of a help page: what it is, examples, usage, flags.
const TEMPLATE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// The definitions of one word side by side, read through the one you choose.
///
/// On a terminal, `tozero` alone opens the app. Words that are no command are looked up, as `tozero define` does.
#[derive(Parser, Debug)]
#[command(name = "tozero", bin_name = "tozero", version = VERSION)]
#[command(
    subcommand_value_name = "COMMAND",
    disable_help_subcommand = true,
    override_usage = "tozero [FLAGS] [WORDS]...\n       tozero [FLAGS] COMMAND ..."
)]
pub struct ParsedArgs {
    /// A term to look up, as `define` does
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub global: GlobalFlags,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The program's own page, in the same order with its commands in groups.
const LONG: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{commands}Flags:\n{options}{after-help}";
/// The same for `-h`: on one screen, so names alone.
const SHORT: &str = "{about}\n\n{usage-heading} {usage}\n\n{commands}\n{flags}\n\n\
    `tozero help COMMAND` explains a command, `tozero --help` everything.{after-help}";

/// The version with the commit it was built from, where that is known, and the newest date of its facts.
pub const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    env!("TOZERO_BUILT_FROM"),
    " (facts as of ",
    env!("TOZERO_FACTS_AS_OF"),
    ")"
);

/// Where faults are reported; nothing while `Cargo.toml` names no place.
const BUGS: &str = env!("CARGO_PKG_REPOSITORY");

/// The parser, its help set `width` cells wide.
pub fn command(width: usize, words: &ExampleWords) -> clap::Command {
    let statuses = STATUSES
        .map(|(code, what)| format!("  {code:<4} {what}"))
        .join("\n");
    let mut parser = ParsedArgs::command().term_width(width);
    // Each command is set up with its arguments, which are otherwise set up when it is called.
    parser.build();
    let parser = parser
        .after_help(bugs())
        .after_long_help(format!("Exit status:\n{statuses}{}", bugs()))
        .before_long_help(opening("tozero", words))
        .mut_subcommands(|command| {
            let opening = opening(command.get_name(), words);
            let more = format!("More: tozero help {}", command.get_name());
            let command = command.before_long_help(opening).after_help(more);
            command.after_long_help("").help_template(TEMPLATE)
        });
    let parser = worded(parser, words);
    let long = LONG.replace("{commands}", &commands(&parser, true));
    parser.help_template(long)
}

/// The program's own page on one screen.
fn short(parser: clap::Command) -> clap::Command {
    let page = SHORT.replace("{commands}", &commands(&parser, false));
    let of_clap = |arg: &&Arg| matches!(arg.get_id().as_str(), "help" | "version");
    let flags = parser.get_arguments().filter(|arg| !of_clap(arg));
    let flags = flags.filter_map(|arg| {
        let value = arg.get_value_names().and_then(<[_]>::first);
        let value = value.filter(|_| arg.get_action().takes_values());
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        Some(format!("--{}{value}", arg.get_long()?))
    });
    let flags = row("Flags", flags.collect());
    parser.help_template(page.replace("{flags}", &flags))
}

fn bugs() -> String {
    match BUGS {
        "" => String::new(),
        place => format!("\n\nReport faults: {place}"),
    }
}

/// The commands in their groups: a line each, or the names alone.
fn commands(parser: &clap::Command, each: bool) -> String {
    let shown = |name: &&&str| {
        let command = parser.find_subcommand(name);
        command.is_some_and(|command| !command.is_hide_set())
    };
    let mut text = String::new();
    for (group, names) in GROUPS {
        let names: Vec<&str> = names.iter().filter(shown).copied().collect();
        if names.is_empty() {
            continue;
        }
        if !each {
            text += &row(group, names.iter().map(|name| (*name).to_owned()).collect());
            text.push('\n');
            continue;
        }
        text += &format!("{group}:\n");
        for name in names {
            let about = parser
                .find_subcommand(name)
                .and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            text += &format!("  {name:<13}{about}\n");
        }
        text.push('\n');
    }
    text
}

/// A heading with words behind it, in lines that hang under them.
fn row(heading: &str, words: Vec<String>) -> String {
    const HANG: usize = 11;
    const ROOM: usize = 80 - HANG;
    let mut lines = vec![String::new()];
    for word in words {
        let line = lines.pop().unwrap_or_default();
        if line.is_empty() || line.len() + 2 + word.len() > ROOM {
            lines.extend([line, word]);
        } else {
            lines.push(format!("{line}, {word}"));
        }
    }
    lines.retain(|line| !line.is_empty());
    let rest = format!(",\n{:HANG$}", "");
    format!("{heading:<HANG$}{}", lines.join(&rest))
}

/// What a help page opens with.
fn opening(name: &str, words: &ExampleWords) -> Resettable<StyledStr> {
    let text = examples(name, words).map(StyledStr::from);
    text.map_or(Resettable::Reset, Resettable::Value)
}

/// Reads the arguments, the program's name first. The error may be a request for help, which [`help`] answers: most runs
/// want none, so it is not made here.
pub fn parse(argv: &[OsString], width: usize) -> Result<ParsedArgs, clap::Error> {
    let parser = ParsedArgs::command().term_width(width);
    let matches = parser.try_get_matches_from(argv)?;
    let mut parsed = ParsedArgs::from_arg_matches(&matches)?;
    parsed.global = everywhere(&matches)?;
    Ok(parsed)
}

/// The flags of every command, typed before its name or behind it.
fn everywhere(matches: &ArgMatches) -> Result<GlobalFlags, clap::Error> {
    let flags = GlobalFlags::from_arg_matches(matches)?;
    match matches.subcommand() {
        Some((_, behind)) => Ok(flags.and(GlobalFlags::from_arg_matches(behind)?)),
        None => Ok(flags),
    }
}

/// The help or the version that the arguments ask for; `None` where they ask for neither.
pub fn help(argv: &[OsString], width: usize, words: &ExampleWords) -> Option<String> {
    let parser = command(width, words);
    let parser = match argv.iter().any(|word| word == "--help") {
        true => parser,
        false => short(parser),
    };
    let asked = parser.try_get_matches_from(argv).err()?;
    (!asked.use_stderr()).then(|| asked.to_string())
}

/// The flags given along with a request for help. Clap answers it where it meets it, before it has read the rest, so
/// both are made ordinary flags here and what else is wrong is passed over.
pub fn flags_with_help(argv: &[OsString]) -> GlobalFlags {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .global(true)
        .action(ArgAction::SetTrue);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::SetTrue);
    let parser = ParsedArgs::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args([help, version]);
    let matches = parser.ignore_errors(true).try_get_matches_from(argv);
    matches
        .and_then(|matches| everywhere(&matches))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argv(line: &str) -> Vec<OsString> {
        let words = line.split_whitespace().map(OsString::from);
        std::iter::once("tozero".into()).chain(words).collect()
    }

    #[test]
    fn lines_are_read_as_words_flags_and_a_command() {
        let check = |line: &str, words: &str, command: &str, json: bool, width: Option<u16>| {
            let parsed = parse(&argv(line), 80).expect(line);
            let name = parsed.command.map(|c| format!("{c:?}")).unwrap_or_default();
            let name = name.split('(').next().unwrap_or_default();
            let read = (
                parsed.words.join(" "),
                name,
                parsed.global.json,
                parsed.global.width,
            );
            assert_eq!(read, (words.to_owned(), command, json, width), "{line}");
        };
        check("", "", "", false, None);
        check("cold start", "cold start", "", false, None);
        check("cold define", "cold define", "", false, None);
        check("cold --json stats", "cold", "Stats", true, None);
        check("--json list terms", "", "List", true, None);
        check("list terms --json --width 40", "", "List", true, Some(40));
        check("stats --width=40", "", "Stats", false, Some(40));
        check("quiz --seed 7 --width 40", "", "Quiz", false, Some(40));
        check("-- define", "define", "", false, None);
    }

    #[test]
    fn flags_behind_a_command_win_over_those_before_it() {
        let check = |line: &str, lens: &str, content: &[&str], json: bool, plain: bool| {
            let flags = parse(&argv(line), 80).expect(line).global;
            let folders: Vec<_> = flags.content.iter().filter_map(|f| f.to_str()).collect();
            let read = (
                flags.lens.as_deref().unwrap_or_default(),
                folders.as_slice(),
                flags.json,
                flags.plain,
            );
            assert_eq!(read, (lens, content, json, plain), "{line}");
        };
        check("--lens a --json list terms --plain", "a", &[], true, true);
        check("--lens a list terms --lens b", "b", &[], false, false);
        check("--content a --content b due", "", &["a", "b"], false, false);
        check("--content a due --content b", "", &["b"], false, false);
        let color = |line: &str| {
            let flags = parse(&argv(line), 80).expect(line).global;
            format!("{:?}", flags.color)
        };
        assert_eq!(color("--color never due"), "Some(Never)");
        assert_eq!(color("--color never due --color auto"), "Some(Auto)");
        assert_eq!(color("due"), "None");
        assert!(parse(&argv("due --json --format md"), 80).is_err());
    }

    #[test]
    fn help_is_as_wide_as_asked() {
        let check = |line: &str, width| {
            let error = parse(&argv(line), 80).expect_err(line);
            assert!(!error.use_stderr(), "{line} is a request for help");
            assert_eq!(flags_with_help(&argv(line)).width, width, "{line}");
        };
        check("--help", None);
        check("--help --width 40", Some(40));
        check("--width=40 -h", Some(40));
        check("define --help --width 120 --ascii", Some(120));
        check("export --help --width 30", Some(30));
        check("--help --width 3", None);
        check("-V", None);
        assert!(flags_with_help(&argv("-h --ascii")).ascii);
    }

    #[test]
    fn no_line_of_help_is_wider_than_asked() {
        for width in [40, 80] {
            let mut root = command(width, &ExampleWords::default());
            root.build();
            let mut pages = vec![root.render_long_help().to_string()];
            pages.extend(
                root.get_subcommands_mut()
                    .map(|c| c.render_long_help().to_string()),
            );
            for page in pages {
                // Examples and usage are set as they are typed.
                let set = page.split_once("Options:").map_or("", |(_, rest)| rest);
                let wide = set.lines().find(|l| l.chars().count() > width);
                assert_eq!(wide, None, "at {width}");
            }
        }
    }

    #[test]
    fn short_help_fits_a_screen_of_24_rows() {
        let words = ExampleWords::default();
        let names = command(80, &words);
        let names = names.get_subcommands().map(|c| c.get_name().to_owned());
        for name in names.chain([String::new()]) {
            let page = help(&argv(&format!("{name} -h")), 80, &words).unwrap();
            let rows = page.trim_end().lines().count();
            assert!(rows <= 23, "{name}: {rows} rows\n{page}");
        }
    }

    #[test]
    fn every_command_stands_in_one_group() {
        let grouped = GROUPS.iter().flat_map(|(_, names)| *names);
        let mut grouped: Vec<&str> = grouped.copied().collect();
        let parser = command(80, &ExampleWords::default());
        let mut all: Vec<&str> = parser.get_subcommands().map(|c| c.get_name()).collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
    }

    #[test]
    fn the_parser_is_sound() {
        command(80, &ExampleWords::default()).debug_assert();
    }
}
