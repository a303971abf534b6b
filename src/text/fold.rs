//! Folds: which texts count as the same. [`keep`] serves names and keeps every sign and mark, so `C++` is not `C` and `が` is
//! not `か`; [`typed`] serves typed answers, where accents on Latin and Greek letters do not count either; [`fold`] serves
//! search, where people leave accents and signs out.
//!
//! All take as one: upper and lower case, final sigma, `ß` and `ss`, full width and half width, ligatures, and the ways
//! in which Unicode spells one letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Folds for comparing names and typed answers. Between two words, dashes, underscores and spaces are nothing: `Cold-start`
/// and `cold start` → `coldstart`. Between letters that stand alone and beside digits and signs they stay: `x-1`, `-1`.
pub fn keep(text: &str) -> String {
    let plain: Vec<char> = if text.is_ascii() {
        text.chars().map(|c| c.to_ascii_lowercase()).collect()
    } else {
        let letters = apart(text).flat_map(spelled_out).flat_map(fold_case);
        letters.nfc().fold(Vec::new(), |mut kept, c| {
            // Lower case of the Turkish dotted capital is an i with a second dot.
            if !(c == '\u{307}' && kept.last() == Some(&'i')) {
                kept.push(c);
            }
            kept
        })
    };
    without_joints(&plain)
}

/// Folds for typed answers: as [`keep`] does, without accents on Latin and Greek letters. Marks that make another letter, as
/// in `が` and `й`, stay.
pub fn typed(text: &str) -> String {
    let kept = keep(text);
    if kept.is_ascii() {
        return kept;
    }
    let mut accented = false;
    let plain = kept.nfd().filter(|c| {
        let is_mark = is_combining_mark(*c);
        if !is_mark {
            accented = is_latin_or_greek(*c);
        }
        !(is_mark && accented)
    });
    plain.flat_map(plain_latin).nfc().collect()
}

const fn is_latin_or_greek(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{df}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

/// Letters that are typed as a plain one where a keyboard lacks them; dashes and quotes stay as they are.
fn plain_latin(c: char) -> impl Iterator<Item = char> {
    let is_letter = c.is_alphabetic();
    let plain = is_letter.then_some(c).into_iter().flat_map(plain_letters);
    plain.chain((!is_letter).then_some(c))
}

/// Folds for search: lower case, no accents, dashes and underscores as spaces, runs of spaces as one.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    };
    if text.is_ascii() {
        text.chars().map(fold_ascii).for_each(push);
    } else {
        text.nfkc().flat_map(fold_char).for_each(&mut push);
    }
    out
}

/// Folds for search as [`fold`] does, without anything but letters and digits. `Cold-start` → `coldstart`.
pub fn fold_tight(text: &str) -> String {
    fold(text).chars().filter(|c| is_letter(*c)).collect()
}

/// One character folded for search: nothing for an accent of its own, a space for a dash, else lower-case letters.
/// Of a composed text, folding it character by character gives the same as [`fold`], so marks can be set letter by letter.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    let ascii = c.is_ascii().then(|| fold_ascii(c));
    let whole = is_whole(c).then_some(c);
    let single = ascii.or(whole);
    let other = single.is_none().then_some(c).into_iter();
    let other = other.flat_map(|c| c.nfkd().filter(|c| !is_dropped(*c)));
    single
        .into_iter()
        .chain(other.flat_map(fold_case).flat_map(plain_letters))
}

/// Letters that folding leaves as they are, most text of their scripts: kana, of which the voiced ones are letters of their
/// own and stay one, ideographs, syllables of Hangul, consonants of Thai.
pub const fn is_whole(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e2e}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

const fn fold_ascii(c: char) -> char {
    match c {
        '-' | '_' | '\t' | '\n' => ' ',
        c => c.to_ascii_lowercase(),
    }
}

/// Whether a character is a letter, a digit, or a mark that is part of one.
pub fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_voicing(c)
}

/// Whether a character belongs to a script that puts no spaces between words and may break a line between any two of its
/// signs: ideographs, kana and their punctuation.
pub const fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}' | '\u{3000}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3200}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

/// The marks that turn one kana into another, in full and half width.
pub const fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Whether a character makes one sign with the one before it: voicing marks, and the vowels and finals of Hangul.
pub const fn is_joining(c: char) -> bool {
    is_voicing(c) || matches!(c, '\u{1160}'..='\u{11ff}')
}

/// Full case folding, letter by letter: through upper case, which spells out `ß` and joins both forms of sigma.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    // The dotless ı is no i, though both have one capital.
    let as_is = (c == 'ı').then_some(c);
    let folded = as_is.is_none().then_some(c).into_iter();
    as_is.into_iter().chain(
        folded
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase),
    )
}

/// Compatible forms as plain ones; accents that stand alone stay what they are.
fn spelled_out(c: char) -> impl Iterator<Item = char> {
    let c = uniform(c);
    let as_is = c.nfkd().next() == Some(' ');
    let plain = (!as_is).then_some(c).into_iter().flat_map(char::nfkd);
    let as_is = as_is.then(|| if c.is_whitespace() { ' ' } else { c });
    let plain = plain.filter(|c| !is_optional(*c)).map(uniform);
    as_is.into_iter().chain(plain)
}

/// The characters, with a sign before each power and a space before each vulgar fraction: without, `2¹⁰` and `1½` would
/// become other numbers.
fn apart(text: &str) -> impl Iterator<Item = char> {
    let mut raised = false;
    text.chars().flat_map(move |c| {
        let goes_on = std::mem::replace(
            &mut raised,
            matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | 'ⁿ'),
        );
        let sign = match c {
            _ if raised && !goes_on => Some('^'),
            '¼'..='¾' | '⅐'..='⅟' => Some(' '),
            _ => None,
        };
        sign.into_iter().chain([c])
    })
}

/// Marks that nobody has to write: Hebrew points, Arabic vowel signs and stretchers, joiners and selectors without a width.
const fn is_optional(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Signs that differ by keyboard and country only.
const fn uniform(c: char) -> char {
    match c {
        '‐'..='―' | '−' | '﹘' => '-',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '\u{2044}' => '/',
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        c => c,
    }
}

/// Takes dashes, underscores and spaces off both ends and out of compounds.
fn without_joints(text: &[char]) -> String {
    let is_joint = |c: &char| matches!(c, ' ' | '-' | '_');
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at) {
        if !is_joint(c) {
            out.push(*c);
            at += 1;
            continue;
        }
        let end = at + text.iter().skip(at).take_while(|c| is_joint(c)).count();
        let (before, after) = text.split_at(at);
        let after = after.get(end - at..).unwrap_or(&[]);
        let joint = text.get(at..end).unwrap_or(&[]);
        let ends = (before.last().copied(), after.first().copied());
        let [long, longer] = [
            before.iter().rev().take_while(|c| is_letter(**c)).count() > 1,
            after.iter().take_while(|c| is_letter(**c)).count() > 1,
        ];
        let melts = match ends {
            (Some(a), Some(b)) if a.is_alphabetic() && b.is_alphabetic() => long || longer,
            _ => false,
        };
        if !melts {
            let signs = joint.iter().filter(|c| **c != ' ');
            let had = out.len();
            out.extend(signs);
            // Two numbers, or two letters that stand alone, are not one.
            let apart = match ends {
                (Some(a), Some(b)) => {
                    a.is_numeric() && b.is_numeric()
                        || a.is_alphabetic() && b.is_alphabetic()
                        || is_combining_mark(b)
                }
                _ => false,
            };
            if out.len() == had && apart {
                out.push(' ');
            }
        }
        at = end;
    }
    out
}

/// Accents and points: marks above, below or through a letter. Vowel signs of Indic scripts are letters.
fn is_dropped(c: char) -> bool {
    let class = canonical_combining_class(c);
    // What the am of Thai and Lao comes apart into beside its vowel; nobody types it alone.
    let is_am = matches!(c, '\u{e4d}' | '\u{ecd}');
    is_am
        || is_optional(c)
        || matches!(class, 1 | 7 | 9..=36 | 200..)
        || (class > 0 && !c.is_alphabetic())
}

/// Letters that are one with a plain one but do not come apart, as people type them.
fn plain_letters(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŧ' => "t",
        'ŋ' => "n",
        '‐'..='―' | '−' => " ",
        '’' | '‘' | 'ʼ' => "'",
        _ => "",
    };
    plain.chars().chain(plain.is_empty().then_some(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What both folds take as one.
    const SAME: [[&str; 2]; 23] = [
        ["Cold-start", "cold start"],
        ["Pay-per-Use", "payperuse"],
        ["ΟΔΟΣ", "οδος"],
        ["Straße", "STRASSE"],
        ["ＡＢＣ", "abc"],
        ["ﬁle", "file"],
        ["ｶﾞ", "ガ"],
        ["か\u{3099}", "が"],
        ["e\u{301}te\u{301}", "été"],
        ["İstanbul", "istanbul"],
        ["שָׁלוֹם", "שלום"],
        ["كِتَاب", "كتاب"],
        ["Little’s", "little's"],
        ["–1", "-1"],
        ["−1", "- 1"],
        ["a\u{a0}&& b", "a && b"],
        ["½", "1/2"],
        ["soft\u{ad}hyphen", "softhyphen"],
        ["2 ^ 10", "2^10"],
        ["Ｃ＋＋", "c++"],
        ["HTTP 2", "http2"],
        ["H₂O", "h2o"],
        ["\u{1109}\u{1165}\u{1107}\u{1165}", "서버"],
    ];

    #[test]
    fn accents_do_not_count_in_what_is_typed_and_letters_do() {
        for [a, b] in [
            ["resume", "résumé"],
            ["o", "ö"],
            ["l", "Ł"],
            ["λογος", "λόγος"],
            ["ao", "ão"],
        ] {
            assert_eq!(typed(a), typed(b), "{a} {b}");
        }
        for [a, b] in OTHERS.into_iter().chain([
            ["и", "й"],
            ["C", "C++"],
            ["1", "-1"],
            ["x2", "x²"],
            ["12", "1½"],
        ]) {
            assert_ne!(typed(a), typed(b), "{a} {b}");
        }
        for [a, b] in SAME {
            assert_eq!(typed(a), typed(b), "{a} {b}");
        }
    }

    /// What only the fold for search takes as one.
    const KEPT_APART: [[&str; 2]; 20] = [
        ["C", "C++"],
        ["C", "C#"],
        ["NET", ".NET"],
        ["A", "A*"],
        ["g", "g["],
        ["1", "-1"],
        ["12", "1/2"],
        ["210", "2^10"],
        ["x2", "x²"],
        ["11/2", "1½"],
        ["x1", "x-1"],
        ["ab", "a-b"],
        ["o", "ö"],
        ["l", "Ł"],
        ["resume", "résumé"],
        ["и", "й"],
        ["coop", "co*op"],
        ["1 2", "12"],
        ["littles law", "little's law"],
        ["covid19", "COVID-19"],
    ];

    /// What neither takes as one.
    const OTHERS: [[&str; 2]; 6] = [
        ["は", "ぱ"],
        ["か", "が"],
        ["サ", "ザ"],
        ["हिन्दी", "हनद"],
        ["ไฟล์", "ไฟ"],
        ["日", "本"],
    ];

    #[test]
    fn each_fold_joins_what_it_should() {
        for [a, b] in SAME {
            assert_eq!(keep(a), keep(b), "{a} {b}");
            assert_eq!(fold_tight(a), fold_tight(b), "{a} {b}");
        }
        for [a, b] in KEPT_APART {
            assert_ne!(keep(a), keep(b), "{a} {b}");
            assert_eq!(fold_tight(a), fold_tight(b), "{a} {b}");
        }
        for [a, b] in OTHERS {
            assert_ne!(keep(a), keep(b), "{a} {b}");
            assert_ne!(fold_tight(a), fold_tight(b), "{a} {b}");
        }
    }

    #[test]
    fn what_is_kept_and_what_goes() {
        let check = |text: &str, kept: &str, folded: &str| {
            assert_eq!((keep(text).as_str(), fold(text).as_str()), (kept, folded));
        };
        check(
            " Scale-to-Zero  View ",
            "scaletozeroview",
            " scale to zero view ",
        );
        check("Señor", "señor", "senor");
        check("&&", "&&", "&&");
        check("≠", "≠", "=");
        check("__init__", "__init__", " init ");
        check("a  b", "a b", "a b");
        check("x - 1", "x-1", "x 1");
        check("Œuvre ø ł", "œuvreø ł", "oeuvre o l");
        check("\u{5b0}\u{200d}", "", "");
        check("ガ", "ガ", "ガ");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,12}", near in "[aiİıßçéΣς²½´¨’ -]{0,8}", word in "[aiİıßçéΣς²½´¨’が+#]{0,8}") {
            for text in [text, near, word.clone()] {
                let folded = fold(&text);
                prop_assert_eq!(fold(&folded), folded);
            }
            prop_assert_eq!(keep(&keep(&word)), keep(&word));
        }

        #[test]
        fn what_is_kept_alike_is_found_alike(text in "[a-zA-ZäßéŁÅΣςがｶﾞ +#.-]{0,10}") {
            prop_assert_eq!(fold_tight(&keep(&text)), fold_tight(&text));
            prop_assert_eq!(keep(&text.to_uppercase()), keep(&text));
        }
    }
}
