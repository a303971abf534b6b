//! `check --quality`: what the answers recorded here say of a pack's questions.
//! Local only, and no file is made; nothing is said of a question that was answered less than eight times.

use std::sync::Arc;

use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::{json, record};
use crate::core::progress::quality::{ENOUGH, findings};
use crate::core::progress::{QuestionFinding, QuestionOddity, Ratio};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Files, Library};
use crate::store::quality::patterns;
use crate::text::SafeText;
use crate::text::measure::count;

/// Reads how every question was answered.
pub(super) fn run(files: Arc<dyn Files>, call: &mut CommandContext) -> CommandResult {
    let library = Library::open(files).map_err(|refused| call.refused(&refused))?;
    let patterns = match &call.config.state {
        Some(folder) => patterns(folder, &record::keys(&library))?,
        None => Vec::new(),
    };
    let found = findings(&patterns, ENOUGH, |id| library.question(id));
    let answers: u32 = patterns.iter().map(|pattern| pattern.times).sum();
    call.answer(
        "quality",
        || json::progress::quality(ENOUGH, &found),
        |format| page(&found, answers as usize, format),
    )
}

fn page(found: &[QuestionFinding], answers: usize, format: PageFormat) -> Page {
    let mut builder = PageBuilder::new(format);
    builder.title("What the answers say of the questions");
    for finding in found {
        let id = SafeText::line(&finding.question);
        builder.bullet(vec![
            Run::new(crate::safe!("questions/{id}"), Role::Strong),
            Run::ours("  ", Role::Text),
            Run::new(words(finding), Role::Text),
        ]);
    }
    if found.is_empty() {
        let answers = count(answers, "answer", "answers");
        let words =
            crate::safe!("Nothing odd in {answers}. A question counts from {ENOUGH} answers on.");
        builder.paragraph(vec![Run::new(words, Role::Text)]);
    }
    builder.finish()
}

/// What is odd, in words.
fn words(finding: &QuestionFinding) -> SafeText {
    let answers = finding.answers;
    match &finding.oddity {
        QuestionOddity::NeverMissed => crate::safe!("never missed, in {answers} answers"),
        QuestionOddity::NeverPicked(option) => {
            let option = SafeText::line(option);
            crate::safe!("never picked in {answers} answers: {option}")
        }
        QuestionOddity::ConfidentErrors(Ratio { hits, of }, option) => {
            let mostly = option.as_ref().map(|key| SafeText::line(key));
            let mostly = mostly.map_or(SafeText::default(), |key| crate::safe!(", mostly: {key}"));
            crate::safe!("{hits} of {of} answers given sure were wrong{mostly}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oddities_are_told_in_words() {
        let check = |oddity, expected: &str| {
            let finding = QuestionFinding {
                question: "q".to_owned(),
                answers: 9,
                oddity,
            };
            assert_eq!(words(&finding).as_str(), expected);
        };
        check(QuestionOddity::NeverMissed, "never missed, in 9 answers");
        check(
            QuestionOddity::NeverPicked("No".to_owned()),
            "never picked in 9 answers: No",
        );
        let share = Ratio { hits: 4, of: 9 };
        check(
            QuestionOddity::ConfidentErrors(share, None),
            "4 of 9 answers given sure were wrong",
        );
        check(
            QuestionOddity::ConfidentErrors(share, Some("yes".to_owned())),
            "4 of 9 answers given sure were wrong, mostly: yes",
        );
    }
}
