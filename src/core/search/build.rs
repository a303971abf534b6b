//! Builds the index from records. Their order does not matter; of two with the same kind and id one is kept; what does
//! not fit 32-bit offsets is left out.

use std::collections::HashMap;

use crate::core::search::folded::push_folded;
use crate::core::search::index::{
    Dictionary, FIELD_SEP, ITEM_SEP, IndexField, NameKind, PART_SEP, SearchIndex, push_varint,
};
use crate::core::search::names::signature;
use crate::core::search::record::{LabelKind, SearchRecord};
use crate::core::search::words::{compact, each_term, each_word, is_stop_word};
use crate::pack::Kind;
use crate::text::fold::fold_tight;

/// Most bytes of each kind of text; offsets are 32 bits wide.
const MAX_BYTES: usize = 0xf000_0000;
/// What one entry can add at most: a file of at most 1 MiB, with its names and labels once more.
const MAX_ENTRY_BYTES: usize = 8 << 20;

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

#[derive(Default)]
struct IndexBuilder {
    index: SearchIndex,
    word_ids: HashMap<String, u32>,
    lists: Vec<PostingList>,
}

/// The posting list of one word: entries that have it in a name, label or brief, and those with it only in the body.
#[derive(Default)]
struct PostingList {
    head: PostingRun,
    body: PostingRun,
}

/// Entry numbers in order, each as a varint of its difference to the one before.
#[derive(Default)]
struct PostingRun {
    bytes: Vec<u8>,
    count: u32,
    last: u32,
}

impl PostingRun {
    fn ends_with(&self, entry: u32) -> bool {
        self.count > 0 && self.last == entry
    }

    fn push(&mut self, entry: u32, encode: impl Fn(u32) -> u32) {
        push_varint(&mut self.bytes, encode(entry - self.last));
        self.count += 1;
        self.last = entry;
    }
}

impl IndexBuilder {
    fn add(&mut self, record: &SearchRecord) {
        let index = &self.index;
        let full = [index.ids.len(), index.names.len(), index.details.len()]
            .into_iter()
            .any(|n| n + MAX_ENTRY_BYTES > MAX_BYTES);
        if full {
            return;
        }
        let entry = self.index.id_offsets.len() as u32;
        if let Some(next) = self.index.kinds.get_mut(record.kind as usize + 1) {
            *next = entry + 1;
        }
        self.index.id_offsets.push(self.index.ids.len() as u32);
        self.index.ids.push_str(&record.id);
        self.index.text_bytes += record.id.len();
        self.add_names(entry, record);
        self.add_details(entry, record);
    }

    fn add_names(&mut self, entry: u32, record: &SearchRecord) {
        self.index
            .first_name
            .push(self.index.name_offsets.len() as u32);
        let mut seen: Vec<String> = Vec::new();
        let aliases = record.aliases.iter().map(|a| (NameKind::Alias, a.as_str()));
        let shorts = record.shorts.iter().map(|s| (NameKind::Short, s.as_str()));
        let names = std::iter::once((NameKind::Title, record.title.as_str()))
            .chain(aliases)
            .chain(shorts);
        for (kind, name) in names.chain([(NameKind::Id, record.id.as_str())]) {
            let folded = compact(name);
            // A question's id often gives away its answer.
            let is_answer = kind == NameKind::Id && record.kind == Kind::Questions;
            if is_answer || kind != NameKind::Title && (folded.is_empty() || seen.contains(&folded))
            {
                continue;
            }
            let index = &mut self.index;
            index.name_offsets.push(index.names.len() as u32);
            index.names.push_str(kind.marker());
            index.names.push_str(name);
            index.signatures.push(signature(&folded));
            index.folded.offsets.push(index.folded.text.len() as u32);
            push_folded(&mut index.folded.text, name);
            index.text_bytes += if kind == NameKind::Id { 0 } else { name.len() };
            self.add_words(entry, IndexField::Name, name);
            seen.push(folded);
        }
    }

    fn add_details(&mut self, entry: u32, record: &SearchRecord) {
        self.index
            .detail_offsets
            .push(self.index.details.len() as u32);
        for (n, label) in record.labels.iter().enumerate() {
            self.push_part(
                if n > 0 { Some(ITEM_SEP) } else { None },
                &(label.what as u8).to_string(),
            );
            self.add_text(entry, IndexField::Label, Some(PART_SEP), &label.text);
            self.add_filter_keys(entry, label.what, &label.text);
        }
        if record.brief.is_empty() && record.sections.is_empty() {
            return;
        }
        self.add_text(entry, IndexField::Brief, Some(FIELD_SEP), &record.brief);
        for (n, section) in record.sections.iter().enumerate() {
            self.push_part(
                Some(if n > 0 { ITEM_SEP } else { FIELD_SEP }),
                &section.anchor,
            );
            self.add_text(entry, IndexField::Body, Some(PART_SEP), &section.heading);
            self.add_text(entry, IndexField::Body, Some(PART_SEP), &section.text);
        }
    }

    fn push_part(&mut self, separator: Option<char>, text: &str) {
        self.index.details.extend(separator);
        self.index.details.push_str(text);
    }

    fn add_text(&mut self, entry: u32, field: IndexField, separator: Option<char>, text: &str) {
        self.push_part(separator, text);
        self.index.text_bytes += text.len();
        self.add_words(entry, field, text);
    }

    /// Index terms for `tag:` and `provider:`. The colon keeps them distinct from words, which have none.
    fn add_filter_keys(&mut self, entry: u32, what: LabelKind, text: &str) {
        let key = match what {
            LabelKind::Tag => "tag:",
            LabelKind::Provider => "provider:",
            LabelKind::By | LabelKind::Shows => return,
        };
        self.add_word(
            entry,
            IndexField::Label,
            &format!("{key}{}", fold_tight(text)),
        );
        each_word(text, |_, word| {
            self.add_word(entry, IndexField::Label, &format!("{key}{word}"))
        });
    }

    fn add_words(&mut self, entry: u32, field: IndexField, text: &str) {
        each_term(text, |_, word| {
            if field < IndexField::Body || !is_stop_word(word) {
                self.add_word(entry, field, word);
            }
        });
    }

    fn add_word(&mut self, entry: u32, field: IndexField, word: &str) {
        let number = match self.word_ids.get(word) {
            Some(number) => *number as usize,
            None => {
                self.word_ids
                    .insert(word.to_owned(), self.lists.len() as u32);
                self.lists.push(PostingList::default());
                self.lists.len() - 1
            }
        };
        let Some(list) = self.lists.get_mut(number) else {
            return;
        };
        // Fields are added best first, so the first one an entry is seen in counts.
        match field {
            _ if list.head.ends_with(entry) || list.body.ends_with(entry) => {}
            IndexField::Body => list.body.push(entry, |delta| delta),
            IndexField::Name | IndexField::Label | IndexField::Brief => {
                list.head.push(entry, |delta| delta << 2 | field as u32)
            }
        }
    }

    fn finish(self) -> SearchIndex {
        let mut index = self.index;
        let entries = index.id_offsets.len() as u32;
        index.id_offsets.push(index.ids.len() as u32);
        index.first_name.push(index.name_offsets.len() as u32);
        index.name_offsets.push(index.names.len() as u32);
        index.folded.offsets.push(index.folded.text.len() as u32);
        sort_names(&mut index);
        index.detail_offsets.push(index.details.len() as u32);
        let mut last = 0;
        for first in &mut index.kinds {
            *first = (*first).max(last).min(entries);
            last = *first;
        }
        index.dictionary = dictionary(self.word_ids, &self.lists);
        shrink_to_fit(&mut index);
        index
    }
}

/// Sorts the names by their folded letters, ids after the others.
fn sort_names(index: &mut SearchIndex) {
    let names = 0..index.signatures.len() as u32;
    let (mut ids, mut given): (Vec<u32>, Vec<u32>) =
        names.partition(|name| index.name(*name).0 == NameKind::Id);
    for names in [&mut given, &mut ids] {
        names.sort_unstable_by(|a, b| index.folded(*a).cmp(index.folded(*b)).then(a.cmp(b)));
    }
    index.folded.given = given.len();
    given.extend(ids);
    index.folded.order = given;
}

fn dictionary(word_ids: HashMap<String, u32>, lists: &[PostingList]) -> Dictionary {
    let mut sorted: Vec<(String, u32)> = word_ids.into_iter().collect();
    sorted.sort_unstable();
    let mut out = Dictionary::default();
    for (word, number) in sorted {
        let Some(list) = lists.get(number as usize) else {
            continue;
        };
        if out.lists.len() + list.head.bytes.len() + list.body.bytes.len() > MAX_BYTES {
            break;
        }
        out.word_offsets.push(out.words.len() as u32);
        out.words.push_str(&word);
        out.list_offsets.push(out.lists.len() as u32);
        push_varint(&mut out.lists, list.head.count);
        push_varint(&mut out.lists, list.body.count);
        out.lists.extend(&list.head.bytes);
        out.lists.extend(&list.body.bytes);
    }
    out.word_offsets.push(out.words.len() as u32);
    out.list_offsets.push(out.lists.len() as u32);
    out
}

fn shrink_to_fit(index: &mut SearchIndex) {
    for numbers in [
        &mut index.id_offsets,
        &mut index.first_name,
        &mut index.name_offsets,
        &mut index.signatures,
        &mut index.detail_offsets,
    ] {
        numbers.shrink_to_fit();
    }
    for text in [
        &mut index.ids,
        &mut index.names,
        &mut index.details,
        &mut index.dictionary.words,
    ] {
        text.shrink_to_fit();
    }
    index.folded.text.shrink_to_fit();
    index.folded.offsets.shrink_to_fit();
    index.folded.order.shrink_to_fit();
    index.dictionary.word_offsets.shrink_to_fit();
    index.dictionary.list_offsets.shrink_to_fit();
    index.dictionary.lists.shrink_to_fit();
}

/// All kinds as a bit set, for filters.
pub(super) const ALL_KINDS: u16 = (1 << Kind::ALL.len()) - 1;
