//! Wrong use in the program's own words: what is wrong, what was probably meant, how the command is used. Clap's own message
//! runs over several lines and quotes what was typed raw, escape codes and all.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::exit::CliError;
use crate::text::measure::quoted;
use crate::text::{SafeText, no_number};

/// Words before a command, which mean nothing.
pub fn misplaced(words: &[String]) -> CliError {
    let words = quoted(&words.join(" "));
    CliError::with_help(
        crate::safe!("{words} stands before a command"),
        "put words to look up after `define`",
    )
}

impl From<&clap::Error> for CliError {
    fn from(error: &clap::Error) -> Self {
        Self {
            help: help(error),
            ..Self::new(message(error))
        }
    }
}

fn message(error: &clap::Error) -> SafeText {
    let word = |kind| context(error, kind).map(|w| quoted(&w)).unwrap_or_default();
    let argument = word(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            crate::safe!("there is no flag {argument} here")
        }
        ErrorKind::UnknownArgument => crate::safe!("{argument} is one word too many"),
        ErrorKind::InvalidValue if word(ContextKind::InvalidValue).is_empty() => {
            crate::safe!("{argument} needs a value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|source| {
                no_number(source).map_or_else(|| quoted(&source.to_string()), SafeText::ours)
            });
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

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::cli::args::parse;

    #[track_caller]
    fn check(line: &[&str], message: &str, help: Option<&str>) {
        let argv = std::iter::once("tozero").chain(line.iter().copied());
        let argv: Vec<OsString> = argv.map(OsString::from).collect();
        let error = CliError::from(&parse(&argv, 80).expect_err("wrong use"));
        assert_eq!(error.message.as_str(), message, "{line:?}");
        assert_eq!(error.help.as_deref(), help, "{line:?}");
        assert_eq!(error.status, 2, "{line:?}");
    }

    #[test]
    fn what_is_nearly_right_is_named() {
        check(
            &["define", "--jsno", "acu"],
            "there is no flag --jsno here",
            Some("did you mean --json?"),
        );
        check(
            &["--format", "htlm"],
            "htlm is no value for --format <FORMAT>",
            Some("did you mean html?"),
        );
        check(
            &["--color", "purple"],
            "purple is no value for --color <WHEN>",
            Some("one of auto, always, never"),
        );
    }

    #[test]
    fn what_is_not_shows_how_the_command_is_used() {
        check(
            &["define"],
            "<TERM>... is missing",
            Some("usage: tozero define <TERM>..."),
        );
        check(
            &["list", "terms", "more"],
            "more is one word too many",
            Some("usage: tozero list [OPTIONS] <KIND>"),
        );
        check(
            &["quiz", "--all", "--due"],
            "--all cannot stand with --due",
            Some("usage: tozero quiz --all"),
        );
    }

    #[test]
    fn values_say_why_they_are_refused() {
        check(&["--width"], "--width <N> needs a value", None);
        check(
            &["--width", "19"],
            "19 is no value for --width <N>: 19 is not in 20..=500",
            None,
        );
        check(
            &["--as-of", "soon"],
            "soon is no value for --as-of <DATE>: a date is 2023, 2023-01 or 2023-01-31",
            None,
        );
        check(
            &["quiz", "--seed", "99999999999999999999999"],
            "99999999999999999999999 is no value for --seed <N>: it is too large",
            None,
        );
        check(
            &["quiz", "--count", "abc"],
            "abc is no value for --count <N>: it is no whole number",
            None,
        );
    }

    #[test]
    fn foreign_words_are_cleaned_and_cut() {
        check(
            &["list", "terms", "a\u{1b}[31mb"],
            "a\u{241b}[31mb is one word too many",
            Some("usage: tozero list [OPTIONS] <KIND>"),
        );
        let error = misplaced(&["x".repeat(100), "y".to_owned()]);
        let expected = format!("{}… stands before a command", "x".repeat(59));
        assert_eq!(error.message.as_str(), expected);
    }
}
