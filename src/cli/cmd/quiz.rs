//! `quiz`: a session. On a terminal the app opens at the quiz; elsewhere, and with `--plain`, it is asked in lines.
//! Guarantee: both ways draw the same questions from the same seed and record, and keep the answers in the same record.

use std::path::PathBuf;
use std::sync::mpsc::channel;

use serde_json::{Value, json};

use crate::app::folder_flag;
use crate::cli::cmd::{CliError, CommandContext, CommandResult};
use crate::cli::json::answers::asked;
use crate::cli::{line_quiz, lookup, record};
use crate::clock;
use crate::core::quiz::{QuestionChoice, QuizContext, QuizOptions, QuizRun, deck};
use crate::pack::entries::answer::KINDS;
use crate::pack::{Kind, Library, Question};
use crate::store::{self, Store, StoreThread};
use crate::terminal::{exit, signals};
use crate::text::measure::quoted;
use crate::text::suggest::did_you_mean;
use crate::text::{SafeText, refusal};
use crate::views::quiz::handout;

/// Test what you know, and let it be asked again when it is time
///
/// On a terminal this opens the app at the quiz. In lines, Ctrl-D ends with the summary; what is left can be gone on with.
#[derive(clap::Args, Debug, Default, PartialEq)]
pub struct Args {
    /// Only questions of this topic
    ///
    /// Can be given more than once.
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,
    /// Only questions of this lesson
    ///
    /// By its number, id or title.
    #[arg(long, value_name = "LESSON")]
    lesson: Option<String>,
    /// Only easy (1), medium (2) or hard (3) questions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=3))]
    level: Option<u8>,
    /// Only questions of this kind, such as typed
    ///
    /// Kinds are single, several, true-false, classify, order, match, numeric and typed.
    #[arg(long, value_name = "KIND", hide_possible_values = true, value_parser = clap::builder::PossibleValuesParser::new(KINDS))]
    kind: Option<String>,
    /// How many questions, 1 to 1000 [default: 10]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    count: Option<u16>,
    /// Draw and shuffle with this number
    ///
    /// The same number gives the same session.
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
    /// The questions of this folder alone
    ///
    /// One in a file; a pack.toml is not needed.
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// Print the questions and then their key
    ///
    /// To hand out; nothing is asked.
    #[arg(long)]
    pub print: bool,
    /// Just these questions by id, in this order
    ///
    /// Ids are parted by commas.
    #[arg(long, value_name = "ID,ID", conflicts_with_all = ["topic", "lesson", "level", "kind", "count", "due", "missed", "new", "all"])]
    only: Option<String>,
}

impl Args {
    /// The options that these flags say, and the seed.
    pub fn options(&self, library: &Library) -> Result<(QuizOptions, Option<u64>), CliError> {
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
            lesson: self
                .lesson
                .as_deref()
                .map(|l| lesson(l, library))
                .transpose()?,
            level: self.level,
            kind: self
                .kind
                .as_deref()
                .and_then(|kind| KINDS.into_iter().find(|k| *k == kind)),
            which: which.map_or(QuestionChoice::Next, |(_, which)| which),
            count: self.count.map_or(QuizOptions::default().count, usize::from),
            ..QuizOptions::default()
        };
        Ok((options, self.seed))
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

/// A lesson by its number, id or title.
fn lesson(words: &str, library: &Library) -> Result<String, CliError> {
    let called = lookup::called(words);
    let number = words.parse().ok();
    let lessons = library.lessons();
    let mut of_that_name = lessons
        .iter()
        .filter(|l| called(&l.id) || called(&l.title) || number == Some(l.order));
    match of_that_name.next() {
        Some(lesson) => Ok(lesson.id.clone()),
        None => Err(CliError::with_help(
            crate::safe!("there is no lesson called {}", quoted(words)),
            "tozero list lessons names them all",
        )),
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
        did_you_mean(words, &ids),
    ))
}

/// Asks in lines, or lists the questions as JSON.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, lens) = call.asked(args.from.as_deref())?;
    match &args.from {
        Some(folder) if library.count(Kind::Questions) == 0 => {
            let what = crate::safe!("no question stands in {}", folder.display());
            let help = "each has a file of its own ending in `.md`, in the folder itself";
            return Err(CliError::with_help(what, help));
        }
        _ => call.needs(&library, Kind::Questions)?,
    }
    let (options, seed) = args.options(&library)?;
    if args.print || call.out.style.json {
        return hand_out(&options, seed, call, &library);
    }
    signals::end_in_order().map_err(|error| no_session(&error))?;
    let keys = record::keys(&library);
    let mut store = Store::new(call.config.state.clone(), call.config.recall, keys);
    let loaded = store.load();
    record::tell(call, loaded.notice.as_ref());
    let context = QuizContext {
        library: &library,
        now: loaded.now,
    };
    let left = loaded.progress.saved_session.clone();
    let left = left.filter(|left| left.done > 0 && *args == Args::default());
    let mut run = QuizRun::new(loaded);
    let resumed = match &left {
        Some(left) => line_quiz::goes_on(call, left)? && run.resume(&library),
        None => false,
    };
    // A session of which nothing is answered is not worth a file: it is saved with the first answer.
    if !resumed && run.begin(options, seed, &context).is_none() {
        return nothing(call);
    }
    let (sender, events) = channel();
    let started = StoreThread::start(store, move |event| drop(sender.send(event)));
    let at_the_end = started.as_ref().ok().cloned();
    exit::on_end(move || at_the_end?.flush_at_the_end());
    let store = started.map_err(|error| no_session(&error))?;
    let asked_of = match &args.from {
        Some(folder) => folder_flag("--from", folder),
        None => call.config.content_flags(),
    };
    line_quiz::LineQuiz {
        call,
        asked_of,
        library: &library,
        lens,
        store,
        events,
        run,
        shown: false,
    }
    .run(&mut std::io::stdin().lock())
}

fn no_session(error: &std::io::Error) -> CliError {
    CliError::new(crate::safe!("no session can be held: {}", refusal(error)))
}

fn nothing(call: &CommandContext) -> CommandResult {
    let what = SafeText::ours("there is nothing of that kind to ask now");
    call.nothing(what, Some(SafeText::ours("--all asks whatever there is")))
}

/// The questions that a session would ask, with the seed it would be drawn with.
fn drawn<'l>(
    options: &QuizOptions,
    seed: Option<u64>,
    call: &CommandContext,
    library: &'l Library,
) -> Result<(u64, Vec<&'l Question>), CliError> {
    let record = record::look(call, library)?;
    let seed = seed.unwrap_or_else(|| store::ids().seed());
    let deck = deck::draw(library, &record, clock::now(), options, seed);
    let questions = deck.iter().filter_map(|id| library.question(id));
    Ok((seed, questions.collect()))
}

/// The questions of a session: on paper with their key, or as JSON without.
fn hand_out(
    options: &QuizOptions,
    seed: Option<u64>,
    call: &mut CommandContext,
    library: &Library,
) -> CommandResult {
    let (seed, questions) = drawn(options, seed, call, library)?;
    if questions.is_empty() {
        return nothing(call);
    }
    if call.out.style.json {
        let questions: Value = questions.into_iter().map(|q| asked(q, seed)).collect();
        return call.json("quiz", json!({"seed": seed, "questions": questions}));
    }
    let page = handout::page(library, &questions, seed, call.format());
    call.page(page, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{args, library};

    #[test]
    fn flags_say_what_is_asked() {
        let library = library();
        let check = |line: &str, expected: Option<(QuestionChoice, usize, &[&str], &[&str])>| {
            let found = args::<Args>(line).options(&library).ok();
            let found = found.map(|(o, _)| (o.which, o.count, o.topics, o.only));
            let owned = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
            let expected = expected
                .map(|(which, count, topics, only)| (which, count, owned(topics), owned(only)));
            assert_eq!(found, expected, "{line}");
        };
        let usual = QuizOptions::default().count;
        check("", Some((QuestionChoice::Next, usual, &[], &[])));
        check("--due --count 3", Some((QuestionChoice::Due, 3, &[], &[])));
        check("--missed", Some((QuestionChoice::Missed, usual, &[], &[])));
        check("--new", Some((QuestionChoice::New, usual, &[], &[])));
        check(
            "--all --topic Money --topic sound",
            Some((QuestionChoice::All, usual, &["money", "sound"], &[])),
        );
        check("--topic noise", None);
        let only = QuizOptions::only(vec![]);
        check(
            "--only questions/bells-hum,press-once",
            Some((
                only.which,
                only.count.max(2),
                &[],
                &["bells-hum", "press-once"],
            )),
        );
        check("--only gone", None);
        let narrow = |line: &str| {
            let options = args::<Args>(line).options(&library).ok()?.0;
            Some((options.lesson?, options.level, options.kind))
        };
        let silence = Some(("silence".to_owned(), Some(2), Some("typed")));
        for lesson in ["2", "silence", "Silence", "SILENCE"] {
            assert_eq!(
                narrow(&format!("--lesson {lesson} --level 2 --kind typed")),
                silence
            );
        }
        check("--lesson 7", None);
    }

    #[test]
    fn only_without_flags_a_session_goes_on() {
        let bare = |line: &str| args::<Args>(line) == Args::default();
        assert!(bare(""));
        for flags in [
            "--due",
            "--count 3",
            "--seed 1",
            "--topic money",
            "--only a",
        ] {
            assert!(!bare(flags), "{flags}");
        }
    }
}
