//! What refusals of the system and of libraries mean, in our own words: never those of an error's kind or of a type, which are
//! a programmer's.

use std::io::{Error, ErrorKind};
use std::num::{IntErrorKind, ParseFloatError, ParseIntError};

use crate::text::SafeText;

/// Why the system refuses, in a few words without a full stop.
pub fn refusal(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => "it may not be opened",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of its path is no folder",
        ErrorKind::AlreadyExists => "something of that name is there already",
        ErrorKind::StorageFull | ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => {
            "the disk is full"
        }
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        ErrorKind::InvalidFilename => "its name is too long, or cannot be a name",
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::TimedOut => "its disk cannot be reached",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => {
            "another program holds it"
        }
        ErrorKind::OutOfMemory => "there is not enough memory",
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => {
            "it cannot be read"
        }
        ErrorKind::BrokenPipe => "nobody reads it any more",
        // These have no kind that may be named: ENFILE and EMFILE, ELOOP on Linux and on the others.
        _ if matches!(error.raw_os_error(), Some(23 | 24)) => "too many files are open",
        _ if matches!(error.raw_os_error(), Some(40 | 62)) => "its links lead round in a circle",
        _ => "the system reports an error",
    }
}

/// Why a word is no number; `None` where it was refused for something else.
pub fn no_number(error: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    if error.is::<ParseFloatError>() {
        return Some("it is no number");
    }
    match error.downcast_ref::<ParseIntError>()?.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => Some("it is too large"),
        _ => Some("it is no whole number"),
    }
}

/// What serde finds wrong in JSON, with the types of JSON.
pub fn misfit(error: &serde_json::Error) -> SafeText {
    if error.is_eof() {
        return SafeText::ours("it ends too early");
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    for (begins, says) in [
        ("missing field ", "is missing"),
        ("duplicate field ", "stands twice"),
    ] {
        if let Some(field) = words.strip_prefix(begins) {
            return crate::safe!("{} {says}", SafeText::line(field));
        }
    }
    let invalid = words.strip_prefix("invalid ");
    let Some((found, expected)) = invalid.and_then(|words| words.split_once(", expected ")) else {
        return SafeText::line(words);
    };
    let found = found.split_once(": ").map_or("a list", |(_, found)| found);
    let found = match found {
        "sequence" => "a list",
        "map" => "an object",
        found => found,
    };
    let expected = match expected {
        "a map" => "an object",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        // One of several words, which might have data with it in the code.
        "string or map" | "map with a single key" => "a word",
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" => "a whole number",
        words if words.starts_with("struct ") => "an object",
        words => words,
    };
    crate::safe!(
        "{} stands where {} belongs",
        SafeText::line(found),
        SafeText::line(expected)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_no_numbers() {
        let whole = |word: &str| no_number(&word.parse::<u64>().unwrap_err());
        assert_eq!(whole("99999999999999999999999"), Some("it is too large"));
        assert_eq!(whole("abc"), Some("it is no whole number"));
        assert_eq!(whole("-1"), Some("it is no whole number"));
        assert_eq!(whole(""), Some("it is no whole number"));
        assert_eq!(
            no_number(&"x".parse::<f64>().unwrap_err()),
            Some("it is no number")
        );
        assert_eq!(no_number(&Error::from_raw_os_error(2)), None);
    }

    #[test]
    fn data_that_does_not_fit_is_told_without_the_types_of_the_code() {
        #[derive(serde::Deserialize, Debug)]
        struct Shelf {
            #[expect(dead_code, reason = "only read")]
            books: u32,
            #[expect(dead_code, reason = "only read")]
            full: Option<bool>,
            #[expect(dead_code, reason = "only read")]
            state: Option<State>,
        }
        #[derive(serde::Deserialize, Debug)]
        enum State {
            New,
            Worn,
        }
        let check = |json: &str, expected: &str| {
            let error = serde_json::from_str::<Shelf>(json).unwrap_err();
            assert_eq!(misfit(&error).as_str(), expected, "{json}");
        };
        check("[]", "a list stands where an object belongs");
        check("7", "integer `7` stands where an object belongs");
        check("{}", "`books` is missing");
        check(r#"{"books": 1, "books": 2}"#, "`books` stands twice");
        check(
            r#"{"books": "x"}"#,
            "string \"x\" stands where a whole number belongs",
        );
        check(
            r#"{"books": -1}"#,
            "integer `-1` stands where a whole number belongs",
        );
        check(
            r#"{"books": {}}"#,
            "an object stands where a whole number belongs",
        );
        check(
            r#"{"books": 1, "full": []}"#,
            "a list stands where true or false belongs",
        );
        check("{", "it ends too early");
        let state = |state: &str, expected: &str| {
            let json = format!(r#"{{"books": 1, "state": {state}}}"#);
            let value = serde_json::from_str(&json).unwrap();
            let error = serde_json::from_value::<Shelf>(value).unwrap_err();
            assert_eq!(misfit(&error).as_str(), expected, "{json}");
        };
        state("{}", "an object stands where a word belongs");
        state("[]", "a list stands where a word belongs");
        state("7", "integer `7` stands where a word belongs");
        let unknown = "unknown variant `x`, expected `New` or `Worn`";
        state("\"x\"", unknown);
    }

    /// Every number that a Linux system call gives: each is told, and none in the words of its kind.
    #[test]
    fn every_refusal_has_words_of_ours() {
        for number in 1..134 {
            let error = Error::from_raw_os_error(number);
            let words = refusal(&error);
            assert_ne!(words, error.kind().to_string(), "{number}");
            assert!(
                !words.contains("entity") && !words.ends_with('.'),
                "{number}"
            );
        }
        let check = |number, expected: &str| {
            assert_eq!(refusal(&Error::from_raw_os_error(number)), expected);
        };
        check(2, "there is no such file");
        check(5, "the system reports an error");
        check(13, "it may not be opened");
        check(20, "a part of its path is no folder");
        check(21, "it is a folder");
        check(24, "too many files are open");
        check(28, "the disk is full");
        check(36, "its name is too long, or cannot be a name");
        check(40, "its links lead round in a circle");
    }
}
