//! A pack on another disputed word, from end to end: every screen and command that it has content for, as approved, and
//! nothing of the bundled subject in any of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tozero::testing::MemoryFiles;

use crate::cli::{TOZERO, tozero};
use crate::support::app::{App, compare};
use crate::support::pty::Pty;
use crate::transcripts::{self, Homes};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder with their texts, by their paths within it.
pub(crate) fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            let below = texts(&path).into_iter();
            found.extend(below.map(|(below, text)| (format!("{name}/{below}"), text)));
        } else {
            found.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    found
}

fn pack() -> BTreeMap<String, String> {
    texts(&root("tests/packs/open-source"))
}

/// The app on the pack in a wide window.
fn app() -> App {
    let mut files = MemoryFiles::of([]);
    files.0.extend(pack());
    App::on(Arc::new(files), 120, 36)
}

/// Scenes: a name, and the keys that lead there from the start.
const SCENES: &[(&str, &str)] = &[
    ("compare", ""),
    ("compare-dimension", "jjj<Enter>"),
    ("compare-perspective", "<Tab><Enter>"),
    ("compare-which", "w"),
    ("learn", "2j"),
    ("learn-recall", "2Ga"),
    ("glossary", "3"),
    ("glossary-entry", "3Ffork<Enter><Enter>"),
    ("peek", "3Ffork<Enter><Enter><Tab>K"),
    ("licenses", "4"),
    ("licenses-lens", "4Lsame freedoms<Enter>"),
    ("licenses-score", "4Lhow much<Enter>"),
    ("licenses-as-of", "4D2019-01<Enter>"),
    ("licenses-steward", "4p"),
    ("licenses-days", "4D"),
    ("license", "4Fserver side<Enter><Enter>"),
    ("quiz", "6"),
    ("references", "7"),
    ("references-entry", "7<Enter>"),
    ("tour", "I"),
    ("tour-verdicts", "I<Enter>"),
    ("tour-questions", "I<Enter><Enter>"),
    ("tour-asks", "I<Enter><Enter><Enter>"),
    ("help", "4?"),
    ("commands", ":"),
    ("lens", "L"),
    ("search", "scopyleft"),
    ("interview", "J"),
    ("judged", "J111112"),
    ("versus-licenses", "w<Down><Enter>"),
    ("versus-lenses", "w<Down><Down><Enter>"),
    ("cost-is-not-offered", "5"),
];

#[test]
fn its_screens_look_as_approved() {
    for (name, keys) in SCENES {
        compare(&format!("open-source/{name}"), &app().keys(keys).picture());
    }
}

/// Lines by the file they are kept in, without `--content ../open-source` behind the program's name.
const LINES: &[(&str, &[&str])] = &[
    ("tozero", &["", "fork", "--lens vendor-view copyleft"]),
    (
        "define",
        &[
            "define copyleft",
            "define osi-view",
            "define sspl-1-0",
            "define by-degree",
            "define licenses/mit",
            "define sspl-1-9",
            "define clouds",
        ],
    ),
    (
        "search",
        &[
            "search who may sell it",
            "search mit license --limit 3",
            "search sell --in licenses",
            "search sell in:license",
            "search sell in:methods --limit 1",
            "search steward:mongodb",
            "search sell --in licences",
        ],
    ),
    (
        "list",
        &[
            "list terms",
            "list licenses --as-of 2015",
            "list license --as-of 2015",
            "list services --as-of 2015",
            "list lenses",
            "list licences",
            "list methods",
        ],
    ),
    (
        "compare",
        &[
            "compare",
            "compare --by any-purpose",
            "compare mit sspl-1-0",
            "compare lenses/osi-view lenses/vendor-view",
        ],
    ),
    (
        "judge",
        &[
            "judge sspl-1-0",
            "judge sspl-1-0 --as-of 2019-01",
            "judge fsl-1-1 --as-of 2020",
            "judge llama 2 --lens by-degree",
            "judge no such license",
            "judge --blank",
            "judge --blank > mine.toml; tozero --content ../open-source judge --answers mine.toml",
        ],
    ),
    ("cost", &["cost", "cost mit"]),
    ("read", &["read", "read 2", "read 4 --answers"]),
    ("refs", &["refs", "refs copyleft"]),
    (
        "quiz",
        &[
            "quiz --plain --all --seed 7 --count 2 < /dev/null",
            "quiz --plain --seed 7 --only word-for-reach < /dev/null",
        ],
    ),
    ("export", &["export --format anki"]),
    ("check", &["check ../open-source", "check"]),
    ("keys", &["keys"]),
    ("help", &["list --help", "help assistants", "help settings"]),
];

#[test]
fn its_commands_say_what_was_approved() {
    let play = |clock| {
        let homes = Homes::make(clock);
        let file = |(name, lines): &(&str, &[&str])| {
            let line = |line: &&str| format!("tozero --content ../open-source {line}");
            let lines = lines.iter().map(line);
            let said = lines.map(|line| homes.play(&homes.home(), line.trim_end()));
            ((*name).to_owned(), said.collect::<String>())
        };
        LINES.iter().map(file).collect()
    };
    transcripts::compare("tests/transcripts/open-source", transcripts::texts(play));
}

#[test]
fn its_site_calls_licenses_licenses() {
    let home = tempfile::tempdir().unwrap();
    let (folder, site) = (root("tests/packs/open-source"), home.path().join("site"));
    let line = format!("--content {} site {}", folder.display(), site.display());
    tozero(&line).answer();
    let files = texts(&site);
    for page in [
        "licenses/index.html",
        "licenses/lens-by-degree.html",
        "licenses/mit.html",
    ] {
        assert!(files.contains_key(page), "{page}");
    }
    let index = &files["licenses/index.html"];
    assert!(index.contains("<h1>Licenses</h1>"), "{index}");
    assert!(index.contains("href=\"lens-by-degree.html\""), "{index}");
    assert!(files["index.html"].contains("href=\"licenses/index.html\""));
    let of_services = |(path, text): (&String, &String)| {
        (path.starts_with("services") || text.contains("services/")).then(|| path.clone())
    };
    let found: Vec<String> = files.iter().filter_map(of_services).collect();
    assert_eq!(found, [""; 0]);
}

/// Words of the bundled subject, and of how it speaks of its things.
const FOREIGN: [&str; 14] = [
    "cloud",
    "clouds",
    "serverless",
    "scale-to-zero",
    "aws",
    "amazon",
    "azure",
    "lambda",
    "google",
    "faas",
    "idle",
    "provider",
    "providers",
    "traffic",
];

#[test]
fn nothing_in_it_or_about_it_speaks_of_clouds() {
    let folders = [
        "tests/packs/open-source",
        "tests/pictures/open-source",
        "tests/transcripts/open-source",
    ];
    let mut found = Vec::new();
    for folder in folders {
        for (path, text) in texts(&root(folder)) {
            for (n, line) in (1..).zip(text.lines()) {
                // The key of the files, a line that asks for a word which is not there, the name of a key in settings.
                if line.starts_with("provider = ")
                    || line.contains("clouds")
                    || line.contains("filter.provider")
                {
                    continue;
                }
                let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '-');
                if words.any(|word| FOREIGN.contains(&word.to_lowercase().as_str())) {
                    found.push(format!("{folder}/{path}:{n}: {line}"));
                }
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn it_holds_what_a_little_work_needs() {
    let pack = pack();
    let count = |kind: &str| {
        pack.keys()
            .filter(|path| path.starts_with(&format!("{kind}/")))
            .count()
    };
    for (kind, least) in [
        ("perspectives", 2),
        ("terms", 15),
        ("services", 10),
        ("lenses", 3),
        ("lessons", 4),
        ("questions", 15),
        ("references", 10),
        ("myths", 3),
    ] {
        assert!(count(kind) >= least, "{kind}: {}", count(kind));
    }
    let terms = pack.iter().filter(|(path, _)| path.starts_with("terms/"));
    for (path, text) in terms {
        for heading in ["## OSI reading", "## Vendor reading"] {
            assert!(text.contains(heading), "{path} has {heading}");
        }
    }
}

#[test]
fn a_stranger_finds_a_license_judges_it_and_leaves() {
    let home = tempfile::tempdir().unwrap();
    let folder = root("tests/packs/open-source").display().to_string();
    let variables = [
        ("HOME", home.path().to_str().unwrap()),
        ("LC_ALL", "C.UTF-8"),
        ("COLORFGBG", "15;0"),
    ];
    let mut pty = Pty::spawn(
        Path::new(TOZERO),
        &["--content", &folder],
        (120, 36),
        &variables,
    );
    pty.wait_for("What is open source?");
    pty.send("4");
    pty.wait_for("10 licenses");
    pty.send("F");
    pty.wait_for("Ctrl-c quit");
    pty.send("llama");
    pty.wait_for("1 of 10 licenses");
    pty.wait_for("filter  llama");
    pty.send("\r");
    pty.wait_for("q quit");
    pty.wait_for("! open source in name");
    pty.send("L");
    pty.wait_for("Choose the lens");
    pty.send("how much");
    pty.wait_for("how much");
    pty.send("\r");
    pty.wait_for("? help");
    pty.wait_for("4.0 of 10");
    pty.send("5");
    pty.wait_for("this pack has no prices to calculate with");
    pty.send("J");
    pty.wait_for("Judge your own license");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

/// All that help says on this pack: every topic, and of every command both pages.
fn help_pages() -> Vec<(String, String)> {
    let folder = root("tests/packs/open-source").display().to_string();
    let said = |line: &str| {
        let page = tozero(&format!("--content {folder} {line}")).answer();
        (line.to_owned(), page.replace(&folder, "DIR"))
    };
    let topics = ["environment", "settings", "json", "schema", "assistants"];
    let (_, help) = said("--help");
    let (_, list) = help.split_once("\nLook up:\n").unwrap();
    let (list, _) = list.split_once("\nFlags:\n").unwrap();
    let named = list.lines().filter_map(|line| line.strip_prefix("  "));
    let named = named.map(|line| line.split_whitespace().next().unwrap());
    let mut pages = vec![
        said("--help"),
        said("-h"),
        said("help"),
        said("man"),
        said("paths --sample"),
    ];
    pages.extend(topics.iter().map(|topic| said(&format!("help {topic}"))));
    for command in named.chain(["cost"]) {
        pages.push(said(&format!("{command} --help")));
        pages.push(said(&format!("{command} -h")));
    }
    pages
}

/// Words of the bundled subject that its help must not take from anywhere. Keys of files and of JSON are format.
#[test]
fn all_help_speaks_of_what_the_pack_has() {
    let bundled = texts(&root("content"));
    let ours = pack();
    let ids = |files: &BTreeMap<String, String>| -> Vec<String> {
        let ids = files.keys().filter_map(|path| path.strip_suffix(".md"));
        ids.filter_map(|path| path.split_once('/').map(|(_, id)| id.to_owned()))
            .collect()
    };
    let own = ids(&ours);
    let foreign: Vec<String> = ids(&bundled)
        .into_iter()
        .filter(|id| id.contains('-') && !own.contains(id))
        .collect();
    let words = [
        "service", "services", "request", "requests", "vcpu", "sold", "sells",
    ];
    let mut found = Vec::new();
    for (line, page) in help_pages() {
        for said in page.lines() {
            let about = without_keys(said);
            let mut words_of = about.split(|c: char| !c.is_alphanumeric() && c != '-');
            // What waits is idle in every subject, and prices may depend on processors.
            let of_bills = line.starts_with("cost") && !about.contains("traffic");
            let is_foreign = |word: &str| {
                let word = word.to_lowercase();
                let is_subject = FOREIGN.contains(&&*word) || words.contains(&&*word);
                let is_of_bills = of_bills && ["idle", "vcpu"].contains(&&*word);
                is_subject && !is_of_bills || foreign.contains(&word)
            };
            if words_of.any(is_foreign) {
                found.push(format!("{line}: {said}"));
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

/// A line of help without the keys of the format that stand in it: fields of JSON, names of shapes, flags.
fn without_keys(line: &str) -> String {
    const KEYS: [&str; 25] = [
        "`service`",
        "`services`",
        "`services/`",
        "`provider`",
        "`requests`",
        "idle_usd_per_month",
        "idle_bill",
        "idle_hourly",
        "larger or idle",
        "`idle`",
        "idle_working",
        "idle_unknown",
        "near-service",
        "services-compared",
        "cost-service",
        "--vcpu",
        "--requests",
        "vcpus",
        "vcpu",
        "\"service\"",
        "\"services\"",
        "\"provider\"",
        "#/$defs/service",
        "filter.provider",
        "services/ and the id",
    ];
    let known = KEYS
        .iter()
        .fold(line.to_owned(), |line, key| line.replace(key, ""));
    // A row of a table as it is printed: its first column is a field.
    let mut columns = known.trim_start().splitn(2, "  ");
    match (columns.next(), columns.next()) {
        (Some("service"), None) => String::new(),
        (Some(field), Some(rest))
            if ["service", "services", "provider", "requests"].contains(&field) =>
        {
            rest.to_owned()
        }
        _ => known,
    }
}

#[test]
fn help_offers_what_the_pack_has() {
    let help = tozero(&format!(
        "--content {} help",
        root("tests/packs/open-source").display()
    ))
    .answer();
    assert!(help.contains("\n  judge        Judge a license"), "{help}");
    assert!(!help.contains("\n  cost "), "{help}");
}
