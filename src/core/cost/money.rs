//! Amounts of money, exact.
//!
//! Adding and multiplying loses nothing down to a millionth of a millionth of a dollar. Binary floating point
//! would make $90.835 a little less than that and round it down; nano-dollars would not hold a price such as
//! $0.0000166667 per GB-second. What would overflow stays at the largest amount instead.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Serialize, Serializer};

use crate::text::measure::thousands;

/// Picodollars in a dollar.
const PER_DOLLAR: i128 = 1_000_000_000_000;
/// Picodollars in a cent.
const PER_CENT: i128 = PER_DOLLAR / 100;
/// Dearest price that is read, in dollars; a larger one is a slip of the pen.
const DEAREST: f64 = 1e6;

/// An amount in US dollars, held in picodollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Usd(i128);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A price as an author wrote it, in dollars. Below zero and what is no number count as nothing.
    pub fn price(dollars: f64) -> Self {
        Self((dollars.clamp(0.0, DEAREST) * PER_DOLLAR as f64).round() as i128)
    }

    /// This price for `amount` out of every `per`, to the nearest picodollar.
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

    /// Cents, half a cent rounded up.
    pub const fn cents(self) -> i128 {
        (self.0.saturating_add(PER_CENT / 2)).div_euclid(PER_CENT)
    }

    /// Dollars, for drawing and for JSON.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / PER_DOLLAR as f64
    }

    /// Nothing at all, not merely less than a cent.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// All decimals that are there, at least two: `$96.46682`.
    pub fn exact(self) -> String {
        let fraction = format!("{:012}", self.0.unsigned_abs() % PER_DOLLAR.unsigned_abs());
        let kept = fraction.trim_end_matches('0');
        format!(
            "{}${}.{kept:0<2}",
            sign(self.0),
            dollars(self.0.unsigned_abs() / PER_DOLLAR.unsigned_abs())
        )
    }
}

impl Serialize for Usd {
    /// Dollars as a number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

impl fmt::Display for Usd {
    /// Dollars and cents, half a cent rounded up: `$1,337.30`. More than nothing that would round to nothing is
    /// `<$0.01`, because the difference between the two is what this program is about.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.cents();
        if cents == 0 && self.0 > 0 {
            return f.pad("<$0.01");
        }
        let whole = cents.unsigned_abs();
        f.pad(&format!(
            "{}${}.{:02}",
            sign(cents),
            dollars(whole / 100),
            whole % 100
        ))
    }
}

fn sign(n: i128) -> &'static str {
    if n < 0 { "-" } else { "" }
}

fn dollars(n: u128) -> String {
    thousands(u64::try_from(n).unwrap_or(u64::MAX))
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cent_is_rounded_up() {
        let check = |dollars: f64, shown: &str, exact: &str| {
            assert_eq!(
                (Usd::price(dollars).to_string(), Usd::price(dollars).exact()),
                (shown.into(), exact.into())
            );
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
        assert_eq!((Usd::ZERO - Usd::price(12.5)).to_string(), "-$12.50");
    }

    #[test]
    fn a_price_times_an_amount_is_exact() {
        assert_eq!(
            Usd::price(0.0000166667).times(4_600_000, 1).exact(),
            "$76.66682"
        );
        assert_eq!(
            Usd::price(0.2).times(99_000_000, 1_000_000).exact(),
            "$19.80"
        );
        assert_eq!(Usd::price(1.0).times(1, 3).exact(), "$0.333333333333");
        assert_eq!(Usd::price(1.0).times(2, 3).exact(), "$0.666666666667");
        assert_eq!(
            Usd::price(1e9).times(u128::MAX, 1).times(u128::MAX, 1),
            Usd(i128::MAX)
        );
    }
}
