//! Tests of charts: zero, powers of ten, names, where one is, laws for any lines at any size.

use proptest::prelude::*;

use super::*;

fn chart(ascii: bool, log: bool, width: usize) -> Chart {
    let n = points(width);
    let rising = |x: usize| Some(0.001 * 10f64.powf(6.0 * x as f64 / n as f64));
    let line = |letter, role, idle: f64, amounts: Vec<Option<f64>>| {
        let name = crate::safe!("Service {letter}");
        ChartLine {
            letter,
            name,
            role,
            idle: Some(idle),
            amounts,
        }
    };
    Chart {
        lines: vec![
            line('a', Role::First, 117.38, vec![Some(117.38); n]),
            line('b', Role::Second, 0.0, (0..n).map(rising).collect()),
        ],
        marks: vec![ChartMark {
            share: 0.845,
            amount: 117.38,
            words: SafeText::ours("a meets b at 12M"),
        }],
        ticks: vec![
            (0.0, SafeText::ours("1k")),
            (0.5, SafeText::ours("300k")),
            (1.0, SafeText::ours("100M")),
        ],
        here: Some(0.6),
        here_words: SafeText::default(),
        axis: SafeText::ours("requests a month"),
        currency: Currency::default(),
        log,
        ascii,
    }
}

#[track_caller]
fn check(chart: &Chart, width: usize, height: usize, expected: &[&str]) {
    let rows: Vec<String> = draw(chart, width, height)
        .iter()
        .map(|r| r.text().trim_end().to_owned())
        .collect();
    assert_eq!(rows, expected, "{width}x{height}:\n{}", rows.join("\n"));
}

#[test]
fn no_mark_hides_another() {
    let mark = |share| ChartMark {
        share,
        amount: 1.0,
        words: SafeText::ours("here"),
    };
    let line = ChartLine {
        letter: 'a',
        amounts: vec![Some(1.0); 98],
        ..ChartLine::default()
    };
    let check = |shares: [f64; 3], expected: &str| {
        let chart = Chart {
            lines: vec![line.clone()],
            marks: shares.map(mark).to_vec(),
            ..Chart::default()
        };
        let drawn = draw(&chart, 60, 10);
        let text: Vec<String> = drawn.iter().map(|row| row.text().to_string()).collect();
        assert!(text.iter().any(|row| row.contains(expected)), "{text:#?}");
    };
    check([0.5, 0.5, 0.501], "123");
    // At the right edge there is room at the left alone.
    check([1.0, 1.0, 1.0], "321");
}

#[test]
fn zero_has_its_lane_and_its_row() {
    check(
        &chart(true, true, 50),
        50,
        9,
        &[
            "  $1k +a   aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1aaaaaa",
            " $100 +                           |  bbbbbbb",
            "  $10 +                        bbbbbbb",
            "   $1 +                 bbbbbbb   |",
            "$0.10 +    bbbbbbbbbbbbbb         |",
            "   $0 +b                          |",
            "      ++-- +------------------+---^--------------+",
            "       0   1k                300k             100M",
        ],
    );
}

/// What stands at the left of each row of a logarithmic picture so high, by the largest amount.
#[track_caller]
fn check_powers(rows: usize, most: f64, expected: &[&str]) {
    let mut chart = chart(true, true, 50);
    chart.lines[0].amounts = vec![Some(most); points(50)];
    chart.lines[1].amounts.clear();
    let scale = ChartScale::of(&chart, rows);
    let labels: Vec<String> = (0..scale.rows)
        .map(|y| {
            scale
                .label(y, &Currency::default())
                .unwrap_or_default()
                .to_string()
        })
        .collect();
    assert_eq!(labels, expected, "{rows} rows");
}

#[test]
fn powers_of_ten_are_as_high_as_each_other() {
    check_powers(6, 117.38, &["$1k", "$100", "$10", "$1", "$0.10", "$0"]);
    check_powers(5, 117.38, &["$10k", "$100", "$1", "$0"]);
    check_powers(
        13,
        117.38,
        &[
            "$1k", "", "$100", "", "$10", "", "$1", "", "$0.10", "", "$0",
        ],
    );
}

#[test]
fn where_one_is_has_its_number() {
    let mut chart = chart(true, true, 80);
    chart.here_words = SafeText::ours("3.2M");
    let rows = draw(&chart, 80, 9);
    let numbers = rows.last().unwrap();
    let told = numbers.runs.iter().find(|run| run.role == Role::Strong);
    assert_eq!(told.map(|run| run.text.as_str()), Some("3.2M"));
    chart.here = Some(0.02);
    let numbers = draw(&chart, 80, 9).pop().unwrap().text();
    assert!(!numbers.contains("1k"), "what it would touch: {numbers}");
}

#[test]
fn names_stand_near_where_lines_end() {
    let rows = draw(&chart(false, true, 80), 80, 10);
    let text: Vec<String> = rows.iter().map(|r| r.text().to_string()).collect();
    let at = |words: &str| {
        text.iter()
            .position(|r| r.contains(words))
            .unwrap_or_else(|| panic!("{words}: {text:#?}"))
    };
    assert!(at("b Service b") < at("a Service a"), "{text:#?}");
    assert!(at("1 a meets b at 12M") <= 3, "{text:#?}");
    assert!(text[7].ends_with("requests a month"), "{text:#?}");
}

#[test]
fn lines_are_told_apart_without_color() {
    let rows = draw(&chart(false, true, 80), 80, 10);
    let picture: String = rows.iter().take(8).map(|r| r.text().to_string()).collect();
    let count = |letter| picture.matches(letter).count();
    // At zero, along the way, where one is, at the end, and in the names.
    assert!(count('a') >= 5 && count('b') >= 5, "{picture}");
    assert!(count('┊') >= 3, "{picture}");
}

#[test]
fn amounts_are_short() {
    let check = |amount, expected: &str| assert_eq!(money("$", amount).as_str(), expected);
    check(0.0, "$0");
    check(0.01, "$0.01");
    check(0.5, "$0.50");
    check(1e9, "$1B");
    check(2.5, "$2.5");
    check(1000.0, "$1k");
    check(1e6, "$1M");
}

fn any_line() -> impl Strategy<Value = ChartLine> {
    let amount =
        || proptest::option::of(prop_oneof![Just(0.0), 0.0..1e13, proptest::num::f64::ANY]);
    let amounts = proptest::collection::vec(amount(), 0..90);
    (
        proptest::char::range('a', 'h'),
        "\\PC{0,30}",
        amount(),
        amounts,
    )
        .prop_map(|(letter, name, idle, amounts)| ChartLine {
            letter,
            name: SafeText::line(&name),
            role: Role::Second,
            idle,
            amounts,
        })
}

proptest! {
    #[test]
    fn never_larger_than_asked(
        lines in proptest::collection::vec(any_line(), 0..9), shares in proptest::collection::vec(proptest::num::f64::ANY, 0..12),
        width in 0..200usize, height in 0..40usize, log in proptest::bool::ANY, ascii in proptest::bool::ANY,
    ) {
        let marks = shares.iter().map(|s| ChartMark { share: *s, amount: *s, words: SafeText::ours("here it turns") }).collect();
        let ticks = shares.iter().map(|s| (*s, SafeText::ours("100k"))).collect();
        let chart = Chart { lines, marks, ticks, here: shares.first().copied(), here_words: SafeText::ours("3M"), axis: SafeText::ours("requests"), currency: Currency::default(), log, ascii };
        let rows = draw(&chart, width, height);
        prop_assert!(rows.len() <= height, "{} rows", rows.len());
        for row in rows {
            prop_assert!(row.width() <= width, "{:?}", row.text());
            let _ = to_ascii(&row.text());
        }
    }
}
