//! Every service as one short line: what a list shows, sorts, narrows and counts.
//!
//! Facts are read once per day asked for, and a switch of the lens walks over numbers only; counts add up to the
//! number of services; an unknown amount sorts last whichever way one sorts.

use std::cmp::Ordering;
use std::ops::Range;

use crate::core::judge::answers::AnswerLevels;
use crate::core::judge::state::{Absent, answers_at, at};
use crate::core::judge::verdict::{LensOutcome, Verdict, read};
use crate::pack::{Criteria, CriterionId, Kind, Lens, Library, Service};
use crate::safe;
use crate::text::fold::fold;
use crate::text::measure::{cut, fit, width};
use crate::text::{Day, SafeText};

/// As many names must begin with their maker's word before it is left out.
const SHARED: usize = 8;

/// What a lens says of a service on a day.
pub type TableVerdict = Result<LensOutcome, Absent>;

#[derive(Clone, Debug)]
pub struct ServiceRow {
    /// Its place among the pack's services.
    pub n: usize,
    pub name: SafeText,
    pub provider: SafeText,
    /// The id of its category.
    pub category: String,
    /// Its idle bill of a month then; `None` where it is not known.
    pub idle: Option<f64>,
    /// Its answers then, and whether it was sold under the word.
    pub held: Result<(AnswerLevels, bool), Absent>,
    /// Name, provider and category, folded, for filters.
    folded: String,
    /// Its name without its maker's word, where many names begin with that.
    pub short: SafeText,
    /// The first word by which that differs from the names beside it, in bytes; empty where there is none.
    apart: Range<usize>,
}

impl ServiceRow {
    fn of(service: &Service, n: usize, category: &str, day: Option<Day>) -> Self {
        Self {
            n,
            name: service.name.clone(),
            provider: service.provider.clone(),
            category: service.category.clone(),
            idle: at(service, day)
                .ok()
                .and_then(|state| state.idle_usd_per_month),
            held: answers_at(service, day),
            folded: fold(&format!(
                "{} {} {} {category}",
                service.name, service.id, service.provider
            )),
            short: service.name.clone(),
            apart: 0..0,
        }
    }

    /// Its short name in some cells, cut at the end, or before the word that tells it apart where that would be lost.
    pub fn named(&self, cells: usize) -> SafeText {
        let (name, apart) = (&self.short, &self.apart);
        let word = name.slice(apart.clone());
        // What is left of the name before it must be worth reading.
        let head = cells.saturating_sub(width(&word) + 2);
        let is_lost = width(name) > cells && apart.end > fit(name, cells.saturating_sub(1));
        if word.is_empty() || !is_lost || head < cells / 2 {
            return cut(name, cells);
        }
        let head = name.slice(0..fit(name, head).min(apart.start));
        safe!("{}… {word}", head.trim_end())
    }

    pub fn verdict(&self, lens: &Lens) -> TableVerdict {
        self.held
            .map(|(answers, claimed)| read(&answers, claimed, lens))
    }
}

/// All services that can be read, in the order of their short names.
#[derive(Clone, Debug, Default)]
pub struct ServiceTable {
    pub lines: Vec<ServiceRow>,
    /// The day they are of; the newest facts when `None`.
    pub day: Option<Day>,
}

impl ServiceTable {
    /// Reads every service's facts as they were on a day.
    pub fn of(library: &Library, day: Option<Day>) -> Self {
        let line = |(n, id): (usize, &str)| {
            let service = library.service(id)?;
            let category = library.pack().category_title(&service.category);
            Some(ServiceRow::of(service, n, &category, day))
        };
        let ids = library.ids(Kind::Services).enumerate();
        let lines = in_order(ids.filter_map(line).collect());
        Self { lines, day }
    }

    /// What a lens says of each, in the order of the lines.
    pub fn verdicts(&self, lens: &Lens) -> Vec<TableVerdict> {
        self.lines.iter().map(|line| line.verdict(lens)).collect()
    }

    /// The numbers of the lines that a filter keeps, in the order of names.
    pub fn kept(&self, filter: &ServiceFilter, verdicts: &[TableVerdict]) -> Vec<u32> {
        let words = fold(&filter.words);
        let words: Vec<&str> = words.split(' ').filter(|w| !w.is_empty()).collect();
        let keeps = |(line, v): &(&ServiceRow, &TableVerdict)| filter.keeps(line, v, &words);
        let numbered = (0..).zip(self.lines.iter().zip(verdicts));
        numbered
            .filter(|(_, pair)| keeps(pair))
            .map(|(n, _)| n)
            .collect()
    }

    /// Brings numbers of lines into an order; what is equal stays in the order of names.
    pub fn sort(&self, rows: &mut [u32], all: &[TableVerdict], sort: ServiceOrder) {
        let line = |n: &u32| self.lines.get(*n as usize);
        let amount = |n: &u32| match sort.column {
            SortColumn::Idle => line(n)?.idle.map(|usd| -usd),
            SortColumn::Verdict => all.get(*n as usize)?.ok().map(|outcome| -rank(outcome)),
            SortColumn::Fact(fact) => line(n)?
                .held
                .ok()
                .map(|(answers, _)| -(answers.get(fact).index() as f64)),
            SortColumn::Disputed | SortColumn::Name | SortColumn::Provider => None,
        };
        let turned = |order: Ordering| {
            if sort.reversed {
                order.reverse()
            } else {
                order
            }
        };
        match sort.column {
            // Which lines are disputed, their reader knows.
            SortColumn::Disputed => rows.sort_unstable(),
            SortColumn::Name => rows.sort_unstable_by(|a, b| turned(a.cmp(b))),
            SortColumn::Provider => {
                let provider = |n: &u32| line(n).map_or("", |l| l.provider.as_str());
                rows.sort_unstable_by(|a, b| turned(provider(a).cmp(provider(b))).then(a.cmp(b)));
            }
            // The highest bill first; of answers and verdicts the best.
            SortColumn::Idle | SortColumn::Verdict | SortColumn::Fact(_) => {
                let mut keyed: Vec<(Option<f64>, u32)> =
                    rows.iter().map(|n| (amount(n), *n)).collect();
                keyed.sort_unstable_by(|a, b| match (a.0, b.0) {
                    (Some(x), Some(y)) => turned(x.total_cmp(&y)).then(a.1.cmp(&b.1)),
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (None, None) => a.1.cmp(&b.1),
                });
                rows.iter_mut()
                    .zip(keyed)
                    .for_each(|(slot, (_, n))| *slot = n);
            }
        }
    }
}

/// Gives every line its short name, and brings them into the order of these.
fn in_order(mut lines: Vec<ServiceRow>) -> Vec<ServiceRow> {
    lines.sort_by_cached_key(|line| fold(&line.name));
    shorten(&mut lines);
    lines.sort_by_cached_key(|line| fold(&line.short));
    tell_apart(&mut lines);
    lines
}

/// Takes the first word from names that share it with many, where it is their maker's. The lines are in order of names, so
/// such names stand together.
fn shorten(lines: &mut [ServiceRow]) {
    let first = |line: &ServiceRow| line.name.split_once(' ').map_or(0, |(word, _)| word.len());
    let same = |a: &ServiceRow, b: &ServiceRow| {
        first(a) > 0 && a.name.get(..first(a)) == b.name.get(..first(b))
    };
    for group in lines
        .chunk_by_mut(same)
        .filter(|group| group.len() >= SHARED)
    {
        for line in group {
            let (word, rest) = line.name.split_once(' ').unwrap_or_default();
            if is_makers(word, &line.provider) {
                line.short = SafeText::line(rest);
            }
        }
    }
}

/// Whether a word stands for a maker: it begins its name, or the maker is called by initials and it begins with the first.
fn is_makers(word: &str, maker: &str) -> bool {
    let is_initials = maker.chars().all(char::is_uppercase);
    maker.starts_with(word) || is_initials && maker.chars().next() == word.chars().next()
}

/// Finds the word by which each name differs from its neighbors. The lines are in order of names, so that the names that
/// are most alike stand together.
fn tell_apart(lines: &mut [ServiceRow]) {
    let names: Vec<SafeText> = lines.iter().map(|line| line.short.clone()).collect();
    let pairs = names.iter().zip(names.iter().skip(1));
    let same: Vec<usize> = pairs.map(|(a, b)| alike(a, b)).collect();
    for (n, line) in lines.iter_mut().enumerate() {
        let before = n.checked_sub(1).and_then(|n| same.get(n));
        let most = before.into_iter().chain(same.get(n)).copied().max();
        let start = most.unwrap_or(0);
        let rest = line.short.get(start..).unwrap_or("");
        let end = start + rest.find(' ').unwrap_or(rest.len());
        line.apart = start..end;
    }
}

/// How many bytes of two names are the same, up to the beginning of a word.
fn alike(a: &str, b: &str) -> usize {
    let words = a.split_inclusive(' ').zip(b.split_inclusive(' '));
    let same = words.take_while(|(a, b)| a == b);
    same.map(|(word, _)| word.len()).sum()
}

/// Verdicts and scores as numbers, better is higher.
fn rank(outcome: LensOutcome) -> f64 {
    match outcome {
        LensOutcome::Verdict(verdict) => f64::from(verdict as u8),
        LensOutcome::Score(score) => score,
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortColumn {
    /// No column: where the two default lenses part, first.
    #[default]
    Disputed,
    Name,
    Provider,
    /// The answers to a fact, yes first.
    Fact(CriterionId),
    /// Idle bills, the highest first.
    Idle,
    /// Verdicts or scores, the best first.
    Verdict,
}

impl SortColumn {
    /// All, from left to right.
    pub fn all(criteria: &Criteria) -> impl Iterator<Item = Self> + use<> {
        let facts = criteria.ids().map(Self::Fact);
        let before = [Self::Name, Self::Provider].into_iter();
        before.chain(facts).chain([Self::Idle, Self::Verdict])
    }

    /// The one to its right; after the last what is disputed, then the first.
    #[must_use]
    pub fn next(self, criteria: &Criteria) -> Self {
        if self == Self::Disputed {
            return Self::Name;
        }
        let mut rest = Self::all(criteria).skip_while(|column| *column != self);
        rest.nth(1).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceOrder {
    pub column: SortColumn,
    /// The other way round.
    pub reversed: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceFilter {
    /// Words that must all occur in name, provider or category.
    pub words: String,
    /// Only this provider.
    pub provider: Option<String>,
    /// Only this category, by id.
    pub category: Option<String>,
    /// Only this verdict.
    pub verdict: Option<Verdict>,
}

impl ServiceFilter {
    pub fn is_open(&self) -> bool {
        self.words.trim().is_empty()
            && self.provider.is_none()
            && self.category.is_none()
            && self.verdict.is_none()
    }

    /// The same for every verdict: what the counts per verdict are of.
    #[must_use]
    pub fn any_verdict(&self) -> Self {
        Self {
            verdict: None,
            ..self.clone()
        }
    }

    fn keeps(&self, line: &ServiceRow, verdict: &TableVerdict, words: &[&str]) -> bool {
        self.provider
            .as_deref()
            .is_none_or(|p| line.provider.as_str() == p)
            && self.category.as_deref().is_none_or(|c| line.category == c)
            && self
                .verdict
                .is_none_or(|v| verdict.ok().and_then(LensOutcome::verdict) == Some(v))
            && words.iter().all(|w| line.folded.contains(w))
    }
}

/// How many services got what; the parts add up to the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictTally {
    /// Per verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [usize; 4],
    pub scored: usize,
    /// Not sold yet on the day asked for.
    pub not_yet: usize,
    /// Retired by the day asked for.
    pub retired: usize,
}

impl VerdictTally {
    pub fn of<'a>(verdicts: impl IntoIterator<Item = &'a TableVerdict>) -> Self {
        let mut tally = Self::default();
        for verdict in verdicts {
            match verdict {
                Ok(LensOutcome::Verdict(verdict)) => {
                    let slot = Verdict::ALL
                        .iter()
                        .zip(&mut tally.verdicts)
                        .find(|(v, _)| *v == verdict);
                    slot.into_iter().for_each(|(_, n)| *n += 1);
                }
                Ok(LensOutcome::Score(_)) => tally.scored += 1,
                Err(Absent::NotYet(_)) => tally.not_yet += 1,
                Err(Absent::Retired(_)) => tally.retired += 1,
            }
        }
        tally
    }

    pub fn total(&self) -> usize {
        self.verdicts.iter().sum::<usize>() + self.scored + self.not_yet + self.retired
    }
}

/// Whether a verdict differs from another; scores and absences do not compare.
pub fn moved(before: &TableVerdict, now: &TableVerdict) -> bool {
    let verdict = |verdict: &TableVerdict| verdict.ok().and_then(LensOutcome::verdict);
    matches!((verdict(before), verdict(now)), (Some(before), Some(now)) if before != now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{HIDDEN, ZERO, day, lens, service, spectrum};

    /// Services as name, provider, answers, idle bill.
    fn table(services: &[(&'static str, &'static str, &str, Option<f64>)]) -> ServiceTable {
        let line = |(n, (name, provider, answers, idle)): (
            usize,
            &(&'static str, &'static str, &str, Option<f64>),
        )| {
            let service = Service {
                name: SafeText::ours(name),
                provider: SafeText::ours(provider),
                idle_usd_per_month: *idle,
                ..service(answers, n % 2 == 0)
            };
            ServiceRow::of(&service, n, "Compute", None)
        };
        let mut lines: Vec<ServiceRow> = services.iter().enumerate().map(line).collect();
        shorten(&mut lines);
        tell_apart(&mut lines);
        ServiceTable { lines, day: None }
    }

    fn four() -> ServiceTable {
        table(&[
            ("Able", "West", "yyyyy", Some(0.0)),
            ("Baker", "East", "yynnn", Some(12.0)),
            ("Charlie", "West", "yypps", None),
            ("Dog", "East", "nnnnn", Some(3.5)),
        ])
    }

    #[track_caller]
    fn order(column: SortColumn, reversed: bool, expected: &[u32]) {
        let table = four();
        let verdicts = table.verdicts(&lens("yy---"));
        let mut rows: Vec<u32> = (0..4).collect();
        table.sort(&mut rows, &verdicts, ServiceOrder { column, reversed });
        assert_eq!(rows, expected, "{column:?} {reversed}");
    }

    #[test]
    fn sorting_is_by_what_is_better_or_more_and_the_unknown_stays_last() {
        order(SortColumn::Name, true, &[3, 2, 1, 0]);
        order(SortColumn::Provider, false, &[1, 3, 0, 2]);
        order(SortColumn::Idle, false, &[1, 3, 0, 2]);
        order(SortColumn::Idle, true, &[0, 3, 1, 2]);
        order(SortColumn::Fact(ZERO), false, &[0, 2, 1, 3]);
        order(SortColumn::Fact(HIDDEN), true, &[1, 3, 2, 0]);
        order(SortColumn::Verdict, false, &[0, 1, 2, 3]);
        order(SortColumn::Verdict, true, &[3, 0, 1, 2]);
    }

    #[test]
    fn filters_keep_what_meets_them_all() {
        let table = four();
        let verdicts = table.verdicts(&lens("--y--"));
        let kept = |filter: ServiceFilter| table.kept(&filter, &verdicts);
        let words = |words: &str| ServiceFilter {
            words: words.to_owned(),
            ..ServiceFilter::default()
        };
        assert_eq!(kept(words(" ")), [0, 1, 2, 3]);
        assert_eq!(
            (
                kept(words("EAST")),
                kept(words("compute west char")),
                kept(words("zzz"))
            ),
            (vec![1, 3], vec![2], vec![])
        );
        let west = || ServiceFilter {
            provider: Some("West".to_owned()),
            ..ServiceFilter::default()
        };
        assert_eq!(kept(west()), [0, 2]);
        assert_eq!(
            kept(ServiceFilter {
                verdict: Some(Verdict::Nearly),
                ..west()
            }),
            [2]
        );
        assert_eq!(
            kept(
                ServiceFilter {
                    verdict: Some(Verdict::Nearly),
                    ..west()
                }
                .any_verdict()
            ),
            [0, 2]
        );
        assert_eq!(
            kept(ServiceFilter {
                category: Some("other".to_owned()),
                ..ServiceFilter::default()
            }),
            [0u32; 0]
        );
    }

    #[test]
    fn counts_add_up() {
        let table = four();
        let of = |verdicts: &[TableVerdict]| VerdictTally::of(verdicts);
        let tally = of(&table.verdicts(&lens("--y--")));
        assert_eq!(
            (tally.verdicts, tally.total()),
            ([1, 1, 0, 2], 4),
            "Able; Charlie; nobody; Baker and Dog"
        );
        let scored = of(&table.verdicts(&spectrum()));
        assert_eq!((scored.scored, scored.total()), (4, 4));
        let gone = [
            Err(Absent::NotYet(day("2026"))),
            Err(Absent::Retired(day("2020"))),
        ];
        assert_eq!(
            (of(&gone).not_yet, of(&gone).retired, of(&gone).total()),
            (1, 1, 2)
        );
    }

    #[test]
    fn only_verdicts_that_differ_have_moved() {
        let verdict = |v| Ok(LensOutcome::Verdict(v));
        assert!(moved(&verdict(Verdict::Not), &verdict(Verdict::Nearly)));
        assert!(!moved(&verdict(Verdict::Not), &verdict(Verdict::Not)));
        assert!(!moved(&verdict(Verdict::Not), &Ok(LensOutcome::Score(3.0))));
        assert!(!moved(
            &Err(Absent::NotYet(day("2026"))),
            &verdict(Verdict::Not)
        ));
    }

    #[test]
    fn a_first_word_that_many_share_gives_way() {
        let many = [
            "Acme Alpha One",
            "Acme Beta",
            "Acme C",
            "Acme D",
            "Acme E",
            "Acme F",
            "Acme G",
            "Acme H",
        ];
        let of = |maker| table(&many.map(|name| (name, maker, "yyyyy", None)));
        let check = |table: &ServiceTable, n: usize, cells, expected: &str| {
            assert_eq!(table.lines[n].named(cells).as_str(), expected);
        };
        check(&of("Acme Inc"), 0, 14, "Alpha One");
        check(&of("Acme Inc"), 0, 8, "Alpha O…");
        check(&of("ABC"), 0, 14, "Alpha One");
        // It belongs to the product.
        check(&of("The Acme"), 0, 14, "Acme Alpha One");
        check(&four(), 2, 5, "Char…");
    }

    #[test]
    fn lines_are_in_the_order_of_the_names_that_show() {
        let names = [
            "Bees", "Acme H", "Acme G", "Acme F", "Acme E", "Acme D", "Acme C", "Acme B", "Acme A",
        ];
        let lines = in_order(table(&names.map(|name| (name, "Acme", "yyyyy", None))).lines);
        let shown: Vec<SafeText> = lines.into_iter().map(|line| line.short).collect();
        assert_eq!(SafeText::join(&shown, " ").as_str(), "A B Bees C D E F G H");
    }

    #[test]
    fn names_that_begin_alike_keep_the_word_that_tells_them_apart() {
        let names = [
            "Boreal Serverless v1 (gone)",
            "Boreal Serverless v2",
            "Zephyr (billed by request)",
            "Zephyr with one instance kept",
        ];
        let table = table(&names.map(|name| (name, "Acme", "yyyyy", None)));
        let check = |n: usize, cells, expected: &str| {
            assert_eq!(table.lines[n].named(cells).as_str(), expected);
        };
        check(0, 18, "Boreal Serverl… v1");
        check(1, 18, "Boreal Serverl… v2");
        check(1, 20, "Boreal Serverless v2");
        check(0, 22, "Boreal Serverless v1 …");
        check(2, 18, "Zephyr (billed by…");
        check(3, 18, "Zephyr with one i…");
        check(0, 5, "Bore…");
    }
}
