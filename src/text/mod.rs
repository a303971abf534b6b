//! Tools that know neither packs nor judging: safe text, folds, measures, dates, addresses, diagnostics.
//! Pure, no input or output; nothing is imported from the other layers.

pub mod day;
pub mod diagnostic;
pub mod excerpt;
pub mod fold;
pub mod measure;
pub mod refusal;
pub mod rng;
pub mod safe;
pub mod suggest;
pub mod timestamp;
pub mod url;
pub mod words;

pub use day::Day;
pub use diagnostic::{ByteRange, Diagnostic, Severity};
pub use refusal::{misfit, no_number, refusal};
pub use rng::Rng;
pub use safe::SafeText;
pub use timestamp::Timestamp;
pub use url::{Url, UrlError};
pub use words::Words;
