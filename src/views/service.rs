//! A service as a page: the verdict by the lens that is on with its proof, the idle bill, its life as a timeline of
//! verdicts, and the sources. No verdict is stored here; every fact shows its date, and its age once it is old.

use crate::core::judge::state::{STALE_MONTHS, at, idle_is_carried_back, states};
use crate::core::judge::timeline::timeline;
use crate::core::judge::{IdleBillBasis, Period, ServiceState};
use crate::layout::builder::MEASURE;
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::pack::{Doc, Kind, Lens, Library, Service};
use crate::safe;
use crate::text::{SafeText, Words};
use crate::views::context::ViewContext;
use crate::views::entry_footer::{linked, mentioned};
use crate::views::proof;
use crate::views::verdict::{full, idle, idle_a_month, outcome_role};

/// Cells of a period: `2022-04-21 to 2024-11-20`.
const PERIOD: usize = 24;
/// Cells of a verdict in full.
const VERDICT: usize = 21;
/// Cells between columns.
const GAP: usize = 2;

pub(super) fn set(
    page: &mut PageBuilder,
    library: &Library,
    service: &Service,
    context: &ViewContext,
) {
    page.title(service.name.clone());
    page.text(whose(library, service), Role::Dim);
    proof::verdict(page, library, service, context);
    page.doc(&service.what);
    proof::facts(page, library, service, context);
    part(page, "Remark", service.remark.as_ref());
    if library.has_idle_bills() || service.idle_working.is_some() {
        bill(page, library, service, context);
    }
    for (section, text) in service.declared.iter() {
        page.section(section.heading.clone(), Role::Heading);
        page.doc(text);
    }
    page.sections(&service.sections);
    life(page, library, service, context);
    page.rule();
    linked(page, library, "Terms", Kind::Terms, &service.terms);
    mentioned(page, library, Kind::Services, &service.id);
    proof::sources(page, library, service);
    page.label_text("As of", safe!("{}", service.as_of));
    let age = service.as_of.months_until(context.today);
    if age > STALE_MONTHS {
        let old = safe!("{age} months old: check before you rely on it");
        page.label("Age", vec![Run::new(old, Role::Warn)]);
    }
    page.label_text("Sureness", service.confidence.word());
}

/// Who sells it, what kind of thing it is, since and until when.
fn whose(library: &Library, service: &Service) -> SafeText {
    let category = library.pack().category_title(&service.category);
    let mut words = vec![service.provider.clone(), category];
    words.extend(service.available_from.map(|from| safe!("since {from}")));
    words.extend(service.retired.map(|day| safe!("retired {day}")));
    words.retain(|word| !word.is_empty());
    SafeText::join(&words, " · ")
}

fn part(page: &mut PageBuilder, title: &'static str, doc: Option<&Doc>) {
    if let Some(doc) = doc {
        page.section(title, Role::Heading);
        page.doc(doc);
    }
}

/// The idle bill of the day, with how it comes about.
fn bill(page: &mut PageBuilder, library: &Library, service: &Service, context: &ViewContext) {
    let last = || at(service, None).ok().filter(|_| service.retired.is_some());
    let Some(state) = at(service, context.as_of).ok().or_else(last) else {
        return;
    };
    page.section("Idle bill", Role::Heading);
    let (subject, known) = (&service.facts.subject, state.idle_usd_per_month);
    let amount = match known {
        Some(_) => {
            let stored = match library.has_stored_prices() {
                true => ", storage left out",
                false => "",
            };
            let (bill, idle) = (idle_a_month(subject, known), &subject.cost.idle);
            safe!("{bill} when {idle}{stored}.")
        }
        None => SafeText::ours("Not known."),
    };
    page.text(amount, Role::Strong);
    if known.is_some() && idle_is_carried_back(service, context.as_of) {
        let none = safe!("No older record: the bill of {} stands in.", service.as_of);
        page.text(none, Role::Warn);
    }
    match state.idle_working {
        Some(IdleBillBasis::Page(doc)) => page.doc(doc),
        Some(IdleBillBasis::Sentence(words)) => page.text(words.clone(), Role::Text),
        None => {}
    }
}

/// How the verdict moved with its history; nothing for a service whose facts never changed.
fn life(page: &mut PageBuilder, library: &Library, service: &Service, context: &ViewContext) {
    if service.history.is_empty() {
        return;
    }
    page.section("Over time", Role::Heading);
    match context.lens(library) {
        Some(lens) => periods(page, library, service, lens),
        None => states(service).for_each(|state| page.rows(vec![line(library, &state, None)])),
    }
    page.blank();
}

fn periods(page: &mut PageBuilder, library: &Library, service: &Service, lens: &Lens) {
    let width = page.width().min(MEASURE);
    for period in timeline(service, lens) {
        let row = line(library, &period.state, Some(&period));
        let mut rows = match row.width() > width {
            true => wrap(&row.runs, width, 0, GAP),
            false => vec![row],
        };
        if let Some(note) = period.ended_by {
            rows.extend(wrap(&[Run::new(note.clone(), Role::Dim)], width, GAP, GAP));
        }
        page.rows(rows);
    }
}

/// A time with its verdict and, where the pack knows any, its idle bill.
fn line(library: &Library, state: &ServiceState, period: Option<&Period>) -> Row {
    let when = match (state.since, state.until) {
        (Some(since), Some(until)) => safe!("{since} to {until}"),
        (None, Some(until)) => safe!("until {until}"),
        (Some(since), None) => safe!("since {since}"),
        (None, None) => SafeText::ours("always"),
    };
    let mut row = Row::of(when, Role::Strong);
    row.pad_to(PERIOD + GAP);
    if let Some(period) = period {
        row.add(
            full(&state.service.facts.subject, period.outcome),
            outcome_role(period.outcome),
        );
    }
    if !library.has_idle_bills() {
        return row;
    }
    if period.is_some() {
        row.pad_to(PERIOD + GAP + VERDICT + GAP);
    }
    let bill = idle(&library.pack().subject, state.idle_usd_per_month);
    let is_known = state.idle_usd_per_month.is_some();
    let what = if is_known { "idle" } else { "idle bill" };
    row.add(safe!("{bill} {what}"), Role::Text);
    row
}
