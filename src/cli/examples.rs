//! The examples that help pages open with. They name what the pack at hand has: a line whose word it does not have is left
//! out, so that every example runs.

use std::collections::BTreeMap;

use crate::pack::{Kind, Library, Things};
use crate::text::measure::width;

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
    /// What the pack calls what it judges.
    pub things: Things,
    /// The commands for which the pack has nothing.
    pub missing: Vec<&'static str>,
}

impl ExampleWords {
    /// What the pack chooses, and its first entries for the rest. Titles need an indexed library.
    pub fn of(library: &Library) -> Self {
        let pack = library.pack();
        let mut words = Self {
            named: BTreeMap::new(),
            things: pack.subject.things.clone(),
            missing: missing(library),
        };
        let ids = |kind, count| -> Vec<&str> { library.ids(kind).take(count).collect() };
        if library.count(Kind::Terms) > 0 {
            let head = library.head(Kind::Terms, 0);
            words.set("term", head.title.to_lowercase());
            words.set("term_id", head.id.to_owned());
            words.set("word", head.title.to_lowercase());
            words.set("query", head.title.to_lowercase());
            words.set("short_term", head.id.to_owned());
        }
        let first = |kind: Kind| {
            library
                .ids(kind)
                .next()
                .map(|id| format!("{}/{id}", kind.word()))
        };
        for kind in [Kind::Services, Kind::Perspectives, Kind::Lessons] {
            words.set_some("entry", first(kind));
        }
        words.set_some("dimension", pack.dimensions.first().map(|d| d.id.clone()));
        let workload = pack.subject.cost.workloads.first();
        words.set_some("workload", workload.map(|w| w.id.clone()));
        words.set_some("topic", pack.tags.first().map(|tag| tag.id.clone()));
        for (key, kind) in [
            ("perspective", Kind::Perspectives),
            ("thing", Kind::Services),
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
        for (key, text) in &pack.examples {
            words.named.insert(key.clone(), text.to_string());
        }
        words
    }

    fn set(&mut self, key: &str, word: String) {
        self.named.entry(key.to_owned()).or_insert(word);
    }

    fn set_some(&mut self, key: &str, word: Option<String>) {
        if let Some(word) = word {
            self.set(key, word);
        }
    }

    /// A line with its words filled in; `None` where the pack does not have one.
    fn fill(&self, line: &str) -> Option<String> {
        let is_missing = |name: &&str| line.starts_with(&format!("  $ tozero {name}"));
        if self.missing.iter().any(is_missing) {
            return None;
        }
        let line = self.things.fill(line);
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
