//! Keys for what lies on top of the screen.
//! Promise: Esc closes exactly the top layer; a layer that closes leaves the screen as it was.

use std::sync::Arc;

use crate::app::action::{Action, GlobalAction, MoveAction};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::Scope;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::{Overlay, Popup, Search, SearchKeyResult};
use crate::app::route::Route;
use crate::app::update::{go, picked};
use crate::core::search::SearchIndex;
use crate::layout::Theme;
use crate::text::SafeText;
use crate::views;

/// Takes a key while something lies on top.
pub(super) fn key(model: &mut Model, chord: Key) -> Vec<Effect> {
    if model.keymap.act(&[Scope::Everywhere], chord) == Some(Action::Global(GlobalAction::Close)) {
        return closed(model);
    }
    let window = model.window();
    match model.layers.last_mut() {
        Some(Overlay::Chooser(chooser)) => match chooser.key(chord, window) {
            Some(pick) => {
                model.layers.pop();
                picked(model, pick)
            }
            None => Vec::new(),
        },
        Some(Overlay::Find(input)) => {
            if chord.code == KeyCode::Enter {
                model.layers.pop();
                model.toast = None;
            } else if input.key(chord) {
                find(model);
            }
            Vec::new()
        }
        Some(Overlay::Search(search)) => {
            let found = search.key(chord, window, &model.library);
            self::found(model, found)
        }
        Some(Overlay::Sheet(_)) => sheet_key(model, chord),
        None => Vec::new(),
    }
}

fn closed(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Find(_)) = model.layers.pop() {
        model.toast = None;
        let (screen, ctx) = model.screen_mut();
        if let Some((reader, _)) = screen.reader(&ctx) {
            reader.end_search();
        }
    }
    Vec::new()
}

fn sheet_key(model: &mut Model, chord: Key) -> Vec<Effect> {
    let window = model.window();
    let act = model.keymap.act(&[Scope::Moving, Scope::Everywhere], chord);
    let Some(Overlay::Sheet(sheet)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match act {
        Some(Action::Move(MoveAction::Enter)) => {
            let target = sheet.leads_to.clone();
            model.layers.pop();
            if let Some(address) = target {
                return go(model, Route::of(address), None);
            }
        }
        Some(Action::Move(to)) => sheet.moved(to, None, window),
        Some(Action::Global(GlobalAction::Quit)) => {
            model.layers.pop();
        }
        _ => {}
    }
    Vec::new()
}

/// Opens the search over everything; the index is asked for the first time only.
pub(super) fn search(model: &mut Model) -> Vec<Effect> {
    let mut layer = Search::new(model.history.recent());
    if let Some(index) = model.index.clone() {
        layer.has(index, &model.library);
    }
    model.layers.push(Overlay::Search(Box::new(layer)));
    vec![Effect::Index]
}

/// The index is there.
pub(super) fn indexed(model: &mut Model, index: Arc<SearchIndex>) {
    model.index = Some(index.clone());
    for layer in &mut model.layers {
        if let Overlay::Search(search) = layer {
            search.has(index.clone(), &model.library);
        }
    }
    let (screen, ctx) = model.screen_mut();
    screen.on_index(&ctx);
}

/// Goes where a search led.
pub(super) fn found(model: &mut Model, led: SearchKeyResult) -> Vec<Effect> {
    if let SearchKeyResult::Go(address, section) = led {
        model.layers.pop();
        return go(model, Route::of(address), section);
    }
    Vec::new()
}

/// Searches the page for what is typed, with every letter.
pub(super) fn find(model: &mut Model) {
    let Some(Overlay::Find(input)) = model.layers.last() else {
        return;
    };
    let words = input.value().to_owned();
    let (screen, ctx) = model.screen_mut();
    let said = screen
        .reader(&ctx)
        .and_then(|(reader, height)| reader.search(&words, height));
    model.toast = said;
}

/// Shows what is wrong with the pack.
pub(super) fn problems(model: &mut Model) {
    if model.library.problems().is_empty() {
        model.toast = Some(SafeText::ours("no problems found in this pack"));
        return;
    }
    let width = Popup::text_width(model.window());
    let page = views::problems::page(model.library.problems(), width);
    model.layers.push(Overlay::Sheet(Popup::new(
        SafeText::ours("Problems"),
        page,
        None,
    )));
}

/// Puts a theme on.
pub(super) fn theme(model: &mut Model, name: &str) {
    if let Some(theme) = Theme::named(name) {
        model.settings.theme_named = true;
        model.settings.theme = if model.settings.color {
            theme.clone()
        } else {
            theme.without_color()
        };
        model.toast = Some(crate::safe!("theme: {name}"));
    }
}
