//! Opening overlays, and keys while one lies on top of the screen. Esc closes exactly the one on top.

use crate::app::action::{Action, GlobalAction};
use crate::app::component::{Overlay, Response};
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::{Popup, Search, choosers};
use crate::app::update::respond;
use crate::app::widget::FramedPage;
use crate::text::SafeText;
use crate::views;

/// Takes a key while something lies on top.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let is_close = model.config.keymap.action(&[Scope::Everywhere], key)
        == Some(Action::Global(GlobalAction::Close));
    let toast = model.toast.take();
    let Some((overlay, ctx)) = model.overlay_mut() else {
        return Vec::new();
    };
    let response = if is_close {
        Response {
            close: true,
            ..overlay.on_close()
        }
    } else {
        overlay.on_key(key, &ctx)
    };
    if !response.handled {
        model.toast = toast;
    }
    respond(model, response)
}

/// Closes all that lies over the screen, as Esc would.
pub(super) fn close_all(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(mut overlay) = model.overlays.pop() {
        let response = Response {
            close: false,
            ..overlay.on_close()
        };
        effects.extend(respond(model, response));
    }
    effects
}

pub(super) fn open(model: &mut Model, overlay: impl Overlay + 'static) {
    model.overlays.push(Box::new(overlay));
}

/// Opens the search over everything, which needs the index, with words to begin with.
pub(super) fn search(model: &mut Model, words: &str) -> Vec<Effect> {
    open(model, Search::new(words, model.history.recent()));
    vec![Effect::Index]
}

/// Opens the last search again, with its hits.
pub(super) fn search_again(model: &mut Model) -> Vec<Effect> {
    let search = Search::again(&model.searched, model.history.recent());
    open(model, search);
    vec![Effect::Index]
}

/// Lists the myths, as soon as the record is read.
pub(super) fn myths(model: &mut Model) -> Vec<Effect> {
    let Some(progress) = model.screens.quiz.progress() else {
        model.myths_wanted = true;
        return vec![Effect::LoadProgress];
    };
    let chooser = choosers::myths(&model.library, &progress);
    open(model, chooser);
    Vec::new()
}

/// Shows what is wrong with the pack.
pub(super) fn problems(model: &mut Model) {
    if model.library.problems().is_empty() {
        model.say("no problems found in this pack");
        return;
    }
    let width = FramedPage::text_width(model.window());
    let page = views::problems::page(model.library.problems(), width);
    open(model, Popup::new(SafeText::ours("Problems"), page, None));
}

pub(super) fn theme(model: &mut Model, name: &str) {
    if let Some(theme) = model.config.theme_named(name) {
        model.set_theme(&theme);
        let seen = match model.config.style.color {
            true => "",
            false => ", in which nothing changes while color is off",
        };
        model.toast = Some(crate::safe!("theme: {}{seen}", theme.name()));
        // A theme that was chosen is no longer changed by what the terminal says of its background.
        model.config.theme = Some(theme);
        model.chosen.theme = Some(name.to_owned());
    }
}
