//! How bright the terminal's background is, asked of the terminal.
//!
//! A terminal that may print a question it does not know is not asked. The answer is read by the same decoder as keys, so
//! that whatever else comes meanwhile is not lost, and a late answer is not taken for typing.

use crate::layout::BackgroundTone;

/// Asks for the background color, then for what every terminal answers, so that silence about the first ends at once.
#[cfg(unix)]
pub(crate) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";

/// The tone of a color as a terminal reports it: `rgb:R/G/B` or `rgba:R/G/B/A` with 1 to 4 hexadecimal digits each,
/// `#RRGGBB` or `#RRRRGGGGBBBB`. Light when it is brighter to the eye than middle gray.
pub(crate) fn tone_of(color: &[u8]) -> Option<BackgroundTone> {
    let digits: Vec<&[u8]> = match color.strip_prefix(b"#") {
        Some(digits) if matches!(digits.len(), 6 | 12) => digits.chunks(digits.len() / 3).collect(),
        Some(_) => return None,
        None => {
            let rgba = || color.strip_prefix(b"rgba:");
            let rest = color.strip_prefix(b"rgb:").or_else(rgba)?;
            rest.split(|byte| *byte == b'/').collect()
        }
    };
    let channels = digits.into_iter().map(channel);
    let channels: Vec<u32> = channels.collect::<Option<_>>()?;
    let ([red, green, blue] | [red, green, blue, _]) = channels[..] else {
        return None;
    };
    // The luma of Rec. 601, in thousandths.
    let is_light = 299 * red + 587 * green + 114 * blue > 1000 * (u32::from(u16::MAX) / 2);
    Some(if is_light {
        BackgroundTone::Light
    } else {
        BackgroundTone::Dark
    })
}

/// One to four hexadecimal digits, scaled to 16 bits.
fn channel(digits: &[u8]) -> Option<u32> {
    if !matches!(digits.len(), 1..=4) {
        return None;
    }
    let value = digits.iter().try_fold(0, |value, digit| {
        Some(value << 4 | char::from(*digit).to_digit(16)?)
    })?;
    Some(value * u32::from(u16::MAX) / ((1 << (4 * digits.len())) - 1))
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
        let check = |text: &str, tone| assert_eq!(tone_of(text.as_bytes()), tone, "{text}");
        for dark in [
            "rgb:0000/0000/0000",
            "rgb:1/2/3",
            "rgb:28/2c/34",
            "rgb:7f/7f/7f",
            "rgb:0/0/ffff",
            "#002b36",
            "#111122223333",
            "rgba:0/0/0/f",
        ] {
            check(dark, Some(BackgroundTone::Dark));
        }
        for light in [
            "rgb:ffff/ffff/ffff",
            "rgb:f/f/f",
            "rgb:80/80/80",
            "rgb:0/f/0",
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
            "rgb:0//0",
            "#",
        ] {
            check(bad, None);
        }
        assert_eq!(
            [b"f".as_slice(), b"80", b"000", b"8000"].map(channel),
            [Some(65_535), Some(32_896), Some(0), Some(32_768)]
        );
    }

    #[test]
    fn only_who_understands_is_asked() {
        for (term, may) in [
            (Some("xterm-256color"), true),
            (Some("screen"), true),
            (Some("linux"), false),
            (Some("linux-16color"), false),
            (Some("dumb"), false),
            (Some("unknown"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(may_be_asked(term), may, "{term:?}");
        }
    }
}
