//! How the services are painted: counts, filter, heads, rows, and the panel with the proof.
//! Promise: only rows that show are made; what narrows the list is always said.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::painter::Painter;
use crate::app::screen::ScreenContext;
use crate::app::screen::services::{ServicesAreas, ServicesScreen};
use crate::layout::{Role, Row, Run};
use crate::pack::{Lens, Library};
use crate::text::{SafeText, measure};
use crate::views::{services as sheet, verdict};

impl ServicesScreen {
    /// Paints the screen; where the cursor stands.
    pub(super) fn paint(
        &self,
        brush: Painter,
        buf: &mut Buffer,
        ctx: &ScreenContext,
    ) -> Option<(u16, u16)> {
        let areas = self.areas(ctx.area);
        let lens = ctx.library.lens(&ctx.view.lens);
        let field = self.paint_head(brush, buf, areas.head, ctx);
        brush.rows(
            buf,
            areas.heads,
            &sheet::heads(&areas.grid, self.sort, lens),
        );
        let row = self.paint_list(brush, buf, &areas, lens);
        if areas.rule.height > 0 {
            let rule = Row::of("─".repeat(usize::from(areas.rule.width)), Role::Rule);
            brush.row(buf, areas.rule, &rule);
        }
        let link = self.reader.view(brush, buf, areas.panel);
        if self.typing {
            Some(field)
        } else {
            link.or(row)
        }
    }

    /// The counts, and under them what narrows and what sorts.
    fn paint_head(
        &self,
        brush: Painter,
        buf: &mut Buffer,
        area: Rect,
        ctx: &ScreenContext,
    ) -> (u16, u16) {
        let width = usize::from(area.width);
        let all = self.table.as_ref().map_or(0, |t| t.lines.len());
        brush.row(
            buf,
            area,
            &sheet::counts(&self.tally, all, &ctx.view.clone(), width),
        );
        let second = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1).min(1),
            ..area
        };
        let (typed, column) = self.field.shown(width.saturating_sub(10).min(30));
        let words = if typed.is_empty() && !self.typing {
            SafeText::ours("F to filter")
        } else {
            typed
        };
        let role = if self.typing { Role::Strong } else { Role::Dim };
        let mut row = Row::from_runs(vec![
            Run::ours("filter  ", Role::Label),
            Run::new(words, role),
        ]);
        for only in self.only(ctx.library) {
            row.push(Run::new(crate::safe!("  · {only}"), Role::Strong));
        }
        let sorted = sheet::sorted(self.sort);
        if row.width() + 2 + measure::width(&sorted) <= width {
            row.pad_to(width - measure::width(&sorted));
            row.push(Run::new(sorted, Role::Dim));
        }
        row.cut(width);
        brush.row(buf, second, &row);
        (area.x + 8 + column as u16, second.y)
    }

    /// What the list is narrowed to, besides words.
    fn only(&self, library: &Library) -> Vec<SafeText> {
        let category = self.filter.category.as_ref();
        let category = category.map(|id| library.pack().category_title(id));
        let provider = self.filter.provider.as_deref().map(SafeText::line);
        let verdict = self
            .filter
            .verdict
            .map(|v| SafeText::ours(verdict::short(v)));
        [provider, category, verdict]
            .into_iter()
            .flatten()
            .collect()
    }

    fn paint_list(
        &self,
        brush: Painter,
        buf: &mut Buffer,
        areas: &ServicesAreas,
        lens: Option<&Lens>,
    ) -> Option<(u16, u16)> {
        let area = areas.list;
        if self.list.len == 0 {
            let said = SafeText::ours("Nothing matches. Esc takes the filters off.");
            brush.rows(
                buf,
                area,
                &crate::layout::wrap::wrap(
                    &[Run::new(said, Role::Dim)],
                    usize::from(area.width),
                    2,
                    2,
                ),
            );
            return Some((area.x, area.y));
        }
        let mut cursor = None;
        for (i, n) in self.list.window(usize::from(area.height)).enumerate() {
            let (Some(line), Some(mark)) = (self.line(n), self.mark(n)) else {
                continue;
            };
            let spot = Rect {
                y: area.y + i as u16,
                height: 1,
                ..area
            };
            let on = n == self.list.cursor;
            brush.row(buf, spot, &sheet::row(&areas.grid, line, mark, lens, on));
            if on {
                brush.tint(buf, spot, Role::Focus);
                cursor = Some((spot.x, spot.y));
            }
        }
        cursor
    }
}
