//! Tests of the markdown reader: shapes, places, hostile input.

use proptest::prelude::*;
use pulldown_cmark::Options;

use super::builder::{MAX_TEXT, options};
use super::*;
use crate::pack::doc::{Block, ListItem, MAX_DEPTH, Span, plain};

/// A document in one line: `p` paragraph, `h2` heading, `q` quote, `ul`/`ol` lists, `t` table, `c` code, `-` rule, `f` note.
fn shape(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    let cells = |row: &Vec<Vec<Span>>| {
        row.iter()
            .map(|cell| spans(cell))
            .collect::<Vec<_>>()
            .join("|")
    };
    match block {
        Block::Heading {
            level,
            spans: words,
            anchor,
        } => format!("h{level}#{anchor}[{}]", spans(words)),
        Block::Paragraph(words) => format!("p[{}]", spans(words)),
        Block::List { start: None, items } => format!(
            "ul({})",
            items.iter().map(item).collect::<Vec<_>>().join("; ")
        ),
        Block::List {
            start: Some(n),
            items,
        } => format!(
            "ol{n}({})",
            items.iter().map(item).collect::<Vec<_>>().join("; ")
        ),
        Block::Quote(blocks) => format!("q({})", shape(blocks)),
        Block::Code { language, text } => format!("c:{language}[{text}]"),
        Block::Table { aligns, head, rows } => {
            let rows: Vec<String> = rows.iter().map(cells).collect();
            format!("t{}({} / {})", aligns.len(), cells(head), rows.join(" / "))
        }
        Block::Rule => "-".to_owned(),
        Block::Footnote { label, blocks } => format!("f:{label}({})", shape(blocks)),
    }
}

fn item(item: &ListItem) -> String {
    let tick = item
        .ticked
        .map_or("", |ticked| if ticked { "x " } else { "o " });
    format!("{tick}{}", shape(&item.blocks))
}

fn spans(spans: &[Span]) -> String {
    let mark = |on, sign: &'static str| if on { sign } else { "" };
    let span = |s: &Span| {
        let signs = [
            mark(s.marks.emphasis, "*"),
            mark(s.marks.strong, "!"),
            mark(s.marks.code, "`"),
            mark(s.marks.strike, "~"),
        ];
        let link = s.link.map(|n| format!("<{n}>")).unwrap_or_default();
        format!("{}{}{link}", signs.concat(), s.text)
    };
    spans.iter().map(span).collect::<Vec<_>>().join("·")
}

fn read(source: &str) -> (ParsedBody, Notes) {
    let mut notes = Notes::new("terms/x.md");
    let page = page(source, 0..source.len(), &mut notes);
    (page, notes)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let (page, notes) = read(source);
    assert_eq!(shape(&page.doc.blocks), expected, "from {source:?}");
    assert_eq!(
        page.doc.blocks.len(),
        page.places.len(),
        "every block has a place"
    );
    assert_eq!(notes.problems, []);
}

#[test]
fn blocks_have_their_shapes() {
    check("a\nb", "p[a b]");
    check("a  \nb\\\nc", "p[a\nb\nc]");
    check(
        "# A *b*\n\n## What is billed?",
        "h1#a-b[A ·*b] h2#what-is-billed[What is billed?]",
    );
    check("> a\n>\n> - b\n> - c", "q(p[a] ul(p[b]; p[c]))");
    check("- a\n\n  b\n- c", "ul(p[a] p[b]; p[c])");
    check("3. a\n4. b\n   - c", "ol3(p[a]; p[b] ul(p[c]))");
    check(
        "- [x] a\n  > why\n- [ ] *b*\n",
        "ul(x p[a] q(p[why]); o p[*b])",
    );
    check(
        "```rust x\nfn a() {\n\tb\n}\n```",
        "c:rust x[fn a() {\n    b\n}]",
    );
    check("    a\n\n    b", "c:[a\n\nb]");
    check("a\n\n---\n\nb", "p[a] - p[b]");
    check(
        "| a | b |\n| - | -: |\n| `c` |\n| d | e | f |",
        "t2(a|b / `c| / d|e)",
    );
    check("a[^n] b\n\n[^n]: note", "p[a[n] b] f:n(p[note])");
    check("##\n\na", "p[a]");
    check("\u{200b}\n\na", "p[a]");
    check("- \n- a", "ul(; p[a])");
}

#[test]
fn styles_merge_and_nest() {
    check("a **b *c* d** e", "p[a ·!b ·*!c·! d· e]");
    check("*a **b***", "p[*a ·*!b]");
    check("~~a~~ `b``c`", "p[~a· ·`b``c]");
    check("a &amp; b &lt;", "p[a & b <]");
    check("$a$ :a: ^b^ {#c}", "p[$a$ :a: ^b^ {#c}]");
}

#[test]
fn links_have_targets_and_places() {
    let source = "see [cold *start*](../terms/cold-start.md), [b](#b), <https://a.org/x> and ![alt](https://b.org) ![x](y.png)\n\n\
                  [![pic](https://c.org)](faas.md) [](../myths/no-ops.md)";
    let (page, notes) = read(source);
    assert_eq!(
        shape(&page.doc.blocks),
        "p[see ·cold <0>·*start<0>·, ·b<1>·, ·https://a.org/x<2>· and ·alt<3>· x] p[pic<4>· ·myths/no-ops<5>]"
    );
    let quoted: Vec<&str> = page
        .doc
        .links
        .iter()
        .map(|link| &source[link.at.clone()])
        .collect();
    let expected = [
        "[cold *start*](../terms/cold-start.md)",
        "[b](#b)",
        "<https://a.org/x>",
        "![alt](https://b.org)",
        "[![pic](https://c.org)](faas.md)",
        "[](../myths/no-ops.md)",
    ];
    assert_eq!(quoted, expected);
    let mentions: Vec<String> = notes.outgoing.iter().map(|o| o.to.to_string()).collect();
    assert_eq!(mentions, ["terms/cold-start", "terms/faas", "myths/no-ops"]);
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let source = "+++\nx = 1\n+++\n\nécrit\n\n> q [a](b.mx)\n\n- i\n- j\n\n## H\n";
    let mut notes = Notes::new("terms/x.md");
    let page = page(source, 14..source.len(), &mut notes);
    let quoted: Vec<&str> = page.places.iter().map(|at| &source[at.clone()]).collect();
    assert_eq!(quoted, ["écrit", "> q [a](b.mx)", "- i\n- j", "## H"]);
    let Block::List { items, .. } = &page.doc.blocks[2] else {
        panic!("a list")
    };
    assert_eq!(&source[items[1].at.clone()], "- j");
    assert_eq!(
        &source[notes.problems[0].span.clone().unwrap()],
        "[a](b.mx)"
    );
    assert_eq!(&source[notes.headings[0].1.clone()], "## H");
}

#[test]
fn the_options_are_these_five() {
    let all = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    assert_eq!(options(), all);
}

/// Every text of a document, and its nesting.
fn inspect(blocks: &[Block], depth: usize, see: &mut impl FnMut(&str)) {
    assert!(depth <= MAX_DEPTH, "nesting is bounded");
    let words = |spans: &[Span], see: &mut dyn FnMut(&str)| spans.iter().for_each(|s| see(&s.text));
    for block in blocks {
        match block {
            Block::Heading { spans, anchor, .. } => {
                words(spans, see);
                see(anchor);
            }
            Block::Paragraph(spans) => words(spans, see),
            Block::List { items, .. } => items
                .iter()
                .for_each(|i| inspect(&i.blocks, depth + 1, see)),
            Block::Quote(blocks) => inspect(blocks, depth + 1, see),
            Block::Code { language, text } => {
                see(language);
                see(text);
            }
            Block::Table { aligns, head, rows } => {
                for row in std::iter::once(head).chain(rows) {
                    assert_eq!(row.len(), aligns.len());
                    row.iter().for_each(|cell| words(cell, see));
                }
            }
            Block::Rule => {}
            Block::Footnote { label, blocks } => {
                see(label);
                inspect(blocks, depth + 1, see);
            }
        }
    }
}

/// No text may drive a terminal; links and places must hold.
fn is_safe(source: &str) -> Notes {
    let (page, notes) = read(source);
    let mut bytes = 0;
    inspect(&page.doc.blocks, 0, &mut |text| {
        assert!(
            !text.chars().any(|c| c.is_control() && c != '\n'),
            "a control got through: {text:?}"
        );
        assert!(
            !text.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{e0041}']),
            "{text:?}"
        );
        bytes += text.len();
    });
    assert!(bytes <= 8 * source.len() + (64 << 10) && bytes <= 4 * MAX_TEXT);
    assert_eq!(page.doc.blocks.len(), page.places.len());
    let in_file = |at: &Bytes| {
        assert!(
            source.get(at.clone()).is_some(),
            "{at:?} is no place of the file"
        )
    };
    page.places.iter().for_each(in_file);
    page.doc.links.iter().for_each(|link| in_file(&link.at));
    notes
        .problems
        .iter()
        .filter_map(|d| d.span.as_ref())
        .for_each(in_file);
    notes
}

#[test]
fn entities_and_bytes_cannot_drive_a_terminal() {
    let esc = "\u{1b}[31m \u{9b}2J \u{202e}x \u{e0041} &#27;[2J &#x9b;1m &#x202e; &**#27;**[x &amp;#27; &Tab;| &#10;# x &#0;";
    let frames = [
        "X",
        "# X",
        "> X",
        "- X",
        "```X\nX\n```",
        "    X",
        "| X | a |\n|--|--|\n| X | X |",
        "[X](../terms/faas.md)",
        "[a](<X>)",
        "![X](https://a.org/X)",
        "<https://a.org/X>",
        "a[^X]\n\n[^X]: X",
        "<b X>",
        "[X]: /u\n\n[X]",
        "[a](#X)",
        "[a](X:y)",
    ];
    for frame in frames {
        is_safe(&frame.replace('X', esc));
    }
}

#[test]
fn nesting_is_flattened_and_said_once() {
    for (unit, kept) in [
        ("> ", true),
        ("- ", true),
        ("1. ", true),
        ("[^a]: ", false),
        ("- > ", true),
    ] {
        let notes = is_safe(&format!("{}deep", unit.repeat(50_000)));
        let codes: Vec<&str> = notes.problems.iter().map(|d| d.code).collect();
        assert_eq!(
            codes,
            if kept { vec!["nesting-deep"] } else { vec![] },
            "{unit:?}"
        );
    }
    let (page, _) = read(&format!("{}deep\n\nafter", "> ".repeat(40)));
    assert_eq!(
        shape(&page.doc.blocks),
        format!("{}p[deep]{} p[after]", "q(".repeat(32), ")".repeat(32))
    );
}

#[test]
fn bombs_end_at_the_limit() {
    let long = "x".repeat(200_000);
    let refs = format!(
        "[a]: https://a.org/{}\n\n{}",
        "y".repeat(1_900),
        "[a] ".repeat(60_000)
    );
    let table = |columns| {
        format!(
            "{}\n{}\n{}",
            "|a".repeat(columns),
            "|-".repeat(columns),
            "a\n".repeat(100_000)
        )
    };
    for source in [
        refs.clone(),
        table(60),
        table(5_000),
        format!("[a]: <{long}>\n\n{}", "[a] ".repeat(200_000)),
    ] {
        is_safe(&source);
    }
    let codes = |source: &str| {
        read(source)
            .1
            .problems
            .iter()
            .map(|d| d.code)
            .collect::<Vec<_>>()
    };
    // The parser itself stops resolving references after about as many bytes as the file has.
    assert_eq!(codes(&refs), [""; 0]);
    assert_eq!(codes(&table(5_000)), ["table-wide"]);
    assert_eq!(codes(&table(60)), ["page-long"]);
}

#[test]
fn floods_of_brackets_and_loops_end() {
    let mut all: Vec<String> = [
        "[",
        "]",
        "![",
        "*",
        "_",
        "`",
        "<",
        "&",
        "|",
        "\\",
        "~",
        "(",
        "[](",
        "[^",
        "[a](b.md)",
        "a\n-\n",
        "**a",
        "\t",
        "<!--",
    ]
    .iter()
    .map(|unit| unit.repeat((1 << 20) / unit.len()))
    .collect();
    all.push("[^a]: x [^b]\n\n[^b]: y [^a]\n\n".repeat(1_000));
    all.push("| a |\n|---|\n".repeat(50_000));
    for source in all {
        is_safe(&source);
    }
}

proptest! {
    #[test]
    fn any_text_is_safe(source in "\\PC*") {
        is_safe(&source);
    }

    #[test]
    fn any_markup_is_safe(parts in prop::collection::vec(prop::sample::select(MARKUP), 0..60)) {
        is_safe(&parts.concat());
    }
}

/// Pieces that markdown is made of, and what hides in it.
const MARKUP: &[&str] = &[
    "a",
    "é",
    "\u{301}",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "- ",
    "1. ",
    "> ",
    "# ",
    "- [x] ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "|",
    "\n|-|-|\n",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "https://a.org",
    "../terms/a.md",
    "#b",
    "[^a]",
    "[^a]: ",
    "&#27;",
    "&#x202e;",
    "&amp;",
    "\\",
    "---\n",
    "+++\n",
    "\r",
    "\0",
    "\u{1b}[2J",
    "\u{9b}",
    "\u{200d}",
    ":\n",
];

#[test]
fn fragments_stand_where_their_value_stands() {
    let mut notes = Notes::new("questions/x.md");
    let doc = fragment("a **b** [c](d)", 7..9, &mut notes);
    assert_eq!(shape(&doc.blocks), "p[a ·!b· ·c<0>]");
    assert_eq!(plain(&[]).as_str(), "");
    assert_eq!(
        (doc.links[0].at.clone(), notes.problems[0].span.clone()),
        (7..9, Some(7..9))
    );
}

/// What a text becomes, and the codes of what is said about it.
#[track_caller]
fn said(source: &str, expected: &str, codes: &[&str]) {
    let (page, notes) = read(source);
    assert_eq!(shape(&page.doc.blocks), expected, "from {source:?}");
    let said: Vec<&str> = notes.problems.iter().map(|p| p.code).collect();
    assert_eq!(said, codes, "from {source:?}");
}

#[test]
fn lines_of_ideographs_go_on_without_a_blank() {
    check("日本\n語", "p[日本語]");
    check("日本、\n*語*", "p[日本、·*語]");
    check("クラウド\nAWS", "p[クラウド AWS]");
    check("AWS\nクラウド", "p[AWS クラウド]");
    check("できます。\nAPIは", "p[できます。APIは]");
    check("API（\nv2）", "p[API（v2）]");
    check("한국어\n문장", "p[한국어 문장]");
    check("日本  \n語", "p[日本\n語]");
}

#[test]
fn what_is_not_shown_as_meant_is_said() {
    said("a <!-- x --> b", "p[a  b]", &["html-comment"]);
    said("<!-- x\ny -->\n\na", "p[a]", &["html-comment"]);
    said("<!-- x -->", "", &["html-comment"]);
    said("a <b>c</b>", "p[a <b>c</b>]", &["html-raw"]);
    said("<div>\nx\n</div>", "p[<div>\nx\n</div>]", &["html-raw"]);
    said("<p> <!-- x -->", "p[<p>]", &["html-comment", "html-raw"]);
    said(
        "![](a.png) ![b](c.png)",
        "p[b]",
        &["image-untold", "image-words"],
    );
    said(
        "a[^x], \\[^y], `[^z]`",
        "p[a[^x], [^y], ·`[^z]]",
        &["footnote-unknown"],
    );
    said("<a@b.org>", "p[a@b.org<0>]", &["link-mail"]);
    said(
        "[us](mailto:a@b.org)",
        "p[us<0>· (a@b.org)]",
        &["link-mail"],
    );
    said(
        "[us](mailto:a@b.org?subject=Hi) [a@b.org](mailto:a@b.org?subject=Hi)",
        "p[us<0>· (a@b.org) ·a@b.org<1>]",
        &["link-mail", "link-mail"],
    );
    said(
        "T\n: one\n: two\n\nU\n: three",
        "p[T\n: one\n: two] p[U\n: three]",
        &["definition-list"],
    );
}

#[test]
fn alerts_say_their_kind() {
    check("> [!NOTE]\n> Take *care*.", "q(p[!Note] p[Take ·*care·.])");
    check("> [!caution]\n> a", "q(p[!Caution] p[a])");
    check("> [!other]\n> a", "q(p[[!other] a])");
}

#[test]
fn every_heading_has_an_anchor_of_its_own() {
    check(
        "### A b\n\n### a B\n\n### A b\n\n### A b 1",
        "h3#a-b[A b] h3#a-b-1[a B] h3#a-b-2[A b] h3#a-b-1-1[A b 1]",
    );
    check("## 概要", "h2#概要[概要]");
}
