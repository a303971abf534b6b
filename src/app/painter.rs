//! The last step: rows become cells, roles become styles. The only place that hands text to ratatui.
//!
//! Paints only inside the area it is given, whatever the area. In ASCII mode no byte above 0x7f is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

use crate::layout::ascii::{lend, to_ascii};
use crate::layout::{Role, Row, Theme, ThemeColor, ThemeStyle};
use crate::text::{SafeText, Url, measure};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// The mark of a web address on a cell; the same address has the same mark.
pub fn link_mark(address: &Url) -> Color {
    // FNV-1a, folded to the three bytes of a color.
    let hash = address
        .as_str()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
    let [a, b, c, d] = hash.to_be_bytes();
    Color::Rgb(a ^ d, b, c)
}

/// Paints on a buffer in one theme.
pub struct Painter<'a> {
    pub buf: &'a mut Buffer,
    pub theme: &'a Theme,
    /// Only ASCII may be drawn.
    pub ascii: bool,
}

impl Painter<'_> {
    pub fn style(&self, role: Role) -> Style {
        style_of(self.theme.ink(role))
    }

    /// Rows from the top of an area, as many as fit.
    pub fn rows(&mut self, area: Rect, rows: &[Row]) {
        for (row, spot) in rows.iter().zip(area.rows()) {
            self.row(spot, row);
        }
    }

    /// One row at the top left of an area; what does not fit is not drawn.
    pub fn row(&mut self, area: Rect, row: &Row) {
        let lent = self.ascii.then(|| lend(row));
        let mut left = area;
        for run in &lent.as_ref().unwrap_or(row).runs {
            left.x = self.text(left, &run.text, run.role);
            left.width = area.right().saturating_sub(left.x);
        }
    }

    /// A text at the top left of an area; the column after it.
    pub fn text(&mut self, area: Rect, words: &SafeText, role: Role) -> u16 {
        let area = area.intersection(self.buf.area);
        if area.is_empty() {
            return area.x;
        }
        let style = self.style(role);
        let ascii = (self.ascii && !words.is_ascii()).then(|| to_ascii(words));
        let drawn = ascii.as_ref().unwrap_or(words);
        if measure::is_simple(drawn) {
            return simple(self.buf, area, drawn, style);
        }
        let (x, y, width) = (area.x, area.y, usize::from(area.width));
        self.buf.set_stringn(x, y, drawn.as_str(), width, style).0
    }

    /// Gives a whole area a role's style, its letters untouched.
    pub fn tint(&mut self, area: Rect, role: Role) {
        let style = self.style(role);
        self.buf.set_style(area.intersection(self.buf.area), style);
    }

    /// Marks an area as the one that keys act on: only what lies behind the letters changes.
    pub fn select(&mut self, area: Rect) {
        let ink = self.theme.ink(Role::Focus);
        // What was found keeps its ground: its letters are too dark for the other.
        let found = self.theme.ink(Role::Hit).bg.map(color);
        // Not the terminal's own: a theme may have a ground of its own.
        let text = self.theme.ink(Role::Text).fg.map_or(Color::Reset, color);
        let area = area.intersection(self.buf.area);
        for position in area.positions() {
            let cell = &mut self.buf[position];
            match (ink.bg, ink.reverse) {
                (Some(_), false) if Some(cell.bg) == found => {}
                (Some(ground), false) => cell.bg = color(ground),
                // Turned round, a color would become a block of it: only weight stays.
                _ => {
                    cell.fg = text;
                    cell.modifier.remove(Modifier::DIM);
                    cell.modifier.insert(Modifier::REVERSED);
                }
            };
        }
    }

    /// Notes on some cells that they lead to a web address. The number travels in a color that nothing here uses, so that
    /// cells with another link differ; what draws them makes links of it again.
    pub fn web_link(&mut self, area: Rect, address: &Url) {
        let area = area.intersection(self.buf.area);
        for position in area.positions() {
            self.buf[position].underline_color = link_mark(address);
        }
    }

    /// Lets an area step back behind what lies over it.
    pub fn step_back(&mut self, area: Rect) {
        self.tint(area, Role::Rule);
    }

    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        Clear.render(area, self.buf);
        self.tint(area, Role::Text);
    }

    /// The sign of the cursor at one cell.
    pub fn cursor_mark(&mut self, x: u16, y: u16) {
        let cell = Rect::new(x, y, 1, 1);
        self.text(cell, &SafeText::ours(">"), Role::Focus);
    }

    /// Right of an area, which part of all rows shows in it; nothing where all do, or at the window's edge.
    pub fn scroll_mark(&mut self, area: Rect, top: usize, len: usize) {
        let (x, height) = (area.right(), usize::from(area.height));
        if len <= height || height < 3 || x >= self.buf.area.right() {
            return;
        }
        let size = (height * height / len).max(1);
        let last = len - height;
        let from = (top.min(last) * (height - size) + last / 2) / last;
        for y in from..from + size {
            let cell = Rect::new(x, area.y + y as u16, 1, 1);
            self.text(cell, &SafeText::ours("┃"), Role::Rule);
        }
    }

    /// The same with a cell of air before it, where the column behind is free.
    pub fn scroll_mark_apart(&mut self, area: Rect, top: usize, len: usize) {
        let apart = area.right() + 1;
        let is_free = |y| self.buf.cell((apart, y)).is_some_and(|c| c.symbol() == " ");
        let air = u16::from((area.y..area.bottom()).all(is_free));
        let area = Rect {
            width: area.width + air,
            ..area
        };
        self.scroll_mark(area, top, len);
    }

    /// A thin box around an area, with a title in its upper edge.
    pub fn frame(&mut self, area: Rect, title: &SafeText) {
        // A cell of air, so that no cut word touches the edge.
        let air = Rect {
            x: area.x.saturating_sub(1),
            width: area.width.saturating_add(2),
            ..area
        };
        self.clear(air);
        let area = area.intersection(self.buf.area);
        if area.width < 2 || area.height < 2 {
            return;
        }
        let lines = if self.ascii {
            ASCII_BORDER
        } else {
            border::PLAIN
        };
        Block::bordered()
            .border_set(lines)
            .border_style(self.style(Role::Rule))
            .render(area, self.buf);
        // Not the block's own title: that would bypass ASCII mode and start one cell further left.
        let inner = Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(4),
            ..area
        };
        let title = measure::cut(title, usize::from(inner.width).saturating_sub(2));
        if !title.is_empty() {
            self.text(inner, &crate::safe!(" {title} "), Role::Heading);
        }
    }
}

/// What `set_stringn` does, for text that is simple: no graphemes to be found and measured.
fn simple(buf: &mut Buffer, area: Rect, words: &str, style: Style) -> u16 {
    let (first, width) = (buf.index_of(area.x, area.y), usize::from(area.width));
    let cells = buf.content.iter_mut().skip(first).take(width);
    let mut x = area.x;
    for (cell, c) in cells.zip(words.chars()) {
        cell.set_char(c).set_style(style);
        x += 1;
    }
    x
}

fn style_of(ink: ThemeStyle) -> Style {
    let style = Style::reset()
        .fg(ink.fg.map_or(Color::Reset, color))
        .bg(ink.bg.map_or(Color::Reset, color));
    let marks = [
        (ink.bold, Modifier::BOLD),
        (ink.dim, Modifier::DIM),
        (ink.italic, Modifier::ITALIC),
        (ink.underline, Modifier::UNDERLINED),
        (ink.reverse, Modifier::REVERSED),
    ];
    marks
        .into_iter()
        .filter(|(on, _)| *on)
        .fold(style, |s, (_, m)| s.add_modifier(m))
}

fn color(hue: ThemeColor) -> Color {
    match hue {
        ThemeColor::Ansi(n) | ThemeColor::Indexed(n) => Color::Indexed(n),
        ThemeColor::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Cell;

    use super::*;

    /// A cell of words in this role, before its row is selected and after.
    fn selected(theme: &Theme, role: Role) -> [Cell; 2] {
        let area = Rect::new(0, 0, 9, 1);
        let mut buf = Buffer::empty(area);
        let mut painter = Painter {
            buf: &mut buf,
            theme,
            ascii: false,
        };
        painter.clear(area);
        painter.text(area, &SafeText::ours("words"), role);
        let before = painter.buf[(0, 0)].clone();
        painter.select(area);
        [before, buf[(0, 0)].clone()]
    }

    /// A theme with a ground of its own must not lean on the terminal's colors: those may fit another ground.
    #[test]
    fn a_selected_row_keeps_to_the_colors_of_its_theme() {
        for theme in Theme::bundled() {
            let [_, cell] = selected(theme, Role::Text);
            let (own, is_set) = (theme.ink(Role::Text), cell.fg != Color::Reset);
            assert_eq!(is_set, own.fg.is_some(), "{}", theme.name());
        }
    }

    #[test]
    fn what_was_found_stays_readable_in_a_selected_row() {
        for theme in Theme::bundled() {
            let [before, cell] = selected(theme, Role::Hit);
            let is_turned = cell.modifier.contains(Modifier::REVERSED);
            let keeps = (cell.fg, cell.bg) == (before.fg, before.bg);
            assert!(keeps || is_turned, "{}", theme.name());
        }
    }

    proptest! {
        /// Cells that were drawn on before, so that what is left of them shows.
        #[test]
        fn simple_text_is_drawn_as_any_text_is(words in "[ -~]{0,30}|[a–…─█é日🦀\u{301}]{0,20}", x in 0u16..20, y in 0u16..3, width in 0u16..24) {
            let area = Rect { x: 2, y: 1, width: 16, height: 2 };
            let mut ours = Buffer::filled(area, ratatui::buffer::Cell::new("日"));
            let mut theirs = ours.clone();
            let spot = Rect { x, y, width, height: 1 };
            let mut painter = Painter { buf: &mut ours, theme: Theme::dark(), ascii: false };
            let after = painter.text(spot, &SafeText::clean(&words), Role::Title);
            let inside = spot.intersection(area);
            if !inside.is_empty() {
                let width = usize::from(inside.width);
                let style = painter.style(Role::Title);
                let (x, _) = theirs.set_stringn(inside.x, inside.y, SafeText::clean(&words).as_str(), width, style);
                prop_assert_eq!(after, x);
            }
            prop_assert_eq!(ours, theirs);
        }
    }
}
