//! What follows from the reviews up to a row, as bytes: so that a long history need not be read at every start.
//! Promise: bytes that were written by another version, for other reviews, or by chance are not taken for it; losing them
//! costs time only.

use std::collections::BTreeMap;

use crate::core::progress::facts::BINS;
use crate::core::progress::{DayTotals, QuestionProgress, Ratio, ReviewOutcome, Totals};
use crate::core::schedule::{self, Card, Grade, Interval};
use crate::text::Timestamp;

/// Rises with the layout below.
const LAYOUT: u64 = 1;

/// What follows from the reviews up to a row.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Cache {
    /// The last row of `reviews` that is in it; 0 for none.
    pub reviews: i64,
    /// The id of that row's review.
    pub last: u128,
    /// The last row of `voids` that is in it.
    pub voids: i64,
    /// What is known of each question.
    pub known: BTreeMap<String, QuestionProgress>,
    /// What all reviews add up to.
    pub facts: Totals,
}

/// The version of the layout and of the arithmetic: it changes by itself when the schedule computes otherwise.
fn version() -> u64 {
    let moment = |day| Timestamp {
        at: i64::from(day) * 86_400,
        day,
    };
    let mut card = None;
    for (day, grade) in [
        (1, Grade::Good),
        (4, Grade::Again),
        (4, Grade::Good),
        (9, Grade::Hard),
        (30, Grade::Easy),
    ] {
        card = Some(schedule::review(card.as_ref(), grade, moment(day)));
    }
    let sum = card.map_or(0, |c| {
        c.stability.to_bits().rotate_left(7) ^ c.difficulty.to_bits()
    });
    sum ^ LAYOUT
}

/// FNV-1a over the bytes, eight at a time.
fn digest(bytes: &[u8]) -> u64 {
    let word = |chunk: &[u8]| {
        chunk
            .iter()
            .rev()
            .fold(chunk.len() as u64, |w, b| w << 8 | u64::from(*b))
    };
    bytes.chunks(7).fold(0xcbf2_9ce4_8422_2325, |h: u64, c| {
        (h ^ word(c)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Cache {
    /// The bytes.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = CacheWriter(Vec::with_capacity(64 + self.known.len() * 120));
        out.u64(version());
        out.i64(self.reviews);
        out.u64(self.last as u64);
        out.u64((self.last >> 64) as u64);
        out.i64(self.voids);
        out.u64(self.known.len() as u64);
        for (question, known) in &self.known {
            out.text(question);
            out.known(known);
        }
        out.facts(&self.facts);
        let sum = digest(&out.0);
        out.u64(sum);
        out.0
    }

    /// Reads the bytes; `None` when they are not what [`Cache::encode`] writes today.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(8)?)?;
        if u64::from_le_bytes(sum.try_into().ok()?) != digest(body) {
            return None;
        }
        let mut from = CacheReader(body);
        if from.u64()? != version() {
            return None;
        }
        let (reviews, low, high, voids) = (from.i64()?, from.u64()?, from.u64()?, from.i64()?);
        let last = u128::from(high) << 64 | u128::from(low);
        let count = from.u64()?;
        let known = (0..count)
            .map(|_| Some((from.text()?, from.known()?)))
            .collect::<Option<_>>()?;
        let facts = from.facts()?;
        from.0.is_empty().then_some(Self {
            reviews,
            last,
            voids,
            known,
            facts,
        })
    }
}

struct CacheWriter(Vec<u8>);

impl CacheWriter {
    fn u64(&mut self, n: u64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    fn i64(&mut self, n: i64) {
        self.u64(n.cast_unsigned());
    }

    fn u32(&mut self, n: u32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.u64(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn share(&mut self, share: Ratio) {
        self.u32(share.hits);
        self.u32(share.of);
    }

    fn known(&mut self, known: &QuestionProgress) {
        self.0.push(u8::from(known.card.is_some()));
        if let Some(card) = &known.card {
            self.u64(card.stability.to_bits());
            self.u64(card.difficulty.to_bits());
            self.u32(card.answers);
            self.u32(card.lapses);
            self.i64(card.last.at);
            self.i64(card.last.day.into());
            self.0.push(match card.after {
                Interval::Right => 0,
                Interval::Wrong => 1,
                Interval::Page => 2,
            });
        }
        self.share(known.sure);
        self.share(known.guessed);
        self.u32(known.partly);
        self.u32(known.skipped);
        self.0.push(outcome(Some(known.last)));
        self.0.push(outcome(known.answered));
        self.i64(known.at);
        self.i64(known.day.into());
        self.i64(known.order);
    }

    fn facts(&mut self, facts: &Totals) {
        self.share(facts.sure);
        self.share(facts.guessed);
        facts.bins.iter().for_each(|bin| self.share(*bin));
        self.i64(facts.reviews);
        self.u64(facts.days.len() as u64);
        for (day, facts) in &facts.days {
            self.i64((*day).into());
            self.share(facts.answers);
            self.share(facts.recalls);
            self.i64(facts.expected);
            self.u32(facts.fresh);
        }
    }
}

fn outcome(outcome: Option<ReviewOutcome>) -> u8 {
    outcome
        .and_then(|o| ReviewOutcome::ALL.iter().position(|a| *a == o))
        .map_or(u8::MAX, |n| n as u8)
}

struct CacheReader<'a>(&'a [u8]);

impl CacheReader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[b]| b)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.u64().map(u64::cast_signed)
    }

    fn i32(&mut self) -> Option<i32> {
        i32::try_from(self.i64()?).ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.u64()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn share(&mut self) -> Option<Ratio> {
        Some(Ratio {
            hits: self.u32()?,
            of: self.u32()?,
        })
    }

    fn card(&mut self) -> Option<Card> {
        Some(Card {
            stability: f64::from_bits(self.u64()?),
            difficulty: f64::from_bits(self.u64()?),
            answers: self.u32()?,
            lapses: self.u32()?,
            last: Timestamp {
                at: self.i64()?,
                day: self.i32()?,
            },
            after: match self.byte()? {
                0 => Interval::Right,
                1 => Interval::Wrong,
                2 => Interval::Page,
                _ => return None,
            },
        })
    }

    fn outcome(&mut self) -> Option<Option<ReviewOutcome>> {
        match self.byte()? {
            u8::MAX => Some(None),
            n => Some(Some(*ReviewOutcome::ALL.get(usize::from(n))?)),
        }
    }

    fn known(&mut self) -> Option<QuestionProgress> {
        let card = if self.byte()? == 1 {
            Some(self.card()?)
        } else {
            None
        };
        Some(QuestionProgress {
            card,
            sure: self.share()?,
            guessed: self.share()?,
            partly: self.u32()?,
            skipped: self.u32()?,
            last: self.outcome()??,
            answered: self.outcome()?,
            at: self.i64()?,
            day: self.i32()?,
            order: self.i64()?,
        })
    }

    fn facts(&mut self) -> Option<Totals> {
        let (sure, guessed) = (self.share()?, self.share()?);
        let mut bins = [Ratio::default(); BINS];
        for bin in &mut bins {
            *bin = self.share()?;
        }
        let reviews = self.i64()?;
        let count = self.u64()?;
        let mut days = BTreeMap::new();
        for _ in 0..count {
            let (day, answers, recalls) = (self.i32()?, self.share()?, self.share()?);
            days.insert(
                day,
                DayTotals {
                    answers,
                    recalls,
                    expected: self.i64()?,
                    fresh: self.u32()?,
                },
            );
        }
        Some(Totals {
            days,
            sure,
            guessed,
            bins,
            reviews,
        })
    }
}
