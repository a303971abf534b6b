//! Tests of what holds between entries: every code, at its place, with its help.

use crate::pack::check::{CheckOptions, check};
use crate::pack::files::MemoryFiles;
use crate::text::Day;

const HEAD: &str = r#"format = 1
title = "T"
language = "en"
summary = "S"
things = { one = "service", many = "services", claim = { key = "marketed_as_serverless", made = "sells it so", not_made = "does not" } }
criteria = [{ id = "scale_to_zero", title = "scales to zero" }, { id = "pay_per_use", title = "pay per use" }]
"#;

fn term(keys: &str, body: &str) -> String {
    format!("+++\nterm = \"A\"\nbrief = \"B.\"\n{keys}\n+++\n{body}\n")
}

fn lesson(order: u16, keys: &str) -> String {
    format!("+++\ntitle = \"L{order}\"\norder = {order}\nminutes = 1\n{keys}\n+++\nText.\n")
}

fn reference(title: &str, url: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\npublisher = \"P\"\nurl = \"{url}\"\nkind = \"paper\"\nstance = \"neutral\"\n\
         verified = \"listed\"\nchecked = \"2025-01-31\"\n+++\nText.\n"
    )
}

fn service(pricing: &str) -> String {
    let facts: String = ["scale_to_zero", "pay_per_use"]
        .map(|fact| format!("[facts.{fact}]\nanswer = \"no\"\nwhy = \"W\"\n"))
        .concat();
    format!(
        "+++\nname = \"N\"\nprovider = \"P\"\ncategory = \"c\"\nmarketed_as_serverless = {{ sources = [\"https://a.org\"], as_of = \"2026\" }}\nas_of = \"2025-03\"\n\
         confidence = \"low\"\nsources = [\"https://a.org\"]\n{facts}{pricing}+++\nText.\n"
    )
}

/// Checks a pack of these files and compares the problems: path, code, quoted text, help.
#[track_caller]
fn check_files(
    stale: Option<(i32, Day)>,
    files: &[(&str, &str)],
    expected: &[(&str, &str, &str, &str)],
) {
    let head = [("pack.toml", HEAD)];
    let files = MemoryFiles::of(head.iter().chain(files).copied());
    let checked = check(
        &files,
        &CheckOptions {
            stale,
            primary: false,
        },
    );
    let found: Vec<(&str, &str, &str, &str)> = checked
        .diagnostics
        .iter()
        .map(|d| {
            let text = &checked.sources[&d.path];
            let quote = &text[d.span.clone().unwrap()];
            (
                d.path.as_str(),
                d.code,
                quote,
                d.help.as_deref().unwrap_or(""),
            )
        })
        .filter(|(_, code, ..)| *code != "tag-unknown")
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn links_and_ids_lead_to_entries() {
    let cold = term(
        "see_also = [\"warm-strat\", \"cold-start\", \"nobody-says-so\"]",
        "[a](warm-strat.md) [b](lost.md) [c](cold-start.md) [d](cold-start.md#x)",
    );
    let files = [
        ("terms/cold-start.md", cold.as_str()),
        (
            "terms/warm-start.md",
            &term("", "Text.").replace("\"A\"", "\"W\""),
        ),
        ("lessons/lost.md", &lesson(1, "")),
    ];
    let path = "terms/cold-start.md";
    check_files(
        None,
        &files,
        &[
            (
                path,
                "id-unknown",
                "\"warm-strat\"",
                "did you mean `warm-start`?",
            ),
            (path, "link-self", "\"cold-start\"", "leave it out"),
            (
                path,
                "id-unknown",
                "\"nobody-says-so\"",
                "write `terms/nobody-says-so.md`, or leave this out",
            ),
            (
                path,
                "link-broken",
                "[a](warm-strat.md)",
                "did you mean `warm-start`?",
            ),
            (
                path,
                "link-broken",
                "[b](lost.md)",
                "there is a lesson of that name, `lessons/lost.md`",
            ),
            (path, "link-self", "[c](cold-start.md)", "leave it out"),
            (
                path,
                "heading-unknown",
                "[d](cold-start.md#x)",
                "`terms/cold-start.md` has no headings: leave out `#x`",
            ),
            (path, "link-self", "[d](cold-start.md#x)", "write `#x`"),
        ],
    );
}

#[test]
fn links_lead_to_headings() {
    let a = lesson(1, "").replace(
        "Text.",
        "[a](b.md#exmaple) [b](b.md#far-away) [c](#here) [d](b.md#other)\n\n## There",
    );
    let b = lesson(2, "").replace("Text.", "Text.\n\n## Example\n\nT.\n\n## Other\n\nT.");
    let path = "lessons/a.md";
    check_files(
        None,
        &[(path, &a), ("lessons/b.md", &b)],
        &[
            (
                path,
                "heading-unknown",
                "[a](b.md#exmaple)",
                "did you mean `#example`?",
            ),
            (
                path,
                "heading-unknown",
                "[b](b.md#far-away)",
                "its headings are `#example`, `#other`",
            ),
            (
                path,
                "heading-unknown",
                "[c](#here)",
                "did you mean `#there`?",
            ),
        ],
    );
}

#[test]
fn a_name_means_one_entry() {
    let files = [
        (
            "terms/cold.md",
            term("aliases = [\"COLD\", \"w-arm\"]", "T."),
        ),
        (
            "terms/other.md",
            term("aliases = [\"Cold\"]", "T.").replace("\"A\"", "\"a\""),
        ),
        ("terms/warm.md", term("", "T.").replace("\"A\"", "\"Warm\"")),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    check_files(
        None,
        &files,
        &[
            (
                "terms/cold.md",
                "name-taken",
                "\"w-arm\"",
                "leave out this alias, or that name",
            ),
            (
                "terms/other.md",
                "name-taken",
                "\"a\"",
                "give one of the two another name",
            ),
            (
                "terms/other.md",
                "name-taken",
                "\"Cold\"",
                "leave out this alias, or that name",
            ),
        ],
    );
}

#[test]
fn places_and_addresses_are_taken_once() {
    let files = [
        ("lessons/a.md", lesson(1, "")),
        ("lessons/b.md", lesson(1, "")),
        ("references/a.md", reference("A", "https://a.org/x")),
        ("references/b.md", reference("A", "https://a.org/x/")),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    check_files(
        None,
        &files,
        &[
            (
                "lessons/b.md",
                "name-taken",
                "\"L1\"",
                "give one of the two another name",
            ),
            (
                "lessons/b.md",
                "order-taken",
                "1",
                "give the later of the two a higher number",
            ),
            (
                "references/b.md",
                "url-taken",
                "\"https://a.org/x/\"",
                "keep one of the two",
            ),
        ],
    );
}

const PRICES: &str = "[pricing]\ncurrency = \"USD\"\nregion = \"R\"\nas_of = \"2025-04\"\nsources = [\"https://a.org\"]\n\
                      minimum_hourly = 1\nfloor = \"add\"\nassumptions = \"None.\"\n";

#[test]
fn prices_can_be_computed_with() {
    let help = "write `floor = \"add\"`, `\"larger\"` where usage counts toward it, or `\"idle\"` where busy time is billed in its place";
    let path = "services/s.md";
    let untold = PRICES.replace("floor = \"add\"\n", "");
    check_files(
        None,
        &[(path, &service(&untold))],
        &[(path, "floor-untold", "1", help)],
    );
    check_files(None, &[(path, &service(PRICES))], &[]);
    let head = format!("{HEAD}dial = [\"s\", \"t\"]\n");
    let t = service("").replace("\"N\"", "\"M\"");
    check_files(
        None,
        &[
            ("pack.toml", &head),
            (path, &service(PRICES)),
            ("services/t.md", &t),
        ],
        &[(
            "pack.toml",
            "dial-unpriced",
            "\"t\"",
            "name a service that has `[pricing]`",
        )],
    );
}

#[test]
fn dates_grow_old_only_when_asked() {
    let files = [
        ("lessons/a.md", lesson(1, "as_of = \"2024\"")),
        ("references/a.md", reference("A", "https://a.org/x")),
        (
            "services/s.md",
            service(&PRICES.replace("None.", "Floor: add minimum_hourly to the metered usage.")),
        ),
        ("terms/a.md", term("as_of = \"2025-05-24\"", "T.")),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    check_files(None, &files, &[]);
    let help = "check it again and set the new date";
    check_files(
        Some((18, Day::new(2026, 11, 24))),
        &files,
        &[
            ("lessons/a.md", "date-stale", "\"2024\"", help),
            ("references/a.md", "date-stale", "\"2025-01-31\"", help),
            ("services/s.md", "date-stale", "\"2025-03\"", help),
            ("services/s.md", "date-stale", "\"2025-04\"", help),
        ],
    );
}
