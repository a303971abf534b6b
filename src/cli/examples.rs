//! The examples that help pages open with. They name what the pack at hand has: a line whose word it does not have is left
//! out, so that every example runs.

use std::collections::BTreeMap;

use crate::pack::subject::VerdictsWords;
use crate::pack::things::key;
use crate::pack::{Address, CostWords, Kind, Library, Subject, Things};
use crate::text::measure::{capitalized, width};

/// The examples of the program and its commands, each below its name.
const EXAMPLES: &str = include_str!("../../assets/examples.txt");
/// Cells between a command and what it does.
const GAP: usize = 3;
/// Longer commands have what they do on a line of its own.
const LONGEST: usize = 46;

/// What examples name, by the words in braces.
#[derive(Clone, Debug, Default)]
pub struct ExampleWords {
    named: BTreeMap<String, String>,
    /// What it has several of, by the word in braces for one: how each is written in JSON, and its heading.
    pub several: BTreeMap<&'static str, Vec<(String, String)>>,
    /// What the pack calls what it judges.
    pub things: Things,
    /// How it speaks of costs.
    pub cost: CostWords,
    /// What the pack calls the kinds of which it has something; `None` where no pack is open.
    pub kinds: Option<Vec<String>>,
    /// The commands for which the pack has nothing.
    pub missing: Vec<&'static str>,
}

impl ExampleWords {
    /// What the pack chooses, and its first entries for the rest. Titles need an indexed library.
    pub fn of(library: &Library) -> Self {
        let pack = library.pack();
        let mut words = Self {
            named: BTreeMap::new(),
            several: several(&pack.subject),
            things: pack.subject.things.clone(),
            cost: pack.subject.cost.clone(),
            kinds: Some(kind_words(library)),
            missing: missing(library),
        };
        for (key, text) in &pack.examples {
            let address = Address::parse(text).map(|address| words.things.address(&address));
            let text = address.unwrap_or_else(|| text.clone());
            words.set(key, text.to_string());
        }
        words.of_entries(library);
        words.set_some("dimension", pack.dimensions.first().map(|d| d.id.clone()));
        let workload = pack.subject.cost.workloads.first();
        words.set_some("workload", workload.map(|w| w.id.clone()));
        words.of_texts(library);
        words.of_subject(library);
        words
    }

    /// The first entries of each kind.
    fn of_entries(&mut self, library: &Library) {
        let words = self;
        let ids = |kind, count| -> Vec<&str> { library.ids(kind).take(count).collect() };
        if library.count(Kind::Terms) > 0 {
            let head = library.head(Kind::Terms, 0);
            words.set("term", head.title.to_lowercase());
            words.set("term_id", head.id.to_owned());
            words.set("word", head.title.to_lowercase());
            words.set("query", head.title.to_lowercase());
            words.set("short_term", head.id.to_owned());
        }
        let things = words.things.clone();
        let shown = |address: &Address| things.address(address).to_string();
        let first = |kind: Kind| {
            let id = library.ids(kind).next()?;
            Some(shown(&Address::new(kind, id)?))
        };
        for kind in [Kind::Services, Kind::Perspectives, Kind::Lessons] {
            words.set_some("entry", first(kind));
        }
        for (key, kind) in [
            ("perspective", Kind::Perspectives),
            ("thing_id", Kind::Services),
            ("lens", Kind::Lenses),
            ("lesson", Kind::Lessons),
            ("question", Kind::Questions),
        ] {
            words.set_some(key, library.ids(kind).next().map(str::to_owned));
        }
        for (key, kind) in [
            ("perspectives", Kind::Perspectives),
            ("things", Kind::Services),
        ] {
            if let two @ [_, _] = ids(kind, 2).as_slice() {
                words.set(key, two.join(" "));
            }
        }
        if let two @ [_, _] = ids(Kind::Lenses, 2).as_slice() {
            words.set("lenses", format!("lenses/{}", two.join(" lenses/")));
        }
    }

    /// Words that only the texts of entries tell; these are read only where the pack does not choose.
    fn of_texts(&mut self, library: &Library) {
        let thing = library.address(Kind::Services, 0);
        let thing = thing.and_then(|address| library.head_of(&address));
        self.set_some("thing", thing.map(|head| head.title.to_lowercase()));
        self.find("topic", || {
            let questions = library.ids(Kind::Questions);
            let mut questions = questions.filter_map(|id| library.question(id));
            let tags = &library.pack().tags;
            let topic = questions.find(|q| tags.iter().any(|tag| tag.id == q.topic));
            Some(topic?.topic.clone())
        });
        self.find("cited_term", || {
            let references = library.ids(Kind::References);
            let mut references = references.filter_map(|id| library.reference(id));
            references.find_map(|reference| reference.terms.first().cloned())
        });
        self.find("asking_lesson", || {
            let mut lessons = library.lessons().into_iter();
            let asking = lessons.find(|lesson| !lesson.recall.is_empty());
            asking.map(|lesson| lesson.order.to_string())
        });
        let day = self.some_day_of(library);
        self.set_some("as_of", day);
        let judges = library.checklist().asks();
        self.set_some("own", judges.then(|| self.things.one.to_string()));
        self.set_some("own_file", judges.then(|| "verdict.md".to_owned()));
        let mut kinds = [Kind::Lessons, Kind::Terms].into_iter();
        let kind = kinds.find(|kind| library.count(*kind) > 0);
        self.set_some("kind", kind.map(|kind| kind.word().to_owned()));
    }

    /// Sets a word that takes reading to find, where the pack has not chosen it.
    fn find(&mut self, key: &str, word: impl FnOnce() -> Option<String>) {
        if !self.named.contains_key(key) {
            self.set_some(key, word());
        }
    }

    /// A year in which the example of a thing could be had already.
    fn some_day_of(&self, library: &Library) -> Option<String> {
        let thing = library.service(self.named.get("thing_id")?)?;
        let year = thing.available_from?.year + 1;
        Some(year.min(thing.as_of.year).to_string())
    }

    /// The words of its subject, one behind the other.
    fn of_subject(&mut self, library: &Library) {
        let subject = &library.pack().subject;
        let any = "any id, or nothing";
        let Subject {
            criteria, verdicts, ..
        } = &**subject;
        let stances: Vec<&str> = subject.stances.iter().map(|stance| &*stance.id).collect();
        let parties: Vec<&str> = subject.parties.iter().map(String::as_str).collect();
        let asked: Vec<&str> = criteria.ids().map(|id| criteria.id(id)).collect();
        let answers: Vec<&str> = criteria
            .levels()
            .map(|level| criteria.word(level))
            .collect();
        let VerdictsWords {
            met,
            nearly,
            in_name,
            not,
        } = verdicts;
        let verdicts = [met, nearly, in_name, not].map(|words| words.id.as_str());
        self.set_some(
            "stances",
            or_list(&stances).or_else(|| Some(any.to_owned())),
        );
        self.set_some(
            "parties",
            or_list(&parties).or_else(|| Some(any.to_owned())),
        );
        self.set_some("criteria", or_list(&asked));
        self.set_some("answers", or_list(&answers));
        self.set_some("verdicts", or_list(&verdicts));
        let currency = &subject.cost.currency;
        self.set("currency", currency.full.to_string());
        self.set("currency_code", currency.code.to_string());
        let claim = subject.things.claim.as_ref();
        self.set_some("claim", claim.map(|claim| claim.key.clone()));
        if library.count(Kind::Lenses) > 0 && library.count(Kind::Services) > 0 {
            self.set("met", met.title.to_string());
        }
        let priced = || library.services().find(|service| service.pricing.is_some());
        let priced = library.has_prices().then(priced).flatten();
        self.set_some("priced", priced.map(|service| service.id.clone()));
    }

    fn set(&mut self, key: &str, word: String) {
        self.named.entry(key.to_owned()).or_insert(word);
    }

    fn set_some(&mut self, key: &str, word: Option<String>) {
        if let Some(word) = word {
            self.set(key, word);
        }
    }

    /// The kinds that commands take, one behind the other; all of them where no pack is open.
    pub fn kind_list(&self) -> String {
        match self.kinds.as_deref() {
            None | Some([]) => Kind::ALL.map(|kind| kind.word()).join(", "),
            Some(kinds) => kinds.join(", "),
        }
    }

    /// A sentence in the words that every pack has: for what it judges, for its kinds, and for what bills are over.
    pub fn sentence(&self, text: &str) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let own = [
            ("{kinds}", self.kind_list()),
            ("{use}", self.cost.one.to_string()),
            ("{uses}", self.cost.many.to_string()),
            ("{idle}", self.cost.idle.to_string()),
            ("{Use}", capitalized(&self.cost.one).to_string()),
            ("{Uses}", capitalized(&self.cost.many).to_string()),
        ];
        let things = self.things.fill(text).to_string();
        own.iter()
            .fold(things, |text, (key, word)| text.replace(key, word))
    }

    /// A line with its words filled in; `None` where the pack does not have one.
    pub fn fill(&self, line: &str) -> Option<String> {
        let is_missing = |name: &str| line.starts_with(&format!("  $ tozero {name}"));
        let lacks = |kind: Kind| {
            let kinds = self.kinds.as_ref();
            kinds.is_some_and(|kinds| kinds.iter().all(|k| k != kind.word()))
        };
        let lists_nothing =
            |kind: &Kind| lacks(*kind) && is_missing(&format!("list {}", kind.word()));
        // Without words behind it.
        if lacks(Kind::Perspectives) && is_missing("compare   ") {
            return None;
        }
        if self.missing.iter().any(|name| is_missing(name)) || Kind::ALL.iter().any(lists_nothing) {
            return None;
        }
        let line = self.sentence(line);
        let mut filled = String::new();
        let mut rest = line.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (key, after) = after.split_once('}')?;
            filled.push_str(before);
            filled.push_str(self.named.get(key)?);
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// What a pack has several of, for lines that stand once for each.
fn several(subject: &Subject) -> BTreeMap<&'static str, Vec<(String, String)>> {
    let readings = subject.readings.iter();
    let readings = readings.map(|reading| (reading.key(), reading.heading.to_string()));
    let sections = subject.things.sections.iter();
    let sections = sections.map(|section| (key(&section.heading), section.heading.to_string()));
    BTreeMap::from([
        ("reading", readings.collect()),
        ("section", sections.collect()),
    ])
}

/// Words as code, the last after `or`; `None` where there are none.
fn or_list(words: &[&str]) -> Option<String> {
    let (last, before) = words.split_last()?;
    let before: Vec<String> = before.iter().map(|word| format!("`{word}`")).collect();
    Some(match before.is_empty() {
        true => format!("`{last}`"),
        false => format!("{} or `{last}`", before.join(", ")),
    })
}

/// The kinds of which the pack has something, as commands call them.
pub fn kind_words(library: &Library) -> Vec<String> {
    let things = &library.pack().subject.things;
    let kinds = Kind::ALL.into_iter();
    let kinds = kinds.filter(|kind| library.count(*kind) > 0);
    kinds.map(|kind| things.command_word(kind)).collect()
}

/// The commands for which the pack has nothing.
fn missing(library: &Library) -> Vec<&'static str> {
    let some = |kind| library.count(kind) > 0;
    let has = [
        ("cost", library.has_prices()),
        ("judge", some(Kind::Services) || library.checklist().asks()),
        ("read", some(Kind::Lessons)),
        ("refs", some(Kind::References)),
        ("quiz", some(Kind::Questions)),
    ];
    let missing = has.into_iter().filter(|(_, has)| !has);
    missing.map(|(name, _)| name).collect()
}

/// The examples of a command, what they do in a column of its own.
pub fn examples(name: &str, words: &ExampleWords) -> Option<String> {
    let below = |section: &'static str| section.strip_prefix(name)?.strip_prefix('\n');
    let section = EXAMPLES.split("\n# ").find_map(below)?.trim_end();
    let lines: Vec<String> = section
        .lines()
        .filter_map(|line| words.fill(line))
        .collect();
    if !lines.iter().any(|line| line.starts_with("  $ ")) {
        return None;
    }
    let parts = |line: &str| -> (String, Option<String>) {
        let example = line.starts_with("  $ ");
        match line.split_once("   ").filter(|_| example) {
            Some((command, does)) => (command.to_owned(), Some(does.to_owned())),
            None => (line.to_owned(), None),
        }
    };
    let parts: Vec<_> = lines.iter().map(|line| parts(line)).collect();
    let explained = parts.iter().filter(|(_, does)| does.is_some());
    let cells = explained.map(|(command, _)| width(command));
    let column = cells.filter(|cells| *cells <= LONGEST).max().unwrap_or(0) + GAP;
    let set = |(command, does): &(String, Option<String>)| match does {
        None => command.clone(),
        Some(does) if width(command) > LONGEST => format!("{command}\n{:column$}{does}", ""),
        Some(does) => format!("{command}{:1$}{does}", "", column - width(command)),
    };
    Some(parts.iter().map(set).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::{Bundled, MemoryFiles};

    #[test]
    fn examples_name_what_the_pack_has() {
        let open = |files: MemoryFiles| Library::open(Arc::new(files)).ok().unwrap().indexed();
        let small = [
            ("pack.toml", "format = 1\ntitle = \"T\"\n"),
            (
                "terms/some-word.md",
                "+++\nterm = \"Some word\"\naliases = []\ntags = []\nbrief = \"B.\"\nsee_also = []\nsources = []\n+++\nText.\n",
            ),
        ];
        let words = ExampleWords::of(&open(MemoryFiles::of(small)));
        let define = examples("define", &words).unwrap();
        assert!(
            define.contains("$ tozero define some-word               an entry by its id"),
            "{define}"
        );
        assert!(
            !define.contains('{') && !define.contains("services/"),
            "{define}"
        );
        assert_eq!(examples("cost", &words), None, "it has no prices");
        assert_eq!(examples("no-such-command", &words), None);
    }

    #[test]
    fn the_bundled_pack_fills_every_example() {
        let library = Library::open(Arc::new(Bundled)).ok().unwrap();
        let words = ExampleWords::of(&library);
        let all = EXAMPLES.split("\n# ").skip(1);
        for section in all {
            let (name, lines) = section.split_once('\n').unwrap();
            let filled = examples(name, &words).unwrap();
            let count = |text: &str| text.matches("  $ ").count();
            assert_eq!(count(&filled), count(lines), "{name}");
            assert!(filled.lines().all(|line| width(line) <= 100), "{filled}");
        }
    }
}
