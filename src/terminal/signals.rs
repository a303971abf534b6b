//! Handles signals on a thread of their own that sleeps until one comes.
//!
//! SIGHUP, SIGINT, SIGQUIT and SIGTERM end the program in order with 128 + their number, even while the drawing
//! thread waits for the terminal; SIGTSTP, SIGTTIN and SIGTTOU give the terminal back, stop, and take it again; SIGXFSZ
//! becomes an error of the write that met it. None is handled where only async-signal-safe calls are allowed.

use std::io;

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{
    SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use crate::app::Msg;
use crate::terminal::{exit, guard, job_control, spawn};

const DEADLY: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
const STOPPING: [i32; 3] = [SIGTSTP, SIGTTIN, SIGTTOU];

/// Signals that are caught and kept until somebody listens.
pub struct CaughtSignals(Signals);

/// Catches signals. Call it before the terminal is taken, so that none is missed.
pub fn catch() -> io::Result<CaughtSignals> {
    let others = [SIGCONT, SIGWINCH, SIGXFSZ];
    Signals::new(DEADLY.iter().chain(&STOPPING).chain(&others)).map(CaughtSignals)
}

impl CaughtSignals {
    /// Starts the thread, which handles what has come already too. Call it before anything that can wait.
    pub fn listen(self, sink: impl Fn(Msg) + Send + 'static) -> io::Result<()> {
        let mut signals = self.0;
        let run = move || {
            loop {
                let batch: Vec<i32> = signals.wait().collect();
                handle(&batch, &sink);
            }
        };
        spawn("signals", run)
    }
}

/// For a session in lines: a deadly signal saves first and ends in order, a write beyond the file size limit is an error.
pub fn end_in_order() -> io::Result<()> {
    survive_file_size_limit()?;
    let mut signals = Signals::new(DEADLY)?;
    let run = move || {
        if let Some(signal) = signals.forever().next() {
            exit::end(128 + signal, None);
        }
    };
    spawn("signals", run)
}

/// Makes a write beyond the file size limit an error instead of the end. For commands that run without [`catch`].
pub fn survive_file_size_limit() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default()).map(drop)
}

/// Stops the program as Ctrl-Z does in a cooked terminal: with its whole process group, for a script may be waiting for
/// it. [`Msg::Resumed`] comes when it is resumed. False when no shell could resume it: then nothing happens.
pub fn suspend() -> bool {
    job_control::can_be_resumed() && kill_current_process_group(Signal::TSTP).is_ok()
}

/// Handles the deadly ones first, since the others no longer matter then.
fn handle(batch: &[i32], sink: &impl Fn(Msg)) {
    if let Some(signal) = batch.iter().find(|s| DEADLY.contains(s)) {
        exit::end(128 + signal, None);
    }
    if batch.iter().any(|s| STOPPING.contains(s)) {
        stop();
    }
    // Resuming asks for the size anyway, so a change of size in the same batch needs nothing more.
    if batch.contains(&SIGCONT) {
        resume(sink);
    } else if batch.contains(&SIGWINCH) {
        let size = guard::size();
        sink(Msg::Resize(size.columns, size.rows));
    }
}

fn stop() {
    if job_control::can_be_resumed() {
        guard::leave();
        job_control::stop();
    }
}

/// After `fg` the terminal is ours again. After `bg` it is not: a full-screen program can only stop again.
fn resume(sink: &impl Fn(Msg)) {
    if job_control::is_background() {
        return stop();
    }
    // An error means that the terminal is gone, which the input thread sees too.
    let _ = guard::reenter();
    let size = guard::size();
    sink(Msg::Resumed(size.columns, size.rows));
}
