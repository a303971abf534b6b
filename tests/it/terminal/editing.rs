//! A pack that is edited while the app shows it: the page follows, at its place, and what cannot be read stays as it was.
//! The whole program runs in a terminal; each step waits for what the user would see.

use std::path::Path;

use crate::cli::TOZERO;
use crate::support::pty::{Pty, has_thread};

const TERM: &str = "terms/open-sandwich.md";

#[test]
fn an_edit_shows_in_the_running_app_and_a_broken_one_keeps_the_page() {
    let home = tempfile::tempdir().unwrap();
    let pack = home.path().join("pack");
    let name = pack.to_str().unwrap();
    let made = std::process::Command::new(TOZERO)
        .args(["new", name])
        .output();
    assert!(made.unwrap().status.success());
    let term = std::fs::read_to_string(pack.join(TERM)).unwrap();
    let edit = |before: &str, after: &str| {
        assert!(term.contains(before), "{before}");
        std::fs::write(pack.join(TERM), term.replace(before, after)).unwrap();
    };
    let mut pty = Pty::spawn(
        Path::new(TOZERO),
        &["--content", name],
        (100, 16),
        &[("LC_ALL", "C.UTF-8"), ("HOME", name)],
    );
    pty.wait_for_raw(b"\x1b[c");
    pty.send("\x1b[?1;2c");
    pty.send("3j");
    pty.send("j");
    pty.wait_for("> Open sandwich");
    pty.wait_for("nothing over it");
    // Far down a page that is longer than the window.
    let lines: String = (1..60).map(|n| format!("\n\nLine {n}.")).collect();
    edit("nothing over it.", &format!("a lid of air.{lines}"));
    pty.wait_for("a lid of air");
    pty.wait_for("read again: terms/open-sandwich.md");
    pty.send("\r");
    pty.wait_for("Left list");
    pty.send("G");
    pty.wait_for("Line 59.");
    edit(
        "nothing over it.",
        &format!("a lid of air.{}", lines.replace("59.", "fifty-nine.")),
    );
    pty.wait_for("Line fifty-nine.");
    edit("brief = \"One", "brief = 3 # \"One");
    pty.wait_for("terms/open-sandwich.md:4: `brief` must be text in quotes");
    pty.wait_for("Line fifty-nine.");
    pty.send("!");
    pty.wait_for("1 error");
    pty.send("\x1b");
    edit("nothing over it.", "a roof.");
    pty.wait_for("a roof.");
    std::fs::remove_file(pack.join(TERM)).unwrap();
    pty.wait_until("the term to go", |screen| !screen.contains("Open sandwich"));
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

#[test]
fn only_a_folder_is_watched() {
    let open = |arguments: &[&str]| {
        let pty = Pty::spawn(Path::new(TOZERO), arguments, (100, 30), &[]);
        pty.wait_for_raw(b"\x1b[c");
        pty
    };
    let leave = |mut pty: Pty| {
        pty.send("q");
        assert_eq!(pty.wait_exit().code, 0);
    };
    let watches = |pty: &Pty| has_thread(pty.pid(), "library");

    let mut bundled = open(&[]);
    bundled.send("\x1b[?1;2c");
    // Keys are taken after the place where the thread would be started.
    bundled.send("3");
    bundled.wait_for("API gateway");
    assert!(!watches(&bundled));
    leave(bundled);

    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let mut folder = open(&["--content", good.to_str().unwrap()]);
    folder.send("\x1b[?1;2c");
    // A thread gives itself its name once it runs, which may be after the first keys.
    folder.wait_system("the thread that watches", || watches(&folder));
    leave(folder);
}
