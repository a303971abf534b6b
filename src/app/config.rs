//! What the user asked for by flag, environment and config file, as one value. `crate::config` builds it; commands and the
//! app read it. It is data only, so that screens may hold it.

use std::path::{Path, PathBuf};

use crate::app::keymap::Keymap;
use crate::core::schedule::DesiredRecall;
use crate::layout::{ColorDepth, Medium, PageFormat, Theme};
use crate::text::{ByteRange, Day, Diagnostic, SafeText, Words};

/// Everything that can be configured.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub style: OutputStyle,
    /// The theme that was named; without one the terminal's background decides.
    pub theme: Option<Theme>,
    /// The user's own themes, by name.
    pub themes: Vec<Theme>,
    /// The lens that was named, as it was typed: whether it exists, only the pack knows.
    pub lens: Option<SafeText>,
    /// Where the config file names that lens; `None` when a flag or a variable does.
    pub lens_span: Option<ByteRange>,
    /// Whether a flag names that lens.
    pub is_lens_typed: bool,
    /// Where the config file names the pack.
    pub content_span: Option<ByteRange>,
    /// The day that verdicts are as of; the newest facts when `None`.
    pub as_of: Option<Day>,
    /// The pack's folders, each laid on those before it; the bundled pack when there are none.
    pub content: Vec<PathBuf>,
    pub mouse: bool,
    /// The app opens as it does at first, and remembers nothing.
    pub fresh: bool,
    pub keymap: Keymap,
    /// The share of due questions that the user wants to know.
    pub recall: DesiredRecall,
    /// The folder of progress; `None` without a home folder, and then nothing is saved.
    pub state: Option<PathBuf>,
    /// The config file, whether or not it exists; `None` without a home folder.
    pub file: Option<PathBuf>,
    /// The config file's text, for quoting it in a report.
    pub source: String,
    /// What is wrong with the config file; its other settings are used all the same.
    pub problems: Vec<Diagnostic>,
    /// What is wrong with the user's own themes, each with the text that it quotes.
    pub theme_problems: Vec<(Diagnostic, Option<String>)>,
}

impl Config {
    /// What a command says so that it reads the packs in use; nothing for the bundled one.
    pub fn content_flags(&self) -> String {
        let folders = self.content.iter();
        folders
            .map(|folder| folder_flag("--content", folder))
            .collect()
    }

    /// A theme by its name: one of the user's own, else a bundled one.
    pub fn theme_named(&self, name: &str) -> Option<Theme> {
        let own = self.themes.iter().find(|t| t.name().as_str() == name);
        own.or_else(|| Theme::named(name)).cloned()
    }

    /// What is wrong with the config file and changes what every command answers: it cannot be read, or not as a whole, or
    /// what it says of the pack is wrong. The rest is told where settings are looked at, and in the app.
    pub fn misleading(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_content = |at: &ByteRange| {
            let content = self.content_span.as_ref();
            content.is_some_and(|content| content.start <= at.start && at.start < content.end)
        };
        self.problems.iter().filter(move |problem| {
            matches!(problem.code, "config-syntax" | "unreadable-config")
                || problem.span.as_ref().is_some_and(is_content)
        })
    }

    /// What the app says first. The report itself was printed before the app took the screen, and is covered by it.
    pub fn notice(&self) -> Option<SafeText> {
        let what = match (self.problems.len(), self.theme_problems.len()) {
            (0, 0) => return None,
            (0, 1) => "a theme of yours has a mistake",
            (0, _) => "your themes have mistakes",
            (1, _) => "the settings file has a mistake",
            (_, _) => "the settings file has mistakes",
        };
        Some(crate::safe!("{what}; `tozero paths` shows it"))
    }

    /// The folder of the user's own themes; `None` without a home folder.
    pub fn own_themes(&self) -> Option<PathBuf> {
        Some(self.file.as_deref()?.parent()?.join("themes"))
    }

    /// The folder of the user's own lenses of a pack, by its id; `None` without a home folder.
    pub fn own_lenses(&self, pack: &str) -> Option<PathBuf> {
        Some(self.file.as_deref()?.parent()?.join("lenses").join(pack))
    }
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// Pages and lines for people.
    #[default]
    Text,
    Json,
    Markdown,
    Html,
    /// The charts of a page.
    Svg,
    /// Answers, for a spreadsheet.
    Csv,
    /// Questions, for Anki.
    Anki,
}

impl Words for OutputFormat {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("json", Self::Json),
        ("md", Self::Markdown),
        ("html", Self::Html),
        ("svg", Self::Svg),
        ("csv", Self::Csv),
        ("anki", Self::Anki),
    ];
}

impl OutputFormat {
    /// Whether pages are written as documents.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Svg)
    }
}

/// How text is laid out and printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutputStyle {
    /// Widest line, in cells.
    pub width: usize,
    /// Where a line is cut that is not wrapped, in cells.
    pub line_width: usize,
    /// Lines only: no tables, no rules, no escape codes.
    pub plain: bool,
    /// Bold, dim and the like may be printed.
    pub styles: bool,
    pub color: bool,
    /// How many colors there may be.
    pub depth: ColorDepth,
    /// Links may be printed as links; otherwise addresses are printed in full.
    pub links: bool,
    /// The width was asked for: not even an address may be wider.
    pub strict: bool,
    /// Only ASCII may be printed.
    pub ascii: bool,
    pub json: bool,
    pub output: OutputFormat,
    /// Columns and rows of the terminal that pages are set for; `None` in a pipe, in plain lines and where a width was
    /// asked for.
    pub screen: Option<(usize, usize)>,
}

impl OutputStyle {
    pub const fn format(&self) -> PageFormat {
        if self.output.is_document() {
            return PageFormat::DOCUMENT;
        }
        PageFormat {
            width: self.width,
            medium: Medium::Print {
                plain: self.plain,
                whole_addresses: !self.links && !self.strict,
                whole_code: !self.strict,
            },
        }
    }

    /// A theme as it may be shown: with as many colors as there may be.
    pub fn theme(&self, theme: &Theme) -> Theme {
        if self.color {
            theme.at_depth(self.depth)
        } else {
            theme.without_color()
        }
    }
}

/// A flag with a folder, as a shell takes it behind a command.
pub fn folder_flag(flag: &str, folder: &Path) -> String {
    let word = folder.to_string_lossy();
    let is_plain = |c: char| c.is_alphanumeric() || "-_./~".contains(c);
    if word.chars().all(is_plain) {
        return format!(" {flag} {word}");
    }
    format!(" {flag} '{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_said_in_one_line() {
        let said = |settings, themes| {
            let problem = Diagnostic::error("wrong", "config.toml", "wrong");
            let config = Config {
                problems: vec![problem.clone(); settings],
                theme_problems: vec![(problem, None); themes],
                ..Config::default()
            };
            config.notice().map(|n| n.to_string())
        };
        let words = |what| Some(format!("{what}; `tozero paths` shows it"));
        assert_eq!(said(0, 0), None);
        assert_eq!(said(1, 0), words("the settings file has a mistake"));
        assert_eq!(said(2, 1), words("the settings file has mistakes"));
        assert_eq!(said(0, 1), words("a theme of yours has a mistake"));
        assert_eq!(said(0, 2), words("your themes have mistakes"));
    }

    #[test]
    fn a_command_names_the_folders_that_it_reads() {
        let flags = |folders: &[&str]| {
            let config = Config {
                content: folders.iter().map(PathBuf::from).collect(),
                ..Config::default()
            };
            config.content_flags()
        };
        assert_eq!(flags(&[]), "");
        assert_eq!(flags(&["a/b", "~/c"]), " --content a/b --content ~/c");
        assert_eq!(
            flags(&["a b", "it's"]),
            r" --content 'a b' --content 'it'\''s'"
        );
        assert_eq!(folder_flag("--from", Path::new("x")), " --from x");
    }
}
