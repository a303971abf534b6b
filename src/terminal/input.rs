//! What comes in at the door, in our own words.
//! Promise: neutral values without any terminal library's types; text among them is already clean.

use crate::terminal::size::Size;
use crate::text::SafeText;

/// What the shell's threads tell the loop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A key, the mouse, a paste, a new size.
    Input(InputEvent),
    /// The program was stopped and goes on: the screen must be redrawn as a whole, at this size.
    Resumed(Size),
    /// The terminal told its background late.
    Background(BackgroundTone),
}

/// What the user does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InputEvent {
    /// A key was pressed or repeats; releases are not reported.
    Key(InputKey),
    /// The mouse, while it is on.
    Mouse(InputMouse),
    /// Text that was pasted, or came faster than anybody types. At most 64 KiB.
    Paste(SafeText),
    /// The terminal has a new size.
    Resize(Size),
}

/// A key with what was held down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct InputKey {
    /// The key.
    pub code: InputCode,
    /// What was held; shift is not told for characters, they are what shift made them.
    pub mods: Mods,
}

/// A key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the names are those on the keys")]
pub enum InputCode {
    /// What it types; never a control character.
    Char(char),
    /// F1 to F35.
    F(u8),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
}

/// Held keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[allow(missing_docs, reason = "the names are those on the keys")]
pub struct Mods {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// The mouse did something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct InputMouse {
    /// What.
    pub kind: InputMouseKind,
    /// Column, from 0.
    pub column: u16,
    /// Row, from 0.
    pub row: u16,
    /// What was held.
    pub mods: Mods,
}

/// What the mouse did.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum InputMouseKind {
    Press(Button),
    Drag(Button),
    Release,
    ScrollUp,
    ScrollDown,
}

/// A mouse button.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Button {
    Left,
    Middle,
    Right,
}

/// How bright the terminal's background is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum BackgroundTone {
    Dark,
    Light,
}

impl Mods {
    /// Nothing held.
    pub const NONE: Mods = Mods {
        ctrl: false,
        alt: false,
        shift: false,
    };
    /// Ctrl alone.
    pub const CTRL: Mods = Mods {
        ctrl: true,
        alt: false,
        shift: false,
    };
    /// Alt alone.
    pub const ALT: Mods = Mods {
        ctrl: false,
        alt: true,
        shift: false,
    };
}

impl InputKey {
    /// A key with nothing held.
    pub const fn plain(code: InputCode) -> Self {
        Self {
            code,
            mods: Mods::NONE,
        }
    }

    /// What this key adds to a text, if it types at all: a character, a newline for Enter, a tab for Tab.
    pub fn typed(self) -> Option<char> {
        match self.code {
            InputCode::Char('j') if self.mods == Mods::CTRL => Some('\n'),
            InputCode::Char(c) if !self.mods.ctrl && !self.mods.alt => Some(c),
            InputCode::Enter => Some('\n'),
            InputCode::Tab => Some('\t'),
            InputCode::Char(_)
            | InputCode::F(_)
            | InputCode::Esc
            | InputCode::BackTab
            | InputCode::Backspace
            | InputCode::Delete
            | InputCode::Insert => None,
            InputCode::Left
            | InputCode::Right
            | InputCode::Up
            | InputCode::Down
            | InputCode::Home
            | InputCode::End => None,
            InputCode::PageUp | InputCode::PageDown => None,
        }
    }
}
