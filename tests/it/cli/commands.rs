//! What each command answers, to the letter where that is stable.
//! Every command is here with every exit status it has.

use super::{ANSWERS, PAGES, Run, folder, starter, tozero};

#[track_caller]
fn begins(arguments: &str, expected: &str) {
    let answer = tozero(arguments).answer();
    assert!(answer.starts_with(expected), "{arguments}: {answer}");
}

#[test]
fn every_answer_is_given_without_a_word_beside_it() {
    for arguments in ANSWERS {
        let answer = tozero(arguments).answer();
        assert!(!answer.is_empty() || arguments == "check", "{arguments}");
    }
    for arguments in PAGES {
        assert!(!tozero(arguments).answer().is_empty(), "{arguments}");
    }
}

#[test]
fn an_entry_is_found_by_everything_it_is_called() {
    let entry = tozero("define cold-start").answer();
    for arguments in [
        "cold start",
        "Cold-Start",
        "COLD START",
        "define cold start",
        "startup-delay",
        "terms/cold-start",
    ] {
        assert_eq!(tozero(arguments).answer(), entry, "{arguments}");
    }
    assert_eq!(Run::new(["cold start"]).answer(), entry);
    assert_eq!(tozero("-- cold start").answer(), entry);
    begins(
        "define cold-start",
        "Cold start\n──────────\n\nThe extra delay of a request",
    );
    begins("lenses/no-knobs", "No knobs at all\n───────────────\n");
}

#[test]
fn an_entry_ends_with_its_sources_in_full() {
    let answer = tozero("define cold-start").answer();
    let (_, sources) = answer
        .split_once("\nAddresses\n")
        .expect("it cites references");
    let expected = "AWS Lambda standardizes billing for INIT Phase\n  https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/\n";
    assert!(sources.starts_with(expected), "{sources}");
}

#[test]
fn several_names_give_several_entries() {
    let both = format!(
        "{}\n{}",
        tozero("define acu").answer(),
        tozero("define faas").answer()
    );
    assert_eq!(tozero("define acu faas").answer(), both);
}

#[test]
fn lists_are_ids_and_nothing_else() {
    let lenses = "aws-checklist\naws-view\nazure-view\nberkeley-view\ncloudflare-view\ncncf-view\ngoogle-cloud-view\n\
        kehoe-spectrum\nmomento-litmus-test\nno-knobs\npaul-johnston-view\nprovider-view\nscale-to-zero-view\nwhat-a-floor-buys\n";
    assert_eq!(tozero("list lenses").answer(), lenses);
    assert_eq!(tozero("list lens").answer(), lenses);
    begins(
        "list lessons",
        "why-overloaded\nprovider-view-lesson\nzero-view-lesson\nside-by-side\n",
    );
    for (kind, least) in [
        ("terms", 190),
        ("questions", 250),
        ("references", 100),
        ("services", 100),
        ("myths", 40),
    ] {
        let answer = tozero(&format!("list {kind}")).answer();
        assert!(
            answer.lines().count() >= least && answer.lines().all(tozero::testing::is_id),
            "{kind}"
        );
    }
}

#[test]
fn definitions_stand_side_by_side_where_there_is_room() {
    let wide = tozero("compare --width 80").answer();
    assert!(wide.contains("How does it scale?  ≠ differ\n"), "{wide}");
    assert!(
        wide.contains("follows demand                           down to zero\n"),
        "{wide}"
    );
    let narrow = tozero("compare --width 70").answer();
    assert!(
        narrow.contains("\n  follows demand\n"),
        "34 cells each do not fit into 70: {narrow}"
    );
    let linear = tozero("compare --width 200 --plain").answer();
    assert!(
        linear.contains("\n  follows demand\n") && linear.contains("\n  down to zero\n"),
        "{linear}"
    );
}

#[test]
fn any_perspective_can_be_compared() {
    let default = tozero("compare").answer();
    assert_eq!(
        tozero("compare provider-view scale-to-zero-view").answer(),
        default
    );
    assert_eq!(tozero("compare provider-view").answer(), default);
    assert_eq!(
        tozero("compare provider-view provider-view").answer(),
        default
    );
    let four = tozero("compare cncf-view aws-view azure-view dhh-critique --width 160").answer();
    for holder in [
        "Amazon Web Services",
        "Microsoft Azure",
        "David Heinemeier Hansson",
    ] {
        assert!(four.contains(holder), "{four}");
    }
    // Parties are known by what people call them.
    assert_eq!(
        tozero("compare aws google").answer(),
        tozero("compare aws-view google-cloud-view").answer()
    );
    let five = "compare cncf-view aws-view azure-view dhh-critique kehoe-spectrum";
    assert_eq!(
        tozero(five).fault(2),
        "tozero: 5 perspectives are too many, 4 are the most\n"
    );
    assert!(
        tozero("compare --by idle-cost aws-view")
            .fault(2)
            .contains("cannot stand with"),
        "two wishes at once"
    );
}

#[test]
fn one_question_can_be_put_to_all() {
    let answer = tozero("compare --by idle-cost").answer();
    assert!(
        answer.starts_with("What does idle cost?\n────────────────────\n"),
        "{answer}"
    );
    assert_eq!(
        Run::new(["compare", "--by", "What does idle cost?"]).answer(),
        answer
    );
    let expected =
        "tozero: there is no dimension called idle-cots\nhelp: did you mean idle-cost?\n";
    assert_eq!(tozero("compare --by idle-cots").fault(1), expected);
}

#[test]
fn lessons_are_read_by_number_or_name() {
    begins(
        "read",
        "Lessons\n───────\n\n 1  Why the word is overloaded  4 minutes\n    why-overloaded\n",
    );
    assert_eq!(
        tozero("read 1").answer(),
        tozero("read why-overloaded").answer()
    );
    assert_eq!(
        tozero("read why the word is overloaded").answer(),
        tozero("read 1").answer()
    );
    let (asked, answered) = (
        tozero("read 2").answer(),
        tozero("read 2 --answers").answer(),
    );
    assert!(
        !asked.contains("a  right") && answered.contains("right"),
        "answers only when asked for"
    );
    assert!(asked.contains("--answers shows the answers"), "{asked}");
}

#[test]
fn references_are_numbered_with_address_and_date() {
    let answer = tozero("refs acu").answer();
    let expected = "References about Aurora capacity unit\n";
    assert!(answer.starts_with(expected), "{answer}");
    assert!(answer.contains("· checked 2026-"), "{answer}");
    assert!(
        answer.contains("\n   https://") || answer.contains("\n    https://"),
        "{answer}"
    );
    assert_eq!(
        tozero("refs acu --open 99").fault(2),
        "tozero: there is no number 99, only 2 references\n"
    );
}

#[test]
fn an_address_is_shown_before_it_is_opened() {
    let said = tozero("refs acu --open 1").fault(2);
    let (first, rest) = said.split_once('\n').unwrap();
    assert!(
        first.contains(": opening https://") && !first.starts_with("http"),
        "the host comes first: {first}"
    );
    assert_eq!(rest, "tozero: there is no display here to open it on\n");
}

#[test]
fn a_new_pack_passes_and_can_be_read() {
    let pack = tempfile::tempdir().unwrap();
    assert_eq!(Run::new(["new"]).arg(pack.path()).say().status, 0);
    let at = |arguments: &str| Run::new(["--content"]).arg(pack.path()).arg_each(arguments);
    assert_eq!(at("check").answer(), "8 entries, no problems\n");
    assert_eq!(at("list terms").answer(), "bread\nfilling\nopen-sandwich\n");
    assert!(at("").answer().starts_with("What is a sandwich?\n"));
    assert!(at("compare").answer().contains("differ"));
    let again = Run::new(["new"]).arg(pack.path()).fault(2);
    assert!(again.ends_with(": the folder is not empty\n"), "{again}");
}

#[test]
fn the_whole_bundled_pack_can_be_written() {
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("copy");
    let said = Run::new(["new", "--from-bundled"]).arg(&copy).say();
    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(
        said.stdout
            .contains("files written. Next:\n  tozero check "),
        "{}",
        said.stdout
    );
    let at = |arguments: &str| Run::new(["--content"]).arg(&copy).arg_each(arguments);
    let told = Run::new(["check"]).arg(&copy).answer();
    assert_eq!(
        told,
        tozero("check").answer(),
        "the copy has as many entries"
    );
    for arguments in [
        "",
        "cold start",
        "refs cold start",
        "compare",
        "read 1",
        "list lessons",
        "search cold start",
        "acu --json",
    ] {
        assert_eq!(
            at(arguments).answer(),
            tozero(arguments).answer(),
            "{arguments}"
        );
    }
}

#[test]
fn problems_are_reported_with_their_place() {
    let pack = starter();
    std::fs::write(
        pack.path().join("terms/broken.md"),
        "+++\nterm = 3\n+++\n\nSee [x](../terms/cold-strat.md).\n",
    )
    .unwrap();
    let said = Run::new(["check"]).arg(pack.path()).say();
    assert_eq!(said.status, 1);
    let place = format!("{}/terms/broken.md:2:8\n", pack.path().display());
    assert!(
        said.stdout.contains(&place) && said.stdout.contains("\n2 | term = 3\n"),
        "{}",
        said.stdout
    );
    assert!(
        said.stderr.ends_with(" in 22 entries\n") && said.stderr.contains(" error"),
        "{}",
        said.stderr
    );
    let lost = Run::new(["--content"])
        .arg(pack.path())
        .arg_each("define broken")
        .fault(2);
    let (left_out, lost) = lost.split_once('\n').unwrap();
    assert!(
        left_out.starts_with("1 entry left out: tozero check "),
        "{left_out}"
    );
    assert_eq!(
        lost,
        "tozero: terms/broken cannot be shown, its file has errors\nhelp: tozero check DIR shows them with their lines\n"
    );
}

#[test]
fn stale_facts_are_warnings() {
    let pack = starter();
    let said = Run::new(["check", "--stale", "0m"]).arg(pack.path()).say();
    assert_eq!(said.status, 0, "warnings are no errors: {}", said.stderr);
    assert!(
        said.stdout.contains("warning[date-stale]") && said.stderr.contains("warning"),
        "{}",
        said.stdout
    );
    assert_eq!(
        tozero("check --stale soon").fault(2),
        "tozero: soon is no value for --stale <AGE>: write it as 18m or 2y\n"
    );
}

#[test]
fn a_pack_without_a_head_is_refused() {
    let nothing = folder(&[("terms/a.md", "x")]);
    let at = |arguments: &str| {
        Run::new(["--content"])
            .arg(nothing.path())
            .arg_each(arguments)
    };
    let said = at("list terms").fault(2);
    assert!(
        said.contains("pack.toml") && said.contains("tozero: the pack cannot be opened\n"),
        "{said}"
    );
    let broken = folder(&[("pack.toml", "format = 1\ntitle = \n")]);
    let said = Run::new(["compare", "--content"])
        .arg(broken.path())
        .fault(2);
    assert!(
        said.contains("pack.toml:2:") && said.contains("2 | title =\n"),
        "{said}"
    );
    assert_eq!(
        tozero("compare --content nowhere").fault(2),
        "tozero: nowhere cannot be read: there is no such file\n"
    );
}

#[test]
fn places_are_told_and_not_made() {
    let run = tozero("paths");
    let answer = run.answer();
    let expected = format!(
        "Settings  {0}/.config/tozero/config.toml\nThemes    {0}/.config/tozero/themes\n\
         Lenses    {0}/.config/tozero/lenses/serverless\nProgress  {0}/.local/state/tozero\nContent   bundled\n",
        run.home().display()
    );
    assert_eq!(
        answer.split_whitespace().collect::<Vec<_>>(),
        expected.split_whitespace().collect::<Vec<_>>()
    );
    for arguments in ANSWERS {
        let run = tozero(arguments);
        run.say();
        assert_eq!(
            std::fs::read_dir(run.home()).unwrap().count(),
            0,
            "{arguments} leaves nothing behind"
        );
    }
}

#[test]
fn shells_and_man_get_what_they_need() {
    for (shell, sign) in [
        ("bash", "-F _tozero tozero"),
        ("zsh", "#compdef tozero"),
        ("fish", "--command tozero"),
        ("elvish", "edit:"),
    ] {
        let script = tozero(&format!("completions {shell}")).answer();
        assert!(
            script.contains(sign) && script.contains("TOZERO_COMPLETE"),
            "{shell}"
        );
    }
    let page = tozero("man").answer();
    assert!(
        page.contains(".TH TOZERO 1") && page.contains(".SH \"EXIT STATUS\""),
        "{page}"
    );
    for shell in ["sh", "dash"] {
        let said = tozero("completions").arg(shell).fault(2);
        assert!(said.contains("is no value for <SHELL>"), "{said}");
    }
}

#[test]
fn help_is_the_same_by_both_ways() {
    for command in ["define", "compare", "check", "man"] {
        assert_eq!(
            tozero(&format!("help {command}")).answer(),
            tozero(&format!("{command} --help")).answer()
        );
    }
    assert_eq!(tozero("help").answer(), tozero("--help").answer());
    let version = tozero("--version").answer();
    let begins = format!("tozero {}", env!("CARGO_PKG_VERSION"));
    assert!(
        version.starts_with(&begins) && version.contains(" (facts as of 20"),
        "{version}"
    );
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    for arguments in ANSWERS.iter().chain(&PAGES) {
        let run = tozero(arguments);
        assert_eq!(run.bytes(), run.bytes(), "{arguments}");
    }
}

#[test]
fn input_is_not_asked_for() {
    for arguments in ANSWERS {
        let run = tozero(arguments);
        let answer = run.answer();
        assert_eq!(run.input("q\nanything\n").answer(), answer, "{arguments}");
    }
}

#[test]
fn a_large_folder_is_not_read_for_one_entry_of_it() {
    let term = |n: usize| {
        let other = (n + 1) % 1_100;
        let sought = if matches!(n, 7 | 8) {
            "\"ringing\""
        } else {
            ""
        };
        (
            format!("terms/bell-{n}.md"),
            format!(
                "+++\nterm = \"Bell number {n}\"\nfound_by = [{sought}]\nbrief = \"Rings {n} times.\"\n+++\n\nBefore [it](../terms/bell-{other}.md).\n"
            ),
        )
    };
    let mut files: Vec<(String, String)> = (0..1_100).map(term).collect();
    files.push((
        "pack.toml".to_owned(),
        "format = 1\nid = \"bells\"\ntitle = \"What is a bell?\"\n".to_owned(),
    ));
    files.push(("terms/broken.md".to_owned(), "+++\nterm = 3\n".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (&**p, &**t)).collect();
    let pack = folder(&files);
    let say = |words: &str| tozero("--content").arg(pack.path()).arg_each(words).say();
    for words in [
        "define bell-7",
        "bell-7",
        "define terms/bell-7",
        "define BELL-7",
        "define Bell 7",
        "define bell number 7",
        "define ringing",
    ] {
        let said = say(words);
        assert_eq!(
            (said.status, &*said.stderr),
            (0, ""),
            "nothing else was looked at"
        );
        assert!(said.stdout.starts_with("Bell number 7"), "{}", said.stdout);
        assert!(
            said.stdout
                .contains("not looked for: that takes reading 1,101 entries"),
            "{}",
            said.stdout
        );
    }
    // Who mentions an entry is known only when all are read.
    let said = say("define bell-7 --json");
    assert!(said.stderr.contains("1 entry left out"), "{}", said.stderr);
    assert!(said.stdout.contains("bell-6"), "{}", said.stdout);
}

#[test]
fn a_pack_without_makers_and_categories_is_asked_for_none() {
    let view = |answer: &str| {
        format!(
            "+++\nname = \"{answer}\"\nholder = \"H\"\nurl = \"https://example.org/{answer}\"\n[positions]\nhow = \"{answer}\"\n+++\nIt is {answer}.\n\n## How?\n\n{answer}.\n"
        )
    };
    let thing = "+++\nname = \"Gong\"\nas_of = \"2026\"\nconfidence = \"low\"\nsources = [\"https://example.org\"]\n[facts.rings]\nanswer = \"yes\"\nwhy = \"One hears it.\"\n+++\n\nA disc.\n";
    let pack = folder(&[
        (
            "pack.toml",
            "format = 1\nid = \"bells\"\ntitle = \"What is a bell?\"\n[[criteria]]\nid = \"rings\"\ntitle = \"rings\"\n[[dimensions]]\nid = \"how\"\nquestion = \"How?\"\npositions = { loud = \"loud\", soft = \"soft\" }\n",
        ),
        ("perspectives/loud.md", &view("loud")),
        ("perspectives/soft.md", &view("soft")),
        ("services/gong.md", thing),
        (
            "questions/how-many.md",
            "+++\nanswer = 3\n+++\nHow many?\n\n---\n\nThree.\n",
        ),
    ]);
    let say = |words: &str| tozero("--content").arg(pack.path()).arg_each(words).say();
    let checked = tozero("check").arg(pack.path()).say();
    assert_eq!(
        (checked.status, &*checked.stdout),
        (0, "4 entries, no problems\n")
    );
    let gong = say("define gong").stdout;
    assert!(gong.starts_with("Gong\n────\n\n"), "{gong}");
    assert!(
        !gong.contains(" · "),
        "nothing stands for what is not there: {gong}"
    );
    for words in ["what is a bell", "What is a bell?"] {
        let said = say(words).stdout;
        assert!(said.contains("How?  ≠ differ"), "{said}");
    }
    let quiz = say("quiz --plain --seed 1");
    assert!(quiz.stdout.contains("\nA number:"), "{}", quiz.stdout);
}

/// A misspelled `pack.toml` must not pass as a folder of questions with nothing wrong in it.
#[test]
fn a_pack_without_its_head_is_no_folder_of_questions() {
    let term = "+++\nterm = \"Gong\"\n+++\n\nA gong.\n";
    for files in [
        &[
            ("README.md", "Mine."),
            ("pakc.toml", "format = 1"),
            ("terms/gong.md", term),
        ][..],
        &[
            ("README.md", "Mine."),
            ("q.md", "x"),
            ("terms/gong.md", term),
        ],
        &[("README.md", "Mine.")],
    ] {
        let pack = folder(files);
        let run = tozero("check").arg(pack.path());
        let said = run.say();
        assert_eq!(said.status, 1, "{files:?}: {}{}", said.stdout, said.stderr);
        let all = said.stdout + &said.stderr;
        assert!(all.contains("pack-missing"), "{files:?}: {all}");
    }
}

#[test]
fn help_and_the_guide_name_every_bundled_theme() {
    let help = tozero("--help --width 200").answer();
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let sample = tozero("paths --sample").answer();
    let line = "dark, light, high-contrast, terminal, dark-16, light-16";
    for text in [help, readme, sample] {
        assert!(text.contains(line), "{text}");
    }
}
