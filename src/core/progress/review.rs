//! One thing that happened to one question: it was answered, skipped, or its page was shown.
//! Guarantee: a review never changes; its id tells it from every other, on any machine. Exports hold reviews as JSON under
//! the names of their fields.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::core::schedule::Grade;
use crate::text::{Rng, Timestamp};

/// What tells a review from all others: 128 bits, random.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReviewId(pub u128);

impl ReviewId {
    /// Reads 32 hexadecimal digits, as [`fmt::Display`] writes them.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        sound
            .then(|| u128::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self)
    }
}

impl fmt::Display for ReviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for ReviewId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReviewId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || D::Error::custom(format!("{text} is no id of 32 digits from 0 to f"));
        Self::parse(&text).ok_or_else(wrong)
    }
}

/// A source of fresh ids, sessions and seeds. Its beginning must be random: the shell gives it, once a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdSource(Rng, Rng);

impl IdSource {
    pub const fn new(beginning: u128) -> Self {
        Self(
            Rng::new(beginning as u64),
            Rng::new((beginning >> 64) as u64),
        )
    }

    /// A source of its own, whose ids are none of this one's.
    pub const fn fork(&mut self) -> Self {
        Self(Rng::new(self.0.draw()), Rng::new(self.1.draw()))
    }

    /// The next id of a review.
    pub const fn review(&mut self) -> ReviewId {
        ReviewId((self.0.draw() as u128) << 64 | self.1.draw() as u128)
    }

    /// The next number for a session, 0 to 4,294,967,295.
    pub const fn number(&mut self) -> u64 {
        self.0.draw() >> 32
    }

    /// The next seed, of five digits at most, so that it can be read out and typed.
    pub const fn seed(&mut self) -> u64 {
        self.number() % 100_000
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewOutcome {
    /// Answered, and right.
    Right,
    /// Answered, and right in parts only: wrong for the schedule.
    Partly,
    /// Answered, and wrong.
    Wrong,
    /// Not answered: nothing is learned of the memory.
    Skipped,
    /// Its page was shown instead of the question, after too many wrong answers.
    Page,
}

impl ReviewOutcome {
    pub const ALL: [Self; 5] = [
        Self::Right,
        Self::Partly,
        Self::Wrong,
        Self::Skipped,
        Self::Page,
    ];

    /// One word, for storage and export.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly => "partly",
            Self::Wrong => "wrong",
            Self::Skipped => "skipped",
            Self::Page => "page",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.word() == word)
    }

    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Right | Self::Partly | Self::Wrong)
    }

    /// The usual grade of an answer: wrong and partly right are Again, right is Good, right by a guess Hard.
    pub const fn grade(self, sure: bool) -> Option<Grade> {
        match (self, sure) {
            (Self::Right, true) => Some(Grade::Good),
            (Self::Right, false) => Some(Grade::Hard),
            (Self::Partly | Self::Wrong, _) => Some(Grade::Again),
            (Self::Skipped | Self::Page, _) => None,
        }
    }
}

/// One thing that happened to one question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Review {
    pub id: ReviewId,
    /// The id of the pack that brought the question. The store gives it, empty until then; exports of version 0.1 lack it.
    #[serde(default)]
    pub pack: String,
    /// The question's id. It may have left the pack since.
    pub question: String,
    /// The lens by which it was to be answered, by id, where the right answer depends on that.
    pub lens: Option<String>,
    /// When, in milliseconds since the beginning of 1970, UTC, by a clock that may have been wrong.
    pub at: i64,
    /// The learner's day then, as in [`Timestamp::day`].
    pub day: i32,
    pub outcome: ReviewOutcome,
    /// Whether the learner was sure of the answer before the verdict.
    pub sure: bool,
    /// What the schedule makes of it; `None` exactly when no answer was given.
    pub grade: Option<Grade>,
    /// What was chosen, as short keys that outlast a shuffle: see [`key`].
    pub chosen: Vec<String>,
    pub session: u64,
    /// Where it stands among the reviews of its question: progress or the store gives it, 0 until then. It follows
    /// `at` as long as the clock goes forward, and goes on by one where the clock went back.
    pub order: i64,
}

impl Review {
    /// An answer, a skip or a page at a moment, with the usual grade and nothing chosen.
    pub fn new(
        id: ReviewId,
        question: &str,
        outcome: ReviewOutcome,
        sure: bool,
        now: Timestamp,
        session: u64,
    ) -> Self {
        Self {
            id,
            pack: String::new(),
            question: question.to_owned(),
            lens: None,
            at: now.at.saturating_mul(1000),
            day: now.day,
            outcome,
            sure,
            grade: outcome.grade(sure),
            chosen: Vec::new(),
            session,
            order: 0,
        }
    }

    pub const fn moment(&self) -> Timestamp {
        Timestamp {
            at: self.at.div_euclid(1000),
            day: self.day,
        }
    }
}

/// Longest key of what was chosen, in characters.
const KEY: usize = 40;

/// The key of a choice, an item or a typed answer: its words, folded to lower case, cut at 40 characters.
pub fn key(words: &str) -> String {
    let folded = words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    folded.chars().take(KEY).collect()
}
