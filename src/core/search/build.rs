//! Builds the index from records. Their order does not matter; of two with the same kind and id one is kept; what does
//! not fit 32-bit offsets is left out. Only what an entry's reader sees is indexed, and never a question's answer.

use std::collections::HashMap;

use crate::core::search::index::{
    FIELD_SEP, ITEM_SEP, IndexField, LabelKind, NameKind, PART_SEP, SearchIndex, SearchRecord,
    Texts, push_varint,
};
use crate::core::search::names::signature;
use crate::core::search::near::push_folded;
use crate::core::search::words::{compact, each_term, each_word};
use crate::pack::address::Kind;
use crate::pack::search_words::SearchWords;
use crate::text::SafeText;
use crate::text::fold::fold_tight;

/// Most bytes of each kind of text; offsets are 32 bits wide.
const MAX_BYTES: usize = 0xf000_0000;
/// What one entry can add at most: a file of at most 1 MiB, with its names and labels once more.
const MAX_ENTRY_BYTES: usize = 8 << 20;
/// Words that a denial reaches.
const DENIED: u32 = 3;

impl SearchIndex {
    /// An index of these records, in English.
    pub fn build(records: impl IntoIterator<Item = SearchRecord>) -> Self {
        Self::build_in(&SearchWords::default(), records)
    }

    /// An index of these records, in a language. Takes time in proportion to their text; call it off the drawing path.
    pub fn build_in(words: &SearchWords, records: impl IntoIterator<Item = SearchRecord>) -> Self {
        let mut records: Vec<SearchRecord> = records.into_iter().collect();
        records.sort_unstable();
        records.dedup_by(|b, a| a.kind == b.kind && a.id == b.id);
        let mut builder = IndexBuilder::default();
        let folded = |words: &[SafeText]| -> Vec<String> {
            let mut folded: Vec<String> = words.iter().map(|word| compact(word)).collect();
            folded.sort();
            folded.dedup();
            folded
        };
        builder.denials = folded(&words.denials);
        for word in folded(&words.stop_words) {
            builder.index.stop_words.push(&word);
        }
        for word in folded(&words.or) {
            builder.index.or_words.push(&word);
        }
        for record in records {
            builder.add(&record);
        }
        builder.finish()
    }
}

#[derive(Default)]
struct IndexBuilder {
    index: SearchIndex,
    denials: Vec<String>,
    word_ids: HashMap<String, u32>,
    lists: Vec<PostingList>,
}

/// The posting list of one word: entries that have it in a name, label or brief, and those with it only in the body.
#[derive(Default)]
struct PostingList {
    heads: PostingRun,
    bodies: PostingRun,
    /// The entry that is being read: its number, the best field, how often the word stands in its text.
    open: Option<(u32, IndexField, u8)>,
}

/// Entry numbers in order, each as a varint of its difference to the one before, and what is known of it.
#[derive(Default)]
struct PostingRun {
    bytes: Vec<u8>,
    count: u32,
    last: u32,
}

impl PostingRun {
    fn push(&mut self, entry: u32, encode: impl Fn(u32) -> u32) {
        push_varint(&mut self.bytes, encode(entry - self.last));
        self.count += 1;
        self.last = entry;
    }
}

impl PostingList {
    fn add(&mut self, entry: u32, field: IndexField, times: u8) {
        match &mut self.open {
            // Fields are added best first, so the first one an entry is seen in counts.
            Some((open, _, had)) if *open == entry => *had = (*had + times).min(3),
            _ => {
                self.close();
                self.open = Some((entry, field, times));
            }
        }
    }

    fn close(&mut self) {
        let Some((entry, field, times)) = self.open.take() else {
            return;
        };
        let (field_bits, times) = ((field as u32) << 2, u32::from(times));
        match field {
            IndexField::Body => self.bodies.push(entry, |delta| delta << 2 | times),
            IndexField::Name | IndexField::Label | IndexField::Brief => self
                .heads
                .push(entry, |delta| delta << 4 | field_bits | times),
        }
    }
}

impl IndexBuilder {
    fn add(&mut self, record: &SearchRecord) {
        let index = &mut self.index;
        let full = [&index.ids, &index.names, &index.details]
            .into_iter()
            .any(|texts| texts.bytes() + MAX_ENTRY_BYTES > MAX_BYTES);
        if full {
            return;
        }
        let entry = index.len() as u32;
        for end in index.kinds.iter_mut().skip(record.kind as usize) {
            *end = entry + 1;
        }
        index.ids.push(&record.id);
        index.text_bytes += record.id.len();
        self.add_names(entry, record);
        self.add_details(entry, record);
    }

    fn add_names(&mut self, entry: u32, record: &SearchRecord) {
        let mut seen: Vec<String> = Vec::new();
        let aliases = record.aliases.iter().map(|a| (NameKind::Alias, a.as_str()));
        let shorts = record.shorts.iter().map(|s| (NameKind::Short, s.as_str()));
        let sought = record
            .found_by
            .iter()
            .map(|s| (NameKind::Sought, s.as_str()));
        let names = std::iter::once((NameKind::Title, record.title.as_str()))
            .chain(aliases)
            .chain(shorts)
            .chain(sought);
        for (kind, name) in names.chain([(NameKind::Id, record.id.as_str())]) {
            let folded = compact(name);
            // A question's id often gives away its answer.
            let is_answer = kind == NameKind::Id && record.kind == Kind::Questions;
            let known = folded.is_empty() || seen.contains(&folded);
            if is_answer || kind != NameKind::Title && known {
                continue;
            }
            let index = &mut self.index;
            index.names.open().push_str(kind.marker());
            index.names.push(name);
            index.signatures.to_mut().push(signature(&folded));
            push_folded(index.folded.open(), name);
            index.folded.close();
            index.text_bytes += if kind == NameKind::Id { 0 } else { name.len() };
            let field = match kind {
                NameKind::Sought => IndexField::Label,
                NameKind::Title | NameKind::Alias | NameKind::Short | NameKind::Id => {
                    IndexField::Name
                }
            };
            self.add_words(entry, field, name);
            seen.push(folded);
        }
        let end = self.index.names.len();
        self.index.name_ends.to_mut().push(end);
    }

    fn add_details(&mut self, entry: u32, record: &SearchRecord) {
        for (n, label) in record.labels.iter().enumerate() {
            let separator = if n > 0 { Some(ITEM_SEP) } else { None };
            self.push_part(separator, &(label.what as u8).to_string());
            self.add_text(entry, IndexField::Label, Some(PART_SEP), &label.text);
            self.add_filter_keys(entry, label.what, &label.text);
        }
        if !record.brief.is_empty() || !record.sections.is_empty() {
            self.add_text(entry, IndexField::Brief, Some(FIELD_SEP), &record.brief);
        }
        for (n, section) in record.sections.iter().enumerate() {
            let separator = if n > 0 { ITEM_SEP } else { FIELD_SEP };
            self.push_part(Some(separator), &section.anchor);
            self.add_text(entry, IndexField::Body, Some(PART_SEP), &section.heading);
            self.add_text(entry, IndexField::Body, Some(PART_SEP), &section.text);
        }
        self.index.details.close();
    }

    fn push_part(&mut self, separator: Option<char>, text: &str) {
        let details = self.index.details.open();
        details.extend(separator);
        details.push_str(text);
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
            0,
            &format!("{key}{}", fold_tight(text)),
        );
        each_word(text, |_, word| {
            self.add_word(entry, IndexField::Label, 0, &format!("{key}{word}"))
        });
    }

    fn add_words(&mut self, entry: u32, field: IndexField, text: &str) {
        let in_text = field == IndexField::Body;
        let (mut denied, mut at) = (0_u32, 0);
        each_term(text, |range, word| {
            let between = text.get(at..range.start).unwrap_or("");
            if between.contains(['.', ',', ';', ':', '!', '?', '\n']) {
                denied = 0;
            }
            at = range.end;
            let counts = in_text && denied == 0;
            denied = denied.saturating_sub(1);
            if in_text && self.denials.binary_search_by(|no| (**no).cmp(word)).is_ok() {
                denied = DENIED;
            }
            if !in_text || self.index.stop_words.find(word).is_none() {
                self.add_word(entry, field, u8::from(counts), word);
            }
        });
    }

    fn add_word(&mut self, entry: u32, field: IndexField, times: u8, word: &str) {
        let number = match self.word_ids.get(word) {
            Some(number) => *number as usize,
            None => {
                self.word_ids
                    .insert(word.to_owned(), self.lists.len() as u32);
                self.lists.push(PostingList::default());
                self.lists.len() - 1
            }
        };
        if let Some(list) = self.lists.get_mut(number) {
            list.add(entry, field, times);
        }
    }

    fn finish(mut self) -> SearchIndex {
        sort_names(&mut self.index);
        let mut sorted: Vec<(String, u32)> = self.word_ids.into_iter().collect();
        sorted.sort_unstable();
        let (mut words, mut bytes, mut ends) = (Texts::default(), Vec::new(), Vec::new());
        for (word, number) in sorted {
            let Some(list) = self.lists.get_mut(number as usize) else {
                continue;
            };
            list.close();
            if bytes.len() + list.heads.bytes.len() + list.bodies.bytes.len() > MAX_BYTES {
                break;
            }
            words.push(&word);
            push_varint(&mut bytes, list.heads.count);
            push_varint(&mut bytes, list.bodies.count);
            bytes.extend(&list.heads.bytes);
            bytes.extend(&list.bodies.bytes);
            ends.push(bytes.len() as u32);
        }
        SearchIndex {
            words,
            lists: bytes.into(),
            list_ends: ends.into(),
            ..self.index
        }
    }
}

/// Sorts the names by their folded letters, those found as they are after the others.
fn sort_names(index: &mut SearchIndex) {
    let as_it_is = |name: &u32| index.name(*name).0.is_found_as_it_is();
    let (mut ids, mut given): (Vec<u32>, Vec<u32>) = (0..index.names.len()).partition(as_it_is);
    for names in [&mut given, &mut ids] {
        names.sort_unstable_by(|a, b| index.folded(*a).cmp(index.folded(*b)).then(a.cmp(b)));
    }
    index.given = given.len() as u32;
    given.extend(ids);
    index.order = given.into();
}
