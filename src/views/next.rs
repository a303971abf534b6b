//! The next step in words: what to do, why, and the command that does it.

use crate::core::progress::Ratio;
use crate::core::quiz::next::NextStep;
use crate::layout::{Page, PageBuilder, PageFormat, Role};
use crate::pack::{Address, Kind, Lesson, Library};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::count;
use crate::views::entry_footer::title;
use crate::views::guide;

/// A step in words.
#[derive(Clone, PartialEq, Debug)]
pub struct NextWords {
    /// A word for programs: `begin`, `due`, `lesson`, `weak`, `new` or `rest`.
    pub step: &'static str,
    /// What to do.
    pub what: SafeText,
    pub why: SafeText,
    /// Whether there is a first look before it.
    pub look: bool,
    /// The command that does it.
    pub command: String,
    /// The page to read, where the step is to read one.
    pub page: Option<Address>,
}

pub fn words(library: &Library, step: &NextStep<'_>) -> NextWords {
    let look = matches!(step, NextStep::Begin(Some(_))) && !guide::pages(library).is_empty();
    let (word, (what, why), command, page) = match step {
        NextStep::Begin(Some(first)) => {
            let why = if look { FIRST_LOOK } else { NOTHING_YET };
            reads("begin", "the first lesson", first, why)
        }
        NextStep::Begin(None) => asks(
            "begin",
            "Answer the first questions.",
            "Nothing is answered yet.",
        ),
        NextStep::Due(n) => {
            let questions = count(*n, "question that is due", "questions that are due");
            let said = (
                safe!("Answer {questions}."),
                SafeText::ours("They are about to be forgotten."),
            );
            ("due", said, "tozero quiz --due".to_owned(), None)
        }
        NextStep::Lesson(next) => {
            let lesson = format!("lesson {}", next.order);
            reads(
                "lesson",
                &lesson,
                next,
                "Nothing is due, and it is the first lesson not done yet.",
            )
        }
        NextStep::Weak(id, answers) => weak(library, id, *answers),
        NextStep::New(n) => {
            let never = count(*n, "question was", "questions were");
            let why = safe!("Nothing is due, and {never} never asked.");
            asks("new", "Answer new questions.", why)
        }
        NextStep::Rest(days) => {
            let why = match days {
                Some(1) => SafeText::ours("The next question falls due tomorrow."),
                Some(days) => safe!("The next question falls due in {days} days."),
                None => SafeText::ours("This pack has no questions."),
            };
            let (what, command) = match days {
                Some(_) => ("Rest: everything is answered.", "tozero stats"),
                None => ("Read what is there.", "tozero help"),
            };
            let what = SafeText::ours(what);
            ("rest", (what, why), command.to_owned(), None)
        }
    };
    NextWords {
        step: word,
        what,
        why,
        look,
        command,
        page,
    }
}

const NOTHING_YET: &str = "Nothing is answered yet.";
/// Why a newcomer reads the first lesson, and what there is before it.
const FIRST_LOOK: &str =
    "Nothing is answered yet. In the app, I is the key to the idea in a few minutes.";

/// The word of a step, what to do and why, the command, and the page.
type Said = (&'static str, (SafeText, SafeText), String, Option<Address>);

/// A step that reads a lesson.
fn reads(step: &'static str, which: &str, lesson: &Lesson, why: &'static str) -> Said {
    let what = safe!("Read {which}: {}, {} min.", lesson.title, lesson.minutes);
    let command = format!("tozero read {}", lesson.order);
    let page = Address::new(Kind::Lessons, &lesson.id);
    (step, (what, SafeText::ours(why)), command, page)
}

/// A step that asks new questions.
fn asks(step: &'static str, what: &'static str, why: impl Into<SafeText>) -> Said {
    let said = (SafeText::ours(what), why.into());
    (step, said, "tozero quiz --new".to_owned(), None)
}

/// A step that reads the page of a term.
fn weak(library: &Library, id: &str, answers: Ratio) -> Said {
    let page = Address::new(Kind::Terms, id);
    let name = page.as_ref().map(|page| title(library, page));
    let what = safe!("Read the page of {}.", name.unwrap_or_default());
    let Ratio { hits, of } = answers;
    let why = safe!("Of your answers about it {hits} of {of} were right.");
    ("weak", (what, why), format!("tozero define {id}"), page)
}

/// A step as a page.
pub fn page(next: &NextWords, format: impl Into<PageFormat>) -> Page {
    let mut page = PageBuilder::new(format);
    page.text_tight(next.what.clone(), Role::Strong);
    page.text_tight(next.why.clone(), Role::Text);
    page.text(SafeText::line(&next.command), Role::Code);
    page.finish()
}
