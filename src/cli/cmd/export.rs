//! `export`: your answers as JSON or CSV, or the questions for Anki.
//! A JSON export can be imported again, by any copy of the program, as often as one likes; no file is made.

use std::path::Path;

use crate::app::OutputFormat as Format;
use crate::cli::cmd::{CliError, CommandContext, CommandResult, ExitStatus};
use crate::pack::{Kind, Library};
use crate::store::{StoreError, export};
use crate::text::SafeText;
use crate::views::anki;

/// Print your answers, or the questions, for other programs
///
/// As JSON, to import again; with `--format csv` for a spreadsheet, with `--format anki` the pack's questions for Anki's
/// text import.
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let folder = call.config.state.clone();
    match call.out.style.output {
        Format::Text | Format::Json | Format::Markdown | Format::Html | Format::Svg => {
            answers(call, folder.as_deref(), |f, each| export::json(f, each))
        }
        Format::Csv => answers(call, folder.as_deref(), |f, each| export::csv(f, each)),
        Format::Anki => {
            let (library, _) = call.indexed()?;
            questions(call, &library)
        }
    }
}

type Each<'a> = &'a mut dyn FnMut(&str) -> std::io::Result<()>;

/// Prints as it is read, so that a long history needs no memory.
fn answers(
    call: &mut CommandContext,
    folder: Option<&Path>,
    write: impl Fn(Option<&Path>, Each<'_>) -> Result<(), StoreError>,
) -> CommandResult {
    let mut failed = None;
    let written = write(folder, &mut |piece| {
        let printed = call.out.raw(&SafeText::clean(piece));
        printed.map_err(|error| {
            let kind = error.kind();
            failed = Some(error);
            kind.into()
        })
    });
    match (written, failed) {
        (_, Some(error)) => Err(error.into()),
        (Ok(()), None) => Ok(ExitStatus::Done),
        (Err(error @ StoreError::Damaged(_)), None) => {
            let help = "`tozero quiz` sets it aside and repairs it; then export again";
            Err(CliError::with_help(error.why(), help))
        }
        (Err(error), None) => Err(error.into()),
    }
}

fn questions(call: &mut CommandContext, library: &Library) -> CommandResult {
    call.out.raw(&anki::head(&library.pack().title))?;
    for n in 0..library.count(Kind::Questions) {
        if let Some(question) = library.question(library.head(Kind::Questions, n).id) {
            call.out.raw(&anki::note(question))?;
        }
    }
    Ok(ExitStatus::Done)
}
