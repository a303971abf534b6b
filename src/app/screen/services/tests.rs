//! How the services are narrowed, sorted, judged and walked through.

use crate::app::samples::{App, check, check_toasts, library_with};

/// The good pack with three services.
fn three(keys: &str) -> App {
    let bell = include_str!("../../../../tests/packs/good/services/bell-one.md");
    let hums = bell.replace("Bell One", "Hum Bell").replace(
        "[facts.scale_to_zero]\nanswer = \"yes\"",
        "[facts.scale_to_zero]\nanswer = \"no\"",
    );
    let other = bell
        .replace("Bell One", "Arc Bell")
        .replace("Bell Makers", "Arc Smiths");
    let library = library_with(&[
        ("services/hum-bell.md", &hums),
        ("services/arc-bell.md", &other),
    ]);
    App::on(library, (100, 30)).keys(keys)
}

#[test]
fn the_list_is_narrowed_by_words_provider_category_and_verdict() {
    three("4")
        .shows("Arc Bell")
        .shows("Bell One")
        .shows("Hum Bell");
    three("4Farc").shows("> Arc Bell").hides("Hum Bell");
    three("4karc").shows("> Arc Bell").hides("Hum Bell");
    three("4Farc<Esc>").shows("Hum Bell");
    three("4parc<Enter>")
        .shows("· Arc Smiths")
        .hides("Hum Bell");
    three("4#doors<Enter>").shows("· Doors").shows("Hum Bell");
    three("4vname<Enter>").shows("Hum Bell").hides("Arc Bell");
    three("4Fzzz").shows("Nothing matches. Enter searches everything, Esc takes the filters off.");
    three("4parc<Enter><Esc>")
        .shows("Hum Bell")
        .hides("· Arc Smiths");
    check_toasts(&[("4%", "services take no stance; # narrows to a category")]);
}

#[test]
fn sorting_says_by_what_and_turns_round() {
    let sorted = three("4S");
    assert!(sorted.toast().starts_with("sorted "), "{}", sorted.toast());
    assert_ne!(three("4S").toast(), three("4SR").toast());
    assert_eq!(three("4S").toast(), three("4SRR").toast());
}

#[test]
fn the_cursor_stays_on_its_service() {
    let on = |keys: &str, name: &str| three(keys).shows(&format!("> {name}"));
    on("4G", "Hum Bell");
    on("4Gvname<Enter>", "Hum Bell");
    on("4GLmore<Enter>", "Hum Bell");
    on("4GD2021<Enter>", "Hum Bell");
    on("4G1[", "Hum Bell");
}

#[test]
fn a_lens_and_a_date_say_what_they_change() {
    check_toasts(&[
        (
            "4Lmore<Enter>",
            "scores from 0 to 10 · lens: More or less a bell",
        ),
        ("4L<Enter>", "lens: Nothing between guests"),
        (
            "4D2021<Enter>",
            "verdicts as of 2021; D and Enter bring the newest facts back",
        ),
        (
            "4D2031<Enter>",
            "2031 has not come: these are the newest facts",
        ),
        (
            "4D2021<Enter>D2022<Enter>",
            "verdicts as of 2022; D and Enter bring the newest facts back",
        ),
        (
            "4Lmore<Enter>v",
            "this lens gives scores and no verdicts; S sorts by them",
        ),
    ]);
}

#[test]
fn enter_opens_the_service_and_the_mouse_chooses_it() {
    check(&[("4<Enter>", "A bell that rings when pressed.", "")]);
    let app = three("4");
    let (x, y) = app.find("Hum Bell");
    app.click(x, y).shows("> Hum Bell");
    let app = three("4");
    let (x, y) = app.find("/ to filter");
    app.click(x, y).keys("arc").hides("Hum Bell");
}

#[test]
fn a_click_on_a_head_sorts_by_it_and_again_turns_round() {
    let app = three("4");
    let (x, y) = app.find("idle");
    let once = three("4").click(x, y).toast().to_owned();
    assert!(once.starts_with("sorted "), "{once}");
    assert_ne!(three("4").click(x, y).click(x, y).toast(), once);
}
