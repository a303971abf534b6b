//! Home folders to run lines in, and what lies beside them: packs, good and bad, and a file of answers.
//! A line finds the same files at the same places in every run, at paths of the same length.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::mask::{Clock, Mask};
use super::show::entry;
use crate::cli::TOZERO;

/// Home folders in one folder, which holds the packs and the answers too.
pub(crate) struct Homes {
    root: tempfile::TempDir,
    clock: Clock,
    made: AtomicUsize,
}

impl Homes {
    /// The folder with all that lines may ask for.
    pub(crate) fn make(clock: Clock) -> Self {
        // Text is broken where paths end, so all are of one length.
        let root = tempfile::Builder::new()
            .prefix("tozero-")
            .rand_bytes(6)
            .tempdir_in("/tmp")
            .unwrap();
        let at = |path: &str| root.path().join(path);
        let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
        copy(&good, &at("good"));
        for other in ["open-source", "free-mail"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs");
            copy(&folder.join(other), &at(other));
        }
        copy(&good, &at("broken"));
        let broken = "+++\nterm = 3\ntgas = [\"sound\"]\n+++\n\nSee [x](../terms/chmie.md).\n";
        std::fs::write(at("broken/terms/broken.md"), broken).unwrap();
        std::fs::create_dir(at("headless")).unwrap();
        std::fs::write(at("headless/pack.toml"), "format = 1\ntitle = \n").unwrap();
        std::fs::create_dir(at("bare")).unwrap();
        let bare = "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n";
        std::fs::write(at("bare/pack.toml"), bare).unwrap();
        std::fs::write(at("answers.json"), answers(clock.day)).unwrap();
        Self {
            root,
            clock,
            made: AtomicUsize::new(100),
        }
    }

    /// A new home folder.
    pub(crate) fn home(&self) -> PathBuf {
        let home = self
            .root
            .path()
            .join(self.made.fetch_add(1, Ordering::Relaxed).to_string());
        std::fs::create_dir(&home).unwrap();
        home
    }

    /// Runs the lines of a scene in a home folder, and tells how it went.
    pub(crate) fn play(&self, home: &Path, lines: &str) -> String {
        let mut text = String::new();
        if lines.contains('\n') {
            text.push_str("\n# in one home folder:\n");
        }
        for line in lines.lines() {
            let output = shell(line, home).output().unwrap();
            let mask = Mask {
                root: self.root.path(),
                home,
                clock: self.clock,
                line,
            };
            let masked =
                |bytes: Vec<u8>| mask.text(&String::from_utf8(bytes).expect("output is UTF-8"));
            let status = output.status.code().expect("no signal ended it");
            text.push_str(&entry(
                line,
                status,
                &masked(output.stdout),
                &masked(output.stderr),
            ));
        }
        text
    }
}

/// A line for the shell, with nothing of the surroundings but the program.
fn shell(line: &str, home: &Path) -> Command {
    let program = Path::new(TOZERO).parent().unwrap().display().to_string();
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", line])
        .current_dir(home)
        .env_clear()
        .stdin(Stdio::null());
    command
        .env("HOME", home)
        .env("PATH", format!("{program}:/usr/bin:/bin"))
        .env("TZ", "UTC");
    command
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm-256color");
    command
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(from, to).unwrap();
        }
    }
}

/// Questions of the bundled pack, and one that left it.
const QUESTIONS: [&str; 9] = [
    "t-cold-start",
    "t-idle-bill",
    "bus-rule",
    "tf-broad-floor",
    "c-strict-sort",
    "p-camps",
    "n-break-even-long",
    "o-break-even",
    "gone-from-the-pack",
];

/// An export with 72 reviews: four a day on each third day until yesterday. Every fifth is wrong, every seventh right in
/// parts, every fourth a guess; two are skipped, one is a page, one was taken back.
fn answers(today: i64) -> String {
    let mut text = "{\"tozero\":1,\"kind\":\"progress\",\"reviews\":[".to_owned();
    for n in 0..72_i64 {
        let day = today - 52 + n / 4 * 3;
        let question = QUESTIONS[(n * 5 % 9) as usize];
        let sure = n % 4 != 3;
        let outcome = match n {
            20 | 41 => "skipped",
            33 => "page",
            _ if n % 5 == 4 && question != "bus-rule" => "wrong",
            _ if n % 7 == 6 && question != "bus-rule" => "partly",
            _ => "right",
        };
        let grade = match (outcome, sure) {
            ("skipped" | "page", _) => "null",
            ("right", true) => "\"good\"",
            ("right", false) => "\"hard\"",
            _ => "\"again\"",
        };
        let lens = if question == "c-strict-sort" {
            "\"scale-to-zero-view\""
        } else {
            "null"
        };
        // Noon, and a millisecond later for each.
        let at = day * 86_400_000 + 43_200_000 + n;
        let begin = if n == 0 { "\n" } else { ",\n" };
        write!(
            text,
            "{begin}{{\"id\":\"{n:032x}\",\"question\":\"{question}\",\"lens\":{lens},\"at\":{at},\"day\":{day},\
             \"outcome\":\"{outcome}\",\"sure\":{sure},\"grade\":{grade},\"chosen\":[\"choice {}, or \\\"so\\\"\"],\
             \"session\":{},\"order\":{at},\"undone\":{}}}",
            n % 3,
            n / 4,
            n == 50
        )
        .unwrap();
    }
    text + "\n]}\n"
}
