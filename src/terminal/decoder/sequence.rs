//! What a finished control sequence means: tables of keys, mouse reports, and the rest that is swallowed.
//! Pure; numbers beyond 65,535 and missing numbers count as not given.

use crate::app::{Key, KeyCode, Mouse};

#[derive(Debug, PartialEq)]
pub(super) enum SequenceMeaning {
    Key(Key),
    Mouse(Mouse),
    PasteBegins,
    /// Primary device attributes: the answer every terminal gives.
    Attributes,
    /// A reply to nobody, a release, or unknown.
    Nothing,
}

/// `ESC O x`: application keys.
pub(super) fn single(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(byte - b'P' + 1),
        b'j'..=b'y' => KeyCode::Char(char::from(byte - 0x40)),
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
        b'Z' => SequenceMeaning::Key(Key {
            shift: true,
            ..Key::plain(KeyCode::Tab)
        }),
        b'P' | b'Q' | b'S' if first == 1 => with(KeyCode::F(last - b'P' + 1), numbers),
        _ if first == 1 => {
            letter(last).map_or(SequenceMeaning::Nothing, |code| with(code, numbers))
        }
        _ => SequenceMeaning::Nothing,
    }
}

/// Final letters of the cursor keys.
fn letter(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

/// `ESC [ n ~`.
fn numbered(n: u16) -> Option<KeyCode> {
    Some(match n {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(n as u8 - 10),
        17..=21 => KeyCode::F(n as u8 - 11),
        23 | 24 => KeyCode::F(n as u8 - 12),
        _ => return None,
    })
}

/// A key by its character's number, as terminals report keys that have no sequence of their own.
fn typed(code: Option<u16>, numbers: &SequenceParams) -> SequenceMeaning {
    let code = match code {
        Some(9) => KeyCode::Tab,
        Some(13) => KeyCode::Enter,
        Some(27) => KeyCode::Esc,
        Some(8 | 127) => KeyCode::Backspace,
        // A private area where one protocol puts keys that type nothing.
        Some(0xe000..=0xf8ff) | None => return SequenceMeaning::Nothing,
        Some(n) => match char::from_u32(u32::from(n)).filter(|c| !c.is_control()) {
            Some(c) => KeyCode::Char(c),
            None => return SequenceMeaning::Nothing,
        },
    };
    with(code, numbers)
}

/// A key with what the second parameter says was held: the parameter less 1, as bits.
fn with(code: KeyCode, numbers: &SequenceParams) -> SequenceMeaning {
    if numbers.is_release() {
        return SequenceMeaning::Nothing;
    }
    let held = numbers.get(1).unwrap_or(1).saturating_sub(1);
    SequenceMeaning::Key(Key {
        code,
        shift: held & 1 != 0,
        alt: held & 2 != 0,
        ctrl: held & 4 != 0,
    })
}

/// A mouse report; places count from 1. Only the first button and the wheel mean something to the app.
pub(super) fn mouse(button: u16, column: u16, row: u16, release: bool) -> Option<Mouse> {
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    let wheel = |rows| Mouse::Wheel { rows, column, row };
    // Bits 2 to 4 tell the keys that were held.
    match button & !0x1c {
        0 if !release => Some(Mouse::Click { column, row }),
        64 => Some(wheel(-Mouse::NOTCH)),
        65 => Some(wheel(Mouse::NOTCH)),
        _ => None,
    }
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

    fn number(&self, group: usize, at: usize) -> Option<u16> {
        *self.0.get(group)?.get(at)?
    }

    fn get(&self, group: usize) -> Option<u16> {
        self.number(group, 0)
    }

    /// The second parameter's second number tells press, repeat and release as 1, 2 and 3.
    fn is_release(&self) -> bool {
        self.number(1, 1) == Some(3)
    }
}
