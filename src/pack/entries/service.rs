//! A service: dated facts about it, each with a reason, its history and its prices. No verdict.

use crate::text::words::value_of;
use serde::{Serialize, Serializer};

use crate::pack::address::{Kind, Source};
use crate::pack::body::read_entry;

use crate::pack::doc::Doc;
use crate::pack::entries::pack::Pack;
use crate::pack::facts::{Facts, refuse_facts};
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::subject::{Claim, OwnSection};
use crate::safe;
use crate::text::{Day, SafeText, Words};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Service {
    pub id: String,
    /// Its name, with the mode that is meant.
    pub name: SafeText,
    pub provider: SafeText,
    /// A category id of the pack.
    pub category: String,
    /// Whether its maker claims the word for it.
    #[serde(flatten)]
    pub claim: Claim,
    /// First public availability.
    pub available_from: Option<Day>,
    /// The day it ended.
    pub retired: Option<Day>,
    /// US dollars a month without traffic, storage left out; a month is 730 hours.
    pub idle_usd_per_month: Option<f64>,
    /// The date the facts hold for.
    pub as_of: Day,
    pub confidence: Confidence,
    /// One for each criterion of the pack.
    pub facts: Facts,
    /// Older states, oldest first; see [`PastState`].
    pub history: Vec<PastState>,
    /// The price model, when there is one.
    pub pricing: Option<Pricing>,
    pub what: Doc,
    /// What the editors note about it.
    pub remark: Option<Doc>,
    #[serde(rename = "idle_bill")]
    pub idle_working: Option<Doc>,
    pub cold_start: Option<Doc>,
    pub free_tier: Option<Doc>,
    /// What its author put under headings of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<OwnSection>,
    /// Term ids.
    pub terms: Vec<String>,
    pub sources: Vec<Source>,
}

/// How a service was until a day. An entry holds only what differed from the next later state: read from the newest
/// backwards, laying each on top of the last.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct PastState {
    /// The day these facts stopped holding, exclusive.
    pub until: Option<Day>,
    pub note: Option<SafeText>,
    /// Facts that differed.
    pub facts: Facts,
    /// Idle bill of that time, US dollars a month.
    pub idle_usd_per_month: Option<f64>,
    pub idle_working: Option<SafeText>,
    /// The idle bill of that time is not known, and today's must not be carried back.
    pub idle_unknown: bool,
    /// Whether the word was claimed then.
    #[serde(flatten)]
    pub claim: Claim,
    /// Where that is said.
    pub sources: Vec<Source>,
}

/// How sure the editors are of a service's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The provider's own pages.
    High,
    /// Good secondary sources.
    Medium,
    /// Sources that disagree or are old.
    Low,
}

impl Words for Confidence {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
    ];
}

/// A price model. Amounts are US dollars; a month is 730 hours. How the keys combine is in the author's guide.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Pricing {
    /// Always `USD` so far.
    pub currency: SafeText,
    pub region: SafeText,
    /// The date they hold for.
    pub as_of: Option<Day>,
    /// What was assumed, for the reader.
    pub assumptions: SafeText,
    pub capacity_unit: Option<SafeText>,
    /// The numbers given, in the order of [`Price::WORDS`].
    #[serde(serialize_with = "prices")]
    pub prices: Vec<(Price, f64)>,
    pub sources: Vec<Source>,
}

impl Pricing {
    /// The sentences that `assumptions` may end with where there is a floor: it is added, or taken where it is larger.
    pub const FLOORS: [&'static str; 2] = [
        "Floor: add minimum_hourly to the metered usage.",
        "Floor: the bill is the larger of minimum_hourly and the metered capacity or usage.",
    ];

    /// One of the numbers, when it is given.
    pub fn get(&self, price: Price) -> Option<f64> {
        value_of(&self.prices, &price).copied()
    }
}

/// The numbers of a price model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// Dollars per million requests.
    PerMillionRequests,
    /// Dollars per GB-second.
    PerGbSecond,
    /// Dollars per vCPU-second.
    PerVcpuSecond,
    /// Dollars per GB-hour, for display.
    PerGbHour,
    /// Dollars per vCPU-hour, for display.
    PerVcpuHour,
    /// Dollars an hour due without traffic.
    MinimumHourly,
    /// Dollars per unit and hour.
    CapacityUnitHourly,
    /// Units held at least.
    MinimumUnits,
    /// Requests a second that a unit serves; our assumption.
    RequestsPerUnitPerSecond,
    /// Free requests a month.
    FreeRequestsPerMonth,
    /// Free GB-seconds a month.
    FreeGbSecondsPerMonth,
    /// Free vCPU-seconds a month.
    FreeVcpuSecondsPerMonth,
    /// Step of billed time, milliseconds.
    BillingGranularityMs,
    /// Least billed time, milliseconds.
    MinimumBilledMs,
    /// vCPUs taken per request; our assumption.
    AssumedVcpus,
    /// Processor milliseconds taken per request; our assumption.
    AssumedCpuMs,
    /// GB counted per request whatever its memory, where the service bills a size of its own.
    AssumedMemoryGb,
    /// Least billed time of a stretch of activity, milliseconds; calls that overlap share it.
    MinimumActiveMs,
    /// Dollars per GB stored for a month; shown apart from every bill.
    PerGbMonthStored,
}

impl Words for Price {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("per_million_requests", Self::PerMillionRequests),
        ("per_gb_second", Self::PerGbSecond),
        ("per_vcpu_second", Self::PerVcpuSecond),
        ("per_gb_hour", Self::PerGbHour),
        ("per_vcpu_hour", Self::PerVcpuHour),
        ("minimum_hourly", Self::MinimumHourly),
        ("capacity_unit_hourly", Self::CapacityUnitHourly),
        ("minimum_units", Self::MinimumUnits),
        (
            "requests_per_unit_per_second",
            Self::RequestsPerUnitPerSecond,
        ),
        ("free_requests_per_month", Self::FreeRequestsPerMonth),
        ("free_gb_seconds_per_month", Self::FreeGbSecondsPerMonth),
        ("free_vcpu_seconds_per_month", Self::FreeVcpuSecondsPerMonth),
        ("billing_granularity_ms", Self::BillingGranularityMs),
        ("minimum_billed_ms", Self::MinimumBilledMs),
        ("assumed_vcpus", Self::AssumedVcpus),
        ("assumed_cpu_ms", Self::AssumedCpuMs),
        ("assumed_memory_gb", Self::AssumedMemoryGb),
        ("minimum_active_ms", Self::MinimumActiveMs),
        ("per_gb_month_stored", Self::PerGbMonthStored),
    ];
}

/// A number with its key, as JSON shows it.
#[derive(Serialize)]
struct NamedPrice {
    price: Price,
    value: f64,
}

fn prices<S: Serializer>(prices: &[(Price, f64)], serializer: S) -> Result<S::Ok, S::Error> {
    let named = |&(price, value): &(Price, f64)| NamedPrice { price, value };
    serializer.collect_seq(prices.iter().map(named))
}

/// No bill of the kind described comes to more, in dollars a month or per unit.
const MOST_USD: f64 = 1e9;

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Service> {
    read_entry(source, notes, |f, body| Service {
        id: id.to_owned(),
        name: f.need("name", Fields::name),
        provider: f.need("provider", Fields::text),
        category: f.need("category", |f, key| {
            f.listed_id(key, &pack.categories, "category")
        }),
        claim: Claim::read(f, &pack.subject.things, true),
        available_from: f.date("available_from"),
        retired: f.date("retired"),
        idle_usd_per_month: f.number("idle_usd_per_month", 0.0..=MOST_USD),
        as_of: f.need("as_of", Fields::date),
        confidence: f.need_word("confidence"),
        terms: f.entries("terms", Kind::Terms),
        sources: f.need_some("sources", Fields::sources),
        facts: facts(f, pack),
        history: history(f, pack),
        pricing: f.table("pricing", pricing),
        what: body.intro(f),
        remark: body.part(f, "Remark"),
        idle_working: body.part(f, "Idle bill"),
        cold_start: body.part(f, "Cold start"),
        free_tier: body.part(f, "Free tier"),
        sections: body.rest(f),
    })
}

/// One for each criterion, each with a reason.
fn facts(f: &mut Fields<'_, '_>, pack: &Pack) -> Facts {
    let subject = &pack.subject;
    if subject.criteria.is_empty() {
        refuse_facts(f, &subject.criteria, "facts");
        return Facts::default();
    }
    let facts = f.need_table("facts", |f| Facts::read(f, subject, true));
    facts.unwrap_or_default()
}

/// Older states; they stand oldest first, and no two end on one day.
fn history(f: &mut Fields<'_, '_>, pack: &Pack) -> Vec<PastState> {
    let placed = |f: &mut Fields<'_, '_>| (past_state(f, pack), f.place("until"));
    let history = f.each("history", placed).unwrap_or_default();
    let mut last = None;
    for (state, at) in &history {
        if let (Some(before), Some(after)) = (last, state.until)
            && before >= after
        {
            let message = safe!("`{after}` does not come after `{before}`");
            let help = "tell the history oldest first, one state a day";
            f.notes.refuse("history-order", at, message, help);
        }
        last = state.until;
    }
    history.into_iter().map(|(state, _)| state).collect()
}

fn past_state(f: &mut Fields<'_, '_>, pack: &Pack) -> PastState {
    f.require("until");
    PastState {
        until: f.date("until"),
        note: f.text("note"),
        sources: f.sources("sources").unwrap_or_default(),
        facts: Facts::read(f, &pack.subject, false),
        idle_usd_per_month: f.number("idle_usd_per_month", 0.0..=MOST_USD),
        idle_working: f.text("idle_working"),
        idle_unknown: f.flag("idle_unknown").unwrap_or(false),
        claim: Claim::read(f, &pack.subject.things, false),
    }
}

fn pricing(f: &mut Fields<'_, '_>) -> Pricing {
    f.require("as_of");
    let price = |f: &mut Fields<'_, '_>, (word, price): &(&str, Price)| {
        Some((*price, f.number(word, 0.0..=1e15)?))
    };
    let pricing = Pricing {
        currency: f.need("currency", |f, key| f.one_of(key, &["USD"])),
        region: f.need("region", Fields::text),
        as_of: f.date("as_of"),
        sources: f.need_some("sources", Fields::sources),
        assumptions: f.need("assumptions", Fields::text),
        prices: Price::WORDS
            .iter()
            .filter_map(|word| price(f, word))
            .collect(),
        capacity_unit: f.text("capacity_unit"),
    };
    if pricing.prices.is_empty() {
        let help = "give at least one price, or leave `[pricing]` out";
        f.notes.refuse(
            "pricing-empty",
            &f.here(),
            "the price model has no number",
            help,
        );
    }
    pricing
}

#[cfg(test)]
mod tests;
