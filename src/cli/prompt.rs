//! The loop of everything that is asked in lines: print the open question, read a line, until there is no question or no
//! line left. Nothing depends on a cursor, a color or a key but Enter, so that it works with a screen reader and in a pipe.

use std::io::BufRead;

use crate::cli::exit::CliError;
use crate::text::SafeText;

/// Most bytes of a line that are read; the rest of a longer one is dropped, so that a file without newlines cannot fill the
/// memory. It is also what a terminal holds of one line.
const LONGEST: u64 = 4096;

/// Most bytes that are dropped of one line.
const ENDLESS: u64 = 1 << 16;

/// What is asked in lines.
pub trait Dialogue {
    /// Prints and flushes what is to be answered next; false when nothing is.
    fn ask(&mut self) -> Result<bool, CliError>;

    /// Takes a line, cleaned and trimmed.
    fn answer(&mut self, line: &SafeText) -> Result<Next, CliError>;
}

/// What comes after an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    Ask,
    Stop,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DialogueEnd {
    Over,
    /// An answer stopped it.
    Stopped,
    /// There was no line left.
    Input,
}

/// Asks until an end is met.
pub fn run(
    dialogue: &mut impl Dialogue,
    input: &mut impl BufRead,
) -> Result<DialogueEnd, CliError> {
    while dialogue.ask()? {
        let Some(line) = line(input) else {
            return Ok(DialogueEnd::Input);
        };
        if dialogue.answer(&line)? == Next::Stop {
            return Ok(DialogueEnd::Stopped);
        }
    }
    Ok(DialogueEnd::Over)
}

/// The next line, cleaned and trimmed; `None` at the end of the input. Input that can no longer be read has ended: a
/// terminal that went away must not be asked again and again.
pub fn line(input: &mut impl BufRead) -> Option<SafeText> {
    let mut bytes = Vec::new();
    let read = std::io::Read::take(&mut *input, LONGEST)
        .read_until(b'\n', &mut bytes)
        .unwrap_or(0);
    if read == 0 {
        return None;
    }
    if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") && !skipped(input) {
        return None;
    }
    Some(SafeText::line(String::from_utf8_lossy(&bytes).trim()))
}

/// Drops the rest of a line; false when it does not end: then nobody has written it as a line, and no answer is in it.
fn skipped(input: &mut impl BufRead) -> bool {
    let mut rest = std::io::Read::take(input, ENDLESS);
    rest.skip_until(b'\n').is_ok() && rest.limit() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks `left` questions and notes what it hears; `q` stops it.
    struct Heard {
        left: usize,
        lines: Vec<String>,
    }

    impl Dialogue for Heard {
        fn ask(&mut self) -> Result<bool, CliError> {
            Ok(self.left > 0)
        }

        fn answer(&mut self, line: &SafeText) -> Result<Next, CliError> {
            match line.as_str() {
                "q" => return Ok(Next::Stop),
                "fail" => return Err(CliError::new("failed")),
                // Asked again, as a wrong answer is.
                "" => {}
                _ => self.left -= 1,
            }
            self.lines.push(line.to_string());
            Ok(Next::Ask)
        }
    }

    #[test]
    fn it_goes_on_until_an_end_is_met() {
        let check = |input: &str, lines: &[&str], end: Result<DialogueEnd, &str>| {
            let mut heard = Heard {
                left: 2,
                lines: Vec::new(),
            };
            let ended = run(&mut heard, &mut input.as_bytes());
            let ended = ended.map_err(|e| e.message.to_string());
            assert_eq!(ended, end.map_err(ToOwned::to_owned), "{input:?}");
            assert_eq!(heard.lines, lines, "{input:?}");
        };
        check("a\nb\nc\n", &["a", "b"], Ok(DialogueEnd::Over));
        check("a\nb", &["a", "b"], Ok(DialogueEnd::Over));
        check("a\n", &["a"], Ok(DialogueEnd::Input));
        check("", &[], Ok(DialogueEnd::Input));
        check("a\nq\nb\n", &["a"], Ok(DialogueEnd::Stopped));
        check("\n \t\na\nb\n", &["", "", "a", "b"], Ok(DialogueEnd::Over));
        check("a\nfail\nb\n", &["a"], Err("failed"));
    }

    #[test]
    fn a_line_is_cleaned_trimmed_and_bounded() {
        let check = |input: &[u8], first: Option<&str>, second: Option<&str>| {
            let mut input = input;
            let lines = [line(&mut input), line(&mut input)];
            assert_eq!(lines.each_ref().map(|l| l.as_deref()), [first, second]);
        };
        check(b"", None, None);
        check(b"\n", Some(""), None);
        check(b"  a b \r\nc", Some("a b"), Some("c"));
        check(b"\x1b[2J\n", Some("\u{241b}[2J"), None);
        check(b"\xff\n", Some("\u{fffd}"), None);
        let longest = usize::try_from(LONGEST).unwrap();
        let a = "a".repeat(longest);
        let b = "a".repeat(longest - 1);
        check(
            format!("{a}more\nnext\n").as_bytes(),
            Some(&a),
            Some("next"),
        );
        check(format!("{b}\nnext\n").as_bytes(), Some(&b), Some("next"));
        check(a.as_bytes(), Some(&a), None);
    }

    /// A device, or a file that is no text: it is not read to its end, which may not come.
    #[test]
    fn a_line_without_end_is_the_end_of_the_input() {
        let mut endless = std::io::BufReader::new(std::io::repeat(0));
        assert_eq!(line(&mut endless), None);
    }

    #[test]
    fn input_that_cannot_be_read_has_ended() {
        struct Gone;
        impl std::io::Read for Gone {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::from(std::io::ErrorKind::BrokenPipe))
            }
        }
        assert_eq!(line(&mut std::io::BufReader::new(Gone)), None);
    }
}
