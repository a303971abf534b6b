//! `help`: a command's page, or a topic's.
//! Promise: the same pages as `--help`; a topic that is nearly right is named.

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::json::{self, answers};
use crate::cli::usage::quoted;
use crate::cli::{args, pages};
use crate::layout::PageBuilder;
use crate::pack::Notes;
use crate::pack::markdown::fragment;
use crate::text::SafeText;
use crate::text::suggest::nearest;

const EXAMPLES: &str = "\
Examples:
  $ tozero help                         everything there is
  $ tozero help compare                 one command
  $ tozero help json                    the JSON that --json prints";

/// Explain a command, or a topic: json
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// A command or topic
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// Pages that are no command's.
const TOPICS: [(&str, &str); 1] = [("json", json::PAGE)];

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let mut root = args::command(call.width());
    root.build();
    let Some(topic) = &args.topic else {
        return print(call, "tozero", &root.render_long_help().to_string());
    };
    if let Some((name, text)) = TOPICS.iter().find(|(name, _)| name == topic) {
        return if call.out.look.json {
            print(call, name, text)
        } else {
            print_markdown(call, text)
        };
    }
    if let Some(command) = root.find_subcommand_mut(topic) {
        let text = command.render_long_help().to_string();
        return print(call, topic, &text);
    }
    let names: Vec<&str> = root
        .get_subcommands()
        .map(clap::Command::get_name)
        .chain(TOPICS.map(|(n, _)| n))
        .collect();
    let help = nearest(topic, names.iter().copied()).map_or_else(
        || crate::safe!("one of {}", names.join(", ")),
        |near| crate::safe!("did you mean {near}?"),
    );
    Err(CliError::with_help(
        crate::safe!("there is no help about {}", quoted(topic)),
        help,
    ))
}

/// A page of our own in markdown, set as an entry is.
fn print_markdown(call: &mut CommandContext, text: &str) -> CommandResult {
    let mut setter = PageBuilder::new(call.format());
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    setter.title(SafeText::line(title.trim_start_matches("# ")));
    setter.doc(&fragment(body, 0..body.len(), &mut Notes::new("help")));
    call.out.page(setter.finish(), Vec::new())?;
    Ok(ExitStatus::Done)
}

fn print(call: &mut CommandContext, topic: &str, text: &str) -> CommandResult {
    if call.out.look.json {
        let text = SafeText::clean(text);
        json::print(
            &mut call.out,
            "help",
            &answers::Topic { topic, text: &text },
        )?;
        return Ok(ExitStatus::Done);
    }
    pages::text(&mut call.out, text)?;
    Ok(ExitStatus::Done)
}
