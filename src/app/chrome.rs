//! The two bars, one row each: name, tabs and lens on top; the toast and the live keys at the bottom.
//!
//! Hints are cut at whole hints. What is drawn and what is clicked come from the same function, which is why ratatui's
//! `Tabs` is not used: it does not tell where its tabs are.

use std::ops::Range;

use crate::app::action::{Action, GlobalAction, MoveAction};
use ratatui::layout::Rect;

use crate::app::component::{Hint, SIDEWAYS, plain, worded};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::{binding, is_offered};
use crate::app::model::Model;
use crate::app::painter::Painter;
use crate::app::route::Tab;
use crate::app::widget::area;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Kind};
use crate::text::{SafeText, measure};

/// The program's name at the left of the bar.
const NAME: &str = " tozero ";
/// From this width on it stands there whatever the tabs need.
const NAMED: usize = 88;

/// Paints the top bar: the name, the tabs and the state.
pub fn top(model: &Model, painter: &mut Painter) {
    let bar = area::row(model.window(), 0);
    let tabs = tabs(model);
    let first = tabs.first().map_or(NAME.len(), |(at, ..)| at.start);
    let name = if first < NAME.len() { "" } else { NAME };
    let mut row = Row::from_runs(vec![Run::ours(name, Role::Strong)]);
    let mut column = row.width();
    for (at, tab, words) in tabs {
        row.push(Run::new(
            " ".repeat(at.start.saturating_sub(column)),
            Role::Chrome,
        ));
        let role = if tab == model.route.tab() {
            Role::TabOn
        } else {
            Role::Chrome
        };
        row.push(Run::new(words, role));
        column = at.end;
    }
    let lens = lens_words(model);
    row.pad_to(usize::from(bar.width).saturating_sub(measure::width(&lens) + 1));
    if row.width() + measure::width(&lens) < usize::from(bar.width) {
        row.push(Run::new(lens, Role::Chrome));
    }
    painter.row(bar, &row);
}

/// How the tabs are written, widest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TabStyle {
    /// ` 3 Glossary `, a cell apart.
    Roomy,
    /// The same without the cell.
    Close,
    /// ` 3 Terms `.
    Brief,
    /// Digits, and the name of the open one.
    Digits,
}

/// Cells before the first tab: the program's name, or an edge where there is no room for it.
fn before_tabs(width: usize, style: TabStyle) -> usize {
    match style {
        TabStyle::Roomy => NAME.len() + 1,
        TabStyle::Close | TabStyle::Brief if width < NAMED => 1,
        TabStyle::Digits if width < 40 => 0,
        TabStyle::Close | TabStyle::Brief | TabStyle::Digits => NAME.len(),
    }
}

/// The tabs with their columns: all names from 78 cells on, and as much air as there is beside the lens in short.
pub fn tabs(model: &Model) -> Vec<(Range<usize>, Tab, SafeText)> {
    let library = &model.library;
    let width = usize::from(model.size.0);
    let state = measure::width(&state_words(model, 0)) + 2;
    let offered = || Tab::ALL.into_iter().filter(|tab| tab.is_offered(library));
    let words = |tab: Tab, style| match style {
        TabStyle::Roomy | TabStyle::Close => {
            crate::safe!(" {} {} ", tab.digit(), tab.title(library))
        }
        TabStyle::Brief => crate::safe!(" {} {} ", tab.digit(), tab.brief(library)),
        TabStyle::Digits if tab == model.route.tab() => {
            crate::safe!(" {} {} ", tab.digit(), tab.brief(library))
        }
        TabStyle::Digits => crate::safe!(" {} ", tab.digit()),
    };
    let placed = |style: TabStyle| {
        let gap = usize::from(style == TabStyle::Roomy);
        let mut column = before_tabs(width, style);
        let place = |tab| {
            let words = words(tab, style);
            let at = column..column + measure::width(&words);
            column = at.end + gap;
            (at, tab, words)
        };
        offered().map(place).collect::<Vec<_>>()
    };
    let fits = |tabs: &Vec<(Range<usize>, Tab, SafeText)>, beside: usize| {
        tabs.last().is_none_or(|(at, ..)| at.end + beside <= width)
    };
    let tries = [
        (TabStyle::Roomy, state),
        (TabStyle::Close, state),
        (TabStyle::Brief, 0),
    ];
    let found = tries
        .into_iter()
        .map(|(style, beside)| (placed(style), beside));
    let mut found = found.filter(|(tabs, beside)| fits(tabs, *beside));
    found
        .next()
        .map_or_else(|| placed(TabStyle::Digits), |(tabs, _)| tabs)
}

/// The lens that is on and the day, in fewer words the higher `less`.
fn state_words(model: &Model, less: usize) -> SafeText {
    if model.library.count(Kind::Lenses) == 0 {
        return SafeText::default();
    }
    let name = lens_name(model);
    match (less, model.view.as_of) {
        (0, Some(day)) => crate::safe!("lens  {name}  as of {day}"),
        (0, None) => crate::safe!("lens  {name}"),
        (1, Some(day)) => crate::safe!("{name}, {day}"),
        (1, None) => name,
        (_, Some(day)) => crate::safe!("{day}"),
        // The last words of a name tell most: `scale to zero`, `to zero`, `zero`.
        (_, None) => {
            let words: Vec<&str> = name.split(' ').skip(less - 1).collect();
            words.join(" ").into()
        }
    }
}

/// The state in as many words as fit beside the tabs.
fn lens_words(model: &Model) -> SafeText {
    let used = tabs(model).last().map_or(NAME.len(), |(at, ..)| at.end);
    let room = usize::from(model.size.0).saturating_sub(used + 2);
    let tries = (0..5).map(|less| state_words(model, less));
    let mut fits = tries.filter(|words| measure::width(words) <= room);
    fits.next().unwrap_or_default()
}

/// The lens in a word or two: short enough for the bar.
fn lens_name(model: &Model) -> SafeText {
    model.library.lens_word(&model.view.lens)
}

/// Paints the bottom bar: the toast, and as many hints as fit beside it.
pub fn bottom(model: &Model, painter: &mut Painter) {
    let bar = area::bottom(model.window(), 1);
    let on_top = model.overlays.last().map_or(Vec::new(), |o| o.hints());
    if model.toast.is_some() {
        let rows = model.toast_rows();
        let over = area::bottom(model.window(), rows.len() as u16);
        painter.clear(over);
        painter.rows(over, &rows);
    } else if let (Some(count), true) = (model.count, on_top.is_empty()) {
        let message = crate::safe!(" count {count}: now a movement key");
        return painter.row(bar, &Row::of(message, Role::Strong));
    }
    if model.toast.is_none() {
        // A theme that is tried above may have another ground.
        painter.clear(bar);
    }
    let placed = match on_top.is_empty() {
        true => footer(model),
        false => fitting(on_top.into_iter().map(FooterHint::of_overlay), model),
    };
    for (at, hint) in placed {
        let mut row = Row::of(hint.keys, Role::Key);
        row.push(Run::new(crate::safe!(" {}", hint.words), Role::Chrome));
        let spot = Rect {
            x: bar.x + at.start as u16,
            width: at.len() as u16,
            ..bar
        };
        painter.row(spot, &row);
    }
}

/// A hint as the footer writes it.
pub struct FooterHint {
    pub action: Option<Action>,
    pub keys: SafeText,
    pub words: SafeText,
    /// Where room is short, the lower stay longer.
    rank: u8,
}

impl FooterHint {
    /// The way on and the way back stay longest; that arrows move, everybody tries.
    fn of_overlay((keys, words): (&'static str, &'static str)) -> Self {
        let rank = match keys {
            "Enter" => 0,
            "Esc" => 1,
            "↑↓" => 3,
            _ => 2,
        };
        Self {
            action: None,
            keys: SafeText::ours(keys),
            words: SafeText::ours(words),
            rank,
        }
    }

    /// With arrows by the names of their keys: in ASCII they would look like other keys.
    fn in_words(self) -> Self {
        let keys = match self.keys.as_str() {
            "↑↓" => SafeText::ours("Up/Down"),
            "←→" => SafeText::ours("Left/Right"),
            _ => return self,
        };
        Self { keys, ..self }
    }

    fn cells(&self) -> usize {
        measure::width(&self.keys) + 1 + measure::width(&self.words)
    }
}

/// How long a hint of a screen stays: the way on longest, then help, the way back and the end.
const fn rank(action: Action, width: u16) -> u8 {
    match action {
        Action::Move(MoveAction::Enter) => 0,
        Action::Global(GlobalAction::Help) => 1,
        Action::Global(GlobalAction::Close) => 2,
        Action::Global(GlobalAction::Quit | GlobalAction::Leave) => 3,
        // Where there is next to no room, what the screen does comes first.
        Action::Global(GlobalAction::Search) if width >= SEARCH_NAMED => 4,
        _ => 5,
    }
}

/// From this width on, search is always named.
const SEARCH_NAMED: u16 = 60;
/// Cells between a toast and the hints behind it.
const BEHIND_TOAST: usize = 3;

/// The hints with their columns, as many whole ones as fit, behind the toast where that has one row.
pub fn footer(model: &Model) -> Vec<(Range<usize>, FooterHint)> {
    let mut known = Vec::new();
    let mut is_new = |hint: &Hint| {
        let is_new = !known.contains(&hint.action);
        known.push(hint.action);
        is_new
    };
    let wanted = wanted_hints(model).into_iter();
    let (screen, ctx) = model.screen();
    let offered =
        wanted.filter(|h| is_offered(h.action, &model.library) && screen.offers(h.action, &ctx));
    let hints: Vec<Hint> = offered.filter(|hint| is_new(hint)).collect();
    fitting(
        hints.into_iter().filter_map(|hint| keyed(model, hint)),
        model,
    )
}

/// Those of some hints that fit into the bar, the lowest rank first, in the order in which they are given.
fn fitting(
    hints: impl Iterator<Item = FooterHint>,
    model: &Model,
) -> Vec<(Range<usize>, FooterHint)> {
    let width = usize::from(model.size.0);
    let toast = model
        .toast
        .as_ref()
        .map(|words| measure::width(words) + BEHIND_TOAST);
    let mut column = 1 + toast.unwrap_or(0);
    let is_ascii = model.config.style.ascii;
    let written = |hint: FooterHint| match is_ascii {
        true => hint.in_words(),
        false => hint,
    };
    let mut ranked: Vec<(usize, FooterHint)> = hints.map(written).enumerate().collect();
    ranked.sort_by_key(|(_, hint)| hint.rank);
    let mut used = column;
    ranked.retain(|(_, hint)| {
        let fits = used + hint.cells() <= width;
        used += if fits { hint.cells() + 2 } else { 0 };
        fits
    });
    ranked.sort_by_key(|(n, _)| *n);
    let place = |(_, hint): (usize, FooterHint)| {
        let at = column..column + hint.cells();
        column = at.end + 2;
        (at, hint)
    };
    ranked.into_iter().map(place).collect()
}

/// What the footer would show if there were room for everything.
fn wanted_hints(model: &Model) -> Vec<Hint> {
    let (screen, ctx) = model.screen();
    let mut hints = screen.hints(&ctx);
    if !model.library.problems().is_empty() {
        hints.insert(0, plain(Action::Global(GlobalAction::Problems)));
    }
    // Where keys answer, the way back is the answer before.
    let answers = screen.scopes().iter().any(|scope| scope.answers());
    if model.history.last().is_some() && !answers {
        hints.push(plain(Action::Global(GlobalAction::Back)));
    }
    if model.route.tab() != Tab::Quiz {
        hints.push(plain(Action::Global(GlobalAction::Lens)));
    }
    let global = [
        GlobalAction::Palette,
        GlobalAction::Search,
        GlobalAction::Help,
    ];
    hints.extend(global.map(|g| plain(Action::Global(g))));
    // While letters go into a field, `q` would be typed.
    hints.push(match model.screen().0.typing() {
        true => worded(Action::Global(GlobalAction::Leave), "quit"),
        false => plain(Action::Global(GlobalAction::Quit)),
    });
    hints
}

/// A hint as it is written; two arrows share one.
fn keyed(model: &Model, hint: Hint) -> Option<FooterHint> {
    let words = hint.words.or(binding(hint.action).map(|b| b.hint))?;
    let keys = model.config.keymap.keys(hint.action);
    let letters = !model.screen().0.typing();
    let scopes = model.scopes();
    let means = |k: &&Key| model.config.keymap.action(&scopes, **k) == Some(hint.action);
    let key = *keys
        .iter()
        .filter(means)
        .find(|k| letters || k.typed().is_none() && k.code != KeyCode::Backspace)?;
    let is_both = |to, code| hint.action == Action::Move(to) && key == Key::plain(code);
    let keys = if is_both(MoveAction::Down, KeyCode::Down) {
        SafeText::ours("↑↓")
    } else if is_both(MoveAction::Right, KeyCode::Right) && SIDEWAYS.contains(&words) {
        SafeText::ours("←→")
    } else {
        crate::safe!("{key}")
    };
    Some(FooterHint {
        action: Some(hint.action),
        keys,
        words: model.library.pack().subject.things.fill(words),
        rank: rank(hint.action, model.size.0),
    })
}

/// What a click on a bar means.
pub fn click(model: &Model, column: u16, row: u16) -> Option<Action> {
    let column = usize::from(column);
    if row == 0 {
        let tabs = tabs(model).into_iter();
        let tab = tabs.filter(|(at, ..)| at.contains(&column)).map(|t| t.1);
        let lens = measure::width(&lens_words(model)) + 1;
        let on_lens = column >= usize::from(model.size.0).saturating_sub(lens);
        let global = tab.map(GlobalAction::Screen).next();
        return global
            .or(on_lens.then_some(GlobalAction::Lens))
            .map(Action::Global);
    }
    if row + 1 == model.size.1 && model.overlays.is_empty() {
        let mut hints = footer(model).into_iter();
        return hints.find(|(at, _)| at.contains(&column))?.1.action;
    }
    None
}

/// The name of the lens as its author wrote it.
pub fn lens_title(model: &Model) -> SafeText {
    let head =
        Address::new(Kind::Lenses, &model.view.lens).and_then(|a| model.library.position(&a));
    head.map_or_else(
        || crate::safe!("{}", lens_name(model)),
        |n| SafeText::line(model.library.head(Kind::Lenses, n).title),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::App;

    fn spans(width: u16) -> String {
        let app = App::sized(width, 20);
        tabs(&app.model)
            .iter()
            .map(|(.., words)| words.to_string())
            .collect()
    }

    #[test]
    fn tabs_keep_their_names_where_they_fit() {
        assert!(spans(120).contains(" 7 References "));
        let brief = " 1 Compare  2 Learn  3 Terms  4 Services  5 Cost  6 Quiz  7 Refs ";
        assert_eq!(spans(78), brief);
        assert_eq!(spans(60), " 1 Compare  2  3  4  5  6  7 ");
    }

    #[test]
    fn tabs_do_not_overlap_and_follow_each_other() {
        for width in [30, 40, 60, 80, 100, 120] {
            let app = App::sized(width, 20);
            let tabs = tabs(&app.model);
            let end = tabs.last().unwrap().0.end;
            assert!(end <= usize::from(width), "{width}");
            assert!(
                tabs.windows(2).all(|w| w[0].0.end <= w[1].0.start),
                "{width}"
            );
            assert_eq!(tabs.len(), Tab::ALL.len());
        }
    }

    #[test]
    fn the_state_gives_way_before_the_names_do() {
        let at = |width| lens_words(&App::sized(width, 20).model).to_string();
        assert_eq!(at(120), "lens  strict");
        assert_eq!(at(78), "strict");
        assert_eq!(at(30), "");
        let dated = App::sized(120, 20).keys("4D2021<Enter>");
        assert_eq!(
            lens_words(&dated.model).as_str(),
            "lens  strict  as of 2021"
        );
        let dated = App::sized(78, 20).keys("4D2021<Enter>");
        assert_eq!(lens_words(&dated.model).as_str(), "2021");
        assert!(tabs(&dated.model).iter().any(|(.., w)| w.contains("Quiz")));
    }

    #[test]
    fn hints_are_whole_and_end_with_help_and_quit() {
        for width in [40, 60, 80, 120, 200] {
            let app = App::sized(width, 20);
            let hints = footer(&app.model);
            let words: Vec<&str> = hints.iter().map(|(_, hint)| hint.words.as_str()).collect();
            assert!(words.ends_with(&["help", "quit"]), "{width}: {words:?}");
            let inside = |(at, _): &(Range<usize>, FooterHint)| at.end <= usize::from(width);
            assert!(hints.iter().all(inside), "{width}");
        }
    }

    #[test]
    fn where_room_is_short_the_way_on_and_the_way_back_stay() {
        let check = |keys: &str, width: u16, expected: &str| {
            App::sized(width, 12).keys(keys).shows(expected);
        };
        check("6<Enter>", 30, "Enter sure");
        check("T", 30, " Enter take it  Esc close");
        check("s", 30, "Esc close");
        check("4", 40, "Enter open");
        check("3", 40, "Enter read");
    }

    #[test]
    fn arrows_have_names_in_ascii() {
        let mut app = App::new().keys("T");
        app.model.config.style.ascii = true;
        app.shows("Up/Down choose");
    }

    #[test]
    fn a_toast_leaves_the_hints_that_fit_beside_it() {
        let mut app = App::sized(80, 20);
        app.model.toast = Some(SafeText::ours(
            "New here? Press I: the idea in a few minutes.",
        ));
        let mut app = app.shows("few minutes.   ").shows("? help  q quit");
        let long = "so many words that they fill the row to its very end, to the last cell";
        app.model.toast = Some(SafeText::ours(long));
        app.hides("quit");
    }

    #[test]
    fn while_letters_are_typed_hints_name_other_keys() {
        let app = App::new().keys("3F");
        app.shows("quit");
        let mut app = App::new().keys("J");
        app.model.toast = None;
        assert!(
            footer(&app.model)
                .iter()
                .all(|(_, hint)| !hint.keys.is_empty())
        );
    }

    #[test]
    fn the_lens_stands_by_its_id_with_the_day() {
        App::new().shows("lens  strict");
        App::new()
            .keys("4D2021<Enter>")
            .shows("lens  strict  as of 2021");
    }

    #[test]
    fn a_toast_is_told_whole_at_every_width() {
        for width in [30, 40, 80] {
            let mut app = App::sized(width, 12).keys("L");
            let said = "give it a name of letters or digits, then Enter saves it";
            app.model.toast = Some(SafeText::ours(said));
            app.model.layout();
            let shown = app.text();
            let words: Vec<&str> = shown.split_whitespace().collect();
            assert!(words.join(" ").contains(said), "{width}: {shown}");
            assert!(shown.contains("└─"), "{width}: the frame is whole");
        }
    }

    #[test]
    fn an_overlay_names_its_own_keys() {
        App::new()
            .keys("?")
            .shows("↑↓ choose  Enter run it  Esc close");
        App::new().keys("s").shows("Tab kind");
        App::new()
            .keys("3<Tab>K")
            .shows(" Enter go there  Esc close");
    }
}
