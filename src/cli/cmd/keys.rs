//! `keys`: the live keymap, with the user's changes.
//! Promise: the table the app obeys, and no other.

use crate::app::keymap::BINDINGS;
use crate::app::{Binding, Keymap, Scope};
use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, answers};
use crate::cli::pages::{listed, widest};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero keys                         every key of the app, by where it holds
  $ tozero keys --json                  the same for programs

A settings file changes them by their names, several keys an action:
  [keys]
  \"move.down\" = [\"Down\", \"e\"]";

/// Show the keys of the app
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {}

/// Answers.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let keymap = call.meant.keymap.clone();
    if call.out.look.json {
        let keys = BINDINGS.iter().map(|b| binding(b, &keymap)).collect();
        json::print(&mut call.out, "keys", &answers::Keys { keys })?;
        return Ok(ExitStatus::Done);
    }
    let page = page(&keymap, call.format());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}

fn binding(binding: &Binding, keymap: &Keymap) -> answers::Binding {
    answers::Binding {
        scope: binding.scope.title(),
        action: binding.name,
        keys: keymap
            .keys(binding.act)
            .iter()
            .map(ToString::to_string)
            .collect(),
        help: binding.help,
    }
}

/// The keys of an act as they are written on keyboards.
pub fn written(binding: &Binding, keymap: &Keymap) -> SafeText {
    let keys: Vec<String> = keymap
        .keys(binding.act)
        .iter()
        .map(ToString::to_string)
        .collect();
    SafeText::from(keys.join(" "))
}

fn page(keymap: &Keymap, format: PageFormat) -> Page {
    let mut setter = PageBuilder::new(format);
    setter.title("Keys");
    let keys: Vec<SafeText> = BINDINGS.iter().map(|b| written(b, keymap)).collect();
    let widths = [
        widest(keys.iter().map(SafeText::as_str)),
        widest(BINDINGS.iter().map(|b| b.name)),
    ];
    for scope in Scope::ALL {
        setter.section(scope.title(), Role::Heading);
        let here = BINDINGS.iter().zip(&keys).filter(|(b, _)| b.scope == scope);
        let rows = here.flat_map(|(b, keys)| {
            let columns = vec![
                Run::new(keys.clone(), Role::Key),
                Run::ours(b.name, Role::Dim),
            ];
            listed(
                columns,
                &widths,
                Run::ours(b.help, Role::Text),
                format.width,
            )
        });
        setter.rows(rows.collect());
    }
    setter.finish()
}
