//! What the user has set, as the app keeps it while it runs.

use crate::layout::Theme;
use crate::text::{Day, SafeText};
use crate::views::ViewContext;

#[derive(Clone)]
pub struct AppSettings {
    pub theme: Theme,
    /// Whether the user named the theme; then what the terminal says about its background does not change it.
    pub theme_named: bool,
    pub color: bool,
    /// Only ASCII may be drawn.
    pub ascii: bool,
    /// Id of the lens that is on.
    pub lens: String,
    /// Id of the lens that was on before, while what changed with it is marked.
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
