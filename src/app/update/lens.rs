//! Putting on another lens, or looking from another day: what changes is marked and said once. Lenses of one's own are
//! made, saved, deleted and brought back here.
//! The toast counts the same verdicts that the services show.

use std::sync::Arc;

use crate::app::chrome;
use crate::app::model::{Model, own_lens_notice};
use crate::app::msg::{Effect, LensFileChange};
use crate::app::overlay::{LensEditor, choosers};
use crate::app::route::Route;
use crate::app::update::overlays;
use crate::core::judge::lens_draft::LensDraft;
use crate::pack::own_lenses::written;
use crate::pack::{Fidelity, Lens, OwnLensFile};
use crate::text::{Day, SafeText, measure};

/// Looks through a lens until another is tried or one is put on. What changes is marked as if it were on.
pub(super) fn try_on(model: &mut Model, id: String) {
    let now = (model.view.lens.clone(), model.view.was.clone());
    let (on, was) = model.own_lens.tried_from.take().unwrap_or(now);
    model.view.was = match id == on {
        true => was.clone(),
        false => Some(on.clone()),
    };
    model.own_lens.tried_from = (id != on).then_some((on, was));
    model.view.lens = id;
}

/// Opens the editor with what was left unsaved, with the lens that is on where it is one's own, else with a new one.
pub(super) fn edit_or_go_on(model: &mut Model) {
    if let Some(draft) = model.own_lens.draft.take() {
        open_editor(model, draft);
        return;
    }
    let on = model.view.lens(&model.library);
    let own = on.filter(|lens| lens.fidelity == Fidelity::Own);
    let id = own.map(|lens| lens.id.clone());
    edit(model, id.as_deref());
}

pub(super) fn edit(model: &mut Model, id: Option<&str>) {
    let lens = match id {
        Some(id) => model.library.lens(id),
        None => model.view.lens(&model.library),
    };
    let draft = match (lens, id) {
        (Some(lens), Some(_)) => LensDraft::changing(lens),
        (Some(lens), None) => Some(LensDraft::beginning_from(lens)),
        (None, _) => None,
    };
    match draft {
        Some(draft) => open_editor(model, draft),
        None => {
            model.say("a lens that gives scores is changed in its file; `tozero paths` says where")
        }
    }
}

fn open_editor(model: &mut Model, draft: LensDraft) {
    let library = model.library.clone();
    let table = model
        .screens
        .services
        .read(&library, model.view.as_of)
        .clone();
    overlays::open(model, LensEditor::new(draft, table));
}

pub(super) fn keep_draft(model: &mut Model, draft: LensDraft) {
    model.own_lens.draft = Some(draft);
    model.say("not saved; O goes on with it");
}

/// Asks the world to save a lens. Until it is saved it stays as a draft.
pub(super) fn keep(model: &mut Model, draft: LensDraft) -> Vec<Effect> {
    let pack = &model.library.pack().id;
    let Some(folder) = model.config.own_lenses(pack) else {
        model.own_lens.draft = Some(draft);
        model.say("there is no home folder to save it in; O and then y copies it");
        return Vec::new();
    };
    let lens = draft.lens();
    let path = folder.join(format!("{}.toml", lens.id));
    let file = OwnLensFile {
        id: lens.id.clone(),
        path: path.to_string_lossy().into_owned(),
        text: Ok(written(lens)),
    };
    model.own_lens.draft = Some(draft);
    vec![Effect::ChangeLens(LensFileChange::Write(file))]
}

pub(super) fn delete(model: &mut Model, id: &str) -> Vec<Effect> {
    let mut files = model.library.own_lenses().files().iter();
    let file = files.find(|file| file.id == id).cloned();
    let change = file.map(LensFileChange::Delete);
    change.map(Effect::ChangeLens).into_iter().collect()
}

/// Brings the lens back that was deleted last.
pub(super) fn restore(model: &mut Model) -> Vec<Effect> {
    let change = model.own_lens.deleted.clone().map(LensFileChange::Write);
    change.map(Effect::ChangeLens).into_iter().collect()
}

/// A lens was saved or deleted, or could not be.
pub(super) fn changed(
    model: &mut Model,
    change: LensFileChange,
    why_not: Option<SafeText>,
) -> Vec<Effect> {
    let (file, is_written) = match change {
        LensFileChange::Write(file) => (file, true),
        LensFileChange::Delete(file) => (file, false),
    };
    if let Some(why) = why_not {
        model.toast = Some(match is_written {
            true => crate::safe!("not saved: {why}; O goes on with it"),
            false => crate::safe!("not deleted: {why}"),
        });
        return Vec::new();
    }
    let mut files = model.library.own_lenses().files().to_vec();
    files.retain(|other| other.id != file.id);
    let name = model.library.lens(&file.id).map(|lens| lens.name.clone());
    let id = file.id.clone();
    if is_written {
        let deleted = model.own_lens.deleted.take();
        model.own_lens.deleted = deleted.filter(|deleted| deleted.id != id);
        model.own_lens.draft = None;
        files.push(file);
        files.sort_by(|a, b| a.id.cmp(&b.id));
    } else {
        model.own_lens.deleted = Some(file);
    }
    let rebuild = hold(model, files);
    if is_written {
        put_on(model, id);
        let said = model.toast.take().unwrap_or_default();
        model.toast = Some(crate::safe!("saved · {said}"));
    } else {
        let name = name.unwrap_or_else(|| SafeText::from(id));
        model.toast = Some(crate::safe!("“{name}” is deleted; L brings it back"));
    }
    rebuild.then_some(Effect::Index).into_iter().collect()
}

/// The files of own lenses were read again, since somebody may have changed them meanwhile.
pub(super) fn found(model: &mut Model, files: Vec<OwnLensFile>) -> Vec<Effect> {
    if files == model.library.own_lenses().files() {
        return Vec::new();
    }
    let rebuild = hold(model, files);
    if let Some(notice) = own_lens_notice(&model.library) {
        model.toast = Some(notice);
    }
    rebuild.then_some(Effect::Index).into_iter().collect()
}

/// Takes these files for the user's own lenses; true when the index must be built for it.
fn hold(model: &mut Model, files: Vec<OwnLensFile>) -> bool {
    let index = model.index.take();
    model.library = Arc::new(model.library.with_own_lenses(files));
    // A lens that is gone is no longer looked through.
    let library = &model.library;
    let is_gone = |id: &String| library.lens(id).is_none();
    model.view.was.take_if(|id| is_gone(id));
    if is_gone(&model.view.lens) {
        model.view.lens.clone_from(&library.pack().default_lens);
        model.chosen.lens = Some(model.view.lens.clone());
    }
    model.tell_screens(|screen, ctx| screen.on_reload(ctx));
    // Own lenses stand behind all others, so that every place the index knows stays as it was.
    let rebuild = index.is_none() && std::mem::take(&mut model.index_wanted);
    model.index = index;
    rebuild
}

/// Opens the chooser of lenses, each with how many it gives which verdict.
pub(super) fn choose(model: &mut Model) {
    let (library, day) = (model.library.clone(), model.view.as_of);
    let tallies = model.screens.services.tallies(&library, day);
    overlays::open(model, choosers::lenses(model, &tallies));
}

pub(super) fn put_on(model: &mut Model, id: String) {
    if let Some((on, was)) = model.own_lens.tried_from.take() {
        (model.view.lens, model.view.was) = (on, was);
    }
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
    use crate::pack::OwnLensFile;

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
    fn the_chooser_looks_through_lenses_and_esc_reverts() {
        let view = |keys| {
            let view = App::new().keys(keys).model.view;
            (view.lens, view.was)
        };
        let strict = || ("strict".to_owned(), None);
        let tried = ("degrees".to_owned(), Some("strict".to_owned()));
        assert_eq!(view("Lmore"), tried);
        assert_eq!(view("Lmore<Esc>"), strict());
        assert_eq!(view("Lmore<Ctrl-u>make"), strict());
        assert_eq!(view("Lmore<Enter>"), tried);
        let click = App::new().keys("Lmore");
        let (x, y) = click.find("Learn");
        let view = click.click(x, y).model.view;
        assert_eq!(
            (view.lens, view.was),
            strict(),
            "a click on a tab leaves too"
        );
    }

    #[test]
    fn files_that_were_changed_meanwhile_are_read_when_lenses_are_chosen() {
        let file = |text: &str| OwnLensFile {
            id: "mine".to_owned(),
            path: "lenses/mine.toml".to_owned(),
            text: Ok(text.to_owned()),
        };
        let mut app = App::new();
        app.model.config.file = Some("/settings/config.toml".into());
        let app = app.keys("L");
        let app = app.shows("Choose the lens").hides("Written by hand");
        let mut app = app.keys("<Esc>");
        app.lens_files = vec![file(
            "name = \"Written by hand\"\n[minimum]\nscale_to_zero = \"yes\"\n",
        )];
        let mut app = app.keys("Lwritten<Enter>");
        assert_eq!(app.model.view.lens, "mine");
        app.lens_files = vec![file(
            "name = \"Written again\"\n[minimum]\nscale_to_zero = \"yes\"\n",
        )];
        let app = app.keys("L");
        let app = app.shows("Written again").hides("Written by hand");
        let mut app = app.keys("<Esc>");
        app.lens_files = vec![file("name = \"Bad\"\n[minimum]\nhums = \"yes\"\n")];
        app = app.keys("L");
        assert_eq!(app.model.view.lens, "strict", "what is gone is taken off");
        app.says("your lenses have mistakes; `tozero paths` shows it");
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
