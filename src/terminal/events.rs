//! crossterm's keys and mouse events as ours: for Windows, and for tests everywhere.

use crossterm::event::{
    KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::{Key, KeyCode, Mouse};

/// A key as ours; none for releases, and for keys that type and move nothing.
pub(super) fn key(event: KeyEvent) -> Option<Key> {
    use crossterm::event::KeyCode as Theirs;
    let code = match event.code {
        Theirs::Char(c) => KeyCode::Char(c),
        Theirs::F(n @ 1..=12) => KeyCode::F(n),
        Theirs::Up => KeyCode::Up,
        Theirs::Down => KeyCode::Down,
        Theirs::Left => KeyCode::Left,
        Theirs::Right => KeyCode::Right,
        Theirs::Enter => KeyCode::Enter,
        Theirs::Esc => KeyCode::Esc,
        Theirs::Tab | Theirs::BackTab => KeyCode::Tab,
        Theirs::Backspace => KeyCode::Backspace,
        Theirs::Delete => KeyCode::Delete,
        Theirs::Insert => KeyCode::Insert,
        Theirs::Home => KeyCode::Home,
        Theirs::End => KeyCode::End,
        Theirs::PageUp => KeyCode::PageUp,
        Theirs::PageDown => KeyCode::PageDown,
        _ => return None,
    };
    let held = |key| event.modifiers.contains(key);
    // Ctrl and Alt together type a sign, as AltGr does.
    let sign = matches!(code, KeyCode::Char(c) if !c.is_ascii_alphanumeric());
    let types = sign && held(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let key = Key {
        code,
        ctrl: held(KeyModifiers::CONTROL) && !types,
        alt: held(KeyModifiers::ALT) && !types,
        shift: held(KeyModifiers::SHIFT) || event.code == Theirs::BackTab,
    };
    (event.kind != KeyEventKind::Release).then(|| key.normalized())
}

/// A click or a turn of the wheel as ours; nothing else means anything to the app.
pub(super) fn mouse(event: MouseEvent) -> Option<Mouse> {
    let (column, row) = (event.column, event.row);
    let wheel = |rows| Mouse::Wheel { rows, column, row };
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click { column, row }),
        MouseEventKind::ScrollUp => Some(wheel(-Mouse::NOTCH)),
        MouseEventKind::ScrollDown => Some(wheel(Mouse::NOTCH)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode as Theirs;

    use super::*;

    const NONE: KeyModifiers = KeyModifiers::NONE;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const ALT: KeyModifiers = KeyModifiers::ALT;

    #[test]
    fn keys_are_written_as_in_the_settings() {
        let check = |code, held, expected: &str| {
            let found = key(KeyEvent::new(code, held)).map(|key| key.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{code:?} {held:?}");
        };
        check(Theirs::Char('j'), NONE, "j");
        check(Theirs::Char('G'), SHIFT, "G");
        check(Theirs::Char('k'), CTRL, "Ctrl-k");
        check(Theirs::Char('3'), ALT, "Alt-3");
        check(Theirs::Char(' '), NONE, "Space");
        check(Theirs::Char('?'), SHIFT, "?");
        check(Theirs::F(1), NONE, "F1");
        check(Theirs::F(13), NONE, "");
        check(Theirs::Tab, NONE, "Tab");
        check(Theirs::BackTab, NONE, "Shift-Tab");
        check(Theirs::BackTab, SHIFT, "Shift-Tab");
        check(Theirs::Left, ALT, "Alt-Left");
        check(Theirs::Right, SHIFT, "Shift-Right");
        check(Theirs::PageDown, NONE, "PgDn");
        check(Theirs::CapsLock, NONE, "");
        // AltGr on a German keyboard comes as both.
        check(Theirs::Char('\\'), CTRL | ALT, "\\");
        check(Theirs::Char('{'), CTRL | ALT, "{");
    }

    #[test]
    fn a_key_counts_when_it_goes_down_and_while_it_repeats() {
        let check = |kind, expected| {
            let event = KeyEvent::new_with_kind(Theirs::Char('j'), NONE, kind);
            assert_eq!(key(event).is_some(), expected, "{kind:?}");
        };
        check(KeyEventKind::Press, true);
        check(KeyEventKind::Repeat, true);
        check(KeyEventKind::Release, false);
    }

    #[test]
    fn the_first_button_and_the_wheel_mean_something() {
        let check = |kind, expected| {
            let (column, row, modifiers) = (4, 2, NONE);
            let event = MouseEvent {
                kind,
                column,
                row,
                modifiers,
            };
            assert_eq!(mouse(event), expected, "{kind:?}");
        };
        let (column, row) = (4, 2);
        let wheel = |rows| Some(Mouse::Wheel { rows, column, row });
        let click = Mouse::Click { column, row };
        check(MouseEventKind::Down(MouseButton::Left), Some(click));
        check(MouseEventKind::Down(MouseButton::Right), None);
        check(MouseEventKind::Up(MouseButton::Left), None);
        check(MouseEventKind::Moved, None);
        check(MouseEventKind::ScrollUp, wheel(-Mouse::NOTCH));
        check(MouseEventKind::ScrollDown, wheel(Mouse::NOTCH));
    }
}
