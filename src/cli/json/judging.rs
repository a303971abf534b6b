//! Judging as JSON: a service through a lens, one's own service, services and lenses side by side.
//! Promise: verdicts, answers and facts are the words of the author's guide; a score is a number and never a verdict.

use serde::Serialize;

use crate::cli::json::Source;
use crate::core::judge::lens_diff::scored;
use crate::core::judge::proof::{self, judge};
use crate::core::judge::self_assessment::{self, services};
use crate::core::judge::state::at;
use crate::core::judge::timeline::timeline;
use crate::core::judge::verdict::minimum;
use crate::core::judge::{
    Absent, Assessment, InterviewAnswer, InterviewStep, LensAssessment, LensDiff, LensOutcome,
    NearService, Period, Requirement, Verdict, VerdictRange,
};
use crate::pack::{Fact, FactLevel, Lens, LensRule, Library, Service};
use crate::text::{Day, SafeText, Words};
use crate::views::assessment;

/// `judge SERVICE`.
#[derive(Serialize)]
pub struct Judgment<'a> {
    service: &'a str,
    name: &'a str,
    provider: &'a str,
    lens: &'a str,
    lens_name: &'a str,
    as_of: Option<String>,
    status: &'static str,
    available_from: Option<String>,
    retired: Option<String>,
    verdict: Option<&'static str>,
    score: Option<f64>,
    marketed_as_serverless: Option<bool>,
    proof: Vec<Proven<'a>>,
    flips: Vec<Flip>,
    idle_usd_per_month: Option<f64>,
    timeline: Vec<Stretch<'a>>,
}

/// A fact and what the lens makes of it.
#[derive(Serialize)]
struct Proven<'a> {
    fact: &'static str,
    answer: &'static str,
    asked: Option<&'static str>,
    met: Option<bool>,
    points: Option<f64>,
    why: &'a str,
    since: Option<String>,
    until: Option<String>,
    as_of: String,
    sources: Vec<Source>,
}

/// A change that would turn the verdict.
#[derive(Serialize)]
struct Flip {
    fact: &'static str,
    from: &'static str,
    to: &'static str,
    verdict: &'static str,
}

/// A stretch of time in which the facts stood still.
#[derive(Serialize)]
struct Stretch<'a> {
    since: Option<String>,
    until: Option<String>,
    verdict: Option<&'static str>,
    score: Option<f64>,
    ended_by: Option<&'a str>,
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(|d| d.to_string())
}

fn parts(outcome: LensOutcome) -> (Option<&'static str>, Option<f64>) {
    match outcome {
        LensOutcome::Verdict(verdict) => (Some(verdict.word()), None),
        LensOutcome::Score(score) => (None, Some(score)),
    }
}

impl<'a> Judgment<'a> {
    /// A service through a lens on a day.
    pub fn of(library: &Library, service: &'a Service, lens: &'a Lens, asked: Option<Day>) -> Self {
        let state = at(service, asked);
        let found = state.as_ref().ok().map(|state| judge(state, lens));
        let (verdict, score) = found.as_ref().map_or((None, None), |j| parts(j.outcome));
        Self {
            service: &service.id,
            name: &service.name,
            provider: &service.provider,
            lens: &lens.id,
            lens_name: &lens.name,
            as_of: day(asked),
            status: status(state.as_ref().err()),
            available_from: day(service.available_from),
            retired: day(service.retired),
            verdict,
            score,
            marketed_as_serverless: state.as_ref().ok().map(|s| s.marketed),
            proof: found
                .iter()
                .flat_map(|j| j.proof)
                .map(|c| proven(library, &c))
                .collect(),
            flips: found.iter().flat_map(|j| &j.flips).map(flip).collect(),
            idle_usd_per_month: state.as_ref().ok().and_then(|s| s.idle_usd_per_month),
            timeline: timeline(service, lens).iter().map(stretch).collect(),
        }
    }
}

fn status(absent: Option<&Absent>) -> &'static str {
    match absent {
        None => "judged",
        Some(Absent::NotYet(_)) => "not-yet",
        Some(Absent::Retired(_)) => "retired",
    }
}

fn proven<'a>(library: &Library, criterion: &proof::Criterion<'a>) -> Proven<'a> {
    let held = criterion.held;
    let (asked, met, points) = match criterion.asked {
        Requirement::NotAsked => (None, None, None),
        Requirement::Met(least) => (Some(least), Some(true), None),
        Requirement::Unmet(least) => (Some(least), Some(false), None),
        Requirement::Weighed { points, .. } => (None, None, Some(points)),
    };
    Proven {
        fact: held.fact.word(),
        answer: held.answer.word(),
        asked: asked.map(FactLevel::word),
        met,
        points,
        why: held.why,
        since: day(held.since),
        until: day(held.until),
        as_of: held.as_of.to_string(),
        sources: Source::all(library, held.sources),
    }
}

fn flip(flip: &proof::Flip) -> Flip {
    Flip {
        fact: flip.fact.word(),
        from: flip.from.word(),
        to: flip.to.word(),
        verdict: flip.into.word(),
    }
}

fn stretch<'a>(span: &Period<'a>) -> Stretch<'a> {
    let (verdict, score) = parts(span.outcome);
    let ended_by = span.ended_by.map(SafeText::as_str);
    Stretch {
        since: day(span.state.since),
        until: day(span.state.until),
        verdict,
        score,
        ended_by,
    }
}

/// `judge --blank`.
#[derive(Serialize)]
pub struct Checklist<'a> {
    questions: Vec<Question<'a>>,
}

#[derive(Serialize)]
struct Question<'a> {
    question: &'a str,
    fact: Option<&'static str>,
    prompt: &'a str,
    why: &'a str,
    terms: &'a [String],
    choices: Vec<Offered<'a>>,
}

#[derive(Serialize)]
struct Offered<'a> {
    choice: usize,
    text: &'a str,
    answer: Option<&'static str>,
    explanation: &'a str,
}

impl<'a> Checklist<'a> {
    /// The steps of the interview.
    pub fn of(steps: &[InterviewStep<'a>]) -> Self {
        let offered = |(n, c): (usize, &self_assessment::StepChoice<'a>)| Offered {
            choice: n + 1,
            text: c.text,
            answer: c.answer.map(FactLevel::word),
            explanation: c.explanation,
        };
        let question = |s: &InterviewStep<'a>| Question {
            question: s.id,
            fact: s.fact.map(Fact::word),
            prompt: s.prompt,
            why: s.why,
            terms: s.terms,
            choices: s.choices.iter().enumerate().map(offered).collect(),
        };
        Self {
            questions: steps.iter().map(question).collect(),
        }
    }
}

/// `judge` without a service.
#[derive(Serialize)]
pub struct Own<'a> {
    name: Option<&'a str>,
    answers: Vec<Given<'a>>,
    facts: Vec<Possible>,
    lenses: Vec<Read<'a>>,
    nearest: Vec<Nearby<'a>>,
    markdown: String,
}

#[derive(Serialize)]
struct Given<'a> {
    question: &'a str,
    fact: Option<&'static str>,
    choice: Option<usize>,
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct Possible {
    fact: &'static str,
    answers: Vec<&'static str>,
}

#[derive(Serialize)]
struct Read<'a> {
    lens: &'a str,
    name: &'a str,
    settled: bool,
    worst: Option<&'static str>,
    best: Option<&'static str>,
    lowest: Option<f64>,
    highest: Option<f64>,
    decided_by: Vec<&'a str>,
    open: Vec<&'a str>,
}

#[derive(Serialize)]
struct Nearby<'a> {
    service: &'a str,
    name: &'a str,
    distance: u32,
    differs: Vec<Differs>,
}

#[derive(Serialize)]
struct Differs {
    fact: &'static str,
    answer: &'static str,
}

impl<'a> Own<'a> {
    /// What one's answers come to.
    pub fn of(own: &'a Assessment<'a>, name: Option<&'a SafeText>, today: Day) -> Self {
        let possible = |(fact, set): (Fact, crate::core::judge::interview::AnswerSet)| Possible {
            fact: fact.word(),
            answers: set.iter().map(FactLevel::word).collect(),
        };
        Self {
            name: name.map(SafeText::as_str),
            answers: own.steps.iter().zip(&own.picks).map(given).collect(),
            facts: Fact::ALL.into_iter().zip(own.facts).map(possible).collect(),
            lenses: own.under.iter().map(|under| read(own, under)).collect(),
            nearest: own.near.iter().map(nearby).collect(),
            markdown: assessment::text(own, name, today).to_string(),
        }
    }
}

fn given<'a>((step, pick): (&'a InterviewStep<'a>, &InterviewAnswer)) -> Given<'a> {
    let choice = match pick {
        InterviewAnswer::Choice(n) => step.choices.get(*n).map(|c| (n + 1, c.text.as_str())),
        InterviewAnswer::Unsure => None,
    };
    let (choice, text) = choice.unzip();
    Given {
        question: step.id,
        fact: step.fact.map(Fact::word),
        choice,
        text,
    }
}

fn read<'a>(own: &'a Assessment<'a>, under: &LensAssessment<'a>) -> Read<'a> {
    let ids = |numbers: &[usize]| {
        numbers
            .iter()
            .filter_map(|n| own.steps.get(*n))
            .map(|s| s.id)
            .collect()
    };
    let (verdicts, scores) = match under.reading.range {
        VerdictRange::Verdicts(worst, best) => (Some((worst.word(), best.word())), None),
        VerdictRange::Scores(low, high) => (None, Some((low, high))),
    };
    let ((worst, best), (lowest, highest)) = (verdicts.unzip(), scores.unzip());
    Read {
        lens: &under.lens.id,
        name: &under.lens.name,
        settled: under.reading.range.is_settled(),
        worst,
        best,
        lowest,
        highest,
        decided_by: ids(&under.reading.deciding),
        open: ids(&under.reading.open),
    }
}

fn nearby<'a>(near: &NearService<'a>) -> Nearby<'a> {
    let differs = near
        .differs
        .iter()
        .map(|(f, a)| Differs {
            fact: f.word(),
            answer: a.word(),
        })
        .collect();
    Nearby {
        service: &near.service.id,
        name: &near.service.name,
        distance: near.distance,
        differs,
    }
}

/// `compare` with services.
#[derive(Serialize)]
pub struct Services<'a> {
    lens: &'a str,
    as_of: Option<String>,
    facts: Vec<Differing>,
    services: Vec<Judgment<'a>>,
}

#[derive(Serialize)]
struct Differing {
    fact: &'static str,
    asked: Option<&'static str>,
    differs: bool,
}

impl<'a> Services<'a> {
    /// Services side by side through a lens.
    pub fn of(
        library: &Library,
        compared: &[&'a Service],
        lens: &'a Lens,
        asked: Option<Day>,
    ) -> Self {
        let services: Vec<Judgment<'a>> = compared
            .iter()
            .map(|s| Judgment::of(library, s, lens, asked))
            .collect();
        let answer = |s: &Judgment<'a>, n: usize| s.proof.get(n).map(|p| p.answer);
        let differing = |(n, fact): (usize, Fact)| {
            let mut answers = services.iter().filter_map(|s| answer(s, n));
            let first = answers.next();
            let differs = answers.any(|a| Some(a) != first);
            Differing {
                fact: fact.word(),
                asked: minimum(lens, fact).map(FactLevel::word),
                differs,
            }
        };
        let facts = Fact::ALL.into_iter().enumerate().map(differing).collect();
        Self {
            lens: &lens.id,
            as_of: day(asked),
            facts,
            services,
        }
    }
}

/// `compare` with lenses.
#[derive(Serialize)]
pub struct Lenses<'a> {
    as_of: Option<String>,
    lenses: Vec<Ruled<'a>>,
    judged: Option<usize>,
    disagreements: Vec<Parted<'a>>,
    scores: Vec<Scored<'a>>,
}

#[derive(Serialize)]
struct Ruled<'a> {
    lens: &'a str,
    name: &'a str,
    question: &'a str,
    rule: Vec<Asks>,
}

#[derive(Serialize)]
struct Asks {
    fact: &'static str,
    least: Option<&'static str>,
    weight: Option<f64>,
}

#[derive(Serialize)]
struct Parted<'a> {
    service: &'a str,
    name: &'a str,
    verdicts: Vec<Says<'a>>,
    deciding: Vec<&'static str>,
}

#[derive(Serialize)]
struct Says<'a> {
    lens: &'a str,
    verdict: &'static str,
}

#[derive(Serialize)]
struct Scored<'a> {
    lens: &'a str,
    by: &'a str,
    verdict: &'static str,
    services: usize,
    lowest: f64,
    median: f64,
    highest: f64,
}

impl<'a> Lenses<'a> {
    /// Lenses side by side; `found` is where those with rules part, when there are two or more of them.
    pub fn of(
        library: &Library,
        (compared, ruled, score): (&[&'a Lens], &[&'a Lens], &[&'a Lens]),
        found: Option<&LensDiff<'a>>,
        asked: Option<Day>,
    ) -> Self {
        let pairs = score
            .iter()
            .flat_map(|s| ruled.iter().map(move |r| (*r, *s)));
        Self {
            as_of: day(asked),
            lenses: compared.iter().map(|l| rule(l)).collect(),
            judged: found.map(|f| f.judged),
            disagreements: found.map(|f| parted(ruled, f)).unwrap_or_default(),
            scores: pairs
                .flat_map(|(r, s)| scores(library, r, s, asked))
                .collect(),
        }
    }
}

fn rule(lens: &Lens) -> Ruled<'_> {
    let asks = |fact: Fact| {
        let weight = match &lens.rule {
            LensRule::Minimum(_) => None,
            LensRule::Score { weights, .. } => {
                weights.iter().find(|(f, _)| *f == fact).map(|(_, w)| *w)
            }
        };
        Asks {
            fact: fact.word(),
            least: minimum(lens, fact).map(FactLevel::word),
            weight,
        }
    };
    Ruled {
        lens: &lens.id,
        name: &lens.name,
        question: &lens.question,
        rule: Fact::ALL.into_iter().map(asks).collect(),
    }
}

fn parted<'a>(ruled: &[&'a Lens], found: &LensDiff<'a>) -> Vec<Parted<'a>> {
    let says = |(lens, verdict): (&&'a Lens, &Verdict)| Says {
        lens: &lens.id,
        verdict: verdict.word(),
    };
    let each = |group: &crate::core::judge::lens_diff::SplitGroup<'a>| -> Vec<Parted<'a>> {
        let verdicts = || ruled.iter().zip(&group.verdicts).map(says).collect();
        let one = |split: &crate::core::judge::lens_diff::LensSplit<'a>| Parted {
            service: &split.service.id,
            name: &split.service.name,
            verdicts: verdicts(),
            deciding: split.deciding.iter().map(|f| f.word()).collect(),
        };
        group.splits.iter().map(one).collect()
    };
    found.groups.iter().flat_map(each).collect()
}

fn scores<'a>(
    library: &Library,
    rule: &'a Lens,
    score: &'a Lens,
    asked: Option<Day>,
) -> Vec<Scored<'a>> {
    let one = |(verdict, s): (Verdict, crate::core::judge::compare::Scores)| Scored {
        lens: &score.id,
        by: &rule.id,
        verdict: verdict.word(),
        services: s.count,
        lowest: s.lowest,
        median: s.median,
        highest: s.highest,
    };
    scored(services(library), rule, score, asked)
        .into_iter()
        .map(one)
        .collect()
}
