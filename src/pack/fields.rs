//! A typed reader of TOML keys that reports everything it does not like and goes on.
//!
//! A value comes out only if it has the right type and range; every text is cleaned, after TOML's escapes, and stands on
//! one line; each complaint names the key and quotes its bytes; [`Fields::finish`] reports the keys that nobody asked for.
//! A reader returns `None` both for a missing key and for a bad value; [`Fields::need`] reports the former and goes on
//! with an empty value, since the entry is left out anyway.

mod ids;

use std::collections::HashSet;
use std::fmt::Display;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::pack::address::{Address, Kind, NamedId, Source, is_id};
use crate::pack::notes::{Name, Notes, Outgoing};
use crate::safe;
use crate::text::measure::quoted;
use crate::text::suggest::nearest;
use crate::text::{ByteRange, Day, SafeText, Url, Words};

/// Unknown keys reported of one table.
const MOST_UNKNOWN: usize = 20;
/// Allowed words named when none of them is near.
const MOST_NAMED: usize = 32;
/// Longest word, in bytes, that may be meant for another.
const LONGEST_WORD: usize = 60;

/// A TOML value with its place, counted from the start of the TOML text.
type Value<'t> = Spanned<DeValue<'t>>;

/// A reader of one table. `'t` is the life of the table, `'n` that of the notes.
pub struct Fields<'t, 'n> {
    table: &'t DeTable<'t>,
    base: usize,
    at: ByteRange,
    known: Vec<String>,
    /// Where problems and mentions go.
    pub notes: &'n mut Notes,
}

impl<'t, 'n> Fields<'t, 'n> {
    /// A reader of a table whose TOML text begins at `base` in the file; missing keys are reported at `at`.
    pub(crate) fn new(
        table: &'t DeTable<'t>,
        base: usize,
        at: ByteRange,
        notes: &'n mut Notes,
    ) -> Self {
        Self {
            table,
            base,
            at,
            known: Vec::new(),
            notes,
        }
    }

    /// Reads a key that must be there: `f.need("term", Fields::text)`. When it is missing or wrong, the default stands in.
    pub fn need<T: Default>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> T {
        self.require(key);
        read(self, key).unwrap_or_default()
    }

    /// Reads one word of a table of words; its first word stands in for a wrong one.
    pub fn need_word<T: Words>(&mut self, key: &str) -> T {
        self.require(key);
        self.word(key).unwrap_or(T::WORDS[0].1)
    }

    /// Reads a list that must be there and hold something.
    pub fn need_some<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<Vec<T>>,
    ) -> Vec<T> {
        let list = self.need(key, read);
        let value = self.table.get(key).and_then(|v| v.get_ref().as_array());
        if value.is_some_and(|items| items.is_empty()) {
            let (at, message) = (self.place(key), safe!("`{key}` is empty"));
            self.notes
                .refuse("value-empty", &at, message, "name at least one");
        }
        list
    }

    /// Reports a key that is missing.
    pub fn require(&mut self, key: &str) {
        if !self.has(key) {
            self.notes.refuse(
                "key-missing",
                &self.at,
                safe!("`{key}` is missing"),
                safe!("add a line `{key} = …`; the author's guide says what it holds"),
            );
        }
    }

    /// Text on one line, not empty.
    pub fn text(&mut self, key: &str) -> Option<SafeText> {
        let value = self.value(key)?;
        self.string(key, value)
    }

    pub fn texts(&mut self, key: &str) -> Option<Vec<SafeText>> {
        self.list(key, Self::string).map(values)
    }

    /// The text that the entry is called by; noted as its name.
    pub fn name(&mut self, key: &str) -> Option<SafeText> {
        let text = self.text(key)?;
        let at = self.place(key);
        self.note_name(&text, false, at);
        Some(text)
    }

    /// Further names of the entry; noted as such.
    pub fn aliases(&mut self, key: &str) -> Option<Vec<SafeText>> {
        let list = self.list(key, Self::string)?;
        for (text, at) in &list {
            self.note_name(text, true, at.clone());
        }
        Some(values(list))
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "`true` or `false`");
        }
        flag
    }

    /// A whole number within a range.
    pub fn whole<T>(&mut self, key: &str, range: RangeInclusive<T>) -> Option<T>
    where
        T: TryFrom<i64> + PartialOrd + Display,
    {
        let value = self.value(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, "a whole number");
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let number = number.and_then(|n| T::try_from(n).ok());
        self.in_range(key, value, range, number)
    }

    /// A number within a range, with or without a fraction.
    pub fn number(&mut self, key: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let value = self.value(key)?;
        self.one_number(key, value, range)
    }

    /// One such number, or a list of them.
    pub fn numbers(&mut self, key: &str, range: RangeInclusive<f64>) -> Option<Vec<f64>> {
        let value = self.value(key)?;
        match value.get_ref().as_array() {
            None => Some(vec![self.one_number(key, value, range)?]),
            Some(all) => all
                .iter()
                .map(|one| self.one_number(key, one, range.clone()))
                .collect(),
        }
    }

    fn one_number(
        &mut self,
        key: &str,
        value: &Value<'_>,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(int) => i64::from_str_radix(int.as_str(), int.radix())
                .ok()
                .map(|n| n as f64),
            _ => {
                self.wrong_type(key, value, "a number");
                return None;
            }
        };
        self.in_range(key, value, range, number)
    }

    /// A date in quotes, known to the year, month or day.
    pub fn date(&mut self, key: &str) -> Option<Day> {
        let value = self.value(key)?;
        let date = value.get_ref().as_str().and_then(Day::parse);
        if date.is_none() {
            self.notes.refuse(
                "date-form",
                &self.at_of(value),
                safe!("`{key}` is not a date"),
                "write \"2026-09-30\", \"2026-09\" or \"2026\", in quotes",
            );
        }
        date
    }

    pub fn word<T: Words>(&mut self, key: &str) -> Option<T> {
        let all: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        T::from_word(&self.one_of(key, &all)?)
    }

    /// Text that must be one of some words.
    pub fn one_of(&mut self, key: &str, all: &[&str]) -> Option<SafeText> {
        let text = self.text(key)?;
        if !all.contains(&text.as_str()) {
            self.unknown_word(key, &text, self.place(key), all);
            return None;
        }
        Some(text)
    }

    /// An address that can be opened.
    pub fn web(&mut self, key: &str) -> Option<Url> {
        let value = self.value(key)?;
        let text = self.string(key, value)?;
        self.url(&text, value)
    }

    /// The id of another entry; noted as a mention.
    pub fn entry(&mut self, key: &str, kind: Kind) -> Option<String> {
        let value = self.value(key)?;
        let id = self.one_id(key, value)?;
        self.mention(kind, &id, self.at_of(value));
        Some(id)
    }

    /// The ids of other entries; noted as mentions. A missing list is an empty one.
    pub fn entries(&mut self, key: &str, kind: Kind) -> Vec<String> {
        let ids = self.list(key, Self::one_id).unwrap_or_default();
        for (id, at) in &ids {
            self.mention(kind, id, at.clone());
        }
        values(ids)
    }

    /// Web addresses, opened or not, and ids of references; noted.
    pub fn sources(&mut self, key: &str) -> Option<Vec<Source>> {
        let list = self.list(key, Self::source)?;
        for (source, at) in &list {
            match source {
                Source::Web(address) | Source::Unopened(address) => {
                    self.notes.sources.push((address.clone(), at.clone()));
                }
                Source::Reference(id) => self.mention(Kind::References, id, at.clone()),
            }
        }
        Some(values(list))
    }

    /// Whether a key holds a table.
    pub fn is_table(&self, key: &str) -> bool {
        self.table
            .get(key)
            .is_some_and(|value| value.get_ref().is_table())
    }

    /// Whether a key holds a list.
    pub fn is_list(&self, key: &str) -> bool {
        self.table
            .get(key)
            .is_some_and(|value| value.get_ref().is_array())
    }

    pub fn table<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Fields<'t, '_>) -> T,
    ) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table");
            return None;
        };
        let at = self.place(key);
        Some(self.below(table, at, read))
    }

    /// Reads a table that must be there.
    pub fn need_table<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Fields<'t, '_>) -> T,
    ) -> Option<T> {
        self.require(key);
        self.table(key, read)
    }

    /// Reads each table of a list.
    pub fn each<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&mut Fields<'t, '_>) -> T,
    ) -> Option<Vec<T>> {
        let value = self.value(key)?;
        let Some(rows) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of tables");
            return None;
        };
        let mut all = Vec::new();
        for row in rows.iter() {
            match row.get_ref().as_table() {
                Some(table) => all.push(self.below(table, self.at_of(row), &mut read)),
                None => self.wrong_type(key, row, "a list of tables"),
            }
        }
        Some(all)
    }

    /// A table whose keys are the author's own ids, each with a text.
    pub fn named(&mut self, key: &str) -> Option<Vec<NamedId>> {
        self.table(key, |fields| {
            let mut all = Vec::new();
            for (id, value) in fields.table {
                let Some(title) = fields.text(id.get_ref()) else {
                    continue;
                };
                let id = id.get_ref();
                let id = fields.sound_id(id, is_id(id), fields.at_of(value));
                all.extend(id.map(|id| NamedId { id, title }));
            }
            all
        })
    }

    /// A text, or a list of texts, each with its place; a wrong one in a list leaves the others.
    pub fn one_or_more(&mut self, key: &str) -> Option<Vec<(SafeText, ByteRange)>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(_) => Some(vec![(self.string(key, value)?, self.at_of(value))]),
            DeValue::Array(items) => {
                let texts = self.list(key, Self::string)?;
                // Nothing but mistakes is not an empty list.
                (!texts.is_empty() || items.is_empty()).then_some(texts)
            }
            _ => {
                self.wrong_type(key, value, "text in quotes, or a list of it");
                None
            }
        }
    }

    /// The table's keys with the places of their names.
    pub fn keys(&self) -> impl Iterator<Item = (&'t str, ByteRange)> + use<'t> {
        let (table, base) = (self.table, self.base);
        table.keys().map(move |key| {
            let name: &'t str = key.get_ref();
            (name, base + key.span().start..base + key.span().end)
        })
    }

    /// The keys that nobody asked for, and those that somebody did.
    pub fn unknown(&self) -> (Vec<(&'t str, ByteRange)>, Vec<String>) {
        let unknown = self
            .keys()
            .filter(|(key, _)| !self.known.iter().any(|k| k == key));
        (unknown.take(MOST_UNKNOWN).collect(), self.known.clone())
    }

    /// Whether a key is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Takes a key for one that is known, whatever its value: something was said of it already.
    pub fn overlook(&mut self, key: &str) {
        self.known.push(key.to_owned());
    }

    /// Where a key's value stands; the table's own place when there is no such key.
    pub fn place(&self, key: &str) -> ByteRange {
        match self.table.get_key_value(key) {
            Some((_, value)) if !value.span().is_empty() => self.at_of(value),
            Some((key, _)) if !key.span().is_empty() => self.at_of(key),
            Some(_) | None => self.at.clone(),
        }
    }

    /// Where the table itself stands.
    pub fn here(&self) -> ByteRange {
        self.at.clone()
    }

    /// Reports a word that is none of those allowed, with the nearest of them or all.
    pub fn unknown_word(&mut self, key: &str, word: &str, at: ByteRange, all: &[&str]) {
        let message = safe!("`{key}` cannot be `{}`", quoted(word));
        let help = allowed_words(word, all);
        self.notes.refuse("value-unknown", &at, message, help);
    }

    /// Reports what a key names when it was there before; whether it was new.
    pub fn once(&mut self, key: &str, id: &str, seen: &mut HashSet<String>) -> bool {
        let is_new = seen.insert(id.to_owned());
        if !is_new && !id.is_empty() {
            let (at, message) = (self.place(key), safe!("`{}` is there twice", quoted(id)));
            let help = "leave one out, or rename it";
            self.notes.refuse("id-twice", &at, message, help);
        }
        is_new
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(&mut self) {
        let (unknown, known) = self.unknown();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for (key, at) in unknown {
            let message = safe!("`{}` is not a key of this table", quoted(key));
            let help = allowed_words(key, &known);
            self.notes.warn("key-unknown", &at, message, help);
        }
    }

    fn value(&mut self, key: &str) -> Option<&'t Value<'t>> {
        self.known.push(key.to_owned());
        self.table.get(key)
    }

    fn at_of<T>(&self, value: &Spanned<T>) -> ByteRange {
        self.base + value.span().start..self.base + value.span().end
    }

    fn below<T>(
        &mut self,
        table: &'t DeTable<'t>,
        at: ByteRange,
        read: impl FnOnce(&mut Fields<'t, '_>) -> T,
    ) -> T {
        let mut fields = Fields::new(table, self.base, at, self.notes);
        let value = read(&mut fields);
        fields.finish();
        value
    }

    fn string(&mut self, key: &str, value: &Value<'_>) -> Option<SafeText> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "text in quotes");
            return None;
        };
        let text = SafeText::line(text.trim());
        if text.trim().is_empty() {
            let (at, message) = (self.at_of(value), safe!("`{key}` is empty"));
            let help = "write something, or leave it out";
            self.notes.refuse("value-empty", &at, message, help);
            return None;
        }
        Some(text)
    }

    fn list<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Self, &str, &'t Value<'t>) -> Option<T>,
    ) -> Option<Vec<(T, ByteRange)>> {
        let value = self.value(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list in brackets");
            return None;
        };
        let placed = items
            .iter()
            .filter_map(|item| Some((read(self, key, item)?, self.at_of(item))));
        Some(placed.collect())
    }

    /// An address, the id of a reference, or a table `{ url = "…", opened = false }`.
    fn source(&mut self, key: &str, value: &'t Value<'t>) -> Option<Source> {
        if let Some(table) = value.get_ref().as_table() {
            let at = self.at_of(value);
            return self.below(table, at, |f| {
                f.require("url");
                let url = f.web("url");
                match f.flag("opened") {
                    Some(false) => url.map(Source::Unopened),
                    Some(true) | None => url.map(Source::Web),
                }
            });
        }
        let text = self.string(key, value)?;
        if is_id(&text) {
            return Some(Source::Reference(text.to_string()));
        }
        if !text.contains([':', '/']) {
            self.notes.refuse(
                "source-form",
                &self.at_of(value),
                safe!(
                    "`{}` is neither an address nor the id of a reference",
                    quoted(&text)
                ),
                "write an address that begins with `https://`, or the file's stem",
            );
            return None;
        }
        self.url(&text, value).map(Source::Web)
    }

    fn url(&mut self, text: &str, value: &Value<'_>) -> Option<Url> {
        Url::parse(text)
            .map_err(|refusal| self.notes.refuse_address(refusal, &self.at_of(value)))
            .ok()
    }

    fn mention(&mut self, kind: Kind, id: &str, at: ByteRange) {
        self.notes
            .outgoing
            .extend(Address::new(kind, id).map(|to| Outgoing {
                to,
                anchor: None,
                is_key: true,
                at,
            }));
    }

    fn note_name(&mut self, text: &SafeText, alias: bool, at: ByteRange) {
        let text = text.clone();
        self.notes.names.push(Name { text, alias, at });
    }

    fn wrong_type(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        let given = match value.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date without quotes",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = safe!("`{key}` must be {wanted}, not {given}");
        self.notes
            .refuse_value("value-type", self.at_of(value), message);
    }

    fn in_range<T: PartialOrd + Display>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        range: RangeInclusive<T>,
        number: Option<T>,
    ) -> Option<T> {
        let number = number.filter(|n| range.contains(n));
        if number.is_none() {
            let message = safe!("`{key}` must be from {} to {}", range.start(), range.end());
            self.notes
                .refuse_value("value-range", self.at_of(value), message);
        }
        number
    }
}

fn values<T>(list: Vec<(T, ByteRange)>) -> Vec<T> {
    list.into_iter().map(|(value, _)| value).collect()
}

/// Help for a word that is none of the allowed: the nearest of them, or all when they are few.
pub(crate) fn allowed_words(word: &str, all: &[&str]) -> SafeText {
    match nearest(word, all.iter().copied()).filter(|_| word.len() <= LONGEST_WORD) {
        Some(near) => safe!("did you mean `{near}`?"),
        None if all.is_empty() => SafeText::ours("nothing can stand here in this pack"),
        None if all.len() <= MOST_NAMED => safe!("use one of `{}`", all.join("`, `")),
        None => SafeText::ours("the author's guide lists what can stand here"),
    }
}

#[cfg(test)]
mod tests;
