//! What is drawn on: ratatui's terminal and crossterm's backend over our own handle.
//!
//! A frame is one write; the drawn area is at most 512 by 256 cells. No size and no cursor position is ever asked of the
//! terminal, since crossterm waits two seconds for a position and runs `tput` for a size it does not get. When the
//! terminal is gone, so are we.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::terminal::exit;
use crate::terminal::guard::FrameWriter;
use crate::terminal::size::Size;

/// The drawn area.
#[derive(Debug)]
pub struct Canvas {
    terminal: Terminal<CrosstermBackend<FrameBuffer>>,
    frame: FrameBuffer,
    screen: FrameWriter,
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

impl Canvas {
    /// A canvas of that size, taken to be blank.
    pub fn new(screen: FrameWriter, size: Size) -> io::Result<Self> {
        let frame = FrameBuffer::default();
        Ok(Self {
            terminal: terminal(frame.clone(), size)?,
            frame,
            screen,
        })
    }

    /// Waits from now on while the terminal does not read, first for what it did not take so far.
    pub fn wait(&mut self) -> io::Result<()> {
        self.screen.waits = true;
        self.flush()
    }

    /// Paints the next frame and sends what differs from the last one.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(paint)?;
        self.flush()
    }

    /// Takes a new size, or the same one after somebody else has written on the screen. The next frame is sent whole.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        // A new terminal, because resizing ratatui's asks for the cursor's position.
        self.terminal = terminal(self.frame.clone(), size)?;
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

/// A fixed viewport never asks the backend for its size.
fn terminal(frame: FrameBuffer, size: Size) -> io::Result<Terminal<CrosstermBackend<FrameBuffer>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.columns, size.rows));
    Terminal::with_options(CrosstermBackend::new(frame), TerminalOptions { viewport })
}

#[cfg(test)]
mod tests {
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
        let mut terminal = terminal(frame.clone(), Size::bounded(4, 1)).unwrap();
        let drawn = |terminal: &mut Terminal<CrosstermBackend<FrameBuffer>>, text: &str| {
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
