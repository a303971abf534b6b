//! The app on the small good pack, without a terminal, for the unit tests beside the app's files.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Rect;

use crate::app::component::ScreenContext;
use crate::app::painter::link_mark;
use crate::app::{
    Config, Effect, Key, LensFileChange, Model, Mouse, Msg, OutputStyle, update, view,
};
use crate::core::progress::{Change, IdSource, LoadedProgress, Progress, StorageState};
use crate::core::search::SearchIndex;
use crate::pack::files::MemoryFiles;
use crate::pack::{Library, OwnLensFile};
use crate::text::{Day, SafeText, Timestamp, Url};
use crate::views::ViewContext;

/// The pack of `tests/packs/good`, with some files more or with other texts.
pub(crate) fn library_with(extra: &[(&str, &str)]) -> Arc<Library> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/good");
    let mut files = MemoryFiles::default();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                let text = std::fs::read_to_string(&path).unwrap();
                files.0.insert(name.to_owned(), text);
            }
        }
    }
    for (name, text) in extra {
        files.0.insert((*name).to_owned(), (*text).to_owned());
    }
    let library = Library::open(Arc::new(files)).expect("the good pack opens");
    Arc::new(library.indexed())
}

/// The pack of `tests/packs/good`.
pub(crate) fn library() -> Arc<Library> {
    static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| library_with(&[]));
    LIBRARY.clone()
}

/// As the app opens in colors, on nobody's terminal.
pub(crate) fn config() -> Config {
    Config {
        style: OutputStyle {
            color: true,
            ..OutputStyle::default()
        },
        ..Config::default()
    }
}

pub(crate) fn view_context() -> ViewContext {
    ViewContext {
        lens: "strict".to_owned(),
        was: None,
        as_of: None,
        today: Day::new(2026, 11, 24),
    }
}

/// The app with what it asked of the world.
pub(crate) struct App {
    pub(crate) model: Model,
    pub(crate) effects: Vec<Effect>,
    progress: Progress,
    /// Whether the store reports every answer as saved at once.
    pub(crate) saves: bool,
    /// The files of own lenses as they lie in their folder.
    pub(crate) lens_files: Vec<OwnLensFile>,
}

impl App {
    /// The app in a window of 100 by 30 cells.
    pub(crate) fn new() -> Self {
        Self::on(library(), (100, 30))
    }

    pub(crate) fn sized(width: u16, height: u16) -> Self {
        Self::on(library(), (width, height))
    }

    pub(crate) fn on(library: Arc<Library>, size: (u16, u16)) -> Self {
        Self {
            model: Model::new(library, config(), view_context(), size),
            effects: Vec::new(),
            progress: Progress::default(),
            saves: true,
            lens_files: Vec::new(),
        }
    }

    /// Writes or deletes the file of a lens.
    fn change_lens(&mut self, change: &LensFileChange) {
        let (LensFileChange::Write(file) | LensFileChange::Delete(file)) = change;
        self.lens_files.retain(|other| other.id != file.id);
        if let LensFileChange::Write(file) = change {
            self.lens_files.push(file.clone());
        }
    }

    /// Sends a message; the index and the record are there as soon as they are asked for.
    pub(crate) fn send(&mut self, msg: Msg) {
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::Index => {
                    let index = SearchIndex::of(&self.model.library);
                    self.send(Msg::Index(Arc::new(index), self.model.library.clone()));
                }
                Effect::LoadProgress => self.send(Msg::Loaded(LoadedProgress {
                    progress: Arc::new(self.progress.clone()),
                    storage: StorageState::Kept,
                    notice: None,
                    ids: IdSource::new(7),
                    now: Timestamp::new(1_795_548_425, 0),
                })),
                Effect::ReadLenses => {
                    let files = self.lens_files.clone();
                    self.send(Msg::OwnLenses(files));
                }
                Effect::ChangeLens(change) => {
                    self.effects.push(Effect::ChangeLens(change.clone()));
                    let why = (!self.saves).then(|| SafeText::ours("the disk is full"));
                    if self.saves {
                        self.change_lens(&change);
                    }
                    self.send(Msg::LensChanged(change, why));
                }
                effect => {
                    if let Effect::Record(change) = &effect {
                        match change {
                            Change::Add(review) => self.progress.add(review),
                            Change::Undo(id) => drop(self.progress.undo(*id)),
                            Change::SaveSession(session) => {
                                self.progress.saved_session = Some(session.clone());
                            }
                            Change::DropSession(_) => self.progress.saved_session = None,
                        }
                    }
                    let saved = match &effect {
                        Effect::Record(change) => change.review(),
                        _ => None,
                    };
                    self.effects.push(effect);
                    if let Some(id) = saved.filter(|_| self.saves) {
                        self.send(Msg::Saved(id, None));
                    }
                }
            }
        }
    }

    /// Types a script: letters as they are, named keys in angle brackets, as in `jj<Enter>`.
    pub(crate) fn keys(mut self, script: &str) -> Self {
        for key in keys(script) {
            self.send(Msg::Key(key));
        }
        self
    }

    pub(crate) fn click(mut self, column: u16, row: u16) -> Self {
        self.send(Msg::Mouse(Mouse::Click { column, row }));
        self
    }

    pub(crate) fn wheel(mut self, rows: i16, column: u16, row: u16) -> Self {
        self.send(Msg::Mouse(Mouse::Wheel { rows, column, row }));
        self
    }

    pub(crate) fn resize(mut self, width: u16, height: u16) -> Self {
        self.send(Msg::Resize(width, height));
        self
    }

    /// What was said last.
    pub(crate) fn toast(&self) -> &str {
        self.model.toast.as_deref().unwrap_or_default()
    }

    /// What shows, one line a row, and where the cursor stands.
    pub(crate) fn shown(&self) -> (String, (u16, u16)) {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.model, frame)).unwrap();
        let cursor = terminal.get_cursor_position().unwrap();
        let buffer = terminal.backend().buffer();
        let line = |y| -> String {
            let cells = (0..width).map(|x| buffer[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        let lines: Vec<String> = (0..height).map(line).collect();
        (lines.join("\n"), (cursor.x, cursor.y))
    }

    /// What shows, without the cursor.
    pub(crate) fn text(&self) -> String {
        self.shown().0
    }

    /// The cells that lead to an address of the web.
    pub(crate) fn cells_of(&self, address: &Url) -> String {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.model, frame)).unwrap();
        let cells = terminal.backend().buffer().content.iter();
        let marked = cells.filter(|cell| cell.underline_color == link_mark(address));
        marked.map(|cell| cell.symbol()).collect()
    }

    /// The cell where a text begins.
    #[track_caller]
    pub(crate) fn find(&self, words: &str) -> (u16, u16) {
        let text = self.text();
        let found = text.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(words)?;
            Some((line[..at].chars().count() as u16, y as u16))
        });
        found.unwrap_or_else(|| panic!("{words:?} does not show in\n{text}"))
    }

    #[track_caller]
    pub(crate) fn shows(self, words: &str) -> Self {
        self.find(words);
        self
    }

    #[track_caller]
    pub(crate) fn hides(self, words: &str) -> Self {
        let text = self.text();
        assert!(!text.contains(words), "{words:?} shows in\n{text}");
        self
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert_eq!(self.toast(), words);
        self
    }
}

/// What a key script leaves on the screen and in the footer: each row is keys, a text that shows, and a text that does not.
#[track_caller]
pub(crate) fn check(rows: &[(&str, &str, &str)]) {
    for (script, shown, hidden) in rows {
        let text = App::new().keys(script).text();
        assert!(text.contains(shown), "{script}: no {shown:?} in\n{text}");
        assert!(
            hidden.is_empty() || !text.contains(hidden),
            "{script}: {hidden:?} in\n{text}"
        );
    }
}

/// What a key script says in the footer.
#[track_caller]
pub(crate) fn check_toasts(rows: &[(&str, &str)]) {
    for (script, said) in rows {
        assert_eq!(App::new().keys(script).toast(), *said, "{script}");
    }
}

pub(crate) fn keys(script: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|r| r.split_once('>'))
            .and_then(|(n, r)| Some((Key::parse(n)?, r)));
        let (key, after) = named.unwrap_or_else(|| (Key::char(c), &rest[c.len_utf8()..]));
        found.push(key);
        rest = after;
    }
    found
}

/// What a screen or overlay may look at, over a model in a window of this size.
pub(crate) fn with_context<T>(area: Rect, run: impl FnOnce(&ScreenContext) -> T) -> T {
    let (library, config, view) = (library(), config(), view_context());
    run(&ScreenContext {
        library: &library,
        index: None,
        config: &config,
        view: &view,
        toast: None,
        area,
    })
}
