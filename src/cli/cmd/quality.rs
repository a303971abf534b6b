//! `check --quality`: what the answers recorded here say of a pack's questions.
//! Promises: local only, and no file is made; nothing is said of a question that was answered less than eight times.

use std::sync::Arc;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, progress as shape};
use crate::cli::record;
use crate::core::progress::quality::{ENOUGH, findings};
use crate::core::progress::{QuestionFinding, QuestionOddity};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Files, Library};
use crate::store::quality::ways;
use crate::text::SafeText;
use crate::text::measure::count;

/// Answers.
pub(super) fn run(files: Arc<dyn Files>, call: &mut CommandContext) -> CommandResult {
    let library = Library::open(files).map_err(|refused| call.refused(&refused))?;
    let ways = match record::folder(call) {
        Some(folder) => ways(&folder).map_err(|t| record::unreadable(&t))?,
        None => Vec::new(),
    };
    let found = findings(&ways, ENOUGH, |id| library.question(id));
    if call.out.look.json {
        json::print(&mut call.out, "quality", &shape::Quality::of(ENOUGH, found))?;
        return Ok(ExitStatus::Done);
    }
    let answers: u32 = ways.iter().map(|way| way.times).sum();
    let page = page(&found, answers as usize, call.format());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}

fn page(found: &[QuestionFinding], answers: usize, format: PageFormat) -> Page {
    let mut setter = PageBuilder::new(format);
    setter.title("What the answers say of the questions");
    for QuestionFinding {
        question,
        answers,
        oddity,
    } in found
    {
        let question = Run::new(
            crate::safe!("questions/{}", SafeText::line(question)),
            Role::Strong,
        );
        setter.bullet(vec![
            question,
            Run::ours("  ", Role::Text),
            Run::new(told(*answers, oddity), Role::Text),
        ]);
    }
    if found.is_empty() {
        let answers = count(answers, "answer", "answers");
        let words =
            crate::safe!("Nothing odd in {answers}. A question counts from {ENOUGH} answers on.");
        setter.paragraph(vec![Run::new(words, Role::Text)]);
    }
    setter.finish()
}

fn told(answers: u32, oddity: &QuestionOddity) -> SafeText {
    match oddity {
        QuestionOddity::NeverMissed => crate::safe!("never missed, in {answers} answers"),
        QuestionOddity::NeverPicked(option) => crate::safe!(
            "never picked in {answers} answers: {}",
            SafeText::line(option)
        ),
        QuestionOddity::ConfidentErrors(share, option) => {
            let most = option.as_ref().map_or(SafeText::default(), |key| {
                crate::safe!(", mostly: {}", SafeText::line(key))
            });
            crate::safe!(
                "{} of {} answers given sure were wrong{most}",
                share.hits,
                share.of
            )
        }
    }
}
