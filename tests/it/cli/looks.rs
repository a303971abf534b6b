//! How answers look where: widths, colors, links, ASCII, and the terminal.
//! The words are the same everywhere; what was not asked for is not printed.

use std::path::Path;

use tozero::testing::width;

use super::{ANSWERS, PAGES, Run, TOZERO, tozero};
use crate::support::pty::Pty;

#[track_caller]
fn fits(arguments: &str, cells: usize) {
    let answer = tozero(arguments)
        .arg("--width")
        .arg(cells.to_string())
        .answer();
    for line in answer.lines() {
        assert!(
            width(line) <= cells,
            "{arguments} --width {cells}: {line:?}"
        );
    }
}

#[test]
fn no_line_is_wider_than_asked() {
    let listed = |a: &str| a.starts_with("list") || a.starts_with("completions") || a == "man";
    for arguments in ANSWERS.iter().chain(&PAGES).filter(|a| !listed(a)) {
        for cells in [20, 21, 33, 45, 70, 71, 100, 142, 200] {
            fits(arguments, cells);
        }
    }
}

#[test]
fn no_line_is_wider_than_asked_at_any_width() {
    for arguments in ["", "cold start", "compare", "refs acu", "keys"] {
        (20..=200)
            .step_by(if arguments == "compare" { 1 } else { 3 })
            .for_each(|cells| fits(arguments, cells));
    }
}

#[test]
fn addresses_are_whole_unless_a_width_was_asked_for() {
    let long = "  https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-scale-to-zero.html\n";
    assert!(tozero("cold start").answer().contains(long));
    assert!(!tozero("cold start --width 80").answer().contains(long));
}

#[test]
fn a_pipe_gets_no_escape_and_ascii_where_the_locale_is() {
    for arguments in ANSWERS.iter().chain(&PAGES) {
        let answer = tozero(arguments).answer();
        assert!(!answer.contains('\x1b'), "{arguments}");
        for locale in ["C", "POSIX", "en_US.ISO-8859-1"] {
            let plain = tozero(arguments).env("LC_ALL", locale).answer();
            assert!(plain.is_ascii(), "{arguments} in {locale}");
        }
        assert!(
            tozero(arguments).arg("--ascii").answer().is_ascii(),
            "{arguments} --ascii"
        );
        let has_none = |a: &str| a.contains("-h") || a.starts_with("completions");
        if !has_none(arguments) && !["--version", "man"].contains(arguments) {
            let json = tozero(arguments).env("LC_ALL", "C").arg("--json").answer();
            assert!(json.is_ascii(), "{arguments} --json");
        }
    }
}

/// Takes escape sequences out: colors and links.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\x1b') {
        out.push_str(before);
        rest = match after.strip_prefix("]8;;") {
            Some(link) => link.split_once("\x1b\\").unwrap().1,
            None => after.strip_prefix('[').unwrap().split_once('m').unwrap().1,
        };
    }
    out + rest
}

fn trimmed(text: &str) -> Vec<String> {
    text.lines().map(|l| l.trim_end().to_owned()).collect()
}

#[test]
fn colors_change_nothing_but_colors() {
    for arguments in ANSWERS
        .iter()
        .filter(|a| !a.starts_with("list") && !["", "check", "paths", "due"].contains(*a))
    {
        let colored = tozero(arguments).arg("--color").arg("always").answer();
        assert!(
            arguments.starts_with("search")
                || arguments.contains("questions/")
                || colored.contains("\x1b["),
            "{arguments}"
        );
        assert!(
            !colored.contains("\x1b]"),
            "links are for terminals: {arguments}"
        );
        assert_eq!(
            trimmed(&bare(&colored)),
            trimmed(&tozero(arguments).answer()),
            "{arguments}"
        );
        for theme in ["dark", "light", "high-contrast", "terminal"] {
            let themed = tozero(arguments)
                .arg("--color=always")
                .arg("--theme")
                .arg(theme)
                .answer();
            assert_eq!(bare(&themed), bare(&colored), "{arguments} {theme}");
        }
    }
}

#[test]
fn plain_text_is_for_listening() {
    for arguments in ANSWERS {
        let answer = tozero(arguments).arg("--plain").answer();
        assert!(
            !answer.contains("──"),
            "{arguments}: rules would be read sign by sign: {answer}"
        );
        assert!(!answer.contains("\n\n\n"), "{arguments}: {answer}");
    }
}

#[test]
fn the_environment_is_heeded() {
    let colored = |run: Run| run.answer().contains("\x1b[");
    assert!(!colored(tozero("cold start")));
    assert!(colored(tozero("cold start").env("CLICOLOR_FORCE", "1")));
    assert!(!colored(tozero("cold start").env("CLICOLOR_FORCE", "0")));
    assert!(!colored(
        tozero("cold start --color never").env("CLICOLOR_FORCE", "1")
    ));
    assert!(!colored(tozero("cold start --color always --plain")));
    let bold = tozero("cold start")
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .answer();
    assert!(
        bold.contains("\x1b[") && !bold.contains("38;5") && !bold.contains("38;2"),
        "bold, but no colors"
    );
    assert!(colored(tozero("cold start").env("FORCE_COLOR", "1")));
    let off = tozero("cold start")
        .env("FORCE_COLOR", "1")
        .env("CLICOLOR", "0");
    assert!(colored(off), "what forces beats what declines");
    for columns in ["-1", "0", "x"] {
        assert_eq!(
            tozero("cold start").env("COLUMNS", columns).answer(),
            tozero("cold start").answer()
        );
    }
}

/// All that a run writes to a terminal of some columns, newlines as they are elsewhere.
fn shown(arguments: &str, columns: u16, variables: &[(&str, &str)]) -> String {
    shown_at(arguments, (columns, 24), variables)
}

fn shown_at(arguments: &str, size: (u16, u16), variables: &[(&str, &str)]) -> String {
    let words: Vec<&str> = arguments.split(' ').filter(|a| !a.is_empty()).collect();
    let mut pty = Pty::spawn(Path::new(TOZERO), &words, size, variables);
    assert_eq!(pty.wait_exit().code, 0, "{arguments}");
    pty.assert_restored();
    let raw = String::from_utf8(pty.raw()).unwrap();
    raw.split("\x1b]harness")
        .next()
        .unwrap()
        .replace("\r\n", "\n")
}

const HERE: [(&str, &str); 2] = [("LANG", "C.UTF-8"), ("XDG_CONFIG_HOME", "/nonexistent")];

#[test]
fn a_terminal_gets_the_same_words_with_links() {
    let text = shown("cold start", 80, &HERE);
    assert!(
        text.contains("\x1b]8;;https://aws.amazon.com/") && text.contains("\x1b["),
        "{text:?}"
    );
    let closed = text.lines().all(|l| l.matches("\x1b]8;;").count() % 2 == 0);
    assert!(closed, "every link ends on its row");
    assert_eq!(
        trimmed(&bare(&text)),
        trimmed(&tozero("cold start --width 80").answer())
    );
    let wide = bare(&shown("compare", 140, &HERE));
    assert_eq!(
        trimmed(&wide),
        trimmed(&tozero("compare --width 100").answer()),
        "at most 100"
    );
}

/// A pager that keeps what it is shown.
fn pager(folder: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    let script = folder.join("pager");
    std::fs::write(&script, "#!/bin/sh\ncat > \"$1\"\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    format!("{} {}", script.display(), folder.join("seen").display())
}

#[test]
fn what_is_longer_than_the_screen_goes_to_the_pager() {
    let folder = tempfile::tempdir().unwrap();
    let command = pager(folder.path());
    let with = [HERE[0], HERE[1], ("PAGER", command.as_str())];
    let seen = || std::fs::read_to_string(folder.path().join("seen")).unwrap_or_default();
    let text = shown("cold start", 80, &with);
    assert!(!text.contains("Cold start"), "{text:?}");
    let paged = seen();
    assert!(
        paged.contains("\x1b[1mCold start") && !paged.contains("\x1b]8"),
        "colors but no links: {paged:?}"
    );
    assert_eq!(
        trimmed(&bare(&paged)),
        trimmed(&tozero("cold start --width 80").answer())
    );
    std::fs::write(folder.path().join("seen"), "").unwrap();
    for arguments in [
        "cold start --no-pager",
        "due",
        "paths",
        "cold start --plain",
    ] {
        assert!(!shown(arguments, 80, &with).is_empty(), "{arguments}");
    }
    let missing = [HERE[0], HERE[1], ("PAGER", "/no/such/pager")];
    assert!(shown("cold start", 80, &missing).contains("Cold start"));
    assert_eq!(seen(), "", "nothing of that needs a pager");
}

#[test]
fn a_wide_terminal_shows_a_long_page_in_columns() {
    let text = bare(&shown_at("cold start", (200, 45), &HERE));
    assert!(text.lines().count() < 45, "{text}");
    let first = text.lines().next().unwrap();
    assert!(
        first.starts_with("Cold start") && width(first) > 104,
        "{text}"
    );
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let printed = bare(&shown("cold start --width 98", 200, &HERE));
    assert_eq!(words(&text), words(&printed), "no word is lost");
}

#[test]
fn a_terminal_that_wants_plain_text_gets_it() {
    for variables in [("TERM", "dumb"), ("TERM", ""), ("ACCESSIBLE", "1")] {
        for arguments in ["cold start", "compare", ""] {
            // There a menu opens instead, which has a test of its own.
            if (variables.0, arguments) == ("ACCESSIBLE", "") {
                continue;
            }
            let text = shown(arguments, 80, &[HERE[0], HERE[1], variables]);
            assert!(
                !text.contains('\x1b'),
                "{variables:?} {arguments}: {text:?}"
            );
        }
    }
    assert!(!shown("--plain", 80, &HERE).contains('\x1b'));
    assert!(!shown("cold start --color never", 80, &HERE).contains('\x1b'));
    let bold = shown("cold start", 80, &[HERE[0], HERE[1], ("NO_COLOR", "1")]);
    assert!(
        !bold.contains("38;") && bold.contains("\x1b[1m"),
        "{bold:?}"
    );
}

#[test]
fn alone_on_a_terminal_it_opens_the_app() {
    let mut pty = Pty::spawn(Path::new(TOZERO), &[], (80, 24), &HERE);
    pty.wait_for("Compare");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
    let mut pty = Pty::spawn(Path::new(TOZERO), &[], (80, 24), &HERE);
    pty.wait_for("Compare");
    pty.send("\x03");
    assert_eq!(pty.wait_exit().code, 130);
    pty.assert_restored();
}

/// Read line by line: a question at a time, answered with Enter, and no escape code.
#[test]
fn the_menu_reaches_what_there_is() {
    let plain = [HERE[0], HERE[1], ("ACCESSIBLE", "1")];
    let mut pty = Pty::spawn(Path::new(TOZERO), &[], (80, 60), &plain);
    let steps = [
        ("Number, or q to quit: ", "99"),
        (
            "Type a number from 1 to 17, or q. ? lists the choices.",
            "2",
        ),
        ("; empty goes back: ", ""),
        ("Number, or q to quit: ", "4"),
        ("Words: ", "cold start"),
        ("What helps", "15"),
        ("Lens; 14 lists lenses: ", "no-knobs"),
        ("Read through no-knobs from here on.", "8"),
        ("Name: ", "no such thing"),
        ("? lists the choices.", "q"),
    ];
    for (asked, answer) in steps {
        pty.wait_for(asked);
        pty.send(format!("{answer}\r"));
    }
    assert_eq!(pty.wait_exit().code, 0);
    let raw = String::from_utf8(pty.raw()).unwrap();
    assert!(!raw.contains('\x1b'), "{raw:?}");
}

#[test]
fn without_keys_the_app_is_not_opened() {
    let line = format!("{TOZERO} </dev/null");
    let mut pty = Pty::spawn(Path::new("/bin/sh"), &["-c", &line], (100, 24), &HERE);
    assert_eq!(pty.wait_exit().code, 2);
    pty.wait_for("standard input is not a terminal");
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("\x1b[?1049h"));
}

/// No variable is taken on trust, and no program is started to learn what the terminal is.
#[test]
fn an_odd_environment_changes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let expected = tozero("define cold-start").answer();
    let mut run = tozero("define cold-start");
    let planted = run.home().join("tput");
    std::fs::write(&planted, "#!/bin/sh\ntouch \"$HOME/ran\"\n").unwrap();
    std::fs::set_permissions(&planted, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = run.home().to_string_lossy().into_owned();
    for n in 0..2_000 {
        run = run.env(&format!("ODD_{n}"), "\u{1b}[2J");
    }
    for columns in ["-1", "99999999999999999999", "", "x"] {
        run = run
            .env("PATH", &path)
            .env("COLUMNS", columns)
            .env("LINES", "x");
        assert_eq!(run.answer(), expected, "{columns:?}");
    }
    assert!(!run.home().join("ran").exists());
}
