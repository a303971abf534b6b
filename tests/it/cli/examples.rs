//! The examples in help pages and papers, run as they stand.
//! An example that fails or answers nothing fails the test that names it.

use std::path::Path;
use std::process::Command;

use super::progress::one_answer;
use super::{TOZERO, starter, tozero};

/// The commands of a text: what follows `$ tozero` up to two spaces, a pipe or a redirection.
fn examples(text: &str) -> Vec<String> {
    let command = |line: &str| {
        let rest = line.trim_start().strip_prefix("$ tozero")?;
        let end = ["  ", " |", " >"]
            .iter()
            .filter_map(|sign| rest.find(sign))
            .min()
            .unwrap_or(rest.len());
        Some(rest.get(..end)?.trim().to_owned())
    };
    text.lines().filter_map(command).collect()
}

fn commands() -> Vec<String> {
    let help = tozero("--help").answer();
    let (_, list) = help.split_once("\nLook up:\n").unwrap();
    let (list, _) = list.split_once("\nFlags:\n").unwrap();
    let named = list.lines().filter_map(|line| line.strip_prefix("  "));
    named
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect()
}

/// Runs examples in order in one folder, since a later one may use what an earlier one wrote.
fn run(examples: &[String], folder: &Path, source: &str) {
    for example in examples {
        let line = format!("exec {TOZERO} {example}");
        let output = Command::new("/bin/sh")
            .args(["-c", &line])
            .env("HOME", folder)
            .current_dir(folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        if example.starts_with("reset") && !example.contains("--yes") {
            assert!(
                said.contains("nobody is there to ask"),
                "{source}: $ tozero {example}: {said}"
            );
            continue;
        }
        if example.contains("--open") {
            assert!(
                said.contains("no display"),
                "{source}: $ tozero {example}: {said}"
            );
            continue;
        }
        assert_eq!(
            (output.status.code(), said.as_ref()),
            (Some(0), ""),
            "{source}: $ tozero {example}"
        );
        assert!(
            !output.stdout.is_empty() || example.starts_with("check"),
            "{source}: $ tozero {example}"
        );
    }
}

#[test]
fn every_help_page_opens_with_examples_that_run() {
    let commands = commands();
    assert!(commands.len() >= 13, "{commands:?}");
    for command in commands.iter().map(String::as_str).chain([""]) {
        let help = tozero(&format!("help {command}")).answer();
        let examples = examples(&help);
        assert!(examples.len() >= 2, "{command} has examples");
        assert!(
            help.find("Examples:") < help.find("Usage:"),
            "{command}: examples come first"
        );
        let folder = tempfile::tempdir().unwrap();
        if command == "check" {
            run(&["new my-pack".to_owned()], folder.path(), "preparation");
            let stale = examples
                .iter()
                .filter(|e| !e.contains("--stale"))
                .cloned()
                .collect::<Vec<_>>();
            run(&stale, folder.path(), command);
        } else if command == "judge" {
            std::fs::write(
                folder.path().join("mine.toml"),
                tozero("judge --blank").answer(),
            )
            .unwrap();
            run(&examples, folder.path(), command);
        } else {
            std::fs::write(
                folder.path().join("progress.json"),
                one_answer("t-cold-start"),
            )
            .unwrap();
            if command == "reset" {
                run(
                    &["import progress.json".to_owned()],
                    folder.path(),
                    "preparation",
                );
            }
            run(&examples, folder.path(), command);
        }
    }
}

#[test]
fn the_examples_that_help_shows_of_other_packs_run() {
    let starter = starter();
    let open_source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/open-source");
    let bare = tempfile::tempdir().unwrap();
    std::fs::write(bare.path().join("pack.toml"), "format = 1\ntitle = \"T\"\n").unwrap();
    for pack in [starter.path(), &open_source, bare.path()] {
        let folder = pack.display().to_string();
        let help = tozero(&format!("--content {folder} --help")).answer();
        let commands = [
            "define", "search", "list", "read", "refs", "compare", "judge", "quiz",
        ];
        let offered = commands
            .iter()
            .filter(|name| help.contains(&format!("\n  {name} ")));
        for command in offered.chain([&""]) {
            let help = tozero(&format!("--content {folder} help {command}")).answer();
            let home = tempfile::tempdir().unwrap();
            let blank = tozero(&format!("--content {folder} judge --blank"))
                .say()
                .stdout;
            std::fs::write(home.path().join("mine.toml"), blank).unwrap();
            let is_of_pack = |line: &String| {
                let words: Vec<&str> = line.split(' ').collect();
                !matches!(words.first(), Some(&("new" | "check" | "help")))
                    && *line != "judge"
                    && !line.contains("--open")
                    && !line.contains("--blank")
            };
            let lines = examples(&help).into_iter().filter(is_of_pack);
            let lines = lines.map(|line| format!("--content {folder} {line}"));
            run(
                &lines.collect::<Vec<_>>(),
                home.path(),
                &format!("{folder} {command}"),
            );
        }
    }
}

#[test]
fn the_examples_of_the_readme_run() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(text) = std::fs::read_to_string(readme) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    run(&examples(&text), folder.path(), "README.md");
}
