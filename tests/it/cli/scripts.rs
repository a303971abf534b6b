//! A pack in several scripts, with names that differ by a sign: what is asked for is what is answered.
//! Promise: nobody gets another entry than the one that was named, and every text in it is found and set right.

use super::{Run, Said};

/// File, name and text of each term.
const TERMS: [(&str, &str, &str); 17] = [
    ("c", "C", "A language."),
    ("c-plus-plus", "C++", "Another language."),
    ("c-sharp", "C#", "A third language."),
    ("net", "NET", "A word."),
    ("dot-net", ".NET", "A platform."),
    ("ha", "は", "A kana."),
    ("ぱ", "ぱ", "Another kana, with an id in its own script."),
    ("o", "o", "A letter."),
    ("ö", "ö", "A letter with points; use a VM here."),
    ("cafe", "Café", "Use an S3 bucket. ```let```"),
    (
        "youki",
        "コンテナ",
        "まとめて運ぶ箱。監視対象を見る。\n\n環境。",
    ),
    (
        "kanaria",
        "カナリア",
        "デプロイメントの順番のこと。コンとテナ。",
    ),
    ("zaba", "オブザーバー", "見守る人。監査と視点。"),
    ("tenanto", "テナント", "借りる人。メンテナンスも含む。"),
    (
        "soft",
        "Soft breaks",
        "日本語の文章は\n分かち書きをしない、\nだから。",
    ),
    (
        "long",
        "Long code",
        "Read this:\n\n```\nlet a_name_that_is_long = call(with_one_argument, with_another_argument, and_a_third_one_to_be_sure);\n```",
    ),
    (
        "alert",
        "Alert",
        "> [!NOTE]\n> Mind the step. <!-- not for readers -->",
    ),
];

const HEAD: &str =
    "format = 1\ntitle = \"Scripts\"\nlanguage = \"en\"\nsummary = \"Names by their signs.\"\n";

/// A run on that pack.
fn asked(words: &[&str]) -> Run {
    let run = Run::new(["--content", "pack"].iter().chain(words));
    let folder = run.home().join("pack/terms");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(run.home().join("pack/pack.toml"), HEAD).unwrap();
    for (id, term, text) in TERMS {
        let text = format!("+++\nterm = \"{term}\"\nbrief = \"It is {id}.\"\n+++\n{text}\n");
        std::fs::write(folder.join(format!("{id}.md")), text).unwrap();
    }
    run
}

fn say(words: &[&str]) -> Said {
    asked(words).say()
}

#[test]
fn names_that_differ_by_a_sign_are_names() {
    for (_, term, _) in TERMS {
        let said = say(&[term]);
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{term}");
        assert_eq!(said.stdout.lines().next(), Some(term));
    }
    for (typed, term) in [
        ("c++", "C++"),
        ("Ｃ＃", "C#"),
        ("は\u{309a}", "ぱ"),
        ("CAFÉ", "Café"),
    ] {
        let said = say(&[typed]);
        assert_eq!(said.stderr, "", "{typed}");
        assert_eq!(said.stdout.lines().next(), Some(term), "{typed}");
    }
}

#[test]
fn what_is_taken_for_a_name_is_said() {
    let said = say(&["cafe"]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""), "its id");
    let said = say(&["caf\u{e8}"]);
    let expected = "tozero: nothing is called caf\u{e8}; this is Café, terms/cafe\n";
    assert_eq!((said.status, said.stderr.as_str()), (0, expected));
    assert_eq!(said.stdout.lines().next(), Some("Café"));
    for other in ["C*", "C--", "F#"] {
        let said = say(&[other]);
        assert_eq!((said.status, said.stdout.as_str()), (1, ""), "{other}");
    }
}

#[test]
fn the_pack_is_sound_but_for_its_comment() {
    let run = asked(&[]);
    let said = run.then("check pack").say();
    assert_eq!(said.status, 0, "{}", said.stderr);
    let all = said.stdout + &said.stderr;
    assert!(
        all.contains("html-comment") && all.contains("terms/alert.md:6:18"),
        "{all}"
    );
    assert!(
        all.ends_with(
            "1 warning in 17 entries
"
        ),
        "{all}"
    );
}

#[test]
fn every_occurrence_is_found_and_nothing_else() {
    let check = |words: &[&str], expected: &[&str]| {
        let run = asked(&["search"]);
        let said = words.iter().fold(run, |run, word| run.arg(*word)).say();
        let lines = said.stdout.lines().filter(|line| line.starts_with("terms"));
        let mut ids: Vec<&str> = lines
            .filter_map(|line| line.split_whitespace().nth(1))
            .collect();
        ids.sort_unstable();
        assert_eq!(ids, expected, "{words:?}: {}", said.stdout);
    };
    check(&["コンテナ"], &["youki"]);
    check(&["監視"], &["youki"]);
    check(&["環境"], &["youki"]);
    check(&["サーバ"], &[]);
    check(&["ザーバ"], &["zaba"]);
    check(&["箱"], &["youki"]);
    check(&["テナ"], &["kanaria", "tenanto", "youki"]);
    check(&["VM"], &["ö"]);
    check(&["S3"], &["cafe"]);
    check(&["here", "VM"], &["ö"]);
}

#[test]
fn the_very_name_comes_first() {
    for name in ["C", "C++", "C#"] {
        let said = say(&["search", name]);
        let first = said.stdout.lines().next().unwrap_or("");
        assert!(first.ends_with(&format!("{name}  exact name")), "{first}");
    }
}

#[test]
fn ideographs_and_code_are_set_as_they_should() {
    let said = say(&["soft"]);
    assert!(
        said.stdout
            .contains("日本語の文章は分かち書きをしない、だから。"),
        "{}",
        said.stdout
    );
    let said = asked(&["soft", "--width", "24"]).say();
    let wrong = said
        .stdout
        .lines()
        .find(|line| line.trim_start().starts_with(['、', '。']));
    assert_eq!(wrong, None);
    let said = say(&["long"]);
    assert!(
        said.stdout.contains("and_a_third_one_to_be_sure);\n"),
        "{}",
        said.stdout
    );
    let said = asked(&["long", "--width", "40"]).say();
    assert!(said.stdout.contains("\n  … "), "{}", said.stdout);
    let said = say(&["alert"]);
    assert!(said.stdout.contains("│ Note\n"), "{}", said.stdout);
    assert!(!said.stdout.contains("readers"), "{}", said.stdout);
}

#[test]
fn a_pipe_has_no_width() {
    let long = |run: Run| {
        let said = run.say();
        said.stdout
            .lines()
            .map(|line| line.chars().count())
            .max()
            .unwrap_or(0)
    };
    let search = || Run::new(["search", "scale to zero", "--limit", "40"]);
    assert!(long(search()) > 120);
    assert!(long(search().env("COLUMNS", "100")) <= 100);
    assert!(long(search().arg_each("--width 60")) <= 60);
}
