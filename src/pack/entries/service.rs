//! A service: dated facts about it, each with a reason, its history and its prices. No verdict.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::pack::address::{Kind, Source};
use crate::pack::body::{Body, read_entry};
use crate::pack::claim::Claim;
use crate::pack::doc::Doc;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::pricing::{self, Price, Pricing};
use crate::pack::facts::{Facts, refuse_facts};
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::subject::OwnSection;
use crate::pack::things::{ThingSection, ThingSections};
use crate::safe;
use crate::text::{Day, SafeText, Words};

#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Service {
    pub id: String,
    /// Its name, with the mode that is meant.
    pub name: SafeText,
    /// Everyday names.
    pub aliases: Vec<SafeText>,
    /// Words by which people look for it, though nobody calls it so: searched, and no names of it.
    pub found_by: Vec<SafeText>,
    /// Who stands behind it; empty where the pack knows no makers.
    pub provider: SafeText,
    /// A category id of the pack; empty where it has none.
    pub category: String,
    /// Whether its maker claims the word for it.
    #[serde(flatten)]
    pub claim: Claim,
    /// First public availability.
    pub available_from: Option<Day>,
    /// The day it ended.
    pub retired: Option<Day>,
    /// What a month of 730 hours without traffic costs, storage left out, in the pack's currency.
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
    /// The parts that the pack declares.
    #[serde(flatten)]
    pub declared: ThingSections,
    /// What its author put under headings of its own.
    pub sections: Vec<OwnSection>,
    /// Term ids.
    pub terms: Vec<String>,
    pub sources: Vec<Source>,
}

/// How a service was until a day. An entry holds only what differed from the next later state: read from the newest
/// backwards, laying each on top of the last.
#[derive(Clone, Debug, PartialEq, Default, Serialize, BorshSerialize, BorshDeserialize)]
pub struct PastState {
    /// The day these facts stopped holding, exclusive.
    pub until: Option<Day>,
    pub note: Option<SafeText>,
    /// Facts that differed.
    pub facts: Facts,
    /// Idle bill of that time.
    pub idle_usd_per_month: Option<f64>,
    pub idle_working: Option<SafeText>,
    /// The idle bill of that time is not known, and today's must not be carried back.
    pub idle_unknown: bool,
    /// Whether the word was claimed then.
    #[serde(flatten)]
    pub claim: Claim,
    /// Prices that differed; zero where there was none.
    #[serde(serialize_with = "pricing::prices")]
    pub prices: Vec<(Price, f64)>,
    /// Where that is said.
    pub sources: Vec<Source>,
}

/// How sure the editors are of a service's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
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

/// No bill of the kind described comes to more a month.
const MOST: f64 = 1e9;

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Service> {
    let currency = &pack.subject.cost.currency;
    read_entry(source, notes, |f, body| Service {
        id: id.to_owned(),
        name: f.need("name", Fields::name),
        aliases: f.aliases("aliases").unwrap_or_default(),
        found_by: f.texts("found_by").unwrap_or_default(),
        provider: made_by(f, pack),
        category: category(f, pack),
        claim: Claim::read(f, &pack.subject.things, true),
        available_from: f.date("available_from"),
        retired: f.date("retired"),
        idle_usd_per_month: f.number(&currency.key("idle_usd_per_month"), 0.0..=MOST),
        as_of: f.need("as_of", Fields::date),
        confidence: f.need_word("confidence"),
        terms: f.entries("terms", Kind::Terms),
        sources: f.need_some("sources", Fields::sources),
        facts: facts(f, pack),
        history: history(f, pack),
        pricing: f.table("pricing", |f| pricing::read(f, currency)),
        what: body.intro(f),
        remark: body.part(f, "Remark"),
        idle_working: body.part(f, "Idle bill"),
        declared: ThingSections::new(declared(f, body, pack)),
        sections: body.rest(f),
    })
}

/// Asked for where the pack says what its makers are called.
fn made_by(f: &mut Fields<'_, '_>, pack: &Pack) -> SafeText {
    if pack.subject.things.has_makers {
        f.require("provider");
    }
    f.text("provider").unwrap_or_default()
}

/// Asked for where the pack has categories.
fn category(f: &mut Fields<'_, '_>, pack: &Pack) -> String {
    if !pack.categories.is_empty() {
        f.require("category");
    }
    let category = f.listed_id("category", &pack.categories, "category");
    category.unwrap_or_default()
}

fn declared(
    f: &mut Fields<'_, '_>,
    body: &mut Body<'_>,
    pack: &Pack,
) -> Vec<(ThingSection, Option<Doc>)> {
    let sections = pack.subject.things.sections.iter();
    let read = |section: &ThingSection| (section.clone(), body.part(f, &section.heading));
    sections.map(read).collect()
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
    let currency = &pack.subject.cost.currency;
    PastState {
        until: f.date("until"),
        note: f.text("note"),
        sources: f.sources("sources").unwrap_or_default(),
        facts: Facts::read(f, &pack.subject, false),
        idle_usd_per_month: f.number(&currency.key("idle_usd_per_month"), 0.0..=MOST),
        idle_working: f.text("idle_working"),
        idle_unknown: f.flag("idle_unknown").unwrap_or(false),
        claim: Claim::read(f, &pack.subject.things, false),
        prices: f
            .table("prices", |f| pricing::numbers(f, currency))
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
