//! Our place among the shell's jobs: nothing here touches the terminal, and we never stop where nobody could resume us.
//!
//! Groups and sessions are asked of `nix`, where a number is a number: in a container the leader may live outside, and then
//! the kernel answers 0, which `rustix` takes to be impossible.

use std::os::fd::AsFd;

use nix::unistd::{getpgrp, getppid, getsid, tcgetpgrp};
use rustix::process::{Signal, getpid, kill_process};
use rustix::stdio::stdin;

/// Whether another job owns the terminal: then touching it would stop us or spoil the other's modes.
pub(crate) fn is_background() -> bool {
    tcgetpgrp(stdin().as_fd()).is_ok_and(|owner| owner != getpgrp())
}

/// Whether a shell would resume us: our parent is in our session, and we are not in the session leader's own group. In
/// an orphaned group nobody would send SIGCONT, and the kernel drops SIGTSTP there too.
pub(crate) fn can_be_resumed() -> bool {
    let Ok(session) = getsid(None) else {
        return false;
    };
    let parent = Some(getppid()).filter(|parent| parent.as_raw() > 0);
    let parents_session = parent.and_then(|parent| getsid(Some(parent)).ok());
    // Without a parent in the same session there is no shell that could resume us.
    session.as_raw() > 0 && session != getpgrp() && parents_session == Some(session)
}

/// Stops until a shell resumes us; false where none would. By SIGSTOP, since SIGTSTP is caught.
pub(crate) fn stop() -> bool {
    can_be_resumed() && kill_process(getpid(), Signal::STOP).is_ok()
}
