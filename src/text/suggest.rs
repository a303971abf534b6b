//! Near misses: what somebody probably meant.
//! A suggestion is close enough that a stranger would agree, or there is none.

use crate::text::fold::fold;
use crate::text::safe::SafeText;

/// The candidate nearest to `word`, when it is near: one edit for short words, up to three for long ones.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    few(word, candidates.into_iter().map(|c| (c, c)), 1).pop()
}

/// What the candidates nearest to `word` stand for, nearest first, each once, at most `most`; only those that are near.
pub fn few<'a, T: PartialEq>(
    word: &str,
    candidates: impl IntoIterator<Item = (&'a str, T)>,
    most: usize,
) -> Vec<T> {
    let word = fold(word);
    let length = word.chars().count();
    let limit = (1 + length / 5).min(3);
    let distance = |(name, value): (&'a str, T)| {
        // A cheap look first: an edit changes the length by one at most, and folding hardly ever adds letters.
        if name.chars().count() + limit < length {
            return None;
        }
        let name = fold(name);
        if name.chars().count().abs_diff(length) > limit {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&word, &name);
        (distance <= limit).then_some((distance, value))
    };
    let mut near: Vec<(usize, T)> = candidates.into_iter().filter_map(distance).collect();
    near.sort_by_key(|(distance, _)| *distance);
    let mut found: Vec<T> = Vec::new();
    for (_, value) in near {
        if found.len() < most && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// A message's next step for a word that is none of `all`: the nearest of them, or all.
pub fn did_you_mean(word: &str, all: &[&str]) -> SafeText {
    nearest(word, all.iter().copied()).map_or_else(
        || crate::safe!("one of {}", all.join(", ")),
        |near| crate::safe!("did you mean {near}?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_near() {
        let ids = ["cold-start", "warm-start", "scale-to-zero"];
        assert_eq!(nearest("cold-strat", ids), Some("cold-start"));
        assert_eq!(nearest("scale-to-zeor", ids), Some("scale-to-zero"));
        assert_eq!(nearest("billing", ids), None);
    }

    #[test]
    fn a_miss_names_the_nearest_or_all() {
        let help = |word| did_you_mean(word, &["dark", "light"]).to_string();
        assert_eq!(help("drak"), "did you mean dark?");
        assert_eq!(help("mauve"), "one of dark, light");
    }

    #[test]
    fn the_nearest_come_first_and_once() {
        let names = [
            ("cold starts", 1),
            ("cold start", 2),
            ("Cold-Start", 2),
            ("coal star", 3),
            ("warm start", 4),
        ];
        assert_eq!(few("cold start", names, 3), [2, 1, 3]);
        assert_eq!(few("cold start", names, 1), [2]);
        assert!(few::<usize>("cold start", [], 3).is_empty());
    }
}
