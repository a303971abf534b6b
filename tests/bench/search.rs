//! What a keystroke in the search costs, from the key to the painted frame, at 200 to 100,000 entries, and beside `fzf` on
//! a terminal where it is installed.
//! Run with `cargo bench --bench search`. Processor time of one thread; the dearest keystroke counts.
//! `EACH=1` tells every one; `-- fzf` measures only the last of these.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "a measuring program"
)]

#[path = "support/mod.rs"]
mod support;
#[path = "../support/titles.rs"]
mod titles;

use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rustix::time::{ClockId, clock_gettime};

use titles::titles;
use tozero::testing::{
    Config, Day, Key, Kind, Library, MemoryFiles, Model, Msg, OutputStyle, Query, RecordSection,
    SafeText, SearchFilter, SearchIndex, SearchRecord, Theme, ViewContext, update, view,
};

const SIZES: [usize; 3] = [200, 10_000, 100_000];
/// Twenty letters, two of them changed about.
const TYPED: &str = "provisioend container";
/// Milliseconds that the dearest keystroke may cost at the largest size.
const MOST: f64 = 16.7;

fn main() {
    if !std::env::args().any(|arg| arg == "fzf") {
        alone();
        memory();
    }
    support::beside_fzf(&titles(100_000));
}

fn alone() {
    println!(
        "{:<10} {:>22} {:>22} {:>18}",
        "entries", "key to frame", "ranking", "index over text"
    );
    let each = "dearest / median ms";
    println!("{:<10} {each:>22} {each:>22}", "");
    for n in SIZES {
        let titles = titles(n);
        let started = now();
        let index = Arc::new(SearchIndex::build(
            titles.iter().enumerate().map(|(n, title)| record(n, title)),
        ));
        let built = millis(now() - started);
        let memory = index.memory() as f64 / index.text_bytes().max(1) as f64;
        let ranking = measure(|typed| {
            std::hint::black_box(index.rank(&Query::parse(typed), 60, &SearchFilter::default()));
        });
        let keys = keystrokes(&titles, index);
        let show = |all: &[f64]| format!("{:.2} / {:.2}", all.last().unwrap(), all[all.len() / 2]);
        let (whole, ranking) = (show(&keys), show(&ranking));
        println!("{n:<10} {whole:>22} {ranking:>22} {memory:>18.2} (built in {built:.0} ms)");
        if n == 100_000 {
            let dearest = keys.last().unwrap();
            let verdict = if *dearest <= MOST { "kept" } else { "missed" };
            println!("the dearest keystroke at {n}: {dearest:.2} ms of {MOST} ({verdict})");
        }
    }
}

fn record(n: usize, title: &str) -> SearchRecord {
    let mut record = SearchRecord::new(Kind::Terms, &format!("t-{n:06}"), SafeText::clean(title));
    record.brief = SafeText::clean(&format!(
        "What {title} is, and what it costs when nobody calls."
    ));
    let text = SafeText::clean(
        "Some words about it, among them meter and floor, as they stand in a short entry.",
    );
    record.sections = vec![RecordSection {
        text,
        ..RecordSection::default()
    }];
    record
}

/// Processor time of each keystroke, typing and deleting, in milliseconds, rising.
fn measure(mut press: impl FnMut(&str)) -> Vec<f64> {
    let mut costs = Vec::new();
    for _ in 0..3 {
        let ends = TYPED
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .collect::<Vec<_>>();
        for end in ends.iter().chain(ends.iter().rev().skip(1)).chain([&0]) {
            let before = now();
            press(TYPED.get(..*end).unwrap());
            let cost = millis(now() - before);
            if std::env::var_os("EACH").is_some() {
                eprintln!("{cost:.2} ms for {:?}", TYPED.get(..*end));
            }
            costs.push(cost);
        }
    }
    costs.sort_by(f64::total_cmp);
    costs
}

/// The whole way: the key, the search, the painted frame.
fn keystrokes(titles: &[String], index: Arc<SearchIndex>) -> Vec<f64> {
    let mut files = MemoryFiles::of([("pack.toml", include_str!("../../content/pack.toml"))]);
    for (n, title) in titles.iter().enumerate() {
        let text = format!(
            "+++\nterm = \"{title}\"\ntags = []\nbrief = \"What it is.\"\nsee_also = []\nsources = []\n+++\n{title}.\n"
        );
        files.0.insert(format!("terms/t-{n:06}.md"), text);
    }
    let mut model = model(Library::open(Arc::new(files)).unwrap());
    update(&mut model, Msg::Key(Key::char('s')));
    let library = Arc::clone(&model.library);
    update(&mut model, Msg::Index(index, library));
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    let mut shown = 0;
    measure(|typed| {
        let key = if typed.len() > shown {
            typed.chars().last().map(Key::char).unwrap()
        } else {
            Key::parse("Backspace").unwrap()
        };
        shown = typed.len();
        update(&mut model, Msg::Key(key));
        terminal.draw(|frame| view(&model, frame)).unwrap();
    })
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

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What the bundled pack's index takes beside the text that it indexes.
fn memory() {
    let library = Library::open(Arc::new(tozero::testing::Bundled)).unwrap();
    let index = SearchIndex::of(&library);
    let memory = index.memory() as f64 / index.text_bytes() as f64;
    println!("index of the bundled pack over its text: {memory:.2} (target: at most 2)");
}
