//! The outline beside the lesson: each lesson with what is known of it, and at its foot what to do next, whatever is scrolled.

use ratatui::layout::Rect;

use crate::app::action::{Action, GlobalAction, LearnAction};
use crate::app::key::Key;
use crate::app::keymap::is_offered;
use crate::app::painter::Painter;
use crate::app::screen::ScreenContext;
use crate::app::screen::learn::LearnScreen;
use crate::app::widget::{area, cursor_sign};
use crate::layout::wrap::{end_with, wrap};
use crate::layout::{Role, Row, Run};
use crate::pack::Lesson;
use crate::text::SafeText;
use crate::views;

/// Rows that the lessons keep when there is something at the foot.
const LEAST: usize = 9;

impl LearnScreen {
    /// The outline's cells for the lessons, and the rows at its foot, which a low window does not have.
    pub(super) fn parts(&self, outline: Rect, ctx: &ScreenContext) -> (Rect, Vec<Row>) {
        let foot = self.foot(ctx, usize::from(outline.width));
        let taken = foot.len() + usize::from(!foot.is_empty());
        if usize::from(outline.height) < taken + LEAST {
            return (outline, Vec::new());
        }
        let height = outline.height - taken as u16;
        (Rect { height, ..outline }, foot)
    }

    pub(super) fn view_outline(
        &self,
        painter: &mut Painter,
        area: Rect,
        ctx: &ScreenContext,
    ) -> Option<(u16, u16)> {
        let mut cursor = None;
        let lessons = ctx.library.lessons();
        let width = usize::from(area.width);
        let (list, foot) = self.parts(area, ctx);
        let heights = self.heights(width, ctx);
        let gap = gap(&heights, list);
        let (before, all) = (
            heights.iter().take(self.list.top).sum(),
            heights.iter().sum(),
        );
        if gap == 0 {
            painter.scroll_mark(list, before, all);
        }
        let mut y = area.y;
        for (i, lesson) in lessons.iter().enumerate().skip(self.list.top) {
            let on = i == self.list.cursor;
            let rows = self.outline_rows((i, lessons.len()), lesson, on, width);
            let spot = area::rows(list, y - area.y, rows.len() as u16);
            if spot.height == 0 {
                break;
            }
            painter.rows(spot, &rows);
            if on {
                if self.outline {
                    painter.select(spot);
                } else {
                    painter.tint(spot, Role::Strong);
                }
                cursor = Some((spot.x, spot.y));
            }
            y += spot.height + gap;
        }
        painter.rows(area::bottom(area, foot.len() as u16), &foot);
        cursor
    }

    /// What stands at the foot, each with its key: the first look for whoever begins, what to do next, how many myths there are
    /// and how many were met.
    fn foot(&self, ctx: &ScreenContext, width: usize) -> Vec<Row> {
        let next = self.next.as_ref().map(|(next, _)| next.what.clone());
        let known = self.known.iter().flatten();
        let begins = self.read.is_empty() && known.map(|known| known.answered).sum::<usize>() == 0;
        let look = Action::Global(GlobalAction::Guide);
        let begins = begins && self.known.is_some() && is_offered(look, ctx.library);
        let of = [
            (
                look,
                begins.then(|| SafeText::ours("The idea in a few minutes")),
            ),
            (Action::Learn(LearnAction::DoNext), next),
            (Action::Global(GlobalAction::Myths), self.myths.clone()),
        ];
        let row = |(action, words): (Action, Option<SafeText>)| {
            let keys = ctx.config.keymap.keys(action);
            let key = keys.first().map(Key::to_string).unwrap_or_default();
            let words = [
                Run::new(crate::safe!("  {key}  "), Role::Key),
                Run::new(words?, Role::Dim),
            ];
            Some(wrap(&words, width, 0, 5))
        };
        of.into_iter().filter_map(row).flatten().collect()
    }

    /// A lesson in the outline: its number out of all, its title over as many rows as it takes, and behind it how long it
    /// is, whether it was read and how far its questions are known.
    fn outline_rows(
        &self,
        (i, of): (usize, usize),
        lesson: &Lesson,
        on: bool,
        width: usize,
    ) -> Vec<Row> {
        let digits = of.to_string().len();
        // A cell of air before the mark of where one is.
        let width = width.saturating_sub(1);
        let minutes = (width >= 29).then(|| crate::safe!("{} min", lesson.minutes));
        let words = [
            cursor_sign(on),
            Run::new(crate::safe!("{:>digits$}  ", i + 1), Role::Dim),
            Run::new(lesson.title.clone(), Role::Text),
        ];
        let mut rows = wrap(&words, width, 0, digits + 4);
        let known = self.known.as_ref().and_then(|all| all.get(i));
        let known = known.filter(|known| known.answered > 0).copied();
        let known = known.map(views::lesson::known_words);
        let read = self.read.contains(&lesson.id);
        let read = read.then_some(SafeText::ours("read"));
        let said: Vec<SafeText> = minutes.into_iter().chain(read).chain(known).collect();
        let said = Run::new(SafeText::join(&said, " · "), Role::Dim);
        end_with(&mut rows, said, width, digits + 4);
        rows
    }

    /// The rows of each lesson.
    fn heights(&self, width: usize, ctx: &ScreenContext) -> Vec<usize> {
        let lessons = ctx.library.lessons();
        let rows = |(i, lesson): (usize, &&Lesson)| {
            self.outline_rows((i, lessons.len()), lesson, false, width)
        };
        let all = lessons.iter().enumerate().map(rows);
        all.map(|rows| rows.len()).collect()
    }

    /// How many lessons surely fit into an area.
    pub(super) fn fitting(&self, list: Rect, ctx: &ScreenContext) -> usize {
        let heights = self.heights(list.width.into(), ctx);
        match gap(&heights, list) {
            0 => usize::from(list.height) / heights.iter().max().copied().unwrap_or(1).max(1),
            _ => heights.len(),
        }
    }

    /// The lesson at a row of the lessons' area.
    pub(super) fn lesson_at(&self, row: usize, list: Rect, ctx: &ScreenContext) -> Option<usize> {
        let heights = self.heights(list.width.into(), ctx);
        let gap = usize::from(gap(&heights, list));
        let mut end = 0;
        let mut shown = heights.iter().enumerate().skip(self.list.top);
        shown.find_map(|(i, height)| {
            end += height + gap;
            (row < end).then_some(i)
        })
    }
}

/// A row of air between lessons, where all of them show with it.
fn gap(heights: &[usize], list: Rect) -> u16 {
    let all = heights.iter().sum::<usize>() + heights.len().saturating_sub(1);
    u16::from(all <= usize::from(list.height))
}
