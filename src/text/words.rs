//! Words for the values of an enum, as files, JSON and the command line spell them.

/// An enum whose values have words. The first value stands in where a word was refused.
pub trait Words: Copy + PartialEq + 'static {
    /// Every value with its word, in the order they are listed; at least one.
    const WORDS: &'static [(&'static str, Self)];

    fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, value)| *value == self);
        found.map_or("", |(word, _)| word)
    }

    fn from_word(word: &str) -> Option<Self> {
        value_of(Self::WORDS, &word).copied()
    }
}

/// What a short list of pairs holds for a key.
pub fn value_of<'a, K: PartialEq, V>(pairs: &'a [(K, V)], key: &K) -> Option<&'a V> {
    pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, PartialEq, Debug)]
    enum Light {
        On,
        Off,
    }

    impl Words for Light {
        const WORDS: &'static [(&'static str, Self)] = &[("off", Self::Off), ("on", Self::On)];
    }

    #[test]
    fn words_and_values_name_each_other() {
        for (word, light) in [("on", Light::On), ("off", Light::Off)] {
            assert_eq!((light.word(), Light::from_word(word)), (word, Some(light)));
        }
        for unknown in ["", "On", "of"] {
            assert_eq!(Light::from_word(unknown), None, "{unknown}");
        }
    }
}
