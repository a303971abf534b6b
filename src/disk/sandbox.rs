//! Opening below a folder and nowhere else.
//! What is opened lies below the folder at the moment it is opened, whoever moves or links files meanwhile.

use std::os::fd::OwnedFd;

use rustix::fs::{Mode, OFlags, openat};
use rustix::io::Errno;

use crate::disk::why;
use crate::pack::ReadError;

/// How often the system may ask to try again, because something was moved just then.
#[cfg(target_os = "linux")]
const TRIES: usize = 16;

/// Opens a path of plain names below a folder. Links inside the folder are followed where the system can hold them to
/// it; elsewhere no link is followed at all.
pub(super) fn open(root: &OwnedFd, path: &str, flags: OFlags) -> Result<OwnedFd, ReadError> {
    match held_by_system(root, path, flags) {
        // Older kernels lack `openat2`, and sandboxes refuse it.
        Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => step_by_step(root, path, flags),
        other => other.map_err(why),
    }
}

#[cfg(target_os = "linux")]
fn held_by_system(root: &OwnedFd, path: &str, flags: OFlags) -> rustix::io::Result<OwnedFd> {
    use rustix::fs::{ResolveFlags, openat2};
    let within = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let mut last = Errno::AGAIN;
    for _ in 0..TRIES {
        match openat2(root, path, flags, Mode::empty(), within) {
            Err(error @ (Errno::AGAIN | Errno::INTR)) => last = error,
            done => return done,
        }
    }
    Err(last)
}

#[cfg(not(target_os = "linux"))]
fn held_by_system(_: &OwnedFd, _: &str, _: OFlags) -> rustix::io::Result<OwnedFd> {
    Err(Errno::NOSYS)
}

/// Folder by folder, following no link.
pub(super) fn step_by_step(
    root: &OwnedFd,
    path: &str,
    flags: OFlags,
) -> Result<OwnedFd, ReadError> {
    let folder = super::READ | OFlags::DIRECTORY | OFlags::NOFOLLOW;
    let (mut here, mut rest) = (None, path);
    while let Some((name, more)) = rest.split_once('/') {
        here = Some(
            openat(here.as_ref().unwrap_or(root), name, folder, Mode::empty()).map_err(link_or)?,
        );
        rest = more;
    }
    openat(
        here.as_ref().unwrap_or(root),
        rest,
        flags | OFlags::NOFOLLOW,
        Mode::empty(),
    )
    .map_err(link_or)
}

/// The refusals of a link differ between systems.
fn link_or(error: Errno) -> ReadError {
    if matches!(error, Errno::LOOP | Errno::MLINK) {
        ReadError::Escapes
    } else {
        why(error)
    }
}
