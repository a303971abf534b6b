//! Entries as JSON: terms, lessons, perspectives, references, myths, lenses.
//! Promise: every field of an entry's file is there, under the file's own name where it has one.

use serde::Serialize;

use crate::cli::json::{Source, Text, facts, question, strings, word};
use crate::cli::output::Output;
use crate::pack::{
    Address, Fact, FactLevel, Fidelity, Kind, Lens, LensRule, Lesson, Library, Myth, Party,
    Perspective, Reference, Stance, Term, TextKind, Verified,
};
use crate::text::Words;

/// Prints an entry; `None` when it cannot be read.
pub fn print(
    out: &mut Output,
    library: &Library,
    address: &Address,
) -> Option<std::io::Result<()>> {
    let id = address.id.as_ref();
    let common = Common::of(library, address);
    let kind = address.kind.one();
    Some(match address.kind {
        Kind::Terms => super::print(out, kind, &TermBody::of(library, library.term(id)?, common)),
        Kind::Lessons => super::print(
            out,
            kind,
            &LessonBody::of(library, library.lesson(id)?, common),
        ),
        Kind::Perspectives => super::print(
            out,
            kind,
            &PerspectiveBody::of(library, library.perspective(id)?, common),
        ),
        Kind::References => super::print(
            out,
            kind,
            &ReferenceBody::of(library.reference(id)?, common),
        ),
        Kind::Myths => super::print(out, kind, &MythBody::of(library, library.myth(id)?, common)),
        Kind::Lenses => super::print(out, kind, &LensBody::of(library.lens(id)?, common)),
        Kind::Services => super::print(
            out,
            kind,
            &facts::ServiceBody::of(library, library.service(id)?, common),
        ),
        Kind::Questions => super::print(
            out,
            kind,
            &question::QuestionBody::of(library, library.question(id)?, common),
        ),
    })
}

/// What every entry has.
#[derive(Serialize)]
pub struct Common {
    address: String,
    id: String,
    mentioned_in: Vec<String>,
}

impl Common {
    fn of(library: &Library, address: &Address) -> Self {
        let mentioned_in = library
            .mentions(address)
            .iter()
            .map(Address::to_string)
            .collect();
        Self {
            address: address.to_string(),
            id: address.id.to_string(),
            mentioned_in,
        }
    }
}

#[derive(Serialize)]
struct TermBody<'a> {
    #[serde(flatten)]
    common: Common,
    term: &'a str,
    aliases: Vec<&'a str>,
    tags: &'a [String],
    brief: &'a str,
    definition: Text,
    provider_view: Option<Text>,
    scale_to_zero_view: Option<Text>,
    example: Option<Text>,
    see_also: &'a [String],
    sources: Vec<Source>,
    as_of: Option<String>,
}

impl<'a> TermBody<'a> {
    fn of(library: &Library, term: &'a Term, common: Common) -> Self {
        Self {
            common,
            term: &term.term,
            aliases: strings(&term.aliases),
            tags: &term.tags,
            brief: &term.brief,
            definition: Text::of(&term.definition),
            provider_view: Text::maybe(term.provider_view.as_ref()),
            scale_to_zero_view: Text::maybe(term.zero_view.as_ref()),
            example: Text::maybe(term.example.as_ref()),
            see_also: &term.see_also,
            sources: Source::all(library, &term.sources),
            as_of: term.as_of.map(|d| d.to_string()),
        }
    }
}

#[derive(Serialize)]
struct LessonBody<'a> {
    #[serde(flatten)]
    common: Common,
    title: &'a str,
    order: u16,
    minutes: u16,
    body: Text,
    recall: &'a [String],
    sources: Vec<Source>,
    as_of: Option<String>,
}

impl<'a> LessonBody<'a> {
    fn of(library: &Library, lesson: &'a Lesson, common: Common) -> Self {
        Self {
            common,
            title: &lesson.title,
            order: lesson.order,
            minutes: lesson.minutes,
            body: Text::of(&lesson.body),
            recall: &lesson.recall,
            sources: Source::all(library, &lesson.sources),
            as_of: lesson.as_of.map(|d| d.to_string()),
        }
    }
}

#[derive(Serialize)]
struct PerspectiveBody<'a> {
    #[serde(flatten)]
    common: Common,
    name: &'a str,
    holder: &'a str,
    party: &'static str,
    stance: &'static str,
    published: Option<String>,
    url: &'a str,
    summary: Text,
    cells: Vec<CellBody<'a>>,
}

#[derive(Serialize)]
struct CellBody<'a> {
    dimension: &'a str,
    question: &'a str,
    position: Option<&'a str>,
    says: Option<Text>,
}

impl<'a> PerspectiveBody<'a> {
    fn of(library: &'a Library, view: &'a Perspective, common: Common) -> Self {
        let cell = |(dimension, cell): (
            &'a crate::pack::entries::pack::Dimension,
            &'a crate::pack::entries::perspective::PerspectiveCell,
        )| {
            let position = cell.position.as_deref();
            CellBody {
                dimension: &dimension.id,
                question: &dimension.question,
                position,
                says: position.map(|_| Text::of(&cell.text)),
            }
        };
        Self {
            common,
            name: &view.name,
            holder: &view.holder,
            party: word(&Party::WORDS, &view.kind),
            stance: word(&Stance::WORDS, &view.stance),
            published: view.published.map(|d| d.to_string()),
            url: view.url.as_str(),
            summary: Text::of(&view.summary),
            cells: library
                .pack()
                .dimensions
                .iter()
                .zip(&view.cells)
                .map(cell)
                .collect(),
        }
    }
}

/// A reference, as an entry and in the answer of `refs`.
#[derive(Serialize)]
pub struct ReferenceBody<'a> {
    #[serde(flatten)]
    common: Common,
    title: &'a str,
    authors: Vec<&'a str>,
    publisher: &'a str,
    published: Option<String>,
    url: &'a str,
    text_kind: &'static str,
    stance: &'static str,
    verified: &'static str,
    checked: String,
    terms: &'a [String],
    summary: Text,
    claims: Vec<&'a str>,
}

impl<'a> ReferenceBody<'a> {
    fn of(reference: &'a Reference, common: Common) -> Self {
        Self {
            common,
            title: &reference.title,
            authors: strings(&reference.authors),
            publisher: &reference.publisher,
            published: reference.published.map(|d| d.to_string()),
            url: reference.url.as_str(),
            text_kind: word(&TextKind::WORDS, &reference.kind),
            stance: word(&Stance::WORDS, &reference.stance),
            verified: word(&Verified::WORDS, &reference.verified),
            checked: reference.checked.to_string(),
            terms: &reference.terms,
            summary: Text::of(&reference.summary),
            claims: strings(&reference.claims),
        }
    }

    /// A reference of the library; `None` when it cannot be read.
    pub fn find(library: &'a Library, address: &Address) -> Option<Self> {
        library
            .reference(&address.id)
            .map(|r| Self::of(r, Common::of(library, address)))
    }
}

#[derive(Serialize)]
struct MythBody<'a> {
    #[serde(flatten)]
    common: Common,
    claim: &'a str,
    verdict: &'static str,
    truth: Text,
    terms: &'a [String],
    sources: Vec<Source>,
}

impl<'a> MythBody<'a> {
    fn of(library: &Library, myth: &'a Myth, common: Common) -> Self {
        Self {
            common,
            claim: &myth.claim,
            verdict: myth.verdict.word(),
            truth: Text::of(&myth.truth),
            terms: &myth.terms,
            sources: Source::all(library, &myth.sources),
        }
    }
}

#[derive(Serialize)]
struct LensBody<'a> {
    #[serde(flatten)]
    common: Common,
    name: &'a str,
    question: &'a str,
    follows: Option<&'a str>,
    source: &'a str,
    also: &'a [String],
    fidelity: &'static str,
    not_asked: Option<&'a str>,
    minimum: Option<Vec<Least>>,
    weights: Option<Vec<Weight>>,
    values: Option<Vec<Value>>,
    why: Vec<facts::Why<'a>>,
    note: Text,
}

#[derive(Serialize)]
struct Least {
    fact: &'static str,
    answer: &'static str,
}

#[derive(Serialize)]
struct Weight {
    fact: &'static str,
    weight: f64,
}

#[derive(Serialize)]
struct Value {
    answer: &'static str,
    value: f64,
}

impl<'a> LensBody<'a> {
    fn of(lens: &'a Lens, common: Common) -> Self {
        let (minimum, weights, values) = match &lens.rule {
            LensRule::Minimum(all) => (
                Some(
                    all.iter()
                        .map(|(f, a)| Least {
                            fact: f.word(),
                            answer: a.word(),
                        })
                        .collect(),
                ),
                None,
                None,
            ),
            LensRule::Score { weights, values } => (
                None,
                Some(weights.iter().map(weight).collect()),
                Some(values.iter().map(value).collect()),
            ),
        };
        let fidelity = match lens.fidelity {
            Fidelity::Stated => "stated",
            Fidelity::Reading => "reading",
        };
        Self {
            common,
            name: &lens.name,
            question: &lens.question,
            follows: lens.follows.as_deref(),
            source: &lens.source,
            also: &lens.also,
            fidelity,
            not_asked: lens.not_asked.as_deref(),
            minimum,
            weights,
            values,
            why: lens
                .why
                .iter()
                .map(|(f, why)| facts::Why {
                    fact: f.word(),
                    why,
                })
                .collect(),
            note: Text::of(&lens.note),
        }
    }
}

fn weight((fact, weight): &(Fact, f64)) -> Weight {
    Weight {
        fact: fact.word(),
        weight: *weight,
    }
}

fn value((answer, value): &(FactLevel, f64)) -> Value {
    Value {
        answer: answer.word(),
        value: *value,
    }
}
