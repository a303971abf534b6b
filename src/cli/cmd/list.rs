//! `list`: the ids of a kind and nothing else: one a line, on a terminal in columns.
//! Of a folder only names are read; what is printed can be handed to `define`, `read` or `compare`.

use serde_json::{Value, json};

use crate::cli::cmd::{CommandContext, CommandResult, ExitStatus};
use crate::cli::json::answers::listed;
use crate::cli::{lookup, pages, record};
use crate::core::judge::state::at;
use crate::core::judge::verdict::outcome;
use crate::core::quiz::myths::met;
use crate::layout::{Role, Run};
use crate::pack::{Address, Kind, Library};
use crate::text::{SafeText, measure};
use crate::views::myths::{MetMyth, all};

/// List the ids of all entries of a kind
///
/// Ids only, one a line, so that other programs can read it; on a terminal they stand in columns. `--json` adds titles,
/// aliases, tags and briefs, to {many} what the lens says of them, and to myths how often you met them.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// What to list, one or many of them: {kinds}
    #[arg(value_name = "KIND")]
    kind: String,
}

/// Prints ids; with `--json` what the catalog and the lens say too.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, lens) = if call.out.style.json || !call.config.content.is_empty() {
        call.indexed()?
    } else {
        (call.library()?, String::new())
    };
    let kind = lookup::kind(&library, &args.kind)?;
    if kind == Kind::Lenses {
        call.report_own_lenses(&library);
    }
    let day = call.config.as_of;
    let service = |n: usize| {
        let id = (kind == Kind::Services).then(|| library.head(kind, n).id)?;
        library.service(id)
    };
    let mut order = order(&library, kind);
    if day.is_some() {
        order.retain(|n| service(*n).is_none_or(|s| at(s, day).is_ok()));
    }
    if call.out.style.json {
        let lens = library.lens(&lens);
        let met = match kind {
            Kind::Myths => Some(met(&library, &record::look(call, &library)?)),
            _ => None,
        };
        let entry = |n: &usize| {
            let judged = service(*n).zip(lens);
            let outcome = judged.and_then(|(s, l)| outcome(s, l, day).ok());
            let head = library.head(kind, *n);
            let met = met.as_ref();
            let met = met.map(|met| met.get(head.id).copied().unwrap_or_default());
            listed(&library.pack().subject, kind, head, outcome, met)
        };
        let entries = order.iter().map(entry).collect::<Value>();
        return call.json("list", json!({"of": kind.word(), "entries": entries}));
    }
    if kind == Kind::Myths && call.out.style.screen.is_some() {
        return myths(call, &library);
    }
    let id = |n: usize| SafeText::line(library.head(kind, n).id);
    let ids: Vec<SafeText> = order.into_iter().map(id).collect();
    let width = call.out.style.screen.map_or(0, |(columns, _)| columns);
    for row in in_columns(&ids, width) {
        call.out.line(&row)?;
    }
    Ok(ExitStatus::Done)
}

/// The myths for people: those that were met first, each with its claim and how often.
fn myths(call: &mut CommandContext, library: &Library) -> CommandResult {
    let progress = record::look(call, library)?;
    let all = all(library, &progress);
    let id = |met: &MetMyth<'_>| SafeText::line(&met.address.id);
    let widest = all.iter().map(|met| measure::width(&id(met))).max();
    let widths = [widest.unwrap_or_default()];
    let width = call.width();
    for met in &all {
        let columns = vec![Run::new(id(met), Role::Label)];
        let claim = match met.times {
            0 => met.myth.claim.clone(),
            _ => crate::safe!("{} · {}", met.myth.claim, met.words()),
        };
        let rows = pages::listed(columns, &widths, Run::new(claim, Role::Text), width);
        call.out.rows(&rows)?;
    }
    Ok(ExitStatus::Done)
}

/// Words in as many columns of one width as there is room for, downward and then to the right; at least one.
fn in_columns(words: &[SafeText], width: usize) -> Vec<SafeText> {
    const GAP: usize = 2;
    let widest = words.iter().map(|word| measure::width(word)).max();
    let step = widest.unwrap_or_default() + GAP;
    let columns = ((width + GAP) / step).max(1);
    let rows = words.len().div_ceil(columns);
    let row = |at: usize| {
        let mut row = SafeText::default();
        for (column, word) in words.iter().skip(at).step_by(rows).enumerate() {
            let missing = (column * step).saturating_sub(measure::width(&row));
            row.push(&SafeText::from(" ".repeat(missing)));
            row.push(word);
        }
        row
    };
    (0..rows).map(row).collect()
}

/// Positions in the order to print: lessons as they are read, all else by id.
fn order(library: &Library, kind: Kind) -> Vec<usize> {
    if kind != Kind::Lessons {
        return (0..library.count(kind)).collect();
    }
    let position = |id: &str| Address::new(kind, id).and_then(|a| library.position(&a));
    let lessons = library.lessons();
    lessons.iter().filter_map(|l| position(&l.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::library;

    #[test]
    fn lessons_are_in_reading_order_and_all_else_by_id() {
        let library = library();
        let check = |kind, expected: &[&str]| {
            let order = order(&library, kind);
            let ids: Vec<&str> = order.iter().map(|n| library.head(kind, *n).id).collect();
            assert_eq!(ids, expected);
        };
        check(Kind::Lessons, &["first-ring", "silence"]);
        check(Kind::Lenses, &["degrees", "strict"]);
        check(Kind::Terms, &["chime", "knocker"]);
    }

    #[test]
    fn words_stand_in_columns_where_there_is_room() {
        let check = |width: usize, expected: &[&str]| {
            let words = ["a", "bcde", "f", "日本", "g"].map(SafeText::line);
            let rows = in_columns(&words, width);
            let rows: Vec<&str> = rows.iter().map(SafeText::as_str).collect();
            assert_eq!(rows, expected, "{width}");
        };
        check(0, &["a", "bcde", "f", "日本", "g"]);
        check(9, &["a", "bcde", "f", "日本", "g"]);
        check(10, &["a     日本", "bcde  g", "f"]);
        check(16, &["a     f     g", "bcde  日本"]);
        check(80, &["a     bcde  f     日本  g"]);
        assert!(in_columns(&[], 80).is_empty());
    }
}
