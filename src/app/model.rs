//! Everything the app knows: the library, the settings, where one is, what lies on top.
//! Promise: a value; it holds no file, no clock and no terminal.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::keymap::Keymap;
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
use crate::core::search::SearchIndex;
use crate::layout::Theme;
use crate::pack::Library;
use crate::text::{Day, SafeText, Timestamp};
use crate::views::ViewContext;

/// What the user has set.
#[derive(Clone)]
pub struct AppSettings {
    /// The styles in use.
    pub theme: Theme,
    /// Whether the theme was named by the user and is not to be changed by what the terminal says.
    pub theme_named: bool,
    /// Whether color is allowed at all.
    pub color: bool,
    /// Only ASCII may be drawn.
    pub ascii: bool,
    /// The lens that is on, by id.
    pub lens: String,
    /// The lens that was on before, by id, while what changed with it is marked.
    pub was: Option<String>,
    /// The day that verdicts are as of; the newest facts when `None`.
    pub as_of: Option<Day>,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Today, for ages.
    pub today: Day,
    /// Where the pack comes from, for the problems panel; `None` for the bundled one.
    pub pack_name: Option<SafeText>,
}

impl AppSettings {
    /// What entries are looked at through.
    pub fn sight(&self) -> ViewContext {
        ViewContext {
            lens: self.lens.clone(),
            was: self.was.clone(),
            as_of: self.as_of,
            today: self.today,
        }
    }
}

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
    /// Definitions side by side.
    pub compare: CompareScreen,
    /// The lessons.
    pub learn: LearnScreen,
    /// The terms.
    pub glossary: ListDetailScreen,
    /// The services.
    pub services: ServicesScreen,
    /// Bills side by side.
    pub cost: CostScreen,
    /// Questions.
    pub quiz: QuizScreen,
    /// The community's texts.
    pub references: ListDetailScreen,
    /// Entries without a screen of their own.
    pub entry: EntryScreen,
    /// Services or lenses side by side.
    pub versus: CompareScreen,
    /// The interview about one's own service.
    pub interview: InterviewScreen,
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
        let compare = CompareScreen::definitions(&library);
        let versus = CompareScreen::others(&library);
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
            compare,
            learn: LearnScreen::default(),
            glossary: ListDetailScreen::new(&glossary::MANNER),
            services: ServicesScreen::default(),
            cost: CostScreen::default(),
            quiz: QuizScreen::default(),
            references: ListDetailScreen::new(&references::MANNER),
            entry: EntryScreen::default(),
            versus,
            interview: InterviewScreen::default(),
        };
        model.settle();
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
    pub fn screen(&mut self) -> (&mut dyn Screen, ScreenContext<'_>) {
        let (width, height) = self.size;
        let area = Rect {
            x: 0,
            y: 1.min(height),
            width,
            height: height.saturating_sub(2),
        };
        let ctx = ScreenContext {
            library: &self.library,
            index: self.index.as_deref(),
            settings: &self.settings,
            area,
        };
        let screen: &mut dyn Screen = match &self.route {
            Route::Compare => &mut self.compare,
            Route::Learn(_) => &mut self.learn,
            Route::Glossary(_) => &mut self.glossary,
            Route::Services(_) => &mut self.services,
            Route::Cost => &mut self.cost,
            Route::Quiz => &mut self.quiz,
            Route::References(_) => &mut self.references,
            Route::Dimension(_) | Route::Entry(_) => &mut self.entry,
            Route::Versus(..) => &mut self.versus,
            Route::Interview => &mut self.interview,
        };
        (screen, ctx)
    }

    /// The same, only to look at.
    pub fn seen(&self) -> (&dyn Screen, ScreenContext<'_>) {
        let ctx = ScreenContext {
            library: &self.library,
            index: self.index.as_deref(),
            settings: &self.settings,
            area: self.body(),
        };
        let screen: &dyn Screen = match &self.route {
            Route::Compare => &self.compare,
            Route::Learn(_) => &self.learn,
            Route::Glossary(_) => &self.glossary,
            Route::Services(_) => &self.services,
            Route::Cost => &self.cost,
            Route::Quiz => &self.quiz,
            Route::References(_) => &self.references,
            Route::Dimension(_) | Route::Entry(_) => &self.entry,
            Route::Versus(..) => &self.versus,
            Route::Interview => &self.interview,
        };
        (screen, ctx)
    }

    /// Lays out what shows and clamps every scroll; after it, `view` only paints.
    pub fn settle(&mut self) {
        if self.too_small() {
            return;
        }
        let (screen, ctx) = self.screen();
        screen.settle(&ctx);
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

    /// Where one is now.
    pub fn place(&mut self) -> Location {
        let route = self.here();
        let (screen, _) = self.screen();
        Location {
            route,
            spot: screen.spot(),
        }
    }

    /// What is shown, with the entry that a list's cursor has chosen.
    fn here(&mut self) -> Route {
        let route = self.route.clone();
        let (screen, ctx) = self.screen();
        match (route, screen.address(&ctx)) {
            (Route::Learn(_), address) => Route::Learn(address),
            (Route::Glossary(_), address) => Route::Glossary(address),
            (Route::Services(_), address) => Route::Services(address),
            (Route::References(_), address) => Route::References(address),
            (route, _) => route,
        }
    }
}
