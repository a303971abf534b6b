//! The line on top of every page of the quiz: what this is, and how far one is, a sign a question.

use ratatui::layout::Rect;

use crate::app::painter::Painter;
use crate::app::screen::quiz::{QuizPhase, QuizScreen, ToAsk};
use crate::app::screen::{ScreenContext, centered};
use crate::app::widget::area;
use crate::core::quiz::Stage;
use crate::layout::{Role, Row, Run};
use crate::text::{SafeText, measure};
use crate::views::quiz::{about, known, numbered};

impl QuizScreen {
    /// The line on top with a rule below it where there is room, and the page under some air: the same on every page, so
    /// that nothing jumps from a question to its answer. A page that is not about a question has a title of its own.
    pub(super) fn areas(&self, ctx: &ScreenContext) -> (Rect, Rect) {
        let all = centered(ctx);
        let used = match all.height {
            _ if self.is_titled() => 0,
            0..=16 => 1,
            height => 3 + (height - 16) / 8,
        };
        (area::rows(all, 0, used.min(2)), area::below(all, used))
    }

    fn is_titled(&self) -> bool {
        let is_over = matches!(self.stage(), Some(Stage::Over));
        let is_aside = matches!(self.phase, QuizPhase::SoFar | QuizPhase::Statistics);
        self.unsaved.is_none() && (is_over || is_aside)
    }

    pub(super) fn view_head(&self, painter: &mut Painter, area: Rect, ctx: &ScreenContext) {
        painter.row(area, &self.head(ctx, usize::from(area.width)));
        let rule = SafeText::from("─".repeat(usize::from(area.width)));
        painter.text(area::below(area, 1), &rule, Role::Rule);
    }

    /// The line on top: what this is, and how far one is.
    pub(super) fn head(&self, ctx: &ScreenContext, width: usize) -> Row {
        let open = self
            .session()
            .and_then(|s| Some((s, s.question(ctx.library)?)));
        let left = match open {
            Some((_, question)) => about(ctx.library, question),
            None if self.session().is_some() => SafeText::ours("Summary"),
            None if self.phase == QuizPhase::SoFar => SafeText::ours("Summary so far"),
            None if self.phase == QuizPhase::Statistics => SafeText::ours("All sessions"),
            None => SafeText::ours("Test what you think you know"),
        };
        let right = match (&self.unsaved, open) {
            (Some(why), _) => vec![Run::new(crate::safe!("not saved: {why}"), Role::Warn)],
            (None, Some((session, _))) => {
                let at = session.position();
                let mut right = known::signs(&session.outcomes(), at.number);
                let number = crate::safe!("  {}", numbered(at));
                if right.len() + measure::width(&number) + measure::width(&left) + 2 > width {
                    right.clear();
                }
                right.push(Run::new(number, Role::Label));
                right
            }
            (None, None) => {
                // What this page is, says the head; how much there is, the page too.
                let all = self.all_words();
                let fits = measure::width(&left) + 2 + measure::width(&all) <= width;
                let all = fits.then_some(all);
                all.map(|all| Run::new(all, Role::Dim))
                    .into_iter()
                    .collect()
            }
        };
        // What a question is about comes before how hard it is.
        let room = width.saturating_sub(Row::from_runs(right.clone()).width() + 1);
        let left = match left.split_once(", ") {
            Some((topic, _)) if measure::width(&left) > room => SafeText::line(topic),
            _ => left,
        };
        Row::spread(vec![Run::new(left, Role::Label)], right, width)
    }

    /// How many questions there are, on the start page.
    fn all_words(&self) -> SafeText {
        let counted = self
            .counted
            .as_ref()
            .filter(|_| self.phase == QuizPhase::Start);
        let words = |known: &ToAsk| measure::count(known.counts.all, "question", "questions");
        counted.map(words).unwrap_or_default()
    }
}
