//! Files become a library of entries.
//! Reading never fails, it yields what is sound and a list of problems; nothing here touches the world, files come through
//! the [`files::Files`] trait; nothing but [`crate::text::safe::SafeText`] leaves this layer as text.

pub mod address;
pub mod baked;
mod body;
pub mod bundled;
pub mod catalog;
pub mod check;
pub mod claim;
pub mod cost_words;
pub mod criteria;
pub mod doc;
pub mod entries;
pub mod entry;
pub mod facts;
pub mod fields;
pub mod files;
pub mod front_matter;
pub mod index;
pub mod library;
mod loose;
pub mod markdown;
pub mod notes;
pub mod own_lenses;
pub mod search_words;
pub mod stack;
pub mod subject;

pub use address::{Address, Kind, NamedId, Source};
pub use bundled::Bundled;
pub use catalog::EntryHead;
pub use check::{CheckOptions, Checked};
pub use cost_words::{CostWords, NamedWorkload};
pub use criteria::{AnswerLevel, Criteria, CriterionId};
pub use doc::{Align, Block, Doc, LinkTarget, ListItem, Marks, Span};
pub use entries::answer::{AnswerKind, AnswerOption};
pub use entries::checklist::{CheckQuestion, Checklist};
pub use entries::lens::{Fidelity, Lens, LensRule};
pub use entries::lesson::Lesson;
pub use entries::myth::Myth;
pub use entries::pack::{Dimension, Pack};
pub use entries::perspective::{Perspective, PerspectiveCell};
pub use entries::pricing::{FloorRule, InstanceSize, Price, Pricing};
pub use entries::question::Question;
pub use entries::reference::{Reference, Verified};
pub use entries::service::{PastState, Service};
pub use entries::term::Term;
pub use facts::FactAnswer;
pub use fields::Fields;
pub use files::{Files, MemoryFiles, ReadError};
pub use front_matter::FrontMatter;
pub use library::{Library, OpenError, Reread};
pub use loose::LooseQuestions;
pub use notes::Notes;
pub use own_lenses::OwnLensFile;
pub use stack::Stack;
pub use subject::{Side, Subject, Things, VerdictWords};
