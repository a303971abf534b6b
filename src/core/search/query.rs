//! Parses search input into words and operators, and applies the operators to entries. Every input is a query: what is not
//! an operator is a word, and so is a tag or provider that no entry has.

use std::ops::Range;

use crate::core::search::index::{IndexField, SearchIndex, Texts};
use crate::core::search::words::{compact, each_term, each_word, is_unspaced, singular};
use crate::pack::Kind;
use crate::text::fold::fold_tight;

/// Longest input that is parsed, in characters.
pub const MAX_QUERY: usize = 500;
/// Most distinct words; further ones are ignored.
const MAX_WORDS: usize = 24;

/// Words that must be found, and rules an entry must satisfy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    text: String,
    /// All words as they were typed.
    typed: Vec<QueryWord>,
    /// Those that are looked for, each once.
    pub(super) words: Vec<QueryWord>,
    pub(super) rules: Vec<QueryRule>,
    /// All plain words joined without spaces, for comparison with whole names.
    pub(super) compact: String,
    /// The plain words too short to allow a typo.
    pub(super) short_words: Vec<String>,
    /// The letters of each run of three or more that is written without spaces: they must stand next to each other.
    pub(super) runs: Vec<Vec<String>>,
    /// The pairs of each of these runs.
    pairs: Vec<Vec<String>>,
    /// For each of these runs the numbers of its words, in their order.
    pub(super) sequences: Vec<Vec<usize>>,
    /// Kinds from `in:`, as a bit set.
    pub(super) kinds: Option<u16>,
    /// Whether a `|` was read for which the word behind it is still to come.
    bar: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryWord {
    /// Case-folded, in the singular.
    pub(super) folded: String,
    /// Case-folded, as typed.
    pub(super) typed: String,
    /// To be found as it is, also inside a word, without typos.
    pub(super) exact: bool,
    /// Whether it may still be being typed: the last word, without a space after it.
    pub(super) unfinished: bool,
    /// Whether it may stand in place of the one before it.
    either: bool,
    /// The number of what is wanted: alternatives have the same.
    pub(super) slot: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryRule {
    pub(super) negated: bool,
    pub(super) subject: RuleSubject,
}

/// What a rule is about; all texts are case-folded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RuleSubject {
    Tag(String),
    Provider(String),
    /// A name, tag or provider contains this.
    Contains(String),
    /// A name starts with this.
    Prefix(String),
    /// A name ends with this.
    Suffix(String),
    /// A name equals this.
    Name(String),
    /// These words occur next to each other.
    Phrase(Vec<String>),
}

impl Query {
    /// Operators: `'exact`, `'some phrase'`, `"some phrase"`, `^start`, `end$`, `!not`, `in:KIND`, `tag:TAG`, `provider:NAME`.
    ///
    /// The last word may still be being typed, unless a space follows it.
    pub fn parse(input: &str) -> Self {
        Self::read(input, !input.ends_with(char::is_whitespace))
    }

    /// The same of input that nobody is typing any more.
    pub fn whole(input: &str) -> Self {
        Self::read(input, false)
    }

    fn read(input: &str, unfinished: bool) -> Self {
        let text: String = input.chars().take(MAX_QUERY).collect();
        let mut query = Self::default();
        let mut rest = text.as_str();
        while let Some((token, quoted, after)) = next_token(rest) {
            if quoted {
                query.add_phrase(token)
            } else {
                query.add_token(token)
            }
            rest = after;
        }
        if let Some(last) = query.typed.last_mut() {
            last.unfinished = unfinished;
        }
        query.text = text;
        query.settle(|_| false, |_| false);
        query
    }

    /// The query as an index understands it: without words that say nothing in its language, with what stands around an
    /// `or` as alternatives, and with tags and providers that no entry has as words.
    pub(super) fn fitted(&self, index: &SearchIndex) -> Self {
        let mut query = self.clone();
        let unknown = |rule: &mut QueryRule| {
            let key = filter_key(&rule.subject).filter(|_| !rule.negated);
            key.is_some_and(|key| index.words.with_prefix(&key).is_empty())
        };
        let unknown: Vec<QueryRule> = query.rules.extract_if(.., unknown).collect();
        for rule in unknown {
            if let RuleSubject::Tag(text) | RuleSubject::Provider(text) = rule.subject {
                query.add_words(&text, false);
            }
        }
        let says =
            |texts: &Texts, word: &QueryWord| !word.exact && texts.find(&word.folded).is_some();
        query.settle(
            |word| says(&index.stop_words, word),
            |word| says(&index.or_words, word),
        );
        query
    }

    /// How many things are wanted.
    pub(super) fn slots(&self) -> usize {
        self.words.last().map_or(0, |word| word.slot + 1)
    }

    /// The input, at most [`MAX_QUERY`] characters of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it has neither a letter nor a rule: such input is searched for verbatim.
    pub(super) fn is_punctuation(&self) -> bool {
        self.words.is_empty() && self.rules.is_empty() && self.kinds.is_none() && !self.is_blank()
    }

    fn add_token(&mut self, token: &str) {
        let (negated, bare) = match token.strip_prefix('!') {
            Some(bare) => (true, bare),
            None => (false, token),
        };
        if let Some(kind) = filter_value(bare, "in:").and_then(kind_of) {
            let bits = 1 << kind as u16;
            let bits = if negated { !bits } else { bits };
            self.kinds = Some(match (self.kinds, negated) {
                (Some(had), true) => had & bits,
                (Some(had), false) => had | bits,
                (None, _) => bits,
            });
        } else if let Some(subject) = rule(bare, negated) {
            self.rules.push(QueryRule { negated, subject });
        } else if let Some(exact) = bare.strip_prefix('\'').filter(|_| !negated) {
            self.add_words(exact, true);
        } else {
            self.bar |= token.starts_with('|');
            self.add_words(token, false);
            self.bar |= token.ends_with('|');
        }
    }

    fn add_phrase(&mut self, token: &str) {
        self.add_words(token, true);
        let mut words: Vec<String> = Vec::new();
        each_word(token, |_, word| words.push(word.to_owned()));
        if words.len() > 1 {
            self.rules.push(QueryRule {
                negated: false,
                subject: RuleSubject::Phrase(words),
            });
        }
    }

    fn add_words(&mut self, text: &str, exact: bool) {
        if !exact {
            each_word(text, |_, word| {
                self.compact.push_str(word);
                if word.chars().count() < 5 {
                    self.short_words.push(word.to_owned());
                }
            });
        }
        let mut terms: Vec<(Range<usize>, String)> = Vec::new();
        each_term(text, |range, term| terms.push((range, term.to_owned())));
        let mut run: Vec<String> = Vec::new();
        for (n, (range, term)) in terms.iter().enumerate() {
            let is_pair = |term: &str| term.starts_with(is_unspaced) && term.chars().count() > 1;
            let before = n.checked_sub(1).and_then(|n| terms.get(n));
            let ends_run = before.is_some_and(|(_, before)| is_pair(before)) && !is_pair(term);
            // The last letter of a run stands in the pair before it.
            if ends_run && term.starts_with(is_unspaced) {
                self.end_run(std::mem::take(&mut run));
                continue;
            }
            if is_pair(term) {
                run.push(term.clone());
            }
            let between = before.map_or(0, |(before, _)| before.end)..range.start;
            self.typed.push(QueryWord {
                folded: term.clone(),
                typed: text.get(range.clone()).map(fold_tight).unwrap_or_default(),
                exact,
                unfinished: false,
                either: std::mem::take(&mut self.bar)
                    || text
                        .get(between)
                        .is_some_and(|between| between.contains('|')),
                slot: 0,
            });
        }
        self.end_run(run);
    }

    fn end_run(&mut self, pairs: Vec<String>) {
        if pairs.len() > 1 {
            let firsts = pairs.iter().filter_map(|pair| pair.chars().next());
            let last = pairs.last().and_then(|pair| pair.chars().last());
            self.runs
                .push(firsts.chain(last).map(String::from).collect());
            self.pairs.push(pairs);
        }
    }

    /// Leaves out what says nothing, unless there is only such, and what was said before, and numbers what is wanted.
    fn settle(&mut self, stops: impl Fn(&QueryWord) -> bool, or: impl Fn(&QueryWord) -> bool) {
        let only_stops = self.typed.iter().all(&stops);
        self.words.clear();
        let mut either = false;
        for word in &self.typed {
            either |= word.either || !self.words.is_empty() && or(word);
            let known = |k: &QueryWord| k.folded == word.folded && k.exact == word.exact;
            if !only_stops && stops(word) || self.words.iter().any(known) {
                continue;
            }
            if self.words.len() < MAX_WORDS {
                let next = self.slots();
                let slot = if either { next.saturating_sub(1) } else { next };
                self.words.push(QueryWord {
                    slot,
                    ..word.clone()
                });
            }
            either = false;
        }
        let number = |pair: &String| self.words.iter().position(|word| word.folded == *pair);
        let of_run = |pairs: &Vec<String>| pairs.iter().filter_map(number).collect();
        self.sequences = self.pairs.iter().map(of_run).collect();
    }
}

/// The next token, whether it was quoted, and the rest. A token ends at its closing quote or at the next space.
fn next_token(rest: &str) -> Option<(&str, bool, &str)> {
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
    let (token, after) = rest.split_at_checked(end)?;
    Some((token, false, after))
}

/// What follows a key such as `in:`, if it has a letter or digit.
fn filter_value<'a>(token: &'a str, key: &str) -> Option<&'a str> {
    let start = token
        .get(..key.len())
        .filter(|s| s.eq_ignore_ascii_case(key))?;
    token
        .get(start.len()..)
        .filter(|value| value.chars().any(char::is_alphanumeric))
}

/// A kind by its plural or singular word, ignoring case.
fn kind_of(word: &str) -> Option<Kind> {
    let word = word.to_lowercase();
    Kind::ALL
        .into_iter()
        .find(|k| k.word() == word || k.one() == word)
}

/// An operator other than `in:`, if the token is one.
fn rule(bare: &str, negated: bool) -> Option<RuleSubject> {
    if let Some(tag) = filter_value(bare, "tag:") {
        return Some(RuleSubject::Tag(fold_tight(tag)));
    }
    if let Some(provider) = filter_value(bare, "provider:") {
        return Some(RuleSubject::Provider(fold_tight(provider)));
    }
    let start = bare.strip_prefix('^');
    let body = start.unwrap_or(bare);
    let end = body.strip_suffix('$');
    let folded = compact(end.unwrap_or(body));
    match (start.is_some(), end.is_some()) {
        _ if folded.is_empty() => None,
        (true, true) => Some(RuleSubject::Name(folded)),
        (true, false) => Some(RuleSubject::Prefix(fold_tight(body))),
        (false, true) => Some(RuleSubject::Suffix(folded)),
        (false, false) => negated.then(|| RuleSubject::Contains(fold_tight(body))),
    }
}

/// The word of the index by which a tag or provider is found.
fn filter_key(what: &RuleSubject) -> Option<String> {
    match what {
        RuleSubject::Tag(text) => Some(format!("tag:{text}")),
        RuleSubject::Provider(text) => Some(format!("provider:{text}")),
        RuleSubject::Contains(_)
        | RuleSubject::Prefix(_)
        | RuleSubject::Suffix(_)
        | RuleSubject::Name(_)
        | RuleSubject::Phrase(_) => None,
    }
}

impl SearchIndex {
    /// Removes the candidates that break a rule.
    pub(super) fn apply_rule(&self, rule: &QueryRule, candidates: &mut [bool]) {
        if let RuleSubject::Phrase(_) = rule.subject {
            return; // Phrases need the text, which is read for the best candidates only.
        }
        let matches = self.matching(&rule.subject);
        for (open, matches) in candidates.iter_mut().zip(matches) {
            *open &= matches != rule.negated;
        }
    }

    fn matching(&self, what: &RuleSubject) -> Vec<bool> {
        let mut matches = vec![false; self.len()];
        let mut mark = |entry: u32| {
            if let Some(slot) = matches.get_mut(entry as usize) {
                *slot = true;
            }
        };
        match what {
            RuleSubject::Tag(_) | RuleSubject::Provider(_) => {
                let key = filter_key(what).unwrap_or_default();
                let words = self.words.with_prefix(&key);
                let with_key = words.flat_map(|word| self.postings(word, false));
                with_key.for_each(|posting| mark(posting.entry));
            }
            RuleSubject::Contains(text) => {
                let holds = |word: &u32| self.words.get(*word).contains(text.as_str());
                let words = (0..self.words.len()).filter(holds);
                let near = words.flat_map(|word| self.postings(word, false));
                near.filter(|posting| posting.field <= IndexField::Label)
                    .for_each(|posting| mark(posting.entry));
            }
            // Names are indexed in the singular.
            RuleSubject::Prefix(text) => {
                let one = singular(text);
                let begins = |letters: &str, name: &str| {
                    letters.starts_with(text.as_str())
                        || letters.starts_with(one) && fold_tight(name).starts_with(text.as_str())
                };
                self.mark_named(begins, mark)
            }
            RuleSubject::Suffix(text) => {
                self.mark_named(|letters, _| letters.ends_with(text.as_str()), mark)
            }
            RuleSubject::Name(text) => self.mark_named(|letters, _| letters == text.as_str(), mark),
            RuleSubject::Phrase(_) => {}
        }
        matches
    }

    fn mark_named(&self, passes: impl Fn(&str, &str) -> bool, mut mark: impl FnMut(u32)) {
        for entry in 0..self.len() as u32 {
            if self.any_name(entry, &passes) {
                mark(entry);
            }
        }
    }

    pub(super) fn has_phrases(&self, entry: u32, query: &Query) -> bool {
        let mut phrases = query.phrases();
        phrases.all(|phrase| self.says(entry, |text| contains(text, phrase, false)))
    }

    /// Whether an entry has each run that is written without spaces in one piece.
    pub(super) fn has_runs(&self, entry: u32, query: &Query) -> bool {
        let mut runs = query.runs.iter();
        runs.all(|run| self.says(entry, |text| contains(text, run, true)))
    }

    /// Whether one of an entry's names and texts is such.
    fn says(&self, entry: u32, is: impl Fn(&str) -> bool) -> bool {
        let names = self.names_of(entry).any(|n| is(self.name(n).1));
        let near = || is(self.brief(entry)) || self.labels(entry).any(|(_, l)| is(l));
        let far = || self.sections(entry).any(|(_, h, t)| is(h) || is(t));
        names || near() || far()
    }
}

/// Whether a text has these words one behind the other; `tight` where nothing may stand between them.
fn contains(text: &str, phrase: &[String], tight: bool) -> bool {
    // Most texts that have a run have it as it is looked for.
    if tight && text.contains(&phrase.concat()) {
        return true;
    }
    let mut words: Vec<(Range<usize>, String)> = Vec::new();
    each_word(text, |range, word| words.push((range, word.to_owned())));
    let touch = |pair: &[(Range<usize>, String)]| pair[0].0.end == pair[1].0.start;
    words.windows(phrase.len().max(1)).any(|window| {
        window.iter().map(|(_, word)| word).eq(phrase) && (!tight || window.windows(2).all(touch))
    })
}

impl Query {
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rules.iter().filter_map(|rule| {
            if let RuleSubject::Phrase(words) = &rule.subject {
                Some(words)
            } else {
                None
            }
        })
    }

    pub(super) fn has_phrase(&self) -> bool {
        self.phrases().next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, words: &[&str], rules: &[(bool, RuleSubject)]) {
        let query = Query::parse(input);
        let got: Vec<String> = query
            .words
            .iter()
            .map(|w| format!("{}{}", if w.exact { "'" } else { "" }, w.folded))
            .collect();
        assert_eq!(got, words, "{input}");
        let got: Vec<(bool, RuleSubject)> = query
            .rules
            .iter()
            .map(|r| (r.negated, r.subject.clone()))
            .collect();
        assert_eq!(got, rules, "{input}");
    }

    #[test]
    fn operators_are_read() {
        let s = |t: &str| t.to_owned();
        check("Cold Starts", &["cold", "start"], &[]);
        check(
            "'old ^Pro ings$",
            &["'old"],
            &[
                (false, RuleSubject::Prefix(s("pro"))),
                (false, RuleSubject::Suffix(s("ing"))),
            ],
        );
        check("^cold$", &[], &[(false, RuleSubject::Name(s("cold")))]);
        check(
            "start !cold",
            &["start"],
            &[(true, RuleSubject::Contains(s("cold")))],
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
    fn what_is_written_without_spaces_is_one_run() {
        check("監視", &["監視"], &[]);
        check("コンテナ", &["コン", "ンテ", "テナ"], &[]);
        check("箱", &["箱"], &[]);
        check("監視 VM", &["監視", "vm"], &[]);
        let query = Query::parse("ココココ VM");
        assert_eq!(query.runs, [["コ", "コ", "コ", "コ"]]);
        assert_eq!(query.sequences, [[0, 0, 0]]);
        assert_eq!(
            (query.compact.as_str(), query.words.len()),
            ("ココココvm", 2)
        );
    }

    #[test]
    fn only_what_is_being_typed_is_unfinished() {
        let last = |query: Query| query.words.last().map(|word| word.unfinished);
        assert_eq!(last(Query::parse("use VM")), Some(true));
        assert_eq!(last(Query::parse("use VM ")), Some(false));
        assert_eq!(last(Query::whole("use VM")), Some(false));
    }

    #[test]
    fn an_index_leaves_out_what_says_nothing_and_knows_alternatives() {
        let index = SearchIndex::build([]);
        let check = |input: &str, expected: &str| {
            let query = Query::parse(input).fitted(&index);
            let mut told = String::new();
            for word in &query.words {
                let wanted = told.split(' ').filter(|w| !w.is_empty()).count();
                told += if word.slot < wanted { "|" } else { " " };
                told += &word.folded;
            }
            assert_eq!(told.trim(), expected, "{input}");
        };
        check("what is a cold start", "cold start");
        check("what is it", "what is it");
        check("it doesn't ring", "ring");
        check("'the ring", "the ring");
        check("bell or gong", "bell|gong");
        check("loud bell or gong or chime", "loud bell|gong|chime");
        check("bell | gong|chime ring", "bell|gong|chime ring");
        check("or bell", "bell");
        check("tag:bells ring", "ring bell");
    }

    #[test]
    fn malformed_operators_are_words() {
        check("in:nowhere", &["in", "nowhere"], &[]);
        check("tag:", &["tag"], &[]);
        check("' ! ^ $ ^$ !'", &[], &[]);
        check("\"open", &["open"], &[]);
        check("provider:!!", &["provider"], &[]);
        assert!(Query::parse("!!").is_punctuation());
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
        assert_eq!(Query::parse(&words.join(" ")).words.len(), MAX_WORDS);
    }
}
