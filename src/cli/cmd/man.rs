//! `man`: the manual page, for `man` to show or a package to install.
//! Promise: commands, flags, keys, files, variables and exit statuses come from the tables the program itself uses.

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::app::keymap::BINDINGS;
use crate::app::{Keymap, Scope};
use crate::cli::cmd::keys;
use crate::cli::context::CommandContext;
use crate::cli::exit::{CommandResult, ExitStatus, STATUSES};
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

/// Answers.
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
    commands(&mut roff, &root);
    keys(&mut roff);
    table(
        &mut roff,
        "FILES",
        FILES.map(|(f, what)| (f.to_owned(), what)),
    );
    table(
        &mut roff,
        "ENVIRONMENT",
        environment::VARIABLES.map(|(v, what)| (v.to_owned(), what)),
    );
    table(
        &mut roff,
        "EXIT STATUS",
        STATUSES.map(|(code, what)| (code.to_string(), what)),
    );
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

/// Every command with its own flags.
fn commands(roff: &mut Roff, root: &clap::Command) {
    roff.control("SH", ["COMMANDS"]);
    for command in root.get_subcommands() {
        let words = command
            .get_positionals()
            .map(|a| format!(" {}", shape(a)))
            .collect::<String>();
        roff.control(
            "SS",
            [format!("tozero {}{words}", command.get_name()).as_str()],
        );
        let about = command
            .get_long_about()
            .or(command.get_about())
            .map(ToString::to_string)
            .unwrap_or_default();
        about.split("\n\n").for_each(|paragraph| {
            roff.text(vec![roman(paragraph)]);
            roff.control("PP", []);
        });
        for arg in command
            .get_arguments()
            .filter(|a| !a.is_global_set() && a.get_id() != "help")
        {
            roff.control("TP", []);
            roff.text(vec![flag(arg)]);
            roff.text(vec![roman(
                arg.get_help().map(ToString::to_string).unwrap_or_default(),
            )]);
        }
        if let Some(examples) = command.get_before_long_help() {
            example(roff, &examples.to_string());
        }
    }
}

/// Examples as they are typed.
fn example(roff: &mut Roff, text: &str) {
    roff.control("PP", []);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text(vec![roman(line)]);
    }
    roff.control("fi", []);
}

/// A word's place: `[TERM]...`.
fn shape(arg: &clap::Arg) -> String {
    let name = arg
        .get_value_names()
        .and_then(<[_]>::first)
        .map(ToString::to_string)
        .unwrap_or_default();
    let many = if arg.get_num_args().is_some_and(|n| n.max_values() > 1) {
        "..."
    } else {
        ""
    };
    if arg.is_required_set() {
        format!("{name}{many}")
    } else {
        format!("[{name}]{many}")
    }
}

fn flag(arg: &clap::Arg) -> Inline {
    let value = if arg.get_action().takes_values() {
        shape_of_value(arg)
    } else {
        String::new()
    };
    match arg.get_long() {
        Some(long) => bold(format!("--{long}{value}")),
        None => italic(shape(arg)),
    }
}

fn shape_of_value(arg: &clap::Arg) -> String {
    arg.get_value_names()
        .and_then(<[_]>::first)
        .map(|n| format!(" {n}"))
        .unwrap_or_default()
}

fn keys(roff: &mut Roff) {
    let keymap = Keymap::default();
    roff.control("SH", ["KEYS"]);
    roff.text(vec![roman(
        "As they are at first; `tozero keys` shows those of your settings.",
    )]);
    for scope in Scope::ALL {
        roff.control("SS", [scope.title()]);
        for binding in BINDINGS.iter().filter(|b| b.scope == scope) {
            roff.control("TP", []);
            roff.text(vec![bold(keys::keys(binding, &keymap).join(" "))]);
            roff.text(vec![roman(binding.help)]);
        }
    }
}

fn table<const N: usize>(roff: &mut Roff, title: &str, rows: [(String, &'static str); N]) {
    roff.control("SH", [title]);
    for (name, what) in rows {
        roff.control("TP", []);
        roff.text(vec![bold(name)]);
        roff.text(vec![roman(what)]);
    }
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
