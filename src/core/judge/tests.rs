//! Tests of judging, with services and lenses made by hand.
//! What is expected here was written from the rule in the author's guide, not from what the code gave.

use crate::core::judge::answers::{AnswerLevels, below, step, steps};
use crate::core::judge::interview::InterviewAnswer;
use crate::core::judge::nearest::nearest;
use crate::core::judge::proof::{Requirement, judge};
use crate::core::judge::ranges::{AnswerSet, VerdictRange, facts, reading};
use crate::core::judge::samples::*;
use crate::core::judge::scores::scores;
use crate::core::judge::state::{Absent, IdleBillBasis, answers_at, at};
use crate::core::judge::timeline::timeline;
use crate::core::judge::verdict::{LensOutcome, Verdict, read};
use crate::pack::entries::samples::subject;
use crate::pack::{AnswerLevel, CriterionId, PastState, Service};
use crate::text::SafeText;

#[track_caller]
fn check_verdict(answers: &str, claimed: bool, minimum: &str, expected: Verdict) {
    let service = service(answers, claimed);
    let state = at(&service, None).expect("no day was asked for");
    let lens = lens(minimum);
    assert_eq!(
        judge(&state, &lens).outcome,
        LensOutcome::Verdict(expected),
        "{answers} through {minimum}"
    );
}

#[test]
fn the_rule_is_the_one_of_the_guide() {
    check_verdict("yyyyy", false, "yyyyy", Verdict::Met);
    check_verdict("yyyys", true, "--yys", Verdict::Met);
    check_verdict("yyyys", true, "--yyy", Verdict::Nearly);
    check_verdict("yyypp", true, "--yyy", Verdict::Nearly);
    check_verdict("yyppp", true, "--yyy", Verdict::Nearly);
    check_verdict("yyppp", false, "--yyy", Verdict::Nearly);
    check_verdict("yynyy", true, "--yyy", Verdict::InName);
    check_verdict("yynyy", false, "--yyy", Verdict::Not);
    // What is not asked does not count, not even a plain no.
    check_verdict("ynnnn", false, "y----", Verdict::Met);
    // A no that is asked only from no is met.
    check_verdict("nnnnn", true, "nnnnn", Verdict::Met);
}

#[test]
fn a_score_weighs_every_fact() {
    let check = |answers: &str, expected: f64| {
        let service = service(answers, true);
        let (answers, claimed) = answers_at(&service, None).expect("no day");
        assert_eq!(
            read(&answers, claimed, &spectrum()),
            LensOutcome::Score(expected)
        );
    };
    check("yyyyy", 10.0);
    check("nnnnn", 0.0);
    check("yyyys", 9.5);
    check("ppppp", 5.0);
}

#[test]
fn proof_names_what_was_asked_and_what_would_turn_it() {
    let (service, lens) = (service("yppyp", true), lens("y-yys"));
    let state = at(&service, None).expect("no day");
    let judgment = judge(&state, &lens);
    let asked = judgment.proof.iter().map(|c| c.asked);
    let asked: Vec<_> = asked.collect();
    assert_eq!(
        asked,
        [
            Requirement::Met(YES),
            Requirement::NotAsked,
            Requirement::Unmet(YES),
            Requirement::Met(YES),
            Requirement::Unmet(SIZE)
        ]
    );
    assert_eq!(judgment.unmet().count(), 2);
    assert!(
        judgment.flips.is_empty(),
        "one of two misses mended leaves it nearly: {:?}",
        judgment.flips
    );
}

#[track_caller]
fn check_flips(
    answers: &str,
    claimed: bool,
    minimum: &str,
    expected: &[(CriterionId, AnswerLevel, Verdict)],
) {
    let service = service(answers, claimed);
    let lens = lens(minimum);
    let state = at(&service, None).expect("no day");
    let found: Vec<_> = judge(&state, &lens)
        .flips
        .iter()
        .map(|f| (f.criterion, f.to, f.into))
        .collect();
    assert_eq!(found, expected, "{answers} through {minimum}");
}

#[test]
fn single_changes_that_turn_the_verdict() {
    use Verdict as V;
    check_flips("yyyys", true, "--yyy", &[(HIDDEN, YES, V::Met)]);
    check_flips("yynyy", true, "--yyy", &[(ZERO, YES, V::Met)]);
    check_flips("yynpy", true, "--yyy", &[(ZERO, YES, V::Nearly)]);
    check_flips("yynny", true, "--yyy", &[]);
    // Three misses without a no: mending one of them leaves two.
    check_flips("yypps", false, "--yyy", &[]);
    // A serverless one: every asked fact could break it; the nearest to its minimum comes first.
    check_flips(
        "yyyyy",
        true,
        "-p--s",
        &[(SCALES, NO, V::InName), (HIDDEN, PARTIAL, V::Nearly)],
    );
    check_flips(
        "yyyyy",
        true,
        "-p--y",
        &[(HIDDEN, SIZE, V::Nearly), (SCALES, NO, V::InName)],
    );
    // Nothing lies below a minimum of no.
    check_flips("yyyyy", true, "n----", &[]);
}

fn with_history() -> Service {
    let mut service = service("yyyyy", true);
    service.available_from = Some(day("2020-03"));
    let mut old = until("2022-04-21", &[(ZERO, NO), (PER_USE, PARTIAL)]);
    old.idle_usd_per_month = Some(43.8);
    old.idle_working = Some("0.5 units".into());
    old.note = Some("it got cheaper".into());
    old.claim.made = Some(false);
    let mut newer = until("2024-11-20", &[(ZERO, PARTIAL)]);
    newer.idle_unknown = true;
    service.history = vec![old, newer];
    service
}

#[test]
fn history_is_laid_newest_first() {
    let service = with_history();
    let check = |asked: Option<&str>,
                 answers: &str,
                 claimed: bool,
                 idle: Option<f64>,
                 since: &str,
                 until: Option<&str>| {
        let state = at(&service, asked.map(day)).expect("it existed");
        assert_eq!(
            state.answers(),
            AnswerLevels::new(letters(answers)),
            "{asked:?}"
        );
        assert_eq!(
            (state.claimed, state.idle_usd_per_month),
            (claimed, idle),
            "{asked:?}"
        );
        assert_eq!(
            (state.since, state.until),
            (Some(day(since)), until.map(day)),
            "{asked:?}"
        );
        assert_eq!(
            answers_at(&service, asked.map(day)),
            Ok((state.answers(), state.claimed))
        );
    };
    let (first, second) = (Some("2022-04-21"), Some("2024-11-20"));
    check(
        Some("2020-03-01"),
        "yynpy",
        false,
        Some(43.8),
        "2020-03",
        first,
    );
    check(
        Some("2022-04-20"),
        "yynpy",
        false,
        Some(43.8),
        "2020-03",
        first,
    );
    check(first, "yypyy", true, None, "2022-04-21", second);
    check(Some("2024-11"), "yypyy", true, None, "2022-04-21", second);
    check(second, "yyyyy", true, Some(1.0), "2024-11-20", None);
    check(None, "yyyyy", true, Some(1.0), "2024-11-20", None);
}

#[test]
fn a_fact_knows_its_own_time() {
    let service = with_history();
    let held = |asked: &str, criterion: CriterionId| {
        *at(&service, Some(day(asked)))
            .expect("existed")
            .facts
            .get(criterion.index())
            .expect("five")
    };
    let zero = held("2023-01", ZERO);
    assert_eq!(
        (zero.since, zero.until, zero.as_of),
        (
            Some(day("2022-04-21")),
            Some(day("2024-11-20")),
            day("2024-11-20")
        )
    );
    // The meter changed earlier and has held ever since.
    let meter = held("2023-01", PER_USE);
    assert_eq!(
        (meter.since, meter.until, meter.as_of),
        (Some(day("2022-04-21")), None, day("2026-06"))
    );
    let managed = held("2023-01", MANAGED);
    assert_eq!((managed.since, managed.until), (Some(day("2020-03")), None));
    assert!(
        meter.is_stale(day("2028-01")) && !meter.is_stale(day("2027-12")),
        "older than 18 months, not 18"
    );
    assert!(
        !zero.is_stale(day("2030")),
        "a closed chapter does not go stale"
    );
}

#[test]
fn a_day_outside_its_life_is_said_so() {
    let mut service = with_history();
    assert_eq!(
        at(&service, Some(day("2020-02-29"))).err(),
        Some(Absent::NotYet(day("2020-03")))
    );
    assert_eq!(
        at(&service, Some(day("2020"))).err(),
        Some(Absent::NotYet(day("2020-03"))),
        "a year is its first day"
    );
    service.retired = Some(day("2025-05-30"));
    assert_eq!(
        at(&service, Some(day("2025-05-30"))).err(),
        Some(Absent::Retired(day("2025-05-30")))
    );
    assert!(at(&service, Some(day("2025-05-29"))).is_ok());
    let last = at(&service, None).expect("judged as on its last day");
    assert_eq!(
        (last.retired, last.until),
        (Some(day("2025-05-30")), Some(day("2025-05-30")))
    );
}

#[test]
fn facts_carried_back_say_so() {
    let mut service = service("yyyyy", true);
    let carried = |service: &Service, asked: &str| {
        at(service, Some(day(asked)))
            .expect("nobody says when it began")
            .carried_back
    };
    assert!(carried(&service, "1990"));
    assert!(!carried(&service, "2026-06"));
    service.available_from = Some(day("1980"));
    assert!(!carried(&service, "1990"));
}

#[test]
fn an_idle_bill_is_never_explained_by_another_time() {
    let mut service = with_history();
    let working = |service: &Service, asked: &str| match at(service, Some(day(asked)))
        .expect("existed")
        .idle_working
    {
        Some(IdleBillBasis::Sentence(text)) => Some(text.to_string()),
        Some(IdleBillBasis::Page(_)) => Some("page".into()),
        None => None,
    };
    assert_eq!(working(&service, "2026").as_deref(), Some("page"));
    assert_eq!(working(&service, "2023"), None);
    assert_eq!(working(&service, "2021").as_deref(), Some("0.5 units"));
    service.history = vec![PastState {
        until: Some(day("2022")),
        idle_usd_per_month: Some(2.0),
        ..PastState::default()
    }];
    assert_eq!(working(&service, "2021"), None);
    // Where an entry contradicts itself, "not known" wins.
    service.history = vec![PastState {
        until: Some(day("2022")),
        idle_usd_per_month: Some(2.0),
        idle_unknown: true,
        ..PastState::default()
    }];
    assert_eq!(
        at(&service, Some(day("2021"))).map(|state| state.idle_usd_per_month),
        Ok(None)
    );
}

#[test]
fn the_timeline_has_one_span_per_state() {
    let service = with_history();
    let spans = timeline(&service, &lens("--y--"));
    let told: Vec<_> = spans
        .iter()
        .map(|s| {
            (
                s.outcome.verdict(),
                s.moved,
                s.ended_by.map(SafeText::as_str),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some(Verdict::Not), false, Some("it got cheaper")),
            (Some(Verdict::Nearly), true, None),
            (Some(Verdict::Met), true, None)
        ]
    );
    let mut late = with_history();
    late.available_from = Some(day("2023"));
    assert_eq!(
        timeline(&late, &lens("--y--")).len(),
        2,
        "a state from before it was sold is no span"
    );
}

#[test]
fn scores_sum_up() {
    let services = [
        service("yyyyy", true),
        service("yyyyp", true),
        service("nyyyy", true),
        service("nyyyy", false),
    ];
    let summed = scores(&services, &spectrum(), None).expect("four scores");
    assert_eq!(
        (summed.count, summed.lowest, summed.median, summed.highest),
        (4, 8.0, 8.5, 10.0)
    );
    assert_eq!(summed.mean, 8.75);
    assert_eq!(scores(&services, &lens("y----"), None), None);
}

#[test]
fn distances_follow_the_ladder_of_each_fact() {
    let subject = subject();
    let criteria = &subject.criteria;
    let check = |a: &str, b: &str, expected: u32| {
        let pairs = criteria.ids().zip(letters(a).into_iter().zip(letters(b)));
        let step = |criterion, answer| step(criteria, criterion, answer);
        let apart = pairs.map(|(c, (a, b))| step(c, a).abs_diff(step(c, b)));
        assert_eq!(apart.sum::<u32>(), expected, "{a} to {b}");
    };
    check("yyyyy", "yyyyy", 0);
    check("yyyyy", "nnnnn", 30);
    check("yyyyy", "yyyys", 2);
    check("yyyyy", "yyyyp", 4);
    check("yyyyy", "yyypy", 3);
    assert_eq!(below(criteria, HIDDEN, YES), Some(SIZE));
    assert_eq!(below(criteria, PER_USE, YES), Some(PARTIAL));
    assert_eq!(below(criteria, PER_USE, NO), None);
    assert_eq!(steps(criteria, HIDDEN, PARTIAL, YES), 2);
}

#[test]
fn neighbors_come_nearest_first() {
    let mut gone = service("yyyyy", true);
    gone.retired = Some(day("2025"));
    let services = [
        service("nnnnn", true),
        service("yyyys", true),
        gone,
        service("yyyyy", true),
    ];
    let ours = facts(
        &subject().criteria,
        &[question(ZERO, "yn")],
        &[InterviewAnswer::Unsure],
    );
    let told: Vec<_> = nearest(&services, &ours, 2)
        .iter()
        .map(|n| (n.service.facts.get(HIDDEN).map(|f| f.answer), n.distance))
        .collect();
    assert_eq!(told, [(Some(YES), 0), (Some(SIZE), 2)]);
}

#[test]
fn unsure_is_carried_through_as_a_range() {
    let questions = [
        question(ZERO, "ypn"),
        question(ZERO, "yn"),
        question(PER_USE, "ypn"),
        question(HIDDEN, "yspn"),
    ];
    let check =
        |picks: &[InterviewAnswer], range: VerdictRange, deciding: &[usize], open: &[usize]| {
            let reading = reading(&questions, picks, true, &lens("--yys"));
            assert_eq!(
                (
                    reading.range,
                    reading.deciding.as_slice(),
                    reading.open.as_slice()
                ),
                (range, deciding, open),
                "{picks:?}"
            );
        };
    let (c, unsure) = (InterviewAnswer::Choice, InterviewAnswer::Unsure);
    let range = VerdictRange::Verdicts;
    let (best, nearly, name) = (Verdict::Met, Verdict::Nearly, Verdict::InName);
    check(&[c(0), c(0), c(0), c(1)], range(best, best), &[], &[]);
    check(&[c(1), c(0), c(0), c(0)], range(nearly, nearly), &[0], &[]);
    check(&[c(0), unsure, c(0), c(0)], range(name, best), &[], &[1]);
    // The lowest answer counts: the second question no longer matters.
    check(&[c(2), unsure, c(0), c(0)], range(name, name), &[0], &[]);
    check(
        &[c(1), c(0), c(1), unsure],
        range(name, nearly),
        &[0, 2],
        &[3],
    );
    // A missing pick is "unsure", and so is a choice that does not exist.
    check(&[c(0), c(0), c(0)], range(name, best), &[], &[3]);
    check(&[c(0), c(0), c(0), c(9)], range(name, best), &[], &[3]);
}

#[test]
fn what_is_met_in_part_either_way_is_not_open() {
    let questions = [
        question(MANAGED, "yp"),
        question(ZERO, "yn"),
        question(PER_USE, "yp"),
        question(SCALES, "yp"),
    ];
    let picks = [
        InterviewAnswer::Unsure,
        InterviewAnswer::Unsure,
        InterviewAnswer::Unsure,
        InterviewAnswer::Choice(1),
    ];
    let reading = reading(&questions, &picks, true, &lens("yyyy-"));
    // Only the second can refuse something: between "in part" and "in full" of the others it stays "nearly" while scaling
    // is met in part.
    assert_eq!(
        reading.range,
        VerdictRange::Verdicts(Verdict::InName, Verdict::Nearly)
    );
    assert_eq!(reading.open, [1]);
}

#[test]
fn sets_of_answers() {
    let subject = subject();
    let set = facts(
        &subject.criteria,
        &[question(PER_USE, "yp"), question(PER_USE, "yn")],
        &[],
    );
    let [.., meter, hidden] = set[..] else {
        panic!("five")
    };
    assert_eq!(meter.iter().collect::<Vec<_>>(), [NO, PARTIAL, YES]);
    assert!(!meter.is_settled() && hidden.is_settled());
    assert_eq!(
        AnswerSet::one(SIZE).distance(&subject.criteria, HIDDEN, NO),
        4
    );
}
