//! Which key does what: the usual bindings with the user's changes.
//!
//! Nowhere else is a key compared, except while typing into a field. No key means two things in one place.

use std::fmt;

use crate::app::action::{Action, CompareAction, CostAction, GlobalAction, ServicesAction};
use crate::app::key::Key;
use crate::app::route::Tab;
use crate::pack::{Kind, Library};
use crate::text::SafeText;
use crate::views::guide;

pub use crate::app::keymap_table::{BINDINGS, Binding, Scope};

/// The live keymap: the table with the user's changes.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// For each row of [`BINDINGS`], its keys.
    keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let usual = |b: &Binding| b.keys.split(' ').filter_map(Key::parse).collect();
        Self {
            keys: BINDINGS.iter().map(usual).collect(),
        }
    }
}

impl Keymap {
    /// What a key does, looked up in the scopes that hold, the narrowest first.
    pub fn action(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        scopes.iter().find_map(|scope| {
            let mut rows = BINDINGS.iter().zip(&self.keys);
            let row = rows.find(|(b, keys)| b.scope == *scope && keys.contains(&key));
            row.map(|(b, _)| b.action)
        })
    }

    /// The keys of an action, most telling first.
    pub fn keys(&self, action: Action) -> &[Key] {
        let mut rows = BINDINGS.iter().zip(&self.keys);
        let row = rows.find(|(b, _)| b.action == action);
        row.map_or(&[], |(_, keys)| keys)
    }

    /// Gives an action other keys; whether one of them is taken, [`Keymap::conflicts`] says of all together.
    pub fn rebind(&mut self, name: &str, keys: Vec<Key>) -> Result<(), KeymapError> {
        let mut rows = BINDINGS.iter().zip(&mut self.keys);
        let row = rows.find(|(b, _)| b.name == name);
        *row.ok_or_else(|| KeymapError::UnknownAction(SafeText::line(name)))?
            .1 = keys;
        Ok(())
    }

    /// Keys that mean two things where both hold: each with the names of the two actions.
    pub fn conflicts(&self) -> Vec<(Key, &'static str, &'static str)> {
        let rows: Vec<(&Binding, &Vec<Key>)> = BINDINGS.iter().zip(&self.keys).collect();
        let mut found = Vec::new();
        for (i, (a, a_keys)) in rows.iter().enumerate() {
            for (b, b_keys) in rows.iter().skip(i + 1) {
                if overlap(a.scope, b.scope) {
                    let shared = a_keys.iter().filter(|k| b_keys.contains(k));
                    found.extend(shared.map(|k| (*k, a.name, b.name)));
                }
            }
        }
        found
    }
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

/// Whether two scopes can hold at once. Screens exclude each other, but Services is a list too; where a question is open, its
/// keys come before all others; the rest meets everywhere.
fn overlap(a: Scope, b: Scope) -> bool {
    use Scope::{Compare, Cost, Learn, List, Quiz, Services};
    let screen = |s| matches!(s, Compare | Learn | List | Services | Cost | Quiz);
    let list = |s| matches!(s, List | Services);
    a == b || !(screen(a) && screen(b) || a.answers() || b.answers()) || list(a) && list(b)
}

/// Whether the pack has something for an action.
pub fn is_offered(action: Action, library: &Library) -> bool {
    let some = |kind| library.count(kind) > 0;
    let dial = || !library.pack().dial.is_empty();
    match action {
        Action::Global(GlobalAction::Screen(tab)) => tab.is_offered(library),
        Action::Global(GlobalAction::Judge) => library.checklist().asks(),
        Action::Global(GlobalAction::Lens | GlobalAction::OwnLens) => some(Kind::Lenses),
        Action::Global(GlobalAction::Myths) => some(Kind::Myths),
        Action::Global(GlobalAction::Guide) => !guide::pages(library).is_empty(),
        Action::Compare(CompareAction::Sides) => some(Kind::Services) || some(Kind::Lenses),
        Action::Cost(CostAction::Dial) => dial(),
        Action::Cost(CostAction::FarLess | CostAction::FarMore) => dial() || library.has_prices(),
        Action::Cost(CostAction::Preset) => {
            library.has_prices() && !library.pack().subject.cost.workloads.is_empty()
        }
        Action::Cost(_) => library.has_prices(),
        Action::Services(ServicesAction::Provider) => {
            some(Kind::Services) && library.pack().subject.things.has_makers
        }
        Action::Services(_) => some(Kind::Services),
        Action::Learn(_) => some(Kind::Lessons),
        Action::Quiz(_) => some(Kind::Questions),
        Action::Interview(_) => library.checklist().asks(),
        _ => true,
    }
}

/// What to say of an action that the pack has nothing for.
pub fn missing(action: Action, library: &Library) -> SafeText {
    let tab = match action {
        Action::Global(GlobalAction::Screen(tab)) => tab,
        Action::Global(GlobalAction::Judge) | Action::Interview(_) => {
            return SafeText::ours("this pack has no checklist to judge by");
        }
        Action::Global(GlobalAction::Lens) => return SafeText::ours("this pack has no lenses"),
        Action::Global(GlobalAction::Myths) => return SafeText::ours("this pack has no myths"),
        Action::Cost(CostAction::Dial) => return SafeText::ours("this pack has no dial"),
        Action::Cost(_) => Tab::Cost,
        Action::Services(_) => Tab::Services,
        Action::Learn(_) => Tab::Learn,
        Action::Quiz(_) => Tab::Quiz,
        _ => return SafeText::ours("this pack has nothing for that"),
    };
    tab.missing(library)
}

pub fn binding(action: Action) -> Option<&'static Binding> {
    BINDINGS.iter().find(|b| b.action == action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{MoveAction, QuizAction};
    use crate::app::key::KeyCode;

    /// Actions of different screens that share a key, since they do the same to what each screen shows.
    const ALIKE: &[&[&str]] = &[
        &["column.order", "sort"],
        &["column.more", "cost.services"],
        &["column.fewer", "cost.fewer"],
    ];

    /// A question and the interview are answered by letters, as in a field; their footers list them.
    #[test]
    fn no_key_means_two_things_on_two_screens() {
        let rows = BINDINGS.iter().filter(|b| !b.scope.answers());
        let mut all: Vec<(&str, &str)> = rows
            .flat_map(|b| b.keys.split(' ').map(|key| (key, b.name)))
            .collect();
        all.sort_unstable();
        for pair in all.windows(2) {
            let [(key, one), (other_key, other)] = pair else {
                continue;
            };
            let alike = ALIKE.iter().any(|a| a.contains(one) && a.contains(other));
            assert!(key != other_key || alike, "{key}: {one} and {other}");
        }
    }

    #[test]
    fn every_key_can_be_read_and_means_one_thing() {
        for b in BINDINGS {
            for key in b.keys.split(' ') {
                let written = Key::parse(key).map(|k| k.to_string());
                assert_eq!(written.as_deref(), Some(key), "{}", b.name);
            }
            assert!(
                !b.hint.is_empty() && b.help.len() > b.hint.len(),
                "{} has words",
                b.name
            );
        }
        assert_eq!(Keymap::default().conflicts(), []);
    }

    #[test]
    fn names_and_actions_are_unique() {
        for (i, a) in BINDINGS.iter().enumerate() {
            for b in BINDINGS.iter().skip(i + 1) {
                assert!(a.name != b.name && a.action != b.action, "{} twice", a.name);
            }
        }
    }

    #[test]
    fn the_narrowest_scope_is_asked_first() {
        let keymap = Keymap::default();
        for (scopes, key, expected) in [
            (&[Scope::Everywhere][..], "1", Some("screen.compare")),
            (
                &[Scope::Interview, Scope::Everywhere],
                "1",
                Some("answer.1"),
            ),
            (&[Scope::Moving, Scope::Everywhere], "g", Some("move.top")),
            (&[Scope::Question, Scope::Moving], "g", Some("quiz.guess")),
            (
                &[Scope::Cost, Scope::Dial, Scope::Page],
                "z",
                Some("cost.scale"),
            ),
            (&[Scope::Compare, Scope::Dial], "x", Some("column.swap")),
            (&[Scope::Page], "x", None),
            (&[], "1", None),
        ] {
            let found = keymap.action(scopes, Key::parse(key).unwrap());
            let name = found.and_then(binding).map(|b| b.name);
            assert_eq!(name, expected, "{key} in {scopes:?}");
        }
    }

    #[test]
    fn an_action_holds_where_its_scope_says() {
        for (name, scope) in [
            ("dial.services", Scope::Compare),
            ("slide.less", Scope::Dial),
            ("cost.preset", Scope::Cost),
            ("quiz.retry", Scope::Quiz),
            ("quiz.skip", Scope::Question),
            ("judge", Scope::Everywhere),
        ] {
            let row = BINDINGS.iter().find(|b| b.name == name).unwrap();
            assert_eq!(row.scope, scope, "{name}");
        }
    }

    #[test]
    fn scopes_overlap_where_both_hold_at_once() {
        for (a, b, expected) in [
            (Scope::Everywhere, Scope::Compare, true),
            (Scope::Page, Scope::Moving, true),
            (Scope::List, Scope::Services, true),
            (Scope::Cost, Scope::Dial, true),
            (Scope::Compare, Scope::Learn, false),
            (Scope::Cost, Scope::Quiz, false),
            (Scope::Question, Scope::Moving, false),
            (Scope::Interview, Scope::Everywhere, false),
            (Scope::Question, Scope::Question, true),
        ] {
            assert_eq!(overlap(a, b), expected, "{a:?} {b:?}");
            assert_eq!(overlap(b, a), expected, "{b:?} {a:?}");
        }
    }

    #[test]
    fn keys_can_be_changed() {
        let mut keymap = Keymap::default();
        let keys = vec![Key::char('e'), Key::plain(KeyCode::Down)];
        keymap.rebind("move.down", keys).unwrap();
        let down = Some(Action::Move(MoveAction::Down));
        assert_eq!(keymap.action(&[Scope::Moving], Key::char('e')), down);
        assert_eq!(keymap.action(&[Scope::Moving], Key::char('j')), None);
        assert_eq!(keymap.keys(Action::Move(MoveAction::Down)).len(), 2);
        keymap.rebind("quit", Vec::new()).unwrap();
        assert_eq!(keymap.keys(Action::Global(GlobalAction::Quit)), []);
    }

    #[test]
    fn mistakes_say_what_is_wrong() {
        let unknown = Keymap::default()
            .rebind("move.dwon", Vec::new())
            .unwrap_err();
        let key = KeymapError::UnknownKey(SafeText::ours("Hyper-x"));
        let taken = KeymapError::Taken(Key::char('q'), "help", "quit");
        for (error, expected) in [
            (unknown, "there is no action move.dwon"),
            (key, "Hyper-x is not a key"),
            (taken, "q would mean both help and quit"),
        ] {
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn a_key_for_two_actions_is_a_conflict_where_both_hold() {
        for (name, key, expected) in [
            ("help", "q", vec!["help quit"]),
            ("quiz.skip", "q", vec![]),
            ("quiz.skip", "h", vec!["quiz.hint quiz.skip"]),
            ("sort", "F", vec!["filter sort"]),
            ("cost.scale", "}", vec!["cost.scale slide.more"]),
            ("lesson.next", "c", vec![]),
        ] {
            let mut keymap = Keymap::default();
            keymap.rebind(name, vec![Key::parse(key).unwrap()]).unwrap();
            let found = keymap.conflicts();
            let names = found.iter().map(|(_, a, b)| format!("{a} {b}"));
            assert_eq!(names.collect::<Vec<_>>(), expected, "{name} on {key}");
        }
        let skip = Keymap::default()
            .keys(Action::Quiz(QuizAction::Skip))
            .to_vec();
        assert_eq!(skip, [Key::char('x'), Key::alt('x')]);
    }
}
