//! A field of one line that is typed into. Editing is tui-input's; the keys are readline's.
//! Holds at most [`MAX`] characters of safe text; never wider than the field when drawn.

use tui_input::{Input as Editor, InputRequest};

use crate::app::key::{Key, KeyCode};
use crate::layout::{Role, Row, Run};
use crate::text::{SafeText, measure};

/// Longest text in characters.
pub const MAX: usize = 500;
/// Fields of so many cells show where their text was cut.
const MARKED: usize = 8;

#[derive(Clone, Debug, Default)]
pub struct TextField {
    editor: Editor,
}

impl TextField {
    pub fn value(&self) -> &str {
        self.editor.value()
    }

    /// Replaces what was typed.
    pub fn set(&mut self, text: &str) {
        self.editor = Editor::new(SafeText::line(text).to_string());
    }

    /// Takes a key; true when it belonged to the field.
    pub fn key(&mut self, chord: Key) -> bool {
        let Some(request) = request(chord) else {
            return false;
        };
        if matches!(request, InputRequest::InsertChar(_)) && self.value().chars().count() >= MAX {
            return true;
        }
        self.editor.handle(request);
        true
    }

    /// Takes pasted text, its newlines as spaces.
    pub fn paste(&mut self, pasted: &SafeText) {
        let room = MAX.saturating_sub(self.value().chars().count());
        for c in SafeText::line(pasted).chars().take(room) {
            self.editor.handle(InputRequest::InsertChar(c));
        }
    }

    /// Its row behind a label, in `width` cells altogether, and the column of its cursor.
    pub fn row(&self, label: &'static str, width: usize) -> (Row, u16) {
        let (typed, column) = self.shown(width.saturating_sub(label.len()));
        let runs = vec![Run::ours(label, Role::Label), Run::new(typed, Role::Strong)];
        (Row::from_runs(runs), (label.len() + column) as u16)
    }

    /// What shows of it in `width` cells, and the cursor's column there.
    pub fn shown(&self, width: usize) -> (SafeText, usize) {
        let scroll = self.editor.visual_scroll(width.max(1));
        let value = SafeText::line(self.value());
        let start = measure::fit(&value, scroll);
        let rest = value.slice(start..value.len());
        let end = measure::fit(&rest, width);
        let cursor = self.editor.visual_cursor().saturating_sub(scroll);
        let mut shown = rest.slice(0..end);
        if scroll > 0 && width >= MARKED {
            // What went is shown by a mark, as everywhere.
            let first = match measure::fit(&shown, 1) {
                0 => measure::fit(&shown, 2),
                end => end,
            };
            let gap = " ".repeat(measure::width(&shown.slice(0..first)).saturating_sub(1));
            shown = crate::safe!("…{gap}{}", shown.slice(first..shown.len()));
        }
        (shown, cursor.min(width.saturating_sub(1)))
    }
}

fn request(chord: Key) -> Option<InputRequest> {
    if let Some(c) = chord.typed() {
        return Some(InputRequest::InsertChar(c));
    }
    Some(match (chord.code, chord.ctrl, chord.alt) {
        (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => {
            InputRequest::DeletePrevChar
        }
        (KeyCode::Backspace, _, _) | (KeyCode::Char('w'), true, false) => {
            InputRequest::DeletePrevWord
        }
        (KeyCode::Delete, false, false) | (KeyCode::Char('d'), true, false) => {
            InputRequest::DeleteNextChar
        }
        (KeyCode::Char('u'), true, false) => InputRequest::DeleteLine,
        (KeyCode::Char('k'), true, false) => InputRequest::DeleteTillEnd,
        (KeyCode::Left, false, false) => InputRequest::GoToPrevChar,
        (KeyCode::Right, false, false) => InputRequest::GoToNextChar,
        (KeyCode::Left, true, _) => InputRequest::GoToPrevWord,
        (KeyCode::Right, true, _) => InputRequest::GoToNextWord,
        (KeyCode::Home, _, _) | (KeyCode::Char('a'), true, false) => InputRequest::GoToStart,
        (KeyCode::End, _, _) | (KeyCode::Char('e'), true, false) => InputRequest::GoToEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[&str]) -> TextField {
        let mut input = TextField::default();
        for key in keys {
            assert!(
                input.key(Key::parse(key).unwrap()),
                "{key} belongs to the field"
            );
        }
        input
    }

    #[test]
    fn fields_edit_as_readline_does() {
        assert_eq!(
            typed(&["c", "o", "l", "t", "Backspace", "d"]).value(),
            "cold"
        );
        assert_eq!(typed(&["a", "Space", "b", "Ctrl-w"]).value(), "a ");
        assert_eq!(typed(&["a", "b", "Ctrl-a", "c"]).value(), "cab");
        assert!(!TextField::default().key(Key::parse("Enter").unwrap()));
    }

    #[test]
    fn text_that_scrolled_away_leaves_a_mark() {
        let mut input = TextField::default();
        input.paste(&SafeText::ours("is lambda serverless"));
        assert_eq!(input.shown(24).0.as_str(), "is lambda serverless");
        let (shown, cursor) = input.shown(12);
        assert_eq!((shown.as_str(), cursor), ("… serverless", 11));
    }

    #[test]
    fn long_and_wide_text_scrolls_inside_the_field() {
        let mut input = TextField::default();
        input.paste(&SafeText::clean(&"日本".repeat(400)));
        assert_eq!(input.value().chars().count(), MAX);
        for width in 0..12 {
            let (shown, cursor) = input.shown(width);
            assert!(
                measure::width(&shown) <= width && cursor <= width,
                "width {width}"
            );
        }
    }

    #[test]
    fn every_key_of_a_field_does_what_readline_does() {
        let parse = |key: &str| Key::parse(key).unwrap();
        for (script, expected) in [
            ("a b c Left Backspace", "ac"),
            ("a b c Home Delete", "bc"),
            ("a b c Ctrl-a Ctrl-k", ""),
            ("a b c Ctrl-u", ""),
            ("a b Ctrl-a Right x", "axb"),
            ("a b Home End x", "abx"),
            ("a b Ctrl-a Ctrl-d", "b"),
            ("a Space b Ctrl-Left x", "a xb"),
            ("a b Ctrl-h", "a"),
        ] {
            let keys: Vec<&str> = script.split(' ').collect();
            assert_eq!(typed(&keys).value(), expected, "{script}");
        }
        for key in ["Esc", "Tab", "Up", "PgDn", "F1", "Alt-x", "Ctrl-x"] {
            assert!(!TextField::default().key(parse(key)), "{key} is for others");
        }
    }

    #[test]
    fn pasted_newlines_are_spaces_and_set_replaces() {
        let mut input = typed(&["x"]);
        input.paste(&SafeText::clean("a\nb"));
        assert_eq!(input.value(), "xa b");
        input.set("new");
        assert_eq!(input.value(), "new");
        assert_eq!(input.shown(10), (SafeText::ours("new"), 3));
    }
}
