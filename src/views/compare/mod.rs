//! What is compared, each as a provider of heads and lines: definitions, services and lenses.
//! The same words stand on the screen, in print and in the text that is copied.

pub mod definitions;
pub mod lenses;
pub mod services;

use crate::text::Day;

/// ` as of 2024-01`, or nothing.
pub(super) fn when(day: Option<Day>) -> String {
    day.map(|d| format!(" as of {d}")).unwrap_or_default()
}

/// Where copied words come from.
fn signature(addresses: impl Iterator<Item = String>) -> String {
    format!("— tozero, {}", addresses.collect::<Vec<_>>().join(", "))
}
