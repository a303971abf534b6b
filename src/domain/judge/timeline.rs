//! How the verdict on a service moved with its history.
//! Promise: the spans follow each other without a gap, oldest first, and each is judged by the facts of its own time.

use crate::base::safe::SafeText;
use crate::content::kind::lens::Lens;
use crate::content::kind::service::Service;
use crate::domain::judge::state::{State, states};
use crate::domain::judge::verdict::{Outcome, read};

/// A time during which the facts stood still.
#[derive(Clone, Debug, PartialEq)]
pub struct Span<'a> {
    /// The service as it was.
    pub state: State<'a>,
    /// What the lens says of it.
    pub outcome: Outcome,
    /// Whether that differs from the span before; false for the first.
    pub moved: bool,
    /// What ended it, where the content says.
    pub ended_by: Option<&'a SafeText>,
}

/// The service's life through a lens, oldest first; a service without history has one span.
pub fn timeline<'a>(service: &'a Service, lens: &Lens) -> Vec<Span<'a>> {
    let mut spans: Vec<Span<'a>> = Vec::with_capacity(service.history.len() + 1);
    for state in states(service) {
        let outcome = read(&state.answers(), state.marketed, lens);
        let moved = spans.last().is_some_and(|last| last.outcome != outcome);
        let ended_by = service.history.iter().find(|h| h.until.is_some() && h.until == state.until);
        spans.push(Span { state, outcome, moved, ended_by: ended_by.and_then(|h| h.note.as_ref()) });
    }
    spans
}
