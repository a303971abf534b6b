//! The ways a program ends: asked to, told to, or by its own mistake.
//! Each ends by itself, with the terminal as it was found and the status its end deserves.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::started;
use crate::support::bare;
use crate::support::pty::{Exit, Pty, has_thread, process_state};

/// How long saving may take.
const SAVE: Duration = Duration::from_millis(500);

#[track_caller]
fn check(exit: &Exit, code: u32) {
    assert_eq!(
        (exit.code, exit.signal.as_deref()),
        (code, None),
        "{exit:?}"
    );
}

#[test]
fn keys_end_it() {
    for (keys, code) in [("q", 0), ("\x03", 130)] {
        let mut pty = started((80, 24), &[]);
        pty.send(keys);
        check(&pty.wait_exit(), code);
        let ledger = pty.assert_restored();
        assert_eq!((ledger.entered, ledger.left), (1, 1));
    }
}

#[test]
fn deadly_signals_end_it_in_order() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("saved");
        let mut pty = started((80, 24), &[("BARE_SAVE", saved.to_str().unwrap())]);
        pty.send("m");
        pty.wait_for("keys 1");
        pty.signal(signal);
        check(&pty.wait_exit(), code);
        pty.assert_restored();
        assert_eq!(std::fs::read_to_string(&saved).unwrap(), "saved");
    }
}

#[test]
fn the_first_deadly_signal_wins_and_saving_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let mut pty = started(
        (80, 24),
        &[
            ("BARE_SAVE", saved.to_str().unwrap()),
            ("BARE_THEN", "hang"),
        ],
    );
    let begun = Instant::now();
    pty.signal(Signal::TERM);
    pty.wait_system("the save", || saved.exists());
    pty.signal(Signal::TERM);
    pty.signal(Signal::HUP);
    check(&pty.wait_exit(), 143);
    assert!(begun.elapsed() >= SAVE, "saving had its half second");
    pty.assert_restored();
}

#[test]
fn the_first_end_wins_over_a_panic_too() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let mut pty = started(
        (80, 24),
        &[
            ("BARE_SAVE", saved.to_str().unwrap()),
            ("BARE_THEN", "hang"),
        ],
    );
    pty.signal(Signal::TERM);
    pty.wait_system("the save", || saved.exists());
    pty.send("P");
    check(&pty.wait_exit(), 143);
    pty.assert_restored();
}

#[test]
fn a_panic_while_saving_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved");
    let mut pty = started(
        (80, 24),
        &[
            ("BARE_SAVE", saved.to_str().unwrap()),
            ("BARE_THEN", "panic"),
        ],
    );
    pty.signal(Signal::TERM);
    check(&pty.wait_exit(), 143);
    pty.assert_restored();
    assert!(saved.exists());
}

/// The terminal does not read, and the program waits with more screens than any terminal would hold unread.
fn stalled() -> Pty {
    let mut pty = started((200, 50), &[]);
    pty.pause(true);
    pty.send("F");
    pty.wait_system("the wait for the terminal", || {
        // Each thread sleeps: the drawing one, with 100,000 screens to go, can only do so in its wait for output.
        pty.raw().windows(10).any(|w| w == b"aaaaaaaaaa") && process_state(pty.pid()) == Some('S')
    });
    pty
}

#[test]
fn a_stalled_terminal_keeps_nobody() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut pty = stalled();
        pty.signal(signal);
        check(&pty.wait_exit(), code);
        pty.assert_cooked();
    }
}

/// Signals are listened to only once the first frame is sent, so sending it must not wait for the terminal.
#[test]
fn a_terminal_that_never_reads_keeps_nobody() {
    let mut pty = Pty::spawn(&bare(), &[], (200, 50), &[("BARE_FLOOD", "100")]);
    pty.pause(true);
    pty.wait_system("the thread for signals", || {
        has_thread(pty.pid(), "signals") && process_state(pty.pid()) == Some('S')
    });
    pty.signal(Signal::TERM);
    check(&pty.wait_exit(), 143);
    pty.assert_cooked();
}

#[test]
fn a_terminal_that_stalls_and_is_closed_keeps_nobody() {
    let mut pty = stalled();
    pty.hang_up();
    check(&pty.wait_exit(), 129);
}

#[test]
fn a_terminal_that_reads_again_gets_every_screen_and_the_end() {
    let mut pty = stalled();
    pty.pause(false);
    pty.signal(Signal::TERM);
    check(&pty.wait_exit(), 143);
    pty.assert_restored();
}

#[test]
fn a_closed_terminal_ends_it() {
    // With the hang-up the system sends SIGCONT too, which leads to a redraw and so to the same end.
    let neither = ["--block-signal=HUP", "--block-signal=CONT"];
    let ways: [&[&str]; 4] = [
        &[],
        &["--ignore-signal=HUP"],
        &["--block-signal=HUP"],
        &neither,
    ];
    for way in ways {
        let bare = bare();
        let mut arguments = way.to_vec();
        arguments.push(bare.to_str().unwrap());
        let mut pty = Pty::spawn(Path::new("/usr/bin/env"), &arguments, (80, 24), &[]);
        pty.wait_for_raw(b"\x1b[c");
        pty.hang_up();
        let exit = pty.wait_exit();
        check(&exit, 129);
        assert!(exit.cpu < 0.2, "{exit:?}");
    }
}

#[test]
fn a_panic_on_any_thread_ends_it_with_its_words() {
    for (key, words) in [
        ("P", "on the main thread: \u{241b}[2J"),
        ("W", "on a worker"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("saved");
        let mut pty = started((80, 24), &[("BARE_SAVE", saved.to_str().unwrap())]);
        pty.send(key);
        check(&pty.wait_exit(), 101);
        pty.assert_restored();
        pty.wait_for(words);
        assert!(saved.exists(), "saved before the end");
    }
}

#[test]
fn a_panic_with_nobody_listening_is_still_an_end() {
    let bare = bare();
    let command = format!("exec '{}' 2>&-", bare.display());
    let mut pty = Pty::spawn(Path::new("/bin/sh"), &["-c", &command], (80, 24), &[]);
    pty.wait_for_raw(b"\x1b[c");
    pty.send("P");
    check(&pty.wait_exit(), 101);
    pty.assert_restored();
}

#[test]
fn without_a_terminal_it_says_so() {
    for redirect in ["</dev/null", ">/dev/null"] {
        let command = format!("'{}' {redirect}; echo status $?", bare().display());
        let mut pty = Pty::spawn(Path::new("/bin/sh"), &["-c", &command], (80, 24), &[]);
        pty.wait_for("status 2");
        pty.wait_exit();
        pty.wait_for("must be a terminal");
        assert!(
            !pty.raw().contains(&0x1b),
            "no escape codes: {:?}",
            pty.screen()
        );
    }
}

/// Signals at any moment of its life, the first ones included. `MOMENTS` makes it more of them.
#[test]
fn signals_at_random_moments() {
    let moments = std::env::var("MOMENTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(40_u64);
    for moment in 0..moments {
        let mut pty = Pty::spawn(&bare(), &[], (80, 24), &[]);
        pty.wait_for_raw(b"\x1b[?1049h");
        for n in 0..moment * 7 % 400 {
            pty.send([b'a' + (n % 16) as u8]);
        }
        pty.signal(Signal::TERM);
        check(&pty.wait_exit(), 143);
        pty.assert_restored();
    }
}
