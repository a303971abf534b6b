//! What is shown. Only paints; everything was laid out before.
//! Promises: any size from 1×1 shows something sensible; the cursor stands on what has the focus, in every frame.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::chrome;
use crate::app::model::{Model, SMALLEST};
use crate::app::overlay::Overlay;
use crate::app::painter::Painter;
use crate::layout::{Role, Row, Run};
use crate::text::{SafeText, measure};

/// Paints the model.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area().intersection(model.window());
    let brush = Painter {
        theme: &model.settings.theme,
        ascii: model.settings.ascii,
    };
    let buf = frame.buffer_mut();
    brush.tint(buf, area, Role::Text);
    let cursor = if model.too_small() {
        too_small(brush, buf, area)
    } else {
        everything(model, brush, buf)
    };
    let (x, y) = cursor.unwrap_or((area.x, area.bottom().saturating_sub(1)));
    frame.set_cursor_position(Position::new(
        x.min(area.right().saturating_sub(1)),
        y.min(area.bottom().saturating_sub(1)),
    ));
}

fn everything(model: &Model, brush: Painter, buf: &mut Buffer) -> Option<(u16, u16)> {
    let window = model.window();
    let (screen, ctx) = model.screen();
    let mut cursor = screen.view(brush, buf, &ctx);
    chrome::top(model, brush, buf);
    chrome::bottom(model, brush, buf);
    for layer in &model.layers {
        cursor = match layer {
            Overlay::Chooser(chooser) => chooser.view(brush, buf, window),
            Overlay::Search(search) => search.view(brush, buf, window),
            Overlay::Sheet(sheet) => sheet.view(brush, buf, window),
            Overlay::Find(input) => {
                let row = Rect {
                    y: window.height - 1,
                    height: 1,
                    ..window
                };
                let (typed, column) = input.shown(usize::from(window.width).saturating_sub(8));
                brush.clear(buf, row);
                let words = [
                    Run::ours(" find  ", Role::Label),
                    Run::new(typed, Role::Strong),
                ];
                let mut field = Row::from_runs(words.to_vec());
                if let Some(said) = &model.toast {
                    let room = usize::from(window.width).saturating_sub(field.width() + 3);
                    field.push(Run::ours("   ", Role::Dim));
                    field.push(Run::new(measure::cut(said, room), Role::Dim));
                }
                brush.row(buf, row, &field);
                Some((7 + column as u16, row.y))
            }
        };
    }
    cursor
}

fn too_small(brush: Painter, buf: &mut Buffer, area: Rect) -> Option<(u16, u16)> {
    let words = SafeText::from(format!(
        "tozero needs {}x{} cells. q quits.",
        SMALLEST.0, SMALLEST.1
    ));
    let rows = crate::layout::wrap::wrap(
        &[Run::new(words, Role::Text)],
        usize::from(area.width).max(1),
        0,
        0,
    );
    brush.rows(buf, area, &rows);
    None
}
