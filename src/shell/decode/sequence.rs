//! What a finished control sequence means: tables of keys, mouse reports, and the rest that is swallowed.
//! Promise: pure; numbers beyond 65,535 and missing numbers count as not given.

use crate::shell::input::{Button, Code, Mods, Mouse, MouseKind};

/// The meaning of one sequence.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    Key(Code, Mods),
    Mouse(Mouse),
    PasteBegins,
    /// Primary device attributes: the answer every terminal gives.
    Attributes,
    /// A reply to nobody, a release, or unknown.
    Nothing,
}

/// `ESC O x`: application keys.
pub(super) fn single(byte: u8) -> Option<Code> {
    Some(match byte {
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::F(byte - b'P' + 1),
        b'j'..=b'y' => Code::Char(char::from(byte - 0x40)),
        _ => return letter(byte),
    })
}

/// `ESC [ parameters final`.
pub(super) fn control(bytes: &[u8], last: u8) -> Meaning {
    let (private, rest) = match bytes.split_first() {
        Some((p @ b'<'..=b'?', rest)) => (Some(*p), rest),
        _ => (None, bytes),
    };
    if rest.iter().any(|b| *b < b'0') {
        return Meaning::Nothing;
    }
    match (private, last) {
        (None, _) => plain(&Numbers::read(rest), last),
        (Some(b'<'), b'M' | b'm') => {
            let n = Numbers::read(rest);
            let report = n.get(0).zip(n.get(1)).zip(n.get(2));
            let mouse = report.and_then(|((button, column), row)| mouse(button, column, row, last == b'm'));
            mouse.map_or(Meaning::Nothing, Meaning::Mouse)
        }
        (Some(b'?'), b'c') => Meaning::Attributes,
        (Some(_), _) => Meaning::Nothing,
    }
}

fn plain(numbers: &Numbers, last: u8) -> Meaning {
    let first = numbers.get(0).unwrap_or(1);
    match last {
        b'~' if first == 200 => Meaning::PasteBegins,
        b'~' if first == 27 => typed(numbers.get(2), numbers),
        b'~' => numbered(first).map_or(Meaning::Nothing, |code| with(code, numbers)),
        b'u' => typed(numbers.get(0), numbers),
        b'Z' => Meaning::Key(Code::BackTab, Mods::NONE),
        b'P' | b'Q' | b'S' if first == 1 => with(Code::F(last - b'P' + 1), numbers),
        _ if first == 1 => letter(last).map_or(Meaning::Nothing, |code| with(code, numbers)),
        _ => Meaning::Nothing,
    }
}

/// Final letters of the cursor keys.
fn letter(byte: u8) -> Option<Code> {
    Some(match byte {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        _ => return None,
    })
}

/// `ESC [ n ~`.
fn numbered(n: u16) -> Option<Code> {
    Some(match n {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(n as u8 - 10),
        17..=21 => Code::F(n as u8 - 11),
        23 | 24 => Code::F(n as u8 - 12),
        _ => return None,
    })
}

/// A key by its character's number, as terminals report keys that have no sequence of their own.
fn typed(code: Option<u16>, numbers: &Numbers) -> Meaning {
    let code = match code {
        Some(9) if numbers.mods().shift => Code::BackTab,
        Some(9) => Code::Tab,
        Some(13) => Code::Enter,
        Some(27) => Code::Esc,
        Some(8 | 127) => Code::Backspace,
        // A private area where one protocol puts keys that type nothing.
        Some(0xe000..=0xf8ff) | None => return Meaning::Nothing,
        Some(n) => match char::from_u32(u32::from(n)).filter(|c| !c.is_control()) {
            Some(c) => Code::Char(if numbers.mods().shift { upper(c) } else { c }),
            None => return Meaning::Nothing,
        },
    };
    with(code, numbers)
}

fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(c)
}

fn with(code: Code, numbers: &Numbers) -> Meaning {
    if numbers.is_release() {
        return Meaning::Nothing;
    }
    let shown = matches!(code, Code::Char(_) | Code::BackTab);
    Meaning::Key(code, Mods { shift: numbers.mods().shift && !shown, ..numbers.mods() })
}

/// A mouse report; places count from 1.
pub(super) fn mouse(button: u16, column: u16, row: u16, release: bool) -> Option<Mouse> {
    let which = match button & 3 {
        0 => Some(Button::Left),
        1 => Some(Button::Middle),
        2 => Some(Button::Right),
        _ => None,
    };
    let kind = match (button & 0xe0, which) {
        (0, None) => MouseKind::Release,
        (0, Some(_)) if release => MouseKind::Release,
        (0, Some(which)) => MouseKind::Press(which),
        (32, Some(which)) => MouseKind::Drag(which),
        (64, Some(Button::Left)) => MouseKind::ScrollUp,
        (64, Some(Button::Middle)) => MouseKind::ScrollDown,
        _ => return None,
    };
    let mods = Mods { shift: button & 4 != 0, alt: button & 8 != 0, ctrl: button & 16 != 0 };
    Some(Mouse { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), mods })
}

/// Parameters `a;b:c;d`: the numbers of each group.
struct Numbers(Vec<Vec<Option<u16>>>);

impl Numbers {
    fn read(bytes: &[u8]) -> Self {
        let number = |digits: &[u8]| std::str::from_utf8(digits).ok().and_then(|d| d.parse().ok());
        let group = |group: &[u8]| group.split(|b| *b == b':').map(number).collect();
        Self(bytes.split(|b| *b == b';').map(group).collect())
    }

    fn get(&self, at: usize) -> Option<u16> {
        self.0.get(at).and_then(|group| group.first().copied().flatten())
    }

    /// The second parameter less 1, as bits.
    fn mods(&self) -> Mods {
        let bits = self.get(1).unwrap_or(1).saturating_sub(1);
        Mods { shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
    }

    /// The second parameter's second number tells press, repeat and release as 1, 2 and 3.
    fn is_release(&self) -> bool {
        self.0.get(1).and_then(|group| group.get(1).copied().flatten()) == Some(3)
    }
}
