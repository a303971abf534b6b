//! One's own service, judged: what the answers of an interview come to under every lens, and which services are near.
//!
//! The step about the claim to the word parts "in name" from "not" and moves nothing else; both ends of a range are reached
//! by some way of settling the unsure steps.

use crate::core::judge::interview::{InterviewAnswer, InterviewStep, steps};
use crate::core::judge::nearest::{NearService, nearest};
use crate::core::judge::ranges::{AnswerSet, AssessedVerdict, VerdictRange, facts, reading};
use crate::pack::{Checklist, Lens, Library};

/// Catalogue services named beside one's own.
const NEAREST: usize = 5;

#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    pub steps: Vec<InterviewStep<'a>>,
    /// What was answered, one per step.
    pub picks: Vec<InterviewAnswer>,
    /// The answers that are still possible, in the order of the criteria.
    pub facts: Vec<AnswerSet>,
    /// Every lens, in the pack's order.
    pub under: Vec<LensAssessment<'a>>,
    /// The nearest services that are still sold, nearest first.
    pub near: Vec<NearService<'a>>,
}

#[derive(Clone, Debug)]
pub struct LensAssessment<'a> {
    pub lens: &'a Lens,
    /// What it says; its numbers count the steps.
    pub reading: AssessedVerdict,
}

/// Judges one's own service under every lens of the pack. A missing pick is "unsure".
pub fn judged<'a>(library: &'a Library, picks: &[InterviewAnswer]) -> Assessment<'a> {
    let checklist = library.checklist();
    let steps = steps(checklist);
    let picks: Vec<InterviewAnswer> = (0..steps.len())
        .map(|n| picks.get(n).copied().unwrap_or_default())
        .collect();
    let ours = facts(
        &library.pack().subject.criteria,
        &checklist.questions,
        &picks,
    );
    let under = library
        .lenses()
        .into_iter()
        .map(|lens| LensAssessment {
            lens,
            reading: own_reading(checklist, &picks, lens),
        })
        .collect();
    let near = nearest(library.services(), &ours, NEAREST);
    Assessment {
        steps,
        picks,
        facts: ours,
        under,
        near,
    }
}

/// A reading in which the claim may be unsure too; its step is the one after the questions. Where nobody asks for it,
/// none is made.
pub fn own_reading(
    checklist: &Checklist,
    picks: &[InterviewAnswer],
    lens: &Lens,
) -> AssessedVerdict {
    let questions = &checklist.questions;
    let with = |claimed| reading(questions, picks, claimed, lens);
    if checklist.claim.is_none() {
        return with(false);
    }
    let name = picks.get(questions.len()).copied().unwrap_or_default();
    match name {
        InterviewAnswer::Choice(0) => with(true),
        InterviewAnswer::Choice(_) => with(false),
        InterviewAnswer::Unsure => joined(with(false), with(true), questions.len()),
    }
}

/// The name raises a verdict or leaves it, so the lower end comes without it and the higher end with it.
fn joined(without: AssessedVerdict, with: AssessedVerdict, name: usize) -> AssessedVerdict {
    let range = match (without.range, with.range) {
        (VerdictRange::Verdicts(worst, _), VerdictRange::Verdicts(_, best)) => {
            VerdictRange::Verdicts(worst, best)
        }
        (range, VerdictRange::Verdicts(..) | VerdictRange::Scores(..)) => range,
    };
    let mut open: Vec<usize> = [without.open, with.open].concat();
    open.extend((without.range != with.range).then_some(name));
    open.sort_unstable();
    open.dedup();
    AssessedVerdict {
        range,
        deciding: with.deciding,
        open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{ZERO, checklist, lens, question, spectrum};
    use crate::core::judge::verdict::Verdict;

    #[test]
    fn an_unsure_name_joins_both_ranges() {
        let asked = checklist(&[question(ZERO, "yn")]);
        let check =
            |picks: &[InterviewAnswer], lens: &Lens, range: VerdictRange, open: &[usize]| {
                let reading = own_reading(&asked, picks, lens);
                assert_eq!(
                    (reading.range, reading.open.as_slice()),
                    (range, open),
                    "{picks:?}"
                );
            };
        let (no, u, strict) = (
            InterviewAnswer::Choice(1),
            InterviewAnswer::Unsure,
            lens("--y--"),
        );
        check(
            &[no, no],
            &strict,
            VerdictRange::Verdicts(Verdict::Not, Verdict::Not),
            &[],
        );
        check(
            &[no, InterviewAnswer::Choice(0)],
            &strict,
            VerdictRange::Verdicts(Verdict::InName, Verdict::InName),
            &[],
        );
        check(
            &[no, u],
            &strict,
            VerdictRange::Verdicts(Verdict::Not, Verdict::InName),
            &[1],
        );
        check(
            &[u, u],
            &strict,
            VerdictRange::Verdicts(Verdict::Not, Verdict::Met),
            &[0, 1],
        );
        check(
            &[InterviewAnswer::Choice(0), u],
            &strict,
            VerdictRange::Verdicts(Verdict::Met, Verdict::Met),
            &[],
        );
        check(&[no, u], &spectrum(), VerdictRange::Scores(8.0, 8.0), &[]);
    }
}
