//! `list`: the ids of a kind, one a line, nothing else.
//! Promise: of a folder only names are read; what is printed can be handed to `define`, `read` or `compare`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::base::safe::SafeText;
use crate::cli::call::Call;
use crate::cli::end::{Exit, Outcome};
use crate::cli::json::{self, answers};
use crate::content::address::{Address, Kind};
use crate::content::library::Library;

const EXAMPLES: &str = "\
Examples:
  $ tozero list terms                   every term's id
  $ tozero list lessons                 in reading order
  $ tozero list lenses --json           with titles, for programs";

/// List the ids of all entries of a kind, one a line
///
/// Ids only, so that other programs can read it; `--json` adds titles, aliases, tags and briefs.
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
    let kind = |word: String| Kind::ALL.into_iter().find(|k| k.word() == word || k.one() == word);
    PossibleValuesParser::new(values).try_map(move |word| kind(word).ok_or("no kind of entry"))
}

/// Answers.
pub fn run(args: &Args, call: &mut Call) -> Outcome {
    let kind = args.kind;
    let library = if call.out.look.json { call.indexed()?.0 } else { call.library()? };
    let order = order(&library, kind);
    if call.out.look.json {
        let entries = order.iter().map(|n| answers::Listed::of(kind.word(), library.head(kind, *n))).collect();
        json::print(&mut call.out, "list", &answers::List { of: kind.word(), entries })?;
        return Ok(Exit::Done);
    }
    for n in order {
        call.out.line(&SafeText::line(library.head(kind, n).id))?;
    }
    Ok(Exit::Done)
}

/// Positions in the order to print: lessons as they are read, all else by id.
fn order(library: &Library, kind: Kind) -> Vec<usize> {
    if kind != Kind::Lessons {
        return (0..library.count(kind)).collect();
    }
    let position = |id: &str| Address::new(kind, id).and_then(|a| library.position(&a));
    library.lessons().iter().filter_map(|l| position(&l.id)).collect()
}
