//! `keys`: the keymap with the user's changes, the same that the app obeys.

use serde_json::{Value, json};

use crate::app::keymap::{BINDINGS, is_offered};
use crate::app::{Binding, Keymap, Scope};
use crate::cli::context::CommandContext;
use crate::cli::exit::CommandResult;
use crate::cli::pages::{listed, widest};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::Things;

/// Show the keys of the app
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Shows the keymap.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    call.report_config();
    let keymap = call.config.keymap.clone();
    // A pack that cannot be opened leaves the keys as they are.
    let library = call.pack_if_sound();
    let things = library.as_ref().map(|l| l.pack().subject.things.clone());
    let things = things.unwrap_or_default();
    let offered = |b: &&Binding| library.as_ref().is_none_or(|l| is_offered(b.action, l));
    let bindings: Vec<&Binding> = BINDINGS.iter().filter(offered).collect();
    let binding = |b: &&Binding| {
        json!({
            "scope": things.fill(b.scope.title()),
            "action": b.name,
            "keys": keys(b, &keymap),
            "help": things.fill(b.help),
        })
    };
    call.answer(
        "keys",
        || json!({"keys": bindings.iter().map(binding).collect::<Value>()}),
        |format| page(&bindings, &things, &keymap, format),
    )
}

/// The keys of a binding as they are written on keyboards.
pub fn keys(binding: &Binding, keymap: &Keymap) -> Vec<String> {
    let keys = keymap.keys(binding.action);
    keys.iter().map(ToString::to_string).collect()
}

fn page(bindings: &[&Binding], things: &Things, keymap: &Keymap, format: PageFormat) -> Page {
    let mut builder = PageBuilder::new(format);
    builder.title("Keys");
    let all = bindings.iter().map(|b| keys(b, keymap).join(" "));
    let all: Vec<String> = all.collect();
    let widths = [
        widest(all.iter().map(String::as_str)),
        widest(bindings.iter().map(|b| b.name)),
    ];
    for scope in Scope::ALL {
        let here = bindings.iter().zip(&all).filter(|(b, _)| b.scope == scope);
        let here: Vec<_> = here.collect();
        if here.is_empty() {
            continue;
        }
        builder.section(things.fill(scope.title()), Role::Heading);
        let rows = here.into_iter().flat_map(|(b, keys)| {
            let columns = vec![
                Run::new(keys.as_str(), Role::Key),
                Run::ours(b.name, Role::Dim),
            ];
            let words = Run::new(things.fill(b.help), Role::Text);
            listed(columns, &widths, words, format.width)
        });
        builder.rows(rows.collect());
    }
    builder.finish()
}
