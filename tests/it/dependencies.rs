//! What the program is built from: every license is one that `.cargo/deny.toml` allows, every crate comes from the registry,
//! and no crate that must be there once is there twice. The public checks ask cargo-deny as well, for advisories too.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

struct Rules {
    licenses: Vec<String>,
    /// Crates that must not be there in two versions.
    once: Vec<String>,
}

fn rules() -> Rules {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.cargo/deny.toml"));
    let rules: toml::Table = text.unwrap().parse().unwrap();
    let texts = |value: &toml::Value| -> Vec<String> {
        let all = value.as_array().unwrap().iter();
        all.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let once = rules["bans"]["deny"].as_array().unwrap().iter();
    Rules {
        licenses: texts(&rules["licenses"]["allow"]),
        once: once
            .map(|ban| ban["crate"].as_str().unwrap().to_owned())
            .collect(),
    }
}

/// Whether an SPDX expression of the usual form, alternatives joined by `AND`, can be satisfied by these licenses.
fn is_allowed(expression: &str, licenses: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    expression.split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')', ' ']);
        let mut alternatives = part
            .split(" OR ")
            .map(|one| one.trim_matches(['(', ')', ' ']));
        alternatives.any(|one| licenses.iter().any(|license| license == one))
    })
}

#[test]
fn expressions_of_licenses_are_read() {
    let licenses = ["MIT", "Zlib"].map(str::to_owned);
    let check = |expression, expected| {
        assert_eq!(is_allowed(expression, &licenses), expected, "{expression}")
    };
    check("MIT", true);
    check("GPL-3.0-only", false);
    check("GPL-3.0-only OR MIT", true);
    check("Apache-2.0/MIT", true);
    check("(MIT OR Apache-2.0) AND Zlib", true);
    check("(MIT OR Apache-2.0) AND Unicode-3.0", false);
}

#[test]
fn every_dependency_is_one_that_may_be_built_from() {
    let rules = rules();
    let out = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "all",
            "--prefix",
            "none",
        ])
        .args([
            "--target",
            "x86_64-unknown-linux-gnu",
            "--format",
            "{p}\t{l}",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let tree = String::from_utf8(out.stdout).unwrap();
    let mut wrong = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in tree.lines() {
        // Headings of groups have no license.
        let Some((package, license)) = line.split_once('\t') else {
            continue;
        };
        let (name, version) = package.split_once(' ').unwrap();
        if name == "tozero" {
            continue;
        }
        let license = license.trim_end_matches(" (*)");
        versions.entry(name).or_default().insert(version);
        if !is_allowed(license, &rules.licenses) {
            wrong.push(format!(
                "{name}: {license} is not among the licenses allowed"
            ));
        }
        // What does not come from the registry has its place in brackets.
        if version.contains("://") || version.contains("(/") {
            wrong.push(format!("{name} comes from {version}"));
        }
    }
    for name in &rules.once {
        if versions.get(name.as_str()).is_some_and(|all| all.len() > 1) {
            wrong.push(format!("{name} is there in two versions"));
        }
    }
    assert!(versions.len() > 50, "{} crates are read", versions.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
