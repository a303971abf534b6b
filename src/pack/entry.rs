//! One file of any kind, read with everything that checks and indexes want to know about it.
//! Reading one file needs that file and `pack.toml` only; whether what it mentions exists is asked elsewhere.

use crate::pack::address::{Address, Kind};
use crate::pack::doc::Doc;
use crate::pack::entries::checklist::{self, Checklist};
use crate::pack::entries::lens::{self, Lens};
use crate::pack::entries::lesson::{self, Lesson};
use crate::pack::entries::myth::{self, Myth};
use crate::pack::entries::pack::{self, Pack};
use crate::pack::entries::perspective::{self, Perspective};
use crate::pack::entries::question::{self, Question};
use crate::pack::entries::reference::{self, Reference};
use crate::pack::entries::service::{self, Service};
use crate::pack::entries::term::{self, Term};
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{SafeText, Words};

#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Lesson(Box<Lesson>),
    Perspective(Box<Perspective>),
    Term(Box<Term>),
    Question(Box<Question>),
    Reference(Box<Reference>),
    Service(Box<Service>),
    Myth(Box<Myth>),
    Lens(Box<Lens>),
}

pub(crate) struct CatalogRow {
    pub(crate) title: SafeText,
    pub(crate) aliases: Vec<SafeText>,
    pub(crate) tags: Vec<SafeText>,
    pub(crate) brief: SafeText,
}

/// Reads one entry. `None` when something in it cannot be shown; the notes say what, and hold what was understood.
pub fn read_entry(address: &Address, source: &str, pack: &Pack) -> (Option<Entry>, Notes) {
    let mut notes = Notes::new(&address.path());
    let (id, n) = (&*address.id, &mut notes);
    let entry = match address.kind {
        Kind::Lessons => boxed(lesson::read(id, source, n), Entry::Lesson),
        Kind::Perspectives => boxed(perspective::read(id, source, n, pack), Entry::Perspective),
        Kind::Terms => boxed(term::read(id, source, n, pack), Entry::Term),
        Kind::Questions => boxed(question::read(id, source, n, pack), Entry::Question),
        Kind::References => boxed(reference::read(id, source, n, pack), Entry::Reference),
        Kind::Services => boxed(service::read(id, source, n, pack), Entry::Service),
        Kind::Myths => boxed(myth::read(id, source, n), Entry::Myth),
        Kind::Lenses => boxed(lens::read(id, source, n, pack), Entry::Lens),
    };
    notes.close();
    (entry, notes)
}

fn boxed<T>(entry: Option<T>, kind: fn(Box<T>) -> Entry) -> Option<Entry> {
    entry.map(|entry| kind(Box::new(entry)))
}

/// Reads `pack.toml`; `None` when it has errors. The notes hold the entries it mentions.
pub fn read_pack(source: &str) -> (Option<Pack>, Notes) {
    let mut notes = Notes::new("pack.toml");
    let pack = pack::read(source, &mut notes);
    notes.close();
    (pack.filter(|_| !notes.refused()), notes)
}

/// The same as far as it can be understood, so that a check of the entries finds no more than what is wrong with them.
pub(crate) fn read_pack_so_far(source: &str) -> (Pack, Notes) {
    let mut notes = Notes::new("pack.toml");
    let pack = pack::read(source, &mut notes).unwrap_or_default();
    notes.close();
    (pack, notes)
}

/// Reads `checklist.toml`; questions with errors are left out. The notes hold the terms it mentions.
pub fn read_checklist(source: &str, pack: &Pack) -> (Checklist, Notes) {
    let mut notes = Notes::new("checklist.toml");
    let questions = checklist::read(source, &mut notes, pack);
    notes.close();
    (questions, notes)
}

impl Entry {
    /// Words by which people look for it, though nobody calls it so.
    pub(crate) fn found_by(&self) -> &[SafeText] {
        match self {
            Self::Lesson(e) => &e.found_by,
            Self::Term(e) => &e.found_by,
            Self::Service(e) => &e.found_by,
            Self::Myth(e) => &e.found_by,
            Self::Perspective(_) | Self::Question(_) | Self::Reference(_) | Self::Lens(_) => &[],
        }
    }

    pub(crate) fn summary(&self) -> CatalogRow {
        let of = |title: &SafeText, tags: Vec<SafeText>, brief| CatalogRow {
            title: title.clone(),
            aliases: Vec::new(),
            tags,
            brief,
        };
        let words = |tags: &[&str]| {
            let tags = tags.iter().filter(|tag| !tag.is_empty());
            tags.map(|tag| SafeText::from(*tag)).collect()
        };
        match self {
            Self::Lesson(e) => of(&e.title, vec![safe!("{}", e.order)], SafeText::default()),
            Self::Perspective(e) => of(&e.name, words(&[&e.kind, &e.stance]), e.holder.clone()),
            Self::Term(e) => CatalogRow {
                aliases: e.aliases.clone(),
                ..of(
                    &e.term,
                    e.tags.iter().map(|tag| tag.as_str().into()).collect(),
                    e.brief.clone(),
                )
            },
            Self::Question(e) => of(
                &line(&e.prompt),
                words(&[&e.topic, e.answer.word()]),
                SafeText::default(),
            ),
            Self::Reference(e) => {
                let year = e
                    .published
                    .map(|day| safe!(", {}", day.year))
                    .unwrap_or_default();
                of(
                    &e.title,
                    words(&[e.kind.word(), &e.stance]),
                    safe!("{}{year}", e.authors.first().unwrap_or(&e.publisher)),
                )
            }
            Self::Service(e) => CatalogRow {
                aliases: e.aliases.clone(),
                ..of(
                    &e.name,
                    words(&[&e.provider, &e.category]),
                    first_sentence(&line(&e.what)),
                )
            },
            Self::Myth(e) => of(&e.claim, words(&[e.verdict.word()]), SafeText::default()),
            Self::Lens(e) => of(&e.name, Vec::new(), e.question.clone()),
        }
    }
}

fn line(doc: &Doc) -> SafeText {
    SafeText::line(&doc.text())
}

/// Up to the first full stop that ends a sentence, or everything.
fn first_sentence(text: &SafeText) -> SafeText {
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text.slice(0..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pack::bundled::Bundled;
    use crate::pack::entries::samples;
    use crate::pack::files::Files;

    #[test]
    fn summaries_say_what_an_entry_is() {
        let check = |address: &str, source: &str, expected: [&str; 3]| {
            let summary = read_entry(&Address::parse(address).unwrap(), source, &samples::pack())
                .0
                .unwrap()
                .summary();
            let tags: Vec<&str> = summary.tags.iter().map(SafeText::as_str).collect();
            assert_eq!(
                [&*summary.title, &tags.join(" | "), &summary.brief],
                expected,
                "{address}"
            );
        };
        check(
            "lessons/x",
            "+++\ntitle = \"T\"\norder = 7\nminutes = 5\n+++\nText.",
            ["T", "7", ""],
        );
        check(
            "myths/x",
            "+++\nclaim = \"C.\"\nverdict = \"false\"\nsources = [\"a\"]\n+++\nText.",
            ["C.", "false", ""],
        );
        let question = "+++\nkind = \"typed\"\ntopic = \"data\"\ndifficulty = 1\nanswers = [\"a\"]\n+++\nOne\n\n- *two*\n\n---\n\nE.";
        check("questions/x", question, ["One two", "data | typed", ""]);
        for (text, sentence) in [
            ("Runs v1.5 now. And more.", "Runs v1.5 now."),
            ("No end", "No end"),
            ("One.", "One."),
        ] {
            assert_eq!(first_sentence(&text.into()).as_str(), sentence);
        }
    }

    #[test]
    fn a_file_without_front_matter_has_its_links_looked_at() {
        let source = "+++\nterm = \n+++\n[a](/etc/passwd)";
        let (entry, notes) = read_entry(
            &Address::parse("terms/x").unwrap(),
            source,
            &samples::pack(),
        );
        let codes: Vec<&str> = notes.problems.iter().map(|d| d.code).collect();
        assert_eq!(
            (entry, codes),
            (None, vec!["front-matter-syntax", "link-escapes"])
        );
    }

    /// What must not be found in any text that comes out, as the debug form writes it.
    const HOSTILE: [&str; 11] = [
        "\\u{1b}",
        "\\u{9b}",
        "\\u{7f}",
        "\\0",
        "\\t",
        "\\r",
        "\\u{7}",
        "\\u{202e}",
        "\\u{2066}",
        "\\u{feff}",
        "\\u{e0041}",
    ];

    /// Reads a file as each kind and looks at everything that comes out.
    fn is_safe(source: &str) {
        let mut seen = Vec::new();
        for kind in Kind::ALL {
            let address = Address::new(kind, "x").expect("a good id");
            let (entry, notes) = read_entry(&address, source, &samples::pack());
            assert_eq!(entry.is_none(), notes.refused());
            seen.push(format!(
                "{:?} {:?} {notes:?}",
                entry.as_ref().map(|e| e.summary().title),
                entry
            ));
            for problem in &notes.problems {
                let quoted = problem.span.clone().map(|span| source.get(span));
                assert!(
                    quoted != Some(None),
                    "{problem:?} is at no place of the file"
                );
            }
        }
        seen.push(format!(
            "{:?} {:?}",
            read_pack(source),
            read_checklist(source, &samples::pack())
        ));
        for text in seen {
            let found = HOSTILE
                .into_iter()
                .find(|hostile| text.replace("\\\\", "").contains(hostile));
            assert_eq!(found, None, "in {}", text.get(..2000).unwrap_or(&text));
        }
    }

    /// Pieces that front matter and bodies are made of, and what hides in them.
    const PIECES: &[&str] = &[
        "+++\n",
        "= ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "\"\"\"",
        ",",
        "\n",
        "\n\n",
        "# ",
        "## Claims\n",
        "> ",
        "- [x] ",
        "1. ",
        "| a | b |\n|--|--|\n",
        "---\n",
        "\\u001b",
        "\\e[2J",
        "\\x9b",
        "\\u202e",
        "\u{1b}]52;c;x\u{7}",
        "\u{9b}2J",
        "\u{202e}",
        "\u{feff}",
        "\0",
        "\t",
        "\r",
        "&#27;",
        "&#x9b;",
        "&#x2066;",
        "Myth: [a](../myths/b.md)",
        "[a](../../x)",
        "term = \"x\"\n",
        "9",
        "-1e999",
        "nan",
        "2026",
        "Silent.",
        "é",
    ];

    proptest! {
        #[test]
        fn any_file_is_read_safely(source in "\\PC*") {
            is_safe(&source);
            is_safe(&format!("+++\n{source}\n+++\n{source}"));
        }

        #[test]
        fn damaged_files_are_read_safely(
            which in 0..10usize,
            edits in prop::collection::vec((0.0..1.0, 0..12usize, prop::sample::select(PIECES)), 1..8),
        ) {
            let path = match which {
                8 => "pack.toml".to_owned(),
                9 => "checklist.toml".to_owned(),
                kind => Bundled.list(Kind::ALL[kind].word())[0].clone(),
            };
            let mut source = Bundled.read(&path).unwrap().into_owned();
            for (place, length, piece) in edits {
                let start = source.floor_char_boundary((place * source.len() as f64) as usize);
                let end = source.ceil_char_boundary((start + length).min(source.len()));
                source.replace_range(start..end, piece);
            }
            is_safe(&source);
        }
    }
}
