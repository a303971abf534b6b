//! `judge`: the verdict on a service with its proof, or on one's own by the checklist.
//! What is printed about a service is the page of the app; without a service one is asked, and what is left
//! unsure stays a range.

use std::path::{Path, PathBuf};

use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::cli::json::judging;
use crate::cli::{line_interview, lookup};
use crate::core::asking;
use crate::core::judge::assessment::judged;
use crate::core::judge::interview::steps;
use crate::core::judge::{AnswersFile, InterviewAnswer, InterviewStep, answers_file};
use crate::disk::read_named;
use crate::layout::report::report;
use crate::pack::{Address, Criteria, Kind, Library};
use crate::text::measure::quoted;
use crate::text::{SafeText, measure};
use crate::views::{answer, assessment, entry};

/// Judge a {one} through a lens, or your own by the checklist
///
/// With a {one}: its verdict through the lens, the facts that prove it, what would change it, and its history. Where the
/// name fits several: the verdict on each, a line each.
/// Without: an interview, then the verdict under every lens, what decided it, the nearest {many} of the catalog, and a
/// text for a design document. Off a terminal the answers are read from standard input, one a line.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A {one} by id, name or words of it; without one, your own is judged
    #[arg(value_name = "NAME")]
    service: Vec<String>,
    /// Take the answers from this file instead of asking
    #[arg(long, value_name = "FILE", conflicts_with = "service")]
    answers: Option<PathBuf>,
    /// What your own {one} is called
    #[arg(long, value_name = "NAME", conflicts_with = "service")]
    name: Option<String>,
    /// Print the result as markdown only
    #[arg(long, conflicts_with_all = ["service", "json"])]
    markdown: bool,
    /// Print the questions as an answers file to fill in
    #[arg(long, conflicts_with_all = ["service", "answers", "name", "markdown"])]
    blank: bool,
}

/// Judges a service, or asks about one's own.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    if !args.service.is_empty() {
        return service(args, call);
    }
    let library = call.library()?;
    let criteria = &library.pack().subject.criteria;
    let steps = steps(library.checklist());
    if steps.is_empty() {
        let what = "this pack has no checklist to judge by";
        let help = "a file `checklist.toml` beside its `pack.toml` would hold the questions; `tozero help packs` says how";
        return Err(CliError::with_help(what, help));
    }
    if args.blank {
        if call.out.style.json {
            return call.json("checklist", judging::checklist(criteria, &steps));
        }
        call.out.raw(&answers_file::blank(
            &steps,
            &library.pack().subject.things.one,
        ))?;
        return Ok(ExitStatus::Done);
    }
    let filled = match &args.answers {
        Some(file) => Some(from_file(call, file, &steps, criteria)?),
        None => line_interview::ask(
            call,
            &library.pack().subject,
            &steps,
            args.markdown || call.out.style.json,
        )?
        .map(|picks| AnswersFile { name: None, picks }),
    };
    let Some(AnswersFile { name, picks }) = filled else {
        // A program that reads the answer is told that there is none; who stopped knows.
        return Ok(match call.out.style.json {
            true => ExitStatus::Nothing,
            false => ExitStatus::Done,
        });
    };
    let name = args.name.as_deref().map(SafeText::line).or(name);
    show(args, call, &library, name.as_ref(), &picks)
}

/// A service of the catalog.
fn service(args: &Args, call: &mut CommandContext) -> CommandResult {
    let query = lookup::query(&args.service)?;
    let (library, lens) = call.indexed()?;
    let kinds = [Kind::Services];
    let mut meant = match lookup::entry(&library, &kinds, &query) {
        Some(address) => vec![address],
        None => asking::services(&library, &query),
    };
    if meant.is_empty() {
        meant.extend(lookup::entry_or_near(&call.out, &library, &kinds, &query));
    }
    if meant.is_empty() {
        return lookup::miss(call, &library, &kinds, &query);
    }
    services(&meant, call, &library, &lens)
}

/// One service with its proof, or the verdicts on several, a line each.
pub fn services(
    meant: &[Address],
    call: &mut CommandContext,
    library: &Library,
    lens: &str,
) -> CommandResult {
    if call.out.style.json {
        let lens = lookup::lens(library, lens)?;
        for address in meant {
            let service = lookup::service(library, &address.id)?;
            let body = judging::judgment(library, service, lens, call.config.as_of);
            call.json("judgment", body)?;
        }
        return Ok(ExitStatus::Done);
    }
    let context = call.view(lens, Kind::Services);
    if let [address] = meant {
        return call.entry(library, address, |call| {
            entry::page(library, address, call.format(), &context)
        });
    }
    for address in meant {
        let service = lookup::service(library, &address.id)?;
        let judged = answer::judged(library, service, &context);
        let line = crate::safe!("{}  {}  {judged}", service.id, service.name);
        call.out.line(&measure::cut(&line, call.line_width()))?;
    }
    Ok(ExitStatus::Done)
}

/// The answers of a file; its mistakes are all reported first.
fn from_file(
    call: &mut CommandContext,
    file: &Path,
    steps: &[InterviewStep<'_>],
    criteria: &Criteria,
) -> Result<AnswersFile, CliError> {
    let path = file.to_string_lossy();
    let name = quoted(&path);
    let source = read_named(file)
        .map_err(|why| CliError::new(crate::safe!("{name} cannot be read: {}", why.why())))?;
    answers_file::read(&source, &path, steps, criteria).map_err(|problems| {
        for problem in &problems {
            call.out.say_rows(&report(problem, Some(&source)));
        }
        CliError::new(crate::safe!("nothing was judged: {name} has mistakes"))
    })
}

fn show(
    args: &Args,
    call: &mut CommandContext,
    library: &Library,
    name: Option<&SafeText>,
    picks: &[InterviewAnswer],
) -> CommandResult {
    let lens = call.lens(library)?;
    let judged = judged(library, picks);
    let today = call.today();
    if args.markdown {
        call.out
            .line(&assessment::text(library.pack(), &judged, name, today))?;
        return Ok(ExitStatus::Done);
    }
    call.answer(
        "judged",
        || judging::own(library.pack(), &judged, name, today),
        |format| assessment::page(library.pack(), &judged, name, &lens, today, format),
    )
}
