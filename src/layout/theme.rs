//! Themes as data: a role becomes an ink, without any terminal library.
//! Every bundled theme fills every role; without color, what matters stays told apart by bold, dim, underline
//! and reverse.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::layout::row::Role;
use crate::text::suggest::nearest;
use crate::text::{SafeText, Words};

/// How a role is inked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThemeStyle {
    /// The color of the letters; the terminal's own when absent.
    pub fg: Option<ThemeColor>,
    /// The color behind them; the terminal's own when absent.
    pub bg: Option<ThemeColor>,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    /// Letters and background exchanged.
    pub reverse: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeColor {
    /// One of the terminal's own 16, whose look the user has chosen.
    Ansi(u8),
    /// One of the 256.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// An ink for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: &'static str,
    inks: [ThemeStyle; Role::WORDS.len()],
}

const FILES: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../assets/themes/high-contrast.toml"),
    ),
    (
        "terminal",
        include_str!("../../assets/themes/terminal.toml"),
    ),
];

/// The terminal's first eight colors; eight brighter ones follow.
const ANSI: [&str; 8] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
];

impl Theme {
    /// The bundled themes with what they are for.
    pub const NAMES: [(&'static str, &'static str); 4] = [
        ("dark", "For dark backgrounds, 24-bit colors"),
        ("light", "For light backgrounds, 24-bit colors"),
        (
            "high-contrast",
            "Strong contrast on a black background of its own",
        ),
        (
            "terminal",
            "The terminal's own 16 colors, for any background",
        ),
    ];

    pub fn named(name: &str) -> Option<&'static Self> {
        static THEMES: [OnceLock<Theme>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
        let mut all = FILES.iter().zip(&THEMES);
        let ((name, text), theme) = all.find(|((n, _), _)| *n == name)?;
        let read = || Self::read(name, text).unwrap_or_else(|_| Self::plain(name));
        Some(theme.get_or_init(read))
    }

    /// For dark backgrounds.
    pub fn dark() -> &'static Self {
        Self::named("dark").unwrap_or_else(Self::terminal)
    }

    /// For light backgrounds.
    pub fn light() -> &'static Self {
        Self::named("light").unwrap_or_else(Self::terminal)
    }

    /// The terminal's own 16 colors.
    pub fn terminal() -> &'static Self {
        static PLAIN: OnceLock<Theme> = OnceLock::new();
        Self::named("terminal").unwrap_or_else(|| PLAIN.get_or_init(|| Self::plain("terminal")))
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn ink(&self, role: Role) -> ThemeStyle {
        self.inks.get(role as usize).copied().unwrap_or_default()
    }

    /// The same without color: reverse, bold and underline take over where color alone told roles apart.
    pub fn without_color(&self) -> Self {
        let mut theme = self.clone();
        for (role, ink) in Role::all().zip(&mut theme.inks) {
            let marked = ink.bg.take().is_some();
            ink.fg = None;
            ink.reverse |= marked;
            match role {
                Role::Focus | Role::LinkFocus | Role::HitFocus | Role::TabOn => ink.reverse = true,
                Role::Hit | Role::Link => ink.underline = true,
                Role::Dim | Role::Label | Role::Rule | Role::Chrome => ink.dim = true,
                Role::Provider | Role::Zero | Role::Good | Role::Bad | Role::Warn | Role::Key => {
                    ink.bold = true
                }
                Role::Text
                | Role::Strong
                | Role::Emphasis
                | Role::Title
                | Role::Heading
                | Role::Code
                | Role::Quote => {}
            }
        }
        theme
    }

    /// No styles at all; what a theme file that cannot be read falls back to.
    fn plain(name: &'static str) -> Self {
        Self {
            name,
            inks: [ThemeStyle::default(); Role::WORDS.len()],
        }
    }

    /// Reads a theme file: every role must be there, and nothing else.
    fn read(name: &'static str, text: &str) -> Result<Self, SafeText> {
        // An ink is written as `"blue bold"` or `"#5fafff on #303030 underline"`.
        let raw: BTreeMap<String, String> =
            toml::from_str(text).map_err(|e| SafeText::clean(e.message()))?;
        let mut theme = Self::plain(name);
        for ((role, _), ink) in Role::WORDS.iter().zip(&mut theme.inks) {
            let words = raw.get(*role);
            let words = words.ok_or_else(|| crate::safe!("the role {role} is missing"))?;
            *ink = parse_ink(words)?;
        }
        match raw.keys().find(|key| Role::from_word(key).is_none()) {
            None => Ok(theme),
            Some(key) => {
                let near = nearest(key, Role::all().map(Role::word));
                let near = near.map(|n| format!("; did you mean {n}?"));
                let near = near.unwrap_or_default();
                Err(crate::safe!("there is no role {key}{near}"))
            }
        }
    }
}

/// Reads `"#5fafff on #303030 bold"`.
fn parse_ink(words: &str) -> Result<ThemeStyle, SafeText> {
    let mut ink = ThemeStyle::default();
    let mut behind = false;
    for word in words.split_whitespace() {
        match word {
            "on" => behind = true,
            "default" => {}
            "bold" => ink.bold = true,
            "dim" => ink.dim = true,
            "italic" => ink.italic = true,
            "underline" => ink.underline = true,
            "reverse" => ink.reverse = true,
            other => {
                let hue = parse_hue(other)
                    .ok_or_else(|| crate::safe!("{other} is neither a color nor a style"))?;
                if std::mem::take(&mut behind) {
                    ink.bg = Some(hue)
                } else {
                    ink.fg = Some(hue)
                }
            }
        }
    }
    Ok(ink)
}

fn parse_hue(word: &str) -> Option<ThemeColor> {
    let bright = word.strip_prefix("bright-");
    if let Some(n) = ANSI.iter().position(|a| *a == bright.unwrap_or(word)) {
        return Some(ThemeColor::Ansi(
            n as u8 + if bright.is_some() { 8 } else { 0 },
        ));
    }
    if let Some(hex) = word.strip_prefix('#').filter(|h| h.len() == 6) {
        let part = |range| hex.get(range).and_then(|p| u8::from_str_radix(p, 16).ok());
        return Some(ThemeColor::Rgb(part(0..2)?, part(2..4)?, part(4..6)?));
    }
    word.parse().ok().map(ThemeColor::Indexed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hue: ThemeColor) -> f64 {
        let ThemeColor::Rgb(r, g, b) = hue else {
            panic!("{hue:?} has no fixed look")
        };
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                libm::pow((c + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    /// Contrast as WCAG 2 defines it, 1 to 21.
    fn contrast(a: ThemeColor, b: ThemeColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_bundled_theme_fills_every_role() {
        for (name, text) in FILES {
            Theme::read(name, text).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
        assert_eq!(Theme::NAMES.map(|(n, _)| n), FILES.map(|(n, _)| n));
    }

    #[test]
    fn mistakes_in_a_theme_are_named() {
        let check =
            |text: &str, said: &str| assert_eq!(Theme::read("x", text).unwrap_err().as_str(), said);
        check("", "the role text is missing");
        let all = |line: &str| {
            Role::all()
                .map(|r| format!("{} = \"bold\"\n", r.word()))
                .collect::<String>()
                + line
        };
        check(
            &all("linc = \"bold\""),
            "there is no role linc; did you mean link?",
        );
        check(
            &all("").replacen("\"bold\"", "\"blod\"", 1),
            "blod is neither a color nor a style",
        );
    }

    #[test]
    fn letters_can_be_read_on_usual_backgrounds() {
        let check = |name: &str, backgrounds: &[ThemeColor], least: f64| {
            let theme = Theme::named(name).unwrap();
            for role in Role::all() {
                let ink = theme.ink(role);
                for back in ink
                    .bg
                    .iter()
                    .copied()
                    .chain(backgrounds.iter().copied().filter(|_| ink.bg.is_none()))
                {
                    let Some(fg) = ink.fg else { continue };
                    let found = contrast(fg, back);
                    assert!(
                        found >= least || role == Role::Rule,
                        "{name} {role:?} on {back:?}: {found:.1}"
                    );
                }
            }
        };
        check(
            "dark",
            &[ThemeColor::Rgb(0x1e, 0x1e, 0x1e), ThemeColor::Rgb(0, 0, 0)],
            4.5,
        );
        check(
            "light",
            &[
                ThemeColor::Rgb(0xff, 0xff, 0xff),
                ThemeColor::Rgb(0xfd, 0xf6, 0xe3),
            ],
            4.5,
        );
        check("high-contrast", &[ThemeColor::Rgb(0, 0, 0)], 7.0);
    }

    #[test]
    fn without_color_what_matters_is_told_apart() {
        for (name, _) in FILES {
            let theme = Theme::named(name).unwrap().without_color();
            assert!(Role::all().all(|r| theme.ink(r).fg.is_none() && theme.ink(r).bg.is_none()));
            for (a, b) in [
                (Role::Focus, Role::Text),
                (Role::LinkFocus, Role::Link),
                (Role::Link, Role::Text),
                (Role::HitFocus, Role::Hit),
                (Role::Hit, Role::Text),
                (Role::TabOn, Role::Chrome),
                (Role::Dim, Role::Text),
                (Role::Provider, Role::Text),
            ] {
                assert_ne!(theme.ink(a), theme.ink(b), "{name}: {a:?} and {b:?}");
            }
        }
    }
}
