//! Costs inside the process, at 100 to 100,000 entries: opening, laying a page out, a keystroke to its frame.
//! Run with `cargo bench --bench app`. What must hold: none but opening grows with the pack.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measuring program")]

use std::sync::{Arc, OnceLock};

use divan::{Bencher, black_box};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tozero::testing::{
    Bundled, Config, Day, Key, Library, MemoryFiles, Model, Msg, OutputStyle, Theme, ViewContext,
    update, view,
};

const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// A pack of n terms, made once.
fn pack(n: usize) -> Arc<MemoryFiles> {
    static PACKS: [OnceLock<Arc<MemoryFiles>>; 4] = [const { OnceLock::new() }; 4];
    let slot = SIZES.iter().position(|s| *s == n).unwrap();
    PACKS[slot].get_or_init(|| Arc::new(make(n))).clone()
}

fn make(n: usize) -> MemoryFiles {
    let mut files = MemoryFiles::of([("pack.toml", include_str!("../../content/pack.toml"))]);
    for name in ["provider-view", "scale-to-zero-view"] {
        let path = format!(
            "{}/content/perspectives/{name}.md",
            env!("CARGO_MANIFEST_DIR")
        );
        files.0.insert(
            format!("perspectives/{name}.md"),
            std::fs::read_to_string(path).unwrap(),
        );
    }
    let words = [
        "cold", "warm", "scale", "zero", "meter", "event", "queue", "stream", "burst", "cache",
        "idle", "floor",
    ];
    for i in 0..n {
        let name = format!("{} {} {i}", words[i % 12], words[(i / 12) % 12]);
        let text = format!(
            "+++\nterm = \"{name}\"\naliases = [\"alias {i}\"]\ntags = [\"billing\"]\nbrief = \"What {name} is.\"\n\
             see_also = []\nsources = []\n+++\n{name} is a word with a [link](../terms/term-{}.md) and **some** text. {}\n\n\
             ## Example\n\nAn example of {name}.\n",
            (i + 1) % n,
            "More words follow here, as they do in a real entry. ".repeat(8)
        );
        files.0.insert(format!("terms/term-{i}.md"), text);
    }
    files
}

fn model(library: Library) -> Model {
    let config = Config {
        theme: Some(Theme::dark().clone()),
        style: OutputStyle {
            color: true,
            ..OutputStyle::default()
        },
        ..Config::default()
    };
    let through = ViewContext::new("scale-to-zero-view", Day::new(2026, 11, 24));
    Model::new(Arc::new(library), config, through, (120, 40))
}

/// An app on an indexed pack with the glossary open, and its screen.
fn glossary(n: usize) -> (Model, Terminal<TestBackend>) {
    let mut model = model(Library::open(pack(n)).unwrap().indexed());
    update(&mut model, Msg::Key(Key::char('3')));
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    terminal.draw(|f| view(&model, f)).unwrap();
    (model, terminal)
}

fn press(model: &mut Model, terminal: &mut Terminal<TestBackend>, keys: &[&str]) {
    for key in keys {
        update(model, Msg::Key(Key::parse(key).unwrap()));
    }
    terminal.draw(|f| view(model, f)).unwrap();
}

#[divan::bench(args = SIZES)]
fn open(bencher: Bencher, n: usize) {
    let files = pack(n);
    bencher.bench_local(|| black_box(Library::open(files.clone()).unwrap()));
}

#[divan::bench]
fn open_bundled() -> Library {
    Library::open(Arc::new(Bundled)).unwrap()
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn index(bencher: Bencher, n: usize) {
    let library = Library::open(pack(n)).unwrap();
    bencher.bench_local(|| black_box(library.indexed()));
}

#[divan::bench(args = SIZES)]
fn first_frame(bencher: Bencher, n: usize) {
    let files = pack(n);
    bencher.bench_local(|| {
        let model = model(Library::open(files.clone()).unwrap());
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        terminal.draw(|f| view(&model, f)).unwrap();
        terminal
    });
}

#[divan::bench(args = SIZES)]
fn move_in_the_glossary(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = glossary(n);
    bencher.bench_local(|| press(&mut model, &mut terminal, &["j"]));
}

#[divan::bench(args = SIZES)]
fn filter_the_glossary(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = glossary(n);
    press(&mut model, &mut terminal, &["F", "c"]);
    let keys = ["o", "l", "d", "Backspace", "Backspace", "Backspace"];
    let mut next = keys.iter().cycle();
    bencher.bench_local(|| press(&mut model, &mut terminal, &[next.next().unwrap()]));
}

/// The page of 60 KB that the page benches read.
fn long_page() -> Library {
    let mut files = make(100);
    let body = include_str!("../../content/lessons/why-overloaded.md")
        .split("+++\n")
        .nth(2)
        .unwrap_or("");
    let long = body.repeat(60_000 / body.len() + 1);
    files.0.insert(
        "lessons/long.md".to_owned(),
        format!(
            "+++\ntitle = \"Long\"\norder = 1\nminutes = 60\nrecall = []\nsources = []\n+++\n{long}"
        ),
    );
    Library::open(Arc::new(files)).unwrap().indexed()
}

#[divan::bench]
fn page_layout_60_kb(bencher: Bencher) {
    let library = long_page();
    library.lesson("long").unwrap();
    bencher.bench_local(|| tozero::testing::page(&library, "long", 72, false));
}

#[divan::bench]
fn page_down_in_60_kb(bencher: Bencher) {
    let mut model = model(long_page());
    update(&mut model, Msg::Key(Key::char('2')));
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| press(&mut model, &mut terminal, &["PgDn"]));
}
