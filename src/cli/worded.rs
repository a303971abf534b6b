//! Help in the words of the pack at hand, without the commands for which it has nothing.
//! Help texts name the pack's words as [`Things::fill`](crate::pack::Things::fill) reads them.

use clap::builder::StyledStr;

use crate::cli::examples::ExampleWords;
use crate::pack::Things;

/// The parser with its help made for a pack.
pub fn worded(command: clap::Command, words: &ExampleWords) -> clap::Command {
    let missing = words.missing.iter();
    missing.fold(reword(command, &words.things), |command, name| {
        command.mut_subcommand(name, |command| command.hide(true))
    })
}

fn reword(mut command: clap::Command, things: &Things) -> clap::Command {
    let fill = |text: &StyledStr| things.fill(&text.to_string()).to_string();
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
    command.mut_subcommands(|command| reword(command, things))
}
