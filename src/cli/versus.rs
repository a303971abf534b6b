//! `compare` with services or lenses: what the words mean, and the answer.
//! Promises: a word is taken as a perspective first, then a service, then a lens, unless an address says otherwise or the
//! other words decide; kinds are never mixed.

use crate::cli::context::{CommandContext, unreadable};
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::json::{self, judging};
use crate::cli::lookup;
use crate::cli::usage::quoted;
use crate::core::compare::MAX_COLUMNS;
use crate::core::judge::lens_diff::{across, companion, is_score};
use crate::core::judge::self_assessment;
use crate::layout::PageBuilder;
use crate::pack::{Address, Kind, Lens, Library, Service, Source};
use crate::text::{SafeText, Url};
use crate::views::entry_footer::openable;
use crate::views::{AlignedPage, AlignedShape, CompareContext, versus};

/// What can stand side by side, likeliest first.
const SIDES: [Kind; 3] = [Kind::Perspectives, Kind::Services, Kind::Lenses];
/// What each of them makes of ids.
const SORTS: [fn(Vec<String>) -> CompareWords; 3] = [
    CompareWords::Perspectives,
    CompareWords::Services,
    CompareWords::Lenses,
];

/// What the words of a comparison mean.
pub enum CompareWords {
    /// Perspectives by id, each once.
    Perspectives(Vec<String>),
    /// Services by id, each once.
    Services(Vec<String>),
    /// Lenses by id, each once.
    Lenses(Vec<String>),
    /// Nothing of the kind is called that.
    Miss(Kind, String),
}

/// What the words mean.
pub fn sort(library: &Library, words: &[String]) -> Result<CompareWords, CliError> {
    let mut queries = Vec::with_capacity(words.len());
    for word in words {
        queries.push(lookup::query(std::slice::from_ref(word))?);
    }
    for (kind, sort) in SIDES.into_iter().zip(SORTS) {
        let all: Option<Vec<Address>> = queries
            .iter()
            .map(|q| lookup::only(library, kind, q))
            .collect();
        if let Some(all) = all {
            return few(kind, all).map(sort);
        }
    }
    let known: Vec<Option<Address>> = queries
        .iter()
        .map(|q| lookup::entry(library, &SIDES, q))
        .collect();
    let Some(missing) = queries
        .iter()
        .zip(&known)
        .find(|(_, found)| found.is_none())
        .map(|(q, _)| q)
    else {
        return Err(mixed(&known.into_iter().flatten().collect::<Vec<_>>()));
    };
    let likely = known.iter().flatten().map(|a| a.kind).next();
    let near = || {
        SIDES.into_iter().find(|kind| {
            !lookup::suggestions(library, &[*kind], missing)
                .entries
                .is_empty()
        })
    };
    Ok(CompareWords::Miss(
        likely.or_else(near).unwrap_or(Kind::Perspectives),
        missing.clone(),
    ))
}

fn few(kind: Kind, all: Vec<Address>) -> Result<Vec<String>, CliError> {
    let mut ids: Vec<String> = Vec::new();
    for address in all {
        if !ids.contains(&address.id.to_string()) {
            ids.push(address.id.to_string());
        }
    }
    if ids.len() > MAX_COLUMNS {
        return Err(CliError::new(crate::safe!(
            "{} {} are too many, {MAX_COLUMNS} are the most",
            ids.len(),
            kind.word()
        )));
    }
    Ok(ids)
}

fn mixed(known: &[Address]) -> CliError {
    let first = known.first();
    let other = known.iter().find(|a| Some(a.kind) != first.map(|f| f.kind));
    let said = |a: Option<&Address>| {
        a.map(|a| format!("{} is a {}", quoted(&a.id), a.kind.one()))
            .unwrap_or_default()
    };
    let what = crate::safe!(
        "{} and {}: they cannot stand side by side",
        said(first),
        said(other)
    );
    CliError::with_help(
        what,
        "compare perspectives, services or lenses among themselves; lenses/ID says which is meant",
    )
}

fn shape(call: &CommandContext) -> AlignedShape {
    AlignedShape {
        width: call.width(),
        gutter: 0,
        linear: call.out.look.plain,
    }
}

fn print(
    call: &mut CommandContext,
    title: &'static str,
    laid: &AlignedPage,
    sources: Vec<(SafeText, Url)>,
) -> CommandResult {
    let mut setter = PageBuilder::new(call.width());
    setter.title(title);
    setter.page(&laid.page);
    call.out.page(setter.finish(), sources)?;
    Ok(ExitStatus::Done)
}

/// Services side by side through the lens.
pub fn services(call: &mut CommandContext, library: &Library, ids: &[String]) -> CommandResult {
    if let [only] = ids {
        let help = crate::safe!("name a second one, or see it alone with `tozero judge {only}`");
        return Err(CliError::with_help(
            "one service alone cannot be compared",
            help,
        ));
    }
    let mut compared: Vec<&Service> = Vec::new();
    for id in ids {
        compared.push(
            library
                .service(id)
                .ok_or_else(|| lost(Kind::Services, id))?,
        );
    }
    let lens = call.lens(library)?;
    let lens = library
        .lens(&lens)
        .ok_or_else(|| lost(Kind::Lenses, &lens))?;
    let day = call.meant.as_of;
    if call.out.look.json {
        let body = judging::services_compared(library, &compared, lens, day);
        json::print(&mut call.out, "services-compared", body)?;
        return Ok(ExitStatus::Done);
    }
    let (laid, _) = versus::services(
        library,
        &compared,
        CompareContext {
            lens,
            day,
            today: call.today(),
        },
        shape(call),
    );
    let cited = |s: &&Service| {
        s.sources
            .iter()
            .filter_map(|x| openable(library, x))
            .map(|(_, a)| (s.name.clone(), a))
            .collect()
    };
    let sources: Vec<Vec<(SafeText, Url)>> = compared.iter().map(cited).collect();
    print(call, "Services side by side", &laid, sources.concat())
}

/// Lenses side by side, and where they part.
pub fn lenses(call: &mut CommandContext, library: &Library, ids: &[String]) -> CommandResult {
    let mut ids = ids.to_vec();
    if let [only] = ids.as_slice() {
        let on = call.lens(library)?;
        ids.extend(companion(library, only, &on));
    }
    let mut compared: Vec<&Lens> = Vec::new();
    for id in &ids {
        compared.push(library.lens(id).ok_or_else(|| lost(Kind::Lenses, id))?);
    }
    let day = call.meant.as_of;
    if call.out.look.json {
        let (score, ruled): (Vec<&Lens>, Vec<&Lens>) =
            compared.iter().copied().partition(|l| is_score(l));
        let found =
            (ruled.len() > 1).then(|| across(self_assessment::services(library), &ruled, day));
        let sides = (&*compared, &*ruled, &*score);
        let body = judging::lenses_compared(library, sides, found.as_ref(), day);
        json::print(&mut call.out, "lenses-compared", body)?;
        return Ok(ExitStatus::Done);
    }
    let (laid, _) = versus::lenses(library, &compared, day, shape(call));
    let sources = compared
        .iter()
        .filter_map(|l| openable(library, &Source::Reference(l.source.clone())))
        .collect();
    print(call, "Lenses side by side", &laid, sources)
}

fn lost(kind: Kind, id: &str) -> CliError {
    Address::new(kind, id).map_or_else(
        || CliError::new("this entry cannot be shown"),
        |a| unreadable(&a),
    )
}
