//! The config file: what the user wants by default.
//!
//! Promises: a mistake in it costs only the line it is in; each is reported with its place, and a near miss is named;
//! nothing is ever written to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::core::schedule::DesiredRecall;
use crate::disk::read_named;
use crate::pack::ReadError;
use crate::safe;
use crate::text::suggest::nearest;
use crate::text::{ByteRange, Diagnostic, SafeText};

/// Everything that may be set.
const KEYS: [&str; 7] = [
    "theme", "lens", "content", "keys", "mouse", "ascii", "recall",
];

/// What the user wants by default. What is not set is `None` or empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ConfigFile {
    /// The theme's name.
    pub theme: Option<SpannedSetting<SafeText>>,
    /// The lens's id.
    pub lens: Option<SpannedSetting<SafeText>>,
    /// A pack's folder to be used instead of the bundled one; relative ones are relative to the config file's folder.
    pub content: Option<SpannedSetting<PathBuf>>,
    /// Whether the mouse is on from the start.
    pub mouse: Option<SpannedSetting<bool>>,
    /// Whether box and braille signs give way to ASCII.
    pub ascii: Option<SpannedSetting<bool>>,
    /// The share of due questions that the user wants to know, 0.7 to 0.97.
    pub recall: Option<SpannedSetting<DesiredRecall>>,
    /// Chords by action's name; an empty list takes an action's keys away.
    pub keys: BTreeMap<SafeText, KeySetting>,
}

/// A value and where it stands, for those who find out later that it means nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpannedSetting<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the config file.
    pub span: ByteRange,
}

/// The chords of one action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeySetting {
    /// Where the action's name stands.
    pub name: ByteRange,
    /// Chords as written, such as `Ctrl-k`.
    pub chords: Vec<SpannedSetting<SafeText>>,
}

/// A config file as it was read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LoadedConfig {
    /// What is sound in it.
    pub settings: ConfigFile,
    /// What is not.
    pub problems: Vec<Diagnostic>,
    /// Its text, for showing the problems; empty when it could not be read.
    pub source: String,
}

/// Reads the config file. A missing one is nothing to talk about, unless the user has `named` it.
pub fn load(path: &Path, named: bool) -> LoadedConfig {
    let shown = path.to_string_lossy();
    match read_named(path) {
        Ok(source) => {
            let base = path.parent().unwrap_or(Path::new(""));
            let (settings, problems) = read(&source, &shown, base);
            LoadedConfig {
                settings,
                problems,
                source,
            }
        }
        Err(ReadError::Missing) if !named => LoadedConfig::default(),
        Err(why) => {
            let problem = Diagnostic::error("unreadable-config", &shown, why.why());
            LoadedConfig {
                problems: vec![problem],
                ..LoadedConfig::default()
            }
        }
    }
}

/// Reads a config file's text; `path` is for the problems, relative folders in it count from `base`.
pub fn read(source: &str, path: &str, base: &Path) -> (ConfigFile, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut reading = ConfigReader {
        path,
        base,
        settings: ConfigFile::default(),
        problems: Vec::new(),
    };
    for error in errors {
        let problem = Diagnostic::error("config-syntax", path, SafeText::line(error.message()));
        reading.problems.push(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        });
    }
    for (key, value) in table.get_ref() {
        reading.take(key, value);
    }
    reading.problems.sort_by(Diagnostic::order);
    (reading.settings, reading.problems)
}

/// A config file while it is read.
struct ConfigReader<'a> {
    path: &'a str,
    base: &'a Path,
    settings: ConfigFile,
    problems: Vec<Diagnostic>,
}

impl ConfigReader<'_> {
    fn take(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let name = key.get_ref().as_ref();
        match name {
            "theme" => self.settings.theme = self.words(name, value),
            "lens" => self.settings.lens = self.words(name, value),
            "mouse" => self.settings.mouse = self.switch(name, value),
            "ascii" => self.settings.ascii = self.switch(name, value),
            "recall" => self.settings.recall = self.share(value),
            "content" => self.settings.content = self.folder(value),
            "keys" => self.keys(value),
            _ => self.unknown(name, key.span()),
        }
    }

    fn words(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<SpannedSetting<SafeText>> {
        match value.get_ref().as_str() {
            Some(text) => Some(SpannedSetting {
                value: SafeText::line(text),
                span: value.span(),
            }),
            None => self.wrong(name, "a text in quotes", value),
        }
    }

    fn switch(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<SpannedSetting<bool>> {
        match value.get_ref().as_bool() {
            Some(on) => Some(SpannedSetting {
                value: on,
                span: value.span(),
            }),
            None => self.wrong(name, "true or false", value),
        }
    }

    fn share(&mut self, value: &Spanned<DeValue<'_>>) -> Option<SpannedSetting<DesiredRecall>> {
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        match number.and_then(DesiredRecall::new) {
            Some(desired) => Some(SpannedSetting {
                value: desired,
                span: value.span(),
            }),
            None => self.wrong("recall", "a number from 0.7 to 0.97", value),
        }
    }

    fn folder(&mut self, value: &Spanned<DeValue<'_>>) -> Option<SpannedSetting<PathBuf>> {
        match value.get_ref().as_str() {
            Some(text) if !text.is_empty() && !text.contains('\0') => Some(SpannedSetting {
                value: self.path(text),
                span: value.span(),
            }),
            Some(_) | None => self.wrong("content", "a folder's path in quotes", value),
        }
    }

    /// `~/` is the home folder here as in a shell, where there is one.
    fn path(&self, text: &str) -> PathBuf {
        let home = text
            .strip_prefix("~/")
            .and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
        home.unwrap_or_else(|| self.base.join(text))
    }

    fn keys(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong::<()>("keys", "a table of actions", value);
            return;
        };
        for (action, chords) in table {
            let name = SafeText::line(action.get_ref());
            if let Some(chords) = self.chords(&name, chords) {
                self.settings.keys.insert(
                    name,
                    KeySetting {
                        name: action.span(),
                        chords,
                    },
                );
            }
        }
    }

    /// One chord or a list of them; a wrong one among them leaves the others.
    fn chords(
        &mut self,
        action: &SafeText,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Vec<SpannedSetting<SafeText>>> {
        let name = format!("keys.{action}");
        match value.get_ref().as_array() {
            Some(list) => Some(
                list.iter()
                    .filter_map(|chord| self.words(&name, chord))
                    .collect(),
            ),
            None if value.get_ref().is_str() => self.words(&name, value).map(|chord| vec![chord]),
            None => self.wrong(&name, "a chord in quotes, or a list of them", value),
        }
    }

    fn unknown(&mut self, name: &str, span: ByteRange) {
        let problem = Diagnostic::warning(
            "unknown-key",
            self.path,
            safe!("there is no setting named {name}"),
        )
        .at(span);
        let meant = nearest(name, KEYS).map(|near| safe!("did you mean {near}?"));
        self.problems.push(
            problem.help(meant.unwrap_or_else(|| safe!("the settings are {}", KEYS.join(", ")))),
        );
    }

    fn wrong<T>(&mut self, name: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Option<T> {
        let found = value.get_ref().type_str();
        let problem =
            Diagnostic::error("wrong-type", self.path, safe!("{name} must be {expected}"));
        self.problems.push(
            problem
                .at(value.span())
                .label(safe!("this is a value of type {found}")),
        );
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::diagnostic::line_column;

    fn parse(source: &str) -> (ConfigFile, Vec<String>) {
        let (settings, problems) = read(source, "config.toml", Path::new("/home"));
        let shown = problems.iter().map(|p| {
            let (line, column) = line_column(source, p.span.clone().unwrap_or(0..0).start);
            let help = p
                .help
                .as_ref()
                .map(|h| format!(" ({h})"))
                .unwrap_or_default();
            format!("{line}:{column} {}{help}", p.message)
        });
        let shown = shown.collect();
        (settings, shown)
    }

    #[track_caller]
    fn check(source: &str, problems: &[&str]) {
        assert_eq!(parse(source).1, problems, "{source}");
    }

    fn words(setting: Option<&SpannedSetting<SafeText>>) -> Option<&str> {
        setting.map(|s| s.value.as_str())
    }

    #[test]
    fn everything_can_be_set() {
        let source = "theme = 'dark'\nlens = \"no-knobs\"\ncontent = 'pack'\nmouse = true\nascii = false\n\
            [keys]\nquit = 'Ctrl-q'\nhelp = ['?', 'F1']\nmouse = []\n";
        let (settings, problems) = parse(source);
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            (
                words(settings.theme.as_ref()),
                words(settings.lens.as_ref())
            ),
            (Some("dark"), Some("no-knobs"))
        );
        assert_eq!(
            settings.content.map(|c| c.value),
            Some(PathBuf::from("/home/pack"))
        );
        assert_eq!(
            (
                settings.mouse.map(|m| m.value),
                settings.ascii.map(|a| a.value)
            ),
            (Some(true), Some(false))
        );
        let keys = settings.keys.iter().map(|(action, binding)| {
            let chords: Vec<&str> = binding.chords.iter().map(|c| c.value.as_str()).collect();
            format!("{action}: {}", chords.join(" "))
        });
        assert_eq!(
            keys.collect::<Vec<_>>(),
            ["help: ? F1", "mouse: ", "quit: Ctrl-q"]
        );
    }

    #[test]
    fn folders_count_from_home_or_from_the_config() {
        let folder = |text: &str| {
            parse(&format!("content = '{text}'"))
                .0
                .content
                .map(|c| c.value)
        };
        assert_eq!(folder("/x"), Some(PathBuf::from("/x")));
        assert_eq!(folder("../x"), Some(PathBuf::from("/home/../x")));
        assert_eq!(
            folder("~/x"),
            etcetera::home_dir().ok().map(|home| home.join("x"))
        );
    }

    #[test]
    fn spans_quote_what_they_mean() {
        let source = "theme = 'dark'\n[keys]\nquit = ['x', 'é']\n";
        let (settings, _) = parse(source);
        let quoted = |span: &ByteRange| source.get(span.clone()).unwrap();
        assert_eq!(quoted(&settings.theme.unwrap().span), "'dark'");
        let binding = settings.keys.values().next().unwrap();
        assert_eq!(
            (quoted(&binding.name), quoted(&binding.chords[1].span)),
            ("quit", "'é'")
        );
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        check("", &[]);
        check(
            "\n  tehme = 1",
            &["2:3 there is no setting named tehme (did you mean theme?)"],
        );
        check(
            "color = 1",
            &[
                "1:1 there is no setting named color (the settings are theme, lens, content, keys, mouse, ascii, recall)",
            ],
        );
        check("theme = 1", &["1:9 theme must be a text in quotes"]);
        check(
            "recall = 0.99",
            &["1:10 recall must be a number from 0.7 to 0.97"],
        );
        check(
            "recall = '0.9'",
            &["1:10 recall must be a number from 0.7 to 0.97"],
        );
        check("recall = 0.97", &[]);
        check("mouse = 'yes'", &["1:9 mouse must be true or false"]);
        check(
            "content = ''",
            &["1:11 content must be a folder's path in quotes"],
        );
        check("keys = 1", &["1:8 keys must be a table of actions"]);
        check(
            "[keys]\nquit = 1",
            &["2:8 keys.quit must be a chord in quotes, or a list of them"],
        );
        check(
            "[keys]\nquit = ['q', 1]",
            &["2:14 keys.quit must be a text in quotes"],
        );
    }

    #[test]
    fn the_sound_rest_of_a_broken_file_is_used() {
        let (settings, problems) =
            parse("theme = 'dark'\nlens = \nmouse = true\n[keys\nquit = 'x'\n");
        assert!(!problems.is_empty());
        assert_eq!(words(settings.theme.as_ref()), Some("dark"));
        assert_eq!(settings.mouse.map(|m| m.value), Some(true));
        let (settings, problems) = parse("theme = 'a'\ntheme = 'b'\nascii = true");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(settings.ascii.map(|a| a.value), Some(true));
    }

    #[test]
    fn hostile_words_are_shown_clean() {
        let (settings, problems) = parse("theme = \"\\u001b[2J\"\n\"\\u001b[31m\" = 1\n\x1b = 2");
        assert_eq!(words(settings.theme.as_ref()), Some("\u{241b}[2J"));
        assert!(problems.iter().all(|p| !p.contains('\x1b')), "{problems:?}");
    }

    #[test]
    fn a_missing_file_is_told_only_when_it_was_named() {
        let none = Path::new("/nowhere/config.toml");
        assert_eq!(load(none, false), LoadedConfig::default());
        let told: Vec<_> = load(none, true)
            .problems
            .iter()
            .map(|p| p.message.to_string())
            .collect();
        assert_eq!(told, ["there is no such file"]);
        assert_eq!(load(Path::new("/dev/zero"), false).problems.len(), 1);
    }
}
