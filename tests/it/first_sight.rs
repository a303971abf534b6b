//! What somebody meets who opens the program for the first time: five tasks in few keys, and no key that is told in vain.

use std::collections::BTreeSet;

use tozero::testing::{BINDINGS, Effect, Scope};

use crate::support::app::{App, chords};

/// A task: how many keys it may take, the keys, and what then stands on the screen.
const TASKS: &[(&str, usize, &str, &[&str])] = &[
    (
        "the two definitions",
        0,
        "",
        &[
            "Others run the servers; you pay for",
            "nobody calls, nobody pays.",
            "≠ 5 of 12 differ",
        ],
    ),
    (
        "cold start",
        12,
        "scold start<Enter>",
        &["The extra delay of a request that must wait"],
    ),
    ("a quiz of five questions", 4, "6<Left><Enter>", &["1 of 5"]),
    (
        "is Aurora Serverless v2 serverless",
        12,
        "saurora v2<Enter>",
        &["Amazon Aurora Serverless v2", "~ nearly serverless"],
    ),
];

#[test]
fn five_tasks_take_few_keys() {
    for (task, most, keys, shown) in TASKS {
        let used = chords(keys).len();
        assert!(used <= *most, "{task}: {used} keys");
        let picture = App::bundled(80, 24).keys(keys).picture();
        for words in *shown {
            assert!(picture.contains(words), "{task}: {words} in\n{picture}");
        }
    }
    let opened = App::bundled(80, 24).keys("7o<Enter>");
    assert!(matches!(opened.effects.as_slice(), [Effect::Open(_)]));
}

/// Where one can be, and the keys that lead there.
const PLACES: &[(&str, &str)] = &[
    ("Compare", ""),
    ("Learn", "2"),
    ("Glossary", "3"),
    ("a term", "3<Enter>"),
    ("Services", "4"),
    ("a service", "4<Enter>"),
    ("Cost", "5"),
    ("Quiz", "6"),
    ("a question", "6<Enter>"),
    ("References", "7"),
    ("the interview", "J"),
];

/// Keys that do nothing only since nothing was done before them, or since one is there already.
const ALREADY: &[&str] = &["back", "close", "forward", "judge", "next", "slide.more"];

#[test]
fn no_key_is_told_that_does_nothing() {
    let mut vain = BTreeSet::new();
    for (place, keys) in PLACES {
        let start = App::bundled(80, 24).keys(keys);
        let before = (start.picture(), start.effects.len());
        let (scopes, keymap) = (start.model.scopes(), start.model.config.keymap.clone());
        for binding in BINDINGS {
            let told = keymap.keys(binding.action).first();
            let Some(key) = told.filter(|k| keymap.action(&scopes, **k) == Some(binding.action))
            else {
                continue;
            };
            let is_there = matches!(binding.scope, Scope::Moving)
                || ALREADY.contains(&binding.name)
                || binding.name.starts_with("screen.");
            if is_there || !scopes.contains(&binding.scope) {
                continue;
            }
            let app = App::bundled(80, 24).keys(keys).keys(&format!("<{key}>"));
            if (app.picture(), app.effects.len()) == before {
                vain.insert(format!("{place}: {key} ({})", binding.name));
            }
        }
    }
    assert_eq!(vain, BTreeSet::new());
    let asked = App::bundled(80, 24).keys("6<Enter>?look terms").picture();
    assert!(asked.contains("no key does that"), "digits answer: {asked}");
    let list = App::bundled(80, 24).keys("4?stance").picture();
    assert!(
        list.contains("no key does that"),
        "nothing here has one: {list}"
    );
}
