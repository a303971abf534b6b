//! What a question comes to: the entries that it asks about. Words that are no question, or about nothing that the pack
//! has, come to nothing, and are searched for like any others.

use crate::core::compare::{ComparedKind, MAX_COLUMNS};
use crate::core::names::NameIndex;
use crate::core::search::frame::{Asked, asked, spellings};
use crate::core::search::ingest::short_names;
use crate::pack::{Address, Kind, Library};
use crate::text::fold::{fold, keep};

/// Kinds that a question asks about, likeliest first.
const KINDS: [Kind; 4] = [
    Kind::Terms,
    Kind::Services,
    Kind::Perspectives,
    Kind::Lenses,
];
/// Kinds whose entries are set against each other, likeliest first.
const SIDES: [Kind; 4] = [
    Kind::Services,
    Kind::Terms,
    Kind::Perspectives,
    Kind::Lenses,
];
/// Most things that one name may mean in a question.
const MOST: usize = 8;

/// What is asked of which entries.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// What it is.
    About(Address),
    /// How they differ: at least two, each once.
    Between(Vec<Address>),
    /// What is judged of them: services that one name may mean.
    Verdict(Vec<Address>),
}

impl Question {
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

/// A text as somebody asks it.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    pub question: Option<Question>,
    /// What to search for besides: the text without what was put around its names.
    pub words: String,
}

/// Reads a text as a question of an indexed library.
pub fn understood(library: &Library, text: &str) -> Understood {
    let subject = &library.pack().subject;
    let ways = asked(text, &subject.search, &subject.verdicts.met.title);
    for way in &ways {
        let names: &[&str] = match way {
            Asked::Verdict(name) | Asked::About(name) => &[name],
            Asked::Between(names) => names,
        };
        let question = match way {
            Asked::Verdict(name) => verdict(library, name),
            Asked::Between(names) => between(library, names),
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

/// The services that a name means: the one that is called so, or else all that are so called in short, or else all whose
/// names have its words.
pub fn services(library: &Library, name: &str) -> Vec<Address> {
    if let Some(address) = named(library, Kind::Services, name) {
        return vec![address];
    }
    if keep(name).is_empty() {
        return Vec::new();
    }
    let short = called_in_short(library, name);
    if !short.is_empty() {
        return short;
    }
    let index = NameIndex::of(library, Kind::Services);
    let having = index.matching(name).into_iter();
    let address = |n| library.address(Kind::Services, n as usize);
    having.filter_map(address).collect()
}

fn called_in_short(library: &Library, name: &str) -> Vec<Address> {
    let wanted = keep(name);
    let is_called = |n: &usize| {
        let names = short_names(library, *n);
        names.iter().any(|short| keep(short) == wanted)
    };
    let services = (0..library.count(Kind::Services)).filter(is_called);
    let address = |n| library.address(Kind::Services, n);
    services.filter_map(address).collect()
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

/// The service that a name stands for as surely as for anything else: called so, if only in short, or what the term of that
/// name is about, since its own name begins with the term's.
fn thing(library: &Library, name: &str) -> Option<Address> {
    let words = &library.pack().subject.search;
    let service = called(library, Kind::Services, name);
    let mut all = spellings(name, words).into_iter();
    let short = || all.find_map(|name| called_in_short(library, &name).into_iter().next());
    let of_term = || {
        let term = library.position(&called(library, Kind::Terms, name)?)?;
        let term = fold(library.head(Kind::Terms, term).title);
        let mut services = 0..library.count(Kind::Services);
        let n = services.find(|n| fold(library.head(Kind::Services, *n).title).starts_with(&term));
        library.address(Kind::Services, n?)
    };
    service.or_else(short).or_else(of_term)
}

fn about(library: &Library, name: &str) -> Option<Question> {
    let mut kinds = KINDS.into_iter();
    let entry = kinds.find_map(|kind| called(library, kind, name));
    entry.map(Question::About).or_else(|| {
        let mut services = meant(library, name);
        let only = services.pop().filter(|_| services.is_empty())?;
        Some(Question::About(only))
    })
}

fn verdict(library: &Library, name: &str) -> Option<Question> {
    // What is no service but has a name is told, where a word of some service's name would be chance.
    let exact = called(library, Kind::Services, name);
    let other = || called(library, Kind::Terms, name);
    match (exact, meant(library, name)) {
        (Some(service), _) => Some(Question::Verdict(vec![service])),
        (None, all) if !all.is_empty() => Some(Question::Verdict(all)),
        (None, _) => Some(Question::About(other()?)),
    }
}

/// All of one kind where that can be, so that they can stand side by side.
fn between(library: &Library, names: &[&str]) -> Option<Question> {
    let names = names.get(..MAX_COLUMNS).unwrap_or(names);
    let whole = whole_names(names);
    let service = |name: &str| meant(library, name).into_iter().next();
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
    let found = all(&|name| thing(library, name));
    let found = found
        .or_else(alike)
        .or_else(|| all(&service))
        .or_else(|| all(&any))?;
    Some(Question::Between(found))
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

    #[test]
    fn a_question_comes_to_what_it_asks_about() {
        let library = bundled();
        let check = |text: &str, form: &str, expected: &[&str]| {
            let question = understood(&library, text).question;
            let found = question.as_ref().map(|question| match question {
                Question::About(_) => "about",
                Question::Between(_) => "between",
                Question::Verdict(_) => "verdict",
            });
            let entries = question.iter().flat_map(Question::entries);
            let entries: Vec<String> = entries.map(Address::to_string).collect();
            assert_eq!(
                (found.unwrap_or(""), entries),
                (form, expected.iter().map(ToString::to_string).collect()),
                "{text}"
            );
        };
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
        check("is lambda serverless", "verdict", &["services/aws-lambda"]);
        check(
            "is azure functions really serverless?",
            "verdict",
            &[
                "services/azure-functions-consumption",
                "services/azure-functions-flex-consumption",
                "services/azure-functions-premium",
            ],
        );
        check(
            "is neon a serverless database",
            "verdict",
            &["services/neon"],
        );
        check("is faas serverless", "about", &["terms/faas"]);
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
}
