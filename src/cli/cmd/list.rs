//! `list`: the ids of a kind, one a line, nothing else.
//! Promise: of a folder only names are read; what is printed can be handed to `define`, `read` or `compare`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::answers::listed;
use crate::core::judge::compare::outcome;
use crate::core::judge::state::at;
use crate::pack::{Address, Kind, Library};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero list terms                   every term's id
  $ tozero list lessons                 in reading order
  $ tozero list services --as-of 2015   those that were sold on that day
  $ tozero list lenses --json           with titles, for programs";

/// List the ids of all entries of a kind, one a line
///
/// Ids only, so that other programs can read it; `--json` adds titles, aliases, tags and briefs, and to services what the
/// lens says of them.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// What to list
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: Kind,
}

/// The plural words; the singular ones are understood.
pub fn kinds() -> impl TypedValueParser<Value = Kind> {
    let values = Kind::ALL.map(|k| PossibleValue::new(k.word()).alias(k.one()));
    let kind = |word: String| {
        Kind::ALL
            .into_iter()
            .find(|k| k.word() == word || k.one() == word)
    };
    PossibleValuesParser::new(values).try_map(move |word| kind(word).ok_or("no kind of entry"))
}

/// Prints ids; with `--json` what the catalog and the lens say too.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let kind = args.kind;
    let (library, lens) = if call.out.look.json {
        call.indexed()?
    } else {
        (call.library()?, String::new())
    };
    let day = call.meant.as_of;
    let service = |n: usize| match kind {
        Kind::Services => library.service(library.head(kind, n).id),
        Kind::Terms
        | Kind::Lessons
        | Kind::Perspectives
        | Kind::Questions
        | Kind::References
        | Kind::Myths
        | Kind::Lenses => None,
    };
    let mut order = order(&library, kind);
    if day.is_some() {
        order.retain(|n| service(*n).is_none_or(|s| at(s, day).is_ok()));
    }
    if call.out.look.json {
        let lens = library.lens(&lens);
        let entry = |n: &usize| {
            let outcome = service(*n)
                .zip(lens)
                .and_then(|(s, l)| outcome(s, l, day).ok());
            listed(kind, library.head(kind, *n), outcome)
        };
        let entries = order.iter().map(entry).collect::<Value>();
        return call.json("list", json!({"of": kind.word(), "entries": entries}));
    }
    for n in order {
        call.out.line(&SafeText::line(library.head(kind, n).id))?;
    }
    Ok(ExitStatus::Done)
}

/// Positions in the order to print: lessons as they are read, all else by id.
fn order(library: &Library, kind: Kind) -> Vec<usize> {
    if kind != Kind::Lessons {
        return (0..library.count(kind)).collect();
    }
    let position = |id: &str| Address::new(kind, id).and_then(|a| library.position(&a));
    library
        .lessons()
        .iter()
        .filter_map(|l| position(&l.id))
        .collect()
}
