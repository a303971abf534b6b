//! Everything a key, a click or the palette can ask for, in the user's words.
//! Promise: closed; each act has one row in the keymap's table, or is one of the seven screens.

use crate::app::route::Tab;

/// An act of the user.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Works everywhere.
    Global(GlobalAction),
    /// Moves in the list or page that has the focus.
    Move(MoveAction),
    /// Works on the page that is open.
    Page(PageAction),
    /// Works on lists that can be narrowed.
    List(ListAction),
    /// Works on Compare.
    Compare(CompareAction),
    /// Works on Learn.
    Learn(LearnAction),
    /// Works on Services.
    Services(ServicesAction),
    /// Works in the interview about one's own service.
    Interview(InterviewAction),
    /// Works on Cost, and on the traffic dial.
    Cost(CostAction),
    /// Works on the quiz.
    Quiz(QuizAction),
}

/// Acts that work everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GlobalAction {
    /// Go to a screen.
    Screen(Tab),
    /// Search everything.
    Search,
    /// Choose from all commands.
    Palette,
    /// The help of this screen.
    Help,
    /// Choose the lens.
    Lens,
    /// Back to where one was.
    Back,
    /// Forward again.
    Forward,
    /// Close the top layer.
    Close,
    /// Close an overlay, or quit.
    Quit,
    /// Quit at once.
    Leave,
    /// Stop, until `fg`.
    Suspend,
    /// Draw anew.
    Redraw,
    /// Mouse on or off.
    Mouse,
    /// Choose the theme.
    Theme,
    /// List the pack's problems.
    Problems,
    /// Judge one's own service.
    Judge,
}

/// Movement, with a count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MoveAction {
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first row, or the counted one.
    Top,
    /// To the last row, or the counted one.
    Bottom,
    /// To the pane on the left.
    Left,
    /// To the pane on the right.
    Right,
    /// Take what has the focus.
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

/// Acts on the open page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PageAction {
    /// The next link.
    NextLink,
    /// The link before.
    PreviousLink,
    /// Look at what the link names, in place.
    Peek,
    /// Find in the page.
    Find,
    /// The next hit.
    FindNext,
    /// The hit before.
    FindPrevious,
    /// Choose a heading.
    Contents,
    /// Open a source in the browser.
    Source,
    /// Copy with a citation.
    Copy,
}

/// Acts on lists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ListAction {
    /// Narrow by typing.
    Filter,
    /// Narrow by tag or kind.
    Tag,
    /// Narrow by stance.
    Stance,
}

/// Acts on Compare.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CompareAction {
    /// Choose a column's perspective.
    Column,
    /// One more column.
    More,
    /// One column less.
    Fewer,
    /// Change the sides.
    Swap,
    /// Compare something else: definitions, services or lenses.
    Sides,
}

/// Acts on the quiz.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum QuizAction {
    /// Choose the row under the cursor, or take the choice back.
    Toggle,
    /// Submit as a guess.
    Guess,
    /// Show the hint.
    Hint,
    /// Leave the question unanswered.
    Skip,
    /// Take the last answer back.
    Undo,
    /// Open the page behind the question.
    Page,
    /// Ask what was missed again.
    Retry,
    /// Show the statistics.
    Statistics,
}

/// Acts on Learn.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LearnAction {
    /// The next lesson.
    Next,
    /// The lesson before.
    Previous,
    /// Show the answer of a recall question.
    Answer,
}

/// Acts on Services.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ServicesAction {
    /// Sort by the next column.
    Sort,
    /// Sort the other way round.
    Reverse,
    /// Narrow by provider.
    Provider,
    /// Narrow by verdict.
    Verdict,
    /// Judge as of another day.
    AsOf,
}

/// Acts in the interview.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InterviewAction {
    /// Answers with a choice, from 0.
    Answer(u8),
    /// Answers that one does not know.
    Unsure,
    /// Back to the question before.
    Back,
}

/// Acts on Cost, and on the traffic dial.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CostAction {
    /// Ten times less.
    FarLess,
    /// Ten times more.
    FarMore,
    /// Choose the two services of the traffic dial.
    Dial,
    /// Add a service, or take one away.
    Add,
    /// Take the last service away.
    Remove,
    /// Start from a workload with a name.
    Preset,
    /// Against a machine that is always on, or not.
    Machine,
    /// Powers of ten, or equal steps.
    Scale,
}
