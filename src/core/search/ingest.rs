//! Makes search records from a pack: from its catalog at once, or with the full texts. Of a question only the prompt is
//! indexed; entries are read for the index and not kept.

use crate::core::search::index::{Label, LabelKind, RecordSection, SearchRecord};
use crate::pack::address::{Address, Kind, NamedId};
use crate::pack::catalog::{Catalog, EntryHead};
use crate::pack::doc::Doc;
use crate::pack::entries::lens::Lens;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::perspective::Perspective;
use crate::pack::entries::question::Question;
use crate::pack::entries::reference::Reference;
use crate::pack::entries::service::Service;
use crate::pack::entries::term::Term;
use crate::pack::entry::{Entry, read_entry};
use crate::pack::files::Files;
use crate::pack::subject::OwnSection;
use crate::safe;
use crate::text::SafeText;
use crate::text::fold::fold_tight;
use crate::text::measure::slug;

/// A pack as it is read for the index.
#[derive(Clone, Copy)]
pub struct IndexSource<'a> {
    pub pack: &'a Pack,
    pub catalog: &'a Catalog,
    pub files: &'a dyn Files,
}

/// Records with what the catalog has: names, tags and briefs. Reads no file.
pub fn heads(source: IndexSource<'_>) -> impl Iterator<Item = SearchRecord> {
    let all = Kind::ALL
        .into_iter()
        .flat_map(move |kind| (0..source.catalog.count(kind)).map(move |n| (kind, n)));
    all.map(move |(kind, n)| head(source.pack, kind, &source.catalog.head(kind, n)))
}

/// Records with full texts. Reads every file: not for the drawing thread.
pub fn texts(source: IndexSource<'_>) -> impl Iterator<Item = SearchRecord> {
    heads(source).map(move |mut record| {
        if let Some(entry) = read(source, record.kind, &record.id) {
            fill(source.pack, &entry, &mut record);
        }
        record
    })
}

fn read(source: IndexSource<'_>, kind: Kind, id: &str) -> Option<Entry> {
    let address = Address::new(kind, id)?;
    let text = source.files.read(&address.path()).ok()?;
    read_entry(&address, &text, source.pack).0
}

fn head(pack: &Pack, kind: Kind, head: &EntryHead<'_>) -> SearchRecord {
    let lines = |text: &str| -> Vec<SafeText> {
        text.split('\n')
            .filter(|l| !l.is_empty())
            .map(SafeText::from)
            .collect()
    };
    let mut record = SearchRecord::new(kind, head.id, SafeText::from(head.title));
    record.aliases = lines(head.aliases);
    record.found_by = lines(head.found_by);
    let (brief, tags) = (SafeText::from(head.brief), lines(head.tags));
    let tagged = |names: &[NamedId], tags: &[SafeText]| -> Vec<Label> {
        tags.iter().flat_map(|tag| named(names, tag)).collect()
    };
    match kind {
        Kind::Lessons => record.brief = brief,
        // A service's first tag is its provider.
        Kind::Services => {
            record.shorts = short_names(pack, head);
            if let Some((provider, categories)) = tags.split_first() {
                record.labels = vec![label(LabelKind::Provider, provider)];
                record.labels.extend(tagged(&pack.categories, categories));
            }
            record.brief = brief;
        }
        Kind::Perspectives | Kind::References => {
            record.labels = tagged(&pack.tags, &tags);
            record.labels.push(label(LabelKind::By, &brief));
        }
        Kind::Terms | Kind::Questions | Kind::Myths | Kind::Lenses => {
            record.labels = tagged(&pack.tags, &tags);
            record.brief = brief;
        }
    }
    record
}

fn label(what: LabelKind, text: &SafeText) -> Label {
    Label {
        what,
        text: text.clone(),
    }
}

/// A tag as it is shown, and its id where that differs.
fn named(names: &[NamedId], id: &SafeText) -> Vec<Label> {
    let shown = names.iter().find(|n| n.id == id.as_str()).map(|n| &n.title);
    let written = shown.is_none_or(|shown| fold_tight(shown) != fold_tight(id));
    shown
        .into_iter()
        .chain(written.then_some(id))
        .map(|text| label(LabelKind::Tag, text))
        .collect()
}

/// Shorter names of a service, by which people call it.
pub fn short_names(pack: &Pack, head: &EntryHead<'_>) -> Vec<SafeText> {
    let provider = head.tags.split('\n').next().unwrap_or_default();
    shorts(head.title, provider, &pack.subject.search.left_out)
}

/// Shorter names of a service: without what stands in parentheses, and without its maker.
fn shorts(name: &str, provider: &str, left_out: &[SafeText]) -> Vec<SafeText> {
    let bare = name.split_once(" (").map_or(name, |(bare, _)| bare);
    let makers = || std::iter::once(provider).chain(left_out.iter().map(SafeText::as_str));
    let stripped = |text: &str| -> Option<String> {
        let rest = makers().find_map(|maker| text.strip_prefix(maker)?.strip_prefix(' '))?;
        is_a_name(rest).then(|| rest.to_owned())
    };
    let all = [Some(bare.to_owned()), stripped(bare), stripped(name)];
    let mut shorter: Vec<SafeText> = all
        .into_iter()
        .flatten()
        .filter(|short| short != name)
        .map(SafeText::from)
        .collect();
    shorter.dedup();
    shorter
}

/// `Functions` or `Queues` alone name a thing, not a service.
fn is_a_name(text: &str) -> bool {
    let bare = text.split_once(" (").map_or(text, |(bare, _)| bare);
    bare.contains(' ') || bare.chars().skip(1).any(|c| !c.is_lowercase()) || !bare.ends_with('s')
}

fn fill(pack: &Pack, entry: &Entry, record: &mut SearchRecord) {
    match entry {
        Entry::Lesson(lesson) => body(record, &lesson.body),
        Entry::Term(entry) => term(record, entry),
        Entry::Service(entry) => service(pack, record, entry),
        Entry::Perspective(entry) => perspective(pack, record, entry),
        Entry::Reference(entry) => reference(record, entry),
        Entry::Question(entry) => question(record, entry),
        Entry::Lens(entry) => lens(record, entry),
        Entry::Myth(myth) => body(record, &myth.truth),
    }
}

fn section(record: &mut SearchRecord, heading: &SafeText, text: SafeText) {
    if !text.is_empty() {
        record.sections.push(RecordSection {
            anchor: slug(heading),
            heading: heading.clone(),
            text,
        });
    }
}

/// A text by its second-level headings.
fn body(record: &mut SearchRecord, doc: &Doc) {
    let (intro, parts) = doc.sections();
    section(record, &SafeText::default(), intro.text());
    for (heading, part) in parts {
        section(record, &heading, part.text());
    }
}

fn part(record: &mut SearchRecord, heading: &'static str, doc: Option<&Doc>) {
    if let Some(doc) = doc {
        section(record, &SafeText::ours(heading), doc.text());
    }
}

fn own_sections(record: &mut SearchRecord, sections: &[OwnSection]) {
    for own in sections {
        section(record, &own.heading, own.text.text());
    }
}

fn term(record: &mut SearchRecord, term: &Term) {
    part(record, "", Some(&term.definition));
    for (reading, doc) in term.readings.iter() {
        section(record, &reading.heading, doc.text());
    }
    part(record, "Example", term.example.as_ref());
    own_sections(record, &term.sections);
}

fn service(pack: &Pack, record: &mut SearchRecord, service: &Service) {
    let subject = &pack.subject;
    record.brief = SafeText::line(&service.what.text());
    let met = &subject.verdicts.met.title;
    record.labels.push(label(LabelKind::Shows, met));
    if service.pricing.is_some() && !subject.search.price.is_empty() {
        let words = SafeText::join(&subject.search.price, ", ");
        record.labels.push(label(LabelKind::Shows, &words));
    }
    let criteria = &service.facts.subject.criteria;
    let facts = service.facts.iter().map(|(criterion, said)| {
        let (title, answer) = (criteria.title(criterion), criteria.word(said.answer));
        safe!("{title}: {answer}. {}", said.why)
    });
    let facts: Vec<SafeText> = facts.collect();
    section(record, &SafeText::default(), SafeText::join(&facts, "\n"));
    part(record, "Remark", service.remark.as_ref());
    part(record, "Idle bill", service.idle_working.as_ref());
    for (section, text) in service.declared.iter() {
        self::section(record, &section.heading, text.text());
    }
    own_sections(record, &service.sections);
    let notes: Vec<SafeText> = service
        .history
        .iter()
        .filter_map(|h| h.note.clone())
        .collect();
    section(
        record,
        &SafeText::ours("History"),
        SafeText::join(&notes, "\n"),
    );
}

fn perspective(pack: &Pack, record: &mut SearchRecord, view: &Perspective) {
    part(record, "", Some(&view.summary));
    for (dimension, cell) in pack.dimensions.iter().zip(&view.cells) {
        section(record, &dimension.question, cell.text.text());
    }
    own_sections(record, &view.sections);
}

fn reference(record: &mut SearchRecord, text: &Reference) {
    record.labels.extend(
        text.authors
            .iter()
            .map(|author| label(LabelKind::By, author)),
    );
    part(record, "", Some(&text.summary));
    section(
        record,
        &SafeText::ours("Claims"),
        SafeText::join(&text.claims, "\n"),
    );
    own_sections(record, &text.sections);
}

/// The whole prompt, where the headline had to be cut. Choices, hint and explanation stay out.
fn question(record: &mut SearchRecord, question: &Question) {
    let prompt = SafeText::line(&question.prompt.text());
    if prompt != record.title {
        section(record, &SafeText::default(), prompt);
    }
}

fn lens(record: &mut SearchRecord, lens: &Lens) {
    part(record, "", Some(&lens.note));
    let why: Vec<SafeText> = lens.why.iter().map(|(_, why)| why.clone()).collect();
    section(record, &SafeText::default(), SafeText::join(&why, "\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_have_shorter_names() {
        let left_out = ["Amazon", "AWS", "Google Cloud"].map(SafeText::ours);
        let check = |name: &str, provider: &str, expected: &[&str]| {
            let got: Vec<String> = shorts(name, provider, &left_out)
                .iter()
                .map(SafeText::to_string)
                .collect();
            assert_eq!(got, expected, "{name}");
        };
        check(
            "Amazon S3 (Standard)",
            "AWS",
            &["Amazon S3", "S3", "S3 (Standard)"],
        );
        check(
            "Azure Functions (Premium plan)",
            "Azure",
            &["Azure Functions"],
        );
        check("Cloudflare Queues", "Cloudflare", &[]);
        check("Neon", "Neon (Databricks)", &[]);
        check("AWS Lambda", "AWS", &["Lambda"]);
    }
}
