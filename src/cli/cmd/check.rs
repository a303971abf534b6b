//! `check`: everything that is wrong with a pack, in one run, as a compiler would say it.
//! Promise: a pack without fault passes without a word; the exit status is 1 when there is an error.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::cmd::quality;
use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, check as shape};
use crate::cli::pages::{listed, widest};
use crate::layout::report::report;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::check::{CHECKS, Check, check};
use crate::pack::{CheckOptions, Checked, Files};
use crate::text::day::parse_months;
use crate::text::measure::count;
use crate::text::{SafeText, Severity};

const EXAMPLES: &str = "\
Examples:
  $ tozero check my-pack                everything that is wrong with a pack
  $ tozero check my-pack --stale 18m    and every fact older than 18 months
  $ tozero check --list                 what is looked for
  $ tozero check --quality              what your answers say of the questions
  $ tozero check                        the bundled pack; passes without a word";

/// Say what is wrong with a pack
///
/// Each problem comes with its file, line and column, the line itself, and what to do. An entry with an error is left
/// out when the pack is read; one with a warning is shown.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// The pack's folder [default: the one of --content or the settings, else the bundled pack]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Also report facts older than this, such as 18m or 2y
    #[arg(long, value_name = "AGE", value_parser = months)]
    stale: Option<i32>,
    /// Say what is looked for instead of looking
    #[arg(long, conflicts_with_all = ["dir", "stale", "quality"])]
    list: bool,
    /// Say what the answers recorded here say of the questions: nobody misses them, options nobody picks, confident errors
    #[arg(long, conflicts_with_all = ["stale"])]
    quality: bool,
}

fn months(text: &str) -> Result<i32, &'static str> {
    parse_months(text).ok_or("write it as 18m or 2y")
}

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    if args.list {
        return list(call);
    }
    let files = self::files(args, call)?;
    if args.quality {
        return quality::run(files, call);
    }
    let checked = check(
        &*files,
        &CheckOptions {
            stale: args.stale.map(|months| (months, call.today())),
        },
    );
    if call.out.look.json {
        json::print(&mut call.out, "check", &shape::Found::of(&checked))?;
    } else {
        let folder = args.dir.as_ref().or(call.meant.content.as_ref());
        print(
            call,
            &checked,
            folder.map(|f| f.to_string_lossy().into_owned()),
        )?;
    }
    Ok(if checked.errors > 0 {
        ExitStatus::Nothing
    } else {
        ExitStatus::Done
    })
}

fn files(args: &Args, call: &CommandContext) -> Result<Arc<dyn Files>, crate::cli::exit::CliError> {
    match &args.dir {
        Some(folder) => call.folder(folder),
        None => call.files(),
    }
}

/// Reports to standard output, the summary to standard error. Paths begin with the folder, so that they can be opened.
fn print(
    call: &mut CommandContext,
    checked: &Checked,
    folder: Option<String>,
) -> std::io::Result<()> {
    let place = |path: &str| match &folder {
        Some(folder) => format!("{}/{path}", folder.trim_end_matches('/')),
        None => path.to_owned(),
    };
    let sources: BTreeMap<&str, &str> = checked
        .sources
        .iter()
        .map(|(p, s)| (p.as_str(), s.as_str()))
        .collect();
    for problem in &checked.diagnostics {
        let source = sources.get(problem.path.as_str()).copied();
        let placed = crate::text::diagnostic::Diagnostic {
            path: place(&problem.path),
            ..problem.clone()
        };
        call.out.rows(&report(&placed, source))?;
        call.out.blank()?;
    }
    if let Some(summary) = summary(checked) {
        call.out.say(&summary);
    }
    Ok(())
}

/// How many problems there are; `None` when there are none.
fn summary(checked: &Checked) -> Option<SafeText> {
    if checked.errors + checked.warnings == 0 {
        return None;
    }
    let mut parts = Vec::new();
    if checked.errors > 0 {
        parts.push(count(checked.errors, "error", "errors"));
    }
    if checked.warnings > 0 {
        parts.push(count(checked.warnings, "warning", "warnings"));
    }
    let entries: usize = checked.entries.iter().map(|(_, n)| n).sum();
    let more = if checked.left_out > 0 {
        format!("; {} not shown", count(checked.left_out, "is", "are"))
    } else {
        String::new()
    };
    Some(crate::safe!(
        "{} in {}{more}",
        SafeText::join(&parts, ", "),
        count(entries, "entry", "entries")
    ))
}

/// What is looked for.
fn list(call: &mut CommandContext) -> CommandResult {
    if call.out.look.json {
        let head = |c: &Check| shape::CheckHead {
            code: c.code,
            severity: c.severity.word(),
            about: c.about,
        };
        json::print(
            &mut call.out,
            "checks",
            &shape::Checks {
                checks: CHECKS.iter().map(head).collect(),
            },
        )?;
        return Ok(ExitStatus::Done);
    }
    let page = list_page(call.format());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}

fn list_page(format: PageFormat) -> Page {
    let mut setter = PageBuilder::new(format);
    setter.title("What check looks for");
    let widths = [widest(CHECKS.iter().map(|c| c.code)), widest(["warning"])];
    let rows = CHECKS.iter().flat_map(|c| {
        let role = if c.severity == Severity::Error {
            Role::Bad
        } else {
            Role::Warn
        };
        let columns = vec![
            Run::ours(c.code, Role::Strong),
            Run::ours(c.severity.word(), role),
        ];
        listed(
            columns,
            &widths,
            Run::ours(c.about, Role::Text),
            format.width,
        )
    });
    setter.rows(rows.collect());
    setter.finish()
}
