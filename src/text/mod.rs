//! Ground floor: tools that never heard of serverless.
//! Promises: pure, no input or output, imports nothing from the other floors.

pub mod day;
pub mod diagnostic;
pub mod measure;
pub mod rng;
pub mod safe;
pub mod suggest;
pub mod timestamp;
pub mod url;
pub mod words;

pub use day::Day;
pub use diagnostic::{ByteRange, Diagnostic, Severity};
pub use rng::Rng;
pub use safe::SafeText;
pub use timestamp::Timestamp;
pub use url::{Url, UrlError};
pub use words::Words;
