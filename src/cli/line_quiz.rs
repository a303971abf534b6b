//! The quiz in lines: numbered questions over standard output, answers over standard input.
//! Guarantees: nothing depends on a cursor, a color or a key but Enter; the end of the input ends the session with its
//! summary, and what is left waits; every answer is on the disk before the next question, or it is said that it is not.

use std::io::BufRead;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::prompt::{self, Dialogue, DialogueEnd, Next};
use crate::cli::record;
use crate::clock;
use crate::core::progress::{Change, SavedSession};
use crate::core::quiz::{AnswerDraft, QuizContext, QuizRun, SessionStep, Stage, Undone, Ungraded};
use crate::layout::wrap::wrap;
use crate::layout::{Page, Role, Run};
use crate::pack::Library;
use crate::store::{StoreEnd, StoreEvent, StoreThread, backup};
use crate::text::SafeText;
use crate::views;
use crate::views::quiz::question::{QuestionOptions, how, near};

/// What can be typed besides an answer.
const WORDS: &str = "Type the answer and Enter. Before it, :g marks a guess. :h hint, :x skip, :u undo, :e page of the last answer, :q end.";

/// From when on it is said that an answer is being saved.
const SLOW: Duration = Duration::from_millis(300);
/// How long is waited for it, then the session goes on.
const SAVING: Duration = Duration::from_millis(2200);

pub struct LineQuiz<'a> {
    pub call: &'a mut CommandContext,
    pub library: &'a Library,
    /// The lens that is set, by id.
    pub lens: String,
    pub store: StoreThread,
    /// What a command says so that it asks of the same packs or questions.
    pub asked_of: String,
    /// What comes of the store's work.
    pub events: Receiver<StoreEvent>,
    pub run: QuizRun,
    /// The open question is already printed.
    pub shown: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum QuizLine<'l> {
    Answer(&'l str, bool),
    Hint,
    Skip,
    Undo,
    Page,
    End,
    Nothing,
    Unknown(&'l str),
}

fn parse(line: &str) -> QuizLine<'_> {
    let line = line.trim();
    match line
        .split_once(' ')
        .map_or((line, ""), |(word, rest)| (word, rest.trim()))
    {
        ("", _) => QuizLine::Nothing,
        (":g", "") => QuizLine::Nothing,
        (":g", answer) => QuizLine::Answer(answer, false),
        (":h", "") => QuizLine::Hint,
        (":x", "") => QuizLine::Skip,
        (":u", "") => QuizLine::Undo,
        (":e", "") => QuizLine::Page,
        (":q", "") => QuizLine::End,
        (word, _) if word.starts_with(':') => QuizLine::Unknown(word),
        _ => QuizLine::Answer(line, true),
    }
}

/// Asks whether to go on with the session that was left; yes unless `n` is typed.
pub fn goes_on(call: &mut CommandContext, left: &SavedSession) -> Result<bool, CliError> {
    let (done, of) = left.asked();
    let words = crate::safe!(
        "You left a session, {done} of {of} done. Enter goes on with it, n begins anew."
    );
    call.out.line(&words)?;
    call.out.flush()?;
    let line = prompt::line(&mut std::io::stdin().lock()).unwrap_or_default();
    Ok(!line.eq_ignore_ascii_case("n"))
}

fn context(library: &Library) -> QuizContext<'_> {
    QuizContext {
        library,
        now: clock::now(),
    }
}

impl Dialogue for LineQuiz<'_> {
    fn ask(&mut self) -> Result<bool, CliError> {
        if let Stage::Answered(_) = self.run.session.stage {
            // The feedback was printed, and nothing scrolls it away.
            while self.run.next(self.library) == SessionStep::NeedsConfirm {}
            self.shown = false;
        }
        if self.run.session.stage == Stage::Over {
            return Ok(false);
        }
        if !self.shown {
            self.show()?;
            self.shown = true;
        }
        self.call.out.flush()?;
        Ok(true)
    }

    fn answer(&mut self, line: &SafeText) -> Result<Next, CliError> {
        match parse(line) {
            QuizLine::End => return Ok(Next::Stop),
            _ if self.run.session.stage == Stage::Page => {
                let changes = self.run.read_page(&context(self.library));
                let _ = self.apply(changes);
            }
            QuizLine::Answer(words, sure) => self.grade(words, sure)?,
            QuizLine::Hint => self.hint()?,
            QuizLine::Skip => {
                let changes = self.run.skip(&context(self.library));
                let _ = self.apply(changes);
                self.line("Skipped.")?;
            }
            QuizLine::Undo => self.undo()?,
            QuizLine::Page => self.behind()?,
            QuizLine::Nothing => self.line("Nothing is answered yet. :x skips, :q ends.")?,
            QuizLine::Unknown(word) => {
                self.line(crate::safe!("There is no {word}."))?;
                self.line(WORDS)?;
            }
        }
        Ok(Next::Ask)
    }
}

impl LineQuiz<'_> {
    /// Asks until all is asked or the input ends. What was answered is saved even where nothing can be printed any more.
    pub fn run(mut self, input: &mut impl BufRead) -> CommandResult {
        let printed = self.session(input);
        match self.saved() {
            ExitStatus::Unsaved => Ok(ExitStatus::Unsaved),
            saved => printed.map(|()| saved),
        }
    }

    fn session(&mut self, input: &mut impl BufRead) -> Result<(), CliError> {
        self.line(WORDS)?;
        let end = prompt::run(self, input)?;
        self.sum_up(end == DialogueEnd::Over)
    }

    fn line(&mut self, words: impl Into<SafeText>) -> Result<(), CliError> {
        let words = [Run::new(words, Role::Text)];
        Ok(self.call.out.rows(&wrap(&words, self.call.width(), 0, 0))?)
    }

    fn page(&mut self, page: Page) -> Result<(), CliError> {
        self.call.out.blank()?;
        Ok(self.call.out.page(page, Vec::new())?)
    }

    /// Prints the open question, or the page that stands for it.
    fn show(&mut self) -> Result<(), CliError> {
        let Some(question) = self.run.session.question(self.library) else {
            return Ok(());
        };
        let number = views::quiz::numbered(self.run.session.position());
        let about = views::quiz::about(self.library, question);
        self.call.out.blank()?;
        self.call.out.line(&crate::safe!(
            "Question {number}. {about}. Seed {}.",
            self.run.session.seed
        ))?;
        let format = self.call.format();
        match &self.run.session.stage {
            Stage::Asking(asking) => {
                let lens = (self.library, self.lens.as_str());
                let options = QuestionOptions::Lines;
                let layout = views::quiz::question::page(question, asking, lens, format, options);
                self.page(layout.page)?;
                self.call.out.blank()?;
                self.line(crate::safe!("{}:", how(question)))
            }
            Stage::Page => {
                self.page(views::quiz::feedback::instead(self.library, question, format).page)?;
                self.call.out.blank()?;
                self.line("Enter when read:")
            }
            Stage::Answered(_) | Stage::Over => Ok(()),
        }
    }

    fn grade(&mut self, words: &str, sure: bool) -> Result<(), CliError> {
        let question = self.run.session.question(self.library);
        let Some((question, (draft, shown))) = question.zip(self.run.session.draft()) else {
            return Ok(());
        };
        let graded = match AnswerDraft::read(question, shown, words) {
            Ok(read) => {
                *draft = read;
                self.run.answer(sure, &context(self.library))
            }
            Err(why) => Err(Ungraded::Refused(why)),
        };
        match graded {
            Ok(changes) => {
                let _ = self.apply(changes);
                self.feedback()
            }
            Err(Ungraded::Refused(why)) => self.line(sentence(&why)),
            Err(Ungraded::Near(note)) => {
                self.line(crate::safe!("Almost: {} One more try:", near(note)))
            }
        }
    }

    fn feedback(&mut self) -> Result<(), CliError> {
        let session = &self.run.session;
        let (Some(question), Stage::Answered(answered)) =
            (session.question(self.library), &session.stage)
        else {
            return Ok(());
        };
        let format = self.call.format();
        let mut layout = views::quiz::feedback::page(self.library, question, answered, format);
        // The prompt was printed above, and need not be heard again.
        let first = layout.rows.first().map(|r| r.start);
        let from = first.or(layout.verdict).unwrap_or(0);
        layout.page.rows.drain(..from);
        self.page(layout.page)
    }

    fn hint(&mut self) -> Result<(), CliError> {
        let question = self.run.session.question(self.library);
        match question.and_then(|q| q.hint.as_ref()) {
            Some(hint) if self.run.session.hint(self.library) => {
                self.line(crate::safe!("Hint: {}", hint.text()))
            }
            _ => self.line("There is no hint here."),
        }
    }

    fn behind(&mut self) -> Result<(), CliError> {
        // The page of the open question would answer it.
        let last = self.run.session.past().last();
        let question = last.and_then(|saved| self.library.question(&saved.question));
        let address = question.and_then(|q| views::quiz::behind(self.library, q));
        let peek = address.and_then(|a| views::entry::peek(self.library, &a, self.call.format()));
        match peek {
            Some((title, page)) => {
                self.call.out.blank()?;
                self.line(crate::safe!("{title}."))?;
                self.page(page)
            }
            None => self.line(":e shows the page behind the last answer; there is none."),
        }
    }

    fn undo(&mut self) -> Result<(), CliError> {
        let Some(Undone { changes, reload }) = self.run.undo(self.library) else {
            return self.line("There is nothing to take back.");
        };
        let saved = self.apply(changes);
        if reload {
            self.reload()?;
        }
        self.line(if saved {
            "The last answer is taken back."
        } else {
            "The last answer is taken back in this session."
        })
    }

    /// Has the record read again.
    fn reload(&mut self) -> Result<(), CliError> {
        self.store.load();
        while let Ok(event) = self.events.recv_timeout(SAVING) {
            match event {
                StoreEvent::Loaded(loaded) => {
                    record::tell(self.call, loaded.notice.as_ref());
                    self.run.reload(loaded);
                    return Ok(());
                }
                StoreEvent::Notice(notice) => record::tell(self.call, Some(&notice)),
                StoreEvent::Written(..) => {}
            }
        }
        Err(CliError::new(
            "the record cannot be read: it takes too long",
        ))
    }

    /// Has changes written, and says it when they are not; after each another question is open.
    fn apply(&mut self, changes: Vec<Change>) -> bool {
        self.shown = false;
        let end = self.write(changes);
        let why = match end.why {
            Some(why) => crate::safe!("not saved: {why}"),
            None if end.unsaved > 0 => {
                SafeText::ours("not saved yet: the disk, or another program, takes too long")
            }
            None => return true,
        };
        record::tell(self.call, Some(&why));
        false
    }

    /// Has changes written, and says what happened to the record; where it takes longer it is said that it is being done.
    fn write(&mut self, changes: Vec<Change>) -> StoreEnd {
        changes.into_iter().for_each(|c| self.store.change(c));
        let mut end = self.store.flush(SLOW);
        if end.unsaved > 0 && end.why.is_none() {
            self.call.out.say(&SafeText::ours("tozero: saving…"));
            end = self.store.flush(SAVING);
        }
        for event in self.events.try_iter() {
            if let StoreEvent::Notice(notice) = event {
                record::tell(self.call, Some(&notice));
            }
        }
        end
    }

    /// Tries once more to write what is not written, and says how many answers are not; then makes the daily backup.
    fn saved(&mut self) -> ExitStatus {
        if let Some(words) = self.write(Vec::new()).words() {
            record::tell(self.call, Some(&words));
            return ExitStatus::Unsaved;
        }
        let folder = self.call.config.state.as_deref();
        let made = folder.map(|folder| backup::backup(folder, clock::now()));
        let notice = match made {
            Some(Ok(made)) => made.notice(),
            Some(Err(error)) => Some(backup::failed(&error)),
            None => None,
        };
        record::tell(self.call, notice.as_ref());
        // The log is in the record then, which can be copied by hand.
        self.store.close(SAVING);
        ExitStatus::Done
    }

    fn sum_up(&mut self, over: bool) -> Result<(), CliError> {
        let mut summary = self.run.summary(self.library);
        summary.replay.push_str(&self.asked_of);
        let (now, format) = (clock::now(), self.call.format());
        let page = views::quiz::summary::page(self.library, &summary, over, now, format);
        self.page(page)?;
        if !over && !self.run.session.past().is_empty() {
            self.call.out.blank()?;
            self.line("The rest waits: tozero quiz goes on with it.")?;
        }
        Ok(self.call.out.flush()?)
    }
}

fn sentence(words: &SafeText) -> SafeText {
    let mut letters = words.chars();
    let first = letters.next().into_iter();
    let first: String = first.flat_map(char::to_uppercase).collect();
    crate::safe!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::{self, Write};
    use std::rc::Rc;

    use super::*;
    use crate::app::Config;
    use crate::cli::output::Output;
    use crate::cli::samples::library;
    use crate::core::quiz::QuizOptions;
    use crate::core::schedule::DesiredRecall;
    use crate::store::{Store, look};

    #[test]
    fn lines_are_answers_or_words_of_the_quiz() {
        let check = |line: &str, expected: &str| {
            let found = match parse(line) {
                QuizLine::Answer(words, true) => format!("sure {words}"),
                QuizLine::Answer(words, false) => format!("guess {words}"),
                QuizLine::Hint => "hint".to_owned(),
                QuizLine::Skip => "skip".to_owned(),
                QuizLine::Undo => "undo".to_owned(),
                QuizLine::Page => "page".to_owned(),
                QuizLine::End => "end".to_owned(),
                QuizLine::Nothing => "nothing".to_owned(),
                QuizLine::Unknown(word) => format!("unknown {word}"),
            };
            assert_eq!(found, expected, "{line:?}");
        };
        check("b", "sure b");
        check("  a2 b1 ", "sure a2 b1");
        check(":g b", "guess b");
        check(":g  two words", "guess two words");
        check(":g", "nothing");
        check("", "nothing");
        check("   ", "nothing");
        check(":h", "hint");
        check(":x", "skip");
        check(":u", "undo");
        check(":e", "page");
        check(" :q ", "end");
        check(":z", "unknown :z");
        check(":h now", "unknown :h");
        check("a :h", "sure a :h");
    }

    /// What a writer was handed, to be read while it is still held.
    #[derive(Clone, Default)]
    struct Heard(Rc<RefCell<Vec<u8>>>);

    impl Write for Heard {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A session over these questions with lines typed in: what was printed, and the reviews on the disk with the last
    /// outcome of each question.
    fn session(only: &[&str], typed: &str) -> (String, String) {
        let (library, state) = (library(), tempfile::tempdir().unwrap());
        let heard = Heard::default();
        let mut config = Config::default();
        config.style.width = 80;
        let mut call = CommandContext::new(config, |_, _| clap::Command::new("test"), None);
        call.out = Output::to(Box::new(heard.clone()), call.config.style, None);
        let folder = state.path().to_owned();
        let keys = record::keys(&library);
        let mut store = Store::new(Some(folder.clone()), DesiredRecall::default(), keys.clone());
        let mut run = QuizRun::new(store.load());
        call.config.state = Some(folder.clone());
        let (sender, events) = std::sync::mpsc::channel();
        let store = StoreThread::start(store, move |event| drop(sender.send(event))).unwrap();
        let lens = "strict".to_owned();
        let only = only.iter().map(ToString::to_string).collect();
        let options = QuizOptions::only(only);
        run.begin(options, Some(1), &context(&library))
            .expect("there is something to ask");
        let quiz = LineQuiz {
            asked_of: " --content elsewhere".to_owned(),
            call: &mut call,
            library: &library,
            lens,
            store,
            events,
            run,
            shown: false,
        };
        let ended = quiz.run(&mut typed.as_bytes());
        assert!(matches!(ended, Ok(ExitStatus::Done)), "{typed:?}");
        call.out.flush().unwrap();
        let (progress, _) = look(&folder, DesiredRecall::default(), &keys).unwrap();
        let answered = progress.questions.iter();
        let answered = answered.map(|(id, q)| (id.as_str(), q.answered));
        let kept = format!("{} {:?}", progress.totals.reviews, Vec::from_iter(answered));
        (String::from_utf8(heard.0.take()).unwrap(), kept)
    }

    /// Types these lines, and holds what is printed, in this order, and what is on the disk at the end.
    #[track_caller]
    fn check(typed: &str, printed: &[&str], kept: &str) {
        let (text, found) = session(&["bells-hum", "name-the-sound"], typed);
        let mut rest = text.as_str();
        for words in printed {
            let at = rest.find(words);
            let at = at.unwrap_or_else(|| panic!("{typed:?}: no {words:?} in\n{text}"));
            rest = &rest[at + words.len()..];
        }
        assert_eq!(found, kept, "{typed:?}\n{text}");
    }

    const FIRST: &str = "Question 1 of 2. Sound, easy. Seed 1.";
    const SECOND: &str = "Question 2 of 2. Sound, easy.";
    const NOTHING: &str = "0 []";
    const ONE: &str = r#"1 [("bells-hum", Some(Right))]"#;
    const BOTH: &str = r#"2 [("bells-hum", Some(Right)), ("name-the-sound", Some(Right))]"#;

    #[test]
    fn a_session_goes_to_its_end_or_waits() {
        let rest = "The rest waits: tozero quiz goes on with it.";
        check(
            "b\nchime\n",
            &[
                "Type the answer and Enter.",
                FIRST,
                SECOND,
                "2 of 2",
                "tozero quiz --seed 1 --only bells-hum,name-the-sound --content elsewhere",
            ],
            BOTH,
        );
        check("", &[FIRST], NOTHING);
        check(":q\n", &[FIRST], NOTHING);
        check("b\n", &[FIRST, SECOND, rest], ONE);
        check("b\n:q\nchime\n", &[FIRST, SECOND, rest], ONE);
        check("b\nchime", &[FIRST, SECOND], BOTH);
    }

    /// What is wrong comes again, what is nearly right has one more try, what is skipped is not answered.
    #[test]
    fn what_is_not_right_at_once() {
        let kept = r#"2 [("bells-hum", Some(Wrong)), ("name-the-sound", Some(Right))]"#;
        check("a\nchime\n", &["Wrong.", SECOND, "1 of 2 right"], kept);
        let again = r#"3 [("bells-hum", Some(Right)), ("name-the-sound", Some(Right))]"#;
        let later = [SECOND, "Wrong.", "Question once more 1 of 1.", "Right."];
        check("b\nhum\nchime\n", &later, again);
        let almost = [SECOND, "Almost: ", "One more try:"];
        check("b\ngong\nchime\n", &almost, BOTH);
        let skipped = r#"2 [("bells-hum", None), ("name-the-sound", Some(Right))]"#;
        check(":x\nchime\n", &[FIRST, "Skipped.", SECOND], skipped);
    }

    #[test]
    fn what_answers_nothing_asks_on() {
        check(":h\nb\n", &["There is no hint here."], ONE);
        let unknown = ["There is no :z.", "Type the answer and Enter.", SECOND];
        check(":z\nb\n", &unknown, ONE);
        check("\nb\n", &["Nothing is answered yet.", SECOND], ONE);
        check("z\nb\n", &[FIRST, SECOND], ONE);
        check("b\n:e\n", &[SECOND, "Chime."], ONE);
        check(
            ":e\nb\n",
            &[":e shows the page behind the last answer"],
            ONE,
        );
        check(":u\n", &["There is nothing to take back."], NOTHING);
        let undone = [SECOND, "The last answer is taken back.", FIRST];
        check("b\n:u\n", &undone, NOTHING);
    }

    #[test]
    fn a_hint_is_given_where_there_is_one() {
        let (text, _) = session(&["press-once"], ":h\n");
        assert!(text.contains("Hint: Think of a polite one."), "{text}");
    }

    #[test]
    fn words_of_a_rule_become_a_sentence() {
        let check = |words: &str, expected: &str| {
            assert_eq!(sentence(&words.into()).as_str(), expected);
        };
        check("nothing is chosen yet", "Nothing is chosen yet.");
        check("1 of 3 have no place yet", "1 of 3 have no place yet.");
        check("", ".");
    }
}
