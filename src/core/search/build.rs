//! Makes an index of records.
//! Promises: the order of the records does not matter; of two with the same kind and id one is kept; what would not
//! fit into four gigabytes is left out rather than counted wrong.

use std::collections::HashMap;

use crate::core::search::folded::push_folded;
use crate::core::search::index::{
    Dictionary, FIELD, ITEM, IndexField, NameKind, PIECE, SearchIndex, push_varint,
};
use crate::core::search::names::signature;
use crate::core::search::record::{LabelKind, SearchRecord};
use crate::core::search::words::{each_word, is_stop, tight};
use crate::pack::Kind;
use crate::text::measure::fold_tight;

/// Most bytes of each kind of text; places are 32 bits wide.
const MOST: usize = 0xf000_0000;
/// What one entry can add at most: its file is not larger than this, and names and labels come again in it.
const ENTRY: usize = 8 << 20;

impl SearchIndex {
    /// An index of these records. Takes time in proportion to their text; call it off the drawing path.
    pub fn build(records: impl IntoIterator<Item = SearchRecord>) -> Self {
        let mut records: Vec<SearchRecord> = records.into_iter().collect();
        records.sort_unstable();
        records.dedup_by(|b, a| a.kind == b.kind && a.id == b.id);
        let mut builder = IndexBuilder::default();
        for record in records {
            builder.add(&record);
        }
        builder.finish()
    }
}

/// An index in the making.
#[derive(Default)]
struct IndexBuilder {
    index: SearchIndex,
    numbers: HashMap<String, u32>,
    lists: Vec<PostingList>,
}

/// The entries of one word so far, those near the top and those of the body.
#[derive(Default)]
struct PostingList {
    near: PostingRun,
    body: PostingRun,
}

/// Entries in order, each as the distance to the one before.
#[derive(Default)]
struct PostingRun {
    bytes: Vec<u8>,
    count: u32,
    last: u32,
}

impl PostingRun {
    fn has(&self, entry: u32) -> bool {
        self.count > 0 && self.last == entry
    }

    fn push(&mut self, entry: u32, number: impl Fn(u32) -> u32) {
        push_varint(&mut self.bytes, number(entry - self.last));
        self.count += 1;
        self.last = entry;
    }
}

impl IndexBuilder {
    fn add(&mut self, record: &SearchRecord) {
        let index = &self.index;
        let full = [index.ids.len(), index.names.len(), index.rest.len()]
            .into_iter()
            .any(|n| n + ENTRY > MOST);
        if full {
            return;
        }
        let entry = self.index.id_at.len() as u32;
        if let Some(next) = self.index.kinds.get_mut(record.kind as usize + 1) {
            *next = entry + 1;
        }
        self.index.id_at.push(self.index.ids.len() as u32);
        self.index.ids.push_str(&record.id);
        self.index.text_bytes += record.id.len();
        self.names(entry, record);
        self.rest(entry, record);
    }

    fn names(&mut self, entry: u32, record: &SearchRecord) {
        self.index.first_name.push(self.index.name_at.len() as u32);
        let mut had: Vec<String> = Vec::new();
        let aliases = record.aliases.iter().map(|a| (NameKind::Alias, a.as_str()));
        let shorts = record.shorts.iter().map(|s| (NameKind::Short, s.as_str()));
        let names = std::iter::once((NameKind::Title, record.title.as_str()))
            .chain(aliases)
            .chain(shorts);
        for (kind, name) in names.chain([(NameKind::Id, record.id.as_str())]) {
            let folded = tight(name);
            // A question's id often is its answer.
            let secret = kind == NameKind::Id && record.kind == Kind::Questions;
            if secret || kind != NameKind::Title && (folded.is_empty() || had.contains(&folded)) {
                continue;
            }
            self.index.name_at.push(self.index.names.len() as u32);
            self.index.names.push_str(kind.sign());
            self.index.names.push_str(name);
            self.index.signatures.push(signature(&folded));
            self.index
                .spelled
                .at
                .push(self.index.spelled.text.len() as u32);
            push_folded(&mut self.index.spelled.text, name);
            self.index.text_bytes += if kind == NameKind::Id { 0 } else { name.len() };
            self.words(entry, IndexField::Name, name);
            had.push(folded);
        }
    }

    fn rest(&mut self, entry: u32, record: &SearchRecord) {
        self.index.rest_at.push(self.index.rest.len() as u32);
        for (n, label) in record.labels.iter().enumerate() {
            self.part(
                if n > 0 { Some(ITEM) } else { None },
                &(label.what as u8).to_string(),
            );
            self.text(entry, IndexField::Label, Some(PIECE), &label.text);
            self.keys(entry, label.what, &label.text);
        }
        if record.brief.is_empty() && record.sections.is_empty() {
            return;
        }
        self.text(entry, IndexField::Brief, Some(FIELD), &record.brief);
        for (n, section) in record.sections.iter().enumerate() {
            self.part(Some(if n > 0 { ITEM } else { FIELD }), &section.anchor);
            self.text(entry, IndexField::Body, Some(PIECE), &section.heading);
            self.text(entry, IndexField::Body, Some(PIECE), &section.text);
        }
    }

    fn part(&mut self, before: Option<char>, text: &str) {
        self.index.rest.extend(before);
        self.index.rest.push_str(text);
    }

    fn text(&mut self, entry: u32, field: IndexField, before: Option<char>, text: &str) {
        self.part(before, text);
        self.index.text_bytes += text.len();
        self.words(entry, field, text);
    }

    /// What `tag:` and `provider:` look up. The colon keeps these apart from words, which have none.
    fn keys(&mut self, entry: u32, what: LabelKind, text: &str) {
        let key = match what {
            LabelKind::Tag => "tag:",
            LabelKind::Provider => "provider:",
            LabelKind::By | LabelKind::Shows => return,
        };
        self.word(
            entry,
            IndexField::Label,
            &format!("{key}{}", fold_tight(text)),
        );
        each_word(text, |_, word| {
            self.word(entry, IndexField::Label, &format!("{key}{word}"))
        });
    }

    fn words(&mut self, entry: u32, field: IndexField, text: &str) {
        each_word(text, |_, word| {
            if field < IndexField::Body || !is_stop(word) {
                self.word(entry, field, word);
            }
        });
    }

    fn word(&mut self, entry: u32, field: IndexField, word: &str) {
        let number = match self.numbers.get(word) {
            Some(number) => *number as usize,
            None => {
                self.numbers
                    .insert(word.to_owned(), self.lists.len() as u32);
                self.lists.push(PostingList::default());
                self.lists.len() - 1
            }
        };
        let Some(list) = self.lists.get_mut(number) else {
            return;
        };
        match field {
            _ if list.near.has(entry) || list.body.has(entry) => {}
            IndexField::Body => list.body.push(entry, |step| step),
            IndexField::Name | IndexField::Label | IndexField::Brief => {
                list.near.push(entry, |step| step << 2 | field as u32)
            }
        }
    }

    fn finish(self) -> SearchIndex {
        let mut index = self.index;
        let entries = index.id_at.len() as u32;
        index.id_at.push(index.ids.len() as u32);
        index.first_name.push(index.name_at.len() as u32);
        index.name_at.push(index.names.len() as u32);
        index.spelled.at.push(index.spelled.text.len() as u32);
        order(&mut index);
        index.rest_at.push(index.rest.len() as u32);
        let mut last = 0;
        for first in &mut index.kinds {
            *first = (*first).max(last).min(entries);
            last = *first;
        }
        index.dictionary = dictionary(self.numbers, &self.lists);
        shrink(&mut index);
        index
    }
}

/// Puts the names in the order of their letters, ids after the others.
fn order(index: &mut SearchIndex) {
    let names = 0..index.signatures.len() as u32;
    let (mut ids, mut others): (Vec<u32>, Vec<u32>) =
        names.partition(|name| index.name(*name).0 == NameKind::Id);
    for names in [&mut others, &mut ids] {
        names.sort_unstable_by(|a, b| index.folded(*a).cmp(index.folded(*b)).then(a.cmp(b)));
    }
    index.spelled.names = others.len();
    others.extend(ids);
    index.spelled.order = others;
}

fn dictionary(numbers: HashMap<String, u32>, lists: &[PostingList]) -> Dictionary {
    let mut sorted: Vec<(String, u32)> = numbers.into_iter().collect();
    sorted.sort_unstable();
    let mut out = Dictionary::default();
    for (word, number) in sorted {
        let Some(list) = lists.get(number as usize) else {
            continue;
        };
        if out.lists.len() + list.near.bytes.len() + list.body.bytes.len() > MOST {
            break;
        }
        out.word_at.push(out.words.len() as u32);
        out.words.push_str(&word);
        out.list_at.push(out.lists.len() as u32);
        push_varint(&mut out.lists, list.near.count);
        push_varint(&mut out.lists, list.body.count);
        out.lists.extend(&list.near.bytes);
        out.lists.extend(&list.body.bytes);
    }
    out.word_at.push(out.words.len() as u32);
    out.list_at.push(out.lists.len() as u32);
    out
}

fn shrink(index: &mut SearchIndex) {
    for numbers in [
        &mut index.id_at,
        &mut index.first_name,
        &mut index.name_at,
        &mut index.signatures,
        &mut index.rest_at,
    ] {
        numbers.shrink_to_fit();
    }
    for text in [
        &mut index.ids,
        &mut index.names,
        &mut index.rest,
        &mut index.dictionary.words,
    ] {
        text.shrink_to_fit();
    }
    index.spelled.text.shrink_to_fit();
    index.spelled.at.shrink_to_fit();
    index.spelled.order.shrink_to_fit();
    index.dictionary.word_at.shrink_to_fit();
    index.dictionary.list_at.shrink_to_fit();
    index.dictionary.lists.shrink_to_fit();
}

/// All kinds as bits, for filters.
pub(super) const ALL_KINDS: u16 = (1 << Kind::ALL.len()) - 1;
