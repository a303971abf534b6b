//! The config file: TOML in, a [`Config`] and a list of problems out. What is sound in a broken file is used.

use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::app::keymap::BINDINGS;
use crate::app::{Config, Key, Keymap, KeymapError, OutputStyle};
use crate::core::schedule::DesiredRecall;
use crate::layout::Theme;
use crate::pack::{Fields, Notes};
use crate::safe;
use crate::text::measure::quoted;
use crate::text::suggest::{did_you_mean, nearest};
use crate::text::{ByteRange, Diagnostic, SafeText};

/// Why there is no configuration to run with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigError {
    pub message: SafeText,
    pub help: Option<SafeText>,
}

/// Reads a config file's text; relative folders in it count from the folder that it lies in.
pub(super) fn parse(source: String, path: &Path, own: Vec<Theme>) -> Config {
    let mut notes = Notes::new(&path.to_string_lossy());
    let (table, errors) = DeTable::parse_recoverable(&source);
    for error in errors {
        let message = SafeText::line(error.message());
        let problem = Diagnostic::error("config-syntax", &notes.path, message);
        notes.add(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        });
    }
    let mut fields = Fields::new(table.get_ref(), 0, 0..0, &mut notes);
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut config = Config {
        theme: named_theme(&mut fields, &own),
        themes: own,
        lens: fields.text("lens"),
        lens_span: fields.has("lens").then(|| fields.place("lens")),
        content: folders(&mut fields, folder),
        content_span: fields.has("content").then(|| fields.place("content")),
        keymap: fields.table("keys", |f| rebound(f)).unwrap_or_default(),
        mouse: fields.flag("mouse").unwrap_or_default(),
        fresh: fields.flag("remember") == Some(false),
        style: OutputStyle {
            ascii: fields.flag("ascii").unwrap_or_default(),
            ..OutputStyle::default()
        },
        recall: recall(&mut fields),
        ..Config::default()
    };
    report_unknown(fields);
    notes.close();
    config.problems = notes.problems;
    config.problems.sort_by(Diagnostic::order);
    config.source = source;
    config
}

/// A theme by its name: one of the user's own, else a bundled one.
pub(super) fn theme(name: &str, own: &[Theme]) -> Result<Theme, ConfigError> {
    let mine = own.iter().find(|t| t.name().as_str() == name);
    if let Some(theme) = mine.or_else(|| Theme::named(name)) {
        return Ok(theme.clone());
    }
    let mut names: Vec<&str> = Theme::names().collect();
    names.extend(own.iter().map(|t| t.name().as_str()));
    Err(ConfigError {
        message: safe!("there is no theme {}", quoted(name)),
        help: Some(did_you_mean(name, &names)),
    })
}

fn named_theme(fields: &mut Fields<'_, '_>, own: &[Theme]) -> Option<Theme> {
    let name = fields.text("theme")?;
    let at = fields.place("theme");
    let report = |ConfigError { message, help }| {
        let help = help.unwrap_or_default();
        fields.notes.error("unknown-theme", &at, message, help);
    };
    theme(&name, own).map_err(report).ok()
}

fn recall(fields: &mut Fields<'_, '_>) -> DesiredRecall {
    let (least, most) = DesiredRecall::RANGE;
    let share = fields.number("recall", least..=most);
    share.and_then(DesiredRecall::new).unwrap_or_default()
}

/// One folder, or several that lie on one another.
fn folders(fields: &mut Fields<'_, '_>, folder: &Path) -> Vec<PathBuf> {
    let named = fields.one_or_more("content").unwrap_or_default();
    named
        .iter()
        .map(|(text, _)| resolve(text, folder))
        .collect()
}

/// `~/` is the home folder here as in a shell, where there is one.
fn resolve(text: &str, folder: &Path) -> PathBuf {
    let home = text
        .strip_prefix("~/")
        .and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
    home.unwrap_or_else(|| folder.join(text))
}

/// The keymap with the user's changes. Where a key would mean two actions none of them is made: which of the two was meant
/// is not known, and a key that now does something else is worse than one that does what it always did.
fn rebound(fields: &mut Fields<'_, '_>) -> Keymap {
    let mut keymap = Keymap::default();
    let actions: Vec<(&str, ByteRange)> = fields.keys().collect();
    for (action, at) in &actions {
        let Some(keys) = bound(fields, action) else {
            continue;
        };
        if let Err(error) = keymap.rebind(action, keys) {
            let near = nearest(action, BINDINGS.iter().map(|b| b.name));
            let help = near.map_or(SafeText::ours("tozero keys names them all"), |near| {
                safe!("did you mean {near}?")
            });
            add(fields, "unknown-action", at, &error, help);
        }
    }
    let conflicts = keymap.conflicts();
    for (key, one, other) in &conflicts {
        let of_these = |(action, _): &&(&str, ByteRange)| action == one || action == other;
        let at = actions.iter().find(of_these).map(|(_, at)| at.clone());
        let at = at.unwrap_or_default();
        let error = KeymapError::Taken(*key, one, other);
        let help = "give one of the two another key; until then the keys are the usual ones";
        add(fields, "key-taken", &at, &error, SafeText::ours(help));
    }
    if conflicts.is_empty() {
        keymap
    } else {
        Keymap::default()
    }
}

/// The keys of one action. An empty list takes them away; one that holds nothing but mistakes leaves them as they are.
fn bound<'t>(fields: &mut Fields<'t, '_>, action: &'t str) -> Option<Vec<Key>> {
    let texts = fields.one_or_more(action)?;
    let mut keys = Vec::new();
    for (text, at) in &texts {
        match Key::parse(text) {
            Some(key) => keys.push(key),
            None => {
                let error = KeymapError::UnknownKey(quoted(text));
                let help = "keys are written j, G, Ctrl-k, Shift-Tab, F1, Space, PgDn";
                add(fields, "unknown-key-name", at, &error, SafeText::ours(help));
            }
        }
    }
    (!keys.is_empty() || texts.is_empty()).then_some(keys)
}

fn add(
    fields: &mut Fields<'_, '_>,
    code: &'static str,
    at: &ByteRange,
    error: &KeymapError,
    help: SafeText,
) {
    fields.notes.error(code, at, safe!("{error}"), help);
}

/// Reports settings that do not exist.
fn report_unknown(fields: Fields<'_, '_>) {
    let (unknown, known) = fields.unknown();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for (name, at) in unknown {
        let message = safe!("there is no setting named {}", quoted(name));
        let help = did_you_mean(name, &known);
        fields.notes.warn("unknown-key", &at, message, help);
    }
}
