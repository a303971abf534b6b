//! The quiz in lines: numbered questions over standard output, answers over standard input.
//! Promises: nothing depends on a cursor, a color or a key but Enter; the end of the input ends the session with its
//! summary, and what is left waits; every answer is on the disk before the next question, or it is said that it is not.

use std::io::BufRead;
use std::sync::Arc;

use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::core::progress::{Change, IdSource, Progress, Review, SavedSession};
use crate::core::quiz::{
    AnswerDraft, ReviewWriter, Session, SessionStep, SessionSummary, Stage, Submitted,
};
use crate::disk::clock;
use crate::layout::Page;
use crate::pack::Library;
use crate::store::Store;
use crate::text::SafeText;
use crate::views;
use crate::views::quiz::question::{QuestionOptions, how, near};

/// What can be typed besides an answer.
const WORDS: &str = "Type the answer and Enter. Before it, :g marks a guess. :h hint, :s skip, :u undo, :e page, :q end.";

/// A session in lines.
pub struct LineQuiz<'a> {
    /// Where it is printed.
    pub call: &'a mut CommandContext,
    /// The pack.
    pub library: &'a Library,
    /// The lens that is on, by id.
    pub lens: String,
    /// Where answers are kept.
    pub store: Store,
    /// What is known of the learner.
    pub record: Arc<Progress>,
    /// Where fresh ids come from.
    pub ids: IdSource,
    /// The session.
    pub session: Session,
}

/// What a line says.
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

fn said(line: &str) -> QuizLine<'_> {
    let line = line.trim();
    match line
        .split_once(' ')
        .map_or((line, ""), |(word, rest)| (word, rest.trim()))
    {
        ("", _) => QuizLine::Nothing,
        (":g", "") => QuizLine::Nothing,
        (":g", answer) => QuizLine::Answer(answer, false),
        (":h", "") => QuizLine::Hint,
        (":s", "") => QuizLine::Skip,
        (":u", "") => QuizLine::Undo,
        (":e", "") => QuizLine::Page,
        (":q", "") => QuizLine::End,
        (word, _) if word.starts_with(':') => QuizLine::Unknown(word),
        _ => QuizLine::Answer(line, true),
    }
}

/// Asks whether to go on with the session that was left; yes unless `n` is typed.
pub fn goes_on(call: &mut CommandContext, left: &SavedSession) -> Result<bool, CliError> {
    let words = crate::safe!(
        "You left a session, {} of {} done. Enter goes on with it, n begins anew.",
        left.done,
        left.questions.len()
    );
    call.out.line(&words)?;
    let line = read(call)?.unwrap_or_default();
    Ok(!line.trim().eq_ignore_ascii_case("n"))
}

/// The next line; `None` at the end of the input.
fn read(call: &mut CommandContext) -> Result<Option<String>, CliError> {
    call.out.flush()?;
    let mut line = Vec::new();
    let read = std::io::stdin().lock().read_until(b'\n', &mut line);
    match read {
        Ok(0) | Err(_) => Ok(None),
        Ok(_) => Ok(Some(
            SafeText::line(String::from_utf8_lossy(&line).trim()).to_string(),
        )),
    }
}

impl LineQuiz<'_> {
    /// Asks until all is asked or the input ends.
    pub fn run(mut self) -> CommandResult {
        self.line(SafeText::ours(WORDS))?;
        let mut show = true;
        loop {
            match &self.session.stage {
                Stage::Over => return self.end(true),
                Stage::Told(_) => {
                    while self.session.advance(self.library, &self.record) == SessionStep::Heed {}
                    show = true;
                    continue;
                }
                Stage::Asking(_) | Stage::Page if show => self.show()?,
                Stage::Asking(_) | Stage::Page => {}
            }
            let Some(line) = read(self.call)? else {
                return self.end(false);
            };
            match self.take(&line)? {
                Some(again) => show = again,
                None => return self.end(false),
            }
        }
    }

    fn line(&mut self, words: SafeText) -> Result<(), CliError> {
        Ok(self.call.out.rows(&crate::layout::wrap::wrap(
            &[crate::layout::row::Run::new(
                words,
                crate::layout::row::Role::Text,
            )],
            self.call.width(),
            0,
            0,
        ))?)
    }

    fn page(&mut self, page: Page) -> Result<(), CliError> {
        self.call.out.blank()?;
        Ok(self.call.out.page(page, Vec::new())?)
    }

    /// Prints the open question, or the page that stands for it.
    fn show(&mut self) -> Result<(), CliError> {
        let Some(question) = self.session.question(self.library) else {
            return Ok(());
        };
        let (at, of, round) = self.session.position();
        let again = if round > 0 { ", again" } else { "" };
        let topic = views::quiz::topic(self.library, &question.topic);
        self.call.out.blank()?;
        self.call.out.line(&crate::safe!(
            "Question {at} of {of}{again}. {topic}. Seed {}.",
            self.session.seed
        ))?;
        let format = self.call.format();
        match &self.session.stage {
            Stage::Asking(asking) => {
                let laid = views::quiz::question::page(
                    question,
                    asking,
                    &self.lens,
                    format,
                    QuestionOptions::Lines,
                );
                self.page(laid.page)?;
                self.call.out.blank()?;
                self.line(crate::safe!("{}:", how(question)))
            }
            Stage::Page => {
                self.page(views::quiz::feedback::instead(self.library, question, format).page)?;
                self.call.out.blank()?;
                self.line(SafeText::ours("Enter when read:"))
            }
            Stage::Told(_) | Stage::Over => Ok(()),
        }
    }

    /// Does what a line says: whether the question is to be printed again, or `None` to end.
    fn take(&mut self, line: &str) -> Result<Option<bool>, CliError> {
        if self.session.stage == Stage::Page {
            if matches!(said(line), QuizLine::End) {
                return Ok(None);
            }
            let review = self.write(|s, library, record, pen| s.read(library, record, pen));
            self.keep(review);
            return Ok(Some(true));
        }
        match said(line) {
            QuizLine::End => return Ok(None),
            QuizLine::Answer(words, sure) => return self.answer(words, sure).map(Some),
            QuizLine::Hint if self.session.hint(self.library) => self.hint()?,
            QuizLine::Hint => self.line(SafeText::ours("There is no hint here."))?,
            QuizLine::Skip => {
                let review = self.write(|s, library, record, pen| s.skip(library, record, pen));
                self.keep(review);
                self.line(SafeText::ours("Skipped."))?;
                return Ok(Some(true));
            }
            QuizLine::Undo => return self.undo().map(Some),
            QuizLine::Page => self.behind()?,
            QuizLine::Nothing => self.line(SafeText::ours("Nothing is answered yet."))?,
            QuizLine::Unknown(word) => {
                self.line(crate::safe!("There is no {word}."))?;
                self.line(SafeText::ours(WORDS))?;
            }
        }
        Ok(Some(false))
    }

    fn answer(&mut self, words: &str, sure: bool) -> Result<bool, CliError> {
        let Some(question) = self.session.question(self.library) else {
            return Ok(true);
        };
        let Some((draft, shown)) = self.session.draft() else {
            return Ok(true);
        };
        match AnswerDraft::read(question, shown, words) {
            Ok(read) => *draft = read,
            Err(why) => return self.line(sentence(&why)).map(|()| false),
        }
        let mut pen = ReviewWriter {
            ids: &mut self.ids,
            now: clock::now(),
            lens: &self.lens,
        };
        match self.session.submit(sure, self.library, &mut pen) {
            Submitted::Nothing(why) => self.line(sentence(&why)).map(|()| false),
            Submitted::Near(note) => self
                .line(crate::safe!("Almost: {} One more try:", near(note)))
                .map(|()| false),
            Submitted::Answered(review) => {
                self.keep(Some(review));
                self.verdict().map(|()| true)
            }
        }
    }

    fn verdict(&mut self) -> Result<(), CliError> {
        let Some(question) = self.session.question(self.library) else {
            return Ok(());
        };
        let Stage::Told(told) = &self.session.stage else {
            return Ok(());
        };
        let laid = views::quiz::feedback::page(self.library, question, told, self.call.format());
        // The prompt was printed above, and need not be heard again.
        let from = laid
            .rows
            .first()
            .map(|r| r.start)
            .or(laid.verdict)
            .unwrap_or(0);
        let mut page = laid.page;
        page.rows.drain(..from);
        self.page(page)
    }

    fn hint(&mut self) -> Result<(), CliError> {
        let hint = self
            .session
            .question(self.library)
            .and_then(|q| q.hint.clone())
            .unwrap_or_default();
        self.line(crate::safe!("Hint: {}", hint.text()))
    }

    fn behind(&mut self) -> Result<(), CliError> {
        let address = self
            .session
            .question(self.library)
            .and_then(|q| views::quiz::behind(self.library, q));
        let peek = address.and_then(|a| views::entry::peek(self.library, &a, self.call.format()));
        match peek {
            Some((title, page)) => {
                self.call.out.blank()?;
                self.line(crate::safe!("{title}."))?;
                self.page(page)
            }
            None => self.line(SafeText::ours("There is no page behind this.")),
        }
    }

    fn write(
        &mut self,
        write: impl FnOnce(&mut Session, &Library, &Progress, &mut ReviewWriter<'_>) -> Option<Review>,
    ) -> Option<Review> {
        let mut pen = ReviewWriter {
            ids: &mut self.ids,
            now: clock::now(),
            lens: &self.lens,
        };
        write(&mut self.session, self.library, &self.record, &mut pen)
    }

    fn keep(&mut self, review: Option<Review>) {
        let Some(review) = review else { return };
        Arc::make_mut(&mut self.record).add(&review);
        let shelf = self.shelf();
        self.apply([Change::Add(review), shelf]);
    }

    fn undo(&mut self) -> Result<bool, CliError> {
        let Some(id) = self.session.last_review() else {
            return self
                .line(SafeText::ours("There is nothing to take back."))
                .map(|()| false);
        };
        let here = Arc::make_mut(&mut self.record).undo(id);
        self.session.undo(self.library, &self.record);
        let shelf = self.shelf();
        self.apply([Change::Undo(id), shelf]);
        if !here {
            self.record = self.store.load().progress;
        }
        self.line(SafeText::ours("The last answer is taken back."))
            .map(|()| true)
    }

    fn shelf(&self) -> Change {
        self.session.shelved().map_or(
            Change::DropSession(self.session.number),
            Change::SaveSession,
        )
    }

    fn apply(&mut self, changes: impl IntoIterator<Item = Change>) {
        let written = self.store.apply(changes);
        let said = self
            .store
            .notice()
            .map(|said| crate::safe!("tozero: {said}"));
        let failed = written
            .err()
            .map(|trouble| crate::safe!("tozero: not saved: {}", trouble.why()));
        said.into_iter()
            .chain(failed)
            .for_each(|words| self.call.out.say(&words));
    }

    fn end(mut self, over: bool) -> CommandResult {
        let summary = SessionSummary::of(&self.session, self.library, &self.record);
        let page = views::quiz::summary::page(
            self.library,
            &summary,
            over,
            clock::now(),
            self.call.format(),
        );
        self.page(page)?;
        if !over && !self.session.past().is_empty() {
            self.call.out.blank()?;
            self.line(SafeText::ours(
                "The rest waits: tozero quiz goes on with it.",
            ))?;
        }
        Ok(ExitStatus::Done)
    }
}

/// Words of a rule as a sentence.
fn sentence(words: &SafeText) -> SafeText {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    crate::safe!("{first}{}.", letters.as_str())
}
