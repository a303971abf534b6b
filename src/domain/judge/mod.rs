//! Judging: five dated facts, read through a lens, give a verdict with its proof.
//!
//! Promise: no verdict is stored; the same facts, lens and date give the same verdict everywhere it is shown.
//! Rooms: [`answers`] (facts as numbers), [`state`] (a service on a day), [`verdict`] (the rule itself), [`proof`] (why,
//! and what would change it), [`timeline`], [`compare`] (many services or two lenses), [`table`] (all of them as
//! a list), [`interview`] (one's own service).

pub mod answers;
pub mod compare;
pub mod interview;
pub mod proof;
pub mod state;
pub mod table;
pub mod timeline;
pub mod verdict;

#[cfg(test)]
mod pinned;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
