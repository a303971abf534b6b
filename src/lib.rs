//! The floors of `tozero`, bottom up: `base → content → domain | page → sheets → ui → shell`, and `cli`, the second door.
//!
//! The library exists so that benches, fuzz targets and integration tests reach the floors; it promises outsiders nothing.
//! Which floor may import which is held by `tests/it/house.rs`.

#![cfg_attr(
    test,
    allow(
        clippy::string_slice,
        clippy::print_stdout,
        reason = "a test may know where its characters begin"
    )
)]

pub mod app;
pub mod cli;
pub mod config;
pub mod core;
pub mod disk;
pub mod layout;
pub mod pack;
pub mod store;
pub mod terminal;
pub mod text;
pub mod views;
