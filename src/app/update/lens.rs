//! Putting on another lens, or looking from another day: what changes is marked and said once.
//! The toast counts the same verdicts that the services show.

use crate::app::chrome;
use crate::app::model::Model;
use crate::app::route::Route;
use crate::pack::Lens;
use crate::text::{Day, SafeText, measure};

pub(super) fn put_on(model: &mut Model, id: String) {
    let before = model.view.lens.clone();
    if before != id {
        model.view.lens.clone_from(&id);
        model.view.was = Some(before.clone());
    }
    model.chosen.lens = Some(id.clone());
    let title = chrome::lens_title(model);
    let library = model.library.clone();
    let scores = |id: &str| library.lens(id).is_some_and(Lens::is_score);
    let changes = model
        .screens
        .services
        .changes(&library, model.view.as_of, (&before, &id));
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
    model.view.as_of = day;
    model.toast = Some(match day {
        Some(day) if day > model.view.today => {
            crate::safe!("{day} has not come: these are the newest facts")
        }
        Some(day) => crate::safe!("verdicts as of {day}; D and Enter bring the newest facts back"),
        None => SafeText::ours("the newest facts"),
    });
}

/// Takes the marks of the last change off; false when there were none in view.
pub(super) fn unmark(model: &mut Model) -> bool {
    matches!(model.route, Route::Services(_)) && model.view.was.take().is_some()
}

#[cfg(test)]
mod tests {
    use crate::app::samples::{App, check, check_toasts};

    #[test]
    fn a_change_is_said_once_with_its_number() {
        check_toasts(&[
            ("L<Enter>", "lens: Nothing between guests"),
            (
                "Lmore<Enter>",
                "scores from 0 to 10 · lens: More or less a bell",
            ),
            (
                "Lmore<Enter>Lnothing<Enter>",
                "lens: Nothing between guests",
            ),
        ]);
    }

    #[test]
    fn esc_takes_the_marks_off_on_services_only() {
        let marked = |keys| App::new().keys(keys).model.view.was.is_some();
        assert!(marked("4Lmore<Enter>"));
        assert!(!marked("4Lmore<Enter><Esc>"));
        assert!(marked("Lmore<Enter><Esc>"));
        assert!(!marked("L<Enter>"), "the same lens");
        check(&[("4Lmore<Enter>", "lens  degrees", "")]);
    }
}
