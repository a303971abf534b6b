//! The record on disk under fire: killed, starved of space, written by many at once.
//!
//! The child is this test program itself: it answers in a loop and says so, line by line, only when the store has taken
//! the answer. The long forms are run by `cargo test --release --test it memory -- --include-ignored`.
//! No answer that was acknowledged is lost, and none is there twice.

mod app;
mod damage;
mod ends;
mod lines;
mod power;

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tozero::testing::{
    Change, DesiredRecall, PackKeys, Review, ReviewOutcome, Rng, Store, clock, export, ids, signals,
};

/// What the child is to do, as its environment says.
const CHILD: &str = "TOZERO_TEST_CHILD";
/// How long anything may take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// The child: answers `count` questions in the folder it is given, and says `ack ID` or `nak ID why`.
#[test]
fn child() {
    let Some(told) = std::env::var_os(CHILD) else {
        return;
    };
    let told = told.into_string().unwrap();
    let [folder, count, limit] = told.split('\t').collect::<Vec<_>>()[..] else {
        panic!("{told}")
    };
    let limit: Option<u64> = limit.parse().ok();
    if let Some(limit) = limit {
        signals::survive_file_size_limit().unwrap();
        file_size(Some(limit));
    }
    let mut store = Store::new(
        Some(PathBuf::from(folder)),
        DesiredRecall::default(),
        PackKeys::new("serverless"),
    );
    let mut ids = ids();
    let mut waiting = Vec::new();
    for n in 0..count.parse::<u64>().unwrap() {
        let question = ["cold-start", "idle-cost", "who-runs-it"][n as usize % 3];
        let review = Review::new(
            ids.review(),
            question,
            ReviewOutcome::Right,
            true,
            clock::now(),
            1,
        );
        waiting.push(review.id);
        match store.apply([Change::Add(review)]) {
            Ok(()) => waiting.drain(..).for_each(|id| say(&format!("ack {id}"))),
            Err(trouble) => {
                say(&format!(
                    "nak {} {}",
                    waiting.last().unwrap(),
                    trouble.why()
                ));
                if limit.is_some() {
                    file_size(None);
                }
            }
        }
    }
    say("end");
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

/// Limits how large files may become, or lifts the limit again.
fn file_size(limit: Option<u64>) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Fsize).maximum;
    setrlimit(
        Resource::Fsize,
        Rlimit {
            current: limit.or(maximum),
            maximum,
        },
    )
    .unwrap();
}

/// A child that has been started, perhaps under another program.
fn start(under: &[&str], folder: &Path, count: u64, limit: Option<u64>) -> Child {
    let own = std::env::current_exe().unwrap();
    let words: Vec<&str> = under
        .iter()
        .copied()
        .chain([
            own.to_str().unwrap(),
            "--exact",
            "memory::child",
            "--nocapture",
        ])
        .collect();
    let told = format!(
        "{}\t{count}\t{}",
        folder.display(),
        limit.map(|l| l.to_string()).unwrap_or_default()
    );
    let mut command = Command::new(words[0]);
    command
        .args(&words[1..])
        .env(CHILD, told)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// What a child has said, once it is gone.
#[derive(Debug, Default)]
struct Heard {
    acks: BTreeSet<String>,
    naks: Vec<String>,
    ended: bool,
}

fn heard(child: &mut Child) -> Heard {
    let text = all_of(child.stdout.take().unwrap());
    child.wait().unwrap();
    understood(&text)
}

fn all_of(mut stdout: impl Read) -> String {
    let mut text = String::new();
    stdout.read_to_string(&mut text).unwrap();
    text
}

fn understood(text: &str) -> Heard {
    let mut heard = Heard::default();
    // What follows the last newline was cut off by the end. The test harness says things of its own on the same lines.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    for line in whole
        .lines()
        .map(|l| l.trim_start_matches("test memory::child ... "))
    {
        match line.split_once(' ') {
            Some(("ack", id)) => {
                assert!(heard.acks.insert(id.to_owned()), "acknowledged twice: {id}")
            }
            Some(("nak", id)) => heard.naks.push(id.to_owned()),
            _ => heard.ended |= line == "end",
        }
    }
    heard
}

/// Ids of everything that is in the record, each as often as it is there.
fn stored(folder: &Path) -> Vec<String> {
    let loaded = Store::new(
        Some(folder.to_owned()),
        DesiredRecall::default(),
        PackKeys::new("serverless"),
    )
    .load();
    assert_eq!(loaded.notice, None);
    let mut text = String::new();
    export::json(Some(folder), |piece| {
        text.push_str(piece);
        Ok(())
    })
    .unwrap();
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    let ids: Vec<String> = whole["reviews"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        loaded.progress.totals.reviews,
        ids.len() as i64,
        "the progress counts the same"
    );
    ids
}

/// Everything acknowledged is there, and nothing twice; at most `more` came to the disk unheard.
#[track_caller]
fn nothing_lost(folder: &Path, acknowledged: &BTreeSet<String>, more: usize, what: &str) {
    let all = stored(folder);
    let there: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(there.len(), all.len(), "{what}: doubled");
    let lost: Vec<&String> = acknowledged.difference(&there).collect();
    assert!(
        lost.is_empty(),
        "{what}: lost {lost:?} of {}",
        acknowledged.len()
    );
    assert!(
        there.len() <= acknowledged.len() + more,
        "{what}: {} and {}",
        there.len(),
        acknowledged.len()
    );
}

/// Most changes of its files that are waited for before a child is killed.
const MOST_WRITES: usize = 16;

/// Waits until something was written to the record so many times, as often as it is seen: in the middle of an answer, too.
fn writes(folder: &Path, times: usize) {
    let seen = || {
        let files = ["progress.sqlite3", "progress.sqlite3-wal"]
            .map(|name| std::fs::metadata(folder.join(name)).ok());
        files.map(|file| file.map(|f| (f.len(), f.modified().ok())))
    };
    let (begun, mut last) = (Instant::now(), seen());
    for n in 0..times {
        while seen() == last {
            assert!(
                begun.elapsed() < DEADLINE,
                "waited in vain for write {n} of {times}"
            );
            std::thread::yield_now();
        }
        last = seen();
    }
}

/// Kills children that answer at random moments, all on one record.
fn random_kills(rounds: usize) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tozero");
    let mut rng = Rng::new(4);
    let mut acknowledged = BTreeSet::new();
    for round in 1..=rounds {
        let mut child = start(&[], &folder, 1_000_000, None);
        let stdout = child.stdout.take().unwrap();
        // A child that nobody hears stops when what it says fills the pipe.
        let hearing = std::thread::spawn(|| all_of(stdout));
        writes(&folder, rng.below(MOST_WRITES));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(understood(&hearing.join().unwrap()).acks);
        if round % 25 == 0 || round == rounds {
            nothing_lost(&folder, &acknowledged, round, &format!("round {round}"));
        }
    }
    assert!(
        acknowledged.len() > rounds / 4,
        "the children did answer: {}",
        acknowledged.len()
    );
}

#[test]
fn no_kill_loses_an_answer() {
    random_kills(100);
}

#[test]
#[ignore = "takes minutes: 1,000 kills"]
fn no_kill_loses_an_answer_long() {
    random_kills(1000);
}

/// System calls through which the record reaches the disk.
const CALLS: [&str; 8] = [
    "pwrite64",
    "fdatasync",
    "fsync",
    "openat",
    "unlink",
    "ftruncate",
    "fcntl",
    "mmap",
];

/// strace, where it is installed and may be used.
fn can_inject() -> bool {
    Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .output()
        .is_ok_and(|o| o.status.success())
}

/// Runs a child with something injected into some calls of a kind: `when` is the number of one, or `4+` for all from it on.
fn injected(call: &str, when: impl Display, how: &str, folder: &Path, count: u64) -> Heard {
    let (trace, inject) = (
        format!("trace={call}"),
        format!("inject={call}:{how}:when={when}"),
    );
    let mut child = start(
        &[
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &trace,
            "-e",
            &inject,
        ],
        folder,
        count,
        None,
    );
    heard(&mut child)
}

/// Kills a child at every n-th system call of each kind.
fn kills_at_calls(step: usize) {
    if !can_inject() {
        println!("strace is not there: not tested");
        return;
    }
    let mut killed = 0;
    for call in CALLS {
        for n in (1..400).step_by(step) {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("tozero");
            // One answer is there, three more follow.
            let before = heard(&mut start(&[], &folder, 1, None)).acks;
            let heard = injected(call, n, "signal=SIGKILL", &folder, 3);
            let acknowledged = before.union(&heard.acks).cloned().collect();
            nothing_lost(&folder, &acknowledged, 1, &format!("{call} {n}"));
            if heard.ended {
                break;
            }
            killed += 1;
        }
    }
    assert!(killed >= CALLS.len(), "{killed} kills");
}

#[test]
fn no_kill_at_a_system_call_loses_an_answer() {
    kills_at_calls(9);
}

#[test]
#[ignore = "takes minutes: every system call"]
fn no_kill_at_a_system_call_loses_an_answer_long() {
    kills_at_calls(1);
}

/// Lets calls fail, once or from then on; what was not saved must be saved with a later answer, if there is one.
fn failing_calls(step: usize) {
    if !can_inject() {
        println!("strace is not there: not tested");
        return;
    }
    for (call, error) in [
        ("pwrite64", "ENOSPC"),
        ("pwrite64", "EIO"),
        ("fdatasync", "EIO"),
        ("fdatasync", "ENOSPC"),
        ("pwrite64", "EDQUOT"),
    ] {
        for n in (1..400).step_by(step) {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("tozero");
            let once = injected(call, n, &format!("error={error}"), &folder, 6);
            assert!(once.ended, "{call} {n} {error}: the quiz goes on: {once:?}");
            nothing_lost(&folder, &once.acks, 0, &format!("{call} {n} {error}"));
            let hit = !once.naks.is_empty();
            if n % 2 == 1 {
                let home = tempfile::tempdir().unwrap();
                let folder = home.path().join("tozero");
                let (from, how) = (format!("{n}+"), format!("error={error}"));
                let always = injected(call, from, &how, &folder, 6);
                assert!(always.ended, "{call} {n}+ {error}");
                nothing_lost(
                    &folder,
                    &always.acks,
                    always.naks.len(),
                    &format!("{call} {n}+ {error}"),
                );
            }
            if !hit && n > 30 {
                break;
            }
        }
    }
}

#[test]
fn errors_of_the_disk_lose_no_answer() {
    failing_calls(12);
}

#[test]
#[ignore = "takes minutes: every write and sync"]
fn errors_of_the_disk_lose_no_answer_long() {
    failing_calls(1);
}

/// The limit is met while answering and lifted after the first refusal: everything is there in the end.
#[test]
fn a_full_disk_is_told_and_what_was_not_saved_is_saved_later() {
    for limit in [1, 20_000, 60_000] {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("tozero");
        let heard = heard(&mut start(&[], &folder, 40, Some(limit)));
        assert!(
            heard.ended && heard.acks.len() == 40 && !heard.naks.is_empty(),
            "{limit}: {heard:?}"
        );
        nothing_lost(&folder, &heard.acks, 0, &format!("limit {limit}"));
    }
}

/// Somebody who may read the record and not write it: everything is said, nothing stops, nothing changes.
#[test]
fn a_folder_that_can_only_be_read_stops_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tozero");
    let acks = heard(&mut start(&[], &folder, 3, None)).acks;
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap()
    };
    mode(home.path(), 0o755);
    mode(&folder.join("progress.sqlite3"), 0o444);
    mode(&folder.join("progress.lock"), 0o444);
    mode(&folder, 0o555);
    // What may be written by everybody's better must not be tried by them: the child is nobody when we are root.
    let root = rustix::process::geteuid().is_root();
    let under: &[&str] = if root {
        &["setpriv", "--reuid=65534", "--clear-groups"]
    } else {
        &[]
    };
    if root
        && !std::process::Command::new("setpriv")
            .args(&under[1..])
            .arg("true")
            .status()
            .is_ok_and(|s| s.success())
    {
        println!("root may write anywhere: not tested");
        return;
    }
    let heard = heard(&mut start(under, &folder, 4, None));
    mode(&folder, 0o755);
    assert!(
        heard.ended && heard.acks.is_empty() && heard.naks.len() == 4,
        "{heard:?}"
    );
    assert!(
        heard.naks[0].ends_with(" the folder cannot be written to"),
        "{heard:?}"
    );
    nothing_lost(&folder, &acks, 0, "read only");
}

/// Children that answer at the same time.
fn many(processes: usize, count: u64) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tozero");
    let mut children: Vec<Child> = (0..processes)
        .map(|_| start(&[], &folder, count, None))
        .collect();
    let mut all = BTreeSet::new();
    for child in &mut children {
        let heard = heard(child);
        assert!(heard.ended && heard.naks.is_empty(), "{heard:?}");
        all.extend(heard.acks);
    }
    assert_eq!(all.len() as u64, processes as u64 * count);
    nothing_lost(&folder, &all, 0, "many");
}

#[test]
fn eight_copies_lose_nothing() {
    many(8, 20);
}

#[test]
#[ignore = "takes a while: 1,600 answers"]
fn eight_copies_lose_nothing_long() {
    many(8, 200);
}

/// A child acknowledges as it goes, not at its end: the kill tests would prove nothing otherwise.
#[test]
fn answers_are_acknowledged_one_by_one() {
    let home = tempfile::tempdir().unwrap();
    let mut child = start(&[], &home.path().join("tozero"), 1_000_000, None);
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let first = lines.find(|l| l.contains("ack ")).expect("an answer");
    child.kill().unwrap();
    child.wait().unwrap();
    let id = first.rsplit(' ').next().unwrap();
    assert!(stored(&home.path().join("tozero")).iter().any(|s| s == id));
}
