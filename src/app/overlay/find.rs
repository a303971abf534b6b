//! Finding words in the open page: a field in the bottom row that searches with every letter.

use ratatui::layout::Rect;

use crate::app::choice::Choice;
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::{Key, KeyCode};
use crate::app::painter::Painter;
use crate::app::widget::TextField;
use crate::layout::{Role, Run};
use crate::text::{SafeText, measure};

/// What stands before the field.
const LABEL: &str = " find  ";

#[derive(Default)]
pub struct Find {
    input: TextField,
}

impl Find {
    fn search(&self) -> Response {
        Response::choice(Choice::Find(self.input.value().to_owned()))
    }
}

impl Overlay for Find {
    fn covers(&self) -> bool {
        false
    }

    fn has_bottom_row(&self) -> bool {
        true
    }

    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn on_key(&mut self, key: Key, _ctx: &ScreenContext) -> Response {
        if key.code == KeyCode::Enter {
            Response {
                choice: Some(Choice::Found(self.input.value().to_owned())),
                ..Response::close()
            }
        } else if self.input.key(key) {
            self.search()
        } else {
            Response::ignored()
        }
    }

    fn typing(&self) -> bool {
        true
    }

    fn on_paste(&mut self, text: &SafeText) -> Response {
        self.input.paste(text);
        self.search()
    }

    /// Who leaves with Esc does not want the hits any more.
    fn on_close(&mut self) -> Response {
        Response::choice(Choice::Find(String::new()))
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let row = Rect {
            y: ctx.area.bottom(),
            height: 1,
            ..ctx.area
        };
        let width = usize::from(row.width);
        let (mut field, column) = self.input.row(LABEL, width.saturating_sub(1));
        if let Some(message) = ctx.toast {
            let room = width.saturating_sub(field.width() + 3);
            field.push(Run::ours("   ", Role::Dim));
            field.push(Run::new(measure::cut(message, room), Role::Dim));
        }
        painter.clear(row);
        painter.row(row, &field);
        Some((column, row.y))
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Msg;
    use crate::app::samples::{App, check_toasts};

    #[test]
    fn every_letter_searches_the_page() {
        check_toasts(&[
            ("3<Enter>/tones", "hit 1 of 1"),
            ("3<Enter>/TONES", "hit 1 of 1"),
            (
                "3<Enter>/zzz",
                "not in this page: zzz · Enter searches everything",
            ),
            ("3<Enter>/", ""),
            ("3<Enter>/tones<Ctrl-u>", ""),
            ("3<Enter>/tones<F5>", "hit 1 of 1"),
            ("3<Enter>/tones<Enter>", ""),
            ("3<Enter>/zzz<Enter>", ""),
            ("3<Enter>/tones<Esc>", ""),
        ]);
    }

    #[test]
    fn hits_are_walked_after_enter_and_gone_after_esc() {
        check_toasts(&[
            ("3<Enter>/chime<Enter>n", "hit 2 of 2"),
            ("3<Enter>/chime<Enter>N", "hit 2 of 2, from the end again"),
            ("3<Enter>/chime<Enter>nn", "hit 1 of 2, from the top again"),
            (
                "3<Enter>/chime<Esc>n",
                "nothing to find yet: / searches this page",
            ),
            (
                "3<Enter>/chime<Enter><Esc>n",
                "nothing to find yet: / searches this page",
            ),
            ("3n", "nothing to find yet: / searches this page"),
        ]);
    }

    #[test]
    fn the_field_lies_in_the_bottom_row_with_its_cursor() {
        let (text, cursor) = App::new().keys("3<Enter>/tones").shown();
        let last = text.lines().last().unwrap();
        assert_eq!(last, " find  tones   hit 1 of 1");
        assert_eq!(cursor, (12, 29));
    }

    #[test]
    fn pasted_words_are_searched_and_the_screen_below_takes_clicks() {
        let mut app = App::new().keys("3<Enter>/");
        app.send(Msg::Paste(crate::text::SafeText::ours("tones")));
        let app = app.says("hit 1 of 1");
        let (x, y) = app.find("Knocker");
        app.click(x, y).shows("Older than the");
    }
}
