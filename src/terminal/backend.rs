//! What is drawn on: ratatui's terminal and crossterm's backend over our own handle.
//!
//! A frame is one write; the drawn area is at most 512 by 256 cells. No size and no cursor position is ever asked of the
//! terminal, since crossterm waits two seconds for a position and runs `tput` for a size it does not get. When the
//! terminal is gone, so are we.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{self, Position, Rect};
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::app::painter::link_mark;
use crate::terminal::exit;
use crate::terminal::guard::FrameWriter;
use crate::terminal::size::Size;
use crate::text::{Url, measure};

/// Around a frame: a terminal that knows them shows it at once and never half, any other passes them over.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The drawn area.
#[derive(Debug)]
pub struct Canvas {
    terminal: Terminal<LinkedBackend>,
    frame: FrameBuffer,
    screen: FrameWriter,
    links: WebLinks,
}

/// The bytes of the next frame. The backend flushes several times a frame; here only [`Canvas::flush`] sends.
#[derive(Clone, Debug, Default)]
struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The web addresses of the frame, by the mark that their cells carry.
#[derive(Clone, Debug, Default)]
struct WebLinks(Rc<RefCell<HashMap<Color, Url>>>);

/// crossterm's backend, which knows no links: marked cells are sent within a link (OSC 8), all others as they are.
#[derive(Debug)]
struct LinkedBackend {
    inner: CrosstermBackend<FrameBuffer>,
    frame: FrameBuffer,
    links: WebLinks,
}

impl Backend for LinkedBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let unmarked = |(x, y, cell): (u16, u16, &Cell)| {
            let mut cell = cell.clone();
            let mark = std::mem::replace(&mut cell.underline_color, Color::Reset);
            (mark, x, y, cell)
        };
        let cells: Vec<(Color, u16, u16, Cell)> = content.map(unmarked).collect();
        if cells.is_empty() {
            return self.inner.draw(std::iter::empty());
        }
        for run in cells.chunk_by(|a, b| a.0 == b.0) {
            let mark = run.first().map_or(Color::Reset, |(mark, ..)| *mark);
            let address = self.links.0.borrow().get(&mark).cloned();
            if let Some(address) = &address {
                write!(self.frame, "\x1b]8;;{address}\x1b\\")?;
            }
            self.inner
                .draw(run.iter().map(|(_, x, y, cell)| (*x, *y, cell)))?;
            if address.is_some() {
                self.frame.write_all(b"\x1b]8;;\x1b\\")?;
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<layout::Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

impl Canvas {
    /// A canvas of that size, taken to be blank.
    pub fn new(screen: FrameWriter, size: Size) -> io::Result<Self> {
        let (frame, links) = (FrameBuffer::default(), WebLinks::default());
        Ok(Self {
            terminal: terminal(frame.clone(), links.clone(), size)?,
            frame,
            screen,
            links,
        })
    }

    /// Makes links of the cells that lead to these addresses, from the next frame on.
    pub fn link(&mut self, addresses: Vec<Url>) {
        let marked = addresses.into_iter().map(|url| (link_mark(&url), url));
        self.links.0.replace(marked.collect());
    }

    /// Waits from now on while the terminal does not read, first for what it did not take so far.
    pub fn wait(&mut self) -> io::Result<()> {
        self.screen.waits = true;
        self.flush()
    }

    /// Paints the next frame and sends what differs from the last one.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.frame.write_all(BEGIN)?;
        self.terminal.draw(|frame| {
            paint(frame);
            mark_hidden(frame.buffer_mut());
        })?;
        self.frame.write_all(END)?;
        self.flush()
    }

    /// Takes a new size, or the same one after somebody else has written on the screen. The next frame is sent whole.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        // A new terminal, because resizing ratatui's asks for the cursor's position.
        self.terminal = terminal(self.frame.clone(), self.links.clone(), size)?;
        self.terminal.backend_mut().clear()
    }

    /// Sends bytes that draw nothing, such as a text for the clipboard.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.frame.write_all(bytes)?;
        self.flush()
    }

    /// A terminal that takes no more bytes is gone: then there is nobody to return an error to.
    fn flush(&mut self) -> io::Result<()> {
        let sent = self.screen.send(&mut self.frame.0.borrow_mut());
        sent.or_else(|_| exit::end(exit::HANG_UP, None))
    }
}

/// Makes the cells behind wide letters unlike any other. To ratatui they are blanks, so that a blank which takes the place
/// of one may count as drawn already; the terminal, though, gave up that cell's background with the letter.
fn mark_hidden(buf: &mut Buffer) {
    let columns = usize::from(buf.area.width).max(1);
    for row in buf.content.chunks_mut(columns) {
        let mut hidden = 0;
        for cell in row {
            if hidden > 0 {
                hidden -= 1;
                cell.reset();
                cell.modifier = Modifier::HIDDEN;
            } else if !cell.symbol().is_ascii() {
                hidden = measure::width(cell.symbol()).saturating_sub(1);
            }
        }
    }
}

/// A fixed viewport never asks the backend for its size.
fn terminal(
    frame: FrameBuffer,
    links: WebLinks,
    size: Size,
) -> io::Result<Terminal<LinkedBackend>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.columns, size.rows));
    let backend = LinkedBackend {
        inner: CrosstermBackend::new(frame.clone()),
        frame,
        links,
    };
    Terminal::with_options(backend, TerminalOptions { viewport })
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    impl Canvas {
        /// What is not sent yet.
        pub(in crate::terminal) fn unsent(&self) -> Vec<u8> {
            self.frame.0.borrow().clone()
        }
    }

    /// What two frames and a resize between them send. Under a test nothing answers a question to the terminal, so
    /// that asking one would be an error here.
    #[test]
    fn frames_are_differences_and_whole_after_a_resize() {
        let frame = FrameBuffer::default();
        let mut terminal =
            terminal(frame.clone(), WebLinks::default(), Size::bounded(4, 1)).unwrap();
        let drawn = |terminal: &mut Terminal<LinkedBackend>, text: &str| {
            let cursor = |frame: &mut Frame<'_>| {
                frame.render_widget(text, frame.area());
                frame.set_cursor_position((1, 0));
            };
            terminal.draw(cursor).unwrap();
            String::from_utf8(std::mem::take(&mut *frame.0.borrow_mut())).unwrap()
        };
        let end = "\x1b[39m\x1b[49m\x1b[59m\x1b[0m\x1b[?25h\x1b[1;2H";
        assert_eq!(drawn(&mut terminal, "ab"), format!("\x1b[1;1Hab{end}"));
        assert_eq!(drawn(&mut terminal, "ac"), format!("\x1b[1;2Hc{end}"));
        assert_eq!(drawn(&mut terminal, "ac"), end);
    }

    /// What a terminal shows after some frames, each a text with its first so many cells on a background.
    fn shown(frames: &[(String, u16)]) -> Vec<(String, vt100::Color)> {
        let frame = FrameBuffer::default();
        let mut terminal =
            terminal(frame.clone(), WebLinks::default(), Size::bounded(8, 1)).unwrap();
        let size = |n| std::num::NonZero::new(n).unwrap();
        let mut screen = vt100::Parser::new(size(1), size(8), 0);
        for (text, chosen) in frames {
            let paint = |frame: &mut Frame<'_>| {
                frame.render_widget(text.as_str(), frame.area());
                let spot = Rect::new(0, 0, *chosen, 1);
                frame
                    .buffer_mut()
                    .set_style(spot, Style::new().bg(Color::Blue));
                mark_hidden(frame.buffer_mut());
            };
            terminal.draw(paint).unwrap();
            screen.process(&std::mem::take(&mut *frame.0.borrow_mut()));
        }
        let cell = |column| screen.screen().cell(0, column).unwrap().clone();
        let cells = (0..8).map(cell).filter(|cell| !cell.is_wide_continuation());
        cells
            .map(|cell| (cell.contents().trim().to_owned(), cell.bgcolor()))
            .collect()
    }

    #[test]
    fn a_wide_letter_that_moves_leaves_no_hole() {
        let frames = [("ab日 c".to_owned(), 8), ("a日  c".to_owned(), 8)];
        assert_eq!(shown(&frames), shown(&frames[1..]));
    }

    proptest::proptest! {
        #[test]
        fn frame_after_frame_shows_what_one_alone_shows(
            frames in proptest::collection::vec(("[a日 ]{0,8}", 0u16..9), 1..5),
        ) {
            let last = frames.get(frames.len() - 1..).unwrap_or_default();
            proptest::prop_assert_eq!(shown(&frames), shown(last));
        }
    }

    #[test]
    fn marked_cells_are_links_until_they_change() {
        let (_, pipe) = io::pipe().unwrap();
        let mut canvas = Canvas::new(FrameWriter::to(pipe.into()), Size::bounded(6, 1)).unwrap();
        let url = Url::parse("https://example.org/a").unwrap();
        let sent = |canvas: &mut Canvas, known: bool, linked: bool| {
            canvas.link(if known { vec![url.clone()] } else { Vec::new() });
            let paint = |frame: &mut Frame<'_>| {
                frame.render_widget("ab cd", frame.area());
                if linked {
                    for x in 3..5 {
                        frame.buffer_mut()[(x, 0)].underline_color = link_mark(&url);
                    }
                }
            };
            canvas.terminal.draw(paint).unwrap();
            String::from_utf8(std::mem::take(&mut *canvas.frame.0.borrow_mut())).unwrap()
        };
        let open = "\x1b]8;;https://example.org/a\x1b\\";
        let close = "\x1b]8;;\x1b\\";
        let first = sent(&mut canvas, true, true);
        let link = first
            .split(open)
            .nth(1)
            .and_then(|rest| rest.split(close).next());
        assert!(link.is_some_and(|link| link.contains("cd")), "{first:?}");
        assert!(
            !sent(&mut canvas, true, true).contains("cd"),
            "nothing changed"
        );
        let gone = sent(&mut canvas, true, false);
        assert!(gone.contains("cd") && !gone.contains(open), "{gone:?}");
        let unknown = sent(&mut canvas, false, true);
        assert!(
            unknown.contains("cd") && !unknown.contains("8;;"),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_resize_clears_and_keeps_what_was_not_sent() {
        let (end, pipe) = io::pipe().unwrap();
        drop(end);
        let screen = FrameWriter::to(pipe.into());
        let mut canvas = Canvas::new(screen, Size::bounded(4, 1)).unwrap();
        canvas.frame.write_all(b"unsent").unwrap();
        canvas.resize(Size::bounded(2, 1)).unwrap();
        canvas
            .terminal
            .draw(|frame| frame.render_widget("xyz", frame.area()))
            .unwrap();
        let text = String::from_utf8(canvas.unsent()).unwrap();
        assert!(
            text.starts_with("unsent\x1b[2J\x1b[1;1Hxy\x1b["),
            "{text:?}"
        );
    }
}
