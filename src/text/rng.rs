//! Chance that repeats: a small generator whose numbers are ours to keep.
//! The same seed gives the same numbers in every version of this program; nothing here is secret or secure.

/// SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rng(u64);

/// The odd number nearest to 2⁶⁴ divided by the golden ratio.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

impl Rng {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator for one matter among many under the same seed, such as the choices of one question.
    pub fn of(seed: u64, matter: &str, round: u64) -> Self {
        Self(mixed(
            seed ^ mixed(hash(matter).wrapping_add(round.wrapping_mul(GAMMA))),
        ))
    }

    /// The next 64 bits.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mixed(self.0)
    }

    /// A number from 0 to `n - 1`, each equally likely but for one part in 2⁶⁴ divided by `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.draw()) * n as u128;
        (wide >> 64) as usize
    }

    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

const fn mixed(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// FNV-1a over the bytes: 64 bits that stay the same in every version.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the published generator for this seed.
    #[test]
    fn numbers_are_the_published_ones() {
        let mut rng = Rng::new(1_234_567);
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!([rng.draw(), rng.draw(), rng.draw()], expected);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn orders_are_pinned_and_complete() {
        let check = |seed, matter: &str, round, expected: &[usize]| {
            let mut order: Vec<usize> = (0..expected.len()).collect();
            Rng::of(seed, matter, round).shuffle(&mut order);
            assert_eq!(order, expected, "{seed} {matter} {round}");
        };
        check(7, "bus-rule", 0, &[1, 2, 3, 0]);
        check(7, "bus-rule", 1, &[3, 0, 1, 2]);
        check(8, "bus-rule", 0, &[0, 3, 2, 1]);
        check(7, "", 0, &[]);
    }

    #[test]
    fn every_order_of_three_is_about_equally_likely() {
        let mut seen = std::collections::BTreeMap::new();
        for seed in 0..6000 {
            let mut order = [0, 1, 2];
            Rng::of(seed, "x", 0).shuffle(&mut order);
            *seen.entry(order).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|n| (900..1100).contains(n)), "{seen:?}");
    }
}
