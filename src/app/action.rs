//! Everything a key, a click or the palette can ask for, in the user's words.
//! The enum is closed; each action has one row in the keymap's table, or is one of the seven screens.

use crate::app::route::Tab;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    Global(GlobalAction),
    /// Moves in the list or page that has the focus.
    Move(MoveAction),
    Page(PageAction),
    List(ListAction),
    Compare(CompareAction),
    Learn(LearnAction),
    Services(ServicesAction),
    /// Works in the interview about one's own service.
    Interview(InterviewAction),
    /// Works on Cost, and on the traffic dial.
    Cost(CostAction),
    Quiz(QuizAction),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GlobalAction {
    Screen(Tab),
    Search,
    Palette,
    Help,
    Lens,
    /// Make a lens of one's own, or change it.
    OwnLens,
    Back,
    Forward,
    Close,
    /// Close an overlay, or quit.
    Quit,
    /// Quit at once.
    Leave,
    /// Stop, until `fg`.
    Suspend,
    Redraw,
    Mouse,
    Theme,
    Problems,
    Judge,
    /// The myths of the pack, those met first.
    Myths,
    /// The first look.
    Guide,
}

/// Movement, with a count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MoveAction {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    /// To the first row, or the counted one.
    Top,
    /// To the last row, or the counted one.
    Bottom,
    Left,
    Right,
    Enter,
}

impl MoveAction {
    /// The row it leads to from another one, where `height` rows show; `None` for movements that are not along rows.
    pub fn along_rows(self, from: usize, height: usize, count: Option<usize>) -> Option<usize> {
        let page = height.max(2) - 1;
        let rows = |step: usize| count.unwrap_or(1).saturating_mul(step);
        let counted = count.map(|c| c.saturating_sub(1));
        Some(match self {
            Self::Down => from.saturating_add(rows(1)),
            Self::Up => from.saturating_sub(rows(1)),
            Self::HalfDown => from.saturating_add(rows(page.div_ceil(2))),
            Self::HalfUp => from.saturating_sub(rows(page.div_ceil(2))),
            Self::PageDown => from.saturating_add(rows(page)),
            Self::PageUp => from.saturating_sub(rows(page)),
            Self::Top => counted.unwrap_or(0),
            Self::Bottom => counted.unwrap_or(usize::MAX),
            Self::Left | Self::Right | Self::Enter => return None,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PageAction {
    NextLink,
    PreviousLink,
    /// Look at what the link names, in place.
    Peek,
    Find,
    FindNext,
    FindPrevious,
    Contents,
    Source,
    Copy,
    /// Copy the command that prints what is shown.
    Command,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ListAction {
    Filter,
    Tag,
    Stance,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CompareAction {
    Column,
    More,
    Fewer,
    Swap,
    /// Compare something else: definitions, services or lenses.
    Sides,
    /// What is disputed first, or the pack's order.
    Order,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum QuizAction {
    /// Choose the row under the cursor, or take the choice back.
    Toggle,
    Guess,
    Hint,
    /// Leave the question unanswered.
    Skip,
    Undo,
    /// Open the page behind the question.
    Page,
    /// Ask what was missed again.
    Retry,
    Statistics,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LearnAction {
    Next,
    Previous,
    /// Answer a question where it stands in the text.
    Answer,
    /// Answer the questions of the lesson.
    Questions,
    /// Do what is sensible next.
    DoNext,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ServicesAction {
    Sort,
    Reverse,
    Provider,
    Verdict,
    AsOf,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InterviewAction {
    /// Answers with a choice, from 0.
    Answer(u8),
    Unsure,
    Back,
}

/// Acts on Cost, and on the traffic dial.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CostAction {
    FarLess,
    FarMore,
    /// Choose the two services of the traffic dial.
    Dial,
    /// Add a service, or take one away.
    Add,
    Remove,
    /// Start from a workload with a name.
    Preset,
    /// Against a machine that is always on, or not.
    Machine,
    /// Powers of ten, or equal steps.
    Scale,
}
