//! How things are looked at: the lens that is on, the one before it, and the day.
//! Two pages of one entry with equal contexts are equal.

use crate::pack::{Lens, Library};
use crate::text::Day;

/// What an entry is read through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewContext {
    /// The lens that is on, by id.
    pub lens: String,
    /// The lens that was on before, by id, while what changed with it is marked.
    pub was: Option<String>,
    /// The day that facts are asked for; the newest ones when `None`.
    pub as_of: Option<Day>,
    pub today: Day,
}

impl ViewContext {
    /// Through a lens, by id, at the newest facts.
    pub fn new(lens: impl Into<String>, today: Day) -> Self {
        Self {
            lens: lens.into(),
            was: None,
            as_of: None,
            today,
        }
    }

    /// The same on a day.
    #[must_use]
    pub fn on(mut self, day: Option<Day>) -> Self {
        self.as_of = day;
        self
    }

    /// The lens that is on; `None` in a pack that has none of that id.
    pub fn lens<'a>(&self, library: &'a Library) -> Option<&'a Lens> {
        library.lens(&self.lens)
    }

    /// The lens before, while what changed is marked.
    pub fn lens_before<'a>(&self, library: &'a Library) -> Option<&'a Lens> {
        library.lens(self.was.as_deref()?)
    }
}
