//! Verdicts, answers and idle bills in words and signs, the same wherever they show.
//! Promise: a verdict never rests on color: its sign and its word say it alone, and both are plain ASCII.

use crate::core::cost::Usd;
use crate::core::judge::{Absent, LensOutcome, TableVerdict, Verdict};
use crate::layout::Role;
use crate::pack::{Fact, FactLevel};
use crate::text::{Day, SafeText};

/// The sign in front of a verdict.
pub const fn sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Serverless => '+',
        Verdict::Nearly => '~',
        Verdict::InName => '!',
        Verdict::Not => '-',
    }
}

/// A verdict in a word or two, for a table; at most 10 cells.
pub const fn short(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Serverless => "serverless",
        Verdict::Nearly => "nearly",
        Verdict::InName => "in name",
        Verdict::Not => "not",
    }
}

/// What a verdict means to the eye.
pub const fn role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Serverless => Role::Good,
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

/// An outcome in full: `~ nearly serverless`, `9.5 of 10`.
pub fn full(outcome: LensOutcome) -> SafeText {
    match outcome {
        LensOutcome::Verdict(verdict) => crate::safe!("{} {}", sign(verdict), verdict.title()),
        LensOutcome::Score(score) => crate::safe!("{score:.1} of 10"),
    }
}

/// An outcome for a table, at most 12 cells: `~ nearly`, ` 9.5 of 10`.
pub fn brief(outcome: LensOutcome) -> SafeText {
    match outcome {
        LensOutcome::Verdict(verdict) => crate::safe!("{} {}", sign(verdict), short(verdict)),
        LensOutcome::Score(score) => crate::safe!("{score:>4.1} of 10"),
    }
}

/// What is said of a service on a day, for a table, at most 12 cells.
pub fn said(said: &TableVerdict) -> (SafeText, Role) {
    match said {
        Ok(outcome) => (brief(*outcome), outcome_role(*outcome)),
        Err(absent) => (SafeText::ours(absent_word(*absent)), Role::Dim),
    }
}

/// Why there is nothing to judge, in a word or two.
pub const fn absent_word(absent: Absent) -> &'static str {
    match absent {
        Absent::NotYet(_) => ". not yet",
        Absent::Retired(_) => ". retired",
    }
}

/// Why there is nothing to judge on a day, in a sentence.
pub fn absent_sentence(absent: Absent, day: Day) -> SafeText {
    match absent {
        Absent::NotYet(from) => {
            crate::safe!(
                "{} it was not sold yet; it was first available {}.",
                when("On", "In", day),
                when("on", "in", from)
            )
        }
        Absent::Retired(since) => crate::safe!(
            "{} it was gone: it has been retired since {since}.",
            when("On", "In", day)
        ),
    }
}

/// `On 2023-01-31`, `In 2023-01`.
fn when(on: &str, within: &str, day: Day) -> String {
    format!("{} {day}", if day.day.is_some() { on } else { within })
}

/// The head of a fact's column, at most 7 cells.
pub const fn column(fact: Fact) -> &'static str {
    match fact {
        Fact::ProviderManaged => "managed",
        Fact::ScalesAutomatically => "scales",
        Fact::ScaleToZero => "zero",
        Fact::PayPerUse => "per use",
        Fact::HidesInfrastructure => "hidden",
    }
}

/// An answer in a column of four cells.
pub const fn cell(answer: FactLevel) -> &'static str {
    match answer {
        FactLevel::Yes => "yes",
        FactLevel::Size => "size",
        FactLevel::Partial => "part",
        FactLevel::No => "no",
    }
}

/// An idle bill: `$43.80`, or that it is not known.
pub fn idle(usd_per_month: Option<f64>) -> SafeText {
    usd_per_month.map_or(SafeText::ours("unknown"), |usd| {
        crate::safe!("{}", Usd::price(usd))
    })
}
