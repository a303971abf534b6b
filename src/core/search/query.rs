//! What somebody typed into a search field, read into words and operators.
//! Promise: every input is a query; what is not an operator is a word, and at most 500 characters are read.

use crate::core::search::words::{each_word, is_stop, tight};
use crate::pack::Kind;
use crate::text::measure::fold_tight;

/// Longest input that is read, in characters.
pub const MAX_QUERY: usize = 500;
/// Most different words that decide; further ones are ignored.
const MAX_WORDS: usize = 24;

/// A query: words that must be found, and rules an entry must keep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    text: String,
    pub(super) asks: Vec<QueryWord>,
    pub(super) rules: Vec<QueryRule>,
    /// All plain words joined, for comparison with whole names.
    pub(super) tight: String,
    /// How many letters of `tight` lie in words that allow no typo.
    pub(super) short: Vec<String>,
    /// Kinds asked for with `in:`, as bits.
    pub(super) kinds: Option<u16>,
}

/// One word to be found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryWord {
    /// Folded, in the singular.
    pub(super) word: String,
    /// Folded, as typed.
    pub(super) raw: String,
    /// To be found as it is, inside a word or not, without typos.
    pub(super) literal: bool,
    /// Whether it may still be in the middle of being typed.
    pub(super) open: bool,
}

/// Something that must hold, or must not.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryRule {
    pub(super) not: bool,
    pub(super) what: RuleSubject,
}

/// What a rule speaks of; all texts are folded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RuleSubject {
    /// The entry carries this tag.
    Tag(String),
    /// The entry is of this provider.
    Provider(String),
    /// A name, tag or provider holds this.
    Holds(String),
    /// A name starts so.
    Start(String),
    /// A name ends so.
    End(String),
    /// A name is this.
    Whole(String),
    /// These words follow each other somewhere.
    Phrase(Vec<String>),
}

impl Query {
    /// Reads an input. Operators: `'exact`, `'some phrase'`, `"some phrase"`, `^start`, `end$`, `!not`, `in:KIND`, `tag:TAG`, `provider:NAME`.
    pub fn parse(input: &str) -> Self {
        let text: String = input.chars().take(MAX_QUERY).collect();
        let mut query = Self::default();
        let mut rest = text.as_str();
        while let Some((piece, quoted, after)) = next_piece(rest) {
            if quoted {
                query.phrase(piece)
            } else {
                query.piece(piece)
            }
            rest = after;
        }
        let open = !text.ends_with(char::is_whitespace);
        query.text = text;
        query.settle(open);
        query
    }

    /// What was typed, at most [`MAX_QUERY`] characters of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to search for.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// True where there is neither a letter nor a rule: such input is looked for as it stands.
    pub(super) fn is_signs(&self) -> bool {
        self.asks.is_empty() && self.rules.is_empty() && self.kinds.is_none() && !self.is_blank()
    }

    fn piece(&mut self, piece: &str) {
        let (not, bare) = match piece.strip_prefix('!') {
            Some(bare) => (true, bare),
            None => (false, piece),
        };
        if let Some(kind) = keyed(bare, "in:").and_then(kind_of) {
            let bits = 1 << kind as u16;
            let bits = if not { !bits } else { bits };
            self.kinds = Some(match (self.kinds, not) {
                (Some(had), true) => had & bits,
                (Some(had), false) => had | bits,
                (None, _) => bits,
            });
        } else if let Some(what) = rule(bare, not) {
            self.rules.push(QueryRule { not, what });
        } else if let Some(exact) = bare.strip_prefix('\'').filter(|_| !not) {
            self.words(exact, true);
        } else {
            self.words(piece, false);
        }
    }

    fn phrase(&mut self, piece: &str) {
        let before = self.asks.len();
        self.words(piece, true);
        let words: Vec<String> = self
            .asks
            .iter()
            .skip(before)
            .map(|a| a.word.clone())
            .collect();
        if words.len() > 1 {
            self.rules.push(QueryRule {
                not: false,
                what: RuleSubject::Phrase(words),
            });
        }
    }

    fn words(&mut self, text: &str, literal: bool) {
        each_word(text, |range, word| {
            let raw = text.get(range).map(fold_tight).unwrap_or_default();
            self.asks.push(QueryWord {
                word: word.to_owned(),
                raw,
                literal,
                open: false,
            });
        });
    }

    /// Joins the plain words, drops stop words and doubles, and notes which word may still grow.
    fn settle(&mut self, open: bool) {
        for ask in self.asks.iter().filter(|a| !a.literal) {
            self.tight.push_str(&ask.word);
            if ask.word.chars().count() < 5 {
                self.short.push(ask.word.clone());
            }
        }
        if let Some(last) = self.asks.last_mut() {
            last.open = open;
        }
        if self.asks.iter().any(|a| a.literal || !is_stop(&a.word)) {
            self.asks.retain(|a| a.literal || !is_stop(&a.word));
        }
        let mut kept: Vec<QueryWord> = Vec::new();
        for ask in self.asks.drain(..) {
            if kept.len() < MAX_WORDS
                && !kept
                    .iter()
                    .any(|k| k.word == ask.word && k.literal == ask.literal)
            {
                kept.push(ask);
            }
        }
        self.asks = kept;
    }
}

/// The next piece of the input: what stands between quotes, or up to the next space.
fn next_piece(rest: &str) -> Option<(&str, bool, &str)> {
    let rest = rest.trim_start();
    let first = rest.chars().next()?;
    if matches!(first, '\'' | '"') {
        let inner = rest.get(1..).unwrap_or("");
        if let Some((quoted, after)) = inner.split_once(first)
            && after.chars().next().is_none_or(char::is_whitespace)
            && quoted.chars().any(char::is_alphanumeric)
        {
            return Some((quoted, true, after));
        }
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (piece, after) = rest.split_at_checked(end)?;
    Some((piece, false, after))
}

/// What follows a key such as `in:`, when there is something.
fn keyed<'a>(piece: &'a str, key: &str) -> Option<&'a str> {
    let start = piece
        .get(..key.len())
        .filter(|s| s.eq_ignore_ascii_case(key))?;
    piece
        .get(start.len()..)
        .filter(|value| value.chars().any(char::is_alphanumeric))
}

/// A kind by its plural or singular word, in any case.
fn kind_of(word: &str) -> Option<Kind> {
    let word = word.to_lowercase();
    Kind::ALL
        .into_iter()
        .find(|k| k.word() == word || k.one() == word)
}

/// An operator other than `in:`, when the piece is one.
fn rule(bare: &str, not: bool) -> Option<RuleSubject> {
    if let Some(tag) = keyed(bare, "tag:") {
        return Some(RuleSubject::Tag(fold_tight(tag)));
    }
    if let Some(provider) = keyed(bare, "provider:") {
        return Some(RuleSubject::Provider(fold_tight(provider)));
    }
    let start = bare.strip_prefix('^');
    let body = start.unwrap_or(bare);
    let end = body.strip_suffix('$');
    let folded = tight(end.unwrap_or(body));
    match (start.is_some(), end.is_some()) {
        _ if folded.is_empty() => None,
        (true, true) => Some(RuleSubject::Whole(folded)),
        (true, false) => Some(RuleSubject::Start(fold_tight(body))),
        (false, true) => Some(RuleSubject::End(folded)),
        (false, false) => not.then(|| RuleSubject::Holds(fold_tight(body))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, words: &[&str], rules: &[(bool, RuleSubject)]) {
        let query = Query::parse(input);
        let got: Vec<String> = query
            .asks
            .iter()
            .map(|a| format!("{}{}", if a.literal { "'" } else { "" }, a.word))
            .collect();
        assert_eq!(got, words, "{input}");
        let got: Vec<(bool, RuleSubject)> = query
            .rules
            .iter()
            .map(|r| (r.not, r.what.clone()))
            .collect();
        assert_eq!(got, rules, "{input}");
    }

    #[test]
    fn operators_are_read() {
        let s = |t: &str| t.to_owned();
        check("Cold Starts", &["cold", "start"], &[]);
        check("what is a cold start", &["cold", "start"], &[]);
        check("what is it", &["what", "is", "it"], &[]);
        check(
            "'old ^Pro ings$",
            &["'old"],
            &[
                (false, RuleSubject::Start(s("pro"))),
                (false, RuleSubject::End(s("ing"))),
            ],
        );
        check("^cold$", &[], &[(false, RuleSubject::Whole(s("cold")))]);
        check(
            "start !cold",
            &["start"],
            &[(true, RuleSubject::Holds(s("cold")))],
        );
        check(
            "'cold start'",
            &["'cold", "'start"],
            &[(false, RuleSubject::Phrase(vec![s("cold"), s("start")]))],
        );
        check(
            "tag:Billing provider:aws",
            &[],
            &[
                (false, RuleSubject::Tag(s("billing"))),
                (false, RuleSubject::Provider(s("aws"))),
            ],
        );
        check(
            "!tag:billing",
            &[],
            &[(true, RuleSubject::Tag(s("billing")))],
        );
        check("pub/sub", &["pub", "sub"], &[]);
    }

    #[test]
    fn malformed_operators_are_words() {
        check("in:nowhere", &["nowhere"], &[]);
        check("tag:", &["tag"], &[]);
        check("' ! ^ $ ^$ !'", &[], &[]);
        check("\"open", &["open"], &[]);
        check("provider:!!", &["provider"], &[]);
        assert!(Query::parse("!!").is_signs());
        assert!(Query::parse("  \t").is_blank());
    }

    #[test]
    fn kinds_are_read() {
        let check = |input: &str, expected: Option<u16>| {
            assert_eq!(Query::parse(input).kinds, expected, "{input}")
        };
        check("in:terms lambda", Some(1 << Kind::Terms as u16));
        check(
            "IN:term in:services",
            Some(1 << Kind::Terms as u16 | 1 << Kind::Services as u16),
        );
        check("!in:terms x", Some(!(1 << Kind::Terms as u16)));
        check("in:x", None);
    }

    #[test]
    fn long_input_is_cut() {
        let query = Query::parse(&"é".repeat(600));
        assert_eq!(query.text().chars().count(), MAX_QUERY);
        let words: Vec<String> = (0..200).map(|n| format!("w{n}")).collect();
        assert_eq!(Query::parse(&words.join(" ")).asks.len(), MAX_WORDS);
    }
}
