//! Readers that go away, disks that are full, streams that are closed.
//! No panic, no noise: a reader who has seen enough is a success.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::{ANSWERS, PAGES, TOZERO, tozero};

fn all() -> impl Iterator<Item = &'static str> {
    ANSWERS.into_iter().chain(PAGES)
}

#[test]
fn a_reader_who_goes_away_is_no_fault() {
    for arguments in all() {
        let mut child = tozero(arguments)
            .command()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr),
            (Some(0), Vec::new()),
            "{arguments} | true"
        );
    }
}

#[test]
fn a_reader_who_takes_one_line_is_no_fault() {
    for arguments in [
        "list terms",
        "refs",
        "compare",
        "help json",
        "list terms --json",
    ] {
        let mut child = tozero(arguments)
            .command()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr),
            (Some(0), Vec::new()),
            "{arguments} | head -1"
        );
        assert!(line.ends_with('\n'), "{arguments}");
    }
}

#[test]
fn a_full_disk_is_told() {
    for arguments in all().filter(|a| *a != "check") {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = tozero(arguments)
            .command()
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let expected = "tozero: standard output cannot be written to: the disk is full\n";
        assert_eq!(
            (output.status.code(), said.as_str()),
            (Some(2), expected),
            "{arguments}"
        );
    }
}

#[test]
fn standard_error_may_be_full_or_gone() {
    for (arguments, status) in [
        ("xyzzy", 1),
        ("list nothing", 2),
        ("compare --content nowhere", 2),
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        assert_eq!(
            tozero(arguments)
                .command()
                .stderr(full)
                .status()
                .unwrap()
                .code(),
            Some(status),
            "{arguments}"
        );
        assert_eq!(
            closed(arguments, "2>&-").code(),
            Some(status),
            "{arguments}"
        );
        assert_eq!(
            closed(arguments, ">&- 2>&-").code(),
            Some(status),
            "{arguments}"
        );
    }
}

#[test]
fn closed_streams_are_no_fault() {
    for arguments in all() {
        for streams in [">&-", "<&-", "<&- >&- 2>&-", "</dev/null >/dev/null"] {
            assert_eq!(
                closed(arguments, streams).code(),
                Some(0),
                "tozero {arguments} {streams}"
            );
        }
    }
}

/// Runs with streams closed, which takes a shell.
fn closed(arguments: &str, streams: &str) -> std::process::ExitStatus {
    let run = tozero("");
    let line = format!("exec {TOZERO} {arguments} {streams}");
    Command::new("/bin/sh")
        .args(["-c", &line])
        .env("HOME", run.home())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
}
