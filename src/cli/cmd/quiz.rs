//! `quiz`: a session. On a terminal the app opens at the quiz; elsewhere, and with `--plain`, it is asked in lines.
//! Promise: both ways draw the same questions from the same seed and record, and keep the answers in the same record.

use serde_json::{Value, json};

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::json::answers::asked;
use crate::cli::usage::quoted;
use crate::cli::{line_quiz, lookup, record};
use crate::core::quiz::{QuestionChoice, QuizOptions, Session, deck};
use crate::disk::clock;
use crate::pack::Library;
use crate::store::{self, Store};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero quiz                         what is due, then new questions
  $ tozero quiz --topic billing --count 5
  $ tozero quiz --new                   what you never answered
  $ tozero quiz --all --seed 7          the same ten questions every time
  $ tozero quiz --plain                 asked in lines, for screen readers and pipes
  $ tozero quiz --json --all --seed 7   the questions of a session, without their answers";

/// Test what you know, and let it be asked again when it is time
///
/// On a terminal this opens the app at the quiz. In lines, Ctrl-D ends with the summary; what is left can be gone on with.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// Only questions of this topic; can be given more than once
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,
    /// How many questions, 1 to 1000 [default: 10]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    count: Option<u16>,
    /// Draw and shuffle with this number; the same number gives the same session
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Only what is due now
    #[arg(long, conflicts_with_all = ["missed", "new", "all"])]
    due: bool,
    /// Only what was answered wrong the last time
    #[arg(long, conflicts_with_all = ["new", "all"])]
    missed: bool,
    /// Only what was never answered
    #[arg(long, conflicts_with = "all")]
    new: bool,
    /// Any questions, whatever you know
    #[arg(long)]
    all: bool,
    /// Just these questions by id, parted by commas, in this order
    #[arg(long, value_name = "ID,ID", conflicts_with_all = ["topic", "count", "due", "missed", "new", "all"])]
    only: Option<String>,
}

/// Seeds are drawn below this, so that they can be told and typed.
const SEEDS: u64 = 100_000;

impl Args {
    /// The options that these flags say, and the seed.
    pub fn wish(&self, library: &Library) -> Result<(QuizOptions, Option<u64>), CliError> {
        if let Some(only) = &self.only {
            return Ok((QuizOptions::only(known(only, library)?), self.seed));
        }
        let which = [
            (self.due, QuestionChoice::Due),
            (self.missed, QuestionChoice::Missed),
            (self.new, QuestionChoice::New),
            (self.all, QuestionChoice::All),
        ];
        let which = which.into_iter().find(|(on, _)| *on);
        let topics = self.topic.iter().map(|t| topic(t, library));
        let options = QuizOptions {
            topics: topics.collect::<Result<_, _>>()?,
            which: which.map_or(QuestionChoice::Next, |(_, which)| which),
            count: self.count.map_or(QuizOptions::default().count, usize::from),
            only: Vec::new(),
        };
        Ok((options, self.seed))
    }

    /// Whether nothing at all was wished for, so that a session that was left may be gone on with.
    fn is_bare(&self) -> bool {
        let flags = self.due || self.missed || self.new || self.all;
        !flags
            && self.topic.is_empty()
            && self.count.is_none()
            && self.seed.is_none()
            && self.only.is_none()
    }
}

/// The questions of a list of ids.
fn known(only: &str, library: &Library) -> Result<Vec<String>, CliError> {
    let ids = only
        .split(',')
        .map(|id| id.trim().trim_start_matches("questions/"));
    let ids: Vec<String> = ids.map(ToOwned::to_owned).collect();
    match ids.iter().find(|id| library.question(id).is_none()) {
        Some(id) => Err(CliError::with_help(
            crate::safe!("there is no question called {}", quoted(id)),
            "tozero list questions names them all",
        )),
        None => Ok(ids),
    }
}

/// A topic by its id or title.
fn topic(words: &str, library: &Library) -> Result<String, CliError> {
    let tags = &library.pack().tags;
    let called = lookup::called(words);
    if let Some(tag) = tags.iter().find(|t| called(&t.id) || called(&t.title)) {
        return Ok(tag.id.clone());
    }
    let ids: Vec<&str> = tags.iter().map(|t| t.id.as_str()).collect();
    Err(CliError::with_help(
        crate::safe!("there is no topic called {}", quoted(words)),
        lookup::one_of(words, &ids),
    ))
}

/// Asks in lines, or lists the questions as JSON.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, lens) = call.indexed()?;
    let (wish, seed) = args.wish(&library)?;
    if call.out.look.json {
        return list(&wish, seed, call, &library);
    }
    let mut store = Store::new(record::folder(call), call.meant.desired);
    let mut recalled = store.load();
    if let Some(said) = &recalled.notice {
        call.out.say(&crate::safe!("tozero: {said}"));
    }
    let left = recalled
        .progress
        .saved_session
        .clone()
        .filter(|left| left.done > 0 && args.is_bare());
    let session = match &left {
        Some(left) if line_quiz::goes_on(call, left)? => {
            Some(Session::resume(left, &library, &recalled.progress))
        }
        Some(_) | None => {
            let seed = seed.unwrap_or_else(|| recalled.ids.number() % SEEDS);
            let deck = deck::draw(&library, &recalled.progress, recalled.now, &wish, seed);
            let number = recalled.ids.number();
            Session::begin(number, seed, wish, deck, &library, &recalled.progress)
        }
    };
    let Some(session) = session else {
        return nothing(call);
    };
    line_quiz::LineQuiz {
        call,
        library: &library,
        lens,
        store,
        record: recalled.progress,
        ids: recalled.ids,
        session,
    }
    .run()
}

fn nothing(call: &CommandContext) -> CommandResult {
    call.out.say(&SafeText::ours(
        "tozero: there is nothing of that kind to ask now",
    ));
    call.out
        .say(&SafeText::ours("help: --all asks whatever there is"));
    Ok(ExitStatus::Nothing)
}

/// The questions of a session, without their answers.
fn list(
    wish: &QuizOptions,
    seed: Option<u64>,
    call: &mut CommandContext,
    library: &Library,
) -> CommandResult {
    let record = record::look(call)?;
    let seed = seed.unwrap_or_else(|| store::ids().number() % SEEDS);
    let deck = deck::draw(library, &record, clock::now(), wish, seed);
    if deck.is_empty() {
        return nothing(call);
    }
    let questions = deck.iter().filter_map(|id| library.question(id));
    let questions: Value = questions.map(|q| asked(q, seed)).collect();
    call.json("quiz", json!({"seed": seed, "questions": questions}))
}
