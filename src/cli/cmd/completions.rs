//! `completions`: a script that teaches a shell the commands and flags.
//! Made from the same table as the help, so it cannot differ from it.

use crate::cli::args;
use crate::cli::cmd::{CommandContext, CommandResult, ExitStatus};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero completions bash             for ~/.local/share/bash-completion/completions/tozero
  $ tozero completions fish             for ~/.config/fish/completions/tozero.fish
  $ tozero completions zsh              for a file _tozero in a folder of $fpath";

/// Print a completion script for a shell
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut args::command(call.width()),
        "tozero",
        &mut script,
    );
    call.out.raw(&SafeText::from(
        String::from_utf8_lossy(&script).into_owned(),
    ))?;
    Ok(ExitStatus::Done)
}
