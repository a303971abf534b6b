//! A power cut: what the disk holds at a moment is what would be there after it.
//! The disk is a file that is mounted; its copy is mounted elsewhere and read. Where that may not be done, it is said.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tozero::testing::Rng;

use super::{nothing_lost, start};
use crate::cli::TOZERO;

fn done(program: &str, arguments: &[&str]) -> bool {
    let run = Command::new(program).args(arguments).output();
    run.is_ok_and(|output| output.status.success())
}

/// A mounted image, until it is dropped.
struct Disk(tempfile::TempDir);

impl Disk {
    /// A disk in memory of so many bytes.
    fn small(bytes: u32) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let (size, at) = (format!("size={bytes}"), place.path().to_str()?.to_owned());
        done("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", &at]).then_some(Self(place))
    }

    fn mounted(image: &Path) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let (image, at) = (image.to_str()?, place.path().to_str()?.to_owned());
        done("mount", &["-o", "loop", image, &at]).then_some(Self(place))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Some(place) = self.0.path().to_str() {
            let _ = done("umount", &[place]);
        }
    }
}

fn cuts(rounds: usize) {
    let mut rng = Rng::new(23);
    for round in 0..rounds {
        let home = tempfile::tempdir().unwrap();
        let (image, cut) = (home.path().join("disk"), home.path().join("cut"));
        let file = std::fs::File::create(&image).unwrap();
        file.set_len(24 << 20).unwrap();
        let made = done(
            "mke2fs",
            &["-q", "-F", "-t", "ext4", image.to_str().unwrap()],
        );
        let Some(disk) = made.then(|| Disk::mounted(&image)).flatten() else {
            println!("no disk may be mounted here: not tested");
            return;
        };
        let mut child = start(&[], &disk.0.path().join("tozero"), 1_000_000, None);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let heard = lines.map_while(Result::ok).filter_map(|line| {
            let (_, id) = line.split_once("ack ")?;
            Some(id.to_owned())
        });
        let acknowledged = heard.take(2 + rng.below(40)).collect();
        std::fs::copy(&image, &cut).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        drop(disk);
        let disk = Disk::mounted(&cut).expect("what could be mounted once can be again");
        // What was written after the last one that was heard may be there too.
        nothing_lost(
            &disk.0.path().join("tozero"),
            &acknowledged,
            usize::MAX / 2,
            &format!("cut {round}"),
        );
    }
}

#[test]
fn a_power_cut_loses_no_answer() {
    cuts(2);
}

/// A disk without a free byte: every answer says that the disk is full, in so many words, and the session ends with 2.
#[test]
fn a_disk_that_is_full_is_called_full() {
    let Some(disk) = Disk::small(500_000) else {
        println!("no disk may be mounted here: not tested");
        return;
    };
    let quiz = |questions: &str, input: &str| {
        let mut command = Command::new(TOZERO);
        command.args(["quiz", "--plain", "--seed", "7", "--only", questions]);
        command.env_clear().env("HOME", disk.0.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(quiz("bus-rule", "b\n").status.success());
    let mut rest = std::fs::File::create(disk.0.path().join("rest")).unwrap();
    while rest.write(&[0; 512]).is_ok_and(|written| written > 0) {}
    let output = quiz("t-saga,tf-broad-floor", "saga\na\n");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let told = |words: &str| said.matches(&format!("tozero: not saved: {words}")).count();
    assert!(told("") >= 2, "for each answer: {said}");
    assert_eq!(told(""), told("the disk is full\n"), "{said}");
    assert!(
        said.ends_with("2 answers were not saved: the disk is full\n"),
        "{said}"
    );
}

#[test]
#[ignore = "takes minutes: 100 cuts"]
fn a_power_cut_loses_no_answer_long() {
    cuts(100);
}
