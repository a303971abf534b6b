//! A run as text that people read: the line, its status, both streams.
//! Two runs read the same only when they printed the same; what is too long to read is told by its hash.

use std::fmt::Write;

/// Streams of more lines are cut.
const LONG: usize = 250;
/// So many lines of those are shown.
const HEAD: usize = 40;
/// JSON is broken into lines down to this depth, or less deep where it would be more lines than that.
const DEPTH: (usize, usize) = (3, 120);

/// An entry of a transcript.
pub(super) fn entry(line: &str, status: i32, stdout: &str, stderr: &str) -> String {
    let mut text = format!("\n$ {line}\nstatus: {status}\n");
    for (name, stream) in [("stdout", stdout), ("stderr", stderr)] {
        if !stream.is_empty() {
            write!(text, "{name}:\n{}", shown(stream)).unwrap();
        }
    }
    text
}

/// A stream, two cells in, so that no line of it is taken for one of the transcript. Escape signs are shown.
fn shown(stream: &str) -> String {
    let visible = stream.replace('\x1b', "␛");
    let broken = if stream.starts_with("{\"") {
        broken_json(&visible)
    } else {
        visible
    };
    let all: Vec<&str> = broken.lines().collect();
    let cut = if all.len() > LONG { HEAD } else { all.len() };
    let mut text = String::new();
    for line in &all[..cut] {
        text.push_str(if line.is_empty() { "" } else { "  " });
        text.push_str(line);
        text.push('\n');
    }
    if cut < all.len() {
        writeln!(
            text,
            "… {} lines in all, {} bytes, hash {:016x}",
            all.len(),
            stream.len(),
            hash(stream)
        )
        .unwrap();
    }
    if !stream.ends_with('\n') {
        text.push_str("(no newline at the end)\n");
    }
    text
}

fn broken_json(json: &str) -> String {
    let ways = (0..=DEPTH.0).rev().map(|depth| lines_of_json(json, depth));
    let mut fitting = ways.filter(|text| text.lines().count() <= DEPTH.1);
    fitting.next().unwrap_or_else(|| json.to_owned())
}

/// JSON with a line end, and nothing but that, where an element begins down to a depth.
fn lines_of_json(json: &str, most: usize) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    for c in json.chars() {
        out.push(c);
        let plain = !quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if plain => depth += 1,
            '}' | ']' if plain => depth = depth.saturating_sub(1),
            _ => {}
        }
        if plain && depth <= most && matches!(c, '{' | '[' | ',') {
            out.push('\n');
        }
    }
    out
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn streams_are_shown_whole_or_by_their_hash() {
    let check = |stream: &str, expected: &str| assert_eq!(shown(stream), expected);
    check("a\n\nb\n", "  a\n\n  b\n");
    check("a", "  a\n(no newline at the end)\n");
    check("\x1b[1ma\x1b[0m\n", "  ␛[1ma␛[0m\n");
    check(
        "{\"a\":[1,{\"b\":[2,3]}],\"c\":\"{,\"}\n",
        "  {\n  \"a\":[\n  1,\n  {\n  \"b\":[2,3]}],\n  \"c\":\"{,\"}\n",
    );
    let long = "x\n".repeat(LONG + 1);
    let tail = "… 251 lines in all, 502 bytes, hash ";
    assert!(
        shown(&long).contains(tail) && shown(&long).lines().count() == HEAD + 1,
        "{}",
        shown(&long)
    );
    let other = long
        .replacen("x\n", "y\n", LONG)
        .replace("y\n", "x\n")
        .replacen('x', "y", 1);
    assert_ne!(shown(&long), shown(&other));
    let deep = format!("{{\"a\":[{}{{}}]}}\n", "{\"b\":1,\"c\":2},".repeat(100));
    assert_eq!(
        shown(&deep).lines().count(),
        103,
        "a depth at which it is short enough"
    );
}
