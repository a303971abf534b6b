//! `compare` with services or lenses: what the words mean, and the answer.
//! Promises: a word is taken as a perspective first, then a service, then a lens, unless an address says otherwise or the
//! other words decide; kinds are never mixed.

use crate::base::safe::SafeText;
use crate::base::web::WebAddress;
use crate::cli::call::{Call, unreadable};
use crate::cli::end::{Exit, Fault, Outcome};
use crate::cli::json::{self, judging};
use crate::cli::look_up;
use crate::cli::usage::quoted;
use crate::content::address::{Address, Kind};
use crate::content::kind::lens::Lens;
use crate::content::kind::service::Service;
use crate::content::kind::source::Source;
use crate::content::library::Library;
use crate::domain::compare::MAX_COLUMNS;
use crate::domain::judge::across::{across, companion, is_score};
use crate::domain::judge::mine;
use crate::page::setter::Setter;
use crate::sheets::aligned::{Laid, Shape};
use crate::sheets::shared::openable;
use crate::sheets::versus::{self, Reading};

/// What can stand side by side, likeliest first.
const SIDES: [Kind; 3] = [Kind::Perspectives, Kind::Services, Kind::Lenses];
/// What each of them makes of ids.
const SORTS: [fn(Vec<String>) -> Sorted; 3] = [Sorted::Perspectives, Sorted::Services, Sorted::Lenses];

/// What the words of a comparison mean.
pub enum Sorted {
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
pub fn sort(library: &Library, words: &[String]) -> Result<Sorted, Fault> {
    let mut queries = Vec::with_capacity(words.len());
    for word in words {
        queries.push(look_up::query(std::slice::from_ref(word))?);
    }
    for (kind, sort) in SIDES.into_iter().zip(SORTS) {
        let all: Option<Vec<Address>> = queries.iter().map(|q| look_up::only(library, kind, q)).collect();
        if let Some(all) = all {
            return few(kind, all).map(sort);
        }
    }
    let known: Vec<Option<Address>> = queries.iter().map(|q| look_up::entry(library, &SIDES, q)).collect();
    let Some(missing) = queries.iter().zip(&known).find(|(_, found)| found.is_none()).map(|(q, _)| q) else {
        return Err(mixed(&known.into_iter().flatten().collect::<Vec<_>>()));
    };
    let likely = known.iter().flatten().map(|a| a.kind).next();
    let near = || SIDES.into_iter().find(|kind| !look_up::suggestions(library, &[*kind], missing).entries.is_empty());
    Ok(Sorted::Miss(likely.or_else(near).unwrap_or(Kind::Perspectives), missing.clone()))
}

fn few(kind: Kind, all: Vec<Address>) -> Result<Vec<String>, Fault> {
    let mut ids: Vec<String> = Vec::new();
    for address in all {
        if !ids.contains(&address.id.to_string()) {
            ids.push(address.id.to_string());
        }
    }
    if ids.len() > MAX_COLUMNS {
        return Err(Fault::new(crate::safe!("{} {} are too many, {MAX_COLUMNS} are the most", ids.len(), kind.word())));
    }
    Ok(ids)
}

fn mixed(known: &[Address]) -> Fault {
    let first = known.first();
    let other = known.iter().find(|a| Some(a.kind) != first.map(|f| f.kind));
    let said = |a: Option<&Address>| a.map(|a| format!("{} is a {}", quoted(&a.id), a.kind.one())).unwrap_or_default();
    let what = crate::safe!("{} and {}: they cannot stand side by side", said(first), said(other));
    Fault::with_help(what, "compare perspectives, services or lenses among themselves; lenses/ID says which is meant")
}

fn shape(call: &Call) -> Shape {
    Shape { width: call.width(), gutter: 0, linear: call.out.look.plain }
}

fn print(call: &mut Call, title: &'static str, laid: &Laid, sources: Vec<(SafeText, WebAddress)>) -> Outcome {
    let mut setter = Setter::new(call.width());
    setter.title(title);
    setter.page(&laid.page);
    call.out.page(setter.finish(), sources)?;
    Ok(Exit::Done)
}

/// Services side by side through the lens.
pub fn services(call: &mut Call, library: &Library, ids: &[String]) -> Outcome {
    if let [only] = ids {
        let help = crate::safe!("name a second one, or see it alone with `tozero judge {only}`");
        return Err(Fault::with_help("one service alone cannot be compared", help));
    }
    let mut compared: Vec<&Service> = Vec::new();
    for id in ids {
        compared.push(library.service(id).ok_or_else(|| lost(Kind::Services, id))?);
    }
    let lens = call.lens(library)?;
    let lens = library.lens(&lens).ok_or_else(|| lost(Kind::Lenses, &lens))?;
    let day = call.meant.as_of;
    if call.out.look.json {
        json::print(&mut call.out, "services-compared", &judging::Services::of(library, &compared, lens, day))?;
        return Ok(Exit::Done);
    }
    let (laid, _) = versus::services(library, &compared, Reading { lens, day, today: call.today() }, shape(call));
    let cited = |s: &&Service| s.sources.iter().filter_map(|x| openable(library, x)).map(|(_, a)| (s.name.clone(), a)).collect();
    let sources: Vec<Vec<(SafeText, WebAddress)>> = compared.iter().map(cited).collect();
    print(call, "Services side by side", &laid, sources.concat())
}

/// Lenses side by side, and where they part.
pub fn lenses(call: &mut Call, library: &Library, ids: &[String]) -> Outcome {
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
        let (score, ruled): (Vec<&Lens>, Vec<&Lens>) = compared.iter().copied().partition(|l| is_score(l));
        let found = (ruled.len() > 1).then(|| across(mine::services(library), &ruled, day));
        let body = judging::Lenses::of(library, (&compared, &ruled, &score), found.as_ref(), day);
        json::print(&mut call.out, "lenses-compared", &body)?;
        return Ok(Exit::Done);
    }
    let (laid, _) = versus::lenses(library, &compared, day, shape(call));
    let sources = compared.iter().filter_map(|l| openable(library, &Source::Reference(l.source.clone()))).collect();
    print(call, "Lenses side by side", &laid, sources)
}

fn lost(kind: Kind, id: &str) -> Fault {
    Address::new(kind, id).map_or_else(|| Fault::new("this entry cannot be shown"), |a| unreadable(&a))
}
