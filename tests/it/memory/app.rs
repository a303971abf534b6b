//! The real program in a terminal, killed and kept waiting: what was shown is saved, and what is not saved is said.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::process::{Flock, FlockType, Signal, fcntl_getlk};
use tozero::testing::export;

use crate::cli::TOZERO;
use crate::support::pty::Pty;

/// A home folder with the program's record in it.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn state(&self) -> PathBuf {
        self.0.path().join("tozero")
    }

    /// The app at an open question.
    fn asked(&self) -> Pty {
        let home = self.0.path().to_str().unwrap();
        let here = [
            ("HOME", home),
            ("LANG", "C.UTF-8"),
            ("XDG_CONFIG_HOME", home),
            ("XDG_STATE_HOME", home),
        ];
        let arguments = ["quiz", "--seed", "7", "--only", "bus-rule,t-saga"];
        let mut pty = Pty::spawn(Path::new(TOZERO), &arguments, (80, 24), &here);
        pty.wait_for("A fraud function has to check");
        pty.send("b");
        pty.wait_for("(*) b");
        pty
    }

    /// The app with the verdict on its first question.
    fn answered(&self) -> Pty {
        let mut pty = self.asked();
        pty.send("\r");
        pty.wait_for("your answer, right");
        pty
    }

    /// The app at its second question, which is answered by [`answer_the_second`].
    fn asked_again(&self) -> Pty {
        let mut pty = self.answered();
        pty.send("\r");
        pty.wait_for("A long transaction of local steps");
        pty
    }

    /// Reviews that lie in the record.
    fn reviews(&self) -> usize {
        let mut found = 0;
        export::json(Some(&self.state()), |piece| {
            found += piece.matches("\"id\":").count();
            Ok(())
        })
        .unwrap();
        found
    }

    /// Another program that holds the record, until it is dropped.
    fn held(&self) -> Connection {
        let connection = Connection::open(self.state().join("progress.sqlite3")).unwrap();
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        connection
    }
}

fn answer_the_second(pty: &mut Pty) {
    pty.send("saga");
    pty.wait_for("> saga");
    pty.send("\r");
}

/// Kills the program the moment a verdict is on the screen.
fn kills_at_the_verdict(rounds: usize) {
    let home = Home::new();
    for round in 1..=rounds {
        let mut pty = home.answered();
        pty.signal(Signal::KILL);
        pty.wait_exit();
        assert_eq!(
            home.reviews(),
            round,
            "the verdict of round {round} was seen"
        );
    }
}

#[test]
fn a_verdict_that_was_seen_is_saved() {
    kills_at_the_verdict(5);
}

#[test]
#[ignore = "takes a while: 50 kills"]
fn a_verdict_that_was_seen_is_saved_long() {
    kills_at_the_verdict(50);
}

/// The daily copy is made beside the open record, whose lock stays: another program that closed the record would take itself
/// for the last, and remove the log that the next answer goes to.
#[test]
fn the_daily_copy_keeps_the_lock() {
    let home = Home::new();
    let mut pty = home.answered();
    pty.send("q");
    pty.wait_exit();
    let copy = home.state().join("progress.backup.sqlite3");
    let _ = std::fs::remove_file(&copy);
    let mut pty = home.asked();
    let begun = Instant::now();
    while std::fs::metadata(&copy).map_or(0, |found| found.len()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "no copy");
        std::thread::yield_now();
    }
    let record = std::fs::File::open(home.state().join("progress.sqlite3")).unwrap();
    // Whoever reads holds a part of these bytes, see <https://sqlite.org/fileformat2.html>, section 1.2.
    let alone = Flock {
        start: 0x4000_0002,
        length: 510,
        ..FlockType::WriteLock.into()
    };
    let held = fcntl_getlk(&record, &alone).unwrap();
    assert!(held.is_some(), "others would take themselves for the last");
    pty.send("\r");
    pty.wait_for("your answer, right");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    assert_eq!(home.reviews(), 2);
}

/// Who deletes the record under the open app finds it again with the next answer, and all that was in it.
#[test]
fn a_record_that_is_deleted_under_the_app_is_saved_again() {
    let home = Home::new();
    let mut pty = home.asked_again();
    for ending in ["", "-wal", "-shm"] {
        let name = format!("progress.sqlite3{ending}");
        std::fs::remove_file(home.state().join(name)).unwrap();
    }
    answer_the_second(&mut pty);
    pty.wait_for("Right.");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    assert_eq!(home.reviews(), 2);
}

#[test]
fn where_saving_takes_longer_it_is_said_and_the_session_goes_on() {
    let home = Home::new();
    let mut pty = home.asked_again();
    let other = home.held();
    answer_the_second(&mut pty);
    pty.wait_for("saving…");
    assert!(!pty.screen().contains("Right."), "{}", pty.screen());
    assert_eq!(home.reviews(), 1);
    other.execute_batch("ROLLBACK").unwrap();
    pty.wait_for("Right.");
    assert_eq!(home.reviews(), 2);
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

/// Leaves an answer unsaved behind a lock, ends the program, and gives its status, how long it took and what it said.
fn ended_while_held(end: impl FnOnce(&mut Pty)) -> (u32, Duration, String) {
    let home = Home::new();
    let mut pty = home.asked_again();
    let other = home.held();
    answer_the_second(&mut pty);
    pty.wait_for("saving…");
    let begun = Instant::now();
    end(&mut pty);
    let code = pty.wait_exit().code;
    let took = begun.elapsed();
    pty.assert_restored();
    drop(other);
    assert_eq!(home.reviews(), 1);
    (code, took, String::from_utf8_lossy(&pty.raw()).into_owned())
}

#[test]
fn quitting_while_the_record_is_held_is_bounded_and_honest() {
    for key in ["q", "\x03"] {
        let (code, took, said) = ended_while_held(|pty| pty.send(key));
        assert_eq!(code, 2, "{key:?}");
        assert!(took < Duration::from_secs(5), "{key:?}: {took:?}");
        assert!(
            said.contains("1 change may not be saved: "),
            "{key:?}: {said}"
        );
    }
}

#[test]
fn a_signal_while_the_record_is_held_says_what_is_not_saved() {
    let (code, took, said) = ended_while_held(|pty| pty.signal(Signal::TERM));
    assert_eq!(code, 143);
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert!(said.contains("1 change may not be saved: "), "{said}");
}
