//! The rules of the house, as a test: who may import whom, how long a file may be, how it opens.
//! A broken rule is named together with the file and line that breaks it.

pub(crate) mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

pub(crate) use sources::sources;
use sources::{Graph, root};

/// Each layer, bottom up, with the layers it may import from besides itself.
const LAYERS: [(&str, &[&str]); 13] = [
    ("text", &[]),
    ("pack", &["text"]),
    ("core", &["text", "pack"]),
    ("layout", &["text", "pack"]),
    ("views", &["text", "pack", "core", "layout"]),
    ("app", &["text", "pack", "core", "layout", "views"]),
    ("clock", &["text"]),
    ("disk", &["text", "pack"]),
    ("store", &["text", "pack", "core", "clock", "disk"]),
    (
        "terminal",
        &[
            "text", "pack", "core", "layout", "views", "app", "clock", "disk", "store",
        ],
    ),
    ("config", &["text", "pack", "core", "layout", "app", "disk"]),
    (
        "cli",
        &[
            "text", "pack", "core", "layout", "views", "app", "clock", "disk", "store", "terminal",
            "config",
        ],
    ),
    ("main", &["cli"]),
];

/// What may be named in which places only: a word, the path prefixes that may hold it, and why.
const CONFINED: [(&str, &[&str], &str); 12] = [
    (
        "pulldown_cmark",
        &["pack/markdown"],
        "one module reads markdown",
    ),
    (
        "include_dir",
        &["pack/bundled.rs"],
        "one module holds the bundled pack",
    ),
    (
        "annotate_snippets",
        &["layout/report.rs"],
        "its API changes often",
    ),
    (
        "ratatui",
        &["app", "terminal"],
        "meaning comes before color",
    ),
    (
        "crossterm",
        &["terminal"],
        "the app does not know the terminal",
    ),
    ("std::fs", EDGE, "only the edge touches files"),
    ("std::env", EDGE, "only the edge reads the environment"),
    (
        "std::process",
        EDGE,
        "only the edge starts or ends processes",
    ),
    ("std::thread", EDGE, "only the edge starts threads"),
    ("std::time", EDGE, "the clock is passed down as a value"),
    (
        "println!",
        &["build.rs"],
        "cli/output.rs prints, since it knows about closed pipes",
    ),
    ("unwrap()", &[], "say why it cannot fail, or handle it"),
];

/// Where effects happen.
const EDGE: &[&str] = &[
    "terminal", "store", "disk", "clock.rs", "config", "cli", "main.rs", "build.rs",
];

/// Type names that several modules may define, each a convention of its own.
const REPEATED: [&str; 2] = [
    "Args",  // every command's flags, as clap names them
    "Error", // a layer's error
];

/// Longest file in lines, tests included.
const MAX_LINES: usize = 600;
/// Longest function in lines.
const MAX_FUNCTION: usize = 60;

#[test]
fn imports_go_down_only() {
    let mut broken = Vec::new();
    for file in sources() {
        let layer = file.path.split(['/', '.']).next().unwrap_or_default();
        let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            continue;
        };
        for (number, line) in file.code() {
            for path in line.split("crate::").skip(1) {
                let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
                let name = &path[..end.unwrap_or(path.len())];
                if name != "safe" && name != layer && !below.contains(&name) {
                    broken.push(format!("{}:{number}: imports crate::{path}", file.path));
                }
            }
        }
    }
    report(
        "imports go down only (see LAYERS in tests/it/house.rs)",
        broken,
    );
}

#[test]
fn confined_things_stay_where_they_belong() {
    let mut broken = Vec::new();
    for file in sources() {
        for (number, line) in file.code() {
            for (word, places, why) in CONFINED {
                let inside = places.iter().any(|p| file.path.starts_with(p));
                if line.contains(word)
                    && !inside
                    && !(word == "println!" && line.contains("eprintln!"))
                {
                    broken.push(format!("{}:{number}: {word} ({why})", file.path));
                }
            }
        }
    }
    report(
        "confined things stay where they belong (see CONFINED)",
        broken,
    );
}

/// Words of the bundled pack's subject. The engine serves any subject: what it knows of this one stands in `content`.
const OF_THE_SUBJECT: [&str; 13] = [
    "serverless",
    "scale-to-zero",
    "scale to zero",
    "aws",
    "amazon",
    "azure",
    "lambda",
    "provider-view",
    "provider_managed",
    "scales_automatically",
    "scale_to_zero",
    "pay_per_use",
    "hides_infrastructure",
];

#[test]
fn no_word_of_the_subject_stands_in_the_code() {
    let assets = ["assets/examples.txt"].map(|path| {
        let text = fs::read_to_string(root().join(path)).unwrap();
        (
            path.to_owned(),
            text.lines().map(str::to_owned).enumerate().collect(),
        )
    });
    let code = |file: &sources::Source| -> Vec<(usize, String)> {
        // The help of a flag is a doc comment, and users read it.
        let help = file.path.starts_with("cli/cmd") || file.path.starts_with("config/flags");
        let docs = file
            .text
            .lines()
            .enumerate()
            .filter(|(_, l)| help && l.contains("/// "));
        let docs = docs.map(|(n, l)| (n + 1, l.to_owned()));
        file.code()
            .map(|(n, l)| (n, l.to_owned()))
            .chain(docs)
            .collect()
    };
    let sources = sources();
    let files = sources.iter().map(|file| (file.path.clone(), code(file)));
    let mut broken = Vec::new();
    for (path, lines) in files.chain(assets) {
        for (number, line) in lines {
            let line = line.to_lowercase();
            for word in OF_THE_SUBJECT {
                let ends = |at: Option<char>| at.is_none_or(|c| !c.is_alphanumeric() && c != '_');
                let whole = line.match_indices(word).any(|(at, _)| {
                    ends(line[..at].chars().next_back())
                        && ends(line[at + word.len()..].chars().next())
                });
                if whole {
                    broken.push(format!("{path}:{number}: {word}"));
                }
            }
        }
    }
    report(
        "what is known of the subject stands in content (see OF_THE_SUBJECT)",
        broken,
    );
}

#[test]
fn files_open_with_their_purpose_and_keep_their_budget() {
    let mut broken = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if !file.text.starts_with("//! ") {
            broken.push(format!("{}: does not open with //!", file.path));
        }
        if lines > MAX_LINES {
            broken.push(format!("{}: {lines} lines, at most {MAX_LINES}", file.path));
        }
    }
    report("every file says what it is for and stays small", broken);
}

#[test]
fn no_files_need_each_other() {
    let (mut everywhere, mut windows) = (sources(), sources());
    everywhere.retain(|source| !source.is_for_windows());
    // A file for Windows stands where the one of its name does.
    let twins: Vec<String> = windows
        .iter()
        .filter(|source| source.is_for_windows())
        .map(|source| source.path.replace("/windows/", "/"))
        .collect();
    windows.retain(|source| !twins.contains(&source.path));
    for source in &mut windows {
        source.path = source.path.replace("/windows/", "/");
    }
    let circles = [everywhere, windows].map(|sources| Graph::of(&sources).circles());
    let broken = circles.iter().flatten().map(|c| c.join(" <-> ")).collect();
    report("no circles between files", broken);
}

#[test]
fn every_file_is_needed() {
    let sources = sources();
    let graph = Graph::of(&sources);
    let mut needed: BTreeSet<String> = graph.needs.values().flatten().cloned().collect();
    needed.extend(
        sources
            .iter()
            .flat_map(|source| graph.named_children(source)),
    );
    // These are entry points, or only declare the modules below them.
    let entry =
        |path: &str| ["main.rs", "lib.rs", "build.rs"].contains(&path) || path.ends_with("mod.rs");
    let program = sources
        .iter()
        .filter(|s| !s.is_test() && !s.is_for_windows() && s.offers_names());
    let unused = program.filter(|s| !entry(&s.path) && !needed.contains(&s.path));
    let broken = unused.map(|s| s.path.clone()).collect();
    report("every file is needed by another", broken);
}

/// What is offered on one system only would not compile on the others.
#[test]
fn files_for_windows_offer_what_the_others_do() {
    let sources = sources();
    let mut broken = Vec::new();
    for source in sources.iter().filter(|s| s.is_for_windows()) {
        let path = source.path.replace("/windows/", "/");
        match sources.iter().find(|other| other.path == path) {
            Some(other) => {
                let others = other.types();
                let missing = source.types().into_iter().filter(|name| {
                    !others.contains(name) && source.text.contains(&format!("pub struct {name}"))
                });
                broken.extend(missing.map(|name| format!("{}: {name}", source.path)));
            }
            None => broken.push(format!("{}: {path} does not exist", source.path)),
        }
    }
    report("files for Windows stand for others", broken);
}

#[test]
fn a_type_name_is_defined_once() {
    let sources = sources();
    let mut defined: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources
        .iter()
        .filter(|s| !s.is_test() && !s.is_for_windows())
    {
        for name in source.types() {
            defined.entry(name).or_default().push(&source.path);
        }
    }
    let repeated = defined
        .iter()
        .filter(|(name, at)| at.len() > 1 && !REPEATED.contains(name));
    let broken = repeated.map(|(name, at)| format!("{name}: {}", at.join(", ")));
    report("a type name is defined once in the crate", broken.collect());
}

#[test]
fn functions_are_short() {
    let mut broken = Vec::new();
    for file in sources() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let trimmed = line.trim_start();
            let begins = [
                "fn ",
                "pub fn ",
                "pub(super) fn ",
                "pub(crate) fn ",
                "const fn ",
                "pub const fn ",
            ];
            if !begins.iter().any(|b| trimmed.starts_with(b))
                || line.ends_with(';')
                || line.ends_with('}')
            {
                continue;
            }
            let close = format!("{}}}", &line[..line.len() - trimmed.len()]);
            let length = lines[i..]
                .iter()
                .position(|l| *l == close)
                .map_or(0, |n| n + 1);
            if length > MAX_FUNCTION {
                broken.push(format!(
                    "{}:{}: {length} lines, at most {MAX_FUNCTION}",
                    file.path,
                    i + 1
                ));
            }
        }
    }
    report("functions are short", broken);
}

#[test]
fn no_unsafe_anywhere() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("unsafe_code = \"forbid\""),
        "Cargo.toml forbids unsafe code"
    );
}

/// The project speaks of itself alone.
#[test]
fn no_machine_paths() {
    let mut broken = Vec::new();
    for file in sources() {
        for (number, line) in file.text.lines().enumerate() {
            if ["/work/", "/root/", "/tmp/bash"]
                .iter()
                .any(|p| line.contains(p))
            {
                broken.push(format!("{}:{}: {line}", file.path, number + 1));
            }
        }
    }
    report("no path of a machine stands in the code", broken);
}

#[track_caller]
fn report(rule: &str, broken: Vec<String>) {
    assert!(broken.is_empty(), "rule: {rule}\n  {}", broken.join("\n  "));
}
