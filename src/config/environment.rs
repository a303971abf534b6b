//! What the place where the program runs means for its output: width, color, links, ASCII, one column or several.
//!
//! The rules are pure: the surroundings come as a value. No escape code is printed off a terminal unless a flag or
//! `CLICOLOR_FORCE` asks for it.

use std::io::IsTerminal;

use crate::app::{OutputFormat, OutputStyle};
use crate::config::flags::{ColorWhen, GlobalFlags};
use crate::layout::builder::MEASURE;
use crate::layout::columns::GUTTER;
use crate::layout::{BackgroundTone, ColorDepth};

/// Widest text on a terminal, in cells, unless asked otherwise.
const WIDEST: usize = 100;
/// Width of text off a terminal, in cells.
const USUAL: usize = 80;
/// Widest text that is set, in cells.
const MOST: usize = 500;
/// Narrowest text that is set, in cells.
const NARROWEST: usize = 20;

/// The variables that change what is printed, with what they do; the man page lists them.
pub const VARIABLES: [(&str, &str); 19] = [
    ("TOZERO_LENS", "the lens to read through, as --lens"),
    (
        "TOZERO_CONTENT",
        "the pack's folder, as --content; several are parted as in PATH",
    ),
    ("TOZERO_THEME", "the colors, as --theme"),
    ("TOZERO_CONFIG", "the settings file, as --config"),
    (
        "PAGER",
        "shows what is longer than the screen, instead of less; empty or cat: nothing does",
    ),
    (
        "COLUMNS",
        "off a terminal, the width of text; without it pages are 80 cells wide and no line is cut",
    ),
    ("NO_COLOR", "when not empty, no colors; bold and links stay"),
    (
        "CLICOLOR_FORCE",
        "when not empty and not 0, colors off a terminal too",
    ),
    ("FORCE_COLOR", "the same as CLICOLOR_FORCE"),
    ("CLICOLOR", "0: no colors, as with NO_COLOR"),
    (
        "COLORTERM",
        "truecolor or 24bit: colors of 24 bits; else 256 where TERM names them, else 16",
    ),
    (
        "COLORFGBG",
        "how bright the background is, for the theme; without it the terminal is asked",
    ),
    (
        "TERM",
        "dumb or unset (but on Windows): as with --plain; how many colors there are",
    ),
    (
        "ACCESSIBLE",
        "when not empty and not 0: as with --plain, and a numbered menu opens instead of the app",
    ),
    (
        "LC_ALL",
        "the first of LC_ALL, LC_CTYPE and LANG that is set: text is ASCII unless it names UTF-8",
    ),
    ("LC_CTYPE", "see LC_ALL"),
    ("LANG", "see LC_ALL"),
    (
        "XDG_CONFIG_HOME",
        "where the settings file lives, instead of ~/.config; on Windows it lives in APPDATA",
    ),
    (
        "XDG_STATE_HOME",
        "where progress lives, instead of ~/.local/state; on Windows it lives in LOCALAPPDATA",
    ),
];

/// Where the program runs.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    pub input: bool,
    pub output: bool,
    pub columns: usize,
    /// Rows of the terminal.
    pub rows: usize,
    /// The variables of [`VARIABLES`] that are set.
    pub variables: Vec<(&'static str, String)>,
}

impl Environment {
    /// Looks around once, at the start. What is `usual` holds for variables that are not set.
    pub fn look(columns: usize, rows: usize, usual: &[(&str, &str)]) -> Self {
        let set = |(name, _): &(&'static str, _)| {
            let usual = usual.iter().find(|(usual, _)| usual == name);
            // Not `var`: a value that is not UTF-8 is set all the same.
            std::env::var_os(name)
                .map(|v| v.to_string_lossy().into_owned())
                .or_else(|| usual.map(|(_, value)| (*value).to_owned()))
                .map(|value| (*name, value))
        };
        Self {
            input: std::io::stdin().is_terminal(),
            output: std::io::stdout().is_terminal(),
            columns,
            rows,
            variables: VARIABLES.iter().filter_map(set).collect(),
        }
    }

    /// A variable that is set to something.
    fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.as_str())
            .filter(|v| !v.is_empty())
    }

    /// The flags, with what variables name where no flag does.
    pub fn complete(&self, flags: &GlobalFlags) -> GlobalFlags {
        let named = |name| self.variable(name).map(str::to_owned);
        let mut flags = flags.clone();
        flags.lens = flags.lens.or_else(|| named("TOZERO_LENS"));
        flags.theme = flags.theme.or_else(|| named("TOZERO_THEME"));
        flags.config = flags
            .config
            .or_else(|| Some(named("TOZERO_CONFIG")?.into()));
        if let (true, Some(folders)) = (flags.content.is_empty(), named("TOZERO_CONTENT")) {
            flags.content = std::env::split_paths(&folders).collect();
        }
        flags
    }

    /// The pager's words, where what is printed may be handed to one.
    pub fn pager(&self, flags: &GlobalFlags) -> Option<Vec<String>> {
        let set = self.variables.iter().find(|(name, _)| *name == "PAGER");
        let words = set.map_or("less", |(_, words)| words);
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let wanted = self.output && !flags.no_pager && !flags.plain && !self.plain();
        (wanted && words.first().is_some_and(|name| name != "cat")).then_some(words)
    }

    /// A variable that is set to something but `0`.
    fn switch(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|v| v != "0")
    }

    /// Whether everything should come as lines: for screen readers and terminals that can nothing else.
    fn plain(&self) -> bool {
        self.switch("ACCESSIBLE") || self.variable("TERM").is_none_or(|t| t == "dumb")
    }

    /// Whether somebody reads line by line and can answer.
    pub fn reads_lines(&self) -> bool {
        self.switch("ACCESSIBLE") && self.input && self.output
    }

    /// Whether the locale's letters are UTF-8.
    fn utf8(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|n| self.variable(n))
            // What POSIX takes where nothing is set; its letters are ASCII.
            .unwrap_or("C");
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }

    /// The width of text that nobody asked another width for.
    pub fn width(&self) -> usize {
        if self.output && self.columns >= 2 * MEASURE + GUTTER {
            // Room for two columns, should the page be longer than the screen.
            ((self.columns - GUTTER) / 2).min(WIDEST)
        } else if self.output {
            self.columns.clamp(NARROWEST, WIDEST)
        } else {
            self.asked_columns().unwrap_or(USUAL)
        }
    }

    /// The width that somebody set for what is not a terminal.
    fn asked_columns(&self) -> Option<usize> {
        let columns = self.variable("COLUMNS")?.trim().parse::<usize>().ok();
        columns
            .filter(|columns| *columns > 0)
            .map(|c| c.clamp(NARROWEST, MOST))
    }

    /// Where a line that is not wrapped is cut: nowhere in a pipe, which has no width.
    fn line_width(&self) -> usize {
        if self.output {
            self.width()
        } else {
            self.asked_columns().unwrap_or(usize::MAX)
        }
    }

    /// How many colors may be shown: 24 bits only where the terminal says so.
    fn depth(&self) -> ColorDepth {
        let term = self.variable("TERM").unwrap_or_default();
        match self.variable("COLORTERM") {
            Some("truecolor" | "24bit") => ColorDepth::Full,
            _ if term.ends_with("-direct") => ColorDepth::Full,
            _ if term.contains("256color") => ColorDepth::Indexed,
            _ => ColorDepth::Sixteen,
        }
    }

    /// The background, where the environment knows it. That is as good as a named theme: the terminal is not asked, since
    /// its answer would come after the first frame and change the colors of a screen that is already read.
    pub fn background(&self) -> Option<BackgroundTone> {
        self.variable("COLORFGBG").and_then(from_colorfgbg)
    }

    /// How text is printed here with these flags.
    pub fn style(&self, flags: &GlobalFlags) -> OutputStyle {
        let plain = flags.plain || self.plain();
        let forced = self.switch("CLICOLOR_FORCE") || self.switch("FORCE_COLOR");
        let wanted = match flags.color.unwrap_or_default() {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => forced || (self.output && !plain),
        };
        let off = self.variable("NO_COLOR").is_some()
            || !forced && self.variable("CLICOLOR") == Some("0");
        // A dumb terminal gets escape codes when a flag asks for them, but never together with --plain.
        let styles = wanted && !flags.plain;
        let asked = flags.color == Some(ColorWhen::Always);
        let output = match flags.json {
            true => OutputFormat::Json,
            false => flags.format.unwrap_or_default(),
        };
        OutputStyle {
            width: flags.width.map_or_else(|| self.width(), usize::from),
            line_width: flags.width.map_or_else(|| self.line_width(), usize::from),
            plain,
            styles,
            color: styles && (asked || !off),
            depth: self.depth(),
            links: styles && self.output && !plain,
            strict: flags.width.is_some(),
            screen: (self.output && !plain && flags.width.is_none() && !output.is_document())
                .then_some((self.columns, self.rows)),
            ascii: flags.ascii || !self.utf8(),
            json: output == OutputFormat::Json,
            output,
        }
    }
}

/// What `COLORFGBG` says (`15;0`, `0;default;15`): the last number is the background's.
fn from_colorfgbg(value: &str) -> Option<BackgroundTone> {
    match value.rsplit(';').next()?.parse::<u8>().ok()? {
        0..=6 | 8 => Some(BackgroundTone::Dark),
        7 | 9..=15 => Some(BackgroundTone::Light),
        16..=u8::MAX => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(output: bool, set: &[(&'static str, &str)]) -> Environment {
        let variables = [("LANG", "en_US.UTF-8"), ("TERM", "xterm")]
            .iter()
            .chain(set);
        // The last wins, as in a shell.
        let mut seen: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in variables {
            seen.retain(|(n, _)| n != name);
            seen.push((name, (*value).to_owned()));
        }
        Environment {
            input: true,
            output,
            columns: 120,
            rows: 24,
            variables: seen,
        }
    }

    /// Letters for what is on: Plain, Styles, Color, Links, Ascii.
    fn letters(style: &OutputStyle) -> String {
        [
            ('p', style.plain),
            ('s', style.styles),
            ('c', style.color),
            ('l', style.links),
            ('a', style.ascii),
        ]
        .iter()
        .filter(|(_, on)| *on)
        .map(|(c, _)| *c)
        .collect()
    }

    #[test]
    fn flags_beat_the_environment() {
        let check = |global: &GlobalFlags, output, set: &[(&'static str, &str)], expected: &str| {
            assert_eq!(
                letters(&around(output, set).style(global)),
                expected,
                "{global:?} {output} {set:?}"
            );
        };
        let none = GlobalFlags::default();
        let always = GlobalFlags {
            color: Some(ColorWhen::Always),
            ..GlobalFlags::default()
        };
        let never = GlobalFlags {
            color: Some(ColorWhen::Never),
            ..GlobalFlags::default()
        };
        let plain = GlobalFlags {
            plain: true,
            ..GlobalFlags::default()
        };
        check(&none, true, &[], "scl");
        check(&none, false, &[], "");
        check(&none, true, &[("NO_COLOR", "1")], "sl");
        check(&none, true, &[("NO_COLOR", "")], "scl");
        check(&none, true, &[("TERM", "dumb")], "p");
        check(&none, true, &[("TERM", "")], "p");
        check(&none, true, &[("ACCESSIBLE", "1")], "p");
        check(&none, true, &[("ACCESSIBLE", "0")], "scl");
        check(&none, false, &[("CLICOLOR_FORCE", "1")], "sc");
        check(&none, false, &[("CLICOLOR_FORCE", "0")], "");
        check(
            &none,
            false,
            &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
            "s",
        );
        check(&always, false, &[("NO_COLOR", "1")], "sc");
        check(&always, true, &[("TERM", "dumb")], "psc");
        check(&never, true, &[], "");
        check(&plain, true, &[], "p");
        check(
            &GlobalFlags {
                plain: true,
                ..always.clone()
            },
            true,
            &[],
            "p",
        );
        check(&none, true, &[("LC_ALL", "C")], "scla");
        check(&none, true, &[("LC_CTYPE", "POSIX")], "scla");
        check(
            &none,
            true,
            &[("LC_ALL", "de_DE.utf8"), ("LANG", "C")],
            "scl",
        );
        check(&none, true, &[("LANG", "")], "scla");
    }

    #[test]
    fn colors_are_forced_and_declined() {
        let check = |color, output, set: &[(&'static str, &str)], expected: &str| {
            let flags = GlobalFlags {
                color,
                ..GlobalFlags::default()
            };
            let style = around(output, set).style(&flags);
            assert_eq!(letters(&style), expected, "{color:?} {output} {set:?}");
        };
        let (none, always) = (None, Some(ColorWhen::Always));
        check(none, false, &[("FORCE_COLOR", "1")], "sc");
        check(none, false, &[("FORCE_COLOR", "0")], "");
        check(none, true, &[("CLICOLOR", "0")], "sl");
        check(none, true, &[("CLICOLOR", "1")], "scl");
        check(
            none,
            false,
            &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")],
            "sc",
        );
        check(always, false, &[("CLICOLOR", "0")], "sc");
    }

    #[test]
    fn text_is_as_wide_as_asked_or_as_the_terminal_up_to_a_hundred() {
        let check = |asked, output, columns, expected| {
            let around = Environment {
                columns,
                ..around(output, &[])
            };
            assert_eq!(
                around
                    .style(&GlobalFlags {
                        width: asked,
                        ..GlobalFlags::default()
                    })
                    .width,
                expected
            );
        };
        check(None, false, 300, 80);
        check(None, true, 300, 100);
        check(None, true, 180, 88);
        check(None, true, 179, 100);
        check(None, true, 72, 72);
        check(None, true, 0, 20);
        check(Some(300), true, 72, 300);
        check(Some(20), false, 72, 20);
    }

    #[test]
    fn a_pager_is_for_terminals_and_can_be_declined() {
        let check = |flags: &str, output, set: &[(&'static str, &str)], expected: Option<&str>| {
            let flags = GlobalFlags {
                plain: flags == "--plain",
                no_pager: flags == "--no-pager",
                ..GlobalFlags::default()
            };
            let words = around(output, set).pager(&flags);
            let words = words.map(|words| words.join(" "));
            assert_eq!(words.as_deref(), expected, "{flags:?} {set:?}");
        };
        check("", true, &[], Some("less"));
        check("", true, &[("PAGER", "most -s")], Some("most -s"));
        check("", true, &[("PAGER", "")], None);
        check("", true, &[("PAGER", "cat")], None);
        check("", true, &[("TERM", "dumb")], None);
        check("", false, &[("PAGER", "less")], None);
        check("--no-pager", true, &[], None);
        check("--plain", true, &[], None);
    }

    #[test]
    fn variables_name_what_no_flag_names() {
        let set = [
            ("TOZERO_LENS", "l"),
            ("TOZERO_THEME", "t"),
            ("TOZERO_CONFIG", "c"),
            ("TOZERO_CONTENT", "one:two"),
        ];
        let none = around(true, &set).complete(&GlobalFlags::default());
        let folders = ["one", "two"].map(std::path::PathBuf::from);
        assert_eq!(
            (none.lens.as_deref(), none.theme.as_deref()),
            (Some("l"), Some("t"))
        );
        assert_eq!(
            (none.config, none.content.as_slice()),
            (Some("c".into()), &folders[..])
        );
        let typed = GlobalFlags {
            lens: Some("typed".to_owned()),
            content: vec!["mine".into()],
            ..GlobalFlags::default()
        };
        let both = around(true, &set).complete(&typed);
        assert_eq!(both.lens.as_deref(), Some("typed"));
        assert_eq!(both.content, typed.content);
    }

    #[test]
    fn lines_in_a_pipe_are_cut_only_where_somebody_asked() {
        let check = |asked, output, set: &[(&'static str, &str)], expected: (usize, usize)| {
            let around = Environment {
                columns: 72,
                ..around(output, set)
            };
            let flags = GlobalFlags {
                width: asked,
                ..GlobalFlags::default()
            };
            let style = around.style(&flags);
            assert_eq!((style.width, style.line_width), expected, "{set:?}");
        };
        check(None, false, &[], (80, usize::MAX));
        check(None, true, &[], (72, 72));
        check(None, false, &[("COLUMNS", "132")], (132, 132));
        check(None, false, &[("COLUMNS", "9999")], (500, 500));
        check(None, false, &[("COLUMNS", "wide")], (80, usize::MAX));
        check(None, false, &[("COLUMNS", "0")], (80, usize::MAX));
        check(None, true, &[("COLUMNS", "132")], (72, 72));
        check(Some(60), false, &[("COLUMNS", "132")], (60, 60));
    }

    #[test]
    fn colors_are_as_many_as_the_terminal_says() {
        let check = |set: &[(&'static str, &str)], depth| {
            let style = around(true, set).style(&GlobalFlags::default());
            assert_eq!(style.depth, depth, "{set:?}");
        };
        check(&[], ColorDepth::Sixteen);
        check(&[("TERM", "linux")], ColorDepth::Sixteen);
        check(&[("TERM", "xterm-256color")], ColorDepth::Indexed);
        check(&[("TERM", "xterm-direct")], ColorDepth::Full);
        let color = |is| [("TERM", "xterm-256color"), ("COLORTERM", is)];
        check(&color("truecolor"), ColorDepth::Full);
        check(&color("24bit"), ColorDepth::Full);
        check(&color("yes"), ColorDepth::Indexed);
    }

    #[test]
    fn the_environment_may_know() {
        let check = |value, tone| assert_eq!(from_colorfgbg(value), tone, "{value}");
        check("15;0", Some(BackgroundTone::Dark));
        check("0;default;15", Some(BackgroundTone::Light));
        check("7;8", Some(BackgroundTone::Dark));
        check("15;default", None);
        check("0;6", Some(BackgroundTone::Dark));
        check("0;7", Some(BackgroundTone::Light));
        check("0;9", Some(BackgroundTone::Light));
        check("15", Some(BackgroundTone::Light));
        check("0;16", None);
        check("", None);
        check("0;", None);
        check("0;-1", None);
        check("0;300", None);
    }
}
