//! Where one can be, and the way back.
//! Places are kept by address and by block, never by index or row, so that they outlive a reload and a resize.

use crate::core::compare::ComparedKind;
use crate::pack::{Address, Kind, Library};
use crate::text::SafeText;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tab {
    Compare,
    Learn,
    Glossary,
    Services,
    Cost,
    Quiz,
    References,
}

impl Tab {
    /// In the order of the tab bar.
    pub const ALL: [Self; 7] = [
        Self::Compare,
        Self::Learn,
        Self::Glossary,
        Self::Services,
        Self::Cost,
        Self::Quiz,
        Self::References,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Compare => "Compare",
            Self::Learn => "Learn",
            Self::Glossary => "Glossary",
            Self::Services => "Services",
            Self::Cost => "Cost",
            Self::Quiz => "Quiz",
            Self::References => "References",
        }
    }

    /// Its word in the tab bar: what is judged is called as the pack calls it.
    pub fn title(self, library: &Library) -> SafeText {
        match self {
            Self::Services => library.pack().subject.things.fill("{Many}"),
            _ => SafeText::ours(self.word()),
        }
    }

    /// The same in fewer letters, for a narrow window.
    pub fn brief(self, library: &Library) -> SafeText {
        match self {
            Self::Glossary => SafeText::ours("Terms"),
            Self::References => SafeText::ours("Refs"),
            _ => self.title(library),
        }
    }

    /// Whether the pack has something for it.
    pub fn is_offered(self, library: &Library) -> bool {
        let kind = match self {
            Self::Compare => {
                let compared = [Kind::Perspectives, Kind::Services, Kind::Lenses];
                return compared.iter().any(|kind| library.count(*kind) > 0);
            }
            Self::Cost => return library.has_prices(),
            Self::Learn => Kind::Lessons,
            Self::Glossary => Kind::Terms,
            Self::Services => Kind::Services,
            Self::Quiz => Kind::Questions,
            Self::References => Kind::References,
        };
        library.count(kind) > 0
    }

    /// What to say where it is not offered.
    pub fn missing(self, library: &Library) -> SafeText {
        library.pack().subject.things.fill(match self {
            Self::Compare => "this pack has nothing to compare",
            Self::Learn => "this pack has no lessons",
            Self::Glossary => "this pack has no terms",
            Self::Services => "this pack has no {many} to judge",
            Self::Cost => "this pack has no prices to calculate with",
            Self::Quiz => "this pack has no questions",
            Self::References => "this pack has no references",
        })
    }

    pub const fn digit(self) -> char {
        (b'1' + self as u8) as char
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    Compare,
    /// What everybody says on one dimension, by its id.
    Dimension(String),
    /// A lesson; the first when empty.
    Learn(Option<Address>),
    /// A term; the chosen one when empty.
    Glossary(Option<Address>),
    /// The services; the cursor's when empty.
    Services(Option<Address>),
    Cost,
    Quiz,
    /// A reference; the chosen one when empty.
    References(Option<Address>),
    /// An entry of a kind that has no screen of its own.
    Entry(Address),
    /// Services or lenses side by side, by id.
    Versus(ComparedKind, Vec<String>),
    /// The interview about one's own service, and its result.
    Interview,
}

impl Route {
    /// The screen of a tab as it opens first.
    pub const fn first(tab: Tab) -> Self {
        match tab {
            Tab::Compare => Self::Compare,
            Tab::Learn => Self::Learn(None),
            Tab::Glossary => Self::Glossary(None),
            Tab::Services => Self::Services(None),
            Tab::Cost => Self::Cost,
            Tab::Quiz => Self::Quiz,
            Tab::References => Self::References(None),
        }
    }

    pub fn tab(&self) -> Tab {
        match self {
            Self::Compare | Self::Dimension(_) | Self::Versus(..) => Tab::Compare,
            Self::Learn(_) => Tab::Learn,
            Self::Glossary(_) => Tab::Glossary,
            Self::Services(_) | Self::Interview => Tab::Services,
            Self::Cost => Tab::Cost,
            Self::Quiz => Tab::Quiz,
            Self::References(_) => Tab::References,
            Self::Entry(address) => match address.kind {
                Kind::Perspectives | Kind::Lenses => Tab::Compare,
                Kind::Services => Tab::Services,
                Kind::Lessons | Kind::Questions => Tab::Learn,
                Kind::Terms | Kind::Myths => Tab::Glossary,
                Kind::References => Tab::References,
            },
        }
    }

    pub fn of(address: Address) -> Self {
        match address.kind {
            Kind::Lessons => Self::Learn(Some(address)),
            Kind::Terms => Self::Glossary(Some(address)),
            Kind::References => Self::References(Some(address)),
            Kind::Perspectives | Kind::Questions | Kind::Services | Kind::Myths | Kind::Lenses => {
                Self::Entry(address)
            }
        }
    }

    /// Whether it lies beside a tab's own screen: Esc leads back from it.
    pub const fn is_aside(&self) -> bool {
        matches!(
            self,
            Self::Dimension(_) | Self::Entry(_) | Self::Versus(..) | Self::Interview
        )
    }

    /// The entry that is open, when it is one.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::Learn(a) | Self::Glossary(a) | Self::Services(a) | Self::References(a) => {
                a.as_ref()
            }
            Self::Entry(a) => Some(a),
            Self::Compare | Self::Dimension(_) | Self::Cost | Self::Quiz => None,
            Self::Versus(..) | Self::Interview => None,
        }
    }
}

/// Where on a page one was: a block, a row within it, and the focused link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ScrollPosition {
    /// Number of the block at the top.
    pub block: u32,
    /// Rows into the block.
    pub within: usize,
    pub link: Option<u16>,
}

impl ScrollPosition {
    /// Whether one has gone further than the top of the page, where the first block is.
    pub const fn is_scrolled(self) -> bool {
        self.block > 1 || self.within > 0 || self.link.is_some()
    }
}

/// A place: what was shown, and where on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    pub route: Route,
    /// Where on it; `None` where one has not been yet.
    pub position: Option<ScrollPosition>,
}

/// Most places remembered.
const MAX_PLACES: usize = 200;

/// The way back and forward.
#[derive(Default, Debug)]
pub struct History {
    back: Vec<Location>,
    forward: Vec<Location>,
}

impl History {
    /// Leaves a place for a new one; the way forward is forgotten.
    pub fn leave(&mut self, here: Location) {
        self.forward.clear();
        if self.back.len() == MAX_PLACES {
            self.back.remove(0);
        }
        self.back.push(here);
    }

    /// Goes back from `here`.
    pub fn back(&mut self, here: Location) -> Option<Location> {
        let there = self.back.pop()?;
        self.forward.push(here);
        Some(there)
    }

    /// Goes forward from `here`.
    pub fn forward(&mut self, here: Location) -> Option<Location> {
        let there = self.forward.pop()?;
        self.back.push(here);
        Some(there)
    }

    /// The entries one came through, the latest first, each once.
    pub fn recent(&self) -> Vec<Address> {
        let mut seen: Vec<Address> = Vec::new();
        for address in self.back.iter().rev().filter_map(|p| p.route.address()) {
            if !seen.contains(address) {
                seen.push(address.clone());
            }
        }
        seen
    }

    /// The place that going back would lead to.
    pub fn last(&self) -> Option<&Location> {
        self.back.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(n: u32) -> Location {
        Location {
            route: Route::Compare,
            position: Some(ScrollPosition {
                block: n,
                ..ScrollPosition::default()
            }),
        }
    }

    #[test]
    fn back_and_forward_are_each_others_way() {
        let mut history = History::default();
        history.leave(place(1));
        history.leave(place(2));
        assert_eq!(history.back(place(3)), Some(place(2)));
        assert_eq!(history.back(place(2)), Some(place(1)));
        assert_eq!(history.back(place(1)), None);
        assert_eq!(history.forward(place(1)), Some(place(2)));
        history.leave(place(9));
        assert_eq!(
            history.forward(place(9)),
            None,
            "a new way forgets the old one"
        );
    }

    #[test]
    fn entries_have_a_route_and_a_tab() {
        for (kind, tab, aside) in [
            (Kind::Lessons, Tab::Learn, false),
            (Kind::Terms, Tab::Glossary, false),
            (Kind::References, Tab::References, false),
            (Kind::Services, Tab::Services, true),
            (Kind::Perspectives, Tab::Compare, true),
            (Kind::Lenses, Tab::Compare, true),
            (Kind::Myths, Tab::Glossary, true),
            (Kind::Questions, Tab::Learn, true),
        ] {
            let address = Address::new(kind, "x").unwrap();
            let route = Route::of(address.clone());
            assert_eq!((route.tab(), route.is_aside()), (tab, aside), "{kind:?}");
            assert_eq!(route.address(), Some(&address));
        }
    }

    #[test]
    fn places_are_bounded_and_recent_entries_come_once() {
        let mut history = History::default();
        let entry = |id: &str| Location {
            route: Route::Entry(Address::new(crate::pack::Kind::Terms, id).unwrap()),
            position: None,
        };
        for n in 0..500 {
            history.leave(entry(&format!("t-{}", n % 3)));
        }
        assert_eq!(history.back.len(), MAX_PLACES);
        let recent: Vec<String> = history.recent().iter().map(|a| a.id.to_string()).collect();
        assert_eq!(recent, ["t-1", "t-0", "t-2"]);
    }
}
