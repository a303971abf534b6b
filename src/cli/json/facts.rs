//! Services as JSON: facts, history, prices. No verdict is part of a service.
//! Promise: amounts are US dollars and numbers, dates are strings as exact as they are known.

use serde::Serialize;

use crate::cli::json::entry::Common;
use crate::cli::json::{Source, Text, word};
use crate::pack::{Confidence, Fact, FactAnswer, Library, PastState, Price, Pricing, Service};
use crate::text::Words;

/// A reason for a fact.
#[derive(Serialize)]
pub struct Why<'a> {
    /// The fact.
    pub fact: &'static str,
    /// The reason.
    pub why: &'a str,
}

/// A service.
#[derive(Serialize)]
pub struct ServiceBody<'a> {
    #[serde(flatten)]
    common: Common,
    name: &'a str,
    provider: &'a str,
    category: &'a str,
    marketed_as_serverless: bool,
    available_from: Option<String>,
    retired: Option<String>,
    idle_usd_per_month: Option<f64>,
    as_of: String,
    confidence: &'static str,
    facts: Vec<Answered<'a>>,
    history: Vec<Past<'a>>,
    pricing: Option<Prices<'a>>,
    what: Text,
    remark: Option<Text>,
    idle_bill: Option<Text>,
    cold_start: Option<Text>,
    free_tier: Option<Text>,
    terms: &'a [String],
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Answered<'a> {
    fact: &'static str,
    answer: &'static str,
    why: &'a str,
}

#[derive(Serialize)]
struct Past<'a> {
    until: Option<String>,
    note: Option<&'a str>,
    facts: Vec<Answered<'a>>,
    idle_usd_per_month: Option<f64>,
    idle_working: Option<&'a str>,
    idle_unknown: bool,
    marketed_as_serverless: Option<bool>,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Prices<'a> {
    currency: &'a str,
    region: &'a str,
    as_of: Option<String>,
    assumptions: &'a str,
    capacity_unit: Option<&'a str>,
    prices: Vec<Amount>,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Amount {
    price: &'static str,
    value: f64,
}

impl<'a> ServiceBody<'a> {
    /// A service with what every entry has.
    pub fn of(library: &Library, service: &'a Service, common: Common) -> Self {
        Self {
            common,
            name: &service.name,
            provider: &service.provider,
            category: &service.category,
            marketed_as_serverless: service.marketed_as_serverless,
            available_from: service.available_from.map(|d| d.to_string()),
            retired: service.retired.map(|d| d.to_string()),
            idle_usd_per_month: service.idle_usd_per_month,
            as_of: service.as_of.to_string(),
            confidence: word(&Confidence::WORDS, &service.confidence),
            facts: Fact::ALL
                .into_iter()
                .zip(&service.facts)
                .map(answered)
                .collect(),
            history: service.history.iter().map(|h| past(library, h)).collect(),
            pricing: service.pricing.as_ref().map(|p| prices(library, p)),
            what: Text::of(&service.what),
            remark: Text::maybe(service.remark.as_ref()),
            idle_bill: Text::maybe(service.idle_working.as_ref()),
            cold_start: Text::maybe(service.cold_start.as_ref()),
            free_tier: Text::maybe(service.free_tier.as_ref()),
            terms: &service.terms,
            sources: Source::all(library, &service.sources),
        }
    }
}

fn answered((fact, found): (Fact, &FactAnswer)) -> Answered<'_> {
    Answered {
        fact: fact.word(),
        answer: found.answer.word(),
        why: &found.why,
    }
}

fn past<'a>(library: &Library, history: &'a PastState) -> Past<'a> {
    Past {
        until: history.until.map(|d| d.to_string()),
        note: history.note.as_deref(),
        facts: history
            .facts
            .iter()
            .map(|(f, a)| answered((*f, a)))
            .collect(),
        idle_usd_per_month: history.idle_usd_per_month,
        idle_working: history.idle_working.as_deref(),
        idle_unknown: history.idle_unknown,
        marketed_as_serverless: history.marketed_as_serverless,
        sources: Source::all(library, &history.sources),
    }
}

fn prices<'a>(library: &Library, pricing: &'a Pricing) -> Prices<'a> {
    Prices {
        currency: &pricing.currency,
        region: &pricing.region,
        as_of: pricing.as_of.map(|d| d.to_string()),
        assumptions: &pricing.assumptions,
        capacity_unit: pricing.capacity_unit.as_deref(),
        prices: pricing
            .prices
            .iter()
            .map(|(p, v)| Amount {
                price: word(&Price::WORDS, p),
                value: *v,
            })
            .collect(),
        sources: Source::all(library, &pricing.sources),
    }
}
