//! Entries, comparisons and reports as finished pages. The app and the command line show the same words because both take
//! them from here.

pub mod anki;
pub mod answer;
pub mod assessment;
pub mod cite;
pub mod compare;
pub mod context;
pub mod cost;
pub mod dial;
pub mod entry;
pub mod entry_footer;
pub mod guide;
pub mod interview;
pub mod lens;
pub mod lens_draft;
pub mod lesson;
pub mod myths;
pub mod next;
pub mod problems;
pub mod proof;
pub mod questions;
pub mod quiz;
pub mod service;
pub mod services;
pub mod services_grid;
pub mod side_by_side;
pub mod statistics;
pub mod verdict;

pub use cite::Citation;
pub use compare::definitions::ComparisonTop;
pub use context::ViewContext;
pub use cost::BillPrintOptions;
pub use quiz::QuizPage;
pub use services::ServiceMark;
pub use services_grid::ServicesGrid;
pub use side_by_side::LinePage;
