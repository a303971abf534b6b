//! Tests of wrapping: words, ideographs, code, and laws for any text at any width.

use proptest::prelude::*;

use super::*;
use crate::text::measure;

#[track_caller]
fn check(input: &str, width: usize, expected: &[&str]) {
    let rows = wrap(&[Run::new(input, Role::Text)], width, 0, 0);
    let texts: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
    assert_eq!(texts, expected, "{input:?} at {width}");
}

#[test]
fn words_move_whole_and_spaces_at_a_break_go() {
    check(
        "nobody calls it, nobody pays",
        12,
        &["nobody calls", "it, nobody", "pays"],
    );
    check("a  b", 10, &["a  b"]);
    check("a   b", 3, &["a", "b"]);
    check("  kept", 10, &["  kept"]);
    check("one\ntwo\n\nthree", 10, &["one", "two", "", "three"]);
    check("", 10, &[]);
    check("\n", 10, &["", ""]);
    check("end   ", 10, &["end"]);
    check("scale-to-zero view", 10, &["scale-to-", "zero view"]);
    check(
        "the scale-to-zero view",
        14,
        &["the", "scale-to-zero", "view"],
    );
}

#[test]
fn long_words_break_after_signs_and_then_anywhere() {
    check(
        "see https://aws.amazon.com/lambda/pricing now",
        20,
        &["see https://aws.", "amazon.com/lambda/", "pricing now"],
    );
    check("abcdefghij", 4, &["abcd", "efgh", "ij"]);
    check("x abcdefghij", 4, &["x", "abcd", "efgh", "ij"]);
    check("日本語の文章", 5, &["日本", "語の", "文章"]);
    check("日本", 1, &["…", "…"]);
    check(
        "e\u{301}e\u{301}e\u{301}",
        2,
        &["e\u{301}e\u{301}", "e\u{301}"],
    );
}

#[test]
fn ideographs_break_between_any_two_but_not_beside_signs() {
    check("短い 文章です", 9, &["短い 文章", "です"]);
    check("一二三、四五。", 6, &["一二", "三、四", "五。"]);
    check("これは「引用」です", 8, &["これは", "「引用」", "です"]);
    check("ゲームー", 6, &["ゲー", "ムー"]);
    check("ちょっと", 2, &["ち", "ょ", "っ", "と"]);
    check("使うAWSと、", 8, &["使うAWS", "と、"]);
    check("云计算。服务", 8, &["云计算。", "服务"]);
    check(
        "한국어 문장은 띄어 쓴다",
        10,
        &["한국어", "문장은", "띄어 쓴다"],
    );
    check("语言 language 和", 10, &["语言", "language", "和"]);
}

#[test]
fn a_break_may_fall_between_styles_but_not_before_a_closing_sign() {
    let runs = [
        Run::new("一二", Role::Text),
        Run::new("三", Role::Strong),
        Run::new("。四", Role::Text),
    ];
    let rows = wrap(&runs, 6, 0, 0);
    let texts: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
    assert_eq!(texts, ["一二", "三。四"]);
    assert_eq!(rows[1].join, Join::InWord);
}

#[test]
fn indents_hang_and_shrink() {
    let texts = |width, first, rest| {
        let rows = wrap(
            &[Run::ours("one two three", Role::Text)],
            width,
            first,
            rest,
        );
        rows.iter()
            .map(|r| r.text().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(10, 0, 2), ["one two", "  three"]);
    assert_eq!(texts(8, 2, 0), ["  one", "two", "three"]);
    assert_eq!(texts(6, 60, 60), ["   one", "   two", "   thr", "   ee"]);
}

#[test]
fn roles_and_links_live_on_across_breaks() {
    let mut link = Run::ours("cold start", Role::Link);
    link.link = Some(3);
    let rows = wrap(
        &[
            Run::ours("a ", Role::Text),
            link,
            Run::ours("!", Role::Text),
        ],
        6,
        0,
        0,
    );
    let seen: Vec<Vec<(&str, Option<u16>)>> = rows
        .iter()
        .map(|r| r.runs.iter().map(|r| (r.text.as_str(), r.link)).collect())
        .collect();
    let expected: [&[(&str, Option<u16>)]; 2] = [
        &[("a ", None), ("cold", Some(3))],
        &[("start", Some(3)), ("!", None)],
    ];
    assert_eq!(seen, expected);
    assert_eq!(
        (rows[0].join, rows[1].join),
        (Join::Starts, Join::AfterSpace)
    );
}

#[test]
fn code_is_cut_hard_and_keeps_its_spaces() {
    let rows = chop(&Run::ours("  a b c d\n\nx", Role::Code), 5);
    let texts: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
    assert_eq!(texts, ["  a b", " c d", "", "x"]);
    let rows = chop(&Run::ours("let x = call(one);", Role::Code), 10);
    let texts: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
    assert_eq!(texts, ["let x = ca", "… ll(one);"]);
    assert_eq!((rows[1].join, rows[1].lead), (Join::InWord, 1));
}

#[test]
fn a_word_without_end_is_quick() {
    let word = Run::new("x".repeat(200_000), Role::Text);
    let rows = wrap(&[word], 80, 0, 0);
    assert_eq!(rows.len(), 2500);
}

/// Text as authors and attackers write it.
pub(in crate::layout) fn letters() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "日",
        "語。",
        "「カ",
        "、ー",
        "👩\u{200d}🔬",
        "🇩🇪",
        "e\u{301}",
        "\u{fdfa}",
        "क्षि",
        "1\u{fe0f}\u{20e3}",
        "☺\u{fe0f}",
        "—",
        "\u{a0}",
        "ᄀᄀᄀ",
    ]);
    prop::collection::vec(
        prop_oneof![6 => "[a-z/:?-]{1,12}", 4 => " {1,3}".prop_map(String::from), 1 => "\n", 2 => odd.prop_map(String::from), 1 => ".{0,4}"],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn rows_fit_and_nothing_is_lost(
        parts in prop::collection::vec((letters(), prop::option::of(0u16..3)), 0..6),
        (width, first, rest) in (1usize..50, 0usize..60, 0usize..60),
    ) {
        let runs: Vec<Run> = parts.iter().map(|(t, link)| Run { link: *link, ..Run::new(t.as_str(), Role::Text) }).collect();
        let rows = wrap(&runs, width, first, rest);
        let ink = |runs: &[Run]| runs.iter().flat_map(|r| r.text.graphemes(true).map(|g| (g.to_owned(), r.link)).collect::<Vec<_>>())
            .filter(|(g, _)| !matches!(g.as_str(), " " | "\n")).collect::<Vec<_>>();
        let seen: Vec<_> = rows.iter().flat_map(|r| ink(r.runs.get(usize::from(r.lead)..).unwrap())).collect();
        let given = ink(&runs);
        prop_assert_eq!(seen.len(), given.len());
        for (s, g) in seen.iter().zip(&given) {
            prop_assert!(s == g || s.0 == "…" && s.1 == g.1 && measure::cells(&g.0) > width - rest.min(width / 2), "{:?} {:?}", s, g);
        }
        for row in &rows {
            prop_assert!(row.width() <= width, "{:?} at {}", row.text(), width);
            prop_assert!(row.runs.iter().all(|r| !r.text.is_empty() && !r.text.contains('\n')));
            prop_assert!(row.runs.is_empty() || !row.text().trim().is_empty() || row.text().contains('\u{a0}'), "a row of spaces");
        }
    }

    #[test]
    fn no_row_begins_or_ends_with_the_wrong_sign(
            text in "([「（]?[一二三カナ]{1,3}[、。」）ー！]?){0,14}",
            width in 8usize..30,
        ) {
        for row in wrap(&[Run::new(text.as_str(), Role::Text)], width, 0, 0).iter().skip(1) {
            let row = row.text();
            prop_assert!(!row.starts_with(['、', '。', '」', '）', 'ー', '！']), "{row}");
        }
        for row in wrap(&[Run::new(text.as_str(), Role::Text)], width, 0, 0) {
            prop_assert!(!row.text().ends_with(['「', '（']), "{:?}", row.text());
        }
    }
}
