//! Keys for what lies on top of the screen.
//! Promise: Esc closes exactly the top layer; a layer that closes leaves the screen as it was.

use std::sync::Arc;

use crate::base::safe::SafeText;
use crate::domain::search::Index;
use crate::page::theme::Theme;
use crate::sheets;
use crate::ui::act::{Act, Global, Move};
use crate::ui::key::{Chord, Code};
use crate::ui::keymap::Scope;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::overlay::Layer;
use crate::ui::overlay::search::{Led, Search};
use crate::ui::overlay::sheet::Sheet;
use crate::ui::route::Route;
use crate::ui::update::{go, picked};

/// Takes a key while something lies on top.
pub(super) fn key(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if model.keymap.act(&[Scope::Everywhere], chord) == Some(Act::Global(Global::Close)) {
        return closed(model);
    }
    let window = model.window();
    match model.layers.last_mut() {
        Some(Layer::Chooser(chooser)) => match chooser.key(chord, window) {
            Some(pick) => {
                model.layers.pop();
                picked(model, pick)
            }
            None => Vec::new(),
        },
        Some(Layer::Find(input)) => {
            if chord.code == Code::Enter {
                model.layers.pop();
                model.toast = None;
            } else if input.key(chord) {
                find(model);
            }
            Vec::new()
        }
        Some(Layer::Search(search)) => {
            let found = search.key(chord, window, &model.library);
            self::found(model, found)
        }
        Some(Layer::Sheet(_)) => sheet_key(model, chord),
        None => Vec::new(),
    }
}

fn closed(model: &mut Model) -> Vec<Effect> {
    if let Some(Layer::Find(_)) = model.layers.pop() {
        model.toast = None;
        let (screen, ctx) = model.screen();
        if let Some((reader, _)) = screen.reader(&ctx) {
            reader.end_search();
        }
    }
    Vec::new()
}

fn sheet_key(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let window = model.window();
    let act = model.keymap.act(&[Scope::Moving, Scope::Everywhere], chord);
    let Some(Layer::Sheet(sheet)) = model.layers.last_mut() else { return Vec::new() };
    match act {
        Some(Act::Move(Move::Enter)) => {
            let target = sheet.leads_to.clone();
            model.layers.pop();
            if let Some(address) = target {
                go(model, Route::of(address), None);
            }
        }
        Some(Act::Move(to)) => sheet.moved(to, None, window),
        Some(Act::Global(Global::Quit)) => {
            model.layers.pop();
        }
        Some(
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Compare(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Cost(_)
            | Act::Quiz(_),
        )
        | None => {}
    }
    Vec::new()
}

/// Opens the search over everything; the index is asked for the first time only.
pub(super) fn search(model: &mut Model) -> Vec<Effect> {
    let mut layer = Search::new(model.history.recent());
    if let Some(index) = model.index.clone() {
        layer.has(index, &model.library);
    }
    model.layers.push(Layer::Search(Box::new(layer)));
    want_index(model)
}

/// Asks for the index, once.
pub(super) fn want_index(model: &mut Model) -> Vec<Effect> {
    if std::mem::replace(&mut model.index_wanted, true) { Vec::new() } else { vec![Effect::Index] }
}

/// The index is there.
pub(super) fn indexed(model: &mut Model, index: Arc<Index>) {
    model.index = Some(index.clone());
    for layer in &mut model.layers {
        if let Layer::Search(search) = layer {
            search.has(index.clone(), &model.library);
        }
    }
    let (screen, ctx) = model.screen();
    screen.indexed(&ctx);
}

/// Goes where a search led.
pub(super) fn found(model: &mut Model, led: Led) -> Vec<Effect> {
    if let Led::Go(address, section) = led {
        model.layers.pop();
        go(model, Route::of(address), section);
    }
    Vec::new()
}

/// Searches the page for what is typed, with every letter.
pub(super) fn find(model: &mut Model) {
    let Some(Layer::Find(input)) = model.layers.last() else { return };
    let words = input.value().to_owned();
    let (screen, ctx) = model.screen();
    let said = screen.reader(&ctx).and_then(|(reader, height)| reader.search(&words, height));
    model.toast = said;
}

/// Shows what is wrong with the pack.
pub(super) fn problems(model: &mut Model) {
    if model.library.problems().is_empty() {
        model.toast = Some(SafeText::ours("no problems found in this pack"));
        return;
    }
    let width = Sheet::text_width(model.window());
    let page = sheets::problems::page(model.library.problems(), width);
    model.layers.push(Layer::Sheet(Sheet::new(SafeText::ours("Problems"), page, None)));
}

/// Puts a theme on.
pub(super) fn theme(model: &mut Model, name: &str) {
    if let Some(theme) = Theme::named(name) {
        model.settings.theme_named = true;
        model.settings.theme = if model.settings.color { theme.clone() } else { theme.without_color() };
        model.toast = Some(crate::safe!("theme: {name}"));
    }
}
