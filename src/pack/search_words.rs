//! Words for search: those of a pack's language, which fit any subject, and those that the pack adds.
//!
//! A frame is how a question is put around what it is about: `what is {name}`. In its place stand `{name}`, `{other}` in a
//! question about two, and `{met}` where the verdict is named that a thing may have.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::pack::fields::Fields;
use crate::safe;
use crate::text::SafeText;

/// What stands in a frame for the words that are asked about.
pub const NAME: &str = "{name}";
/// What stands in a frame for the words that the others are set against.
pub const OTHER: &str = "{other}";
/// What stands in a frame for the title of the verdict that everything is met.
pub const MET: &str = "{met}";

/// Words for search.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct SearchWords {
    /// Words that say nothing in a query.
    pub stop_words: Vec<SafeText>,
    /// How questions are put.
    pub frames: Vec<SafeText>,
    /// Words between alternatives: `bell or gong`.
    pub or: Vec<SafeText>,
    /// Words that deny what follows them, such as `without`.
    pub denials: Vec<SafeText>,
    /// Words that begin a question to be answered with yes or no.
    pub yes_no: Vec<SafeText>,
    /// Words by which people ask for what a price answers.
    pub price: Vec<SafeText>,
    /// Names in front of a thing's name that people leave out, such as its maker's.
    pub left_out: Vec<SafeText>,
}

/// English, the language of a pack that names none.
impl Default for SearchWords {
    fn default() -> Self {
        let words = |all: &[&'static str]| all.iter().map(|word| SafeText::ours(word)).collect();
        Self {
            stop_words: words(ENGLISH_STOP_WORDS),
            frames: words(ENGLISH_FRAMES),
            or: words(&["or"]),
            denials: words(ENGLISH_DENIALS),
            yes_no: words(ENGLISH_YES_NO),
            price: words(&["price", "pricing", "cost", "bill"]),
            left_out: Vec::new(),
        }
    }
}

impl SearchWords {
    /// Those of a language by its tag: `en`, `en-GB`. None but what the pack adds where nothing is known of it.
    fn of_language(tag: &str) -> Self {
        let english = tag
            .split(['-', '_'])
            .next()
            .is_some_and(|l| l.eq_ignore_ascii_case("en"));
        if english {
            return Self::default();
        }
        Self {
            stop_words: Vec::new(),
            frames: Vec::new(),
            or: Vec::new(),
            denials: Vec::new(),
            yes_no: Vec::new(),
            price: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// What a pack adds.
    fn extend(&mut self, own: Self) {
        self.stop_words.extend(own.stop_words);
        self.frames.extend(own.frames);
        self.or.extend(own.or);
        self.denials.extend(own.denials);
        self.yes_no.extend(own.yes_no);
        self.price.extend(own.price);
        self.left_out.extend(own.left_out);
    }
}

/// Reads the table `[search]`, which adds to the words of the pack's language.
pub(crate) fn read(f: &mut Fields<'_, '_>, language: &str) -> SearchWords {
    let mut words = SearchWords::of_language(language);
    if let Some(own) = f.table("search", table) {
        words.extend(own);
    }
    words
}

fn table(f: &mut Fields<'_, '_>) -> SearchWords {
    let frames = f.texts("frames").unwrap_or_default();
    for frame in &frames {
        if !is_frame(frame) {
            let message = safe!("`{frame}` is no way to ask for something");
            let help = "write {name} once where its name stands, with words around it; {other} and {met} at most once";
            f.notes
                .refuse("frame-form", &f.place("frames"), message, help);
        }
    }
    SearchWords {
        stop_words: f.texts("stop_words").unwrap_or_default(),
        frames,
        or: f.texts("or").unwrap_or_default(),
        denials: f.texts("denials").unwrap_or_default(),
        yes_no: f.texts("yes_no").unwrap_or_default(),
        price: f.texts("price").unwrap_or_default(),
        left_out: f.texts("left_out").unwrap_or_default(),
    }
}

/// Whether something is asked about, in words, and no place is there twice.
fn is_frame(frame: &str) -> bool {
    let count = |place: &str| {
        frame
            .split_whitespace()
            .filter(|word| *word == place)
            .count()
    };
    let is_word = |word: &&str| !word.contains(['{', '}']);
    let places = [NAME, OTHER, MET].map(count);
    let words = frame.split_whitespace().filter(is_word).count();
    let all = frame.split_whitespace().count();
    let [name, other, met] = places;
    name == 1 && other <= 1 && met <= 1 && words > 0 && words + name + other + met == all
}

#[rustfmt::skip]
const ENGLISH_STOP_WORDS: &[&str] = &[
    "a", "about", "actually", "against", "also", "am", "an", "and", "any", "anymore", "are", "as",
    "at", "be", "because", "been", "between", "but", "by", "can", "can't", "cannot", "cant",
    "compare", "compared", "comparison", "could", "define", "did", "didn't", "difference",
    "differences", "do", "does", "doesn't", "doesnt", "don't", "dont", "even", "explain", "for",
    "from", "get", "gets", "getting", "got", "had", "happen", "happens", "has", "have", "he",
    "how", "i", "i'm", "if", "im", "in", "into", "is", "isn't", "isnt", "it", "it's", "its",
    "just", "let", "like", "many", "me", "mean", "meaning", "means", "much", "my", "need", "needs",
    "now", "of", "on", "only", "or", "our", "possible", "really", "she", "should", "since", "so",
    "some", "someone", "something", "still", "such", "tell", "than", "that", "that's", "thats",
    "the", "their", "them", "then", "there", "there's", "these", "they", "thing", "things", "this",
    "those", "though", "to", "too", "us", "use", "used", "using", "versus", "vs", "want", "was",
    "we", "were", "what", "what's", "whats", "when", "where", "which", "who", "why", "will",
    "with", "won't", "work", "works", "would", "yes", "yet", "you", "your",
];

const ENGLISH_DENIALS: &[&str] = &[
    "no", "not", "never", "nor", "neither", "without", "cannot", "can't", "don't", "doesn't",
    "isn't", "aren't", "lacks", "lack",
];

const ENGLISH_YES_NO: &[&str] = &[
    "am", "are", "aren't", "can", "could", "did", "do", "does", "doesn't", "don't", "has", "have",
    "is", "isn't", "must", "should", "was", "were", "will", "would",
];

/// The longer of two that fit comes first, so that it leaves fewer words to look up.
const ENGLISH_FRAMES: &[&str] = &[
    // By the verdict.
    "is {name} really {met}",
    "is {name} truly {met}",
    "is {name} actually {met}",
    "is {name} considered {met}",
    "is {name} still {met}",
    "is {name} not {met}",
    "is {name} {met} or not",
    "is {name} {met}",
    "are {name} {met}",
    "isn't {name} {met}",
    "why is {name} not {met}",
    "why isn't {name} {met}",
    "why is {name} called {met}",
    "why is {name} {met}",
    "why are {name} {met}",
    "does {name} count as {met}",
    "can {name} be called {met}",
    // About two.
    "what is the difference between {name} and {other}",
    "what's the difference between {name} and {other}",
    "what are the differences between {name} and {other}",
    "difference between {name} and {other}",
    "differences between {name} and {other}",
    "how is {name} different from {other}",
    "how are {name} different from {other}",
    "how does {name} differ from {other}",
    "how do {name} differ from {other}",
    "how does {name} compare to {other}",
    "how does {name} compare with {other}",
    "is {name} better than {other}",
    "is {name} cheaper than {other}",
    "is {name} the same as {other}",
    "compare {name} and {other}",
    "compare {name} with {other}",
    "compare {name} to {other}",
    "{name} compared to {other}",
    "{name} compared with {other}",
    "{name} instead of {other}",
    "{name} versus {other}",
    "{name} vs {other}",
    "{name} v {other}",
    "{name} or {other}",
    // About one.
    "what is the meaning of {name}",
    "what is meant by {name}",
    "what is the point of {name}",
    "what is {name} used for",
    "what is {name}",
    "what's {name}",
    "what are {name}",
    "what does {name} mean",
    "what does {name} do",
    "what do {name} mean",
    "who uses {name}",
    "how does {name} work",
    "how do {name} work",
    "how is {name} billed",
    "how to use {name}",
    "how to avoid {name}",
    "why is {name}",
    "why are {name}",
    "why does {name}",
    "why do {name}",
    "why use {name}",
    "why should i use {name}",
    "when should i use {name}",
    "when should you use {name}",
    "when should we use {name}",
    "when to use {name}",
    "when is {name} used",
    "should i use {name}",
    "should we use {name}",
    "should i choose {name}",
    "which is better {name}",
    "which is cheaper {name}",
    "meaning of {name}",
    "definition of {name}",
    "define {name}",
    "explain {name}",
    "tell me about {name}",
    "{name} meaning",
    "{name} definition",
    "{name} explained",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_one_name_and_words_around_it() {
        let check = |frame: &str, expected: bool| assert_eq!(is_frame(frame), expected, "{frame}");
        check("what is {name}", true);
        check("{name} or {other}", true);
        check("is {name} {met}", true);
        check("what is it", false);
        check("{name}", false);
        check("{name} {other}", false);
        check("is {name} or {name}", false);
        check("what is {thing}", false);
        check("what is {name}?", false);
        for frame in ENGLISH_FRAMES {
            check(frame, true);
        }
    }

    #[test]
    fn a_language_has_its_words() {
        let check = |tag: &str, expected: bool| {
            let frames = SearchWords::of_language(tag).frames;
            assert_eq!(!frames.is_empty(), expected, "{tag}");
        };
        check("en", true);
        check("en-GB", true);
        check("EN_us", true);
        check("de", false);
        check("eng", false);
        check("", false);
    }
}
