//! What a session is to be made of, in the words of the command line.
//! Guarantee: what [`QuizOptions::words`] writes, [`QuizOptions::parse`] reads as the same options.

use crate::core::quiz::course::LEVELS;
use crate::pack::entries::answer::KINDS;

/// Most questions of one session.
pub const MOST: usize = 1000;
/// Questions of a session when nobody says how many.
pub const USUAL: usize = 10;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum QuestionChoice {
    /// What is due, then new ones; when there is neither, any.
    #[default]
    Next,
    /// What is due now, what is most likely forgotten first.
    Due,
    /// What was never answered.
    New,
    /// What was answered wrong the last time.
    Missed,
    /// Any, whatever is known of them.
    All,
}

impl QuestionChoice {
    /// All, in the order of the start page.
    pub const ALL: [Self; 5] = [Self::Next, Self::Due, Self::New, Self::Missed, Self::All];

    /// The word on the start page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Next => "due, then new",
            Self::Due => "due",
            Self::New => "new",
            Self::Missed => "missed",
            Self::All => "all",
        }
    }

    /// The flag of the command line; none for what goes without saying.
    pub const fn flag(self) -> Option<&'static str> {
        match self {
            Self::Next => None,
            Self::Due => Some("--due"),
            Self::New => Some("--new"),
            Self::Missed => Some("--missed"),
            Self::All => Some("--all"),
        }
    }

    /// Whether new questions are among what is asked, in the order of the course.
    pub const fn brings_new(self) -> bool {
        matches!(self, Self::Next | Self::New)
    }

    /// Whether it depends on the progress what is asked.
    pub const fn depends_on_progress(self) -> bool {
        !matches!(self, Self::All)
    }
}

/// What a session is to be made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuizOptions {
    /// Tag ids; any topic when empty.
    pub topics: Vec<String>,
    /// Only the questions of a lesson, by its id.
    pub lesson: Option<String>,
    /// Only questions of a level, 1 to 3.
    pub level: Option<u8>,
    /// Only questions of a kind, in the words of their files.
    pub kind: Option<&'static str>,
    /// How many questions, 1 to [`MOST`].
    pub count: usize,
    pub which: QuestionChoice,
    /// What is missed is not asked once more. Not among the words: nobody asks for it by name.
    pub once: bool,
    /// Just these questions in this order, by id; the other options say nothing then.
    pub only: Vec<String>,
}

impl Default for QuizOptions {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            lesson: None,
            level: None,
            kind: None,
            count: USUAL,
            which: QuestionChoice::default(),
            once: false,
            only: Vec::new(),
        }
    }
}

impl QuizOptions {
    /// Just these questions, in this order.
    pub fn only(ids: Vec<String>) -> Self {
        Self {
            count: ids.len(),
            only: ids,
            which: QuestionChoice::All,
            ..Self::default()
        }
    }

    /// Whether what is asked is narrowed by lesson, level or kind.
    pub const fn is_narrow(&self) -> bool {
        self.lesson.is_some() || self.level.is_some() || self.kind.is_some()
    }

    /// As flags of the command line, without the seed: `--topic events --count 10 --due`.
    pub fn words(&self) -> String {
        if !self.only.is_empty() {
            return format!("--only {}", self.only.join(","));
        }
        let topics = self.topics.iter().map(|t| format!("--topic {t}"));
        let lesson = self.lesson.iter().map(|l| format!("--lesson {l}"));
        let level = self.level.iter().map(|l| format!("--level {l}"));
        let kind = self.kind.iter().map(|k| format!("--kind {k}"));
        let count = std::iter::once(format!("--count {}", self.count));
        let which = self.which.flag().map(str::to_owned);
        topics
            .chain(lesson)
            .chain(level)
            .chain(kind)
            .chain(count)
            .chain(which)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Reads such flags; what it does not know it leaves out.
    pub fn parse(words: &str) -> Self {
        let mut options = Self::default();
        let mut words = words.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "--topic" => options.topics.extend(words.next().map(str::to_owned)),
                "--lesson" => options.lesson = words.next().map(str::to_owned),
                "--level" => {
                    let level = words.next().and_then(|n| n.parse().ok());
                    options.level = level.filter(|level| LEVELS.contains(level));
                }
                "--kind" => {
                    let word = words.next().unwrap_or("");
                    options.kind = KINDS.into_iter().find(|kind| *kind == word);
                }
                "--count" => {
                    options.count = words
                        .next()
                        .and_then(|n| n.parse().ok())
                        .unwrap_or(USUAL)
                        .clamp(1, MOST)
                }
                "--only" => {
                    let ids = words
                        .next()
                        .unwrap_or("")
                        .split(',')
                        .filter(|id| !id.is_empty());
                    options = Self::only(ids.map(str::to_owned).collect());
                }
                flag => {
                    options.which = QuestionChoice::ALL
                        .into_iter()
                        .find(|w| w.flag() == Some(flag))
                        .unwrap_or(options.which)
                }
            }
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_written() {
        let check = |words: &str, written: &str| {
            let options = QuizOptions::parse(words);
            assert_eq!(options.words(), written);
            assert_eq!(QuizOptions::parse(&options.words()), options);
        };
        check("", "--count 10");
        check(
            "--topic events --topic data --count 3 --due",
            "--topic events --topic data --count 3 --due",
        );
        check("--count 0 --all", "--count 1 --all");
        check("--count 99999 --what --missed", "--count 1000 --missed");
        check("--only t-saga,bus-rule", "--only t-saga,bus-rule");
        check(
            "--level 2 --lesson side-by-side --kind typed",
            "--lesson side-by-side --level 2 --kind typed --count 10",
        );
        check("--level 7 --kind odd", "--count 10");
    }
}
