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
pub mod context;
pub mod examples;
pub mod exit;
pub mod json;
pub mod launch;
pub mod line_interview;
pub mod line_quiz;
pub mod lookup;
pub mod output;
pub mod pages;
pub mod prompt;
pub mod record;
pub mod usage;
pub mod worded;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::args::ParsedArgs;
use crate::cli::cmd::{Command, compare, define};
use crate::cli::context::CommandContext;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::{CliError, ExitStatus};
use crate::cli::output::Output;
use crate::config::{self, Environment, GlobalFlags};
use crate::pack::Library;
use crate::terminal::Size;

/// Runs the program; the arguments begin with its name.
pub fn run(argv: impl IntoIterator<Item = OsString>) -> ExitCode {
    let argv: Vec<OsString> = argv.into_iter().collect();
    let columns = Size::of(std::io::stdout()).columns;
    let environment = Environment::look(usize::from(columns));
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
    let mut call = CommandContext::new(config, args::command);
    call.report_config();
    let style = call.config.style;
    let screen = environment.output && !style.plain && !style.json;
    let result = match (args.command, args.words.as_slice()) {
        (Some(Command::Quiz(quiz)), []) if screen && environment.input => {
            return launch::open(call, environment, Some(&quiz));
        }
        (Some(command), []) => command.run(&mut call),
        // `tozero cold compare` is more likely a slip than a term called so.
        (Some(_), words) => Err(usage::misplaced(words)),
        (None, []) if screen => return launch::open(call, environment, None),
        (None, []) => compare::short_answer(&mut call),
        (None, words) => define::run(&define::Args::of(words.to_vec()), &mut call),
    };
    call.out.finish(result)
}

/// What the examples name in the pack at hand. Help is for those with a broken pack, too: then they name nothing.
fn example_words(flags: &GlobalFlags, environment: &Environment) -> ExampleWords {
    let config = config::load(flags, environment).ok();
    let call = config.map(|config| CommandContext::new(config, args::command));
    let library = call.and_then(|call| Library::open(call.files().ok()?).ok());
    library
        .map(|library| ExampleWords::of(&library))
        .unwrap_or_default()
}

/// Prints the help or the version that was asked for, as wide as was asked for beside it.
fn print_help(argv: &[OsString], environment: &Environment) -> u8 {
    let flags = args::flags_with_help(argv);
    let style = environment.style(&flags);
    let mut out = Output::new(style, None);
    let words = example_words(&flags, environment);
    let help = args::help(argv, style.width, &words).unwrap_or_default();
    let printed = pages::text(&mut out, &help);
    out.finish(printed.map(|()| ExitStatus::Done).map_err(CliError::from))
}

#[cfg(test)]
pub(crate) mod samples;
