//! The decoder against tables of what terminals send, and against anything at all.
//! Every row of the tables was sent by some terminal, or is a fault that was met.

use proptest::prelude::*;

use super::*;
use crate::app::Mouse;

fn decode(bytes: &[u8]) -> Vec<Decoded> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    decoder.feed(bytes, &mut out);
    if decoder.patience().is_some() {
        decoder.give_up(&mut out);
    }
    assert_eq!(decoder.patience(), None, "giving up ends everything");
    out
}

/// What keys and pastes are called in these tables.
fn name(decoded: &Decoded) -> String {
    match decoded {
        Decoded::Input(Input::Key(key)) => {
            let held = [(key.ctrl, "C-"), (key.alt, "A-"), (key.shift, "S-")];
            let held: String = held
                .iter()
                .filter(|(on, _)| *on)
                .map(|(_, name)| *name)
                .collect();
            match key.code {
                KeyCode::Char(c) => format!("{held}{c}"),
                code => format!("{held}{code:?}"),
            }
        }
        Decoded::Input(Input::Paste(text)) => format!("paste {text:?}"),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    let names: Vec<String> = decode(bytes).iter().map(name).collect();
    assert_eq!(
        names.join(" "),
        expected,
        "from {:?}",
        String::from_utf8_lossy(bytes)
    );
}

#[test]
fn plain_keys() {
    check(b"aZ 1~", "a Z   1 ~");
    check("é日🌞".as_bytes(), "é 日 🌞");
    check(b"\r\t\x7f\x08", "Enter Tab Backspace Backspace");
    check(b"\x03\x1a\x1c\x00\x0a", "C-c C-z C-\\ C-  C-j");
    check(b"\x1b", "Esc");
    check(b"\x1bx\x1b\r", "A-x A-Enter");
    check("\x1bé".as_bytes(), "A-é");
    check(b"\x1b\x1b[A", "Esc Up");
}

#[test]
fn named_keys() {
    check(
        b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[Z",
        "Up Down Right Left Home End S-Tab",
    );
    check(
        b"\x1bOA\x1bOH\x1bOP\x1bOS\x1bOM\x1bOq",
        "Up Home F(1) F(4) Enter 1",
    );
    check(
        b"\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~",
        "Home Insert Delete End PageUp PageDown",
    );
    check(
        b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[24~\x1b[[A\x1b[[E",
        "F(1) F(5) F(6) F(10) F(12) F(1) F(5)",
    );
    check(
        b"\x1b[1;5C\x1b[1;2A\x1b[3;3~\x1b[1;5P",
        "C-Right S-Up A-Delete C-F(1)",
    );
    check(
        b"\x1b[27;5;105~\x1b[107;5u\x1b[9;2u\x1b[13;5u\x1b[97;2u",
        "C-i C-k S-Tab C-Enter A",
    );
    check(b"\x1b[97;1:1u\x1b[97;1:2u\x1b[97;1:3u\x1b[1;1:3A", "a a");
}

#[test]
fn replies_and_the_unknown_are_swallowed() {
    for swallowed in [
        "\x1b[12;40R",
        "\x1b[>0;276;0c",
        "\x1b[?1u",
        "\x1b[?2026;2$y",
        "\x1b[I\x1b[O",
        "\x1b[8;24;80t",
        "\x1b]10;rgb:ff/ff/ff\x07",
        "\x1b]52;c;YQ==\x1b\\",
        "\x1bP>|term 1.0\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[201~",
        "\x1b[99~",
        "\x1b[57358u",
    ] {
        check(format!("a{swallowed}b").as_bytes(), "a b");
    }
    check(b"\xff\xc0\x80a", "a");
    check(b"\xe2\x82a", "a");
    check("\u{85}a".as_bytes(), "a");
}

#[test]
fn answers_are_told_apart() {
    let white = BackgroundTone::Light;
    for end in ["\x07", "\x1b\\"] {
        let answers = decode(format!("\x1b]11;rgb:ffff/ffff/ffff{end}\x1b[?1;2c").as_bytes());
        assert_eq!(answers, [Decoded::Background(white), Decoded::Attributes]);
    }
}

#[test]
fn an_interrupt_ends_every_state() {
    for begun in [
        "",
        "\x1b",
        "\x1b[",
        "\x1b[1;",
        "\x1bO",
        "\x1b]",
        "\x1b]11;rgb",
        "\x1bP",
        "\x1b_a\x1b",
        "\x1b[[",
        "\x1b[M",
        "\x1b[M ",
        "\x1b[200~",
        "\x1b[<0;1",
    ] {
        check(format!("{begun}\x03q").as_bytes(), "C-c q");
    }
    for end in ["\x1b[99;5u", "\x1b[27;5;99~"] {
        for begun in ["", "\x1b[200~", "\x1b[200~\x1b[20"] {
            check(format!("{begun}{end}q").as_bytes(), "C-c q");
        }
        check(
            format!("\x1b[200~a\x1b[1m{end}q").as_bytes(),
            "paste \"a\" C-c q",
        );
        let long = format!("\x1b[200~{}{end}q", "y".repeat(MAX_PASTE + 100));
        let said = format!("paste \"{}\" C-c q", "y".repeat(MAX_PASTE));
        check(long.as_bytes(), &said);
    }
    check(b"\xe2\x82\x03q", "C-c q");
    check(b"\x1b[200~words\x1b[20\x03q", "paste \"words\" C-c q");
}

#[test]
fn half_sequences_give_way() {
    check(b"\x1b[", "A-[");
    check(b"\x1bO", "A-O");
    check(b"\x1b]", "A-]");
    check(b"\x1b[1;", "");
    check(b"\x1b[<0;1", "");
    check(b"\x1b]11;rgb:", "");
    check(b"\xe2\x82", "");
    check(b"\x1b[\rq", "Enter q");
    check(b"\x1b[1;\x1b[B", "Down");
    check(b"\x1b]never \x1b[Aq", "Up q");
    check(format!("\x1b[{}q9", "1".repeat(100)).as_bytes(), "9");
}

#[test]
fn pastes_are_cleaned_and_bounded() {
    check(b"\x1b[200~two\rlines\x1b[201~q", "paste \"two\\nlines\" q");
    check(b"\x1b[200~\x1b[31mred\x1b[2\x1b[201~", "paste \"red\"");
    check(b"\x1b[200~never ended, q", "paste \"never ended, q\"");
    check(
        b"\x1b[200~one\x1b[106;5utwo\x1b[27;5;106~\x1b[113u\x1b[Ax\x1b[201~",
        "paste \"one\\ntwo\\nqx\"",
    );
    check(
        b"\x1b[200~nul \0 and \xff\x1b[201~",
        "paste \"nul \u{2400} and \u{fffd}\"",
    );
    check(b"\x1b[200~\x1b[201~q", "q");
    let long = [
        b"\x1b[200~".as_slice(),
        &b"x".repeat(1 << 20),
        b"\x1b[201~q",
    ]
    .concat();
    let lengths: Vec<usize> = decode(&long).iter().map(|d| name(d).len()).collect();
    assert_eq!(lengths, [MAX_PASTE + "paste \"\"".len(), 1]);
}

#[test]
fn the_mouse_is_reported_in_cells_from_zero() {
    let check = |bytes: &[u8], mouse| {
        assert_eq!(decode(bytes), [Decoded::Input(Input::Mouse(mouse))]);
    };
    let wheel = |rows, column, row| Mouse::Wheel { rows, column, row };
    check(b"\x1b[<0;10;5M", Mouse::Click { column: 9, row: 4 });
    check(b"\x1b[<16;10;5M", Mouse::Click { column: 9, row: 4 });
    check(b"\x1b[<64;3;3M", wheel(-3, 2, 2));
    check(b"\x1b[<65;65535;0M", wheel(3, 65534, 0));
    check(b"\x1b[M !!", Mouse::Click { column: 0, row: 0 });
    check(b"\x1b[M`##", wheel(-3, 2, 2));
}

#[test]
fn mouse_reports_that_mean_nothing_are_swallowed() {
    for (bytes, what) in [
        ("\x1b[<0;10;5m", "release"),
        ("\x1b[<2;1;1M", "right button"),
        ("\x1b[<34;1;1M", "drag"),
        ("\x1b[<66;1;1M", "wheel to the side"),
        ("\x1b[<99999;1;1M", "button out of range"),
        ("\x1b[<256;1;1M", "unknown button"),
        ("\x1b[<0;1M", "half a place"),
        ("\x1b[<200;1;1M", "unknown button"),
    ] {
        assert_eq!(decode(bytes.as_bytes()), [], "{what}");
    }
}

proptest! {
    #[test]
    fn cutting_changes_nothing(bytes in hostile(), cut in 0_usize..200) {
        let (mut decoder, mut whole, mut parts) = (Decoder::default(), Vec::new(), Vec::new());
        decoder.feed(&bytes, &mut whole);
        let (first, rest) = bytes.split_at(cut.min(bytes.len()));
        let mut decoder = Decoder::default();
        decoder.feed(first, &mut parts);
        decoder.feed(rest, &mut parts);
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn anything_is_taken_and_nothing_sticks(bytes in hostile()) {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(&bytes, &mut out);
        decoder.give_up(&mut out);
        out.clear();
        decoder.feed(b"q", &mut out);
        prop_assert_eq!(out.iter().map(name).collect::<Vec<_>>(), ["q"]);
    }
}

/// Random bytes with pieces of sequences between them.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        prop_oneof![
            Just("\x1b["),
            Just("\x1b]11;"),
            Just("\x1b[200~"),
            Just("\x1b[201~"),
            Just("\x1bO"),
            Just("\x1b[M")
        ]
        .prop_map(|s| s.as_bytes().to_vec()),
        proptest::collection::vec(
            proptest::sample::select(b"0123456789;:<?~mMuR\x1b[]\\\x07".to_vec()),
            0..8
        ),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
