//! The palette: every command that works here, commands with arguments as the command line has them (`judge lambda`,
//! `cost neon 3M`, `compare aws google`), and entries by name. Tab completes what the row under the cursor stands for.

use std::sync::Arc;

use crate::app::choice::Choice;
use crate::app::keymap::{BINDINGS, Scope, is_offered};
use crate::app::model::Model;
use crate::app::overlay::chooser::{Chooser, ChooserRow};
use crate::app::overlay::choosers::command;
use crate::app::route::Route;
use crate::core::asking::operators::reason;
use crate::core::asking::{services, side_by_side};
use crate::core::cost::{Workload, WorkloadField};
use crate::core::search::{Query, SearchFilter, SearchIndex};
use crate::pack::{Address, Kind, Library, Subject};
use crate::text::{SafeText, measure};
use crate::views::ViewContext;
use crate::views::answer::judged;
use crate::views::entry_footer::title;

/// Most rows that are made of what is typed.
const MOST: usize = 6;

/// A command that takes arguments: its word, an example of them, and what it does.
type Verb = (&'static str, &'static str, &'static str);

const VERBS: [Verb; 4] = [
    ("judge", "NAME", "The verdict on a {one}, with its facts."),
    ("cost", "NAMES 3M", "Bills, for so many {uses} a month."),
    (
        "compare",
        "NAMES",
        "Definitions, {many} or lenses side by side.",
    ),
    ("search", "WORDS", "Search everything."),
];
/// Words between names that name nothing.
const BETWEEN: [&str; 4] = ["and", "with", "to", "vs"];

/// Every command that works here, in the keymap's order.
pub fn commands(model: &Model) -> Chooser {
    let holds = model.scopes();
    let (screen, ctx) = model.screen();
    let rows = BINDINGS
        .iter()
        .filter(|b| b.scope != Scope::Moving && holds.contains(&b.scope))
        .filter(|b| is_offered(b.action, &model.library) && screen.offers(b.action, &ctx))
        .map(|b| command(b, model));
    let told = Told {
        library: Arc::clone(&model.library),
        index: model.index.clone(),
        view: model.view.clone(),
    };
    let behind = told.clone();
    Chooser::new("Commands", rows, "no command is called that")
        .takes("run it")
        .typed(move |typed| told.with_arguments(typed))
        .behind(move |typed| behind.entries(typed))
}

/// What rows are made from.
#[derive(Clone)]
struct Told {
    library: Arc<Library>,
    index: Option<Arc<SearchIndex>>,
    view: ViewContext,
}

impl Told {
    /// The command that is typed with what is typed behind it, or the commands that begin so.
    fn with_arguments(&self, typed: &str) -> Vec<ChooserRow> {
        let mut words = typed.split_whitespace();
        let Some(verb) = words.next() else {
            return Vec::new();
        };
        let rest: Vec<&str> = words.filter(|word| !BETWEEN.contains(word)).collect();
        match (verb.to_lowercase().as_str(), rest.as_slice()) {
            (verb, []) if !typed.ends_with(' ') => self.verbs(verb),
            ("judge", names) => self.judge(&names.join(" ")),
            ("cost", names) => self.cost(names).into_iter().collect(),
            ("compare", names) => self.compare(names).into_iter().collect(),
            ("search", [_, ..]) => vec![search(&rest.join(" "))],
            _ => Vec::new(),
        }
    }

    fn verbs(&self, begun: &str) -> Vec<ChooserRow> {
        let Subject { things, cost, .. } = &*self.library.pack().subject;
        let works = |verb: &str| match verb {
            "judge" => self.library.count(Kind::Services) > 0,
            "cost" => self.library.has_prices(),
            _ => true,
        };
        let begins = VERBS
            .iter()
            .filter(|(verb, ..)| begun.len() > 1 && verb.starts_with(begun) && works(verb));
        let row = |(verb, takes, about): &Verb| {
            let typed = format!("{verb} ");
            let label = crate::safe!("{verb} {takes}");
            let about = things.fill(&about.replace("{uses}", &cost.many));
            ChooserRow {
                completes: Some(typed.clone()),
                ..ChooserRow::new(label, about, Choice::Command(typed))
            }
        };
        begins.map(row).collect()
    }

    fn judge(&self, name: &str) -> Vec<ChooserRow> {
        let row = |address: Address| {
            let title = title(&self.library, &address);
            let service = self.library.service(&address.id)?;
            let verdict = judged(&self.library, service, &self.view);
            let label = crate::safe!("judge {title}");
            Some(ChooserRow {
                completes: Some(label.to_string()),
                ..ChooserRow::new(label, verdict, Choice::Go(Route::of(address)))
            })
        };
        let meant = services(&self.library, name).into_iter().take(MOST);
        meant.filter_map(row).collect()
    }

    /// The bills of all that is named; a number behind them is requests a month.
    fn cost(&self, words: &[&str]) -> Option<ChooserRow> {
        let requests = |word: &&str| {
            let workload = Workload::default().typed(WorkloadField::Requests, word);
            Some(workload.ok()?.get(WorkloadField::Requests))
        };
        let (last, before) = words.split_last()?;
        let (names, requests) = match requests(last) {
            Some(requests) if !before.is_empty() => (before, Some(requests)),
            Some(_) | None => (words, None),
        };
        let ids = self.named(names)?;
        let titles = ids.iter().filter_map(|id| Address::new(Kind::Services, id));
        let titles: Vec<SafeText> = titles.map(|a| title(&self.library, &a)).collect();
        let titles = SafeText::join(&titles, " and ");
        let label = match requests {
            Some(n) => {
                let many = &self.library.pack().subject.cost.many;
                crate::safe!("cost {titles} at {} {many}", measure::thousands(n))
            }
            None => crate::safe!("cost {titles}"),
        };
        let about = "Bills a month, idle first.";
        Some(ChooserRow::new(label, about, Choice::Bills(ids, requests)))
    }

    /// The services that words name one behind the other, the longest names first; none where a word is left over.
    fn named(&self, words: &[&str]) -> Option<Vec<String>> {
        if words.is_empty() {
            return Some(Vec::new());
        }
        (1..=words.len()).rev().find_map(|end| {
            let (name, rest) = words.split_at(end);
            let first = services(&self.library, &name.join(" "))
                .into_iter()
                .next()?;
            let mut ids = vec![first.id.to_string()];
            ids.extend(self.named(rest)?);
            Some(ids)
        })
    }

    fn compare(&self, words: &[&str]) -> Option<ChooserRow> {
        let (kind, ids) = side_by_side(&self.library, words)?;
        let titles = ids.iter().filter_map(|id| Address::new(kind.kind(), id));
        let titles: Vec<SafeText> = titles.map(|a| title(&self.library, &a)).collect();
        let label = crate::safe!("compare {}", SafeText::join(&titles, " and "));
        let choice = Choice::Go(Route::Versus(kind, ids));
        Some(ChooserRow::new(label, "Side by side.", choice))
    }

    /// Entries by name, and the search over everything.
    fn entries(&self, typed: &str) -> Vec<ChooserRow> {
        let words = typed.trim();
        if words.chars().count() < 2 {
            return Vec::new();
        }
        let things = &self.library.pack().subject.things;
        let mut rows = Vec::new();
        if let Some(index) = &self.index {
            let filter = SearchFilter::default().by_heads();
            let query = Query::parse(words);
            let found = index.rank(&query, MOST, &filter);
            let hits = index.show(&query, &found).into_iter();
            rows.extend(hits.filter(|hit| hit.named).filter_map(|hit| {
                let address = hit.address()?;
                let kind = things.one_of(hit.kind);
                let why = reason(&hit, things);
                let choice = match hit.kind {
                    Kind::Questions => Choice::Ask(hit.id),
                    _ => Choice::Go(Route::of(address)),
                };
                Some(ChooserRow::new(hit.title, why, choice).aside(kind))
            }));
        } else {
            // Until the index is built, by its whole name.
            let kinds = Kind::ALL.into_iter();
            let named = kinds.filter_map(|kind| self.library.named(kind, words));
            rows.extend(named.map(|address| {
                let (title, kind) = (title(&self.library, &address), things.one_of(address.kind));
                ChooserRow::new(title, "exact name", Choice::Go(Route::of(address))).aside(kind)
            }));
        }
        rows.push(search(words));
        rows
    }
}

fn search(words: &str) -> ChooserRow {
    let label = crate::safe!("search everything for {}", SafeText::line(words));
    ChooserRow::new(
        label,
        "Names, texts and questions.",
        Choice::Search(words.to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use crate::app::samples::check;

    #[test]
    fn commands_take_arguments() {
        check(&[
            (":ju", "judge NAME", ""),
            (":ju<Tab>bell o", "judge Bell One", ""),
            (":judge bell one<Enter>", "Bell One", "Commands"),
            (":search chime<Enter>", "> Chime", "Commands"),
            (
                ":compare bell view knocker view<Enter>",
                "Who rings?",
                "Commands",
            ),
            (":knocker<Enter>", "Older than the", "Commands"),
            (":zzz", "search everything for zzz", ""),
            (":zzz<Enter>", "Search everything", "Commands"),
        ]);
    }
}
