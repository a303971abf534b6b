//! The guide's examples are sound packs, and its tables are what the readers accept.

use std::collections::BTreeSet;

use super::*;
use crate::pack::check::check;
use crate::pack::files::CHECKLIST;
use crate::pack::{Address, CheckOptions, Checked, MemoryFiles};

fn files(full: bool) -> MemoryFiles {
    let files = starter(full);
    MemoryFiles::of(files.iter().map(|(path, text)| (&**path, &**text)))
}

fn checked(files: &MemoryFiles) -> Checked {
    check(files, &CheckOptions::default())
}

#[test]
fn the_first_page_is_the_smallest_complete_pack() {
    let files = files(false);
    let checked = checked(&files);
    assert_eq!(checked.diagnostics, []);
    let counts = checked.entries.map(|(kind, count)| (kind.word(), count));
    let some: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(some, [("perspectives", 2), ("terms", 3), ("questions", 3)]);
    assert_eq!(files.0.len(), 8 + ["pack.toml", "README.md"].len());
    let told = "\n    8 entries, no problems\n";
    assert!(
        GUIDE.1.contains(told),
        "the first page says what check says"
    );
}

#[test]
fn all_examples_are_a_sound_pack_with_every_kind() {
    let files = files(true);
    let checked = checked(&files);
    assert_eq!(checked.diagnostics, []);
    assert!(files.0.contains_key(CHECKLIST));
    for (kind, count) in checked.entries {
        assert!(count > 0, "the guide has an example of {}", kind.word());
    }
    let kinds = "single several true-false classify order match numeric typed";
    for kind in kinds.split(' ') {
        let line = format!("\nkind = \"{kind}\"\n");
        assert!(files.0.values().any(|text| text.contains(&line)), "{kind}");
    }
}

#[test]
fn examples_are_cut_out_whole() {
    let guide = "Text `a`:\n\n`pack.toml`:\n\n```toml\nx = 1\n\ny = 2\n```\n\nSee `b`:\n\n```\nno\n```\n\n`t/a.md`:\n\n```md\nz\n```\n";
    assert_eq!(
        examples(guide).collect::<Vec<_>>(),
        [("pack.toml", "x = 1\n\ny = 2\n"), ("t/a.md", "z\n")]
    );
}

/// The tables of the guide: the heading above each, the folder or file it is of, and what stands in front of the keys there.
const TABLES: [(&str, &str, &str); 19] = [
    ("## pack.toml", "pack.toml", ""),
    ("### things", "pack.toml", "[things]\n"),
    ("### criteria", "pack.toml", "[[criteria]]\n"),
    ("### answers", "pack.toml", "[[answers]]\n"),
    ("### verdicts", "pack.toml", "met = { "),
    ("### readings", "pack.toml", "[[readings]]\n"),
    ("### stances", "pack.toml", "[[stances]]\n"),
    ("### parties", "pack.toml", "[[parties]]\n"),
    ("### search", "pack.toml", "[search]\n"),
    ("### dimensions", "pack.toml", "[[dimensions]]\n"),
    ("## Terms", "terms/wrap.md", "+++\n"),
    ("## Perspectives", "perspectives/", "+++\n"),
    ("## Lenses", "lenses/", "+++\n"),
    ("## Services", "services/", "+++\n"),
    ("### History", "services/hot-dog.md", "[[history]]\n"),
    ("## References", "references/", "+++\n"),
    ("## Myths", "myths/", "+++\n"),
    ("## Lessons", "lessons/", "+++\n"),
    ("## Questions", "questions/", "+++\n"),
];

/// A row of such a table: its keys, and whether they are needed.
struct GuideRow {
    keys: Vec<String>,
    needed: String,
}

/// The rows of the first table below a heading. Keys that depend on the pack are those of the example.
fn rows(heading: &str) -> Vec<GuideRow> {
    let (_, section) = GUIDE
        .1
        .split_once(&format!("\n{heading}\n"))
        .expect(heading);
    let table = section
        .lines()
        .skip_while(|line| !line.starts_with("| Key"));
    let row = |line: &str| {
        let mut cells = line.split(" | ").map(|cell| cell.trim_matches(['|', ' ']));
        let keys = match cells.next()? {
            "the `claim` key of `[things]`" => vec!["called_sandwich".to_owned()],
            "the id of a criterion" => ["bread", "two_pieces", "by_hand"].map(String::from).into(),
            names => {
                let names = names
                    .split(", ")
                    .map(|name| name.trim_matches(['`', '[', ']']));
                names.map(str::to_owned).collect()
            }
        };
        let needed = cells.next()?.to_owned();
        Some(GuideRow { keys, needed })
    };
    table
        .skip(2)
        .map_while(|line| line.strip_prefix("| "))
        .filter_map(row)
        .collect()
}

/// The keys that a file takes after some text: what is said of one that it does not take.
fn accepted(path: &str, before: &str) -> Vec<String> {
    let unknown = if before.ends_with(' ') {
        "zzzzzzzz = 1, "
    } else {
        "zzzzzzzz = 1\n"
    };
    let mut files = files(true);
    let text = files.0[path].replacen(before, &format!("{before}{unknown}"), 1);
    files.0.insert(path.to_owned(), text);
    let checked = checked(&files);
    let told = checked
        .diagnostics
        .iter()
        .find(|d| d.message.contains("zzzzzzzz"));
    let help = told.and_then(|d| d.help.clone()).unwrap_or_default();
    let quoted = help.split('`').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

/// Whether a file without a key is refused for it; `None` when the key is on no line of its own behind some text.
fn is_needed(path: &str, before: &str, key: &str) -> Option<bool> {
    let mut files = files(true);
    let (head, rest) = files.0[path].split_once(before)?;
    let end = rest.find("\n[").unwrap_or(rest.len());
    let (table, after) = rest.split_at(end);
    let is_key = |line: &&str| line.starts_with(&format!("{key} = "));
    table.lines().find(is_key)?;
    let kept: Vec<&str> = table.lines().filter(|line| !is_key(line)).collect();
    let text = format!("{head}{before}{}\n{after}", kept.join("\n"));
    files.0.insert(path.to_owned(), text);
    let message = format!("`{key}` is missing");
    Some(
        checked(&files)
            .diagnostics
            .iter()
            .any(|d| &*d.message == message.as_str()),
    )
}

#[test]
fn the_tables_of_the_guide_are_the_keys_that_are_read() {
    for (heading, place, before) in TABLES {
        let all = files(true);
        let paths: Vec<&str> = all.0.keys().map(String::as_str).collect();
        let paths = paths
            .into_iter()
            .filter(|path| path.starts_with(place) && all.0[*path].contains(before));
        let rows = rows(heading);
        let documented: BTreeSet<String> = rows.iter().flat_map(|row| row.keys.clone()).collect();
        let read: BTreeSet<String> = paths
            .clone()
            .flat_map(|path| accepted(path, before))
            .collect();
        assert_eq!(documented, read, "{heading}");
        for row in &rows {
            let needed = match row.needed.as_str() {
                "no" => false,
                "yes" => true,
                _ => continue,
            };
            for key in &row.keys {
                let told = paths.clone().find_map(|path| is_needed(path, before, key));
                assert!(told.is_none_or(|told| told == needed), "{heading}: {key}");
            }
        }
    }
}

#[test]
fn every_key_of_a_price_model_is_in_the_guide() {
    use crate::pack::Price;
    use crate::text::Words;
    let rows = rows("### Pricing");
    let documented: Vec<&String> = rows.iter().flat_map(|row| &row.keys).collect();
    for (key, _) in Price::WORDS {
        assert!(documented.iter().any(|known| known == key), "{key}");
    }
}

#[test]
fn links_of_the_guide_lead_to_its_headings_and_to_files_of_the_bundled_pack() {
    let headings: BTreeSet<String> = GUIDE
        .1
        .lines()
        .filter_map(|line| {
            line.strip_prefix("## ")
                .or_else(|| line.strip_prefix("### "))
        })
        .map(|title| {
            title
                .to_lowercase()
                .replace(['.', ','], "")
                .replace(' ', "-")
        })
        .collect();
    for link in GUIDE.1.split("](").skip(1) {
        let target = link.split(')').next().unwrap_or_default();
        let is_there = match target.split_once('#') {
            Some(("", heading)) => headings.contains(heading),
            _ if target.starts_with("../") || target.starts_with("http") => true,
            _ => Address::of_path(target)
                .is_some_and(|address| Bundled.read(&address.path()).is_ok()),
        };
        assert!(is_there, "{target}");
    }
}
