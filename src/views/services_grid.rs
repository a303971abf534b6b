//! How the table of services is parted into columns. Names get their room first: the vendor has a column of its own only
//! where every name fits, and heads stand on one row as soon as names keep enough.

use crate::core::judge::SortColumn;
use crate::pack::criteria::MAX_CRITERIA;
use crate::pack::{Criteria, CriterionId};
use crate::text::measure;

/// Cells on the left for the sign of the cursor.
pub const GUTTER: usize = 2;
/// Cells of a verdict in a word, and of its sign.
const VERDICT: (usize, usize) = (12, 3);
/// Cells of what a verdict was, in a word and as a sign only.
pub const WAS: (usize, usize) = (15, 4);
/// Cells of a name beside which there is room for that word.
const WORDED: usize = 44;
/// Cells of an answer, the sign of what it misses included.
const ANSWER: usize = 5;
/// Least cells of a name beside the facts, and where their heads stand on one row.
const NAME: (usize, usize) = (12, 24);
/// Cells of a vendor.
const PROVIDER: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServicesGrid {
    pub width: usize,
    pub name: usize,
    pub provider: usize,
    /// Where each fact begins within a row, and whether heads stand on one row; `None` where there is no room for facts.
    facts: Option<([usize; MAX_CRITERIA], bool)>,
    pub idle: usize,
    /// Verdicts are signs: with their words too little would be left of the names.
    pub signed: bool,
    pub verdict: usize,
    pub was: usize,
}

impl ServicesGrid {
    /// For a width, the widest name and the widest idle bill, in cells; no bill where the pack knows none, and no maker where
    /// none is `made`.
    pub fn of(
        width: usize,
        (widest, idle): (usize, usize),
        made: bool,
        criteria: &Criteria,
    ) -> Self {
        let staggered = FactColumns::new(criteria, |_| ANSWER);
        let straight = FactColumns::new(criteria, |head| head.max(ANSWER));
        let apart = FactColumns::new(criteria, |head| head.max(ANSWER) + 1);
        let idle_room = idle + 2 * usize::from(idle > 0);
        let left_of = |was: usize, facts: usize, verdict: usize| {
            width.saturating_sub(GUTTER + 1 + idle_room + was + verdict + facts)
        };
        // A verdict that was is said in a word where nearly all names stay whole beside it.
        let is_worded = left_of(WAS.0, straight.cells + 1, VERDICT.0) >= widest.min(WORDED);
        let was = if is_worded { WAS.0 } else { WAS.1 };
        let beside = |facts: usize, verdict: usize| left_of(was, facts, verdict);
        let is_straight = beside(straight.cells + 1, VERDICT.0) >= NAME.1;
        let is_airy = beside(apart.cells + 1, VERDICT.0) >= widest.max(NAME.1);
        let columns = match (is_straight, is_airy) {
            (true, true) => apart,
            (true, false) => straight,
            (false, _) => staggered,
        };
        let facts = !criteria.is_empty() && beside(columns.cells + 1, VERDICT.1) >= NAME.0;
        let taken = if facts { columns.cells + 1 } else { 0 };
        let signed = beside(taken, VERDICT.0) < NAME.1;
        let verdict = if signed { VERDICT.1 } else { VERDICT.0 };
        let room = beside(taken, verdict);
        let has_provider = made && room > widest.max(NAME.1) + PROVIDER;
        let provider = if has_provider { PROVIDER } else { 0 };
        let name = room.saturating_sub(provider + usize::from(has_provider));
        let start = GUTTER + name + 1 + provider + usize::from(has_provider);
        Self {
            width,
            name,
            provider,
            facts: facts.then(|| (columns.starts.map(|at| start + at), is_straight)),
            idle,
            signed,
            verdict: width.saturating_sub(verdict + was),
            was,
        }
    }

    /// Rows of heads.
    pub const fn head_rows(&self) -> usize {
        match self.facts {
            None => 1,
            Some((_, true)) => 2,
            Some((_, false)) => 3,
        }
    }

    /// Where a fact's column begins.
    pub fn fact(&self, fact: CriterionId) -> Option<usize> {
        self.facts?.0.get(fact.index()).copied()
    }

    /// Where the idle bill begins.
    pub const fn idle_at(&self) -> usize {
        self.verdict.saturating_sub(self.idle + 2)
    }

    pub const fn shows(&self, column: SortColumn) -> bool {
        match column {
            SortColumn::Disputed | SortColumn::Name | SortColumn::Verdict => true,
            SortColumn::Idle => self.idle > 0,
            SortColumn::Provider => self.provider > 0,
            SortColumn::Fact(_) => self.facts.is_some(),
        }
    }

    /// The column that a cell of a row belongs to.
    pub fn column_at(&self, cell: usize, criteria: &Criteria) -> SortColumn {
        if cell >= self.verdict {
            return SortColumn::Verdict;
        }
        if self.idle > 0 && cell >= self.idle_at() {
            return SortColumn::Idle;
        }
        let fact = criteria
            .ids()
            .rfind(|f| self.fact(*f).is_some_and(|start| cell >= start));
        match fact {
            Some(fact) => SortColumn::Fact(fact),
            None if self.provider > 0 && cell > GUTTER + self.name => SortColumn::Provider,
            None => SortColumn::Name,
        }
    }
}

/// Where facts begin, counted from the first, and the cells of all of them.
struct FactColumns {
    starts: [usize; MAX_CRITERIA],
    cells: usize,
}

impl FactColumns {
    /// Columns a cell apart, each as wide as its head needs.
    fn new(criteria: &Criteria, wide: impl Fn(usize) -> usize) -> Self {
        let (mut starts, mut at) = ([0; MAX_CRITERIA], 0);
        for (criterion, start) in criteria.ids().zip(&mut starts) {
            *start = at;
            at += wide(measure::width(&criteria.short(criterion))) + 1;
        }
        Self {
            starts,
            cells: at.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::subject;

    #[test]
    fn columns_come_with_the_width() {
        /// Rows of heads, whether vendors show, and the room for what a verdict was.
        #[track_caller]
        fn check(width: usize, expected: (usize, bool, usize)) {
            let grid = ServicesGrid::of(width, (34, 8), true, &subject().criteria);
            let providers = grid.shows(SortColumn::Provider);
            let found = (grid.head_rows(), providers, grid.was);
            assert_eq!(found, expected, "{width}");
        }
        check(56, (1, false, 4));
        check(64, (3, false, 4));
        check(76, (3, false, 4));
        check(92, (2, false, 4));
        check(112, (2, false, 15));
        check(130, (2, true, 15));
    }

    #[test]
    fn every_cell_belongs_to_a_column_from_left_to_right() {
        let subject = subject();
        let criteria = &subject.criteria;
        for width in 40..200 {
            let grid = ServicesGrid::of(width, (34, 8), true, criteria);
            let cells = (0..width).map(|cell| grid.column_at(cell, criteria));
            let mut order: Vec<SortColumn> = cells.collect();
            order.dedup();
            let mut expected = vec![SortColumn::Name, SortColumn::Provider];
            expected.extend(criteria.ids().map(SortColumn::Fact));
            expected.extend([SortColumn::Idle, SortColumn::Verdict]);
            expected.retain(|column| grid.shows(*column));
            assert_eq!(order, expected, "{width}");
        }
    }
}
