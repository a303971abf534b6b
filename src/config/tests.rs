//! What flags, environment and file come to; what is said of each wrong value.

use std::path::PathBuf;

use super::*;
use crate::app::keymap::BINDINGS;
use crate::text::Day;
use crate::text::diagnostic::line_column;

fn parse(source: &str) -> Config {
    file::parse(
        source.to_owned(),
        Path::new("/home/config.toml"),
        Vec::new(),
    )
}

/// An environment in which nothing is asked for: a terminal with UTF-8.
fn terminal() -> Environment {
    Environment {
        input: true,
        output: true,
        columns: 80,
        rows: 24,
        variables: vec![("LANG", "C.UTF-8".to_owned()), ("TERM", "xterm".to_owned())],
    }
}

/// The setting of a name in words, for tables.
fn setting(config: &Config, name: &str) -> String {
    match name {
        "theme" => config
            .theme
            .as_ref()
            .map_or_else(String::new, |t| t.name().to_string()),
        "lens" => config.lens.as_deref().unwrap_or_default().to_owned(),
        "lens place" => format!("{:?}", config.lens_span),
        "content" => {
            let folders = config.content.iter().map(|f| f.display().to_string());
            folders.collect::<Vec<_>>().join(" ")
        }
        "mouse" => config.mouse.to_string(),
        "ascii" => config.style.ascii.to_string(),
        "recall" => config.recall.share().to_string(),
        "width" => config.style.width.to_string(),
        "as of" => config.as_of.map(|d| d.to_string()).unwrap_or_default(),
        _ => keys(config, name),
    }
}

fn keys(config: &Config, action: &str) -> String {
    let binding = BINDINGS.iter().find(|b| b.name == action).unwrap();
    let keys = config.keymap.keys(binding.action).iter();
    keys.map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn flags_beat_the_environment_which_beats_the_file_which_beats_what_is_built_in() {
    let check = |name, file: &str, variables: &[(&'static str, &str)], flags, expected: &str| {
        let mut environment = terminal();
        for (variable, value) in variables {
            environment.variables.retain(|(name, _)| name != variable);
            environment.variables.push((variable, (*value).to_owned()));
        }
        let mut config = parse(file);
        apply(&mut config, &flags, &environment).unwrap();
        assert_eq!(setting(&config, name), expected, "{name}: {file} {flags:?}");
    };
    let none = GlobalFlags::default;
    let theme = |name: &str| GlobalFlags {
        theme: Some(name.to_owned()),
        ..none()
    };
    let lens = |name: &str| GlobalFlags {
        lens: Some(name.to_owned()),
        ..none()
    };
    let content = |folder: &str| GlobalFlags {
        content: vec![PathBuf::from(folder)],
        ..none()
    };
    let ascii = || GlobalFlags {
        ascii: true,
        ..none()
    };
    check("theme", "", &[], none(), "");
    check("theme", "theme = 'dark'", &[], none(), "dark");
    check("theme", "theme = 'dark'", &[], theme("light"), "light");
    check("lens", "", &[], none(), "");
    check("lens", "lens = 'a'", &[], none(), "a");
    check("lens", "lens = 'a'", &[], lens("b"), "b");
    check("lens place", "lens = 'a'", &[], none(), "Some(7..10)");
    check("lens place", "lens = 'a'", &[], lens("b"), "None");
    check("content", "", &[], none(), "");
    check("content", "content = 'p'", &[], none(), "/home/p");
    check("content", "content = 'p'", &[], content("q"), "q");
    check("ascii", "", &[], none(), "false");
    check("ascii", "ascii = true", &[], none(), "true");
    check("ascii", "ascii = false", &[("LANG", "C")], none(), "true");
    check("ascii", "ascii = false", &[], ascii(), "true");
    check("mouse", "", &[], none(), "false");
    check("mouse", "mouse = true", &[], none(), "true");
    check("recall", "", &[], none(), "0.9");
    check("recall", "recall = 0.8", &[], none(), "0.8");
    check("width", "", &[], none(), "80");
    check("help", "", &[], none(), "? F1");
    check("help", "[keys]\nhelp = 'F2'", &[], none(), "F2");
    check("help", "[keys]\nhelp = []", &[], none(), "");
    let narrow = GlobalFlags {
        width: Some(40),
        as_of: Day::parse("2023"),
        ..none()
    };
    check("width", "", &[], narrow.clone(), "40");
    check("as of", "", &[], narrow, "2023");
}

#[test]
fn a_wrong_flag_ends_the_run() {
    let flags = GlobalFlags {
        theme: Some("drak".to_owned()),
        ..GlobalFlags::default()
    };
    let error = apply(&mut Config::default(), &flags, &terminal()).unwrap_err();
    assert_eq!(error.message.as_str(), "there is no theme drak");
    assert_eq!(error.help.as_deref(), Some("did you mean dark?"));
}

/// What is said of a file, with its places.
fn problems(source: &str) -> Vec<String> {
    let said = parse(source).problems.into_iter().map(|p| {
        let (line, column) = line_column(source, p.span.unwrap_or(0..0).start);
        let help = p.help.map(|h| format!(" ({h})")).unwrap_or_default();
        format!("{line}:{column} {}: {}{help}", p.code, p.message)
    });
    said.collect()
}

#[test]
fn what_is_wrong_in_the_file_is_said_with_its_place() {
    let check = |source: &str, expected: &[&str]| assert_eq!(problems(source), expected);
    check("", &[]);
    check("theme = 'dark'\n[keys]\n'move.down' = ['e', 'Down']", &[]);
    check(
        "\n  tehme = 1",
        &["2:3 unknown-key: there is no setting named tehme (did you mean theme?)"],
    );
    check(
        "color = 1",
        &[
            "1:1 unknown-key: there is no setting named color (one of theme, lens, content, keys, mouse, remember, ascii, recall)",
        ],
    );
    check(
        "theme = 1",
        &["1:9 value-type: `theme` must be text in quotes, not a whole number"],
    );
    check(
        "theme = 'drak'",
        &["1:9 unknown-theme: there is no theme drak (did you mean dark?)"],
    );
    check(
        "theme = 'mauve'",
        &[
            "1:9 unknown-theme: there is no theme mauve (one of dark, light, high-contrast, terminal, dark-16, light-16)",
        ],
    );
    check(
        "mouse = 'yes'",
        &["1:9 value-type: `mouse` must be `true` or `false`, not text"],
    );
    check(
        "content = ''",
        &["1:11 value-empty: `content` is empty (write something, or leave it out)"],
    );
    check("recall = 0.97", &[]);
    check(
        "recall = 0.99",
        &["1:10 value-range: `recall` must be from 0.7 to 0.97"],
    );
    check(
        "recall = '0.9'",
        &["1:10 value-type: `recall` must be a number, not text"],
    );
}

#[test]
fn what_is_wrong_with_keys_is_said_with_its_place() {
    let check = |source: &str, expected: &[&str]| assert_eq!(problems(source), expected);
    let spelled = "(keys are written j, G, Ctrl-k, Shift-Tab, F1, Space, PgDn)";
    let taken = "(give one of the two another key; until then the keys are the usual ones)";
    check(
        "keys = 1",
        &["1:8 value-type: `keys` must be a table, not a whole number"],
    );
    check(
        "[keys]\nquit = 1",
        &["2:8 value-type: `quit` must be text in quotes, or a list of it, not a whole number"],
    );
    check(
        "[keys]\nquit = ['Ctrl-q', 1]",
        &["2:19 value-type: `quit` must be text in quotes, not a whole number"],
    );
    check(
        "[keys]\n'move.dwon' = 'e'",
        &["2:1 unknown-action: there is no action move.dwon (did you mean move.down?)"],
    );
    check(
        "[keys]\nnonsense = 'e'",
        &["2:1 unknown-action: there is no action nonsense (tozero keys names them all)"],
    );
    check(
        "[keys]\nhelp = ['F1', 'Hyper-x']",
        &[&format!(
            "2:15 unknown-key-name: Hyper-x is not a key {spelled}"
        )],
    );
    check(
        "[keys]\nhelp = 'q'",
        &[&format!(
            "2:1 key-taken: q would mean both help and quit {taken}"
        )],
    );
}

#[test]
fn the_sound_rest_is_used() {
    let check = |source: &str, name, expected: &str| {
        let config = parse(source);
        assert_eq!(setting(&config, name), expected, "{name} in {source}");
        assert!(!config.problems.is_empty(), "{source}");
        assert_eq!(config.source, source);
    };
    let wrong = "theme = 'drak'\nmouse = true\nlens = 'no-knobs'\n[keys]\nhelp = ['F2', 'Hyper-x']";
    check(wrong, "theme", "");
    check(wrong, "mouse", "true");
    check(wrong, "lens", "no-knobs");
    check(wrong, "help", "F2");
    check(wrong, "quit", "q");
    let broken = "theme = 'dark'\nlens = \nmouse = true\n[keys\nquit = 'x'\n";
    check(broken, "theme", "dark");
    check(broken, "mouse", "true");
    check(
        "theme = 'dark'\ntheme = 'light'\nascii = true",
        "ascii",
        "true",
    );
    // A list of nothing but mistakes does not take the keys away.
    check("[keys]\nhelp = [1]", "help", "? F1");
    check("[keys]\nhelp = ['Hyper-x']", "help", "? F1");
    // Where a key would mean two things, none of the changes is made.
    check(
        "[keys]\nhelp = 'q'\n'move.down' = 'F3'",
        "move.down",
        "Down j",
    );
}

#[test]
fn folders_count_from_home_or_from_the_file() {
    let folder = |text: &str| parse(&format!("content = '{text}'")).content;
    assert_eq!(folder("/x"), [PathBuf::from("/x")]);
    assert_eq!(folder("../x"), [PathBuf::from("/home/../x")]);
    let home = etcetera::home_dir().ok();
    let in_home = home.map(|home| home.join("x"));
    assert_eq!(folder("~/x"), Vec::from_iter(in_home));
    let several = parse("content = ['/x', 'y']").content;
    assert_eq!(several, ["/x", "/home/y"].map(PathBuf::from));
}

#[test]
fn hostile_words_are_shown_clean() {
    let source = "theme = \"\\u001b[2J\"\nlens = \"\\u001b[2J\"\n\"\\u001b[31m\" = 1\n\x1b = 2";
    let config = parse(source);
    assert_eq!(config.lens.as_deref(), Some("\u{241b}[2J"));
    let said = problems(source);
    assert!(said.iter().all(|p| !p.contains('\x1b')), "{said:?}");
}

#[test]
fn a_missing_file_is_nothing_to_talk_about_unless_it_was_named() {
    let none = Path::new("/nowhere/config.toml");
    assert_eq!(open(none, false, Vec::new()).unwrap().problems, []);
    let error = open(none, true, Vec::new()).unwrap_err();
    let said = "/nowhere/config.toml cannot be read: there is no such file";
    assert_eq!(error.message.as_str(), said);
    let device = open(Path::new("/dev/zero"), false, Vec::new()).unwrap();
    let said: Vec<&str> = device.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(said, ["this is not a regular file"]);
    assert!(open(Path::new("/dev/zero"), true, Vec::new()).is_err());
}
