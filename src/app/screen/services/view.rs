//! How the services are painted: counts, filter, heads, rows, and the panel with the proof. Only rows that show are made.

use ratatui::layout::Rect;

use crate::app::painter::Painter;
use crate::app::screen::ScreenContext;
use crate::app::screen::services::{ServicesAreas, ServicesScreen};
use crate::app::widget::area;
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Lens, Library, Subject};
use crate::text::{SafeText, measure};
use crate::views::services as sheet;

impl ServicesScreen {
    /// Paints the screen; where the cursor stands.
    pub(super) fn paint(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let areas = self.areas(ctx);
        let lens = ctx.library.lens(&ctx.view.lens);
        let subject = &*ctx.library.pack().subject;
        let field = self.paint_head(painter, areas.head, ctx);
        painter.rows(
            areas.heads,
            &sheet::heads(&areas.grid, self.sort, subject, lens),
        );
        let row = self.paint_list(painter, &areas, (subject, lens));
        let width = usize::from(areas.legend.width);
        let was = !self.was.is_empty();
        painter.row(areas.legend, &sheet::legend(&areas.grid, lens, was, width));
        if areas.rule.height > 0 {
            let rule = Row::of("─".repeat(usize::from(areas.rule.width)), Role::Rule);
            painter.row(areas.rule, &rule);
        }
        let link = self.pane.viewport.view(painter);
        if self.words.typing {
            Some(field)
        } else {
            link.or(row)
        }
    }

    /// The counts, and under them what narrows and what sorts.
    fn paint_head(&self, painter: &mut Painter, area: Rect, ctx: &ScreenContext) -> (u16, u16) {
        let width = usize::from(area.width);
        let all = self.table.as_ref().map_or(0, |t| t.lines.len());
        let subject = &*ctx.library.pack().subject;
        painter.row(
            area,
            &sheet::counts(&self.tally, all, subject, ctx.view, width),
        );
        let second = area::row(area, 1);
        let (mut row, column) = self.words.row(width.saturating_sub(10).min(30));
        for only in self.only(ctx.library) {
            row.push(Run::new(crate::safe!("  · {only}"), Role::Strong));
        }
        let sorted = sheet::sorted(self.sort, subject);
        let sorted = crate::safe!("{} · {sorted}", self.list.place());
        if row.width() + 2 + measure::width(&sorted) <= width {
            row.pad_to(width - measure::width(&sorted));
            row.push(Run::new(sorted, Role::Dim));
        }
        row.cut(width);
        painter.row(second, &row);
        (area.x + column, second.y)
    }

    /// What the list is narrowed to, besides words.
    fn only(&self, library: &Library) -> Vec<SafeText> {
        let category = self.filter.category.as_ref();
        let category = category.map(|id| library.pack().category_title(id));
        let provider = self.filter.provider.as_deref().map(SafeText::line);
        let verdict = self.filter.verdict;
        let verdict = verdict.map(|v| v.words(&library.pack().subject).short.clone());
        let all = [provider, category, verdict];
        all.into_iter().flatten().collect()
    }

    fn paint_list(
        &self,
        painter: &mut Painter,
        areas: &ServicesAreas,
        through: (&Subject, Option<&Lens>),
    ) -> Option<(u16, u16)> {
        let area = areas.list;
        if self.list.len == 0 {
            let words = SafeText::ours(
                "Nothing matches. Enter searches everything, Esc takes the filters off.",
            );
            let rows = wrap(&[Run::new(words, Role::Dim)], usize::from(area.width), 2, 2);
            painter.rows(area, &rows);
            return Some((area.x, area.y));
        }
        self.list.view(painter, area, Role::Focus, |n, on| {
            let (line, mark) = (self.line(n)?, self.mark(n)?);
            Some(sheet::row(&areas.grid, line, mark, through, on))
        })
    }
}
