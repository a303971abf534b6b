//! ASCII twins for terminals and locales that lack anything else.
//! The result has no byte above 0x7f and exactly the width of what it stands for.

use unicode_segmentation::UnicodeSegmentation;

use crate::layout::row::Row;
use crate::text::SafeText;
use crate::text::measure::cells;

/// The row with the space before a sign whose twin has two cells in the run of that sign.
pub fn lend(row: &Row) -> Row {
    let mut row = row.clone();
    for n in 1..row.runs.len() {
        let (before, behind) = row.runs.split_at_mut(n);
        let (Some(before), Some(run)) = (before.last_mut(), behind.first_mut()) else {
            continue;
        };
        if run.text.starts_with('≠') && before.text.ends_with(' ') {
            before.text = before.text.slice(0..before.text.len() - 1);
            run.text = crate::safe!(" {}", run.text);
        }
    }
    row
}

/// The text in ASCII, cell by cell.
pub fn to_ascii(text: &SafeText) -> SafeText {
    if text.is_ascii() {
        return text.clone();
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        let width = cells(grapheme);
        // Two signs in the cells of the mark and the letter beside it: one dot would look like the end of a sentence, and one
        // stroke like the key that finds.
        if grapheme == "≠" && out.ends_with(' ') {
            out.pop();
            out.push_str("!=");
            continue;
        }
        if grapheme == "…" && !out.is_empty() && !out.ends_with('\n') {
            out.pop();
            out.push_str("..");
            continue;
        }
        if out == "." && text.starts_with('…') && width == 1 {
            out.push('.');
            continue;
        }
        // Between two things; a dot would end the first.
        if grapheme == "·" && out.ends_with(' ') && !out.ends_with("  ") {
            out.push('|');
            continue;
        }
        // Behind a word an x would be a letter of it.
        if grapheme == "×" && out.ends_with(|c: char| c.is_ascii_lowercase()) {
            out.push('*');
            continue;
        }
        let mut chars = grapheme.chars();
        match (chars.next(), width) {
            (Some(c), _) if c.is_ascii() && width == 1 => out.push(c),
            (Some('\n'), _) => out.push('\n'),
            (Some(c), 1) => out.push(twin(c)),
            (_, width) => out.extend(std::iter::repeat_n('?', width)),
        }
    }
    SafeText::from(out)
}

/// The twin of a character of one cell. An accented letter loses its accent; what has no twin becomes `?`.
fn twin(c: char) -> char {
    match c {
        '─' | '–' | '—' | '‐' | '‑' | '−' | '▔' | '┄' => '-',
        '━' | '═' => '=',
        '│' | '┊' | '┃' | '▏' | '▕' | '║' => '|',
        '┿' => '#',
        '┌'..='╋' | '╔'..='╬' | '╭'..='╰' => '+',
        '█' | '▉' | '▊' | '▋' | '▌' | '▐' | '▇' | '▆' | '▅' => '#',
        '▄' | '▃' => '=',
        '▂' | '▁' | '░' => '_',
        '▫' => 'o',
        '▓' | '▒' | '▀' | '■' | '▪' => '#',
        '·' | '•' | '…' | '∙' | '⋅' => '.',
        '\u{a0}' => ' ',
        '‘' | '’' | '′' | '´' => '\'',
        '“' | '”' | '″' | '«' | '»' => '"',
        '×' | '✕' | '✗' => 'x',
        '→' | '▶' | '›' => '>',
        '←' | '◀' | '‹' => '<',
        '↑' | '▲' => '^',
        '↓' | '▼' => 'v',
        '≠' => '/',
        '≈' | '∼' => '~',
        '≤' => '<',
        '≥' => '>',
        '✓' | '✔' => 'v',
        '\u{2800}'..='\u{28ff}' => '*',
        '€' => 'E',
        '£' => 'L',
        '°' => 'o',
        'µ' => 'u',
        '½' => '2',
        _ => {
            let folded = crate::text::fold::fold(c.encode_utf8(&mut [0; 4]));
            let plain = folded
                .chars()
                .next()
                .filter(|f| f.is_ascii() && folded.len() == 1)
                .unwrap_or('?');
            if c.is_uppercase() {
                plain.to_ascii_uppercase()
            } else {
                plain
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::row::{Role, Run};
    use crate::text::measure::width;

    #[test]
    fn signs_have_twins() {
        let check =
            |text: &str, twin: &str| assert_eq!(to_ascii(&SafeText::clean(text)).as_str(), twin);
        check("┌──┐ café – “x” ≠", "+--+ cafe - \"x\"!=");
        check("no× 1 × 2", "no* 1 x 2");
        check("a long na…", "a long n..");
        check("(a, …", "(a,..");
        check("a  ≠ differ", "a != differ");
        check("version 2…", "version ..");
        check("WORDS…", "WORD..");
        check("…end", "..nd");
        check("…", ".");
        check("one · two", "one | two");
        check(" · two", " | two");
        check("· two", ". two");
        check("  ·", "  .");
        check("━━━┿───", "===#---");
        check("日本", "????");
        check("É", "E");
    }

    #[test]
    fn a_sign_of_two_cells_takes_the_space_before_it() {
        let runs = [
            Run::ours("a  ", Role::Text),
            Run::ours("≠ differ", Role::Warn),
        ];
        let row = Row::from_runs(runs.to_vec());
        let lent = lend(&row);
        assert_eq!(lent.width(), row.width());
        let words: Vec<_> = lent.runs.iter().map(|run| to_ascii(&run.text)).collect();
        assert_eq!(SafeText::join(&words, "|").as_str(), "a |!= differ");
    }

    /// The signs that stand on one screen: verdicts, marks, ends of cut words, parts of a slider, right and wrong.
    #[test]
    fn signs_of_a_screen_stay_apart() {
        let signs = ["+", "~", "!", "-", "≠", "=", "·", ">", "x", "*"];
        let slider = ["━", "─", "┿"];
        let questions = ["▪", "×", "-", "▫", "·"];
        let bar = ["█", "░"];
        for group in [&signs[..], &slider[..], &questions[..], &bar[..]] {
            let twins: Vec<_> = group
                .iter()
                .map(|s| to_ascii(&SafeText::clean(s)))
                .collect();
            for (n, twin) in twins.iter().enumerate() {
                let same = twins.iter().skip(n + 1).find(|other| *other == twin);
                assert_eq!(same, None, "{group:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn ascii_and_as_wide(text in "\\PC{0,40}") {
            let safe = SafeText::clean(&text);
            let twin = to_ascii(&safe);
            prop_assert!(twin.is_ascii());
            prop_assert_eq!(width(&twin), width(&safe));
        }
    }
}
