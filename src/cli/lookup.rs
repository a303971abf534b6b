//! Finding what somebody means, and saying what they may have meant: an id, name or alias is taken in any case, with dashes or
//! spaces; what lacks accents or punctuation is taken in a second step, which says what it took; a miss comes with the
//! nearest there is.

use serde_json::json;

use crate::cli::context::{CommandContext, Parser, unreadable};
use crate::cli::examples::{ExampleWords, kind_words};
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::json;
use crate::cli::output::Output;
use crate::core::asking::services;
use crate::core::search::{HitClass, Query, SearchFilter, SearchHit, SearchIndex};
use crate::pack::{Address, Kind, Lens, Library, Service};
use crate::text::SafeText;
use crate::text::fold::keep;
use crate::text::measure;
use crate::text::measure::quoted;
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
    if keep(&query).chars().all(|c| "-_'\"".contains(c)) {
        return Err(CliError::new("there is nothing to look up"));
    }
    if let Some(long) = words.iter().find(|w| w.len() > LONGEST) {
        let long = quoted(long);
        return Err(CliError::new(crate::safe!(
            "{long} is too long to be a name"
        )));
    }
    if query.contains(is_unseen) {
        let what = crate::safe!("{} holds a character that is in no name", quoted(&query));
        return Err(CliError::new(what));
    }
    Ok(query)
}

/// Characters that steer a terminal or a line instead of standing in it.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The kind that a word of a command line means, in the pack's words.
pub fn kind(library: &Library, word: &str) -> Result<Kind, CliError> {
    let things = &library.pack().subject.things;
    things.kind_called(word).ok_or_else(|| {
        let words = kind_words(library);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let help = match nearest(&word.to_lowercase(), words.iter().copied()) {
            Some(near) => crate::safe!("did you mean {near}?"),
            None => crate::safe!("one of {}", words.join(", ")),
        };
        CliError::with_help(crate::safe!("{} is no kind of entry", quoted(word)), help)
    })
}

/// The entry of these kinds that the words name: an address such as `services/aws-lambda`, or an id, name or alias.
pub fn entry(library: &Library, kinds: &[Kind], words: &str) -> Option<Address> {
    let address = library.pack().subject.things.parse_address(words);
    let address = address.filter(|a| kinds.contains(&a.kind) && library.position(a).is_some());
    address.or_else(|| kinds.iter().find_map(|kind| library.named(*kind, words)))
}

/// The entry of these kinds that the words name; where only services are meant, also the only one that they mean in short,
/// so that nobody has to know how its provider calls it in full.
pub fn only(library: &Library, kinds: &[Kind], words: &str) -> Option<Address> {
    let named = entry(library, kinds, words);
    named.or_else(|| match &*services(library, words) {
        [only] if kinds == [Kind::Services] => Some(only.clone()),
        _ => None,
    })
}

/// The words, and instead of each that is no name the address of the entry it nearly names: without its accents, say. What
/// is taken so is said on standard error.
pub fn spelled(out: &Output, library: &Library, kinds: &[Kind], words: &[String]) -> Vec<String> {
    let nearly = |words: &String| {
        if only(library, kinds, words).is_some() {
            return words.clone();
        }
        let near = kinds
            .iter()
            .find_map(|kind| library.nearly_named(*kind, words));
        near.map_or_else(
            || words.clone(),
            |address| {
                let (asked, title) = (quoted(words), title(library, &address));
                let shown = library.pack().subject.things.address(&address);
                out.say(&crate::safe!(
                    "tozero: nothing is called {asked}; this is {title}, {shown}"
                ));
                address.to_string()
            },
        )
    };
    words.iter().map(nearly).collect()
}

/// The entry that words name, or nearly name, which is said.
pub fn entry_or_near(
    out: &Output,
    library: &Library,
    kinds: &[Kind],
    words: &str,
) -> Option<Address> {
    entry(library, kinds, words).or_else(|| {
        let words = spelled(out, library, kinds, &[words.to_owned()]);
        entry(library, kinds, words.first()?)
    })
}

/// A service, when its file can be read.
pub fn service<'a>(library: &'a Library, id: &str) -> Result<&'a Service, CliError> {
    let service = library.service(id);
    service.ok_or_else(|| unreadable(format_args!("services/{id}")))
}

/// A lens, when its file can be read.
pub fn lens<'a>(library: &'a Library, id: &str) -> Result<&'a Lens, CliError> {
    let lens = library.lens(id);
    lens.ok_or_else(|| unreadable(format_args!("lenses/{id}")))
}

/// Whether a text is what the words say, in any case, with dashes or spaces.
pub fn called(words: &str) -> impl Fn(&str) -> bool {
    let wanted = keep(words);
    move |text| keep(text) == wanted
}

/// Says that nothing has that name and what was probably meant.
pub fn miss(
    call: &mut CommandContext,
    library: &Library,
    kinds: &[Kind],
    query: &str,
) -> CommandResult {
    if let Some(address) = left_out(call, kinds, query) {
        return Err(unreadable(address));
    }
    // A question is nobody's answer unless questions were asked for.
    let likely = |k: &Kind| kinds.len() == 1 || *k != Kind::Questions;
    let likely: Vec<Kind> = kinds.iter().copied().filter(likely).collect();
    let near = suggestions(library, &likely, query);
    if call.out.style.json {
        let body = json!({"query": SafeText::line(query), "suggestions": near.entries});
        json::print(&mut call.out, "miss", body)?;
    }
    let what = match kinds {
        [kind] => {
            let one = library.pack().subject.things.one_of(*kind);
            crate::safe!("there is no {one} called {}", quoted(query))
        }
        _ => crate::safe!("nothing is called {}", quoted(query)),
    };
    call.out.say(&crate::safe!("tozero: {what}"));
    // `tozero serach faas` is a command misspelled rather than a term, unless some entry's whole name is as near.
    if !near.named
        && kinds.len() > 1
        && let Some(command) = command(call.parser, query)
    {
        call.out
            .say(&crate::safe!("help: did you mean the command {command}?"));
    } else {
        for line in help(library, kinds, &near.entries, call.line_width()) {
            call.out.say(&line);
        }
    }
    Ok(ExitStatus::Nothing)
}

/// The entries that may have been meant, one a line, or where all names can be seen.
fn help(library: &Library, kinds: &[Kind], near: &[Address], width: usize) -> Vec<SafeText> {
    let things = &library.pack().subject.things;
    if near.is_empty() {
        let kind = kinds.first().copied().unwrap_or(Kind::Terms);
        let kind = things.command_word(kind);
        return vec![crate::safe!("help: tozero list {kind} names them all")];
    }
    let mut lines = vec![SafeText::ours("help: did you mean")];
    lines.extend(near.iter().map(|address| {
        // Where several kinds are looked into, only an address says which is meant; terms come first and need none.
        let name = if kinds.len() == 1 || address.kind == Kind::Terms {
            address.id.to_string()
        } else {
            things.address(address).to_string()
        };
        let gap = " ".repeat(28_usize.saturating_sub(measure::width(&name)));
        let line = crate::safe!("        {name}{gap} {}", title(library, address));
        measure::cut(&line, width)
    }));
    lines
}

/// The entry of that id that is in the folder and was left out for its errors.
fn left_out(call: &mut CommandContext, kinds: &[Kind], query: &str) -> Option<Address> {
    if call.config.content.is_empty() {
        return None;
    }
    let files = call.library().ok()?;
    let id = measure::slug(query);
    // What an id lacks of the words may be what makes them another name.
    let is_id = keep(&id.replace('-', " ")) == keep(query);
    let named = kinds
        .iter()
        .filter(|_| is_id)
        .filter_map(|k| Address::new(*k, &id));
    let typed = files.pack().subject.things.parse_address(query);
    let mut addresses = typed.into_iter().chain(named);
    addresses.find(|a| kinds.contains(&a.kind) && files.position(a).is_some())
}

/// The command that the first word was probably meant to be.
fn command(parser: Parser, query: &str) -> Option<String> {
    let word = query.split(' ').next()?;
    let root = parser(0, &ExampleWords::default());
    nearest(word, root.get_subcommands().map(clap::Command::get_name)).map(ToOwned::to_owned)
}

/// What may have been meant, likeliest first, by the ranked search: over names and texts, or, where that would take long,
/// over names, tags and briefs. Where whole names come near, other hits are no suggestion; hits that only have some of the
/// words are one when there is no better.
pub fn suggestions(library: &Library, kinds: &[Kind], query: &str) -> LookupSuggestions {
    let entries: usize = kinds.iter().map(|kind| library.count(*kind)).sum();
    let index = if entries > QUICK {
        SearchIndex::of_heads(library)
    } else {
        SearchIndex::of(library)
    };
    let filter = SearchFilter::only(kinds.iter().copied()).by_heads();
    let hits = index.search(&Query::whole(query), SUGGESTIONS, &filter);
    let worth = |hit: &SearchHit| {
        let has_all = hit.class != HitClass::Some;
        (hit.named && has_all, has_all)
    };
    let best = hits.iter().map(worth).max().unwrap_or_default();
    let likely = hits.iter().filter(|hit| worth(hit) == best);
    LookupSuggestions {
        named: best.0,
        entries: likely.filter_map(SearchHit::address).collect(),
    }
}

#[derive(Default)]
pub struct LookupSuggestions {
    /// Whether whole names come near.
    pub named: bool,
    /// The entries, likeliest first.
    pub entries: Vec<Address>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Bundled;

    fn bundled() -> Library {
        let library =
            Library::open(std::sync::Arc::new(Bundled)).expect("the bundled pack is sound");
        if library.is_indexed() {
            library
        } else {
            library.indexed()
        }
    }

    #[test]
    fn words_become_one_query_or_say_why_not() {
        let check = |words: &[&str], expected: Result<&str, &str>| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            let read = query(&words).map_err(|e| e.message.to_string());
            let read = read.as_deref().map_err(String::as_str);
            assert_eq!(read, expected, "{words:?}");
        };
        check(&["cold", "start"], Ok("cold start"));
        check(&[" cold  start\n"], Ok("cold start"));
        check(&["Größe"], Ok("Größe"));
        check(&[], Err("there is nothing to look up"));
        check(&["", " \t"], Err("there is nothing to look up"));
        check(&["C", "++"], Ok("C ++"));
        check(&["&&"], Ok("&&"));
        let long = "x".repeat(LONGEST + 1);
        let shown = format!("{}… is too long to be a name", "x".repeat(59));
        check(&[&long], Err(&shown));
        check(
            &["a\u{1b}[31mb"],
            Err("a\u{241b}[31mb holds a character that is in no name"),
        );
        let hidden = query(&["a\u{202e}b".to_owned()]).map_err(|e| e.message);
        let hidden = hidden.expect_err("what turns the direction of text is in no name");
        assert!(hidden.ends_with("holds a character that is in no name"));
    }

    #[test]
    fn kinds_are_plural_or_singular() {
        let check = |word: &str, expected: Result<Kind, (&str, &str)>| {
            let found = kind(&bundled(), word);
            let told = found.map_err(|e| (e.message.to_string(), e.help.unwrap_or_default()));
            let told = told
                .as_ref()
                .map_err(|(what, help)| (what.as_str(), help.as_str()));
            assert_eq!(told.copied(), expected, "{word}");
        };
        check("lenses", Ok(Kind::Lenses));
        check("Lens", Ok(Kind::Lenses));
        check("services", Ok(Kind::Services));
        let all =
            "one of lessons, perspectives, terms, questions, references, services, myths, lenses";
        check(
            "lense",
            Err(("lense is no kind of entry", "did you mean lenses?")),
        );
        check("xyz", Err(("xyz is no kind of entry", all)));
    }

    #[test]
    fn entries_are_found_by_id_name_alias_and_address() {
        let library = bundled();
        let check = |kinds: &[Kind], words: &str, expected: Option<&str>| {
            let found = entry(&library, kinds, words).map(|a| a.to_string());
            assert_eq!(found.as_deref(), expected, "{words}");
        };
        check(&KINDS, "cold-start", Some("terms/cold-start"));
        check(&KINDS, "COLD start", Some("terms/cold-start"));
        check(&KINDS, "aurora capacity UNITS", Some("terms/acu"));
        check(&KINDS, "services/aws-lambda", Some("services/aws-lambda"));
        check(&KINDS, "terms/cold-start", Some("terms/cold-start"));
        check(&KINDS, "terms/nothing", None);
        check(&KINDS, "nothing", None);
        check(&[Kind::Lessons], "cold-start", None);
        check(&[Kind::Lessons], "terms/cold-start", None);
    }

    #[test]
    fn a_service_is_found_by_words_of_its_name_when_it_is_the_only_one() {
        let library = bundled();
        let check = |kind, words: &str, expected: Option<&str>| {
            let found = only(&library, &[kind], words).map(|a| a.id.to_string());
            assert_eq!(found.as_deref(), expected, "{words}");
        };
        check(Kind::Services, "aws-lambda", Some("aws-lambda"));
        check(
            Kind::Services,
            "aurora serverless v2",
            Some("aws-aurora-serverless-v2"),
        );
        check(
            Kind::Services,
            "aurora serverless",
            Some("aws-aurora-serverless-v2"),
        );
        check(
            Kind::Services,
            "azure functions",
            Some("azure-functions-flex-consumption"),
        );
        check(Kind::Services, "xyzzy", None);
        check(Kind::Terms, "cold", None);
    }

    #[test]
    fn a_miss_names_what_is_near_or_where_the_names_are() {
        let library = bundled();
        let check = |kinds: &[Kind], words: &str, expected: &[&str]| {
            let near = suggestions(&library, kinds, words).entries;
            let lines = help(&library, kinds, &near, 60);
            let lines: Vec<&str> = lines.iter().map(SafeText::as_str).collect();
            assert_eq!(lines, expected, "{words}");
        };
        check(
            &[Kind::Terms],
            "cold-strat",
            &[
                "help: did you mean",
                "        cold-start                   Cold start",
            ],
        );
        check(
            &[Kind::Perspectives],
            "cncf-veiw",
            &[
                "help: did you mean",
                "        cncf-view                    Two personas and two p…",
            ],
        );
        check(
            &[Kind::Lessons, Kind::Terms],
            "xyzzy",
            &["help: tozero list lessons names them all"],
        );
    }

    #[test]
    fn where_kinds_mix_only_terms_go_without_their_address() {
        let library = bundled();
        let address = |text| Address::parse(text).expect("an address");
        let near = [address("terms/cold-start"), address("services/aws-lambda")];
        let lines = help(&library, &KINDS, &near, 80);
        let names = lines
            .iter()
            .skip(1)
            .filter_map(|l| l.split_whitespace().next());
        let names: Vec<&str> = names.collect();
        assert_eq!(names, ["cold-start", "services/aws-lambda"]);
    }

    #[test]
    fn a_misspelled_command_is_known_by_its_first_word() {
        let check = |query: &str, expected: Option<&str>| {
            let found = command(crate::cli::args::command, query);
            assert_eq!(found.as_deref(), expected, "{query}");
        };
        check("serach faas", Some("search"));
        check("chekc mypack", Some("check"));
        check("cold start", None);
    }
}
