#![no_main]

#[path = "../../support/fuzz.rs"]
mod fuzz;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::record(bytes));
