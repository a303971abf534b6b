//! `define`: an entry, looked up by what people call it.
//! Of the bundled pack nothing is parsed but the entry and the references it cites; of a large folder nothing but the entry
//! and what it mentions.

use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus, compare, judge};
use crate::cli::{lookup, prompt};
use crate::core::asking::{Inquiry, understood};
use crate::pack::{Address, Kind, Library};
use crate::text::fold::keep;
use crate::text::measure::slug;
use crate::views::answer::{self, AnswerTarget};
use crate::views::entry;

/// Look up a term, or any other entry
///
/// A question is answered: what something is, how two things differ, whether one has the verdict that everything is met.
/// Other words are taken as one name. Where nothing is called so, but each argument is a name by itself, all of them are
/// shown. Terms come first; an address such as `lenses/ID` says which kind is meant.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// An id, name or alias, in any case, with dashes or spaces; - reads names from standard input, one a line
    #[arg(value_name = "TERM", required = true)]
    terms: Vec<String>,
}

impl Args {
    /// Words that were typed without a command.
    pub fn of(words: Vec<String>) -> Self {
        Self { terms: words }
    }
}

/// Shows the entry, or each of the entries.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    if args.terms != ["-"] {
        let query = lookup::query(&args.terms)?;
        if let Some((library, address)) = at_once(call, &query)? {
            let lens = call.lens(&library)?;
            return show(&[address], call, &library, &lens);
        }
        let (library, lens) = call.indexed()?;
        return look_up(args, call, &library, &lens);
    }
    let (library, lens) = call.indexed()?;
    let mut status = ExitStatus::Done;
    let mut input = std::io::stdin().lock();
    while let Some(line) = prompt::line(&mut input) {
        if line.is_empty() {
            continue;
        }
        let one = Args::of(vec![line.to_string()]);
        if look_up(&one, call, &library, &lens)? != ExitStatus::Done {
            status = ExitStatus::Nothing;
        } else if !call.out.style.json {
            call.out.blank()?;
        }
    }
    Ok(status)
}

fn look_up(args: &Args, call: &mut CommandContext, library: &Library, lens: &str) -> CommandResult {
    let query = lookup::query(&args.terms)?;
    if let Some(question) = understood(library, &query).question {
        return answer(&question, call, library, lens);
    }
    if is_title(&query, library) && library.count(Kind::Perspectives) > 0 {
        return compare::run(&compare::Args::of(&[]), call);
    }
    let mut found = find(library, &args.terms, &query);
    if found.is_empty() {
        found = near(call, library, &args.terms, &query);
    }
    if found.is_empty() {
        return lookup::miss(call, library, &lookup::KINDS, &query);
    }
    show(&found, call, library, lens)
}

/// Whether words are the question that the pack is called by: its definitions answer it.
fn is_title(query: &str, library: &Library) -> bool {
    let bare = |text: &str| keep(text.trim_end_matches(['?', '？', ' ']));
    bare(query) == bare(&library.pack().title)
}

/// Most entries of a folder that are all read to show one of them, which takes a twentieth of a second.
const ALL_READ: usize = 1_000;

/// The entry of that id, address or name, of a folder that is too large to be read for it. Nothing where other entries may have
/// the name too, or where somebody wants to know who mentions the entry.
fn at_once(call: &mut CommandContext, query: &str) -> Result<Option<(Library, Address)>, CliError> {
    if call.out.style.json || call.config.content.is_empty() {
        return Ok(None);
    }
    let library = call.library()?;
    let entries: usize = Kind::ALL.map(|kind| library.count(kind)).iter().sum();
    if library.is_indexed() || entries <= ALL_READ {
        return Ok(None);
    }
    let typed = library.pack().subject.things.parse_address(query);
    let address = typed.or_else(|| {
        // An id comes before all other names of its kind, and a kind that holds something before the others. In no other
        // name of the kind do the same letters and signs stand, whatever the case, dashes and spaces.
        let mut kinds = lookup::KINDS.into_iter();
        let kind = kinds.find(|kind| library.count(*kind) > 0)?;
        let id = slug(query);
        // A dash before a digit is a sign of a name, but not of one that was made of words.
        let is_meant = [keep(&id), keep(&id.replace('-', " "))].contains(&keep(query));
        let near = || is_meant.then(|| Address::new(kind, &id)).flatten();
        Address::new(kind, query).or_else(near)
    });
    let address = address.filter(|address| library.position(address).is_some());
    let address = address.or_else(|| library.named_in_files(&lookup::KINDS, query));
    Ok(address.and_then(|address| Some((library.around(&address)?, address))))
}

fn show(
    found: &[Address],
    call: &mut CommandContext,
    library: &Library,
    lens: &str,
) -> CommandResult {
    for (i, address) in found.iter().enumerate() {
        if i > 0 && !call.out.style.json {
            call.out.blank()?;
        }
        call.entry(library, address, |call| {
            let context = call.view(lens, address.kind);
            entry::page(library, address, call.format(), &context)
        })?;
    }
    Ok(ExitStatus::Done)
}

/// What a question asks for: a comparison, a judgment, or entries; and the commands that show more of it.
fn answer(
    question: &Inquiry,
    call: &mut CommandContext,
    library: &Library,
    lens: &str,
) -> CommandResult {
    let entries = question.entries();
    let compared = question.compared().is_some();
    let status = match question {
        Inquiry::Between(_) if compared => compare::run(&compare::Args::of(entries), call)?,
        Inquiry::About(_) | Inquiry::Between(_) => show(entries, call, library, lens)?,
        Inquiry::Verdict(_) => judge::services(entries, call, library, lens)?,
    };
    if !call.out.style.json {
        let context = call.view(lens, Kind::Services);
        for row in answer::rows(library, question, &context) {
            let is_shown = compared && matches!(row.leads_to, AnswerTarget::Compare(..));
            if let Some(command) = row.leads_to.command().filter(|_| !is_shown) {
                let command = command.join(" ");
                call.out.blank()?;
                call.out
                    .line(&crate::safe!("{}: tozero {command}", row.title))?;
            }
        }
    }
    Ok(status)
}

/// All words together as one name, else each argument as one.
fn find(library: &Library, terms: &[String], query: &str) -> Vec<Address> {
    if let Some(address) = lookup::entry(library, &lookup::KINDS, query) {
        return vec![address];
    }
    let each: Option<Vec<Address>> = terms
        .iter()
        .map(|t| lookup::entry(library, &lookup::KINDS, t))
        .collect();
    each.unwrap_or_default()
}

/// What the words nearly name, as [`find`] takes them.
fn near(call: &CommandContext, library: &Library, terms: &[String], query: &str) -> Vec<Address> {
    let kinds = &lookup::KINDS;
    if let Some(address) = lookup::entry_or_near(&call.out, library, kinds, query) {
        return vec![address];
    }
    let known = |t: &&String| lookup::entry(library, kinds, t).is_some();
    let unknown = terms.iter().find(|t| !known(t) && !is_near(library, t));
    match unknown {
        Some(_) => Vec::new(),
        None => find(
            library,
            &lookup::spelled(&call.out, library, kinds, terms),
            query,
        ),
    }
}

/// Whether some entry is nearly called so.
fn is_near(library: &Library, words: &str) -> bool {
    let mut kinds = lookup::KINDS.iter();
    kinds.any(|kind| library.nearly_named(*kind, words).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{library, names};

    #[test]
    fn words_are_one_name_or_one_each() {
        let library = library();
        let check = |line: &str, expected: &[&str]| {
            let words: Vec<String> = line.split(' ').map(ToOwned::to_owned).collect();
            assert_eq!(names(&find(&library, &words, line)), expected, "{line}");
        };
        check("chime", &["terms/chime"]);
        check("Ding dong", &["terms/chime"]);
        check("bell one", &["services/bell-one"]);
        check("chime bell-one", &["terms/chime", "services/bell-one"]);
        check("lenses/strict", &["lenses/strict"]);
        check("chime gong", &[]);
    }
}
