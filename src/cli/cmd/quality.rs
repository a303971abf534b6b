//! `check --quality`: what the answers recorded here say of a pack's questions.
//! Promises: local only, and no file is made; nothing is said of a question that was answered less than eight times.

use std::sync::Arc;

use crate::base::safe::SafeText;
use crate::base::text::count;
use crate::cli::call::Call;
use crate::cli::end::{Exit, Outcome};
use crate::cli::json::{self, progress as shape};
use crate::cli::memory;
use crate::content::files::Files;
use crate::content::library::Library;
use crate::domain::progress::quality::{ENOUGH, Finding, Oddity, findings};
use crate::shell::store::quality::ways;

/// Answers.
pub(super) fn run(files: Arc<dyn Files>, call: &mut Call) -> Outcome {
    let library = Library::open(files).map_err(|refused| call.refused(&refused))?;
    let ways = match memory::folder(call) {
        Some(folder) => ways(&folder).map_err(|t| memory::unreadable(&t))?,
        None => Vec::new(),
    };
    let found = findings(&ways, ENOUGH, |id| library.question(id));
    if call.out.look.json {
        json::print(&mut call.out, "quality", &shape::Quality::of(ENOUGH, found))?;
        return Ok(Exit::Done);
    }
    for finding in &found {
        call.out.line(&told(finding))?;
    }
    if found.is_empty() {
        let answers: u32 = ways.iter().map(|way| way.times).sum();
        let answers = count(answers as usize, "answer", "answers");
        call.out.say(&crate::safe!("nothing odd in {answers}; a question counts from {ENOUGH} answers on"));
    }
    Ok(Exit::Done)
}

fn told(Finding { question, answers, oddity }: &Finding) -> SafeText {
    let question = crate::safe!("questions/{}", SafeText::line(question));
    match oddity {
        Oddity::NeverMissed => crate::safe!("{question}: never missed, in {answers} answers"),
        Oddity::NeverPicked(option) => crate::safe!("{question}: never picked in {answers} answers: {}", SafeText::line(option)),
        Oddity::ConfidentErrors(share, option) => {
            let most = option.as_ref().map_or(SafeText::default(), |key| crate::safe!(", mostly: {}", SafeText::line(key)));
            crate::safe!("{question}: {} of {} answers given sure were wrong{most}", share.hits, share.of)
        }
    }
}
