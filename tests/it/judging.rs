//! The interview against everything the pack holds: any answers, any lens, any way of settling what was unsure.

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use tozero::testing::{
    Bundled, InterviewAnswer, Library, VerdictRange, judged, own_reading, steps,
};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::open(Arc::new(Bundled)).expect("a sound pack"))
}

/// One pick per step; about one in three is unsure.
fn any_picks() -> impl Strategy<Value = Vec<InterviewAnswer>> {
    let one = |choices: usize| {
        (0..choices + choices.div_ceil(2)).prop_map(move |n| {
            if n < choices {
                InterviewAnswer::Choice(n)
            } else {
                InterviewAnswer::Unsure
            }
        })
    };
    steps(library().checklist())
        .iter()
        .map(|s| one(s.choices.len()).boxed())
        .collect::<Vec<_>>()
}

/// Whether every result that is left in one range lies in another.
fn holds(outer: VerdictRange, inner: VerdictRange) -> bool {
    match (outer, inner) {
        (VerdictRange::Verdicts(worst, best), VerdictRange::Verdicts(v, w)) => {
            worst <= v && w <= best
        }
        (VerdictRange::Scores(low, high), VerdictRange::Scores(s, t)) => {
            low <= s + 1e-9 && t <= high + 1e-9
        }
        (VerdictRange::Verdicts(..), VerdictRange::Scores(..))
        | (VerdictRange::Scores(..), VerdictRange::Verdicts(..)) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_range_holds_the_verdict_of_every_completion(picks in any_picks(), settled in any_picks()) {
        let questions = library().checklist();
        let steps = steps(questions);
        let choice = |(n, pick): (usize, &InterviewAnswer)| match (pick, settled.get(n)) {
            (InterviewAnswer::Choice(_), _) => *pick,
            (InterviewAnswer::Unsure, Some(InterviewAnswer::Choice(c))) => InterviewAnswer::Choice(*c),
            (InterviewAnswer::Unsure, Some(InterviewAnswer::Unsure) | None) => InterviewAnswer::Choice(steps[n].choices.len() - 1),
        };
        let completed: Vec<InterviewAnswer> = picks.iter().enumerate().map(choice).collect();
        for lens in library().lenses() {
            let open = own_reading(questions, &picks, lens);
            let end = own_reading(questions, &completed, lens);
            prop_assert!(end.range.is_settled() && end.open.is_empty(), "{}", lens.id);
            prop_assert!(holds(open.range, end.range), "{}: {:?} does not hold {:?}", lens.id, open.range, end.range);
            prop_assert_eq!(open.open.is_empty(), open.range.is_settled());
            prop_assert!(open.open.iter().all(|n| picks[*n] == InterviewAnswer::Unsure), "only what is unsure is open");
            prop_assert!(open.deciding.iter().all(|n| picks[*n] != InterviewAnswer::Unsure), "only answers decide");
        }
    }

    #[test]
    fn settling_one_answer_never_widens_a_range(picks in any_picks(), settled in any_picks(), n in 0usize..13) {
        let questions = library().checklist();
        let mut narrower = picks.clone();
        narrower[n] = settled[n];
        prop_assume!(picks[n] == InterviewAnswer::Unsure);
        for lens in library().lenses() {
            let (before, after) = (own_reading(questions, &picks, lens), own_reading(questions, &narrower, lens));
            prop_assert!(holds(before.range, after.range), "{}", lens.id);
        }
    }
}

#[test]
fn every_lens_is_read_and_neighbors_are_told_apart() {
    let all = vec![InterviewAnswer::Choice(0); steps(library().checklist()).len()];
    let own = judged(library(), &all);
    assert_eq!((own.under.len(), own.near.len()), (14, 5));
    assert!(
        own.near.iter().all(|n| n.service.retired.is_none()),
        "what is gone is no neighbor"
    );
    assert!(own.near.windows(2).all(|w| w[0].distance <= w[1].distance));
    for near in &own.near {
        assert_eq!(
            near.distance == 0,
            near.differs.is_empty(),
            "{}",
            near.service.id
        );
    }
}
