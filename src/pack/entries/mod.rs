//! One file per kind of entry: what it must say, and how it is read from front matter and body.
//! Reading reports every problem it meets and yields an entry only when nothing in it is an error that would leave a
//! hole; unknown keys, unknown headings and bad links leave none.

pub mod answer;
pub mod checklist;
pub mod lens;
pub mod lesson;
pub mod myth;
pub mod pack;
pub mod perspective;
pub mod pricing;
pub mod question;
pub mod reference;
pub mod service;
pub mod term;

#[cfg(test)]
pub(crate) mod samples;
