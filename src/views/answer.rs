//! What answers a question, row by row, before anything that search finds: the entries that it asks about, each with what
//! it is or how it is judged, and where they can be seen side by side.

use crate::core::asking::Question;
use crate::core::compare::{ComparedKind, default_lenses};
use crate::core::judge::TableVerdict;
use crate::core::judge::state::answers_at;
use crate::core::judge::verdict::read;
use crate::pack::{Address, Kind, Lens, Library, Service};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::slug;
use crate::views::ViewContext;
use crate::views::entry_footer::title;
use crate::views::verdict;

/// A row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRow {
    pub title: SafeText,
    /// What it is, how it is judged, or what one sees there.
    pub note: SafeText,
    pub leads_to: AnswerTarget,
}

/// Where a row leads.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerTarget {
    Entry(Address),
    /// A part of an entry, by its anchor.
    Section(Address, String),
    /// Side by side, by id.
    Compare(ComparedKind, Vec<String>),
    /// The bills of services, by id.
    Cost(Vec<String>),
}

impl AnswerTarget {
    /// The kind of entry that it leads to; none where it leads to several.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Entry(address) | Self::Section(address, _) => Some(address.kind),
            Self::Compare(..) | Self::Cost(_) => None,
        }
    }

    /// The command that shows it, with its arguments; none for a part of an entry, which its command shows whole.
    pub fn command(&self) -> Option<Vec<&str>> {
        let (command, ids) = match self {
            Self::Entry(_) | Self::Section(..) => return None,
            Self::Compare(_, ids) => ("compare", ids),
            Self::Cost(ids) => ("cost", ids),
        };
        let ids = ids.iter().map(String::as_str);
        Some(std::iter::once(command).chain(ids).collect())
    }
}

/// The rows that answer a question, in the order in which they are read.
pub fn rows(library: &Library, question: &Question, context: &ViewContext) -> Vec<AnswerRow> {
    let entries = question.entries();
    let row = |address: &Address| AnswerRow {
        title: title(library, address),
        note: note(library, address, context),
        leads_to: AnswerTarget::Entry(address.clone()),
    };
    let mut rows: Vec<AnswerRow> = entries.iter().map(row).collect();
    match question {
        Question::About(address) => rows.extend(readings(library, address)),
        Question::Between(_) | Question::Verdict(_) => {}
    }
    if let Some((kind, ids)) = question.compared() {
        rows.push(compare(library, kind, ids));
    }
    rows.extend(bills(library, question));
    rows
}

/// How a term is read; and the definitions side by side, where it is what they define.
fn readings(library: &Library, address: &Address) -> Vec<AnswerRow> {
    let term = (address.kind == Kind::Terms)
        .then(|| library.term(&address.id))
        .flatten();
    let Some(term) = term else { return Vec::new() };
    let mut rows: Vec<AnswerRow> = term
        .readings
        .iter()
        .map(|(reading, doc)| AnswerRow {
            title: safe!("{}: {}", term.term, reading.title),
            note: SafeText::line(&doc.text()),
            leads_to: AnswerTarget::Section(address.clone(), slug(&reading.heading)),
        })
        .collect();
    let sides = &library.pack().default_comparison;
    if is_disputed(library, address) && sides.len() > 1 {
        rows.push(compare(library, ComparedKind::Definitions, sides.clone()));
    }
    rows
}

/// Whether a term is the word that the pack is about: the one that things are called when everything is met.
fn is_disputed(library: &Library, term: &Address) -> bool {
    let word = &library.pack().subject.verdicts.met.title;
    library.named(Kind::Terms, word).as_ref() == Some(term)
}

fn compare(library: &Library, kind: ComparedKind, ids: Vec<String>) -> AnswerRow {
    let things = &library.pack().subject.things;
    let names = all_titles(library, kind.kind(), &ids);
    let (title, note) = match kind {
        // Their names are sentences.
        ComparedKind::Definitions => (SafeText::ours("Definitions side by side"), names),
        ComparedKind::Services => (
            safe!("{names} side by side"),
            SafeText::ours("Fact by fact, with the verdict of the lens that is on."),
        ),
        ComparedKind::Lenses => (
            SafeText::ours("Lenses side by side"),
            things.fill("Their rules, and the {many} on which they part."),
        ),
    };
    AnswerRow {
        title,
        note,
        leads_to: AnswerTarget::Compare(kind, ids),
    }
}

/// The bills of services that all have prices.
fn bills(library: &Library, question: &Question) -> Option<AnswerRow> {
    let (ComparedKind::Services, ids) = question.compared()? else {
        return None;
    };
    let mut services = ids.iter().map(|id| library.service(id));
    let priced = services.all(|s| s.is_some_and(|s| s.pricing.is_some()));
    priced.then(|| AnswerRow {
        title: safe!("What {} cost", all_titles(library, Kind::Services, &ids)),
        note: SafeText::ours("Their bills a month, idle first."),
        leads_to: AnswerTarget::Cost(ids),
    })
}

fn all_titles(library: &Library, kind: Kind, ids: &[String]) -> SafeText {
    let addresses = ids.iter().filter_map(|id| Address::new(kind, id));
    let titles: Vec<SafeText> = addresses.map(|a| title(library, &a)).collect();
    SafeText::join(&titles, " and ")
}

/// What an entry is, in a line: of a service its verdict.
fn note(library: &Library, address: &Address, context: &ViewContext) -> SafeText {
    if address.kind == Kind::Services {
        let service = library.service(&address.id);
        return service
            .map(|s| judged(library, s, context))
            .unwrap_or_default();
    }
    let brief = library
        .position(address)
        .map(|n| SafeText::from(library.head(address.kind, n).brief));
    brief.unwrap_or_default()
}

/// The verdict on a service by the lens that is on, and by the other lens of the pack's default comparison where it differs:
/// `+ met (No knobs); ~ nearly met (Neutral)`.
pub fn judged(library: &Library, service: &Service, context: &ViewContext) -> SafeText {
    let subject = &library.pack().subject;
    let held = answers_at(service, context.as_of);
    let by = |lens: &Lens| -> TableVerdict {
        held.map(|(answers, claimed)| read(&answers, claimed, lens))
    };
    let name = |lens: &Lens| {
        let mut readings = subject.readings.iter();
        let reading = readings.find(|r| r.lens.as_deref() == Some(&*lens.id));
        reading.map_or(&lens.name, |reading| &reading.title).clone()
    };
    let told = |lens: &Lens| match by(lens) {
        Ok(outcome) => safe!("{} ({})", verdict::full(subject, outcome), name(lens)),
        Err(absent) => SafeText::ours(verdict::absent_word(absent)),
    };
    let Some(on) = context.lens(library) else {
        return SafeText::default();
    };
    let others = default_lenses(library).into_iter();
    let mut others = others.filter(|other| other.id != on.id);
    let other = others.find(|other| by(other) != by(on));
    let words: Vec<SafeText> = std::iter::once(on).chain(other).map(told).collect();
    SafeText::join(&words, "; ")
}
