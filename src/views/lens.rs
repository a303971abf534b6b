//! A lens in a few lines: its question, its rule, and whose definition it is.
//! Promise: what is our reading is never told as if its source had stated it.

use crate::pack::{Fidelity, Lens, LensRule, Library};
use crate::text::SafeText;
use crate::views::verdict::{cell, column};

/// Question, rule and source, each on a line of its own.
pub fn about(library: &Library, lens: &Lens) -> SafeText {
    crate::safe!(
        "{}\n{}\n{}",
        lens.question,
        rule(lens),
        follows(library, lens)
    )
}

/// The rule in words: what it asks at least, or what it weighs.
pub fn rule(lens: &Lens) -> SafeText {
    match &lens.rule {
        LensRule::Minimum(minimum) => {
            let asks: Vec<String> = minimum
                .iter()
                .map(|(f, least)| format!("{} {}", column(*f), cell(*least)))
                .collect();
            crate::safe!("Asks {}.", asks.join(", "))
        }
        LensRule::Score { weights, .. } => {
            let weighs: Vec<String> = weights
                .iter()
                .map(|(f, weight)| format!("{} {weight}", column(*f)))
                .collect();
            crate::safe!("Scores 0 to 10: {}.", weighs.join(", "))
        }
    }
}

/// The source it follows, and how closely.
fn follows(library: &Library, lens: &Lens) -> SafeText {
    let title = library
        .reference(&lens.source)
        .map_or_else(|| SafeText::line(&lens.source), |r| r.title.clone());
    match lens.fidelity {
        Fidelity::Stated => crate::safe!("Stated so in: {title}"),
        Fidelity::Reading => crate::safe!("Our reading of: {title}"),
    }
}
