//! What happens when something happens: each message goes to the overlay or screen it is for.
//!
//! Pure: what the world must do is in the effects that come back.

use std::sync::Arc;

use crate::app::action::{Action, GlobalAction, ListAction, MoveAction, PageAction};
use crate::app::choice::Choice;
use crate::app::chrome;
use crate::app::component::Response;
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::{Scope, is_offered, missing};
use crate::app::model::Model;
use crate::app::msg::{Effect, Mouse, Msg};
use crate::app::overlay::{Guide, choosers, palette};
use crate::app::route::{Location, Route, Tab};
use crate::core::progress::LoadedProgress;
use crate::core::quiz::QuizOptions;
use crate::pack::{Address, Library, LinkTarget};
use crate::text::SafeText;

mod lens;
mod overlays;
mod page;

/// Takes a message, changes the model, and says what the world must do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => effects = on_key(model, key),
        Msg::Burst(keys) => effects = on_burst(model, &keys),
        Msg::Paste(text) => effects = on_paste(model, &text),
        Msg::Mouse(mouse) => effects = on_mouse(model, mouse),
        Msg::Resize(width, height) | Msg::Resumed(width, height) => model.size = (width, height),
        Msg::Library(library) => effects = on_library(model, library),
        Msg::LensChanged(change, why_not) => effects = lens::changed(model, change, why_not),
        // One that was built of a library that is gone finds other places.
        Msg::Index(index, of) if Arc::ptr_eq(&of, &model.library) => {
            model.index = Some(index);
            model.overlays.iter_mut().for_each(|o| o.on_index());
            model.tell_screens(|screen, ctx| screen.on_index(ctx));
        }
        Msg::Index(..) => {}
        // A theme that was named stands above what the terminal reports late.
        Msg::Theme(theme) if model.config.theme.is_none() && model.config.style.color => {
            model.set_theme(theme);
        }
        Msg::Theme(_) => {}
        Msg::OwnLenses(files) => {
            effects = lens::found(model, files);
            lens::choose(model);
        }
        Msg::Told(text) => model.toast = Some(text),
        Msg::Now(now) => {
            model.now = Some(now);
            model.screens.learn.on_time(now);
            model.screens.quiz.on_time(now);
        }
        Msg::Loaded(loaded) => effects = on_loaded(model, loaded),
        Msg::Saved(id, why_not) => {
            model.screens.learn.on_saved(id, why_not.as_ref());
            model.screens.quiz.on_saved(id, why_not);
        }
    }
    // The index is built once; whoever asks again gets it with the first.
    let there = model.index.is_some();
    let asked = |model: &mut Model| std::mem::replace(&mut model.index_wanted, true);
    effects.retain(|e| *e != Effect::Index || !asked(model) && !there);
    model.layout();
    effects
}

/// The library was read again. Own lenses that were changed meanwhile stand behind it.
fn on_library(model: &mut Model, library: Arc<Library>) -> Vec<Effect> {
    let own = model.library.own_lenses().files();
    model.library = match own == library.own_lenses().files() {
        true => library,
        false => Arc::new(library.with_own_lenses(own.to_vec())),
    };
    // Gone first: what it finds are places in the library before.
    model.index = None;
    model.tell_screens(|screen, ctx| screen.on_reload(ctx));
    // What was asked for once must be built again for the new library.
    let wanted = std::mem::take(&mut model.index_wanted);
    wanted.then_some(Effect::Index).into_iter().collect()
}

/// The record was read: for the quiz, and for the lessons, which ask with ids of their own.
fn on_loaded(model: &mut Model, mut loaded: LoadedProgress) -> Vec<Effect> {
    model.now = Some(loaded.now);
    let beside = LoadedProgress {
        ids: loaded.ids.fork(),
        ..loaded.clone()
    };
    model.screens.quiz.on_read(model.screens.learn.read());
    model.screens.learn.on_progress(beside);
    model.screens.quiz.on_progress(loaded);
    let (quiz, ctx) = model.quiz_mut();
    let response = quiz.begin_at_once(&ctx);
    let mut effects = respond(model, response);
    if std::mem::take(&mut model.myths_wanted) {
        effects.extend(overlays::myths(model));
    }
    effects
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    // An overlay may be showing it, as the find field does with its count.
    if model.overlays.is_empty() {
        model.toast = None;
    }
    // Before overlays and fields: quitting, stopping and redrawing must work wherever one is.
    let everywhere = model.config.keymap.action(&[Scope::Everywhere], key);
    match everywhere {
        Some(Action::Global(GlobalAction::Leave)) => return vec![Effect::Interrupt],
        Some(Action::Global(GlobalAction::Suspend)) => return vec![Effect::Suspend],
        Some(Action::Global(GlobalAction::Redraw)) => return vec![Effect::Redraw],
        Some(_) | None => {}
    }
    if model.too_small() {
        // Where nothing can be shown nothing can be meant, except to be gone.
        let quits = everywhere == Some(Action::Global(GlobalAction::Quit));
        return quits.then_some(Effect::Quit).into_iter().collect();
    }
    if !model.overlays.is_empty() {
        return overlays::on_key(model, key);
    }
    let (screen, ctx) = model.screen_mut();
    let response = screen.on_key(key, &ctx);
    if response.handled {
        return respond(model, response);
    }
    if let Some(digit) = count_digit(key) {
        let count = model.count.unwrap_or(0).saturating_mul(10);
        model.count = Some(count.saturating_add(digit).min(999_999));
        return Vec::new();
    }
    let count = model.count.take();
    match model.config.keymap.action(&model.scopes(), key) {
        Some(action) => run(model, action, count),
        None => Vec::new(),
    }
}

/// Digits open screens, so a count is typed with Alt, as readline does.
fn count_digit(key: Key) -> Option<usize> {
    match key.code {
        KeyCode::Char(c) if key.alt => c.to_digit(10).map(|d| d as usize),
        _ => None,
    }
}

/// Does an action, whether a key, a click or the palette asked for it.
pub(super) fn run(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    if !is_offered(action, &model.library) {
        let missing = missing(action, &model.library);
        model.say(missing);
        return Vec::new();
    }
    match action {
        Action::Global(global) => run_global(model, global),
        Action::Page(action) => page::run(model, action),
        Action::Move(MoveAction::Enter) if page::follows(model) => page::follow(model),
        _ => {
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_action(action, count, &ctx);
            respond(model, response)
        }
    }
}

fn run_global(model: &mut Model, action: GlobalAction) -> Vec<Effect> {
    match action {
        GlobalAction::Screen(tab) => return to_tab(model, tab),
        GlobalAction::Search => return overlays::search_again(model),
        GlobalAction::Palette => {
            overlays::open(model, palette::commands(model));
            return vec![Effect::Index];
        }
        GlobalAction::Help => overlays::open(model, choosers::help(model)),
        // Somebody may have changed a file of theirs meanwhile.
        GlobalAction::Lens if keeps_lenses(model) => return vec![Effect::ReadLenses],
        GlobalAction::Lens => lens::choose(model),
        GlobalAction::OwnLens => lens::edit_or_go_on(model),
        GlobalAction::Theme => {
            let chooser = choosers::themes(&model.config, &model.theme);
            overlays::open(model, chooser);
        }
        GlobalAction::Back => return step(model, false),
        GlobalAction::Forward => return step(model, true),
        GlobalAction::Problems => overlays::problems(model),
        GlobalAction::Judge => return judge(model),
        GlobalAction::Myths => return overlays::myths(model),
        GlobalAction::Guide => {
            let guide = Guide::new(&model.library);
            overlays::open(model, guide);
        }
        GlobalAction::Close => return close(model),
        GlobalAction::Mouse => return toggle_mouse(model),
        GlobalAction::Quit => return vec![Effect::Quit],
        GlobalAction::Leave => return vec![Effect::Interrupt],
        GlobalAction::Suspend => return vec![Effect::Suspend],
        GlobalAction::Redraw => return vec![Effect::Redraw],
    }
    Vec::new()
}

/// Whether there is a folder for lenses of the user's own.
fn keeps_lenses(model: &Model) -> bool {
    let pack = &model.library.pack().id;
    model.config.own_lenses(pack).is_some()
}

/// Opens the interview where it was left; from its result it begins anew.
fn judge(model: &mut Model) -> Vec<Effect> {
    if model.route == Route::Interview {
        model.screens.interview.start_over();
        return Vec::new();
    }
    go(model, Route::Interview, None)
}

fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    model.config.mouse = !model.config.mouse;
    let message = if model.config.mouse {
        "mouse on: wheel and clicks work, the terminal no longer selects text"
    } else {
        "mouse off: the terminal selects text again"
    };
    model.say(message);
    vec![Effect::Mouse(model.config.mouse)]
}

/// Esc: closes the innermost thing that is open, and never quits.
fn close(model: &mut Model) -> Vec<Effect> {
    let (screen, _) = model.screen_mut();
    let response = screen.on_close();
    if response.handled {
        return respond(model, response);
    }
    let viewport = model.viewport();
    if viewport.end_search() || viewport.unfocus() {
        return Vec::new();
    }
    if !lens::unmark(model) && model.route.is_aside() {
        return step(model, false);
    }
    Vec::new()
}

/// Does what a screen or the overlay on top answered with.
pub(super) fn respond(model: &mut Model, response: Response) -> Vec<Effect> {
    let Response {
        handled: _,
        close,
        choice,
        go: target,
        marks,
        open,
        searched,
        toast,
        mut effects,
    } = response;
    if let Some(last) = searched {
        model.searched = last;
    }
    // First, so that what is opened below is not closed instead.
    if close {
        model.overlays.pop();
    }
    if toast.is_some() {
        model.toast = toast;
    }
    model.overlays.extend(open);
    if let Some(choice) = choice {
        effects.extend(choose(model, choice));
    }
    if let Some((route, anchor)) = target {
        effects.extend(go(model, route, anchor));
        if !marks.is_empty() {
            model.layout();
            model.toast = model.viewport().search_first(&marks);
        }
    }
    effects
}

/// Opens the quiz as the command line asked for it, and begins `at_once` or at its first page; what the world must do.
pub fn open_quiz(
    model: &mut Model,
    options: QuizOptions,
    seed: Option<u64>,
    at_once: bool,
) -> Vec<Effect> {
    model.screens.quiz.set_options(options, seed, at_once);
    let effects = go(model, Route::Quiz, None);
    model.layout();
    effects
}

/// Goes somewhere new and remembers where it came from.
pub(super) fn go(model: &mut Model, route: Route, anchor: Option<String>) -> Vec<Effect> {
    let here = model.place();
    if here.route != route {
        model.history.leave(here);
    }
    let place = Location {
        route,
        position: None,
    };
    let effects = arrive(model, place);
    if let Some(anchor) = anchor {
        // Only a page that is laid out knows where its headings are.
        model.layout();
        model.viewport().scroll_to_anchor(&anchor);
    }
    effects
}

/// Opens a tab where it was left.
fn to_tab(model: &mut Model, tab: Tab) -> Vec<Effect> {
    if model.route.tab() == tab && !model.route.is_aside() {
        return Vec::new();
    }
    let here = model.place();
    let leaving = here.route.tab();
    model.tabs.retain(|p| p.route.tab() != leaving);
    model.tabs.push(here.clone());
    model.history.leave(here);
    let mut places = model.tabs.iter();
    let kept = places.find(|p| p.route.tab() == tab && !p.route.is_aside());
    let first = Location {
        route: Route::first(tab),
        position: None,
    };
    let place = kept.cloned().unwrap_or(first);
    arrive(model, place)
}

fn step(model: &mut Model, forward: bool) -> Vec<Effect> {
    let here = model.place();
    let there = if forward {
        model.history.forward(here)
    } else {
        model.history.back(here)
    };
    if let Some(place) = there {
        return arrive(model, place);
    }
    model.say(if forward {
        "nothing to go forward to"
    } else {
        "this is where you began"
    });
    Vec::new()
}

/// Opens a place, and what the world must do.
pub(in crate::app) fn arrive(model: &mut Model, place: Location) -> Vec<Effect> {
    model.route = place.route.clone();
    let (screen, ctx) = model.screen_mut();
    let response = screen.on_enter(&place, &ctx);
    if let Some(position) = place.position {
        screen.viewport().want(position);
    }
    respond(model, response)
}

fn choose(model: &mut Model, choice: Choice) -> Vec<Effect> {
    match choice {
        Choice::Action(action) => return run(model, action, None),
        Choice::Lens(id) => lens::put_on(model, id),
        Choice::TryLens(id) => lens::try_on(model, id),
        Choice::EditLens(id) => lens::edit(model, id.as_deref()),
        Choice::KeepLens(draft) => return lens::keep(model, *draft),
        Choice::KeepDraft(draft) => lens::keep_draft(model, *draft),
        Choice::DropLens(id) => return lens::delete(model, &id),
        Choice::RestoreLens => return lens::restore(model),
        Choice::AsOf(day) => lens::look_from(model, day),
        Choice::Theme(name) => overlays::theme(model, &name),
        Choice::TryTheme(name) => {
            if let Some(theme) = model.config.theme_named(&name) {
                model.try_theme(&theme);
            }
        }
        Choice::Heading(anchor) => drop(model.viewport().scroll_to_anchor(&anchor)),
        Choice::Bills(ids, requests) => {
            model.screens.cost.show(ids, requests);
            return go(model, Route::Cost, None);
        }
        Choice::Go(route) => return go(model, route, None),
        Choice::Peek(address) => page::look_up(model, &address),
        Choice::Ask(id) => {
            model.screens.quiz.ask(id);
            return go(model, Route::Quiz, None);
        }
        Choice::Command(words) => overlays::open(model, palette::commands(model).begun(&words)),
        Choice::Search(words) => return overlays::search(model, &words),
        Choice::Quiz(options) => return open_quiz(model, options, None, true),
        Choice::Find(words) => model.toast = model.viewport().search(&words),
        Choice::Found(words) => {
            if model
                .viewport()
                .search(&words)
                .is_some_and(|hits| !hits.starts_with("hit"))
            {
                model.toast = None;
                return overlays::search(model, &words);
            }
        }
        Choice::Effect(effect) => {
            if let Effect::Open(address) = &effect {
                model.toast = Some(crate::safe!("opening {}", address.host()));
            }
            return vec![effect];
        }
        Choice::Screen(choice) => {
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_choice(choice, &ctx);
            return respond(model, response);
        }
    }
    Vec::new()
}

/// Follows a target: an entry is gone to, a web address is shown before it is opened.
pub(super) fn follow_target(model: &mut Model, target: LinkTarget) -> Vec<Effect> {
    match target {
        LinkTarget::Entry(address, anchor) => return go_known(model, address, anchor),
        LinkTarget::Anchor(anchor) => drop(model.viewport().scroll_to_anchor(&anchor)),
        LinkTarget::Web(address) => overlays::open(model, choosers::address(&address)),
        LinkTarget::Nowhere(words) => {
            model.toast = Some(crate::safe!("this link leads nowhere: {words}"))
        }
    }
    Vec::new()
}

fn go_known(model: &mut Model, address: Address, anchor: Option<String>) -> Vec<Effect> {
    if model.library.position(&address).is_some() {
        return go(model, Route::of(address), anchor);
    }
    model.toast = Some(crate::safe!("{address} is not in this pack"));
    Vec::new()
}

/// Typed and pasted letters mean the same in a field, so that they act there, and where the first key opens one. Elsewhere a
/// pasted word would be commands, and Enter would send off what nobody has looked at.
fn on_burst(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    let mut effects = Vec::new();
    let opens = keys.first().is_some_and(|key| opens_field(model, *key));
    for (n, key) in keys.iter().enumerate() {
        let is_typed = model.typing() || n == 0 && opens;
        if !is_typed || key.code == KeyCode::Enter {
            model.say(if is_typed { NOT_SENT } else { NOT_TYPED });
            break;
        }
        effects.extend(on_key(model, *key));
        // A field that was opened is found by the next key as it will be drawn.
        model.layout();
    }
    effects
}

/// What is said where the Enter behind a pasted text is left out.
const NOT_SENT: &str = "pasted text stays in its field: Enter goes on";
/// What is said where pasted text has no field to go to.
const NOT_TYPED: &str = "pasted text goes into fields only; as keys, type one after another";

/// Whether the key opens a field. Letters and digits do not count: with them words begin.
fn opens_field(model: &Model, key: Key) -> bool {
    let sign = key.typed().is_some_and(|c| !c.is_alphanumeric());
    let action = model.config.keymap.action(&model.scopes(), key);
    let opens = matches!(
        action,
        Some(
            Action::Global(GlobalAction::Search | GlobalAction::Palette)
                | Action::Page(PageAction::Find)
                | Action::List(ListAction::Filter)
        )
    );
    sign && opens && model.overlays.is_empty()
}

fn on_paste(model: &mut Model, text: &SafeText) -> Vec<Effect> {
    if !model.typing() {
        model.say(NOT_TYPED);
        return Vec::new();
    }
    if let Some((overlay, _)) = model.overlay_mut() {
        let response = overlay.on_paste(text);
        return respond(model, response);
    }
    let (screen, ctx) = model.screen_mut();
    screen.on_paste(text, &ctx);
    Vec::new()
}

fn on_mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if model.too_small() {
        return Vec::new();
    }
    match mouse {
        Mouse::Click { column, row } => {
            // What is told takes room from the hints, so they are where it is told.
            let hint = chrome::click(model, column, row);
            model.toast = None;
            on_click(model, hint, column, row)
        }
        Mouse::Wheel { rows, column, row } => {
            let rows = i32::from(rows);
            let overlay = model.overlay_mut();
            match overlay.map(|(overlay, _)| overlay.on_wheel(rows)) {
                Some(response) if response.handled => return respond(model, response),
                _ => model.screen_mut().0.on_wheel(rows, column, row),
            }
            Vec::new()
        }
    }
}

fn on_click(model: &mut Model, hint: Option<Action>, column: u16, row: u16) -> Vec<Effect> {
    if let Some(action) = hint {
        let mut effects = overlays::close_all(model);
        effects.extend(run(model, action, None));
        return effects;
    }
    if let Some((overlay, ctx)) = model.overlay_mut() {
        let response = overlay.on_click(column, row, &ctx);
        if response.handled {
            return respond(model, response);
        }
    }
    let (screen, ctx) = model.screen_mut();
    let response = screen.on_click(column, row, &ctx);
    if model.viewport().click(column, row) {
        page::follow(model)
    } else {
        respond(model, response)
    }
}

#[cfg(test)]
mod tests;
