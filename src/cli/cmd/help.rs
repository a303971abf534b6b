//! `help`: a command's page, as `--help` prints it, or a topic's.

use std::borrow::Cow;

use serde_json::json;

use crate::cli::cmd::paths::sample;

use crate::cli::context::CommandContext;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::pack_page::fill;
use crate::cli::{json, pages};
use crate::config::VARIABLES;
use crate::layout::PageBuilder;
use crate::pack::Notes;
use crate::pack::markdown::fragment;
use crate::text::SafeText;
use crate::text::measure::quoted;
use crate::text::suggest::did_you_mean;

/// Explain a command, or a topic such as packs or json
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A command or topic
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

/// The topics that are no commands.
pub const TOPICS: [&str; 6] = [
    "environment",
    "settings",
    "packs",
    "json",
    "schema",
    "assistants",
];

/// How a program asks.
const ASSISTANTS: &str = include_str!("../../../assets/assistants.md");
/// The author's guide.
const PACKS: &str = include_str!("../../../content/README.md");

/// Prints the page of a command or topic.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let words = call.words();
    let mut root = (call.parser)(call.width(), &words);
    root.build();
    let Some(topic) = &args.topic else {
        return print(call, "tozero", &root.render_long_help().to_string());
    };
    if topic == "schema" {
        let schema = schema(&words);
        return match call.out.style.json {
            true => print(call, topic, &schema),
            false => {
                call.out.raw(&SafeText::from(schema))?;
                Ok(ExitStatus::Done)
            }
        };
    }
    if let Some(page) = page(topic, &words) {
        return match call.out.style.json {
            true => print(call, topic, &page),
            false => markdown(call, &page),
        };
    }
    if let Some(command) = root.find_subcommand_mut(topic) {
        let text = command.render_long_help().to_string();
        return print(call, topic, &text);
    }
    let commands = root.get_subcommands().map(clap::Command::get_name);
    let names: Vec<&str> = commands.chain(TOPICS).collect();
    Err(CliError::with_help(
        crate::safe!("there is no help about {}", quoted(topic)),
        did_you_mean(topic, &names),
    ))
}

/// A topic's page in markdown.
fn page(topic: &str, words: &ExampleWords) -> Option<Cow<'static, str>> {
    Some(match topic {
        "environment" => environment().into(),
        "settings" => settings(words).into(),
        "packs" => PACKS.into(),
        "json" => fill(json::PAGE, words).into(),
        "assistants" => fill(ASSISTANTS, words).into(),
        _ => return None,
    })
}

/// The JSON Schema of all answers, for programs.
fn schema(words: &ExampleWords) -> String {
    format!("{:#}\n", json::schema::schema(&fill(json::PAGE, words)))
}

fn environment() -> String {
    let rows = VARIABLES.map(|(name, does)| format!("| `{name}` | {does} |\n"));
    let rows = rows.concat();
    format!(
        "# Environment\n\nA flag beats a variable, a variable beats the settings file.\n\n\
         | variable | what it does |\n| --- | --- |\n{rows}"
    )
}

fn settings(words: &ExampleWords) -> String {
    let sample = sample(words);
    format!(
        "# Settings\n\nA TOML file; `tozero paths` says where it is looked for, and shows what is wrong with it. \
         Everything is optional. `tozero paths --sample` prints this one to begin with.\n\n```toml\n{sample}```\n"
    )
}

/// A page of our own in markdown, set as an entry is.
pub fn markdown(call: &mut CommandContext, text: &str) -> CommandResult {
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
