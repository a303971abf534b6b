//! `refs`: the community's texts, all of them or those about a term, with address and date checked.
//! Promise: an address is shown before it is opened, host first; numbers are those of the list with the same term.

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::json::entry::ReferenceBody;
use crate::cli::json::{self, answers};
use crate::cli::lookup;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Address, Kind, Library, Reference, Source, TextKind};
use crate::terminal::{DesktopEnvironment, OpenOutcome, UrlOpener};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero refs                         all references, numbered
  $ tozero refs cold start              those that mention a term
  $ tozero refs cold-start --json       the same for programs
  $ tozero refs faas --open 2           open the second one in the browser";

/// List references with their addresses and when those were checked
///
/// With a term: the references that mention it, then those it cites.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// A term by id, name or alias
    #[arg(value_name = "TERM")]
    term: Vec<String>,
    /// Open the reference with this number in the browser
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9999))]
    open: Option<u32>,
}

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    let term = if args.term.is_empty() {
        None
    } else {
        Some(lookup::query(&args.term)?)
    };
    let term = match term {
        None => None,
        Some(query) => match lookup::entry(&library, &[Kind::Terms], &query) {
            Some(address) => Some(address),
            None => return lookup::miss(call, &library, &[Kind::Terms], &query),
        },
    };
    let found = references(&library, term.as_ref());
    if let Some(number) = args.open {
        return open(call, &library, &found, number);
    }
    if call.out.look.json {
        let references = found
            .iter()
            .filter_map(|a| ReferenceBody::find(&library, a))
            .collect();
        let term = term.map(|t| t.to_string());
        json::print(
            &mut call.out,
            "references",
            &answers::References { term, references },
        )?;
        return Ok(if found.is_empty() {
            ExitStatus::Nothing
        } else {
            ExitStatus::Done
        });
    }
    if found.is_empty() {
        let title = term
            .map(|t| crate::views::entry_footer::title(&library, &t))
            .unwrap_or_default();
        call.out
            .say(&crate::safe!("tozero: no reference mentions {title}"));
        return Ok(ExitStatus::Nothing);
    }
    let page = page(&library, term.as_ref(), &found, call.format());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}

/// All references, or those that mention a term followed by those it cites.
fn references(library: &Library, term: Option<&Address>) -> Vec<Address> {
    let Some(term) = term else {
        let ids =
            (0..library.count(Kind::References)).map(|n| library.head(Kind::References, n).id);
        return ids
            .filter_map(|id| Address::new(Kind::References, id))
            .collect();
    };
    let mut found: Vec<Address> = library
        .mentions(term)
        .into_iter()
        .filter(|a| a.kind == Kind::References)
        .collect();
    for source in library
        .term(&term.id)
        .map(|t| t.sources.as_slice())
        .unwrap_or_default()
    {
        let cited = match source {
            Source::Reference(id) => Address::new(Kind::References, id),
            Source::Web(_) => None,
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
    let chosen = found
        .get(number as usize - 1)
        .and_then(|a| library.reference(&a.id));
    let Some(reference) = chosen else {
        let many = crate::text::measure::count(found.len(), "reference", "references");
        return Err(CliError::new(crate::safe!(
            "there is no number {number}, only {many}"
        )));
    };
    let url = &reference.url;
    call.out.say(&crate::safe!("{}: opening {url}", url.host()));
    match UrlOpener::new(DesktopEnvironment::look(), None).open(url, || {}) {
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

fn page(library: &Library, term: Option<&Address>, found: &[Address], format: PageFormat) -> Page {
    let mut setter = PageBuilder::new(format);
    let title = match term {
        Some(term) => crate::safe!(
            "References about {}",
            crate::views::entry_footer::title(library, term)
        ),
        None => SafeText::ours("References"),
    };
    setter.title(title);
    let digits = found.len().to_string().len();
    for (i, reference) in found
        .iter()
        .enumerate()
        .filter_map(|(i, a)| library.reference(&a.id).map(|r| (i, r)))
    {
        item(&mut setter, reference, &format!("{:>digits$}  ", i + 1));
    }
    setter.finish()
}

fn item(setter: &mut PageBuilder, reference: &Reference, number: &str) {
    let indent = number.len();
    let title = Run::new(reference.title.clone(), Role::Strong);
    setter.wrapped(&[Run::new(number, Role::Dim), title], 0, indent);
    let kind = TextKind::WORDS
        .iter()
        .find(|(_, k)| *k == reference.kind)
        .map_or("", |(w, _)| w);
    let when = reference
        .published
        .map_or_else(|| "undated".to_owned(), |d| d.to_string());
    let about = crate::safe!(
        "{} · {kind} · {when} · checked {}",
        reference.publisher,
        reference.checked
    );
    setter.wrapped(&[Run::new(about, Role::Dim)], indent, indent);
    let link = setter.link(
        crate::safe!("{}", reference.url),
        crate::pack::doc::LinkTarget::Web(reference.url.clone()),
    );
    setter.wrapped(&[link], indent, indent);
    setter.blank();
}
