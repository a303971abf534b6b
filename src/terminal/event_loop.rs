//! The loop: wait for a message, update the model, perform the effects, paint what changed.
//!
//! Draws only when something happened. The first frame is sent before anything else is asked, read or begun, and what
//! takes long (reading a folder) happens on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::app::update::open_quiz;
use crate::app::{Config, Effect, Model, Msg, update, view};
use crate::core::quiz::QuizOptions;
use crate::core::search::{SearchIndex, ingest};
use crate::disk::clock;
use crate::pack::Library;
use crate::store::{PackKeys, Store, StoreEvent, StoreThread};
use crate::terminal::backend::Canvas;
use crate::terminal::guard::Guard;
use crate::terminal::input::{BackgroundTone, InputSource};
use crate::terminal::input_thread::{TerminalReader, tone_from_environment};
use crate::terminal::platform::{OpenOutcome, UrlOpener, clipboard};
use crate::terminal::size::Size;
use crate::terminal::{exit, panic, signals, spawn};
use crate::text::{SafeText, Url};
use crate::views::ViewContext;

pub struct AppOptions {
    pub library: Library,
    pub config: Config,
    /// What entries are looked at through at first.
    pub view: ViewContext,
    /// A quiz to open at, with its seed.
    pub quiz: Option<(QuizOptions, Option<u64>)>,
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
/// The same when a signal ends the program: less than what [`exit::end`] grants.
const SAVING_LAST: Duration = Duration::from_millis(400);
/// How long the terminal may take to tell its background, after the first frame.
const BACKGROUND: Duration = Duration::from_millis(80);
/// Most events taken before the screen is drawn again, so that a flood cannot keep it from being drawn.
const MAX_BATCH: usize = 4096;

/// Runs the app on the terminal until the user ends it.
pub fn app(mut start: AppOptions) -> std::io::Result<AppExit> {
    panic::install();
    // What the environment says of the background is as good as a named theme: the terminal is not asked, since its
    // answer would come after the first frame and change the colors of a screen that is already read.
    let tone = tone_from_environment().map(BackgroundTone::theme);
    start.config.theme = start
        .config
        .theme
        .or(tone.filter(|_| start.config.style.color));
    let keys = PackKeys::new(&start.library.pack().id);
    let store = Store::new(start.config.state.clone(), start.config.recall, keys);
    let (sender, inbox) = channel();
    let signals = signals::catch()?;
    let guard = Guard::enter(start.config.mouse)?;
    let size = guard.size();
    let mut canvas = Canvas::new(guard.screen(), size)?;
    let library = Arc::new(start.library);
    let mut model = Model::new(
        library.clone(),
        start.config,
        start.view,
        (size.columns, size.rows),
    );
    let begun = start
        .quiz
        .map(|(options, seed)| open_quiz(&mut model, options, seed))
        .unwrap_or_default();
    canvas.draw(|frame| view(&model, frame))?;
    // A thread takes a tenth of a millisecond to start. Until it listens nothing here waits.
    signals.listen(sink(&sender))?;
    canvas.wait()?;
    let source = TerminalReader::new();
    begin_background_work(&mut model, library, &sender, &mut canvas, source)?;
    let opener = UrlOpener::new();
    let mut event_loop = EventLoop {
        guard,
        canvas,
        sender,
        opener,
        store: Some(store),
        store_thread: None,
    };
    for effect in begun {
        event_loop.perform(&mut model, effect)?;
    }
    let ended = turn(&mut event_loop, &mut model, &inbox);
    let ended = ended?;
    let Some(words) = event_loop.save(&mut model)? else {
        return Ok(ended);
    };
    drop(event_loop);
    exit::print_error(&words);
    Ok(AppExit::Unsaved)
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
        event_loop.canvas.draw(|frame| view(model, frame))?;
    }
}

/// What waits until the first frame is up: the terminal's background, the keys, and reading a folder.
fn begin_background_work(
    model: &mut Model,
    library: Arc<Library>,
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
    source.start(sink(sender))?;
    if !library.is_indexed() {
        let done = sink(sender);
        let read = move || done(Msg::Library(Arc::new(library.indexed())));
        spawn("library", read)?;
    }
    Ok(())
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
}

impl EventLoop {
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
            exit::on_end(move || at_the_end.close(SAVING_LAST).words());
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
            let index = SearchIndex::build(ingest::texts(&library));
            done(Msg::Index(Arc::new(index)));
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

fn stored(event: StoreEvent) -> Msg {
    match event {
        StoreEvent::Loaded(loaded) => Msg::Loaded(loaded),
        StoreEvent::Written(id, why_not) => Msg::Saved(id, why_not),
        StoreEvent::Notice(notice) => Msg::Told(notice),
    }
}
