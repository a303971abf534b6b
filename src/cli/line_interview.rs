//! The interview as lines: a question, its choices by number, an answer, and on. A line that is no answer is told what would be
//! one and asked again.

use std::io::{self, IsTerminal};

use crate::cli::context::CommandContext;
use crate::cli::exit::CliError;
use crate::cli::prompt::{self, Dialogue, DialogueEnd, Next};
use crate::core::judge::interview::pick;
use crate::core::judge::{InterviewAnswer, InterviewStep, InterviewWalk};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Criteria, Subject, Things};
use crate::text::SafeText;
use crate::text::measure::count;
use crate::text::measure::quoted;
use crate::views::interview::{TITLE, progress};

/// Cells that choices and what they mean are indented by.
const INDENT: usize = 2;
/// Cells of a choice's number, the indent included.
const NUMBER: usize = 5;

#[derive(Debug, PartialEq)]
enum InterviewLine {
    Pick(InterviewAnswer),
    Keep,
    Back,
    Quit,
    Nothing(SafeText),
}

struct LineInterview<'a> {
    call: &'a mut CommandContext,
    criteria: &'a Criteria,
    things: &'a Things,
    steps: &'a [InterviewStep<'a>],
    walk: InterviewWalk,
    shown: Option<usize>,
    /// Questions go to standard output.
    aloud: bool,
    /// The input is a terminal, which shows what is typed by itself.
    keyboard: bool,
}

/// Puts all steps to the user; `None` when they quit, or answered nothing. `separate` keeps the questions off standard output,
/// where somebody else reads the answer; so does a pipe behind a user at a keyboard.
pub fn ask(
    call: &mut CommandContext,
    subject: &Subject,
    steps: &[InterviewStep<'_>],
    separate: bool,
) -> Result<Option<Vec<InterviewAnswer>>, CliError> {
    let keyboard = io::stdin().is_terminal();
    let piped = keyboard && !io::stdout().is_terminal();
    let mut interview = LineInterview {
        call,
        criteria: &subject.criteria,
        things: &subject.things,
        steps,
        walk: InterviewWalk::new(steps.len()),
        shown: None,
        aloud: !(separate || piped),
        keyboard,
    };
    interview.opening()?;
    let end = prompt::run(&mut interview, &mut io::stdin().lock())?;
    Ok(interview.end(end)?)
}

fn typed(
    criteria: &Criteria,
    step: &InterviewStep<'_>,
    line: &str,
    so_far: Option<InterviewAnswer>,
) -> InterviewLine {
    match line.to_lowercase().as_str() {
        "" if so_far.is_some() => InterviewLine::Keep,
        "<" | "back" => InterviewLine::Back,
        "q" | "quit" | "exit" => InterviewLine::Quit,
        word => pick(criteria, step, word)
            .map_or_else(|| InterviewLine::Nothing(quoted(line)), InterviewLine::Pick),
    }
}

impl Dialogue for LineInterview<'_> {
    fn ask(&mut self) -> Result<bool, CliError> {
        let at = self.walk.at();
        let Some(step) = self.steps.get(at) else {
            return Ok(false);
        };
        if self.shown.replace(at) != Some(at) {
            self.question(step)?;
        }
        if self.aloud {
            self.call.out.raw(&SafeText::ours("> "))?;
            self.call.out.flush()?;
        }
        Ok(true)
    }

    fn answer(&mut self, line: &SafeText) -> Result<Next, CliError> {
        // Off a terminal the line is printed, so that the whole reads as it went.
        if self.aloud && !self.keyboard {
            self.call.out.line(line)?;
        }
        let Some(step) = self.steps.get(self.walk.at()) else {
            return Ok(Next::Stop);
        };
        match typed(self.criteria, step, line, self.walk.here()) {
            InterviewLine::Pick(pick) => {
                self.meaning(step, pick)?;
                self.walk.say(pick);
            }
            InterviewLine::Keep => drop(self.walk.on()),
            InterviewLine::Back if self.walk.back() => {}
            InterviewLine::Back => self.text("This is the first question.", Role::Text)?,
            InterviewLine::Quit => return Ok(Next::Stop),
            InterviewLine::Nothing(word) => self.wrong(step, &word)?,
        }
        Ok(Next::Ask)
    }
}

impl LineInterview<'_> {
    fn rows(&mut self, rows: &[Row]) -> io::Result<()> {
        if self.aloud {
            return self.call.out.rows(rows);
        }
        self.call.out.say_rows(rows);
        Ok(())
    }

    fn words(&mut self, runs: &[Run], first: usize, rest: usize) -> io::Result<()> {
        let rows = wrap(runs, self.call.width(), first, rest);
        self.rows(&rows)
    }

    fn text(&mut self, words: impl Into<SafeText>, role: Role) -> io::Result<()> {
        self.words(&[Run::new(words, role)], 0, 0)
    }

    fn opening(&mut self) -> io::Result<()> {
        self.text(self.things.fill(TITLE), Role::Title)?;
        let how = crate::safe!(
            "{}. Answer each as the {} is today: a number or its letter, u for unsure, < to go back, q to quit.",
            count(self.steps.len(), "question", "questions"),
            self.things.one
        );
        self.text(how, Role::Dim)
    }

    fn question(&mut self, step: &InterviewStep<'_>) -> io::Result<()> {
        let mut head = progress(&self.walk, self.steps.len()).to_string();
        head.replace_range(..1, "Q");
        self.rows(&[Row::default()])?;
        self.text(head, Role::Dim)?;
        self.text(step.prompt.clone(), Role::Strong)?;
        for (n, choice) in step.choices.iter().enumerate() {
            self.choice(crate::safe!("{}", n + 1), choice.text.clone())?;
        }
        self.choice(SafeText::ours("u"), SafeText::ours("Unsure"))?;
        let why = [
            Run::ours("Why it matters: ", Role::Label),
            Run::new(step.why.clone(), Role::Text),
        ];
        self.words(&why, 0, INDENT)?;
        match self.walk.here() {
            Some(so_far) => {
                let so_far = spelled(so_far);
                let kept = crate::safe!("Your answer so far: {so_far}. Enter keeps it.");
                self.text(kept, Role::Text)
            }
            None => Ok(()),
        }
    }

    fn choice(&mut self, key: SafeText, words: SafeText) -> io::Result<()> {
        let runs = [
            Run::new(crate::safe!("{key}  "), Role::Key),
            Run::new(words, Role::Text),
        ];
        self.words(&runs, INDENT, NUMBER)
    }

    /// What was chosen means this.
    fn meaning(&mut self, step: &InterviewStep<'_>, pick: InterviewAnswer) -> io::Result<()> {
        let words = match pick {
            InterviewAnswer::Choice(n) => step.choices.get(n).map(|c| c.explanation.clone()),
            InterviewAnswer::Unsure => Some(SafeText::ours("Carried as unsure.")),
        };
        let words = [Run::new(words.unwrap_or_default(), Role::Dim)];
        self.words(&words, INDENT, INDENT)
    }

    fn wrong(&mut self, step: &InterviewStep<'_>, word: &SafeText) -> io::Result<()> {
        let what = if word.is_empty() { "Nothing" } else { word };
        let most = step.choices.len();
        let what = crate::safe!("{what} is no answer here: a number from 1 to {most}, u, < or q.");
        self.text(what, Role::Text)
    }

    /// What the answers come to. Where the input ends, a user at a keyboard wants to stop; elsewhere the rest is unsure.
    fn end(&mut self, end: DialogueEnd) -> io::Result<Option<Vec<InterviewAnswer>>> {
        let (at, steps) = (self.walk.at(), self.steps.len());
        if end == DialogueEnd::Input && self.aloud {
            self.call.out.blank()?;
        }
        let answered = self.walk.counts().0 > 0;
        match end {
            DialogueEnd::Over => {}
            DialogueEnd::Input if answered && !self.keyboard => {
                self.text(rest_unsure(at, steps), Role::Text)?;
            }
            DialogueEnd::Input | DialogueEnd::Stopped => {
                let at = at + 1;
                let what = crate::safe!("Stopped at question {at} of {steps}; nothing was judged.");
                self.text(what, Role::Text)?;
                return Ok(None);
            }
        }
        self.rows(&[Row::default()])?;
        Ok(Some(self.walk.picks()))
    }
}

fn rest_unsure(at: usize, steps: usize) -> SafeText {
    let first = at + 1;
    if first == steps {
        return crate::safe!("The input ends here; question {steps} counts as unsure.");
    }
    crate::safe!("The input ends here; questions {first} to {steps} count as unsure.")
}

fn spelled(pick: InterviewAnswer) -> SafeText {
    match pick {
        InterviewAnswer::Choice(n) => crate::safe!("{}", n + 1),
        InterviewAnswer::Unsure => SafeText::ours("unsure"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::interview::steps;
    use crate::pack::{Bundled, Library};

    #[test]
    fn a_line_is_a_choice_a_command_or_nothing() {
        let library =
            Library::open(std::sync::Arc::new(Bundled)).expect("the bundled pack is sound");
        let criteria = &library.pack().subject.criteria;
        let steps = steps(library.checklist());
        let step = steps.first().expect("the bundled pack has a checklist");
        let choice = |n| InterviewLine::Pick(InterviewAnswer::Choice(n));
        let unsure = || InterviewLine::Pick(InterviewAnswer::Unsure);
        let nothing = |word| InterviewLine::Nothing(SafeText::ours(word));
        for (line, expected) in [
            ("1", choice(0)),
            ("2", choice(1)),
            ("b", choice(1)),
            ("B", choice(1)),
            ("u", unsure()),
            ("Unsure", unsure()),
            ("<", InterviewLine::Back),
            ("back", InterviewLine::Back),
            ("q", InterviewLine::Quit),
            ("EXIT", InterviewLine::Quit),
            ("", nothing("")),
            ("0", nothing("0")),
            ("99", nothing("99")),
            ("no idea", nothing("no idea")),
        ] {
            assert_eq!(typed(criteria, step, line, None), expected, "{line}");
        }
        let before = Some(InterviewAnswer::Unsure);
        assert_eq!(typed(criteria, step, "", before), InterviewLine::Keep);
        assert_eq!(typed(criteria, step, "1", before), choice(0));
    }

    #[test]
    fn what_is_left_is_counted() {
        let said = |at, steps| rest_unsure(at, steps).to_string();
        let one = "The input ends here; question 5 counts as unsure.";
        assert_eq!(said(4, 5), one);
        let more = "The input ends here; questions 2 to 5 count as unsure.";
        assert_eq!(said(1, 5), more);
    }
}
