//! Judging: five dated facts, read through a lens, give a verdict with its proof.
//!
//! Promise: no verdict is stored; the same facts, lens and date give the same verdict everywhere it is shown.
//! Rooms: [`answers`] (facts as numbers), [`state`] (a service on a day), [`verdict`] (the rule itself), [`proof`] (why,
//! and what would change it), [`timeline`], [`compare`] (many services or two lenses), [`table`] (all of them as a
//! list), [`across`] (several lenses), [`interview`] (one's own service), [`mine`] (its walk and its result),
//! [`filled`] (answers in a file).

pub mod across;
pub mod answers;
pub mod compare;
pub mod filled;
pub mod interview;
pub mod mine;
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
