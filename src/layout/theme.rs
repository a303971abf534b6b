//! Themes as data: a role becomes an ink, without any terminal library.
//! Every bundled theme fills every role; without color, what matters stays told apart by bold, dim, underline
//! and reverse.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use toml::Spanned;

use crate::layout::row::Role;
use crate::text::suggest::nearest;
use crate::text::{ByteRange, SafeText, Words};

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

/// Why a theme file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeMistake {
    /// One sentence without a full stop.
    pub why: SafeText,
    /// The bytes complained about.
    pub at: Option<ByteRange>,
}

/// How many colors a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorDepth {
    /// Its own 16.
    #[default]
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// All of 24 bits.
    Full,
}

/// Whether a terminal's background is dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackgroundTone {
    Dark,
    Light,
}

impl BackgroundTone {
    /// The theme that can be read on it.
    pub fn theme(self) -> &'static Theme {
        match self {
            Self::Dark => Theme::dark(),
            Self::Light => Theme::light(),
        }
    }
}

/// An ink for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: SafeText,
    about: SafeText,
    /// The bundled theme that stands in where there are only 16 colors.
    sixteen: Option<&'static str>,
    inks: [ThemeStyle; Role::WORDS.len()],
}

/// A bundled theme: its name, what it is for, its file, and what stands in for it where there are 16 colors.
struct BundledTheme {
    name: &'static str,
    about: &'static str,
    text: &'static str,
    sixteen: Option<&'static str>,
}

macro_rules! bundled {
    ($name:literal, $about:literal, $sixteen:expr) => {
        BundledTheme {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../assets/themes/", $name, ".toml")),
            sixteen: $sixteen,
        }
    };
}

const BUNDLED: [BundledTheme; 6] = [
    bundled!("dark", "For dark backgrounds", Some("dark-16")),
    bundled!("light", "For light backgrounds", Some("light-16")),
    bundled!(
        "high-contrast",
        "Strong contrast on a black background of its own",
        None
    ),
    bundled!(
        "terminal",
        "The terminal's own foreground, no colors: for any background",
        None
    ),
    bundled!(
        "dark-16",
        "For dark backgrounds, in the terminal's own 16 colors",
        None
    ),
    bundled!(
        "light-16",
        "For light backgrounds, in the terminal's own 16 colors",
        None
    ),
];

/// The terminal's first eight colors; eight brighter ones follow.
const ANSI: [&str; 8] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
];

impl Theme {
    /// The names of the bundled themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUNDLED.iter().map(|b| b.name)
    }

    /// All bundled themes.
    pub fn bundled() -> impl Iterator<Item = &'static Self> {
        Self::names().filter_map(Self::named)
    }

    /// A bundled theme.
    pub fn named(name: &str) -> Option<&'static Self> {
        static THEMES: [OnceLock<Theme>; BUNDLED.len()] =
            [const { OnceLock::new() }; BUNDLED.len()];
        let mut all = BUNDLED.iter().zip(&THEMES);
        let (file, theme) = all.find(|(file, _)| file.name == name)?;
        let read = || Self {
            name: SafeText::ours(file.name),
            about: SafeText::ours(file.about),
            sixteen: file.sixteen,
            // A test holds that every bundled file can be read.
            inks: read_inks(file.text, None).unwrap_or_default(),
        };
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

    /// The terminal's own foreground and background.
    pub fn terminal() -> &'static Self {
        static PLAIN: OnceLock<Theme> = OnceLock::new();
        let plain = || Self {
            name: SafeText::ours("terminal"),
            about: SafeText::default(),
            sixteen: None,
            inks: ThemeInks::default(),
        };
        Self::named("terminal").unwrap_or_else(|| PLAIN.get_or_init(plain))
    }

    /// A theme of the user's own: `base` names the bundled theme that gives every role which the file leaves out; without
    /// it that is `terminal`.
    pub fn own(name: &str, text: &str) -> Result<Self, ThemeMistake> {
        let inks = read_inks(text, Some(Self::terminal()))?;
        Ok(Self {
            name: SafeText::line(name),
            about: SafeText::ours("Your own"),
            sixteen: None,
            inks,
        })
    }

    pub const fn name(&self) -> &SafeText {
        &self.name
    }

    /// What it is for.
    pub const fn about(&self) -> &SafeText {
        &self.about
    }

    pub fn ink(&self, role: Role) -> ThemeStyle {
        self.inks.get(role as usize).copied().unwrap_or_default()
    }

    /// The same for a terminal that shows fewer colors.
    pub fn at_depth(&self, depth: ColorDepth) -> Self {
        let near = match depth {
            ColorDepth::Full => return self.clone(),
            ColorDepth::Indexed => nearest_indexed,
            ColorDepth::Sixteen => {
                if let Some(theme) = self.sixteen.and_then(Self::named) {
                    return Self {
                        name: self.name.clone(),
                        ..theme.clone()
                    };
                }
                nearest_ansi
            }
        };
        let mut theme = self.clone();
        for ink in &mut theme.inks {
            ink.fg = ink.fg.map(near);
            ink.bg = ink.bg.map(near);
        }
        theme
    }

    /// The same without color: reverse, bold and underline take over where color alone told roles apart.
    pub fn without_color(&self) -> Self {
        let mut theme = self.clone();
        let ground = self.ink(Role::Text).bg;
        for (role, ink) in Role::all().zip(&mut theme.inks) {
            let marked = ink.bg.take().is_some_and(|bg| Some(bg) != ground);
            ink.fg = None;
            ink.reverse |= marked;
            match role {
                Role::Focus | Role::LinkFocus | Role::HitFocus | Role::TabOn => ink.reverse = true,
                Role::Hit | Role::Link => ink.underline = true,
                Role::Dim | Role::Label | Role::Rule | Role::Chrome => ink.dim = true,
                // What is bad has a sign; a line under words is for links.
                Role::First | Role::Warn | Role::Bad | Role::Key => ink.bold = true,
                Role::Second => (ink.bold, ink.italic) = (true, true),
                Role::Text
                | Role::Good
                | Role::Strong
                | Role::Emphasis
                | Role::Title
                | Role::Heading
                | Role::Code
                | Role::Quote
                | Role::Series1
                | Role::Series2
                | Role::Series3
                | Role::Series4
                | Role::Series5 => {}
            }
        }
        theme
    }
}

/// An ink for every role, in the roles' order.
type ThemeInks = [ThemeStyle; Role::WORDS.len()];

/// Reads a theme file. Every role must be there, or come from the bundled theme that `base` names; nothing else may be.
fn read_inks(text: &str, usual: Option<&Theme>) -> Result<ThemeInks, ThemeMistake> {
    // An ink is written as `"blue bold"` or `"#5fafff on #303030 underline"`.
    let mut raw: BTreeMap<Spanned<String>, Spanned<String>> =
        toml::from_str(text).map_err(|e| ThemeMistake {
            why: SafeText::clean(e.message()),
            at: e.span(),
        })?;
    let mistake = |why, at| ThemeMistake { why, at: Some(at) };
    let named = raw.remove("base").filter(|_| usual.is_some());
    let base = match (usual, named) {
        (_, Some(name)) => Some(Theme::named(name.get_ref()).ok_or_else(|| {
            let named = SafeText::line(name.get_ref());
            let names: Vec<&str> = Theme::names().collect();
            let names = names.join(", ");
            let why = crate::safe!("there is no theme {named} to begin from; there are {names}");
            mistake(why, name.span())
        })?),
        (usual, None) => usual,
    };
    let mut inks = base.map_or(ThemeInks::default(), |base| base.inks);
    for ((role, _), ink) in Role::WORDS.iter().zip(&mut inks) {
        match (raw.get(*role), base) {
            (Some(words), _) => {
                *ink = parse_ink(words.get_ref())
                    .map_err(|e| mistake(crate::safe!("{role}: {e}"), words.span()))?;
            }
            (None, Some(_)) => {}
            (None, None) => {
                let why = crate::safe!("the role {role} is missing");
                return Err(ThemeMistake { why, at: None });
            }
        }
    }
    match raw
        .keys()
        .find(|key| Role::from_word(key.get_ref()).is_none())
    {
        None => Ok(inks),
        Some(key) => {
            let near = nearest(key.get_ref(), Role::all().map(Role::word));
            let near = near.map(|n| format!("; did you mean {n}?"));
            let near = near.unwrap_or_default();
            let name = SafeText::line(key.get_ref());
            let why = crate::safe!("there is no role {name}{near}");
            Err(mistake(why, key.span()))
        }
    }
}

/// The 16 colors as xterm shows them; every terminal has its own.
const XTERM: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> i32 {
    let part = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
    part(a.0, b.0) + part(a.1, b.1) + part(a.2, b.2)
}

fn nearest_ansi(hue: ThemeColor) -> ThemeColor {
    let wanted = match hue {
        ThemeColor::Ansi(_) => return hue,
        ThemeColor::Indexed(n) => indexed(n),
        ThemeColor::Rgb(r, g, b) => (r, g, b),
    };
    let near = (0u8..16)
        .zip(XTERM)
        .min_by_key(|(_, c)| distance(*c, wanted));
    ThemeColor::Ansi(near.map_or(7, |(n, _)| n))
}

/// One of the 240 whose look is fixed.
fn nearest_indexed(hue: ThemeColor) -> ThemeColor {
    let ThemeColor::Rgb(r, g, b) = hue else {
        return hue;
    };
    let near = (16..=255u8).min_by_key(|n| distance(indexed(*n), (r, g, b)));
    ThemeColor::Indexed(near.unwrap_or(7))
}

/// How xterm shows one of the 256: 16 of the terminal, a cube of six steps a side, and 24 grays.
fn indexed(n: u8) -> (u8, u8, u8) {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match n {
        0..16 => XTERM.get(usize::from(n)).copied().unwrap_or_default(),
        16..232 => {
            let n = n - 16;
            (step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        232.. => {
            let gray = 8 + 10 * (n - 232);
            (gray, gray, gray)
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
mod tests;
