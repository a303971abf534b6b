//! How bright the terminal's background is: from the environment, or asked of the terminal.
//!
//! Promises: a terminal that may print a question it does not know is not asked; the answer is read by the same decoder
//! as keys, so that whatever else comes meanwhile is not lost, and a late answer is not typed.

use crate::terminal::input::BackgroundTone;

/// Asks for the background color, then for what every terminal answers, so that silence about the first ends at once.
pub(crate) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";

/// A color as a terminal tells it, 0 to 65,535 each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rgb {
    /// Red.
    pub red: u16,
    /// Green.
    pub green: u16,
    /// Blue.
    pub blue: u16,
}

impl Rgb {
    /// Reads `rgb:RRRR/GGGG/BBBB` and `rgba:…` with 1 to 4 digits each, `#RRGGBB` and `#RRRRGGGGBBBB`.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let parts: Vec<&str> = match text.strip_prefix('#') {
            Some(digits) if digits.is_ascii() && matches!(digits.len(), 6 | 12) => {
                let n = digits.len() / 3;
                [
                    digits.get(..n)?,
                    digits.get(n..2 * n)?,
                    digits.get(2 * n..)?,
                ]
                .into()
            }
            Some(_) => return None,
            None => text
                .strip_prefix("rgb:")
                .or_else(|| text.strip_prefix("rgba:"))?
                .split('/')
                .collect(),
        };
        match parts.as_slice() {
            [red, green, blue] | [red, green, blue, _] => Some(Self {
                red: channel(red)?,
                green: channel(green)?,
                blue: channel(blue)?,
            }),
            _ => None,
        }
    }

    /// Light when it is brighter to the eye than middle gray.
    pub fn tone(self) -> BackgroundTone {
        let luma =
            299 * u32::from(self.red) + 587 * u32::from(self.green) + 114 * u32::from(self.blue);
        if luma > 1000 * (u32::from(u16::MAX) / 2) {
            BackgroundTone::Light
        } else {
            BackgroundTone::Dark
        }
    }
}

/// One to four hexadecimal digits, scaled to 16 bits.
fn channel(digits: &str) -> Option<u16> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let most = (1_u32 << (4 * digits.len())) - 1;
    let value = u32::from_str_radix(digits, 16).ok()?;
    u16::try_from(value * u32::from(u16::MAX) / most).ok()
}

/// What `COLORFGBG` says (`15;0`, `0;default;15`): the last number is the background's.
pub fn from_colorfgbg(value: &str) -> Option<BackgroundTone> {
    match value.rsplit(';').next()?.parse::<u8>().ok()? {
        0..=6 | 8 => Some(BackgroundTone::Dark),
        7 | 9..=15 => Some(BackgroundTone::Light),
        16..=u8::MAX => None,
    }
}

/// Whether a terminal of that name takes the question as one. Unset and `dumb` ones may show it, the Linux console
/// reads part of it as a palette change.
pub fn may_be_asked(term: Option<&str>) -> bool {
    !matches!(term, None | Some("" | "dumb" | "unknown"))
        && !term.is_some_and(|t| t.starts_with("linux"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_read_in_every_form() {
        let check = |text: &str, tone| {
            assert_eq!(Rgb::parse(text.as_bytes()).map(Rgb::tone), tone, "{text}")
        };
        for dark in [
            "rgb:0000/0000/0000",
            "rgb:1/2/3",
            "rgb:28/2c/34",
            "#002b36",
            "#111122223333",
            "rgba:0/0/0/f",
        ] {
            check(dark, Some(BackgroundTone::Dark));
        }
        for light in [
            "rgb:ffff/ffff/ffff",
            "rgb:f/f/f",
            "rgb:fdf/6e3/fff",
            "#fdf6e3",
            "rgba:ff/ff/ff/00",
        ] {
            check(light, Some(BackgroundTone::Light));
        }
        for bad in [
            "",
            "rgb:",
            "rgb:0/0",
            "rgb:00000/0/0",
            "rgb:g/0/0",
            "rgb:+1/0/0",
            "#12345",
            "#é1234",
            "red",
            "rgb:0/0/0/0/0",
        ] {
            check(bad, None);
        }
        assert_eq!(
            Rgb::parse(b"rgb:f/80/0"),
            Some(Rgb {
                red: 65535,
                green: 32896,
                blue: 0
            })
        );
    }

    #[test]
    fn the_environment_may_know() {
        let check = |value, tone| assert_eq!(from_colorfgbg(value), tone, "{value}");
        check("15;0", Some(BackgroundTone::Dark));
        check("0;default;15", Some(BackgroundTone::Light));
        check("7;8", Some(BackgroundTone::Dark));
        check("15;default", None);
        check("", None);
        check("0;300", None);
    }

    #[test]
    fn only_who_understands_is_asked() {
        for (term, may) in [
            (Some("xterm-256color"), true),
            (Some("linux"), false),
            (Some("dumb"), false),
            (None, false),
        ] {
            assert_eq!(may_be_asked(term), may, "{term:?}");
        }
    }
}
