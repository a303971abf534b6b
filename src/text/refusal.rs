//! What the system's refusals mean, in our own words: never those of an error's kind, which are a programmer's.

use std::io::{Error, ErrorKind};

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

#[cfg(test)]
mod tests {
    use super::*;

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
