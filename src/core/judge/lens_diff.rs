//! Several lenses over many services: where they part, grouped by who says what, and what a score makes of a verdict.
//! A service is named exactly when two of the lenses differ on it, with every fact that one of them misses and
//! another does not.

use crate::core::judge::scores::{Scores, scores};
use crate::core::judge::state::answers_at;
use crate::core::judge::verdict::{LensOutcome, Verdict, misses, outcome, read};
use crate::pack::{CriterionId, Lens, Service};
use crate::text::Day;

#[derive(Clone, Debug, PartialEq)]
pub struct LensSplit<'a> {
    pub service: &'a Service,
    /// The facts that decide it; at least one.
    pub deciding: Vec<CriterionId>,
}

/// Services on which the lenses say the same different things.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitGroup<'a> {
    /// One verdict per lens, in the lenses' order.
    pub verdicts: Vec<Verdict>,
    /// The services, in their order.
    pub splits: Vec<LensSplit<'a>>,
}

/// Where lenses part.
#[derive(Clone, Debug, PartialEq)]
pub struct LensDiff<'a> {
    pub judged: usize,
    /// The groups, the largest first.
    pub groups: Vec<SplitGroup<'a>>,
}

impl LensDiff<'_> {
    /// How many services the lenses differ on.
    pub fn differ(&self) -> usize {
        self.groups.iter().map(|g| g.splits.len()).sum()
    }
}

/// Where lenses with rules part on a day; lenses with scores must be left out, they draw no line.
pub fn across<'a>(
    services: impl IntoIterator<Item = &'a Service>,
    lenses: &[&Lens],
    day: Option<Day>,
) -> LensDiff<'a> {
    let mut found = LensDiff {
        judged: 0,
        groups: Vec::new(),
    };
    for service in services {
        let Ok((answers, claimed)) = answers_at(service, day) else {
            continue;
        };
        found.judged += 1;
        let verdicts: Vec<Verdict> = lenses
            .iter()
            .filter_map(|l| read(&answers, claimed, l).verdict())
            .collect();
        if verdicts.iter().all(|v| Some(v) == verdicts.first()) {
            continue;
        }
        let parted = |fact: &CriterionId| {
            let mut missed = lenses.iter().map(|l| misses(l, *fact, answers.get(*fact)));
            let first = missed.next();
            missed.any(|m| Some(m) != first)
        };
        let split = LensSplit {
            service,
            deciding: service
                .facts
                .subject
                .criteria
                .ids()
                .filter(parted)
                .collect(),
        };
        match found.groups.iter_mut().find(|g| g.verdicts == verdicts) {
            Some(group) => group.splits.push(split),
            None => found.groups.push(SplitGroup {
                verdicts,
                splits: vec![split],
            }),
        }
    }
    found
        .groups
        .sort_by_key(|g| std::cmp::Reverse(g.splits.len()));
    found
}

/// Two services of one category that show what a lens is about: one that passes it, and one that has the name only.
/// Where there are no such two, the first two there are.
pub fn contrast<'a>(
    services: impl IntoIterator<Item = &'a Service> + Clone,
    lens: Option<&Lens>,
) -> Vec<&'a Service> {
    let with = |verdict: Verdict| {
        let is = move |s: &&Service| {
            lens.is_some_and(|lens| outcome(s, lens, None) == Ok(LensOutcome::Verdict(verdict)))
        };
        services.clone().into_iter().filter(is)
    };
    let pair = with(Verdict::InName).find_map(|named| {
        let passes = with(Verdict::Met).find(|s| s.category == named.category)?;
        Some(vec![passes, named])
    });
    pair.unwrap_or_else(|| services.into_iter().take(2).collect())
}

/// The scores that a lens gives the services of each verdict of another, best verdict first; verdicts without a service
/// are left out.
pub fn scored<'a>(
    services: impl IntoIterator<Item = &'a Service> + Clone,
    rule: &Lens,
    score: &Lens,
    day: Option<Day>,
) -> Vec<(Verdict, Scores)> {
    let of = |verdict: Verdict| {
        let with = |s: &&Service| outcome(s, rule, day) == Ok(LensOutcome::Verdict(verdict));
        scores(services.clone().into_iter().filter(with), score, day).map(|s| (verdict, s))
    };
    Verdict::ALL.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{HIDDEN, PER_USE, ZERO, day, lens, service, spectrum};

    #[test]
    fn groups_say_who_says_what_and_why() {
        let services = [
            service("yyyyy", true),
            service("ypnpp", true),
            service("ypnpp", true),
            service("nnnnn", false),
        ];
        let (a, b, c) = (lens("yp---"), lens("--yys"), lens("y----"));
        let two = across(&services, &[&a, &b], None);
        assert_eq!((two.judged, two.differ(), two.groups.len()), (4, 2, 1));
        let group = &two.groups[0];
        assert_eq!(group.verdicts, [Verdict::Met, Verdict::InName]);
        assert_eq!(group.splits[0].deciding, [ZERO, PER_USE, HIDDEN]);
        assert_eq!(
            across(&services, &[&a, &c, &b], None).groups[0]
                .verdicts
                .len(),
            3
        );
        assert_eq!(across(&services, &[&a, &c], None).groups, []);
    }

    #[test]
    fn a_contrast_is_of_one_category() {
        let of = |answers: &str, category: &str, id: &str| Service {
            category: category.into(),
            id: id.into(),
            ..service(answers, true)
        };
        let all = [
            of("yyyyy", "a", "1"),
            of("ynnnn", "b", "2"),
            of("yyyyy", "b", "3"),
            of("ynnnn", "a", "4"),
        ];
        let ids = |lens: Option<&Lens>| {
            contrast(&all, lens)
                .iter()
                .map(|s| s.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(Some(&lens("--y--"))), ["3", "2"]);
        assert_eq!(
            ids(Some(&lens("y----"))),
            ["1", "2"],
            "all pass, so the first two"
        );
        assert_eq!(ids(None), ["1", "2"]);
    }

    #[test]
    fn services_that_are_not_there_are_not_judged() {
        let mut late = service("ynnnn", true);
        late.available_from = Some(day("2024"));
        let two = across(
            [&late],
            &[&lens("y----"), &lens("--y--")],
            Some(day("2023")),
        );
        assert_eq!((two.judged, two.groups.len()), (0, 0));
    }

    #[test]
    fn a_score_is_told_per_verdict() {
        let services = [
            service("yyyyy", true),
            service("yyyyp", true),
            service("nyyyy", false),
        ];
        let told = scored(&services, &lens("y----"), &spectrum(), None);
        let short: Vec<_> = told
            .iter()
            .map(|(v, s)| (*v, s.count, s.lowest, s.highest))
            .collect();
        assert_eq!(
            short,
            [(Verdict::Met, 2, 9.0, 10.0), (Verdict::Not, 1, 8.0, 8.0)]
        );
    }
}
