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

/// bash parts words at `=`: a flag and its value are put together again, and the value alone is offered.
const GLUED: &str = r#"
_tozero() {
    local i word glue= at=0 n=-1 words=()
    for (( i = 0; i < ${#COMP_WORDS[@]}; i++ )); do
        word=${COMP_WORDS[i]}
        if [[ $n -ge 0 && $word == "=" && ${words[n]} == --* && ${words[n]} != *=* ]]; then
            words[n]+=$word
            glue=1
        elif [[ -n $glue && -n $word ]]; then
            words[n]+=$word
            glue=
        else
            words[++n]=$word
            glue=
        fi
        if (( i == COMP_CWORD )); then at=$n; fi
    done
    local COMP_WORDS=("${words[@]}") COMP_CWORD=$at
    _clap_complete_tozero "$1" "${words[at]}" "$3"
    if [[ $COMP_WORDBREAKS == *=* && ${words[at]} == --*=* ]]; then
        COMPREPLY=("${COMPREPLY[@]#*=}")
    fi
}
"#;

pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let mut script = Vec::new();
    let name = args.shell.to_string();
    let shells = Shells::builtins();
    if let Some(shell) = shells.completer(&name) {
        shell.write_registration(VARIABLE, "tozero", "tozero", "tozero", &mut script)?;
    }
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if args.shell == clap_complete::Shell::Bash {
        let called = "-F _clap_complete_tozero tozero";
        script = GLUED.to_owned() + &script.replace(called, "-F _tozero tozero");
    }
    if args.shell == clap_complete::Shell::Zsh {
        script.push_str(AUTOLOADED);
    }
    call.out.raw(&SafeText::from(script))?;
    Ok(ExitStatus::Done)
}
