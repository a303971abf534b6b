//! How a question is put: what stands around the names that it is about is cut off before any name is looked up.
//!
//! Pure, and on words alone: whether anything is called so, others find out, who are handed every way to read a question.

use std::ops::Range;

use crate::core::search::words::singular;
use crate::pack::search_words::{MET, NAME, OTHER, SearchWords};
use crate::text::fold::fold;

/// Most words of a question that is read.
const MAX_WORDS: usize = 40;

/// A way to read a question: the words in it that should be names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'t> {
    /// Whether this has the verdict that everything is met.
    Verdict(&'t str),
    /// How these differ, at least two.
    Between(Vec<&'t str>),
    /// What this is.
    About(&'t str),
}

/// Every way to read a question, likeliest first; none where it is no question. `met` is the title of the verdict that
/// everything is met.
pub fn asked<'t>(text: &'t str, words: &SearchWords, met: &str) -> Vec<Asked<'t>> {
    let question = QuestionWords::of(text, met);
    let mut read: Vec<Asked<'t>> = Vec::new();
    for frame in &words.frames {
        let Some(fit) = question.fit(frame) else {
            continue;
        };
        match (fit.other, fit.by_verdict) {
            (Some(other), _) => {
                let mut names = vec![question.text(&fit.name)];
                names.extend(apart(question.text(&other), words));
                read.push(Asked::Between(names));
            }
            (None, true) => read.push(Asked::Verdict(question.text(&fit.name))),
            (None, false) => {
                let about = question.text(&fit.name);
                read.extend(asked(about, words, met));
                read.push(Asked::About(about));
            }
        }
    }
    // Of two ways to set names apart, the one with fewer words around them is the likelier.
    let rank = |asked: &Asked<'_>| match asked {
        Asked::Verdict(_) => (0, 0),
        Asked::Between(names) => (1, names.iter().map(|name| name.len()).sum()),
        Asked::About(_) => (2, 0),
    };
    read.sort_by_key(rank);
    read
}

/// The names of a text that sets several against each other, `b vs c`; else the text.
fn apart<'t>(text: &'t str, words: &SearchWords) -> Vec<&'t str> {
    let question = QuestionWords::of(text, "");
    let between = |frame: &str| {
        let fit = question.fit(frame)?;
        Some((fit.name, fit.other?))
    };
    match words.frames.iter().find_map(|frame| between(frame)) {
        Some((name, other)) => {
            let mut names = vec![question.text(&name)];
            names.extend(apart(question.text(&other), words));
            names
        }
        None => vec![text],
    }
}

/// How a name may be spelled that somebody put into a question: as it is, without words that say nothing, in the singular.
pub fn spellings(name: &str, words: &SearchWords) -> Vec<String> {
    let is_stop = |word: &&str| {
        let word = fold(word);
        words.stop_words.iter().any(|stop| fold(stop) == word)
    };
    let all: Vec<&str> = name.split_whitespace().collect();
    let first = all.iter().position(|word| !is_stop(word));
    let last = all.iter().rposition(|word| !is_stop(word));
    let bare = first
        .zip(last)
        .and_then(|(first, last)| all.get(first..=last));
    let bare = bare.unwrap_or(&all).join(" ");
    let one = singular(&bare).to_owned();
    let mut spellings = vec![name.to_owned(), bare, one];
    spellings.dedup();
    spellings
}

/// A question as its words.
struct QuestionWords<'t> {
    text: &'t str,
    /// Where each word stands, without the signs around it, and its folded form.
    words: Vec<(Range<usize>, String)>,
    met: Vec<String>,
}

/// Which words of a question stand in the places of a frame.
#[derive(Default)]
struct Fit {
    name: Range<usize>,
    other: Option<Range<usize>>,
    by_verdict: bool,
}

impl<'t> QuestionWords<'t> {
    fn of(text: &'t str, met: &str) -> Self {
        let mut words = Vec::new();
        let mut at = 0;
        for word in text.split_whitespace() {
            let start = at + text.get(at..).and_then(|t| t.find(word)).unwrap_or(0);
            at = start + word.len();
            let bare = word.trim_matches(['?', '!', '.', ',', ';', ':', '¿', '？', '"']);
            let start = start + word.find(bare).unwrap_or(0);
            if !bare.is_empty() {
                words.push((start..start + bare.len(), folded(bare)));
            }
        }
        words.truncate(MAX_WORDS);
        Self {
            text,
            words,
            met: met.split_whitespace().map(folded).collect(),
        }
    }

    /// The text of some words.
    fn text(&self, words: &Range<usize>) -> &'t str {
        let of = self.words.get(words.clone()).unwrap_or(&[]);
        let range = of.first().zip(of.last());
        let range = range.map(|((first, _), (last, _))| first.start..last.end);
        range.and_then(|range| self.text.get(range)).unwrap_or("")
    }

    /// What stands in the places of a frame, as few words as can be in the first.
    fn fit(&self, frame: &str) -> Option<Fit> {
        let frame: Vec<&str> = frame.split_whitespace().collect();
        let mut fit = Fit::default();
        self.fits(&frame, 0, &mut fit).then_some(fit)
    }

    fn fits(&self, frame: &[&str], at: usize, fit: &mut Fit) -> bool {
        let Some((place, rest)) = frame.split_first() else {
            return at == self.words.len();
        };
        let said = |n: usize, word: &str| self.words.get(n).is_some_and(|(_, said)| said == word);
        match *place {
            NAME | OTHER => (at + 1..=self.words.len()).any(|end| {
                let fits = self.fits(rest, end, fit);
                match *place {
                    NAME if fits => fit.name = at..end,
                    OTHER if fits => fit.other = Some(at..end),
                    _ => {}
                }
                fits
            }),
            MET => {
                fit.by_verdict = true;
                let mut met = (at..).zip(&self.met);
                !self.met.is_empty()
                    && met.all(|(n, word)| said(n, word))
                    && self.fits(rest, at + self.met.len(), fit)
            }
            word => said(at, &folded(word)) && self.fits(rest, at + 1, fit),
        }
    }
}

fn folded(word: &str) -> String {
    fold(word).replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Asked<'_>]) {
        let words = SearchWords::default();
        assert_eq!(asked(text, &words, "a true bell"), expected, "{text}");
    }

    #[test]
    fn a_question_is_about_one() {
        use Asked::About;
        check("what is a chime", &[About("a chime")]);
        check("What is a Chime?", &[About("a Chime")]);
        check("  what’s   a  chime ", &[About("a  chime")]);
        check("how does the chime work?", &[About("the chime")]);
        check("why is a knocker loud", &[About("a knocker loud")]);
        check("when should I use a knocker", &[About("a knocker")]);
        check("what does chime mean", &[About("chime")]);
        check("chime", &[]);
        check("what is", &[]);
        check("how does work", &[]);
        check("what bells ring", &[]);
        check("", &[]);
    }

    #[test]
    fn a_question_sets_several_against_each_other() {
        use Asked::{About, Between};
        let two = || Between(vec!["chime", "gong"]);
        check("chime vs gong", &[two()]);
        check("Chime vs. gong", &[Between(vec!["Chime", "gong"])]);
        check("chime versus gong", &[two()]);
        check("chime or gong?", &[two()]);
        check("chime compared to gong", &[two()]);
        check("difference between chime and gong", &[two()]);
        check("is chime better than gong", &[two()]);
        check(
            "cold chime vs warm gong vs knocker",
            &[Between(vec!["cold chime", "warm gong", "knocker"])],
        );
        check(
            "should i use chime or gong",
            &[
                two(),
                Between(vec!["should i use chime", "gong"]),
                About("chime or gong"),
            ],
        );
        check("chime vs", &[]);
        check("vs gong", &[]);
        check("chime and gong", &[]);
    }

    #[test]
    fn a_question_is_about_the_verdict() {
        use Asked::{About, Verdict};
        check("is chime a true bell", &[Verdict("chime")]);
        check(
            "Is the old chime really a True Bell?",
            &[Verdict("the old chime"), Verdict("the old chime really")],
        );
        check(
            "why is chime a true bell",
            &[Verdict("chime"), About("chime a true bell")],
        );
        check("is chime a bell", &[]);
        let words = SearchWords::default();
        assert_eq!(asked("is chime", &words, ""), []);
    }

    #[test]
    fn a_name_is_spelled_as_it_stands_and_barely() {
        let check = |name: &str, expected: &[&str]| {
            assert_eq!(spellings(name, &SearchWords::default()), expected, "{name}");
        };
        check("chime", &["chime"]);
        check("a chime", &["a chime", "chime"]);
        check(
            "the cold chimes",
            &["the cold chimes", "cold chimes", "cold chime"],
        );
        check("it", &["it"]);
        check("bell to bell", &["bell to bell"]);
    }
}
