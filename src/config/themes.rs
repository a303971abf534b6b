//! The user's own themes: files of `themes/` beside the settings file, each checked. A mistake costs only the theme it is in.

use std::path::Path;

use crate::disk::read_named;
use crate::layout::Theme;
use crate::text::Diagnostic;

/// Most themes that are read.
const MOST: usize = 100;

/// The themes beside a settings file, in the order of their names, and what is wrong with the others.
pub(super) fn read(settings: &Path) -> (Vec<Theme>, Vec<Diagnostic>) {
    let folder = settings.parent().unwrap_or(Path::new("")).join("themes");
    let Ok(files) = std::fs::read_dir(folder) else {
        return Default::default();
    };
    let paths = files.filter_map(|file| Some(file.ok()?.path()));
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .take(MOST)
        .collect();
    paths.sort();
    let (mut themes, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let read = read_named(&path).map_err(|error| error.why());
        match read.and_then(|text| Theme::own(&name, &text)) {
            Ok(theme) => themes.push(theme),
            Err(why) => {
                let place = path.to_string_lossy();
                problems.push(Diagnostic::error("theme", &place, why));
            }
        }
    }
    (themes, problems)
}
