//! The commands: one file each, with its flags and its answer. Their examples stand in `assets/examples.txt`.

pub mod changelog;
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
pub mod next;
pub mod paths;
mod quality;
pub mod quiz;
pub mod read;
pub mod refs;
pub mod reset;
pub mod search;
pub mod site;
pub mod stats;

pub(crate) use crate::cli::context::CommandContext;
pub(crate) use crate::cli::exit::{CliError, CommandResult, ExitStatus};

use clap::Subcommand;

use crate::app::OutputFormat;
use crate::config::CommandArgs;

/// A command with its flags, in the order of the help page. A doc comment on one would replace the help text that stands on
/// its flags' type.
#[derive(Subcommand, Debug)]
// At each start only the arguments of the command that is called are set up.
#[command(defer = true)]
pub enum Command {
    Define(CommandArgs<define::Args>),
    Search(CommandArgs<search::Args>),
    List(CommandArgs<list::Args>),
    Compare(CommandArgs<compare::Args>),
    Judge(CommandArgs<judge::Args>),
    Cost(CommandArgs<cost::Args>),
    Read(CommandArgs<read::Args>),
    Refs(CommandArgs<refs::Args>),
    Quiz(CommandArgs<quiz::Args>),
    Due(CommandArgs<due::Args>),
    Next(CommandArgs<next::Args>),
    Stats(CommandArgs<stats::Args>),
    Reset(CommandArgs<reset::Args>),
    Export(CommandArgs<export::Args>),
    Import(CommandArgs<import::Args>),
    Check(CommandArgs<check::Args>),
    New(CommandArgs<new::Args>),
    Site(CommandArgs<site::Args>),
    Paths(CommandArgs<paths::Args>),
    Keys(CommandArgs<keys::Args>),
    Completions(CommandArgs<completions::Args>),
    Man(CommandArgs<man::Args>),
    Changelog(CommandArgs<changelog::Args>),
    Help(CommandArgs<help::Args>),
}

/// The commands by what one does with them, as the program's help lists them.
pub const GROUPS: [(&str, &[&str]); 5] = [
    ("Look up", &["define", "search", "list", "read", "refs"]),
    ("Judge", &["compare", "judge", "cost"]),
    (
        "Remember",
        &["next", "quiz", "due", "stats", "reset", "export", "import"],
    ),
    ("Packs", &["check", "new", "site"]),
    (
        "Program",
        &["help", "keys", "paths", "completions", "man", "changelog"],
    ),
];

impl Command {
    /// Whether it has an answer of this format.
    pub fn prints(&self, format: OutputFormat) -> bool {
        match format {
            OutputFormat::Text => true,
            OutputFormat::Json => !matches!(self, Self::Man(_) | Self::Completions(_)),
            OutputFormat::Csv | OutputFormat::Anki => matches!(self, Self::Export(_)),
            OutputFormat::Svg => matches!(self, Self::Cost(_)),
            OutputFormat::Markdown | OutputFormat::Html => {
                matches!(
                    self,
                    Self::Define(_)
                        | Self::Compare(_)
                        | Self::Judge(_)
                        | Self::Cost(_)
                        | Self::Read(_)
                        | Self::Refs(_)
                        | Self::Stats(_)
                        | Self::Keys(_)
                ) || matches!(self, Self::Quiz(args) if args.print)
            }
        }
    }

    pub fn run(&self, call: &mut CommandContext) -> CommandResult {
        match self {
            Self::Define(args) => define::run(args, call),
            Self::Search(args) => search::run(args, call),
            Self::List(args) => list::run(args, call),
            Self::Compare(args) => compare::run(args, call),
            Self::Judge(args) => judge::run(args, call),
            Self::Cost(args) => cost::run(args, call),
            Self::Read(args) => read::run(args, call),
            Self::Refs(args) => refs::run(args, call),
            Self::Quiz(args) => quiz::run(args, call),
            Self::Due(args) => due::run(args, call),
            Self::Next(args) => next::run(args, call),
            Self::Stats(args) => stats::run(args, call),
            Self::Reset(args) => reset::run(args, call),
            Self::Export(args) => export::run(args, call),
            Self::Import(args) => import::run(args, call),
            Self::Check(args) => check::run(args, call),
            Self::New(args) => new::run(args, call),
            Self::Site(args) => site::run(args, call),
            Self::Paths(args) => paths::run(args, call),
            Self::Keys(args) => keys::run(args, call),
            Self::Completions(args) => completions::run(args, call),
            Self::Man(args) => man::run(args, call),
            Self::Changelog(args) => changelog::run(args, call),
            Self::Help(args) => help::run(args, call),
        }
    }
}
