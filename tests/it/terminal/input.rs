//! Whatever bytes come in.
//! Half a sequence, an endless paste or noise leaves the next key working, and SIGTERM always works.

use rustix::process::Signal;

use super::started;
use crate::support::bare;
use crate::support::pty::Pty;

#[test]
fn half_sequences_leave_the_next_key_working() {
    for half in [
        "\x1b[",
        "\x1bO",
        "\x1b[1;",
        "\x1b]11;",
        "\x1b[<0;1",
        "\x1bP",
    ] {
        let mut pty = started((80, 24), &[]);
        pty.send(half);
        pty.wait_rest();
        pty.send("k");
        pty.wait_for("Char('k')");
        pty.send("q");
        assert_eq!(pty.wait_exit().code, 0, "{half:?}");
        pty.assert_restored();
    }
    let mut pty = started((80, 24), &[]);
    pty.send(b"\xe2\x82");
    pty.send("k");
    pty.wait_for("Char('k')");
}

#[test]
fn half_a_sequence_and_sigterm() {
    for half in ["\x1b[", "\x1b[200~no end", "\x1b[<"] {
        let mut pty = started((80, 24), &[]);
        pty.send(half);
        pty.signal(Signal::TERM);
        assert_eq!(pty.wait_exit().code, 143, "{half:?}");
        pty.assert_restored();
    }
}

#[test]
fn an_endless_paste_gives_way() {
    let mut pty = started((80, 24), &[]);
    pty.send("\x1b[200~0123456789q\r");
    pty.wait_for("paste of 12");
    pty.send("k");
    pty.wait_for("Char('k')");
}

#[test]
fn pastes_are_one_event_with_or_without_marks() {
    let mut pty = started((80, 24), &[]);
    pty.send(format!("\x1b[200~{}\x1b[201~", "quit ".repeat(200_000)));
    pty.wait_for("keys 0 paste of 65536");
    pty.send("quit now, 1 2 3\r".repeat(12));
    pty.wait_for("keys 0 paste of 192");
    // More than the system hands out at once.
    pty.send("quit ".repeat(2000));
    pty.wait_for("keys 0 paste of 10000");
    pty.send("k");
    pty.wait_for("keys 1 Char('k')");
}

#[test]
fn late_replies_are_not_typed() {
    let mut pty = started((80, 24), &[]);
    pty.send("k");
    pty.wait_for("keys 1");
    pty.send("\x1b[?1;2c\x1b[12;40R\x1b]10;rgb:ff/ff/ff\x07\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    pty.wait_for("keys 1 late light");
}

#[test]
fn the_background_is_asked_for_once_and_keys_meanwhile_are_kept() {
    let mut pty = Pty::spawn(&bare(), &[], (80, 24), &[]);
    pty.wait_for_raw(b"\x1b[c");
    pty.send("ab\x1b]11;rgb:0000/0000/0000\x07\x1b[?62c");
    pty.wait_for("keys 2 Char('b')");
    let asked = pty.raw();
    let questions = asked.windows(5).filter(|w| w == b"\x1b]11;").count();
    assert_eq!(questions, 1);
}

#[test]
fn terminals_that_do_not_understand_are_not_asked() {
    for (variable, value) in [("TERM", "dumb"), ("TERM", "linux")] {
        let mut pty = Pty::spawn(&bare(), &[], (80, 24), &[(variable, value)]);
        pty.wait_for("keys 0");
        pty.send("k");
        pty.wait_for("keys 1");
        assert!(
            !pty.raw().windows(3).any(|w| w == b"\x1b]1"),
            "{value} was asked"
        );
    }
}

#[test]
fn split_sequences_are_whole_keys() {
    let mut pty = started((80, 24), &[]);
    for byte in "\x1b[A".bytes() {
        pty.send([byte]);
        pty.wait_read();
    }
    pty.wait_for("keys 1 Up");
}

#[test]
fn noise_is_survived() {
    let mut pty = started((80, 24), &[]);
    let mut seed = 99_u64;
    for _ in 0..200 {
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as u8
        })
        .filter(|b| !matches!(b, b'q' | b'P' | b'W' | 3 | 26))
        .take(1000)
        .collect();
        pty.send(noise);
    }
    pty.wait_rest();
    pty.send("k");
    pty.wait_for("Char('k')");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit().code, 143);
    pty.assert_restored();
}
