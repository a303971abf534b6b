//! What journeys need: a terminal to run programs in, the programs, and the app on a grid in memory.
//! Nothing here sleeps for a fixed time to see whether something has happened.

pub(crate) mod app;
pub(crate) mod ledger;
pub(crate) mod pty;

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// How many questions the bundled pack has.
pub(crate) fn bundled_questions() -> usize {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content/questions");
    std::fs::read_dir(folder).unwrap().count()
}

/// The smallest program on the shell floor, built when it is not there or older than its sources.
pub(crate) fn bare() -> PathBuf {
    static BARE: OnceLock<PathBuf> = OnceLock::new();
    BARE.get_or_init(build_bare).clone()
}

/// Cargo builds examples before tests, but not for `cargo test --test it`.
fn build_bare() -> PathBuf {
    let own = std::env::current_exe().expect("a running program has a path");
    let profile = own
        .ancestors()
        .nth(2)
        .expect("tests run from target/PROFILE/deps");
    let target = profile.parent().expect("target/PROFILE has a parent");
    let name = if profile.ends_with("debug") {
        "dev"
    } else {
        "release"
    };
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--example",
            "bare",
            "--profile",
            name,
            "--target-dir",
        ])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(
        built.is_ok_and(|status| status.success()),
        "the bare program builds"
    );
    profile.join("examples/bare")
}
