//! A service on a day: today's facts with its history laid on top, newest first.
//!
//! A day before a service was sold, or after it ended, is said to be so; no idle bill is carried back past
//! the point where the content says it is not known. A month or a year stands for its first day.

use crate::core::judge::answers::AnswerLevels;
use crate::pack::{
    AnswerLevel, Criteria, CriterionId, Doc, FactAnswer, PastState, Service, Source,
};
use crate::text::{Day, SafeText};

/// Facts older than this many months say their age.
pub const STALE_MONTHS: i32 = 18;

/// Why there is nothing to judge on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It did not exist yet; it was first available on this day.
    NotYet(Day),
    /// It has been retired since this day.
    Retired(Day),
}

/// A service as it was on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceState<'a> {
    pub service: &'a Service,
    /// Its facts then, in the order of the criteria.
    pub facts: Vec<DatedFact<'a>>,
    /// Whether the word was claimed for it.
    pub claimed: bool,
    /// Idle bill then, for a month without storage; `None` where it is not known.
    pub idle_usd_per_month: Option<f64>,
    pub idle_working: Option<IdleBillBasis<'a>>,
    /// When this state began, where that is known.
    pub since: Option<Day>,
    /// When it ended, exclusive; `None` for the newest state of a service that is still sold.
    pub until: Option<Day>,
    /// The day it was retired. Without a day asked for, a retired service is judged as on its last day.
    pub retired: Option<Day>,
    /// Nobody says when it was first sold and the day asked for lies before its facts were checked: they were carried back.
    pub carried_back: bool,
}

/// A fact as it was held on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedFact<'a> {
    /// What it answers.
    pub criterion: CriterionId,
    /// The answer.
    pub answer: AnswerLevel,
    /// The reason.
    pub why: &'a SafeText,
    /// Since when it holds in these words, where that is known.
    pub since: Option<Day>,
    /// Until when it held, exclusive; `None` when it holds still.
    pub until: Option<Day>,
    /// The day it was last checked for; the end of its time for a fact of the past.
    pub as_of: Day,
    /// Where it is said: its own sources, else those of the change that ended it, else the service's.
    pub sources: &'a [Source],
}

impl DatedFact<'_> {
    /// Whole months since the fact was checked.
    pub fn age_months(&self, today: Day) -> i32 {
        self.as_of.months_until(today)
    }

    /// Whether it holds today and is told of an earlier day only because nothing older is stored: it was checked after
    /// that day, and no change before it is known.
    pub fn is_carried_back(&self, service: &Service, day: Option<Day>) -> bool {
        let is_old = || self.since.is_some() && self.since != service.available_from;
        self.until.is_none() && day.is_some_and(|day| day < self.as_of) && !is_old()
    }

    /// Whether a fact that is told as today's has not been checked for more than 18 months.
    pub fn is_stale(&self, today: Day) -> bool {
        self.until.is_none() && self.age_months(today) > STALE_MONTHS
    }
}

/// How an idle bill came about: a page for today's, a sentence for an older one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum IdleBillBasis<'a> {
    /// Today's.
    Page(&'a Doc),
    /// That of an older state.
    Sentence(&'a SafeText),
}

/// A service on a day; `None` asks for the newest facts, which for a retired service are those of its last day.
pub fn at(service: &Service, day: Option<Day>) -> Result<ServiceState<'_>, Absent> {
    exists(service, day)?;
    let (later, earlier) = split(service, day);
    let is_unknown = service.available_from.is_none() && earlier.is_empty();
    Ok(ServiceState {
        carried_back: is_unknown && day.is_some_and(|d| d < service.as_of),
        ..state_of(service, later, earlier)
    })
}

/// Every state a service went through, oldest first; at least one.
pub fn states(service: &Service) -> impl Iterator<Item = ServiceState<'_>> {
    let sold = |state: &ServiceState| match (state.until, service.available_from) {
        (Some(until), Some(from)) => from < until,
        (Some(_) | None, Some(_) | None) => true,
    };
    let all = (0..=service.history.len()).filter_map(|n| service.history.split_at_checked(n));
    all.map(|(earlier, later)| state_of(service, later, earlier))
        .filter(sold)
}

fn state_of<'a>(
    service: &'a Service,
    later: &'a [PastState],
    earlier: &'a [PastState],
) -> ServiceState<'a> {
    let (idle, working) = idle(service, later);
    ServiceState {
        service,
        facts: criteria(service)
            .ids()
            .filter_map(|criterion| held(service, criterion, later, earlier))
            .collect(),
        claimed: claimed(service, later),
        idle_usd_per_month: idle,
        idle_working: working,
        since: earlier
            .last()
            .and_then(|h| h.until)
            .or(service.available_from),
        until: later.first().and_then(|h| h.until).or(service.retired),
        retired: service.retired,
        carried_back: false,
    }
}

/// Only the answers on a day, and whether it was sold under the word: all that a list needs, without allocation.
pub fn answers_at(service: &Service, day: Option<Day>) -> Result<(AnswerLevels, bool), Absent> {
    exists(service, day)?;
    let (later, _) = split(service, day);
    let answer = |criterion| {
        let standing = standing(service, criterion, later);
        standing.map_or(AnswerLevel::NO, |(held, _)| held.answer)
    };
    Ok((
        AnswerLevels::new(criteria(service).ids().map(answer)),
        claimed(service, later),
    ))
}

impl ServiceState<'_> {
    /// The answers without their reasons.
    pub fn answers(&self) -> AnswerLevels {
        AnswerLevels::new(self.facts.iter().map(|held| held.answer))
    }
}

fn exists(service: &Service, day: Option<Day>) -> Result<(), Absent> {
    let Some(day) = day else { return Ok(()) };
    match (service.available_from, service.retired) {
        (Some(from), _) if day < from => Err(Absent::NotYet(from)),
        (_, Some(since)) if since <= day => Err(Absent::Retired(since)),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// The history that is laid over today's facts on that day, and what had ended before it; both oldest first.
fn split(service: &Service, day: Option<Day>) -> (&[PastState], &[PastState]) {
    let history = service.history.as_slice();
    let holds = |h: &&PastState| day.is_some_and(|d| h.until.is_some_and(|until| d < until));
    let over = history.iter().rev().take_while(holds).count();
    let (earlier, later) = history.split_at(history.len() - over);
    (later, earlier)
}

/// The answer that stands after laying `later`, and the entry it comes from (`None` for today's).
fn standing<'a>(
    service: &'a Service,
    criterion: CriterionId,
    later: &'a [PastState],
) -> Option<(&'a FactAnswer, Option<&'a PastState>)> {
    let changed = later
        .iter()
        .find_map(|h| Some((h.facts.get(criterion)?, Some(h))));
    changed.or_else(|| Some((service.facts.get(criterion)?, None)))
}

fn criteria(service: &Service) -> &Criteria {
    &service.facts.subject.criteria
}

fn held<'a>(
    service: &'a Service,
    criterion: CriterionId,
    later: &'a [PastState],
    earlier: &'a [PastState],
) -> Option<DatedFact<'a>> {
    let (fact, from) = standing(service, criterion, later)?;
    let until = from.and_then(|h| h.until).or(service.retired);
    let since = earlier
        .iter()
        .rev()
        .find(|h| h.facts.get(criterion).is_some())
        .and_then(|h| h.until)
        .or(service.available_from);
    Some(DatedFact {
        criterion,
        answer: fact.answer,
        why: &fact.why,
        since,
        until,
        as_of: from
            .and_then(|h| h.until)
            .or(fact.as_of)
            .unwrap_or(service.as_of),
        sources: [
            fact.sources.as_slice(),
            from.map_or(&[], |h| &h.sources),
            &service.sources,
        ]
        .into_iter()
        .find(|sources| !sources.is_empty())
        .unwrap_or_default(),
    })
}

fn claimed(service: &Service, later: &[PastState]) -> bool {
    let then = later.iter().find_map(|h| h.claim.made);
    then.or(service.claim.made).unwrap_or(false)
}

/// Whether today's idle bill is told of an earlier day because nothing older is stored.
pub fn idle_is_carried_back(service: &Service, day: Option<Day>) -> bool {
    let tells = |h: &PastState| h.idle_unknown || h.idle_usd_per_month.is_some();
    day.is_some_and(|day| day < service.as_of) && !service.history.iter().any(tells)
}

/// Newest first, each entry on top of the last: an amount brings its own working or none, so that no amount is
/// explained by the words of another time.
fn idle<'a>(
    service: &'a Service,
    later: &'a [PastState],
) -> (Option<f64>, Option<IdleBillBasis<'a>>) {
    let mut amount = service.idle_usd_per_month;
    let mut working = service.idle_working.as_ref().map(IdleBillBasis::Page);
    for entry in later.iter().rev() {
        if entry.idle_unknown || entry.idle_usd_per_month.is_some() {
            amount = entry.idle_usd_per_month.filter(|_| !entry.idle_unknown);
            working = None;
        }
        if let Some(text) = &entry.idle_working {
            working = Some(IdleBillBasis::Sentence(text));
        }
    }
    (amount, working)
}
