//! `completions`: a script that has a shell ask the program what may be typed next.

use clap_complete::env::Shells;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::text::SafeText;

/// Print a completion script for a shell
///
/// The script asks the program at each Tab, so that it knows the entries of your pack; it need not be written anew when
/// the program changes.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// The variable that the script sets to the name of its shell.
pub const VARIABLE: &str = "TOZERO_COMPLETE";

/// zsh runs a file of `$fpath` at the first Tab: then it has to complete at once.
const AUTOLOADED: &str =
    "[[ \"${funcstack[1]}\" == _tozero ]] && _clap_dynamic_completer_tozero \"$@\"\n";

pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let mut script = Vec::new();
    let name = args.shell.to_string();
    let shells = Shells::builtins();
    if let Some(shell) = shells.completer(&name) {
        shell.write_registration(VARIABLE, "tozero", "tozero", "tozero", &mut script)?;
    }
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if args.shell == clap_complete::Shell::Zsh {
        script.push_str(AUTOLOADED);
    }
    call.out.raw(&SafeText::from(script))?;
    Ok(ExitStatus::Done)
}
