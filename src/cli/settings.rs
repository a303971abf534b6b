//! Flags and settings file together: what is meant, flags first.
//! Promise: a mistake in the settings file costs the setting it is in, and is reported with its place; a mistake in a flag
//! is a fault.

use std::path::PathBuf;

use crate::app::{Key, Keymap, KeymapError};
use crate::cli::args::GlobalFlags;
use crate::cli::exit::CliError;
use crate::cli::usage::quoted;
use crate::config::{self, ConfigFile, LoadedConfig, SpannedSetting};
use crate::core::schedule::DesiredRecall;
use crate::disk::Paths;
use crate::layout::Theme;
use crate::text::suggest::nearest;
use crate::text::{ByteRange, Day, Diagnostic, SafeText};

/// What the user wants, wherever they said so.
#[derive(Clone, Debug)]
pub struct Config {
    /// The theme, when one was named.
    pub theme: Option<&'static Theme>,
    /// The lens, when one was named; whether it exists, the pack knows.
    pub lens: Option<SafeText>,
    /// Where the settings file names the lens; `None` when a flag does.
    pub lens_at: Option<ByteRange>,
    /// The day that verdicts are as of; the newest facts when `None`.
    pub as_of: Option<Day>,
    /// The pack's folder, when one was named.
    pub content: Option<PathBuf>,
    /// Only ASCII, says the settings file.
    pub ascii: bool,
    /// The mouse is on from the start.
    pub mouse: bool,
    /// Which key does what in the app.
    pub keymap: Keymap,
    /// The recall that the user wishes for.
    pub desired: DesiredRecall,
    /// Where our files live; `None` without a home folder.
    pub places: Option<Paths>,
    /// The settings file.
    pub file: Option<PathBuf>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
    /// Its text.
    pub source: String,
}

impl Config {
    /// Reads the settings file and lays the flags on top.
    pub fn of(global: &GlobalFlags) -> Result<Self, CliError> {
        let places = Paths::find();
        let usual = places.as_ref().map(|p| p.config.clone());
        let file = global.config.clone().or(usual);
        let loaded = file
            .as_deref()
            .map(|f| config::load(f, global.config.is_some()))
            .unwrap_or_default();
        let path = file
            .as_deref()
            .map(|f| SafeText::line(&f.to_string_lossy()))
            .unwrap_or_default();
        let mut meant = Self::settled(loaded, &path);
        if global.config.is_some() && meant.source.is_empty() && !meant.problems.is_empty() {
            let why = meant
                .problems
                .first()
                .map(|p| p.message.clone())
                .unwrap_or_default();
            return Err(CliError::new(crate::safe!(
                "{} cannot be read: {why}",
                quoted(&path)
            )));
        }
        (meant.places, meant.file) = (places, file);
        meant.flags(global)?;
        Ok(meant)
    }

    fn flags(&mut self, global: &GlobalFlags) -> Result<(), CliError> {
        if let Some(name) = &global.theme {
            self.theme = Some(theme(name).map_err(|help| {
                CliError::with_help(crate::safe!("there is no theme {}", quoted(name)), help)
            })?);
        }
        if let Some(lens) = &global.lens {
            self.lens = Some(SafeText::line(lens));
            self.lens_at = None;
        }
        self.as_of = global.as_of;
        if let Some(folder) = &global.content {
            self.content = Some(folder.clone());
        }
        Ok(())
    }

    /// What a settings file means; what means nothing becomes a problem of it.
    fn settled(loaded: LoadedConfig, path: &str) -> Self {
        let LoadedConfig {
            settings,
            mut problems,
            source,
        } = loaded;
        let theme = settings
            .theme
            .as_ref()
            .and_then(|named| match theme(&named.value) {
                Ok(theme) => Some(theme),
                Err(help) => {
                    let what = crate::safe!("there is no theme {}", quoted(&named.value));
                    problems.push(
                        Diagnostic::error("unknown-theme", path, what)
                            .at(named.span.clone())
                            .help(help),
                    );
                    None
                }
            });
        let keymap = keymap(&settings, path, &mut problems);
        problems.sort_by(Diagnostic::order);
        Self {
            theme,
            lens_at: settings.lens.as_ref().map(|l| l.span.clone()),
            lens: settings.lens.map(value),
            as_of: None,
            content: settings.content.map(value),
            ascii: settings.ascii.is_some_and(value),
            mouse: settings.mouse.is_some_and(value),
            desired: settings.recall.map(value).unwrap_or_default(),
            keymap,
            places: None,
            file: None,
            problems,
            source,
        }
    }
}

fn value<T>(setting: SpannedSetting<T>) -> T {
    setting.value
}

/// A bundled theme, or what to say instead.
fn theme(name: &str) -> Result<&'static Theme, SafeText> {
    let names = Theme::NAMES.map(|(n, _)| n);
    Theme::named(name).ok_or_else(|| match nearest(name, names) {
        Some(near) => crate::safe!("did you mean {near}?"),
        None => crate::safe!("one of {}", names.join(", ")),
    })
}

/// The keymap with the user's changes. A change that would give a key two meanings is not made.
fn keymap(settings: &ConfigFile, path: &str, problems: &mut Vec<Diagnostic>) -> Keymap {
    let mut keymap = Keymap::default();
    for (action, binding) in &settings.keys {
        let sound = |chord: &&SpannedSetting<SafeText>| Key::parse(&chord.value).is_some();
        for chord in binding.chords.iter().filter(|c| !sound(c)) {
            let what = crate::safe!("{} is not a key", quoted(&chord.value));
            let help = SafeText::ours("keys are written j, G, Ctrl-k, Shift-Tab, F1, Space, PgDn");
            problems.push(
                Diagnostic::error("unknown-key-name", path, what)
                    .at(chord.span.clone())
                    .help(help),
            );
        }
        let chords: Vec<SafeText> = binding
            .chords
            .iter()
            .filter(sound)
            .map(|c| c.value.clone())
            .collect();
        if chords.is_empty() && !binding.chords.is_empty() {
            continue;
        }
        if let Err(error) = keymap.rebind(action, &chords) {
            let nearest = match &error {
                KeymapError::UnknownAction { nearest, .. } => *nearest,
                KeymapError::NotAKey(_) => None,
            };
            let help = nearest.map_or(SafeText::ours("tozero keys names them all"), |n| {
                crate::safe!("did you mean {n}?")
            });
            let what = crate::safe!("{error}");
            problems.push(
                Diagnostic::error("unknown-action", path, what)
                    .at(binding.name.clone())
                    .help(help),
            );
        }
    }
    let clashes = keymap.conflicts();
    for (chord, one, other) in &clashes {
        let at = settings
            .keys
            .iter()
            .find(|(action, _)| action.as_str() == *one || action.as_str() == *other);
        let what = crate::safe!("{chord} would mean both {one} and {other}");
        let help = SafeText::ours(
            "give one of the two another key; until then the keys are the usual ones",
        );
        let problem = Diagnostic::error("key-taken", path, what).help(help);
        problems.push(match at {
            Some((_, binding)) => problem.at(binding.name.clone()),
            None => problem,
        });
    }
    if clashes.is_empty() {
        keymap
    } else {
        Keymap::default()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::app::keymap::BINDINGS;
    use crate::text::diagnostic::line_column;

    fn settled(source: &str) -> Config {
        let (settings, problems) = config::read(source, "config.toml", Path::new("/home"));
        Config::settled(
            LoadedConfig {
                settings,
                problems,
                source: source.to_owned(),
            },
            "config.toml",
        )
    }

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let settled = settled(source);
        let told = settled.problems.iter().map(|p| {
            let (line, column) = line_column(source, p.span.clone().unwrap_or(0..0).start);
            let help = p
                .help
                .as_ref()
                .map(|h| format!(" ({h})"))
                .unwrap_or_default();
            format!("{line}:{column} {}{help}", p.message)
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{source}");
    }

    #[test]
    fn what_means_nothing_is_told_with_its_place() {
        check("theme = 'dark'\n[keys]\n'move.down' = ['e', 'Down']\n", &[]);
        check(
            "theme = 'drak'",
            &["1:9 there is no theme drak (did you mean dark?)"],
        );
        check(
            "theme = 'mauve'",
            &["1:9 there is no theme mauve (one of dark, light, high-contrast, terminal)"],
        );
        check(
            "[keys]\n'move.dwon' = 'e'",
            &["2:1 there is no action move.dwon (did you mean move.down?)"],
        );
        check(
            "[keys]\nhelp = ['F1', 'Hyper-x']",
            &[
                "2:15 Hyper-x is not a key (keys are written j, G, Ctrl-k, Shift-Tab, F1, Space, PgDn)",
            ],
        );
        check(
            "[keys]\nhelp = 'q'",
            &[
                "2:1 q would mean both help and quit (give one of the two another key; until then the keys are the usual ones)",
            ],
        );
    }

    #[test]
    fn the_rest_is_used() {
        let meant = settled(
            "theme = 'drak'\nmouse = true\nascii = true\nlens = 'no-knobs'\n[keys]\nhelp = ['F2', 'Hyper-x']",
        );
        assert_eq!(
            (meant.theme.map(Theme::name), meant.mouse, meant.ascii),
            (None, true, true)
        );
        assert_eq!(meant.lens.as_deref(), Some("no-knobs"));
        let keys = |name: &str| {
            let row = BINDINGS.iter().find(|b| b.name == name).unwrap();
            meant
                .keymap
                .keys(row.action)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (keys("help"), keys("quit")),
            (vec!["F2".to_owned()], vec!["q".to_owned()])
        );
        let clash = settled("[keys]\nhelp = 'q'\nlens = 'F3'").keymap;
        assert_eq!(clash.conflicts(), []);
    }
}
