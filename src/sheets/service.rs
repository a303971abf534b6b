//! A service as a page: the five facts with their reasons, the idle bill, history and sources. No verdict is stored here.
//! Promise: every fact shows its date, and its age once it is older than 18 months.

use crate::base::day::Day;
use crate::base::safe::SafeText;
use crate::content::address::{Address, Kind};
use crate::content::kind::service::{Answer, Fact, Service};
use crate::content::library::Library;
use crate::page::row::{Role, Run};
use crate::page::setter::Setter;
use crate::sheets::shared::{linked, mentioned, sources};

/// From this age on, in months, a fact says how old it is.
pub const STALE: i32 = 18;

/// Sets a service.
pub fn set(setter: &mut Setter, library: &Library, service: &Service, today: Day) {
    setter.title(service.name.clone());
    let retired = service.retired.map(|d| format!(" · retired {d}")).unwrap_or_default();
    setter.paragraph(vec![Run::new(crate::safe!("{}{retired}", service.provider), Role::Dim)]);
    setter.doc(&service.what);
    if let Some(remark) = &service.remark {
        setter.doc(remark);
    }
    facts(setter, service);
    bill(setter, service);
    history(setter, service);
    setter.rule();
    linked(setter, library, "Terms", Kind::Terms, &service.terms);
    if let Some(address) = Address::new(Kind::Services, &service.id) {
        mentioned(setter, library, &address);
    }
    sources(setter, library, &service.sources, Some(service.as_of));
    let age = service.as_of.months_until(today);
    if age > STALE {
        setter.label("Age", vec![Run::new(crate::safe!("{age} months old: check before you rely on it"), Role::Warn)]);
    }
}

fn facts(setter: &mut Setter, service: &Service) {
    setter.section(SafeText::ours("Facts"), Role::Heading);
    for (fact, found) in Fact::ALL.iter().zip(&service.facts) {
        let role = match found.answer {
            Answer::Yes => Role::Good,
            Answer::Size | Answer::Partial => Role::Warn,
            Answer::No => Role::Bad,
        };
        let answer = crate::safe!("{}: {}. ", fact.title(), found.answer.word());
        setter.bullet(vec![Run::new(answer, role), Run::new(found.why.clone(), Role::Text)]);
    }
    setter.blank();
}

fn bill(setter: &mut Setter, service: &Service) {
    setter.section(SafeText::ours("Idle bill"), Role::Heading);
    let amount = match service.idle_usd_per_month {
        Some(usd) => crate::safe!("${usd:.2} a month without traffic, storage left out."),
        None => SafeText::ours("Not known."),
    };
    setter.paragraph(vec![Run::new(amount, Role::Strong)]);
    let parts = [("", &service.idle_working), ("Cold start", &service.cold_start), ("Free tier", &service.free_tier)];
    for (name, part) in parts {
        if let Some(doc) = part {
            if !name.is_empty() {
                setter.section(SafeText::ours(name), Role::Heading);
            }
            setter.doc(doc);
        }
    }
}

fn history(setter: &mut Setter, service: &Service) {
    if service.history.is_empty() {
        return;
    }
    setter.section(SafeText::ours("History"), Role::Heading);
    for past in &service.history {
        let until = past.until.map_or(SafeText::default(), |d| crate::safe!("until {d}  "));
        let note = past.note.clone().unwrap_or_default();
        setter.bullet(vec![Run::new(until, Role::Strong), Run::new(note, Role::Text)]);
    }
    setter.blank();
}
