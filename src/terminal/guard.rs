//! The terminal, taken and given back.
//!
//! Promises: [`leave`] may be called from any thread, any number of times, in any plight; it puts back the modes that
//! were found, waits at most a moment, takes none of std's locks and never prints. After it nothing more is drawn,
//! until [`reenter`]. A terminal that another job owns is not touched.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, TryLockError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, Mode, OFlags};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetpgrp, tcsetattr,
};

use crate::terminal::job_control;
use crate::terminal::size::Size;

/// Attributes off, alternate screen, cleared, paste marks on, cursor hidden.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[0m\x1b[H\x1b[2J\x1b[?2004h\x1b[?25l";
const LEAVE_SCREEN: &[u8] = b"\x1b[?1049l";
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l";
/// Paste marks, mouse, focus and keyboard flags off, attributes off, cursor shown, alternate screen left, in this order.
const LEAVE: &[u8] = b"\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[<u\x1b[0m\x1b[?25h\x1b[?1049l";
/// Longest wait of anybody but the drawing thread for a terminal that does not read.
const PATIENCE: Duration = Duration::from_millis(100);

/// What may be switched on besides the screen itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Modes {
    /// Clicks, drags and the wheel are reported.
    pub mouse: bool,
}

/// The terminal while it is ours. One at a time; dropping it leaves.
#[derive(Debug)]
pub struct Guard {
    tty: Arc<OwnedFd>,
}

/// What is needed to give the terminal back.
struct SavedTerminal {
    /// Our own non-blocking handle, so that no wait can befall whoever leaves.
    tty: Arc<OwnedFd>,
    /// The modes that were found.
    found: Termios,
    modes: Modes,
    /// Whether we are on the alternate screen now.
    entered: bool,
}

static HELD: Mutex<Option<SavedTerminal>> = Mutex::new(None);
/// Told when the terminal is taken.
static TAKEN: Condvar = Condvar::new();

/// Whether a full-screen program can run at all: both standard input and standard output are a terminal.
pub fn is_interactive() -> bool {
    isatty(stdin()) && isatty(stdout())
}

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, paste marks, hidden cursor. Keys typed before are dropped, since
    /// they were not meant for what is about to be shown. In the background it stops, as reading from there does. On an
    /// error the terminal is as it was.
    pub fn enter(modes: Modes) -> io::Result<Self> {
        if !is_interactive() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "standard input and output must be a terminal",
            ));
        }
        while job_control::is_background() {
            if !job_control::stop() {
                return Err(io::Error::new(
                    io::ErrorKind::Unsupported,
                    "another program has the terminal",
                ));
            }
        }
        let tty = Arc::new(open_own()?);
        let found = tcgetattr(stdin())?;
        *lock() = Some(SavedTerminal {
            tty: Arc::clone(&tty),
            found,
            modes,
            entered: false,
        });
        match reenter() {
            Ok(()) => Ok(Self { tty }),
            Err(error) => {
                leave();
                Err(error)
            }
        }
    }

    /// Where frames are written.
    pub fn screen(&self) -> FrameWriter {
        FrameWriter {
            tty: Arc::clone(&self.tty),
            frame: Vec::with_capacity(64 << 10),
            waits: false,
        }
    }

    /// The size now.
    pub fn size(&self) -> Size {
        Size::of(&self.tty)
    }

    /// Turns mouse reports on or off.
    pub fn set_mouse(&self, on: bool) {
        if let Some(held) = lock().as_mut() {
            held.modes.mouse = on;
            if held.entered {
                let _ = send(&held.tty, if on { MOUSE_ON } else { MOUSE_OFF });
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back. Harmless when it is not ours.
pub fn leave() {
    let Some(mut state) = lock_soon() else { return };
    let Some(held) = state.as_mut().filter(|h| h.entered) else {
        return;
    };
    held.entered = false;
    if job_control::is_background() {
        return;
    }
    let _ = tcsetattr(stdin(), OptionalActions::Now, &held.found);
    let _ = send(&held.tty, LEAVE);
    if held.modes.mouse {
        // Reports that are on their way would be typed into the shell.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
    }
}

/// Takes the terminal again after [`leave`], or anew after somebody else has used it. The screen must then be redrawn
/// as a whole. Does nothing when there is no [`Guard`].
pub fn reenter() -> io::Result<()> {
    let mut state = lock();
    let Some(held) = state.as_mut() else {
        return Ok(());
    };
    let was_entered = std::mem::replace(&mut held.entered, true);
    if !was_entered {
        held.found = tcgetattr(stdin())?;
    }
    let mut raw = held.found.clone();
    raw.make_raw();
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    tcflush(stdin(), QueueSelector::IFlush)?;
    if was_entered {
        // Entering twice would make the terminal forget where the shell's cursor was.
        send(&held.tty, LEAVE_SCREEN)?;
    }
    TAKEN.notify_all();
    send(&held.tty, ENTER)?;
    if held.modes.mouse {
        send(&held.tty, MOUSE_ON)
    } else {
        Ok(())
    }
}

/// Reads what was typed, when it was typed for us: while the terminal is left this waits, since what comes then is meant
/// for the shell. Never waits for keys; 0 bytes are the end, [`Errno::AGAIN`] means that there are none.
pub(crate) fn read(bytes: &mut [u8]) -> rustix::io::Result<usize> {
    let is_left =
        |state: &mut Option<SavedTerminal>| !state.as_ref().is_some_and(|held| held.entered);
    let _held = TAKEN
        .wait_while(lock(), is_left)
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let stdin = stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    match poll(&mut fds, Some(&Timespec::default()))? {
        0 => Err(Errno::AGAIN),
        _ => rustix::io::read(stdin, bytes),
    }
}

/// The size of the terminal that is held, or of standard output.
pub fn size() -> Size {
    let state = lock();
    state
        .as_ref()
        .map_or_else(|| Size::of(stdout()), |held| Size::of(&held.tty))
}

/// Where frames go: gathered in [`FrameWriter::frame`], then sent with as few writes as the terminal takes.
#[derive(Debug)]
pub struct FrameWriter {
    tty: Arc<OwnedFd>,
    /// The bytes of the next frame.
    pub frame: Vec<u8>,
    /// Whether it waits while the terminal does not read. Not before somebody listens who can end the program.
    pub waits: bool,
}

impl FrameWriter {
    /// The size now.
    pub fn size(&self) -> Size {
        Size::of(&self.tty)
    }

    /// Sends the frame. While the terminal does not read this waits, without spinning and without any lock; the signal
    /// thread can end the program all the same. Where it must not wait, the rest of the frame stays for the next time.
    /// While the terminal is left, frames are dropped.
    pub fn send(&mut self) -> io::Result<()> {
        let sent = self.send_all();
        let done = sent.as_ref().map_or(self.frame.len(), |sent| *sent);
        self.frame.drain(..done);
        sent.map(drop)
    }

    /// How many bytes need not be sent any more.
    fn send_all(&self) -> io::Result<usize> {
        let mut sent = 0;
        while let Some(rest) = self.frame.get(sent..).filter(|rest| !rest.is_empty()) {
            match self.write_some(rest) {
                Some(Ok(n)) => sent += n,
                Some(Err(Errno::AGAIN)) if !self.waits => return Ok(sent),
                Some(Err(Errno::AGAIN)) => wait_writable(&self.tty, None)?,
                Some(Err(Errno::INTR)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Ok(self.frame.len()),
            }
        }
        Ok(sent)
    }

    /// One write, or `None` when the terminal is not ours at present. The lock keeps a frame from landing after [`leave`].
    fn write_some(&self, rest: &[u8]) -> Option<rustix::io::Result<usize>> {
        let state = lock();
        let is_ours = state.as_ref().is_some_and(|held| held.entered);
        is_ours.then(|| rustix::io::write(&self.tty, rest))
    }
}

/// Writes a few bytes at once, between two frames; dropped when the terminal is not ours or does not read.
pub(crate) fn tell(bytes: &[u8]) {
    if let Some(held) = lock().as_ref().filter(|h| h.entered) {
        let _ = send(&held.tty, bytes);
    }
}

/// Writes all, but waits no longer than [`PATIENCE`] altogether.
fn send(tty: impl AsFd, mut bytes: &[u8]) -> io::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !bytes.is_empty() {
        match rustix::io::write(&tty, bytes) {
            Ok(n) => bytes = bytes.get(n..).unwrap_or(&[]),
            Err(Errno::AGAIN) => wait_writable(&tty, Some(deadline))?,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Waits until the terminal takes output; an error when it is gone or the time is up.
fn wait_writable(tty: impl AsFd, deadline: Option<Instant>) -> io::Result<()> {
    let left = deadline.map(|d| d.saturating_duration_since(Instant::now()));
    let left = left.map(|d| d.try_into().unwrap_or_default());
    let mut fds = [PollFd::new(&tty, PollFlags::OUT)];
    match poll(&mut fds, left.as_ref()) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_)
            if fds.iter().any(|fd| {
                fd.revents()
                    .intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
            }) =>
        {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Opens standard output's terminal once more, non-blocking. A handle of our own, because that setting would otherwise be
/// shared with the shell that started us.
fn open_own() -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let open = |path: &std::ffi::CStr| {
        rustix::fs::openat(CWD, path, flags, Mode::empty())
            .ok()
            .filter(|fd| isatty(fd))
    };
    // Only a controlling terminal has a group in front to tell of; any other answers with an error.
    let is_controlling = tcgetpgrp(stdout()).is_ok();
    let controlling = is_controlling.then(|| open(c"/dev/tty")).flatten();
    let found = controlling
        .or_else(|| open(c"/proc/self/fd/1"))
        .or_else(|| {
            rustix::termios::ttyname(stdout(), Vec::new())
                .ok()
                .and_then(|name| open(&name))
        });
    match found {
        Some(fd) => Ok(fd),
        // The last resort waits where the others would not.
        None => Ok(rustix::io::fcntl_dupfd_cloexec(stdout(), 3)?),
    }
}

fn lock() -> MutexGuard<'static, Option<SavedTerminal>> {
    HELD.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The lock, unless its holder died with it. It is only ever held for a few system calls that do not wait long.
fn lock_soon() -> Option<MutexGuard<'static, Option<SavedTerminal>>> {
    for _ in 0..250 {
        match HELD.try_lock() {
            Ok(state) => return Some(state),
            Err(TryLockError::Poisoned(state)) => return Some(state.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}
