//! The world beside the terminal: the browser and the clipboard.
//!
//! Promises: only a [`Url`] is ever handed to another program, as one argument, without a shell and with nothing to
//! read or write; nothing waits for that program; the clipboard is only ever written, through the terminal.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::text::{SafeText, Url};

/// The shortest time between two openings.
const BETWEEN: Duration = Duration::from_millis(500);
/// A browser that fails later than this has been seen; what it says then is its own affair.
const WATCHED: Duration = Duration::from_secs(5);
/// Most bytes of a clipboard sequence: some terminals are brought down by more.
const MAX_CLIPBOARD: usize = 64 << 10;

/// What became of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenOutcome {
    /// A program has taken it.
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

/// What of the environment decides how an address is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DesktopEnvironment {
    /// The terminal is on another machine.
    pub remote: bool,
    /// There is a display of this system's own.
    pub display: bool,
    /// Linux inside Windows, whose browser is used.
    pub windows: bool,
}

impl DesktopEnvironment {
    /// Looks at the environment.
    pub fn look() -> Self {
        let has = |name| std::env::var_os(name).is_some_and(|value: OsString| !value.is_empty());
        Self {
            remote: has("SSH_CONNECTION") || has("SSH_TTY"),
            display: cfg!(target_os = "macos") || has("DISPLAY") || has("WAYLAND_DISPLAY"),
            windows: has("WSL_DISTRO_NAME"),
        }
    }

    /// Programs that open addresses, the best first, with what stands before the address.
    fn openers(self) -> &'static [&'static [&'static str]] {
        match (cfg!(target_os = "macos"), self.windows) {
            (true, _) => &[&["/usr/bin/open"]],
            (false, true) => &[&["wslview"], &["xdg-open"]],
            (false, false) => &[&["xdg-open"], &["gio", "open"]],
        }
    }
}

/// Opens addresses.
#[derive(Debug)]
pub struct UrlOpener {
    surroundings: DesktopEnvironment,
    /// Used instead of the known programs; for tests.
    program: Option<PathBuf>,
    last: Option<Instant>,
}

impl UrlOpener {
    /// An opener for these surroundings; with a program of the caller's choice instead of the known ones, if given.
    pub fn new(surroundings: DesktopEnvironment, program: Option<PathBuf>) -> Self {
        Self {
            surroundings,
            program,
            last: None,
        }
    }

    /// Hands an address to the browser. `failed` is called, on another thread, when the program says within five seconds
    /// that it failed.
    pub fn open(&mut self, address: &Url, failed: impl FnOnce() + Send + 'static) -> OpenOutcome {
        if self.surroundings.remote || !(self.surroundings.display || self.surroundings.windows) {
            return OpenOutcome::NoDisplay;
        }
        if self.last.is_some_and(|last| last.elapsed() < BETWEEN) {
            return OpenOutcome::TooSoon;
        }
        self.last = Some(Instant::now());
        match self.start(address) {
            Ok(Some(child)) => watch(child, failed),
            Ok(None) => OpenOutcome::NoOpener,
            Err(_) => OpenOutcome::Failed,
        }
    }

    /// Starts the first program there is.
    fn start(&self, address: &Url) -> io::Result<Option<Child>> {
        for line in self.lines() {
            match command(&line, address).spawn() {
                Ok(child) => return Ok(Some(child)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Programs with what stands before the address.
    fn lines(&self) -> Vec<Vec<OsString>> {
        let known = self
            .surroundings
            .openers()
            .iter()
            .map(|line| line.iter().map(OsString::from).collect());
        self.program.as_ref().map_or_else(
            || known.collect(),
            |program| vec![vec![program.clone().into()]],
        )
    }
}

/// In a process group of its own, so that neither Ctrl-Z nor a text browser reaches our terminal.
fn command(line: &[OsString], address: &Url) -> Command {
    let (program, before) = line
        .split_first()
        .map_or((OsStr::new(""), [].as_slice()), |(p, b)| (p.as_os_str(), b));
    let mut command = Command::new(program);
    command.args(before).arg(address.as_str());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    command
}

/// Collects the program whenever it ends: it may be the browser itself and stay for hours, so it is never ended by us.
fn watch(mut child: Child, failed: impl FnOnce() + Send + 'static) -> OpenOutcome {
    let start = Instant::now();
    let run = move || {
        let is_well = child.wait().is_ok_and(|status| status.success());
        if !is_well && start.elapsed() < WATCHED {
            failed();
        }
    };
    let watched = std::thread::Builder::new()
        .name("opener".to_owned())
        .spawn(run);
    if watched.is_ok() {
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
    use std::sync::mpsc;

    use super::*;

    const AT_HOME: DesktopEnvironment = DesktopEnvironment {
        remote: false,
        display: true,
        windows: false,
    };

    fn address(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    /// A program that logs its arguments one a line, and then does as told.
    fn fake(folder: &tempfile::TempDir, then: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let (program, log) = (folder.path().join("fake"), folder.path().join("log"));
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> '{}'\n{then}\n",
            log.display()
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    /// Opens with a fake that fails, so that its end is told, and gives what it was called with.
    fn logged(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let (sender, done) = mpsc::channel();
        let mut opener = UrlOpener::new(AT_HOME, Some(fake(&folder, "exit 3")));
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
    fn refusals_are_values() {
        let folder = tempfile::tempdir().unwrap();
        let check = |surroundings, program: Option<PathBuf>, expected| {
            let mut opener = UrlOpener::new(surroundings, program);
            assert_eq!(opener.open(&address("https://a.b"), || {}), expected);
        };
        let there = || Some(fake(&folder, "exit 0"));
        check(
            DesktopEnvironment {
                remote: true,
                ..AT_HOME
            },
            there(),
            OpenOutcome::NoDisplay,
        );
        check(
            DesktopEnvironment {
                display: false,
                ..AT_HOME
            },
            there(),
            OpenOutcome::NoDisplay,
        );
        check(
            DesktopEnvironment {
                display: false,
                windows: true,
                ..AT_HOME
            },
            there(),
            OpenOutcome::Opened,
        );
        check(
            AT_HOME,
            Some(folder.path().join("none")),
            OpenOutcome::NoOpener,
        );
        check(AT_HOME, Some(folder.path().to_owned()), OpenOutcome::Failed);
    }

    #[test]
    fn a_program_that_hangs_keeps_nobody_and_leaves_no_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let mut opener = UrlOpener::new(
            AT_HOME,
            Some(fake(&folder, "read line; echo out; exec sleep 0.2")),
        );
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
    fn openers_are_known_programs() {
        let linux = |windows| DesktopEnvironment { windows, ..AT_HOME }.openers().concat();
        if cfg!(target_os = "linux") {
            assert_eq!(linux(false), ["xdg-open", "gio", "open"]);
            assert_eq!(linux(true), ["wslview", "xdg-open"]);
        }
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
