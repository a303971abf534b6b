//! The smallest program that enters the alternate screen and draws one full frame with the same libraries.
//! Then it waits for a key, so that it can be measured while the frame stands. It is the yardstick for the first frame: what tozero adds to it is what tozero costs.

use std::io::{Read, Write};

use ratatui::backend::CrosstermBackend;
use ratatui::widgets::{Block, Paragraph};
use ratatui::{Terminal, crossterm};

fn main() -> std::io::Result<()> {
    let mut page = String::new();
    for y in 0..38_u32 {
        page.extend((0..118).map(|x| char::from(b'a' + ((x + y) % 26) as u8)));
        page.push('\n');
    }
    crossterm::terminal::enable_raw_mode()?;
    let mut out = std::io::BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
    crossterm::execute!(
        out,
        crossterm::terminal::EnterAlternateScreen,
        crossterm::cursor::Hide
    )?;
    let mut terminal = Terminal::new(CrosstermBackend::new(out))?;
    terminal.draw(|f| {
        f.render_widget(
            Paragraph::new(page).block(Block::bordered().title_bottom("smallest")),
            f.area(),
        )
    })?;
    let _ = std::io::stdin().read(&mut [0]);
    drop(terminal);
    let mut out = std::io::stdout().lock();
    crossterm::execute!(
        out,
        crossterm::terminal::LeaveAlternateScreen,
        crossterm::cursor::Show
    )?;
    out.flush()?;
    crossterm::terminal::disable_raw_mode()
}
