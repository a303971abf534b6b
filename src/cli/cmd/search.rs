//! `search`: the ranked search of the app, printed.
//! Every hit's address can be handed to `define`.

use serde_json::{Value, json};

use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::cli::json::answers::{hit, leading_hit, next};
use crate::cli::lookup;
use crate::core::asking::find;
use crate::core::asking::operators::reason;
use crate::core::search::{SearchFilter, SearchHit, SearchIndex};
use crate::pack::{Kind, Library, Things};
use crate::text::measure::quoted;
use crate::text::{SafeText, measure};
use crate::views::answer::{self, AnswerRow, AnswerTarget};

/// Most hits counted.
const MOST: usize = 9999;

/// Search everything, and say why each hit was found
///
/// Prints kind, id, title and reason, and below it the passage that answers best. A question leads with what it asks about,
/// and the command that shows it side by side. Misspellings and other names are understood; 'exact ^start end$ !not in:{many-word} tag:TAG {maker-word}:NAME
/// narrow it.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Words to look for
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Only entries of a kind: {kinds}
    #[arg(long = "in", value_name = "KIND")]
    kind: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=9999))]
    limit: u32,
}

/// Prints the best hits.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let query = lookup::query(&args.words)?;
    let (library, lens) = call.indexed()?;
    let kind = args.kind.as_deref();
    let kind = kind.map(|word| lookup::kind(&library, word)).transpose()?;
    for word in &args.words {
        tell_unknown(word, &library, call);
    }
    let index = SearchIndex::of(&library);
    let filter = SearchFilter::only(kind);
    let findings = find(&library, &index, (&query, false), (MOST, &filter));
    let mut rows = Vec::new();
    if let Some(question) = &findings.question {
        rows = answer::rows(&library, question, &call.view(&lens, Kind::Services));
        rows.retain(|row| kind.is_none_or(|kind| row.leads_to.kind() == Some(kind)));
    }
    let all = &findings.found;
    if all.is_empty() && rows.is_empty() {
        let kinds = kind.map_or(lookup::KINDS.to_vec(), |k| vec![k]);
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
    let things = &library.pack().subject.things;
    let mut room = limit;
    for row in &rows {
        if !is_entry(row) || room > 0 {
            print_row(row, things, call)?;
        }
        room -= usize::from(is_entry(row) && room > 0);
    }
    for hit in &shown {
        print(hit, things, call)?;
    }
    Ok(ExitStatus::Done)
}

/// Says that a word looks like a narrowing to a kind and is none.
fn tell_unknown(word: &str, library: &Library, call: &CommandContext) {
    let kind = word.strip_prefix("in:").filter(|kind| !kind.is_empty());
    if let Some(Err(error)) = kind.map(|kind| lookup::kind(library, kind)) {
        let help = error.help.unwrap_or_default();
        let word = quoted(word);
        call.out.say(&crate::safe!(
            "tozero: {}: {word} narrows nothing",
            error.message
        ));
        call.out.say(&crate::safe!("help: {help}"));
    }
}

/// A row that answers a question: an entry like a hit, a part of it below, or a command that shows more.
fn print_row(row: &AnswerRow, things: &Things, call: &mut CommandContext) -> Result<(), CliError> {
    let (title, note) = (&row.title, &row.note);
    let line = match &row.leads_to {
        AnswerTarget::Entry(address) => {
            let kind = things.command_word(address.kind);
            crate::safe!("{kind}  {}  {title}  {note}", address.id)
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
fn print(hit: &SearchHit, things: &Things, call: &mut CommandContext) -> Result<(), CliError> {
    let style = &call.out.style;
    let (width, excerpt) = (style.line_width, !style.plain && !hit.excerpt.is_empty());
    let kind = things.command_word(hit.kind);
    let mut line = crate::safe!("{kind}  {}  {}", hit.id, hit.title);
    if !hit.why.is_empty() {
        line.push(&crate::safe!("  {}", reason(hit, things)));
    }
    call.out.line(&measure::cut(&line, width))?;
    if excerpt {
        let line = crate::safe!("    {}", hit.excerpt);
        call.out.line(&measure::cut(&line, width))?;
    }
    Ok(())
}
