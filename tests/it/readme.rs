//! The README's tables of commands and keys are those of the program; `UPDATE=1` writes them.
//! Promise: no command and no key is missing from the README, and none is in it that does not exist.

use std::fmt::Write;

use tozero::app::Scope;
use tozero::app::keymap::BINDINGS;
use tozero::cli::args::command;

#[test]
fn readme_names_every_command_and_key() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let wanted = put(&put(&readme, "commands", &commands()), "keys", &keys());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    assert!(
        readme == wanted || std::env::var_os("UPDATE").is_some(),
        "UPDATE=1 cargo test readme writes the tables anew"
    );
}

/// Puts a table between its two marks.
fn put(readme: &str, name: &str, table: &str) -> String {
    let (before, rest) = readme
        .split_once(&format!("<!-- {name}: "))
        .expect("the README has the mark");
    let (mark, rest) = rest.split_once("-->\n").expect("the mark ends");
    let (_, after) = rest
        .split_once(&format!("<!-- /{name} -->"))
        .expect("the table ends");
    format!("{before}<!-- {name}: {mark}-->\n{table}<!-- /{name} -->{after}")
}

fn commands() -> String {
    let mut table =
        "\n| command | what it does |\n| --- | --- |\n| `tozero` | the app; off a terminal the short answer |\n".to_owned();
    table += "| `tozero WORDS…` | the same as `define` |\n";
    for command in command(100).get_subcommands().filter(|c| !c.is_hide_set()) {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        writeln!(table, "| `tozero {}` | {about} |", command.get_name()).unwrap();
    }
    table + "\n"
}

fn keys() -> String {
    let mut table =
        "\n| keys | what they do | name in the settings |\n| --- | --- | --- |\n".to_owned();
    for scope in Scope::ALL {
        writeln!(table, "| **{}** | | |", scope.title()).unwrap();
        for row in BINDINGS.iter().filter(|b| b.scope == scope) {
            let keys: Vec<String> = row
                .keys
                .iter()
                .map(|k| {
                    if *k == "\\" {
                        "`\\`".to_owned()
                    } else {
                        format!("`{k}`")
                    }
                })
                .collect();
            writeln!(
                table,
                "| {} | {} | `{}` |",
                keys.join(" "),
                row.help,
                row.name
            )
            .unwrap();
        }
    }
    table + "\n"
}
