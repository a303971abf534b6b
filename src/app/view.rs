//! What is shown. Only paints; everything was laid out before.
//!
//! Any size from 1×1 shows something sensible. In every frame the cursor stands on what has the focus.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::chrome;
use crate::app::model::{Model, SMALLEST};
use crate::app::painter::Painter;
use crate::app::widget::area;
use crate::layout::wrap::wrap;
use crate::layout::{Role, Run, ThemeStyle};
use crate::text::{SafeText, measure};

pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area().intersection(model.window());
    let mut painter = Painter {
        buf: frame.buffer_mut(),
        theme: model.screen_theme(),
        ascii: model.config.style.ascii,
    };
    // A frame begins blank, in the terminal's own colors.
    if painter.theme.ink(Role::Text) != ThemeStyle::default() {
        painter.tint(area, Role::Text);
    }
    let cursor = if model.too_small() {
        too_small(&mut painter, area);
        None
    } else {
        everything(model, &mut painter)
    };
    let (x, y) = cursor.unwrap_or((area.x, area.bottom().saturating_sub(1)));
    frame.set_cursor_position(Position::new(
        x.min(area.right().saturating_sub(1)),
        y.min(area.bottom().saturating_sub(1)),
    ));
}

/// What the window is called: the entry that is open, else the screen.
pub fn title(model: &Model) -> SafeText {
    let tab = model.route.tab().title(&model.library);
    let entry = model.route.address().and_then(|address| {
        let n = model.library.position(address)?;
        Some(SafeText::line(model.library.head(address.kind, n).title))
    });
    let shown = measure::cut(&entry.unwrap_or(tab), 60);
    crate::safe!("{shown} · tozero")
}

fn everything<'a>(model: &'a Model, painter: &mut Painter<'a>) -> Option<(u16, u16)> {
    let (screen, ctx) = model.screen();
    let mut cursor = screen.view(painter, &ctx);
    chrome::top(model, painter);
    if model.overlays.iter().any(|overlay| overlay.covers()) {
        painter.step_back(area::below(
            area::rows(model.window(), 0, model.size.1.saturating_sub(1)),
            1,
        ));
    }
    // What is chosen by must stay readable.
    painter.theme = &model.theme;
    for overlay in &model.overlays {
        cursor = overlay.view(painter, &ctx);
    }
    // Last, since what is told may need more rows than one.
    if !model
        .overlays
        .last()
        .is_some_and(|top| top.has_bottom_row())
    {
        chrome::bottom(model, painter);
    }
    cursor
}

fn too_small(painter: &mut Painter, area: Rect) {
    let (width, height) = SMALLEST;
    let words = crate::safe!("tozero needs {width}x{height} cells. q quits.");
    let room = usize::from(area.width).max(1);
    painter.rows(area, &wrap(&[Run::new(words, Role::Text)], room, 0, 0));
}
