//! The one channel that everything the loop reacts to comes through.
//! Promise: waiting costs nothing while nothing happens.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Most messages taken before the screen is drawn again, so that a flood cannot keep it from being drawn.
const MOST_AT_ONCE: usize = 4096;

/// The receiving end.
#[derive(Debug)]
pub struct EventReceiver<T>(Receiver<T>);

impl<T> EventReceiver<T> {
    /// A channel. Keep a sender in the loop, so that the inbox never closes under it.
    pub fn new() -> (Sender<T>, Self) {
        let (sender, receiver) = channel();
        (sender, Self(receiver))
    }

    /// The next message; waits for it, for ever or as long as said. `None` when there was none in time, or when all
    /// senders are gone.
    pub fn next(&self, timeout: Option<Duration>) -> Option<T> {
        match timeout {
            Some(timeout) => self.0.recv_timeout(timeout).ok(),
            None => self.0.recv().ok(),
        }
    }

    /// What else has come already.
    pub fn drain(&self) -> impl Iterator<Item = T> + '_ {
        self.0.try_iter().take(MOST_AT_ONCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_come_is_drained_in_order() {
        let (sender, inbox) = EventReceiver::new();
        for n in 0..5000 {
            sender.send(n).unwrap();
        }
        assert_eq!(inbox.next(None), Some(0));
        assert_eq!(
            inbox.drain().collect::<Vec<_>>(),
            (1..=4096).collect::<Vec<_>>()
        );
        assert_eq!(inbox.drain().count(), 903);
        assert_eq!(inbox.next(Some(Duration::ZERO)), None);
    }
}
