//! Everything the app knows: the library, the settings, where one is, what lies over the screen.
//!
//! A value: it holds no file, no clock and no terminal.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::component::{LastSearch, Overlay, Screen, ScreenContext};
use crate::app::config::Config;
use crate::app::keymap::Scope;
use crate::app::route::{History, Location, Route, Tab};
use crate::app::screen::compare::CompareScreen;
use crate::app::screen::cost::CostScreen;
use crate::app::screen::entry::EntryScreen;
use crate::app::screen::interview::InterviewScreen;
use crate::app::screen::learn::LearnScreen;
use crate::app::screen::list_detail::ListDetailScreen;
use crate::app::screen::quiz::QuizScreen;
use crate::app::screen::services::ServicesScreen;
use crate::app::screen::{glossary, references};
use crate::app::widget::Viewport;
use crate::core::judge::lens_draft::LensDraft;
use crate::core::search::SearchIndex;
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run, Theme};
use crate::pack::{Address, Library, OwnLensFile};
use crate::text::{SafeText, Timestamp, Url};
use crate::views::ViewContext;

/// What a screen or an overlay may look at. A macro, so that only these fields are borrowed.
macro_rules! context {
    ($model:ident) => {
        ScreenContext {
            library: &$model.library,
            index: $model.index.as_ref(),
            config: &$model.config,
            view: &$model.view,
            toast: $model.toast.as_ref(),
            area: body($model.size),
        }
    };
}

/// The cells between the two bars.
fn body((width, height): (u16, u16)) -> Rect {
    Rect::new(0, 1.min(height), width, height.saturating_sub(2))
}

pub struct Model {
    pub library: Arc<Library>,
    /// The index that search looks into, once it was asked for.
    pub index: Option<Arc<SearchIndex>>,
    /// Whether the index was ever asked for.
    pub index_wanted: bool,
    /// Whether the list of myths is to open once the record is read.
    pub myths_wanted: bool,
    pub config: Config,
    /// What entries are looked at through; it begins as configured and changes in the app.
    pub view: ViewContext,
    /// The styles in use; see [`Model::set_theme`].
    pub theme: Theme,
    /// The styles of the screen while another theme is only tried; what lies over it keeps its own.
    tried: Option<Theme>,
    /// The window in cells.
    pub size: (u16, u16),
    pub route: Route,
    /// The way back.
    pub history: History,
    /// What lies over the screen, the last on top of all.
    pub overlays: Vec<Box<dyn Overlay>>,
    /// A word about what was done; gone with the next key.
    pub toast: Option<SafeText>,
    /// The time, once the record was asked for.
    pub now: Option<Timestamp>,
    pub count: Option<usize>,
    pub tabs: Vec<Location>,
    pub chosen: Chosen,
    pub own_lens: OwnLensWork,
    /// What was searched for last in this run.
    pub searched: LastSearch,
    pub screens: Screens,
}

/// What is under way with lenses.
#[derive(Default)]
pub struct OwnLensWork {
    /// The lens that was on, and the one before it, while another is only tried.
    pub tried_from: Option<(String, Option<String>)>,
    /// A lens that was left without being saved.
    pub draft: Option<LensDraft>,
    /// The lens that was deleted last.
    pub deleted: Option<OwnLensFile>,
}

/// What was chosen in the app, to be remembered.
#[derive(Debug, Default)]
pub struct Chosen {
    /// The name of the theme.
    pub theme: Option<String>,
    /// The id of the lens.
    pub lens: Option<String>,
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

/// What is said first of mistakes in the user's own lenses.
pub fn own_lens_notice(library: &Library) -> Option<SafeText> {
    let mistakes = match library.own_lenses().problems().count() {
        0 => return None,
        1 => "a lens of yours has a mistake",
        _ => "your lenses have mistakes",
    };
    Some(crate::safe!("{mistakes}; `tozero paths` shows it"))
}

/// Smallest window in cells that shows more than a sentence.
pub const SMALLEST: (u16, u16) = (30, 12);

/// Most rows of a toast.
const TOAST_ROWS: usize = 4;

impl Model {
    /// The app as it opens: Compare.
    pub fn new(library: Arc<Library>, config: Config, view: ViewContext, size: (u16, u16)) -> Self {
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
        let theme = match &config.theme {
            Some(theme) => config.style.theme(theme),
            None => config.style.theme(Theme::terminal()),
        };
        let offered = Tab::ALL.into_iter().find(|tab| tab.is_offered(&library));
        let route = Route::first(offered.unwrap_or(Tab::Compare));
        let mut model = Self {
            index: SearchIndex::at_hand(&library).map(Arc::new),
            toast: config.notice().or_else(|| own_lens_notice(&library)),
            library,
            index_wanted: false,
            myths_wanted: false,
            searched: LastSearch::default(),
            theme,
            tried: None,
            config,
            view,
            size,
            route,
            history: History::default(),
            overlays: Vec::new(),
            now: None,
            count: None,
            tabs: Vec::new(),
            chosen: Chosen::default(),
            own_lens: OwnLensWork::default(),
            screens,
        };
        model.layout();
        model
    }

    pub fn window(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

    /// Paints in a theme from now on.
    pub fn set_theme(&mut self, theme: &Theme) {
        self.theme = self.config.style.theme(theme);
        self.tried = None;
    }

    /// Shows what the screen would be in a theme; taken back by trying the one that is on.
    pub fn try_theme(&mut self, theme: &Theme) {
        let theme = self.config.style.theme(theme);
        self.tried = (theme != self.theme).then_some(theme);
    }

    /// What the screen is painted in.
    pub fn screen_theme(&self) -> &Theme {
        self.tried.as_ref().unwrap_or(&self.theme)
    }

    /// Says something in the footer, until the next key.
    pub fn say(&mut self, words: impl Into<SafeText>) {
        self.toast = Some(words.into());
    }

    /// The rows of the toast, which lie over the last ones of the window.
    pub fn toast_rows(&self) -> Vec<Row> {
        let words = self.toast.iter().cloned();
        let runs: Vec<Run> = words.map(|words| Run::new(words, Role::Strong)).collect();
        let width = usize::from(self.size.0).saturating_sub(1);
        let mut rows = wrap(&runs, width, 1, 1);
        rows.truncate(TOAST_ROWS);
        rows
    }

    /// Whether the window is too small for anything but a sentence.
    pub fn too_small(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// The screen that shows, with what it may look at.
    pub fn screen_mut(&mut self) -> (&mut dyn Screen, ScreenContext<'_>) {
        let screen = (shown_by(&self.route).get_mut)(&mut self.screens);
        (screen, context!(self))
    }

    /// The same, only to look at.
    pub fn screen(&self) -> (&dyn Screen, ScreenContext<'_>) {
        ((shown_by(&self.route).get)(&self.screens), context!(self))
    }

    /// The quiz, with what it may look at.
    pub fn quiz_mut(&mut self) -> (&mut QuizScreen, ScreenContext<'_>) {
        (&mut self.screens.quiz, context!(self))
    }

    /// Tells every screen something, whether it shows or waits behind another tab.
    pub fn tell_screens(&mut self, tell: fn(&mut dyn Screen, &ScreenContext)) {
        let (all, ctx) = (&mut self.screens, context!(self));
        let screens: [&mut dyn Screen; 10] = [
            &mut all.compare,
            &mut all.learn,
            &mut all.glossary,
            &mut all.services,
            &mut all.cost,
            &mut all.quiz,
            &mut all.references,
            &mut all.entry,
            &mut all.versus,
            &mut all.interview,
        ];
        for screen in screens {
            tell(screen, &ctx);
        }
    }

    pub fn viewport(&mut self) -> &mut Viewport {
        self.screen_mut().0.viewport()
    }

    /// The web addresses on the pages that show.
    pub fn web_addresses(&mut self) -> Vec<Url> {
        let page = Arc::clone(&self.viewport().page);
        let overlays = self.overlays.iter();
        let laid_over = overlays.flat_map(|overlay| overlay.web_addresses());
        laid_over.chain(page.web_addresses()).collect()
    }

    /// The overlay on top, with what it may look at.
    pub fn overlay_mut(&mut self) -> Option<(&mut dyn Overlay, ScreenContext<'_>)> {
        let overlay = self.overlays.last_mut()?;
        Some((overlay.as_mut(), context!(self)))
    }

    /// Whether letters go into a field now.
    pub fn typing(&self) -> bool {
        match self.overlays.last() {
            Some(overlay) => overlay.typing(),
            None => self.screen().0.typing(),
        }
    }

    /// Lays out what shows and clamps every scroll; after it, `view` only paints.
    pub fn layout(&mut self) {
        if self.too_small() {
            return;
        }
        let (screen, ctx) = self.screen_mut();
        screen.layout(&ctx);
        // A toast of several rows must hide nothing of them.
        let told = self.toast_rows().len().saturating_sub(1) as u16;
        let mut ctx = context!(self);
        ctx.area.height = ctx.area.height.saturating_sub(told);
        for overlay in &mut self.overlays {
            overlay.layout(&ctx);
        }
    }

    /// Where keys are looked up now, the narrowest scope first.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = self.screen().0.scopes().to_vec();
        scopes.extend([Scope::Page, Scope::Moving, Scope::Everywhere]);
        scopes
    }

    /// The entry that is open, where the screen shows one.
    pub fn open_entry(&self) -> Option<Address> {
        let (screen, ctx) = self.screen();
        screen.address(&ctx)
    }

    pub fn place(&mut self) -> Location {
        let route = self.here();
        let (screen, _) = self.screen_mut();
        Location {
            route,
            position: Some(screen.viewport().position()),
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
