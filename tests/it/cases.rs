//! The cases of failure that were thought of: each is in `tests/CASES.md`, and each test named there exists.

use std::collections::BTreeSet;
use std::path::Path;

/// Cases of each group.
const GROUPS: [(char, usize); 10] = [
    ('A', 24),
    ('B', 12),
    ('C', 14),
    ('D', 16),
    ('E', 17),
    ('F', 12),
    ('G', 26),
    ('H', 12),
    ('I', 11),
    ('J', 7),
];

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of every source below a folder.
fn texts(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, all);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            all.push((path.to_string_lossy().into_owned(), text));
        }
    }
}

#[test]
fn every_case_has_a_test_or_a_reason() {
    let mut sources = Vec::new();
    texts(&root("src"), &mut sources);
    texts(&root("tests/it"), &mut sources);
    let tests: BTreeSet<&str> = sources
        .iter()
        .flat_map(|(_, text)| text.split("#[test]").skip(1))
        .filter_map(|rest| rest.split_once("fn ")?.1.split('(').next())
        .collect();
    let cases = std::fs::read_to_string(root("tests/CASES.md")).unwrap();
    let mut rows = cases.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| ")?.split(" | ").collect();
        let group = cells.first()?.chars().next()?;
        (group.is_ascii_uppercase()).then_some(cells)
    });
    for (group, count) in GROUPS {
        for n in 1..=count {
            let cells = rows.next().unwrap();
            assert_eq!(cells[0], format!("{group}{n}"));
            let held = cells[2..].join(" | ");
            for name in held.split('`').skip(1).step_by(2) {
                let is_test = name.contains('_') && !name.contains([' ', '.', '/', '=']);
                let known =
                    tests.contains(name) || ["assert_restored", "string_slice"].contains(&name);
                assert!(!is_test || known, "{group}{n}: there is no test {name}");
            }
            let reason =
                held.contains("no test") || held.contains("no case") || held.contains("no such");
            assert!(reason || held.contains('`'), "{group}{n}");
        }
    }
    assert!(rows.next().is_none());
}

/// A second crossterm would be a second idea of the terminal's modes; without unwinding no panic gives the terminal back.
#[test]
fn one_terminal_library_and_a_sound_release() {
    let lock = std::fs::read_to_string(root("Cargo.lock")).unwrap();
    assert_eq!(lock.matches("name = \"crossterm\"\n").count(), 1);
    let manifest = std::fs::read_to_string(root("Cargo.toml")).unwrap();
    let (_, release) = manifest.split_once("[profile.release]").unwrap();
    let release = release.split("\n[").next().unwrap();
    assert!(release.contains("overflow-checks = true"), "{release}");
    assert!(!release.contains("panic"), "{release}");
}

#[test]
fn nothing_here_speaks_to_a_network() {
    let mut sources = Vec::new();
    texts(&root("src"), &mut sources);
    for (path, text) in sources {
        for name in ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"] {
            assert!(!text.contains(name), "{path} names {name}");
        }
    }
}
