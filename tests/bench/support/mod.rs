//! What the search bench needs beside the search: two programs on a terminal.
//! Both get the same titles, keys and window.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// The keys that are timed, one by one.
const KEYS: [&[u8]; 8] = [b"c", b"o", b"l", b"d", b"\x7f", b"\x7f", b"\x7f", b"w"];
/// Silence after which a frame counts as done.
const SILENCE: Duration = Duration::from_millis(120);

/// Prints the time from a key to the last byte of its frame, for `fzf` and for this program, in turn.
pub(crate) fn beside_fzf(titles: &[String]) {
    if Command::new("fzf").arg("--version").output().is_err() {
        println!("key to frame beside fzf: not measured, fzf is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (list, pack) = (folder.path().join("titles.txt"), folder.path().join("pack"));
    std::fs::write(&list, titles.join("\n")).unwrap();
    write_pack(&pack, titles);
    let (list, pack) = (list.to_str().unwrap(), pack.to_str().unwrap());
    let tozero = env!("CARGO_BIN_EXE_tozero");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        theirs.extend(key_to_frame(
            "sh",
            &["-c", &format!("fzf < '{list}'")],
            b"",
            "100000/100000",
        ));
        ours.extend(key_to_frame(
            tozero,
            &["--content", pack],
            b"s",
            "a good place to start",
        ));
    }
    let median = |all: &mut Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let (ours, theirs) = (median(&mut ours), median(&mut theirs));
    println!(
        "key to frame at {}: tozero {ours:.1} ms, fzf {theirs:.1} ms, ratio {:.2} (target: at most 0.6)",
        titles.len(),
        ours / theirs
    );
}

fn write_pack(pack: &Path, titles: &[String]) {
    for name in [
        "pack.toml",
        "perspectives/provider-view.md",
        "perspectives/scale-to-zero-view.md",
    ] {
        let to = pack.join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("content")
                .join(name),
            to,
        )
        .unwrap();
    }
    std::fs::create_dir_all(pack.join("terms")).unwrap();
    for (n, title) in titles.iter().enumerate() {
        let text = format!(
            "+++\nterm = \"{title}\"\ntags = []\nbrief = \"What it is.\"\nsee_also = []\nsources = []\n+++\nIt is {title}.\n"
        );
        std::fs::write(pack.join(format!("terms/t-{n:06}.md")), text).unwrap();
    }
}

/// Milliseconds from each key to the last byte it caused, once `ready` stood on the screen.
fn key_to_frame(program: &str, args: &[&str], first: &[u8], ready: &str) -> Vec<f64> {
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
    let started = Instant::now();
    let seen = Arc::new(Mutex::new((Vec::new(), started)));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let into = seen.clone();
    let reading = std::thread::spawn(move || {
        let mut bytes = [0; 65536];
        while let Ok(n) = reader.read(&mut bytes) {
            if n == 0 {
                return;
            }
            let mut seen = into.lock().unwrap();
            seen.0.extend_from_slice(bytes.get(..n).unwrap_or(&[]));
            seen.1 = Instant::now();
        }
    });
    let quiet = |since: Instant| loop {
        let last = seen.lock().unwrap().1;
        if last > since && last.elapsed() > SILENCE {
            return last;
        }
        assert!(
            since.elapsed() < Duration::from_secs(60),
            "{program} says nothing"
        );
        std::thread::sleep(Duration::from_millis(2));
    };
    quiet(started);
    writer.write_all(first).unwrap();
    // What is drawn over the like of it is not sent again, so the words are looked for on the screen and not in the bytes.
    let screen = || {
        let (rows, columns) = (40.try_into().unwrap(), 120.try_into().unwrap());
        let mut screen = vt100::Parser::new(rows, columns, 0);
        screen.process(&seen.lock().unwrap().0);
        screen.screen().contents()
    };
    while !screen().contains(ready) {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "{program} is never ready:\n{}",
            screen()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut times = Vec::new();
    for key in KEYS {
        std::thread::sleep(SILENCE);
        let sent = Instant::now();
        writer.write_all(key).unwrap();
        times.push((quiet(sent) - sent).as_secs_f64() * 1e3);
    }
    let _ = writer.write_all(b"\x03");
    let _ = child.wait();
    drop(writer);
    drop(pair.master);
    let _ = reading.join();
    times
}
