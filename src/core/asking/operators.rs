//! The words of a pack in what is typed to narrow a search, and in the reasons that search gives. The index knows those of
//! the folders and keys only.

use std::borrow::Cow;

use crate::core::search::LabelKind;
use crate::core::search::SearchHit;
use crate::pack::{Kind, Things};
use crate::safe;
use crate::text::SafeText;

/// What is typed with `in:licenses` and `steward:NAME`, say, as the index reads it: `in:services` and `provider:NAME`.
pub fn in_words_of_the_files<'a>(typed: &'a str, things: &Things) -> Cow<'a, str> {
    if !typed.contains(':') {
        return Cow::Borrowed(typed);
    }
    let maker = safe!("{}:", things.maker_word());
    let word = |word: &str| {
        let bare = word.strip_prefix('!').unwrap_or(word);
        let negated = if bare.len() < word.len() { "!" } else { "" };
        let (name, end) = bare.split_at(bare.trim_end().len());
        if let Some(kind) = strip(name, "in:").and_then(|kind| things.kind_called(kind)) {
            return format!("{negated}in:{}{end}", kind.word());
        }
        match strip(name, &maker) {
            Some(by) => format!("{negated}{}:{by}{end}", LabelKind::Provider.word()),
            None => word.to_owned(),
        }
    };
    let words = typed.split_inclusive(char::is_whitespace);
    Cow::Owned(words.map(word).collect())
}

fn strip<'a>(word: &'a str, key: &str) -> Option<&'a str> {
    let start = word.get(..key.len())?;
    let rest = start
        .eq_ignore_ascii_case(key)
        .then(|| word.get(key.len()..));
    rest.flatten().filter(|rest| !rest.is_empty())
}

/// Why an entry was found, in the pack's words.
pub fn reason(hit: &SearchHit, things: &Things) -> SafeText {
    let maker = hit.why.strip_prefix(LabelKind::Provider.word());
    match maker.filter(|name| name.starts_with(": ")) {
        Some(name) => safe!("{}{}", things.maker, SafeText::line(name)),
        None => hit.why.clone(),
    }
}

/// Operators that narrow a search, to be shown: with the pack's word for what is judged, or with terms where it judges
/// nothing.
pub fn samples(things: Option<&Things>) -> SafeText {
    match things {
        Some(things) => safe!(
            "in:{}  tag:TAG  {}:NAME",
            things.command_word(Kind::Services),
            things.maker_word()
        ),
        None => SafeText::ours("in:terms  tag:TAG"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_take_the_packs_words() {
        let things = Things {
            one: SafeText::ours("license"),
            many: SafeText::ours("licenses"),
            maker: SafeText::ours("Steward"),
            ..Things::default()
        };
        let check = |typed: &str, expected: &str| {
            assert_eq!(in_words_of_the_files(typed, &things), expected, "{typed}");
        };
        check("free in:licenses", "free in:services");
        check("IN:License  x", "in:services  x");
        check("in:services in:terms", "in:services in:terms");
        check("!steward:osi y", "!provider:osi y");
        check("provider:osi tag:x in:", "provider:osi tag:x in:");
        check("in:nothing a:b", "in:nothing a:b");
        check("plain words", "plain words");
    }
}
