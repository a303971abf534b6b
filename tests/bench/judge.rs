//! What judging costs with 100 to 10,000 services: putting on another lens with everything drawn anew, sorting, filtering.
//! Run with `cargo bench --bench judge`. What must hold: a switch of the lens over 10,000 services within 16 ms.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measuring program")]

use std::sync::Arc;

use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tozero::testing::{
    Config, Day, Key, Library, MemoryFiles, Model, Msg, OutputStyle, Theme, ViewContext, update,
    view,
};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const FACTS: [&str; 5] = [
    "provider_managed",
    "scales_automatically",
    "scale_to_zero",
    "pay_per_use",
    "hides_infrastructure",
];

fn main() {
    divan::main();
}

/// A pack of n services and the bundled lenses that the benches put on.
fn make(n: usize) -> MemoryFiles {
    let mut files = MemoryFiles::of([("pack.toml", include_str!("../../content/pack.toml"))]);
    for lens in ["provider-view", "scale-to-zero-view", "no-knobs"] {
        let path = format!("{}/content/lenses/{lens}.md", env!("CARGO_MANIFEST_DIR"));
        files.0.insert(
            format!("lenses/{lens}.md"),
            std::fs::read_to_string(path).unwrap(),
        );
    }
    for i in 0..n {
        files
            .0
            .insert(format!("services/service-{i}.md"), service(i));
    }
    files
}

fn service(i: usize) -> String {
    let answers = ["yes", "partial", "no"];
    let fact = |(n, word): (usize, &&str)| {
        let answer = answers[(i / 3_usize.pow(n as u32)) % 3];
        format!(
            "[facts.{word}]\nanswer = \"{answer}\"\nwhy = \"Because number {i} is made so, and a reason takes a sentence.\"\n"
        )
    };
    let facts: String = FACTS.iter().enumerate().map(fact).collect();
    format!(
        "+++\nname = \"Acme {} service number {i}\"\nprovider = \"Provider {}\"\ncategory = \"compute\"\n\
         marketed_as_serverless = {}\navailable_from = \"{}-05\"\nidle_usd_per_month = {}\nas_of = \"2026-09\"\n\
         confidence = \"high\"\nsources = [\"https://a.org/{i}\"]\n{facts}\n[[history]]\nuntil = \"2025-01\"\n\
         note = \"It changed.\"\nscale_to_zero = {{ answer = \"no\", why = \"It could not rest.\" }}\n+++\n\nA service.\n",
        ["Aurora", "Lambda", "Queue"][i % 3],
        i % 40,
        i.is_multiple_of(2),
        2010 + i % 15,
        (i * 37 % 1000) as f64 / 10.0,
    )
}

fn opened(n: usize) -> (Model, Terminal<TestBackend>) {
    let config = Config {
        theme: Some(Theme::dark().clone()),
        style: OutputStyle {
            color: true,
            ..OutputStyle::default()
        },
        ..Config::default()
    };
    let through = ViewContext::new("scale-to-zero-view", Day::new(2026, 11, 24));
    let library = Library::open(Arc::new(make(n))).unwrap().indexed();
    let mut model = Model::new(Arc::new(library), config, through, (120, 40));
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    press(&mut model, &mut terminal, &["4"]);
    (model, terminal)
}

fn press(model: &mut Model, terminal: &mut Terminal<TestBackend>, keys: &[&str]) {
    for key in keys {
        update(model, Msg::Key(Key::parse(key).unwrap()));
    }
    terminal.draw(|f| view(model, f)).unwrap();
}

/// From the key that takes the lens to the frame that shows it; the chooser is opened outside.
#[divan::bench(args = SIZES)]
fn switch_the_lens(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = opened(n);
    let mut up = true;
    bencher.bench_local(|| {
        up = !up;
        press(
            &mut model,
            &mut terminal,
            &["L", if up { "Up" } else { "Down" }, "Enter"],
        );
    });
}

#[divan::bench(args = SIZES)]
fn switch_the_lens_sorted_by_verdict(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = opened(n);
    press(
        &mut model,
        &mut terminal,
        &["S", "S", "S", "S", "S", "S", "S", "S"],
    );
    let mut up = true;
    bencher.bench_local(|| {
        up = !up;
        press(
            &mut model,
            &mut terminal,
            &["L", if up { "Up" } else { "Down" }, "Enter"],
        );
    });
}

#[divan::bench(args = SIZES)]
fn sort_by_the_next_column(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = opened(n);
    bencher.bench_local(|| press(&mut model, &mut terminal, &["S"]));
}

#[divan::bench(args = SIZES)]
fn filter_by_a_letter(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = opened(n);
    press(&mut model, &mut terminal, &["F", "a"]);
    let mut next = ["u", "Backspace"].iter().cycle();
    bencher.bench_local(|| press(&mut model, &mut terminal, &[next.next().unwrap()]));
}

#[divan::bench(args = SIZES)]
fn move_the_cursor(bencher: Bencher, n: usize) {
    let (mut model, mut terminal) = opened(n);
    bencher.bench_local(|| press(&mut model, &mut terminal, &["j"]));
}
