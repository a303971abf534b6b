//! What keys, clicks and reloads do to a list with its entry beside it.

use std::sync::Arc;

use crate::app::Msg;
use crate::app::samples::{App, check, check_toasts, library_with};
use crate::pack::{Library, MemoryFiles};

#[test]
fn the_entry_under_the_cursor_shows_with_the_list() {
    check(&[
        ("3", "> Chime", "> Knocker"),
        ("3", "Two tones, the higher one first.", "Older than the"),
        ("3j", "Older than the", "Two tones"),
        ("3jk", "Two tones", ""),
        ("3G", "> Knocker", ""),
        ("7", "> 2025  A. Porter         A Letter on Knockers", ""),
        // The list or the page, as it was left.
        ("717", "> 2025  A. Porter         A Letter on Knockers", ""),
        ("7<Enter>", "A. Porter · Door Press", "1 of 2 references"),
        ("7<Enter>17", "A. Porter · Door Press", "1 of 2 references"),
        ("7<Enter><Left>17", "1 of 2 references", ""),
        ("7j", "> 2025  A. Porter         The Bell Handbook", ""),
    ]);
}

#[test]
fn lists_are_narrowed_by_words_tag_and_stance() {
    check(&[
        ("3", "2 terms", "shown"),
        ("3Fkno", "1 of 1, of 2 terms", "> Chime"),
        ("3kkno", "1 of 1, of 2 terms", "> Chime"),
        ("3Fkno<Enter>", "1 of 1, of 2 terms", ""),
        ("3Fkno<Esc>", "2 terms", "shown"),
        ("3Fweight", "> Knocker  in its summary", ""),
        ("3Fkno", "> Knocker", "in its summary"),
        ("3/zzz", "Nothing matches. Enter", "Two tones"),
        ("3/zzz<Enter>", "Search everything", ""),
        ("3/kno<Enter>", "1 of 1, of 2 terms", "Search everything"),
        ("3#money<Enter>", "1 of 1, of 2 terms · Money", "> Chime"),
        ("3#money<Enter>#every<Enter>", "2 terms", "shown"),
        (
            "7#critique<Enter>",
            "1 of 1, of 2 references · critique",
            "The Bell Handbook",
        ),
        ("7%neutral<Enter>", "1 of 2, of 2 references · neutral", ""),
    ]);
    check_toasts(&[("3%", "terms take no stance; references do")]);
}

#[test]
fn the_cursor_stays_on_its_entry_when_a_tag_is_chosen() {
    check(&[
        ("3j#money<Enter>", "> Knocker", ""),
        ("3j#sound<Enter>", "> Knocker", ""),
    ]);
}

#[test]
fn list_and_entry_take_turns_in_a_narrow_window() {
    let narrow = |keys| App::sized(50, 16).keys(keys);
    narrow("3").shows("> Chime").hides("Two tones");
    narrow("3<Enter>").shows("Two tones").hides("> Chime");
    narrow("3<Enter><Left>").shows("> Chime").hides("Two tones");
    narrow("3<Enter>")
        .resize(100, 30)
        .shows("> Chime")
        .shows("Two tones");
}

#[test]
fn mouse_and_keys_do_the_same() {
    let app = App::new().keys("3");
    let (x, y) = app.find("Knocker");
    app.click(x, y).shows("Older than the");
    let app = App::new().keys("3");
    let (x, y) = app.find("/ to filter");
    app.click(x, y).keys("kno").shows("1 of 1, of 2 terms");
    let app = App::new().keys("3");
    let (x, y) = app.find("> Chime");
    app.wheel(3, x, y).shows("Two tones");
}

#[test]
fn pasted_text_narrows_only_while_one_types() {
    let paste = |keys, shown: &str| {
        let mut app = App::new().keys(keys);
        app.send(Msg::Paste(crate::text::SafeText::ours("knock")));
        app.shows(shown)
    };
    paste("3F", "1 of 1, of 2 terms");
    paste("3", "> Chime");
}

#[test]
fn the_way_back_leads_to_the_same_entry() {
    check(&[
        ("3j4[", "Older than the", ""),
        ("3j41<Backspace>3", "Older than the", ""),
    ]);
}

#[test]
fn a_library_that_is_read_again_keeps_the_entry() {
    let knocker =
        "+++\nterm = \"Knocker\"\ntags = [\"money\"]\nbrief = \"A weight.\"\n+++\n\nRewritten.\n";
    let mut app = App::new().keys("3j");
    app.send(Msg::Library(library_with(&[("terms/knocker.md", knocker)])));
    app.shows("> Knocker")
        .shows("Rewritten.")
        .hides("Older than the");
}

#[test]
fn words_that_people_look_for_are_told_as_no_name() {
    let gong = "+++\nterm = \"Gong\"\naliases = [\"Tam-tam\"]\nfound_by = [\"dinner time\"]\nbrief = \"Bronze.\"\n+++\n\nLoud.\n";
    let shown = |typed: &str, words: &str| {
        let library = library_with(&[("terms/gong.md", gong)]);
        App::on(library, (140, 30)).keys(typed).shows(words);
    };
    shown("3Fdinner", "> Gong  found by other words");
    shown("3Ftam", "> Gong  also Tam-tam");
}

#[test]
fn a_filter_that_has_nothing_to_filter_by_is_offered_nowhere() {
    let pack = "format = 1\nid = \"gongs\"\ntitle = \"Gongs\"\n";
    let term = "+++\nterm = \"Gong\"\nbrief = \"Bronze.\"\n+++\n\nLoud.\n";
    let files = MemoryFiles::of([("pack.toml", pack), ("terms/gong.md", term)]);
    let library = Library::open(Arc::new(files)).unwrap().indexed();
    let app = App::on(Arc::new(library), (100, 40))
        .keys("3")
        .hides("# tag");
    app.keys("?").hides("Narrow the list to a tag");
}
