//! Takes the terminal for the full-screen program and gives it back.
//!
//! [`leave`] may be called from any thread, any number of times, in any state: it puts back the modes that were found,
//! waits at most a moment, takes none of std's locks and never prints. After it nothing more is drawn, until [`reenter`].
//! A terminal that another job owns is not touched. `ratatui::restore` keeps none of this: it takes the lock of standard
//! output, which a drawing thread may hold while it waits for the terminal, and it prints, which panics when the
//! terminal is gone.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, Mode, OFlags};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize,
    tcsetattr, ttyname,
};

use crate::terminal::commands::{enter_commands, leave_commands, mouse_commands};
use crate::terminal::job_control;
use crate::terminal::size::Size;

/// Longest wait of any but the drawing thread for a terminal that does not read.
const MAX_WAIT: Duration = Duration::from_millis(100);

/// The terminal while it is ours. One at a time; dropping it leaves.
#[derive(Debug)]
pub struct Guard {
    tty: Arc<OwnedFd>,
}

/// What is needed to give the terminal back.
struct SavedTerminal {
    /// Our own non-blocking handle, so that whoever leaves never has to wait.
    tty: Arc<OwnedFd>,
    /// The modes that were found.
    original: Termios,
    mouse: bool,
    /// Whether we are on the alternate screen now.
    entered: bool,
}

static TERMINAL: Mutex<Option<SavedTerminal>> = Mutex::new(None);
/// Notified when the terminal is taken.
static ENTERED: Condvar = Condvar::new();

/// Whether a full-screen program can run at all: both standard input and standard output are a terminal.
pub fn is_interactive() -> bool {
    isatty(stdin()) && isatty(stdout())
}

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, hidden cursor, mouse reports if asked for. Keys
    /// typed before are dropped, since they were not meant for what is about to be shown. In the background it stops, as
    /// reading from there does. On an error the terminal is as it was.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let unsupported = |why| Err(io::Error::new(io::ErrorKind::Unsupported, why));
        if !is_interactive() {
            return unsupported("standard input and output must be a terminal");
        }
        while job_control::is_background() {
            if !job_control::stop() {
                return unsupported("another program has the terminal");
            }
        }
        let tty = Arc::new(open_own()?);
        *lock() = Some(SavedTerminal {
            tty: Arc::clone(&tty),
            original: tcgetattr(stdin())?,
            mouse,
            entered: false,
        });
        // Made before the attempt: an error drops it, and that leaves.
        let guard = Self { tty };
        reenter()?;
        Ok(guard)
    }

    pub fn screen(&self) -> FrameWriter {
        FrameWriter {
            tty: Arc::clone(&self.tty),
            waits: false,
        }
    }

    pub fn size(&self) -> Size {
        size_of(&self.tty)
    }

    /// Turns mouse reports on or off.
    pub fn set_mouse(&self, on: bool) {
        if let Some(held) = lock().as_mut() {
            held.mouse = on;
            if held.entered {
                let _ = send(&held.tty, mouse_commands(on));
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back. Does nothing when it is not ours.
pub fn leave() {
    let Some(mut state) = lock_soon() else { return };
    let Some(held) = state.as_mut().filter(|held| held.entered) else {
        return;
    };
    // First, so that no frame follows and nobody leaves twice, whatever fails below.
    held.entered = false;
    // The program in the foreground has set the modes it needs; changing them from here would stop us.
    if job_control::is_background() {
        return;
    }
    // Now, not after the output has drained: a stalled terminal never drains.
    let _ = tcsetattr(stdin(), OptionalActions::Now, &held.original);
    let _ = leave_commands().and_then(|bytes| send(&held.tty, &bytes));
    if held.mouse {
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
    // While the terminal was left, others may have changed its modes; those are to be given back.
    if !was_entered {
        held.original = tcgetattr(stdin())?;
    }
    let mut raw = held.original.clone();
    raw.make_raw();
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    tcflush(stdin(), QueueSelector::IFlush)?;
    ENTERED.notify_all();
    send(&held.tty, &enter_commands(was_entered, held.mouse)?)
}

/// Reads what was typed, when it was typed for us: while the terminal is left this waits, since what comes then is meant
/// for the shell. Never waits for keys; 0 bytes are the end, [`Errno::AGAIN`] means that there are none.
pub(crate) fn read(bytes: &mut [u8]) -> rustix::io::Result<usize> {
    let is_left =
        |state: &mut Option<SavedTerminal>| !state.as_ref().is_some_and(|held| held.entered);
    let _held = ENTERED
        .wait_while(lock(), is_left)
        .unwrap_or_else(PoisonError::into_inner);
    let stdin = stdin();
    // Asked first, since a read that blocks would hold the lock that leaving needs.
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    match poll(&mut fds, Some(&Timespec::default()))? {
        0 => Err(Errno::AGAIN),
        _ => rustix::io::read(stdin, bytes),
    }
}

/// The size of the terminal that is held, or of standard output.
pub fn size() -> Size {
    lock()
        .as_ref()
        .map_or_else(|| size_of(stdout()), |held| size_of(&held.tty))
}

/// Asks a terminal for its size, by ioctl and never by running a program as crossterm does; 80×24 when it cannot be asked.
fn size_of(terminal: impl AsFd) -> Size {
    tcgetwinsize(terminal).map_or(Size::bounded(0, 0), |w| Size::bounded(w.ws_col, w.ws_row))
}

/// What the environment means where it says nothing: nothing, here.
pub const fn usual_variables() -> [(&'static str, &'static str); 0] {
    []
}

/// Sends frames to the terminal, with as few writes as it takes.
#[derive(Debug)]
pub struct FrameWriter {
    tty: Arc<OwnedFd>,
    /// Whether it waits while the terminal does not read. Not before the signal thread runs, which can end the program.
    pub waits: bool,
}

impl FrameWriter {
    /// Sends a frame and removes from it what was sent. While the terminal does not read this waits, without spinning and
    /// without any lock; the signal thread can end the program all the same. Where it must not wait, the rest of the frame
    /// stays for the next time. While the terminal is left, frames are dropped.
    pub fn send(&self, frame: &mut Vec<u8>) -> io::Result<()> {
        while !frame.is_empty() {
            match self.write_some(frame) {
                Some(Ok(n)) => drop(frame.drain(..n)),
                Some(Err(Errno::AGAIN)) if !self.waits => return Ok(()),
                Some(Err(Errno::AGAIN)) => wait_writable(&self.tty, None)?,
                Some(Err(Errno::INTR)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => frame.clear(),
            }
        }
        Ok(())
    }

    /// One write, or `None` when the terminal is not ours at present. The lock keeps a frame from landing after [`leave`].
    fn write_some(&self, rest: &[u8]) -> Option<rustix::io::Result<usize>> {
        let state = lock();
        let is_ours = state.as_ref().is_some_and(|held| held.entered);
        is_ours.then(|| rustix::io::write(&self.tty, rest))
    }
}

/// Writes a few bytes at once, between two frames; dropped when the terminal is not ours or does not read.
pub(crate) fn write(bytes: &[u8]) {
    if let Some(held) = lock().as_ref().filter(|held| held.entered) {
        let _ = send(&held.tty, bytes);
    }
}

/// Writes all, but waits no longer than [`MAX_WAIT`] altogether.
fn send(tty: impl AsFd, mut bytes: &[u8]) -> io::Result<()> {
    let deadline = Instant::now() + MAX_WAIT;
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
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    let mut fds = [PollFd::new(&tty, PollFlags::OUT)];
    match poll(&mut fds, left.as_ref()) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) if fds.iter().any(|fd| fd.revents().intersects(gone)) => {
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
        let opened = rustix::fs::openat(CWD, path, flags, Mode::empty()).ok();
        opened.filter(|fd| isatty(fd))
    };
    // Only a controlling terminal has a foreground group to ask for; any other answers with an error.
    let is_controlling = tcgetpgrp(stdout()).is_ok();
    let by_path = (is_controlling.then(|| open(c"/dev/tty")).flatten())
        .or_else(|| open(c"/proc/self/fd/1"))
        .or_else(|| open(&ttyname(stdout(), Vec::new()).ok()?));
    match by_path {
        Some(fd) => Ok(fd),
        // The last resort waits where the others would not.
        None => Ok(rustix::io::fcntl_dupfd_cloexec(stdout(), 3)?),
    }
}

fn lock() -> MutexGuard<'static, Option<SavedTerminal>> {
    TERMINAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock, unless its holder died with it. It is only ever held for a few system calls that do not wait long.
fn lock_soon() -> Option<MutexGuard<'static, Option<SavedTerminal>>> {
    for _ in 0..250 {
        match TERMINAL.try_lock() {
            Ok(state) => return Some(state),
            Err(TryLockError::Poisoned(state)) => return Some(state.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Guard {
        /// A guard of something that is no terminal.
        pub(in crate::terminal) fn of(tty: OwnedFd) -> Self {
            Self { tty: Arc::new(tty) }
        }
    }

    impl FrameWriter {
        pub(in crate::terminal) fn to(tty: OwnedFd) -> Self {
            Self {
                tty: Arc::new(tty),
                waits: true,
            }
        }
    }

    #[test]
    fn frames_are_dropped_while_the_terminal_is_not_ours() {
        let (_end, pipe) = std::io::pipe().unwrap();
        let writer = FrameWriter::to(pipe.into());
        let mut frame = b"a frame".to_vec();
        writer.send(&mut frame).unwrap();
        assert!(frame.is_empty());
        // Nothing is held: these do nothing, and come back.
        leave();
        write(b"a question");
        reenter().unwrap();
        assert!(lock().is_none());
    }

    #[test]
    fn what_is_no_terminal_has_the_usual_size() {
        let (end, _pipe) = std::io::pipe().unwrap();
        assert_eq!(size_of(end), Size::bounded(80, 24));
    }
}
