//! `keys`: the keymap with the user's changes, the same that the app obeys.

use serde_json::{Value, json};

use crate::app::keymap::BINDINGS;
use crate::app::{Binding, Keymap, Scope};
use crate::cli::context::CommandContext;
use crate::cli::exit::CommandResult;
use crate::cli::pages::{listed, widest};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};

/// Show the keys of the app
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Shows the keymap.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let keymap = call.config.keymap.clone();
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
        |format| page(&keymap, format),
    )
}

/// The keys of a binding as they are written on keyboards.
pub fn keys(binding: &Binding, keymap: &Keymap) -> Vec<String> {
    let keys = keymap.keys(binding.action);
    keys.iter().map(ToString::to_string).collect()
}

fn page(keymap: &Keymap, format: PageFormat) -> Page {
    let mut builder = PageBuilder::new(format);
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
            let words = Run::ours(b.help, Role::Text);
            listed(columns, &widths, words, format.width)
        });
        builder.rows(rows.collect());
    }
    builder.finish()
}
