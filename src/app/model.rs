//! Everything the app knows: the library, the settings, where one is, what lies on top.
//! Promise: a value; it holds no file, no clock and no terminal.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::keymap::{Keymap, Scope};
use crate::app::overlay::Overlay;
use crate::app::route::{History, Location, Route, Tab};
use crate::app::screen::compare::CompareScreen;
use crate::app::screen::cost::CostScreen;
use crate::app::screen::entry::EntryScreen;
use crate::app::screen::interview::InterviewScreen;
use crate::app::screen::learn::LearnScreen;
use crate::app::screen::list_detail::ListDetailScreen;
use crate::app::screen::quiz::QuizScreen;
use crate::app::screen::services::ServicesScreen;
use crate::app::screen::{Screen, ScreenContext, glossary, references};
use crate::app::settings::AppSettings;
use crate::core::search::SearchIndex;
use crate::pack::Library;
use crate::text::{SafeText, Timestamp};

/// The app's state.
pub struct Model {
    /// The pack.
    pub library: Arc<Library>,
    /// The index that search looks into, once it was asked for.
    pub index: Option<Arc<SearchIndex>>,
    /// Whether the index was ever asked for.
    pub index_wanted: bool,
    /// What the user has set.
    pub settings: AppSettings,
    /// Which key does what.
    pub keymap: Keymap,
    /// The window in cells.
    pub size: (u16, u16),
    /// What is shown.
    pub route: Route,
    /// The way back.
    pub history: History,
    /// What lies on top, the last on top of all.
    pub layers: Vec<Overlay>,
    /// A word about what was done; gone with the next key.
    pub toast: Option<SafeText>,
    /// The time, once the record was asked for.
    pub now: Option<Timestamp>,
    /// A count being typed.
    pub count: Option<usize>,
    /// Where each tab was left.
    pub tabs: Vec<(Tab, Location)>,
    pub screens: Screens,
}

/// One value of each screen; [`shown_by`] says which routes it shows.
pub struct Screens {
    pub compare: CompareScreen,
    pub learn: LearnScreen,
    pub glossary: ListDetailScreen,
    pub services: ServicesScreen,
    pub cost: CostScreen,
    pub quiz: QuizScreen,
    pub references: ListDetailScreen,
    pub entry: EntryScreen,
    pub versus: CompareScreen,
    pub interview: InterviewScreen,
}

/// How to reach a screen, to look at it or to change it.
struct ScreenAccess {
    get: fn(&Screens) -> &dyn Screen,
    get_mut: fn(&mut Screens) -> &mut dyn Screen,
}

macro_rules! access {
    ($field:ident) => {
        ScreenAccess {
            get: |screens| &screens.$field,
            get_mut: |screens| &mut screens.$field,
        }
    };
}

/// The screen that shows a route.
fn shown_by(route: &Route) -> ScreenAccess {
    match route {
        Route::Compare => access!(compare),
        Route::Learn(_) => access!(learn),
        Route::Glossary(_) => access!(glossary),
        Route::Services(_) => access!(services),
        Route::Cost => access!(cost),
        Route::Quiz => access!(quiz),
        Route::References(_) => access!(references),
        Route::Dimension(_) | Route::Entry(_) => access!(entry),
        Route::Versus(..) => access!(versus),
        Route::Interview => access!(interview),
    }
}

/// Smallest window in cells that shows more than a sentence.
pub const SMALLEST: (u16, u16) = (40, 12);

impl Model {
    /// The app as it opens: Compare.
    pub fn new(
        library: Arc<Library>,
        settings: AppSettings,
        keymap: Keymap,
        size: (u16, u16),
    ) -> Self {
        let screens = Screens {
            compare: CompareScreen::definitions(&library),
            learn: LearnScreen::default(),
            glossary: ListDetailScreen::new(&glossary::KIND),
            services: ServicesScreen::default(),
            cost: CostScreen::default(),
            quiz: QuizScreen::default(),
            references: ListDetailScreen::new(&references::KIND),
            entry: EntryScreen::default(),
            versus: CompareScreen::others(&library),
            interview: InterviewScreen::default(),
        };
        let mut model = Self {
            library,
            index: None,
            index_wanted: false,
            settings,
            keymap,
            size,
            route: Route::Compare,
            history: History::default(),
            layers: Vec::new(),
            toast: None,
            now: None,
            count: None,
            tabs: Vec::new(),
            screens,
        };
        model.layout();
        model
    }

    /// The whole window.
    pub fn window(&self) -> Rect {
        Rect {
            x: 0,
            y: 0,
            width: self.size.0,
            height: self.size.1,
        }
    }

    /// The window without the bars at top and bottom.
    pub fn body(&self) -> Rect {
        let Rect { width, height, .. } = self.window();
        Rect {
            x: 0,
            y: 1.min(height),
            width,
            height: height.saturating_sub(2),
        }
    }

    /// Whether the window is too small for anything but a sentence.
    pub fn too_small(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// The screen that shows, with what it may look at.
    pub fn screen_mut(&mut self) -> (&mut dyn Screen, ScreenContext<'_>) {
        let area = self.body();
        let ctx = ScreenContext {
            library: &self.library,
            index: self.index.as_deref(),
            settings: &self.settings,
            area,
        };
        ((shown_by(&self.route).get_mut)(&mut self.screens), ctx)
    }

    /// The same, only to look at.
    pub fn screen(&self) -> (&dyn Screen, ScreenContext<'_>) {
        let ctx = ScreenContext {
            library: &self.library,
            index: self.index.as_deref(),
            settings: &self.settings,
            area: self.body(),
        };
        ((shown_by(&self.route).get)(&self.screens), ctx)
    }

    /// Lays out what shows and clamps every scroll; after it, `view` only paints.
    pub fn layout(&mut self) {
        if self.too_small() {
            return;
        }
        let (screen, ctx) = self.screen_mut();
        screen.layout(&ctx);
        let window = self.window();
        for layer in &mut self.layers {
            match layer {
                Overlay::Chooser(chooser) => chooser.settle(window),
                Overlay::Sheet(sheet) => sheet.settle(window),
                Overlay::Search(search) => search.settle(window, &self.library),
                Overlay::Find(_) => {}
            }
        }
    }

    /// Where keys are looked up now, the narrowest scope first.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = self.screen().0.scopes().to_vec();
        scopes.extend([Scope::Page, Scope::Moving, Scope::Everywhere]);
        scopes
    }

    /// Where one is now.
    pub fn place(&mut self) -> Location {
        let route = self.here();
        let (screen, _) = self.screen_mut();
        Location {
            route,
            position: screen.position(),
        }
    }

    /// What is shown, with the entry that a list's cursor has chosen.
    fn here(&mut self) -> Route {
        let route = self.route.clone();
        let (screen, ctx) = self.screen_mut();
        match (route, screen.address(&ctx)) {
            (Route::Learn(_), address) => Route::Learn(address),
            (Route::Glossary(_), address) => Route::Glossary(address),
            (Route::Services(_), address) => Route::Services(address),
            (Route::References(_), address) => Route::References(address),
            (route, _) => route,
        }
    }
}
