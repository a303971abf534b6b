//! A terminal to run programs in: keys in, screen out, signals, hang-up, and what is left behind.
//! It waits for what should happen, up to a deadline, and shows the screen when it did not.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{Termios, tcgetattr};
use rustix::time::Timespec;

use super::ledger::Ledger;

/// How long anything may take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(10);
/// What the harness writes behind a program's last output, to know that it has read all.
const MARK: &[u8] = b"\x1b]harness\x07";

/// A program in a terminal of its own.
pub(crate) struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// Our own handle of the program's side: it keeps the modes readable after the program's end.
    slave: Option<File>,
    child: Box<dyn Child + Send + Sync>,
    tape: Arc<Tape>,
    reader: Option<JoinHandle<()>>,
    found: Termios,
    /// A home of its own, unless one is given: what the app remembers must not reach another test.
    _home: tempfile::TempDir,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Exit {
    /// Exit status; 0 when a signal killed it.
    pub(crate) code: u32,
    /// The name of the signal that killed it.
    pub(crate) signal: Option<String>,
    /// Processor time of its whole life, in seconds, where the system tells.
    pub(crate) cpu: f64,
}

/// What the reading thread and the test share.
struct Tape {
    state: Mutex<State>,
    news: Condvar,
}

struct State {
    raw: Vec<u8>,
    parser: vt100::Parser,
    paused: bool,
    closed: bool,
}

impl Pty {
    /// Starts a program at a size of columns and rows, with variables set besides `TERM=xterm-256color` and `PAGER=cat`.
    pub(crate) fn spawn(
        program: &Path,
        arguments: &[&str],
        size: (u16, u16),
        variables: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).expect("a pty");
        let slave = slave_of(pair.master.as_ref());
        let found = tcgetattr(&slave).expect("the modes of a fresh pty");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for name in [
            "COLORFGBG",
            "DISPLAY",
            "NO_COLOR",
            "SSH_TTY",
            "SSH_CONNECTION",
            "LC_ALL",
        ] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("PAGER", "cat");
        let home = tempfile::tempdir().expect("a home");
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            command.env(name, home.path());
        }
        variables
            .iter()
            .for_each(|(name, value)| command.env(name, value));
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let tape = Arc::new(Tape::new(size));
        let source = pair.master.try_clone_reader().expect("a reader");
        let reader = std::thread::spawn({
            let tape = Arc::clone(&tape);
            move || tape.record(source)
        });
        let writer = pair.master.take_writer().ok();
        Self {
            master: Some(pair.master),
            writer,
            slave: Some(slave),
            child,
            tape,
            reader: Some(reader),
            found,
            _home: home,
        }
    }

    /// Types bytes.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer
            .write_all(bytes.as_ref())
            .and_then(|()| writer.flush())
            .expect("the terminal takes keys");
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), |screen| screen.contains(text));
    }

    /// Waits until the screen is as asked.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let reached = self
            .tape
            .wait(|state| holds(&state.parser.screen().contents()));
        assert!(
            reached,
            "waited in vain for {what}; the screen is:\n{}",
            self.screen()
        );
    }

    /// Waits until the raw output so far contains these bytes.
    #[track_caller]
    pub(crate) fn wait_for_raw(&self, bytes: &[u8]) {
        let reached = self.tape.wait(|state| contains(&state.raw, bytes));
        assert!(
            reached,
            "waited in vain for {:?}",
            String::from_utf8_lossy(bytes)
        );
    }

    /// Waits until the program has read all that was typed.
    #[track_caller]
    pub(crate) fn wait_read(&self) {
        self.wait_system("the program to read", || self.is_read());
    }

    /// Waits until the program has read all that was typed, has given up what was begun, and waits for the next byte.
    #[track_caller]
    pub(crate) fn wait_rest(&self) {
        self.wait_system("the program's rest", || {
            self.is_read() && waits_for_ever(self.pid(), "input")
        });
    }

    /// Whether nothing lies unread in the terminal. Asking so moves along what the system still holds back.
    fn is_read(&self) -> bool {
        let slave = self.slave.as_ref().expect("the terminal is open");
        let mut fds = [PollFd::new(slave, PollFlags::IN)];
        poll(&mut fds, Some(&Timespec::default())).expect("a terminal can be asked") == 0
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        self.tape.lock().parser.screen().contents()
    }

    /// Everything the program has written so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.tape.lock().raw.clone()
    }

    /// Gives the terminal another size; the program is told by SIGWINCH.
    pub(crate) fn resize(&self, size: (u16, u16)) {
        let (rows, columns) = model_size(size);
        self.tape.lock().parser.screen_mut().set_size(rows, columns);
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(pty_size(size)).expect("a pty takes a size");
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("the program is there");
    }

    /// The process that was started.
    pub(crate) fn pid(&self) -> Pid {
        let pid = self
            .child
            .process_id()
            .and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?));
        pid.expect("a started program has a number")
    }

    /// Stops or resumes reading what the program writes, as a stalled connection does.
    pub(crate) fn pause(&self, paused: bool) {
        self.tape.lock().paused = paused;
        self.tape.news.notify_all();
    }

    /// Closes the terminal, as a window that is closed.
    pub(crate) fn hang_up(&mut self) {
        self.tape.lock().closed = true;
        self.tape.news.notify_all();
        self.writer = None;
        self.master = None;
        // Wakes the reading thread, which holds the last handle.
        let poked = self.slave.take().map(|mut slave| slave.write_all(b"."));
        assert!(poked.is_some(), "a terminal is closed once");
        self.reader.take().map(JoinHandle::join);
    }

    /// Waits for the program's end.
    #[track_caller]
    pub(crate) fn wait_exit(&mut self) -> Exit {
        let (start, mut cpu) = (Instant::now(), 0.0);
        while start.elapsed() < DEADLINE {
            cpu = cpu_seconds(self.pid()).unwrap_or(cpu);
            if let Some(status) = self
                .child
                .try_wait()
                .expect("the program can be waited for")
            {
                let signal = status.signal().map(str::to_owned);
                return Exit {
                    code: if signal.is_some() {
                        0
                    } else {
                        status.exit_code()
                    },
                    signal,
                    cpu,
                };
            }
            self.tape.nap();
        }
        panic!(
            "the program does not end; the screen is:\n{}",
            self.screen()
        );
    }

    /// Holds a finished program to its promise: modes as found, nothing left on.
    #[track_caller]
    pub(crate) fn assert_restored(&mut self) -> Ledger {
        let slave = self.slave.as_mut().expect("the terminal is open");
        slave.write_all(MARK).expect("the terminal is open");
        self.wait_for_raw(MARK);
        self.assert_cooked();
        let raw = self.raw();
        let ledger = Ledger::of(raw.strip_suffix(MARK).unwrap_or(&raw));
        assert!(ledger.is_clean(), "left on: {ledger:?}");
        ledger
    }

    /// Holds it to half of that promise, which does not need what it wrote: the modes are as found.
    #[track_caller]
    pub(crate) fn assert_cooked(&self) {
        let now = tcgetattr(self.slave.as_ref().expect("the terminal is open"))
            .expect("the modes of a pty");
        assert_eq!(
            format!("{now:?}"),
            format!("{:?}", self.found),
            "termios as found"
        );
    }

    /// The modes now, as text to compare.
    pub(crate) fn modes(&self) -> String {
        let slave = self.slave.as_ref().expect("the terminal is open");
        format!(
            "{:?}",
            tcgetattr(slave).expect("the modes of a pty").local_modes
        )
    }

    /// Waits until a condition of the system holds, such as a process state.
    #[track_caller]
    pub(crate) fn wait_system(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(
                start.elapsed() < DEADLINE,
                "waited in vain for {what}; the screen is:\n{}",
                self.screen()
            );
            self.tape.nap();
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Tape {
    fn new(size: (u16, u16)) -> Self {
        let (rows, columns) = model_size(size);
        let parser = vt100::Parser::new(rows, columns, 0);
        Self {
            state: Mutex::new(State {
                raw: Vec::new(),
                parser,
                paused: false,
                closed: false,
            }),
            news: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn record(&self, mut source: impl Read) {
        let mut bytes = [0; 1 << 16];
        while let Ok(n @ 1..) = source.read(&mut bytes) {
            let mut state = self.lock();
            let chunk = bytes.get(..n).unwrap_or(&[]);
            state.raw.extend_from_slice(chunk);
            state.parser.process(chunk);
            self.news.notify_all();
            while state.paused && !state.closed {
                state = self
                    .news
                    .wait(state)
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
            }
            if state.closed {
                return;
            }
        }
    }

    fn wait(&self, holds: impl Fn(&State) -> bool) -> bool {
        let (start, mut state) = (Instant::now(), self.lock());
        while !holds(&state) {
            let Some(left) = DEADLINE.checked_sub(start.elapsed()) else {
                return false;
            };
            state = self
                .news
                .wait_timeout(state, left)
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .0;
        }
        true
    }

    /// Until something is written, or 2 ms.
    fn nap(&self) {
        drop(
            self.news
                .wait_timeout(self.lock(), Duration::from_millis(2)),
        );
    }
}

/// The process's state letter: S sleeps, T is stopped.
pub(crate) fn process_state(pid: Pid) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

/// Whether a process has a thread of that name.
pub(crate) fn has_thread(pid: Pid, name: &str) -> bool {
    thread(pid, name).is_some()
}

/// Where the system tells about a thread of that name.
fn thread(pid: Pid, name: &str) -> Option<PathBuf> {
    let threads = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero()))
        .into_iter()
        .flatten()
        .flatten();
    let named = |path: &PathBuf| {
        std::fs::read_to_string(path.join("comm")).is_ok_and(|comm| comm.trim() == name)
    };
    threads.map(|thread| thread.path()).find(named)
}

/// Whether a thread waits for input without a limit: the third word of `poll` and `ppoll` is how long, -1 or none then.
fn waits_for_ever(pid: Pid, name: &str) -> bool {
    let call = thread(pid, name).map(|thread| std::fs::read_to_string(thread.join("syscall")));
    let call = call.and_then(Result::ok).unwrap_or_default();
    matches!(
        call.split_whitespace().nth(3),
        Some("0x0" | "0xffffffff" | "0xffffffffffffffff")
    )
}

/// The most memory a process has held so far, in KiB.
pub(crate) fn peak_memory(pid: Pid) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero())).ok()?;
    status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))?
        .trim()
        .split(' ')
        .next()?
        .parse()
        .ok()
}

/// The children of a process.
pub(crate) fn children(pid: Pid) -> Vec<Pid> {
    let n = pid.as_raw_nonzero();
    let list = std::fs::read_to_string(format!("/proc/{n}/task/{n}/children")).unwrap_or_default();
    list.split_whitespace()
        .filter_map(|n| Pid::from_raw(n.parse().ok()?))
        .collect()
}

/// Clock ticks are hundredths on every Linux.
fn cpu_seconds(pid: Pid) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let mut fields = stat
        .rsplit_once(") ")?
        .1
        .split(' ')
        .skip(11)
        .map(|n| n.parse::<f64>());
    Some((fields.next()?.ok()? + fields.next()?.ok()?) / 100.0)
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|w| w == part)
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// Rows and columns of the model that reads the output; a size of nothing is shown as the usual one.
fn model_size((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let (columns, rows) = if (columns, rows) == (0, 0) {
        (80, 24)
    } else {
        (columns, rows)
    };
    let within = |n: u16, most| NonZeroU16::new(n.clamp(1, most)).expect("at least one");
    (within(rows, 300), within(columns, 600))
}

fn slave_of(master: &dyn MasterPty) -> File {
    use std::os::unix::fs::OpenOptionsExt;
    let name = master.tty_name().expect("a pty has a name");
    let flags = rustix::fs::OFlags::NOCTTY.bits() as i32;
    OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(flags)
        .open(name)
        .expect("the program's side opens")
}
