//! A comparison of services or lenses as a text to copy, with what can be opened.
//! Promise: it says through which lens and on which day it was read, and ends with the addresses of what it compares.

use crate::base::day::Day;
use crate::base::safe::SafeText;
use crate::base::text::count;
use crate::base::web::WebAddress;
use crate::content::kind::lens::Lens;
use crate::content::kind::service::Service;
use crate::content::kind::source::Source;
use crate::content::library::Library;
use crate::domain::judge::across::{Group, across, is_score};
use crate::domain::judge::mine;
use crate::domain::judge::proof::judge;
use crate::domain::judge::state::at;
use crate::domain::judge::verdict::Outcome;
use crate::sheets::cite::Citation;
use crate::sheets::shared::openable;
use crate::sheets::verdict::{absent_sentence, full, idle};
use crate::sheets::versus::{Reading, short};

/// Services, one a line: verdict, what it misses, idle bill.
pub fn services(library: &Library, compared: &[&Service], reading: Reading<'_>) -> Citation {
    let mut lines = vec![format!("Read through {} ({}){}:", reading.lens.name, reading.lens.id, when(reading.day))];
    lines.extend(compared.iter().map(|s| format!("- {}: {}", s.name, service(s, reading))));
    lines.push(signed(compared.iter().map(|s| format!("services/{}", s.id))));
    let cited = compared.iter().flat_map(|s| s.sources.iter().map(|x| (s.name.clone(), x)));
    let sources: Vec<(SafeText, WebAddress)> =
        cited.filter_map(|(name, x)| openable(library, x).map(|(_, address)| (name, address))).collect();
    Citation { text: SafeText::from(lines.join("\n")), what: SafeText::ours("the services side by side"), sources }
}

fn service(service: &Service, reading: Reading<'_>) -> SafeText {
    let state = match at(service, reading.day) {
        Ok(state) => state,
        Err(absent) => return reading.day.map(|day| absent_sentence(absent, day)).unwrap_or_default(),
    };
    let judgment = judge(&state, reading.lens);
    let verdict = match judgment.outcome {
        Outcome::Verdict(verdict) => SafeText::ours(verdict.title()),
        Outcome::Score(_) => full(judgment.outcome),
    };
    let missed: Vec<&str> = judgment.unmet().map(|c| c.held.fact.title()).collect();
    let missed = if missed.is_empty() { String::new() } else { format!(", misses {}", missed.join(", ")) };
    let bill = idle(state.idle_usd_per_month);
    crate::safe!("{verdict}{missed}; idle bill a month {bill}; facts as of {}", service.as_of)
}

/// Lenses, and every service they disagree on with what decides.
pub fn lenses(library: &Library, compared: &[&Lens], day: Option<Day>) -> Citation {
    let ruled: Vec<&Lens> = compared.iter().copied().filter(|l| !is_score(l)).collect();
    let mut lines: Vec<String> = compared.iter().map(|l| format!("{}: {}", l.name, l.question)).collect();
    if ruled.len() > 1 {
        let found = across(mine::services(library), &ruled, day);
        let all = count(found.judged, "service", "services");
        lines.push(format!("They disagree on {} of {all}{}:", found.differ(), when(day)));
        lines.extend(found.groups.iter().map(|g| group(&ruled, g)));
    }
    lines.push(signed(compared.iter().map(|l| format!("lenses/{}", l.id))));
    let sources = compared.iter().filter_map(|l| openable(library, &Source::Reference(l.source.clone()))).collect();
    Citation { text: SafeText::from(lines.join("\n")), what: SafeText::ours("where the lenses disagree"), sources }
}

fn group(ruled: &[&Lens], group: &Group<'_>) -> String {
    let said: Vec<String> = ruled.iter().zip(&group.verdicts).map(|(l, v)| format!("{} by {}", v.title(), short(l))).collect();
    let split = |s: &crate::domain::judge::across::Split<'_>| {
        let facts: Vec<&str> = s.deciding.iter().map(|f| f.title()).collect();
        format!("{} ({})", s.service.name, facts.join(", "))
    };
    let all: Vec<String> = group.splits.iter().map(split).collect();
    format!("- {}: {}", said.join(", "), all.join("; "))
}

fn when(day: Option<Day>) -> String {
    day.map(|d| format!(" as of {d}")).unwrap_or_default()
}

fn signed(addresses: impl Iterator<Item = String>) -> String {
    format!("— tozero, {}", addresses.collect::<Vec<_>>().join(", "))
}
