//! What the answers of one or several learners say of each question: how often it is right at the first, second and later
//! attempts, which choices nobody takes, and whether it tells strong learners from weak ones.
//! Guarantees: counts only; a learner is strong or weak by the other questions, never by the one that is spoken of; nothing is
//! said from too few answers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::core::progress::ReviewOutcome;
use crate::core::progress::quality::ENOUGH;
use crate::core::progress::review::{Review, key};
use crate::core::progress::totals::Ratio;
use crate::pack::{AnswerKind, Question};

/// Fewest learners who answered a question from which they are set against each other.
pub const LEARNERS: usize = 6;

/// A question in the answers of its learners.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct QuestionReport {
    pub question: String,
    /// Learners who answered it.
    pub learners: usize,
    /// Right at the first, the second and later attempts.
    pub attempts: [Ratio; 3],
    /// The first attempts of the stronger half of its learners, and of the weaker; `None` where there are too few.
    pub strong_and_weak: Option<(Ratio, Ratio)>,
    /// Wrong choices that nobody took, in their words.
    pub never_taken: Vec<String>,
}

/// Each question that was answered, the one with the fewest right first attempts first. `find` gives a question that is
/// still in the pack.
pub fn report<'q>(
    learners: &[Vec<Review>],
    find: impl Fn(&str) -> Option<&'q Question>,
) -> Vec<QuestionReport> {
    let histories: Vec<BTreeMap<&str, Vec<&Review>>> =
        learners.iter().map(|l| by_question(l)).collect();
    let all: BTreeSet<&str> = histories.iter().flat_map(|h| h.keys().copied()).collect();
    let known = all.into_iter().filter_map(|id| Some((id, find(id)?)));
    let mut found: Vec<QuestionReport> = known
        .map(|(id, question)| {
            let of_question = || histories.iter().filter_map(|h| h.get(id));
            QuestionReport {
                question: id.to_owned(),
                learners: of_question().count(),
                attempts: attempts(of_question()),
                strong_and_weak: strong_and_weak(&histories, id),
                never_taken: never_taken(question, of_question()),
            }
        })
        .collect();
    let share = |report: &QuestionReport| report.attempts[0].share().unwrap_or(1.0);
    found.sort_by(|a, b| {
        share(a)
            .total_cmp(&share(b))
            .then_with(|| a.question.cmp(&b.question))
    });
    found
}

/// A learner's answers by question, each in its order.
fn by_question(reviews: &[Review]) -> BTreeMap<&str, Vec<&Review>> {
    let mut found: BTreeMap<&str, Vec<&Review>> = BTreeMap::new();
    for review in reviews.iter().filter(|r| r.outcome.is_answer()) {
        found.entry(&review.question).or_default().push(review);
    }
    for answers in found.values_mut() {
        answers.sort_by_key(|review| (review.order, review.at, review.id));
    }
    found
}

fn is_right(review: &Review) -> bool {
    review.outcome == ReviewOutcome::Right
}

fn attempts<'r>(histories: impl Iterator<Item = &'r Vec<&'r Review>>) -> [Ratio; 3] {
    let mut found = [Ratio::default(); 3];
    for answers in histories {
        for (n, review) in answers.iter().enumerate() {
            if let Some(ratio) = found.get_mut(n.min(2)) {
                ratio.count(is_right(review));
            }
        }
    }
    found
}

/// First attempts of the stronger and of the weaker half of those who answered it. Who stands in the middle counts for
/// neither; learners who answered nothing else are left out.
fn strong_and_weak(histories: &[BTreeMap<&str, Vec<&Review>>], id: &str) -> Option<(Ratio, Ratio)> {
    let first = |answers: &Vec<&Review>| answers.first().is_some_and(|review| is_right(review));
    let learner = |history: &BTreeMap<&str, Vec<&Review>>| {
        let here = first(history.get(id)?);
        let mut others = Ratio::default();
        let rest = history.iter().filter(|(question, _)| **question != id);
        rest.for_each(|(_, answers)| others.count(first(answers)));
        Some((others.share()?, here))
    };
    let mut found: Vec<(f64, bool)> = histories.iter().filter_map(learner).collect();
    if found.len() < LEARNERS {
        return None;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let half = found.len() / 2;
    let count = |some: &[(f64, bool)]| {
        let mut ratio = Ratio::default();
        some.iter().for_each(|(_, right)| ratio.count(*right));
        ratio
    };
    Some((count(&found[..half]), count(&found[found.len() - half..])))
}

fn never_taken<'r>(
    question: &Question,
    histories: impl Iterator<Item = &'r Vec<&'r Review>>,
) -> Vec<String> {
    let (AnswerKind::Single(options) | AnswerKind::Several(options)) = &question.answer else {
        return Vec::new();
    };
    let answers: Vec<&&Review> = histories.flatten().collect();
    if answers.len() < ENOUGH as usize {
        return Vec::new();
    }
    let taken: BTreeSet<&str> = answers
        .iter()
        .flat_map(|r| &r.chosen)
        .map(String::as_str)
        .collect();
    let wrong = options.iter().filter(|option| !option.right);
    let texts = wrong.map(|option| option.text.text().to_string());
    texts
        .filter(|text| !taken.contains(key(text).as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::progress::IdSource;
    use crate::pack::{Library, MemoryFiles};
    use crate::text::Timestamp;

    const QUESTION: &str =
        "- [x] One\n  > Yes.\n- [ ] Two\n  > No.\n- [ ] Three\n  > No.\n\n---\n\nOne it is.\n";

    fn library() -> Library {
        let asked = format!("Which?\n\n{QUESTION}");
        let pack = include_str!("../../../tests/packs/good/pack.toml");
        let files = [
            ("pack.toml", pack),
            ("questions/a.md", asked.as_str()),
            ("questions/b.md", asked.as_str()),
        ];
        Library::open(std::sync::Arc::new(MemoryFiles::of(files))).unwrap()
    }

    /// A learner's answers: each question with what was chosen, `one` being right.
    fn learner(seed: u128, answers: &[(&str, &str)]) -> Vec<Review> {
        let mut ids = IdSource::new(seed);
        let review = |(n, (question, chosen)): (usize, &(&str, &str))| {
            let outcome = if *chosen == "one" {
                ReviewOutcome::Right
            } else {
                ReviewOutcome::Wrong
            };
            let now = Timestamp::new(n as i64, 0);
            Review {
                chosen: vec![(*chosen).to_owned()],
                order: n as i64,
                ..Review::new(ids.review(), question, outcome, true, now, 1)
            }
        };
        answers.iter().enumerate().map(review).collect()
    }

    #[test]
    fn attempts_are_counted_apart() {
        let library = library();
        let learners = [
            learner(
                1,
                &[
                    ("a", "two"),
                    ("a", "one"),
                    ("a", "two"),
                    ("a", "one"),
                    ("gone", "one"),
                ],
            ),
            learner(2, &[("a", "one")]),
        ];
        let found = report(&learners, |id| library.question(id));
        let [a] = found.as_slice() else {
            panic!("{found:?}")
        };
        let ratio = |hits, of| Ratio { hits, of };
        assert_eq!(a.attempts, [ratio(1, 2), ratio(1, 1), ratio(1, 2)]);
        assert_eq!((a.learners, a.strong_and_weak), (2, None));
        assert!(a.never_taken.is_empty(), "too few answers");
    }

    #[test]
    fn strong_learners_are_told_from_weak_ones() {
        let library = library();
        let strong = (1..=3).map(|n| learner(n, &[("a", "one"), ("b", "one")]));
        let weak = (4..=6).map(|n| learner(n, &[("a", "two"), ("b", "two"), ("b", "two")]));
        let learners: Vec<_> = strong.chain(weak).collect();
        let found = report(&learners, |id| library.question(id));
        let ratio = |hits, of| Ratio { hits, of };
        assert_eq!(found[0].strong_and_weak, Some((ratio(3, 3), ratio(0, 3))));
        let b = found.iter().find(|r| r.question == "b").unwrap();
        assert_eq!(b.never_taken, ["Three"]);
        assert_eq!(
            report(&learners[..5], |id| library.question(id))[0].strong_and_weak,
            None
        );
    }
}
