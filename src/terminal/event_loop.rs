//! The loop: wait for a message, update the model, perform the effects, paint what changed.
//!
//! Draws only when something happened. The first frame is sent before anything else is asked, read or begun, and what
//! takes long (reading a folder, and reading it again when its files are edited) happens on a thread of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::app::update::open_quiz;
use crate::app::view::title;
use crate::app::{Config, Effect, LensFileChange, Model, Msg, Remembered, update, view};
use crate::clock;
use crate::core::quiz::QuizOptions;
use crate::core::search::SearchIndex;
use crate::disk::own_files::{read_lenses, replace};
use crate::disk::remembered;
use crate::pack::Library;
use crate::store::{PackKeys, Store, StoreEvent, StoreThread};
use crate::terminal::backend::Canvas;
use crate::terminal::background::may_be_asked;
use crate::terminal::content_thread::{self, OpenEntry};
use crate::terminal::guard::Guard;
use crate::terminal::input::InputSource;
use crate::terminal::input_thread::TerminalReader;
use crate::terminal::platform::{OpenOutcome, UrlOpener, clipboard};
use crate::terminal::size::Size;
use crate::terminal::{exit, signals, spawn};
use crate::text::{SafeText, Url, refusal};
use crate::views::ViewContext;

pub struct AppOptions {
    pub library: Library,
    pub config: Config,
    /// What entries are looked at through at first.
    pub view: ViewContext,
    /// A quiz to open at, with its seed, and whether it begins at once.
    pub quiz: Option<(QuizOptions, Option<u64>, bool)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AppExit {
    Quit,
    /// The user pressed Ctrl-c.
    Interrupted,
    /// Either, and answers are not saved; it was said how many.
    Unsaved,
}

/// How long quitting waits for the disk.
const SAVING: Duration = Duration::from_millis(2500);
/// How long the terminal may take to tell its background, after the first frame.
const BACKGROUND: Duration = Duration::from_millis(80);
/// Most events taken before the screen is drawn again, so that a flood cannot keep it from being drawn.
const MAX_BATCH: usize = 4096;

/// What is said at the first start.
const WELCOME: &str = "New here? Press I: the idea in a few minutes.";

/// Runs the app on the terminal until the user ends it.
pub fn app(start: AppOptions) -> std::io::Result<AppExit> {
    let keys = PackKeys::of(&start.library);
    let store = Store::new(start.config.state.clone(), start.config.recall, keys);
    let (sender, inbox) = channel();
    let signals = signals::catch()?;
    let guard = Guard::enter(start.config.mouse)?;
    let size = guard.size();
    let mut canvas = Canvas::new(guard.screen(), size)?;
    let library = Arc::new(start.library);
    let mut model = Model::new(library, start.config, start.view, (size.columns, size.rows));
    let memory = model.config.state.clone().filter(|_| !model.config.fresh);
    let before = memory.as_deref().map(recall).unwrap_or_default();
    let mut begun = model.restore(&before);
    if before == Remembered::default() && model.toast.is_none() && start.quiz.is_none() {
        model.say(WELCOME);
    }
    if let Some((options, seed, at_once)) = start.quiz {
        begun.extend(open_quiz(&mut model, options, seed, at_once));
    }
    canvas.draw(|frame| view(&model, frame))?;
    // A thread takes a tenth of a millisecond to start. Until it listens nothing here waits.
    signals.listen(sink(&sender))?;
    canvas.wait()?;
    let source = TerminalReader::new();
    let open_entry = OpenEntry::default();
    begin_background_work(&mut model, &sender, &mut canvas, source)?;
    begin_reading(&model, &sender, &open_entry)?;
    let opener = UrlOpener::new();
    let mut event_loop = EventLoop {
        guard,
        canvas,
        sender,
        opener,
        store: Some(store),
        store_thread: None,
        open_entry,
        title: SafeText::default(),
    };
    event_loop.retitle(&model)?;
    for effect in begun {
        event_loop.perform(&mut model, effect)?;
    }
    let ended = turn(&mut event_loop, &mut model, &inbox);
    let ended = ended?;
    if let Some(folder) = &memory {
        remember(folder, &before, &mut model);
    }
    let Some(words) = event_loop.save(&mut model)? else {
        return Ok(ended);
    };
    drop(event_loop);
    exit::print_error(&words);
    Ok(AppExit::Unsaved)
}

/// What was remembered of the last time; nothing where it cannot be read.
fn recall(folder: &Path) -> Remembered {
    let text = remembered::read(folder);
    let read = text.and_then(|text| serde_json::from_str(&text).ok());
    read.unwrap_or_default()
}

/// Remembers where the app was left. Nobody is told when that fails: nothing is lost but a place.
fn remember(folder: &Path, before: &Remembered, model: &mut Model) {
    let after = model.remember(before);
    if after != *before
        && let Ok(text) = serde_json::to_string(&after)
    {
        drop(remembered::write(folder, &text));
    }
}

fn turn(
    event_loop: &mut EventLoop,
    model: &mut Model,
    inbox: &Receiver<Msg>,
) -> std::io::Result<AppExit> {
    loop {
        let Ok(first) = inbox.recv() else {
            return Ok(AppExit::Quit);
        };
        for msg in std::iter::once(first).chain(inbox.try_iter().take(MAX_BATCH)) {
            if let Some(ended) = event_loop.take(model, msg)? {
                return Ok(ended);
            }
        }
        event_loop.open_entry.set(model.open_entry());
        event_loop.link(model);
        event_loop.canvas.draw(|frame| view(model, frame))?;
        event_loop.retitle(model)?;
    }
}

/// What waits until the first frame is up: the terminal's background and the keys.
fn begin_background_work(
    model: &mut Model,
    sender: &Sender<Msg>,
    canvas: &mut Canvas,
    mut source: impl InputSource,
) -> std::io::Result<()> {
    if model.config.theme.is_none() && model.config.style.color {
        let tone = source.ask_background(BACKGROUND);
        if let Some(tone) = tone {
            update(model, Msg::Theme(tone.theme()));
            canvas.draw(|frame| view(model, frame))?;
        }
    }
    source.start(sink(sender))
}

/// Reads what the first frame did not need; folders are read again when their files are edited.
fn begin_reading(model: &Model, sender: &Sender<Msg>, open: &OpenEntry) -> std::io::Result<()> {
    let (library, folders) = (Arc::clone(&model.library), model.config.content.clone());
    if library.is_indexed() && folders.is_empty() {
        return Ok(());
    }
    let (sender, open) = (sender.clone(), open.clone());
    let read = move || {
        content_thread::follow(library, folders, &open, |msg| sender.send(msg).is_ok());
    };
    spawn("library", read)
}

fn sink(sender: &Sender<Msg>) -> impl Fn(Msg) + Send + Clone + 'static {
    let sender = sender.clone();
    // A loop that has ended needs no more messages.
    move |msg| drop(sender.send(msg))
}

struct EventLoop {
    guard: Guard,
    canvas: Canvas,
    sender: Sender<Msg>,
    opener: UrlOpener,
    /// Before its thread is started.
    store: Option<Store>,
    store_thread: Option<StoreThread>,
    open_entry: OpenEntry,
    /// The window's title.
    title: SafeText,
}

impl EventLoop {
    /// Makes links of the web addresses that show, where a terminal takes them.
    fn link(&mut self, model: &mut Model) {
        if model.config.style.links && may_be_asked(std::env::var("TERM").ok().as_deref()) {
            self.canvas.link(model.web_addresses());
        }
    }

    /// Gives the window the title of what is shown, where a terminal takes one.
    fn retitle(&mut self, model: &Model) -> std::io::Result<()> {
        let title = title(model);
        if title == self.title || !may_be_asked(std::env::var("TERM").ok().as_deref()) {
            return Ok(());
        }
        let sent = self.canvas.send(format!("\x1b]2;{title}\x1b\\").as_bytes());
        self.title = title;
        sent
    }

    /// Lets the model take a message, and does what it asks for.
    fn take(&mut self, model: &mut Model, msg: Msg) -> std::io::Result<Option<AppExit>> {
        if let Msg::Resize(columns, rows) | Msg::Resumed(columns, rows) = msg {
            self.canvas.resize(Size { columns, rows })?;
        }
        if self.store_thread.is_some() {
            update(model, Msg::Now(clock::now()));
        }
        for effect in update(model, msg) {
            if let Some(ended) = self.perform(model, effect)? {
                return Ok(Some(ended));
            }
        }
        Ok(None)
    }

    fn perform(&mut self, model: &mut Model, effect: Effect) -> std::io::Result<Option<AppExit>> {
        match effect {
            Effect::Quit => return Ok(Some(AppExit::Quit)),
            Effect::Interrupt => return Ok(Some(AppExit::Interrupted)),
            Effect::Suspend if !signals::suspend() => {
                self.tell(SafeText::ours("no shell to come back from: not stopped"));
            }
            Effect::Suspend => {}
            Effect::Redraw => self.canvas.resize(Size {
                columns: model.size.0,
                rows: model.size.1,
            })?,
            Effect::Index => self.index(model.library.clone())?,
            Effect::Open(address) => self.open(&address),
            Effect::Copy(text, what) => {
                let message = match clipboard(&text) {
                    Some(bytes) => {
                        self.canvas.send(&bytes)?;
                        crate::safe!("sent to the clipboard: {what}")
                    }
                    None => SafeText::ours("too long for the clipboard: 64 KiB are the most"),
                };
                self.tell(message);
            }
            Effect::Mouse(on) => self.guard.set_mouse(on),
            Effect::LoadProgress => self.store()?.load(),
            Effect::ChangeLens(change) => {
                let why_not = change_lens(&change).err();
                let why_not = why_not.map(|error| SafeText::ours(refusal(&error)));
                sink(&self.sender)(Msg::LensChanged(change, why_not));
            }
            Effect::ReadLenses => {
                let folder = model.config.own_lenses(&model.library.pack().id);
                let files = folder.map(|folder| read_lenses(&folder));
                // Before the next key, which is typed for what opens now.
                for effect in update(model, Msg::OwnLenses(files.unwrap_or_default())) {
                    if let Some(exit) = self.perform(model, effect)? {
                        return Ok(Some(exit));
                    }
                }
            }
            Effect::Record(change) => self.store()?.change(change),
        }
        Ok(None)
    }

    /// Waits for what is being saved, and shows it; what could not be, in words.
    fn save(&mut self, model: &mut Model) -> std::io::Result<Option<SafeText>> {
        let Some(store) = self.store_thread.take() else {
            return Ok(None);
        };
        if !store.is_saved() {
            update(model, Msg::Told(SafeText::ours("saving…")));
            self.canvas.draw(|frame| view(model, frame))?;
        }
        Ok(store.close(SAVING).words())
    }

    /// The store's thread, started at the first use. From then on a deadly signal waits for it too.
    fn store(&mut self) -> std::io::Result<&StoreThread> {
        if let Some(store) = self.store.take() {
            let send = sink(&self.sender);
            let thread = StoreThread::start(store, move |event| send(stored(event)))?;
            let at_the_end = thread.clone();
            exit::on_end(move || at_the_end.flush_at_the_end());
            self.store_thread = Some(thread);
        }
        self.store_thread
            .as_ref()
            .ok_or_else(|| std::io::ErrorKind::NotConnected.into())
    }

    /// Reads everything once, on a thread of its own.
    fn index(&self, library: Arc<Library>) -> std::io::Result<()> {
        let done = sink(&self.sender);
        let build = move || {
            let index = SearchIndex::of(&library);
            done(Msg::Index(Arc::new(index), library));
        };
        spawn("index", build)
    }

    fn open(&mut self, address: &Url) {
        let (host, done) = (address.host().to_owned(), sink(&self.sender));
        let late = crate::safe!("the browser could not open {host}; y copies the address");
        let failed = move || done(Msg::Told(late));
        let message = match self.opener.open(address, failed) {
            OpenOutcome::Opened => crate::safe!("opened {address}"),
            OpenOutcome::TooSoon => SafeText::ours("one address at a time"),
            OpenOutcome::NoDisplay => {
                crate::safe!("no display here; o and then Copy sends the address: {address}")
            }
            OpenOutcome::NoOpener => {
                crate::safe!("no program here opens addresses; copy it: {address}")
            }
            OpenOutcome::Failed => crate::safe!("the browser could not open {address}"),
        };
        self.tell(message);
    }

    fn tell(&self, words: SafeText) {
        sink(&self.sender)(Msg::Told(words));
    }
}

/// Writes or deletes the file of a lens of the user's own.
fn change_lens(change: &LensFileChange) -> std::io::Result<()> {
    match change {
        LensFileChange::Write(file) => {
            let path = Path::new(&file.path);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = file.text.as_deref().unwrap_or_default();
            replace(path.parent().unwrap_or(Path::new("")), &name, text)
        }
        LensFileChange::Delete(file) => std::fs::remove_file(&file.path),
    }
}

fn stored(event: StoreEvent) -> Msg {
    match event {
        StoreEvent::Loaded(loaded) => Msg::Loaded(loaded),
        StoreEvent::Written(id, why_not) => Msg::Saved(id, why_not),
        StoreEvent::Notice(notice) => Msg::Told(notice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::{config, library, view_context};
    use crate::core::progress::{Change, Review, ReviewOutcome};
    use crate::core::schedule::DesiredRecall;
    use crate::store;

    /// How long anything may take on a busy machine.
    const DEADLINE: Duration = Duration::from_secs(20);

    /// The loop and the model on nobody's terminal, with what is sent to the loop.
    struct World {
        event_loop: EventLoop,
        model: Model,
        inbox: Receiver<Msg>,
    }

    impl World {
        /// A world whose record is in that folder; without one nothing is saved.
        fn new(state: Option<&std::path::Path>) -> Self {
            let (sender, inbox) = channel();
            let (_, pipe) = std::io::pipe().unwrap();
            let guard = Guard::of(pipe.into());
            let size = Size::bounded(80, 24);
            let keys = PackKeys::new("sounds");
            let store = Store::new(state.map(Into::into), DesiredRecall::default(), keys);
            let event_loop = EventLoop {
                canvas: Canvas::new(guard.screen(), size).unwrap(),
                guard,
                sender,
                opener: UrlOpener::nowhere(),
                store: Some(store),
                store_thread: None,
                open_entry: OpenEntry::default(),
                title: SafeText::default(),
            };
            let model = Model::new(library(), config(), view_context(), (80, 24));
            Self {
                event_loop,
                model,
                inbox,
            }
        }

        fn perform(&mut self, effect: Effect) -> Option<AppExit> {
            self.event_loop.perform(&mut self.model, effect).unwrap()
        }

        /// The next message to the loop, in words.
        fn next(&self) -> String {
            match self.inbox.recv_timeout(DEADLINE).expect("an answer") {
                Msg::Told(words) => words.to_string(),
                Msg::Index(..) => "the index".to_owned(),
                Msg::Loaded(loaded) => format!("{} reviews", loaded.progress.totals.reviews),
                Msg::Saved(_, why_not) => format!("saved, but for {why_not:?}"),
                _ => "another message".to_owned(),
            }
        }
    }

    fn review() -> Effect {
        let id = store::ids().review();
        let (outcome, now) = (ReviewOutcome::Right, clock::now());
        Effect::Record(Change::Add(Review::new(
            id,
            "bells-hum",
            outcome,
            true,
            now,
            1,
        )))
    }

    #[test]
    fn effects_end_the_loop_or_are_answered_in_words() {
        let check = |effect: Effect, ended: Option<AppExit>, told: &[&str]| {
            let mut world = World::new(None);
            assert_eq!(world.perform(effect.clone()), ended, "{effect:?}");
            let found: Vec<String> = told.iter().map(|_| world.next()).collect();
            assert_eq!(found, told, "{effect:?}");
            assert!(world.inbox.try_recv().is_err(), "{effect:?}: nothing more");
        };
        check(Effect::Quit, Some(AppExit::Quit), &[]);
        check(Effect::Interrupt, Some(AppExit::Interrupted), &[]);
        check(Effect::Mouse(true), None, &[]);
        check(Effect::Index, None, &["the index"]);
        let address = Url::parse("https://example.org/a").unwrap();
        let no_display =
            "no display here; o and then Copy sends the address: https://example.org/a";
        check(Effect::Open(address), None, &[no_display]);
        let copy = |text: String| Effect::Copy(text.into(), SafeText::ours("an address"));
        let sent = "sent to the clipboard: an address";
        check(copy("a".to_owned()), None, &[sent]);
        let too_long = "too long for the clipboard: 64 KiB are the most";
        check(copy("a".repeat(64 << 10)), None, &[too_long]);
    }

    #[test]
    fn a_redraw_and_a_new_size_clear_the_screen() {
        let cleared = b"\x1b[2J";
        let mut world = World::new(None);
        assert_eq!(world.event_loop.canvas.unsent(), b"");
        assert_eq!(world.perform(Effect::Redraw), None);
        assert_eq!(world.event_loop.canvas.unsent(), cleared);
        for msg in [Msg::Resize(50, 16), Msg::Resumed(50, 16)] {
            let World {
                mut event_loop,
                mut model,
                ..
            } = World::new(None);
            assert_eq!(event_loop.take(&mut model, msg).unwrap(), None);
            assert_eq!(event_loop.canvas.unsent(), cleared);
            assert_eq!(model.size, (50, 16));
        }
    }

    #[test]
    fn the_record_is_read_and_written_on_its_thread() {
        let state = tempfile::tempdir().unwrap();
        for before in ["0 reviews", "1 reviews"] {
            let mut world = World::new(Some(state.path()));
            assert_eq!(world.perform(Effect::LoadProgress), None);
            assert_eq!(world.next(), before);
            assert_eq!(world.perform(review()), None);
            assert_eq!(world.next(), "saved, but for None");
            let saved = world.event_loop.save(&mut world.model).unwrap();
            assert_eq!(saved, None);
        }
        let mut world = World::new(None);
        world.perform(review());
        assert!(world.next().starts_with("saved, but for Some("));
        let saved = world.event_loop.save(&mut world.model).unwrap();
        let words = "1 answer was not saved: there is no home folder";
        assert_eq!(saved.as_deref(), Some(words));
    }

    #[test]
    fn the_time_is_told_once_the_record_was_asked_for() {
        let mut world = World::new(None);
        let msg = || Msg::Told(SafeText::ours("told"));
        world.event_loop.take(&mut world.model, msg()).unwrap();
        assert_eq!(world.model.now, None);
        world.perform(Effect::LoadProgress);
        world.event_loop.take(&mut world.model, msg()).unwrap();
        assert!(world.model.now.is_some());
        assert_eq!(world.model.toast.as_deref(), Some("told"));
    }
}
