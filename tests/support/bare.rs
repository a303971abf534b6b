//! The smallest full-screen program on the terminal layer: a counter, with nothing of the app in it. Tests and benches
//! run it.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use ratatui::text::{Line, Text};
use tozero::testing::{
    Canvas, Guard, InputSource, Key, KeyCode, Msg, SafeText, Size, TerminalReader, exit, panic,
    signals,
};

/// What the program knows.
#[derive(Default)]
struct Model {
    count: usize,
    last: String,
    /// How many whole screens are still to be drawn.
    flood: usize,
    leave: Option<u8>,
}

fn main() -> std::process::ExitCode {
    panic::install();
    match run() {
        Ok(code) => code.into(),
        Err(error) => {
            exit::print_error(&SafeText::from(format!("bare: {error}")));
            2.into()
        }
    }
}

fn run() -> io::Result<u8> {
    let (sender, inbox) = std::sync::mpsc::channel();
    let sink = move |msg| drop(sender.send(msg));
    let signals = signals::catch()?;
    save_when_told();
    let guard = Guard::enter(false)?;
    let mut canvas = Canvas::new(guard.screen(), guard.size())?;
    let mut model = Model::default();
    draw(&mut canvas, &model)?;
    flood(
        &mut canvas,
        std::env::var("BARE_FLOOD")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0),
    )?;
    signals.listen(sink.clone())?;
    canvas.wait()?;
    let mut reader = TerminalReader::new();
    if let Some(tone) = reader.ask_background(Duration::from_millis(80)) {
        model.last = format!("{tone:?}");
        draw(&mut canvas, &model)?;
    }
    reader.start(sink)?;
    while model.leave.is_none() {
        let Ok(first) = inbox.recv() else { break };
        for msg in std::iter::once(first).chain(inbox.try_iter().take(4096)) {
            update(&mut model, msg, &mut canvas, &guard)?;
        }
        flood(&mut canvas, std::mem::take(&mut model.flood))?;
        draw(&mut canvas, &model)?;
    }
    Ok(model.leave.unwrap_or(0))
}

fn update(model: &mut Model, msg: Msg, canvas: &mut Canvas, guard: &Guard) -> io::Result<()> {
    match msg {
        Msg::Key(key) => press(model, key, guard),
        Msg::Burst(keys) => keys.into_iter().for_each(|key| press(model, key, guard)),
        Msg::Mouse(mouse) => model.last = format!("{mouse:?}"),
        Msg::Paste(text) => model.last = format!("paste of {}", text.len()),
        Msg::Resize(columns, rows) => canvas.resize(Size { columns, rows })?,
        Msg::Resumed(columns, rows) => {
            canvas.resize(Size { columns, rows })?;
            model.last = "resumed".to_owned();
        }
        Msg::Theme(theme) => model.last = format!("late {}", theme.name()),
        _ => {}
    }
    Ok(())
}

fn press(model: &mut Model, key: Key, guard: &Guard) {
    model.count += 1;
    model.last = format!("{:?}", key.code);
    match (key.code, (key.ctrl, key.alt)) {
        (KeyCode::Char('c'), (true, false)) => model.leave = Some(130),
        (KeyCode::Char('z'), (true, false)) if !signals::suspend() => {
            model.last = "nobody to resume".to_owned()
        }
        (KeyCode::Char('q'), (false, false)) => model.leave = Some(0),
        (KeyCode::Char('m'), (false, false)) => guard.set_mouse(true),
        (KeyCode::Char('F'), (false, false)) => model.flood = 100_000,
        (KeyCode::Char('P'), (false, false)) => panic!("on the main thread: \x1b[2J"),
        (KeyCode::Char('W'), (false, false)) => drop(std::thread::spawn(|| panic!("on a worker"))),
        _ => {}
    }
}

/// `BARE_SAVE=FILE` writes that file when the program is ended; `BARE_THEN` is how that ends: `hang`, `panic`, or well.
fn save_when_told() {
    let then = std::env::var("BARE_THEN").unwrap_or_default();
    if let Some(path) = std::env::var_os("BARE_SAVE").map(PathBuf::from) {
        exit::on_end(move || {
            let _ = std::fs::write(path, "saved");
            match then.as_str() {
                "hang" => std::thread::sleep(Duration::MAX),
                "panic" => panic!("while saving"),
                _ => {}
            }
            None
        });
    }
}

fn draw(canvas: &mut Canvas, model: &Model) -> io::Result<()> {
    canvas.draw(|frame| {
        let area = frame.area();
        let shown = format!(
            "{}x{} keys {} {}.",
            area.width, area.height, model.count, model.last
        );
        frame.render_widget(Line::from(shown), area);
    })
}

/// Draws whole screens, `BARE_FLOOD` of them before anybody listens to signals, each different from the last, for a terminal that does not read.
fn flood(canvas: &mut Canvas, screens: usize) -> io::Result<()> {
    (0..screens).try_for_each(|n| {
        let row = ["a", "b"][n % 2].repeat(512);
        canvas.draw(|frame| {
            let rows = std::iter::repeat_n(Line::from(row.as_str()), frame.area().height.into());
            frame.render_widget(Text::from_iter(rows), frame.area());
        })
    })
}
