//! `completions`: a script that teaches a shell the commands and flags, made from the parser itself.

use crate::cli::context::CommandContext;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::text::SafeText;

/// Print a completion script for a shell
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let mut script = Vec::new();
    let mut parser = (call.parser)(call.width(), &ExampleWords::default());
    clap_complete::generate(args.shell, &mut parser, "tozero", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    call.out.raw(&SafeText::from(script))?;
    Ok(ExitStatus::Done)
}
