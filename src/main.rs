//! The two doors of `tozero`: the command line, and from it the app.
//! Promise: nothing else stands here but how one opens the other.

use std::process::ExitCode;

use tozero::cli::{self, Opening};
use tozero::page::theme::Theme;
use tozero::shell::run::{self, Ended, Start};
use tozero::shell::store::Store;
use tozero::ui::Settings;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), app)
}

/// Opens the app; the exit status.
fn app(opening: Opening) -> std::io::Result<u8> {
    let told = run::first_theme().filter(|_| opening.color);
    let theme = opening.theme.or(told).unwrap_or_else(Theme::terminal);
    let settings = Settings {
        theme: if opening.color { theme.clone() } else { theme.without_color() },
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
    let start = Start { library: opening.library, settings, keymap: opening.keymap, say: opening.say, store, quiz: opening.quiz };
    Ok(match run::app(start)? {
        Ended::Quit => 0,
        Ended::Interrupted => 130,
    })
}
