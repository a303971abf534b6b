//! `man`: the manual page, for `man` to show or a package to install.
//! Commands, flags, keys, files, variables and exit statuses come from the tables the program itself uses.

use clap::builder::StyledStr;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::app::keymap::BINDINGS;
use crate::app::{Keymap, Scope};
use crate::cli::cmd::keys;
use crate::cli::cmd::{CommandContext, CommandResult, ExitStatus};
use crate::cli::exit::STATUSES;
use crate::cli::{args, environment};
use crate::text::SafeText;

const EXAMPLES: &str = "\
Examples:
  $ tozero man | man -l -               read it
  $ tozero man > tozero.1               keep it";

/// Print the manual page
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {}

/// Files that are read and written.
const FILES: [(&str, &str); 3] = [
    (
        "$XDG_CONFIG_HOME/tozero/config.toml",
        "Settings: theme, lens, content, mouse, ascii, recall, and keys by action. Only read.",
    ),
    (
        "$XDG_STATE_HOME/tozero/",
        "Progress and position. Written by quizzes, never by reading.",
    ),
    (
        "DIR/pack.toml",
        "The head of a pack; `tozero new DIR` writes one, with a README.md that is the author's guide.",
    ),
];

/// Prints the page.
pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let page = page().unwrap_or_default();
    call.out.raw(&SafeText::from(page))?;
    Ok(ExitStatus::Done)
}

fn page() -> std::io::Result<String> {
    let mut root = args::command(80);
    root.build();
    let root = root.disable_help_subcommand(true);
    let mut out = Vec::new();
    let man = Man::new(root.clone()).manual("User Commands").date("");
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    synopsis().to_writer(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in root.get_subcommands() {
        section(&mut roff, command);
    }
    keymap(&mut roff);
    table(&mut roff, "FILES", FILES);
    table(&mut roff, "ENVIRONMENT", environment::VARIABLES);
    let statuses = STATUSES.map(|(code, what)| (code.to_string(), what));
    table(&mut roff, "EXIT STATUS", statuses);
    roff.to_writer(&mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn synopsis() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    for rest in [" [FLAGS] [WORDS]...", " [FLAGS] COMMAND ..."] {
        roff.text(vec![bold("tozero"), roman(rest)]);
        roff.control("br", []);
    }
    roff
}

/// A command with its own flags, and its examples as they are typed.
fn section(roff: &mut Roff, command: &clap::Command) {
    let positionals = command.get_positionals();
    let words: String = positionals.map(|a| format!(" {}", positional(a))).collect();
    let title = format!("tozero {}{words}", command.get_name());
    roff.control("SS", [title.as_str()]);
    let about = command.get_long_about().or(command.get_about());
    for paragraph in text(about).split("\n\n") {
        roff.text(vec![roman(paragraph)]);
        roff.control("PP", []);
    }
    let own = command.get_arguments();
    for arg in own.filter(|a| !a.is_global_set() && a.get_id() != "help") {
        let name = match arg.get_long() {
            Some(long) if arg.get_action().takes_values() => {
                bold(format!("--{long} {}", value_name(arg)))
            }
            Some(long) => bold(format!("--{long}")),
            None => italic(positional(arg)),
        };
        item(roff, name, &text(arg.get_help()));
    }
    roff.control("PP", []);
    roff.control("nf", []);
    for line in text(command.get_before_long_help()).lines() {
        roff.text(vec![roman(line)]);
    }
    roff.control("fi", []);
}

fn text(styled: Option<&StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default()
}

fn value_name(arg: &clap::Arg) -> &str {
    let names = arg.get_value_names();
    names
        .and_then(<[_]>::first)
        .map_or("", |name| name.as_str())
}

/// A positional argument: `[TERM]...`.
fn positional(arg: &clap::Arg) -> String {
    let many = arg.get_num_args().is_some_and(|n| n.max_values() > 1);
    let (name, dots) = (value_name(arg), if many { "..." } else { "" });
    match arg.is_required_set() {
        true => format!("{name}{dots}"),
        false => format!("[{name}]{dots}"),
    }
}

fn keymap(roff: &mut Roff) {
    let keymap = Keymap::default();
    roff.control("SH", ["KEYS"]);
    roff.text(vec![roman(
        "As they are at first; `tozero keys` shows those of your settings.",
    )]);
    for scope in Scope::ALL {
        roff.control("SS", [scope.title()]);
        for binding in BINDINGS.iter().filter(|b| b.scope == scope) {
            let keys = keys::keys(binding, &keymap).join(" ");
            item(roff, bold(keys), binding.help);
        }
    }
}

fn table<const N: usize>(roff: &mut Roff, title: &str, rows: [(impl Into<String>, &str); N]) {
    roff.control("SH", [title]);
    for (name, what) in rows {
        item(roff, bold(name), what);
    }
}

/// A name, and under it what it is.
fn item(roff: &mut Roff, name: Inline, what: &str) {
    roff.control("TP", []);
    roff.text(vec![name]);
    roff.text(vec![roman(what)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_every_table() {
        let page = page().unwrap();
        for section in [
            "NAME",
            "SYNOPSIS",
            "OPTIONS",
            "COMMANDS",
            "KEYS",
            "FILES",
            "ENVIRONMENT",
            "EXIT STATUS",
        ] {
            let heads = [format!(".SH {section}\n"), format!(".SH \"{section}\"\n")];
            assert!(heads.iter().any(|h| page.contains(h)), "{section}\n{page}");
        }
        assert!(
            page.contains("One row down")
                && page.contains("NO_COLOR")
                && page.contains("\\-\\-stale AGE"),
            "{page}"
        );
        assert_eq!(
            SafeText::from(page.clone()).as_str(),
            page,
            "nothing in it needs cleaning"
        );
    }
}
