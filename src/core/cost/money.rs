//! Amounts of money, exact.
//!
//! Adding and multiplying loses nothing down to a millionth of a millionth of a dollar or euro. Binary floating point
//! would make $90.835 a little less than that and round it down; billionths would not hold a price such as
//! $0.0000166667 per GB-second. What would overflow stays at the largest amount instead.

use std::ops::{Add, Sub};

use serde::{Serialize, Serializer};

use crate::pack::Currency;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::thousands;

/// Parts that a whole dollar or euro is held in.
const PER_WHOLE: i128 = 1_000_000_000_000;
/// Dearest price that is read, in dollars or euros; a larger one is a slip of the pen. A million of something may be dear.
const DEAREST: f64 = 1e12;

/// An amount in the currency of its pack, held in millionths of a millionth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money(i128);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A price as an author wrote it. Below zero and what is no number count as nothing.
    pub fn price(amount: f64) -> Self {
        Self((amount.clamp(0.0, DEAREST) * PER_WHOLE as f64).round() as i128)
    }

    /// This price for `amount` out of every `per`, to the nearest part that is held.
    #[must_use]
    pub fn times(self, amount: u128, per: u128) -> Self {
        let amount = i128::try_from(amount).unwrap_or(i128::MAX);
        let per = i128::try_from(per.max(1)).unwrap_or(i128::MAX);
        let product = self.0.saturating_mul(amount);
        // Small numbers are divided by the processor, large ones by a routine ten times as slow.
        let rounded = product.saturating_add(per / 2);
        match (u64::try_from(rounded), u64::try_from(per)) {
            (Ok(small), Ok(per)) => Self(i128::from(small / per)),
            (Ok(_) | Err(_), Ok(_) | Err(_)) => Self(rounded / per),
        }
    }

    /// This amount at another price in place of the one it was worked out with, to the nearest picodollar.
    #[must_use]
    pub fn at_rate(self, price: Self, in_place_of: Self) -> Self {
        let amount = u128::try_from(price.0).unwrap_or(0);
        self.times(amount, u128::try_from(in_place_of.0).unwrap_or(1))
    }

    /// How often a price goes into this amount; `None` for a price of nothing.
    pub fn divided_by(self, price: Self) -> Option<u128> {
        u128::try_from(self.0.checked_div(price.0)?).ok()
    }

    /// In the smallest coin of a currency, half of one rounded up.
    pub fn rounded(self, currency: &Currency) -> i128 {
        let coin = coin(currency);
        (self.0.saturating_add(coin / 2)).div_euclid(coin)
    }

    /// The amount as a number, for drawing and for JSON.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / PER_WHOLE as f64
    }

    /// Nothing at all, not merely less than the smallest coin.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// With the sign of its currency, half of the smallest coin rounded up: `$1,337.30`. More than nothing that would round
    /// to nothing is `<$0.01`, because the difference between the two is what this program is about.
    pub fn shown(self, currency: &Currency) -> SafeText {
        let (coins, sign) = (self.rounded(currency), &currency.sign);
        let places = currency.decimals as usize;
        if coins == 0 && self.0 > 0 {
            return match places {
                0 => safe!("<{sign}1"),
                _ => safe!("<{sign}0.{:0>places$}", 1),
            };
        }
        let per = (PER_WHOLE / coin(currency)).unsigned_abs();
        let (minus, all) = (minus(coins), coins.unsigned_abs());
        let whole = grouped(all / per);
        match places {
            0 => safe!("{minus}{sign}{whole}"),
            _ => safe!("{minus}{sign}{whole}.{:0>places$}", all % per),
        }
    }

    /// With all decimals that are there, at least those of the smallest coin: `$96.46682`.
    pub fn exact(self, currency: &Currency) -> SafeText {
        let per = PER_WHOLE.unsigned_abs();
        let fraction = format!("{:012}", self.0.unsigned_abs() % per);
        let (kept, least) = (fraction.trim_end_matches('0'), currency.decimals as usize);
        let (minus, sign) = (minus(self.0), &currency.sign);
        let whole = grouped(self.0.unsigned_abs() / per);
        match kept.len().max(least) {
            0 => safe!("{minus}{sign}{whole}"),
            places => safe!("{minus}{sign}{whole}.{kept:0<places$}"),
        }
    }
}

#[cfg(test)]
impl Money {
    pub fn in_dollars(self) -> String {
        self.shown(&Currency::default()).to_string()
    }

    pub fn exact_in_dollars(self) -> String {
        self.exact(&Currency::default()).to_string()
    }
}

/// The smallest coin of a currency, in what amounts are held in.
const fn coin(currency: &Currency) -> i128 {
    PER_WHOLE / 10i128.pow(currency.decimals)
}

impl Serialize for Money {
    /// The amount as a number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

fn minus(n: i128) -> &'static str {
    if n < 0 { "-" } else { "" }
}

fn grouped(n: u128) -> String {
    thousands(u64::try_from(n).unwrap_or(u64::MAX))
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cent_is_rounded_up() {
        let dollars = Currency::default();
        let check = |amount: f64, shown: &str, exact: &str| {
            let amount = Money::price(amount);
            let found = (amount.shown(&dollars), amount.exact(&dollars));
            assert_eq!((found.0.as_str(), found.1.as_str()), (shown, exact));
        };
        check(0.0, "$0.00", "$0.00");
        check(90.835, "$90.84", "$90.835");
        check(0.225, "$0.23", "$0.225");
        check(1.005, "$1.01", "$1.005");
        check(0.0049, "<$0.01", "$0.0049");
        check(0.005, "$0.01", "$0.005");
        check(1337.3, "$1,337.30", "$1,337.30");
        check(0.0000166667, "<$0.01", "$0.0000166667");
        check(-3.0, "$0.00", "$0.00");
        check(f64::NAN, "$0.00", "$0.00");
        assert_eq!(
            (Money::ZERO - Money::price(12.5)).shown(&dollars).as_str(),
            "-$12.50"
        );
    }

    #[test]
    fn every_currency_has_its_sign_and_its_coins() {
        let currency = |code: &str| Currency::of_code(&SafeText::line(code));
        let check = |code: &str, amount: f64, shown: &str, exact: &str| {
            let (amount, currency) = (Money::price(amount), currency(code));
            let found = (amount.shown(&currency), amount.exact(&currency));
            assert_eq!((found.0.as_str(), found.1.as_str()), (shown, exact));
        };
        check("EUR", 1337.3, "€1,337.30", "€1,337.30");
        check("EUR", 0.0049, "<€0.01", "€0.0049");
        check("CHF", 12.5, "CHF 12.50", "CHF 12.50");
        check("JPY", 1337.5, "¥1,338", "¥1,337.5");
        check("JPY", 0.4, "<¥1", "¥0.4");
        check("JPY", 0.0, "¥0", "¥0");
    }

    #[test]
    fn a_price_times_an_amount_is_exact() {
        assert_eq!(
            Money::price(0.0000166667)
                .times(4_600_000, 1)
                .exact(&Currency::default())
                .as_str(),
            "$76.66682"
        );
        assert_eq!(
            Money::price(0.2)
                .times(99_000_000, 1_000_000)
                .exact(&Currency::default())
                .as_str(),
            "$19.80"
        );
        assert_eq!(
            Money::price(1.0)
                .times(1, 3)
                .exact(&Currency::default())
                .as_str(),
            "$0.333333333333"
        );
        assert_eq!(
            Money::price(1.0)
                .times(2, 3)
                .exact(&Currency::default())
                .as_str(),
            "$0.666666666667"
        );
        assert_eq!(
            Money::price(1e9).times(u128::MAX, 1).times(u128::MAX, 1),
            Money(i128::MAX)
        );
    }
}
