//! A service's price model: numbers with names, the sizes it is sold in, and how a floor combines with the rest.
//! How the keys combine is in the author's guide.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};

use crate::pack::address::Source;
use crate::pack::currency::{Currency, refuse_other};
use crate::pack::fields::Fields;
use crate::safe;
use crate::text::words::value_of;
use crate::text::{Day, SafeText, Words};

/// A price model. Amounts are in the pack's currency; a month is 730 hours.
#[derive(Clone, Debug, PartialEq, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Pricing {
    /// The pack's, by its code.
    pub currency: SafeText,
    /// The region the prices are of.
    pub region: SafeText,
    /// The date they hold for.
    pub as_of: Option<Day>,
    /// The day from which on they have held, where that is known.
    pub since: Option<Day>,
    /// What was assumed, for the reader.
    pub assumptions: SafeText,
    /// What a unit of capacity is called.
    pub capacity_unit: Option<SafeText>,
    /// How `minimum_hourly` combines with the rest of the bill.
    pub floor: Option<FloorRule>,
    /// The plan that `plan_usd_per_month` pays for, which several products may share.
    pub plan: Option<SafeText>,
    /// What the free amounts are called where several products share them.
    pub allowance: Option<SafeText>,
    /// The numbers given, in the order of [`Price::WORDS`]; of a price in steps, that of the first.
    #[serde(serialize_with = "prices")]
    pub prices: Vec<(Price, f64)>,
    /// The further steps of prices that change with the amount, those of one price together and rising.
    pub steps: Vec<PriceStep>,
    /// The sizes that can be chosen; none where any amount can.
    pub sizes: Vec<InstanceSize>,
    /// The plans that can be chosen; none where there is one at most.
    pub plans: Vec<PricePlan>,
    /// Whether units of capacity come and go with the load, and are billed for as long as they are there.
    pub follows_load: bool,
    /// Whether requests, memory and processor count together for the steps of the processor's price.
    pub one_meter: bool,
    /// Where they come from.
    pub sources: Vec<Source>,
}

impl Pricing {
    /// One of the numbers, when it is given.
    pub fn get(&self, price: Price) -> Option<f64> {
        value_of(&self.prices, &price).copied()
    }

    /// The steps of a price behind its first, rising; none where it is the same for any amount.
    pub fn steps(&self, price: Price) -> &[PriceStep] {
        let is_it = |step: &PriceStep| step.price == price;
        self.steps
            .chunk_by(|a, b| a.price == b.price)
            .find(|steps| steps.first().is_some_and(is_it))
            .unwrap_or_default()
    }
}

/// From what amount a month on a price is another one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct PriceStep {
    /// Which price.
    pub price: Price,
    /// What is used of it a month before this step holds, free amounts included: requests, GB-seconds or vCPU-seconds.
    pub from: f64,
    /// What is used beyond costs so much, by the unit of the price.
    pub usd: f64,
}

/// One size of an instance.
#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct InstanceSize {
    /// Its name, where it has one.
    pub name: Option<SafeText>,
    /// Its vCPUs; `None` where the processor follows the memory.
    pub vcpus: Option<f64>,
    /// Its memory.
    pub memory_gb: f64,
    /// Price of an hour; `None` where its parts have prices of their own.
    pub hourly: Option<f64>,
    /// Price for an hour in which it waits for requests, where that is less.
    pub idle_hourly: Option<f64>,
}

/// One of the plans that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct PricePlan {
    pub name: SafeText,
    /// Price of a month of it.
    pub per_month: f64,
    /// Requests a month that it includes.
    pub free: f64,
    /// Price of a million requests beyond them.
    pub per_million: f64,
    /// Requests a month that it allows; `None` where it has no end.
    pub most: Option<f64>,
}

/// How `minimum_hourly` combines with the rest of the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum FloorRule {
    /// It is added.
    Add,
    /// The bill is at least that.
    Larger,
    /// It is added for the time in which what is kept waits; its busy time is billed as use.
    Idle,
}

impl Words for FloorRule {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("add", Self::Add),
        ("larger", Self::Larger),
        ("idle", Self::Idle),
    ];
}

/// The numbers of a price model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// Price per million requests.
    PerMillionRequests,
    /// Price per GB-second.
    PerGbSecond,
    /// Price per vCPU-second.
    PerVcpuSecond,
    /// Price per GB-hour: what a size costs by its memory.
    PerGbHour,
    /// Price per vCPU-hour: what a size costs by its processor.
    PerVcpuHour,
    /// Price of an hour due without traffic.
    MinimumHourly,
    /// Price a month for the plan that the service needs.
    PlanUsdPerMonth,
    /// Requests a month up to which a free plan suffices and nothing is due.
    PlanBeyondRequests,
    /// Price per unit and hour.
    CapacityUnitHourly,
    /// Price per unit and hour while it waits for requests, where that is less.
    IdleUnitHourly,
    /// Memory of a unit.
    UnitMemoryGb,
    /// vCPUs of a unit.
    UnitVcpus,
    /// Units held at least.
    MinimumUnits,
    /// Units held at least while awake.
    MinimumUnitsAwake,
    /// Most units that can be had.
    MostUnits,
    /// Minutes without a request after which it pauses.
    IdleMinutesBeforePause,
    /// Least time that is billed each time it wakes, in seconds.
    MinimumAwakeSeconds,
    /// Requests a second that a unit serves; our assumption.
    RequestsPerUnitPerSecond,
    /// Most requests that an instance serves at once.
    MostAtOnce,
    /// Most memory of a request, in GB.
    MostMemoryGb,
    /// Longest request, in seconds.
    MostSeconds,
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
    /// Least vCPUs of an instance.
    MinimumVcpus,
    /// Least vCPUs of an instance that serves several requests at once.
    MinimumVcpusShared,
    /// MB of memory that come with a vCPU, where the processor follows the memory.
    MbPerVcpu,
    /// Processor milliseconds taken per request; our assumption.
    AssumedCpuMs,
    /// GB counted per request whatever its memory, where the service bills a size of its own.
    AssumedMemoryGb,
    /// Least billed time of a stretch of activity, milliseconds; calls that overlap share it.
    MinimumActiveMs,
    /// Price per GB stored for a month; shown apart from every bill.
    PerGbMonthStored,
    /// GB stored that cost nothing.
    FreeGbStored,
}

impl Words for Price {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("per_million_requests", Self::PerMillionRequests),
        ("per_gb_second", Self::PerGbSecond),
        ("per_vcpu_second", Self::PerVcpuSecond),
        ("per_gb_hour", Self::PerGbHour),
        ("per_vcpu_hour", Self::PerVcpuHour),
        ("minimum_hourly", Self::MinimumHourly),
        ("plan_usd_per_month", Self::PlanUsdPerMonth),
        ("plan_beyond_requests", Self::PlanBeyondRequests),
        ("capacity_unit_hourly", Self::CapacityUnitHourly),
        ("idle_unit_hourly", Self::IdleUnitHourly),
        ("unit_memory_gb", Self::UnitMemoryGb),
        ("unit_vcpus", Self::UnitVcpus),
        ("minimum_units", Self::MinimumUnits),
        ("minimum_units_awake", Self::MinimumUnitsAwake),
        ("most_units", Self::MostUnits),
        ("idle_minutes_before_pause", Self::IdleMinutesBeforePause),
        ("minimum_awake_seconds", Self::MinimumAwakeSeconds),
        (
            "requests_per_unit_per_second",
            Self::RequestsPerUnitPerSecond,
        ),
        ("most_at_once", Self::MostAtOnce),
        ("most_memory_gb", Self::MostMemoryGb),
        ("most_seconds", Self::MostSeconds),
        ("free_requests_per_month", Self::FreeRequestsPerMonth),
        ("free_gb_seconds_per_month", Self::FreeGbSecondsPerMonth),
        ("free_vcpu_seconds_per_month", Self::FreeVcpuSecondsPerMonth),
        ("billing_granularity_ms", Self::BillingGranularityMs),
        ("minimum_billed_ms", Self::MinimumBilledMs),
        ("minimum_vcpus", Self::MinimumVcpus),
        ("minimum_vcpus_shared", Self::MinimumVcpusShared),
        ("mb_per_vcpu", Self::MbPerVcpu),
        ("assumed_cpu_ms", Self::AssumedCpuMs),
        ("assumed_memory_gb", Self::AssumedMemoryGb),
        ("minimum_active_ms", Self::MinimumActiveMs),
        ("per_gb_month_stored", Self::PerGbMonthStored),
        ("free_gb_stored", Self::FreeGbStored),
    ];
}

/// A number with its key, as JSON shows it.
#[derive(Serialize)]
struct NamedPrice {
    price: Price,
    value: f64,
}

pub(super) fn prices<S: Serializer>(
    prices: &[(Price, f64)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let named = |&(price, value): &(Price, f64)| NamedPrice { price, value };
    serializer.collect_seq(prices.iter().map(named))
}

/// Reads the table `pricing`, in the pack's currency.
pub(super) fn read(f: &mut Fields<'_, '_>, currency: &Currency) -> Pricing {
    f.require("as_of");
    let (prices, steps) = stepped(f, currency);
    refuse_other(f, "currency", currency);
    let pricing = Pricing {
        currency: currency.code.clone(),
        region: f.need("region", Fields::text),
        as_of: f.date("as_of"),
        since: f.date("since"),
        sources: f.need_some("sources", Fields::sources),
        assumptions: f.need("assumptions", Fields::text),
        floor: f.word("floor"),
        plan: f.text("plan"),
        allowance: f.text("allowance"),
        prices,
        steps,
        sizes: f.each("sizes", sizes).unwrap_or_default().concat(),
        plans: f.each("plans", plan).unwrap_or_default(),
        follows_load: f.flag("follows_load").unwrap_or(false),
        one_meter: f.flag("one_meter").unwrap_or(false),
        capacity_unit: f.text("capacity_unit"),
    };
    if pricing.prices.is_empty() && pricing.plans.is_empty() {
        let help = "give at least one price, or leave `[pricing]` out";
        f.notes.refuse(
            "pricing-empty",
            &f.here(),
            "the price model has no number",
            help,
        );
    }
    let is_of_time = |step: &PriceStep| step.price != Price::PerMillionRequests;
    if pricing.floor == Some(FloorRule::Idle) && pricing.steps.iter().any(is_of_time) {
        let message = "`floor = \"idle\"` does not go with a price of time in steps";
        let help = "give the price of the first step, or write `floor = \"add\"`";
        f.notes
            .refuse("steps-form", &f.place("floor"), message, help);
    }
    unused(f, &pricing);
    pricing
}

/// Refuses keys that have nothing to act on.
fn unused(f: &mut Fields<'_, '_>, pricing: &Pricing) {
    let has = |price| pricing.get(price).is_some();
    let held = has(Price::CapacityUnitHourly) || !pricing.sizes.is_empty();
    let steps_alone = |price| pricing.steps(price).is_empty();
    let one = !steps_alone(Price::PerVcpuSecond)
        && steps_alone(Price::PerGbSecond)
        && steps_alone(Price::PerMillionRequests);
    let keys = [
        (
            "follows_load",
            pricing.follows_load && !held,
            "there is no unit of capacity that could follow it",
            "give `capacity_unit_hourly` or `sizes`",
        ),
        (
            "most_units",
            has(Price::MostUnits) && !held,
            "there is no unit of capacity",
            "give `capacity_unit_hourly` or `sizes`",
        ),
        (
            "one_meter",
            pricing.one_meter && !one,
            "the steps of one price alone hold for all, those of `per_vcpu_second`",
            "give `per_vcpu_second` in steps, and the other prices as one number",
        ),
        (
            "plans",
            !pricing.plans.is_empty()
                && (has(Price::PerMillionRequests)
                    || has(Price::PlanUsdPerMonth)
                    || has(Price::PlanBeyondRequests)
                    || pricing.plan.is_some()),
            "each plan has its own name, price of a month and price of requests",
            "leave `per_million_requests` and what `plan` says out",
        ),
    ];
    for (key, is_wrong, why, help) in keys {
        if is_wrong {
            let message = safe!("`{key}` does not go with the rest: {why}");
            f.notes.refuse("pricing-form", &f.place(key), message, help);
        }
    }
}

/// The prices that may change with the amount.
const STEPPED: [Price; 3] = [
    Price::PerMillionRequests,
    Price::PerGbSecond,
    Price::PerVcpuSecond,
];

/// The numbers of a table that are prices.
pub(super) fn numbers(f: &mut Fields<'_, '_>, currency: &Currency) -> Vec<(Price, f64)> {
    let price = |(word, price): &(&str, Price)| Some((*price, number(f, &currency.key(word))?));
    Price::WORDS.iter().filter_map(price).collect()
}

fn number(f: &mut Fields<'_, '_>, word: &str) -> Option<f64> {
    f.number(word, 0.0..=1e15)
}

/// The same where a price may be a list of steps: the first price of each, and the further steps.
fn stepped(f: &mut Fields<'_, '_>, currency: &Currency) -> (Vec<(Price, f64)>, Vec<PriceStep>) {
    let (mut prices, mut further) = (Vec::new(), Vec::new());
    for (word, price) in Price::WORDS {
        if STEPPED.contains(price) && f.is_list(word) {
            let steps = steps(f, word, *price, &currency.key("usd"));
            prices.extend(steps.first().map(|first| (*price, first.usd)));
            further.extend(steps.iter().skip(1));
        } else {
            let value = number(f, &currency.key(word));
            prices.extend(value.map(|value| (*price, value)));
        }
    }
    (prices, further)
}

/// The steps of a price, from nothing on; none where something is wrong with them.
fn steps(f: &mut Fields<'_, '_>, word: &str, price: Price, amount: &str) -> Vec<PriceStep> {
    let step = |f: &mut Fields<'_, '_>| {
        f.require("from");
        f.require(amount);
        let (from, usd) = (number(f, "from")?, number(f, amount)?);
        Some(PriceStep { price, from, usd })
    };
    let read = f.each(word, step).unwrap_or_default();
    let all: Vec<PriceStep> = read.iter().copied().flatten().collect();
    if all.len() < read.len() {
        return Vec::new();
    }
    let rises = all.iter().is_sorted_by(|a, b| a.from < b.from);
    let (message, help) = match all.first() {
        None => (
            "has no step",
            safe!(
                "write `[{{ from = 0, {amount} = … }}, {{ from = …, {amount} = … }}]`, or one number"
            ),
        ),
        Some(first) if first.from > 0.0 || !rises => (
            "does not rise from 0",
            SafeText::ours("begin with `from = 0`, and let each step begin beyond the one before"),
        ),
        Some(first) if first.usd <= 0.0 => (
            "begins with nothing",
            SafeText::ours("tell what is free by the key that begins with `free_`"),
        ),
        Some(_) => return all,
    };
    let (at, message) = (f.place(word), safe!("`{word}` {message}"));
    f.notes.refuse("steps-form", &at, message, help);
    Vec::new()
}

/// One size for each amount of memory.
fn sizes(f: &mut Fields<'_, '_>) -> Vec<InstanceSize> {
    f.require("memory_gb");
    let (name, vcpus) = (f.text("name"), f.number("vcpus", 0.0..=1e4));
    let hourly = f.number("hourly", 0.0..=1e6);
    let idle_hourly = f.number("idle_hourly", 0.0..=1e6);
    let memory = f.numbers("memory_gb", 0.0..=1e5).unwrap_or_default();
    let size = |memory_gb| InstanceSize {
        name: name.clone(),
        vcpus,
        memory_gb,
        hourly,
        idle_hourly,
    };
    memory.into_iter().map(size).collect()
}

fn plan(f: &mut Fields<'_, '_>) -> PricePlan {
    f.require("per_month");
    PricePlan {
        name: f.need("name", Fields::text),
        per_month: number(f, "per_month").unwrap_or_default(),
        free: number(f, "free").unwrap_or_default(),
        per_million: number(f, "per_million").unwrap_or_default(),
        most: number(f, "most"),
    }
}
