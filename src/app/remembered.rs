//! Where somebody was when the app ended, to be there again: screen, entry and place on it, lens, theme, lessons read.
//! Guarantee: it survives a changed pack, since what is gone is left out; what flags or the settings name stands above it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::route::{Location, Route, ScrollPosition, Tab};
use crate::app::update::arrive;
use crate::pack::Address;

/// Everything that is remembered, pack by pack.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
#[serde(default)]
pub struct Remembered {
    /// The theme that was chosen in the app, by name.
    pub theme: Option<String>,
    /// By the id of the pack.
    pub packs: BTreeMap<String, RememberedPack>,
}

#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
#[serde(default)]
pub struct RememberedPack {
    /// The digit of the screen's tab.
    pub screen: Option<char>,
    /// The entry that was open, by its address.
    pub entry: Option<String>,
    /// The block at the top of its page, and rows into it.
    pub place: (u32, usize),
    /// The lens that was chosen in the app, by id.
    pub lens: Option<String>,
    /// Lessons that were read to their end, by id.
    pub read: BTreeSet<String>,
    /// Where other lessons were left, as `place`.
    pub lessons: BTreeMap<String, (u32, usize)>,
}

const fn place(position: ScrollPosition) -> (u32, usize) {
    (position.block, position.within)
}

const fn position((block, within): (u32, usize)) -> ScrollPosition {
    ScrollPosition {
        block,
        within,
        link: None,
    }
}

impl Model {
    /// What is to be remembered now, on top of what was before.
    pub fn remember(&mut self, before: &Remembered) -> Remembered {
        let mut all = before.clone();
        all.theme = self.chosen.theme.clone().or(all.theme);
        let here = self.place();
        let id = self.library.pack().id.clone();
        let kept = all.packs.entry(id).or_default();
        kept.lens = self.chosen.lens.clone().or(kept.lens.take());
        kept.screen = Some(here.route.tab().digit());
        kept.entry = here.route.address().map(ToString::to_string);
        kept.place = here.position.map(place).unwrap_or_default();
        let (read, left) = self.screens.learn.remembered();
        kept.read.extend(read.iter().cloned());
        kept.lessons
            .extend(left.map(|(id, at)| (id.clone(), place(at))));
        all
    }

    /// Goes back to where one was; what the world must do.
    pub fn restore(&mut self, remembered: &Remembered) -> Vec<Effect> {
        let named = remembered.theme.as_deref();
        let theme = named.and_then(|name| self.config.theme_named(name));
        if let Some(theme) = theme.filter(|_| self.config.theme.is_none()) {
            self.set_theme(&theme);
            self.config.theme = Some(theme);
        }
        let Some(kept) = remembered.packs.get(&self.library.pack().id) else {
            return Vec::new();
        };
        let lens = kept
            .lens
            .as_ref()
            .filter(|id| self.library.lens(id).is_some());
        if let Some(id) = lens.filter(|_| self.config.lens.is_none()) {
            self.view.lens.clone_from(id);
        }
        let left = kept.lessons.iter();
        let left = left.map(|(id, at)| (id.clone(), position(*at)));
        self.screens
            .learn
            .restore(kept.read.clone(), left.collect());
        let tab = Tab::ALL
            .into_iter()
            .find(|tab| Some(tab.digit()) == kept.screen);
        let Some(tab) = tab.filter(|tab| tab.is_offered(&self.library)) else {
            return Vec::new();
        };
        let address = kept.entry.as_deref().and_then(Address::parse);
        let address = address.filter(|address| self.library.position(address).is_some());
        let (route, known) = match (tab, address) {
            (tab, Some(address)) if Route::of(address.clone()).tab() == tab => {
                (Route::of(address), true)
            }
            (Tab::Services, Some(address)) => (Route::Services(Some(address)), true),
            (tab, _) => (Route::first(tab), kept.entry.is_none()),
        };
        let position = known.then_some(position(kept.place));
        let effects = arrive(self, Location { route, position });
        self.layout();
        effects
    }
}
