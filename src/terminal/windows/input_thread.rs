//! Reads the console, on a thread of its own, on Windows: crossterm's events become ours.
//!
//! A console tells a change of its size only while the mouse is on, so that it is looked at twice a second: the one timer that
//! runs while nothing happens. What is pasted comes as keys, and is told from typing by its pace. The background's color is not
//! asked for: an answer would come as typed keys.

use std::io;
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::{Key, KeyCode, Mouse, Msg};
use crate::layout::BackgroundTone;
use crate::terminal::input::{Input, InputSource};
use crate::terminal::paste::PasteDetector;
use crate::terminal::size::Size;
use crate::terminal::{exit, guard, spawn};

/// A pause this long ends a burst of keys.
const PAUSE: Duration = Duration::from_millis(10);
/// How often the size is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// The reading end of the console. One at a time.
#[derive(Debug)]
pub struct TerminalReader {
    keys: PasteDetector,
    size: Size,
}

impl TerminalReader {
    /// A reader that has read nothing yet.
    #[expect(clippy::new_without_default, reason = "it asks the console")]
    pub fn new() -> Self {
        Self {
            keys: PasteDetector::default(),
            size: guard::size(),
        }
    }

    /// Waits for the next thing to pass on, or for the time to look at the size; an error when the console is gone.
    fn gather(&mut self) -> io::Result<()> {
        if self.keys.is_empty() && event::poll(LOOK)? {
            self.read()?;
        }
        while self.keys.may_grow() && event::poll(PAUSE)? {
            self.read()?;
        }
        Ok(())
    }

    fn read(&mut self) -> io::Result<()> {
        let input = match event::read()? {
            Event::Key(event) => key(event).map(Input::Key),
            Event::Mouse(event) => mouse(event).map(Input::Mouse),
            // The size is that of the window, and this tells that of its buffer.
            Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Paste(_) => None,
        };
        input.into_iter().for_each(|input| self.keys.add(input));
        Ok(())
    }

    /// The new size, when it has changed.
    fn resized(&mut self) -> Option<Msg> {
        let size = guard::size();
        let before = std::mem::replace(&mut self.size, size);
        (size != before).then_some(Msg::Resize(size.columns, size.rows))
    }
}

impl InputSource for TerminalReader {
    fn ask_background(&mut self, _: Duration) -> Option<BackgroundTone> {
        None
    }

    fn start(mut self, sink: impl Fn(Msg) + Send + 'static) -> io::Result<()> {
        let run = move || {
            while self.gather().is_ok() {
                self.resized().into_iter().for_each(&sink);
                for input in self.keys.finish() {
                    sink(input.into());
                }
            }
            exit::end(exit::HANG_UP, None);
        };
        spawn("input", run)
    }
}

/// A key as ours; none for releases, and for keys that type and move nothing.
fn key(event: KeyEvent) -> Option<Key> {
    use crossterm::event::KeyCode as Theirs;
    let code = match event.code {
        Theirs::Char(c) => KeyCode::Char(c),
        Theirs::F(n @ 1..=12) => KeyCode::F(n),
        Theirs::Up => KeyCode::Up,
        Theirs::Down => KeyCode::Down,
        Theirs::Left => KeyCode::Left,
        Theirs::Right => KeyCode::Right,
        Theirs::Enter => KeyCode::Enter,
        Theirs::Esc => KeyCode::Esc,
        Theirs::Tab | Theirs::BackTab => KeyCode::Tab,
        Theirs::Backspace => KeyCode::Backspace,
        Theirs::Delete => KeyCode::Delete,
        Theirs::Insert => KeyCode::Insert,
        Theirs::Home => KeyCode::Home,
        Theirs::End => KeyCode::End,
        Theirs::PageUp => KeyCode::PageUp,
        Theirs::PageDown => KeyCode::PageDown,
        _ => return None,
    };
    let held = |key| event.modifiers.contains(key);
    // Ctrl and Alt together type a sign, as AltGr does.
    let sign = matches!(code, KeyCode::Char(c) if !c.is_ascii_alphanumeric());
    let types = sign && held(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let key = Key {
        code,
        ctrl: held(KeyModifiers::CONTROL) && !types,
        alt: held(KeyModifiers::ALT) && !types,
        shift: held(KeyModifiers::SHIFT) || event.code == Theirs::BackTab,
    };
    (event.kind != KeyEventKind::Release).then(|| key.normalized())
}

/// A click or a turn of the wheel as ours; nothing else means anything to the app.
fn mouse(event: MouseEvent) -> Option<Mouse> {
    let (column, row) = (event.column, event.row);
    let wheel = |rows| Mouse::Wheel { rows, column, row };
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click { column, row }),
        MouseEventKind::ScrollUp => Some(wheel(-Mouse::NOTCH)),
        MouseEventKind::ScrollDown => Some(wheel(Mouse::NOTCH)),
        _ => None,
    }
}
