//! `stats`: the page of the app's statistics, printed; and for teachers, what answers say of the questions.
//! Each picture has its numbers beside it; no file is made, and exports are only read.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::{json, record};
use crate::clock;
use crate::core::progress::Review;
use crate::core::progress::report::{LEARNERS, report};
use crate::pack::{Kind, Library};
use crate::store::{import, quality};
use crate::views::{questions, statistics};

/// Show how your memory does
///
/// Recall against the recall you wish for, answers a day, what falls due, the weakest terms and topics, and how well your
/// certainty bears out. All of it is counted from your own answers, on this machine.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Report on the questions instead: from your answers, or from these exports, each of one learner
    #[arg(long, value_name = "EXPORT", num_args = 0..)]
    questions: Option<Vec<PathBuf>>,
}

/// Shows the statistics of today, or of the questions.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    call.needs(&library, Kind::Questions)?;
    if let Some(exports) = &args.questions {
        return of_questions(exports, call, &library);
    }
    let progress = record::look(call, &library)?;
    let now = clock::now();
    call.answer(
        "stats",
        || json::progress::stats(&progress, &library, now),
        |format| statistics::page(&progress, &library, now, format),
    )
}

/// What the answers of several learners say of the questions, or those of the record.
fn of_questions(
    exports: &[PathBuf],
    call: &mut CommandContext,
    library: &Library,
) -> CommandResult {
    let keys = record::keys(library);
    let mut learners: Vec<Vec<Review>> = Vec::new();
    for export in exports {
        let stored = import::read(export)?.into_iter();
        let reviews = stored
            .filter(|stored| !stored.undone)
            .map(|stored| stored.review);
        learners.push(
            reviews
                .filter(|review| review.pack.is_empty() || keys.has(review))
                .collect(),
        );
    }
    if let (true, Some(folder)) = (exports.is_empty(), &call.config.state) {
        learners.push(quality::reviews(folder, &keys)?);
    }
    let found = report(&learners, |id| library.question(id));
    call.answer(
        "question_report",
        || json!({"learners": learners.len(), "enough": LEARNERS, "questions": found}),
        |format| questions::page(&found, learners.len(), format),
    )
}
