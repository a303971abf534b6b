//! The loop: wait for a message, think, do what the world is asked for, paint what changed.
//! Promises: draws only when something happened; the first frame is sent before anything else is asked, read or begun;
//! what takes long (reading a folder) happens on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::app::update::open_quiz;
use crate::app::{AppSettings, Effect, Key, KeyCode, Keymap, Model, Mouse, Msg, update, view};
use crate::core::quiz::QuizOptions;
use crate::core::search::{SearchIndex, ingest};
use crate::disk::clock;
use crate::layout::Theme;
use crate::pack::Library;
use crate::store::{Store, StoreEvent, StoreThread};
use crate::terminal::backend::Canvas;
use crate::terminal::guard::Guard;
use crate::terminal::input::{
    BackgroundTone, Button, Event, InputCode, InputEvent, InputMouseKind,
};
use crate::terminal::input_thread::{TerminalReader, told_by_environment};
use crate::terminal::platform::{OpenOutcome, UrlOpener, clipboard};
use crate::terminal::size::Size;
use crate::terminal::{exit, panic, signals};
use crate::text::measure::count;
use crate::text::{SafeText, Url};

/// What the app starts with.
pub struct AppOptions {
    /// The pack.
    pub library: Library,
    /// What the user has set.
    pub settings: AppSettings,
    /// Which key does what.
    pub keymap: Keymap,
    /// Something to say first, such as what is wrong with the config file.
    pub say: Option<SafeText>,
    /// The record; not opened before it is asked for.
    pub store: Store,
    /// A quiz to open at, with its seed.
    pub quiz: Option<(QuizOptions, Option<u64>)>,
}

/// How the app ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AppExit {
    /// The user quit.
    Quit,
    /// The user pressed Ctrl-c.
    Interrupted,
}

/// How long the terminal may take to tell its background, after the first frame.
const BACKGROUND: Duration = Duration::from_millis(80);
/// Most events taken before the screen is drawn again, so that a flood cannot keep it from being drawn.
const MAX_BATCH: usize = 4096;
/// Rows that one notch of the wheel moves.
const NOTCH: i16 = 3;

/// Runs the app on the terminal until the user ends it.
pub fn app(start: AppOptions) -> std::io::Result<AppExit> {
    panic::install();
    let (sender, inbox) = channel();
    let signals = signals::catch()?;
    let guard = Guard::enter(start.settings.mouse)?;
    let size = guard.size();
    let mut canvas = Canvas::new(guard.screen(), size)?;
    let library = Arc::new(start.library);
    let mut model = Model::new(
        library.clone(),
        start.settings,
        start.keymap,
        (size.columns, size.rows),
    );
    model.toast = start.say;
    let begun = start
        .quiz
        .map(|(wish, seed)| open_quiz(&mut model, wish, seed))
        .unwrap_or_default();
    canvas.draw(|frame| view(&model, frame))?;
    // A thread takes a tenth of a millisecond to start. Until it listens nothing here waits.
    signals.listen(events_to(sender.clone()))?;
    canvas.wait()?;
    begin_background_work(&mut model, library, &sender, &mut canvas)?;
    let opener = UrlOpener::new();
    let mut desk = EventLoop {
        guard,
        canvas,
        sender,
        opener,
        store: Some(start.store),
        store_thread: None,
    };
    for effect in begun {
        desk.perform(&mut model, effect)?;
    }
    let ended = turn(&mut desk, &mut model, &inbox);
    let unsaved = desk.store_thread.take().map_or(0, |store| store.close());
    if unsaved > 0 {
        drop(desk);
        exit::print_error(&count(
            unsaved,
            "answer was not saved",
            "answers were not saved",
        ));
    }
    ended
}

/// The loop itself.
fn turn(
    desk: &mut EventLoop,
    model: &mut Model,
    inbox: &Receiver<AppEvent>,
) -> std::io::Result<AppExit> {
    loop {
        let Ok(first) = inbox.recv() else {
            return Ok(AppExit::Quit);
        };
        for msg in std::iter::once(first).chain(inbox.try_iter().take(MAX_BATCH)) {
            if let Some(ended) = desk.take(model, msg)? {
                return Ok(ended);
            }
        }
        desk.canvas.draw(|frame| view(model, frame))?;
    }
}

/// What waits until the first frame is up: the terminal's background, the keys, and reading a folder.
fn begin_background_work(
    model: &mut Model,
    library: Arc<Library>,
    sender: &Sender<AppEvent>,
    canvas: &mut Canvas,
) -> std::io::Result<()> {
    let mut reader = TerminalReader::new();
    if !model.settings.theme_named && model.settings.color {
        let tone = reader.ask_background(BACKGROUND);
        if let Some(tone) = tone {
            update(model, Msg::Theme(theme_for(tone)));
            canvas.draw(|frame| view(model, frame))?;
        }
    }
    reader.start(events_to(sender.clone()))?;
    if !library.is_indexed() {
        let done = sender.clone();
        let read =
            move || drop(done.send(AppEvent::Msg(Msg::Library(Arc::new(library.indexed())))));
        std::thread::Builder::new()
            .name("library".to_owned())
            .spawn(read)?;
    }
    Ok(())
}

/// The theme for the background that the environment tells, if it does.
pub fn first_theme() -> Option<&'static Theme> {
    told_by_environment().map(theme_for)
}

fn theme_for(tone: BackgroundTone) -> &'static Theme {
    match tone {
        BackgroundTone::Dark => Theme::dark(),
        BackgroundTone::Light => Theme::light(),
    }
}

/// What comes through the channel.
enum AppEvent {
    Event(Event),
    Msg(Msg),
}

fn events_to(sender: Sender<AppEvent>) -> impl Fn(Event) + Send + 'static {
    move |event| drop(sender.send(AppEvent::Event(event)))
}

/// The loop's hands.
struct EventLoop {
    guard: Guard,
    canvas: Canvas,
    sender: Sender<AppEvent>,
    opener: UrlOpener,
    /// Before its thread is started.
    store: Option<Store>,
    store_thread: Option<StoreThread>,
}

impl EventLoop {
    /// Lets the model take a message, and does what it asks for.
    fn take(&mut self, model: &mut Model, told: AppEvent) -> std::io::Result<Option<AppExit>> {
        let msg = match told {
            AppEvent::Msg(msg) => Some(msg),
            AppEvent::Event(event) => self.message(event)?,
        };
        let Some(msg) = msg else { return Ok(None) };
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

    fn message(&mut self, event: Event) -> std::io::Result<Option<Msg>> {
        Ok(match event {
            Event::Input(InputEvent::Key(key)) => chord(key).map(Msg::Key),
            Event::Input(InputEvent::Paste(text)) => Some(Msg::Paste(text)),
            Event::Input(InputEvent::Resize(size)) => Some(self.resized(size)?),
            Event::Input(InputEvent::Mouse(mouse)) => moused(mouse).map(Msg::Mouse),
            Event::Resumed(size) => {
                let msg = self.resized(size)?;
                drop(self.sender.send(AppEvent::Msg(Msg::Resumed)));
                Some(msg)
            }
            Event::Background(tone) => Some(Msg::Theme(theme_for(tone))),
        })
    }

    fn resized(&mut self, size: Size) -> std::io::Result<Msg> {
        self.canvas.resize(size)?;
        Ok(Msg::Resize(size.columns, size.rows))
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
                let said = match clipboard(&text) {
                    Some(bytes) => {
                        self.canvas.send(&bytes)?;
                        crate::safe!("sent to the clipboard: {what}")
                    }
                    None => SafeText::ours("too long for the clipboard: 64 KiB are the most"),
                };
                self.tell(said);
            }
            Effect::Mouse(on) => self.guard.set_mouse(on),
            Effect::Recall => self.store()?.load(),
            Effect::Record(change) => self.store()?.change(change),
        }
        Ok(None)
    }

    /// The store's thread, started at the first use. From then on a deadly signal waits for it too.
    fn store(&mut self) -> std::io::Result<&StoreThread> {
        if let Some(store) = self.store.take() {
            let sender = self.sender.clone();
            let report = move |event| drop(sender.send(AppEvent::Msg(stored(event))));
            let thread = StoreThread::start(store, report)?;
            let at_the_end = thread.clone();
            exit::on_end(move || {
                at_the_end.close();
            });
            self.store_thread = Some(thread);
        }
        self.store_thread
            .as_ref()
            .ok_or_else(|| std::io::ErrorKind::NotConnected.into())
    }

    /// Reads everything once, on a thread of its own.
    fn index(&self, library: Arc<Library>) -> std::io::Result<()> {
        let done = self.sender.clone();
        let build = move || {
            drop(
                done.send(AppEvent::Msg(Msg::Index(Arc::new(SearchIndex::build(
                    ingest::texts(&library),
                ))))),
            )
        };
        std::thread::Builder::new()
            .name("index".to_owned())
            .spawn(build)
            .map(drop)
    }

    fn open(&mut self, address: &Url) {
        let (host, sender) = (address.host().to_owned(), self.sender.clone());
        let late = crate::safe!("the browser could not open {host}; y copies the address");
        let failed = move || drop(sender.send(AppEvent::Msg(Msg::Told(late))));
        let said = match self.opener.open(address, failed) {
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
        self.tell(said);
    }

    fn tell(&self, words: SafeText) {
        drop(self.sender.send(AppEvent::Msg(Msg::Told(words))));
    }
}

fn stored(event: StoreEvent) -> Msg {
    match event {
        StoreEvent::Loaded(loaded) => Msg::Recalled(loaded),
        StoreEvent::Written(id, why_not) => Msg::Kept(id, why_not),
        StoreEvent::Notice(notice) => Msg::Told(notice),
    }
}

/// A key as the keymap knows it; `None` for keys it does not.
fn chord(key: crate::terminal::input::InputKey) -> Option<Key> {
    let code = match key.code {
        InputCode::Char(c) => KeyCode::Char(c),
        InputCode::F(n) => KeyCode::F(n),
        InputCode::Enter => KeyCode::Enter,
        InputCode::Esc => KeyCode::Esc,
        InputCode::Tab | InputCode::BackTab => KeyCode::Tab,
        InputCode::Backspace => KeyCode::Backspace,
        InputCode::Delete => KeyCode::Delete,
        InputCode::Insert => return None,
        InputCode::Left => KeyCode::Left,
        InputCode::Right => KeyCode::Right,
        InputCode::Up => KeyCode::Up,
        InputCode::Down => KeyCode::Down,
        InputCode::Home => KeyCode::Home,
        InputCode::End => KeyCode::End,
        InputCode::PageUp => KeyCode::PageUp,
        InputCode::PageDown => KeyCode::PageDown,
    };
    let shift = key.mods.shift || key.code == InputCode::BackTab;
    Some(
        Key {
            code,
            ctrl: key.mods.ctrl,
            alt: key.mods.alt,
            shift,
        }
        .settled(),
    )
}

fn moused(mouse: crate::terminal::input::InputMouse) -> Option<Mouse> {
    let (column, row) = (mouse.column, mouse.row);
    match mouse.kind {
        InputMouseKind::Press(Button::Left) => Some(Mouse::Click { column, row }),
        InputMouseKind::ScrollUp => Some(Mouse::Wheel {
            rows: -NOTCH,
            column,
            row,
        }),
        InputMouseKind::ScrollDown => Some(Mouse::Wheel {
            rows: NOTCH,
            column,
            row,
        }),
        InputMouseKind::Press(Button::Middle | Button::Right)
        | InputMouseKind::Drag(_)
        | InputMouseKind::Release => None,
    }
}
