//! Tests of the reader of keys: what comes out, and what is said about everything else.

use super::*;
use crate::pack::front_matter::FrontMatter;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Form {
    Single,
    Several,
}

impl Words for Form {
    const WORDS: &'static [(&'static str, Self)] =
        &[("single", Self::Single), ("several", Self::Several)];
}

/// Reads front matter, compares what is complained about (code, quoted bytes, message), and gives back the notes.
#[track_caller]
fn check(
    front: &str,
    read: impl FnOnce(&mut Fields<'_, '_>),
    expected: &[(&str, &str, &str)],
) -> Notes {
    let source = format!("+++\n{front}\n+++\nbody");
    let mut notes = Notes::new("terms/x.md");
    let parsed = FrontMatter::of_entry(&source, &mut notes).expect("the syntax is right");
    let mut fields = parsed.fields(&mut notes);
    read(&mut fields);
    fields.finish();
    let found: Vec<(&str, &str, &str)> = notes
        .problems
        .iter()
        .map(|d| (d.code, &source[d.span.clone().unwrap()], d.message.as_str()))
        .collect();
    assert_eq!(found, expected, "{front}");
    notes
}

/// Reads the key `k` of `k = VALUE` and compares the value and the complaint about it.
#[track_caller]
fn value<T: PartialEq + std::fmt::Debug>(
    value: &str,
    read: impl FnOnce(&mut Fields<'_, '_>, &str) -> T,
    expected: T,
    complaint: Option<(&str, &str)>,
) {
    let complaint = complaint.map(|(code, message)| (code, value, message));
    let read = |f: &mut Fields<'_, '_>| assert_eq!(read(f, "k"), expected, "from {value}");
    check(&format!("k = {value}"), read, complaint.as_slice());
}

#[test]
fn texts_are_cleaned_and_stand_on_one_line() {
    let text = |text| Some(SafeText::ours(text));
    value(
        r#"" a\u001b[31m\nb ""#,
        |f, k| f.text(k),
        text("a\u{241b}[31m b"),
        None,
    );
    value(
        "3",
        |f, k| f.text(k),
        None,
        Some((
            "value-type",
            "`k` must be text in quotes, not a whole number",
        )),
    );
    value(
        "\" \"",
        |f, k| f.text(k),
        None,
        Some(("value-empty", "`k` is empty")),
    );
    value(
        "[\"x\"]",
        |f, k| f.texts(k),
        Some(vec![SafeText::ours("x")]),
        None,
    );
    value(
        "\"x\"",
        |f, k| f.texts(k),
        None,
        Some(("value-type", "`k` must be a list in brackets, not text")),
    );
}

#[test]
fn numbers_and_flags_have_their_type_and_range() {
    value("true", |f, k| f.flag(k), Some(true), None);
    value(
        "\"yes\"",
        |f, k| f.flag(k),
        None,
        Some(("value-type", "`k` must be `true` or `false`, not text")),
    );
    value("0x10", |f, k| f.whole(k, 1..=16), Some(16u8), None);
    let range = Some(("value-range", "`k` must be from 1 to 9"));
    for wrong in ["0", "10", "300", "99999999999999999999"] {
        value(wrong, |f, k| f.whole(k, 1..=9u8), None, range);
    }
    value(
        "1.5",
        |f, k| f.whole(k, 1..=9u16),
        None,
        Some((
            "value-type",
            "`k` must be a whole number, not a number with a fraction",
        )),
    );
    value("3", |f, k| f.number(k, 0.0..=3.0), Some(3.0), None);
    value(
        "nan",
        |f, k| f.number(k, 0.0..=1.0),
        None,
        Some(("value-range", "`k` must be from 0 to 1")),
    );
    value(
        "[]",
        |f, k| f.number(k, 0.0..=1.0),
        None,
        Some(("value-type", "`k` must be a number, not a list")),
    );
}

#[test]
fn dates_and_words_are_those_that_are_known() {
    value("\"2026-09\"", |f, k| f.date(k), Day::parse("2026-09"), None);
    value(
        "2026-09-30",
        |f, k| f.date(k),
        None,
        Some(("date-form", "`k` is not a date")),
    );
    value("\"several\"", |f, k| f.word(k), Some(Form::Several), None);
    value(
        "\"sigle\"",
        |f, k| f.word::<Form>(k),
        None,
        Some(("value-unknown", "`k` cannot be `sigle`")),
    );
    value(
        "{ }",
        |f, k| f.word::<Form>(k),
        None,
        Some(("value-type", "`k` must be text in quotes, not a table")),
    );
}

#[test]
fn ids_are_kebab_case_and_listed() {
    let pack = [NamedId {
        id: "data".to_owned(),
        title: "Data".into(),
    }];
    value("\"a-b\"", |f, k| f.id(k), Some("a-b".to_owned()), None);
    value(
        "\"A b\"",
        |f, k| f.id(k),
        None,
        Some(("id-form", "`A b` is not an id")),
    );
    let listed = |f: &mut Fields<'_, '_>, k: &str| f.listed_id(k, &pack, "tag");
    value("\"data\"", listed, Some("data".to_owned()), None);
    let unknown = Some(("tag-unknown", "`pack.toml` has no tag `dada`"));
    value("\"dada\"", listed, Some("dada".to_owned()), unknown);
    let read = |f: &mut Fields<'_, '_>| {
        let ids = f.listed_ids("k", &pack, "tag");
        assert_eq!(ids, Some(vec!["data".to_owned(), "x".to_owned()]));
    };
    let expected = [
        ("id-form", "\"X\"", "`X` is not an id"),
        ("tag-unknown", "\"x\"", "`pack.toml` has no tag `x`"),
    ];
    check("k = [\"data\", \"X\", \"x\"]", read, &expected);
    let named = |f: &mut Fields<'_, '_>| {
        let named = f.named("k").unwrap();
        assert_eq!(
            (named.len(), named[0].id.as_str(), named[0].title.as_str()),
            (1, "a", "A")
        );
    };
    check(
        "[k]\na = \"A\"\nB = \"b\"",
        named,
        &[("id-form", "\"b\"", "`B` is not an id")],
    );
}

#[test]
fn an_id_is_there_once() {
    let read = |f: &mut Fields<'_, '_>| {
        let mut seen = HashSet::new();
        let new = f.each("rows", |f| {
            let id = f.need("id", Fields::id);
            f.once("id", &id, &mut seen)
        });
        assert_eq!(new, Some(vec![true, true, false]));
    };
    let front = "rows = [{ id = \"a\" }, { id = \"b\" }, { id = \"a\" }]";
    check(front, read, &[("id-twice", "\"a\"", "`a` is there twice")]);
}

#[test]
fn addresses_and_sources_say_why_they_are_refused() {
    let read = |f: &mut Fields<'_, '_>| {
        assert!(f.web("url").is_none());
        assert_eq!(f.sources("sources").map(|s| s.len()), Some(1));
    };
    let front = "url = \"javascript:alert(1)\"\nsources = [\"https://u@a.org\", \"Neon Docs\", \"ok\", \"a b://c\"]";
    let expected = [
        (
            "address-refused",
            "\"javascript:alert(1)\"",
            "only http and https addresses are opened",
        ),
        (
            "address-refused",
            "\"https://u@a.org\"",
            "addresses with a user name are not opened",
        ),
        (
            "source-form",
            "\"Neon Docs\"",
            "`Neon Docs` is neither an address nor the id of a reference",
        ),
        (
            "address-refused",
            "\"a b://c\"",
            "only http and https addresses are opened",
        ),
    ];
    check(front, read, &expected);
}

#[test]
fn names_mentions_and_sources_are_noted() {
    let front = "term = \"T\"\naliases = [\"x\", \"y\"]\nsee_also = [\"cold-start\"]\nsource = \"a-text\"\n\
                 sources = [\"https://a.org\", \"neon-docs\"]";
    let read = |f: &mut Fields<'_, '_>| {
        assert_eq!(f.need("term", Fields::name).as_str(), "T");
        assert_eq!(f.aliases("aliases").map(|a| a.len()), Some(2));
        assert_eq!(f.entries("see_also", Kind::Terms), ["cold-start"]);
        assert_eq!(
            f.entry("source", Kind::References).as_deref(),
            Some("a-text")
        );
        assert_eq!(f.need_some("sources", Fields::sources).len(), 2);
        assert_eq!(f.entries("absent", Kind::Terms), [""; 0]);
    };
    let notes = check(front, read, &[]);
    let names: Vec<(&str, bool)> = notes
        .names
        .iter()
        .map(|n| (n.text.as_str(), n.alias))
        .collect();
    assert_eq!(names, [("T", false), ("x", true), ("y", true)]);
    let mentions: Vec<String> = notes.outgoing.iter().map(|o| o.to.to_string()).collect();
    assert_eq!(
        mentions,
        [
            "terms/cold-start",
            "references/a-text",
            "references/neon-docs"
        ]
    );
    assert!(
        notes
            .outgoing
            .iter()
            .all(|o| o.is_key && o.anchor.is_none())
    );
    assert_eq!(notes.sources[0].0.as_str(), "https://a.org");
}

#[test]
fn what_must_be_there_is_replaced_when_it_is_not() {
    let read = |f: &mut Fields<'_, '_>| {
        assert_eq!(f.need("text", Fields::text), SafeText::default());
        assert_eq!(f.need("day", Fields::date), Day::default());
        assert_eq!(f.need_word::<Form>("form"), Form::Single);
        assert_eq!(f.need_some("gone", Fields::texts), []);
        assert_eq!(f.need_some("list", Fields::texts), []);
        assert_eq!(f.need_table("table", |_| ()), None);
    };
    let expected = [
        ("key-missing", "+++", "`text` is missing"),
        ("key-missing", "+++", "`day` is missing"),
        ("value-unknown", "\"x\"", "`form` cannot be `x`"),
        ("key-missing", "+++", "`gone` is missing"),
        ("value-empty", "[]", "`list` is empty"),
        (
            "value-type",
            "1",
            "`table` must be a table, not a whole number",
        ),
    ];
    assert!(check("form = \"x\"\nlist = []\ntable = 1", read, &expected).refused());
}

#[test]
fn unknown_keys_are_named_and_shown_all_the_same() {
    let read = |f: &mut Fields<'_, '_>| assert!(f.table("table", |_| ()).is_none());
    let expected = [
        (
            "key-unknown",
            "'e\u{301}t'",
            "`e\u{301}t` is not a key of this table",
        ),
        ("key-unknown", "tabel", "`tabel` is not a key of this table"),
    ];
    let notes = check("tabel = { a = 1 }\n'e\u{301}t' = 1", read, &expected);
    assert!(!notes.refused());
    assert_eq!(
        notes.problems[1].help.as_deref(),
        Some("did you mean `table`?")
    );
}

#[test]
fn tables_are_reported_at_their_heads() {
    let front = "[facts.a]\nanswer = 1\n[[history]]\nx = 1\n[[history]]\nnote = \"n\"\n[dotted]\nk.l = 1\n[list]\na = [1]";
    let read = |f: &mut Fields<'_, '_>| {
        f.table("facts", |f| {
            f.need("b", Fields::text);
            f.table("a", |f| f.need("why", Fields::text));
        });
        let notes = f.each("history", |row| row.need("note", Fields::text));
        assert_eq!(notes.map(|notes| notes.len()), Some(2));
        f.table("dotted", |f| f.table("k", |f| f.need("m", Fields::text)));
        f.table("list", |f| assert_eq!(f.each("a", |_| ()), Some(vec![])));
    };
    let expected = [
        ("key-missing", "facts", "`b` is missing"),
        ("key-missing", "[facts.a]", "`why` is missing"),
        (
            "key-unknown",
            "answer",
            "`answer` is not a key of this table",
        ),
        ("key-missing", "[[history]]", "`note` is missing"),
        ("key-unknown", "x", "`x` is not a key of this table"),
        ("key-missing", "k", "`m` is missing"),
        ("key-unknown", "l", "`l` is not a key of this table"),
        (
            "value-type",
            "1",
            "`a` must be a list of tables, not a whole number",
        ),
    ];
    check(front, read, &expected);
}

#[test]
fn near_misses_are_offered() {
    assert_eq!(
        allowed_words("sigle", &["single", "several"]).as_str(),
        "did you mean `single`?"
    );
    assert_eq!(
        allowed_words("zzz", &["a", "b"]).as_str(),
        "use one of `a`, `b`"
    );
    assert!(quoted(&"x".repeat(100_000)).len() < 100);
}
