//! What bills cost to calculate and to show: a sweep of many services, a step of the dial to its frame, a slider to its frame.
//! Run with `cargo bench --bench cost`. What must hold: a sweep of 8 services at 400 points within a millisecond, every
//! step within a frame of 16 ms.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measuring program")]

use std::sync::Arc;

use divan::{Bencher, black_box};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tozero::testing::{
    Axis, AxisScale, Bundled, Case, Config, CostComparison, Day, Key, Library, Model, Msg,
    OutputStyle, Tariff, Theme, ViewContext, Workload, priced, sweep, update, view,
};

fn main() {
    divan::main();
}

/// Eight services that can be billed at any traffic, of every kind of price model.
const EIGHT: [&str; 8] = [
    "aws-neptune-serverless",
    "aws-dynamodb-on-demand",
    "aws-ec2",
    "aws-lambda",
    "aws-fargate-ecs",
    "google-cloud-run",
    "azure-functions-flex-consumption",
    "upstash-redis",
];

#[divan::bench(args = [AxisScale::Log, AxisScale::Linear])]
fn sweep_8_services_400_points(bencher: Bencher, scale: AxisScale) {
    let library = Library::open(Arc::new(Bundled)).unwrap();
    let tariffs: Vec<(Tariff, Case)> = EIGHT
        .iter()
        .map(|id| Tariff::of(library.service(id).unwrap()).unwrap())
        .map(|tariff| (tariff, Case::Dearest))
        .collect();
    let axis = Axis {
        from: 0,
        to: 100_000_000,
        points: 400,
        scale,
    };
    bencher.bench_local(|| black_box(sweep(&tariffs, &axis, &Workload::default())));
}

#[divan::bench]
fn eight_services_side_by_side(bencher: Bencher) {
    let library = Library::open(Arc::new(Bundled)).unwrap();
    let services: Vec<_> = priced(&library)
        .filter(|s| EIGHT.contains(&s.id.as_str()))
        .collect();
    bencher.bench_local(|| {
        black_box(CostComparison::of(
            &services,
            &Workload::default(),
            Some("aws-ec2"),
            None,
        ))
    });
}

fn app(keys: &[&str]) -> (Model, Terminal<TestBackend>) {
    let config = Config {
        theme: Some(Theme::dark().clone()),
        style: OutputStyle {
            color: true,
            ..OutputStyle::default()
        },
        ..Config::default()
    };
    let through = ViewContext::new("scale-to-zero-view", Day::new(2026, 11, 24));
    let library = Arc::new(Library::open(Arc::new(Bundled)).unwrap());
    let mut model = Model::new(library, config, through, (120, 40));
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    press(&mut model, &mut terminal, keys);
    (model, terminal)
}

fn press(model: &mut Model, terminal: &mut Terminal<TestBackend>, keys: &[&str]) {
    for key in keys {
        update(model, Msg::Key(Key::parse(key).unwrap()));
    }
    terminal.draw(|f| view(model, f)).unwrap();
}

fn back_and_forth(bencher: Bencher, keys: &[&str]) {
    let (mut model, mut terminal) = app(keys);
    let mut next = ["Left", "Right"].iter().cycle();
    bencher.bench_local(|| press(&mut model, &mut terminal, &[next.next().unwrap()]));
}

#[divan::bench]
fn dial_step_to_frame(bencher: Bencher) {
    back_and_forth(bencher, &[]);
}

#[divan::bench]
fn slider_step_to_frame(bencher: Bencher) {
    back_and_forth(bencher, &["5"]);
}
