//! Laws of the search, over content and queries nobody would think of.
//! Each law is one that the app or the command line relies on.

use proptest::prelude::*;
use tozero::testing::{
    HitClass, Kind, Query, RecordSection, Rng, SafeText, SearchFilter, SearchHit, SearchIndex,
    SearchRecord,
};

fn record(
    (kind, title, alias, brief, text): (usize, String, String, String, String),
    n: usize,
) -> SearchRecord {
    let mut record = SearchRecord::new(
        Kind::ALL[kind % Kind::ALL.len()],
        &format!("entry-{n}"),
        SafeText::clean(&title),
    );
    record.aliases = vec![SafeText::clean(&alias)];
    record.brief = SafeText::clean(&brief);
    let heading = SafeText::clean(&alias);
    record.sections = vec![RecordSection {
        anchor: "here".to_owned(),
        heading,
        text: SafeText::clean(&text),
    }];
    record
}

/// Words as people write them, and as nobody does.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-d]{1,4}( [a-d]{1,4}){0,3}",
        "(cold|warm|start|scale|to|zero|idle|cost|Café|naïve|日本|שלום|e\u{301}t){1}( (cold|start|zero|costs|s3|GB-second|🦀)){0,4}",
        ".{0,40}",
    ]
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        words(),
        "['^!]?[a-d]{0,6}[$]?( [!'^][a-z]{0,4}| in:[a-z]{0,8}| tag:| provider:a){0,2}",
        ".{0,520}"
    ]
}

fn records() -> impl Strategy<Value = Vec<SearchRecord>> {
    let one = (0usize..8, words(), words(), words(), words());
    prop::collection::vec(one, 0..24).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(n, one)| record(one, n))
            .collect()
    })
}

fn search(index: &SearchIndex, query: &str) -> Vec<SearchHit> {
    index.search(&Query::parse(query), 1000, &SearchFilter::default())
}

/// Marks rise, do not overlap, and each holds nothing but letters, digits and what belongs to them.
fn lie_on_letters(text: &str, marks: &[std::ops::Range<usize>]) -> bool {
    let mut from = 0;
    marks.iter().all(|mark| {
        let rises = mark.start >= from && mark.start < mark.end;
        from = mark.end;
        let shown = text.get(mark.clone());
        rises && shown.is_some_and(|shown| shown.chars().any(|c| !c.is_whitespace()))
    })
}

/// A further word in the filter of a list leaves less of it.
#[test]
fn a_further_word_never_widens_a_list() {
    let index = crate::support::app::App::bundled(80, 24)
        .model
        .index
        .clone();
    let index = index.expect("the bundled pack has its index");
    for words in [
        "cold start",
        "scale to zero",
        "event driven",
        "reserved concurrency",
    ] {
        let ends = words
            .match_indices(' ')
            .map(|(end, _)| end)
            .chain([words.len()]);
        let found = |end: usize| index.narrow(&Query::parse(&words[..end]), Kind::Terms, 1_000);
        let counts: Vec<usize> = ends.map(|end| found(end).len()).collect();
        assert!(counts.is_sorted_by(|a, b| a >= b), "{words}: {counts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_query_over_any_content_is_answered(records in records(), query in query()) {
        let index = SearchIndex::build(records);
        for hit in search(&index, &query) {
            prop_assert!(lie_on_letters(&hit.title, &hit.marks), "{:?} in {:?}", hit.marks, hit.title);
            prop_assert!(lie_on_letters(&hit.excerpt, &hit.excerpt_marks), "{:?} in {:?}", hit.excerpt_marks, hit.excerpt);
        }
    }

    #[test]
    fn the_order_of_reading_does_not_matter(records in records(), query in query(), seed: u64) {
        let mut shuffled = records.clone();
        Rng::new(seed).shuffle(&mut shuffled);
        prop_assert_eq!(search(&SearchIndex::build(records), &query), search(&SearchIndex::build(shuffled), &query));
    }

    #[test]
    fn another_letter_of_its_name_never_loses_an_entry(records in records(), title in "[a-d]{3,5}( [a-d]{3,5}){0,2}") {
        let mut records = records;
        records.push(SearchRecord::new(Kind::Terms, "the-one", SafeText::clean(&title)));
        let index = SearchIndex::build(records);
        for (end, _) in title.char_indices().skip(1) {
            let typed = title.get(..end).unwrap_or("");
            prop_assert!(search(&index, typed).iter().any(|hit| hit.id == "the-one"), "{typed:?} of {title:?}");
        }
        let whole = search(&index, &title);
        let place = whole.iter().position(|hit| hit.id == "the-one");
        prop_assert!(place.is_some_and(|at| whole[..=at].iter().all(|hit| hit.class == HitClass::Exact)), "{title:?}: {whole:?}");
    }

    #[test]
    fn a_typo_never_outranks_a_name_nor_a_question_an_answer(records in records(), query in query()) {
        let mut hits = search(&SearchIndex::build(records), &query);
        let asks = |hit: &SearchHit| hit.kind == Kind::Questions && hit.class > HitClass::Exact;
        let questions: Vec<bool> = hits.iter().map(asks).collect();
        prop_assert!(questions.is_sorted(), "{questions:?}");
        hits.retain(|hit| !asks(hit) && hit.class <= HitClass::Prefix);
        let classes: Vec<HitClass> = hits.iter().map(|hit| hit.class).collect();
        prop_assert!(classes.is_sorted(), "{classes:?}");
    }

    #[test]
    fn narrowing_a_list_finds_what_the_search_finds_by_name(records in records(), query in words()) {
        let index = SearchIndex::build(records);
        let narrowed = index.narrow(&Query::parse(&query), Kind::Terms, 1000);
        let found: Vec<SearchHit> = index.search(&Query::parse(&query), 1000, &SearchFilter::only([Kind::Terms]));
        let named = found.iter().filter(|hit| hit.class <= HitClass::Prefix).map(|hit| hit.position as u32);
        prop_assert!(named.eq(narrowed.iter().copied().take(found.iter().filter(|h| h.class <= HitClass::Prefix).count())));
    }
}

/// The places at which a query finds entries that say these texts, one each, from 0.
fn found(texts: &[&str], query: &str) -> Vec<String> {
    let records = texts.iter().enumerate().map(|(n, text)| {
        let mut record = SearchRecord::new(Kind::Terms, &format!("n-{n}"), SafeText::ours("—"));
        record.sections = vec![RecordSection {
            text: SafeText::clean(text),
            ..RecordSection::default()
        }];
        record
    });
    let hits =
        SearchIndex::build(records).search(&Query::whole(query), 9, &SearchFilter::default());
    hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn words_are_found_inside_the_runs_of_any_script() {
    for (texts, query) in [
        (["클라우드서비스를 쓴다", "서비를 스쓴다"], "서비스"),
        (["\u{1109}\u{1165}\u{1107}\u{1165}를", "버서"], "서버"),
        (["والخادم هنا", "الخدم ا"], "خادم"),
        (["การใช้ไฟล์ร่วม", "ไฟ ล์"], "ไฟล์"),
        (["พิมพ์คำสั่งนี้", "คา สั่ง"], "คำสั่ง"),
        (["環境の監視と視点", "監と視"], "監視"),
        (["オブサーバー", "オブザーバー"], "サーバ"),
        (["the ﬁle system", "the system"], "file"),
        (["ＡＢＣ", "abd"], "abc"),
        (["use a VM here", "vmware"], "VM"),
    ] {
        assert_eq!(found(&texts, query), ["n-0"], "{query}");
    }
}

#[test]
fn what_a_text_denies_does_not_lead() {
    let texts = [
        "There is no GPU choice.",
        "It runs on a GPU.",
        "Nothing about it.",
    ];
    assert_eq!(found(&texts, "gpu"), ["n-1", "n-0"]);
    assert_eq!(found(&texts, "choice or nothing"), ["n-2", "n-0"]);
    assert_eq!(found(&texts, "xyzzy gpu qwerty unheard"), ["n-1", "n-0"]);
    assert_eq!(found(&texts, "xyzzy"), [""; 0]);
}

/// Ten thousand titles of one to three words, some with a number, and sixty of them with one slip each.
mod slips {
    use super::*;
    use crate::titles::titles;

    /// One slip of the finger: a letter less, more, another, or two changed about; never the first one.
    fn slip(kind: usize, title: &str, rng: &mut Rng) -> String {
        let mut letters: Vec<char> = title.chars().collect();
        let at = loop {
            let at = 1 + rng.below(letters.len() - 2);
            let swap = kind == 2 && (letters[at] == letters[at + 1] || letters[at + 1] == ' ');
            if letters[at].is_alphabetic() && letters[at - 1] != ' ' && !swap {
                break at;
            }
        };
        let other = char::from(b'a' + rng.below(26) as u8);
        match kind {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, other),
            2 => letters.swap(at, at + 1),
            _ => letters[at] = if letters[at] == other { 'z' } else { other },
        }
        letters.into_iter().collect()
    }

    #[test]
    fn one_slip_in_a_title_is_forgiven_among_ten_thousand() {
        let titles = titles(10_000);
        let record = |(n, title): (usize, &String)| {
            SearchRecord::new(Kind::Terms, &format!("t-{n}"), SafeText::clean(title))
        };
        let index = SearchIndex::build(titles.iter().enumerate().map(record));
        let mut rng = Rng::new(7);
        for (kind, name) in ["dropped", "inserted", "swapped", "replaced"]
            .into_iter()
            .enumerate()
        {
            let mut first = 0;
            for _ in 0..60 {
                let title = loop {
                    let title = &titles[rng.below(titles.len())];
                    if title.len() >= 8 {
                        break title;
                    }
                };
                let typed = slip(kind, title, &mut rng);
                let hits = index.search(&Query::parse(&typed), 3, &SearchFilter::default());
                let right = hits.first().is_some_and(|hit| hit.title.as_str() == title);
                first += usize::from(right);
                if !right {
                    println!(
                        "{name}: {typed:?} for {title:?} finds {:?}",
                        hits.iter().map(|h| &h.title).collect::<Vec<_>>()
                    );
                }
            }
            println!("a letter {name}: the right one first for {first} of 60");
            assert!(first >= 58, "a letter {name}: {first} of 60");
        }
    }
}
