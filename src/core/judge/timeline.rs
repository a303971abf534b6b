//! How the verdict on a service moved with its history.
//! The spans follow each other without a gap, oldest first, and each is judged by the facts of its own time.

use crate::core::judge::state::{ServiceState, states};
use crate::core::judge::verdict::{LensOutcome, read};
use crate::pack::{Lens, Service};
use crate::text::SafeText;

/// A time during which the facts stood still.
#[derive(Clone, Debug, PartialEq)]
pub struct Period<'a> {
    pub state: ServiceState<'a>,
    pub outcome: LensOutcome,
    /// Whether that differs from the span before; false for the first.
    pub moved: bool,
    /// What ended it, where the content says.
    pub ended_by: Option<&'a SafeText>,
}

/// The service's life through a lens, oldest first; a service without history has one span.
pub fn timeline<'a>(service: &'a Service, lens: &Lens) -> Vec<Period<'a>> {
    let mut spans: Vec<Period<'a>> = Vec::with_capacity(service.history.len() + 1);
    for state in states(service) {
        let outcome = read(&state.answers(), state.marketed, lens);
        let moved = spans.last().is_some_and(|last| last.outcome != outcome);
        let ended_by = service
            .history
            .iter()
            .find(|h| h.until.is_some() && h.until == state.until);
        spans.push(Period {
            state,
            outcome,
            moved,
            ended_by: ended_by.and_then(|h| h.note.as_ref()),
        });
    }
    spans
}
