//! `compare`: definitions, services or lenses side by side, or everybody's word on one question.
//! A word is taken as a perspective first, then a service, then a lens, unless an address says otherwise or the other words
//! decide; kinds are never mixed.

use crate::cli::cmd::{CliError, CommandContext, CommandResult};
use crate::cli::json::{answers, judging};
use crate::cli::lookup;
use crate::core::asking::side_by_side;
use crate::core::compare::{self, ComparedKind, MAX_COLUMNS, companion, first};
use crate::core::judge::lens_diff::across;
use crate::pack::{Address, Kind, Lens, Library, Service, Source, Things};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{quoted, with_article};
use crate::text::suggest::did_you_mean;
use crate::views::ComparisonTop;
use crate::views::compare::{definitions, lenses as lens_views, services as service_views};
use crate::views::entry_footer::openable;

/// Set definitions, {many} or lenses side by side
///
/// Definitions: question by question; rows say whether the parties agree, differ or are silent. {Many}: fact by fact,
/// with the verdict of the lens. Lenses: their rules, then every {one} they part on and the deciding facts.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Perspectives, {many} or lenses by id or name, up to four; names with spaces in quotes
    #[arg(value_name = "NAME")]
    views: Vec<String>,
    /// Everybody's word on one dimension instead
    #[arg(long, value_name = "DIMENSION", conflicts_with = "views")]
    by: Option<String>,
}

impl Args {
    /// Things of one kind, by address.
    pub fn of(things: &[Address]) -> Self {
        Self {
            views: things.iter().map(Address::to_string).collect(),
            by: None,
        }
    }
}

pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    if let Some(dimension) = &args.by {
        return by(dimension, call, &library);
    }
    let kinds = ComparedKind::ALL.map(ComparedKind::kind);
    let names = lookup::spelled(&call.out, &library, &kinds, &args.views);
    match compared(&library, &names)? {
        Ok((ComparedKind::Definitions, ids)) => show(call, &library, ids),
        Ok((ComparedKind::Services, ids)) => services(call, &library, &ids),
        Ok((ComparedKind::Lenses, ids)) => lenses(call, &library, ids),
        Err((kind, word)) => lookup::miss(call, &library, &[kind], &word),
    }
}

/// What is compared, each once, by id; or the word that means nothing, and the kind it is likely of.
type ComparedWords = Result<(ComparedKind, Vec<String>), (Kind, String)>;

fn compared(library: &Library, words: &[String]) -> Result<ComparedWords, CliError> {
    let query = |word: &String| lookup::query(std::slice::from_ref(word));
    let queries: Vec<String> = words.iter().map(query).collect::<Result<_, _>>()?;
    for compared in ComparedKind::ALL {
        let only = |q: &String| lookup::only(library, &[compared.kind()], q);
        let all: Option<Vec<Address>> = queries.iter().map(only).collect();
        if let Some(all) = all {
            return few(library, compared, &all).map(|ids| Ok((compared, ids)));
        }
    }
    // By the parties of definitions, as in the app.
    let names: Vec<&str> = queries.iter().map(String::as_str).collect();
    if let Some(meant) = side_by_side(library, &names) {
        return Ok(Ok(meant));
    }
    let kinds = ComparedKind::ALL.map(ComparedKind::kind);
    let found = queries.iter().map(|q| lookup::entry(library, &kinds, q));
    let found: Vec<Option<Address>> = found.collect();
    let mut pairs = queries.iter().zip(&found);
    let Some((missing, _)) = pairs.find(|(_, found)| found.is_none()) else {
        let things = &library.pack().subject.things;
        return Err(mixed(
            things,
            &found.into_iter().flatten().collect::<Vec<_>>(),
        ));
    };
    let likely = found.iter().flatten().map(|a| a.kind).next();
    let near = |kind: &Kind| lookup::suggestions(library, &[*kind], missing).entries;
    let is_near = |kind: &Kind| !near(kind).is_empty();
    let likely = likely.or_else(|| kinds.into_iter().find(is_near));
    Ok(Err((likely.unwrap_or(Kind::Perspectives), missing.clone())))
}

fn few(
    library: &Library,
    compared: ComparedKind,
    all: &[Address],
) -> Result<Vec<String>, CliError> {
    let mut ids: Vec<String> = Vec::new();
    for address in all {
        let id = address.id.to_string();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.len() <= MAX_COLUMNS {
        return Ok(ids);
    }
    let things = &library.pack().subject.things;
    let (many, kind) = (ids.len(), things.many_of(compared.kind()));
    let what = safe!("{many} {kind} are too many, {MAX_COLUMNS} are the most");
    Err(CliError::new(what))
}

fn mixed(things: &Things, known: &[Address]) -> CliError {
    let first = known.first();
    let other = known.iter().find(|a| Some(a.kind) != first.map(|f| f.kind));
    let is_a = |a: &Address| {
        let one = with_article(&things.one_of(a.kind));
        safe!("{} is {one}", quoted(&a.id))
    };
    let both: Vec<SafeText> = first.into_iter().chain(other).map(is_a).collect();
    let both = SafeText::join(&both, " and ");
    let what = safe!("{both}: they cannot stand side by side");
    CliError::with_help(
        what,
        things.fill(
            "compare perspectives, {many} or lenses among themselves; lenses/ID says which is meant",
        ),
    )
}

/// Definitions side by side, filled up to two with the pack's default ones.
fn show(call: &mut CommandContext, library: &Library, mut ids: Vec<String>) -> CommandResult {
    for default in first(library, ComparedKind::Definitions, "") {
        if ids.len() < 2 && !ids.contains(&default) {
            ids.push(default);
        }
    }
    let mut defaults = library.pack().default_comparison.iter();
    if ids.len() < 2
        && let Some(missing) = defaults.find(|id| library.perspective(id).is_none())
    {
        let missing = quoted(missing);
        call.out.say(&safe!(
            "tozero: the pack compares with {missing}, and has no perspective of that name"
        ));
    }
    if ids.is_empty() {
        call.needs(library, Kind::Perspectives)?;
    }
    let compared = compare::compare(library, &ids);
    let title = &library.pack().title;
    if call.out.style.json {
        return call.json("comparison", answers::comparison(title, &compared));
    }
    let columns = compared.columns.iter();
    let sources = columns.map(|p| (p.name.clone(), p.url.clone())).collect();
    let format = call.format();
    let top = ComparisonTop {
        lens: call.lens(library)?,
        ..ComparisonTop::default()
    };
    let page = definitions::page(library, &ids, format, top);
    call.page(page.printed(title.clone(), format), sources)
}

fn services<'p>(call: &mut CommandContext, library: &'p Library, ids: &[String]) -> CommandResult {
    let things = &library.pack().subject.things;
    if let [only] = ids {
        let help = safe!("name a second one, or see it alone with `tozero judge {only}`");
        let what = things.fill("one {one} alone cannot be compared");
        return Err(CliError::with_help(what, help));
    }
    let read = |id: &String| lookup::service(library, id);
    let compared: Vec<&Service> = ids.iter().map(read).collect::<Result<_, _>>()?;
    let lens = call.lens(library)?;
    let found = lookup::lens(library, &lens)?;
    if call.out.style.json {
        let body = judging::services_compared(library, &compared, found, call.config.as_of);
        return call.json("services-compared", body);
    }
    let (context, format) = (call.view(&lens, Kind::Services), call.format());
    let page = service_views::page(library, &compared, &context, format);
    let named = |(name, source): (&SafeText, &Source)| {
        openable(library, source).map(|(_, address)| (name.clone(), address))
    };
    let of_each = |s: &&'p Service| s.sources.iter().map(|source| (&s.name, source));
    let sources = compared.iter().flat_map(of_each).filter_map(named);
    let sources = sources.collect();
    call.page(
        page.printed(things.fill("{Many} side by side"), format),
        sources,
    )
}

/// Lenses side by side; one alone stands beside the one that is on.
fn lenses(call: &mut CommandContext, library: &Library, mut ids: Vec<String>) -> CommandResult {
    if let [only] = ids.as_slice() {
        let on = call.lens(library)?;
        ids.extend(companion(library, only, &on));
    }
    let read = |id: &String| lookup::lens(library, id);
    let compared: Vec<&Lens> = ids.iter().map(read).collect::<Result<_, _>>()?;
    let day = call.config.as_of;
    if call.out.style.json {
        let (scores, ruled): (Vec<&Lens>, Vec<&Lens>) =
            compared.iter().copied().partition(|l| l.is_score());
        let catalog = library.services();
        let found = (ruled.len() > 1).then(|| across(catalog, &ruled, day));
        let sides = (&*compared, &*ruled, &*scores);
        let body = judging::lenses_compared(library, sides, found.as_ref(), day);
        return call.json("lenses-compared", body);
    }
    let format = call.format();
    let page = lens_views::page(library, &compared, day, format);
    let source = |l: &&Lens| openable(library, &Source::Reference(l.source.clone()));
    let sources = compared.iter().filter_map(source).collect();
    call.page(page.printed("Lenses side by side", format), sources)
}

/// Everybody's word on one dimension.
fn by(words: &str, call: &mut CommandContext, library: &Library) -> CommandResult {
    let words = &lookup::query(&[words.to_owned()])?;
    let dimensions = &library.pack().dimensions;
    let called = lookup::called(words);
    let mut named = dimensions.iter();
    let found = named.find(|d| called(&d.id) || called(&d.question));
    let found = found.and_then(|d| compare::by_dimension(library, &d.id));
    let Some(found) = found else {
        let what = safe!("there is no dimension called {}", quoted(words));
        let ids: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
        return call.nothing(what, Some(did_you_mean(words, &ids)));
    };
    if call.out.style.json {
        return call.json("dimension", answers::by_dimension(&found));
    }
    let id = &found.dimension.id;
    let page = definitions::by_dimension(library, id, call.format()).unwrap_or_default();
    let all = compare::perspectives(library);
    let sources = all.iter().map(|p| (p.holder.clone(), p.url.clone()));
    call.page(page, sources.collect())
}

/// The short answer: who says what, and where they differ.
pub fn short_answer(call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    let ids = first(&library, ComparedKind::Definitions, "");
    if call.out.style.json {
        return show(call, &library, ids);
    }
    let page = definitions::short(&library, &ids, call.format());
    call.page(page, Vec::new())
}
