//! The field over a list that narrows it as one types.

use crate::app::choice::Choice;
use crate::app::component::Response;
use crate::app::key::{Key, KeyCode};
use crate::app::widget::text_field::TextField;
use crate::layout::{Role, Row, Run};
use crate::text::SafeText;

/// What stands before the field.
const LABEL: &str = "filter  ";

/// The field, and whether keys go into it.
#[derive(Clone, Debug, Default)]
pub struct FilterField {
    pub field: TextField,
    pub typing: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FilterChange {
    /// Nobody is typing: the key is for others.
    Ignored,
    Same,
    Typed,
    /// Esc: no words, and no other filters either.
    Cleared,
}

impl FilterField {
    pub fn on_key(&mut self, key: Key) -> FilterChange {
        if !self.typing {
            return FilterChange::Ignored;
        }
        match key.code {
            KeyCode::Enter | KeyCode::Down | KeyCode::Tab => self.typing = false,
            KeyCode::Esc => {
                self.typing = false;
                self.field.set("");
                return FilterChange::Cleared;
            }
            _ if self.field.key(key) => return FilterChange::Typed,
            _ => {}
        }
        FilterChange::Same
    }

    /// What Enter does where nothing in a list of so many has the words: everything is searched for them.
    pub fn searches_on(&mut self, key: Key, len: usize) -> Option<Response> {
        let words = self.field.value().trim().to_owned();
        let misses = self.typing && len == 0 && key.code == KeyCode::Enter && !words.is_empty();
        misses.then(|| {
            self.typing = false;
            Response::choice(Choice::Search(words))
        })
    }

    /// Its row in at most `width` cells of text, and the column of its cursor.
    pub fn row(&self, width: usize) -> (Row, u16) {
        let (typed, column) = self.field.shown(width);
        let words = if typed.is_empty() && !self.typing {
            SafeText::ours("/ to filter")
        } else {
            typed
        };
        let role = if self.typing { Role::Strong } else { Role::Dim };
        let row = Row::from_runs(vec![Run::ours(LABEL, Role::Label), Run::new(words, role)]);
        (row, (LABEL.len() + column) as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::keys;

    #[test]
    fn keys_are_taken_only_while_one_types() {
        for (typing, script, expected) in [
            (false, "x", FilterChange::Ignored),
            (true, "x", FilterChange::Typed),
            (true, "<Enter>", FilterChange::Same),
            (true, "<Down>", FilterChange::Same),
            (true, "<Esc>", FilterChange::Cleared),
            (true, "<F5>", FilterChange::Same),
            (true, "x<Enter>y", FilterChange::Ignored),
        ] {
            let mut filter = FilterField {
                typing,
                ..FilterField::default()
            };
            let last = keys(script)
                .into_iter()
                .map(|key| filter.on_key(key))
                .last();
            assert_eq!(last, Some(expected), "{script}");
        }
    }

    #[test]
    fn its_row_says_how_to_begin_or_what_was_typed() {
        let mut filter = FilterField::default();
        let shown = |filter: &FilterField| {
            let (row, column) = filter.row(10);
            let words: String = row.runs.iter().map(|r| r.text.as_str()).collect();
            (words, column)
        };
        assert_eq!(shown(&filter), ("filter  / to filter".to_owned(), 8));
        filter.typing = true;
        assert_eq!(shown(&filter), ("filter  ".to_owned(), 8));
        filter.field.paste(&SafeText::ours("abc"));
        assert_eq!(shown(&filter), ("filter  abc".to_owned(), 11));
    }
}
