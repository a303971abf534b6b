//! Judging as JSON: a service through a lens, one's own service, services and lenses side by side.
//!
//! Verdicts, answers and facts are the words of the author's guide; a score is a number and never a verdict.

use serde_json::{Value, json};

use crate::cli::json::{flat, merged, with_sources};
use crate::core::judge::interview::StepChoice;
use crate::core::judge::lens_diff::{LensSplit, scored};
use crate::core::judge::proof::judge;
use crate::core::judge::ranges::AnswerSet;
use crate::core::judge::scores::Scores;
use crate::core::judge::state::at;
use crate::core::judge::timeline::timeline;
use crate::core::judge::verdict::minimum;
use crate::core::judge::{
    Absent, Assessment, Flip, InterviewAnswer, InterviewStep, JudgedFact, LensAssessment, LensDiff,
    LensOutcome, NearService, Period, Requirement, SplitGroup, Verdict, VerdictRange,
};
use crate::pack::claim::Claim;
use crate::pack::{Criteria, CriterionId, Lens, LensRule, Library, Pack, Service, Subject};
use crate::text::{Day, SafeText};
use crate::views::assessment;

/// `judge SERVICE`: a service through a lens on a day.
pub fn judgment(library: &Library, service: &Service, lens: &Lens, asked: Option<Day>) -> Value {
    let subject = &*library.pack().subject;
    let state = at(service, asked);
    let judged = state.as_ref().ok().map(|state| judge(state, lens));
    let outcome = judged.as_ref().map(|j| j.outcome);
    let proof = judged.iter().flat_map(|j| &j.proof);
    let flips = judged.iter().flat_map(|j| &j.flips);
    let body = json!({
        "service": service.id,
        "name": service.name,
        "provider": service.provider,
        "lens": lens.id,
        "lens_name": lens.name,
        "as_of": asked,
        "status": match state {
            Ok(_) => "judged",
            Err(Absent::NotYet(_)) => "not-yet",
            Err(Absent::Retired(_)) => "retired",
        },
        "available_from": service.available_from,
        "retired": service.retired,
        "verdict": outcome.and_then(LensOutcome::verdict).map(|v| v.id(subject)),
        "score": outcome.and_then(LensOutcome::score),
        "claim": claim(subject, service, state.as_ref().ok().map(|s| s.claimed)),
        "proof": proof.map(|proven| proven_by(subject, proven)).collect::<Value>(),
        "flips": flips.map(|flip| flipped(subject, flip)).collect::<Value>(),
        "idle_usd_per_month": state.as_ref().ok().and_then(|s| s.idle_usd_per_month),
        "currency": subject.cost.currency.code,
        "timeline": timeline(service, lens).iter().map(|p| stretch(subject, p)).collect::<Value>(),
    });
    with_sources(library, flat(body, "claim"))
}

/// Whether the word was claimed on a day, and where that is said.
fn claim(subject: &Subject, service: &Service, made: Option<bool>) -> Claim {
    match made {
        Some(true) => {
            let mut claim = service.claim.clone();
            claim.made = made;
            claim
        }
        Some(false) | None => Claim::of(&subject.things, made),
    }
}

/// A fact and what the lens makes of it.
fn proven_by(subject: &Subject, fact: &JudgedFact<'_>) -> Value {
    let (held, criteria) = (fact.held, &subject.criteria);
    let (asked, met, points) = match fact.asked {
        Requirement::NotAsked => (None, None, None),
        Requirement::Met(least) => (Some(least), Some(true), None),
        Requirement::Unmet(least) => (Some(least), Some(false), None),
        Requirement::Weighed { points, .. } => (None, None, Some(points)),
    };
    json!({
        "fact": criteria.id(held.criterion),
        "answer": criteria.word(held.answer),
        "asked": asked.map(|least| criteria.word(least)),
        "met": met,
        "points": points,
        "why": held.why,
        "since": held.since,
        "until": held.until,
        "as_of": held.as_of,
        "sources": held.sources,
    })
}

/// A change of one fact that would turn the verdict.
fn flipped(subject: &Subject, flip: &Flip) -> Value {
    json!({
        "fact": subject.criteria.id(flip.criterion),
        "from": subject.criteria.word(flip.from),
        "to": subject.criteria.word(flip.to),
        "verdict": flip.into.id(subject),
    })
}

/// A time in which the facts stood still.
fn stretch(subject: &Subject, period: &Period<'_>) -> Value {
    json!({
        "since": period.state.since,
        "until": period.state.until,
        "verdict": period.outcome.verdict().map(|v| v.id(subject)),
        "score": period.outcome.score(),
        "ended_by": period.ended_by,
    })
}

/// `judge --blank`: the steps of the interview.
pub fn checklist(criteria: &Criteria, steps: &[InterviewStep<'_>]) -> Value {
    let choice = |(n, choice): (usize, &StepChoice<'_>)| {
        json!({
            "choice": n,
            "text": choice.text,
            "answer": choice.answer.map(|answer| criteria.word(answer)),
            "explanation": choice.explanation,
        })
    };
    let question = |step: &InterviewStep<'_>| {
        json!({
            "question": step.id,
            "fact": step.fact.map(|fact| criteria.id(fact)),
            "prompt": step.prompt,
            "why": step.why,
            "terms": step.terms,
            "choices": (1..).zip(&step.choices).map(choice).collect::<Value>(),
        })
    };
    json!({"questions": steps.iter().map(question).collect::<Value>()})
}

/// `judge` without a service: what one's answers come to.
pub fn own(pack: &Pack, own: &Assessment<'_>, name: Option<&SafeText>, today: Day) -> Value {
    let (subject, criteria) = (&*pack.subject, &pack.subject.criteria);
    let facts = criteria.ids().zip(&own.facts);
    let possible = |(fact, set): (CriterionId, &AnswerSet)| {
        let answers = set.iter().map(|answer| criteria.word(answer));
        json!({"fact": criteria.id(fact), "answers": Vec::from_iter(answers)})
    };
    let given = |both| given(criteria, both);
    json!({
        "name": name,
        "answers": own.steps.iter().zip(&own.picks).map(given).collect::<Value>(),
        "facts": facts.map(possible).collect::<Value>(),
        "lenses": own.under.iter().map(|under| own_verdict(subject, own, under)).collect::<Value>(),
        "nearest": own.near.iter().map(|n| near(criteria, n)).collect::<Value>(),
        "markdown": assessment::text(pack, own, name, today),
    })
}

fn given(criteria: &Criteria, (step, pick): (&InterviewStep<'_>, &InterviewAnswer)) -> Value {
    let choice = match pick {
        InterviewAnswer::Choice(n) => step.choices.get(*n).map(|c| (n + 1, c.text)),
        InterviewAnswer::Unsure => None,
    };
    let (choice, text) = choice.unzip();
    let fact = step.fact.map(|fact| criteria.id(fact));
    json!({"question": step.id, "fact": fact, "choice": choice, "text": text})
}

fn own_verdict(subject: &Subject, own: &Assessment<'_>, under: &LensAssessment<'_>) -> Value {
    let ids = |numbers: &[usize]| -> Value {
        let steps = numbers.iter().filter_map(|n| own.steps.get(*n));
        steps.map(|step| step.id).collect()
    };
    let reading = &under.reading;
    let (verdicts, scores) = match reading.range {
        VerdictRange::Verdicts(worst, best) => (Some((worst, best)), None),
        VerdictRange::Scores(low, high) => (None, Some((low, high))),
    };
    let ((worst, best), (lowest, highest)) = (verdicts.unzip(), scores.unzip());
    json!({
        "lens": under.lens.id,
        "name": under.lens.name,
        "settled": reading.range.is_settled(),
        "worst": worst.map(|verdict| verdict.id(subject)),
        "best": best.map(|verdict| verdict.id(subject)),
        "lowest": lowest,
        "highest": highest,
        "decided_by": ids(&reading.deciding),
        "open": ids(&reading.open),
    })
}

fn near(criteria: &Criteria, near: &NearService<'_>) -> Value {
    let differs = near.differs.iter().map(
        |(fact, answer)| json!({"fact": criteria.id(*fact), "answer": criteria.word(*answer)}),
    );
    json!({
        "service": near.service.id,
        "name": near.service.name,
        "distance": near.distance,
        "differs": differs.collect::<Value>(),
    })
}

/// `compare` with services: side by side through a lens.
pub fn services_compared(
    library: &Library,
    compared: &[&Service],
    lens: &Lens,
    asked: Option<Day>,
) -> Value {
    let judged = compared.iter().map(|s| judgment(library, s, lens, asked));
    let judged: Vec<Value> = judged.collect();
    let criteria = &library.pack().subject.criteria;
    let fact = |(n, fact): (usize, CriterionId)| {
        let mut answers = judged.iter().filter_map(|j| j["proof"].get(n));
        let first = answers.next().map(|proven| &proven["answer"]);
        let differs = answers.any(|proven| Some(&proven["answer"]) != first);
        let asked = minimum(lens, fact).map(|least| criteria.word(least));
        json!({"fact": criteria.id(fact), "asked": asked, "differs": differs})
    };
    json!({
        "lens": lens.id,
        "as_of": asked,
        "facts": criteria.ids().enumerate().map(fact).collect::<Value>(),
        "services": judged,
    })
}

/// `compare` with lenses; `found` is where those with rules differ, when there are two or more of them.
pub fn lenses_compared(
    library: &Library,
    (compared, ruled, score): (&[&Lens], &[&Lens], &[&Lens]),
    found: Option<&LensDiff<'_>>,
    asked: Option<Day>,
) -> Value {
    let groups = found.iter().flat_map(|found| &found.groups);
    let by_verdict = |(rule, score): (&Lens, &Lens)| {
        let found = scored(library.services(), rule, score, asked);
        let range = |(verdict, found): (Verdict, Scores)| {
            let of = json!({"lens": score.id, "by": rule.id, "verdict": verdict.id(&rule.subject)});
            merged(of, json!(found))
        };
        found.into_iter().map(range).collect::<Vec<_>>()
    };
    let pairs = score
        .iter()
        .flat_map(|s| ruled.iter().map(move |r| (*r, *s)));
    json!({
        "as_of": asked,
        "lenses": compared.iter().map(|lens| rule(lens)).collect::<Value>(),
        "judged": found.map(|found| found.judged),
        "disagreements": groups.flat_map(|g| disagreements(ruled, g)).collect::<Value>(),
        "scores": pairs.flat_map(by_verdict).collect::<Value>(),
    })
}

/// A lens with what it asks of each fact, or how it weighs it.
fn rule(lens: &Lens) -> Value {
    let criteria = &lens.subject.criteria;
    let asks = |fact: CriterionId| {
        let weight = match &lens.rule {
            LensRule::Minimum(_) => None,
            LensRule::Score { weights, .. } => weights.iter().find(|(f, _)| *f == fact),
        };
        let weight = weight.map(|(_, weight)| weight);
        let least = minimum(lens, fact).map(|least| criteria.word(least));
        json!({"fact": criteria.id(fact), "least": least, "weight": weight})
    };
    json!({
        "lens": lens.id,
        "name": lens.name,
        "question": lens.question,
        "rule": criteria.ids().map(asks).collect::<Value>(),
    })
}

fn deciding<'a>(split: &LensSplit<'a>) -> Vec<&'a str> {
    let criteria = &split.service.facts.subject.criteria;
    split
        .deciding
        .iter()
        .map(|fact| criteria.id(*fact))
        .collect()
}

fn disagreements(ruled: &[&Lens], group: &SplitGroup<'_>) -> Vec<Value> {
    let verdicts = ruled.iter().zip(&group.verdicts);
    let says = |(lens, verdict): (&&Lens, &Verdict)| json!({"lens": lens.id, "verdict": verdict.id(&lens.subject)});
    let verdicts: Value = verdicts.map(says).collect();
    let one = |split: &LensSplit<'_>| {
        json!({
            "service": split.service.id,
            "name": split.service.name,
            "verdicts": verdicts,
            "deciding": deciding(split),
        })
    };
    group.splits.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{check_json as check, library};
    use crate::core::judge::assessment::judged;
    use crate::core::judge::interview::steps;
    use crate::core::judge::lens_diff::across;

    /// Bell One through the strict lens on a day.
    fn on(day: &str) -> Value {
        let library = library();
        let service = library.service("bell-one").unwrap();
        let lens = library.lens("strict").unwrap();
        judgment(&library, service, lens, Day::parse(day))
    }

    #[track_caller]
    fn check_fields(found: &Value, fields: &[&str], expected: &str) {
        let some: Value = fields.iter().map(|f| (*f, found[*f].clone())).collect();
        check(some, expected);
    }

    #[test]
    fn a_judgment_moves_with_its_day() {
        let found = on("2021");
        let head = ["lens", "as_of", "status", "verdict", "score"];
        check_fields(
            &found,
            &head,
            r#"{"lens": "strict", "as_of": "2021", "status": "judged", "verdict": "in-name", "score": null}"#,
        );
        check(
            &found["flips"],
            r#"[{"fact": "scale_to_zero", "from": "no", "to": "yes", "verdict": "serverless"}]"#,
        );
        check(
            &found["timeline"],
            r#"[
                {"since": "2019-04-01", "until": "2022-01-01", "verdict": "in-name", "score": null,
                 "ended_by": "It hummed all night before."},
                {"since": "2022-01-01", "until": null, "verdict": "serverless", "score": null, "ended_by": null}
            ]"#,
        );
        let fields = [
            "status",
            "available_from",
            "marketed_as_serverless",
            "verdict",
            "proof",
            "flips",
        ];
        check_fields(
            &on("2018"),
            &fields,
            r#"{"status": "not-yet", "available_from": "2019-04-01", "marketed_as_serverless": null,
                "verdict": null, "proof": [], "flips": []}"#,
        );
    }

    #[test]
    fn a_fact_is_proven_by_its_own_time() {
        check(
            &on("2021")["proof"][2],
            r#"{
                "fact": "scale_to_zero",
                "answer": "no",
                "asked": "yes",
                "met": false,
                "points": null,
                "why": "It hummed.",
                "since": "2019-04-01",
                "until": "2022-01-01",
                "as_of": "2022-01-01",
                "sources": [
                    {"title": "A Letter on Knockers", "url": "https://example.org/letter", "reference": "knocker-letter", "opened": true}
                ]
            }"#,
        );
    }

    #[test]
    fn services_and_lenses_side_by_side() {
        let library = library();
        let service = library.service("bell-one").unwrap();
        let [strict, degrees] = ["strict", "degrees"].map(|id| library.lens(id).unwrap());
        let found = services_compared(&library, &[service, service], strict, None);
        check(
            &found["facts"][3],
            r#"{"fact": "pay_per_use", "asked": "yes", "differs": false}"#,
        );
        assert_eq!(found["services"].as_array().unwrap().len(), 2);
        let diff = across([service], &[strict], None);
        let sides: (&[&_], &[&_], &[&_]) = (&[strict, degrees], &[strict], &[degrees]);
        let found = lenses_compared(&library, sides, Some(&diff), None);
        check(
            &found["lenses"][1]["rule"][2],
            r#"{"fact": "scale_to_zero", "least": null, "weight": 1.0}"#,
        );
        check(&found["judged"], "1");
        check(&found["disagreements"], "[]");
        // 3 + 2 + 1 + 2, and three quarters of 2 for a size that is chosen.
        check(
            &found["scores"],
            r#"[{"lens": "degrees", "by": "strict", "verdict": "serverless", "services": 1,
                 "lowest": 9.5, "median": 9.5, "highest": 9.5}]"#,
        );
    }

    #[test]
    fn ones_own_service_has_ranges() {
        let library = library();
        let steps = steps(library.checklist());
        check(
            &checklist(&library.pack().subject.criteria, &steps)["questions"][4],
            r#"{
                "question": "ask-hides-infrastructure",
                "fact": "hides_infrastructure",
                "prompt": "What of hides infrastructure?",
                "why": "It decides one fact.",
                "terms": ["chime"],
                "choices": [
                    {"choice": 1, "text": "Wholly", "answer": "size", "explanation": "As good as it gets."},
                    {"choice": 2, "text": "Hardly", "answer": "no", "explanation": "Less than that."}
                ]
            }"#,
        );
        // Scale to zero is open, pay per use is missed.
        let mut picks = vec![InterviewAnswer::Choice(0); steps.len()];
        picks[2] = InterviewAnswer::Unsure;
        picks[3] = InterviewAnswer::Choice(1);
        let judged = judged(&library, &picks);
        let name = SafeText::ours("Mine");
        let found = own(library.pack(), &judged, Some(&name), Day::new(2026, 11, 1));
        assert_eq!(found["name"], "Mine");
        check(
            &found["answers"][2],
            r#"{"question": "ask-scale-zero", "fact": "scale_to_zero", "choice": null, "text": null}"#,
        );
        check(
            &found["answers"][3],
            r#"{"question": "ask-pay-use", "fact": "pay_per_use", "choice": 2, "text": "Hardly"}"#,
        );
        check(
            &found["facts"][2],
            r#"{"fact": "scale_to_zero", "answers": ["no", "yes"]}"#,
        );
        let lenses = found["lenses"].as_array().unwrap();
        let strict = lenses.iter().find(|l| l["lens"] == "strict").unwrap();
        check(
            strict,
            r#"{"lens": "strict", "name": "Nothing between guests", "settled": true, "worst": "in-name",
                "best": "in-name", "lowest": null, "highest": null, "decided_by": ["ask-pay-use"], "open": []}"#,
        );
        check(
            &found["nearest"][0]["differs"],
            r#"[{"fact": "pay_per_use", "answer": "yes"}]"#,
        );
    }
}
