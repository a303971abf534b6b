//! Stopped and resumed under a real shell with job control.
//! The shell gets a cooked terminal on its own screen, and the program redraws whole when it comes back.

use std::path::Path;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::bare;
use crate::support::ledger::Ledger;
use crate::support::pty::{Pty, children, process_state};

/// An interactive bash with the bare program running in its foreground.
fn under_bash() -> (Pty, Pid) {
    let mut pty = bash();
    // The shell says at once when a job stops.
    pty.send("set -b; \"$BARE\"\r");
    pty.wait_for("keys 0");
    let child = *children(pty.pid()).first().expect("bash runs the program");
    (pty, child)
}

fn bash() -> Pty {
    let variables = [
        ("PS1", "shell> "),
        ("HISTFILE", ""),
        ("COLORFGBG", "15;0"),
        ("BARE", bare().to_str().unwrap()),
    ]
    .map(|(n, v)| (n, v.to_owned()));
    let variables: Vec<(&str, &str)> = variables.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let pty = Pty::spawn(
        Path::new("/bin/bash"),
        &["--norc", "--noprofile", "-i"],
        (80, 24),
        &variables,
    );
    pty.wait_for("shell> ");
    pty
}

#[track_caller]
fn is_stopped(pty: &Pty, child: Pid) {
    pty.wait_system("the stop", || process_state(child) == Some('T'));
    pty.wait_until("the shell's own screen", |screen| {
        screen.contains("Stopped") && !screen.contains("keys")
    });
}

fn quit(mut pty: Pty) {
    pty.send("q");
    pty.wait_for("shell> ");
    pty.send("exit\r");
    pty.wait_exit();
    pty.assert_restored();
}

#[test]
fn the_key_stops_it_and_fg_resumes() {
    let (mut pty, child) = under_bash();
    pty.send("\x1a");
    is_stopped(&pty, child);
    pty.resize((60, 20));
    pty.send("fg\r");
    pty.wait_for("60x20 keys 1 resumed.");
    pty.send("k");
    pty.wait_for("keys 2 Char('k')");
    quit(pty);
}

#[test]
fn stop_signals_from_outside_do_the_same() {
    for signal in [Signal::TSTP, Signal::TTIN, Signal::TTOU] {
        let (mut pty, child) = under_bash();
        kill_process(child, signal).unwrap();
        is_stopped(&pty, child);
        pty.send("fg\r");
        pty.wait_for("keys 0 resumed.");
        quit(pty);
    }
}

/// SIGSTOP cannot be caught: the shell then writes on our screen, and `fg` mends it.
#[test]
fn a_stop_that_cannot_be_caught_is_mended() {
    let (mut pty, child) = under_bash();
    kill_process(child, Signal::STOP).unwrap();
    pty.wait_until("the shell", |screen| {
        screen.contains("Stopped") && screen.contains("shell> ")
    });
    pty.send("fg\r");
    pty.wait_until("a whole redraw", |screen| {
        screen.contains("keys 0 resumed.") && !screen.contains("Stopped")
    });
    quit(pty);
}

#[test]
fn a_stop_that_cannot_be_caught_and_bg_leave_the_shell_alone() {
    let (mut pty, child) = under_bash();
    kill_process(child, Signal::STOP).unwrap();
    pty.wait_until("the shell", |screen| {
        screen.contains("Stopped") && screen.contains("shell> ")
    });
    pty.send("bg\r");
    pty.wait_until("both stops", |screen| {
        screen.matches("Stopped").count() == 2
    });
    pty.send("fg\r");
    pty.wait_until("a whole redraw", |screen| {
        screen.contains("keys 0 resumed.") && !screen.contains("Stopped")
    });
    // What was on when it was stopped cannot be known to be off: the alternate screen is entered once more.
    pty.send("q");
    pty.wait_until("the shell's own screen", |screen| {
        !screen.contains("keys 0")
    });
}

#[test]
fn started_in_the_background_it_waits_for_fg() {
    let mut pty = bash();
    pty.send("set -b; \"$BARE\" &\r");
    pty.wait_for("Stopped");
    assert_eq!(
        Ledger::of(&pty.raw()).entered,
        0,
        "nothing is drawn over the shell"
    );
    pty.send("fg\r");
    pty.wait_for("80x24 keys 0 resumed.");
    quit(pty);
}

#[test]
fn in_the_background_it_stops_again_and_can_be_ended() {
    let (mut pty, child) = under_bash();
    pty.send("\x1a");
    is_stopped(&pty, child);
    pty.wait_system("the shell's line editor", || {
        !pty.modes().contains("ICANON")
    });
    let (modes, written) = (pty.modes(), Ledger::of(&pty.raw()));
    pty.send("bg\r");
    pty.wait_until("both stops", |screen| {
        screen.matches("Stopped").count() == 2
    });
    kill_process(child, Signal::TERM).unwrap();
    kill_process(child, Signal::CONT).unwrap();
    pty.wait_system("the end", || {
        process_state(child).is_none_or(|state| state == 'Z')
    });
    pty.send("echo status $?\r");
    pty.wait_for("Exit 143");
    pty.wait_system("the shell's modes", || pty.modes() == modes);
    assert_eq!(
        Ledger::of(&pty.raw()).entered,
        written.entered,
        "nothing was drawn over the shell"
    );
    pty.send("exit\r");
    pty.wait_exit();
    pty.assert_restored();
}

#[test]
fn bg_then_fg_then_another_size() {
    let (mut pty, child) = under_bash();
    pty.send("\x1a");
    is_stopped(&pty, child);
    pty.send("bg\r");
    pty.wait_until("both stops", |screen| {
        screen.matches("Stopped").count() == 2
    });
    pty.send("fg\r");
    pty.wait_for("resumed.");
    pty.resize((50, 10));
    pty.wait_for("50x10");
    quit(pty);
}

#[test]
fn going_on_without_having_stopped_is_a_redraw() {
    let (pty, child) = under_bash();
    kill_process(child, Signal::CONT).unwrap();
    pty.wait_for("keys 0 resumed.");
    quit(pty);
}

#[test]
fn many_stops_leave_nothing_behind() {
    let (mut pty, child) = under_bash();
    for n in 1..=100 {
        pty.send("\x1a");
        pty.wait_system("the stop", || process_state(child) == Some('T'));
        pty.wait_until("the shell", |screen| screen.trim_end().ends_with("shell>"));
        pty.resize((60 + n % 20, 20));
        pty.send("fg\r");
        pty.wait_for(&format!("{}x20 keys {n} resumed.", 60 + n % 20));
    }
    quit(pty);
}

/// Where nobody could resume it, the key does nothing.
#[test]
fn without_a_shell_it_does_not_stop() {
    let mut pty = super::started((80, 24), &[]);
    pty.send("\x1a");
    pty.wait_for("nobody to resume");
    pty.signal(Signal::TSTP);
    pty.resize((70, 20));
    pty.wait_for("70x20");
    pty.send("k");
    pty.wait_for("Char('k')");
}
