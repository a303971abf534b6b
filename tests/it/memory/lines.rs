//! The program in lines, and its commands, beside others that write and on disks that fail.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::cli::{Run, TOZERO, tozero};

fn state(home: &Path) -> PathBuf {
    home.join(".local/state/tozero")
}

fn ids(file: &Path) -> Vec<Vec<u8>> {
    let connection = Connection::open(file).unwrap();
    let mut query = connection.prepare("SELECT id FROM reviews").unwrap();
    let found = query.query_map([], |row| row.get(0)).unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

/// One answer in a fresh home folder.
fn one() -> Run {
    let run = tozero("quiz --plain --seed 7 --only bus-rule").input("b\n");
    let said = run.answer();
    assert!(said.contains("Right."), "{said}");
    run
}

/// Skips some questions, and acknowledges each.
fn writer(home: &Path, questions: &str) -> Child {
    let mut child = Command::new(TOZERO)
        .args(["quiz", "--plain", "--only", questions])
        .env_clear()
        .env("HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    std::thread::spawn(move || drop(input.write_all(":s\n".repeat(40).as_bytes())));
    child
}

/// Forgets everything while six others answer: each answer is in the record or in the copy, and the number told is the
/// copy's.
fn reset_beside_writers(rounds: usize) {
    let listed = tozero("list questions").answer();
    let questions: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for round in 0..rounds {
        let run = one();
        let writers: Vec<Child> = questions
            .chunks(30)
            .take(6)
            .map(|some| writer(run.home(), &some.join(",")))
            .collect();
        let said = run.again("reset --all --yes").answer();
        let told: usize = said.split(' ').next().unwrap().parse().unwrap();
        let copy = PathBuf::from(said.lines().nth(1).unwrap().trim());
        let mut acknowledged = 1;
        for child in writers {
            let output = child.wait_with_output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            acknowledged += text.lines().filter(|line| *line == "Skipped.").count();
        }
        let (kept, left) = (ids(&copy), ids(&state(run.home()).join("progress.sqlite3")));
        assert_eq!(kept.len(), told, "round {round}: {said}");
        let all: BTreeSet<&Vec<u8>> = kept.iter().chain(&left).collect();
        assert_eq!(
            all.len(),
            kept.len() + left.len(),
            "round {round}: none twice"
        );
        assert_eq!(all.len(), acknowledged, "round {round}");
    }
}

#[test]
fn reset_forgets_what_its_copy_has() {
    reset_beside_writers(2);
}

#[test]
#[ignore = "takes a while: 20 rounds"]
fn reset_forgets_what_its_copy_has_long() {
    reset_beside_writers(20);
}

#[test]
fn a_session_that_ends_unsaved_says_so_by_its_status() {
    let run = one();
    let other = Connection::open(state(run.home()).join("progress.sqlite3")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let run = run.then("quiz --plain --only t-saga").input("saga\n");
    let said = run.say();
    assert_eq!(said.status, 2, "{}", said.stderr);
    assert!(
        said.stdout.contains("Right."),
        "the verdict stands: {}",
        said.stdout
    );
    assert!(said.stderr.contains("tozero: saving…\n"), "{}", said.stderr);
    let late = "the disk, or another program, takes too long";
    assert!(
        said.stderr
            .contains(&format!("tozero: not saved yet: {late}\n")),
        "{}",
        said.stderr
    );
    let end = format!("tozero: 1 change may not be saved: {late}\n");
    assert!(said.stderr.ends_with(&end), "{}", said.stderr);
}

#[test]
fn line_mode_makes_backups_too() {
    let run = one();
    let copy = state(run.home()).join("progress.backup.sqlite3");
    assert_eq!(ids(&copy).len(), 1);
    let said = run.again("stats").answer();
    assert!(said.contains("Last good copy of the record: 2"), "{said}");
}

#[test]
fn a_copy_that_cannot_be_made_is_told() {
    let run = one();
    let copy = state(run.home()).join("progress.backup.sqlite3");
    std::fs::remove_file(&copy).unwrap();
    std::fs::create_dir(&copy).unwrap();
    let said = run.again("quiz --plain --only t-saga").say();
    let expected =
        "tozero: no copy of the record was made: something else stands where its copy should be\n";
    assert_eq!((said.status, said.stderr.as_str()), (0, expected));
}

/// A reset that has forgotten says so, with the copy's path, though the last good copy cannot be made anew.
#[test]
fn a_reset_beside_a_copy_that_cannot_be_made_anew_says_what_it_did() {
    let run = one();
    let copy = state(run.home()).join("progress.backup.sqlite3");
    std::fs::remove_file(&copy).unwrap();
    std::fs::create_dir(&copy).unwrap();
    let said = run.again("reset bus-rule --yes").say();
    let expected = "1 answer to bus-rule forgotten, and kept in\n  ";
    let kept = said.stdout.strip_prefix(expected).expect(&said.stdout);
    assert_eq!(ids(Path::new(kept.trim())).len(), 1);
    let why = "still holds what was forgotten: ";
    assert!(said.stderr.contains(why), "{}", said.stderr);
    assert_eq!(said.status, 2);
    assert!(ids(&state(run.home()).join("progress.sqlite3")).is_empty());
}

/// What is no copy any more is told by the statistics, and made anew by the next session.
#[test]
fn a_spoiled_copy_is_told() {
    let run = one();
    let copy = state(run.home()).join("progress.backup.sqlite3");
    std::fs::write(&copy, "garbage").unwrap();
    let said = run.again("stats").answer();
    assert!(said.contains("The copy of the record is damaged"), "{said}");
    let run = run.then("quiz --plain --only t-saga").input(":x\n");
    let said = run.say();
    let told = "tozero: the copy of the record was damaged and is kept as ";
    assert!(said.stderr.starts_with(told), "{}", said.stderr);
    assert_eq!(ids(&copy).len(), 2);
}

/// A mask that takes everything away takes nothing from the user's own files.
#[test]
fn a_mask_takes_nothing_away() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join(".local/state");
    std::fs::create_dir_all(&state).unwrap();
    let quiz = "umask 777; echo b | \"$0\" quiz --plain --seed 7 --only bus-rule";
    let mut command = Command::new("sh");
    command.args(["-c", quiz, TOZERO]).env_clear();
    let output = command.env("HOME", home.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = state.join("tozero");
    assert_eq!(mode(&folder), 0o700);
    for name in [
        "progress.sqlite3",
        "progress.backup.sqlite3",
        "progress.lock",
    ] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

#[test]
fn an_empty_record_beside_its_copy_is_told() {
    let run = one();
    std::fs::write(state(run.home()).join("progress.sqlite3"), "").unwrap();
    for command in ["due", "stats"] {
        let said = run.again(command).say();
        assert_eq!(said.status, 2);
        assert!(
            said.stderr
                .starts_with("tozero: the record is damaged: it is empty; the copy of 2"),
            "{}",
            said.stderr
        );
    }
    let export = run.again("export").say();
    assert_eq!(export.status, 2, "{}", export.stderr);
    let again = run.then("quiz --plain --only bus-rule").input(":q\n").say();
    assert!(again.stderr.contains("; the copy of 2"), "{}", again.stderr);
}

/// Input and files without an end keep nobody waiting.
#[test]
fn what_has_no_end_is_not_read_to_it() {
    let begun = Instant::now();
    let endless = |arguments: &[&str], variables: &[(&str, &str)], input: &str| {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(TOZERO);
        command.args(arguments).env_clear().env("HOME", home.path());
        command.envs(variables.iter().copied());
        command.stdin(std::fs::File::open(input).unwrap());
        command.output().unwrap().status.code()
    };
    let quiz = ["quiz", "--plain", "--only", "bus-rule"];
    assert_eq!(endless(&quiz, &[], "/dev/zero"), Some(0));
    assert_eq!(
        endless(&["due"], &[("TZ", "/dev/zero")], "/dev/null"),
        Some(0)
    );
    let elsewhere = [("TZDIR", "/dev"), ("TZ", "zero")];
    assert_eq!(endless(&["due"], &elsewhere, "/dev/null"), Some(0));
    assert_eq!(endless(&["import", "/dev/zero"], &[], "/dev/null"), Some(2));
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn standard_input_is_imported() {
    let run = one();
    let export = run.again("export").answer();
    let other = tozero("import -").input(&export);
    assert_eq!(other.answer(), "1 review added\n");
    assert_eq!(other.again("export").answer(), export);
    let wrong = tozero("import -").input("no export").fault(2);
    assert!(
        wrong.starts_with("standard input: line 1, column 2: "),
        "{wrong}"
    );
}

/// Too large to be an export: told by its size, without being read.
#[test]
fn a_file_that_is_too_large_is_not_read() {
    let run = Run::new(["import", "large"]);
    let file = std::fs::File::create(run.home().join("large")).unwrap();
    file.set_len(1 << 40).unwrap();
    let said = run.fault(2);
    assert!(
        said.starts_with("large: it is larger than 256 MiB\n"),
        "{said}"
    );
}
