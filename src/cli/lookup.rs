//! Finding what somebody means, and saying what they may have meant.
//! Promise: an id, name or alias is taken in any case, with dashes or spaces; a miss comes with the nearest there is.

use serde_json::json;

use crate::cli::context::{CommandContext, unreadable};
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::usage::quoted;
use crate::cli::{args, json};
use crate::core::names::NameIndex;
use crate::core::search::{HitClass, Query, SearchFilter, SearchHit, SearchIndex, ingest};
use crate::pack::{Address, Kind, Library, Service};
use crate::text::SafeText;
use crate::text::measure::{self, fold_tight};
use crate::text::suggest::nearest;
use crate::views::entry_footer::title;

/// The kinds that words are looked up in, likeliest first.
pub const KINDS: [Kind; 8] = [
    Kind::Terms,
    Kind::Perspectives,
    Kind::Services,
    Kind::Lenses,
    Kind::Myths,
    Kind::Lessons,
    Kind::References,
    Kind::Questions,
];
/// Most suggestions after a miss.
const SUGGESTIONS: usize = 5;
/// Longest name that is looked up, in bytes.
const LONGEST: usize = 1024;
/// Most entries whose texts are read to find suggestions.
const QUICK: usize = 5_000;

/// Words of the command line as one query; refuses what cannot be anything's name.
pub fn query(words: &[String]) -> Result<String, CliError> {
    let all = words.join(" ");
    let query: Vec<&str> = all.split_whitespace().collect();
    let query = query.join(" ");
    if fold_tight(&query).is_empty() {
        return Err(CliError::new("there is nothing to look up"));
    }
    if let Some(long) = words.iter().find(|w| w.len() > LONGEST) {
        return Err(CliError::new(crate::safe!(
            "{} is too long to be a name",
            quoted(long)
        )));
    }
    if query.contains(is_unseen) {
        return Err(CliError::new(crate::safe!(
            "{} holds a character that is in no name",
            quoted(&query)
        )));
    }
    Ok(query)
}

/// Characters that steer a terminal or a line instead of standing in it.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The entry of these kinds that the words name: an address such as `services/aws-lambda`, or an id, name or alias.
pub fn entry(library: &Library, kinds: &[Kind], words: &str) -> Option<Address> {
    let address =
        Address::parse(words).filter(|a| kinds.contains(&a.kind) && library.position(a).is_some());
    address.or_else(|| kinds.iter().find_map(|kind| library.named(*kind, words)))
}

/// The entry of a kind that the words name; of a service also the only one in whose name all the words occur, so that
/// nobody has to know how its provider calls it in full.
pub fn only(library: &Library, kind: Kind, words: &str) -> Option<Address> {
    let named = entry(library, &[kind], words);
    named.or_else(|| {
        let found = if kind == Kind::Services {
            NameIndex::of(library, kind).matching(words)
        } else {
            Vec::new()
        };
        let [n] = found.as_slice() else { return None };
        library.address(kind, *n as usize)
    })
}

/// A service, when its file can be read.
pub fn service<'a>(library: &'a Library, address: &Address) -> Result<&'a Service, CliError> {
    let service = library.service(&address.id);
    service.ok_or_else(|| unreadable(address))
}

/// Whether a text is what the words say, in any case, with dashes or spaces.
pub fn called(words: &str) -> impl Fn(&str) -> bool {
    let wanted = fold_tight(words);
    move |text| fold_tight(text) == wanted
}

/// What to use instead of words that are none of these: the nearest one, else any.
pub fn one_of(words: &str, all: &[&str]) -> SafeText {
    match nearest(words, all.iter().copied()) {
        Some(near) => crate::safe!("did you mean {near}?"),
        None => crate::safe!("one of {}", all.join(", ")),
    }
}

/// Says that nothing has that name and what was probably meant.
pub fn miss(
    call: &mut CommandContext,
    library: &Library,
    kinds: &[Kind],
    query: &str,
) -> CommandResult {
    // A question is nobody's answer unless questions were asked for.
    let likely: Vec<Kind> = kinds
        .iter()
        .copied()
        .filter(|k| kinds.len() == 1 || *k != Kind::Questions)
        .collect();
    if let Some(address) = left_out(call, kinds, query) {
        return Err(unreadable(&address));
    }
    let near = suggestions(library, &likely, query);
    if call.out.look.json {
        let body = json!({"query": SafeText::line(query), "suggestions": near.entries});
        json::print(&mut call.out, "miss", body)?;
    }
    let what = match kinds {
        [kind] => crate::safe!("there is no {} called {}", kind.one(), quoted(query)),
        _ => crate::safe!("nothing is called {}", quoted(query)),
    };
    call.out.say(&crate::safe!("tozero: {what}"));
    let command = if !near.named && kinds.len() > 1 {
        command(query)
    } else {
        None
    };
    let near = near.entries;
    if let Some(command) = command {
        call.out
            .say(&crate::safe!("help: did you mean the command {command}?"));
    } else if near.is_empty() {
        let kind = kinds.first().map_or("terms", |k| k.word());
        call.out
            .say(&crate::safe!("help: tozero list {kind} names them all"));
    } else {
        call.out.say(&SafeText::ours("help: did you mean"));
        for address in &near {
            let name = if kinds.len() == 1 || address.kind == Kind::Terms {
                address.id.to_string()
            } else {
                address.to_string()
            };
            call.out.say(&measure::cut(
                &crate::safe!("        {name:<28} {}", title(library, address)),
                call.out.look.width,
            ));
        }
    }
    Ok(ExitStatus::Nothing)
}

/// The entry of that id that is in the folder and was left out for its errors.
fn left_out(call: &mut CommandContext, kinds: &[Kind], query: &str) -> Option<Address> {
    call.meant.content.as_ref()?;
    let files = call.library().ok()?;
    let id = measure::slug(query);
    let addresses = Address::parse(query)
        .into_iter()
        .chain(kinds.iter().filter_map(|k| Address::new(*k, &id)));
    addresses
        .into_iter()
        .find(|a| kinds.contains(&a.kind) && files.position(a).is_some())
}

/// The command that the first word was probably meant to be.
fn command(query: &str) -> Option<String> {
    let word = query.split(' ').next()?;
    let root = args::command(80);
    nearest(word, root.get_subcommands().map(clap::Command::get_name)).map(ToOwned::to_owned)
}

/// What may have been meant, likeliest first, by the ranked search: over names and texts, or, where that would take long,
/// over names, tags and briefs. Where whole names come near, other hits are no suggestion; hits that only have some of the
/// words are one when there is no better.
pub fn suggestions(library: &Library, kinds: &[Kind], query: &str) -> LookupSuggestions {
    let entries: usize = kinds.iter().map(|kind| library.count(*kind)).sum();
    let index = if entries > QUICK {
        SearchIndex::build(ingest::heads(library))
    } else {
        SearchIndex::build(ingest::texts(library))
    };
    let hits = index.search(
        &Query::parse(query),
        SUGGESTIONS,
        &SearchFilter::only(kinds.iter().copied()).by_heads(),
    );
    let worth = |hit: &SearchHit| {
        (
            hit.named && hit.class != HitClass::Some,
            hit.class != HitClass::Some,
        )
    };
    let best = hits.iter().map(worth).max().unwrap_or_default();
    LookupSuggestions {
        named: best.0,
        entries: hits
            .iter()
            .filter(|hit| worth(hit) == best)
            .filter_map(SearchHit::address)
            .collect(),
    }
}

/// What may have been meant.
#[derive(Default)]
pub struct LookupSuggestions {
    /// Whether whole names come near.
    pub named: bool,
    /// The entries, likeliest first.
    pub entries: Vec<Address>,
}
