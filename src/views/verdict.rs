//! Verdicts, requirements, answers and idle bills in words and signs, the same wherever they show.
//! Nothing rests on color: a sign and a word say it alone, in ASCII too.

use crate::core::cost::Money;
use crate::core::judge::{Absent, LensOutcome, Requirement, TableVerdict, Verdict, VerdictTally};
use crate::layout::Role;
use crate::pack::{AnswerLevel, Subject};
use crate::safe;
use crate::text::measure::in_words;
use crate::text::{Day, SafeText};

/// What a verdict means to the eye.
pub const fn role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Met => Role::Good,
        Verdict::Nearly => Role::Warn,
        Verdict::InName => Role::Bad,
        Verdict::Not => Role::Strong,
    }
}

/// What an outcome means to the eye.
pub const fn outcome_role(outcome: LensOutcome) -> Role {
    match outcome {
        LensOutcome::Verdict(verdict) => role(verdict),
        LensOutcome::Score(_) => Role::Strong,
    }
}

/// An outcome in full, with its sign: `~ nearly met`, `9.5 of 10`.
pub fn full(subject: &Subject, outcome: LensOutcome) -> SafeText {
    match outcome {
        LensOutcome::Verdict(verdict) => {
            let words = verdict.words(subject);
            safe!("{} {}", words.sign, words.title)
        }
        LensOutcome::Score(score) => safe!("{score:.1} of 10"),
    }
}

/// An outcome without its sign.
pub fn outcome_word(subject: &Subject, outcome: LensOutcome) -> SafeText {
    match outcome {
        LensOutcome::Verdict(verdict) => verdict.words(subject).title.clone(),
        LensOutcome::Score(_) => full(subject, outcome),
    }
}

/// An outcome for a table, at most 12 cells: `~ nearly`, ` 9.5 of 10`.
pub fn brief(subject: &Subject, outcome: LensOutcome) -> SafeText {
    match outcome {
        LensOutcome::Verdict(verdict) => {
            let words = verdict.words(subject);
            safe!("{} {}", words.sign, words.short)
        }
        LensOutcome::Score(score) => safe!("{score:>4.1} of 10"),
    }
}

/// What is said of a service on a day, for a table, at most 12 cells.
pub fn said(subject: &Subject, said: &TableVerdict) -> (SafeText, Role) {
    match said {
        Ok(outcome) => (brief(subject, *outcome), outcome_role(*outcome)),
        Err(absent) => (SafeText::ours(absent_word(*absent)), Role::Dim),
    }
}

/// How many have which verdict, best first: `12 serverless · 30 nearly`.
pub fn counts(subject: &Subject, tally: &VerdictTally) -> SafeText {
    let both = Verdict::each(subject, tally.verdicts);
    let words = both.map(|(verdict, n)| safe!("{n} {}", verdict.words(subject).short));
    SafeText::join(&words.collect::<Vec<_>>(), " · ")
}

/// Why there is nothing to judge, in a word or two.
pub const fn absent_word(absent: Absent) -> &'static str {
    match absent {
        Absent::NotYet(_) => ". not yet",
        Absent::Retired(_) => ". retired",
    }
}

/// Why there is nothing to judge on a day, in a sentence.
pub fn absent_sentence(absent: Absent, day: Day, subject: &Subject) -> SafeText {
    match absent {
        Absent::NotYet(from) => {
            safe!(
                "{} it was not {} yet; it was first available {}.",
                when("On", "In", day),
                subject.things.offered,
                when("on", "in", from)
            )
        }
        Absent::Retired(since) => safe!(
            "{} it was gone: it has been retired since {since}.",
            when("On", "In", day)
        ),
    }
}

/// `On 2023-01-31`, `In 2023-01`.
fn when(on: &str, within: &str, day: Day) -> String {
    format!("{} {day}", if day.day.is_some() { on } else { within })
}

/// What a lens asks of a fact and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementWords {
    /// Empty where a fact is weighed.
    pub asks: SafeText,
    /// Empty where nothing is asked.
    pub result: SafeText,
    pub role: Role,
    /// How the answer is set: what is missed stands out, what is not asked steps back.
    pub answer_role: Role,
}

/// A requirement in words, answers called by `name`.
pub fn requirement(asked: Requirement, name: impl Fn(AnswerLevel) -> SafeText) -> RequirementWords {
    let asks = |least: AnswerLevel| safe!("asks {}", name(least));
    let none = SafeText::default;
    let (asks, result, role, answer_role) = match asked {
        Requirement::NotAsked => (SafeText::ours("not asked"), none(), Role::Dim, Role::Dim),
        Requirement::Met(least) => (asks(least), SafeText::ours("+ met"), Role::Good, Role::Good),
        Requirement::Unmet(least) => (
            asks(least),
            SafeText::ours("× missed"),
            Role::Bad,
            Role::Bad,
        ),
        Requirement::Weighed { points, of } => {
            let points = safe!("{points:.1} of {of:.1} points");
            (none(), points, Role::Text, Role::Strong)
        }
    };
    RequirementWords {
        asks,
        result,
        role,
        answer_role,
    }
}

/// Why nothing is named as missed.
pub fn missed_nothing(subject: &Subject, is_score: bool) -> SafeText {
    if is_score {
        let all = in_words(subject.criteria.count());
        safe!("A score weighs all {all} facts and draws no line.")
    } else {
        SafeText::ours("Everything it asks is met.")
    }
}

/// An idle bill: `$43.80`, or that it is not known.
pub fn idle(subject: &Subject, a_month: Option<f64>) -> SafeText {
    a_month.map_or(SafeText::ours("unknown"), |amount| {
        Money::price(amount).shown(&subject.cost.currency)
    })
}

/// The same with its period: `$43.80 a month`.
pub fn idle_a_month(subject: &Subject, a_month: Option<f64>) -> SafeText {
    match a_month {
        Some(_) => safe!("{} a month", idle(subject, a_month)),
        None => idle(subject, None),
    }
}

/// What an answer means to the eye where no lens is on.
pub fn level_role(subject: &Subject, answer: AnswerLevel) -> Role {
    match answer {
        AnswerLevel::NO => Role::Bad,
        answer if answer == subject.criteria.yes() => Role::Good,
        _ => Role::Warn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{PARTIAL, YES};
    use crate::pack::entries::samples::subject;

    #[test]
    fn every_verdict_has_its_sign_and_its_words() {
        let subject = subject();
        let check = |verdict, expected_full: &str, expected_brief: &str| {
            let outcome = LensOutcome::Verdict(verdict);
            assert_eq!(full(&subject, outcome).as_str(), expected_full);
            assert_eq!(brief(&subject, outcome).as_str(), expected_brief);
            assert_eq!(
                outcome_word(&subject, outcome).as_str(),
                &expected_full[2..]
            );
            assert!(expected_full.is_ascii() && expected_brief.len() <= 12);
        };
        check(Verdict::Met, "+ serverless", "+ serverless");
        check(Verdict::Nearly, "~ nearly serverless", "~ nearly");
        check(Verdict::InName, "! serverless in name", "! in name");
        check(Verdict::Not, "- not serverless", "- not");
        assert_eq!(
            full(&subject, LensOutcome::Score(9.5)).as_str(),
            "9.5 of 10"
        );
        assert_eq!(
            brief(&subject, LensOutcome::Score(9.5)).as_str(),
            " 9.5 of 10"
        );
        assert_eq!(
            brief(&subject, LensOutcome::Score(10.0)).as_str(),
            "10.0 of 10"
        );
    }

    #[test]
    fn requirements_say_what_is_asked_and_what_came_of_it() {
        let subject = subject();
        let criteria = &subject.criteria;
        let check = |asked, expected: (&str, &str, Role, Role)| {
            let words = requirement(asked, |answer| SafeText::line(criteria.word(answer)));
            let found = (
                words.asks.as_str(),
                words.result.as_str(),
                words.role,
                words.answer_role,
            );
            assert_eq!(found, expected);
        };
        let (met, unmet) = (YES, PARTIAL);
        check(
            Requirement::NotAsked,
            ("not asked", "", Role::Dim, Role::Dim),
        );
        check(
            Requirement::Met(met),
            ("asks yes", "+ met", Role::Good, Role::Good),
        );
        check(
            Requirement::Unmet(unmet),
            ("asks partial", "× missed", Role::Bad, Role::Bad),
        );
        let weighed = Requirement::Weighed {
            points: 1.5,
            of: 2.0,
        };
        check(weighed, ("", "1.5 of 2.0 points", Role::Text, Role::Strong));
        let short = requirement(Requirement::Unmet(unmet), |answer| criteria.cell(answer));
        assert_eq!(short.asks.as_str(), "asks part");
    }

    #[test]
    fn idle_bills_say_when_they_are_not_known() {
        let subject = subject();
        let check = |amount, expected: [&str; 2]| {
            let found = [idle(&subject, amount), idle_a_month(&subject, amount)];
            assert_eq!(found.each_ref().map(SafeText::as_str), expected);
        };
        check(Some(0.0), ["$0.00", "$0.00 a month"]);
        check(Some(43.8), ["$43.80", "$43.80 a month"]);
        check(None, ["unknown", "unknown"]);
    }

    #[test]
    fn what_is_not_there_says_since_when() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let check = |absent, on: &str, expected: &str| {
            assert_eq!(
                absent_sentence(absent, day(on), &subject()).as_str(),
                expected
            );
        };
        let (not_yet, gone) = (
            Absent::NotYet(day("2020")),
            Absent::Retired(day("2022-05-01")),
        );
        check(
            not_yet,
            "2019-04",
            "In 2019-04 it was not sold yet; it was first available in 2020.",
        );
        check(
            gone,
            "2023-01-31",
            "On 2023-01-31 it was gone: it has been retired since 2022-05-01.",
        );
        assert_eq!(
            [absent_word(not_yet), absent_word(gone)],
            [". not yet", ". retired"]
        );
    }
}
