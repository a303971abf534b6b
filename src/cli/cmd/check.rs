//! `check`: everything that is wrong with a pack, in one run, as a compiler would say it.
//! Of a pack without fault it says what was read; the exit status is 1 when there is an error.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::cmd::quality;
use crate::cli::cmd::{CommandContext, CommandResult, ExitStatus};
use crate::cli::json::answers::problems;
use crate::cli::pages::{listed, widest};
use crate::layout::report::report;
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::check::{CHECKS, Check, check};
use crate::pack::{CheckOptions, Checked};
use crate::text::day::parse_months;
use crate::text::measure::count;
use crate::text::{SafeText, Severity};

/// Say what is wrong with a pack
///
/// Each problem comes with its file, line and column, the line itself, and what to do. An entry with an error is left
/// out when the pack is read; one with a warning is shown.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The pack's folder [default: the one of --content or the settings, else the bundled pack]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Also report facts older than this, such as 18m or 2y
    #[arg(long, value_name = "AGE", value_parser = months)]
    stale: Option<i32>,
    /// Also report what rests on others' pages than its maker's
    #[arg(long)]
    primary: bool,
    /// Say what is looked for instead of looking
    #[arg(long, conflicts_with_all = ["dir", "stale", "primary", "quality"])]
    list: bool,
    /// Say what the answers recorded here say of the questions: nobody misses them, options nobody picks, confident errors
    #[arg(long, conflicts_with_all = ["stale", "primary"])]
    quality: bool,
}

fn months(text: &str) -> Result<i32, &'static str> {
    parse_months(text).ok_or("write it as 18m or 2y")
}

/// Reports every problem, or lists what is looked for.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    if args.list {
        let head = |c: &Check| json!({"code": c.code, "severity": c.severity, "about": c.about});
        let checks = || json!({"checks": CHECKS.iter().map(head).collect::<Value>()});
        return call.answer("checks", checks, list);
    }
    let (files, loose) = match &args.dir {
        Some(folder) => call.checked(folder)?,
        None => (call.files()?, false),
    };
    if args.quality {
        return quality::run(files, call);
    }
    let stale = args.stale.map(|months| (months, call.today()));
    let primary = args.primary;
    let checked = check(&*files, &CheckOptions { stale, primary });
    if call.out.style.json {
        call.json("check", problems(&checked))?;
    } else {
        let last = || call.config.content.last().cloned();
        let folder = args.dir.clone().or_else(last);
        print(call, &checked, folder.as_deref(), loose)?;
    }
    Ok(match checked.errors {
        0 => ExitStatus::Done,
        _ => ExitStatus::Nothing,
    })
}

/// Reports to standard output, the summary to standard error. Paths begin with the folder, so that they can be opened.
fn print(
    call: &mut CommandContext,
    checked: &Checked,
    folder: Option<&Path>,
    loose: bool,
) -> io::Result<()> {
    for problem in &checked.diagnostics {
        let source = checked.sources.get(&problem.path).map(String::as_str);
        let mut placed = problem.clone();
        if let Some(folder) = folder {
            let folder = folder.to_string_lossy();
            // Questions without a pack stand in the folder itself.
            let path = match loose {
                true => problem.path.trim_start_matches("questions/"),
                false => &problem.path,
            };
            placed.path = format!("{}/{path}", folder.trim_end_matches('/'));
        }
        call.out.rows(&report(&placed, source))?;
        call.out.blank()?;
    }
    match summary(checked) {
        Ok(sound) => {
            let sound = vec![Run::new(sound, Role::Text)];
            call.out.rows(&wrap(&sound, call.width(), 0, 0))
        }
        Err(problems) => {
            call.out.flush()?;
            call.out.say(&problems);
            Ok(())
        }
    }
}

/// What was read of a sound pack, or how many problems there are.
fn summary(checked: &Checked) -> Result<SafeText, SafeText> {
    let parts = [
        (checked.errors, "error", "errors"),
        (checked.warnings, "warning", "warnings"),
    ];
    let some = parts.into_iter().filter(|(n, ..)| *n > 0);
    let parts: Vec<SafeText> = some.map(|(n, one, many)| count(n, one, many)).collect();
    let entries = checked.entries.iter().map(|(_, n)| n).sum();
    let entries = count(entries, "entry", "entries");
    if parts.is_empty() {
        return Ok(crate::safe!("{entries}, no problems"));
    }
    let mut summary = crate::safe!("{} in {entries}", SafeText::join(&parts, ", "));
    if checked.left_out > 0 {
        let left_out = count(checked.left_out, "is", "are");
        summary.push(&crate::safe!("; {left_out} not shown"));
    }
    Err(summary)
}

/// What is looked for.
fn list(format: PageFormat) -> Page {
    let mut builder = PageBuilder::new(format);
    builder.title("What check looks for");
    let widths = [widest(CHECKS.iter().map(|c| c.code)), widest(["warning"])];
    let rows = CHECKS.iter().flat_map(|c| {
        let role = match c.severity {
            Severity::Error => Role::Bad,
            Severity::Warning => Role::Warn,
        };
        let columns = vec![
            Run::ours(c.code, Role::Strong),
            Run::ours(c.severity.word(), role),
        ];
        let words = Run::ours(c.about, Role::Text);
        listed(columns, &widths, words, format.width)
    });
    builder.rows(rows.collect());
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::MemoryFiles;

    #[test]
    fn the_summary_counts() {
        let check = |errors, warnings, left_out, expected: Result<&str, &str>| {
            let mut checked = super::check(&MemoryFiles::of([]), &CheckOptions::default());
            (checked.errors, checked.warnings, checked.left_out) = (errors, warnings, left_out);
            checked.entries[0].1 = 2;
            let found = summary(&checked);
            assert_eq!(found.as_deref().map_err(|problems| &**problems), expected);
        };
        check(0, 0, 0, Ok("2 entries, no problems"));
        check(1, 0, 0, Err("1 error in 2 entries"));
        check(0, 3, 0, Err("3 warnings in 2 entries"));
        check(
            2000,
            1,
            1,
            Err("2,000 errors, 1 warning in 2 entries; 1 is not shown"),
        );
    }

    #[test]
    fn every_check_is_listed() {
        let page = list(80.into());
        let text: Vec<String> = page.rows.iter().map(|r| r.text().to_string()).collect();
        for check in CHECKS.iter() {
            assert!(
                text.iter().any(|row| row.starts_with(check.code)),
                "{}",
                check.code
            );
        }
    }
}
