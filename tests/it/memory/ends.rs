//! Sessions in lines that are ended from outside, or whose output is: what could not be saved is tried once more and counted.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use rusqlite::Connection;
use rustix::process::{Pid, Signal, kill_process};

use crate::cli::{Run, TOZERO, tozero};

const LATE: &str = "tozero: not saved yet: the disk, or another program, takes too long";
const UNKNOWN: &str = "1 change may not be saved: the disk, or another program, takes too long";

/// A home folder in which one answer is recorded.
fn one() -> Run {
    let run = tozero("quiz --plain --only bus-rule").input("b\n");
    assert_eq!(run.say().status, 0);
    run
}

fn record(home: &Path) -> Connection {
    Connection::open(home.join(".local/state/tozero/progress.sqlite3")).unwrap()
}

fn rows(home: &Path, table: &str) -> i64 {
    let count = format!("SELECT count(*) FROM {table}");
    record(home)
        .query_row(&count, [], |row| row.get(0))
        .unwrap()
}

/// Nobody else can write until this is dropped.
fn held(home: &Path) -> Connection {
    let record = record(home);
    record.execute_batch("BEGIN IMMEDIATE").unwrap();
    record
}

fn session(home: &Path) -> Child {
    let mut command = Command::new(TOZERO);
    command.args(["quiz", "--plain", "--only", "t-saga,acu-awake"]);
    command
        .env_clear()
        .env("HOME", home)
        .env("LC_ALL", "C.UTF-8");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Types into a session, and waits until it has said this on standard error; the rest can be read.
fn types(child: &mut Child, typed: &str, said: &str) -> BufReader<std::process::ChildStderr> {
    child
        .stdin
        .as_mut()
        .unwrap()
        .write_all(typed.as_bytes())
        .unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while line.trim_end() != said {
        line.clear();
        assert!(
            errors.read_line(&mut line).unwrap() > 0,
            "{said} is never said"
        );
    }
    errors
}

/// A line of the shell, in which `$0` is the program.
fn bash(line: &str, home: &Path) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", line, TOZERO]);
    command.env_clear().env("HOME", home).output().unwrap()
}

#[test]
fn a_signal_tries_once_more_and_counts() {
    let check = |signal: Signal, free: bool, status: i32| {
        let run = one();
        let holder = held(run.home());
        let mut child = session(run.home());
        let mut errors = types(&mut child, "saga\n", LATE);
        let holder = (!free).then_some(holder);
        kill_process(Pid::from_child(&child), signal).unwrap();
        let ended = child.wait().unwrap();
        let mut said = String::new();
        std::io::Read::read_to_string(&mut errors, &mut said).unwrap();
        drop(holder);
        assert_eq!(ended.code(), Some(status), "{signal:?} {said}");
        assert_eq!(said.contains(UNKNOWN), !free, "{signal:?} {said}");
        assert_eq!(
            rows(run.home(), "reviews"),
            1 + i64::from(free),
            "{signal:?}"
        );
    };
    check(Signal::INT, true, 130);
    check(Signal::INT, false, 2);
    check(Signal::TERM, false, 143);
    check(Signal::HUP, true, 129);
}

#[test]
fn what_is_not_taken_back_is_unsaved_too() {
    let run = one();
    let mut child = session(run.home());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    child.stdin.as_mut().unwrap().write_all(b"saga\n").unwrap();
    assert!(lines.any(|line| line.unwrap().starts_with("Right.")));
    let holder = held(run.home());
    drop(types(&mut child, ":u\n:q\n", LATE));
    let said: Vec<String> = lines.map(Result::unwrap).collect();
    let status = child.wait().unwrap().code();
    drop(holder);
    assert_eq!(status, Some(2));
    assert!(
        said.iter()
            .any(|line| line == "The last answer is taken back in this session."),
        "{said:?}"
    );
    assert_eq!(
        (rows(run.home(), "reviews"), rows(run.home(), "voids")),
        (2, 0)
    );
}

/// `head` has what it wants; that an answer is lost is told all the same.
#[test]
fn a_reader_that_goes_away_hides_no_lost_answer() {
    let check = |locked: bool, status: &str| {
        let run = one();
        let holder = locked.then(|| held(run.home()));
        let line = "(echo saga; sleep 1) | \"$0\" quiz --plain --only t-saga,acu-awake | head -1
            echo ${PIPESTATUS[1]}";
        let output = bash(line, run.home());
        drop(holder);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(text.lines().last(), Some(status), "{text}");
        assert_eq!(rows(run.home(), "reviews"), 2 - i64::from(locked));
    };
    check(true, "2");
    check(false, "0");
}

#[test]
fn a_limit_of_file_size_is_told_and_ends_nothing() {
    let run = one();
    let line =
        "ulimit -f 1; printf 'saga\\na\\n' | \"$0\" quiz --plain --only t-saga,tf-broad-floor";
    let output = bash(line, run.home());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("tozero: 2 answers were not saved: "),
        "{said}"
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("Right."));
}
