//! What the services can be narrowed to, and the days they can be looked at from.
//! Promise: everything offered is there, with how many services it leaves; any date can be typed.

use crate::app::overlay::{Chooser, ChooserAction, ChooserRow};
use crate::core::judge::{ServiceFilter, ServiceTable, Verdict, VerdictTally};
use crate::pack::{Kind, Library};
use crate::text::{Day, SafeText, measure};
use crate::views::verdict as words;

/// Most turning points offered.
const MOST_TURNS: usize = 500;
/// The first year offered: the oldest service of note.
const FIRST_YEAR: u16 = 2006;

/// The providers, those with most services first.
pub(super) fn providers(_: &Library, table: &ServiceTable, filter: &ServiceFilter) -> Chooser {
    let names = table.lines.iter().map(|l| l.provider.as_str());
    let choices = counted(
        names,
        SafeText::line,
        ChooserAction::Provider,
        "every provider",
    );
    Chooser::new(
        "Narrow to a provider",
        choices,
        "no provider is called that",
    )
    .at(&ChooserAction::Provider(filter.provider.clone()))
}

/// The categories, those with most services first.
pub(super) fn categories(
    library: &Library,
    table: &ServiceTable,
    filter: &ServiceFilter,
) -> Chooser {
    let title = |id: &str| library.pack().category_title(id);
    let ids = table.lines.iter().map(|l| l.category.as_str());
    let choices = counted(ids, title, ChooserAction::Tag, "every category");
    Chooser::new(
        "Narrow to a category",
        choices,
        "no category is called that",
    )
    .at(&ChooserAction::Tag(filter.category.clone()))
}

fn counted<'a>(
    all: impl Iterator<Item = &'a str>,
    title: impl Fn(&str) -> SafeText,
    pick: impl Fn(Option<String>) -> ChooserAction,
    every: &'static str,
) -> Vec<ChooserRow> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let mut total = 0;
    for one in all {
        *counts.entry(one).or_default() += 1;
        total += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut choices = vec![choice(SafeText::ours(every), total, pick(None))];
    choices.extend(
        counts
            .into_iter()
            .map(|(one, n)| choice(title(one), n, pick(Some(one.to_owned())))),
    );
    choices
}

fn choice(label: SafeText, n: usize, pick: ChooserAction) -> ChooserRow {
    let about = SafeText::ours("Shows only these; Esc on the list shows all again.");
    ChooserRow {
        label,
        aside: crate::safe!("{}", measure::thousands(n as u64)),
        about,
        pick,
    }
}

/// The verdicts, best first.
pub(super) fn verdicts(tally: &VerdictTally, on: Option<Verdict>) -> Chooser {
    let mut choices = vec![choice(
        SafeText::ours("every verdict"),
        tally.total(),
        ChooserAction::Verdict(None),
    )];
    choices.extend(
        Verdict::ALL
            .into_iter()
            .zip(tally.verdicts)
            .map(|(verdict, n)| {
                let label = crate::safe!("{} {}", words::sign(verdict), verdict.title());
                choice(label, n, ChooserAction::Verdict(Some(verdict)))
            }),
    );
    Chooser::new("Narrow to a verdict", choices, "no verdict is called that")
        .at(&ChooserAction::Verdict(on))
}

/// Days to look from: the newest facts, the days on which a service changed, the first day of each year; or any, typed.
pub(super) fn dates(library: &Library, today: Day, on: Option<Day>) -> Chooser {
    let mut days: Vec<(Day, ChooserRow)> = turning_points(library);
    days.extend((FIRST_YEAR..=today.year).map(|year| {
        let day = Day::new(year, 1, 1);
        (
            day,
            dated(
                day,
                SafeText::ours("the first day of the year"),
                SafeText::ours("Facts as they were on that day."),
            ),
        )
    }));
    days.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let newest = ChooserRow {
        label: SafeText::ours("the newest facts"),
        aside: SafeText::ours("as usual"),
        about: SafeText::ours(
            "Facts as they were last checked. Or type a date: 2023, 2023-01, 2023-01-31.",
        ),
        pick: ChooserAction::AsOf(None),
    };
    let choices = std::iter::once(newest)
        .chain(days.into_iter().map(|(_, choice)| choice))
        .collect();
    Chooser::new(
        "Judge as of which day?",
        choices,
        "a date is 2023, 2023-01 or 2023-01-31",
    )
    .typed(typed_day)
    .at(&ChooserAction::AsOf(on))
}

fn typed_day(words: &str) -> Option<ChooserRow> {
    let day = Day::parse(words.trim())?;
    Some(dated(
        day,
        SafeText::ours("as typed"),
        SafeText::ours("Facts as they were then; a month or a year means its first day."),
    ))
}

fn dated(day: Day, aside: SafeText, about: SafeText) -> ChooserRow {
    ChooserRow {
        label: crate::safe!("{day}"),
        aside,
        about,
        pick: ChooserAction::AsOf(Some(day)),
    }
}

/// The days on which a service's facts changed, with what happened.
fn turning_points(library: &Library) -> Vec<(Day, ChooserRow)> {
    let services = (0..library.count(Kind::Services))
        .filter_map(|n| library.service(library.head(Kind::Services, n).id));
    let turns = services.flat_map(|service| {
        service.history.iter().filter_map(|past| {
            let day = past.until?;
            let note = past.note.clone().unwrap_or_default();
            Some((
                day,
                dated(day, measure::cut(&service.name, 44), SafeText::line(&note)),
            ))
        })
    });
    turns.take(MOST_TURNS).collect()
}
