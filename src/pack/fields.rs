//! A typed reader of TOML keys that reports everything it does not like and goes on.
//!
//! Promises: a value comes out only if it has the right type and range; every text is cleaned, after TOML's escapes, and
//! stands on one line; each complaint names the key and quotes its bytes; [`Fields::finish`] reports the keys that nobody
//! asked for. A reader returns `None` both for a missing key and for a bad value; [`Fields::need`] reports the former.

use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::pack::address::{Address, Kind, is_id};
use crate::pack::entries::{NamedId, Source};
use crate::pack::notes::{Name, Notes, Outgoing};
use crate::safe;
use crate::text::measure::cut;
use crate::text::suggest::nearest;
use crate::text::{ByteRange, Day, SafeText, Url};

/// Unknown keys reported of one table.
const MOST_UNKNOWN: usize = 20;
/// Cells of a foreign word that a message quotes.
const QUOTED: usize = 60;

/// A TOML value with its place, counted from the start of the TOML text.
type Value<'t> = Spanned<DeValue<'t>>;

/// A reader of one table. `'t` is the life of the table and of the keys asked for, `'n` that of the notes.
pub struct Fields<'t, 'n> {
    table: &'t DeTable<'t>,
    base: usize,
    at: ByteRange,
    known: Vec<&'t str>,
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

    /// Reads a key that must be there: `f.need("term", Fields::text)`.
    pub fn need<T>(
        &mut self,
        key: &'t str,
        read: impl FnOnce(&mut Self, &'t str) -> Option<T>,
    ) -> Option<T> {
        self.missing(key);
        read(self, key)
    }

    /// A table that must be there.
    pub fn need_sub(&mut self, key: &'t str) -> Option<Fields<'t, '_>> {
        self.missing(key);
        self.sub(key)
    }

    /// Text on one line, not empty.
    pub fn text(&mut self, key: &'t str) -> Option<SafeText> {
        let value = self.value(key)?;
        self.string(key, value)
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'t str) -> Option<Vec<SafeText>> {
        Some(
            self.list(key, Self::string)?
                .into_iter()
                .map(|(text, _)| text)
                .collect(),
        )
    }

    /// The text that the entry is called by; noted as its name.
    pub fn name(&mut self, key: &'t str) -> Option<SafeText> {
        let text = self.text(key)?;
        let at = self.place(key);
        self.notes.names.push(Name {
            text: text.clone(),
            alias: false,
            at,
        });
        Some(text)
    }

    /// Further names of the entry; noted as such.
    pub fn aliases(&mut self, key: &'t str) -> Option<Vec<SafeText>> {
        let list = self.list(key, Self::string)?;
        self.notes.names.extend(list.iter().map(|(text, at)| Name {
            text: text.clone(),
            alias: true,
            at: at.clone(),
        }));
        Some(list.into_iter().map(|(text, _)| text).collect())
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'t str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "`true` or `false`");
        }
        flag
    }

    /// A whole number within a range.
    pub fn whole(&mut self, key: &'t str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, "a whole number");
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|n| range.contains(n));
        if number.is_none() {
            self.out_of_range(key, value, safe!("{} to {}", range.start(), range.end()));
        }
        number
    }

    /// A number within a range, with or without a fraction.
    pub fn number(&mut self, key: &'t str, range: RangeInclusive<f64>) -> Option<f64> {
        let value = self.value(key)?;
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
        let number = number.filter(|n| range.contains(n));
        if number.is_none() {
            self.out_of_range(key, value, safe!("{} to {}", range.start(), range.end()));
        }
        number
    }

    /// A date in quotes, known to the year, month or day.
    pub fn date(&mut self, key: &'t str) -> Option<Day> {
        let value = self.value(key)?;
        let date = value.get_ref().as_str().and_then(Day::parse);
        if date.is_none() {
            let problem = self.notes.error(
                "date-form",
                &self.at_of(value),
                safe!("`{key}` is not a date"),
            );
            self.notes.refuse(problem.help(SafeText::ours(
                "write \"2026-09-30\", \"2026-09\" or \"2026\", in quotes",
            )));
        }
        date
    }

    /// One of a table of words.
    pub fn word<T: Clone>(&mut self, key: &'t str, words: &[(&'static str, T)]) -> Option<T> {
        let value = self.value(key)?;
        let text = self.string(key, value)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == &*text)
            .map(|(_, meaning)| meaning.clone());
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.unknown_word(key, &text, self.at_of(value), &all);
        }
        found
    }

    /// An address that can be opened.
    pub fn web(&mut self, key: &'t str) -> Option<Url> {
        let value = self.value(key)?;
        let text = self.string(key, value)?;
        Url::parse(&text)
            .map_err(|refusal| self.notes.refuse_address(refusal, &self.at_of(value)))
            .ok()
    }

    /// A kebab-case id of the pack's own, not of an entry.
    pub fn id(&mut self, key: &'t str) -> Option<String> {
        let value = self.value(key)?;
        self.one_id(key, value)
    }

    /// A list of such ids, with their places.
    pub fn ids(&mut self, key: &'t str) -> Option<Vec<(String, ByteRange)>> {
        self.list(key, Self::one_id)
    }

    /// The id of another entry; noted as a mention.
    pub fn entry(&mut self, key: &'static str, kind: Kind) -> Option<String> {
        let value = self.value(key)?;
        let id = self.one_id(key, value)?;
        self.mention(key, kind, &id, self.at_of(value));
        Some(id)
    }

    /// The ids of other entries; noted as mentions.
    pub fn entries(&mut self, key: &'static str, kind: Kind) -> Option<Vec<String>> {
        let ids = self.list(key, Self::one_id)?;
        for (id, at) in &ids {
            self.mention(key, kind, id, at.clone());
        }
        Some(ids.into_iter().map(|(id, _)| id).collect())
    }

    /// Web addresses and ids of references; noted.
    pub fn sources(&mut self, key: &'static str) -> Option<Vec<Source>> {
        let list = self.list(key, Self::source)?;
        for (source, at) in &list {
            match source {
                Source::Web(address) => self.notes.sources.push((address.clone(), at.clone())),
                Source::Reference(id) => self.mention(key, Kind::References, id, at.clone()),
            }
        }
        Some(list.into_iter().map(|(source, _)| source).collect())
    }

    /// Reports a list that is there and empty; for lists that must hold something.
    pub fn filled<T>(&mut self, key: &'t str, list: Option<Vec<T>>) -> Option<Vec<T>> {
        let list = list?;
        let bare = self
            .table
            .get(key)
            .is_some_and(|v| v.get_ref().as_array().is_some_and(|a| a.is_empty()));
        if bare {
            let problem =
                self.notes
                    .error("value-empty", &self.place(key), safe!("`{key}` is empty"));
            self.notes
                .refuse(problem.help(SafeText::ours("name at least one")));
        }
        Some(list)
    }

    /// A reader of a table under this one; to be finished on its own.
    pub fn sub(&mut self, key: &'t str) -> Option<Fields<'t, '_>> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table");
            return None;
        };
        let at = self.place(key);
        Some(Fields::new(table, self.base, at, self.notes))
    }

    /// Reads each table of a list; those that yield nothing are left out.
    pub fn each<T>(
        &mut self,
        key: &'t str,
        mut read: impl FnMut(&mut Fields<'t, '_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.value(key)?;
        let Some(rows) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of tables");
            return None;
        };
        let mut all = Vec::new();
        for row in rows.iter() {
            let Some(table) = row.get_ref().as_table() else {
                self.wrong_type(key, row, "a list of tables");
                continue;
            };
            let mut fields = Fields::new(table, self.base, self.at_of(row), self.notes);
            all.extend(read(&mut fields));
            fields.finish();
        }
        Some(all)
    }

    /// A table whose keys are the author's own ids, each with a text.
    pub fn named(&mut self, key: &'t str) -> Option<Vec<NamedId>> {
        let mut fields = self.sub(key)?;
        let mut all = Vec::new();
        for (id, value) in fields.table {
            let id: &'t str = id.get_ref();
            let Some(title) = fields.text(id) else {
                continue;
            };
            if is_id(id) {
                all.push(NamedId {
                    id: id.to_owned(),
                    title,
                });
            } else {
                fields.bad_id(id, fields.at_of(value));
            }
        }
        Some(all)
    }

    /// A text, or a list of texts, each with its place; a wrong one in a list leaves the others.
    pub fn one_or_more(&mut self, key: &'t str) -> Option<Vec<(SafeText, ByteRange)>> {
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
    pub fn unknown(&self) -> (Vec<(&'t str, ByteRange)>, Vec<&'t str>) {
        let unknown = self.keys().filter(|(key, _)| !self.known.contains(key));
        (unknown.take(MOST_UNKNOWN).collect(), self.known.clone())
    }

    /// Whether a key is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where a key's value stands; the table's own place when there is no such key.
    pub fn place(&self, key: &str) -> ByteRange {
        match self.table.get_key_value(key) {
            Some((_, value)) if !value.span().is_empty() => self.at_of(value),
            Some((key, _)) if !key.span().is_empty() => {
                self.base + key.span().start..self.base + key.span().end
            }
            Some(_) | None => self.at.clone(),
        }
    }

    /// Where the table itself stands.
    pub fn here(&self) -> ByteRange {
        self.at.clone()
    }

    /// Reports a word that is none of those allowed, with the nearest of them or all.
    pub fn unknown_word(&mut self, key: &str, word: &str, at: ByteRange, all: &[&str]) {
        let problem = self.notes.error(
            "value-unknown",
            &at,
            safe!("`{key}` cannot be `{}`", quoted(word)),
        );
        self.notes.refuse(problem.help(did_you_mean(word, all)));
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        let (unknown, known) = self.unknown();
        for (key, at) in unknown {
            let problem = self.notes.warning(
                "key-unknown",
                &at,
                safe!("`{}` is not a key of this table", quoted(key)),
            );
            self.notes.add(problem.help(did_you_mean(key, &known)));
        }
    }

    fn missing(&mut self, key: &str) {
        if !self.table.contains_key(key) {
            let problem = self
                .notes
                .error("key-missing", &self.at, safe!("`{key}` is missing"));
            self.notes.refuse(problem.help(safe!(
                "add a line `{key} = …`; the author's guide says what it holds"
            )));
        }
    }

    fn value(&mut self, key: &'t str) -> Option<&'t Value<'t>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn at_of(&self, value: &Value<'_>) -> ByteRange {
        self.base + value.span().start..self.base + value.span().end
    }

    fn string(&mut self, key: &str, value: &Value<'_>) -> Option<SafeText> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "text in quotes");
            return None;
        };
        let text = SafeText::line(text.trim());
        if text.trim().is_empty() {
            let problem =
                self.notes
                    .error("value-empty", &self.at_of(value), safe!("`{key}` is empty"));
            self.notes
                .refuse(problem.help(SafeText::ours("write something, or leave it out")));
            return None;
        }
        Some(text)
    }

    fn list<T>(
        &mut self,
        key: &'t str,
        read: impl Fn(&mut Self, &str, &Value<'_>) -> Option<T>,
    ) -> Option<Vec<(T, ByteRange)>> {
        let value = self.value(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list in brackets");
            return None;
        };
        Some(
            items
                .iter()
                .filter_map(|item| Some((read(self, key, item)?, self.at_of(item))))
                .collect(),
        )
    }

    fn one_id(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = self.string(key, value)?;
        if !is_id(&text) {
            self.bad_id(&text, self.at_of(value));
            return None;
        }
        Some(text.to_string())
    }

    fn bad_id(&mut self, id: &str, at: ByteRange) {
        let problem = self
            .notes
            .error("id-form", &at, safe!("`{}` is not an id", quoted(id)));
        let help = "use lower-case letters, digits and single dashes, at most 64 characters";
        self.notes.refuse(problem.help(SafeText::ours(help)));
    }

    fn source(&mut self, key: &str, value: &Value<'_>) -> Option<Source> {
        let text = self.string(key, value)?;
        if is_id(&text) {
            return Some(Source::Reference(text.to_string()));
        }
        if !text.contains([':', '/']) {
            let message = safe!(
                "`{}` is neither an address nor the id of a reference",
                quoted(&text)
            );
            let problem = self.notes.error("source-form", &self.at_of(value), message);
            self.notes.refuse(problem.help(SafeText::ours(
                "write an address that begins with `https://`, or the file's stem",
            )));
            return None;
        }
        Url::parse(&text)
            .map_err(|refusal| self.notes.refuse_address(refusal, &self.at_of(value)))
            .ok()
            .map(Source::Web)
    }

    fn mention(&mut self, key: &'static str, kind: Kind, id: &str, at: ByteRange) {
        self.notes
            .outgoing
            .extend(Address::new(kind, id).map(|to| Outgoing {
                to,
                anchor: None,
                key: Some(key),
                at,
            }));
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
            .refuse(self.notes.error("value-type", &self.at_of(value), message));
    }

    fn out_of_range(&mut self, key: &str, value: &Value<'_>, range: SafeText) {
        self.notes.refuse(self.notes.error(
            "value-range",
            &self.at_of(value),
            safe!("`{key}` must be from {range}"),
        ));
    }
}

/// A foreign word, short enough for a message.
pub(crate) fn quoted(word: &str) -> SafeText {
    let start = word
        .get(..word.floor_char_boundary(4 * QUOTED))
        .unwrap_or("");
    cut(&SafeText::line(start), QUOTED)
}

/// The nearest of the words that are allowed, or all of them when they are few.
pub(crate) fn did_you_mean(word: &str, all: &[&str]) -> SafeText {
    match nearest(word, all.iter().copied()).filter(|_| word.len() <= QUOTED) {
        Some(near) => safe!("did you mean `{near}`?"),
        None if all.len() <= 20 => safe!("use one of `{}`", all.join("`, `")),
        None => SafeText::ours("the author's guide lists what can stand here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::front_matter::FrontMatter;

    /// Reads front matter and compares what is complained about: code, quoted bytes, message.
    #[track_caller]
    fn check(front: &str, read: impl FnOnce(&mut Fields<'_, '_>), expected: &[(&str, &str, &str)]) {
        let source = format!("+++\n{front}\n+++\nbody");
        let mut notes = Notes::new("terms/x.md");
        let parsed = FrontMatter::of_entry(&source, &mut notes).expect("the syntax is right");
        let mut fields = parsed.fields(&mut notes);
        read(&mut fields);
        fields.finish();
        let found: Vec<(&str, &str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, &source[d.span.clone().unwrap()], d.message.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn good_values_come_out_clean_and_without_a_word() {
        let front = r#"
            term = " a\u001b[31m\nb "
            aliases = ["x", "y"]
            order = 0x10
            cost = 3
            published = "2026-09"
            url = "https://example.org/a"
            see_also = ["cold-start"]
            sources = ["https://a.org", "neon-docs"]
            facts.pay_per_use.answer = "yes"
            [[history]]
            note = "n""#;
        let read = |f: &mut Fields<'_, '_>| {
            assert_eq!(
                f.need("term", Fields::name).as_deref(),
                Some("a\u{241b}[31m b")
            );
            assert_eq!(f.aliases("aliases").map(|a| a.len()), Some(2));
            assert_eq!(f.whole("order", 1..=16), Some(16));
            assert_eq!(f.number("cost", 0.0..=3.0), Some(3.0));
            assert_eq!(f.date("published"), Day::parse("2026-09"));
            assert_eq!(
                f.web("url").map(|u| u.host().to_owned()).as_deref(),
                Some("example.org")
            );
            assert_eq!(
                f.entries("see_also", Kind::Terms),
                Some(vec!["cold-start".to_owned()])
            );
            assert_eq!(f.sources("sources").map(|s| s.len()), Some(2));
            let mut facts = f.sub("facts").unwrap();
            let mut fact = facts.sub("pay_per_use").unwrap();
            assert_eq!(fact.word("answer", &[("no", 0), ("yes", 1)]), Some(1));
            fact.finish();
            facts.finish();
            assert_eq!(f.each("history", |row| row.text("note")).unwrap().len(), 1);
            assert_eq!(f.flag("absent"), None);
            let names: Vec<&str> = f.notes.names.iter().map(|n| n.text.as_str()).collect();
            assert_eq!(names, ["a\u{241b}[31m b", "x", "y"]);
            let mentions: Vec<String> = f.notes.outgoing.iter().map(|o| o.to.to_string()).collect();
            assert_eq!(mentions, ["terms/cold-start", "references/neon-docs"]);
            assert_eq!(f.notes.sources.len(), 1);
        };
        check(front, read, &[]);
    }

    #[test]
    fn everything_wrong_is_reported_in_one_run() {
        let front = "term = 3\naliases = \"x\"\norder = 0\nbig = 99999999999999999999\ncost = nan\nflag = \"yes\"\nkind = \"sigle\"\n\
                     brief = \" \"\nday = 2026-09-30\nids = [\"Cold\", \"a\"]\nlist = []\ntabel = { a = 1 }\n'e\u{301}t' = 1";
        let read = |f: &mut Fields<'_, '_>| {
            assert_eq!(f.need("gone", Fields::text), None);
            assert_eq!(f.text("term"), None);
            assert_eq!(f.texts("aliases"), None);
            assert_eq!(f.whole("order", 1..=9), None);
            assert_eq!(f.whole("big", 1..=9), None);
            assert_eq!(f.number("cost", 0.0..=1.0), None);
            assert_eq!(f.flag("flag"), None);
            assert_eq!(f.word("kind", &[("single", 1), ("several", 2)]), None);
            assert_eq!(f.text("brief"), None);
            assert_eq!(f.date("day"), None);
            assert_eq!(f.ids("ids").map(|i| i.len()), Some(1));
            let list = f.texts("list");
            assert_eq!(f.filled("list", list).map(|l| l.len()), Some(0));
            assert!(f.sub("table").is_none());
        };
        let expected = [
            ("key-missing", "+++", "`gone` is missing"),
            (
                "value-type",
                "3",
                "`term` must be text in quotes, not a whole number",
            ),
            (
                "value-type",
                "\"x\"",
                "`aliases` must be a list in brackets, not text",
            ),
            ("value-range", "0", "`order` must be from 1 to 9"),
            (
                "value-range",
                "99999999999999999999",
                "`big` must be from 1 to 9",
            ),
            ("value-range", "nan", "`cost` must be from 0 to 1"),
            (
                "value-type",
                "\"yes\"",
                "`flag` must be `true` or `false`, not text",
            ),
            ("value-unknown", "\"sigle\"", "`kind` cannot be `sigle`"),
            ("value-empty", "\" \"", "`brief` is empty"),
            ("date-form", "2026-09-30", "`day` is not a date"),
            ("id-form", "\"Cold\"", "`Cold` is not an id"),
            ("value-empty", "[]", "`list` is empty"),
            (
                "key-unknown",
                "'e\u{301}t'",
                "`e\u{301}t` is not a key of this table",
            ),
            ("key-unknown", "tabel", "`tabel` is not a key of this table"),
        ];
        check(front, read, &expected);
    }

    #[test]
    fn tables_are_reported_at_their_heads() {
        let front = "[facts.a]\nanswer = 1\n[[history]]\nx = 1\n[[history]]\nnote = \"n\"\n[dotted]\nk.l = 1";
        let read = |f: &mut Fields<'_, '_>| {
            let mut facts = f.sub("facts").unwrap();
            assert!(facts.need("b", Fields::text).is_none());
            assert!(facts.sub("a").unwrap().need("why", Fields::text).is_none());
            assert_eq!(
                f.each("history", |row| row.need("note", Fields::text))
                    .unwrap()
                    .len(),
                1
            );
            let mut dotted = f.sub("dotted").unwrap();
            assert!(dotted.sub("k").unwrap().need("m", Fields::text).is_none());
        };
        let expected = [
            ("key-missing", "facts", "`b` is missing"),
            ("key-missing", "[facts.a]", "`why` is missing"),
            ("key-missing", "[[history]]", "`note` is missing"),
            ("key-unknown", "x", "`x` is not a key of this table"),
            ("key-missing", "k", "`m` is missing"),
        ];
        check(front, read, &expected);
    }

    #[test]
    fn addresses_and_sources_say_why_they_are_refused() {
        let read = |f: &mut Fields<'_, '_>| {
            assert!(f.web("url").is_none());
            assert_eq!(f.sources("sources").map(|s| s.len()), Some(1));
        };
        let front = "url = \"javascript:alert(1)\"\nsources = [\"https://u@a.org\", \"Neon Docs\", \"ok\", \"a b://c\"]";
        let expected = [
            (
                "address-refused",
                "\"javascript:alert(1)\"",
                "only http and https addresses are opened",
            ),
            (
                "address-refused",
                "\"https://u@a.org\"",
                "addresses with a user name are not opened",
            ),
            (
                "source-form",
                "\"Neon Docs\"",
                "`Neon Docs` is neither an address nor the id of a reference",
            ),
            (
                "address-refused",
                "\"a b://c\"",
                "only http and https addresses are opened",
            ),
        ];
        check(front, read, &expected);
    }

    #[test]
    fn near_misses_are_offered() {
        assert_eq!(
            did_you_mean("sigle", &["single", "several"]).as_str(),
            "did you mean `single`?"
        );
        assert_eq!(
            did_you_mean("zzz", &["a", "b"]).as_str(),
            "use one of `a`, `b`"
        );
        assert!(quoted(&"x".repeat(100_000)).len() < 100);
    }
}
