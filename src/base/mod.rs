//! Ground floor: tools that never heard of serverless.
//! Promises: pure, no input or output, imports nothing from the other floors.

pub mod day;
pub mod diagnostic;
pub mod moment;
pub mod near;
pub mod rng;
pub mod safe;
pub mod text;
pub mod web;
