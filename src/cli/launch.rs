//! Opens the app: the config as it is, with the pack it names and the lens to read it through.

use crate::cli::cmd::quiz;
use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, ExitStatus};
use crate::cli::output;
use crate::config::Environment;
use crate::terminal::exit::{INTERRUPTED, WRONG};
use crate::terminal::{AppExit, AppOptions, event_loop};
use crate::views::ViewContext;

/// Runs the app until the user leaves it; the exit status.
pub fn open(mut call: CommandContext, environment: &Environment, quiz: Option<&quiz::Args>) -> u8 {
    let options = match options(&mut call, environment, quiz) {
        Ok(options) => options,
        Err(error) => return call.out.finish(Err(error)),
    };
    let ascii = call.config.style.ascii;
    // Gives standard output back before the app takes the terminal.
    call.out.finish(Ok(ExitStatus::Done));
    match event_loop::app(options) {
        Ok(AppExit::Quit) => ExitStatus::Done.code(),
        Ok(AppExit::Interrupted) => INTERRUPTED,
        Ok(AppExit::Unsaved) => WRONG,
        Err(error) => {
            let error = CliError::new(crate::safe!("the terminal failed: {error}"));
            output::report(&error, ascii)
        }
    }
}

fn options(
    call: &mut CommandContext,
    environment: &Environment,
    quiz: Option<&quiz::Args>,
) -> Result<AppOptions, CliError> {
    // Standard output is a terminal here, or nobody would have thought of the app. Keys come from standard input alone:
    // `echo | tozero` must not leave a screen behind that cannot be quit.
    if !environment.input {
        let help = "tozero --plain prints the short answer, tozero help what else there is";
        return Err(CliError::with_help(
            "standard input is not a terminal, so no key could be read",
            help,
        ));
    }
    let from = quiz.and_then(|args| args.from.as_deref());
    let (library, lens) = match from {
        Some(_) => call.asked(from)?,
        None => {
            let library = call.library()?;
            let lens = call.lens(&library)?;
            (library, lens)
        }
    };
    let quiz = quiz.map(|args| {
        let (options, seed) = args.options(&library)?;
        Ok::<_, CliError>((options, seed, *args != quiz::Args::default()))
    });
    let quiz = quiz.transpose()?;
    call.report_own_lenses(&library);
    Ok(AppOptions {
        library,
        config: call.config.clone(),
        view: ViewContext::new(lens, call.today()).on(call.config.as_of),
        quiz,
    })
}
