//! What is written into the record, as a value.

use crate::core::progress::review::{Review, ReviewId};
use crate::core::progress::saved_session::SavedSession;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    Add(Review),
    /// Takes a review back. It may not have come yet: then it is undone when it comes.
    Undo(ReviewId),
    /// Keeps an unfinished session, in place of what was kept of it before.
    SaveSession(SavedSession),
    /// Drops a session by its number: it has ended.
    DropSession(u64),
}

impl Change {
    /// The review that it adds or undoes.
    pub const fn review(&self) -> Option<ReviewId> {
        match self {
            Self::Add(review) => Some(review.id),
            Self::Undo(id) => Some(*id),
            Self::SaveSession(_) | Self::DropSession(_) => None,
        }
    }
}
