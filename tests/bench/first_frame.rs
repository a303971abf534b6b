//! First frame of the real program against the smallest one with the same libraries, in one run: instructions where
//! valgrind is at hand (they repeat exactly), wall time, resident memory. Run with `cargo bench --bench first_frame`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a measuring program")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Rounds of alternating runs; the median counts.
const ROUNDS: usize = 21;
/// What must hold: instructions, wall time and memory over the smallest program's.
const TARGETS: [(&str, f64); 3] = [("instructions", 1.6), ("wall time", 1.4), ("resident memory", 2.0)];

fn main() {
    let tozero = PathBuf::from(env!("CARGO_BIN_EXE_tozero"));
    let smallest = build_smallest(&tozero);
    let size = std::fs::metadata(&tozero).unwrap().len();
    println!("binary with the pack inside: {:.2} MB (target: at most 6)", size as f64 / 1e6);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(run(&tozero, &[], b"quit"));
        theirs.push(run(&smallest, &[], b"smallest"));
    }
    let ms = |runs: &[Run]| median(runs.iter().map(|r| r.frame.as_secs_f64() * 1e3).collect());
    let kb = |runs: &[Run]| median(runs.iter().map(|r| r.rss_kb as f64).collect());
    let counts = (instructions(&tozero), instructions(&smallest));
    let rows = [
        counts.0.zip(counts.1).map(|(a, b)| (a as f64 / 1e6, b as f64 / 1e6, "M")),
        Some((ms(&ours), ms(&theirs), "ms")),
        Some((kb(&ours) / 1e3, kb(&theirs) / 1e3, "MB")),
    ];
    println!("{:<16} {:>10} {:>10} {:>7} {:>7}", "first frame", "tozero", "smallest", "ratio", "target");
    for ((name, target), row) in TARGETS.iter().zip(rows) {
        match row {
            Some((a, b, unit)) => println!("{name:<16} {a:>7.2} {unit:<2} {b:>7.2} {unit:<2} {:>7.2} {target:>7.1}", a / b),
            None => println!("{name:<16} not measured: valgrind is not installed"),
        }
    }
}

struct Run {
    /// From before the start to the last byte of the frame.
    frame: Duration,
    rss_kb: u64,
}

/// Runs a program in a terminal of 120 by 40 until its frame holds a word, and ends it with q.
fn run(program: &Path, args: &[&str], mark: &[u8]) -> Run {
    let pair = native_pty_system().openpty(PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(program);
    command.args(args);
    command.env("TERM", "xterm-256color");
    command.env("COLORFGBG", "15;0");
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let seen = Arc::new(Mutex::new((Vec::new(), Instant::now())));
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let into = seen.clone();
    let reading = std::thread::spawn(move || {
        let mut bytes = [0; 65536];
        while let Ok(n) = reader.read(&mut bytes).map(|n| (n > 0).then_some(n)) {
            let Some(n) = n else { return };
            let mut seen = into.lock().unwrap();
            seen.0.extend_from_slice(&bytes[..n]);
            seen.1 = Instant::now();
        }
    });
    while !seen.lock().unwrap().0.windows(mark.len()).any(|w| w == mark) {
        std::thread::yield_now();
        assert!(start.elapsed() < Duration::from_secs(20), "no frame: {:?}", String::from_utf8_lossy(&seen.lock().unwrap().0));
    }
    let frame = seen.lock().unwrap().1 - start;
    let status = child.process_id().and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok());
    let peak = status.as_deref().and_then(|s| s.lines().find_map(|l| l.strip_prefix("VmHWM:")));
    let rss_kb = peak.and_then(|p| p.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
    let _ = writer.write_all(b"q");
    child.wait().unwrap();
    drop(writer);
    drop(pair.master);
    reading.join().unwrap();
    Run { frame, rss_kb }
}

/// Instructions in user space, counted by callgrind; `None` without valgrind.
fn instructions(program: &Path) -> Option<u64> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let log_file = format!("--log-file={}", log.path().display());
    Command::new("valgrind").arg("--version").output().ok()?;
    let args = ["--tool=callgrind", "--callgrind-out-file=/dev/null", &log_file, program.to_str()?];
    run(Path::new("valgrind"), &args, if program.ends_with("tozero") { b"quit" } else { b"smallest" });
    let text = std::fs::read_to_string(log.path()).ok()?;
    text.lines().find_map(|l| l.split("Collected :").nth(1)).and_then(|n| n.trim().parse().ok())
}

fn build_smallest(tozero: &Path) -> PathBuf {
    let folder = tozero.parent().unwrap();
    let target = folder.parent().unwrap();
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--example", "smallest", "--target-dir"])
        .arg(target)
        .status();
    assert!(built.is_ok_and(|s| s.success()), "the smallest program builds");
    folder.join("examples/smallest")
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
