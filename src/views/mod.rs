//! Between the wings and the doors: entries, comparisons and reports as finished pages.
//! Promise: the app and the command line show the same words because both take them from here.

pub mod aligned;
pub mod anki;
pub mod assessment;
pub mod cite;
pub mod comparison;
pub mod comparison_print;
pub mod context;
pub mod cost;
pub mod dial;
pub mod entry;
pub mod entry_footer;
pub mod interview;
pub mod lens;
pub mod lesson;
pub mod problems;
pub mod proof;
pub mod quiz;
pub mod service;
pub mod services;
pub mod statistics;
pub mod verdict;
pub mod versus;
pub mod versus_text;

pub use aligned::{AlignedPage, AlignedShape};
pub use cite::Citation;
pub use comparison::{ComparisonPage, Top};
pub use context::ViewContext;
pub use cost::BillPrintOptions;
pub use quiz::QuizPage;
pub use services::{ServiceMark, ServicesGrid};
pub use versus::{CompareContext, ComparedLine};
