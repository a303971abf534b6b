//! `man`: the manual page, for `man` to show or a package to install. Commands, flags, keys, variables and exit statuses come
//! from the tables that the program itself uses.

use std::io::Write;

use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::app::keymap::{BINDINGS, is_offered};
use crate::app::{Binding, Keymap, Scope};
use crate::cli::cmd::keys;
use crate::cli::context::CommandContext;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::{CommandResult, ExitStatus, STATUSES};
use crate::config::{EVERYWHERE, VARIABLES};
use crate::pack::Things;
use crate::text::SafeText;

/// Print the manual page
#[derive(clap::Args, Debug)]
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

pub fn run(_: &Args, call: &mut CommandContext) -> CommandResult {
    let library = call.library()?;
    let words = ExampleWords::of(&library);
    let offered = |binding: &&Binding| is_offered(binding.action, &library);
    let bindings: Vec<&Binding> = BINDINGS.iter().filter(offered).collect();
    let parser = (call.parser)(80, &words);
    let page = page(parser, &bindings, &words.things).unwrap_or_default();
    call.out.raw(&SafeText::from(page))?;
    Ok(ExitStatus::Done)
}

fn page(parser: clap::Command, bindings: &[&Binding], things: &Things) -> std::io::Result<String> {
    let mut out = Vec::new();
    let mut parser = parser.disable_help_subcommand(true);
    parser.build();
    let date = env!("TOZERO_FACTS_AS_OF");
    let man = Man::new(parser.clone());
    let man = man.title("TOZERO").manual("User Commands").date(date);
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    roff.to_writer(&mut out)?;
    for command in parser.get_subcommands().filter(|c| !c.is_hide_set()) {
        describe(command, &mut out)?;
    }
    let mut roff = Roff::new();
    keys(&mut roff, bindings, things);
    table(&mut roff, "FILES", FILES);
    table(&mut roff, "ENVIRONMENT", VARIABLES);
    let statuses = STATUSES.map(|(code, what)| (code.to_string(), what));
    table(&mut roff, "EXIT STATUS", statuses);
    roff.to_writer(&mut out)?;
    Ok(tidy(&String::from_utf8_lossy(&out)))
}

/// The page without breaks beside spaces, which formatters complain of, and without lines that are too long to edit.
fn tidy(page: &str) -> String {
    const LONGEST: usize = 80;
    let lines: Vec<&str> = page.lines().collect();
    let is_space =
        |line: Option<&&str>| line.is_some_and(|line| line.is_empty() || line.starts_with(".sp"));
    let (mut out, mut is_filled) = (String::new(), true);
    for (n, line) in lines.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| lines.get(n));
        if *line == ".br" && (is_space(before) || is_space(lines.get(n + 1))) {
            continue;
        }
        is_filled = match *line {
            ".nf" => false,
            ".fi" => true,
            _ => is_filled,
        };
        let mut width = 0;
        for word in line.split_inclusive(' ') {
            // A word that would begin a line as a request does stays where it is.
            let is_request = word.starts_with(['.', '\'']);
            if is_filled
                && !line.starts_with('.')
                && !is_request
                && width + word.trim_end().len() > LONGEST
            {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                width = 0;
            }
            out.push_str(word);
            width += word.len();
        }
        out.push('\n');
    }
    out
}

/// A command under a heading of its own: the sections of clap_mangen without their headings, which are those of a whole page.
fn describe(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    let mut roff = Roff::new();
    roff.control("SS", [format!("tozero {}", command.get_name()).as_str()]);
    let examples = command.get_before_long_help().map(ToString::to_string);
    let mut sections = Vec::new();
    // The flags of every command stand in the page once, in a section of their own.
    let own = command.clone().mut_args(|arg| {
        let common = arg.get_help_heading() == Some(EVERYWHERE) || arg.get_id() == "help";
        if common { arg.hide(true) } else { arg }
    });
    let man = Man::new(own);
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    roff.to_writer(out)?;
    for line in String::from_utf8_lossy(&sections).lines() {
        if ![".SH", ".ie", ".el"].iter().any(|c| line.starts_with(c)) {
            writeln!(out, "{line}")?;
        }
    }
    let mut roff = Roff::new();
    roff.control("PP", []);
    roff.control("nf", []);
    for line in examples.iter().flat_map(|text| text.lines()) {
        roff.text(vec![roman(line)]);
    }
    roff.control("fi", []);
    roff.to_writer(out)
}

fn keys(roff: &mut Roff, bindings: &[&Binding], things: &Things) {
    let keymap = Keymap::default();
    roff.control("SH", ["KEYS"]);
    roff.text(vec![roman(
        "As they are at first; `tozero keys` shows those of your settings.",
    )]);
    for scope in Scope::ALL {
        let mut here = bindings.iter().filter(|b| b.scope == scope).peekable();
        if here.peek().is_none() {
            continue;
        }
        roff.control("SS", [things.fill(scope.title()).as_str()]);
        for binding in here {
            roff.control("TP", []);
            roff.text(vec![bold(keys::keys(binding, &keymap).join(" "))]);
            roff.text(vec![roman(things.fill(binding.help).as_str())]);
        }
    }
}

fn table<const N: usize>(roff: &mut Roff, title: &str, rows: [(impl Into<String>, &str); N]) {
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
        let page = page(
            crate::cli::args::command(80, &ExampleWords::default()),
            &BINDINGS.iter().collect::<Vec<_>>(),
            &Things::default(),
        )
        .unwrap();
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
                && page.contains("\\-\\-stale"),
            "{page}"
        );
        assert_eq!(
            SafeText::from(page.clone()).as_str(),
            page,
            "nothing in it needs cleaning"
        );
    }
}
