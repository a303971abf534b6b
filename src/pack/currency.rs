//! The money that a pack's prices are in: one currency a pack, US dollars where it names none. Nothing is converted.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::pack::fields::Fields;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{quoted, width};

/// Code, sign, the plural in a sentence, the plural that leaves no doubt, and the decimals of its smallest coin.
type KnownCurrency = (&'static str, &'static str, &'static str, &'static str, u32);

/// The currencies that a pack names by their code alone; the first is taken where it names none.
const KNOWN: [KnownCurrency; 10] = [
    ("USD", "$", "dollars", "US dollars", 2),
    ("EUR", "€", "euros", "euros", 2),
    ("GBP", "£", "pounds", "pounds sterling", 2),
    ("CHF", "CHF", "francs", "Swiss francs", 2),
    ("JPY", "¥", "yen", "yen", 0),
    ("CNY", "CN¥", "yuan", "yuan", 2),
    ("INR", "₹", "rupees", "Indian rupees", 2),
    ("KRW", "₩", "won", "South Korean won", 0),
    ("AUD", "A$", "dollars", "Australian dollars", 2),
    ("CAD", "CA$", "dollars", "Canadian dollars", 2),
];
/// Another way to write the first of them, in front of an amount.
const ABROAD: (&str, &str) = ("us$", "USD");
/// Decimals of a currency that is not known here.
const DECIMALS: u32 = 2;
/// Widest sign, in cells.
const WIDEST: usize = 4;

/// A currency in words and signs.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Currency {
    /// Three capital letters: `USD`.
    pub code: SafeText,
    /// What stands in front of an amount, with a space where it ends in a letter: `$`, `CHF `.
    pub sign: SafeText,
    /// Its plural in a sentence: `dollars`.
    pub many: SafeText,
    /// The plural that leaves no doubt: `US dollars`.
    pub full: SafeText,
    /// Decimals of its smallest coin.
    pub decimals: u32,
}

impl Default for Currency {
    fn default() -> Self {
        Self::of(KNOWN[0])
    }
}

impl Currency {
    fn of((code, sign, many, full, decimals): KnownCurrency) -> Self {
        Self {
            code: SafeText::ours(code),
            sign: spaced(&SafeText::ours(sign)),
            many: SafeText::ours(many),
            full: SafeText::ours(full),
            decimals,
        }
    }

    /// The currency of a code: one that is known, else with the code for a sign and a name.
    pub fn of_code(code: &SafeText) -> Self {
        let known = KNOWN.into_iter().find(|known| known.0 == code.as_str());
        known.map_or_else(
            || Self {
                code: code.clone(),
                sign: spaced(code),
                many: code.clone(),
                full: code.clone(),
                decimals: DECIMALS,
            },
            Self::of,
        )
    }

    /// The key of files whose amounts are in it, as it is called for US dollars: `idle_eur_per_month`.
    pub fn key(&self, of_dollars: &str) -> String {
        of_dollars.replace("usd", &self.code.to_lowercase())
    }

    /// The sign where it has one cell, for axes, which have no room for more.
    pub fn narrow_sign(&self) -> SafeText {
        match width(&self.sign) {
            1 => self.sign.clone(),
            _ => SafeText::default(),
        }
    }
}

/// All ways to write the known currencies, in small letters, each with its code; none comes behind one that it begins with.
/// Several may have the same name.
pub(crate) fn written() -> Vec<(String, &'static str)> {
    let ways = |known: KnownCurrency| names(&known).map(|name| (name, known.0));
    let mut all: Vec<_> = KNOWN.into_iter().flat_map(ways).collect();
    all.push((ABROAD.0.to_owned(), ABROAD.1));
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
}

/// Code, sign, plural, singular, and the plural that leaves no doubt, in small letters.
fn names((code, sign, many, full, _): &KnownCurrency) -> [String; 5] {
    let singular = many.strip_suffix('s').unwrap_or(many);
    [code, sign, many, singular, full].map(str::to_lowercase)
}

/// A sign that ends in a letter keeps a space from the amount.
fn spaced(sign: &SafeText) -> SafeText {
    match sign.ends_with(char::is_alphabetic) {
        true => safe!("{sign} "),
        false => sign.clone(),
    }
}

/// The currency under `key`: a code, or a table of a code with a sign and a name.
pub(crate) fn read(f: &mut Fields<'_, '_>, key: &str) -> Option<Currency> {
    if !f.is_table(key) {
        return Some(Currency::of_code(&code(f, key)?));
    }
    f.table(key, |f| {
        let mut currency = Currency::of_code(&f.need("code", code));
        if let Some(sign) = f.text("sign") {
            refuse_sign(f, &sign);
            currency.sign = spaced(&sign);
        }
        if let Some(name) = f.text("name") {
            currency.many = name.clone();
            currency.full = name;
        }
        currency
    })
}

fn code(f: &mut Fields<'_, '_>, key: &str) -> Option<SafeText> {
    let code = f.text(key)?;
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(code);
    }
    let (small, at) = (code.to_lowercase(), f.place(key));
    let is_meant = |known: &KnownCurrency| names(known).contains(&small);
    let help = match KNOWN.iter().find(|known| is_meant(known)) {
        Some((meant, ..)) => safe!("write `{meant}`"),
        None => SafeText::ours(
            "write three capital letters such as `EUR`, or `{ code = \"EUR\", sign = \"€\", name = \"euros\" }`",
        ),
    };
    let message = safe!("`{}` is no code of a currency", quoted(&code));
    f.notes.refuse("currency-form", &at, message, help);
    None
}

fn refuse_sign(f: &mut Fields<'_, '_>, sign: &SafeText) {
    let is_amount = |c: char| c.is_numeric() || matches!(c, '-' | '+' | '.' | ',');
    if width(sign) > WIDEST || sign.contains(is_amount) {
        let message = safe!("`{}` cannot stand in front of an amount", quoted(sign));
        let help = safe!("write a sign of at most {WIDEST} cells without digits, such as `kr`");
        f.notes
            .refuse("currency-form", &f.place("sign"), message, help);
    }
}

/// Refuses a currency that is not that of the pack.
pub(crate) fn refuse_other(f: &mut Fields<'_, '_>, key: &str, currency: &Currency) {
    let Some(code) = f.text(key).filter(|code| *code != currency.code) else {
        return;
    };
    let (at, of_pack) = (f.place(key), &currency.code);
    let message = safe!("`{}` is not the pack's currency", quoted(&code));
    let help = safe!(
        "the prices of a pack are all in one: {of_pack}, or what `currency` under `[cost]` in pack.toml says"
    );
    f.notes.refuse("currency-other", &at, message, help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::front_matter::read_telling;

    /// Reads a currency and compares the problems as code and quoted text.
    #[track_caller]
    fn check(value: &str, expected: &[(&str, &str)]) -> Currency {
        let source = format!("currency = {value}");
        read_telling(&source, expected, |f| {
            read(f, "currency").unwrap_or_default()
        })
    }

    #[test]
    fn a_currency_is_known_by_its_code_or_tells_its_sign() {
        let told = |value: &str| {
            let of = check(value, &[]);
            format!(
                "{}|{}|{}|{}|{}",
                of.code, of.sign, of.many, of.full, of.decimals
            )
        };
        assert_eq!(told("\"USD\""), "USD|$|dollars|US dollars|2");
        assert_eq!(told("\"EUR\""), "EUR|€|euros|euros|2");
        assert_eq!(told("\"JPY\""), "JPY|¥|yen|yen|0");
        assert_eq!(told("\"CHF\""), "CHF|CHF |francs|Swiss francs|2");
        assert_eq!(told("\"NOK\""), "NOK|NOK |NOK|NOK|2");
        let table = "{ code = \"NOK\", sign = \"kr\", name = \"kroner\" }";
        assert_eq!(told(table), "NOK|kr |kroner|kroner|2");
        assert_eq!(told("{ code = \"EUR\" }"), "EUR|€|euros|euros|2");
    }

    #[test]
    fn a_slip_is_told_with_what_was_meant() {
        let meant = |value: &str, code: &str| {
            let quoted = format!("\"{value}\"");
            let help = read_telling(
                &format!("currency = {quoted}"),
                &[("currency-form", &quoted)],
                |f| {
                    assert_eq!(read(f, "currency"), None, "{value}");
                    f.notes.problems[0].help.clone().unwrap_or_default()
                },
            );
            let expected = match code {
                "" => "write three capital letters such as `EUR`".to_owned(),
                code => format!("write `{code}`"),
            };
            assert!(help.starts_with(&expected), "{value}: {help}");
        };
        meant("euro", "EUR");
        meant("€", "EUR");
        meant("Eur", "EUR");
        meant("EURO", "EUR");
        meant("US dollars", "USD");
        meant("A$", "AUD");
        meant("swiss francs", "CHF");
        meant("E", "");
        super::tests::check("{ sign = \"x\" }", &[("key-missing", "{ sign = \"x\" }")]);
        for sign in ["\"12\"", "\"-\"", "\"crowns\""] {
            let value = format!("{{ code = \"NOK\", sign = {sign} }}");
            super::tests::check(&value, &[("currency-form", sign)]);
        }
        super::tests::check("5", &[("value-type", "5")]);
    }

    #[test]
    fn keys_and_axes_have_its_code_and_its_sign() {
        let of = |value: &str| check(value, &[]);
        assert_eq!(
            of("\"EUR\"").key("idle_usd_per_month"),
            "idle_eur_per_month"
        );
        assert_eq!(Currency::default().key("usd"), "usd");
        assert_eq!(of("\"EUR\"").narrow_sign().as_str(), "€");
        assert_eq!(of("\"CHF\"").narrow_sign().as_str(), "");
    }
}
