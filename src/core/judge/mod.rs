//! Judging: dated facts, read through a lens, give a verdict with its proof.
//! No verdict is stored; the same facts, lens and date give the same verdict everywhere it is shown.

pub mod answers;
pub mod answers_file;
pub mod assessment;
pub mod interview;
pub mod lens_diff;
pub mod lens_draft;
pub mod nearest;
pub mod proof;
pub mod ranges;
pub mod scores;
pub mod state;
pub mod table;
pub mod timeline;
pub mod verdict;

pub use answers_file::AnswersFile;
pub use assessment::{Assessment, LensAssessment};
pub use interview::{InterviewAnswer, InterviewStep, InterviewWalk};
pub use lens_diff::{LensDiff, SplitGroup};
pub use nearest::NearService;
pub use proof::{Flip, JudgedFact, Judgment, Requirement};
pub use ranges::{AnswerSet, AssessedVerdict, VerdictRange};
pub use state::{Absent, DatedFact, IdleBillBasis, ServiceState};
pub use table::{
    ServiceFilter, ServiceOrder, ServiceRow, ServiceTable, SortColumn, TableVerdict, VerdictTally,
};
pub use timeline::Period;
pub use verdict::{LensOutcome, Verdict};

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
