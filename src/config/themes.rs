//! The user's own themes: files of `themes/` beside the settings file, each checked. A mistake costs only the theme it is in.

use std::path::Path;

use crate::disk::own_files::read_folder;
use crate::layout::Theme;
use crate::text::Diagnostic;

/// A mistake in a theme, with the text that it quotes.
pub(super) type ThemeProblem = (Diagnostic, Option<String>);

/// The themes beside a settings file, in the order of their names, and what is wrong with the others.
pub(super) fn read(settings: &Path) -> (Vec<Theme>, Vec<ThemeProblem>) {
    let folder = settings.parent().unwrap_or(Path::new("")).join("themes");
    let (mut themes, mut problems) = (Vec::new(), Vec::new());
    for file in read_folder(&folder) {
        let place = file.path.to_string_lossy();
        let text = match file.text {
            Ok(text) => text,
            Err(why) => {
                let problem = Diagnostic::error("unreadable-theme", &place, why.why());
                problems.push((problem, None));
                continue;
            }
        };
        match Theme::own(&file.stem, &text) {
            Ok(theme) => themes.push(theme),
            Err(mistake) => {
                let problem = Diagnostic::error("theme", &place, mistake.why);
                let quotes = mistake.at.is_some().then_some(text);
                let at = mistake.at;
                let problem = match at {
                    Some(at) => problem.at(at),
                    None => problem,
                };
                problems.push((problem, quotes));
            }
        }
    }
    (themes, problems)
}
