//! The app without a terminal: key scripts in, text pictures out.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tozero::testing::{
    Bundled, Change, Config, Day, Effect, Files, IdSource, Key, Library, LoadedProgress, Model,
    Msg, OutputStyle, Progress, SearchIndex, StorageState, Timestamp, ViewContext, update, view,
};

/// The bundled pack, opened once for all tests of a run: what one has read, the next need not read again.
static BUNDLED: LazyLock<Arc<Library>> = LazyLock::new(|| opened(Arc::new(Bundled)));
/// Its index, built once too.
static INDEX: LazyLock<Arc<SearchIndex>> = LazyLock::new(|| built(&BUNDLED));

fn opened(files: Arc<dyn Files>) -> Arc<Library> {
    let library = Library::open(files).expect("a readable pack");
    Arc::new(if library.is_indexed() {
        library
    } else {
        library.indexed()
    })
}

fn built(library: &Library) -> Arc<SearchIndex> {
    Arc::new(SearchIndex::of(library))
}

fn index(library: &Arc<Library>) -> Arc<SearchIndex> {
    if Arc::ptr_eq(library, &BUNDLED) {
        Arc::clone(&INDEX)
    } else {
        built(library)
    }
}

/// The app on a grid in memory.
pub struct App {
    pub model: Model,
    pub effects: Vec<Effect>,
    pub record: Arc<Progress>,
}

impl App {
    /// The app on the bundled pack.
    pub fn bundled(width: u16, height: u16) -> Self {
        Self::with(Arc::clone(&BUNDLED), width, height)
    }

    /// The app on some files, as after the background has read them.
    pub fn on(files: Arc<dyn Files>, width: u16, height: u16) -> Self {
        Self::with(opened(files), width, height)
    }

    fn with(library: Arc<Library>, width: u16, height: u16) -> Self {
        let lens = library.pack().default_lens.clone();
        let config = Config {
            style: OutputStyle {
                color: true,
                ..OutputStyle::default()
            },
            ..Config::default()
        };
        let through = ViewContext::new(lens, Day::new(2026, 11, 24));
        let model = Model::new(library, config, through, (width, height));
        Self {
            model,
            effects: Vec::new(),
            record: Arc::default(),
        }
    }

    /// Sends a message.
    pub fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        if effects.contains(&Effect::LoadProgress) {
            self.recall();
        }
        if effects.contains(&Effect::Index) {
            let index = index(&self.model.library);
            let library = Arc::clone(&self.model.library);
            update(&mut self.model, Msg::Index(index, library));
        }
        for effect in effects
            .into_iter()
            .filter(|e| !matches!(e, Effect::Index | Effect::LoadProgress))
        {
            let record = Arc::make_mut(&mut self.record);
            match &effect {
                Effect::Record(Change::Add(review)) => record.add(review),
                Effect::Record(Change::Undo(id)) => {
                    assert!(record.undo(*id), "what is undone was added")
                }
                Effect::Record(Change::SaveSession(session)) => {
                    record.saved_session = Some(session.clone())
                }
                Effect::Record(Change::DropSession(_)) => record.saved_session = None,
                _ => {}
            }
            let saved = match &effect {
                Effect::Record(change) => change.review(),
                _ => None,
            };
            self.effects.push(effect);
            if let Some(id) = saved {
                update(&mut self.model, Msg::Saved(id, None));
            }
        }
    }

    /// The record as the world would hand it over: what was kept so far, at a set time, with set numbers.
    fn recalled(&self) -> LoadedProgress {
        let now = Timestamp::new(1_795_548_425, 0);
        LoadedProgress {
            progress: self.record.clone(),
            storage: StorageState::Kept,
            notice: None,
            ids: IdSource::new(7),
            now,
        }
    }

    /// Hands the record over, as the world does when it is asked to.
    pub fn recall(&mut self) {
        let record = self.recalled();
        update(&mut self.model, Msg::Loaded(record));
    }

    /// Reviews kept so far.
    pub fn reviews(&self) -> usize {
        self.record.totals.reviews as usize
    }

    /// Types a script: letters as they are, named keys in angle brackets, as in `jj<Enter>/cold<Enter>`.
    pub fn keys(mut self, script: &str) -> Self {
        for chord in chords(script) {
            self.send(Msg::Key(chord));
        }
        self
    }

    /// What is on the screen, one line a row, trailing spaces cut; the cursor's place in the last line.
    pub fn picture(&self) -> String {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.model, frame)).unwrap();
        let cursor = terminal.get_cursor_position().unwrap();
        let buffer = terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..width {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    line.push_str(symbol);
                    skip = tozero::testing::width(symbol).max(1) - 1;
                } else {
                    skip -= 1;
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push_str(&format!("cursor {},{}\n", cursor.x, cursor.y));
        text
    }
}

/// Reads a key script.
pub fn chords(script: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|r| r.split_once('>'))
            .and_then(|(n, r)| Some((Key::parse(n)?, r)));
        match named {
            Some((chord, after)) => {
                found.push(chord);
                rest = after;
            }
            None => {
                found.push(Key::char(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    found
}

/// Compares a picture with the one that was read and approved; `UPDATE=1` rewrites it for review.
#[track_caller]
pub fn compare(name: &str, picture: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pictures")
        .join(format!("{name}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, picture).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        picture == expected,
        "picture {name} differs (UPDATE=1 rewrites it)\n--- expected\n{expected}\n--- got\n{picture}"
    );
}
