//! Tests of the page builder: blank rows, addresses and rules in each medium.

use super::*;
use crate::layout::Medium;
use crate::text::Url;

const LONG: &str = "https://example.org/a-long-way-to-go";

fn lines(width: usize, medium: Medium) -> Vec<String> {
    let mut page = PageBuilder::new(PageFormat { width, medium });
    page.title("Cold start");
    let address = Url::parse(LONG).expect("an address");
    let run = page.link(LONG, LinkTarget::Web(address));
    page.label("Sources", vec![run.clone()]);
    page.label_text("As of", "2026");
    page.rule();
    page.wrapped(&[run], 2, 2);
    let page = page.finish();
    page.rows
        .iter()
        .map(|row| row.text().trim_end().to_owned())
        .collect()
}

#[test]
fn print_has_short_rules_and_whole_addresses() {
    let print = |plain, whole_addresses| Medium::Print {
        plain,
        whole_addresses,
        whole_code: whole_addresses,
    };
    let sources = format!("Sources  {LONG}");
    let indented = format!("  {LONG}");
    let long = "─".repeat(24);
    assert_eq!(
        lines(24, print(false, true)),
        [
            "Cold start",
            "──────────",
            "",
            &sources,
            "As of    2026",
            "",
            &long,
            "",
            &indented
        ]
    );
    assert_eq!(
        lines(24, print(true, true)),
        ["Cold start", "", &sources, "As of    2026", "", &indented],
        "no rules where they would be heard"
    );
    for medium in [print(false, false), Medium::Screen] {
        let rows = lines(24, medium);
        assert!(
            rows.iter().all(|row| row.chars().count() <= 24),
            "{rows:#?}"
        );
        assert!(!rows.contains(&sources));
    }
    assert_eq!(lines(24, Medium::Screen)[1], long);
}

#[test]
fn values_under_one_label_name_it_once() {
    let mut page = PageBuilder::new(40);
    page.labels(
        "From",
        ["a", "b"].map(|word| vec![Run::ours(word, Role::Text)]),
    );
    let rows: Vec<String> = page
        .finish()
        .rows
        .iter()
        .map(|r| r.text().to_string())
        .collect();
    assert_eq!(rows, ["From  a", "      b"]);
}

#[test]
fn a_link_to_no_entry_is_plain_text() {
    let mut page = PageBuilder::new(40);
    let run = page.entry_link("words", None);
    assert_eq!((run.role, run.link), (Role::Text, None));
    let address = Address::new(crate::pack::Kind::Terms, "idle");
    let run = page.entry_link("words", address);
    assert_eq!((run.role, run.link), (Role::Link, Some(0)));
}
