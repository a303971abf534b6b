//! The answers to the five facts, freed from their reasons, and how far two sets of answers lie apart.
//! Small enough to copy; walking over ten thousand services allocates nothing.

use crate::pack::{Fact, FactLevel};

/// What a whole fact weighs in a distance: all four answers, and all three, divide it evenly.
const STEPS: u32 = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactLevels([FactLevel; 5]);

impl FactLevels {
    /// From answers in the order of [`Fact::ALL`].
    pub const fn new(answers: [FactLevel; 5]) -> Self {
        Self(answers)
    }

    pub const fn all(answer: FactLevel) -> Self {
        Self([answer; 5])
    }

    pub const fn get(&self, fact: Fact) -> FactLevel {
        self.0[fact as usize]
    }

    /// The same with one answer replaced.
    #[must_use]
    pub fn with(mut self, fact: Fact, answer: FactLevel) -> Self {
        self.0[fact as usize] = answer;
        self
    }

    /// Distance to another set, 0 (the same) to 30 (opposite in every fact). A fact weighs 6 from end to end; a step
    /// is counted along the answers it can take, so `size` is nearer to `yes` than `partial` is.
    pub fn distance(&self, other: &Self) -> u32 {
        Fact::ALL
            .into_iter()
            .map(|f| step(f, self.get(f)).abs_diff(step(f, other.get(f))))
            .sum()
    }
}

/// The answers a fact can take, in rising order.
pub const fn possible(fact: Fact) -> &'static [FactLevel] {
    match fact {
        Fact::HidesInfrastructure => &[
            FactLevel::No,
            FactLevel::Partial,
            FactLevel::Size,
            FactLevel::Yes,
        ],
        Fact::ProviderManaged | Fact::ScalesAutomatically | Fact::ScaleToZero | Fact::PayPerUse => {
            &[FactLevel::No, FactLevel::Partial, FactLevel::Yes]
        }
    }
}

/// The highest answer of a fact that is still below `least`; none below `no`.
pub fn below(fact: Fact, least: FactLevel) -> Option<FactLevel> {
    possible(fact).iter().copied().rfind(|a| *a < least)
}

/// How many steps of the fact's own ladder lie between two answers.
pub fn steps(fact: Fact, from: FactLevel, to: FactLevel) -> usize {
    let place = |answer| possible(fact).iter().filter(|a| **a < answer).count();
    place(from).abs_diff(place(to))
}

/// Where an answer stands between `no` (0) and `yes` (6).
pub fn step(fact: Fact, answer: FactLevel) -> u32 {
    let ladder = possible(fact);
    let place = ladder.iter().filter(|a| **a < answer).count() as u32;
    place * STEPS / (ladder.len() as u32 - 1)
}
