//! The scheduler against its reference, and its laws.

use fsrs::{FSRS, FSRSItem, FSRSReview};
use proptest::prelude::*;

use super::*;
use crate::text::Rng;

fn on(day: i32) -> Timestamp {
    Timestamp {
        at: i64::from(day) * DAY + 43_200,
        day,
    }
}

/// A random history: days between answers, many of them 0, and grades.
fn history(rng: &mut Rng) -> Vec<(i32, Grade)> {
    let length = 1 + rng.below(24);
    let pause = |rng: &mut Rng| match rng.below(4) {
        0 => 0,
        1 => 1 + rng.below(3),
        2 => 1 + rng.below(60),
        _ => 1 + rng.below(1500),
    };
    (0..length)
        .map(|_| (pause(rng) as i32, Grade::ALL[rng.below(4)]))
        .collect()
}

/// 12,000 histories, every state in them, within 1e-4 of the reference, which computes in single precision.
#[test]
fn the_reference_agrees() {
    let reference = FSRS::new(&[]).unwrap();
    let mut rng = Rng::new(6);
    let mut worst: f64 = 0.0;
    for n in 0..12_000 {
        let history = history(&mut rng);
        let reviews = history.iter().map(|(pause, grade)| FSRSReview {
            rating: *grade as u32,
            delta_t: *pause as u32,
        });
        let theirs = reference
            .historical_memory_states(
                FSRSItem {
                    reviews: reviews.collect(),
                },
                None,
            )
            .unwrap();
        let (mut card, mut day) = (None, 20_000);
        for ((pause, grade), their) in history.iter().zip(&theirs) {
            day += if card.is_none() { 0 } else { *pause };
            let mine = review(card.as_ref(), *grade, on(day));
            let off =
                |mine: f64, their: f32| (mine - f64::from(their)).abs() / f64::from(their).max(1.0);
            worst = worst
                .max(off(mine.stability, their.stability))
                .max(off(mine.difficulty, their.difficulty));
            assert!(
                worst <= 1e-4,
                "history {n} {history:?}: {mine:?} against {their:?}"
            );
            card = Some(mine);
        }
    }
    assert!(worst > 0.0, "something was compared");
}

#[test]
fn intervals_and_recall_are_the_references() {
    let reference = FSRS::new(&[]).unwrap();
    for stability in [0.5_f64, 1.0, 2.3065, 8.2956, 40.0, 400.0, 3000.0] {
        for share in [0.7, 0.8, 0.9, 0.95, 0.97] {
            let desired = DesiredRecall::new(share).unwrap();
            let theirs =
                f64::from(reference.next_interval(Some(stability as f32), share as f32, 3));
            let mine = f64::from(interval(stability, desired));
            assert!(
                (mine - theirs.clamp(1.0, LONGEST)).abs() <= 0.51,
                "{stability} {share}: {mine} {theirs}"
            );
        }
        let state = fsrs::MemoryState {
            stability: stability as f32,
            difficulty: 5.0,
        };
        for days in [0_i32, 1, 7, 300] {
            let theirs = f64::from(fsrs::current_retrievability(
                state,
                days as f32,
                fsrs::FSRS6_DEFAULT_DECAY,
            ));
            assert!(
                (recall(stability, f64::from(days)) - theirs).abs() < 1e-4,
                "{stability} {days}"
            );
        }
    }
}

#[test]
fn first_answers_wait_as_published() {
    let check = |grade, due| {
        assert_eq!(
            review(None, grade, on(100)).due(DesiredRecall::default()),
            due,
            "{grade:?}"
        );
    };
    check(Grade::Again, DueTime::At(on(100).at + 600));
    check(Grade::Hard, DueTime::Day(101));
    check(Grade::Good, DueTime::Day(102));
    check(Grade::Easy, DueTime::Day(108));
}

#[test]
fn desired_recall_has_a_range() {
    for (share, good) in [
        (0.7, true),
        (0.97, true),
        (0.69, false),
        (0.98, false),
        (f64::NAN, false),
        (f64::INFINITY, false),
    ] {
        assert_eq!(DesiredRecall::new(share).is_some(), good, "{share}");
    }
}

#[test]
fn learning_ahead_is_twenty_minutes() {
    let card = review(None, Grade::Again, on(100));
    let check = |now: Timestamp, due| {
        assert_eq!(card.is_due(DesiredRecall::default(), now), due, "{now:?}")
    };
    check(on(100), true);
    check(on(100).plus_seconds(-601), false);
    let good = review(None, Grade::Good, on(100));
    assert!(!good.is_due(DesiredRecall::default(), on(101)));
    assert!(
        good.is_due(
            DesiredRecall::default(),
            Timestamp {
                at: on(102).at - 28_000,
                day: 102
            }
        ),
        "due from the day's beginning"
    );
}

#[test]
fn after_four_lapses_the_page_is_wanted_until_it_was_shown() {
    let mut card = review(None, Grade::Again, on(1));
    for lapses in 1..=4 {
        assert_eq!((card.lapses, card.wants_page()), (lapses, lapses == 4));
        card = if lapses == 4 {
            page_shown(&card, on(2))
        } else {
            review(Some(&card), Grade::Again, on(1))
        };
    }
    assert_eq!(
        (
            card.lapses,
            card.wants_page(),
            card.due(DesiredRecall::default())
        ),
        (0, false, DueTime::Day(3))
    );
}

#[test]
fn a_wrong_clock_is_outlived() {
    let desired = DesiredRecall::default();
    let ahead = review(
        Some(&review(None, Grade::Good, on(20_000))),
        Grade::Good,
        on(85_000),
    );
    assert!(
        ahead.is_due(desired, on(20_003)),
        "a card from the year 2202 is due today"
    );
    let healed = review(Some(&ahead), Grade::Good, on(20_003));
    assert_eq!(healed.last, on(20_003));
    assert!(!healed.is_due(desired, on(20_004)));
    let back = review(Some(&healed), Grade::Good, on(-9000));
    assert!(back.stability >= healed.stability && back.is_due(desired, on(20_004)));
}

fn any_grade() -> impl Strategy<Value = Grade> {
    (1..=4_i64).prop_map(|n| Grade::of(n).unwrap())
}

fn any_card() -> impl Strategy<Value = Card> {
    let number = prop_oneof![any::<f64>(), 0.001..36_500.0_f64, 1.0..10.0_f64];
    (
        number.clone(),
        number,
        any::<(u32, u32, i64, i32)>(),
        0..3_u8,
    )
        .prop_map(|(stability, difficulty, rest, after)| Card {
            stability,
            difficulty,
            answers: rest.0,
            lapses: rest.1,
            last: Timestamp {
                at: rest.2,
                day: rest.3,
            },
            after: [Interval::Right, Interval::Wrong, Interval::Page][usize::from(after)],
        })
}

fn any_desired() -> impl Strategy<Value = DesiredRecall> {
    (0.7..=0.97_f64).prop_map(|share| DesiredRecall::new(share).unwrap())
}

/// A card that came about by answering.
fn lived() -> impl Strategy<Value = Card> {
    proptest::collection::vec((0..400_i32, any_grade()), 1..12).prop_map(|history| {
        let mut day = 20_000;
        let answer = |card: Option<Card>, (pause, grade): (i32, Grade)| {
            day += pause;
            Some(review(card.as_ref(), grade, on(day)))
        };
        history.into_iter().fold(None, answer).unwrap()
    })
}

/// Days a card waits; none while it waits for minutes.
fn waits(card: &Card, desired: DesiredRecall) -> i32 {
    match card.due(desired) {
        DueTime::Day(day) => day - card.last.day,
        DueTime::At(_) => 0,
    }
}

proptest! {
    #[test]
    fn a_right_answer_never_shortens_the_interval(card in lived(), grade in any_grade(), pause in 0..4000_i32, desired in any_desired()) {
        let next = review(Some(&card), grade, card.last.plus_days(pause));
        if grade.is_right() {
            prop_assert!(next.stability >= card.stability);
            prop_assert!(waits(&next, desired) >= waits(&card, desired));
        } else {
            prop_assert!(next.stability <= card.stability);
        }
    }

    #[test]
    fn intervals_grow_with_stability_and_shrink_with_desire(a in 0.001..40_000.0_f64, b in 0.001..40_000.0_f64, x in any_desired(), y in any_desired()) {
        let (less, more) = if a < b { (a, b) } else { (b, a) };
        prop_assert!(interval(less, x) <= interval(more, x));
        let (lax, strict) = if x < y { (x, y) } else { (y, x) };
        prop_assert!(interval(a, strict) <= interval(a, lax));
        prop_assert!((1..=3650).contains(&interval(a, x)));
    }

    #[test]
    fn better_grades_wait_longer(card in lived(), pause in 0..4000_i32) {
        let now = card.last.plus_days(pause);
        let after: Vec<f64> = Grade::ALL.iter().map(|g| review(Some(&card), *g, now).stability).collect();
        prop_assert!(after.is_sorted(), "{after:?}");
    }

    #[test]
    fn nothing_is_ever_not_a_number(card in any_card(), grade in any_grade(), at in any::<i64>(), day in any::<i32>(), desired in any_desired()) {
        let now = Timestamp { at, day };
        let next = review(Some(&card), grade, now);
        prop_assert!((0.001..=36_500.0).contains(&next.stability) && (1.0..=10.0).contains(&next.difficulty));
        prop_assert!((0.0..=1.0).contains(&card.recall(now)));
        for card in [card, next, page_shown(&card, now)] {
            let _ = (card.due(desired), card.is_due(desired, now), days_until(card.due(desired), now));
        }
    }

    #[test]
    fn time_backward_does_no_harm(card in lived(), grade in any_grade(), back in 1..40_000_i32, desired in any_desired()) {
        let now = card.last.plus_days(-back);
        let next = review(Some(&card), grade, now);
        prop_assert_eq!(next.stability, review(Some(&card), grade, card.last).stability, "as on the same day");
        prop_assert!(back == 1 || card.is_due(desired, now), "asked again, to put its time right");
        prop_assert!(next.is_due(desired, card.last) || waits(&next, desired) > back, "due by its new time");
    }
}
