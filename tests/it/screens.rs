//! Every screen, by key scripts against pictures at three sizes.

use std::sync::Arc;

use proptest::prelude::*;

use tozero::content::files::Memory;
use tozero::content::library::Library;
use tozero::ui::msg::{Effect, Msg};

use crate::support::app::{App, compare};

const SIZES: [(u16, u16); 3] = [(50, 16), (80, 24), (120, 36)];

/// Scenes: a name, and the keys that lead there from the start.
const SCENES: &[(&str, &str)] = &[
    ("compare", ""),
    ("compare-idle-cost", "jjj"),
    ("compare-end", "G"),
    ("compare-columns", "c"),
    ("dial-zero", "<Shift-Left><Shift-Left><Shift-Left><Left>"),
    ("dial-more", "<Right><Right><Right><Right>"),
    ("dial-scrolled", "<Left>jjj"),
    ("dial-services", "v"),
    ("dial-other", "v<Down><Enter>lambda (on<Enter>"),
    ("compare-three", "+aws<Enter>"),
    ("compare-dimension", "jjj<Enter>"),
    ("compare-perspective", "<Tab><Enter>"),
    ("learn", "2"),
    ("learn-outline", "2h"),
    ("learn-recall", "2Ga<PgDn>"),
    ("learn-find", "2/word"),
    ("glossary", "3"),
    ("glossary-filter", "3Fcold"),
    ("glossary-entry", "3Fcold start<Enter><Enter>"),
    ("glossary-links", "3Fcold start<Enter><Enter><Tab><Tab>"),
    ("glossary-tags", "3#"),
    ("peek", "3Fcold start<Enter><Enter><Tab>K"),
    ("cost", "5"),
    ("cost-zero", "5{{{{{{"),
    ("cost-sliders", "5}<Down>}<Down><Right><Down><Right><Right>"),
    ("cost-linear", "5x"),
    ("cost-numbers", "5<PgDn>"),
    ("cost-services", "5+"),
    ("cost-added", "5+lambda (on<Enter>"),
    ("cost-presets", "5p"),
    ("cost-preset", "5pbusy<Enter>"),
    ("references", "7"),
    ("references-entry", "7<Enter>"),
    ("references-stance", "7%"),
    ("help", "?"),
    ("help-filtered", "?lens"),
    ("commands", ":"),
    ("lens", "L"),
    ("theme", "T"),
    ("contents", "2t"),
    ("source", "3Fcold start<Enter>o"),
    ("search", "scold"),
    ("search-typo", "sprovisoned"),
    ("search-kind", "slambda<Tab><Tab><Tab>"),
    ("search-empty", "3<Enter>s"),
];

#[test]
fn screens_look_as_approved() {
    for (name, keys) in SCENES {
        for (width, height) in SIZES {
            let app = App::bundled(width, height).keys(keys);
            compare(&format!("{name}-{width}x{height}"), &app.picture());
        }
    }
}

/// Every screen at every size from 1×1 to 200×60: each width meets every 17th height, so that every height is met at
/// every 17th width; `ALL_SIZES=1` walks all 12,000 of them for every scene.
#[test]
fn no_size_is_too_odd() {
    let step = if std::env::var_os("ALL_SIZES").is_some() { 1 } else { 17 };
    for (name, keys) in SCENES {
        let mut app = App::bundled(120, 36).keys(keys);
        for width in 1..=200_u16 {
            let first = if step == 1 { 1 } else { 1 + (width * 3) % step };
            for height in (first..=60).step_by(usize::from(step)) {
                app.send(Msg::Resize(width, height));
                let picture = app.picture();
                let rows: Vec<&str> = picture.lines().collect();
                assert_eq!(rows.len(), usize::from(height) + 1, "{name} at {width}x{height}");
                let seen = rows.iter().any(|r| !r.trim().is_empty());
                assert!(seen, "{name} at {width}x{height} shows something");
            }
        }
    }
}

#[test]
fn following_a_link_and_going_back_returns_to_the_same_line() {
    for size in SIZES {
        let mut app = App::bundled(size.0, size.1).keys("2jjj<Tab><Tab>");
        let before = app.picture();
        app = app.keys("<Enter>");
        assert_ne!(app.picture(), before, "the link leads somewhere");
        app = app.keys("[");
        assert_eq!(app.picture(), before, "back is where one came from, at {size:?}");
        app = app.keys("][");
        assert_eq!(app.picture(), before, "forward and back again");
    }
}

#[test]
fn escape_closes_layers_and_never_quits() {
    let mut app = App::bundled(80, 24).keys("?<Esc><Esc><Esc>:<Esc>L<Esc>3F<Esc><Esc>2/x<Esc><Esc>");
    assert_eq!(app.effects, []);
    assert!(app.model.layers.is_empty());
    app = app.keys("?q");
    assert_eq!(app.effects, [], "q is a letter while one types");
    app = app.keys("<Esc>q");
    assert_eq!(app.effects, [Effect::Quit]);
}

#[test]
fn what_is_copied_says_where_it_comes_from() {
    let app = App::bundled(80, 24).keys("3Fcold start<Enter>y");
    let [Effect::Copy(text, what)] = app.effects.as_slice() else { panic!("{:?}", app.effects) };
    assert!(text.starts_with("Cold start: ") && text.contains("terms/cold-start") && text.contains("https://"), "{text}");
    assert_eq!(what.as_str(), "Cold start, with its sources");
}

#[test]
fn a_source_is_shown_with_its_host_before_it_is_opened() {
    let app = App::bundled(100, 30).keys("3Fcold start<Enter>o");
    assert_eq!(app.effects, [], "nothing is opened before the host was seen");
    let host = "aws.amazon.com";
    assert!(app.picture().contains(host), "{}", app.picture());
    let app = app.keys("<Enter>");
    assert!(matches!(app.effects.as_slice(), [Effect::Open(_)]), "{:?}", app.effects);
}

#[test]
fn a_reload_keeps_the_page_and_the_line() {
    let files = |order: &[&str]| {
        let pack = include_str!("../../content/pack.toml");
        let lesson = include_str!("../../content/lessons/why-overloaded.md");
        let mut memory = Memory::of([("pack.toml", pack)]);
        for name in order {
            memory.0.insert(format!("lessons/{name}.md"), lesson.replace("order = 1", &format!("order = {}", order.len())));
        }
        Arc::new(memory)
    };
    let mut app = App::on(files(&["why-overloaded"]), 80, 24).keys("2d");
    let before: Vec<String> = app.picture().lines().skip(3).take(15).map(|l| l.chars().skip(30).collect()).collect();
    let library = Library::open(files(&["an-earlier-one", "why-overloaded"])).unwrap().indexed();
    app.send(Msg::Library(Arc::new(library)));
    let after: Vec<String> = app.picture().lines().skip(3).take(15).map(|l| l.chars().skip(30).collect()).collect();
    assert_eq!(before, after);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Any keys at any size: nothing panics, and only the keys that say so end the program.
    #[test]
    fn any_keys_at_any_size(
        keys in proptest::collection::vec("[a-zA-Z0-9/?:#%+=<>.,!\\[\\]]|<(Enter|Esc|Tab|Up|Down|Left|Right|PgDn|PgUp|Home|End|Shift-Tab|Backspace|Ctrl-k)>", 0..40),
        width in 1_u16..140, height in 1_u16..50,
    ) {
        let mut app = App::bundled(width, height);
        for key in &keys {
            app = app.keys(key);
            prop_assert_eq!(app.picture().lines().count(), usize::from(height) + 1);
        }
    }
}
