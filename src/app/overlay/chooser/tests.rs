//! Tests of choosers: typing, headings, clicks, any window.

use super::*;
use crate::app::action::{Action, GlobalAction};
use crate::app::samples::{keys, with_context};
use crate::layout::Theme;
use ratatui::buffer::Buffer;

fn row(label: &'static str, action: GlobalAction) -> ChooserRow {
    ChooserRow::new(label, "about", Choice::Action(Action::Global(action))).aside("Ctrl-k")
}

fn chooser() -> Chooser {
    let rows = vec![
        row("Search everything", GlobalAction::Search),
        row("Choose the lens", GlobalAction::Lens),
        row("Choose the theme", GlobalAction::Theme),
    ];
    Chooser::new("Commands", rows, "none")
}

fn window(width: u16, height: u16) -> Rect {
    Rect::new(0, 1, width, height)
}

/// The action that is chosen by a key script, as the last of its keys answers.
fn chosen(mut chooser: Chooser, script: &str) -> Option<Choice> {
    with_context(window(80, 22), |ctx| {
        let mut last = None;
        for key in keys(script) {
            chooser.layout(ctx);
            let response = chooser.on_key(key, ctx);
            assert_eq!(response.close, response.choice.is_some(), "{script}");
            last = response.choice;
        }
        last
    })
}

#[test]
fn typing_narrows_and_enter_takes_the_row() {
    let act = |action| Some(Choice::Action(Action::Global(action)));
    for (script, expected) in [
        ("<Enter>", act(GlobalAction::Search)),
        ("lens<Enter>", act(GlobalAction::Lens)),
        ("LENS<Enter>", act(GlobalAction::Lens)),
        ("the cho<Enter>", act(GlobalAction::Lens)),
        ("choose<Down><Enter>", act(GlobalAction::Theme)),
        ("<Tab><Tab><Shift-Tab><Enter>", act(GlobalAction::Lens)),
        ("<Ctrl-n><Ctrl-n><Ctrl-p><Enter>", act(GlobalAction::Lens)),
        ("<PgDn><Enter>", act(GlobalAction::Theme)),
        ("lensx<Enter>", None),
        ("lens", None),
        ("xyz<Ctrl-u><Enter>", act(GlobalAction::Search)),
    ] {
        assert_eq!(chosen(chooser(), script), expected, "{script}");
    }
}

#[test]
fn the_row_that_holds_now_is_under_the_cursor() {
    let at = chooser().at(Choice::Action(Action::Global(GlobalAction::Theme)));
    assert_eq!(at.row().map(|r| &*r.label), Some("Choose the theme"));
    let grouped = [
        ChooserRow::heading("Group"),
        row("One", GlobalAction::Help),
        ChooserRow::heading("Other"),
        row("Two", GlobalAction::Search),
    ];
    let mut grouped = Chooser::new("Groups", grouped, "nothing");
    let label = |chooser: &Chooser| chooser.row().map(|r| r.label.to_string());
    assert_eq!(
        (label(&grouped).as_deref(), &*grouped.place()),
        (Some("One"), "1 of 2")
    );
    with_context(Rect::new(0, 0, 80, 24), |ctx| {
        for key in keys("<Down>") {
            grouped.on_key(key, ctx);
        }
    });
    assert_eq!(
        (label(&grouped).as_deref(), &*grouped.place()),
        (Some("Two"), "2 of 2")
    );
    with_context(Rect::new(0, 0, 80, 24), |ctx| {
        for key in keys("<Up><Up>") {
            grouped.on_key(key, ctx);
        }
    });
    assert_eq!(label(&grouped).as_deref(), Some("One"));
    let nowhere = chooser().at(Choice::Theme("dark".to_owned()));
    assert_eq!(nowhere.row().map(|r| &*r.label), Some("Search everything"));
}

#[test]
fn what_is_typed_can_become_a_row() {
    let made = |words: &str| {
        let quit = (words == "quit").then(|| row("Quit", GlobalAction::Quit));
        quit.into_iter().collect()
    };
    let chooser = chooser().typed(made);
    let quit = Some(Choice::Action(Action::Global(GlobalAction::Quit)));
    assert_eq!(chosen(chooser.clone(), "quit<Enter>"), quit);
    assert_eq!(
        chosen(chooser, "quit<Backspace><Enter>"),
        None,
        "only as long as it is typed"
    );
}

#[test]
fn a_click_takes_a_row_of_the_list_only() {
    with_context(window(80, 22), |ctx| {
        let mut chooser = chooser();
        chooser.layout(ctx);
        let list = chooser.areas.list;
        for (row, expected) in [
            (list.y + 1, Some(GlobalAction::Lens)),
            (list.y - 1, None),
            (list.bottom(), None),
        ] {
            let response = chooser.on_click(list.x, row, ctx);
            let expected = expected.map(|action| Choice::Action(Action::Global(action)));
            assert_eq!(response.choice, expected, "row {row}");
            assert!(response.handled, "nothing reaches the screen below");
        }
    });
}

#[test]
fn any_screen_can_hold_it() {
    for width in 0..40 {
        for height in 0..12 {
            with_context(window(width, height), |ctx| {
                let mut buf = Buffer::empty(ctx.area);
                let mut chooser = chooser();
                chooser.layout(ctx);
                let mut painter = Painter {
                    buf: &mut buf,
                    theme: Theme::terminal(),
                    ascii: false,
                };
                chooser.view(&mut painter, ctx);
            });
        }
    }
}
