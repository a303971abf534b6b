//! Putting on another lens, or looking from another day: what changes is marked and said once.
//! Promise: the toast's count is of the same verdicts that the services show.

use crate::app::chrome;
use crate::app::model::Model;
use crate::app::route::Route;
use crate::pack::Lens;
use crate::text::{Day, SafeText, measure};

/// Puts a lens on.
pub(super) fn put_on(model: &mut Model, id: String) {
    let before = model.settings.lens.clone();
    if before != id {
        model.settings.lens.clone_from(&id);
        model.settings.was = Some(before.clone());
    }
    let title = chrome::lens_title(model);
    let library = model.library.clone();
    let scores = |id: &str| library.lens(id).is_some_and(Lens::is_score);
    let changes = model
        .screens
        .services
        .changes(&library, model.settings.as_of, (&before, &id));
    model.toast = Some(match changes {
        _ if before == id => crate::safe!("lens: {title}"),
        _ if scores(&id) => crate::safe!("scores from 0 to 10 · lens: {title}"),
        Some(0) => crate::safe!("no verdict changed · lens: {title}"),
        Some(n) => crate::safe!(
            "{} · lens: {title}",
            measure::count(n, "verdict changed", "verdicts changed")
        ),
        None => crate::safe!("lens: {title}"),
    });
}

/// Looks at facts as they were on a day.
pub(super) fn look_from(model: &mut Model, day: Option<Day>) {
    model.settings.as_of = day;
    model.toast = Some(match day {
        Some(day) if day > model.settings.today => {
            crate::safe!("{day} has not come: these are the newest facts")
        }
        Some(day) => crate::safe!("verdicts as of {day}; D and Enter bring the newest facts back"),
        None => SafeText::ours("the newest facts"),
    });
}

/// Takes the marks of the last change off; false when there were none in sight.
pub(super) fn unmark(model: &mut Model) -> bool {
    matches!(model.route, Route::Services(_)) && model.settings.was.take().is_some()
}
