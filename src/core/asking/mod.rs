//! What a text comes to that somebody typed: the entries that it asks about, where it is a question, and what search finds
//! besides. Words that are no question, or about nothing that the pack has, are searched for like any others.

mod frame;
mod named_in;
pub mod operators;
mod start;

pub use named_in::named_in;
pub use start::starting_points;

use crate::core::asking::frame::{Asked, asked, spellings};
use crate::core::asking::operators::in_words_of_the_files;
use crate::core::compare::{ComparedKind, MAX_COLUMNS};
use crate::core::names::NameIndex;
use crate::core::search::ingest::short_names;
use crate::core::search::{Query, RankedEntry, SearchFilter, SearchIndex};
use crate::pack::{Address, Kind, Library};
use crate::text::fold::{fold, keep};

/// Kinds that a question asks about, likeliest first.
const KINDS: [Kind; 4] = [
    Kind::Terms,
    Kind::Services,
    Kind::Perspectives,
    Kind::Lenses,
];
/// Kinds that name the questions which they answer, likeliest first.
const ANSWERS: [Kind; 3] = [Kind::Terms, Kind::Myths, Kind::Lessons];
/// Kinds whose entries are set against each other, likeliest first.
const SIDES: [Kind; 4] = [
    Kind::Services,
    Kind::Terms,
    Kind::Perspectives,
    Kind::Lenses,
];
/// Most services that one name of two set against each other may mean.
const AMBIGUOUS: usize = 4;
/// Most things that one name may mean in a question.
const MOST: usize = 8;

/// What is asked of which entries.
#[derive(Clone, Debug, PartialEq)]
pub enum Inquiry {
    /// What it is.
    About(Address),
    /// How they differ: at least two, each once.
    Between(Vec<Address>),
    /// What is judged of them: services that one name may mean.
    Verdict(Vec<Address>),
}

impl Inquiry {
    /// The entries that it asks about.
    pub fn entries(&self) -> &[Address] {
        match self {
            Self::About(address) => std::slice::from_ref(address),
            Self::Between(all) | Self::Verdict(all) => all,
        }
    }

    /// As what they can stand side by side, if they can.
    pub fn compared(&self) -> Option<(ComparedKind, Vec<String>)> {
        let Self::Between(all) = self else {
            return None;
        };
        let kinds = ComparedKind::ALL.into_iter();
        let mut of_all = kinds.filter(|kind| all.iter().all(|a| a.kind == kind.kind()));
        let ids = all.iter().map(|address| address.id.to_string());
        Some((of_all.next()?, ids.collect()))
    }
}

/// What a text finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    pub question: Option<Inquiry>,
    /// What was searched for besides.
    pub query: Query,
    /// Best first, without the entries that are asked about.
    pub found: Vec<RankedEntry>,
}

/// What a text finds, and at most so many entries besides those that it asks about. While it is being typed, its last word
/// may be half of one.
pub fn find(
    library: &Library,
    index: &SearchIndex,
    (text, is_typed): (&str, bool),
    (limit, filter): (usize, &SearchFilter),
) -> Findings {
    let Understood { question, words } = understood(library, text);
    let words = in_words_of_the_files(&words, &library.pack().subject.things);
    let query = if is_typed {
        Query::parse(&words)
    } else {
        Query::whole(&words)
    };
    let entries = question.as_ref().map_or(&[][..], Inquiry::entries);
    let mut found = index.rank(&query, limit + entries.len(), filter);
    found.retain(|found| !entries.iter().any(|address| index.is(found, address)));
    found.truncate(limit);
    if is_yes_no(library, text) {
        claim_first(index, &mut found);
    }
    Findings {
        found: grouped(index, found),
        question,
        query,
    }
}

/// How many of the best stand first, whatever they are.
pub const BEST: usize = 3;
/// How far behind the best a myth may stand that answers with yes or no.
const NEAR: usize = 10;

/// Whether a text asks for yes or no, by its first word.
fn is_yes_no(library: &Library, text: &str) -> bool {
    let words = &library.pack().subject.search.yes_no;
    let first = text.split_whitespace().next().map(keep);
    text.split_whitespace().count() > 2 && words.iter().any(|word| Some(keep(word)) == first)
}

/// Whoever asks for yes or no asks about a claim: the best myth comes among the first.
fn claim_first(index: &SearchIndex, found: &mut [RankedEntry]) {
    let is_myth = |found: &RankedEntry| index.kind_of(found) == Kind::Myths;
    let near = found.len().min(NEAR);
    let best = found.iter().take(near).position(is_myth);
    if let Some(at) = best.filter(|at| *at >= BEST) {
        found
            .get_mut(BEST - 1..=at)
            .unwrap_or_default()
            .rotate_right(1);
    }
}

/// The best as they are, and the rest by kind, kinds in the order in which they come.
fn grouped(index: &SearchIndex, found: Vec<RankedEntry>) -> Vec<RankedEntry> {
    let mut grouped = found;
    let mut rest = grouped.split_off(BEST.min(grouped.len()));
    let mut kinds: Vec<Kind> = Vec::new();
    for found in &rest {
        let kind = index.kind_of(found);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    rest.sort_by_key(|found| kinds.iter().position(|kind| *kind == index.kind_of(found)));
    grouped.extend(rest);
    grouped
}

/// A text as somebody asks it.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    pub question: Option<Inquiry>,
    /// What to search for besides: the text without what was put around its names.
    pub words: String,
}

/// What words name that can stand side by side, at least two: by the parties of definitions, or as a question would.
pub fn side_by_side(library: &Library, words: &[&str]) -> Option<(ComparedKind, Vec<String>)> {
    let two = (1..words.len()).map(|at| {
        let (one, other) = words.split_at(at);
        vec![one.join(" "), other.join(" ")]
    });
    let each = words.iter().map(ToString::to_string).collect();
    let few = (2..=MAX_COLUMNS).contains(&words.len());
    let mut ways = few.then_some(each).into_iter().chain(two);
    ways.find_map(|names: Vec<String>| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        parties(library, &names)
            .or_else(|| between(library, &names))?
            .compared()
    })
}

/// The definitions of parties that are named by words of their ids.
fn parties(library: &Library, names: &[&str]) -> Option<Inquiry> {
    let ids = names.iter().map(|name| party(library, name));
    let all = ids.map(|id| Address::new(Kind::Perspectives, &id?));
    let all: Vec<Address> = all.collect::<Option<_>>()?;
    differ(&all).then_some(Inquiry::Between(all))
}

/// The only definition whose id has all these words.
fn party(library: &Library, name: &str) -> Option<String> {
    let wanted = fold(name);
    let is_meant = |n: &usize| {
        let id = library.head(Kind::Perspectives, *n).id;
        let mut words = wanted.split_whitespace();
        words.all(|word| id.split('-').any(|part| part == word))
    };
    let mut all = (0..library.count(Kind::Perspectives)).filter(is_meant);
    let only = all.next().filter(|_| all.next().is_none())?;
    Some(library.head(Kind::Perspectives, only).id.to_owned())
}

/// Reads a text as a question of an indexed library.
pub fn understood(library: &Library, text: &str) -> Understood {
    let subject = &library.pack().subject;
    let ways = asked(text, &subject.search, &subject.verdicts.met.title);
    // What people ask in just these words has an answer of its own, whatever stands in the frame.
    let whole = text.trim().trim_end_matches(['?', '.', '!']);
    let mut answers = ANSWERS.into_iter().filter(|_| !ways.is_empty());
    if let Some(address) = answers.find_map(|kind| library.named(kind, whole)) {
        return Understood {
            question: Some(Inquiry::About(address)),
            words: whole.to_owned(),
        };
    }
    for way in &ways {
        let names: &[&str] = match way {
            Asked::Verdict(name) | Asked::About(name) => &[name],
            Asked::Between(names) => names,
        };
        let question = match way {
            Asked::Verdict(name) => verdict(library, name),
            Asked::Between(names) => between(library, names).or_else(|| parties(library, names)),
            Asked::About(name) => about(library, name),
        };
        if question.is_some() {
            let words = names.join(" ");
            return Understood { question, words };
        }
    }
    let bare = ways.last().and_then(|way| match way {
        Asked::About(name) => Some(*name),
        Asked::Verdict(_) | Asked::Between(_) => None,
    });
    Understood {
        question: None,
        words: bare.unwrap_or(text).to_owned(),
    }
}

/// The services that a name means: those that are called so, or else all whose names have its words.
pub fn services(library: &Library, name: &str) -> Vec<Address> {
    let called = called_so(library, name);
    // A number stands in many names and means none of them.
    if !called.is_empty() || !name.contains(char::is_alphabetic) {
        return called;
    }
    let index = NameIndex::of(library, Kind::Services);
    let having = index.matching(name);
    let begun: Vec<u32> = having
        .iter()
        .copied()
        .filter(|n| begins_words(library, *n, name))
        .collect();
    let having = if begun.is_empty() { having } else { begun };
    let address = |n| library.address(Kind::Services, n as usize);
    having.into_iter().filter_map(address).collect()
}

/// Whether the words are an entry's address, id or title, not another name of it.
fn is_own_name(library: &Library, address: &Address, words: &str) -> bool {
    let title = library.head_of(address).map_or("", |head| head.title);
    Address::parse(words).is_some()
        || [&*address.id, title]
            .iter()
            .any(|own| keep(own) == keep(words))
}

/// Whether each word stands at the beginning of one in the names of a service.
fn begins_words(library: &Library, n: u32, words: &str) -> bool {
    let head = library.head(Kind::Services, n as usize);
    let names = fold(&format!("{} {}", head.title, head.aliases));
    let mut wanted = fold(words);
    wanted.retain(|c| c != '(');
    let begins = |word: &str| {
        let mut all = names.split(|c: char| !c.is_alphanumeric());
        all.any(|name| name.starts_with(word))
    };
    wanted.split_whitespace().all(begins)
}

/// The service that has the name as id or title, or else the one with that other name before all that are called so in
/// short, without their makers.
fn called_so(library: &Library, name: &str) -> Vec<Address> {
    let wanted = keep(name);
    let named = named(library, Kind::Services, name);
    let is_own = named
        .as_ref()
        .is_some_and(|address| is_own_name(library, address, name));
    if is_own || wanted.is_empty() {
        return named.into_iter().collect();
    }
    let is_called = |n: &usize| {
        let names = short_names(library.pack(), &library.head(Kind::Services, *n));
        names.iter().any(|short| keep(short) == wanted)
    };
    let services = (0..library.count(Kind::Services)).filter(is_called);
    let short = services.filter_map(|n| library.address(Kind::Services, n));
    let short = short.filter(|other| named.as_ref() != Some(other));
    named.iter().cloned().chain(short).collect()
}

fn named(library: &Library, kind: Kind, name: &str) -> Option<Address> {
    let address = Address::parse(name)
        .filter(|a| a.kind == kind && library.position(a).is_some())
        .or_else(|| library.named(kind, name));
    address.or_else(|| library.nearly_named(kind, name))
}

/// The entry of a kind that is called so in any spelling.
fn called(library: &Library, kind: Kind, name: &str) -> Option<Address> {
    let words = &library.pack().subject.search;
    let mut spellings = spellings(name, words).into_iter();
    spellings.find_map(|name| named(library, kind, &name))
}

/// The services that a name of a question means.
fn meant(library: &Library, name: &str) -> Vec<Address> {
    let words = &library.pack().subject.search;
    let mut all = spellings(name, words).into_iter();
    let found = all.find_map(|name| Some(services(library, &name)).filter(|all| !all.is_empty()));
    let mut found = found.unwrap_or_default();
    found.truncate(MOST);
    found
}

/// The services that a name stands for as surely as for anything else: called so, if only in short, or what the term
/// of that name is about, since their own names begin with the term's.
fn things(library: &Library, name: &str) -> Vec<Address> {
    let words = &library.pack().subject.search;
    let mut all = spellings(name, words)
        .into_iter()
        .map(|name| called_so(library, &name));
    let mut found = all.find(|all| !all.is_empty()).unwrap_or_default();
    let term = called(library, Kind::Terms, name).and_then(|term| library.position(&term));
    if let Some(term) = term.filter(|_| found.is_empty()) {
        let term = fold(library.head(Kind::Terms, term).title);
        let title = |n: usize| fold(library.head(Kind::Services, n).title);
        let services = 0..library.count(Kind::Services);
        let services = services.filter(|n| title(*n).starts_with(&term));
        found = services
            .filter_map(|n| library.address(Kind::Services, n))
            .collect();
    }
    found.truncate(MOST);
    found
}

fn about(library: &Library, name: &str) -> Option<Inquiry> {
    let mut kinds = KINDS.into_iter();
    let entry = kinds.find_map(|kind| called(library, kind, name));
    entry.map(Inquiry::About).or_else(|| {
        let mut services = meant(library, name);
        let only = services.pop().filter(|_| services.is_empty())?;
        Some(Inquiry::About(only))
    })
}

fn verdict(library: &Library, name: &str) -> Option<Inquiry> {
    let things = things(library, name);
    if !things.is_empty() {
        return Some(Inquiry::Verdict(things));
    }
    // What is no service but has a name is told, where a word of some service's name would be chance.
    if let Some(term) = called(library, Kind::Terms, name) {
        return Some(Inquiry::About(term));
    }
    let meant = meant(library, name);
    (!meant.is_empty()).then_some(Inquiry::Verdict(meant))
}

/// All of one kind where that can be, so that they can stand side by side.
fn between(library: &Library, names: &[&str]) -> Option<Inquiry> {
    let names = names.get(..MAX_COLUMNS).unwrap_or(names);
    let whole = whole_names(names);
    // What so many services are called is a word, and no name.
    let service = |name: &str| {
        let meant = meant(library, name);
        meant.first().filter(|_| meant.len() <= AMBIGUOUS).cloned()
    };
    let any = |name: &str| {
        let mut kinds = SIDES.into_iter();
        let entry = kinds.find_map(|kind| called(library, kind, name));
        entry.or_else(|| service(name))
    };
    let all = |find: &dyn Fn(&str) -> Option<Address>| -> Option<Vec<Address>> {
        whole.iter().find_map(|names| {
            let found: Option<Vec<Address>> = names.iter().map(|name| find(name)).collect();
            found.filter(|found| differ(found))
        })
    };
    let mut kinds = SIDES.into_iter();
    let alike = || kinds.find_map(|kind| all(&|name| called(library, kind, name)));
    let found = all(&|name| things(library, name).into_iter().next());
    let found = found
        .or_else(alike)
        .or_else(|| all(&service))
        .or_else(|| all(&any))?;
    Some(Inquiry::Between(found))
}

fn differ(all: &[Address]) -> bool {
    let mut numbered = all.iter().enumerate();
    numbered.all(|(n, address)| !all.iter().take(n).any(|before| before == address))
}

/// The names, and then what they may stand for where a word that belongs to both is said once: in `warm and cold start`
/// the last, in `bell by day and by night` the first.
fn whole_names(names: &[&str]) -> Vec<Vec<String>> {
    let as_said: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut all = vec![as_said];
    let [one, two] = names else { return all };
    let (first, second): (Vec<&str>, Vec<&str>) = (
        one.split_whitespace().collect(),
        two.split_whitespace().collect(),
    );
    for n in 1..second.len() {
        let tail = second.get(n..).unwrap_or(&[]).join(" ");
        all.push(vec![format!("{one} {tail}"), (*two).to_owned()]);
    }
    for n in (1..first.len()).rev() {
        let head = first.get(..n).unwrap_or(&[]).join(" ");
        all.push(vec![(*one).to_owned(), format!("{head} {two}")]);
    }
    all
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::Bundled;

    fn bundled() -> Library {
        let library = Library::open(Arc::new(Bundled)).expect("the bundled pack is sound");
        if library.is_indexed() {
            library
        } else {
            library.indexed()
        }
    }

    #[track_caller]
    fn check(library: &Library, text: &str, form: &str, expected: &[&str]) {
        let question = understood(library, text).question;
        let found = question.as_ref().map(|question| match question {
            Inquiry::About(_) => "about",
            Inquiry::Between(_) => "between",
            Inquiry::Verdict(_) => "verdict",
        });
        let entries = question.iter().flat_map(Inquiry::entries);
        let entries: Vec<String> = entries.map(Address::to_string).collect();
        assert_eq!(
            (found.unwrap_or(""), entries),
            (form, expected.iter().map(ToString::to_string).collect()),
            "{text}"
        );
    }

    #[test]
    fn a_question_comes_to_what_it_asks_about() {
        let library = bundled();
        let check = |text: &str, form: &str, all: &[&str]| check(&library, text, form, all);
        check("what is serverless", "about", &["terms/serverless"]);
        check("What are cold starts?", "about", &["terms/cold-start"]);
        check(
            "how does scale to zero work",
            "about",
            &["terms/scale-to-zero"],
        );
        check("when should I use neon", "about", &["services/neon"]);
        check(
            "neon vs supabase",
            "between",
            &["services/neon", "services/supabase"],
        );
        // Of parties that have no other name their definitions are meant.
        check(
            "aws vs google",
            "between",
            &["perspectives/aws-view", "perspectives/google-cloud-view"],
        );
        check("aws vs aws", "", &[]);
        check(
            "lambda or fargate?",
            "between",
            &["services/aws-lambda", "services/aws-fargate-ecs"],
        );
        check(
            "difference between paas and faas",
            "between",
            &["terms/paas", "terms/faas"],
        );
        check(
            "reserved vs provisioned concurrency",
            "between",
            &[
                "terms/reserved-concurrency",
                "terms/provisioned-concurrency",
            ],
        );
    }

    #[test]
    fn a_question_about_the_verdict_comes_to_what_is_judged() {
        let library = bundled();
        let check = |text: &str, form: &str, all: &[&str]| check(&library, text, form, all);
        check("is lambda serverless", "verdict", &["services/aws-lambda"]);
        check(
            "is azure functions really serverless?",
            "verdict",
            &[
                "services/azure-functions-flex-consumption",
                "services/azure-functions-consumption",
                "services/azure-functions-premium",
            ],
        );
        check(
            "is neon a serverless database",
            "verdict",
            &["services/neon"],
        );
        check("is faas serverless", "about", &["terms/faas"]);
        check(
            "is fargate serverless",
            "verdict",
            &["services/aws-fargate-ecs"],
        );
        check("neon vs neon", "", &[]);
        check("what is xyzzy", "", &[]);
        check("cold start", "", &[]);
    }

    #[test]
    fn what_is_put_around_a_name_is_not_searched_for() {
        let library = bundled();
        let check = |text: &str, expected: &str| {
            assert_eq!(understood(&library, text).words, expected, "{text}");
        };
        check("what is coldstrat", "coldstrat");
        check("is lambda serverless", "lambda");
        check("neon vs supabase", "neon supabase");
        check("scale to zero or not", "scale to zero or not");
        check("idle bill", "idle bill");
    }

    #[test]
    fn yes_or_no_is_asked_of_a_claim() {
        let library = bundled();
        for (text, asks) in [
            ("Is serverless always cheaper?", true),
            ("can functions keep state", true),
            ("isolate functions from each other", false),
            ("why is it slow", false),
            ("is it", false),
        ] {
            assert_eq!(is_yes_no(&library, text), asks, "{text}");
        }
        let index = SearchIndex::of(&library);
        let everything = SearchFilter::default();
        let before = index.rank(&Query::whole("scale zero"), 30, &everything);
        let place = |found: &[RankedEntry]| {
            let mut kinds = found.iter().map(|found| index.kind_of(found));
            kinds.position(|kind| kind == Kind::Myths)
        };
        let (Some(at), mut after) = (place(&before), before.clone()) else {
            panic!("a myth is found")
        };
        assert!((BEST..NEAR).contains(&at), "{at}");
        claim_first(&index, &mut after);
        assert_eq!(place(&after), Some(BEST - 1));
        assert_eq!(after[..BEST - 1], before[..BEST - 1]);
        assert_eq!(after[at + 1..], before[at + 1..]);
        let mut few = before[..2].to_vec();
        claim_first(&index, &mut few);
        assert_eq!(few, before[..2]);
    }
}
