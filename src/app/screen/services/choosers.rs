//! What the services can be narrowed to, with how many each leaves, and the days they can be looked at from.

use crate::app::choice::{Choice, ScreenChoice};
use crate::app::overlay::{Chooser, ChooserRow, CountedRows};
use crate::core::judge::{ServiceFilter, ServiceTable, Verdict, VerdictTally};
use crate::pack::{Library, Subject};
use crate::text::{Day, SafeText, measure};

/// Most turning points offered.
const MOST_TURNS: usize = 500;

/// The providers, those with most services first.
pub(super) fn providers(
    library: &Library,
    table: &ServiceTable,
    filter: &ServiceFilter,
) -> Chooser {
    let names = table.lines.iter().map(|l| l.provider.as_str());
    let things = &library.pack().subject.things;
    let rows = counted(things.fill("every {maker}"), table);
    let rows = rows.of(names, SafeText::line, ScreenChoice::Provider);
    let (title, none) = ("Narrow to a {maker}", "no {maker} is called that");
    Chooser::new(things.fill(title), rows, things.fill(none))
        .at(ScreenChoice::Provider(filter.provider.clone()))
}

/// The categories, those with most services first.
pub(super) fn categories(
    library: &Library,
    table: &ServiceTable,
    filter: &ServiceFilter,
) -> Chooser {
    let title = |id: &str| library.pack().category_title(id);
    let ids = table.lines.iter().map(|l| l.category.as_str());
    let rows = counted(SafeText::ours("every category"), table).of(ids, title, ScreenChoice::Tag);
    Chooser::new("Narrow to a category", rows, "no category is called that")
        .at(ScreenChoice::Tag(filter.category.clone()))
}

/// What is said of a row that narrows the list.
const ABOUT: SafeText = SafeText::ours("Shows only these; Esc on the list shows all again.");
/// The same of the row that shows all.
const EVERY: SafeText = SafeText::ours("Takes the filter off.");

fn counted(every: SafeText, table: &ServiceTable) -> CountedRows {
    CountedRows {
        every,
        all: table.lines.len(),
        about_every: EVERY,
        about: ABOUT,
    }
}

/// The verdicts, best first.
pub(super) fn verdicts(subject: &Subject, tally: &VerdictTally, on: Option<Verdict>) -> Chooser {
    let row = |label, n: usize, verdict: Option<Verdict>| {
        let about = verdict.map_or(EVERY, |_| ABOUT);
        ChooserRow::new(label, about, ScreenChoice::Verdict(verdict))
            .aside(measure::thousands(n as u64))
    };
    let every = row(SafeText::ours("every verdict"), tally.total(), None);
    let each = Verdict::each(subject, tally.verdicts);
    let each = each.map(|(verdict, n)| {
        let words = verdict.words(subject);
        let label = crate::safe!("{} {}", words.sign, words.title);
        row(label, n, Some(verdict))
    });
    let choices = std::iter::once(every).chain(each);
    Chooser::new("Narrow to a verdict", choices, "no verdict is called that")
        .at(ScreenChoice::Verdict(on))
}

/// Days to look from: the newest facts, the days on which a service changed, the first day of each year; or any, typed.
pub(super) fn dates(library: &Library, today: Day, on: Option<Day>) -> Chooser {
    let mut days: Vec<(Day, ChooserRow)> = turning_points(library);
    let known = library.services().filter_map(|s| s.available_from);
    let first = known.map(|day| day.year).min().unwrap_or(today.year);
    days.extend((first..=today.year).map(|year| {
        let day = Day::new(year, 1, 1);
        let about = "Facts as they were on that day.";
        (day, dated(day, "the first day of the year", about))
    }));
    days.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let newest = ChooserRow::new(
        "the newest facts",
        "Facts as they were last checked. Or type a date: 2023, 2023-01, 2023-01-31.",
        Choice::AsOf(None),
    )
    .aside("as usual");
    let choices = std::iter::once(newest).chain(days.into_iter().map(|(_, choice)| choice));
    Chooser::new(
        "Judge as of which day?",
        choices,
        "a date is 2023, 2023-01 or 2023-01-31",
    )
    .typed(|words| typed_day(words).into_iter().collect())
    .at(Choice::AsOf(on))
}

fn typed_day(words: &str) -> Option<ChooserRow> {
    let day = Day::parse(words.trim())?;
    let about = "Facts as they were then; a month or a year means its first day.";
    Some(dated(day, "as typed", about))
}

fn dated(day: Day, aside: impl Into<SafeText>, about: impl Into<SafeText>) -> ChooserRow {
    ChooserRow::new(crate::safe!("{day}"), about, Choice::AsOf(Some(day))).aside(aside)
}

/// The days on which a service's facts changed, with what happened.
fn turning_points(library: &Library) -> Vec<(Day, ChooserRow)> {
    let turns = library.services().flat_map(|service| {
        service.history.iter().filter_map(|past| {
            let day = past.until?;
            let note = past.note.clone().unwrap_or_default();
            let name = measure::cut(&service.name, 44);
            Some((day, dated(day, name, SafeText::line(&note))))
        })
    });
    turns.take(MOST_TURNS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::library;

    #[test]
    fn days_are_the_newest_the_turning_points_and_each_year() {
        let chooser = dates(&library(), Day::new(2026, 11, 24), None);
        let row = chooser.row().unwrap();
        assert_eq!(
            (&*row.label, &row.choice),
            ("the newest facts", &Choice::AsOf(None))
        );
        let turns = turning_points(&library());
        let words: Vec<String> = turns
            .iter()
            .map(|(day, row)| format!("{day} {} {}", row.aside, row.about))
            .collect();
        assert_eq!(words, ["2022-01-01 Bell One It hummed all night before."]);
    }

    #[test]
    fn a_date_can_be_typed_in_three_lengths() {
        for (words, expected) in [
            ("2023", Some("2023")),
            ("2023-06", Some("2023-06")),
            (" 2023-06-30 ", Some("2023-06-30")),
            ("2023-13", None),
            ("yesterday", None),
            ("", None),
        ] {
            let label = typed_day(words).map(|row| row.label.to_string());
            assert_eq!(label.as_deref(), expected, "{words:?}");
        }
    }
}
