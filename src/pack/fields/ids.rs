//! Readers of ids: those of the pack's own, such as tags and criteria, which `pack.toml` declares.

use std::collections::HashSet;

use crate::pack::address::{NamedId, is_id};
use crate::pack::fields::{Fields, Value, allowed_words, values};
use crate::safe;
use crate::text::ByteRange;
use crate::text::measure::quoted;

impl<'t> Fields<'t, '_> {
    /// A kebab-case id of the pack's own, not of an entry.
    pub fn id(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.one_id(key, value)
    }

    /// An id of the pack's own that may have underscores: a key of tables in its files.
    pub fn key_id(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        let text = self.string(key, value)?;
        let is_sound = is_id(&text.replace('_', "-"));
        self.sound_id(&text, is_sound, self.at_of(value))
    }

    /// Reads the tables of a list, each with an id of its own; nothing when there is no such list.
    pub fn each_with_id<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Fields<'t, '_>, String) -> T,
    ) -> Vec<T> {
        let mut seen = HashSet::new();
        let all = self.each(key, |f| {
            let id = f.need("id", Fields::key_id);
            f.once("id", &id, &mut seen);
            read(f, id)
        });
        all.unwrap_or_default()
    }

    /// Such an id; `pack.toml` should list it among these, else that is noted.
    pub fn listed_id(&mut self, key: &str, among: &[NamedId], what: &str) -> Option<String> {
        let id = self.id(key)?;
        let at = self.place(key);
        self.check_listed(&id, &at, among, what);
        Some(id)
    }

    /// A list of such ids.
    pub fn listed_ids(&mut self, key: &str, among: &[NamedId], what: &str) -> Option<Vec<String>> {
        let list = self.list(key, Self::one_id)?;
        for (id, at) in &list {
            self.check_listed(id, at, among, what);
        }
        Some(values(list))
    }

    pub(super) fn one_id(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = self.string(key, value)?;
        self.sound_id(&text, is_id(&text), self.at_of(value))
    }

    /// An id; reported where it is not sound.
    pub(super) fn sound_id(&mut self, id: &str, is_sound: bool, at: ByteRange) -> Option<String> {
        if !is_sound {
            let message = safe!("`{}` is not an id", quoted(id));
            let help = "use small letters and digits, of any script, and single dashes, at most 64 characters";
            self.notes.refuse("id-form", &at, message, help);
        }
        is_sound.then(|| id.to_owned())
    }

    fn check_listed(&mut self, id: &str, at: &ByteRange, among: &[NamedId], what: &str) {
        if among.iter().any(|named| named.id == id) {
            return;
        }
        let all: Vec<&str> = among.iter().map(|named| named.id.as_str()).collect();
        let message = safe!("`pack.toml` has no {what} `{id}`");
        self.notes
            .warn("tag-unknown", at, message, allowed_words(id, &all));
    }
}
