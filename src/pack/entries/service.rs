//! A service: five dated facts about it, its history and its prices. No verdict.
//! Promise: all five facts are answered with a reason, and the service has a source and a date.

use serde::{Serialize, Serializer};

use crate::pack::address::Kind;
use crate::pack::doc::Doc;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::source::Source;
use crate::pack::entries::{check_named, open};
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::sections::Sections;
use crate::safe;
use crate::text::{ByteRange, Day, SafeText};

/// A cloud service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Service {
    /// The file's stem.
    pub id: String,
    /// Its name, with the mode that is meant.
    pub name: SafeText,
    /// Who sells it.
    pub provider: SafeText,
    /// A category id of the pack.
    pub category: String,
    /// Whether the provider sells it under the word.
    pub marketed_as_serverless: bool,
    /// First public availability.
    pub available_from: Option<Day>,
    /// The day it ended.
    pub retired: Option<Day>,
    /// US dollars a month without traffic, storage left out; a month is 730 hours.
    pub idle_usd_per_month: Option<f64>,
    /// The date the facts hold for.
    pub as_of: Day,
    /// How sure the editors are.
    pub confidence: Confidence,
    /// The five facts, in the order of [`Fact::ALL`].
    #[serde(serialize_with = "all_facts")]
    pub facts: [FactAnswer; 5],
    /// Older states, oldest first; see [`PastState`].
    pub history: Vec<PastState>,
    /// The price model, when there is one.
    pub pricing: Option<Pricing>,
    /// What it is.
    pub what: Doc,
    /// What the editors note about it.
    pub remark: Option<Doc>,
    /// How the idle bill comes about.
    #[serde(rename = "idle_bill")]
    pub idle_working: Option<Doc>,
    /// How it starts after rest.
    pub cold_start: Option<Doc>,
    /// What is free.
    pub free_tier: Option<Doc>,
    /// Term ids.
    pub terms: Vec<String>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
}

/// The five questions asked of every service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Does somebody else run, patch and replace the machines?
    ProviderManaged,
    /// Does capacity follow load without the customer acting?
    ScalesAutomatically,
    /// Can it be gone and unbilled while nobody calls, and return by itself?
    ScaleToZero,
    /// Is the meter tied to work done?
    PayPerUse,
    /// Is there nothing of size, count, range or network to decide?
    HidesInfrastructure,
}

impl Fact {
    /// In the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::ProviderManaged,
        Self::ScalesAutomatically,
        Self::ScaleToZero,
        Self::PayPerUse,
        Self::HidesInfrastructure,
    ];
    /// Words of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("provider_managed", Self::ProviderManaged),
        ("scales_automatically", Self::ScalesAutomatically),
        ("scale_to_zero", Self::ScaleToZero),
        ("pay_per_use", Self::PayPerUse),
        ("hides_infrastructure", Self::HidesInfrastructure),
    ];

    /// The name used in files, JSON and on the command line.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, f)| *f == self)
            .map_or("", |(w, _)| w)
    }

    /// Two or three words for a reader.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ProviderManaged => "provider managed",
            Self::ScalesAutomatically => "scales automatically",
            Self::ScaleToZero => "scales to zero",
            Self::PayPerUse => "pay per use",
            Self::HidesInfrastructure => "hides infrastructure",
        }
    }
}

/// An answer to a fact, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FactLevel {
    /// Not at all.
    No,
    /// In part, or only if switched on.
    Partial,
    /// A size per call is chosen and nothing is reserved; for `hides_infrastructure` only.
    Size,
    /// Fully.
    Yes,
}

impl FactLevel {
    /// Words of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("no", Self::No),
        ("partial", Self::Partial),
        ("size", Self::Size),
        ("yes", Self::Yes),
    ];

    /// The word that is shown.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, a)| *a == self)
            .map_or("", |(w, _)| w)
    }
}

/// One fact about a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactAnswer {
    /// The answer.
    pub answer: FactLevel,
    /// The reason.
    pub why: SafeText,
}

/// How a service was until a day. An entry holds only what differed from the next later state: read from the newest
/// backwards, laying each on top of the last.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct PastState {
    /// The day these facts stopped holding, exclusive.
    pub until: Option<Day>,
    /// What happened.
    pub note: Option<SafeText>,
    /// Facts that differed.
    #[serde(serialize_with = "some_facts")]
    pub facts: Vec<(Fact, FactAnswer)>,
    /// Idle bill of that time, US dollars a month.
    pub idle_usd_per_month: Option<f64>,
    /// How it came about.
    pub idle_working: Option<SafeText>,
    /// The idle bill of that time is not known, and today's must not be carried back.
    pub idle_unknown: bool,
    /// How it was sold then.
    pub marketed_as_serverless: Option<bool>,
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

impl Confidence {
    /// Words of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
    ];

    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, meaning)| *meaning == self)
            .map_or("", |(word, _)| word)
    }
}

/// A price model. Amounts are US dollars; a month is 730 hours. How the keys combine is in the author's guide.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Pricing {
    /// Always `USD` so far.
    pub currency: SafeText,
    /// The region the prices are of.
    pub region: SafeText,
    /// The date they hold for.
    pub as_of: Option<Day>,
    /// What was assumed, for the reader.
    pub assumptions: SafeText,
    /// What a unit of capacity is called.
    pub capacity_unit: Option<SafeText>,
    /// The numbers given, in the order of [`Price::WORDS`].
    #[serde(serialize_with = "prices")]
    pub prices: Vec<(Price, f64)>,
    /// Where they come from.
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
        self.prices
            .iter()
            .find(|(p, _)| *p == price)
            .map(|(_, v)| *v)
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

impl Price {
    /// Keys of the front matter with their meaning.
    pub const WORDS: [(&'static str, Self); 19] = [
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

    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, meaning)| *meaning == self)
            .map_or("", |(word, _)| word)
    }
}

/// A fact with its name, as JSON shows it.
#[derive(Serialize)]
struct NamedFact<'a> {
    fact: Fact,
    #[serde(flatten)]
    held: &'a FactAnswer,
}

fn all_facts<S: Serializer>(facts: &[FactAnswer; 5], serializer: S) -> Result<S::Ok, S::Error> {
    let facts = Fact::ALL.into_iter().zip(facts);
    serializer.collect_seq(facts.map(|(fact, held)| NamedFact { fact, held }))
}

fn some_facts<S: Serializer>(
    facts: &[(Fact, FactAnswer)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        facts
            .iter()
            .map(|(fact, held)| NamedFact { fact: *fact, held }),
    )
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

/// Headings of a service's parts.
const PARTS: [&str; 4] = ["Remark", "Idle bill", "Cold start", "Free tier"];
/// No bill of the kind described comes to more, in dollars a month or per unit.
const MOST_USD: f64 = 1e9;

/// Reads a service's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Service> {
    let front = open(source, notes)?;
    let mut f = front.fields(notes);
    let head = head(&mut f);
    let category_at = f.place("category");
    let facts = f.need_sub("facts").and_then(facts);
    let history = f.each("history", history).unwrap_or_default();
    in_order(&history, &mut f);
    let pricing = f.sub("pricing").map(pricing);
    f.finish();
    let history = history.into_iter().map(|(state, _)| state).collect();
    let mut parts = Sections::read(source, &front, notes);
    let what = parts.intro(notes);
    let [remark, idle_working, cold_start, free_tier] =
        PARTS.map(|title| parts.part(title, notes).map(|(doc, _)| doc));
    parts.finish(&PARTS, notes);
    if let Some(head) = &head {
        check_named(
            &head.category,
            &category_at,
            &pack.categories,
            "category",
            notes,
        );
    }
    if notes.refused() {
        return None;
    }
    let pricing = pricing.flatten();
    let (id, facts) = (id.to_owned(), facts?);
    Some(Service {
        id,
        facts,
        history,
        pricing,
        what,
        remark,
        idle_working,
        cold_start,
        free_tier,
        ..head?
    })
}

/// The keys of the outermost table; the other fields are still empty.
fn head(f: &mut Fields<'_, '_>) -> Option<Service> {
    let name = f.need("name", Fields::name);
    let provider = f.need("provider", Fields::text);
    let category = f.need("category", Fields::id);
    let marketed = f.need("marketed_as_serverless", Fields::flag);
    let available_from = f.date("available_from");
    let retired = f.date("retired");
    let idle_usd_per_month = f.number("idle_usd_per_month", 0.0..=MOST_USD);
    let as_of = f.need("as_of", Fields::date);
    let confidence = f.need("confidence", |f, key| f.word(key, &Confidence::WORDS));
    let terms = f.entries("terms", Kind::Terms).unwrap_or_default();
    let sources = f.need("sources", |f, _| f.sources("sources"));
    let sources = f.filled("sources", sources);
    let empty = || FactAnswer {
        answer: FactLevel::No,
        why: SafeText::default(),
    };
    Some(Service {
        id: String::new(),
        name: name?,
        provider: provider?,
        category: category?,
        marketed_as_serverless: marketed?,
        available_from,
        retired,
        idle_usd_per_month,
        as_of: as_of?,
        confidence: confidence?,
        terms,
        sources: sources?,
        facts: std::array::from_fn(|_| empty()),
        history: Vec::new(),
        pricing: None,
        what: Doc::default(),
        remark: None,
        idle_working: None,
        cold_start: None,
        free_tier: None,
    })
}

/// All five facts, each with a reason.
fn facts(mut f: Fields<'_, '_>) -> Option<[FactAnswer; 5]> {
    let all: Vec<FactAnswer> = Fact::WORDS
        .iter()
        .filter_map(|(word, fact)| f.need_sub(word).and_then(|f| answer(f, *fact)))
        .collect();
    f.finish();
    all.try_into().ok()
}

fn answer(mut f: Fields<'_, '_>, fact: Fact) -> Option<FactAnswer> {
    let answer = f.need("answer", |f, key| f.word(key, &FactLevel::WORDS));
    if let Some(answer) = answer {
        f.check_size(fact, answer);
    }
    let why = f.need("why", Fields::text);
    f.finish();
    Some(FactAnswer {
        answer: answer?,
        why: why?,
    })
}

impl Fields<'_, '_> {
    /// Refuses `size` as the answer to any fact but the one it exists for.
    pub(crate) fn check_size(&mut self, fact: Fact, answer: FactLevel) {
        if answer == FactLevel::Size && fact != Fact::HidesInfrastructure {
            let message = safe!("`size` is no answer to `{}`", fact.word());
            let problem = self
                .notes
                .error("fact-size", &self.place("answer"), message);
            self.notes.refuse(problem.help(SafeText::ours(
                "it exists for `hides_infrastructure`; write `yes`, `partial` or `no`",
            )));
        }
    }
}

/// An older state, with the place of its last day.
fn history(f: &mut Fields<'_, '_>) -> Option<(PastState, ByteRange)> {
    let until = f.need("until", Fields::date);
    let state = PastState {
        until,
        note: f.text("note"),
        sources: f.sources("sources").unwrap_or_default(),
        facts: Fact::WORDS
            .iter()
            .filter_map(|(word, fact)| Some((*fact, f.sub(word).and_then(|f| answer(f, *fact))?)))
            .collect(),
        idle_usd_per_month: f.number("idle_usd_per_month", 0.0..=MOST_USD),
        idle_working: f.text("idle_working"),
        idle_unknown: f.flag("idle_unknown").unwrap_or(false),
        marketed_as_serverless: f.flag("marketed_as_serverless"),
    };
    Some((state, f.place("until")))
}

/// States are told oldest first, and no two end on one day.
fn in_order(history: &[(PastState, ByteRange)], f: &mut Fields<'_, '_>) {
    for pair in history.windows(2) {
        if let [
            (
                PastState {
                    until: Some(before),
                    ..
                },
                _,
            ),
            (
                PastState {
                    until: Some(after), ..
                },
                at,
            ),
        ] = pair
            && before >= after
        {
            let problem = f.notes.error(
                "history-order",
                at,
                safe!("`{after}` does not come after `{before}`"),
            );
            f.notes.refuse(problem.help(SafeText::ours(
                "tell the history oldest first, one state a day",
            )));
        }
    }
}

fn pricing(mut f: Fields<'_, '_>) -> Option<Pricing> {
    let currency = f.need("currency", |f, key| {
        f.word(key, &[("USD", SafeText::ours("USD"))])
    });
    let region = f.need("region", Fields::text);
    let as_of = f.need("as_of", Fields::date);
    let sources = f.need("sources", |f, _| f.sources("sources"));
    let sources = f.filled("sources", sources);
    let assumptions = f.need("assumptions", Fields::text);
    let prices: Vec<(Price, f64)> = Price::WORDS
        .iter()
        .filter_map(|(word, price)| Some((*price, f.number(word, 0.0..=1e15)?)))
        .collect();
    let capacity_unit = f.text("capacity_unit");
    if prices.is_empty() {
        let problem = f.notes.error(
            "pricing-empty",
            &f.here(),
            SafeText::ours("the price model has no number"),
        );
        f.notes.refuse(problem.help(SafeText::ours(
            "give at least one price, or leave `[pricing]` out",
        )));
    }
    f.finish();
    let (currency, region, sources, assumptions) = (currency?, region?, sources?, assumptions?);
    Some(Pricing {
        currency,
        region,
        as_of,
        sources,
        assumptions,
        prices,
        capacity_unit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::probe;
    use crate::pack::entry::Entry;

    const GOOD: &str = "+++
name = \"N\"
provider = \"P\"
category = \"compute\"
marketed_as_serverless = true
available_from = \"2014-11-13\"
idle_usd_per_month = 0
as_of = \"2026-09\"
confidence = \"high\"
terms = [\"faas\"]
sources = [\"a-page\"]

[facts.provider_managed]
answer = \"yes\"
why = \"A\"

[facts.scales_automatically]
answer = \"partial\"
why = \"B\"

[facts.scale_to_zero]
answer = \"no\"
why = \"C\"

[facts.pay_per_use]
answer = \"yes\"
why = \"D\"

[facts.hides_infrastructure]
answer = \"size\"
why = \"E\"

[[history]]
until = \"2020\"
idle_unknown = true
pay_per_use = { answer = \"no\", why = \"F\" }

[[history]]
until = \"2025-08-01\"
marketed_as_serverless = false
idle_usd_per_month = 7.5

[pricing]
currency = \"USD\"
region = \"us-east-1\"
as_of = \"2026-09\"
sources = [\"https://a.org\"]
per_million_requests = 0.2
minimum_units = 2
capacity_unit = \"OCU\"
assumptions = \"None.\"
+++

Runs a function. And more.

## Free tier

A million.
";

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Entry> {
        assert!(GOOD.contains(from), "{from}");
        probe::check("services/x.md", &GOOD.replacen(from, to, 1), expected)
    }

    #[test]
    fn a_service_is_read() {
        let Some(Entry::Service(service)) = check("", "", &[]) else {
            panic!("a service")
        };
        let answers = service.facts.each_ref().map(|fact| fact.answer.word());
        assert_eq!(answers, ["yes", "partial", "no", "yes", "size"]);
        assert_eq!(
            (
                service.history.len(),
                service.history[0].idle_unknown,
                service.history[0].facts.len()
            ),
            (2, true, 1)
        );
        assert_eq!(
            (
                service.history[1].marketed_as_serverless,
                service.history[1].idle_usd_per_month
            ),
            (Some(false), Some(7.5))
        );
        let pricing = service.pricing.unwrap();
        assert_eq!(
            (
                pricing.get(Price::MinimumUnits),
                pricing.get(Price::PerGbHour)
            ),
            (Some(2.0), None)
        );
        assert_eq!(pricing.capacity_unit.as_deref(), Some("OCU"));
        assert!(service.free_tier.is_some() && service.remark.is_none());
    }

    #[test]
    fn facts_are_five_with_reasons_and_a_date() {
        check(
            "[facts.pay_per_use]\nanswer = \"yes\"\nwhy = \"D\"\n",
            "",
            &[("key-missing", "facts")],
        );
        check(
            "why = \"C\"",
            "",
            &[("key-missing", "[facts.scale_to_zero]")],
        );
        check(
            "answer = \"no\"",
            "answer = \"size\"",
            &[("fact-size", "\"size\"")],
        );
        check(
            "as_of = \"2026-09\"\nconf",
            "conf",
            &[("key-missing", "+++")],
        );
        check("sources = [\"a-page\"]\n", "", &[("key-missing", "+++")]);
        check("[\"a-page\"]", "[]", &[("value-empty", "[]")]);
        check(
            "[facts.pay_per_use]",
            "[facts.pay_per_us]",
            &[("key-missing", "facts"), ("key-unknown", "pay_per_us")],
        );
        assert!(
            check(
                "\"compute\"",
                "\"compote\"",
                &[("tag-unknown", "\"compote\"")]
            )
            .is_some()
        );
    }

    #[test]
    fn history_has_an_order_and_prices_have_sources() {
        check(
            "\"2020\"",
            "\"2025-09\"",
            &[("history-order", "\"2025-08-01\"")],
        );
        check(
            "\"2020\"",
            "\"2025-08-01\"",
            &[("history-order", "\"2025-08-01\"")],
        );
        check("until = \"2020\"\n", "", &[("key-missing", "[[history]]")]);
        check(
            "pay_per_use = { answer = \"no\", why = \"F\" }",
            "pay_per_use = \"no\"",
            &[("value-type", "\"no\"")],
        );
        check(
            "sources = [\"https://a.org\"]\n",
            "",
            &[("key-missing", "[pricing]")],
        );
        check(
            "as_of = \"2026-09\"\nsources = [\"h",
            "sources = [\"h",
            &[("key-missing", "[pricing]")],
        );
        check(
            "per_million_requests = 0.2\nminimum_units = 2\n",
            "",
            &[("pricing-empty", "[pricing]")],
        );
        check("\"USD\"", "\"EUR\"", &[("value-unknown", "\"EUR\"")]);
        check("= 0.2", "= -0.2", &[("value-range", "-0.2")]);
        assert!(
            check(
                "minimum_units",
                "minimum_unit",
                &[("key-unknown", "minimum_unit")]
            )
            .is_some()
        );
    }
}
