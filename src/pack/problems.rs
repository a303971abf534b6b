//! Where readers and checks put what they find in one file.
//! Promise: every problem names the file that was being read.

use crate::text::Diagnostic;

/// The problems of one file.
#[derive(Debug)]
pub struct Problems<'a> {
    /// The file, relative to the pack.
    pub path: &'a str,
    /// What was found.
    pub list: Vec<Diagnostic>,
}

impl<'a> Problems<'a> {
    /// None yet.
    pub fn new(path: &'a str) -> Self {
        Self {
            path,
            list: Vec::new(),
        }
    }

    /// Adds a problem.
    pub fn add(&mut self, problem: Diagnostic) {
        self.list.push(problem);
    }

    /// Whether something is bad enough to leave the entry out.
    pub fn any_error(&self) -> bool {
        self.list
            .iter()
            .any(|d| d.severity == crate::text::diagnostic::Severity::Error)
    }
}
