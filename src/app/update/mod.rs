//! What happens when something happens: the hall that sends each message to the layer or screen it is for.
//! Promise: pure; what the world must do is in the effects that come back.

use crate::app::action::{Action, GlobalAction, MoveAction};
use crate::app::chrome;
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::Scope;
use crate::app::model::Model;
use crate::app::msg::{Effect, Mouse, Msg};
use crate::app::overlay::{ChooserAction, Overlay, choosers};
use crate::app::route::{Location, Route, ScrollPosition, Tab};
use crate::app::screen::{Response, compare};
use crate::app::widget::TextField;
use crate::core::quiz::QuizOptions;
use crate::pack::{Address, LinkTarget};
use crate::text::SafeText;

mod lens;
mod overlays;
mod page;

/// Takes a message, changes the model, and says what the world must do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Key(chord) => key(model, chord),
        Msg::Paste(text) => paste(model, &text),
        Msg::Mouse(mouse) => mouse_moved(model, mouse),
        Msg::Resize(width, height) | Msg::Resumed(width, height) => {
            model.size = (width, height);
            Vec::new()
        }
        Msg::Library(library) => {
            model.library = library;
            let (screen, ctx) = model.screen_mut();
            screen.on_reload(&ctx);
            model.index = None;
            // What was asked for once must be built again for the new library.
            let wanted = std::mem::take(&mut model.index_wanted);
            wanted.then_some(Effect::Index).into_iter().collect()
        }
        Msg::Index(index) => {
            overlays::indexed(model, index);
            Vec::new()
        }
        Msg::Theme(theme) => {
            if !model.settings.theme_named && model.settings.color {
                model.settings.theme = theme.clone();
            }
            Vec::new()
        }
        Msg::Told(text) => {
            model.toast = Some(text);
            Vec::new()
        }
        Msg::Now(now) => {
            model.now = Some(now);
            model.screens.quiz.on_time(now);
            Vec::new()
        }
        Msg::Recalled(recalled) => {
            model.now = Some(recalled.now);
            model.screens.quiz.on_progress(recalled);
            Vec::new()
        }
        Msg::Kept(id, why_not) => {
            model.screens.quiz.on_saved(id, why_not);
            Vec::new()
        }
    };
    // The index is built once; whoever asks again gets it with the first.
    effects.retain(|e| *e != Effect::Index || !std::mem::replace(&mut model.index_wanted, true));
    model.layout();
    effects
}

fn key(model: &mut Model, chord: Key) -> Vec<Effect> {
    let in_field = matches!(model.layers.last(), Some(Overlay::Find(_)));
    if !in_field {
        model.toast = None;
    }
    let everywhere = model.keymap.act(&[Scope::Everywhere], chord);
    match everywhere {
        Some(Action::Global(GlobalAction::Leave)) => return vec![Effect::Interrupt],
        Some(Action::Global(GlobalAction::Suspend)) => return vec![Effect::Suspend],
        Some(Action::Global(GlobalAction::Redraw)) => return vec![Effect::Redraw],
        Some(_) | None => {}
    }
    if model.too_small() {
        return if everywhere == Some(Action::Global(GlobalAction::Quit)) {
            vec![Effect::Quit]
        } else {
            Vec::new()
        };
    }
    if !model.layers.is_empty() {
        return overlays::key(model, chord);
    }
    let (screen, ctx) = model.screen_mut();
    let response = screen.on_key(chord, &ctx);
    if response.handled {
        return respond(model, response);
    }
    if let Some(digit) = count_digit(chord) {
        model.count = Some(
            model
                .count
                .unwrap_or(0)
                .saturating_mul(10)
                .saturating_add(digit)
                .min(999_999),
        );
        return Vec::new();
    }
    let count = model.count.take();
    match model.keymap.act(&model.scopes(), chord) {
        Some(act) => run(model, act, count),
        None => Vec::new(),
    }
}

/// Digits open screens, so a count is typed with Alt, as readline does.
fn count_digit(chord: Key) -> Option<usize> {
    match chord.code {
        KeyCode::Char(c) if chord.alt => c.to_digit(10).map(|d| d as usize),
        _ => None,
    }
}

/// Does an act, whether a key, a click or the palette asked for it.
pub(super) fn run(model: &mut Model, act: Action, count: Option<usize>) -> Vec<Effect> {
    match act {
        Action::Global(global) => run_global(model, global),
        Action::Page(act) => page::run(model, act),
        Action::Move(MoveAction::Enter) if page::follows(model) => page::follow(model),
        _ => {
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_action(act, count, &ctx);
            respond(model, response)
        }
    }
}

fn run_global(model: &mut Model, act: GlobalAction) -> Vec<Effect> {
    match act {
        GlobalAction::Screen(tab) => return to_tab(model, tab),
        GlobalAction::Search => return overlays::search(model),
        GlobalAction::Palette => model
            .layers
            .push(Overlay::Chooser(choosers::commands(model))),
        GlobalAction::Help => model.layers.push(Overlay::Chooser(choosers::help(model))),
        GlobalAction::Lens => model.layers.push(Overlay::Chooser(choosers::lenses(model))),
        GlobalAction::Theme => model.layers.push(Overlay::Chooser(choosers::themes())),
        GlobalAction::Back => return step(model, false),
        GlobalAction::Forward => return step(model, true),
        GlobalAction::Problems => overlays::problems(model),
        GlobalAction::Judge => return judge(model),
        GlobalAction::Close => return close(model),
        GlobalAction::Mouse => return mouse(model),
        GlobalAction::Quit => return vec![Effect::Quit],
        GlobalAction::Leave => return vec![Effect::Interrupt],
        GlobalAction::Suspend => return vec![Effect::Suspend],
        GlobalAction::Redraw => return vec![Effect::Redraw],
    }
    Vec::new()
}

/// Opens the interview where it was left; from its result it begins anew.
fn judge(model: &mut Model) -> Vec<Effect> {
    if model.route == Route::Interview {
        model.screens.interview.start_over();
        return Vec::new();
    }
    go(model, Route::Interview, None)
}

fn mouse(model: &mut Model) -> Vec<Effect> {
    model.settings.mouse = !model.settings.mouse;
    let said = if model.settings.mouse {
        "mouse on: wheel and clicks work, the terminal no longer selects text"
    } else {
        "mouse off: the terminal selects text again"
    };
    model.toast = Some(SafeText::ours(said));
    vec![Effect::Mouse(model.settings.mouse)]
}

/// Esc: closes the innermost thing that is open, and never quits.
fn close(model: &mut Model) -> Vec<Effect> {
    let (screen, ctx) = model.screen_mut();
    let response = screen.on_close();
    if response.handled {
        return respond(model, response);
    }
    if let Some((reader, _)) = screen.reader(&ctx)
        && (reader.end_search() || reader.unfocus())
    {
        return Vec::new();
    }
    if !lens::unmark(model) && model.route.is_aside() {
        return step(model, false);
    }
    Vec::new()
}

/// Does what a screen answered with.
pub(super) fn respond(model: &mut Model, response: Response) -> Vec<Effect> {
    let Response {
        handled: _,
        go: route,
        open,
        toast,
        mut effects,
    } = response;
    if let Some(chooser) = open {
        model.layers.push(Overlay::Chooser(*chooser));
    }
    if toast.is_some() {
        model.toast = toast;
    }
    if let Some(route) = route {
        effects.extend(go(model, route, None));
    }
    effects
}

/// Opens the quiz with a wish, as the command line asked for it; what the world must do.
pub fn open_quiz(model: &mut Model, wish: QuizOptions, seed: Option<u64>) -> Vec<Effect> {
    model.screens.quiz.set_options(wish, seed);
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
    let effects = arrive(model, route, None);
    if let Some(anchor) = anchor {
        model.layout();
        let (screen, ctx) = model.screen_mut();
        if let Some((reader, height)) = screen.reader(&ctx) {
            reader.to_anchor(&anchor, height);
        }
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
    model.tabs.retain(|(t, _)| *t != leaving);
    model.tabs.push((leaving, here.clone()));
    model.history.leave(here);
    let kept = model
        .tabs
        .iter()
        .find(|(t, p)| *t == tab && !p.route.is_aside());
    let place = kept.map(|(_, p)| p.clone());
    let first = match tab {
        Tab::Compare => Route::Compare,
        Tab::Learn => Route::Learn(None),
        Tab::Glossary => Route::Glossary(None),
        Tab::Services => Route::Services(None),
        Tab::Cost => Route::Cost,
        Tab::Quiz => Route::Quiz,
        Tab::References => Route::References(None),
    };
    match place {
        Some(Location { route, position }) => arrive(model, route, Some(position)),
        None => arrive(model, first, None),
    }
}

fn step(model: &mut Model, forward: bool) -> Vec<Effect> {
    let here = model.place();
    let there = if forward {
        model.history.forward(here)
    } else {
        model.history.back(here)
    };
    match there {
        Some(Location { route, position }) => arrive(model, route, Some(position)),
        None => {
            let said = if forward {
                "nothing to go forward to"
            } else {
                "this is where you began"
            };
            model.toast = Some(SafeText::ours(said));
            Vec::new()
        }
    }
}

fn arrive(model: &mut Model, route: Route, position: Option<ScrollPosition>) -> Vec<Effect> {
    model.route = route.clone();
    let (screen, ctx) = model.screen_mut();
    let response = screen.on_enter(&route, position, &ctx);
    respond(model, response)
}

/// Does what a chooser was answered with.
pub(super) fn picked(model: &mut Model, pick: ChooserAction) -> Vec<Effect> {
    match pick {
        ChooserAction::Act(act) => return run(model, act, None),
        ChooserAction::Lens(id) => lens::put_on(model, id),
        ChooserAction::AsOf(day) => lens::look_from(model, day),
        ChooserAction::Theme(name) => overlays::theme(model, name),
        ChooserAction::Sides(side) => {
            let route = compare::route(&model.library, side, &model.settings.lens);
            return go(model, route, None);
        }
        ChooserAction::Go(address) => return go(model, Route::of(address), None),
        ChooserAction::Heading(anchor) => {
            let (screen, ctx) = model.screen_mut();
            if let Some((reader, height)) = screen.reader(&ctx) {
                reader.to_anchor(&anchor, height);
            }
        }
        ChooserAction::Open(address) => {
            model.toast = Some(crate::safe!("opening {}", address.host()));
            return vec![Effect::Open(address)];
        }
        ChooserAction::CopyAddress(address) => {
            return vec![Effect::Copy(
                crate::safe!("{address}"),
                SafeText::ours("the address"),
            )];
        }
        _ => {
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_choice(pick, &ctx);
            return respond(model, response);
        }
    }
    Vec::new()
}

/// Follows a target: an entry is gone to, a web address is shown before it is opened.
pub(super) fn follow_target(model: &mut Model, target: LinkTarget) -> Vec<Effect> {
    match target {
        LinkTarget::Entry(address, anchor) => return go_known(model, address, anchor),
        LinkTarget::Anchor(anchor) => {
            let (screen, ctx) = model.screen_mut();
            if let Some((reader, height)) = screen.reader(&ctx) {
                reader.to_anchor(&anchor, height);
            }
        }
        LinkTarget::Web(address) => model
            .layers
            .push(Overlay::Chooser(choosers::address(&address))),
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

fn paste(model: &mut Model, text: &SafeText) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(Overlay::Find(input)) => {
            input.paste(text);
            overlays::find(model);
        }
        Some(Overlay::Chooser(chooser)) => chooser.paste(text),
        Some(Overlay::Search(search)) => search.paste(text, &model.library),
        Some(Overlay::Sheet(_)) => {}
        None => {
            let (screen, ctx) = model.screen_mut();
            screen.on_paste(text, &ctx);
        }
    }
    Vec::new()
}

fn mouse_moved(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if model.too_small() {
        return Vec::new();
    }
    match mouse {
        Mouse::Click { column, row } => {
            model.toast = None;
            click(model, column, row)
        }
        Mouse::Wheel { rows, column, row } => {
            let window = model.window();
            match model.layers.last_mut() {
                Some(Overlay::Chooser(chooser)) => chooser.scroll(i32::from(rows), window),
                Some(Overlay::Search(search)) => search.scroll(i32::from(rows), window),
                Some(Overlay::Sheet(sheet)) => sheet.scroll(i32::from(rows), window),
                Some(Overlay::Find(_)) | None => {
                    let (screen, ctx) = model.screen_mut();
                    screen.on_wheel(i32::from(rows), column, row, &ctx);
                }
            }
            Vec::new()
        }
    }
}

fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    if let Some(act) = chrome::click(model, column, row) {
        model.layers.clear();
        return run(model, act, None);
    }
    let window = model.window();
    match model.layers.last_mut() {
        Some(Overlay::Chooser(chooser)) => match chooser.click(window, column, row) {
            Some(pick) => {
                model.layers.pop();
                picked(model, pick)
            }
            None => Vec::new(),
        },
        Some(Overlay::Search(search)) => {
            let found = search.click(window, column, row);
            overlays::found(model, found)
        }
        Some(Overlay::Sheet(_)) => {
            model.layers.pop();
            Vec::new()
        }
        Some(Overlay::Find(_)) | None => {
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_click(column, row, &ctx);
            if page::clicked(model, column, row) {
                page::follow(model)
            } else {
                respond(model, response)
            }
        }
    }
}

/// Starts to find in the page.
pub(super) fn start_find(model: &mut Model) {
    model.toast = None;
    model.layers.push(Overlay::Find(TextField::default()));
}
