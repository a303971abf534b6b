//! The directory of commands: one file each, one line here.
//! A command knows its own flags, its examples and its answer, and nothing of the other commands.

pub mod check;
pub mod compare;
pub mod completions;
pub mod cost;
pub mod define;
pub mod due;
pub mod export;
pub mod help;
pub mod import;
pub mod judge;
pub mod keys;
pub mod list;
pub mod man;
pub mod new;
pub mod paths;
mod quality;
pub mod quiz;
pub mod read;
pub mod refs;
pub mod reset;
pub mod search;
pub mod stats;

pub(crate) use crate::cli::context::CommandContext;
pub(crate) use crate::cli::exit::{CliError, CommandResult, ExitStatus};

macro_rules! directory {
    ($($variant:ident in $module:ident),* $(,)?) => {
        /// A command with its flags. What each is for stands on its flags' type.
        #[derive(clap::Subcommand, Debug)]
        #[allow(missing_docs)] // A doc comment here would replace the help text that stands in the command's own file.
        pub enum Command {
            $($variant($module::Args),)*
        }

        impl Command {
            /// What the commands are called, in the order of the help page.
            pub const NAMES: [&str; [$(stringify!($module)),*].len()] = [$(stringify!($module)),*];

            /// The command of that name, with its flags.
            pub fn alone(name: &'static str) -> Option<clap::Command> {
                let args: fn(clap::Command) -> clap::Command = match name {
                    $(stringify!($module) => <$module::Args as clap::Args>::augment_args,)*
                    _ => return None,
                };
                Some(args(clap::Command::new(name)).disable_version_flag(true))
            }

            /// Answers.
            pub fn run(&self, call: &mut CommandContext) -> CommandResult {
                match self {
                    $(Self::$variant(args) => $module::run(args, call),)*
                }
            }
        }
    };
}

// In the order of the help page.
directory! {
    Define in define,
    Search in search,
    List in list,
    Compare in compare,
    Judge in judge,
    Cost in cost,
    Read in read,
    Refs in refs,
    Quiz in quiz,
    Due in due,
    Stats in stats,
    Reset in reset,
    Export in export,
    Import in import,
    Check in check,
    New in new,
    Paths in paths,
    Keys in keys,
    Completions in completions,
    Man in man,
    Help in help,
}
