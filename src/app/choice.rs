//! What choosing a row of a chooser does.

use crate::app::action::Action;
use crate::app::msg::Effect;
use crate::app::route::Route;
use crate::core::compare::ComparedKind;
use crate::core::cost::Workload;
use crate::core::judge::Verdict;
use crate::core::judge::lens_draft::LensDraft;
use crate::core::quiz::QuizOptions;
use crate::pack::Address;
use crate::text::Day;

/// What was chosen. All but [`Choice::Screen`] mean the same on every screen.
#[derive(Clone, PartialEq, Debug)]
pub enum Choice {
    Action(Action),
    Lens(String),
    /// Looks through a lens that is not yet put on, by its id.
    TryLens(String),
    /// Changes a lens of one's own, by its id, or makes a new one from the lens that is on.
    EditLens(Option<String>),
    /// Saves a lens of one's own.
    KeepLens(Box<LensDraft>),
    /// Keeps what is not saved of a lens, to go on with.
    KeepDraft(Box<LensDraft>),
    /// Deletes a lens of one's own, by its id.
    DropLens(String),
    /// Brings the lens back that was deleted last.
    RestoreLens,
    /// Looks at facts as of a day; the newest ones when `None`.
    AsOf(Option<Day>),
    Theme(String),
    /// Looks at a theme that is not yet taken.
    TryTheme(String),
    /// Goes to a heading of the open page, by its anchor.
    Heading(String),
    Go(Route),
    /// Lays what an entry says in short over the screen.
    Peek(Address),
    /// Shows the bills of services, by id, for so many requests a month where that is said.
    Bills(Vec<String>, Option<u64>),
    /// Asks one question of the quiz, by its id.
    Ask(String),
    /// Opens the commands with these words typed.
    Command(String),
    /// Searches everything, with these words to begin with.
    Search(String),
    /// Asks a session of the quiz at once.
    Quiz(QuizOptions),
    /// Searches the open page, as one types.
    Find(String),
    /// Ends that; where the page has no such words, everything is searched for them.
    Found(String),
    /// Asks something of the world, such as opening an address.
    Effect(Effect),
    /// The screen that opened the chooser knows what it means.
    Screen(ScreenChoice),
}

/// What one screen offers to choose.
#[derive(Clone, PartialEq, Debug)]
pub enum ScreenChoice {
    Column(usize),
    /// A perspective, service or lens for a column of Compare.
    Perspective(usize, String),
    Sides(ComparedKind),
    /// A side of the traffic dial to change, or a service for it.
    Dial(usize, Option<String>),
    /// A service to add to Cost, or to take away.
    Service(String),
    /// A workload to start from.
    Workload(Workload),
    /// Only this tag, kind or category; everything when `None`.
    Tag(Option<String>),
    /// Only the questions of this lesson, by its id; of any when `None`.
    Lesson(Option<String>),
    /// Only this stance; everything when `None`.
    Stance(Option<String>),
    /// Only this provider; everything when `None`.
    Provider(Option<String>),
    /// Only this verdict; everything when `None`.
    Verdict(Option<Verdict>),
}

impl From<ScreenChoice> for Choice {
    fn from(choice: ScreenChoice) -> Self {
        Self::Screen(choice)
    }
}
