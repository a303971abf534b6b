//! The command line: everything the app shows, printed, and the way into the app.
//!
//! Arguments are read as typed ([`args`]); with environment and config file they become one [`crate::app::Config`]; a
//! command ([`cmd`]) answers through [`output`], the only printer, and ends with an exit status ([`exit`]). Answers go to
//! standard output, everything else to standard error, so that an answer can be piped. Nothing is read that the answer
//! does not need.

pub mod addresses;
mod answer;
pub mod args;
pub mod cmd;
mod complete;
pub mod context;
mod document;
pub mod examples;
pub mod exit;
pub mod json;
pub mod launch;
pub mod line_interview;
pub mod line_quiz;
pub mod lookup;
mod menu;
pub mod output;
mod pack_page;
pub mod pager;
pub mod pages;
pub mod prompt;
pub mod record;
pub mod usage;
pub mod worded;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::app::OutputFormat;
use crate::cli::args::ParsedArgs;
use crate::cli::cmd::{Command, compare, define};
use crate::cli::context::CommandContext;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::{CliError, ExitStatus};
use crate::cli::output::Output;
use crate::cli::pager::Pager;
use crate::config::{self, Environment, GlobalFlags};
use crate::terminal::{guard, panic};
use crate::text::Words;

/// Runs the program; the arguments begin with its name.
pub fn run(argv: impl IntoIterator<Item = OsString>) -> ExitCode {
    panic::install();
    let argv: Vec<OsString> = argv.into_iter().collect();
    let screen = guard::size();
    let usual = guard::usual_variables();
    let environment = Environment::look(screen.columns.into(), screen.rows.into(), &usual);
    if let Some(candidates) = complete::asked(&argv, &environment) {
        return ExitCode::from(output::bytes(&candidates));
    }
    ExitCode::from(match args::parse(&argv, environment.width()) {
        Ok(args) => answer(args, &environment),
        Err(error) if error.use_stderr() => {
            let style = environment.style(&GlobalFlags::default());
            output::report(&CliError::from(&error), style.ascii)
        }
        // To clap a request for help or for the version is an error too.
        Err(_) => print_help(&argv, &environment),
    })
}

/// Does what was asked; the exit status.
fn answer(args: ParsedArgs, environment: &Environment) -> u8 {
    let config = match config::load(&args.global, environment) {
        Ok(config) => config,
        Err(error) => {
            let style = environment.style(&args.global);
            return output::report(&CliError::from(error), style.ascii);
        }
    };
    let pager = pager(&args.global, environment);
    let mut call = CommandContext::new(config, args::command, pager);
    let style = call.config.style;
    if let Some(error) = unfit(&args, style.output) {
        return call.out.finish(Err(error));
    }
    let text = style.output == OutputFormat::Text;
    let screen = environment.output && !style.plain && text;
    let opens_app = screen && matches!(args.command, None | Some(Command::Quiz(_)));
    let tells_itself = matches!(args.command, Some(Command::Paths(_) | Command::Keys(_)));
    match (opens_app, tells_itself) {
        (true, _) => call.report_config(),
        (false, false) => call.report_misleading(),
        (false, true) => {}
    }
    let result = match (args.command, args.words.as_slice()) {
        (Some(Command::Quiz(quiz)), []) if screen && environment.input => {
            return launch::open(call, environment, Some(&quiz));
        }
        (Some(command), []) => command.run(&mut call),
        // `tozero cold compare` is more likely a slip than a term called so.
        (Some(_), words) => Err(usage::misplaced(words)),
        (None, []) if screen => return launch::open(call, environment, None),
        (None, []) if environment.reads_lines() && text && !args.global.plain => {
            menu::run(&mut call)
        }
        (None, []) => compare::short_answer(&mut call),
        (None, words) => define::run(&define::Args::of(words.to_vec()), &mut call),
    };
    call.out.finish(result)
}

/// Why a command has no answer of a format.
fn unfit(args: &ParsedArgs, format: OutputFormat) -> Option<CliError> {
    let fits = match &args.command {
        Some(command) => command.prints(format),
        None => !matches!(
            format,
            OutputFormat::Csv | OutputFormat::Anki | OutputFormat::Svg
        ),
    };
    let what = crate::safe!("this command prints no {}", format.word());
    let help = match format {
        OutputFormat::Csv | OutputFormat::Anki => "`tozero export` does",
        OutputFormat::Svg => "`tozero cost` does: its chart",
        OutputFormat::Json => "its answer is a file for other programs",
        _ => "define, compare, judge, cost, read, refs, stats and keys do",
    };
    (!fits).then(|| CliError::with_help(what, help))
}

/// The pager for what is longer than the screen.
fn pager(flags: &GlobalFlags, environment: &Environment) -> Option<Pager> {
    let command = environment.pager(flags)?;
    Some(Pager::new(command, environment.rows))
}

/// What the examples name in the pack at hand. Help is for those with a broken pack, too: then they name nothing.
fn example_words(flags: &GlobalFlags, environment: &Environment) -> ExampleWords {
    let config = config::load(flags, environment).ok();
    let call = config.map(|config| CommandContext::new(config, args::command, None));
    call.map(|call| call.words()).unwrap_or_default()
}

/// Prints the help or the version that was asked for, as wide as was asked for beside it.
fn print_help(argv: &[OsString], environment: &Environment) -> u8 {
    let flags = args::flags_with_help(argv);
    let style = environment.style(&flags);
    let mut out = Output::new(style, None, pager(&flags, environment));
    let words = example_words(&flags, environment);
    let help = args::help(argv, style.width, &words).unwrap_or_default();
    let printed = pages::text(&mut out, &help);
    out.finish(printed.map(|()| ExitStatus::Done).map_err(CliError::from))
}

#[cfg(test)]
pub(crate) mod samples;
