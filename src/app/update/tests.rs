//! What each message and each action that holds everywhere does.

use std::sync::Arc;

use crate::app::route::{Route, Tab};
use crate::app::samples::{App, check, check_toasts, keys, library_with};
use crate::app::update::{NOT_SENT, NOT_TYPED};
use crate::app::{Effect, Msg};
use crate::core::search::SearchIndex;
use crate::layout::Theme;
use crate::pack::Library;
use crate::text::SafeText;

#[track_caller]
fn asks(script: &str, expected: &[Effect]) {
    let app = App::new().keys(script);
    assert_eq!(app.effects, expected, "{script}\n{}", app.text());
}

#[test]
fn keys_that_end_or_stop_the_program() {
    asks("q", &[Effect::Quit]);
    asks("<Ctrl-c>", &[Effect::Interrupt]);
    asks("<Ctrl-z>", &[Effect::Suspend]);
    asks("<Ctrl-l>", &[Effect::Redraw]);
    asks("?<Ctrl-c>", &[Effect::Interrupt]);
    asks("sq<Esc>", &[]);
    asks("<Esc><Esc><Esc>", &[]);
}

#[test]
fn the_mouse_is_turned_on_and_off() {
    asks("m", &[Effect::Mouse(true)]);
    asks("mm", &[Effect::Mouse(true), Effect::Mouse(false)]);
    check_toasts(&[
        (
            "m",
            "mouse on: wheel and clicks work, the terminal no longer selects text",
        ),
        ("mm", "mouse off: the terminal selects text again"),
    ]);
}

#[test]
fn each_digit_opens_its_tab_and_each_tab_is_left_as_it_was() {
    for tab in Tab::ALL {
        let app = App::new().keys(&tab.digit().to_string());
        assert_eq!(app.model.route.tab(), tab);
    }
    check(&[
        ("3j23", "> Knocker", ""),
        ("2.32", "Nobody rings.", ""),
        ("3j3", "> Knocker", ""),
    ]);
}

#[test]
fn the_way_back_and_forward() {
    check(&[
        ("32[", "> Chime", ""),
        ("32[]", "Press the button", ""),
        ("32<Backspace>", "> Chime", ""),
        ("4<Enter><Esc>", "> ", "A bell that rings when pressed. "),
    ]);
    check_toasts(&[
        ("[", "this is where you began"),
        ("]", "nothing to go forward to"),
        ("3[]]", "nothing to go forward to"),
    ]);
}

#[test]
fn a_toast_is_gone_with_the_next_key() {
    check_toasts(&[("[", "this is where you began"), ("[3", ""), ("[?", "")]);
}

#[test]
fn a_word_at_once_acts_only_where_a_field_takes_it() {
    let check = |before: &str, word: &str, shown: &str, toast: &str| {
        let mut app = App::new().keys(before);
        app.send(Msg::Burst(keys(word)));
        app.shows(shown).says(toast);
    };
    check("2", "quit", "It is round.", NOT_TYPED);
    check("2", "3jjq", "It is round.", NOT_TYPED);
    check("2", "3456", "It is round.", NOT_TYPED);
    check("?", "quit", "quit", "");
    // A field that is open, or that the first key opens.
    check("3/", "kno", "filter  kno", "");
    check("3", "/knock", "> Knocker", "");
    check("3", "/knock<Enter>", "filter  knock", NOT_SENT);
    check("2", ":help<Enter>", "filter  help", NOT_SENT);
    check("s", "knock<Enter>", "search  knock", NOT_SENT);
    // A letter begins words, and opens nothing.
    check("3", "sknock", "filter  / to filter", NOT_TYPED);
}

#[test]
fn pasted_text_without_a_field_is_told() {
    let mut app = App::new().keys("2");
    app.send(Msg::Paste(SafeText::ours("6")));
    app.shows("It is round.").says(NOT_TYPED);
}

#[test]
fn links_are_walked_peeked_at_and_followed() {
    check(&[
        ("3<Tab><Enter>", "> Knocker", ""),
        ("2<Tab><Enter>", "> Chime", ""),
        ("2<Tab><Tab><Enter>", "It is round.", ""),
    ]);
    check_toasts(&[("6<Tab>", "no links here")]);
}

#[test]
fn a_name_on_the_page_is_looked_up_without_a_link() {
    check(&[
        ("2K", "Two tones, the higher", "Look up"),
        ("2K<Enter>", "> Chime", "Enter go there"),
    ]);
    // Of several, the one that is chosen; never what the page itself is about.
    let guest = "+++\nterm = \"Guest\"\nbrief = \"Who rings.\"\n+++\n\nSomebody comes.\n";
    let app = || App::on(library_with(&[("terms/guest.md", guest)]), (100, 30)).keys("3K");
    app().shows("1 of 2").shows("> Guest");
    app().keys("<Enter>").shows("Somebody comes.");
    app().keys("knock<Enter><Enter>").shows("> Knocker");
    check_toasts(&[
        ("6K", "no term stands on these rows; Tab goes to a link"),
        ("6<Enter>K", "answer first: looking up waits until then"),
    ]);
    // Where the list stands alone, the row under the cursor.
    let app = App::sized(50, 20).keys("3K");
    app.shows("Enter go there");
}

#[test]
fn sources_are_shown_before_they_are_opened() {
    check(&[
        ("3o", "Open which source?", ""),
        ("7o", "Open example.org", ""),
    ]);
    let app = App::new().keys("7o<Enter>");
    assert!(matches!(app.effects.as_slice(), [Effect::Open(_)]));
    app.says("opening example.org");
    let app = App::new().keys("7ocopy<Enter>");
    assert!(
        matches!(app.effects.as_slice(), [Effect::Copy(_, what)] if what.as_str() == "the address")
    );
    check_toasts(&[
        ("5o", "no source to open here"),
        ("5y", "nothing to copy here"),
    ]);
}

#[test]
fn a_count_is_typed_with_alt_and_used_once() {
    let cursor = |keys| {
        App::on(library_with(&terms()), (100, 30))
            .keys(keys)
            .shown()
            .1
    };
    let (_, top) = cursor("3");
    assert_eq!(cursor("3<Alt-2>j").1, top + 2);
    assert_eq!(cursor("3<Alt-1><Alt-2>j").1, top + 12);
    assert_eq!(cursor("3<Alt-2>jj").1, top + 3, "once");
    assert_eq!(cursor("3<Alt-9><Alt-9>j").1, cursor("3G").1);
    check(&[
        ("<Alt-4>", "count 4: now a movement key", ""),
        ("<Alt-4>x", "help", "count"),
    ]);
}

fn terms() -> Vec<(&'static str, &'static str)> {
    const NAMES: [&str; 20] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t",
    ];
    NAMES
        .map(|name| {
            let path: &'static str = Box::leak(format!("terms/ding-{name}.md").into_boxed_str());
            let text = format!("+++\nterm = \"Ding {name}\"\nbrief = \"A sound.\"\n+++\n\nText.\n");
            let text: &'static str = Box::leak(text.into_boxed_str());
            (path, text)
        })
        .to_vec()
}

#[test]
fn a_window_that_is_too_small_says_so_and_can_be_left() {
    let small = App::sized(29, 11);
    small.shows("tozero needs 30x12 cells. q");
    assert_eq!(App::sized(29, 11).keys("3?jq").effects, [Effect::Quit]);
    assert_eq!(App::sized(29, 11).keys("3").model.route, Route::Compare);
    App::sized(29, 11)
        .click(5, 5)
        .resize(80, 24)
        .shows("Compare");
}

#[test]
fn clicks_on_the_bars_do_what_they_name() {
    let app = App::sized(130, 30);
    let (x, y) = app.find("3 Glossary");
    app.click(x, y).shows("> Chime");
    let app = App::new();
    let (x, y) = app.find("lens  strict");
    app.click(x, y).shows("Choose the lens");
    let app = App::new();
    let (x, y) = app.find("? help");
    app.click(x, y).shows("Keys of this screen");
    let app = App::sized(130, 30).keys("?");
    let (x, y) = app.find("2 Learn");
    app.click(x, y)
        .hides("Keys of this screen")
        .shows("Press the button");
}

#[test]
fn a_theme_of_the_terminal_gives_way_to_one_that_was_named() {
    let mut app = App::new();
    app.send(Msg::Theme(Theme::light()));
    assert_eq!(app.model.theme.name().as_str(), "light");
    let mut app = App::new().keys("Tdark<Enter>");
    app.send(Msg::Theme(Theme::light()));
    assert_eq!(app.model.theme.name().as_str(), "dark");
    let mut app = App::new();
    app.model.config.style.color = false;
    app.send(Msg::Theme(Theme::light()));
    assert_eq!(app.model.theme.name().as_str(), "terminal", "without color");
}

#[test]
fn the_index_is_asked_for_once_and_again_for_another_library() {
    use crate::app::update;
    let asks = |app: &mut App, msg| update(&mut app.model, msg).contains(&Effect::Index);
    let key = |c| Msg::Key(crate::app::Key::char(c));
    let mut app = App::new();
    assert!(asks(&mut app, key('s')), "the first search");
    assert!(!asks(
        &mut app,
        Msg::Key(crate::app::Key::parse("Esc").unwrap())
    ));
    assert!(!asks(&mut app, key('s')), "the second search");
    let library = library_with(&[]);
    assert!(asks(&mut app, Msg::Library(Arc::clone(&library))));
    assert!(
        !asks(&mut App::new(), Msg::Library(library)),
        "nobody searched"
    );
}

#[test]
fn resizing_and_coming_back_change_only_the_size() {
    let app = App::new().keys("3j").resize(120, 40);
    let expected = App::sized(120, 40).keys("3j").text();
    assert_eq!(app.text(), expected);
    let mut app = App::new().keys("3j");
    app.send(Msg::Resumed(120, 40));
    assert_eq!(app.text(), expected);
    assert_eq!(app.effects, []);
}

#[test]
fn what_the_world_says_is_a_toast() {
    let mut app = App::new();
    app.send(Msg::Told(SafeText::ours("opened it")));
    app.says("opened it").keys("3").says("");
}

#[test]
fn problems_are_listed_or_there_are_none() {
    check_toasts(&[("!", "no problems found in this pack")]);
    let library = library_with(&[("terms/broken.md", "no front matter")]);
    let app = App::on(library, (100, 30)).keys("!");
    app.shows("Problems")
        .shows("broken.md")
        .keys("<Esc>")
        .hides("Problems ─");
}

/// The good pack with words of one file changed.
fn rewritten(file: &str, before: &str, after: &str) -> Msg {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read_to_string(format!("{root}/tests/packs/good/{file}")).unwrap();
    assert!(text.contains(before), "{file} says {before:?}");
    Msg::Library(library_with(&[(file, &text.replace(before, after))]))
}

#[test]
fn a_library_that_is_read_again_shows_on_every_screen() {
    let check = |keys: &str, back: &str, file: &str, (before, after): (&str, &str)| {
        let away = if back == "7" { "1" } else { "7" };
        for (away, back) in [("", ""), (away, back)] {
            let mut app = App::new().keys(keys).shows(before).keys(away);
            app.send(rewritten(file, before, after));
            app.keys(back).shows(after).hides(before);
        }
    };
    let bell = "services/bell-one.md";
    let view = "perspectives/bell-view.md";
    check("", "1", view, ("Bell makers", "Gong makers"));
    let lesson = "lessons/first-ring.md";
    check("2", "2", lesson, ("Press the button", "Pull the rope"));
    check("3j", "3", "terms/knocker.md", ("Older than", "Newer than"));
    check("4", "4", bell, ("Bell One", "Gong One"));
    check("4<Enter>", "[", bell, ("A bell that", "A gong that"));
    check("5+<Enter>", "5", bell, ("Bell One", "Gong One"));
    check("6jjjjjj<Right>", "6", "pack.toml", ("Sound", "Noise"));
    let reference = "references/bell-handbook.md";
    check(
        "7",
        "7",
        reference,
        ("The Bell Handbook", "The Gong Handbook"),
    );
    let asked = ("What of provider managed?", "Who runs it?");
    check("J", "J", "checklist.toml", asked);
}

#[test]
fn a_list_left_with_filters_stands_on_its_entry_in_a_smaller_library() {
    let more = "+++\nterm = \"A gong\"\ntags = [\"money\"]\nbrief = \"Bronze.\"\n+++\n\nLoud.\n";
    for (keys, shown) in [
        ("3#money<Enter>1", "> Knocker"),
        ("3jj1", "> Knocker"),
        ("3Fknock<Enter>1", "> Knocker"),
        ("3Fgong<Enter>1", "Nothing matches"),
    ] {
        let larger = library_with(&[("terms/a-gong.md", more)]);
        let mut app = App::on(larger, (100, 30)).keys(keys);
        app.send(Msg::Library(library_with(&[])));
        app.keys("3").shows(shown).hides("A gong");
    }
}

#[test]
fn an_index_of_a_library_that_is_gone_is_dropped() {
    let mut app = App::new();
    let (old, new) = (Arc::clone(&app.model.library), library_with(&[]));
    let index = |of: &Arc<Library>| Arc::new(SearchIndex::of(of));
    app.send(Msg::Library(Arc::clone(&new)));
    app.send(Msg::Index(index(&old), old));
    assert!(app.model.index.is_none());
    app.send(Msg::Index(index(&new), new));
    assert!(app.model.index.is_some());
}

#[test]
fn a_hint_beside_what_is_told_is_the_one_that_is_clicked() {
    let mut app = App::new().keys("1");
    app.model.say("told");
    let app = app.shows(" told ");
    let (x, y) = app.find("? help");
    app.click(x, y).shows("Keys of this screen");
}
