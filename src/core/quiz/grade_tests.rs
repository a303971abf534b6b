//! The grading tables: what each kind makes of each answer.

use crate::core::progress::ReviewOutcome;
use crate::core::quiz::grade::{RowMark, TypedNote, Ungraded, grade};
use crate::core::quiz::{AnswerDraft, PresentedQuestion};
use crate::pack::entry::Entry;
use crate::pack::entry::{read_entry, read_pack};
use crate::pack::{Address, Question};

const PACK: &str = include_str!("../../../content/pack.toml");

/// A question of some keys and some body.
#[track_caller]
pub(crate) fn question(keys: &str, body: &str) -> Question {
    named("x", keys, body)
}

/// The same under an id of its own.
#[track_caller]
pub(crate) fn named(id: &str, keys: &str, body: &str) -> Question {
    let source = format!(
        "+++\n{keys}\ntopic = \"data\"\ndifficulty = 2\n+++\n\nWhat?\n\n> Think.\n\n{body}\n\n---\n\nBecause.\n"
    );
    let pack = read_pack(PACK).0.unwrap();
    match read_entry(
        &Address::parse(&format!("questions/{id}")).unwrap(),
        &source,
        &pack,
    )
    .0
    {
        Some(Entry::Question(question)) => *question,
        other => panic!("no question: {other:?}"),
    }
}

/// The order of the file, for tables that can be read.
fn as_written(q: &Question) -> PresentedQuestion {
    let rows = PresentedQuestion::of(q, 1, 0).rows.len();
    let options = PresentedQuestion::of(q, 1, 0).options.len();
    PresentedQuestion {
        rows: (0..rows).collect(),
        options: (0..options).collect(),
    }
}

fn sign(mark: RowMark) -> char {
    match mark {
        RowMark::Right => '+',
        RowMark::Wrong => '-',
        RowMark::Missed => '?',
        RowMark::Left => '.',
    }
}

/// The verdict in short: `right ++..`, `not: why`, `near Spelling`.
fn verdict(q: &Question, shown: &PresentedQuestion, line: &str, second: bool) -> String {
    let draft = match AnswerDraft::read(q, shown, line) {
        Ok(draft) => draft,
        Err(why) => return format!("unread: {why}"),
    };
    match grade(q, shown, &draft, second) {
        Err(Ungraded::Refused(why)) => format!("not: {why}"),
        Err(Ungraded::Near(note)) => format!("near {note:?}"),
        Ok(graded) => {
            let marks: String = graded.marks.into_iter().map(sign).collect();
            let note = graded.note.map(|n| format!(" {n:?}")).unwrap_or_default();
            let marks = if marks.is_empty() {
                marks
            } else {
                format!(" {marks}")
            };
            format!("{}{marks}{note}", graded.outcome.word())
        }
    }
}

#[track_caller]
fn table(keys: &str, body: &str, rows: &[(&str, &str)]) {
    let q = question(keys, body);
    let shown = as_written(&q);
    for (line, expected) in rows {
        assert_eq!(verdict(&q, &shown, line, false), *expected, "{line:?}");
    }
}

#[test]
fn single() {
    table(
        "kind = \"single\"",
        "- [ ] a\n  > w\n- [x] b\n  > w\n- [ ] c\n  > w",
        &[
            ("b", "right .+."),
            ("a", "wrong -?."),
            ("c", "wrong .?-"),
            ("", "not: nothing is chosen yet"),
        ],
    );
}

#[test]
fn several() {
    table(
        "kind = \"several\"",
        "- [x] a\n  > w\n- [ ] b\n  > w\n- [x] c\n  > w\n- [ ] d\n  > w",
        &[
            ("a c", "right +.+."),
            ("a", "partly +.?."),
            ("a b c", "partly +-+."),
            ("a b c d", "partly +-+-"),
            ("b", "wrong ?-?."),
            ("b d", "wrong ?-?-"),
            ("", "not: nothing is chosen yet"),
        ],
    );
}

#[test]
fn true_false() {
    table(
        "kind = \"true-false\"",
        "- [ ] True\n  > w\n- [x] False\n  > w",
        &[
            ("f", "right .+"),
            ("t", "wrong -?"),
            ("2", "right .+"),
            ("", "not: nothing is chosen yet"),
        ],
    );
}

#[test]
fn classify() {
    table(
        "kind = \"classify\"\nbuckets = [\"Hot\", \"Cold\"]",
        "| I | B | W |\n|---|---|---|\n| a | Hot | w |\n| b | Cold | w |\n| c | Hot | w |",
        &[
            ("a1 b2 c1", "right +++"),
            ("a1 b1 c1", "partly +-+"),
            ("a2 b1 c2", "wrong ---"),
            ("a1 b2", "not: 1 of 3 have no place yet"),
            ("", "not: 3 of 3 have no place yet"),
        ],
    );
}

#[test]
fn order() {
    table(
        "kind = \"order\"",
        "1. one\n2. two\n3. three\n4. four",
        &[
            ("a b c d", "right ++++"),
            ("a b d c", "partly ++--"),
            ("b a d c", "wrong ----"),
            ("a b c", "not: 1 of 4 have no place yet"),
            ("", "not: 4 of 4 have no place yet"),
        ],
    );
}

#[test]
fn pairs() {
    table(
        "kind = \"match\"",
        "| I | M |\n|---|---|\n| a | x |\n| b | y |\n| c | z |",
        &[
            ("a1 b2 c3", "right +++"),
            ("a1 b3 c2", "partly +--"),
            ("a2 b3 c1", "wrong ---"),
            ("a1 b1 c2", "not: 1 of 3 have no place yet"),
        ],
    );
}

#[test]
fn numeric() {
    let keys = "kind = \"numeric\"\nanswer = 1074.7494\ntolerance = 0.03\nunit = \"thousand calls\"\nworking = \"w\"";
    table(
        keys,
        "",
        &[
            ("1,075", "right"),
            ("1.075 million calls", "right"),
            ("1106", "right"),
            ("1043", "right"),
            ("1107", "near NearNumber"),
            ("990", "near NearNumber"),
            ("1075000", "near Power(3)"),
            ("10.75", "near Power(-2)"),
            ("500", "wrong"),
            ("many", "not: that is no number: write it as 1,234.5"),
            (
                "5 USD",
                "not: the answer is wanted in thousand calls; a number alone will do",
            ),
            ("", "not: nothing is typed yet"),
        ],
    );
    let exact =
        "kind = \"numeric\"\nanswer = 90.0\ntolerance = 0.0\nunit = \"percent\"\nworking = \"w\"";
    table(
        exact,
        "",
        &[
            ("90", "right"),
            ("90.0 %", "right"),
            ("91", "near NearNumber"),
            ("80", "wrong"),
            ("-90", "wrong"),
        ],
    );
}

#[test]
fn typed() {
    table(
        "kind = \"typed\"\nanswers = [\"break-even point\", \"Kostengleichheit\", \"café\", \"saga\"]\nnear = [\"threshold\"]",
        "",
        &[
            ("break-even point", "right"),
            ("  The Breakeven  POINT ", "right"),
            ("CAFÉ", "right"),
            ("cafe\u{301}", "right"),
            ("CAFE", "right"),
            ("café.", "right"),
            ("\"saga\"", "right"),
            ("breakeven piont", "near Spelling"),
            ("brekeven ponit", "near Spelling"),
            ("Threshold", "near NearWord"),
            ("sagas", "wrong"),
            ("tipping", "wrong"),
            ("", "not: nothing is typed yet"),
        ],
    );
}

#[test]
fn an_answer_with_another_name_of_it_in_brackets_is_right() {
    table(
        "kind = \"typed\"\nanswers = [\"denial of wallet\", \"wallet attack\", \"f(x)\"]\nnear = [\"bill shock\"]",
        "",
        &[
            ("denial of wallet (DoW)", "right"),
            ("Denial-of-Wallet (wallet attack)", "right"),
            ("wallet attack (bill shock)", "right"),
            ("f(x)", "right"),
            ("denial of wallet (DDoS)", "near TooMuch"),
            ("DDoS (denial of wallet)", "near TooMuch"),
            ("denial of wallet ()", "right"),
            ("(denial of wallet)", "right"),
        ],
    );
}

#[test]
fn an_answer_among_other_words_is_nearly_right() {
    table(
        "kind = \"typed\"\nanswers = [\"cold start\", \"C++\", \"DNS\", \"saga\"]",
        "",
        &[
            ("serverless cold start", "near TooMuch"),
            ("the cold-start of a function", "near TooMuch"),
            ("it is a saga", "near TooMuch"),
            ("a coldstart penalty", "near TooMuch"),
            ("ColdStart setting", "near TooMuch"),
            ("two sa ga", "near TooMuch"),
            ("the unsaga", "wrong"),
            ("cold", "wrong"),
            ("cold starter motor", "wrong"),
            ("start cold", "wrong"),
            ("sagas of old", "wrong"),
            ("some DNS server", "wrong"),
            ("C++ or C", "wrong"),
        ],
    );
}

/// Answers of a language course, of programming and of mathematics: signs and marks make the answer.
#[test]
fn signs_and_marks_count_in_what_is_typed() {
    let check = |answer: &str, typed: &[(&str, &str)]| {
        let keys = format!("kind = \"typed\"\nanswers = [\"{answer}\"]");
        table(&keys, "", typed);
    };
    let near = "near Signs";
    check(
        "C++",
        &[
            ("c++", "right"),
            ("C", near),
            ("C#", near),
            ("Ｃ＋＋", "right"),
        ],
    );
    check("-1", &[("−1", "right"), ("1", near)]);
    check("1/2", &[("½", "right"), ("12", near)]);
    check(
        "2^10",
        &[("2¹⁰", "right"), ("2 ^ 10", "right"), ("210", near)],
    );
    check("&&", &[("&&", "right"), ("?", "wrong"), ("||", "wrong")]);
    check("≠", &[("≠", "right"), ("=", "wrong"), ("x", "wrong")]);
    check(
        "a + b",
        &[("a+b", "right"), ("+ b", "wrong"), ("b", "wrong")],
    );
    check("が", &[("か\u{3099}", "right"), ("か", "wrong")]);
    check("ガ", &[("ｶﾞ", "right")]);
    check("й", &[("Й", "right"), ("и", near)]);
    check("हिन्दी", &[("हिन्दी", "right"), ("हनद", "wrong")]);
    check("ΟΔΟΣ", &[("οδος", "right")]);
    check(
        "Straße",
        &[("STRASSE", "right"), ("Strase", "near Spelling")],
    );
    check("ＡＢＣ", &[("abc", "right")]);
    check("ﬁle", &[("file", "right")]);
    check("Łódź", &[("łódź", "right"), ("Lodz", "right")]);
    check("naïve", &[("NAÏVE", "right"), ("naive", "right")]);
    check("שלום", &[("שָׁלוֹם", "right")]);
    check("İstanbul", &[("istanbul", "right")]);
    check(
        "Little’s law",
        &[("little's law", "right"), ("littles law", near)],
    );
}

#[test]
fn what_is_near_is_wrong_the_second_time() {
    let q = question(
        "kind = \"typed\"\nanswers = [\"idempotent\"]\nnear = [\"repeatable\"]",
        "",
    );
    let second = |line| verdict(&q, &PresentedQuestion::default(), line, true);
    assert_eq!(
        [
            second("idempotant"),
            second("repeatable"),
            second("idempotent"),
            second("x")
        ],
        ["wrong Spelling", "wrong NearWord", "right", "wrong"]
    );
}

/// Every bundled question: the right draft is right, and a row the other way is not.
#[test]
fn the_right_answer_of_every_bundled_question_is_right() {
    use crate::pack::{AnswerKind, Bundled, Kind, Library};
    let library = Library::open(std::sync::Arc::new(Bundled)).unwrap();
    let mut kinds = std::collections::BTreeMap::new();
    for n in 0..library.count(Kind::Questions) {
        let q = library
            .question(library.head(Kind::Questions, n).id)
            .unwrap();
        *kinds.entry(q.answer.word()).or_insert(0) += 1;
        let shown = PresentedQuestion::of(q, 7, 0);
        let mut draft = AnswerDraft::of(q, &shown);
        match &q.answer {
            AnswerKind::Single(all) | AnswerKind::Several(all) | AnswerKind::TrueFalse(all) => {
                (0..all.len())
                    .filter(|row| all[shown.rows[*row]].right)
                    .for_each(|row| draft.choose(row));
            }
            AnswerKind::Classify { items, .. } => {
                (0..items.len()).for_each(|row| draft.assign(row, items[shown.rows[row]].bucket));
            }
            AnswerKind::Order(items) => {
                (0..items.len())
                    .for_each(|n| draft.choose(shown.rows.iter().position(|r| *r == n).unwrap()));
            }
            AnswerKind::Match(pairs) => {
                let option = |n: usize| shown.options.iter().position(|o| *o == n).unwrap();
                (0..pairs.len()).for_each(|row| draft.assign(row, option(shown.rows[row])));
            }
            AnswerKind::Numeric {
                answer,
                tolerance,
                unit,
                ..
            } => {
                draft = AnswerDraft::Words(format!(
                    "{} {unit}",
                    crate::core::quiz::number::shown(*answer, *tolerance)
                ));
            }
            AnswerKind::Typed { answers, .. } => draft = AnswerDraft::Words(answers[0].to_string()),
        }
        let Ok(graded) = grade(q, &shown, &draft, false) else {
            panic!("{} is not graded", q.id)
        };
        assert_eq!(
            (graded.outcome, graded.note),
            (ReviewOutcome::Right, None::<TypedNote>),
            "{}",
            q.id
        );
        if let AnswerDraft::One(Some(row)) = draft {
            let other = AnswerDraft::One(Some((row + 1) % shown.rows.len()));
            let Ok(graded) = grade(q, &shown, &other, false) else {
                panic!("{}", q.id)
            };
            assert_eq!(graded.outcome, ReviewOutcome::Wrong, "{}", q.id);
        }
    }
    assert_eq!(kinds.len(), 8, "{kinds:?}");
}
