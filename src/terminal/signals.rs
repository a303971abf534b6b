//! Signals, on a thread of their own that sleeps until one comes.
//!
//! Promises: SIGHUP, SIGINT, SIGQUIT and SIGTERM end the program in order with 128 + their number, even while the drawing
//! thread waits for the terminal; SIGTSTP, SIGTTIN and SIGTTOU give the terminal back, stop, and take it again; SIGXFSZ
//! becomes an error of the write that met it. None is handled where only async-signal-safe calls are allowed.

use std::io;

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{
    SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use crate::app::Msg;
use crate::terminal::{exit, guard, job_control};

/// Those that end the program.
const DEADLY: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
/// Those that stop it.
const STOPPING: [i32; 3] = [SIGTSTP, SIGTTIN, SIGTTOU];

/// Signals that are caught and kept until somebody listens.
pub struct CaughtSignals(Signals);

/// Catches them. Call it before the terminal is taken, so that none falls between.
pub fn catch() -> io::Result<CaughtSignals> {
    Signals::new(
        DEADLY
            .iter()
            .chain(&STOPPING)
            .chain(&[SIGCONT, SIGWINCH, SIGXFSZ]),
    )
    .map(CaughtSignals)
}

impl CaughtSignals {
    /// Starts the thread. Call it before anything that can wait; it takes part in what comes from now on and in what came.
    pub fn listen(self, sink: impl Fn(Msg) + Send + 'static) -> io::Result<()> {
        let mut signals = self.0;
        let run = move || {
            loop {
                let came: Vec<i32> = signals.wait().collect();
                handle(&came, &sink);
            }
        };
        std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(run)
            .map(drop)
    }
}

/// Makes a write beyond the file size limit an error instead of the end. For commands that run without [`catch`].
pub fn survive_file_size_limit() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default()).map(drop)
}

/// Stops the program as Ctrl-Z does in a cooked terminal: with its whole process group, for a script may be waiting for
/// it. [`Msg::Resumed`] comes when it goes on. False when no shell could make it go on: then nothing happens.
pub fn suspend() -> bool {
    job_control::can_be_resumed() && kill_current_process_group(Signal::TSTP).is_ok()
}

/// One batch: the deadly first, since the others no longer matter then.
fn handle(came: &[i32], sink: &impl Fn(Msg)) {
    if let Some(signal) = came.iter().find(|s| DEADLY.contains(s)) {
        exit::end(128 + signal, None);
    }
    if came.iter().any(|s| STOPPING.contains(s)) {
        stop();
    }
    if came.contains(&SIGCONT) {
        go_on(sink);
    } else if came.contains(&SIGWINCH) {
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
fn go_on(sink: &impl Fn(Msg)) {
    if job_control::is_background() {
        return stop();
    }
    // An error means that the terminal is gone, which the input thread sees too.
    let _ = guard::reenter();
    let size = guard::size();
    sink(Msg::Resumed(size.columns, size.rows));
}
