//! Keys as they are written: `j`, `Ctrl-k`, `Shift-Tab`, `Alt-3`, `F1`. One spelling for config, footer, help and man page.
//! What is printed can be parsed again and is the same key.

use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Key {
    /// The key itself. A shifted letter is its capital, not a modifier.
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    /// Shift was held, for keys that are not letters or signs.
    pub shift: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum KeyCode {
    /// A letter, digit or sign.
    Char(char),
    /// A function key, 1 to 12.
    F(u8),
    Up,
    Down,
    Left,
    Right,
    Enter,
    Esc,
    /// Tab; with shift for the back tab.
    Tab,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
}

const NAMES: [(&str, KeyCode); 15] = [
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Space", KeyCode::Char(' ')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A letter, digit or sign without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// Reads `Ctrl-k`, `Shift-Tab`, `F1`, `j`, `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = Self::plain(KeyCode::Esc);
        let mut rest = text;
        loop {
            let Some((head, tail)) = rest
                .split_once('-')
                .filter(|(h, t)| !h.is_empty() && !t.is_empty())
            else {
                key.code = parse_code(rest)?;
                return Some(key.normalized());
            };
            match head.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => key.ctrl = true,
                "alt" | "m" => key.alt = true,
                "shift" | "s" => key.shift = true,
                _ => return None,
            }
            rest = tail;
        }
    }

    /// A letter or sign with control held.
    pub const fn ctrl(c: char) -> Self {
        let key = Self::char(c);
        Self { ctrl: true, ..key }
    }

    /// A letter or sign with alt held.
    pub const fn alt(c: char) -> Self {
        let key = Self::char(c);
        Self { alt: true, ..key }
    }

    /// One spelling for each key: shift on a letter is the capital letter, where there is one; control and a capital are
    /// control and the small letter.
    pub fn normalized(mut self) -> Self {
        if let KeyCode::Char(c) = self.code {
            let mut upper = c.to_uppercase();
            if self.shift
                && let (Some(upper), None) = (upper.next(), upper.next())
            {
                self.code = KeyCode::Char(upper);
            }
            if self.ctrl {
                self.code = KeyCode::Char(c.to_ascii_lowercase());
            }
            self.shift = false;
        }
        self
    }

    /// The letter it types into a field.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

fn parse_code(text: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
    {
        return Some(*code);
    }
    let mut chars = text.chars();
    match (chars.next()?, chars.as_str()) {
        (c, "") if !c.is_control() => Some(KeyCode::Char(c)),
        ('F' | 'f', number) => number
            .parse()
            .ok()
            .filter(|n| (1..=12).contains(n))
            .map(KeyCode::F),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, c)| *c == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => write!(f, "{code:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_written() {
        for text in [
            "j",
            "G",
            "Ctrl-k",
            "Shift-Tab",
            "Alt-3",
            "F1",
            "Space",
            "PgDn",
            "-",
            "Ctrl--",
            "?",
            ":",
            "Alt-Left",
        ] {
            assert_eq!(
                Key::parse(text).map(|c| c.to_string()).as_deref(),
                Some(text)
            );
        }
        assert_eq!(Key::parse("Shift-k"), Some(Key::char('K')));
        assert_eq!(Key::parse("C-K"), Key::parse("Ctrl-k"));
        assert_eq!(Key::parse("Shift-ß"), Some(Key::char('ß')), "no capital");
        assert_eq!(Key::parse("insert").map(|k| k.code), Some(KeyCode::Insert));
        for bad in ["", "Hyper-x", "F13", "F0", "abc", "Ctrl-"] {
            assert_eq!(Key::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn only_letters_and_signs_without_control_are_typed() {
        for (key, expected) in [
            ("a", Some('a')),
            ("Space", Some(' ')),
            ("Ctrl-a", None),
            ("Alt-a", None),
            ("Enter", None),
        ] {
            assert_eq!(Key::parse(key).unwrap().typed(), expected, "{key}");
        }
    }

    #[test]
    fn a_key_has_one_spelling() {
        let held = |code, ctrl, shift| Key {
            ctrl,
            shift,
            ..Key::plain(code)
        };
        for (key, expected) in [
            (held(KeyCode::Char('k'), false, true), "K"),
            (held(KeyCode::Char('K'), true, true), "Ctrl-k"),
            (held(KeyCode::Char('1'), false, true), "1"),
            (held(KeyCode::Tab, false, true), "Shift-Tab"),
            (held(KeyCode::F(5), true, false), "Ctrl-F5"),
        ] {
            assert_eq!(key.normalized().to_string(), expected);
        }
    }
}
