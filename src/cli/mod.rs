//! The other door: everything the app shows, printed.
//!
//! Arguments are read as typed ([`args`]), then as meant here and now ([`policy`], [`meant`]); a command answers through
//! [`out`], the only printer, and ends with an exit status ([`end`]). Each command is a file of `cmd/`.
//! Promises: answers go to standard output, all else to standard error; the same question gives the same bytes; nothing
//! is read that the answer does not need.

pub mod addresses;
mod answer;
pub mod args;
pub mod cmd;
pub mod context;
pub mod environment;
pub mod exit;
pub mod json;
pub mod line_interview;
pub mod line_quiz;
pub mod lookup;
pub mod output;
pub mod pages;
pub mod record;
pub mod settings;
pub mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::app::Keymap;
use crate::cli::args::ParsedArgs;
use crate::cli::cmd::{Command, compare, define};
use crate::cli::context::CommandContext;
use crate::cli::environment::{Environment, OutputStyle};
use crate::cli::exit::{CliError, ExitStatus};
use crate::cli::output::Output;
use crate::cli::settings::Config;
use crate::core::quiz::QuizOptions;
use crate::core::schedule::DesiredRecall;
use crate::layout::Theme;
use crate::layout::report::report;
use crate::pack::Library;
use crate::terminal::Size;
use crate::text::{Day, SafeText};

/// What the app is opened with.
pub struct AppRequest {
    /// The pack.
    pub library: Library,
    /// The theme; named by the user or not.
    pub theme: Option<&'static Theme>,
    /// Colors are allowed.
    pub color: bool,
    /// Only ASCII may be drawn.
    pub ascii: bool,
    /// The lens that is on, by id; it exists.
    pub lens: String,
    /// The day that verdicts are as of; the newest facts when `None`.
    pub as_of: Option<Day>,
    /// The mouse is on from the start.
    pub mouse: bool,
    /// Today, for ages.
    pub today: Day,
    /// The folder the pack was read from; `None` for the bundled one.
    pub pack_name: Option<SafeText>,
    /// Which key does what.
    pub keymap: Keymap,
    /// Something to say first, such as that the settings file has mistakes.
    pub say: Option<SafeText>,
    /// The folder that progress is kept in; `None` without a home folder.
    pub state: Option<std::path::PathBuf>,
    /// The recall that the user wishes for.
    pub desired: DesiredRecall,
    /// A quiz to open at, with its seed.
    pub quiz: Option<(QuizOptions, Option<u64>)>,
}

/// Opens the app and comes back with the exit status: 0 when the user quit, 130 when they interrupted it.
pub type AppRunner = fn(AppRequest) -> std::io::Result<u8>;

/// Answers the command line. The app is handed in, since it is the other door.
pub fn run(argv: impl IntoIterator<Item = OsString>, app: AppRunner) -> ExitCode {
    let argv: Vec<OsString> = argv.into_iter().collect();
    let around = Environment::look(usize::from(Size::of(std::io::stdout()).columns));
    ExitCode::from(
        match args::parse(
            argv.clone(),
            args::wished_width(&argv).unwrap_or(environment::width(&around)),
        ) {
            Ok(typed) => answer(typed, &around, app),
            Err(error) => explain(&error, &argv, &around),
        },
    )
}

/// Prints the help or version that was wished for, or says what is wrong.
fn explain(error: &clap::Error, argv: &[OsString], around: &Environment) -> u8 {
    let global = args::GlobalFlags {
        width: args::wished_width(argv).and_then(|w| u16::try_from(w).ok()),
        ..Default::default()
    };
    let mut out = Output::new(OutputStyle::of(&global, around), None);
    let outcome = if error.use_stderr() {
        Err(usage::fault(error))
    } else {
        pages::text(&mut out, &error.to_string())
            .map(|()| ExitStatus::Done)
            .map_err(CliError::from)
    };
    out.finish(outcome)
}

fn answer(typed: ParsedArgs, around: &Environment, app: AppRunner) -> u8 {
    let mut look = OutputStyle::of(&typed.global, around);
    let meant = match Config::of(&typed.global) {
        Ok(meant) => meant,
        Err(fault) => return output::report(&fault, look.ascii),
    };
    look.ascii |= meant.ascii;
    let mut call = CommandContext {
        out: Output::new(look, meant.theme),
        meant,
    };
    tell_problems(&call);
    let screen = around.output && !call.out.look.plain && !call.out.look.json;
    let outcome = match (typed.command, typed.words) {
        (Some(Command::Quiz(args)), words) if words.is_empty() && screen && around.input => {
            return open(call, around, app, Some(&args));
        }
        (Some(command), words) if words.is_empty() => command.run(&mut call),
        (Some(_), words) => Err(extra(&words)),
        (None, words) if !words.is_empty() => define::run(&define::Args::of(words), &mut call),
        (None, _) if screen => return open(call, around, app, None),
        (None, _) => compare::short_answer(&mut call),
    };
    call.out.finish(outcome)
}

/// Words before a command, which mean nothing.
fn extra(words: &[String]) -> CliError {
    let words = usage::quoted(&words.join(" "));
    CliError::with_help(
        crate::safe!("{words} stands before a command"),
        "put words to look up after `define`",
    )
}

/// Says what is wrong with the settings file.
fn tell_problems(call: &CommandContext) {
    for problem in &call.meant.problems {
        let source = problem.span.is_some().then_some(call.meant.source.as_str());
        call.out.say_rows(&report(problem, source));
    }
}

/// Opens the app on a terminal.
fn open(
    mut call: CommandContext,
    around: &Environment,
    app: AppRunner,
    quiz: Option<&cmd::quiz::Args>,
) -> u8 {
    match opening(&mut call, around, quiz) {
        Err(fault) => call.out.finish(Err(fault)),
        Ok(opening) => {
            let ascii = call.out.look.ascii;
            call.out.finish(Ok(ExitStatus::Done));
            match app(opening) {
                Ok(code) => code,
                Err(error) => output::report(
                    &CliError::new(crate::safe!("the terminal failed: {error}")),
                    ascii,
                ),
            }
        }
    }
}

fn opening(
    call: &mut CommandContext,
    around: &Environment,
    quiz: Option<&cmd::quiz::Args>,
) -> Result<AppRequest, CliError> {
    if !around.input {
        let help = "tozero --plain prints the short answer, tozero help what else there is";
        return Err(CliError::with_help(
            "standard input is not a terminal, so no key could be read",
            help,
        ));
    }
    let library = call.library()?;
    let lens = call.lens(&library)?;
    let quiz = quiz.map(|args| args.wish(&library)).transpose()?;
    let problems = call.meant.problems.len();
    let mistakes = if problems == 1 {
        "a mistake"
    } else {
        "mistakes"
    };
    Ok(AppRequest {
        library,
        theme: call.meant.theme,
        color: call.out.look.color,
        ascii: call.out.look.ascii,
        lens,
        as_of: call.meant.as_of,
        mouse: call.meant.mouse,
        today: call.today(),
        pack_name: call
            .meant
            .content
            .as_ref()
            .map(|p| SafeText::line(&p.to_string_lossy())),
        keymap: call.meant.keymap.clone(),
        state: record::folder(call),
        desired: call.meant.desired,
        quiz,
        say: (problems > 0).then(|| {
            crate::safe!("the settings file has {mistakes}; `tozero paths` shows where it is")
        }),
    })
}
