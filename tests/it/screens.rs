//! Every screen, by key scripts against pictures: each scene in half a pane and in a wide window.

use std::sync::Arc;

use proptest::prelude::*;
use tozero::testing::{Effect, Library, MemoryFiles, Msg, Rng};

use crate::support::app::{App, compare};

const SIZES: [(u16, u16); 3] = [(50, 16), (80, 24), (120, 36)];

/// Sizes of a scene's pictures.
const PICTURES: [(u16, u16); 2] = [(50, 16), (120, 36)];

/// Scenes that are pictured at 80x24, too, since what they show breaks there in a way of its own: the number of columns or of
/// panes, the short tab bar, or the rows that are left out.
const AT_80: &[&str] = &[
    "compare",
    "compare-three",
    "cost",
    "glossary",
    "help",
    "judged",
    "learn",
    "references",
    "search",
    "services",
    "services-score",
    "versus-services",
];

/// Scenes: a name, and the keys that lead there from the start.
const SCENES: &[(&str, &str)] = &[
    ("compare", ""),
    ("compare-idle-cost", "jjj"),
    ("compare-end", "G"),
    ("compare-columns", "c"),
    ("dial-zero", "<Shift-Left><Shift-Left><Shift-Left><Left>"),
    ("dial-more", "<Right><Right><Right><Right>"),
    ("dial-scrolled", "<Left>jjj"),
    ("dial-services", "B"),
    ("dial-other", "B<Down><Enter>lambda (on<Enter>"),
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
    ("services", "4"),
    ("services-idle", "4SSSSSSSR"),
    ("services-filter", "4Faurora<Enter>j"),
    ("services-verdict", "4jjv"),
    ("services-lens", "4Lquotes<Enter>"),
    ("services-score", "4Lmore or less<Enter>"),
    ("services-as-of", "4Faurora<Enter>GD2023-01<Enter>"),
    ("services-entry", "4Faurora<Enter>GG<Enter>"),
    ("services-nothing", "4Fzzz"),
    ("cost", "5"),
    ("cost-zero", "5{{{{{{"),
    ("cost-sliders", "5}<Down>}<Down><Right><Down><Right><Right>"),
    ("cost-linear", "5z"),
    ("cost-numbers", "5<PgDn>"),
    ("cost-services", "5+"),
    ("cost-added", "5+lambda (on<Enter>"),
    ("cost-presets", "5P"),
    ("cost-preset", "5Pbusy<Enter>"),
    ("references", "7"),
    ("references-entry", "7<Enter>"),
    ("references-stance", "7%"),
    ("help", "?"),
    ("help-filtered", "?lens"),
    ("commands", ":"),
    ("lens", "L"),
    ("lens-editor", "O<Right><Down><Down><Left>"),
    ("theme", "T"),
    ("contents", "2t"),
    ("source", "3Fcold start<Enter>o"),
    ("search", "scold"),
    ("search-typo", "sprovisoned"),
    ("search-long", "swhat costs money while nobody calls"),
    ("search-question", "swhat is serverless"),
    ("search-versus", "sneon vs supabase"),
    ("search-verdict", "sis azure functions serverless"),
    ("search-kind", "slambda<Tab><Tab><Tab>"),
    ("search-empty", "3<Enter>s"),
    ("interview", "J"),
    ("interview-back", "J12u<Left><Left>"),
    ("interview-end", "J121113222134<End>"),
    ("judged", "J1111111111211"),
    ("judged-open", "J11u1u11112121"),
    ("versus-choose", "w"),
    ("versus-services", "w<Down><Enter>"),
    ("versus-services-end", "w<Down><Enter>G"),
    ("versus-services-three", "w<Down><Enter>+fargate<Enter>"),
    ("versus-lenses", "w<Down><Down><Enter>"),
    ("versus-lenses-parted", "w<Down><Down><Enter>jjjjjjjjj"),
    (
        "versus-lenses-score",
        "w<Down><Down><Enter>+more or less<Enter>G",
    ),
];

#[test]
fn screens_look_as_approved() {
    for (name, keys) in SCENES {
        let more = AT_80.contains(name).then_some((80, 24));
        for (width, height) in PICTURES.into_iter().chain(more) {
            let app = App::bundled(width, height).keys(keys);
            compare(&format!("{name}-{width}x{height}"), &app.picture());
        }
    }
}

/// Scenes in small windows: what must show there, and what must not.
const SMALL: &[(&str, (u16, u16), &str, &str)] = &[
    // A compared row, whatever the heads are.
    ("w<Down><Enter>", (40, 12), "> Verdict", ""),
    ("w<Down><Down><Enter>", (40, 12), "> ", "Does somebody else"),
    // What a choice means stands below it, and not below another.
    (
        "J",
        (80, 24),
        "would not notice\n       Patching happens",
        "",
    ),
    ("J", (30, 12), "Judge your own", "question 1"),
    ("6", (30, 12), "\n    ‹ 10", "             ›"),
    ("6", (80, 24), "I shows the idea", "In the app"),
    // No key is told for what is out of sight.
    ("5G", (80, 24), "Home sliders", "↑↓ slider"),
    ("7G", (40, 12), "What is server", ">       What"),
    ("I2<Enter>", (40, 12), "0.00 is left", "*   …"),
];

#[test]
fn small_windows_show_what_matters() {
    for (keys, (width, height), shown, hidden) in SMALL {
        let picture = App::bundled(*width, *height).keys(keys).picture();
        assert!(
            picture.contains(shown),
            "{keys}: no {shown:?} in\n{picture}"
        );
        let absent = hidden.is_empty() || !picture.contains(hidden);
        assert!(absent, "{keys}: {hidden:?} in\n{picture}");
    }
}

/// Widths and heights at which a layout changes, and those right before: the smallest window, margins, air, tab bar.
const EDGES: ([u16; 8], [u16; 6]) = ([29, 30, 39, 40, 79, 80, 99, 100], [11, 12, 14, 15, 21, 22]);

/// Shows a scene at one size after the other.
fn check_sizes(name: &str, keys: &str, sizes: impl Iterator<Item = (u16, u16)>) {
    let mut app = App::bundled(120, 36).keys(keys);
    for (width, height) in sizes {
        app.send(Msg::Resize(width, height));
        let picture = app.picture();
        let rows = picture.lines().count();
        assert_eq!(rows, usize::from(height) + 1, "{name} at {width}x{height}");
        let seen = picture.lines().any(|r| !r.trim().is_empty());
        assert!(seen, "{name} at {width}x{height} shows something");
    }
}

fn grid(widths: &[u16], heights: &[u16]) -> impl Iterator<Item = (u16, u16)> {
    let heights = heights.to_vec();
    let rows = move |w: &u16| heights.iter().map(|h| (*w, *h)).collect::<Vec<_>>();
    widths.iter().flat_map(rows).collect::<Vec<_>>().into_iter()
}

/// Every scene at every edge and at 80 drawn sizes from 1×1 to 200×60, other ones for each scene, the same in every run.
#[test]
fn no_size_is_too_odd() {
    for (n, (name, keys)) in SCENES.iter().enumerate() {
        let mut rng = Rng::new(n as u64);
        let mut upto = |most: usize| 1 + rng.below(most) as u16;
        let drawn: Vec<_> = (0..80).map(|_| (upto(200), upto(60))).collect();
        let edges = grid(&EDGES.0, &EDGES.1).chain([(1, 1), (200, 60)]);
        check_sizes(name, keys, edges.chain(drawn));
    }
}

#[test]
#[ignore = "takes a quarter of an hour: every scene at each of the 12,000 sizes"]
fn no_size_is_too_odd_long() {
    let (widths, heights): (Vec<u16>, Vec<u16>) = ((1..=200).collect(), (1..=60).collect());
    for (name, keys) in SCENES {
        check_sizes(name, keys, grid(&widths, &heights));
    }
}

/// The quarrel is what one sees first: at every size a question that divides the two, and both answers where there is room.
#[test]
fn the_opening_shows_what_divides_them() {
    for (width, height, words) in [
        (
            120,
            36,
            &[
                "5 of 12 differ",
                "$0.00",
                "the authors treat this as the heart",
            ][..],
        ),
        (
            80,
            24,
            &["5 of 12 differ", "$0.00", "costs nothing", "6 Quiz"],
        ),
        (50, 16, &["costs nothing"]),
        (40, 12, &["implied, not stated"]),
        (30, 12, &["implied, not stated"]),
    ] {
        let picture = App::bundled(width, height).picture();
        let question = "What does idle cost?";
        for words in words.iter().chain([&question]) {
            assert!(
                picture.contains(words),
                "{words} at {width}x{height}:\n{picture}"
            );
        }
        let there = picture.find("How does it scale?");
        assert!(there.is_none_or(|at| Some(at) > picture.find(question)));
    }
    let ordered = App::bundled(80, 60).keys("S").picture();
    let (first, second) = (
        ordered.find("Who runs"),
        ordered.find("What does idle cost"),
    );
    assert!(first < second, "{ordered}");
}

#[test]
fn following_a_link_and_going_back_returns_to_the_same_line() {
    for size in SIZES {
        let mut app = App::bundled(size.0, size.1).keys("2jjj<Tab><Tab>");
        let before = app.picture();
        app = app.keys("<Enter>");
        assert_ne!(app.picture(), before, "the link leads somewhere");
        app = app.keys("[");
        assert_eq!(
            app.picture(),
            before,
            "back is where one came from, at {size:?}"
        );
        app = app.keys("][");
        assert_eq!(app.picture(), before, "forward and back again");
    }
}

#[test]
fn a_lens_moves_nothing_and_marks_exactly_what_it_says() {
    let app = App::bundled(200, 130).keys("4");
    let names = |app: &App| {
        app.picture()
            .lines()
            .map(|l| l.chars().skip(4).take(20).collect::<String>())
            .collect::<Vec<_>>()
    };
    let before = names(&app);
    let app = app.keys("Lquotes<Enter>");
    let rows = |picture: &str| {
        picture
            .lines()
            .filter(|l| l.chars().take(132).collect::<String>().contains(" was "))
            .count()
    };
    let picture = app.picture();
    assert!(
        picture.contains(&format!("\n {} verdicts changed", rows(&picture))),
        "{picture}"
    );
    assert!(rows(&picture) > 20, "{picture}");
    assert_eq!(
        names(&app)[9..100],
        before[9..100],
        "every service stands where it stood"
    );
    let app = app.keys("<Esc>");
    assert_eq!(rows(&app.picture()), 0, "Esc takes the marks off");
    assert_eq!(app.effects, []);
}

#[test]
fn the_cursor_stays_on_its_service() {
    let focus = |app: &App| {
        app.picture()
            .lines()
            .find(|l| l.contains(" > "))
            .unwrap_or_default()
            .to_owned()
    };
    let app = App::bundled(120, 36).keys("4Fsqs<Enter>");
    assert!(
        focus(&app).contains("SQS (standard queue)"),
        "{}",
        app.picture()
    );
    let app = app.keys("<Esc>");
    assert!(
        focus(&app).contains("SQS (standard queue)") && app.picture().contains(" services   + "),
        "Esc shows all again: {}",
        app.picture()
    );
    for keys in [
        "D2023-01<Enter>",
        "Lkehoe<Enter>",
        "Lno knobs<Enter>",
        "<Enter>[",
        "1",
        "4",
    ] {
        let app = App::bundled(120, 36).keys("4Fsqs<Enter><Esc>").keys(keys);
        assert!(
            keys == "1" || focus(&app).contains("SQS (standard queue)"),
            "{keys}: {}",
            app.picture()
        );
    }
}

#[test]
fn a_reading_and_a_verdict_say_what_they_were() {
    let app = App::bundled(100, 40).keys("3Fcold start<Enter><Enter>Lquotes<Enter>");
    let picture = app.picture();
    assert!(
        picture.contains("Provider view · lens on") && picture.contains("Scale to zero · was on"),
        "{picture}"
    );
    let app = App::bundled(100, 40).keys("4Faurora serverless v2<Enter><Enter>Lquotes<Enter>");
    let was = "was ~ nearly serverless by Scale to zero, or it isn't serverless";
    assert!(app.picture().contains(was), "{}", app.picture());
}

#[test]
fn escape_closes_layers_and_never_quits() {
    let mut app =
        App::bundled(80, 24).keys("?<Esc><Esc><Esc>:<Esc>L<Esc>3F<Esc><Esc>2/x<Esc><Esc>");
    assert_eq!(app.effects, []);
    assert!(app.model.overlays.is_empty());
    app = app.keys("?q");
    assert_eq!(app.effects, [], "q is a letter while one types");
    app = app.keys("<Esc>q");
    assert_eq!(app.effects, [Effect::Quit]);
}

#[test]
fn what_is_copied_says_where_it_comes_from() {
    let app = App::bundled(80, 24).keys("3Fcold start<Enter>y");
    let [Effect::Copy(text, what)] = app.effects.as_slice() else {
        panic!("{:?}", app.effects)
    };
    assert!(
        text.starts_with("Cold start: ")
            && text.contains("terms/cold-start")
            && text.contains("https://"),
        "{text}"
    );
    assert_eq!(what.as_str(), "Cold start, with its sources");
}

#[test]
fn a_judgment_is_copied_as_markdown() {
    let asked = App::bundled(80, 24).keys("J11y");
    assert_eq!(asked.effects, [], "nothing is judged yet");
    let app = App::bundled(80, 24).keys("J11111111112111y");
    let [Effect::Copy(text, what)] = app.effects.as_slice() else {
        panic!("{:?}", app.effects)
    };
    assert!(
        text.starts_with("## Is this service serverless?\n\nIt depends on the definition."),
        "{text}"
    );
    assert!(text.contains("- **Scale to zero, or it isn't serverless** (`scale-to-zero-view`): nearly serverless. "), "{text}");
    assert_eq!(what.as_str(), "the result, as markdown");
}

#[test]
fn comparisons_are_copied_with_lens_and_addresses() {
    let copied = |keys: &str| match App::bundled(80, 24).keys(keys).effects.as_slice() {
        [Effect::Copy(text, _)] => text.to_string(),
        other => panic!("{other:?}"),
    };
    let services = copied("w<Down><Enter>y");
    assert!(
        services.starts_with(
            "Read through Scale to zero, or it isn't serverless (scale-to-zero-view):\n- "
        ),
        "{services}"
    );
    assert!(
        services.contains("\n- Amazon DocumentDB Serverless: serverless in name, misses scales to zero, pay per use"),
        "{services}"
    );
    assert!(
        services
            .ends_with("\n— tozero, services/aws-aurora-dsql, services/aws-documentdb-serverless"),
        "{services}"
    );
    let lenses = copied("w<Down><Down><Enter>y");
    assert!(
        lenses.contains("\nThey disagree on ")
            && lenses.contains(" services:\n- serverless by provider, "),
        "{lenses}"
    );
    assert!(lenses.contains("; Neon (hides infrastructure)"), "{lenses}");
    let one = copied("w<Down><Down><Enter>jjjjjjjjy");
    assert!(
        one.starts_with("Amazon Aurora Serverless v1 (retired): "),
        "the line's service: {one}"
    );
}

#[test]
fn a_comparison_leads_on_and_back() {
    let app = App::bundled(80, 24).keys("w<Down><Down><Enter>");
    let rules = app.picture();
    let swapped = app.keys("x");
    assert_ne!(swapped.picture(), rules);
    let back = swapped.keys("[");
    assert_eq!(
        back.picture(),
        rules,
        "the way back leads through what was compared"
    );
    let service = back.keys("jjjjjjjj<Enter>");
    assert!(
        service
            .picture()
            .contains("Amazon Aurora Serverless v1 (retired)"),
        "{}",
        service.picture()
    );
    let home = service.keys("<Esc><Esc><Esc><Esc>");
    assert!(
        home.picture().contains("What is serverless?"),
        "{}",
        home.picture()
    );
    let fewer = App::bundled(80, 24).keys("w<Down><Enter>-");
    assert!(
        fewer.picture().contains("two columns are the least"),
        "{}",
        fewer.picture()
    );
    let column = App::bundled(80, 24).keys("w<Down><Enter>c<Up><Enter>turso<Enter>");
    assert!(
        column.picture().contains("Turso Cloud   "),
        "{}",
        column.picture()
    );
}

#[test]
fn an_empty_pack_says_what_is_missing() {
    let pack = || {
        Arc::new(MemoryFiles::of([(
            "pack.toml",
            "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n",
        )]))
    };
    for (keys, said) in [
        ("J", "this pack has no checklist to judge by"),
        ("yuJ", "this pack has no checklist to judge by"),
        ("L", "this pack has no lenses"),
        ("M", "this pack has no myths"),
        ("I", "this pack has nothing for that"),
        ("6", "this pack has no questions"),
        (
            "w<Down><Down><Enter>jGx+<Esc>w",
            "this pack has nothing for that",
        ),
    ] {
        let app = App::on(pack(), 80, 24).keys(keys);
        assert!(app.picture().contains(said), "{keys}: {}", app.picture());
        assert!(
            app.effects.iter().all(|e| !matches!(e, Effect::Quit)),
            "{keys}"
        );
    }
}

#[test]
fn an_interview_keeps_its_answers_and_can_begin_anew() {
    let app = App::bundled(80, 24).keys("J12u<Left><Left><Left>");
    assert!(
        app.picture()
            .contains("The provider, and I would not notice · your answer"),
        "{}",
        app.picture()
    );
    let left = app.keys("<Right><Esc>3J");
    assert!(
        left.picture().contains("question 2 of 14 · 1 unsure"),
        "{}",
        left.picture()
    );
    let done = App::bundled(80, 24).keys("J11111111111111");
    assert!(
        done.picture().contains("+ serverless"),
        "{}",
        done.picture()
    );
    let change = App::bundled(80, 24).keys("J11111111111111<Left>");
    assert!(
        change.picture().contains("question 14 of 14"),
        "{}",
        change.picture()
    );
    let anew = done.keys("J");
    assert!(
        anew.picture().contains("question 1 of 14") && !anew.picture().contains("your answer"),
        "{}",
        anew.picture()
    );
}

#[test]
fn a_source_is_shown_with_its_host_before_it_is_opened() {
    let app = App::bundled(100, 30).keys("3Fcold start<Enter>o");
    assert_eq!(
        app.effects,
        [],
        "nothing is opened before the host was seen"
    );
    let host = "aws.amazon.com";
    assert!(app.picture().contains(host), "{}", app.picture());
    let app = app.keys("<Enter>");
    assert!(
        matches!(app.effects.as_slice(), [Effect::Open(_)]),
        "{:?}",
        app.effects
    );
}

#[test]
fn a_reload_keeps_the_page_and_the_line() {
    let files = |order: &[&str]| {
        let pack = include_str!("../../content/pack.toml");
        let lesson = include_str!("../../content/lessons/why-overloaded.md");
        let mut memory = MemoryFiles::of([("pack.toml", pack)]);
        for name in order {
            // Two entries of one title would be one too many.
            let title = match *name {
                "why-overloaded" => "title = \"",
                _ => "title = \"Before: ",
            };
            let text = lesson.replace("order = 1", &format!("order = {}", order.len()));
            let text = text.replacen("title = \"", title, 1);
            memory.0.insert(format!("lessons/{name}.md"), text);
        }
        Arc::new(memory)
    };
    let mut app = App::on(files(&["why-overloaded"]), 80, 24).keys("2d");
    let before: Vec<String> = app
        .picture()
        .lines()
        .skip(3)
        .take(15)
        .map(|l| l.chars().skip(30).collect())
        .collect();
    let library = Library::open(files(&["an-earlier-one", "why-overloaded"]))
        .unwrap()
        .indexed();
    app.send(Msg::Library(Arc::new(library)));
    let after: Vec<String> = app
        .picture()
        .lines()
        .skip(3)
        .take(15)
        .map(|l| l.chars().skip(30).collect())
        .collect();
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
