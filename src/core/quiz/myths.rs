//! The myths that wrong choices stand for, and how often a learner met each.
//! Guarantee: a myth is met by choosing what stands for it, never by leaving a question or by missing it otherwise.

use std::collections::BTreeMap;

use crate::core::progress::{Progress, key};
use crate::core::quiz::presented::choices;
use crate::pack::{Library, Question};

/// Ids of the myths behind the wrong choices among these keys.
pub(super) fn behind(
    question: &Question,
    is_chosen: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (&str, String)> {
    let wrong = choices(question).iter().filter(|choice| !choice.right);
    let named =
        wrong.filter_map(|choice| Some((choice.myth.as_deref()?, key(&choice.text.text()))));
    named.filter(move |(_, key)| is_chosen(key))
}

/// How often each myth of the pack was met, by id; those never met are left out.
pub fn met(library: &Library, progress: &Progress) -> BTreeMap<String, u32> {
    let mut met = BTreeMap::new();
    for (id, chosen) in &progress.totals.misled {
        let Some(question) = library.question(id) else {
            continue;
        };
        for (myth, key) in behind(question, |key| chosen.contains_key(key)) {
            let times = met.entry(myth.to_owned()).or_insert(0_u32);
            *times = times.saturating_add(chosen.get(&key).copied().unwrap_or_default());
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::progress::{IdSource, Review, ReviewOutcome};
    use crate::core::schedule::{DesiredRecall, Grade};
    use crate::pack::MemoryFiles;
    use crate::text::Timestamp;

    const QUESTION: &str = "Which?\n\n- [x] One\n  > Yes.\n- [ ] Two\n  > No.\n  >\n\
                            \x20 > Myth: [Free.](../myths/bells-are-free.md)\n- [ ] Three\n  > No.\n\n---\n\nOne it is.\n";

    fn check(answers: &[(ReviewOutcome, &str)], expected: &[(&str, u32)]) {
        let pack = include_str!("../../../tests/packs/good/pack.toml");
        let files = [("pack.toml", pack), ("questions/a.md", QUESTION)];
        let library = Library::open(std::sync::Arc::new(MemoryFiles::of(files))).unwrap();
        let mut ids = IdSource::new(1);
        let reviews = answers
            .iter()
            .enumerate()
            .map(|(n, (outcome, chosen))| Review {
                chosen: chosen.split_whitespace().map(str::to_owned).collect(),
                order: n as i64,
                grade: outcome.is_answer().then_some(Grade::Good),
                ..Review::new(
                    ids.review(),
                    "a",
                    *outcome,
                    true,
                    Timestamp::new(n as i64, 0),
                    1,
                )
            });
        let progress = Progress::of(DesiredRecall::default(), reviews.collect::<Vec<_>>());
        let met = met(&library, &progress);
        let met: Vec<(&str, u32)> = met.iter().map(|(id, n)| (id.as_str(), *n)).collect();
        assert_eq!(met, expected, "{answers:?}");
    }

    #[test]
    fn a_myth_is_met_by_what_was_chosen() {
        use ReviewOutcome::{Right, Skipped, Wrong};
        check(&[], &[]);
        check(&[(Right, "one")], &[]);
        check(&[(Wrong, "three"), (Skipped, "")], &[]);
        check(
            &[(Wrong, "two"), (Right, "one"), (Wrong, "two three")],
            &[("bells-are-free", 2)],
        );
    }
}
