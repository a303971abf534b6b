//! Finding what somebody means, and saying what they may have meant.
//! Promise: an id, name or alias is taken in any case, with dashes or spaces; a miss comes with the nearest there is.

use crate::base::near::{self, nearest};
use crate::base::safe::SafeText;
use crate::base::text::{self, fold_tight};
use crate::cli::args;
use crate::cli::call::{Call, unreadable};
use crate::cli::end::{Exit, Fault, Outcome};
use crate::cli::json::{self, answers::Miss};
use crate::cli::usage::quoted;
use crate::content::address::{Address, Kind};
use crate::content::library::Library;
use crate::domain::names::Names;
use crate::sheets::shared::title;

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
/// Shortest word, in letters, that alone is worth a suggestion.
const TELLING: usize = 4;

/// Words of the command line as one query; refuses what cannot be anything's name.
pub fn query(words: &[String]) -> Result<String, Fault> {
    let all = words.join(" ");
    let query: Vec<&str> = all.split_whitespace().collect();
    let query = query.join(" ");
    if fold_tight(&query).is_empty() {
        return Err(Fault::new("there is nothing to look up"));
    }
    if let Some(long) = words.iter().find(|w| w.len() > LONGEST) {
        return Err(Fault::new(crate::safe!("{} is too long to be a name", quoted(long))));
    }
    if query.contains(is_unseen) {
        return Err(Fault::new(crate::safe!("{} holds a character that is in no name", quoted(&query))));
    }
    Ok(query)
}

/// Characters that steer a terminal or a line instead of standing in it.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The entry of these kinds that the words name: an address such as `services/aws-lambda`, or an id, name or alias.
pub fn entry(library: &Library, kinds: &[Kind], words: &str) -> Option<Address> {
    let address = Address::parse(words).filter(|a| kinds.contains(&a.kind) && library.position(a).is_some());
    address.or_else(|| kinds.iter().find_map(|kind| library.named(*kind, words)))
}

/// The entry of a kind that the words name; of a service also the only one in whose name all the words occur, so that
/// nobody has to know how its provider calls it in full.
pub fn only(library: &Library, kind: Kind, words: &str) -> Option<Address> {
    let named = entry(library, &[kind], words);
    named.or_else(|| {
        let found = if kind == Kind::Services { Names::of(library, kind).matching(words) } else { Vec::new() };
        let [n] = found.as_slice() else { return None };
        address(library, kind, *n)
    })
}

/// Says that nothing has that name and what was probably meant.
pub fn miss(call: &mut Call, library: &Library, kinds: &[Kind], query: &str) -> Outcome {
    // A question is nobody's answer unless questions were asked for.
    let likely: Vec<Kind> = kinds.iter().copied().filter(|k| kinds.len() == 1 || *k != Kind::Questions).collect();
    if let Some(address) = left_out(call, kinds, query) {
        return Err(unreadable(&address));
    }
    let near = suggestions(library, &likely, query);
    if call.out.look.json {
        let suggestions = near.iter().map(Address::to_string).collect();
        json::print(&mut call.out, "miss", &Miss { query: &SafeText::line(query), suggestions })?;
    }
    let what = match kinds {
        [kind] => crate::safe!("there is no {} called {}", kind.one(), quoted(query)),
        _ => crate::safe!("nothing is called {}", quoted(query)),
    };
    call.out.say(&crate::safe!("tozero: {what}"));
    let command = if near.is_empty() && kinds.len() > 1 { command(query) } else { None };
    if let Some(command) = command {
        call.out.say(&crate::safe!("help: did you mean the command {command}?"));
    } else if near.is_empty() {
        let kind = kinds.first().map_or("terms", |k| k.word());
        call.out.say(&crate::safe!("help: tozero list {kind} names them all"));
    } else {
        call.out.say(&SafeText::ours("help: did you mean"));
        for address in &near {
            let name = if kinds.len() == 1 || address.kind == Kind::Terms { address.id.to_string() } else { address.to_string() };
            call.out.say(&text::cut(&crate::safe!("        {name:<28} {}", title(library, address)), call.out.look.width));
        }
    }
    Ok(Exit::Nothing)
}

/// The entry of that id that is in the folder and was left out for its errors.
fn left_out(call: &mut Call, kinds: &[Kind], query: &str) -> Option<Address> {
    call.meant.content.as_ref()?;
    let files = call.library().ok()?;
    let id = text::slug(query);
    let addresses = Address::parse(query).into_iter().chain(kinds.iter().filter_map(|k| Address::new(*k, &id)));
    addresses.into_iter().find(|a| kinds.contains(&a.kind) && files.position(a).is_some())
}

/// The command that the first word was probably meant to be.
fn command(query: &str) -> Option<String> {
    let word = query.split(' ').next()?;
    let root = args::command(80);
    nearest(word, root.get_subcommands().map(clap::Command::get_name)).map(ToOwned::to_owned)
}

/// What may have been meant, likeliest first: names that hold all the words, names a few letters off, names that hold one.
pub fn suggestions(library: &Library, kinds: &[Kind], query: &str) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let names: Vec<(Kind, Names)> = kinds.iter().map(|k| (*k, Names::of(library, *k))).collect();
    for (kind, names) in &names {
        let all = names.matching(query);
        found.extend(all.into_iter().take(SUGGESTIONS).filter_map(|n| address(library, *kind, n)));
    }
    found.extend(nearly(library, kinds, query));
    if found.is_empty() {
        let telling = query.split([' ', '-']).filter(|w| w.chars().count() >= TELLING);
        for (word, (kind, names)) in telling.flat_map(|w| names.iter().map(move |n| (w, n))) {
            let all = names.matching(word);
            found.extend(all.into_iter().take(SUGGESTIONS).filter_map(|n| address(library, *kind, n)));
        }
    }
    let mut once: Vec<Address> = Vec::new();
    for address in found {
        if !once.contains(&address) {
            once.push(address);
        }
    }
    once.truncate(SUGGESTIONS);
    once
}

fn address(library: &Library, kind: Kind, n: u32) -> Option<Address> {
    Address::new(kind, library.head(kind, n as usize).id)
}

/// Entries whose id, title or an alias is a few letters off.
fn nearly(library: &Library, kinds: &[Kind], query: &str) -> Vec<Address> {
    let entries = kinds.iter().flat_map(|k| (0..library.count(*k)).map(|n| (*k, library.head(*k, n))));
    let names = entries.flat_map(|(kind, head)| {
        let names = [head.id, head.title].into_iter().chain(head.aliases.split('\n'));
        names.map(move |name| (name, (kind, head.id)))
    });
    near::few(query, names, SUGGESTIONS).into_iter().filter_map(|(kind, id)| Address::new(kind, id)).collect()
}
