//! Laws of judging: what holds of every set of answers and every rule.

use proptest::prelude::*;

use crate::core::judge::answers::AnswerLevels;
use crate::core::judge::interview::InterviewAnswer;
use crate::core::judge::ranges::{VerdictRange, reading};
use crate::core::judge::samples::{lens, question};
use crate::core::judge::verdict::{Verdict, verdict};
use crate::pack::entries::samples::subject;
use crate::pack::{AnswerLevel, CriterionId, LensRule};

fn any_answer(criterion: CriterionId) -> impl Strategy<Value = AnswerLevel> {
    let possible = subject().criteria.possible(criterion).collect::<Vec<_>>();
    proptest::sample::select(possible)
}

fn any_answers() -> impl Strategy<Value = AnswerLevels> {
    let all = subject().criteria.ids().map(any_answer);
    all.collect::<Vec<_>>().prop_map(AnswerLevels::new)
}

fn any_minimum() -> impl Strategy<Value = Vec<(CriterionId, AnswerLevel)>> {
    let ids = subject().criteria.ids();
    let one = |criterion| proptest::option::of(any_answer(criterion));
    let all = ids.clone().map(one).collect::<Vec<_>>();
    all.prop_map(move |all| {
        let asked = ids.clone().zip(all);
        asked.filter_map(|(c, a)| a.map(|a| (c, a))).collect()
    })
}

proptest! {
    #[test]
    fn raising_an_answer_never_worsens_a_verdict(answers in any_answers(), minimum in any_minimum(), claimed: bool) {
        let before = verdict(&answers, claimed, &minimum);
        let subject = subject();
        for criterion in subject.criteria.ids() {
            for higher in subject.criteria.possible(criterion).filter(|a| *a > answers.get(criterion)) {
                prop_assert!(verdict(&answers.with(criterion, higher), claimed, &minimum) >= before);
            }
        }
    }

    #[test]
    fn asking_less_never_worsens_a_verdict(answers in any_answers(), minimum in any_minimum(), claimed: bool) {
        let before = verdict(&answers, claimed, &minimum);
        for n in 0..minimum.len() {
            let fewer: Vec<_> = minimum.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, m)| *m).collect();
            prop_assert!(verdict(&answers, claimed, &fewer) >= before);
        }
    }

    #[test]
    fn the_name_only_parts_in_name_from_not(answers in any_answers(), minimum in any_minimum()) {
        let (sold, unsold) = (verdict(&answers, true, &minimum), verdict(&answers, false, &minimum));
        prop_assert!(sold == unsold || (sold, unsold) == (Verdict::InName, Verdict::Not));
    }

    #[test]
    fn a_flip_flips_and_nothing_else_does(answers in any_answers(), minimum in any_minimum(), claimed: bool) {
        let mut lens = lens("y----");
        lens.rule = LensRule::Minimum(minimum.clone());
        let flips = crate::core::judge::proof::flips(&answers, claimed, &lens);
        let now = verdict(&answers, claimed, &minimum);
        for flip in &flips {
            prop_assert_eq!(verdict(&answers.with(flip.criterion, flip.to), claimed, &minimum), flip.into);
            prop_assert!(flip.into != now && flip.steps > 0);
        }
        for (fact, least) in minimum.iter().filter(|(f, l)| answers.get(*f) < *l) {
            let turns = verdict(&answers.with(*fact, *least), claimed, &minimum) != now;
            prop_assert_eq!(turns, flips.iter().any(|f| f.criterion == *fact));
        }
    }

    #[test]
    fn a_range_holds_every_way_of_settling(picks in proptest::collection::vec(0usize..4, 5), minimum in any_minimum()) {
        let questions: Vec<_> = subject().criteria.ids().map(|c| question(c, "ypn")).collect();
        let pick = |n: &usize| if *n == 3 { InterviewAnswer::Unsure } else { InterviewAnswer::Choice(*n) };
        let picks: Vec<InterviewAnswer> = picks.iter().map(pick).collect();
        let mut lens = lens("y----");
        lens.rule = LensRule::Minimum(minimum);
        let open = reading(&questions, &picks, true, &lens);
        for settled in 0..3 {
            let all: Vec<InterviewAnswer> = picks.iter().map(|p| if *p == InterviewAnswer::Unsure { InterviewAnswer::Choice(settled) } else { *p }).collect();
            let (VerdictRange::Verdicts(worst, best), VerdictRange::Verdicts(v, w)) = (open.range, reading(&questions, &all, true, &lens).range) else {
                return Err(TestCaseError::fail("a rule gives verdicts"));
            };
            prop_assert!(v == w && worst <= v && v <= best);
        }
        prop_assert_eq!(open.open.is_empty(), open.range.is_settled());
    }
}
