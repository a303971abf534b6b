//! The floors of `tozero`, bottom up: `base → content → domain | page → sheets → ui → shell`, and `cli`, the second door.
//!
//! The library exists so that benches, fuzz targets and integration tests reach the floors; it promises outsiders nothing.
//! Which floor may import which is held by `tests/it/house.rs`.

#![cfg_attr(test, allow(clippy::string_slice, clippy::print_stdout, reason = "a test may know where its characters begin"))]

pub mod base;
pub mod cli;
pub mod content;
pub mod domain;
pub mod page;
pub mod sheets;
pub mod shell;
pub mod ui;
