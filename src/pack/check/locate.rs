//! Where a value of the front matter stands, found again when there is a problem with it.
//! Promise: only files with a problem pay for this; a span quotes the value, quotes included.

use toml::de::{DeTable, DeValue};

use crate::pack::front_matter::cut;
use crate::pack::notes::Notes;
use crate::text::ByteRange;

/// The place of the value under a key, such as `["pricing", "as_of"]`; of that text in it, when it is an array.
pub(super) fn place(source: &str, keys: &[&str], text: Option<&str>) -> Option<ByteRange> {
    let whole = || 0..source.len();
    let front = if source.starts_with("+++") {
        cut(source, &mut Notes::default())?.front
    } else {
        whole()
    };
    let table = DeTable::parse(source.get(front.clone())?)
        .ok()?
        .into_inner();
    let (last, tables) = keys.split_last()?;
    let table = tables
        .iter()
        .try_fold(&table, |table, key| table.get(*key)?.get_ref().as_table())?;
    let value = table.get(*last)?;
    let is_text = |v: &&toml::Spanned<DeValue<'_>>| text.is_some() && v.get_ref().as_str() == text;
    let found = value
        .get_ref()
        .as_array()
        .and_then(|values| values.iter().find(is_text))
        .unwrap_or(value);
    Some(front.start + found.span().start..front.start + found.span().end)
}
