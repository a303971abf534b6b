//! The keymap as data: every action with its name in the config file, its usual keys and its words. Footer, help, palette,
//! `tozero keys` and the manual page read it.

use crate::app::action::Action::{
    self, Compare, Cost, Global, Interview, Learn, List, Move, Page, Quiz, Services,
};
use crate::app::action::{
    CompareAction, CostAction, GlobalAction, InterviewAction, LearnAction, ListAction, MoveAction,
    PageAction, QuizAction, ServicesAction,
};
use crate::app::route::Tab;

/// Where a binding holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    Everywhere,
    /// In lists and pages.
    Moving,
    Page,
    List,
    Compare,
    Learn,
    Services,
    /// In the interview, where letters and digits answer as in a field.
    Interview,
    Cost,
    Dial,
    Quiz,
    /// While a session of the quiz goes on: these keys come before all others.
    Question,
}

impl Scope {
    /// All, in the order of the handbook.
    pub const ALL: [Self; 12] = [
        Self::Everywhere,
        Self::Moving,
        Self::Page,
        Self::List,
        Self::Compare,
        Self::Learn,
        Self::Services,
        Self::Interview,
        Self::Cost,
        Self::Dial,
        Self::Quiz,
        Self::Question,
    ];

    /// The heading over its keys.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Moving => "Moving",
            Self::Page => "On a page",
            Self::List => "In a list",
            Self::Compare => "Compare",
            Self::Learn => "Learn",
            Self::Services => "{Many}",
            Self::Interview => "Judge your own",
            Self::Cost => "Cost",
            Self::Dial => "On a slider",
            Self::Quiz => "Quiz",
            Self::Question => "On a question",
        }
    }

    /// Whether its keys answer, so that they come before all others.
    pub const fn answers(self) -> bool {
        matches!(self, Self::Interview | Self::Question)
    }

    const fn of(action: Action) -> Self {
        match action {
            Global(_) => Self::Everywhere,
            Move(_) => Self::Moving,
            Page(_) => Self::Page,
            List(_) => Self::List,
            Compare(_) | Cost(CostAction::Dial) => Self::Compare,
            Learn(_) => Self::Learn,
            Services(_) => Self::Services,
            Interview(_) => Self::Interview,
            Cost(CostAction::FarLess | CostAction::FarMore) => Self::Dial,
            Cost(_) => Self::Cost,
            Quiz(QuizAction::Retry | QuizAction::Statistics) => Self::Quiz,
            Quiz(_) => Self::Question,
        }
    }
}

#[derive(Debug)]
pub struct Binding {
    pub action: Action,
    pub name: &'static str,
    pub scope: Scope,
    /// The usual keys, most telling first, with a space between.
    pub keys: &'static str,
    /// One or two words for the footer. In them and in `help` the pack's words have names; see `Things::fill`.
    pub hint: &'static str,
    pub help: &'static str,
}

const fn bind(action: Action, name: &'static str, keys: &'static str) -> Binding {
    Binding {
        action,
        name,
        scope: Scope::of(action),
        keys,
        hint: "",
        help: "",
    }
}

const fn screen(tab: Tab, name: &'static str, keys: &'static str) -> Binding {
    bind(Global(GlobalAction::Screen(tab)), name, keys)
}

impl Binding {
    const fn words(mut self, hint: &'static str, help: &'static str) -> Self {
        self.hint = hint;
        self.help = help;
        self
    }
}

pub const BINDINGS: &[Binding] = &[
    screen(Tab::Compare, "screen.compare", "1")
        .words("compare", "Set the definitions side by side"),
    screen(Tab::Learn, "screen.learn", "2").words("learn", "Read the lessons"),
    screen(Tab::Glossary, "screen.glossary", "3").words("glossary", "Look terms up"),
    screen(Tab::Services, "screen.services", "4").words("{many}", "Judge {many} by the lens"),
    screen(Tab::Cost, "screen.cost", "5").words("cost", "Set bills side by side, idle first"),
    screen(Tab::Quiz, "screen.quiz", "6").words("quiz", "Test what you know"),
    screen(Tab::References, "screen.references", "7").words("references", "Browse the references"),
    bind(Global(GlobalAction::Search), "search", "s Ctrl-k").words("search", "Search everything"),
    bind(Global(GlobalAction::Palette), "palette", ": Ctrl-p")
        .words("commands", "Choose from all commands"),
    bind(Global(GlobalAction::Help), "help", "? F1").words("help", "Show the keys of this screen"),
    bind(Global(GlobalAction::Lens), "lens", "L")
        .words("lens", "Choose the lens: the definition that judges"),
    bind(Global(GlobalAction::Back), "back", "[ Backspace Alt-Left")
        .words("back", "Go back to the line you came from"),
    bind(Global(GlobalAction::Forward), "forward", "] Alt-Right")
        .words("forward", "Go forward again"),
    bind(Global(GlobalAction::OwnLens), "lens.own", "O").words(
        "your lens",
        "Make a lens of your own, or change the one that is on",
    ),
    bind(Global(GlobalAction::Judge), "judge", "J")
        .words("judge yours", "Judge your own {one} by the checklist"),
    bind(Global(GlobalAction::Guide), "guide", "I")
        .words("first look", "See the idea in a few minutes, page by page"),
    bind(Global(GlobalAction::Myths), "myths", "M")
        .words("myths", "List the myths, those that you met first"),
    bind(Global(GlobalAction::Theme), "theme", "T").words("theme", "Choose the theme"),
    bind(Global(GlobalAction::Mouse), "mouse", "m").words("mouse", "Turn the mouse on or off"),
    bind(Global(GlobalAction::Problems), "problems", "!")
        .words("problems", "List what is wrong with the pack"),
    bind(Global(GlobalAction::Redraw), "redraw", "Ctrl-l").words("redraw", "Draw the screen anew"),
    bind(Global(GlobalAction::Close), "close", "Esc")
        .words("close", "Close the top layer; never quits"),
    bind(Global(GlobalAction::Suspend), "suspend", "Ctrl-z")
        .words("suspend", "Stop the program until fg"),
    bind(Global(GlobalAction::Quit), "quit", "q")
        .words("quit", "Quit; over a page in a frame, close it"),
    bind(Global(GlobalAction::Leave), "leave", "Ctrl-c").words("quit now", "Quit from anywhere"),
    bind(Move(MoveAction::Down), "move.down", "Down j").words("down", "One row down"),
    bind(Move(MoveAction::Up), "move.up", "Up k").words("up", "One row up"),
    bind(Move(MoveAction::HalfDown), "move.half-down", "d Ctrl-d")
        .words("half down", "Half a page down"),
    bind(Move(MoveAction::HalfUp), "move.half-up", "u Ctrl-u").words("half up", "Half a page up"),
    bind(
        Move(MoveAction::PageDown),
        "move.page-down",
        "PgDn Space f Ctrl-f",
    )
    .words("page down", "A page down"),
    bind(Move(MoveAction::PageUp), "move.page-up", "PgUp b Ctrl-b").words("page up", "A page up"),
    bind(Move(MoveAction::Top), "move.top", "Home g")
        .words("top", "To the top; with a count, to that row"),
    bind(Move(MoveAction::Bottom), "move.bottom", "End G")
        .words("bottom", "To the end; with a count, to that row"),
    bind(Move(MoveAction::Left), "move.left", "Left h").words("left", "To the list on the left"),
    bind(Move(MoveAction::Right), "move.right", "Right l")
        .words("right", "To the page on the right"),
    bind(Move(MoveAction::Enter), "enter", "Enter")
        .words("open", "Open what has the focus, follow the link"),
    bind(Page(PageAction::NextLink), "link.next", "Tab").words("links", "To the next link"),
    bind(Page(PageAction::PreviousLink), "link.previous", "Shift-Tab")
        .words("link back", "To the link before"),
    bind(Page(PageAction::Peek), "peek", "K").words("peek", "Look at the link or term in place"),
    bind(Page(PageAction::Find), "find", "/")
        .words("find", "Find in this page; in a list, narrow it by typing"),
    bind(Page(PageAction::FindNext), "find.next", "n").words("next hit", "To the next hit"),
    bind(Page(PageAction::FindPrevious), "find.previous", "N")
        .words("hit before", "To the hit before"),
    bind(Page(PageAction::Contents), "contents", "t")
        .words("contents", "Choose a heading of this page"),
    bind(Page(PageAction::Source), "source", "o").words("source", "Open a source in the browser"),
    bind(Page(PageAction::Copy), "copy", "y").words("copy", "Copy with a citation"),
    bind(Page(PageAction::Command), "copy.command", "Y")
        .words("copy command", "Copy the command that prints the same"),
    bind(List(ListAction::Filter), "filter", "F \\").words(
        "filter",
        "Narrow the list by typing; Up from the first row does too",
    ),
    bind(List(ListAction::Tag), "filter.tag", "#").words("tag", "Narrow the list to a tag or kind"),
    bind(List(ListAction::Stance), "filter.stance", "%")
        .words("stance", "Narrow the list to a stance in the dispute"),
    bind(Compare(CompareAction::Column), "column", "c")
        .words("column", "Choose whose view stands in a column"),
    bind(Compare(CompareAction::More), "column.more", "+ =")
        .words("column more", "Add a column, up to four"),
    bind(Compare(CompareAction::Fewer), "column.fewer", "-")
        .words("column less", "Take the last column away"),
    bind(Compare(CompareAction::Swap), "column.swap", "x")
        .words("swap", "Exchange the first two columns"),
    bind(Compare(CompareAction::Sides), "column.sides", "w").words(
        "{many}, lenses",
        "Compare {many} or lenses instead, or definitions again",
    ),
    bind(Compare(CompareAction::Order), "column.order", "S")
        .words("order", "What is disputed first, or the pack's order"),
    bind(Learn(LearnAction::Next), "lesson.next", "> .").words("next lesson", "To the next lesson"),
    bind(Learn(LearnAction::Previous), "lesson.previous", "< ,")
        .words("lesson before", "To the lesson before"),
    bind(Learn(LearnAction::Answer), "lesson.ask", "a")
        .words("answer", "Answer the question at the end of the section"),
    bind(Learn(LearnAction::Questions), "lesson.questions", "A").words(
        "questions",
        "Answer the questions of the lesson that are not known",
    ),
    bind(Learn(LearnAction::DoNext), "next", "W").words(
        "what next",
        "Do what is sensible next: what is due, a lesson, a weak term",
    ),
    bind(Services(ServicesAction::Sort), "sort", "S").words("sort", "Sort by the next column"),
    bind(Services(ServicesAction::Reverse), "sort.reverse", "R")
        .words("reverse", "Sort the other way round"),
    bind(Services(ServicesAction::Provider), "filter.provider", "p")
        .words("{maker}", "Narrow the list to a {maker}"),
    bind(Services(ServicesAction::Verdict), "filter.verdict", "v")
        .words("verdict", "Narrow the list to a verdict"),
    bind(Services(ServicesAction::AsOf), "as-of", "D").words("date", "Judge as of another day"),
    bind(Interview(InterviewAction::Answer(0)), "answer.1", "1 a")
        .words("answer", "Answer with the first choice"),
    bind(Interview(InterviewAction::Answer(1)), "answer.2", "2 b")
        .words("answer 2", "Answer with the second choice"),
    bind(Interview(InterviewAction::Answer(2)), "answer.3", "3 c")
        .words("answer 3", "Answer with the third choice"),
    bind(Interview(InterviewAction::Answer(3)), "answer.4", "4 d")
        .words("answer 4", "Answer with the fourth choice"),
    bind(Interview(InterviewAction::Answer(4)), "answer.5", "5 e")
        .words("answer 5", "Answer with the fifth choice"),
    bind(Interview(InterviewAction::Answer(5)), "answer.6", "6 f")
        .words("answer 6", "Answer with the sixth choice"),
    bind(Interview(InterviewAction::Unsure), "answer.unsure", "u 0")
        .words("unsure", "Answer that you do not know"),
    bind(Interview(InterviewAction::Back), "answer.back", "Backspace").words(
        "question before",
        "Back to the question before; Left does too",
    ),
    bind(Cost(CostAction::Dial), "dial.services", "B")
        .words("dial", "Choose the two {many} of the traffic dial"),
    bind(Cost(CostAction::Add), "cost.services", "+ =")
        .words("{many}", "Add a {one}, or take one away"),
    bind(Cost(CostAction::Remove), "cost.fewer", "-").words("one less", "Take the last {one} away"),
    bind(Cost(CostAction::Preset), "cost.preset", "P")
        .words("presets", "Start from a workload with a name"),
    bind(Cost(CostAction::Machine), "cost.machine", "C")
        .words("machine", "Set them against an always-on machine, or not"),
    bind(Cost(CostAction::Scale), "cost.scale", "z").words(
        "scale",
        "Divide the picture in powers of ten or in equal steps",
    ),
    bind(Cost(CostAction::FarLess), "slide.less", "Shift-Left {")
        .words("÷10", "Ten times less: a coarse step; Left is a fine one"),
    bind(Cost(CostAction::FarMore), "slide.more", "Shift-Right }")
        .words("×10", "Ten times more: a coarse step; Right is a fine one"),
    bind(Quiz(QuizAction::Retry), "quiz.retry", "r")
        .words("retry missed", "Ask what was missed again"),
    bind(Quiz(QuizAction::Statistics), "quiz.statistics", "H")
        .words("statistics", "Show what the record adds up to"),
    bind(Quiz(QuizAction::Toggle), "quiz.choose", "Space").words(
        "choose",
        "Choose the row under the cursor; its letter or digit does too",
    ),
    bind(Quiz(QuizAction::Guess), "quiz.guess", "g Ctrl-g").words(
        "guess",
        "Submit the answer as a guess; Enter submits it as sure",
    ),
    bind(Quiz(QuizAction::Hint), "quiz.hint", "h Alt-h").words("hint", "Show the hint"),
    bind(Quiz(QuizAction::Skip), "quiz.skip", "x Alt-x")
        .words("skip", "Leave the question unanswered"),
    bind(Quiz(QuizAction::Undo), "quiz.undo", "u Alt-u")
        .words("undo", "Take the last answer back, in the record too"),
    bind(Quiz(QuizAction::Page), "quiz.page", "e E Alt-e")
        .words("page", "Open the page behind the question; back returns"),
];
