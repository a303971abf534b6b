//! A lens of the user's own in the making: what it asks of each criterion at least, and what every step of that does to
//! the verdicts. Nothing is stored but the rule.

use crate::core::judge::table::{ServiceTable, TableVerdict, VerdictTally, moved};
use crate::pack::entries::lens::OWN_QUESTION;
use crate::pack::{AnswerLevel, CriterionId, Doc, Fidelity, Lens, LensRule};
use crate::text::SafeText;
use crate::text::words::value_of;

/// A rule in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct LensDraft {
    /// Whether it changes a lens that was saved, whose id then stays.
    pub is_saved: bool,
    /// What it is compared with: the lens it began from.
    pub from: Lens,
    lens: Lens,
}

impl LensDraft {
    /// A new lens that begins with the rule of another; without one where that gives scores.
    pub fn beginning_from(from: &Lens) -> Self {
        let rule = match &from.rule {
            LensRule::Minimum(least) => LensRule::Minimum(least.clone()),
            LensRule::Score { .. } => LensRule::Minimum(Vec::new()),
        };
        let lens = Lens {
            id: String::new(),
            name: SafeText::default(),
            short: None,
            question: SafeText::ours(OWN_QUESTION),
            follows: None,
            source: String::new(),
            also: Vec::new(),
            fidelity: Fidelity::Own,
            not_asked: None,
            rule,
            subject: from.subject.clone(),
            why: Vec::new(),
            note: Doc::default(),
        };
        Self {
            is_saved: false,
            from: from.clone(),
            lens,
        }
    }

    /// A saved lens to be changed; `None` for one that gives scores, which is edited as a file.
    pub fn changing(saved: &Lens) -> Option<Self> {
        (!saved.is_score()).then(|| Self {
            is_saved: true,
            from: saved.clone(),
            lens: saved.clone(),
        })
    }

    /// The lens as it stands.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// Gives it a name, and an id where it was not saved yet.
    pub fn call(&mut self, name: SafeText, id: String) {
        self.lens.name = name;
        if !self.is_saved {
            self.lens.id = id;
        }
    }

    /// Whether anything is asked: a rule that asks nothing is none.
    pub fn asks(&self) -> bool {
        !self.rule().is_empty()
    }

    fn rule(&self) -> &[(CriterionId, AnswerLevel)] {
        match &self.lens.rule {
            LensRule::Minimum(least) => least,
            LensRule::Score { .. } => &[],
        }
    }

    /// The least answer that a criterion must have; `None` where it is not asked.
    pub fn least(&self, criterion: CriterionId) -> Option<AnswerLevel> {
        value_of(self.rule(), &criterion).copied()
    }

    /// What can be asked of a criterion, rising: nothing first. To ask for a no at least is to ask nothing.
    pub fn choices(&self, criterion: CriterionId) -> Vec<Option<AnswerLevel>> {
        let possible = self.lens.subject.criteria.possible(criterion);
        let asked = possible.filter(|level| *level != AnswerLevel::NO).map(Some);
        std::iter::once(None).chain(asked).collect()
    }

    /// Asks so many steps more of a criterion, or less; behind the last comes the first only where it goes `round`.
    pub fn step(&mut self, criterion: CriterionId, by: isize, round: bool) {
        let choices = self.choices(criterion);
        let least = self.least(criterion);
        let at = choices.iter().position(|c| *c == least).unwrap_or(0) as isize;
        let count = choices.len() as isize;
        let to = match round {
            true => (at + by).rem_euclid(count),
            false => (at + by).clamp(0, count - 1),
        };
        self.ask(criterion, choices.get(to as usize).copied().flatten());
    }

    fn ask(&mut self, criterion: CriterionId, least: Option<AnswerLevel>) {
        let asked = |c: CriterionId| match c == criterion {
            true => least,
            false => self.least(c),
        };
        let all = self.lens.subject.criteria.ids();
        let rule = all.filter_map(|c| Some((c, asked(c)?))).collect();
        self.lens.rule = LensRule::Minimum(rule);
    }

    /// What it does to the verdicts.
    pub fn preview(&self, table: &ServiceTable) -> LensPreview {
        let before = table.verdicts(&self.from);
        let now = table.verdicts(&self.lens);
        let both = before.iter().zip(&now).enumerate();
        let changed = both.filter(|(_, (before, now))| moved(before, now));
        LensPreview {
            tally: VerdictTally::of(&now),
            before: VerdictTally::of(&before),
            moved: changed.map(|(n, (b, now))| (n, *b, *now)).collect(),
        }
    }
}

/// What a rule in the making does to the verdicts.
#[derive(Clone, Debug)]
pub struct LensPreview {
    pub tally: VerdictTally,
    /// By the lens that it began from.
    pub before: VerdictTally,
    /// The lines of the table whose verdicts differ from those of that lens, with both.
    pub moved: Vec<(usize, TableVerdict, TableVerdict)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{HIDDEN, ZERO, lens, spectrum};

    #[test]
    fn steps_ask_more_or_less() {
        let subject = lens("y----").subject;
        let words = |draft: &LensDraft, c| {
            let least = draft.least(c);
            least.map_or("any", |level| subject.criteria.word(level))
        };
        let check = |c, steps: &[(isize, bool)], expected: &str| {
            let mut draft = LensDraft::beginning_from(&lens("--p-s"));
            steps
                .iter()
                .for_each(|(by, round)| draft.step(c, *by, *round));
            assert_eq!(words(&draft, c), expected, "{steps:?}");
        };
        check(ZERO, &[], "partial");
        check(ZERO, &[(1, false)], "yes");
        check(ZERO, &[(1, false), (1, false)], "yes");
        check(ZERO, &[(1, true), (1, true)], "any");
        check(ZERO, &[(-1, false), (-1, false)], "any");
        check(HIDDEN, &[], "size");
        check(HIDDEN, &[(-1, true)], "partial");
    }

    #[test]
    fn a_rule_is_kept_in_the_order_of_the_criteria() {
        let mut draft = LensDraft::beginning_from(&lens("----y"));
        draft.step(ZERO, -1, true);
        assert_eq!(draft.lens().rule, lens("--y-y").rule);
        draft.step(ZERO, 1, true);
        draft.step(HIDDEN, 1, true);
        assert!(!draft.asks());
    }

    #[test]
    fn a_score_is_no_rule_to_change() {
        assert!(!LensDraft::beginning_from(&spectrum()).asks());
        assert_eq!(LensDraft::changing(&spectrum()), None);
    }

    #[test]
    fn a_saved_lens_keeps_its_id() {
        let mut draft = LensDraft::changing(&lens("y----")).unwrap();
        let id = draft.lens().id.clone();
        draft.call(SafeText::ours("Other"), "other".to_owned());
        assert_eq!(draft.lens().id, id);
        let mut draft = LensDraft::beginning_from(&lens("y----"));
        draft.call(SafeText::ours("Other"), "other".to_owned());
        assert_eq!((&*draft.lens().id, draft.lens().why.len()), ("other", 0));
    }
}
