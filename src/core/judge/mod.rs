//! Judging: five dated facts, read through a lens, give a verdict with its proof.
//!
//! Promise: no verdict is stored; the same facts, lens and date give the same verdict everywhere it is shown.
//! Rooms: [`answers`] (facts as numbers), [`state`] (a service on a day), [`verdict`] (the rule itself), [`proof`] (why,
//! and what would change it), [`timeline`], [`compare`] (many services or two lenses), [`table`] (all of them as a
//! list), [`across`] (several lenses), [`interview`] (one's own service), [`mine`] (its walk and its result),
//! [`filled`] (answers in a file).

pub mod answers;
pub mod answers_file;
pub mod compare;
pub mod interview;
pub mod lens_diff;
pub mod proof;
pub mod self_assessment;
pub mod state;
pub mod table;
pub mod timeline;
pub mod verdict;

pub use answers_file::AnswersFile;
pub use interview::{AnswerSet, AssessedVerdict, InterviewAnswer, VerdictRange};
pub use lens_diff::{LensDiff, SplitGroup};
pub use proof::{Criterion, Flip, Judgment, Requirement};
pub use self_assessment::{Assessment, InterviewStep, InterviewWalk, LensAssessment, NearService};
pub use state::{Absent, DatedFact, IdleBillBasis, ServiceState};
pub use table::{
    ServiceFilter, ServiceOrder, ServiceRow, ServiceTable, SortColumn, TableVerdict, VerdictTally,
};
pub use timeline::Period;
pub use verdict::{LensOutcome, Verdict};

#[cfg(test)]
mod golden;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
