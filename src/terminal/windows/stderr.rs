//! A last message to standard error, on Windows, where a console always takes it.

use std::io::{Write, stderr};

use crate::text::SafeText;

/// One message to standard error, best effort. A pipe that nobody reads may keep it waiting.
pub fn print_error(message: &SafeText) {
    let _ = stderr().write_all(format!("{message}\n").as_bytes());
}
