//! What is drawn on: ratatui's terminal over our own screen.
//!
//! Promises: a frame is one write; the drawn area is at most 512 by 256 cells; no size and no cursor position is ever
//! asked of the terminal in a way that could wait for it or run a program; when the terminal is gone, so are we.

use std::io;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{self, Position, Rect};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::terminal::exit;
use crate::terminal::guard::FrameWriter;
use crate::terminal::size::Size;

/// The drawn area.
#[derive(Debug)]
pub struct Canvas {
    terminal: Terminal<TerminalBackend>,
}

impl Canvas {
    /// A canvas of that size, taken to be blank.
    pub fn new(screen: FrameWriter, size: Size) -> io::Result<Self> {
        let options = TerminalOptions {
            viewport: Viewport::Fixed(rect(size)),
        };
        Ok(Self {
            terminal: Terminal::with_options(TerminalBackend(screen), options)?,
        })
    }

    /// Waits from now on while the terminal does not read, first for what it did not take so far.
    pub fn wait(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().0.waits = true;
        self.terminal.backend_mut().flush()
    }

    /// Paints the next frame and sends what differs from the last one.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(paint).map(drop)
    }

    /// Takes a new size, or the same one after somebody else has written on the screen. The next frame is sent whole.
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        self.terminal.backend_mut().clear()?;
        self.terminal.resize(rect(size))
    }

    /// Sends bytes that draw nothing, such as a text for the clipboard.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let screen = &mut self.terminal.backend_mut().0;
        screen.frame.extend_from_slice(bytes);
        self.terminal.backend_mut().flush()
    }
}

fn rect(size: Size) -> Rect {
    Rect::new(0, 0, size.columns, size.rows)
}

/// ratatui's crossterm backend with three of its answers replaced: that one flushes several times a frame, runs `tput`
/// where the size is not known, and waits for the terminal's word on where the cursor is.
#[derive(Debug)]
struct TerminalBackend(FrameWriter);

impl TerminalBackend {
    fn crossterm(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.0.frame)
    }
}

impl Backend for TerminalBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.crossterm().draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.crossterm().hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.crossterm().show_cursor()
    }

    /// ratatui asks for this only to put the cursor back where every frame of ours puts it anyway.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.crossterm().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.crossterm().clear_region(clear_type)
    }

    fn size(&self) -> io::Result<layout::Size> {
        let size = self.0.size();
        Ok(layout::Size::new(size.columns, size.rows))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: layout::Size::default(),
        })
    }

    /// A terminal that takes no more bytes is gone: then there is nobody to return an error to.
    fn flush(&mut self) -> io::Result<()> {
        self.0.send().or_else(|_| exit::end(exit::HANG_UP, None))
    }
}
