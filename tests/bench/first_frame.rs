//! First frame of the real program against the smallest one with the same libraries, in one run: instructions where
//! valgrind is at hand (they repeat exactly), wall time, resident memory. Run with `cargo bench --bench first_frame`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a measuring program"
)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Rounds of alternating runs; the median counts.
const ROUNDS: usize = 21;
/// Rounds of alternating runs that print an entry.
const ENTRIES: usize = 300;
/// A page in the form that tealdeer renders.
const PAGE: &str = "# tar\n\n> Archiving utility.\n> More information: <https://www.gnu.org/software/tar>.\n\n\
- [c]reate an archive and write it to a [f]ile:\n\n`tar cf {{path/to/target.tar}} {{path/to/file1 path/to/file2 ...}}`\n\n\
- E[x]tract an archive [f]ile into the current directory [v]erbosely:\n\n`tar xvf {{path/to/source.tar}}`\n";
/// What must hold: instructions, wall time and memory over the smallest program's.
const TARGETS: [(&str, f64); 3] = [
    ("instructions", 1.6),
    ("wall time", 1.5),
    ("resident memory", 3.0),
];

fn main() {
    let tozero = PathBuf::from(env!("CARGO_BIN_EXE_tozero"));
    let smallest = build_smallest(&tozero);
    let size = std::fs::metadata(&tozero).unwrap().len();
    println!("binary with the pack inside: {:.2} MB", size as f64 / 1e6);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(run(&tozero, &["--fresh"], b"minutes"));
        theirs.push(run(&smallest, &[], b"smallest"));
    }
    let ms = |runs: &[Run]| median(runs.iter().map(|r| r.frame.as_secs_f64() * 1e3).collect());
    let kb = |runs: &[Run]| median(runs.iter().map(|r| r.rss_kb as f64).collect());
    let counts = (instructions(&tozero), instructions(&smallest));
    let rows = [
        counts
            .0
            .zip(counts.1)
            .map(|(a, b)| (a as f64 / 1e6, b as f64 / 1e6, "M")),
        Some((ms(&ours), ms(&theirs), "ms")),
        Some((kb(&ours) / 1e3, kb(&theirs) / 1e3, "MB")),
    ];
    println!(
        "{:<16} {:>10} {:>10} {:>7} {:>7}",
        "first frame", "tozero", "smallest", "ratio", "target"
    );
    for ((name, target), row) in TARGETS.iter().zip(rows) {
        match row {
            Some((a, b, unit)) => println!(
                "{name:<16} {a:>7.2} {unit:<2} {b:>7.2} {unit:<2} {:>7.2} {target:>7.1}",
                a / b
            ),
            None => println!("{name:<16} not measured: valgrind is not installed"),
        }
    }
    beside_tealdeer(&tozero);
}

/// Prints how long an entry takes to be printed into a pipe, and how long tealdeer takes for a page, in turn.
fn beside_tealdeer(tozero: &Path) {
    let version = Command::new("tldr")
        .arg("--version")
        .output()
        .map(|out| String::from_utf8_lossy(&out.stdout).into_owned());
    let Some(version) = version.ok().filter(|version| version.contains("tealdeer")) else {
        return println!("an entry in a pipe: not measured, tealdeer is not installed");
    };
    let page = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(page.path(), PAGE).unwrap();
    let render = ["--render", page.path().to_str().unwrap()];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ENTRIES {
        ours.push(printed(tozero, &["define", "cold-start"]));
        theirs.push(printed(Path::new("tldr"), &render));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "an entry in a pipe {ours:.2} ms, {} {theirs:.2} ms, ratio {:.2} (target: at most 1.5)",
        version.trim(),
        ours / theirs
    );
}

/// Milliseconds from before a program's start to its end, its output read.
fn printed(program: &Path, args: &[&str]) -> f64 {
    let start = Instant::now();
    let out = Command::new(program).args(args).output().unwrap();
    let took = start.elapsed().as_secs_f64() * 1e3;
    assert!(
        out.status.success() && !out.stdout.is_empty(),
        "{program:?} prints"
    );
    took
}

struct Run {
    /// From before the start to the last byte of the frame.
    frame: Duration,
    rss_kb: u64,
}

/// Runs a program in a terminal of 120 by 40 until its frame holds a word, and ends it with q.
fn run(program: &Path, args: &[&str], mark: &[u8]) -> Run {
    let pair = native_pty_system()
        .openpty(PtySize {
            rows: 40,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        })
        .unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(args);
    command.env("TERM", "xterm-256color");
    command.env("COLORFGBG", "15;0");
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let mark = mark.to_vec();
    let (tell, told) = mpsc::channel();
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    // Both sides sleep while the program works: it has the machine for itself.
    let reading = std::thread::spawn(move || {
        let (mut bytes, mut seen) = ([0; 65536], Vec::new());
        while let Ok(n @ 1..) = reader.read(&mut bytes) {
            seen.extend_from_slice(&bytes[..n]);
            if seen.windows(mark.len()).any(|w| w == mark) {
                let _ = tell.send(Instant::now());
            }
        }
    });
    let frame = told
        .recv_timeout(Duration::from_secs(20))
        .expect("there is a frame")
        - start;
    let status = child
        .process_id()
        .and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok());
    let peak = status
        .as_deref()
        .and_then(|s| s.lines().find_map(|l| l.strip_prefix("VmHWM:")));
    let rss_kb = peak
        .and_then(|p| p.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0);
    let _ = writer.write_all(b"q");
    child.wait().unwrap();
    drop(writer);
    drop(pair.master);
    reading.join().unwrap();
    Run { frame, rss_kb }
}

/// Instructions in user space, counted by callgrind; `None` without valgrind.
fn instructions(program: &Path) -> Option<u64> {
    Command::new("valgrind").arg("--version").output().ok()?;
    let folder = tempfile::tempdir().unwrap();
    let [log, profile] = ["log", "profile"].map(|name| folder.path().join(name));
    let files = [
        format!("--log-file={}", log.display()),
        format!("--callgrind-out-file={}", profile.display()),
    ];
    let mark: &[u8] = if program.ends_with("tozero") {
        b"minutes"
    } else {
        b"smallest"
    };
    run(
        Path::new("valgrind"),
        &[
            "--tool=callgrind",
            &files[0],
            &files[1],
            program.to_str()?,
            "--fresh",
        ],
        mark,
    );
    let log = std::fs::read_to_string(log).ok()?;
    log.lines()
        .find_map(|l| l.split("Collected :").nth(1))
        .and_then(|n| n.trim().parse().ok())
}

fn build_smallest(tozero: &Path) -> PathBuf {
    let folder = tozero.parent().unwrap();
    let target = folder.parent().unwrap();
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--release",
            "--example",
            "smallest",
            "--target-dir",
        ])
        .arg(target)
        .status();
    assert!(
        built.is_ok_and(|s| s.success()),
        "the smallest program builds"
    );
    folder.join("examples/smallest")
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
