//! Progress against its reviews: laws that hold for any history.

use proptest::prelude::*;

use super::*;
use crate::core::progress::totals::Totals;
use crate::core::schedule::{DesiredRecall, Grade};
use crate::text::timestamp::DAY;
use crate::text::{Rng, Timestamp};

const QUESTIONS: [&str; 4] = ["a", "b", "c", "d"];

fn on(day: i32) -> Timestamp {
    Timestamp {
        at: i64::from(day) * DAY + 43_200,
        day,
    }
}

fn answer(n: u128, question: &str, outcome: ReviewOutcome, sure: bool, day: i32) -> Review {
    Review::new(ReviewId(n), question, outcome, sure, on(day), 7)
}

/// Reviews of four questions by a clock that now and then goes back, jumps ahead or stands still.
fn reviews() -> impl Strategy<Value = Vec<Review>> {
    let one = (
        0..4_usize,
        0..5_usize,
        any::<bool>(),
        prop_oneof![8 => 0..4_i32, 1 => -400..0_i32, 1 => 300..9000_i32],
    );
    prop::collection::vec(one, 0..40).prop_map(|steps| {
        let mut day = 20_000;
        let mut all = Vec::new();
        for (n, (question, outcome, sure, pause)) in steps.into_iter().enumerate() {
            day += pause;
            all.push(answer(
                n as u128,
                QUESTIONS[question],
                ReviewOutcome::ALL[outcome],
                sure,
                day,
            ));
            if pause > 200 {
                day -= pause;
            }
        }
        all
    })
}

/// Keeps reviews one by one, and gives the progress and the reviews with their order.
fn kept(reviews: &[Review]) -> (Progress, Vec<Review>) {
    let mut progress = Progress::new(DesiredRecall::default());
    reviews.iter().for_each(|review| progress.add(review));
    let ordered = progress.added.clone();
    (progress, ordered)
}

/// What a progress says, without what it remembers for undoing.
fn figures(
    progress: &Progress,
) -> (
    &std::collections::BTreeMap<String, QuestionProgress>,
    &Totals,
) {
    (&progress.questions, &progress.totals)
}

proptest! {
    #[test]
    fn a_record_is_the_fold_of_its_reviews_in_any_order(reviews in reviews(), seed: u64) {
        let (progress, mut ordered) = kept(&reviews);
        Rng::new(seed).shuffle(&mut ordered);
        let folded = Progress::of(progress.desired, ordered);
        prop_assert_eq!(figures(&progress), figures(&folded));
    }

    #[test]
    fn undo_removes_exactly_one(reviews in reviews(), at in 0..40_usize) {
        let (mut progress, _) = kept(&reviews);
        let gone = at.min(reviews.len());
        let others: Vec<Review> = reviews.iter().enumerate().filter(|(n, _)| *n != gone).map(|(_, r)| r.clone()).collect();
        prop_assert_eq!(progress.undo(ReviewId(gone as u128)), gone < reviews.len());
        let (expected, _) = kept(&others);
        prop_assert_eq!(figures(&progress), figures(&expected));
        prop_assert!(!progress.undo(ReviewId(gone as u128)), "once");
    }

    #[test]
    fn no_clock_makes_a_record_odd(reviews in reviews(), day in 0..40_000_i32) {
        let (progress, _) = kept(&reviews);
        let now = on(day);
        let due = progress.due(QUESTIONS, now);
        let forecast: usize = progress.forecast(QUESTIONS, now, 5000).iter().map(|f| f.due).sum();
        prop_assert!(due.len() <= forecast && forecast <= 4, "{} {}", due.len(), forecast);
        for known in progress.questions.values().filter_map(|k| k.card) {
            prop_assert!(known.recall(now).is_finite() && known.stability.is_finite());
        }
        let all = progress.ever();
        prop_assert_eq!(all.answers, progress.totals.sure.plus(progress.totals.guessed));
        prop_assert!(all.recalls.of <= all.answers.of && progress.totals.reviews == reviews.len() as i64);
    }
}

#[test]
fn grades_follow_from_outcome_and_certainty() {
    let check = |outcome: ReviewOutcome, sure, grade| {
        assert_eq!(outcome.grade(sure), grade, "{outcome:?} {sure}")
    };
    check(ReviewOutcome::Right, true, Some(Grade::Good));
    check(ReviewOutcome::Right, false, Some(Grade::Hard));
    check(ReviewOutcome::Partly, true, Some(Grade::Again));
    check(ReviewOutcome::Wrong, false, Some(Grade::Again));
    check(ReviewOutcome::Skipped, true, None);
    check(ReviewOutcome::Page, true, None);
}

#[test]
fn an_answer_after_a_wrong_clock_puts_it_right() {
    let day = 20_000;
    let (progress, ordered) = kept(&[
        answer(1, "a", ReviewOutcome::Right, true, day),
        answer(2, "a", ReviewOutcome::Right, true, day + 60_000),
        answer(3, "a", ReviewOutcome::Right, true, day + 1),
    ]);
    let card = progress.card("a").unwrap();
    assert_eq!(
        (card.last.day, card.answers),
        (day + 1, 3),
        "the last answer counts as the last"
    );
    assert!(ordered[2].order > ordered[1].order);
    assert!(!progress.due(["a"], on(day + 1)).contains(&"a"));
    let (early, _) = kept(&[answer(1, "a", ReviewOutcome::Right, true, day + 60_000)]);
    assert_eq!(
        early.due(["a"], on(day)),
        ["a"],
        "a card of the future may be asked at once"
    );
}

#[test]
fn queues_hold_what_they_should() {
    let day = 20_000;
    let mut all = vec![
        answer(1, "b", ReviewOutcome::Wrong, true, day),
        answer(2, "c", ReviewOutcome::Right, true, day - 30),
        answer(3, "d", ReviewOutcome::Skipped, true, day),
    ];
    all.extend((10..14).map(|n| answer(n, "e", ReviewOutcome::Wrong, false, day - 1)));
    let (progress, _) = kept(&all);
    let now = on(day);
    let ids = ["a", "b", "c", "d", "e"];
    assert_eq!(progress.unseen(ids), ["a", "d"], "a skip is no answer");
    assert_eq!(progress.missed(ids), ["b", "e"]);
    assert_eq!(progress.leeches(ids), ["e"]);
    assert_eq!(
        progress.due(ids, now.plus_seconds(600)),
        ["e", "c", "b"],
        "e was never known, b was asked just now"
    );
    assert_eq!(progress.due(ids, now), ["e", "c"], "b has ten minutes yet");
    assert!(!progress.due(ids, now.plus_days(-29)).contains(&"c"));
    let (progress, _) =
        kept(&[all, vec![answer(20, "e", ReviewOutcome::Page, false, day)]].concat());
    assert_eq!(progress.leeches(ids), [""; 0], "its page was shown");
    assert!(
        !progress.due(ids, now).contains(&"e")
            && progress.due(ids, now.plus_days(1)).contains(&"e")
    );
}

#[test]
fn siblings_wait_for_another_day() {
    let terms = |id: &str| -> &'static [String] {
        static TERMS: std::sync::OnceLock<[Vec<String>; 3]> = std::sync::OnceLock::new();
        let all = TERMS.get_or_init(|| {
            [
                vec!["x".to_owned()],
                vec!["x".to_owned(), "y".to_owned()],
                vec!["z".to_owned()],
            ]
        });
        match id {
            "a" => &all[0],
            "b" => &all[1],
            "c" => &all[2],
            _ => &[],
        }
    };
    let now = on(20_000);
    let empty = Progress::new(DesiredRecall::default());
    assert_eq!(
        empty.split_siblings(vec!["a", "b", "c", "d"], now, terms),
        (vec!["a", "c", "d"], vec!["b"])
    );
    let (progress, _) = kept(&[answer(1, "b", ReviewOutcome::Wrong, true, 20_000)]);
    assert_eq!(
        progress.split_siblings(vec!["a", "b", "c"], now, terms),
        (vec!["b", "c"], vec!["a"]),
        "b itself comes back"
    );
    assert_eq!(
        progress.split_siblings(vec!["a", "b"], on(20_001), terms),
        (vec!["a"], vec!["b"])
    );
}

#[test]
fn figures_count() {
    let day = 20_000;
    let (progress, _) = kept(&[
        answer(1, "a", ReviewOutcome::Right, true, day - 9),
        answer(2, "a", ReviewOutcome::Right, true, day - 4),
        answer(3, "b", ReviewOutcome::Wrong, true, day - 4),
        answer(4, "b", ReviewOutcome::Right, false, day),
        answer(5, "c", ReviewOutcome::Partly, false, day),
        answer(6, "c", ReviewOutcome::Skipped, false, day),
    ]);
    let share = |hits, of| Ratio { hits, of };
    let now = on(day);
    let lately = progress.lately(now, 30);
    assert_eq!(
        (lately.answers, lately.recalls, lately.fresh),
        (share(3, 5), share(2, 2), 3)
    );
    let today: Vec<u32> = progress
        .per_day(now, 5)
        .iter()
        .map(|(_, d)| d.answers.of)
        .collect();
    assert_eq!(today, [2, 0, 0, 0, 2]);
    assert_eq!(
        (progress.totals.sure, progress.totals.guessed),
        (share(2, 3), share(1, 2))
    );
    assert!(
        lately
            .expectation()
            .is_some_and(|e| (0.5..1.0).contains(&e)),
        "{:?}",
        lately.expectation()
    );
    let topic = |id: &str| vec![if id == "a" { "known" } else { "weak" }.to_owned()];
    let weakest = progress.weakest(QUESTIONS, now, topic);
    let told: Vec<_> = weakest
        .iter()
        .map(|w| (w.id.as_str(), w.answers, w.questions))
        .collect();
    assert_eq!(told, [("weak", share(1, 3), 2), ("known", share(2, 2), 1)]);
}

#[test]
fn ids_are_read_back_and_differ() {
    let mut ids = IdSource::new(1);
    let all: std::collections::BTreeSet<ReviewId> = (0..1000).map(|_| ids.review()).collect();
    assert_eq!(all.len(), 1000);
    for id in all {
        assert_eq!(ReviewId::parse(&id.to_string()), Some(id));
    }
    for bad in [
        "",
        "0",
        "+0000000000000000000000000000000",
        "g0000000000000000000000000000000",
    ] {
        assert_eq!(ReviewId::parse(bad), None, "{bad}");
    }
    assert_eq!(key("  The  Provider\nRuns it "), "the provider runs it");
    assert_eq!(key(&"é".repeat(99)).chars().count(), 40);
}

mod quality {
    use crate::core::progress::quality::{AnswerPattern, QuestionOddity, findings};
    use crate::core::progress::{Ratio, ReviewOutcome};
    use crate::pack::{Library, MemoryFiles};

    const QUESTION: &str = "+++\nkind = \"single\"\ntopic = \"billing\"\ndifficulty = 1\n+++\n\nWhich?\n\n- [x] One\n  > Yes.\n\
        - [ ] Two\n  > No.\n- [ ] Three\n  > No.\n\n---\n\nOne it is.\n";

    fn pattern(outcome: ReviewOutcome, sure: bool, chosen: &str, times: u32) -> AnswerPattern {
        AnswerPattern {
            question: "which".to_owned(),
            outcome,
            sure,
            chosen: vec![chosen.to_owned()],
            times,
        }
    }

    #[test]
    fn what_is_odd_is_told_from_enough_answers_on() {
        let pack = include_str!("../../../tests/packs/good/pack.toml");
        let files = MemoryFiles::of([("pack.toml", pack), ("questions/which.md", QUESTION)]);
        let library = Library::open(std::sync::Arc::new(files)).expect("a readable pack");
        let check = |patterns: &[AnswerPattern], expected: &[QuestionOddity]| {
            let found: Vec<QuestionOddity> = findings(patterns, 8, |id| library.question(id))
                .into_iter()
                .map(|f| f.oddity)
                .collect();
            assert_eq!(found, expected, "{patterns:?}");
        };
        let right = |times| pattern(ReviewOutcome::Right, true, "one", times);
        check(&[right(7)], &[]);
        check(&[right(8)], &[QuestionOddity::NeverMissed]);
        let guessed = pattern(ReviewOutcome::Wrong, false, "two", 1);
        check(
            &[right(9), guessed.clone()],
            &[QuestionOddity::NeverPicked("Three".to_owned())],
        );
        let sure = pattern(ReviewOutcome::Wrong, true, "three", 4);
        check(
            &[right(6), guessed, sure.clone()],
            &[QuestionOddity::ConfidentErrors(
                Ratio { hits: 4, of: 10 },
                Some("three".to_owned()),
            )],
        );
        check(&[pattern(ReviewOutcome::Wrong, true, "three", 7)], &[]);
        check(
            &[AnswerPattern {
                question: "gone".to_owned(),
                ..sure
            }],
            &[],
        );
    }
}
