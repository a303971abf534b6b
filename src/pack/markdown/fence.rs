//! A fence behind a box, as quizzes elsewhere write choices that are code: `- [ ] ```. Markdown opens no code block there, so
//! the fence is read as if it stood on the next line; places stay those of the file.

use std::borrow::Cow;

/// Where something was put in, from its end on, and how many bytes so far.
pub(super) type Shifts = Vec<(usize, usize)>;

/// The text with each fence behind a box on a line of its own, where it is closed within its item.
pub(super) fn unboxed(text: &str) -> (Cow<'_, str>, Shifts) {
    if !text.contains("```") && !text.contains("~~~") {
        return (Cow::Borrowed(text), Shifts::new());
    }
    let (mut out, mut shifts, mut added) = (String::new(), Shifts::new(), 0);
    let mut open: Option<&str> = None;
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        rest = rest.get(line.len()..).unwrap_or("");
        let boxed = boxed_fence(line).filter(|_| open.is_none());
        match boxed {
            Some((item, code, indent)) if closes_within(rest, indent, fence(code)) => {
                let written = item.trim_end();
                out.push_str(written);
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                added += indent + 1 + written.len();
                added -= item.len();
                shifts.push((out.len(), added));
                out.push_str(code);
                open = fence(code);
            }
            _ => {
                open = match (open, fence(line.trim_start())) {
                    (None, found) => found,
                    (Some(open), _) if closes(line, open) => None,
                    (Some(open), _) => Some(open),
                };
                out.push_str(line);
            }
        }
    }
    (Cow::Owned(out), shifts)
}

/// Where in the text that was given something stands.
pub(super) fn before_shift(shifts: &Shifts, at: usize) -> usize {
    let passed = shifts.partition_point(|(end, _)| *end <= at);
    let added = passed.checked_sub(1).and_then(|n| shifts.get(n));
    at - added.map_or(0, |(_, added)| *added)
}

/// A line in two where a fence stands behind a box, and how far the text of its item is indented.
fn boxed_fence(line: &str) -> Option<(&str, &str, usize)> {
    let item = line.trim_start_matches(' ');
    let marker = match item.as_bytes().first()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => item.find(['.', ')']).filter(|end| *end < 10)? + 1,
        _ => return None,
    };
    let behind = item.get(marker..)?;
    let boxed = behind.trim_start_matches(' ');
    let spaces = behind.len() - boxed.len();
    let inside = boxed.strip_prefix('[')?;
    let end = inside.strip_prefix([' ', 'x', 'X'])?.strip_prefix("] ")?;
    let code = end.trim_start_matches(' ');
    fence(code).filter(|_| (1..5).contains(&spaces))?;
    let (item_start, code) = line.split_at_checked(line.len() - code.len())?;
    let indent = line.len() - item.len() + marker + spaces;
    Some((item_start, code, indent))
}

/// The signs that a fence at the start of these words is made of.
fn fence(words: &str) -> Option<&str> {
    let sign = words.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let end = words.find(|c| c != sign).unwrap_or(words.len());
    let (signs, info) = words.split_at_checked(end)?;
    (end >= 3 && !(sign == '`' && info.contains('`'))).then_some(signs)
}

/// Whether a line closes what a fence opened.
fn closes(line: &str, open: &str) -> bool {
    let line = line.trim();
    line.len() >= open.len() && line.starts_with(open) && fence(line) == Some(line)
}

/// Whether a fence is closed before the item ends, whose text is indented so far.
fn closes_within(below: &str, indent: usize, open: Option<&str>) -> bool {
    let Some(open) = open else { return false };
    for line in below.lines() {
        let inside = line.len() - line.trim_start_matches(' ').len() >= indent;
        if !inside && !line.trim().is_empty() {
            return false;
        }
        if closes(line, open) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_behind_a_box_stands_on_its_own_line() {
        let check = |text: &str, expected: &str| {
            let (found, shifts) = unboxed(text);
            assert_eq!(found, expected, "{text}");
            // Every byte that was there is where it was.
            for (at, byte) in found
                .bytes()
                .enumerate()
                .filter(|(_, b)| !b" \n".contains(b))
            {
                let before = before_shift(&shifts, at);
                assert_eq!(text.as_bytes().get(before), Some(&byte), "{text}: {at}");
            }
        };
        check(
            "- [ ] ```\n  a\n  ```\n  > No.\n",
            "- [ ]\n  ```\n  a\n  ```\n  > No.\n",
        );
        check(
            "1. [x] ```rust\n   a\n   ```\n2. [ ]  ~~~\n   b\n\n   ~~~\nEnd",
            "1. [x]\n   ```rust\n   a\n   ```\n2. [ ]\n   ~~~\n   b\n\n   ~~~\nEnd",
        );
        check("- [ ]  ```\n  a\n  ```\n", "- [ ]\n  ```\n  a\n  ```\n");
        for same in [
            "- [ ] a\n  ```\n  b\n  ```\n",
            "- [ ] ```\nb\n```\n",
            "- [ ] ```\n  b\n- [ ] c\n",
            "- [ ] ```b``` is code\n  ```\n",
            "```md\n- [ ] ```\n  a\n  ```\n```\n",
            "> - [ ] ```\n>   a\n>   ```\n",
        ] {
            check(same, same);
        }
    }
}
