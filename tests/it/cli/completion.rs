//! What a shell is offered, asked through the shell itself where there is one.

use std::path::Path;
use std::process::Command;

use super::{TOZERO, tozero};

/// What the program answers a shell for a line, the last word being typed.
fn offered(shell: &str, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let index = (words.len() - 1).to_string();
    let run = words.iter().fold(tozero("--"), |run, word| run.arg(*word));
    let answer = run
        .env("TOZERO_COMPLETE", shell)
        .env("_CLAP_COMPLETE_INDEX", &index)
        .env("_CLAP_IFS", "\n")
        .answer();
    answer.lines().map(str::to_owned).collect()
}

#[test]
fn every_argument_offers_what_it_takes() {
    let check = |line: &str, expected: &str| {
        for shell in ["bash", "zsh", "fish", "powershell"] {
            let all = offered(shell, line);
            let words = all.iter().map(|c| c.split(['\t', ':']).next().unwrap());
            let words: Vec<&str> = words.collect();
            assert!(words.contains(&expected), "{shell}: {line}: {words:?}");
        }
    };
    check("tozero ", "define");
    check("tozero cold-st", "cold-start");
    check("tozero define cold-s", "cold-start");
    check("tozero define aws-la", "aws-lambda");
    check("tozero define idempot", "idempotency");
    check("tozero compare ", "provider-view");
    check("tozero compare --by ", "idle-cost");
    check("tozero judge ", "aws-lambda");
    check("tozero judge --lens ", "no-knobs");
    check("tozero cost ne", "neon");
    check("tozero cost --preset ", "webhook");
    check("tozero read ", "why-overloaded");
    check("tozero refs cold", "cold-start");
    check("tozero quiz --topic ", "billing");
    check("tozero reset ", "t-cold-start");
    check("tozero list ", "terms");
    check("tozero search x --in ", "lessons");
    check("tozero help ", "environment");
    check("tozero --theme ", "dark");
    check("tozero --format ", "html");
    check("tozero completions ", "zsh");
    check("tozero --color ", "never");
}

#[test]
fn kinds_are_offered_in_the_words_of_the_pack_that_is_named() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/open-source");
    let check = |line: &str, expected: &[&str]| {
        let line = format!("tozero --content {folder} {line}");
        assert_eq!(offered("bash", &line), expected, "{line}");
    };
    check("list li", &["licenses"]);
    check("search x --in li", &["licenses"]);
    check("list serv", &[]);
    check("define licenses/agp", &[]);
}

#[test]
fn titles_stand_beside_ids_and_lead_to_them() {
    let shown = offered("fish", "tozero judge aws-lam");
    let lambda = "aws-lambda\tAWS Lambda (on demand)";
    assert!(shown.iter().any(|line| line == lambda), "{shown:?}");
    let by_title = offered("fish", "tozero define litmus");
    assert!(
        by_title
            .iter()
            .any(|line| line.starts_with("momento-litmus-test\t")),
        "{by_title:?}"
    );
    assert_eq!(
        offered("bash", "tozero define nothing-is-called-so"),
        [""; 0]
    );
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/good");
    let own = offered("bash", &format!("tozero --content {pack} define kno"));
    assert!(own.contains(&"knocker".to_owned()), "{own:?}");
}

/// What a shell itself makes of a line; `None` where there is no such shell.
fn in_shell(shell: &str, script: &str) -> Option<String> {
    let path = format!(
        "{}:/usr/bin:/bin",
        Path::new(TOZERO).parent().unwrap().display()
    );
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(shell)
        .args(["-c", script])
        .env_clear()
        .env("PATH", path)
        .env("HOME", home.path())
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm")
        .current_dir(home.path())
        .output()
        .ok()?;
    assert!(output.status.success(), "{shell}: {output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_shells_understand_their_scripts() {
    let bash = "source <(tozero completions bash); COMP_WORDS=(tozero define cold-start-ca); COMP_CWORD=2; \
                COMP_TYPE=9; _clap_complete_tozero tozero cold-start-ca define; printf '%s\\n' \"${COMPREPLY[@]}\"";
    if let Some(answer) = in_shell("bash", bash) {
        assert_eq!(answer, "cold-start-cause\n");
    }
    let fish = "tozero completions fish | source; complete -C 'tozero define cold-start-ca'";
    if let Some(answer) = in_shell("fish", fish) {
        assert_eq!(
            answer,
            "cold-start-cause\tAn ordinary function has no copies kept ready for a fee. Which of these does not normally cause a cold start?\n"
        );
    }
    let zsh = "autoload -U compinit; compinit -u -D; source <(tozero completions zsh); \
               _describe() { print -l -- ${(P)${@[-1]}} }; words=(tozero define cold-start-ca); CURRENT=3; \
               _clap_dynamic_completer_tozero";
    if let Some(answer) = in_shell("zsh", zsh) {
        assert_eq!(
            answer,
            "cold-start-cause:An ordinary function has no copies kept ready for a fee. Which of these does not normally cause a cold start?\n"
        );
    }
}

/// bash parts words at `=`; the value alone is offered then.
#[test]
fn values_behind_an_equals_sign_are_offered() {
    let check = |words: &str, at: usize, breaks: &str, expected: &str| {
        let script = format!(
            "source <(tozero completions bash); COMP_WORDBREAKS='{breaks}'; COMP_WORDS=({words}); COMP_CWORD={at}; COMP_TYPE=9; \
             run=$(complete -p tozero); run=${{run##*-F }}; run=${{run%% *}}; \
             $run tozero \"${{COMP_WORDS[at]}}\" x; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let script = script.replace("[at]", &format!("[{at}]"));
        if let Some(answer) = in_shell("bash", &script) {
            assert_eq!(answer.trim_end(), expected, "{words}");
        }
    };
    let breaks = " =:";
    check("tozero --lens = scal", 3, breaks, "scale-to-zero-view");
    check(
        "tozero judge neon --lens = scal",
        5,
        breaks,
        "scale-to-zero-view",
    );
    check(
        "tozero --lens = scal define cold-start-ca",
        5,
        breaks,
        "cold-start-cause",
    );
    check("tozero --lens=scal", 1, " ", "--lens=scale-to-zero-view");
    check("tozero --lens scal", 2, breaks, "scale-to-zero-view");
}
