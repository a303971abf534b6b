//! Arguments and packs that try to drive the terminal, fill the screen or stop the program.
//! No control byte but the newline leaves the program, on either stream, in text or in JSON.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use super::{Run, starter};

/// Sequences that terminals act on, raw.
const SEQUENCES: [&str; 9] = [
    "\x1b[31mCANARY",
    "\x1b]0;CANARY\x07",
    "\x1b]52;c;Q0FOQVJZ\x07",
    "\x1bPCANARY\x1b\\",
    "\u{9b}31mCANARY",
    "\x08\x08CANARY",
    "a\rCANARY",
    "\u{202e}CANARY",
    "\x00CANARY",
];

/// Fails on anything that a terminal would act on.
#[track_caller]
fn is_clean(bytes: &[u8], what: &str) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{what}: {e}"));
    let bad = |c: &char| {
        (c.is_control() && *c != '\n')
            || ('\u{202a}'..='\u{202e}').contains(c)
            || ('\u{2066}'..='\u{2069}').contains(c)
    };
    if let Some(c) = text.chars().find(bad) {
        let at = text.find(c).unwrap();
        panic!(
            "{what}: {c:?} in {:?}",
            text.get(at.saturating_sub(60)..at + 20)
        );
    }
}

#[track_caller]
fn said_cleanly(run: &Run, what: &str) -> (usize, i32) {
    let (stdout, stderr, status) = run.bytes();
    is_clean(&stdout, what);
    is_clean(&stderr, what);
    assert!([0, 1, 2].contains(&status), "{what}: {status}");
    (stderr.len(), status)
}

/// Every place where a foreign word can be typed.
const PLACES: [&[&str]; 21] = [
    &[],
    &["define"],
    &["search"],
    &["list"],
    &["compare"],
    &["compare", "--by"],
    &["cost"],
    &["cost", "--requests"],
    &["read"],
    &["refs"],
    &["check"],
    &["help"],
    &["completions"],
    &["reset"],
    &["import"],
    &["export", "--format"],
    &["--theme"],
    &["--lens"],
    &["--content"],
    &["--config"],
    &["--color"],
];

#[test]
fn hostile_arguments_are_shown_clean() {
    for place in PLACES {
        for sequence in SEQUENCES.iter().filter(|s| !s.contains('\0')) {
            let run = Run::new(place.iter().copied()).arg(*sequence);
            let (_, status) = said_cleanly(&run, &format!("{place:?} {sequence:?}"));
            // A line end among words is a space.
            let spaced = sequence.contains('\r') && status < 2;
            assert!(status == 2 || spaced, "{place:?} {sequence:?}: {status}");
            said_cleanly(
                &Run::new(place.iter().copied()).arg(*sequence).arg("--json"),
                &format!("{place:?} {sequence:?} --json"),
            );
        }
    }
}

#[test]
fn arguments_that_are_not_text_are_wrong_use() {
    for place in PLACES {
        let run = Run::new(place.iter().copied()).arg(OsString::from_vec(b"caf\xe9\xff".to_vec()));
        let (_, status) = said_cleanly(&run, &format!("{place:?}"));
        assert_eq!(status, 2, "{place:?}");
    }
}

#[test]
fn arguments_of_any_length_are_cut_in_what_is_said() {
    // The longest single argument that the system lets through is 128 KiB with its end.
    let long = "x".repeat(128 * 1024 - 1);
    for place in PLACES {
        let (said, status) = said_cleanly(
            &Run::new(place.iter().copied()).arg(&long),
            &format!("{place:?}"),
        );
        assert!(status == 2 && said < 1000, "{place:?}: {said} bytes");
    }
    let flag = format!("--{}", long.get(2..).unwrap());
    let (said, status) = said_cleanly(&Run::new(["define"]).arg(flag), "a long flag");
    assert!(status == 2 && said < 1000, "{said} bytes");
    let many = Run::new((0..5000).map(|i| format!("word{i}")));
    assert!(said_cleanly(&many, "5,000 words").0 < 1000);
}

#[test]
fn a_new_folder_with_a_hostile_name_is_named_cleanly() {
    for sequence in SEQUENCES.iter().filter(|s| !s.contains('\0')) {
        assert_eq!(
            said_cleanly(&Run::new(["new"]).arg(*sequence), sequence).1,
            0
        );
    }
}

/// How a sequence can be written in a file: raw, as entities, as TOML escapes.
fn written(sequence: &str) -> [(String, String); 2] {
    let entities = sequence
        .chars()
        .map(|c| format!("&#{};", c as u32))
        .collect::<String>();
    let escapes = sequence
        .chars()
        .map(|c| format!("\\U{:08x}", c as u32))
        .collect::<String>();
    [
        (sequence.to_owned(), sequence.to_owned()),
        (entities, escapes),
    ]
}

/// Puts a sequence into every text of a pack: titles, keys' values, prose, links, code, tables.
fn poison(folder: &Path, prose: &str, value: &str) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            poison(&path, prose, value);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let keys = [
            "term",
            "title",
            "name",
            "brief",
            "holder",
            "publisher",
            "claim",
            "summary",
            "provider",
            "why",
            "text",
            "note",
            "prompt",
            "question",
        ];
        let mut poisoned = text;
        for key in keys {
            poisoned = poisoned.replace(&format!("{key} = \""), &format!("{key} = \"{value}"));
        }
        poisoned = poisoned.replace("aliases = [\"", &format!("aliases = [\"{value}"));
        if path.extension().is_some_and(|e| e == "md") {
            let more = format!(
                "\n\n{prose} *{prose}* `{prose}` [{prose}](http://a/{prose} \"{prose}\")\n\n```{prose}\n{prose}\n```\n\n| {prose} | b |\n| --- | --- |\n| a | {prose} |\n\n- {prose}\n"
            );
            poisoned = poisoned.replace("\n+++\n\n", &format!("\n+++\n\n{prose} ")) + &more;
        }
        std::fs::write(&path, poisoned).unwrap();
    }
}

#[test]
fn hostile_packs_are_shown_clean() {
    let commands = [
        "",
        "list terms",
        "list terms --json",
        "open sandwich",
        "open sandwich --json",
        "define terms/wrap services/hot-dog lenses/two-slices myths/must-be-cold --json",
        "services/club-sandwich",
        "lenses/by-degree",
        "references/example-definition",
        "questions/match-words --json",
        "compare",
        "compare --json",
        "compare --by bread",
        "read",
        "read 1 --answers",
        "refs",
        "search CANARY",
        "check",
        "check --json",
        "open sandwich --color always --width 40 --plain",
        "xyzzy",
    ];
    for sequence in SEQUENCES {
        for (prose, value) in written(sequence) {
            let pack = starter();
            poison(pack.path(), &prose, &value);
            for command in commands {
                let run = Run::new(["--content"]).arg(pack.path()).arg_each(command);
                said_cleanly(&run, &format!("{command} with {prose:?}"));
            }
        }
    }
}

#[test]
fn hostile_file_names_are_shown_clean() {
    let pack = starter();
    for sequence in [
        "\x1b[2JCANARY.md",
        "\u{202e}CANARY.md",
        "a\nb.md",
        "CANARY\x07",
    ] {
        std::fs::write(pack.path().join("terms").join(sequence), "+++\n").unwrap();
    }
    std::fs::write(
        pack.path()
            .join(OsString::from_vec(b"terms/\xff.md".to_vec())),
        "+++\n",
    )
    .unwrap();
    for command in ["check", "check --json", "list terms", "cold start"] {
        said_cleanly(
            &Run::new(["--content"]).arg(pack.path()).arg_each(command),
            command,
        );
    }
}

#[test]
fn hostile_settings_are_shown_clean() {
    for sequence in SEQUENCES {
        for (raw, escaped) in written(sequence) {
            for text in [
                format!("theme = \"{escaped}\""),
                format!("lens = \"{escaped}\""),
                format!("content = \"{escaped}\""),
                format!("\"{escaped}\" = 1"),
                format!("[keys]\n\"{escaped}\" = \"{escaped}\"\nhelp = \"{escaped}\""),
                format!("theme = {raw}"),
            ] {
                said_cleanly(&Run::new(["cold", "start"]).settings(&text), &text);
                said_cleanly(&Run::new(["paths"]).settings(&text), &text);
            }
        }
    }
}
