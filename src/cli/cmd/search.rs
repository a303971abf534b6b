//! `search`: the ranked search of the app, printed.
//! Every hit's address can be handed to `define`.

use serde_json::{Value, json};

use crate::cli::cmd::list::kinds;
use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::cli::json::answers::{hit, leading_hit, next};
use crate::cli::lookup;
use crate::core::asking::find;
use crate::core::search::{SearchFilter, SearchHit, SearchIndex};
use crate::pack::Kind;
use crate::text::{SafeText, measure};
use crate::views::answer::{self, AnswerRow, AnswerTarget};

/// Most hits counted.
const MOST: usize = 9999;

/// Search everything, and say why each hit was found
///
/// Prints kind, id, title and reason, and below it the passage that answers best. A question leads with what it asks about,
/// and the command that shows it side by side. Misspellings and other names are understood; 'exact ^start end$ !not in:services tag:billing provider:NAME narrow it.
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
    let (library, lens) = call.indexed()?;
    let index = SearchIndex::of(&library);
    let filter = SearchFilter::only(args.kind);
    let findings = find(&library, &index, (&query, false), (MOST, &filter));
    let mut rows = Vec::new();
    if let Some(question) = &findings.question {
        rows = answer::rows(&library, question, &call.view(&lens, Kind::Services));
        rows.retain(|row| {
            args.kind
                .is_none_or(|kind| row.leads_to.kind() == Some(kind))
        });
    }
    let all = &findings.found;
    if all.is_empty() && rows.is_empty() {
        let kinds = args.kind.map_or(lookup::KINDS.to_vec(), |k| vec![k]);
        return lookup::miss(call, &library, &kinds, &query);
    }
    let limit = args.limit as usize;
    let is_entry = |row: &AnswerRow| matches!(row.leads_to, AnswerTarget::Entry(_));
    let leading = rows.iter().filter(|row| is_entry(row)).count();
    let room = all.len().min(limit.saturating_sub(leading));
    let shown = index.show(&findings.query, all.get(..room).unwrap_or(&[]));
    if call.out.style.json {
        let leads = rows.iter().filter_map(leading_hit).take(limit);
        let hits: Value = leads.chain(shown.iter().map(hit)).collect();
        let next: Value = rows.iter().filter_map(next).collect();
        let (query, found) = (SafeText::line(&query), leading + all.len());
        let body = json!({"query": query, "found": found, "hits": hits, "next": next});
        return call.json("hits", body);
    }
    let mut room = limit;
    for row in &rows {
        if !is_entry(row) || room > 0 {
            print_row(row, call)?;
        }
        room -= usize::from(is_entry(row) && room > 0);
    }
    for hit in &shown {
        print(hit, call)?;
    }
    Ok(ExitStatus::Done)
}

/// A row that answers a question: an entry like a hit, a part of it below, or a command that shows more.
fn print_row(row: &AnswerRow, call: &mut CommandContext) -> Result<(), CliError> {
    let (title, note) = (&row.title, &row.note);
    let line = match &row.leads_to {
        AnswerTarget::Entry(address) => {
            crate::safe!("{}  {}  {title}  {note}", address.kind.word(), address.id)
        }
        AnswerTarget::Section(..) if call.out.style.plain => return Ok(()),
        AnswerTarget::Section(..) => crate::safe!("    {title}. {note}"),
        target @ (AnswerTarget::Compare(..) | AnswerTarget::Cost(_)) => {
            let command = target.command().unwrap_or_default().join(" ");
            crate::safe!("tozero {command}  {title}")
        }
    };
    call.out
        .line(&measure::cut(&line, call.out.style.line_width))?;
    Ok(())
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
