//! A service as a page: the verdict by the lens that is on with its proof, the idle bill, its life as a timeline of
//! verdicts, and the sources.
//! Promise: no verdict is stored here; every fact shows its date, and its age once it is older than 18 months.

use crate::core::judge::state::{at, states};
use crate::core::judge::timeline::timeline;
use crate::core::judge::{IdleBillBasis, Period, ServiceState};
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::pack::{Address, Doc, Kind, Lens, Library, Service};
use crate::text::{SafeText, Words};
use crate::views::context::ViewContext;
use crate::views::entry_footer::{linked, mentioned};
use crate::views::proof;
use crate::views::verdict::{full, idle, outcome_role};

/// Cells of a period: `2022-04-21 to 2024-11-20`.
const PERIOD: usize = 24;
/// Cells of a verdict in full.
const VERDICT: usize = 21;
/// Cells between columns.
const GAP: usize = 2;

/// Sets a service.
pub fn set(setter: &mut PageBuilder, library: &Library, service: &Service, sight: &ViewContext) {
    setter.title(service.name.clone());
    setter.paragraph(vec![Run::new(whose(library, service), Role::Dim)]);
    proof::verdict(setter, library, service, sight);
    setter.doc(&service.what);
    proof::facts(setter, library, service, sight);
    part(setter, "Remark", service.remark.as_ref());
    bill(setter, service, sight);
    part(setter, "Cold start", service.cold_start.as_ref());
    part(setter, "Free tier", service.free_tier.as_ref());
    life(setter, library, service, sight);
    setter.rule();
    linked(setter, library, "Terms", Kind::Terms, &service.terms);
    if let Some(address) = Address::new(Kind::Services, &service.id) {
        mentioned(setter, library, &address);
    }
    proof::sources(setter, library, service);
    setter.label(
        "As of",
        vec![Run::new(crate::safe!("{}", service.as_of), Role::Text)],
    );
    let age = service.as_of.months_until(sight.today);
    if age > crate::core::judge::state::STALE_MONTHS {
        setter.label(
            "Age",
            vec![Run::new(
                crate::safe!("{age} months old: check before you rely on it"),
                Role::Warn,
            )],
        );
    }
    setter.label(
        "Sureness",
        vec![Run::ours(service.confidence.word(), Role::Text)],
    );
}

/// Who sells it, what kind of thing it is, since and until when.
fn whose(library: &Library, service: &Service) -> SafeText {
    let category = library.pack().category_title(&service.category);
    let mut said = vec![service.provider.clone(), category];
    said.extend(
        service
            .available_from
            .map(|from| crate::safe!("since {from}")),
    );
    said.extend(service.retired.map(|day| crate::safe!("retired {day}")));
    SafeText::join(&said, " · ")
}

fn part(setter: &mut PageBuilder, title: &'static str, doc: Option<&Doc>) {
    if let Some(doc) = doc {
        setter.section(SafeText::ours(title), Role::Heading);
        setter.doc(doc);
    }
}

/// The idle bill of the day, with how it comes about.
fn bill(setter: &mut PageBuilder, service: &Service, sight: &ViewContext) {
    let Some(state) = at(service, sight.as_of)
        .ok()
        .or_else(|| at(service, None).ok().filter(|_| service.retired.is_some()))
    else {
        return;
    };
    setter.section(SafeText::ours("Idle bill"), Role::Heading);
    let amount = match state.idle_usd_per_month {
        Some(_) => crate::safe!(
            "{} a month without traffic, storage left out.",
            idle(state.idle_usd_per_month)
        ),
        None => SafeText::ours("Not known."),
    };
    setter.paragraph(vec![Run::new(amount, Role::Strong)]);
    match state.idle_working {
        Some(IdleBillBasis::Page(doc)) => setter.doc(doc),
        Some(IdleBillBasis::Sentence(words)) => {
            setter.paragraph(vec![Run::new(words.clone(), Role::Text)])
        }
        None => {}
    }
}

/// How the verdict moved with its history; nothing for a service whose facts never changed.
fn life(setter: &mut PageBuilder, library: &Library, service: &Service, sight: &ViewContext) {
    if service.history.is_empty() {
        return;
    }
    setter.section(SafeText::ours("Over time"), Role::Heading);
    match sight.lens(library) {
        Some(lens) => spans(setter, service, lens),
        None => states(service).for_each(|state| setter.rows(vec![line(&state, None)])),
    }
    setter.blank();
}

fn spans(setter: &mut PageBuilder, service: &Service, lens: &Lens) {
    for span in timeline(service, lens) {
        let width = setter.width().min(crate::layout::builder::MEASURE);
        let mut rows = vec![line(&span.state, Some(&span))];
        if rows.iter().any(|r| r.width() > width) {
            rows = rows
                .into_iter()
                .flat_map(|r| wrap(&r.runs, width, 0, GAP))
                .collect();
        }
        if let Some(note) = span.ended_by {
            rows.extend(wrap(&[Run::new(note.clone(), Role::Dim)], width, GAP, GAP));
        }
        setter.rows(rows);
    }
}

/// A time with its verdict and its idle bill.
fn line(state: &ServiceState, span: Option<&Period>) -> Row {
    let period = match (state.since, state.until) {
        (Some(since), Some(until)) => crate::safe!("{since} to {until}"),
        (None, Some(until)) => crate::safe!("until {until}"),
        (Some(since), None) => crate::safe!("since {since}"),
        (None, None) => SafeText::ours("always"),
    };
    let mut row = Row::from_runs(vec![Run::new(period, Role::Strong)]);
    row.pad_to(PERIOD + GAP);
    if let Some(span) = span {
        row.push(Run::new(full(span.outcome), outcome_role(span.outcome)));
        row.pad_to(PERIOD + GAP + VERDICT + GAP);
    }
    let bill = idle(state.idle_usd_per_month);
    let words = if state.idle_usd_per_month.is_some() {
        "idle"
    } else {
        "idle bill"
    };
    row.push(Run::new(crate::safe!("{bill} {words}"), Role::Text));
    row
}
