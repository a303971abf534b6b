//! Numbers as people write them: with thousands separators, currency signs, scale words and units.
//! `1,234.5`, `1 234,5` and `1.234,5` are the same number; a unit that is not the wanted one is reported, never
//! guessed; every number read is finite.

use crate::pack::currency::written;
use crate::text::SafeText;
use crate::text::fold::{fold, fold_tight};
use crate::text::measure::thousands;
use crate::text::words::value_of;

/// Words that multiply.
const SCALES: [(&str, f64); 8] = [
    ("k", 1e3),
    ("thousand", 1e3),
    ("million", 1e6),
    ("mn", 1e6),
    ("mio", 1e6),
    ("m", 1e6),
    ("billion", 1e9),
    ("bn", 1e9),
];
/// Units of time in seconds.
const TIMES: [(&str, f64); 15] = [
    ("ms", 1e-3),
    ("millisecond", 1e-3),
    ("milliseconds", 1e-3),
    ("s", 1.0),
    ("sec", 1.0),
    ("second", 1.0),
    ("seconds", 1.0),
    ("min", 60.0),
    ("minute", 60.0),
    ("minutes", 60.0),
    ("h", 3600.0),
    ("hour", 3600.0),
    ("hours", 3600.0),
    ("day", 86_400.0),
    ("days", 86_400.0),
];
/// Most digits behind those that are shown at first; with them every number can be told from its neighbors.
const DIGITS: usize = 14;

/// Reads a number that is wanted in a unit. The error says what is wrong.
pub fn read(text: &str, unit: &str) -> Result<f64, SafeText> {
    // Also what phones and word processors type for a minus, a space and an apostrophe.
    let text = SafeText::line(text.trim())
        .replace('−', "-")
        .replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")
        .replace('’', "'");
    let text = text.trim_start_matches(['~', '≈', '=', ' ']).to_lowercase();
    let (text, currency) = without_currency(&text, &unit.to_lowercase());
    let (number, rest) = split(&text);
    let value =
        plain(number).ok_or_else(|| SafeText::ours("that is no number: write it as 1,234.5"))?;
    let given = match &currency {
        Some(written) if rest.is_empty() => written,
        Some(_) | None => rest,
    };
    let value = value * factor(given, unit).ok_or_else(|| wanted(unit))?;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(SafeText::ours("that number is too large"))
    }
}

fn wanted(unit: &str) -> SafeText {
    if unit.is_empty() {
        return SafeText::ours("the answer has no unit; write a number alone");
    }
    crate::safe!("the answer is wanted in {unit}; a number alone will do")
}

/// Takes a currency off the front, behind a sign too: one that is known, or the unit itself, as a pack may call its own.
fn without_currency(text: &str, unit: &str) -> (String, Option<String>) {
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    let known = written().into_iter().map(|(name, _)| name);
    let mut names = known.chain(Some(unit.to_owned()).filter(|unit| !unit.is_empty()));
    let is_amount =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || "-+.,".contains(c));
    let stripped = names.find_map(|name| {
        let rest = rest.strip_prefix(&name)?.trim_start();
        is_amount(rest).then(|| (rest.to_owned(), name))
    });
    match stripped {
        Some((rest, name)) => (format!("{sign}{rest}"), Some(name)),
        None => (text.to_owned(), None),
    }
}

/// The number at the start, and what stands behind it.
fn split(text: &str) -> (&str, &str) {
    let word = text.split(' ').next().unwrap_or("");
    // Otherwise `1e6` would be one of a unit called e6.
    if word.contains('e')
        && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && word.parse::<f64>().is_ok()
    {
        return (word, text.get(word.len()..).unwrap_or("").trim());
    }
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',' | '_' | '\'' | ' ');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (number.trim(), rest.trim())
}

/// A number without words.
fn plain(text: &str) -> Option<f64> {
    if text.contains('e') {
        return text.parse::<f64>().ok().filter(|n| n.is_finite());
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = match decimal(digits) {
        Some(at) => (digits.get(..at)?, digits.get(at + 1..)?),
        None => (digits, ""),
    };
    let whole = ungrouped(whole)?;
    if !part.bytes().all(|b| b.is_ascii_digit()) || whole.is_empty() && part.is_empty() {
        return None;
    }
    format!("{whole}.{part}0")
        .parse::<f64>()
        .ok()
        .map(|n| sign * n)
}

/// Where the decimal sign stands, if there is one: the last of two kinds, or a single one that parts no thousands.
fn decimal(digits: &str) -> Option<usize> {
    let (comma, dot) = (digits.rfind(','), digits.rfind('.'));
    let alone = |sign: char| digits.matches(sign).count() == 1;
    match (comma, dot) {
        (Some(comma), Some(dot)) if comma > dot => Some(comma),
        (_, Some(dot)) if alone('.') => Some(dot),
        (Some(comma), None) if alone(',') && ungrouped(digits).is_none() => Some(comma),
        _ => None,
    }
}

/// The digits of a whole number whose thousands may be parted by one kind of sign; `None` when they are parted oddly.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split([',', '.', '_', '\'', ' ']);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let digits = |g: &str| g.bytes().all(|b| b.is_ascii_digit());
    let one_kind = text
        .bytes()
        .filter(|b| !b.is_ascii_digit())
        .all(|b| text.bytes().find(|b| !b.is_ascii_digit()) == Some(b));
    let fits = rest.is_empty()
        || (1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3 && digits(g));
    (digits(first) && fits && one_kind).then(|| format!("{first}{}", rest.concat()))
}

/// By what a number with these words behind it is to be multiplied; `None` when they name another unit.
fn factor(given: &str, unit: &str) -> Option<f64> {
    let scale = |words: &str| {
        let first = words.split(' ').next().unwrap_or("");
        let found = SCALES.iter().find(|(name, _)| *name == first);
        found.map(|(name, by)| (*by, words.get(name.len()..).unwrap_or("").trim().to_owned()))
    };
    let (given, unit) = (&*in_letters(given), fold(&in_letters(unit)));
    // A number alone is taken to be in the unit that was asked for.
    if given.is_empty() {
        return Some(1.0);
    }
    if let (Some(from), Some(to)) = (value_of(&TIMES, &given), value_of(&TIMES, &unit.as_str())) {
        return Some(from / to);
    }
    let (unit_scale, unit_rest) = scale(&unit).unwrap_or((1.0, unit.clone()));
    match scale(given) {
        Some((by, rest)) => {
            (rest.is_empty() || same_unit(&rest, &unit_rest)).then_some(by / unit_scale)
        }
        None => same_unit(given, &unit_rest).then_some(1.0 / unit_scale),
    }
}

/// A unit with its signs in letters.
fn in_letters(unit: &str) -> String {
    let unit = unit.to_lowercase().replace('%', "percent");
    let unit = unit.replace("per cent", "percent");
    let signs = written().into_iter();
    let signs = signs.filter(|(name, _)| !name.ends_with(char::is_alphabetic));
    signs.fold(unit, |unit, (sign, code)| {
        unit.replace(&sign, &code.to_lowercase())
    })
}

/// The codes of the currencies that these words name, else the words.
fn currencies(words: &str) -> Vec<String> {
    let named = written().into_iter().filter(|(name, _)| name == words);
    let codes: Vec<String> = named.map(|(_, code)| code.to_lowercase()).collect();
    if codes.is_empty() {
        return vec![words.to_owned()];
    }
    codes
}

/// Whether these words name the unit, whole or in part: `requests` names `requests per second`.
fn same_unit(given: &str, unit: &str) -> bool {
    let units = currencies(unit);
    let mut pairs = currencies(given).into_iter().flat_map(|given| {
        let units = units.iter();
        units.map(move |unit| (given.clone(), unit))
    });
    pairs.any(|(given, unit)| {
        let (tight, whole) = (fold_tight(&given), fold_tight(unit));
        let words = fold(unit);
        let is_word = |word: &str| words.split(' ').any(|of| of == word);
        !tight.is_empty() && (whole.starts_with(&tight) || fold(&given).split(' ').all(is_word))
    })
}

/// A number as it is shown: thousands parted, four digits that count, and more where the point would else fall further off
/// than this share of it, so that what is shown is right as an answer.
pub fn shown(value: f64, tolerance: f64) -> String {
    if value < 0.0 {
        return format!("-{}", shown(-value, tolerance));
    }
    let places = if value >= 1000.0 || value == 0.0 {
        0
    } else {
        (3 - libm::log10(value).floor() as i32).clamp(0, 12) as usize
    };
    let rounded = (places..places + DIGITS).map(|places| format!("{value:.places$}"));
    let close = |text: &String| {
        let off = (text.parse::<f64>().unwrap_or(f64::NAN) - value).abs();
        off <= tolerance * value
    };
    let text = { rounded }.find(close).unwrap_or_else(|| value.to_string());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let whole = whole.parse::<u64>().map_or(whole.to_owned(), thousands);
    if part.is_empty() {
        whole
    } else {
        format!("{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let check = |text: &str, unit: &str, expected: f64| {
            let got = read(text, unit).unwrap_or(f64::NAN);
            assert!(
                (got - expected).abs() <= 1e-9 * expected.abs(),
                "{text:?} in {unit}: {got}, not {expected}"
            );
        };
        for text in [
            "1234.5",
            "1,234.5",
            "1 234,5",
            "1.234,5",
            "1_234.5",
            "1'234.5",
            "1\u{202f}234,5",
            " ~1234.50 ",
            "1.2345e3",
        ] {
            check(text, "USD", 1234.5);
        }
        for (text, value) in [
            ("1,5", 1.5),
            ("1,500", 1500.0),
            ("1.500", 1.5),
            ("1.500.000", 1.5e6),
            (".5", 0.5),
            ("5.", 5.0),
        ] {
            check(text, "units", value);
        }
        check("-3", "units", -3.0);
        check("0.3 million", "GB-seconds", 300_000.0);
        check("300k", "GB-seconds", 300_000.0);
        check("300,000 GB-s", "GB-seconds", 300_000.0);
        check("1,075", "thousand calls", 1075.0);
        check("1,075 thousand", "thousand calls", 1075.0);
        check("1,075 thousand calls", "thousand calls", 1075.0);
        check("1.075 million calls", "thousand calls", 1075.0);
        check("1,075,000 calls", "thousand calls", 1075.0);
        check("1.5 min", "seconds", 90.0);
        check("1500 ms", "seconds", 1.5);
        check("2 s", "ms", 2000.0);
        check("90 minutes", "minutes", 90.0);
        check("65.7%", "percent", 65.7);
        check("3.53 per million", "USD per million", 3.53);
        check("$3.53", "USD per million", 3.53);
        check("50 requests", "requests per second", 50.0);
    }

    #[test]
    fn amounts_are_read_with_their_signs() {
        let check = |text: &str, unit: &str, expected: f64| {
            let got = read(text, unit).unwrap_or(f64::NAN);
            assert!(
                (got - expected).abs() <= 1e-9 * expected.abs(),
                "{text}: {got}"
            );
        };
        check("−$3.20", "USD", -3.2);
        for text in [
            "$36.04",
            "36.04 USD",
            "36.04 dollars",
            "usd 36.04",
            "36.04$",
            "US$ 36,04",
        ] {
            check(text, "USD", 36.04);
        }
        for text in ["€36.04", "36,04 €", "36.04 euros", "EUR 36.04", "36.04"] {
            check(text, "EUR", 36.04);
            check(text, "€ a month", 36.04);
            check(text, "euros", 36.04);
        }
        check("$3.20", "$ a month", 3.2);
        check("£3.20", "GBP", 3.2);
        check("3.20 pounds", "GBP", 3.2);
        check("CHF 3.20", "CHF", 3.2);
        check("3.20 francs", "CHF", 3.2);
        for text in ["A$3.20", "A$ 3.20", "AUD 3.20", "3.20 A$", "3.20 dollars"] {
            check(text, "AUD", 3.2);
            check(text, "A$ a month", 3.2);
        }
        for text in ["kr 3.20", "3.20 kr", "kr3.20", "3.20"] {
            check(text, "kr", 3.2);
        }
        check("65.7 percent", "%", 65.7);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let check = |text: &str, unit: &str, expected: &str| {
            assert_eq!(
                read(text, unit).map_err(|e| e.to_string()),
                Err(expected.to_owned()),
                "{text:?}"
            )
        };
        let number = "that is no number: write it as 1,234.5";
        for text in [
            "",
            "abc",
            "-",
            "1,2,3",
            "1.2.3",
            "12,34,567",
            "$",
            "e",
            "1e999",
            "--1",
            "NaN",
            "inf",
        ] {
            check(text, "USD", number);
        }
        check(
            "5 apples",
            "USD",
            "the answer is wanted in USD; a number alone will do",
        );
        check(
            "5 ms",
            "USD",
            "the answer is wanted in USD; a number alone will do",
        );
        check(
            "€5",
            "USD",
            "the answer is wanted in USD; a number alone will do",
        );
        check(
            "US$ 5",
            "AUD",
            "the answer is wanted in AUD; a number alone will do",
        );
        check(
            "5 apples",
            "",
            "the answer has no unit; write a number alone",
        );
        check(
            "5 $",
            "minutes",
            "the answer is wanted in minutes; a number alone will do",
        );
    }

    #[test]
    fn numbers_are_shown_to_be_read() {
        let check = |value: f64, expected: &str| assert_eq!(shown(value, 0.01), expected);
        check(1074.7494, "1,075");
        check(300_000.0, "300,000");
        check(36.0401, "36.04");
        check(3.75, "3.75");
        check(5.0, "5");
        check(0.0, "0");
        check(0.20, "0.2");
        check(0.000_033_533, "0.00003353");
        check(-7.0956, "-7.096");
        let check = |value: f64, tolerance, expected: &str| {
            assert_eq!(shown(value, tolerance), expected);
        };
        check(1234.5, 0.0, "1,234.5");
        check(1234.5, 0.001, "1,234");
        check(123_456.78, 0.0, "123,456.78");
        check(2.236_067_97, 0.0, "2.23606797");
        check(2.236_067_97, 1e-6, "2.23607");
        check(0.1 + 0.2, 0.0, "0.30000000000000004");
        check(1e15, 0.0, "1,000,000,000,000,000");
        check(90.0, 0.0, "90");
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(text in ".{0,24}", unit in "(USD|seconds|thousand calls|percent|.{0,8})") {
            if let Ok(value) = read(&text, &unit) {
                proptest::prop_assert!(value.is_finite());
            }
        }

        #[test]
        fn what_is_shown_is_read_as_right(
            value in prop_oneof![-1e15..1e15, -10.0..10.0, -1e-6..1e-6, (-1_000_000_i32..1_000_000).prop_map(|n| f64::from(n) / 100.0)],
            tolerance in prop_oneof![Just(0.0), Just(1e-9), 0.0..0.5],
        ) {
            let shown = shown(value, tolerance);
            let off = (read(&shown, "units").unwrap_or(f64::NAN) - value).abs();
            prop_assert!(off <= tolerance * value.abs(), "{shown} for {value}");
        }

        #[test]
        fn what_is_written_with_separators_is_read(n in 0_u64..1_000_000_000_000) {
            proptest::prop_assert_eq!(read(&thousands(n), "units"), Ok(n as f64));
        }
    }
}
