//! The two doors of `tozero`: the command line, and from it the app.
//! Promise: nothing else stands here but how one opens the other.

use std::process::ExitCode;

use tozero::app::AppSettings;
use tozero::cli::{self, AppRequest};
use tozero::layout::Theme;
use tozero::store::Store;
use tozero::terminal::{AppExit, AppOptions, event_loop};

fn main() -> ExitCode {
    cli::run(std::env::args_os(), app)
}

/// Opens the app; the exit status.
fn app(opening: AppRequest) -> std::io::Result<u8> {
    let told = event_loop::first_theme().filter(|_| opening.color);
    let theme = opening.theme.or(told).unwrap_or_else(Theme::terminal);
    let settings = AppSettings {
        theme: if opening.color {
            theme.clone()
        } else {
            theme.without_color()
        },
        theme_named: opening.theme.or(told).is_some(),
        color: opening.color,
        ascii: opening.ascii,
        lens: opening.lens,
        was: None,
        as_of: opening.as_of,
        mouse: opening.mouse,
        today: opening.today,
        pack_name: opening.pack_name,
    };
    let store = Store::new(opening.state, opening.desired);
    let start = AppOptions {
        library: opening.library,
        settings,
        keymap: opening.keymap,
        say: opening.say,
        store,
        quiz: opening.quiz,
    };
    Ok(match event_loop::app(start)? {
        AppExit::Quit => 0,
        AppExit::Interrupted => 130,
    })
}
