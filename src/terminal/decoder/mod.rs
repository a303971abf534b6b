//! Bytes from a terminal become inputs: a state machine without clock and without reading.
//!
//! Any bytes, cut anywhere, are taken without panic and in bounded memory; a sequence that never ends gives
//! way after [`Decoder::patience`]; replies and unknown sequences are swallowed, never typed.

use std::time::Duration;

use crate::app::{Key, KeyCode};
use crate::layout::BackgroundTone;
use crate::terminal::background::tone_of;
use crate::terminal::decoder::sequence::SequenceMeaning;
use crate::terminal::input::Input;
use crate::text::SafeText;

mod sequence;

/// Most text taken from one paste, in bytes; the rest is swallowed.
pub const MAX_PASTE: usize = 64 << 10;
/// Longest control sequence and longest reply, in bytes.
const MAX_SEQUENCE: usize = 64;
const MAX_REPLY: usize = 4096;
/// The byte of Ctrl-C.
const CTRL_C: u8 = 0x03;
const PASTE_END: &[u8] = b"\x1b[201~";

/// How long an escape may stand alone before it is the Esc key. More than what a slow line puts between two bytes.
const ESCAPE: Duration = Duration::from_millis(50);
/// How long any other unfinished sequence may stay quiet.
const SEQUENCE: Duration = Duration::from_millis(150);
/// How long an unfinished paste may stay quiet: what comes after it would be keys.
const PASTE: Duration = Duration::from_secs(2);
/// Ctrl-C as terminals send it that tell keys apart, in the forms of `CSI u` and of xterm's `modifyOtherKeys`.
const CTRL_C_SEQUENCES: [&[u8]; 2] = [b"\x1b[99;5u", b"\x1b[27;5;99~"];
/// How much more than it keeps of a paste is held, to know these at its end.
const TAIL: usize = 10;

/// What the bytes said.
#[derive(Clone, PartialEq, Debug)]
pub enum Decoded {
    Input(Input),
    /// The terminal answered our question for its background.
    Background(BackgroundTone),
    /// The terminal answered what it is; whatever it did not answer before, it will not.
    Attributes,
}

/// The state between two bytes.
#[derive(Debug, Default)]
pub struct Decoder {
    state: DecoderState,
}

#[derive(Debug, Default)]
enum DecoderState {
    #[default]
    Ground,
    /// The first bytes of a character, and how many it has in all; whether Alt was held.
    Character {
        bytes: Vec<u8>,
        length: usize,
        alt: bool,
    },
    /// After ESC.
    Escape,
    /// After `ESC O`.
    Single,
    /// After `ESC [`: parameters and intermediates so far.
    Control(Vec<u8>),
    /// After `ESC [ [`, the Linux console's function keys.
    Console,
    /// After `ESC [ M`, the old mouse report: three bytes.
    OldMouse(Vec<u8>),
    /// Inside OSC, DCS, PM, APC or SOS, opened by this byte; whether the last byte was ESC.
    Reply {
        opened: u8,
        text: Vec<u8>,
        escape: bool,
    },
    /// Inside a paste; how many bytes of its end mark have matched.
    Paste { text: Vec<u8>, matched: usize },
}

impl Decoder {
    /// Takes bytes and appends what they mean.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Decoded>) {
        for byte in bytes {
            self.take(*byte, out);
        }
    }

    /// How long to wait for the rest of what has begun; `None` when nothing has.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            DecoderState::Ground => None,
            DecoderState::Escape => Some(ESCAPE),
            DecoderState::Paste { .. } => Some(PASTE),
            _ => Some(SEQUENCE),
        }
    }

    /// Nothing more came in time: what has begun is taken as it stands.
    pub fn give_up(&mut self, out: &mut Vec<Decoded>) {
        match std::mem::take(&mut self.state) {
            DecoderState::Escape => key(out, Key::plain(KeyCode::Esc)),
            // Alt with a letter sends ESC and the letter, which is how these sequences begin, too.
            DecoderState::Single => key(out, Key::alt('O')),
            DecoderState::Control(bytes) if bytes.is_empty() => key(out, Key::alt('[')),
            DecoderState::Reply { opened, text, .. } if text.is_empty() => {
                key(out, Key::alt(char::from(opened)))
            }
            DecoderState::Paste { text, .. } => paste(out, &text),
            _ => {}
        }
    }

    fn take(&mut self, byte: u8, out: &mut Vec<Decoded>) {
        if byte == CTRL_C {
            // It ends the program from anywhere, so it ends whatever has begun. What was pasted so far is not lost.
            if let DecoderState::Paste { text, .. } = std::mem::take(&mut self.state) {
                paste(out, &text);
            }
            return key(out, Key::ctrl('c'));
        }
        self.state = match std::mem::take(&mut self.state) {
            DecoderState::Ground => ground(byte, false, out),
            DecoderState::Escape => escape(byte, out),
            DecoderState::Character { bytes, length, alt } => {
                character(bytes, length, alt, byte, out)
            }
            DecoderState::Single => single(byte, out),
            DecoderState::Control(bytes) => control(bytes, byte, out),
            DecoderState::Console => console(byte, out),
            DecoderState::OldMouse(bytes) => old_mouse(bytes, byte, out),
            DecoderState::Reply {
                opened,
                text,
                escape,
            } => reply(opened, text, escape, byte, out),
            DecoderState::Paste { text, matched } => pasted(text, matched, byte, out),
        };
        if let DecoderState::Paste { text, .. } = &self.state
            && let Some(end) = CTRL_C_SEQUENCES.iter().find(|end| text.ends_with(end))
        {
            let kept = text.len() - end.len();
            paste(out, text.get(..kept).unwrap_or(text));
            self.state = DecoderState::Ground;
            key(out, Key::ctrl('c'));
        }
    }
}

fn ground(byte: u8, alt: bool, out: &mut Vec<Decoded>) -> DecoderState {
    let pressed = match byte {
        0x1b => return DecoderState::Escape,
        b'\r' => Key::plain(KeyCode::Enter),
        b'\t' => Key::plain(KeyCode::Tab),
        // Terminals differ on which of the two Backspace sends.
        0x08 | 0x7f => Key::plain(KeyCode::Backspace),
        // Ctrl-Space and Ctrl-@ both send NUL.
        0 => Key::ctrl(' '),
        0x01..=0x1a => Key::ctrl(char::from(byte | 0x60)),
        0x1c..=0x1f => Key::ctrl(char::from(byte | 0x40)),
        b' '..=b'~' => Key::char(char::from(byte)),
        0x80..=0xff => return start_character(byte, alt),
    };
    key(out, Key { alt, ..pressed });
    DecoderState::Ground
}

/// The lead byte tells the length; a byte that leads nothing is dropped.
fn start_character(byte: u8, alt: bool) -> DecoderState {
    let length = match byte {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return DecoderState::Ground,
    };
    DecoderState::Character {
        bytes: vec![byte],
        length,
        alt,
    }
}

fn character(
    mut bytes: Vec<u8>,
    length: usize,
    alt: bool,
    byte: u8,
    out: &mut Vec<Decoded>,
) -> DecoderState {
    if byte & 0xc0 != 0x80 {
        return ground(byte, false, out);
    }
    bytes.push(byte);
    if bytes.len() < length {
        return DecoderState::Character { bytes, length, alt };
    }
    let whole = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.chars().next());
    if let Some(c) = whole.filter(|c| !c.is_control()) {
        let pressed = Key::char(c);
        key(out, Key { alt, ..pressed });
    }
    DecoderState::Ground
}

fn escape(byte: u8, out: &mut Vec<Decoded>) -> DecoderState {
    match byte {
        b'[' => DecoderState::Control(Vec::new()),
        b'O' => DecoderState::Single,
        b']' | b'P' | b'^' | b'_' | b'X' => DecoderState::Reply {
            opened: byte,
            text: Vec::new(),
            escape: false,
        },
        0x1b => {
            key(out, Key::plain(KeyCode::Esc));
            DecoderState::Escape
        }
        _ => ground(byte, true, out),
    }
}

fn single(byte: u8, out: &mut Vec<Decoded>) -> DecoderState {
    match sequence::single(byte) {
        Some(code) => key(out, Key::plain(code)),
        None if byte.is_ascii_graphic() => {}
        None => return ground(byte, false, out),
    }
    DecoderState::Ground
}

fn console(byte: u8, out: &mut Vec<Decoded>) -> DecoderState {
    match byte {
        b'A'..=b'E' => key(out, Key::plain(KeyCode::F(byte - b'A' + 1))),
        _ => return ground(byte, false, out),
    }
    DecoderState::Ground
}

fn control(mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Decoded>) -> DecoderState {
    match byte {
        b'[' if bytes.is_empty() => return DecoderState::Console,
        b'M' if bytes.is_empty() => return DecoderState::OldMouse(Vec::new()),
        b' '..=b'?' => {
            bytes.extend((bytes.len() < MAX_SEQUENCE).then_some(byte));
            return DecoderState::Control(bytes);
        }
        b'@'..=b'~' if bytes.len() == MAX_SEQUENCE => {}
        b'@'..=b'~' => match sequence::control(&bytes, byte) {
            SequenceMeaning::Key(pressed) => key(out, pressed),
            SequenceMeaning::Mouse(mouse) => out.push(Decoded::Input(Input::Mouse(mouse))),
            SequenceMeaning::PasteBegins => {
                return DecoderState::Paste {
                    text: Vec::new(),
                    matched: 0,
                };
            }
            SequenceMeaning::Attributes => out.push(Decoded::Attributes),
            SequenceMeaning::Nothing => {}
        },
        _ => return ground(byte, false, out),
    }
    DecoderState::Ground
}

fn old_mouse(mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Decoded>) -> DecoderState {
    if byte < 0x20 {
        return ground(byte, false, out);
    }
    bytes.push(byte);
    match bytes.as_slice() {
        [button, column, row] => {
            let place = |b: u8| u16::from(b).saturating_sub(32);
            let mouse = sequence::mouse(place(*button), place(*column), place(*row), false);
            out.extend(mouse.map(|m| Decoded::Input(Input::Mouse(m))));
            DecoderState::Ground
        }
        _ => DecoderState::OldMouse(bytes),
    }
}

fn reply(
    opened: u8,
    mut text: Vec<u8>,
    escape: bool,
    byte: u8,
    out: &mut Vec<Decoded>,
) -> DecoderState {
    match byte {
        b'\\' if escape => answered(opened, &text, out),
        0x07 if !escape => answered(opened, &text, out),
        0x1b if !escape => {
            return DecoderState::Reply {
                opened,
                text,
                escape: true,
            };
        }
        _ if escape => return self::escape(byte, out),
        0x18 | 0x1a => {}
        _ if text.len() < MAX_REPLY => {
            text.push(byte);
            return DecoderState::Reply {
                opened,
                text,
                escape,
            };
        }
        _ => {}
    }
    DecoderState::Ground
}

fn answered(opened: u8, text: &[u8], out: &mut Vec<Decoded>) {
    let color = text.strip_prefix(b"11;").filter(|_| opened == b']');
    out.extend(color.and_then(tone_of).map(Decoded::Background));
}

fn pasted(mut text: Vec<u8>, matched: usize, byte: u8, out: &mut Vec<Decoded>) -> DecoderState {
    if PASTE_END.get(matched) == Some(&byte) {
        if matched + 1 == PASTE_END.len() {
            paste(out, &text);
            return DecoderState::Ground;
        }
        return DecoderState::Paste {
            text,
            matched: matched + 1,
        };
    }
    // The mark's first byte occurs in it once, so a mismatch can only restart it there.
    let begun = PASTE_END.get(..matched).unwrap_or(&[]);
    let restarts = PASTE_END.first() == Some(&byte);
    let more = begun.iter().chain((!restarts).then_some(&byte));
    text.extend(more);
    if text.len() > MAX_PASTE + TAIL {
        text.drain(MAX_PASTE..text.len() - TAIL);
    }
    DecoderState::Paste {
        text,
        matched: usize::from(restarts),
    }
}

fn paste(out: &mut Vec<Decoded>, bytes: &[u8]) {
    let bytes = without_sequences(bytes.get(..MAX_PASTE).unwrap_or(bytes));
    if !bytes.is_empty() {
        let text = SafeText::clean(&String::from_utf8_lossy(&bytes));
        out.push(Decoded::Input(Input::Paste(text)));
    }
}

/// A pasted text without control sequences. Those that stand for a character are replaced by it: tmux sends a newline in
/// a paste as it sends a key, in the form of `CSI u`.
fn without_sequences(mut bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    while let Some((byte, rest)) = bytes.split_first() {
        bytes = rest;
        let Some(sequence) = rest.strip_prefix(b"[").filter(|_| *byte == 0x1b) else {
            text.push(*byte);
            continue;
        };
        let inside = sequence.iter().take_while(|b| (b' '..=b'?').contains(b));
        let (parameters, rest) = sequence.split_at(inside.count());
        bytes = rest;
        if let Some((last @ b'@'..=b'~', rest)) = rest.split_first() {
            bytes = rest;
            if let SequenceMeaning::Key(key) = sequence::control(parameters, *last) {
                text.extend(text_of(key).map(String::from).unwrap_or_default().bytes());
            }
        }
    }
    text
}

/// What a key adds to a text, if it types at all: a character, a newline for Enter and Ctrl-J, a tab for Tab.
pub fn text_of(key: Key) -> Option<char> {
    match key.code {
        KeyCode::Char('j' | 'm') if key.ctrl && !key.alt => Some('\n'),
        KeyCode::Char('i') if key.ctrl && !key.alt => Some('\t'),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab if !key.shift => Some('\t'),
        _ => key.typed(),
    }
}

fn key(out: &mut Vec<Decoded>, key: Key) {
    out.push(Decoded::Input(Input::Key(key.normalized())));
}

#[cfg(test)]
mod tests;
