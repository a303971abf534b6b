//! What a finished control sequence means: tables of keys, mouse reports, and the rest that is swallowed.
//! Promise: pure; numbers beyond 65,535 and missing numbers count as not given.

use crate::terminal::input::{Button, InputCode, InputMouse, InputMouseKind, Mods};

/// The meaning of one sequence.
#[derive(Debug, PartialEq)]
pub(super) enum SequenceMeaning {
    Key(InputCode, Mods),
    Mouse(InputMouse),
    PasteBegins,
    /// Primary device attributes: the answer every terminal gives.
    Attributes,
    /// A reply to nobody, a release, or unknown.
    Nothing,
}

/// `ESC O x`: application keys.
pub(super) fn single(byte: u8) -> Option<InputCode> {
    Some(match byte {
        b'M' => InputCode::Enter,
        b'P'..=b'S' => InputCode::F(byte - b'P' + 1),
        b'j'..=b'y' => InputCode::Char(char::from(byte - 0x40)),
        _ => return letter(byte),
    })
}

/// `ESC [ parameters final`.
pub(super) fn control(bytes: &[u8], last: u8) -> SequenceMeaning {
    let (private, rest) = match bytes.split_first() {
        Some((p @ b'<'..=b'?', rest)) => (Some(*p), rest),
        _ => (None, bytes),
    };
    if rest.iter().any(|b| *b < b'0') {
        return SequenceMeaning::Nothing;
    }
    match (private, last) {
        (None, _) => plain(&SequenceParams::read(rest), last),
        (Some(b'<'), b'M' | b'm') => {
            let n = SequenceParams::read(rest);
            let report = n.get(0).zip(n.get(1)).zip(n.get(2));
            let mouse =
                report.and_then(|((button, column), row)| mouse(button, column, row, last == b'm'));
            mouse.map_or(SequenceMeaning::Nothing, SequenceMeaning::Mouse)
        }
        (Some(b'?'), b'c') => SequenceMeaning::Attributes,
        (Some(_), _) => SequenceMeaning::Nothing,
    }
}

fn plain(numbers: &SequenceParams, last: u8) -> SequenceMeaning {
    let first = numbers.get(0).unwrap_or(1);
    match last {
        b'~' if first == 200 => SequenceMeaning::PasteBegins,
        b'~' if first == 27 => typed(numbers.get(2), numbers),
        b'~' => numbered(first).map_or(SequenceMeaning::Nothing, |code| with(code, numbers)),
        b'u' => typed(numbers.get(0), numbers),
        b'Z' => SequenceMeaning::Key(InputCode::BackTab, Mods::NONE),
        b'P' | b'Q' | b'S' if first == 1 => with(InputCode::F(last - b'P' + 1), numbers),
        _ if first == 1 => {
            letter(last).map_or(SequenceMeaning::Nothing, |code| with(code, numbers))
        }
        _ => SequenceMeaning::Nothing,
    }
}

/// Final letters of the cursor keys.
fn letter(byte: u8) -> Option<InputCode> {
    Some(match byte {
        b'A' => InputCode::Up,
        b'B' => InputCode::Down,
        b'C' => InputCode::Right,
        b'D' => InputCode::Left,
        b'F' => InputCode::End,
        b'H' => InputCode::Home,
        _ => return None,
    })
}

/// `ESC [ n ~`.
fn numbered(n: u16) -> Option<InputCode> {
    Some(match n {
        1 | 7 => InputCode::Home,
        2 => InputCode::Insert,
        3 => InputCode::Delete,
        4 | 8 => InputCode::End,
        5 => InputCode::PageUp,
        6 => InputCode::PageDown,
        11..=15 => InputCode::F(n as u8 - 10),
        17..=21 => InputCode::F(n as u8 - 11),
        23 | 24 => InputCode::F(n as u8 - 12),
        _ => return None,
    })
}

/// A key by its character's number, as terminals report keys that have no sequence of their own.
fn typed(code: Option<u16>, numbers: &SequenceParams) -> SequenceMeaning {
    let code = match code {
        Some(9) if numbers.mods().shift => InputCode::BackTab,
        Some(9) => InputCode::Tab,
        Some(13) => InputCode::Enter,
        Some(27) => InputCode::Esc,
        Some(8 | 127) => InputCode::Backspace,
        // A private area where one protocol puts keys that type nothing.
        Some(0xe000..=0xf8ff) | None => return SequenceMeaning::Nothing,
        Some(n) => match char::from_u32(u32::from(n)).filter(|c| !c.is_control()) {
            Some(c) => InputCode::Char(if numbers.mods().shift { upper(c) } else { c }),
            None => return SequenceMeaning::Nothing,
        },
    };
    with(code, numbers)
}

fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(c)
}

fn with(code: InputCode, numbers: &SequenceParams) -> SequenceMeaning {
    if numbers.is_release() {
        return SequenceMeaning::Nothing;
    }
    let shown = matches!(code, InputCode::Char(_) | InputCode::BackTab);
    SequenceMeaning::Key(
        code,
        Mods {
            shift: numbers.mods().shift && !shown,
            ..numbers.mods()
        },
    )
}

/// A mouse report; places count from 1.
pub(super) fn mouse(button: u16, column: u16, row: u16, release: bool) -> Option<InputMouse> {
    let which = match button & 3 {
        0 => Some(Button::Left),
        1 => Some(Button::Middle),
        2 => Some(Button::Right),
        _ => None,
    };
    let kind = match (button & 0xe0, which) {
        (0, None) => InputMouseKind::Release,
        (0, Some(_)) if release => InputMouseKind::Release,
        (0, Some(which)) => InputMouseKind::Press(which),
        (32, Some(which)) => InputMouseKind::Drag(which),
        (64, Some(Button::Left)) => InputMouseKind::ScrollUp,
        (64, Some(Button::Middle)) => InputMouseKind::ScrollDown,
        _ => return None,
    };
    let mods = Mods {
        shift: button & 4 != 0,
        alt: button & 8 != 0,
        ctrl: button & 16 != 0,
    };
    Some(InputMouse {
        kind,
        column: column.saturating_sub(1),
        row: row.saturating_sub(1),
        mods,
    })
}

/// Parameters `a;b:c;d`: the numbers of each group.
struct SequenceParams(Vec<Vec<Option<u16>>>);

impl SequenceParams {
    fn read(bytes: &[u8]) -> Self {
        let number = |digits: &[u8]| {
            std::str::from_utf8(digits)
                .ok()
                .and_then(|d| d.parse().ok())
        };
        let group = |group: &[u8]| group.split(|b| *b == b':').map(number).collect();
        Self(bytes.split(|b| *b == b';').map(group).collect())
    }

    fn get(&self, at: usize) -> Option<u16> {
        self.0
            .get(at)
            .and_then(|group| group.first().copied().flatten())
    }

    /// The second parameter less 1, as bits.
    fn mods(&self) -> Mods {
        let bits = self.get(1).unwrap_or(1).saturating_sub(1);
        Mods {
            shift: bits & 1 != 0,
            alt: bits & 2 != 0,
            ctrl: bits & 4 != 0,
        }
    }

    /// The second parameter's second number tells press, repeat and release as 1, 2 and 3.
    fn is_release(&self) -> bool {
        self.0
            .get(1)
            .and_then(|group| group.get(1).copied().flatten())
            == Some(3)
    }
}
