//! The settings file: what is in it counts, what is wrong in it is told with its place.
//! A broken file never keeps an answer back, unless it was named and cannot be read.

use super::{Run, starter, tozero};

#[test]
fn settings_count_and_flags_beat_them() {
    let pack = starter();
    let text = format!(
        "content = '{}'\nascii = true\nlens = 'two-slices'\n",
        pack.path().display()
    );
    assert_eq!(
        tozero("list terms").settings(&text).answer(),
        "bread\nfilling\nopen-sandwich\nwrap\n"
    );
    let entry = tozero("open sandwich").settings(&text).answer();
    assert!(entry.is_ascii(), "{entry}");
    assert!(
        tozero("paths")
            .settings(&text)
            .answer()
            .contains(pack.path().to_str().unwrap())
    );
    let other = starter();
    std::fs::remove_file(other.path().join("terms/wrap.md")).unwrap();
    let flag = Run::new(["list", "terms", "--content"])
        .arg(other.path())
        .settings(&text)
        .answer();
    assert_eq!(flag, "bread\nfilling\nopen-sandwich\n");
}

#[test]
fn the_lens_that_is_on_is_marked() {
    let on = |answer: &str| {
        answer
            .lines()
            .find(|l| l.ends_with("· lens on"))
            .map(ToOwned::to_owned)
    };
    assert_eq!(
        on(&tozero("cold start").answer()).as_deref(),
        Some("Scale to zero · lens on")
    );
    assert_eq!(
        on(&tozero("cold start --lens provider-view").answer()).as_deref(),
        Some("Provider view · lens on")
    );
    assert_eq!(
        on(&tozero("cold start")
            .settings("lens = 'provider-view'")
            .answer())
        .as_deref(),
        Some("Provider view · lens on")
    );
    assert_eq!(on(&tozero("cold start --lens cncf-view").answer()), None);
}

#[test]
fn keys_are_those_of_the_user() {
    let row = |answer: &str| {
        answer
            .lines()
            .find(|l| l.contains(" move.down "))
            .unwrap()
            .split_whitespace()
            .take(2)
            .collect::<String>()
    };
    assert_eq!(row(&tozero("keys").answer()), "Downj");
    assert_eq!(
        row(&tozero("keys")
            .settings("[keys]\n'move.down' = ['e', 'Down']\n")
            .answer()),
        "eDown"
    );
}

#[test]
fn variables_beat_the_settings_and_flags_beat_variables() {
    let title = |run: Run| {
        let answer = run.answer();
        let on = answer.lines().find(|l| l.ends_with("· lens on"));
        on.unwrap_or_default().to_owned()
    };
    let run = || {
        tozero("cold start")
            .settings("lens = 'scale-to-zero-view'")
            .env("TOZERO_LENS", "provider-view")
    };
    assert_eq!(title(run()), "Provider view · lens on");
    let typed = run().arg_each("--lens scale-to-zero-view");
    assert_eq!(title(typed), "Scale to zero · lens on");
    let pack = starter();
    let terms = tozero("list terms").env("TOZERO_CONTENT", pack.path().to_str().unwrap());
    assert!(terms.answer().starts_with("bread\n"));
    let fault = |variable, value| tozero("compare").env(variable, value).fault(2);
    assert_eq!(
        fault("TOZERO_LENS", "no-knob"),
        "tozero: TOZERO_LENS: there is no lens called no-knob\nhelp: did you mean no-knobs?\n"
    );
    assert_eq!(
        fault("TOZERO_THEME", "drak"),
        "tozero: TOZERO_THEME: there is no theme drak\nhelp: did you mean dark?\n"
    );
    assert_eq!(
        fault("TOZERO_CONFIG", "none.toml"),
        "tozero: TOZERO_CONFIG: none.toml cannot be read: there is no such file\n"
    );
}

#[test]
fn the_sample_sets_nothing_and_every_line_of_it_is_right() {
    let sample = tozero("paths --sample").answer();
    assert_eq!(
        tozero("paths").settings(&sample).answer().lines().count(),
        5
    );
    let set: String = sample
        .lines()
        .skip(1)
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| !line.starts_with("Keys"))
        .map(|line| format!("{line}\n"))
        .collect();
    let said = tozero("paths").settings(&set).say();
    assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{set}");
    let help = tozero("help settings").answer();
    assert!(help.contains("# lens = "), "{help}");
}

#[test]
fn a_mistake_is_told_where_it_matters() {
    let settings = "theme = 'drak'\nthmee = 1\nmouse = 'yes'\n[keys]\nhelp = 'Hyper-x'\n";
    let told = |arguments, settings| {
        let said = tozero(arguments).settings(settings).say();
        said.stderr.matches("config.toml:").count()
    };
    for arguments in ["list terms", "cold start", "due", "--help", "help keys"] {
        assert_eq!(told(arguments, settings), 0, "{arguments}");
    }
    for arguments in ["paths", "keys"] {
        assert_eq!(told(arguments, settings), 4, "{arguments}");
    }
    // What changes every answer is told with every answer, and once.
    for settings in ["content = 7", "lens = "] {
        assert_eq!(told("list terms", settings), 1, "{settings}");
        assert!(told("paths", settings) >= 1, "{settings}");
    }
}

#[test]
fn mistakes_are_told_with_their_place_and_the_rest_is_used() {
    let run = tozero("keys").settings("ascii = true\nthmee = 'dark'\n[keys]\nhelp = 'Hyper-x'\n");
    let said = run.say();
    assert_eq!(said.status, 0);
    assert!(said.stdout.starts_with("Keys\n----\n"));
    let file = run.settings_file();
    for place in [
        format!("--> {}:2:1", file.display()),
        format!("--> {}:4:8", file.display()),
    ] {
        assert!(said.stderr.contains(&place), "{place} in {}", said.stderr);
    }
    assert!(
        said.stderr.contains("did you mean theme?") && said.stderr.contains("Hyper-x is not a key"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("2 | thmee = 'dark'"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_file_that_was_named_must_be_there() {
    assert_eq!(
        tozero("paths --config none.toml").fault(2),
        "tozero: none.toml cannot be read: there is no such file\n"
    );
    let run = tozero("paths --config /dev/zero");
    assert_eq!(
        run.fault(2),
        "tozero: /dev/zero cannot be read: this is not a regular file\n"
    );
    let run = tozero("cold start --config mine.toml");
    std::fs::write(run.home().join("mine.toml"), "lens = 'provider-view'").unwrap();
    assert!(run.answer().contains("Provider view · lens on"));
}

#[test]
fn a_lens_that_is_not_in_the_pack_is_told() {
    let said = tozero("cold start").settings("lens = 'no-knob'").say();
    assert_eq!(
        (said.status, said.stdout),
        (0, tozero("cold start").answer())
    );
    assert!(
        said.stderr.contains("config.toml:1:8\n") && said.stderr.contains("did you mean no-knobs?"),
        "{}",
        said.stderr
    );
}

#[test]
fn without_a_home_nothing_is_read() {
    let run = tozero("paths").env("HOME", "relative");
    let output = run.command().output().unwrap();
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.contains("no home folder"), "{answer}");
}

/// Files of the user's own beside the settings, by their paths there.
fn with_own(run: Run, files: &[(&str, &str)]) -> Run {
    let run = run.settings("");
    for (path, text) in files {
        let path = run.settings_file().parent().unwrap().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    run
}

#[test]
fn a_lens_of_ones_own_is_used_where_a_lens_is() {
    let mine = "name = \"Idle costs nothing\"\n[minimum]\nscale_to_zero = \"yes\"\n";
    let file = [("lenses/serverless/mine.toml", mine)];
    let answer = |line: &str| with_own(tozero(line), &file).answer();
    assert!(answer("list lenses").ends_with("\nmine\n"));
    assert!(answer("judge aws-lambda --lens mine").contains("Idle costs nothing"));
    assert!(answer("compare lenses/mine lenses/aws-view").contains("your own rule"));
    let page = answer("define lenses/mine");
    assert!(
        page.contains("Scales to zero, at least yes") || page.contains("scales to zero"),
        "{page}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&answer("define lenses/mine --json")).unwrap();
    assert_eq!(
        (&json["fidelity"], &json["source"]),
        (&"own".into(), &serde_json::Value::Null)
    );
    let set = with_own(tozero("judge neon"), &file).settings("lens = 'mine'");
    assert!(set.answer().contains("Idle costs nothing"));
    let typed = ["--", "tozero", "judge", "--lens", "mi"];
    let offered = with_own(Run::new(typed), &file)
        .env("TOZERO_COMPLETE", "fish")
        .env("_CLAP_COMPLETE_INDEX", "3")
        .env("_CLAP_IFS", "\n");
    assert_eq!(offered.answer(), "mine\tIdle costs nothing\n");
}

#[test]
fn mistakes_in_ones_own_lenses_and_themes_have_file_and_line() {
    let files = [
        (
            "lenses/serverless/mine.toml",
            "name = \"N\"\n[minimum]\nscale_to_zer = \"yes\"\nscale_to_zero = \"yep\"\n",
        ),
        ("themes/dusk.toml", "base = \"dark\"\nfirst = \"blod\"\n"),
    ];
    let told = |line: &str| with_own(tozero(line), &files).say().stderr;
    let paths = told("paths");
    for words in [
        "lenses/serverless/mine.toml:3:1",
        "did you mean `scale_to_zero`?",
        "lenses/serverless/mine.toml:4:17",
        "themes/dusk.toml:2:9",
        "first: blod is neither a color nor a style",
    ] {
        assert!(paths.contains(words), "{words} in\n{paths}");
    }
    let named = told("judge neon --lens mine");
    assert!(named.contains("mine.toml:4:17"), "{named}");
    assert!(named.contains("there is no lens called mine"), "{named}");
    assert_eq!(told("judge neon"), "", "nobody asked for it");
}
