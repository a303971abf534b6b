//! Making a lens of one's own: what it must at least answer, criterion by criterion, with the verdicts moving along.
//!
//! Enter saves it under its name. Esc leaves; what was changed is kept as a draft, so that nothing is lost.

use ratatui::layout::{Margin, Rect};

use crate::app::action::{Action, GlobalAction, MoveAction, PageAction};
use crate::app::choice::Choice;
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::Scope;
use crate::app::msg::Effect;
use crate::app::painter::Painter;
use crate::app::widget::{ListCursor, TextField, area, cursor_sign};
use crate::core::judge::ServiceTable;
use crate::core::judge::lens_draft::{LensDraft, LensPreview};
use crate::layout::{Role, Row, Run};
use crate::pack::own_lenses::{id_of, written};
use crate::pack::{Address, CriterionId, Kind};
use crate::text::{SafeText, measure};
use crate::views::lens_draft::{choice_row, preview_rows};

/// Widest frame in cells, edges included.
const MAX_WIDTH: u16 = 84;
/// Rows below the criteria where there is room for them.
const PREVIEW: u16 = 12;
const NAME: &str = "name  ";

pub struct LensEditor {
    draft: LensDraft,
    /// As it was opened, to know whether anything changed.
    begun: LensDraft,
    name: TextField,
    /// The name, then the criteria.
    list: ListCursor,
    table: ServiceTable,
    preview: LensPreview,
    areas: LensEditorAreas,
}

#[derive(Clone, Copy, Default)]
struct LensEditorAreas {
    outer: Rect,
    name: Rect,
    heading: Rect,
    list: Rect,
    question: Rect,
    preview: Rect,
}

impl LensEditor {
    pub fn new(draft: LensDraft, table: ServiceTable) -> Self {
        let mut name = TextField::default();
        name.set(&draft.lens().name);
        let criteria = draft.lens().subject.criteria.count();
        let mut list = ListCursor::new(criteria + 1);
        // A new lens is shaped first and named when it is what one wants.
        list.cursor = 1.min(criteria);
        Self {
            preview: draft.preview(&table),
            begun: draft.clone(),
            draft,
            name,
            list,
            table,
            areas: LensEditorAreas::default(),
        }
    }

    /// The criterion under the cursor; `None` on the name.
    fn criterion(&self) -> Option<CriterionId> {
        CriterionId::new(self.list.cursor.checked_sub(1)?)
    }

    fn step(&mut self, by: isize, round: bool) -> Response {
        if let Some(criterion) = self.criterion() {
            self.draft.step(criterion, by, round);
            self.preview = self.draft.preview(&self.table);
        }
        Response::done()
    }

    /// The draft under the name that is typed.
    fn named(&self) -> LensDraft {
        let mut draft = self.draft.clone();
        let name = SafeText::line(self.name.value().trim());
        let id = id_of(&name).unwrap_or_default();
        draft.call(name, id);
        draft
    }

    fn save(&mut self, ctx: &ScreenContext) -> Response {
        let draft = self.named();
        let lens = draft.lens();
        let refused = |this: &mut Self, row: usize, words: SafeText| {
            this.list.cursor = row;
            Response::toast(words)
        };
        if lens.name.is_empty() || lens.id.is_empty() {
            let words = SafeText::ours("give it a name of letters or digits, then Enter saves it");
            return refused(self, 0, words);
        }
        if !draft.asks() {
            let words = SafeText::ours("ask for something first: Right on a row");
            return refused(self, 1, words);
        }
        let address = Address::new(Kind::Lenses, &lens.id);
        let is_there = address.is_none_or(|a| ctx.library.position(&a).is_some());
        let own = ctx.library.own_lenses().files().iter();
        let is_a_file = own.map(|file| &file.id).any(|id| *id == lens.id);
        if !draft.is_saved && (is_there || is_a_file) {
            let words = crate::safe!("there is a lens {} already; another name, please", lens.id);
            return refused(self, 0, words);
        }
        Response {
            close: true,
            ..Response::choice(Choice::KeepLens(Box::new(draft)))
        }
    }

    fn copy(&self) -> Response {
        let text = SafeText::clean(&written(self.named().lens()));
        let what = SafeText::ours("the lens, as TOML");
        Response::effect(Effect::Copy(text, what))
    }

    fn delete(&self) -> Response {
        if !self.draft.is_saved {
            return Response::toast("it is not saved yet; Esc leaves it");
        }
        Response {
            close: true,
            ..Response::choice(Choice::DropLens(self.draft.lens().id.clone()))
        }
    }

    fn leave(&self) -> Response {
        let draft = self.named();
        let is_changed = draft.lens().rule != self.begun.lens().rule
            || draft.lens().name != self.begun.lens().name;
        let close = Response::close();
        match is_changed {
            true => Response {
                choice: Some(Choice::KeepDraft(Box::new(draft))),
                ..close
            },
            false => close,
        }
    }

    fn areas(&self, window: Rect) -> LensEditorAreas {
        let criteria = self.list.len as u16 - 1;
        let width = MAX_WIDTH
            .min(window.width.saturating_sub(2))
            .max(window.width.min(20));
        // Name, heading, list, the question, each with air where there is room, and what comes of it.
        let wanted = 2 + 2 + 1 + criteria + 3 + PREVIEW;
        let height = wanted.min(window.height);
        let outer = area::floating(window, width, height);
        let inner = outer.inner(Margin::new(2, 1));
        let air = u16::from(inner.height > criteria + 11);
        let question = u16::from(inner.height > criteria + 7);
        let head = 1 + air + 1;
        let foot = question + 2 * air;
        let least = match inner.height {
            0..10 => 2,
            10..14 => 3,
            _ => 5,
        };
        let rows = criteria.min(inner.height.saturating_sub(head + foot + least).max(1));
        let list = area::rows(inner, head, rows);
        LensEditorAreas {
            outer,
            name: area::row(inner, 0),
            heading: area::row(inner, 1 + air),
            list,
            question: area::rows(inner, head + rows + air, question),
            preview: area::below(inner, head + rows + foot),
        }
    }

    fn view_list(&self, painter: &mut Painter) {
        let list = self.areas.list;
        let at = self.list.cursor.saturating_sub(1);
        let height = usize::from(list.height).max(1);
        let top = (at + 1).saturating_sub(height);
        let scrolls = self.list.len - 1 > height;
        painter.scroll_mark(list, top, self.list.len - 1);
        // Air before the mark.
        let width = usize::from(list.width) - 2 - usize::from(scrolls);
        for (spot, n) in list.rows().zip(top..) {
            let Some(criterion) = CriterionId::new(n).filter(|_| n + 1 < self.list.len) else {
                break;
            };
            let on = self.list.cursor == n + 1;
            let mut row = Row::from_runs(vec![cursor_sign(on)]);
            let choices = choice_row(&self.draft, criterion, width);
            row.runs.extend(choices.runs);
            painter.row(spot, &row);
            if on {
                painter.select(spot);
            }
        }
    }
}

impl Overlay for LensEditor {
    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let mut hints = vec![
            ("↑↓", "row"),
            ("←→", "least answer"),
            ("Enter", "save"),
            ("Esc", "leave"),
        ];
        if !self.typing() {
            hints.push(("y", "copy"));
            hints.extend(self.draft.is_saved.then_some(("Delete", "delete it")));
        }
        hints
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        match key.code {
            KeyCode::Enter => return self.save(ctx),
            KeyCode::Tab => {
                let to = if key.shift {
                    MoveAction::Up
                } else {
                    MoveAction::Down
                };
                self.list.moved(to, None);
                return Response::done();
            }
            _ => {}
        }
        let is_name = self.criterion().is_none();
        if is_name && self.name.key(key) {
            return Response::done();
        }
        if key.code == KeyCode::Delete {
            return self.delete();
        }
        let scopes = [Scope::Page, Scope::Moving, Scope::Everywhere];
        match ctx.config.keymap.action(&scopes, key) {
            _ if key.code == KeyCode::Char(' ') => return self.step(1, true),
            Some(Action::Move(MoveAction::Left)) => return self.step(-1, false),
            Some(Action::Move(MoveAction::Right)) => return self.step(1, false),
            Some(Action::Move(to)) => drop(self.list.moved(to, None)),
            Some(Action::Page(PageAction::Copy)) => return self.copy(),
            Some(Action::Global(GlobalAction::Quit)) => return self.leave(),
            _ => {}
        }
        Response::done()
    }

    fn on_close(&mut self) -> Response {
        self.leave()
    }

    fn typing(&self) -> bool {
        self.criterion().is_none()
    }

    fn on_paste(&mut self, text: &SafeText) -> Response {
        self.name.paste(text);
        Response::done()
    }

    fn on_click(&mut self, column: u16, row: u16, _ctx: &ScreenContext) -> Response {
        let at = (column, row).into();
        if self.areas.name.contains(at) {
            self.list.cursor = 0;
        } else if self.areas.list.contains(at) {
            let n = usize::from(row - self.areas.list.y) + 1;
            if self.list.cursor == n {
                return self.step(1, true);
            }
            self.list.cursor = n.min(self.list.len - 1);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.areas = self.areas(ctx.area);
        self.list.layout(self.list.len);
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let areas = self.areas;
        let things = &ctx.library.pack().subject.things;
        let title = match self.draft.is_saved {
            true => crate::safe!("Your lens “{}”", self.begun.lens().name),
            false => SafeText::ours("A lens of your own"),
        };
        painter.frame(areas.outer, &title);
        let on = self.criterion().is_none();
        let width = usize::from(areas.name.width);
        let (field, column) = self.name.row(NAME, width.saturating_sub(2));
        let mut row = Row::from_runs(vec![cursor_sign(on)]);
        row.runs.extend(field.runs);
        if self.name.value().is_empty() && !on {
            row.add("none yet", Role::Dim);
        }
        painter.row(areas.name, &row);
        if on {
            painter.select(areas.name);
        }
        let heading = things.fill("Least answer of a {one}");
        let heading = measure::cut(&heading, width);
        painter.text(areas.heading, &heading, Role::Heading);
        self.view_list(painter);
        let asked = self.criterion();
        let criteria = &self.draft.lens().subject.criteria;
        let question = asked.and_then(|c| criteria.get(c)?.question.clone());
        let said = SafeText::ours("The name becomes the id: `--lens` takes it.");
        let question = measure::cut(&question.unwrap_or(said), width);
        painter.row(
            areas.question,
            &Row::from_runs(vec![Run::new(question, Role::Dim)]),
        );
        let room = (
            usize::from(areas.preview.width),
            usize::from(areas.preview.height),
        );
        let rows = preview_rows(&self.draft, &self.table, &self.preview, room);
        painter.rows(areas.preview, &rows);
        let y = areas.list.y
            + self
                .list
                .cursor
                .saturating_sub(1)
                .min(usize::from(areas.list.height.max(1)) - 1) as u16;
        Some(match on {
            true => (areas.name.x + 2 + column, areas.name.y),
            false => (areas.list.x, y),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::LensFileChange;
    use crate::app::samples::{App, check};

    /// The app with a settings file, so that lenses can be saved.
    fn app(script: &str) -> App {
        let mut app = App::new();
        app.model.config.file = Some("/settings/config.toml".into());
        app.keys(script)
    }

    #[track_caller]
    fn says(script: &str, words: &str) {
        assert_eq!(app(script).toast(), words, "{script}");
    }

    #[test]
    fn steps_move_the_verdicts_that_show() {
        check(&[
            ("O", "A lens of your own", ""),
            ("O", "No verdict differs from “Nothing between guests”.", ""),
            (
                "O<Down><Down><Down><Down><Right><Right><Right>",
                "1 verdict differs",
                "",
            ),
            ("O<Esc>", "Compare", "A lens of your own"),
        ]);
    }

    #[test]
    fn a_lens_is_saved_under_its_name_and_put_on() {
        let app = app("O<Down><Down><Left><Enter>Mine<Enter>");
        let Some(Effect::ChangeLens(LensFileChange::Write(file))) = app.effects.first() else {
            panic!("{}", app.text())
        };
        assert_eq!(file.path, "/settings/lenses/what-is-a-doorbell/mine.toml");
        let text = file.text.as_deref().unwrap();
        assert!(text.starts_with("name = \"Mine\"\n\n[minimum]\n"), "{text}");
        assert_eq!(app.model.view.lens, "mine");
        assert!(app.toast().starts_with("saved · "), "{}", app.toast());
        app.keys("L").shows("yours                   Mine");
    }

    #[test]
    fn what_cannot_be_saved_says_why() {
        says(
            "O<Enter>",
            "give it a name of letters or digits, then Enter saves it",
        );
        says(
            "O<Enter>Strict<Enter>",
            "there is a lens strict already; another name, please",
        );
        let nothing = "O<Up>Mine<Down><Down><Down><Left><Left><Down><Left><Left><Enter>";
        says(nothing, "ask for something first: Right on a row");
        let mut app = App::new();
        app.saves = false;
        app.model.config.file = Some("/settings/config.toml".into());
        app.keys("O<Up>Mine<Enter>")
            .says("not saved: the disk is full; O goes on with it")
            .keys("O")
            .shows("name  Mine");
        App::new()
            .keys("O<Up>Mine<Enter>")
            .says("there is no home folder to save it in; O and then y copies it");
    }

    #[test]
    fn what_is_left_unsaved_is_kept_as_a_draft() {
        says("O<Up>Mi<Esc>", "not saved; O goes on with it");
        says("O<Down>q", "");
        app("O<Up>Mi<Esc>O").shows("name  Mi");
        app("O<Up>Mi<Esc>O<Up>ne<Enter>O").shows("Your lens “Mine”");
    }

    #[test]
    fn a_deleted_lens_comes_back() {
        let saved = "O<Up>Mine<Enter>";
        says(
            &format!("{saved}O<Delete>"),
            "“Mine” is deleted; L brings it back",
        );
        let back = app(&format!("{saved}O<Delete>Lback<Enter>"));
        assert_eq!(back.model.view.lens, "mine");
        says("O<Delete>", "it is not saved yet; Esc leaves it");
        app(&format!("{saved}O<Delete>L")).hides("yours                   Mine");
    }

    #[test]
    fn it_is_copied_as_text() {
        let app = app("Oy");
        assert!(
            matches!(app.effects.as_slice(), [Effect::Copy(text, _)] if text.contains("[minimum]")),
            "{}",
            app.text()
        );
    }

    #[test]
    fn any_window_holds_it() {
        for (width, height) in [(30, 12), (40, 12), (50, 16), (80, 24), (200, 50)] {
            App::sized(width, height)
                .keys("O")
                .shows("of your own")
                .shows("scale");
        }
    }
}
