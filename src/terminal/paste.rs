//! Keys that come faster than anybody types are a paste, not commands; of a few it cannot be known, and the app decides.
//!
//! What is gathered stays bounded however much comes; keys are never reordered; a key that is merely held
//! down stays a key.

use crate::app::{Key, KeyCode};
use crate::terminal::decoder::{MAX_PASTE, text_of};
use crate::terminal::input::Input;
use crate::text::SafeText;

/// More typing keys than this at once are a paste.
const MOST_KEYS: usize = 12;
/// Up to so many different ones in a row are keys: a slow line hands out two together.
const FEW_KEYS: usize = 2;
/// Most inputs kept of one burst; what is beyond is dropped.
const MOST_INPUTS: usize = MAX_PASTE;

/// What ends the program, from within a paste too.
const INTERRUPT: Key = Key {
    code: KeyCode::Char('c'),
    ctrl: true,
    alt: false,
    shift: false,
};

/// Inputs that came without a pause between them.
#[derive(Debug, Default)]
pub struct PasteDetector {
    inputs: Vec<Input>,
}

impl PasteDetector {
    pub fn add(&mut self, input: Input) {
        if self.inputs.len() < MOST_INPUTS {
            self.inputs.push(input);
        }
    }

    /// Whether nothing has come.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Whether more should be waited for a moment: a lone key is passed on at once.
    pub fn may_grow(&self) -> bool {
        self.inputs.iter().filter_map(typed).nth(1).is_some()
    }

    /// What it was, in order.
    pub fn finish(&mut self) -> Vec<Input> {
        let inputs = std::mem::take(&mut self.inputs);
        match kind(&inputs) {
            BurstKind::Keys => inputs,
            BurstKind::Unclear => vec![Input::Burst(inputs.iter().filter_map(key).collect())],
            BurstKind::Paste => as_paste(inputs),
        }
    }
}

/// What keys that come at once can be.
enum BurstKind {
    Keys,
    /// A short paste, or what somebody typed on a slow line.
    Unclear,
    Paste,
}

fn kind(inputs: &[Input]) -> BurstKind {
    let mut signs: Vec<char> = inputs.iter().filter_map(typed).collect();
    let length = signs.len();
    let enter = signs.iter().position(|sign| *sign == '\n');
    // A key that is held repeats faster than anybody types, and is no paste.
    signs.dedup();
    if signs.len() <= 1 {
        return BurstKind::Keys;
    }
    let is_few = signs.len() <= FEW_KEYS && !signs.contains(&'\n');
    // Enter and more after it at once would answer a question and act on the next.
    let goes_on = enter.is_some_and(|at| at + 1 < length);
    match inputs.iter().all(|input| typed(input).is_some()) {
        _ if is_few && length <= MOST_KEYS => BurstKind::Keys,
        true if length <= MOST_KEYS && !goes_on => BurstKind::Unclear,
        _ => BurstKind::Paste,
    }
}

fn key(input: &Input) -> Option<Key> {
    match input {
        Input::Key(key) => Some(*key),
        Input::Burst(_) | Input::Mouse(_) | Input::Paste(_) => None,
    }
}

fn typed(input: &Input) -> Option<char> {
    text_of(key(input)?)
}

/// Runs of keys become one text each; keys that type nothing are dropped, for they were bytes of the paste.
fn as_paste(inputs: Vec<Input>) -> Vec<Input> {
    let mut out = Vec::new();
    let mut text = String::new();
    for input in inputs {
        match input {
            Input::Key(key) if key != INTERRUPT => text.extend(kept(key, text.len())),
            Input::Key(_) | Input::Burst(_) | Input::Mouse(_) | Input::Paste(_) => {
                flush(&mut text, &mut out);
                out.push(input);
            }
        }
    }
    flush(&mut text, &mut out);
    out
}

fn kept(key: Key, length: usize) -> Option<char> {
    text_of(key).filter(|c| length + c.len_utf8() <= MAX_PASTE)
}

fn flush(text: &mut String, out: &mut Vec<Input>) {
    if !text.is_empty() {
        out.push(Input::Paste(SafeText::clean(text)));
        text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::decoder::{Decoded, Decoder};

    fn finished(bytes: &[u8]) -> Vec<Input> {
        let (mut decoder, mut decoded, mut detector) =
            (Decoder::default(), Vec::new(), PasteDetector::default());
        decoder.feed(bytes, &mut decoded);
        for one in decoded {
            if let Decoded::Input(input) = one {
                detector.add(input);
            }
        }
        detector.finish()
    }

    #[track_caller]
    fn is_pasted(bytes: &[u8], expected: &str) {
        assert_eq!(finished(bytes), [Input::Paste(SafeText::clean(expected))]);
    }

    #[track_caller]
    fn is_keys(bytes: &[u8], expected: usize) {
        let inputs = finished(bytes);
        assert_eq!(inputs.len(), expected);
        assert!(inputs.iter().all(|i| matches!(i, Input::Key(_))));
    }

    #[test]
    fn many_different_keys_at_once_are_a_paste() {
        is_pasted(
            b"quit 1 2 3\rq and more text\r",
            "quit 1 2 3\nq and more text\n",
        );
        is_pasted(b"123456789\x1b[A0123456789qq", "1234567890123456789qq");
        is_pasted(b"b\rq", "b\nq");
        is_pasted(b"ab\x1b[Bcd", "abcd");
        is_pasted(b"b\tq\x1b[A", "b\tq");
        is_pasted(b"\nab", "\nab");
        is_pasted(b"one\x1b[106;5utwo\x1b[13u", "one\ntwo\n");
        is_pasted(b"q\x1b[13;1ub", "q\nb");
        is_pasted(&b"ab".repeat(100_000), &"ab".repeat(MAX_PASTE / 2));
    }

    #[test]
    fn of_a_word_at_once_the_app_decides() {
        for word in ["quit", "/cold\r", "123456789012", "b\r", "12j"] {
            let keys = word.chars().map(|c| match c {
                '\r' => Key::plain(KeyCode::Enter),
                c => Key::char(c),
            });
            assert_eq!(
                finished(word.as_bytes()),
                [Input::Burst(keys.collect())],
                "{word}"
            );
        }
    }

    #[test]
    fn few_keys_and_held_keys_stay_keys() {
        is_keys(b"2j", 2);
        is_keys(b"jjjjkkkk", 8);
        is_keys(b"a\x1b[Bb", 3);
        is_keys(&b"j".repeat(60), 60);
        is_keys(&b"\x1b[B".repeat(60), 60);
        is_keys(b"", 0);
    }

    #[test]
    fn an_interrupt_is_never_part_of_a_paste() {
        let text = "the quick brown fox jumps";
        let pasted = Input::Paste(SafeText::clean(text));
        let expected = [pasted.clone(), Input::Key(INTERRUPT), pasted];
        assert_eq!(finished(format!("{text}\x03{text}").as_bytes()), expected);
    }

    #[test]
    fn keys_that_type_are_text() {
        for (key, expected) in [
            ("a", Some('a')),
            ("Enter", Some('\n')),
            ("Ctrl-j", Some('\n')),
            ("Ctrl-m", Some('\n')),
            ("Ctrl-i", Some('\t')),
            ("Tab", Some('\t')),
            ("Shift-Tab", None),
            ("Ctrl-c", None),
            ("Alt-x", None),
            ("F1", None),
            ("Esc", None),
        ] {
            assert_eq!(text_of(Key::parse(key).unwrap()), expected, "{key}");
        }
    }

    #[test]
    fn only_keys_that_may_be_a_paste_are_waited_for() {
        let mut detector = PasteDetector::default();
        assert!(detector.is_empty() && !detector.may_grow());
        detector.add(Input::Key(Key::char('a')));
        assert!(!detector.may_grow(), "a lone key is passed on at once");
        detector.add(Input::Key(Key::plain(KeyCode::Up)));
        assert!(!detector.may_grow());
        detector.add(Input::Key(Key::char('b')));
        assert!(detector.may_grow());
        assert_eq!(detector.finish().len(), 3);
        assert!(detector.is_empty());
    }

    #[test]
    fn other_input_stays_between_the_pieces_of_a_paste() {
        let mut detector = PasteDetector::default();
        let click = Input::Mouse(crate::app::Mouse::Click { column: 1, row: 2 });
        let text = "the quick brown fox jumps";
        text.chars()
            .for_each(|c| detector.add(Input::Key(Key::char(c))));
        detector.add(click.clone());
        text.chars()
            .for_each(|c| detector.add(Input::Key(Key::char(c))));
        let pasted = Input::Paste(SafeText::clean(text));
        assert_eq!(detector.finish(), [pasted.clone(), click, pasted]);
    }
}
