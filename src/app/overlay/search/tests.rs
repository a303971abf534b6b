//! The search over everything, by its keys and what they show.

use super::*;
use crate::app::samples::{App, check, with_context};

#[test]
fn words_find_entries_and_enter_goes_there() {
    check(&[
        ("sknocker", "> Knocker", "Nothing in this pack"),
        ("sknocker<Enter>", "Older than the", "Search everything"),
        ("s", "a good place to start", ""),
        (
            "szzzzqqq",
            "Nothing in this pack is called or says zzzzqqq.",
            "",
        ),
        ("sknocker<Esc>", "Compare", "Search everything"),
        ("szzzzqqq<Enter>", "Search everything", ""),
        // A claim says whether it holds.
        ("sdoorbell costs", "myth, depends", ""),
    ]);
}

#[test]
fn a_question_leads_with_its_answer_and_its_rows_lead_on() {
    check(&[
        ("swhat is a knocker?", "> Knocker", "Nothing in this pack"),
        (
            "swhat is a knocker?<Enter>",
            "Older than the",
            "Search everything",
        ),
        ("schime vs knocker", "> Chime", "Nothing in this pack"),
        (
            "schime vs knocker<Down>",
            "> Knocker",
            "Nothing in this pack",
        ),
        ("sbell view vs knocker view", "Definitions side by side", ""),
        (
            "sbell view vs knocker view<Down><Down><Enter>",
            "Who rings?",
            "Search everything",
        ),
        (
            "sis bell one serverless",
            "> Bell One",
            "Nothing in this pack",
        ),
    ]);
}

#[test]
fn a_question_that_is_found_is_asked_and_a_session_kept() {
    check(&[
        (
            "sin:questions hums<Enter>",
            "A good bell hums all night.",
            "Search everything",
        ),
        (
            "sin:questions hums<Enter>f<Enter>",
            "Right",
            "Search everything",
        ),
    ]);
}

#[test]
fn the_passage_that_was_found_is_marked() {
    App::new().keys("stwo tones<Enter>").hides("hit 1 of 1");
    App::new()
        .keys("stwo tones<Enter>n")
        .says("hit 1 of 1, from the top again");
}

#[test]
fn tab_goes_through_the_kinds() {
    check(&[
        ("schime", "Tab everything", ""),
        (
            "schime<Tab><Tab><Shift-Tab><Shift-Tab>",
            "Tab everything",
            "",
        ),
        ("schime<Tab>", "Tab ", "Tab everything"),
    ]);
}

#[test]
fn the_chosen_hit_shows_beside_the_list_where_there_is_room() {
    let wide = App::sized(120, 30).keys("sknocker");
    wide.shows("Older than the");
    let narrow = App::sized(80, 30).keys("sknocker");
    narrow.hides("Older than the");
}

#[test]
fn a_click_on_a_hit_goes_there() {
    let app = App::new().keys("sknocker");
    let (x, y) = app.find("> Knocker");
    app.click(x, y)
        .shows("Older than the")
        .hides("Search everything");
}

#[test]
fn without_an_index_it_waits_and_keeps_what_was_typed() {
    with_context(Rect::new(0, 1, 80, 22), |ctx| {
        let mut search = Search::new("", Vec::new());
        search.on_key(Key::char('x'), ctx);
        search.layout(ctx);
        assert!(search.stale && search.hits.is_empty());
        assert_eq!(search.input.value(), "x");
        assert!(search.on_key(Key::plain(KeyCode::Enter), ctx).go.is_none());
    });
}

#[test]
fn the_areas_fit_any_window() {
    for width in 0..140 {
        for height in [0, 1, 2, 5, 30] {
            let screen = Rect::new(0, 1, width, height);
            let areas = areas(screen);
            for inner in [areas.outer, areas.field, areas.list] {
                assert!(inner.right() <= screen.right() + 2, "{screen}: {inner}");
            }
            assert!(areas.preview.right() <= screen.right() || areas.preview.width == 0);
        }
    }
}

#[test]
fn the_last_search_comes_back_and_gives_way_to_new_words() {
    check(&[
        // The hits are there again, with the chosen one under the cursor.
        ("schime<Down><Enter>s", "search  chime", "a good place"),
        (
            "schime<Down><Enter>s<Up><Enter>",
            "Chime",
            "Search everything",
        ),
        ("schime<Esc>s", "search  chime", ""),
        // What is typed takes their place; what moves in them keeps them.
        ("schime<Enter>sknocker", "search  knocker ", "chimeknocker"),
        ("schime<Enter>s<End>s", "search  chimes ", ""),
        ("schime<Enter>s<Backspace>", "a good place to start", ""),
        ("schime<Enter>s<Esc>s", "search  chime", ""),
    ]);
}
