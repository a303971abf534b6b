//! `refs`: the community's texts, all of them or those about a term, with address and date checked.
//! An address is shown before it is opened, host first; numbers are those of the list with the same term.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::cli::json::entry::entry;
use crate::cli::lookup;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Address, Kind, Library, LinkTarget, Reference, Source};
use crate::terminal::{OpenOutcome, UrlOpener};
use crate::text::measure::count;
use crate::text::{SafeText, Words};
use crate::views::entry_footer::title;

/// List references with their addresses and when those were checked
///
/// What the pack mentions most comes first. With a term: the references that mention it, then those it cites.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A term by id, name or alias
    #[arg(value_name = "TERM")]
    term: Vec<String>,
    /// Open the reference with this number in the browser
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9999))]
    open: Option<u32>,
}

/// Lists the references, or opens one of them.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    call.needs(&library, Kind::References)?;
    let mut term = None;
    if !args.term.is_empty() {
        let query = lookup::query(&args.term)?;
        term = lookup::entry_or_near(&call.out, &library, &[Kind::Terms], &query);
        if term.is_none() {
            return lookup::miss(call, &library, &[Kind::Terms], &query);
        }
    }
    let found = references(&library, term.as_ref());
    if let Some(number) = args.open {
        return open(call, &library, &found, number);
    }
    let title = term.as_ref().map(|t| title(&library, t));
    if let (true, Some(title)) = (found.is_empty() && !call.out.style.json, &title) {
        return call.nothing(crate::safe!("no reference mentions {title}"), None);
    }
    let all = || -> Value { found.iter().filter_map(|a| entry(&library, a)).collect() };
    call.answer(
        "references",
        || json!({"term": term, "references": all()}),
        |format| page(&library, title, &found, format),
    )?;
    Ok(match found.as_slice() {
        [] => ExitStatus::Nothing,
        [..] => ExitStatus::Done,
    })
}

/// All references, or those that mention a term followed by those it cites, each with what is mentioned most first.
fn references(library: &Library, term: Option<&Address>) -> Vec<Address> {
    let weight = |address: &Address| Reverse(library.mentions(address).len());
    let Some(term) = term else {
        let all = 0..library.count(Kind::References);
        let all = all.filter_map(|n| library.address(Kind::References, n));
        let mut all: Vec<Address> = all.collect();
        all.sort_by_cached_key(weight);
        return all;
    };
    let mut found = library.mentions(term);
    found.retain(|a| a.kind == Kind::References);
    found.sort_by_cached_key(weight);
    let sources = library.term(&term.id).map(|t| t.sources.as_slice());
    for source in sources.unwrap_or_default() {
        let cited = match source {
            Source::Reference(id) => Address::new(Kind::References, id),
            Source::Web(_) | Source::Unopened(_) => None,
        };
        found.extend(cited.filter(|c| !found.contains(c) && library.position(c).is_some()));
    }
    found
}

fn open(
    call: &mut CommandContext,
    library: &Library,
    found: &[Address],
    number: u32,
) -> CommandResult {
    let chosen = found.get(number as usize - 1);
    let Some(reference) = chosen.and_then(|a| library.reference(&a.id)) else {
        let many = count(found.len(), "reference", "references");
        let what = crate::safe!("there is no number {number}, only {many}");
        return Err(CliError::new(what));
    };
    let url = &reference.url;
    call.out.say(&crate::safe!("{}: opening {url}", url.host()));
    match UrlOpener::new().open(url, || {}) {
        OpenOutcome::Opened => Ok(ExitStatus::Done),
        OpenOutcome::NoDisplay => Err(CliError::new("there is no display here to open it on")),
        OpenOutcome::NoOpener => Err(CliError::with_help(
            "no program that opens addresses was found",
            "install xdg-open",
        )),
        OpenOutcome::TooSoon | OpenOutcome::Failed => {
            Err(CliError::new("the browser could not be started"))
        }
    }
}

fn page(library: &Library, term: Option<SafeText>, found: &[Address], format: PageFormat) -> Page {
    let mut builder = PageBuilder::new(format);
    builder.title(term.map_or(SafeText::ours("References"), |term| {
        crate::safe!("References about {term}")
    }));
    let digits = found.len().to_string().len();
    for (n, address) in (1..).zip(found) {
        if let Some(reference) = library.reference(&address.id) {
            item(&mut builder, reference, format!("{n:>digits$}  "));
        }
    }
    builder.finish()
}

fn item(builder: &mut PageBuilder, reference: &Reference, number: String) {
    let indent = number.len();
    let head = [
        Run::new(number, Role::Dim),
        Run::new(reference.title.clone(), Role::Strong),
    ];
    builder.wrapped(&head, 0, indent);
    let published = reference.published.map(|d| d.to_string());
    let about = crate::safe!(
        "{} · {} · {} · checked {}",
        reference.publisher,
        reference.kind.word(),
        published.as_deref().unwrap_or("undated"),
        reference.checked
    );
    builder.wrapped(&[Run::new(about, Role::Dim)], indent, indent);
    let url = &reference.url;
    let link = builder.link(crate::safe!("{url}"), LinkTarget::Web(url.clone()));
    builder.wrapped(&[link], indent, indent);
    builder.blank();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{library, names};

    #[test]
    fn those_that_mention_a_term_come_before_those_it_cites() {
        let library = library();
        let check = |term: Option<&str>, expected: &[&str]| {
            let term = term.and_then(Address::parse);
            assert_eq!(names(&references(&library, term.as_ref())), expected);
        };
        let both = ["references/bell-handbook", "references/knocker-letter"];
        check(None, &both);
        check(Some("terms/chime"), &both);
        check(Some("terms/knocker"), &[]);
    }

    #[test]
    fn an_item_says_when_and_where() {
        let library = library();
        let found = references(&library, None);
        let page = page(&library, Some("Chime".into()), &found, 60.into());
        let rows: Vec<String> = page.rows.iter().map(|r| r.text().to_string()).collect();
        for row in [
            "References about Chime",
            "2  A Letter on Knockers",
            "   Door Press · critique · 2025-03 · checked 2026-11-01",
            "   https://example.org/letter",
        ] {
            assert!(rows.iter().any(|r| r.trim_end() == row), "{row}: {rows:?}");
        }
    }
}
