//! All integration tests in one binary: one link, one run.
//! Every test here can fail; none sleeps, none needs the network or a display.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that cannot go on should say where"
)]
#![allow(
    unreachable_pub,
    clippy::print_stdout,
    reason = "nobody outside this binary"
)]

mod cases;
mod check;
mod check_hostile;
mod cli;
mod dependencies;
mod euros;
mod first_sight;
mod fuzz;
mod house;
mod judging;
mod memory;
mod open_source;
mod quiz;
mod readme;
mod records;
mod relevance;
mod screens;
mod search_laws;
mod services;
mod statistics;
mod support;
mod terminal;
#[path = "../support/titles.rs"]
mod titles;
mod transcripts;
