//! The program as a numbered menu, for those who read line by line: it reaches everything, asks for one thing at a time, and
//! needs no key but Enter. What is chosen runs as the command that it names, so that it can be typed the next time.

use std::ffi::OsString;

use crate::cli::args;
use crate::cli::context::CommandContext;
use crate::cli::exit::{CliError, CommandResult, ExitStatus};
use crate::cli::{output, prompt};
use crate::safe;
use crate::text::SafeText;

/// What can be chosen: words, the command, and what is asked before it; an empty answer leaves the rest out where it may.
struct MenuItem {
    words: &'static str,
    command: &'static str,
    asks: Option<&'static str>,
    /// Words that the pack has for an example; only what is asked with one needs an answer.
    example: Option<&'static str>,
}

const fn choice(
    words: &'static str,
    command: &'static str,
    asks: Option<&'static str>,
) -> MenuItem {
    MenuItem {
        words,
        command,
        asks,
        example: None,
    }
}

/// What brings the choices back where they are not shown again.
const AGAIN: &str = "? lists the choices.";

const CHOICES: [MenuItem; 17] = [
    choice("The two answers, side by side", "compare", None),
    MenuItem {
        words: "Compare others",
        command: "compare",
        asks: Some("Two to four names, with commas between them"),
        example: Some("{perspectives}"),
    },
    choice(
        "Everybody's word on one question",
        "compare --by",
        Some("Question"),
    ),
    choice(
        "Look something up, or ask a question",
        "define",
        Some("Words"),
    ),
    choice("Search everything", "search", Some("Words")),
    choice("Which lessons there are", "read", None),
    choice("Read a lesson", "read", Some("Number or name")),
    choice("Judge one by its facts", "judge", Some("Name")),
    choice("Judge your own by the checklist", "judge", None),
    choice(
        "What it costs, idle first",
        "cost",
        Some("Names with commas between them, or nothing for two that differ"),
    ),
    choice("References", "refs", Some("Term, or nothing for all")),
    choice("Quiz", "quiz", None),
    choice("How your memory does", "stats", None),
    choice(
        "List what there is",
        "list",
        Some("Kind, such as terms, services or myths"),
    ),
    choice(
        "Read through another definition",
        "--lens",
        Some("Lens; 14 lists lenses"),
    ),
    choice("Settings and files", "paths", None),
    choice("Help", "help", Some("Command or topic, or nothing")),
];

/// Shows the menu until the user leaves it.
pub fn run(call: &mut CommandContext) -> CommandResult {
    let mut is_shown = false;
    loop {
        if !std::mem::replace(&mut is_shown, true) {
            show(call)?;
        }
        let Some(answer) = ask(call, &SafeText::ours("Number, or q to quit")) else {
            return Ok(ExitStatus::Done);
        };
        if matches!(answer.as_str(), "q" | "quit") {
            return Ok(ExitStatus::Done);
        }
        if answer.as_str() == "?" {
            is_shown = false;
            continue;
        }
        let number = answer.parse::<usize>().ok();
        let chosen = number.and_then(|n| CHOICES.get(n.checked_sub(1)?));
        let Some(chosen) = chosen else {
            let most = CHOICES.len();
            let what = safe!("Type a number from 1 to {most}, or q. {AGAIN}");
            call.out.line(&what)?;
            continue;
        };
        let words = match chosen.asks {
            Some(question) => match ask(call, &asked(call, question, chosen.example)) {
                Some(words) if chosen.example.is_some() && words.is_empty() => {
                    is_shown = false;
                    continue;
                }
                Some(words) => words,
                None => return Ok(ExitStatus::Done),
            },
            None => SafeText::default(),
        };
        call.out.blank()?;
        is_shown = match open(chosen, &words, call) {
            Ok(ExitStatus::Done) => false,
            Ok(_) => true,
            Err(error) => {
                output::report(&error, call.out.style.ascii);
                true
            }
        };
        call.out.blank()?;
        if is_shown {
            call.out.line(&SafeText::ours(AGAIN))?;
        }
        call.out.flush()?;
    }
}

fn show(call: &mut CommandContext) -> Result<(), CliError> {
    for (n, choice) in (1..).zip(&CHOICES) {
        call.out.line(&safe!("{n}. {}", choice.words))?;
    }
    Ok(())
}

/// A question as it is put, with the example that the pack has for it.
fn asked(call: &CommandContext, question: &'static str, example: Option<&str>) -> SafeText {
    let Some(example) = example else {
        return SafeText::ours(question);
    };
    let such_as = match call.words().fill(example).unwrap_or_default().as_str() {
        "" => String::new(),
        names => format!(", such as {}", names.replace(' ', ", ")),
    };
    safe!("{question}{such_as}; empty goes back")
}

/// A line that is asked for; `None` at the end of the input.
fn ask(call: &mut CommandContext, question: &SafeText) -> Option<SafeText> {
    call.out.raw(&safe!("{question}: ")).ok()?;
    call.out.flush().ok()?;
    prompt::line(&mut std::io::stdin().lock())
}

/// Runs what was chosen, and says how it is typed.
fn open(choice: &MenuItem, words: &SafeText, call: &mut CommandContext) -> CommandResult {
    if choice.command == "--lens" {
        call.config.lens = (!words.is_empty()).then(|| words.clone());
        call.config.lens_span = None;
        call.config.is_lens_typed = true;
        let library = call.library()?;
        let lens = call
            .lens(&library)
            .inspect_err(|_| call.config.lens = None)?;
        call.out.line(&safe!("Read through {lens} from here on."))?;
        return Ok(ExitStatus::Done);
    }
    let line = ["tozero"].into_iter().chain(choice.command.split(' '));
    // Names of several words are parted by commas.
    let words: Vec<&str> = match words.contains(',') {
        true => words.split(',').map(str::trim).collect(),
        false => words.split_whitespace().collect(),
    };
    let argv: Vec<OsString> = line.chain(words).map(OsString::from).collect();
    let parsed = args::parse(&argv, call.width()).map_err(|error| CliError::from(&error))?;
    match parsed.command {
        Some(command) => command.run(call),
        None => Ok(ExitStatus::Done),
    }
}
