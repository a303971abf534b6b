//! The scheduler against its reference, and its laws.

use proptest::prelude::*;

use super::*;

fn on(day: i32) -> Timestamp {
    Timestamp {
        at: i64::from(day) * DAY + 43_200,
        day,
    }
}

/// What the reference made of random histories, each with all its fields; the head of the file names them.
const REFERENCE: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fsrs/histories.txt"
));

/// Days since the answer before, and its grade, from a form such as `0g3e60a`.
fn history(written: &str) -> Vec<(i32, Grade)> {
    let answers = written.split_inclusive(|c: char| c.is_ascii_lowercase());
    let answer = |(days, letter): (&str, &str)| {
        (
            days.parse().unwrap(),
            Grade::ALL["ahge".find(letter).unwrap()],
        )
    };
    answers
        .map(|written| answer(written.split_at(written.len() - 1)))
        .collect()
}

/// Every state within 1e-4 of the reference, which computes in single precision, and so recall; intervals within rounding.
#[test]
fn the_reference_agrees() {
    let lines = REFERENCE.lines().filter(|line| !line.starts_with('#'));
    let mut worst: f64 = 0.0;
    for line in lines.clone() {
        let (written, numbers) = line.split_once('\t').unwrap();
        let numbers: Vec<f64> = numbers.split('\t').map(|n| n.parse().unwrap()).collect();
        let [stability, difficulty, days, recalled, desired, wait] = numbers[..] else {
            panic!("{line}")
        };
        let mut day = 20_000;
        let card = history(written)
            .into_iter()
            .fold(None, |card, (pause, grade)| {
                day += pause;
                Some(review(card.as_ref(), grade, on(day)))
            });
        let card = card.unwrap();
        let off = |mine: f64, their: f64| (mine - their).abs() / their.max(1.0);
        worst = worst
            .max(off(card.stability, stability))
            .max(off(card.difficulty, difficulty));
        worst = worst.max(off(recall(stability, days), recalled));
        assert!(worst <= 1e-4, "{line}: {card:?}");
        let mine = f64::from(interval(stability, DesiredRecall::new(desired).unwrap()));
        assert!(
            off(mine, wait.clamp(1.0, LONGEST)) <= 1e-4
                || (mine - wait.clamp(1.0, LONGEST)).abs() <= 0.51,
            "{line}: {mine}"
        );
    }
    assert!(
        worst > 0.0 && lines.count() >= 4_000,
        "something was compared"
    );
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
fn a_wrong_answer_waits_ten_minutes() {
    let card = review(None, Grade::Again, on(100));
    let check = |now: Timestamp, due| {
        assert_eq!(card.is_due(DesiredRecall::default(), now), due, "{now:?}")
    };
    check(on(100), false);
    check(on(100).plus_seconds(599), false);
    check(on(100).plus_seconds(600), true);
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
