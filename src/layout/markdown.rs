//! A [`Doc`] into rows: one arm for each block, each arm a few calls of the [`PageBuilder`].
//! Every word of the doc stands on the page, links in reading order, footnotes at its end.

use crate::layout::builder::PageBuilder;
use crate::layout::row::{Page, Role, Run};
use crate::pack::subject::OwnSection;
use crate::pack::{Block, Doc, LinkTarget, ListItem, Marks, Span};
use crate::text::{SafeText, measure};

/// Lays out a doc at a width, or at [`crate::layout::builder::MEASURE`] when that is less.
pub fn flow(doc: &Doc, width: usize) -> Page {
    let mut page = PageBuilder::new(width);
    page.doc(doc);
    page.finish()
}

impl PageBuilder {
    pub fn doc(&mut self, doc: &Doc) {
        set(self, doc);
    }

    /// Adds what an author put under headings of its own.
    pub fn sections(&mut self, sections: &[OwnSection]) {
        for section in sections {
            self.section(section.heading.clone(), Role::Heading);
            self.doc(&section.text);
        }
    }
}

fn set(page: &mut PageBuilder, doc: &Doc) {
    let mut flow = DocLayout {
        doc,
        links: vec![None; doc.links.len()],
        footnotes: Vec::new(),
    };
    flow.blocks(page, &doc.blocks, 0);
    // A footnote may hold another; taking them in turn keeps their order.
    let mut at = 0;
    while let Some((label, blocks)) = flow.footnotes.get(at).copied() {
        at += 1;
        flow.footnote(page, label, blocks);
    }
}

/// A footnote that waits for the end: its label and its blocks.
type Footnote<'a> = (&'a SafeText, &'a [Block]);

struct DocLayout<'a> {
    doc: &'a Doc,
    /// What the doc's links are on the page; filled as they are met.
    links: Vec<Option<Option<u16>>>,
    footnotes: Vec<Footnote<'a>>,
}

impl<'a> DocLayout<'a> {
    fn blocks(&mut self, page: &mut PageBuilder, blocks: &'a [Block], depth: usize) {
        for block in blocks {
            self.block(page, block, depth);
        }
    }

    fn block(&mut self, page: &mut PageBuilder, block: &'a Block, depth: usize) {
        match block {
            Block::Heading {
                level,
                spans,
                anchor,
            } => {
                let role = if *level == 1 {
                    Role::Title
                } else {
                    Role::Heading
                };
                let runs = self.runs(page, spans, role);
                page.heading_runs(*level, runs, anchor.clone());
            }
            Block::Paragraph(spans) => {
                let runs = self.runs(page, spans, Role::Text);
                page.paragraph(runs);
            }
            Block::List { start, items } => self.list(page, *start, items, depth),
            Block::Quote(blocks) => {
                let bar = || vec![Run::ours("│ ", Role::Quote)];
                page.inside(bar(), bar(), |s| self.blocks(s, blocks, depth));
            }
            Block::Code { language, text } => page.code(language, text),
            Block::Table { aligns, head, rows } => {
                let mut cells = |row: &'a [Vec<Span>], role| -> Vec<Vec<Run>> {
                    row.iter().map(|c| self.runs(page, c, role)).collect()
                };
                let head = cells(head, Role::Label);
                let rows: Vec<_> = rows.iter().map(|row| cells(row, Role::Text)).collect();
                page.table(aligns, &head, &rows);
            }
            Block::Rule => page.rule(),
            Block::Footnote { label, blocks } => self.footnotes.push((label, blocks)),
        }
    }

    fn list(
        &mut self,
        page: &mut PageBuilder,
        start: Option<u64>,
        items: &'a [ListItem],
        depth: usize,
    ) {
        let last = start.map(|s| s.saturating_add(items.len().saturating_sub(1) as u64));
        let digits = last.map_or(0, |n| n.to_string().len());
        let mut each = |page: &mut PageBuilder| {
            for (i, item) in items.iter().enumerate() {
                let number = start.map(|s| s.saturating_add(i as u64));
                let marker = marker(number, digits, item.ticked, depth);
                let column = measure::width(&marker);
                page.indented(vec![Run::new(marker, Role::Dim)], column, |s| {
                    self.blocks(s, &item.blocks, depth + 1)
                });
            }
        };
        if items.iter().all(is_short) {
            page.tightly(each);
        } else {
            each(page);
        }
    }

    fn footnote(&mut self, page: &mut PageBuilder, label: &SafeText, blocks: &'a [Block]) {
        let marker = crate::safe!("[{}] ", SafeText::line(label));
        let column = measure::width(&marker).min(8);
        if measure::width(&marker) > column {
            page.paragraph_tight(vec![Run::new(marker, Role::Dim)]);
            page.indented(vec![], 2, |s| self.blocks(s, blocks, 0));
        } else {
            page.indented(vec![Run::new(marker, Role::Dim)], column, |s| {
                self.blocks(s, blocks, 0)
            });
        }
    }

    /// Spans as runs: what their marks mean on top of `role`.
    fn runs(&mut self, page: &mut PageBuilder, spans: &'a [Span], role: Role) -> Vec<Run> {
        let mut runs = Vec::with_capacity(spans.len());
        let mut struck = false;
        for span in spans.iter().filter(|s| !s.text.is_empty()) {
            if span.marks.strike != struck {
                runs.push(Run::ours("~", Role::Dim));
                struck = span.marks.strike;
            }
            let link = span.link.and_then(|l| self.link(page, usize::from(l)));
            let role = if link.is_some() {
                Role::Link
            } else {
                role_of(span.marks, role)
            };
            runs.push(Run {
                text: span.text.clone(),
                role,
                link,
            });
        }
        if struck {
            runs.push(Run::ours("~", Role::Dim));
        }
        runs
    }

    /// The page's number for a link of the doc.
    fn link(&mut self, page: &mut PageBuilder, number: usize) -> Option<u16> {
        let known = self.links.get_mut(number)?;
        let target: &LinkTarget = &self.doc.links.get(number)?.target;
        *known.get_or_insert_with(|| page.register(target))
    }
}

fn role_of(marks: Marks, plain: Role) -> Role {
    match marks {
        Marks { code: true, .. } => Role::Code,
        Marks { strong: true, .. } if plain == Role::Text => Role::Strong,
        Marks { emphasis: true, .. } if plain == Role::Text => Role::Emphasis,
        Marks { strike: true, .. } if plain == Role::Text => Role::Dim,
        Marks { .. } => plain,
    }
}

/// What stands before an item: a right-aligned number or a bullet, and a box where it can be ticked.
fn marker(number: Option<u64>, digits: usize, ticked: Option<bool>, depth: usize) -> SafeText {
    let bullet = if depth.is_multiple_of(2) { "· " } else { "- " };
    let ticked = ticked.map_or("", |t| if t { "[x] " } else { "[ ] " });
    match number {
        Some(n) => crate::safe!("{n:>digits$}. {ticked}"),
        None if ticked.is_empty() => SafeText::ours(bullet),
        None => SafeText::ours(ticked),
    }
}

/// An item of a tight list: one paragraph at most, perhaps with tight lists under it.
fn is_short(item: &ListItem) -> bool {
    let is_tight = |(i, block): (usize, &Block)| match block {
        Block::Paragraph(_) => i == 0,
        Block::List { items, .. } => items.iter().all(is_short),
        Block::Footnote { .. } => true,
        Block::Heading { .. }
        | Block::Quote(_)
        | Block::Code { .. }
        | Block::Table { .. }
        | Block::Rule => false,
    };
    item.blocks.iter().enumerate().all(is_tight)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::find::PageHit;
    use crate::layout::row::Row;
    use crate::pack::Align;
    use crate::pack::doc::Link;

    fn span(text: &'static str) -> Span {
        Span {
            text: SafeText::ours(text),
            ..Span::default()
        }
    }

    fn para(text: &'static str) -> Block {
        Block::Paragraph(vec![span(text)])
    }

    fn item(ticked: Option<bool>, blocks: Vec<Block>) -> ListItem {
        ListItem {
            ticked,
            blocks,
            at: 0..0,
        }
    }

    fn bullets(items: Vec<Vec<Block>>) -> Block {
        Block::List {
            start: None,
            items: items.into_iter().map(|b| item(None, b)).collect(),
        }
    }

    fn doc(blocks: Vec<Block>) -> Doc {
        let link = |anchor: &str| Link {
            target: LinkTarget::Anchor(anchor.into()),
            at: 0..0,
        };
        let nowhere = Link {
            target: LinkTarget::Nowhere(SafeText::ours("x")),
            at: 0..0,
        };
        Doc {
            blocks,
            links: vec![link("zero"), nowhere, link("two")],
        }
    }

    #[track_caller]
    fn check(blocks: Vec<Block>, width: usize, expected: &str) {
        let page = flow(&doc(blocks), width);
        let rows: Vec<String> = page.rows.iter().map(|r| r.text().to_string()).collect();
        assert_eq!(rows.join("\n"), expected, "at {width}");
    }

    #[test]
    fn blocks_stand_apart_by_one_blank_row_and_headings_close_to_their_text() {
        let heading = Block::Heading {
            level: 2,
            spans: vec![span("Idle cost")],
            anchor: "idle-cost".into(),
        };
        let code = Block::Code {
            language: SafeText::default(),
            text: SafeText::ours("let x = 1;\n\n  y"),
        };
        check(
            vec![
                heading,
                para("Nothing at all."),
                code,
                Block::Rule,
                para("End."),
            ],
            10,
            "Idle cost\nNothing at\nall.\n\n  let x = \n  1;\n\n    y\n\n──────────\n\nEnd.",
        );
    }

    #[test]
    fn lists_hang_and_are_tight_when_short() {
        let nested = bullets(vec![vec![para("inner one")], vec![para("inner two")]]);
        check(
            vec![
                para("Before."),
                bullets(vec![
                    vec![para("a long item here"), nested.clone()],
                    vec![para("b")],
                ]),
                para("After."),
            ],
            14,
            "Before.\n\n· a long item\n  here\n  - inner one\n  - inner two\n· b\n\nAfter.",
        );
        check(
            vec![bullets(vec![
                vec![para("a"), para("more")],
                vec![para("b")],
            ])],
            14,
            "· a\n\n  more\n\n· b",
        );
        check(vec![bullets(vec![vec![], vec![para("b")]])], 14, "·\n· b");
        let numbered = Block::List {
            start: Some(9),
            items: vec![
                item(None, vec![para("nine")]),
                item(None, vec![para("ten")]),
            ],
        };
        check(vec![numbered.clone()], 20, " 9. nine\n10. ten");
        check(vec![numbered], 6, "9.\nnine\n10.\nten");
        let tasks = vec![
            item(Some(true), vec![para("done")]),
            item(Some(false), vec![para("open")]),
        ];
        check(
            vec![Block::List {
                start: None,
                items: tasks,
            }],
            20,
            "[x] done\n[ ] open",
        );
    }

    #[test]
    fn quotes_keep_their_bar_and_footnotes_come_last() {
        let quote = Block::Quote(vec![
            para("first thing said"),
            Block::Quote(vec![para("deeper")]),
        ]);
        let note = Block::Footnote {
            label: SafeText::ours("1"),
            blocks: vec![para("a note of some length")],
        };
        check(
            vec![note, para("Text[1]"), quote, para("End")],
            16,
            "Text[1]\n\n│ first thing\n│ said\n│\n│ │ deeper\n\nEnd\n\n[1] a note of\n    some length",
        );
    }

    #[test]
    fn tables_fit_or_fold() {
        let cells =
            |texts: &[&'static str]| texts.iter().map(|t| vec![span(t)]).collect::<Vec<_>>();
        let table = |rows: Vec<Vec<Vec<Span>>>| Block::Table {
            aligns: vec![Align::Left, Align::Left, Align::Right],
            head: cells(&["Service", "What it is", "Idle"]),
            rows,
        };
        let rows = vec![
            cells(&["Lambda", "functions run on demand", "$0.00"]),
            cells(&["Aurora", "a database", "$43.80"]),
        ];
        check(
            vec![table(rows.clone())],
            40,
            "Service  What it is                 Idle\n────────────────────────────────────────\n\
             Lambda   functions run on demand   $0.00\nAurora   a database               $43.80",
        );
        check(
            vec![table(rows.clone())],
            32,
            "Service  What it is         Idle\n────────────────────────────────\n\
             Lambda   functions run     $0.00\n         on demand\nAurora   a database       $43.80",
        );
        check(
            vec![table(rows)],
            24,
            "Service\n  Lambda\nWhat it is\n  functions run on\n  demand\nIdle\n  $0.00\n\n\
             Service\n  Aurora\nWhat it is\n  a database\nIdle\n  $43.80",
        );
    }

    #[test]
    fn links_are_numbered_as_they_are_read() {
        let link = |text: &'static str, link| Span {
            text: SafeText::ours(text),
            link: Some(link),
            ..Span::default()
        };
        let blocks = vec![
            Block::Paragraph(vec![link("to two", 2), span(" and "), link("nowhere", 1)]),
            Block::Paragraph(vec![link("to zero", 0), span(", "), link("two again", 2)]),
        ];
        let page = flow(&doc(blocks), 12);
        assert_eq!(
            page.links,
            [
                LinkTarget::Anchor("two".into()),
                LinkTarget::Anchor("zero".into())
            ]
        );
        let spots: Vec<_> = page
            .link_spots()
            .iter()
            .map(|s| (s.link, s.row, s.start, s.end))
            .collect();
        assert_eq!(
            spots,
            [(0, 0, 0, 6), (0, 3, 9, 12), (0, 4, 0, 5), (1, 3, 0, 7)]
        );
        assert_eq!(
            (page.link_at(3, 6), page.link_at(3, 7), page.link_at(9, 0)),
            (Some(1), None, None)
        );
    }

    #[test]
    fn words_are_found_across_styles_and_breaks() {
        let strong = Span {
            marks: Marks {
                strong: true,
                ..Marks::default()
            },
            ..span("Cold")
        };
        let page = flow(
            &doc(vec![bullets(vec![vec![Block::Paragraph(vec![
                strong,
                span("-start and cold start"),
            ])]])]),
            19,
        );
        let texts: Vec<SafeText> = page.rows.iter().map(Row::text).collect();
        assert_eq!(
            texts.iter().map(|t| t.as_str()).collect::<Vec<_>>(),
            ["· Cold-start and", "  cold start"]
        );
        let places = |needle: &str| {
            page.find(&crate::text::fold::fold(needle))
                .iter()
                .map(|h| (h.row, h.start, h.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(places("CÖLD START"), [(0, 2, 12), (1, 2, 12)]);
        assert_eq!((places(""), places("warm")), (vec![], vec![]));
        let across: Vec<PageHit> = page.find("and cold");
        assert_eq!(
            across[0]
                .spots()
                .map(|s| (s.row, s.start, s.end))
                .collect::<Vec<_>>(),
            [(0, 13, 16), (1, 2, 6)]
        );
        let hit = page.find("start").swap_remove(0);
        let marked = crate::layout::find::marked(&page.rows[0], &[(hit, true)]);
        let runs: Vec<(&str, Role)> = marked
            .runs
            .iter()
            .map(|r| (r.text.as_str(), r.role))
            .collect();
        assert_eq!(
            runs.get(2..).unwrap(),
            [
                ("-", Role::Text),
                ("start", Role::HitFocus),
                (" and", Role::Text)
            ]
        );
    }

    /// Docs as no author would write them.
    fn docs() -> impl Strategy<Value = Doc> {
        let spans = || {
            let span = (
                crate::layout::wrap::tests::letters(),
                any::<[bool; 4]>(),
                prop::option::of(0u16..5),
            )
                .prop_map(|(text, [emphasis, strong, code, strike], link)| Span {
                    marks: Marks {
                        emphasis,
                        strong,
                        code,
                        strike,
                    },
                    // What has no words cannot be followed.
                    link: link.filter(|_| text.contains(char::is_alphanumeric)),
                    text: SafeText::from(text),
                });
            prop::collection::vec(span, 0..4)
        };
        let leaf = prop_oneof![
            4 => spans().prop_map(Block::Paragraph),
            1 => (1u8..7, spans()).prop_map(|(level, spans)| Block::Heading { level, spans, anchor: "a".into() }),
            1 => crate::layout::wrap::tests::letters().prop_map(|t| Block::Code { language: SafeText::default(), text: t.into() }),
            1 => Just(Block::Rule),
            1 => (1usize..6, prop::collection::vec(prop::collection::vec(spans(), 0..6), 0..4)).prop_map(|(n, mut rows)| {
                rows.iter_mut().for_each(|row: &mut Vec<Vec<Span>>| row.resize(n, vec![]));
                Block::Table { aligns: vec![Align::Center; n], head: vec![vec![span("#")]; n], rows }
            }),
        ];
        let block = leaf.prop_recursive(5, 24, 4, |inner| {
            let blocks = || prop::collection::vec(inner.clone(), 0..4);
            let items = prop::collection::vec((prop::option::of(any::<bool>()), blocks()), 0..4);
            prop_oneof![
                (prop::option::of(any::<u64>()), items).prop_map(|(start, items)| Block::List {
                    start,
                    items: items.into_iter().map(|(t, b)| item(t, b)).collect(),
                }),
                blocks().prop_map(Block::Quote),
                (".{0,12}", blocks()).prop_map(|(label, blocks)| Block::Footnote {
                    label: label.into(),
                    blocks
                }),
            ]
        });
        // The last block, footnotes aside, always has a row to itself, by which the numbers of blocks can be compared across
        // widths: blocks without words show at some widths only.
        prop::collection::vec(block, 0..6).prop_map(|mut blocks| {
            blocks.push(para("QED"));
            doc(blocks)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_doc_fits_any_width(doc in docs()) {
            let letters = |page: &Page| page.rows.iter().map(|r| r.text().to_string()).collect::<String>().matches(|c: char| c.is_ascii_alphanumeric()).count();
            let wide = flow(&doc, 120);
            for width in 1..=120 {
                let page = flow(&doc, width);
                for row in &page.rows {
                    prop_assert!(row.width() <= width, "{:?} at {}", row.text(), width);
                    prop_assert!(row.runs.iter().all(|r| !r.text.is_empty() && !r.text.contains('\n')), "{:?}", row);
                    prop_assert!(row.runs.iter().all(|r| r.link.is_none_or(|l| usize::from(l) < page.links.len())));
                }
                prop_assert!(page.rows.windows(2).all(|w| w[0].block <= w[1].block));
                prop_assert_eq!(&page.links, &wide.links);
                let spots = page.link_spots();
                prop_assert!((0..page.links.len()).all(|l| spots.iter().any(|s| usize::from(s.link) == l)));
                if width >= 16 {
                    prop_assert_eq!(letters(&page), letters(&wide), "words went at {}", width);
                }
                let block = |page: &Page| page.rows.iter().rev().find(|r| r.text().as_str() == "QED").map(|r| r.block);
                prop_assert!(width < 3 || block(&page) == block(&wide), "another number at {}", width);
            }
        }
    }

    #[test]
    fn hostile_docs_are_quick() {
        let cell = || vec![span("cell")];
        let wide = Block::Table {
            aligns: vec![],
            head: vec![cell(); 5000],
            rows: vec![vec![cell(); 5000]],
        };
        let long = Block::Table {
            aligns: vec![],
            head: vec![cell(); 2],
            rows: vec![vec![cell(); 2]; 50_000],
        };
        let word = Block::Paragraph(vec![Span {
            text: "x".repeat(200_000).into(),
            ..Span::default()
        }]);
        let deep = (0..32).fold(para("deep"), |block, _| {
            bullets(vec![vec![Block::Quote(vec![block])]])
        });
        let spans = Block::Paragraph(vec![span("a"); 20_000]);
        let rows = flow(&doc(vec![wide, long, word, deep, spans]), 80)
            .rows
            .len();
        assert!(rows > 50_000, "{rows}");
    }
}
