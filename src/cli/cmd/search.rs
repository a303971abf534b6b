//! `search`: the ranked search of the app, printed.
//! Every hit's address can be handed to `define`.

use serde_json::{Value, json};

use crate::cli::cmd::list::kinds;
use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::cli::json::answers::hit;
use crate::cli::lookup;
use crate::core::search::{Query, SearchFilter, SearchHit, SearchIndex, ingest};
use crate::pack::Kind;
use crate::text::{SafeText, measure};

/// Most hits counted.
const MOST: usize = 9999;

/// Search everything, and say why each hit was found
///
/// Prints kind, id, title and reason, and below it the passage that answers best. Misspellings, other names and plain
/// questions are understood; 'exact ^start end$ !not in:services tag:billing provider:NAME narrow it.
#[derive(clap::Args, Debug)]
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

/// Prints the best hits.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let query = lookup::query(&args.words)?;
    let (library, _) = call.indexed()?;
    let index = SearchIndex::build(ingest::texts(&library));
    let all = index.search(&Query::whole(&query), MOST, &SearchFilter::only(args.kind));
    if all.is_empty() {
        let kinds = args.kind.map_or(lookup::KINDS.to_vec(), |k| vec![k]);
        return lookup::miss(call, &library, &kinds, &query);
    }
    let shown = all.iter().take(args.limit as usize);
    if call.out.style.json {
        let hits: Value = shown.map(hit).collect();
        let body = json!({"query": SafeText::line(&query), "found": all.len(), "hits": hits});
        return call.json("hits", body);
    }
    for hit in shown {
        print(hit, call)?;
    }
    Ok(ExitStatus::Done)
}

/// A hit: one line where it is plain, else the passage that answers on a second.
fn print(hit: &SearchHit, call: &mut CommandContext) -> Result<(), CliError> {
    let style = &call.out.style;
    let (width, excerpt) = (style.line_width, !style.plain && !hit.excerpt.is_empty());
    let mut line = crate::safe!("{}  {}  {}", hit.kind.word(), hit.id, hit.title);
    if !hit.why.is_empty() {
        line.push(&crate::safe!("  {}", hit.why));
    }
    call.out.line(&measure::cut(&line, width))?;
    if excerpt {
        let line = crate::safe!("    {}", hit.excerpt);
        call.out.line(&measure::cut(&line, width))?;
    }
    Ok(())
}
