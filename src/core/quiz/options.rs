//! What a session is to be made of, in the words of the command line.
//! Guarantee: what [`QuizOptions::words`] writes, [`QuizOptions::parse`] reads as the same options.

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
    /// How many questions, 1 to [`MOST`].
    pub count: usize,
    pub which: QuestionChoice,
    /// Just these questions in this order, by id; the other options say nothing then.
    pub only: Vec<String>,
}

impl Default for QuizOptions {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            count: USUAL,
            which: QuestionChoice::default(),
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

    /// As flags of the command line, without the seed: `--topic events --count 10 --due`.
    pub fn words(&self) -> String {
        if !self.only.is_empty() {
            return format!("--only {}", self.only.join(","));
        }
        let topics = self.topics.iter().map(|t| format!("--topic {t}"));
        let count = std::iter::once(format!("--count {}", self.count));
        let which = self.which.flag().map(str::to_owned);
        topics
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
    }
}
