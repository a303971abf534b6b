//! `keys`: the live keymap, with the user's changes.
//! The table the app obeys, and no other.

use serde_json::{Value, json};

use crate::app::keymap::BINDINGS;
use crate::app::{Binding, Keymap, Scope};
use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::pages::{listed, widest};
use crate::layout::{Page, PageBuilder, Role, Run};

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

/// Shows the keymap.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let keymap = call.meant.keymap.clone();
    let binding = |b: &Binding| {
        json!({
            "scope": b.scope.title(),
            "action": b.name,
            "keys": keys(b, &keymap),
            "help": b.help,
        })
    };
    call.answer(
        "keys",
        || json!({"keys": BINDINGS.iter().map(binding).collect::<Value>()}),
        |width| page(&keymap, width),
    )
}

/// The keys of a binding as they are written on keyboards.
pub fn keys(binding: &Binding, keymap: &Keymap) -> Vec<String> {
    let keys = keymap.keys(binding.act);
    keys.iter().map(ToString::to_string).collect()
}

fn page(keymap: &Keymap, width: usize) -> Page {
    let mut builder = PageBuilder::new(width);
    builder.title("Keys");
    let all = BINDINGS.iter().map(|b| keys(b, keymap).join(" "));
    let all: Vec<String> = all.collect();
    let widths = [
        widest(all.iter().map(String::as_str)),
        widest(BINDINGS.iter().map(|b| b.name)),
    ];
    for scope in Scope::ALL {
        builder.section(scope.title(), Role::Heading);
        let here = BINDINGS.iter().zip(&all).filter(|(b, _)| b.scope == scope);
        let rows = here.flat_map(|(b, keys)| {
            let columns = vec![
                Run::new(keys.as_str(), Role::Key),
                Run::ours(b.name, Role::Dim),
            ];
            listed(columns, &widths, Run::ours(b.help, Role::Text), width)
        });
        builder.rows(rows.collect());
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binding_has_a_row_under_its_scope() {
        let page = page(&Keymap::default(), 120);
        let rows: Vec<String> = page.rows.iter().map(|r| r.text().to_string()).collect();
        for binding in BINDINGS {
            let row = |row: &&String| row.contains(binding.name) && row.contains(binding.help);
            assert!(rows.iter().any(|r| row(&r)), "{}", binding.name);
        }
        for scope in Scope::ALL {
            assert!(
                rows.iter().any(|r| r.trim() == scope.title()),
                "{}",
                scope.title()
            );
        }
    }
}
