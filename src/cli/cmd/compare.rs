//! `compare`: definitions side by side, or everybody's word on one question.
//! Promise: columns stand side by side only where each gets 34 cells; otherwise, and for screen readers, they stack.

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::answers;
use crate::cli::lookup;
use crate::cli::usage::quoted;
use crate::cli::versus::{self, CompareWords};
use crate::core::compare;
use crate::pack::Library;
use crate::text::suggest::nearest;
use crate::views::{comparison, comparison_print};

const EXAMPLES: &str = "\
Examples:
  $ tozero compare                                  the two default answers
  $ tozero compare cncf-view berkeley-view          any others, up to four
  $ tozero compare kehoe-spectrum                   one against the first default
  $ tozero compare --by idle-cost                   what everybody says about one question
  $ tozero compare aws-lambda aws-fargate-ecs       two services, fact by fact
  $ tozero compare lenses/aws-view lenses/scale-to-zero-view
                                                    where two lenses disagree
  $ tozero list perspectives                        whom there is to compare";

/// Set definitions, services or lenses side by side
///
/// Definitions: question by question; rows say whether the parties agree, differ or are silent. Services: fact by fact,
/// with the verdict of the lens. Lenses: their rules, then every service they part on and the deciding facts.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// Perspectives, services or lenses by id or name, up to four; names with spaces in quotes
    #[arg(value_name = "NAME")]
    views: Vec<String>,
    /// Everybody's word on one dimension instead, such as idle-cost
    #[arg(long, value_name = "DIMENSION", conflicts_with = "views")]
    by: Option<String>,
}

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    if let Some(dimension) = &args.by {
        return by(dimension, call, &library);
    }
    let mut ids = match versus::sort(&library, &args.views)? {
        CompareWords::Miss(kind, word) => return lookup::miss(call, &library, &[kind], &word),
        CompareWords::Services(ids) => return versus::services(call, &library, &ids),
        CompareWords::Lenses(ids) => return versus::lenses(call, &library, &ids),
        CompareWords::Perspectives(ids) => ids,
    };
    let defaults = compare::default_columns(library.pack());
    while ids.len() < 2 {
        let Some(next) = defaults.iter().find(|d| !ids.contains(d)) else {
            break;
        };
        ids.push(next.clone());
    }
    show(call, &library, &ids)
}

/// Prints some perspectives side by side.
fn show(call: &mut CommandContext, library: &Library, ids: &[String]) -> CommandResult {
    let compared = compare::compare(library, ids);
    if call.out.look.json {
        let body = answers::comparison(&library.pack().title, &compared);
        return call.json("comparison", body);
    }
    let sources = compared
        .columns
        .iter()
        .map(|p| (p.name.clone(), p.url.clone()))
        .collect();
    let page = comparison_print::comparison(library, ids, call.width(), call.out.look.plain);
    call.out.page(page, sources)?;
    Ok(ExitStatus::Done)
}

/// Everybody's word on one dimension.
fn by(words: &str, call: &mut CommandContext, library: &Library) -> CommandResult {
    let words = &lookup::query(&[words.to_owned()])?;
    let dimensions = &library.pack().dimensions;
    let wanted = crate::text::measure::fold_tight(words);
    let called = |text: &str| crate::text::measure::fold_tight(text) == wanted;
    let Some(dimension) = dimensions
        .iter()
        .find(|d| called(&d.id) || called(&d.question))
    else {
        call.out.say(&crate::safe!(
            "tozero: there is no dimension called {}",
            quoted(words)
        ));
        let ids: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
        let help = nearest(words, ids.iter().copied()).map_or_else(
            || crate::safe!("one of {}", ids.join(", ")),
            |near| crate::safe!("did you mean {near}?"),
        );
        call.out.say(&crate::safe!("help: {help}"));
        return Ok(ExitStatus::Nothing);
    };
    if call.out.look.json {
        if let Some(found) = compare::by_dimension(library, &dimension.id) {
            call.json("dimension", answers::by_dimension(&found))?;
        }
        return Ok(ExitStatus::Done);
    }
    if let Some(page) = comparison::by_dimension(library, &dimension.id, call.width()) {
        let sources = compare::perspectives(library)
            .iter()
            .map(|p| (p.holder.clone(), p.url.clone()))
            .collect();
        call.out.page(page, sources)?;
    }
    Ok(ExitStatus::Done)
}

/// The short answer: who says what, and where they differ.
pub fn short_answer(call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    let ids = compare::default_columns(library.pack());
    if call.out.look.json {
        return show(call, &library, &ids);
    }
    let page = comparison_print::short(&library, &ids, call.width());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}
