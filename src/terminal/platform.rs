//! What the program uses of the system besides the terminal: the browser and the clipboard.
//!
//! Only a [`Url`] is ever handed to another program, as one argument, without a shell and with nothing to read or write;
//! nothing waits for that program. The clipboard is only ever written, through the terminal.

use std::io;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::terminal::spawn;
use crate::text::{SafeText, Url};

/// The shortest time between two openings.
const MIN_INTERVAL: Duration = Duration::from_millis(500);
/// A browser that fails later than this has been seen by the user.
const WATCH_TIME: Duration = Duration::from_secs(5);
/// Most bytes of a clipboard sequence: some terminals are brought down by more.
const MAX_CLIPBOARD: usize = 64 << 10;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenOutcome {
    Opened,
    /// The last one was opened less than half a second ago.
    TooSoon,
    /// There is no display to show a browser on, or it is another machine's: offer to copy the address.
    NoDisplay,
    /// None of the programs that open addresses is installed: offer to copy the address.
    NoOpener,
    /// The program could not be started, or said at once that it failed.
    Failed,
}

/// A program that opens addresses, with what stands before the address.
type CommandLine = &'static [&'static str];

/// The programs that open addresses on a system, as `std::env::consts::OS` names it, the best first; none where there is no
/// display of this system's own to show a browser on. Inside Windows that is the browser of Windows.
fn openers(system: &str, has_variable: impl Fn(&str) -> bool) -> &'static [CommandLine] {
    if has_variable("SSH_CONNECTION") || has_variable("SSH_TTY") {
        &[]
    } else if system == "macos" {
        &[&["/usr/bin/open"]]
    } else if system == "windows" {
        // The system's own way to hand an address on; `start` would be a word of a shell.
        &[&["rundll32.exe", "url.dll,FileProtocolHandler"]]
    } else if has_variable("WSL_DISTRO_NAME") {
        &[&["wslview"], &["xdg-open"]]
    } else if has_variable("DISPLAY") || has_variable("WAYLAND_DISPLAY") {
        &[&["xdg-open"], &["gio", "open"]]
    } else {
        &[]
    }
}

#[derive(Debug)]
pub struct UrlOpener {
    openers: &'static [CommandLine],
    last: Option<Instant>,
}

impl UrlOpener {
    #[allow(clippy::new_without_default, reason = "it reads the environment")]
    pub fn new() -> Self {
        let has_variable = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        Self {
            openers: openers(std::env::consts::OS, has_variable),
            last: None,
        }
    }

    /// Hands an address to the browser. `failed` is called, on another thread, when the program fails within five seconds.
    pub fn open(&mut self, address: &Url, failed: impl FnOnce() + Send + 'static) -> OpenOutcome {
        if self.openers.is_empty() {
            return OpenOutcome::NoDisplay;
        }
        if self.last.is_some_and(|last| last.elapsed() < MIN_INTERVAL) {
            return OpenOutcome::TooSoon;
        }
        self.last = Some(Instant::now());
        for opener in self.openers {
            match command(opener, address).spawn() {
                Ok(child) => return watch(child, failed),
                // An opener that is not installed is passed over; one that is there and fails is an answer.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) => return OpenOutcome::Failed,
            }
        }
        OpenOutcome::NoOpener
    }
}

/// In a process group of its own, so that neither Ctrl-Z nor a text browser reaches our terminal.
fn command(opener: &[&str], address: &Url) -> Command {
    let (program, before) = opener.split_first().unwrap_or((&"", &[]));
    let mut command = Command::new(program);
    command
        .args(before)
        .arg(address.as_str())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    set_apart(&mut command);
    command
}

#[cfg(unix)]
fn set_apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn set_apart(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP);
}

/// Collects the program whenever it ends: it may be the browser itself and stay for hours, so it is never ended by us.
fn watch(mut child: Child, failed: impl FnOnce() + Send + 'static) -> OpenOutcome {
    let start = Instant::now();
    let run = move || {
        let succeeded = child.wait().is_ok_and(|status| status.success());
        if !succeeded && start.elapsed() < WATCH_TIME {
            failed();
        }
    };
    if spawn("opener", run).is_ok() {
        OpenOutcome::Opened
    } else {
        OpenOutcome::Failed
    }
}

/// The bytes that make a terminal put a text on its clipboard, for [`crate::terminal::backend::Canvas::send`]; `None` when
/// the text is too long. Whether the terminal does so is never known: say "sent", not "copied". One newline at the end
/// is dropped, so that pasting a command does not run it.
pub fn clipboard(text: &SafeText) -> Option<Vec<u8>> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .ok()?;
    (sequence.len() <= MAX_CLIPBOARD).then(|| sequence.into_bytes())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc;

    use super::*;

    fn address(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    impl UrlOpener {
        /// An opener where there is no display.
        pub(in crate::terminal) fn nowhere() -> Self {
            Self {
                openers: &[],
                last: None,
            }
        }
    }

    fn calling(program: &Path) -> UrlOpener {
        let program: &str = program.to_str().unwrap().to_owned().leak();
        let line: CommandLine = vec![program].leak();
        UrlOpener {
            openers: vec![line].leak(),
            last: None,
        }
    }

    /// An opener that calls a script which logs its arguments one a line, and then does as told.
    fn fake(folder: &tempfile::TempDir, then: &str) -> UrlOpener {
        use std::os::unix::fs::PermissionsExt;
        let (program, log) = (folder.path().join("fake"), folder.path().join("log"));
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> '{}'\n{then}\n",
            log.display()
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        calling(&program)
    }

    /// Opens with a fake that fails, so that its end is told, and gives what it was called with.
    fn logged(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let (sender, done) = mpsc::channel();
        let mut opener = fake(&folder, "exit 3");
        assert_eq!(
            opener.open(&address(text), move || sender.send(()).unwrap()),
            OpenOutcome::Opened
        );
        done.recv_timeout(Duration::from_secs(10))
            .expect("the failure is told");
        std::fs::read_to_string(folder.path().join("log")).unwrap()
    }

    #[test]
    fn the_program_gets_one_argument() {
        for text in [
            "https://example.org/$(id);&a=%s*?[x]",
            "http://localhost:8080/-x",
            "https://a.b/c#d!~",
        ] {
            assert_eq!(logged(text), format!("1\n{text}\n"));
        }
    }

    #[test]
    fn the_environment_decides_who_opens() {
        let linux: &[CommandLine] = &[&["xdg-open"], &["gio", "open"]];
        let in_windows: &[CommandLine] = &[&["wslview"], &["xdg-open"]];
        let windows: &[CommandLine] = &[&["rundll32.exe", "url.dll,FileProtocolHandler"]];
        let macos: &[CommandLine] = &[&["/usr/bin/open"]];
        let check = |system, variables: &[&str], expected: &[CommandLine]| {
            let found = openers(system, |name| variables.contains(&name));
            assert_eq!(found, expected, "{system} {variables:?}");
        };
        check("linux", &[], &[]);
        check("linux", &["DISPLAY"], linux);
        check("freebsd", &["WAYLAND_DISPLAY"], linux);
        check("linux", &["WSL_DISTRO_NAME"], in_windows);
        check("linux", &["WSL_DISTRO_NAME", "DISPLAY"], in_windows);
        check("macos", &[], macos);
        check("macos", &["DISPLAY"], macos);
        check("windows", &[], windows);
        for remote in ["SSH_CONNECTION", "SSH_TTY"] {
            check("linux", &[remote, "DISPLAY"], &[]);
            check("linux", &[remote, "WSL_DISTRO_NAME"], &[]);
            check("macos", &[remote], &[]);
            check("windows", &[remote], &[]);
        }
        // Whatever the browser's own variable says, nobody reads it.
        check("linux", &["BROWSER"], &[]);
    }

    #[test]
    fn refusals_are_values() {
        let folder = tempfile::tempdir().unwrap();
        let check = |mut opener: UrlOpener, expected| {
            assert_eq!(opener.open(&address("https://a.b"), || {}), expected);
        };
        check(UrlOpener::nowhere(), OpenOutcome::NoDisplay);
        check(fake(&folder, "exit 0"), OpenOutcome::Opened);
        check(calling(&folder.path().join("none")), OpenOutcome::NoOpener);
        check(calling(folder.path()), OpenOutcome::Failed);
    }

    #[test]
    fn the_next_program_is_tried_when_one_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let there = fake(&folder, "exit 0").openers;
        let missing = calling(&folder.path().join("none")).openers;
        let mut opener = UrlOpener {
            openers: [missing, there].concat().leak(),
            last: None,
        };
        assert_eq!(
            opener.open(&address("https://a.b"), || {}),
            OpenOutcome::Opened
        );
    }

    #[test]
    fn a_program_that_hangs_keeps_nobody_and_leaves_no_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let mut opener = fake(&folder, "read line; echo out; exec sleep 0.2");
        let start = Instant::now();
        assert_eq!(
            opener.open(&address("https://a.b"), || {}),
            OpenOutcome::Opened
        );
        assert_eq!(
            opener.open(&address("https://a.b"), || {}),
            OpenOutcome::TooSoon
        );
        assert!(start.elapsed() < Duration::from_secs(1));
    }

    #[test]
    fn the_clipboard_is_written_in_one_bounded_sequence() {
        let check = |text: &str, expected: Option<&str>| {
            let bytes = clipboard(&SafeText::clean(text));
            assert_eq!(
                bytes.map(|b| String::from_utf8(b).unwrap()).as_deref(),
                expected,
                "{text:?}"
            );
        };
        check(
            "scale to zero",
            Some("\x1b]52;c;c2NhbGUgdG8gemVybw==\x1b\\"),
        );
        check("ls\n", Some("\x1b]52;c;bHM=\x1b\\"));
        check("?", Some("\x1b]52;c;Pw==\x1b\\"));
        check("", Some("\x1b]52;c;\x1b\\"));
        check(&"x".repeat(48 << 10), None);
        assert!(clipboard(&SafeText::clean(&"x".repeat(49_100))).is_some());
    }
}
