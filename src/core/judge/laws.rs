//! Laws of judging: what holds of every set of answers and every rule.

use proptest::prelude::*;

use crate::core::judge::answers::{AnswerLevels, possible};
use crate::core::judge::interview::{InterviewAnswer, VerdictRange, reading};
use crate::core::judge::samples::{lens, question};
use crate::core::judge::verdict::{Verdict, verdict};
use crate::pack::{AnswerLevel, Fact, LensRule};

fn any_answers() -> impl Strategy<Value = AnswerLevels> {
    let one = |fact: Fact| proptest::sample::select(possible(fact));
    Fact::ALL.map(one).prop_map(AnswerLevels::new)
}

fn any_minimum() -> impl Strategy<Value = Vec<(Fact, AnswerLevel)>> {
    let one = |fact: Fact| proptest::option::of(proptest::sample::select(possible(fact)));
    Fact::ALL.map(one).prop_map(|all| {
        Fact::ALL
            .into_iter()
            .zip(all)
            .filter_map(|(f, a)| a.map(|a| (f, a)))
            .collect()
    })
}

proptest! {
    #[test]
    fn raising_an_answer_never_worsens_a_verdict(answers in any_answers(), minimum in any_minimum(), marketed: bool) {
        let before = verdict(&answers, marketed, &minimum);
        for fact in Fact::ALL {
            for higher in possible(fact).iter().filter(|a| **a > answers.get(fact)) {
                prop_assert!(verdict(&answers.with(fact, *higher), marketed, &minimum) >= before);
            }
        }
    }

    #[test]
    fn asking_less_never_worsens_a_verdict(answers in any_answers(), minimum in any_minimum(), marketed: bool) {
        let before = verdict(&answers, marketed, &minimum);
        for n in 0..minimum.len() {
            let fewer: Vec<_> = minimum.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, m)| *m).collect();
            prop_assert!(verdict(&answers, marketed, &fewer) >= before);
        }
    }

    #[test]
    fn the_name_only_parts_in_name_from_not(answers in any_answers(), minimum in any_minimum()) {
        let (sold, unsold) = (verdict(&answers, true, &minimum), verdict(&answers, false, &minimum));
        prop_assert!(sold == unsold || (sold, unsold) == (Verdict::InName, Verdict::Not));
    }

    #[test]
    fn a_flip_flips_and_nothing_else_does(answers in any_answers(), minimum in any_minimum(), marketed: bool) {
        let mut lens = lens("y----");
        lens.rule = LensRule::Minimum(minimum.clone());
        let flips = crate::core::judge::proof::flips(&answers, marketed, &lens);
        let now = verdict(&answers, marketed, &minimum);
        for flip in &flips {
            prop_assert_eq!(verdict(&answers.with(flip.fact, flip.to), marketed, &minimum), flip.into);
            prop_assert!(flip.into != now && flip.steps > 0);
        }
        for (fact, least) in minimum.iter().filter(|(f, l)| answers.get(*f) < *l) {
            let turns = verdict(&answers.with(*fact, *least), marketed, &minimum) != now;
            prop_assert_eq!(turns, flips.iter().any(|f| f.fact == *fact));
        }
    }

    #[test]
    fn a_range_holds_every_way_of_settling(picks in proptest::collection::vec(0usize..4, 5), minimum in any_minimum()) {
        let questions = Fact::ALL.map(|f| question(f, "ypn"));
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
