//! The ledger of terminal modes: what a program's output has switched on and not off again.
//! It reads raw output, so that a mode counts even where no terminal model knows it.

use std::collections::BTreeSet;

/// What is still on.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Ledger {
    /// Private modes that are set; the hidden cursor counts as one.
    pub(crate) modes: BTreeSet<String>,
    /// Whether attributes or colors are on.
    pub(crate) attributes: bool,
    /// Keyboard flags pushed and not popped.
    pub(crate) pushed: usize,
    /// How often the alternate screen was entered and left.
    pub(crate) entered: usize,
    pub(crate) left: usize,
    /// Sequences of other kinds than control sequences: titles, clipboard, colors.
    pub(crate) strings: Vec<String>,
}

impl Ledger {
    /// Reads everything a program wrote.
    pub(crate) fn of(raw: &[u8]) -> Self {
        let text = String::from_utf8_lossy(raw);
        let mut ledger = Self::default();
        for piece in text.split('\x1b').skip(1) {
            match piece.split_at_checked(1) {
                Some(("[", rest)) => ledger.control(rest),
                Some(("]" | "P" | "_" | "^" | "X", _)) => ledger.strings.push(piece.to_owned()),
                Some(_) | None => {}
            }
        }
        ledger
    }

    /// True when the terminal is as it was, as far as output can tell.
    pub(crate) fn is_clean(&self) -> bool {
        self.modes.is_empty() && !self.attributes && self.pushed == 0 && self.entered == self.left
    }

    fn control(&mut self, rest: &str) {
        let Some(end) = rest.find(|c: char| ('@'..='~').contains(&c)) else {
            return;
        };
        let parameters = rest.get(..end).unwrap_or("");
        match rest.get(end..=end).unwrap_or("") {
            "h" | "l" if parameters.starts_with('?') => {
                self.private(parameters, rest.get(end..=end) == Some("h"))
            }
            "m" => {
                self.attributes = !parameters
                    .split(';')
                    .all(|n| matches!(n, "" | "0" | "39" | "49" | "59"))
            }
            "u" if parameters.starts_with('>') => self.pushed += 1,
            "u" if parameters.starts_with('<') => self.pushed = self.pushed.saturating_sub(1),
            _ => {}
        }
    }

    fn private(&mut self, parameters: &str, on: bool) {
        for mode in parameters.trim_start_matches('?').split(';') {
            // The cursor is shown at first, so its ledger runs the other way round.
            let counts = on != (mode == "25");
            if mode == "1049" {
                self.entered += usize::from(on);
                self.left += usize::from(!on);
            }
            if counts {
                self.modes.insert(mode.to_owned());
            } else {
                self.modes.remove(mode);
            }
        }
    }
}

#[test]
fn the_ledger_counts_what_is_left_on() {
    let check =
        |raw: &str, clean| assert_eq!(Ledger::of(raw.as_bytes()).is_clean(), clean, "{raw:?}");
    check("text\x1b[1;1H\x1b[31mred\x1b[0m", true);
    check("\x1b[?1049h\x1b[?25l\x1b[?25h\x1b[?1049l", true);
    check("\x1b[?1049h\x1b[?1049h\x1b[?1049l", false);
    for left_on in [
        "\x1b[?25l",
        "\x1b[?1000h",
        "\x1b[?2004h",
        "\x1b[?1004h",
        "\x1b[?1006h",
        "\x1b[1m",
        "\x1b[>1u",
        "\x1b[38;5;1m",
    ] {
        check(left_on, false);
    }
}
