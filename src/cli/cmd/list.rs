//! `list`: the ids of a kind, one a line, nothing else.
//! Promise: of a folder only names are read; what is printed can be handed to `define`, `read` or `compare`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, answers};
use crate::core::judge::compare::outcome;
use crate::core::judge::state::at;
use crate::core::judge::verdict;
use crate::pack::{Address, Kind, Lens, Library};
use crate::text::{Day, SafeText};

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

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let kind = args.kind;
    let (library, lens) = if call.out.look.json {
        call.indexed()?
    } else {
        (call.library()?, String::new())
    };
    let day = call.config.as_of;
    let mut order = order(&library, kind);
    if day.is_some() {
        order.retain(|n| {
            kind != Kind::Services
                || library
                    .service(library.head(kind, *n).id)
                    .is_none_or(|s| at(s, day).is_ok())
        });
    }
    if call.out.look.json {
        let lens = library.lens(&lens).filter(|_| kind == Kind::Services);
        let said = |n: usize| said(&library, n, lens?, day);
        let listed = |n: &usize| answers::Listed::of(kind.word(), library.head(kind, *n), said(*n));
        let entries = order.iter().map(listed).collect();
        json::print(
            &mut call.out,
            "list",
            &answers::List {
                of: kind.word(),
                entries,
            },
        )?;
        return Ok(ExitStatus::Done);
    }
    for n in order {
        call.out.line(&SafeText::line(library.head(kind, n).id))?;
    }
    Ok(ExitStatus::Done)
}

/// What a lens says of the n-th service.
fn said(
    library: &Library,
    n: usize,
    lens: &Lens,
    day: Option<Day>,
) -> Option<verdict::LensOutcome> {
    outcome(
        library.service(library.head(Kind::Services, n).id)?,
        lens,
        day,
    )
    .ok()
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
