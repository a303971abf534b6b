//! Wrong use in our own words: what is wrong, what was probably meant, how the command is used.
//! Promise: foreign text in a message is cleaned and cut; a flag, command or value that is nearly right is named.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::exit::CliError;
use crate::text::{SafeText, measure};

/// Cells of a foreign word that are shown.
const SHOWN: usize = 60;

/// A word of the user's, fit for a message.
pub fn quoted(word: &str) -> SafeText {
    measure::cut(&SafeText::line(word), SHOWN)
}

/// A parser's error as a fault of ours.
pub fn fault(error: &clap::Error) -> CliError {
    let word = |kind| context(error, kind).map(|w| quoted(&w)).unwrap_or_default();
    let argument = word(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            crate::safe!("there is no flag {argument} here")
        }
        ErrorKind::UnknownArgument => crate::safe!("{argument} is one word too many"),
        ErrorKind::InvalidValue if word(ContextKind::InvalidValue).is_empty() => {
            crate::safe!("{argument} needs a value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|s| quoted(&s.to_string()));
            let reason = reason.map(|r| format!(": {r}")).unwrap_or_default();
            crate::safe!(
                "{} is no value for {argument}{reason}",
                word(ContextKind::InvalidValue)
            )
        }
        ErrorKind::MissingRequiredArgument => crate::safe!("{argument} is missing"),
        ErrorKind::ArgumentConflict => crate::safe!(
            "{argument} cannot stand with {}",
            word(ContextKind::PriorArg)
        ),
        ErrorKind::InvalidUtf8 => SafeText::ours("an argument is not UTF-8"),
        _ => first_line(error),
    };
    CliError::Said {
        what,
        help: help(error),
    }
}

/// What was probably meant, else what would be right, else how the command is used.
fn help(error: &clap::Error) -> Option<SafeText> {
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
    ];
    if let Some(near) = near.into_iter().find_map(|k| context(error, k)) {
        return Some(crate::safe!("did you mean {}?", quoted(&near)));
    }
    if let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue)
        && !valid.is_empty()
    {
        return Some(crate::safe!("one of {}", valid.join(", ")));
    }
    let usage = error.get(ContextKind::Usage)?.to_string();
    let usage: Vec<&str> = usage
        .trim_start_matches("Usage:")
        .split_whitespace()
        .collect();
    Some(crate::safe!("usage: {}", usage.join(" ")))
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(s) => Some(s.clone()),
        ContextValue::Strings(all) => Some(all.first()?.clone()),
        ContextValue::StyledStr(s) => Some(s.to_string()),
        _ => None,
    }
}

fn first_line(error: &clap::Error) -> SafeText {
    let text = error.to_string();
    let line = text
        .lines()
        .next()
        .unwrap_or("")
        .trim_start_matches("error: ");
    quoted(line)
}
