//! Help in the words of the pack at hand, without the commands for which it has nothing.
//! Help texts name the pack's words as [`ExampleWords::sentence`] reads them.

use clap::builder::StyledStr;

use crate::cli::examples::ExampleWords;

/// The parser with its help made for a pack.
pub fn worded(command: clap::Command, words: &ExampleWords) -> clap::Command {
    let missing = words.missing.iter();
    missing.fold(reword(command, words), |command, name| {
        command.mut_subcommand(name, |command| {
            let nothing = "This pack has nothing for it.";
            command
                .hide(true)
                .before_help(nothing)
                .before_long_help(nothing)
        })
    })
}

fn reword(mut command: clap::Command, words: &ExampleWords) -> clap::Command {
    let fill = |text: &StyledStr| words.sentence(&text.to_string());
    if let Some(about) = command.get_about().map(fill) {
        command = command.about(about);
    }
    if let Some(about) = command.get_long_about().map(fill) {
        command = command.long_about(about);
    }
    let arg = |mut arg: clap::Arg| {
        if let Some(help) = arg.get_help().map(fill) {
            arg = arg.help(help);
        }
        if let Some(help) = arg.get_long_help().map(fill) {
            arg = arg.long_help(help);
        }
        arg
    };
    let command = command.mut_args(arg);
    command.mut_subcommands(|command| reword(command, words))
}
