//! The interview as lines: a question, its choices by number, an answer, and on.
//! Promises: the end of the input ends it politely; a line that is no answer is told what would be one and asked again;
//! questions go to standard output only where they are not in the way of an answer that somebody else reads.

use std::io::{BufRead, IsTerminal, Read};

use crate::cli::context::CommandContext;
use crate::cli::usage::quoted;
use crate::core::judge::self_assessment::pick;
use crate::core::judge::{InterviewAnswer, InterviewStep, InterviewWalk};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::text::SafeText;
use crate::text::measure::count;
use crate::views::interview::progress;

/// Most bytes of a line that are read as one.
const LONGEST: u64 = 4096;
/// Cells that choices and what they mean are indented by.
const INDENT: usize = 2;
/// Cells of a choice's number, the indent included.
const NUMBER: usize = 5;

/// What was typed.
enum InterviewLine {
    Pick(InterviewAnswer),
    Keep,
    Back,
    Quit,
    Nothing(SafeText),
}

/// One who asks.
struct LineInterview<'a> {
    call: &'a mut CommandContext,
    /// Questions go to standard output.
    aloud: bool,
    /// The input is a terminal, which shows what is typed by itself.
    keyboard: bool,
}

/// Puts all steps to the user; `None` when they quit, or answered nothing. `apart` keeps the questions off standard output.
pub fn ask(
    call: &mut CommandContext,
    steps: &[InterviewStep<'_>],
    apart: bool,
) -> std::io::Result<Option<Vec<InterviewAnswer>>> {
    let keyboard = std::io::stdin().is_terminal();
    let apart = apart || (keyboard && !std::io::stdout().is_terminal());
    let mut asker = LineInterview {
        call,
        aloud: !apart,
        keyboard,
    };
    asker.opening(steps.len())?;
    let mut walk = InterviewWalk::new(steps.len());
    let mut put = None;
    while let Some(step) = steps.get(walk.at()) {
        if put.replace(walk.at()) != Some(walk.at()) {
            asker.question(step, &walk, steps.len())?;
        }
        let Some(line) = asker.line()? else {
            return asker.ended(&walk, steps.len());
        };
        match typed(step, &line, walk.here()) {
            InterviewLine::Pick(pick) => {
                asker.meaning(step, pick)?;
                walk.say(pick);
            }
            InterviewLine::Keep => drop(walk.on()),
            InterviewLine::Back if walk.back() => {}
            InterviewLine::Back => asker.tell("This is the first question.")?,
            InterviewLine::Quit => return asker.stopped(&walk, steps.len()),
            InterviewLine::Nothing(word) => asker.wrong(step, &word)?,
        }
    }
    asker.put(&[Row::default()])?;
    Ok(Some(walk.picks()))
}

fn typed(step: &InterviewStep<'_>, line: &str, said: Option<InterviewAnswer>) -> InterviewLine {
    match line.trim().to_lowercase().as_str() {
        "" if said.is_some() => InterviewLine::Keep,
        "<" | "back" => InterviewLine::Back,
        "q" | "quit" | "exit" => InterviewLine::Quit,
        word => pick(step, word).map_or_else(
            || InterviewLine::Nothing(quoted(line.trim())),
            InterviewLine::Pick,
        ),
    }
}

impl LineInterview<'_> {
    fn put(&mut self, rows: &[Row]) -> std::io::Result<()> {
        if self.aloud {
            return self.call.out.rows(rows);
        }
        self.call.out.say_rows(rows);
        Ok(())
    }

    fn words(&mut self, runs: &[Run], first: usize, rest: usize) -> std::io::Result<()> {
        let rows = wrap(runs, self.call.width(), first, rest);
        self.put(&rows)
    }

    fn tell(&mut self, words: &'static str) -> std::io::Result<()> {
        self.words(&[Run::ours(words, Role::Text)], 0, 0)
    }

    fn opening(&mut self, steps: usize) -> std::io::Result<()> {
        self.words(&[Run::ours("Judge your own service", Role::Title)], 0, 0)?;
        let said = crate::safe!(
            "{}. Answer each as the service is set up today: a number or its letter, u for unsure, < to go back, q to quit.",
            count(steps, "question", "questions")
        );
        self.words(&[Run::new(said, Role::Dim)], 0, 0)
    }

    fn question(
        &mut self,
        step: &InterviewStep<'_>,
        walk: &InterviewWalk,
        steps: usize,
    ) -> std::io::Result<()> {
        let mut head = progress(walk, steps).to_string();
        head.replace_range(..1, "Q");
        self.put(&[Row::default()])?;
        self.words(&[Run::new(head, Role::Dim)], 0, 0)?;
        self.words(&[Run::new(step.prompt.clone(), Role::Strong)], 0, 0)?;
        for (n, choice) in step.choices.iter().enumerate() {
            self.choice(crate::safe!("{}", n + 1), choice.text.clone())?;
        }
        self.choice(SafeText::ours("u"), SafeText::ours("Unsure"))?;
        self.words(
            &[
                Run::ours("Why it matters: ", Role::Label),
                Run::new(step.why.clone(), Role::Text),
            ],
            0,
            INDENT,
        )?;
        if let Some(said) = walk.here() {
            let said = crate::safe!("Your answer so far: {}. Enter keeps it.", spelled(said));
            self.words(&[Run::new(said, Role::Text)], 0, 0)?;
        }
        Ok(())
    }

    fn choice(&mut self, key: SafeText, words: SafeText) -> std::io::Result<()> {
        let runs = [
            Run::new(crate::safe!("{key}  "), Role::Key),
            Run::new(words, Role::Text),
        ];
        self.words(&runs, INDENT, NUMBER)
    }

    /// What was chosen means this.
    fn meaning(&mut self, step: &InterviewStep<'_>, pick: InterviewAnswer) -> std::io::Result<()> {
        let words = match pick {
            InterviewAnswer::Choice(n) => step.choices.get(n).map(|c| c.explanation.clone()),
            InterviewAnswer::Unsure => Some(SafeText::ours("Carried as unsure.")),
        };
        self.words(
            &[Run::new(words.unwrap_or_default(), Role::Dim)],
            INDENT,
            INDENT,
        )
    }

    fn wrong(&mut self, step: &InterviewStep<'_>, word: &SafeText) -> std::io::Result<()> {
        let said = if word.is_empty() {
            SafeText::ours("Nothing is no answer here")
        } else {
            crate::safe!("{word} is no answer here")
        };
        let said = crate::safe!(
            "{said}: a number from 1 to {}, u, < or q.",
            step.choices.len()
        );
        self.words(&[Run::new(said, Role::Text)], 0, 0)
    }

    /// A line of the input, cleaned; `None` at its end. Off a terminal it is shown, so that the whole reads as it went.
    fn line(&mut self) -> std::io::Result<Option<SafeText>> {
        if self.aloud {
            self.call.out.raw(&SafeText::ours("> "))?;
            self.call.out.flush()?;
        }
        let mut bytes = Vec::new();
        let read = std::io::stdin()
            .lock()
            .take(LONGEST)
            .read_until(b'\n', &mut bytes)
            .unwrap_or(0);
        let line = (read > 0).then(|| SafeText::line(String::from_utf8_lossy(&bytes).trim()));
        if self.aloud && (!self.keyboard || line.is_none()) {
            self.call
                .out
                .line(line.as_ref().unwrap_or(&SafeText::default()))?;
        }
        Ok(line)
    }

    /// The input has ended: at a keyboard that is a wish to stop, elsewhere the rest is unsure.
    fn ended(
        &mut self,
        walk: &InterviewWalk,
        steps: usize,
    ) -> std::io::Result<Option<Vec<InterviewAnswer>>> {
        if self.keyboard || walk.counts().0 == 0 {
            return self.stopped(walk, steps);
        }
        self.words(&[Run::new(rest_unsure(walk.at(), steps), Role::Text)], 0, 0)?;
        self.put(&[Row::default()])?;
        Ok(Some(walk.picks()))
    }

    fn stopped(
        &mut self,
        walk: &InterviewWalk,
        steps: usize,
    ) -> std::io::Result<Option<Vec<InterviewAnswer>>> {
        let said = crate::safe!(
            "Stopped at question {} of {steps}; nothing was judged.",
            walk.at() + 1
        );
        self.words(&[Run::new(said, Role::Text)], 0, 0)?;
        Ok(None)
    }
}

fn rest_unsure(at: usize, steps: usize) -> SafeText {
    if at + 1 == steps {
        return crate::safe!("The input ends here; question {steps} counts as unsure.");
    }
    crate::safe!(
        "The input ends here; questions {} to {steps} count as unsure.",
        at + 1
    )
}

fn spelled(pick: InterviewAnswer) -> SafeText {
    match pick {
        InterviewAnswer::Choice(n) => crate::safe!("{}", n + 1),
        InterviewAnswer::Unsure => SafeText::ours("unsure"),
    }
}
