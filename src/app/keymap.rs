//! The keymap as data: which key does what, in which words. Footer, help, palette, `tozero keys` and the man page read it.
//! Promises: nowhere else is a key compared, except while typing into a field; no key means two things in one place;
//! every act has a row.

use std::fmt;

use crate::app::action::{
    Action, CompareAction, CostAction, GlobalAction, InterviewAction, LearnAction, ListAction,
    MoveAction, PageAction, QuizAction, ServicesAction,
};
use crate::app::key::Key;
use crate::app::route::Tab;
use crate::text::SafeText;

/// Where a binding holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// In lists and pages.
    Moving,
    /// On a page that can be read.
    Page,
    /// On a list that can be narrowed.
    List,
    /// On Compare.
    Compare,
    /// On Learn.
    Learn,
    /// On Services.
    Services,
    /// In the interview, where letters and digits answer as in a field.
    Interview,
    /// On Cost.
    Cost,
    /// On sliders and the traffic dial.
    Dial,
    /// On the quiz.
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
            Self::Services => "Services",
            Self::Interview => "Judge your own",
            Self::Cost => "Cost",
            Self::Dial => "On a slider",
            Self::Quiz => "Quiz",
            Self::Question => "On a question",
        }
    }
}

/// One row of the keymap.
#[derive(Debug)]
pub struct Binding {
    /// What happens.
    pub act: Action,
    /// Its name in the config file.
    pub name: &'static str,
    /// Where it holds.
    pub scope: Scope,
    /// The keys, most telling first.
    pub keys: &'static [&'static str],
    /// One or two words for the footer.
    pub hint: &'static str,
    /// A sentence for the help.
    pub help: &'static str,
}

const fn row(
    act: Action,
    name: &'static str,
    scope: Scope,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    Binding {
        act,
        name,
        scope,
        keys,
        hint: words.0,
        help: words.1,
    }
}

const fn global(
    act: GlobalAction,
    name: &'static str,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Global(act), name, Scope::Everywhere, keys, words)
}

const fn moving(
    act: MoveAction,
    name: &'static str,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Move(act), name, Scope::Moving, keys, words)
}

const fn page(
    act: PageAction,
    name: &'static str,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Page(act), name, Scope::Page, keys, words)
}

const fn services(
    act: ServicesAction,
    name: &'static str,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Services(act), name, Scope::Services, keys, words)
}

const fn answer(
    act: InterviewAction,
    name: &'static str,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Interview(act), name, Scope::Interview, keys, words)
}

const fn cost(
    act: CostAction,
    name: &'static str,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Cost(act), name, Scope::Cost, keys, words)
}

const fn quiz(
    act: QuizAction,
    name: &'static str,
    scope: Scope,
    keys: &'static [&'static str],
    words: (&'static str, &'static str),
) -> Binding {
    row(Action::Quiz(act), name, scope, keys, words)
}

/// Every binding there is.
pub const BINDINGS: &[Binding] = &[
    global(
        GlobalAction::Screen(Tab::Compare),
        "screen.compare",
        &["1"],
        ("compare", "Set the definitions side by side"),
    ),
    global(
        GlobalAction::Screen(Tab::Learn),
        "screen.learn",
        &["2"],
        ("learn", "Read the lessons"),
    ),
    global(
        GlobalAction::Screen(Tab::Glossary),
        "screen.glossary",
        &["3"],
        ("glossary", "Look terms up"),
    ),
    global(
        GlobalAction::Screen(Tab::Services),
        "screen.services",
        &["4"],
        ("services", "Judge services by the lens"),
    ),
    global(
        GlobalAction::Screen(Tab::Cost),
        "screen.cost",
        &["5"],
        ("cost", "Set bills side by side, idle first"),
    ),
    global(
        GlobalAction::Screen(Tab::Quiz),
        "screen.quiz",
        &["6"],
        ("quiz", "Test what you know"),
    ),
    global(
        GlobalAction::Screen(Tab::References),
        "screen.references",
        &["7"],
        ("references", "Browse the community's references"),
    ),
    global(
        GlobalAction::Search,
        "search",
        &["s", "Ctrl-k"],
        ("search", "Search everything"),
    ),
    global(
        GlobalAction::Palette,
        "palette",
        &[":", "Ctrl-p"],
        ("commands", "Choose from all commands"),
    ),
    global(
        GlobalAction::Help,
        "help",
        &["?", "F1"],
        ("help", "Show the keys of this screen"),
    ),
    global(
        GlobalAction::Lens,
        "lens",
        &["L"],
        ("lens", "Choose the lens: the definition that judges"),
    ),
    global(
        GlobalAction::Back,
        "back",
        &["[", "Backspace", "Alt-Left"],
        ("back", "Go back to the line you came from"),
    ),
    global(
        GlobalAction::Forward,
        "forward",
        &["]", "Alt-Right"],
        ("forward", "Go forward again"),
    ),
    global(
        GlobalAction::Judge,
        "judge",
        &["J"],
        ("judge yours", "Judge your own service by the checklist"),
    ),
    global(
        GlobalAction::Theme,
        "theme",
        &["T"],
        ("theme", "Choose the theme"),
    ),
    global(
        GlobalAction::Mouse,
        "mouse",
        &["m"],
        ("mouse", "Turn the mouse on or off"),
    ),
    global(
        GlobalAction::Problems,
        "problems",
        &["!"],
        ("problems", "List what is wrong with the pack"),
    ),
    global(
        GlobalAction::Redraw,
        "redraw",
        &["Ctrl-l"],
        ("redraw", "Draw the screen anew"),
    ),
    global(
        GlobalAction::Close,
        "close",
        &["Esc"],
        ("close", "Close the top layer; never quits"),
    ),
    global(
        GlobalAction::Suspend,
        "suspend",
        &["Ctrl-z"],
        ("suspend", "Stop the program until fg"),
    ),
    global(
        GlobalAction::Quit,
        "quit",
        &["q"],
        ("quit", "Close an overlay, or quit"),
    ),
    global(
        GlobalAction::Leave,
        "leave",
        &["Ctrl-c"],
        ("quit now", "Quit from anywhere"),
    ),
    moving(
        MoveAction::Down,
        "move.down",
        &["Down", "j"],
        ("down", "One row down"),
    ),
    moving(
        MoveAction::Up,
        "move.up",
        &["Up", "k"],
        ("up", "One row up"),
    ),
    moving(
        MoveAction::HalfDown,
        "move.half-down",
        &["d", "Ctrl-d"],
        ("half down", "Half a page down"),
    ),
    moving(
        MoveAction::HalfUp,
        "move.half-up",
        &["u", "Ctrl-u"],
        ("half up", "Half a page up"),
    ),
    moving(
        MoveAction::PageDown,
        "move.page-down",
        &["PgDn", "Space", "f", "Ctrl-f"],
        ("page down", "A page down"),
    ),
    moving(
        MoveAction::PageUp,
        "move.page-up",
        &["PgUp", "b", "Ctrl-b"],
        ("page up", "A page up"),
    ),
    moving(
        MoveAction::Top,
        "move.top",
        &["Home", "g"],
        ("top", "To the top; with a count, to that row"),
    ),
    moving(
        MoveAction::Bottom,
        "move.bottom",
        &["End", "G"],
        ("bottom", "To the end; with a count, to that row"),
    ),
    moving(
        MoveAction::Left,
        "move.left",
        &["Left", "h"],
        ("left", "To the list on the left"),
    ),
    moving(
        MoveAction::Right,
        "move.right",
        &["Right", "l"],
        ("right", "To the page on the right"),
    ),
    moving(
        MoveAction::Enter,
        "enter",
        &["Enter"],
        ("open", "Open what has the focus, follow the link"),
    ),
    page(
        PageAction::NextLink,
        "link.next",
        &["Tab"],
        ("links", "To the next link"),
    ),
    page(
        PageAction::PreviousLink,
        "link.previous",
        &["Shift-Tab"],
        ("link back", "To the link before"),
    ),
    page(
        PageAction::Peek,
        "peek",
        &["K"],
        ("peek", "Look at the link or term in place"),
    ),
    page(
        PageAction::Find,
        "find",
        &["/"],
        ("find", "Find in this page"),
    ),
    page(
        PageAction::FindNext,
        "find.next",
        &["n"],
        ("next hit", "To the next hit"),
    ),
    page(
        PageAction::FindPrevious,
        "find.previous",
        &["N"],
        ("hit before", "To the hit before"),
    ),
    page(
        PageAction::Contents,
        "contents",
        &["t"],
        ("contents", "Choose a heading of this page"),
    ),
    page(
        PageAction::Source,
        "source",
        &["o"],
        ("source", "Open a source in the browser"),
    ),
    page(
        PageAction::Copy,
        "copy",
        &["y"],
        ("copy", "Copy with a citation"),
    ),
    row(
        Action::List(ListAction::Filter),
        "filter",
        Scope::List,
        &["F", "\\"],
        (
            "filter",
            "Narrow the list by typing; Up from the first row does too",
        ),
    ),
    row(
        Action::List(ListAction::Tag),
        "filter.tag",
        Scope::List,
        &["#"],
        ("tag", "Narrow the list to a tag or kind"),
    ),
    row(
        Action::List(ListAction::Stance),
        "filter.stance",
        Scope::List,
        &["%"],
        ("stance", "Narrow the list to a stance in the dispute"),
    ),
    row(
        Action::Compare(CompareAction::Column),
        "column",
        Scope::Compare,
        &["c"],
        ("column", "Choose whose view stands in a column"),
    ),
    row(
        Action::Compare(CompareAction::More),
        "column.more",
        Scope::Compare,
        &["+", "="],
        ("column more", "Add a column, up to four"),
    ),
    row(
        Action::Compare(CompareAction::Fewer),
        "column.fewer",
        Scope::Compare,
        &["-"],
        ("column less", "Take the last column away"),
    ),
    row(
        Action::Compare(CompareAction::Swap),
        "column.swap",
        Scope::Compare,
        &["x"],
        ("swap", "Exchange the first two columns"),
    ),
    row(
        Action::Compare(CompareAction::Sides),
        "column.sides",
        Scope::Compare,
        &["w"],
        (
            "services, lenses",
            "Compare services or lenses instead, or definitions again",
        ),
    ),
    row(
        Action::Learn(LearnAction::Next),
        "lesson.next",
        Scope::Learn,
        &[">", "."],
        ("next lesson", "To the next lesson"),
    ),
    row(
        Action::Learn(LearnAction::Previous),
        "lesson.previous",
        Scope::Learn,
        &["<", ","],
        ("lesson before", "To the lesson before"),
    ),
    row(
        Action::Learn(LearnAction::Answer),
        "recall",
        Scope::Learn,
        &["a"],
        ("answer", "Show or hide the answers to the recall questions"),
    ),
    services(
        ServicesAction::Sort,
        "sort",
        &["S"],
        ("sort", "Sort by the next column"),
    ),
    services(
        ServicesAction::Reverse,
        "sort.reverse",
        &["R"],
        ("reverse", "Sort the other way round"),
    ),
    services(
        ServicesAction::Provider,
        "filter.provider",
        &["p"],
        ("provider", "Narrow the list to a provider"),
    ),
    services(
        ServicesAction::Verdict,
        "filter.verdict",
        &["v"],
        ("verdict", "Narrow the list to a verdict"),
    ),
    services(
        ServicesAction::AsOf,
        "as-of",
        &["D"],
        ("date", "Judge as of another day"),
    ),
    answer(
        InterviewAction::Answer(0),
        "answer.1",
        &["1", "a"],
        ("answer", "Answer with the first choice"),
    ),
    answer(
        InterviewAction::Answer(1),
        "answer.2",
        &["2", "b"],
        ("answer 2", "Answer with the second choice"),
    ),
    answer(
        InterviewAction::Answer(2),
        "answer.3",
        &["3", "c"],
        ("answer 3", "Answer with the third choice"),
    ),
    answer(
        InterviewAction::Answer(3),
        "answer.4",
        &["4", "d"],
        ("answer 4", "Answer with the fourth choice"),
    ),
    answer(
        InterviewAction::Answer(4),
        "answer.5",
        &["5", "e"],
        ("answer 5", "Answer with the fifth choice"),
    ),
    answer(
        InterviewAction::Answer(5),
        "answer.6",
        &["6", "f"],
        ("answer 6", "Answer with the sixth choice"),
    ),
    answer(
        InterviewAction::Unsure,
        "answer.unsure",
        &["u", "0"],
        ("unsure", "Answer that you do not know"),
    ),
    answer(
        InterviewAction::Back,
        "answer.back",
        &["Backspace"],
        ("back", "Back to the question before; Left does too"),
    ),
    row(
        Action::Cost(CostAction::Dial),
        "dial.services",
        Scope::Compare,
        &["v"],
        ("dial", "Choose the two services of the traffic dial"),
    ),
    cost(
        CostAction::Add,
        "cost.services",
        &["+", "="],
        ("services", "Add a service, or take one away"),
    ),
    cost(
        CostAction::Remove,
        "cost.fewer",
        &["-"],
        ("one less", "Take the last service away"),
    ),
    cost(
        CostAction::Preset,
        "cost.preset",
        &["p"],
        ("presets", "Start from a workload with a name"),
    ),
    cost(
        CostAction::Machine,
        "cost.machine",
        &["a"],
        ("machine", "Set them against an always-on machine, or not"),
    ),
    cost(
        CostAction::Scale,
        "cost.scale",
        &["x"],
        (
            "scale",
            "Divide the picture in powers of ten or in equal steps",
        ),
    ),
    row(
        Action::Cost(CostAction::FarLess),
        "slide.less",
        Scope::Dial,
        &["Shift-Left", "{"],
        ("÷10", "Ten times less: a coarse step; Left is a fine one"),
    ),
    row(
        Action::Cost(CostAction::FarMore),
        "slide.more",
        Scope::Dial,
        &["Shift-Right", "}"],
        ("×10", "Ten times more: a coarse step; Right is a fine one"),
    ),
    quiz(
        QuizAction::Retry,
        "quiz.retry",
        Scope::Quiz,
        &["r"],
        ("retry missed", "Ask what was missed again"),
    ),
    quiz(
        QuizAction::Statistics,
        "quiz.statistics",
        Scope::Quiz,
        &["v"],
        ("statistics", "Show what the record adds up to"),
    ),
    quiz(
        QuizAction::Toggle,
        "quiz.choose",
        Scope::Question,
        &["Space"],
        (
            "choose",
            "Choose the row under the cursor; its letter or digit does too",
        ),
    ),
    quiz(
        QuizAction::Guess,
        "quiz.guess",
        Scope::Question,
        &["g", "Ctrl-g"],
        (
            "guess",
            "Submit the answer as a guess; Enter submits it as sure",
        ),
    ),
    quiz(
        QuizAction::Hint,
        "quiz.hint",
        Scope::Question,
        &["h", "Alt-h"],
        ("hint", "Show the hint"),
    ),
    quiz(
        QuizAction::Skip,
        "quiz.skip",
        Scope::Question,
        &["s", "Alt-s"],
        ("skip", "Leave the question unanswered"),
    ),
    quiz(
        QuizAction::Undo,
        "quiz.undo",
        Scope::Question,
        &["u", "Alt-u"],
        ("undo", "Take the last answer back, in the record too"),
    ),
    quiz(
        QuizAction::Page,
        "quiz.page",
        Scope::Question,
        &["e", "E", "Alt-e"],
        ("page", "Open the page behind the question; back returns"),
    ),
];

/// The live keymap: the table with the user's changes.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// For each row of [`BINDINGS`], its keys.
    keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self {
            keys: BINDINGS
                .iter()
                .map(|b| b.keys.iter().filter_map(|k| Key::parse(k)).collect())
                .collect(),
        }
    }
}

impl Keymap {
    /// What a key does, looked up in the scopes that hold, the narrowest first.
    pub fn act(&self, scopes: &[Scope], chord: Key) -> Option<Action> {
        scopes.iter().find_map(|scope| {
            let rows = BINDINGS
                .iter()
                .zip(&self.keys)
                .filter(|(b, _)| b.scope == *scope);
            rows.into_iter()
                .find(|(_, keys)| keys.contains(&chord))
                .map(|(b, _)| b.act)
        })
    }

    /// The keys of an act, most telling first.
    pub fn keys(&self, act: Action) -> &[Key] {
        BINDINGS
            .iter()
            .position(|b| b.act == act)
            .and_then(|i| self.keys.get(i))
            .map_or(&[], Vec::as_slice)
    }

    /// Gives an action other keys; whether one of them is taken, [`Keymap::conflicts`] says of all together.
    pub fn rebind(&mut self, name: &str, keys: Vec<Key>) -> Result<(), KeymapError> {
        let slot = BINDINGS
            .iter()
            .position(|b| b.name == name)
            .and_then(|index| self.keys.get_mut(index));
        *slot.ok_or_else(|| KeymapError::UnknownAction(SafeText::line(name)))? = keys;
        Ok(())
    }

    /// Keys that mean two things where both hold: each with the names of the two acts.
    pub fn conflicts(&self) -> Vec<(Key, &'static str, &'static str)> {
        let mut found = Vec::new();
        for (i, (a, a_keys)) in BINDINGS.iter().zip(&self.keys).enumerate() {
            for (b, b_keys) in BINDINGS.iter().zip(&self.keys).skip(i + 1) {
                if meet(a.scope, b.scope) {
                    found.extend(
                        a_keys
                            .iter()
                            .filter(|k| b_keys.contains(k))
                            .map(|k| (*k, a.name, b.name)),
                    );
                }
            }
        }
        found
    }
}

/// Whether two scopes can hold at once. Screens exclude each other, but Services is a list too; where a question is open, its
/// keys come before all others; the rest meets everywhere.
fn meet(a: Scope, b: Scope) -> bool {
    let screen = |s| {
        matches!(
            s,
            Scope::Compare
                | Scope::Learn
                | Scope::List
                | Scope::Services
                | Scope::Cost
                | Scope::Quiz
        )
    };
    let list = |s| matches!(s, Scope::List | Scope::Services);
    let first = |s| matches!(s, Scope::Interview | Scope::Question);
    a == b || !(screen(a) && screen(b) || first(a) || first(b)) || list(a) && list(b)
}

/// What cannot be made of a configured key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeymapError {
    UnknownAction(SafeText),
    UnknownKey(SafeText),
    /// A key that would mean two actions, by their names.
    Taken(Key, &'static str, &'static str),
}

impl fmt::Display for KeymapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAction(name) => write!(f, "there is no action {name}"),
            Self::UnknownKey(key) => write!(f, "{key} is not a key"),
            Self::Taken(key, one, other) => write!(f, "{key} would mean both {one} and {other}"),
        }
    }
}

/// The row of an act.
pub fn binding(act: Action) -> Option<&'static Binding> {
    BINDINGS.iter().find(|b| b.act == act)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::KeyCode;

    #[test]
    fn every_key_can_be_read_and_means_one_thing() {
        for b in BINDINGS {
            for key in b.keys {
                assert_eq!(
                    Key::parse(key).map(|c| c.to_string()).as_deref(),
                    Some(*key),
                    "{}",
                    b.name
                );
            }
            assert!(
                !b.keys.is_empty() && !b.hint.is_empty() && b.help.len() > b.hint.len(),
                "{} has words",
                b.name
            );
        }
        assert_eq!(Keymap::default().conflicts(), []);
    }

    #[test]
    fn names_and_acts_are_unique() {
        for (i, a) in BINDINGS.iter().enumerate() {
            for b in BINDINGS.iter().skip(i + 1) {
                assert!(a.name != b.name && a.act != b.act, "{} twice", a.name);
            }
        }
    }

    #[test]
    fn keys_can_be_changed_and_mistakes_are_told() {
        let mut keymap = Keymap::default();
        keymap
            .rebind("move.down", vec![Key::char('e'), Key::plain(KeyCode::Down)])
            .unwrap();
        assert_eq!(
            keymap.act(&[Scope::Moving], Key::char('e')),
            Some(Action::Move(MoveAction::Down))
        );
        assert_eq!(keymap.act(&[Scope::Moving], Key::char('j')), None);
        let said = |e: KeymapError| e.to_string();
        assert_eq!(
            keymap.rebind("move.dwon", Vec::new()).map_err(said),
            Err("there is no action move.dwon".to_owned())
        );
        assert_eq!(
            said(KeymapError::UnknownKey(SafeText::ours("Hyper-x"))),
            "Hyper-x is not a key"
        );
        keymap.rebind("help", vec![Key::char('q')]).unwrap();
        assert_eq!(keymap.conflicts(), [(Key::char('q'), "help", "quit")]);
    }
}
