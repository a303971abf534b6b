//! Second floor: what one can do with the knowledge. No rows, no screens, no world.
//! Promise: pure; the same library and the same question give the same answer.

pub mod compare;
pub mod cost;
pub mod judge;
pub mod names;
pub mod progress;
pub mod quiz;
pub mod schedule;
pub mod search;
