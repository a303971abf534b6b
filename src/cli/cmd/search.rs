//! `search`: the ranked search of the app, printed.
//! Promise: every hit's address can be handed to `define`.

use crate::cli::cmd::list::kinds;
use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::json::{self, answers};
use crate::cli::lookup;
use crate::core::search::{Query, SearchFilter, SearchHit, SearchIndex, ingest};
use crate::pack::Kind;
use crate::text::{SafeText, measure};

/// Most hits counted.
const MOST: usize = 9999;

const EXAMPLES: &str = "\
Examples:
  $ tozero search what costs money idle   words in any order, in names and texts
  $ tozero search zero --in lessons     only lessons
  $ tozero search lambda --limit 50     more than the first 20";

/// Search everything, and say why each hit was found
///
/// Prints kind, id, title and reason, and below it the passage that answers best. Misspellings, other names and plain
/// questions are understood; 'exact ^start end$ !not in:services tag:billing provider:aws narrow it.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// Words to look for
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Only entries of this kind
    #[arg(long = "in", value_name = "KIND", value_parser = kinds())]
    kind: Option<Kind>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=9999))]
    limit: u32,
}

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let query = lookup::query(&args.words)?;
    let (library, _) = call.indexed()?;
    let index = SearchIndex::build(ingest::texts(&library));
    let all = index.search(&Query::parse(&query), MOST, &SearchFilter::only(args.kind));
    if all.is_empty() {
        let kinds = args
            .kind
            .map_or_else(|| lookup::KINDS.to_vec(), |k| vec![k]);
        return lookup::miss(call, &library, &kinds, &query);
    }
    let shown = all.iter().take(args.limit as usize);
    if call.out.look.json {
        let hits = shown.map(answers::Found::of).collect();
        json::print(
            &mut call.out,
            "hits",
            &answers::Hits {
                query: &SafeText::line(&query),
                found: all.len(),
                hits,
            },
        )?;
        return Ok(ExitStatus::Done);
    }
    for hit in shown {
        print(hit, call)?;
    }
    Ok(ExitStatus::Done)
}

/// A hit: one line where it is plain, else the passage that answers on a second.
fn print(hit: &SearchHit, call: &mut CommandContext) -> Result<(), CliError> {
    let why = if hit.why.is_empty() {
        SafeText::default()
    } else {
        crate::safe!("  {}", hit.why)
    };
    let line = crate::safe!("{}  {}  {}{why}", hit.kind.word(), hit.id, hit.title);
    call.out.line(&measure::cut(&line, call.out.look.width))?;
    if !call.out.look.plain && !hit.excerpt.is_empty() {
        call.out.line(&measure::cut(
            &crate::safe!("    {}", hit.excerpt),
            call.out.look.width,
        ))?;
    }
    Ok(())
}
