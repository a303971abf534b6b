//! `help`: a command's page, as `--help` prints it, or a topic's.

use serde_json::json;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::{json, pages};
use crate::layout::PageBuilder;
use crate::pack::Notes;
use crate::pack::markdown::fragment;
use crate::text::SafeText;
use crate::text::measure::quoted;
use crate::text::suggest::did_you_mean;

/// Explain a command, or a topic: json
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A command or topic
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// The topic that is no command: [`json::PAGE`].
const JSON: &str = "json";

/// Prints the page of a command or topic.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let mut root = call.help();
    root.build();
    let Some(topic) = &args.topic else {
        return print(call, "tozero", &root.render_long_help().to_string());
    };
    if topic == JSON {
        return match call.out.style.json {
            true => print(call, topic, json::PAGE),
            false => print_markdown(call, json::PAGE),
        };
    }
    if let Some(command) = root.find_subcommand_mut(topic) {
        let text = command.render_long_help().to_string();
        return print(call, topic, &text);
    }
    let commands = root.get_subcommands().map(clap::Command::get_name);
    let names: Vec<&str> = commands.chain([JSON]).collect();
    Err(CliError::with_help(
        crate::safe!("there is no help about {}", quoted(topic)),
        did_you_mean(topic, &names),
    ))
}

/// A page of our own in markdown, set as an entry is.
fn print_markdown(call: &mut CommandContext, text: &str) -> CommandResult {
    let mut builder = PageBuilder::new(call.format());
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    builder.title(SafeText::line(title.trim_start_matches("# ")));
    builder.doc(&fragment(body, 0..body.len(), &mut Notes::new("help")));
    call.page(builder.finish(), Vec::new())
}

fn print(call: &mut CommandContext, topic: &str, text: &str) -> CommandResult {
    if call.out.style.json {
        let body = json!({"topic": topic, "text": SafeText::clean(text)});
        return call.json("help", body);
    }
    pages::text(&mut call.out, text)?;
    Ok(ExitStatus::Done)
}
