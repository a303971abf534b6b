//! `judge`: the verdict on a service with its proof, or on one's own by the checklist.
//! Promise: what is printed about a service is the page of the app; without a service one is asked, and what is left
//! unsure stays a range.

use std::path::{Path, PathBuf};

use crate::base::safe::SafeText;
use crate::cli::ask;
use crate::cli::call::{Call, unreadable};
use crate::cli::end::{Exit, Fault, Outcome};
use crate::cli::json::{self, judging};
use crate::cli::look_up;
use crate::cli::usage::quoted;
use crate::content::address::Kind;
use crate::content::library::Library;
use crate::domain::judge::filled::{self, Filled};
use crate::domain::judge::interview::Pick;
use crate::domain::judge::mine::{self, Step};
use crate::page::report::report;
use crate::sheets::{cite, entry, judged};
use crate::shell::disk::read_named;

const EXAMPLES: &str = "\
Examples:
  $ tozero judge aurora serverless v2   a verdict and its proof
  $ tozero judge aws-lambda --lens no-knobs --as-of 2016
  $ tozero judge                        judge your own, question by question
  $ tozero judge --blank > mine.toml    the questions as a file to fill in
  $ tozero judge --answers mine.toml    judge your own by that file
  $ tozero judge --answers mine.toml --markdown > design-note.md";

/// Judge a service through a lens, or your own by the checklist
///
/// With a service: its verdict through the lens, the five facts that prove it, what would change it, and its history.
/// Without: an interview, then the verdict under every lens, what decided it, the nearest services of the catalog, and a
/// text for a design document. Off a terminal the answers are read from standard input, one a line.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// A service by id or name; without one, your own is judged
    #[arg(value_name = "SERVICE")]
    service: Vec<String>,
    /// Take the answers from this file instead of asking
    #[arg(long, value_name = "FILE", conflicts_with = "service")]
    answers: Option<PathBuf>,
    /// What your own service is called
    #[arg(long, value_name = "NAME", conflicts_with = "service")]
    name: Option<String>,
    /// Print the result as markdown only
    #[arg(long, conflicts_with_all = ["service", "json"])]
    markdown: bool,
    /// Print the questions as an answers file to fill in
    #[arg(long, conflicts_with_all = ["service", "answers", "name", "markdown"])]
    blank: bool,
}

/// Answers.
pub fn run(args: &Args, call: &mut Call) -> Outcome {
    if !args.service.is_empty() {
        return service(args, call);
    }
    let library = call.library()?;
    let steps = mine::steps(library.checklist());
    if steps.is_empty() {
        let help = "the bundled pack has one; `tozero new --from-bundled DIR` writes it";
        return Err(Fault::with_help("this pack has no checklist to judge by", help));
    }
    if args.blank {
        return blank(call, &steps);
    }
    let filled = match &args.answers {
        Some(file) => Some(from_file(call, file, &steps)?),
        None => ask::ask(call, &steps, args.markdown || call.out.look.json)?.map(|picks| Filled { name: None, picks }),
    };
    let Some(Filled { name, picks }) = filled else { return Ok(Exit::Done) };
    let name = args.name.as_deref().map(SafeText::line).or(name);
    show(args, call, &library, name.as_ref(), &picks)
}

/// A service of the catalog.
fn service(args: &Args, call: &mut Call) -> Outcome {
    let query = look_up::query(&args.service)?;
    let (library, lens) = call.indexed()?;
    let Some(address) = look_up::only(&library, Kind::Services, &query) else {
        return look_up::miss(call, &library, &[Kind::Services], &query);
    };
    let service = library.service(&address.id).ok_or_else(|| unreadable(&address))?;
    if call.out.look.json {
        let lens = library.lens(&lens).ok_or_else(|| Fault::new(crate::safe!("the lens {lens} cannot be read")))?;
        json::print(&mut call.out, "judgment", &judging::Judgment::of(&library, service, lens, call.meant.as_of))?;
        return Ok(Exit::Done);
    }
    let sources = cite::cite(&library, &address).ok_or_else(|| unreadable(&address))?.sources;
    let page = entry::page(&library, &address, call.width(), &call.sight(&lens, Kind::Services));
    call.out.page(page, sources)?;
    Ok(Exit::Done)
}

fn blank(call: &mut Call, steps: &[Step<'_>]) -> Outcome {
    if call.out.look.json {
        json::print(&mut call.out, "checklist", &judging::Checklist::of(steps))?;
    } else {
        call.out.raw(&filled::blank(steps))?;
    }
    Ok(Exit::Done)
}

/// The answers of a file; its mistakes are all told first.
fn from_file(call: &mut Call, file: &Path, steps: &[Step<'_>]) -> Result<Filled, Fault> {
    let shown = file.to_string_lossy();
    let source = read_named(file).map_err(|why| Fault::new(crate::safe!("{} cannot be read: {}", quoted(&shown), why.why())))?;
    filled::read(&source, &shown, steps).map_err(|problems| {
        for problem in &problems {
            call.out.say_rows(&report(problem, Some(&source)));
        }
        Fault::new(crate::safe!("nothing was judged: {} has mistakes", quoted(&shown)))
    })
}

fn show(args: &Args, call: &mut Call, library: &Library, name: Option<&SafeText>, picks: &[Pick]) -> Outcome {
    let lens = call.lens(library)?;
    let judged = mine::judged(library, picks);
    let today = call.today();
    if call.out.look.json {
        json::print(&mut call.out, "judged", &judging::Own::of(&judged, name, today))?;
    } else if args.markdown {
        call.out.line(&judged::text(&judged, name, today))?;
    } else {
        let page = judged::printed(&judged, name, &lens, today, call.width());
        call.out.page(page, Vec::new())?;
    }
    Ok(Exit::Done)
}
