//! A last message to standard error, which nobody may read any more.

use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::stdio::stderr;

use crate::text::SafeText;

/// How long a message may wait for whoever reads standard error.
const PRINT_LIMIT: Duration = Duration::from_millis(100);

/// One message to standard error, best effort: cut off rather than waited for.
pub fn print_error(message: &SafeText) {
    let error = stderr();
    // A terminal that is writable takes at least this much without waiting.
    for piece in format!("{message}\n").as_bytes().chunks(128) {
        let left = PRINT_LIMIT.try_into().unwrap_or_default();
        let mut fds = [PollFd::new(&error, PollFlags::OUT)];
        if !poll(&mut fds, Some(&left)).is_ok_and(|ready| ready > 0)
            || rustix::io::write(error, piece).is_err()
        {
            return;
        }
    }
}
