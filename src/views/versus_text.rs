//! A comparison of services or lenses as a text to copy, with what can be opened.
//! Promise: it says through which lens and on which day it was read, and ends with the addresses of what it compares.

use crate::core::judge::lens_diff::{across, is_score};
use crate::core::judge::proof::judge;
use crate::core::judge::state::at;
use crate::core::judge::{LensOutcome, SplitGroup, self_assessment};
use crate::pack::{Lens, Library, Service, Source};
use crate::text::measure::count;
use crate::text::{Day, SafeText, Url};
use crate::views::cite::Citation;
use crate::views::entry_footer::openable;
use crate::views::verdict::{absent_sentence, full, idle};
use crate::views::versus::{CompareContext, short};

/// Services, one a line: verdict, what it misses, idle bill.
pub fn services(library: &Library, compared: &[&Service], reading: CompareContext<'_>) -> Citation {
    let mut lines = vec![format!(
        "Read through {} ({}){}:",
        reading.lens.name,
        reading.lens.id,
        when(reading.day)
    )];
    lines.extend(
        compared
            .iter()
            .map(|s| format!("- {}: {}", s.name, service(s, reading))),
    );
    lines.push(signed(
        compared.iter().map(|s| format!("services/{}", s.id)),
    ));
    let cited = compared
        .iter()
        .flat_map(|s| s.sources.iter().map(|x| (s.name.clone(), x)));
    let sources: Vec<(SafeText, Url)> = cited
        .filter_map(|(name, x)| openable(library, x).map(|(_, address)| (name, address)))
        .collect();
    Citation {
        text: SafeText::from(lines.join("\n")),
        what: SafeText::ours("the services side by side"),
        sources,
    }
}

fn service(service: &Service, reading: CompareContext<'_>) -> SafeText {
    let state = match at(service, reading.day) {
        Ok(state) => state,
        Err(absent) => {
            return reading
                .day
                .map(|day| absent_sentence(absent, day))
                .unwrap_or_default();
        }
    };
    let judgment = judge(&state, reading.lens);
    let verdict = match judgment.outcome {
        LensOutcome::Verdict(verdict) => SafeText::ours(verdict.title()),
        LensOutcome::Score(_) => full(judgment.outcome),
    };
    let missed: Vec<&str> = judgment.unmet().map(|c| c.held.fact.title()).collect();
    let missed = if missed.is_empty() {
        String::new()
    } else {
        format!(", misses {}", missed.join(", "))
    };
    let bill = idle(state.idle_usd_per_month);
    crate::safe!(
        "{verdict}{missed}; idle bill a month {bill}; facts as of {}",
        service.as_of
    )
}

/// Lenses, and every service they disagree on with what decides.
pub fn lenses(library: &Library, compared: &[&Lens], day: Option<Day>) -> Citation {
    let ruled: Vec<&Lens> = compared.iter().copied().filter(|l| !is_score(l)).collect();
    let mut lines: Vec<String> = compared
        .iter()
        .map(|l| format!("{}: {}", l.name, l.question))
        .collect();
    if ruled.len() > 1 {
        let found = across(self_assessment::services(library), &ruled, day);
        let all = count(found.judged, "service", "services");
        lines.push(format!(
            "They disagree on {} of {all}{}:",
            found.differ(),
            when(day)
        ));
        lines.extend(found.groups.iter().map(|g| group(&ruled, g)));
    }
    lines.push(signed(compared.iter().map(|l| format!("lenses/{}", l.id))));
    let sources = compared
        .iter()
        .filter_map(|l| openable(library, &Source::Reference(l.source.clone())))
        .collect();
    Citation {
        text: SafeText::from(lines.join("\n")),
        what: SafeText::ours("where the lenses disagree"),
        sources,
    }
}

fn group(ruled: &[&Lens], group: &SplitGroup<'_>) -> String {
    let said: Vec<String> = ruled
        .iter()
        .zip(&group.verdicts)
        .map(|(l, v)| format!("{} by {}", v.title(), short(l)))
        .collect();
    let split = |s: &crate::core::judge::lens_diff::LensSplit<'_>| {
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
