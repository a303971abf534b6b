//! Services side by side, fact by fact, read through one lens, which is named.

use crate::core::judge::proof::judge;
use crate::core::judge::state::{STALE_MONTHS, at};
use crate::core::judge::verdict::minimum;
use crate::core::judge::{Absent, JudgedFact, Judgment, LensOutcome, Requirement, ServiceState};
use crate::layout::{PageFormat, Role, Run};
use crate::pack::{Address, Criteria, CriterionId, Kind, Lens, Library, Service, Subject};
use crate::safe;
use crate::text::measure::capitalized;
use crate::text::{Day, SafeText};
use crate::views::compare::{signature, when};
use crate::views::entry_footer::openable;
use crate::views::side_by_side::{
    CellPart, ColumnHead, ComparedLine, LinePage, SideBySide, mark, without_about,
};
use crate::views::verdict::{
    absent_sentence, full, idle, idle_a_month, missed_nothing, outcome_role, outcome_word,
    requirement,
};
use crate::views::{Citation, ViewContext, lens as lens_words};

type Seen<'a> = (ServiceState<'a>, Judgment<'a>);

/// A service as it is compared: on a day and through a lens, or not there at all.
struct ComparedService<'a> {
    service: &'a Service,
    day: Option<Day>,
    seen: Result<Seen<'a>, Absent>,
}

impl<'a> ComparedService<'a> {
    fn of(service: &'a Service, lens: &'a Lens, day: Option<Day>) -> Self {
        let seen = at(service, day).map(|state| {
            let judgment = judge(&state, lens);
            (state, judgment)
        });
        Self { service, day, seen }
    }
}

/// Services side by side through the lens that is on; nothing in a pack without it.
pub fn page(
    library: &Library,
    compared: &[&Service],
    context: &ViewContext,
    format: PageFormat,
) -> LinePage {
    let Some(lens) = context.lens(library) else {
        return LinePage::default();
    };
    let services: Vec<ComparedService<'_>> = compared
        .iter()
        .map(|service| ComparedService::of(service, lens, context.as_of))
        .collect();
    let heads: Vec<ColumnHead> = compared.iter().map(|s| head(library, s)).collect();
    let mut sides = SideBySide::new(without_about(heads, format), format);
    let through = safe!("Read through: {}", lens.name);
    sides.paragraph(&[Run::new(through, lens_words::hue(library.pack(), &lens.id))]);
    let day = context.as_of.map(|day| format!(" As of {day}."));
    let day = day.unwrap_or_default();
    if !format.is_small_screen() {
        sides.paragraph(&[Run::new(safe!("{}{day}", lens.question), Role::Dim)]);
        sides.lines.blank();
    }
    sides.heads();
    sides.line(&verdicts(&services, &lens.subject));
    for fact in lens.subject.criteria.ids() {
        sides.line(&fact_line(&services, fact, lens));
    }
    if library.has_idle_bills() {
        sides.line(&idle_bills(&services, library));
    }
    sides.line(&dates(&services, context));
    sides.finish()
}

fn head(library: &Library, service: &Service) -> ColumnHead {
    let category = library.pack().category_title(&service.category);
    let mut about = vec![service.provider.clone(), category];
    about.retain(|word| !word.is_empty());
    let name = Run::new(service.name.clone(), Role::Strong);
    ColumnHead {
        short: name.clone(),
        name,
        address: Address::new(Kind::Services, &service.id),
        about: vec![Run::new(SafeText::join(&about, " · "), Role::Dim)],
    }
}

fn words(text: impl Into<SafeText>, role: Role) -> CellPart<'static> {
    CellPart::Words(vec![Run::new(text, role)])
}

/// A cell per service; what is not there says so. Only a day that was asked for can be outside its life.
fn cells<'a>(
    services: &'a [ComparedService<'a>],
    cell: impl Fn(&'a Seen<'a>) -> Vec<CellPart<'static>>,
) -> Vec<Vec<CellPart<'static>>> {
    let gone = |absent: Absent, day: Option<Day>, subject: &Subject| {
        let sentence = day.map(|day| absent_sentence(absent, day, subject));
        vec![words(sentence.unwrap_or_default(), Role::Dim)]
    };
    let one = |s: &'a ComparedService<'a>| match &s.seen {
        Ok(seen) => cell(seen),
        Err(absent) => gone(*absent, s.day, &s.service.facts.subject),
    };
    services.iter().map(one).collect()
}

/// Whether something is the same of all services that are there.
fn same<'a, T: PartialEq>(
    services: &'a [ComparedService<'a>],
    of: impl Fn(&'a Seen<'a>) -> T,
) -> bool {
    let mut all = services.iter().filter_map(|s| s.seen.as_ref().ok()).map(of);
    let first = all.next();
    all.all(|other| Some(&other) == first.as_ref())
}

fn verdicts<'a>(services: &'a [ComparedService<'a>], subject: &Subject) -> ComparedLine<'static> {
    let cell = |(_, judgment): &Seen<'_>| {
        let outcome = judgment.outcome;
        vec![
            words(full(subject, outcome), outcome_role(outcome)),
            words(missed(judgment, subject), Role::Text),
        ]
    };
    ComparedLine {
        label: SafeText::ours("Verdict"),
        mark: mark(same(services, |(_, judgment)| judgment.outcome)),
        cells: cells(services, cell),
    }
}

fn missed(judgment: &Judgment<'_>, subject: &Subject) -> SafeText {
    let missed = missed_titles(judgment, subject);
    match judgment.outcome {
        LensOutcome::Verdict(_) if !missed.is_empty() => {
            safe!("Missed: {}.", SafeText::join(&missed, ", "))
        }
        LensOutcome::Verdict(_) => missed_nothing(subject, false),
        LensOutcome::Score(_) => missed_nothing(subject, true),
    }
}

fn missed_titles(judgment: &Judgment<'_>, subject: &Subject) -> Vec<SafeText> {
    let title = |c: &JudgedFact<'_>| subject.criteria.title(c.held.criterion);
    judgment.unmet().map(title).collect()
}

fn fact_line<'a>(
    services: &'a [ComparedService<'a>],
    fact: CriterionId,
    lens: &Lens,
) -> ComparedLine<'static> {
    let criteria = &lens.subject.criteria;
    let cell = |(_, judgment): &Seen<'_>| {
        let mut all = judgment.proof.iter();
        let found = all.find(|c| c.held.criterion == fact);
        found.map(|c| criterion(c, criteria)).unwrap_or_default()
    };
    let asked = match minimum(lens, fact) {
        _ if lens.is_score() => SafeText::ours("weighed"),
        Some(least) => safe!("asks {}", criteria.word(least)),
        None => SafeText::ours("not asked"),
    };
    ComparedLine {
        label: safe!("{} · {asked}", capitalized(&criteria.title(fact))),
        mark: mark(same(services, |(state, _)| state.answers().get(fact))),
        cells: cells(services, cell),
    }
}

/// A fact's answer, whether it misses what is asked, and the reason.
fn criterion(criterion: &JudgedFact<'_>, criteria: &Criteria) -> Vec<CellPart<'static>> {
    let held = &criterion.held;
    let word = |level| SafeText::line(criteria.word(level));
    let asked = requirement(criterion.asked, word);
    let mut answer = vec![Run::new(word(held.answer), asked.answer_role)];
    if criterion.asked != Requirement::NotAsked {
        answer.push(Run::new(safe!("  {}", asked.result), asked.answer_role));
    }
    vec![CellPart::Words(answer), words(held.why.clone(), Role::Text)]
}

fn idle_bills<'a>(services: &'a [ComparedService<'a>], library: &Library) -> ComparedLine<'static> {
    let subject = &library.pack().subject;
    let cell = |(state, _): &Seen<'_>| {
        let bill = idle_a_month(subject, state.idle_usd_per_month);
        vec![words(bill, Role::Strong)]
    };
    ComparedLine {
        label: SafeText::ours(match library.has_stored_prices() {
            true => "Idle bill, storage left out",
            false => "Idle bill",
        }),
        mark: mark(same(services, |(state, _)| state.idle_usd_per_month)),
        cells: cells(services, cell),
    }
}

fn dates(services: &[ComparedService<'_>], context: &ViewContext) -> ComparedLine<'static> {
    let cell = |side: &ComparedService<'_>| {
        let service = side.service;
        let from = match service.available_from {
            Some(day) => safe!("{} since {day}", service.facts.subject.things.offered),
            None => SafeText::ours("since when is not known"),
        };
        let mut parts = vec![words(from, Role::Text)];
        let seen = side.seen.iter();
        parts.extend(seen.flat_map(|(state, _)| period(state, side.day)));
        if let Some(day) = service.retired {
            parts.push(words(safe!("retired {day}"), Role::Warn));
        }
        parts.push(words(safe!("facts as of {}", service.as_of), Role::Text));
        let age = service.as_of.months_until(context.today);
        if age > STALE_MONTHS {
            let old = safe!("{age} months old: check before you rely on it");
            parts.push(words(old, Role::Warn));
        }
        parts
    };
    let mut from = services.iter().map(|s| s.service.available_from);
    let first = from.next();
    ComparedLine {
        label: SafeText::ours("Dates"),
        mark: mark(from.all(|day| Some(day) == first)),
        cells: services.iter().map(cell).collect(),
    }
}

/// How long the facts of a day held, and whether they were only carried back to it.
fn period(state: &ServiceState<'_>, day: Option<Day>) -> Option<CellPart<'static>> {
    day?;
    if state.carried_back {
        let carried = safe!("its facts of {} are carried back", state.service.as_of);
        return Some(words(carried, Role::Warn));
    }
    let sold = state.service.available_from;
    let since = state.since.filter(|day| Some(*day) != sold);
    let since = since.map(|d| format!("since {d}"));
    let until = state.until.map(|d| format!("until {d}"));
    let both: Vec<String> = since.into_iter().chain(until).collect();
    (!both.is_empty()).then(|| words(safe!("as it was {}", both.join(", ")), Role::Text))
}

/// The same as a text to copy, one service a line: verdict, what it misses, idle bill.
pub fn citation(
    library: &Library,
    compared: &[&Service],
    context: &ViewContext,
) -> Option<Citation> {
    let lens = context.lens(library)?;
    let day = when(context.as_of);
    let mut lines = vec![format!("Read through {} ({}){day}:", lens.name, lens.id)];
    let bills = library.has_idle_bills();
    let line = |s: &&Service| format!("- {}: {}", s.name, in_a_line(s, lens, context.as_of, bills));
    lines.extend(compared.iter().map(line));
    let things = &lens.subject.things;
    let addresses = compared
        .iter()
        .filter_map(|s| Address::new(Kind::Services, &s.id));
    let addresses = addresses.map(|address| things.address(&address).to_string());
    lines.push(signature(addresses));
    let cited = compared
        .iter()
        .flat_map(|s| s.sources.iter().map(|x| (s.name.clone(), x)));
    Some(Citation {
        text: SafeText::from(lines.join("\n")),
        what: lens.subject.things.fill("the {many} side by side"),
        sources: cited
            .filter_map(|(name, x)| openable(library, x).map(|(_, address)| (name, address)))
            .collect(),
    })
}

fn in_a_line(service: &Service, lens: &Lens, day: Option<Day>, bills: bool) -> SafeText {
    let state = match at(service, day) {
        Ok(state) => state,
        Err(absent) => {
            let sentence = day.map(|day| absent_sentence(absent, day, &lens.subject));
            return sentence.unwrap_or_default();
        }
    };
    let judgment = judge(&state, lens);
    let missed = match missed_titles(&judgment, &lens.subject).as_slice() {
        [] => String::new(),
        missed => format!(", misses {}", SafeText::join(missed, ", ")),
    };
    let word = outcome_word(&lens.subject, judgment.outcome);
    let bill = match bills {
        true => format!(
            "; idle bill a month {}",
            idle(&lens.subject, state.idle_usd_per_month)
        ),
        false => String::new(),
    };
    safe!("{word}{missed}{bill}; facts as of {}", service.as_of)
}
