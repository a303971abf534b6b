//! What ends the program from outside, on Windows: Ctrl-Break, and the end of the console, the session or the system.
//!
//! While the terminal is ours, Ctrl-C is a key. The end is in order, with the status of Ctrl-C; a console that is being closed
//! may be quicker, so that then only what was saved before is sure.

use std::io;

use crate::app::Msg;
use crate::terminal::exit;

/// That the end is listened for.
pub struct CaughtSignals;

/// Listens for the end from now on. Call it before the terminal is taken, so that none is missed.
pub fn catch() -> io::Result<CaughtSignals> {
    let end = || exit::end(i32::from(exit::INTERRUPTED), None);
    ctrlc::set_handler(move || end()).map_err(io::Error::other)?;
    Ok(CaughtSignals)
}

impl CaughtSignals {
    /// Nothing: the end is listened for on a thread of its own already, and the size comes with the keys.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub fn listen(self, _: impl Fn(Msg) + Send + 'static) -> io::Result<()> {
        Ok(())
    }
}

/// For a session in lines: the end from outside saves first and ends in order.
pub fn end_in_order() -> io::Result<()> {
    catch().map(drop)
}

/// Nothing: there is no such limit here.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub const fn survive_file_size_limit() -> io::Result<()> {
    Ok(())
}

/// False: no shell of Windows could resume the program.
pub const fn suspend() -> bool {
    false
}
