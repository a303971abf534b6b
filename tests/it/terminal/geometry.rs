//! Any size, and any change of it.
//! The last size is the one that is drawn, and no size costs more memory than the largest that is drawn.

use super::started;
use crate::support::bare;
use crate::support::pty::{Pty, peak_memory};

#[track_caller]
fn shows(size: (u16, u16), expected: &str) {
    let mut pty = Pty::spawn(&bare(), &[], size, &[]);
    pty.wait_for(expected);
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

#[test]
fn sizes_are_taken_within_bounds() {
    shows((80, 24), "80x24");
    shows((0, 0), "80x24");
    shows((5000, 5000), "512x256");
    shows((65535, 65535), "512x256");
    shows((512, 1), "512x1");
}

#[test]
fn the_largest_size_costs_little() {
    let mut pty = Pty::spawn(&bare(), &[], (65535, 65535), &[]);
    pty.wait_for("512x256");
    let memory = peak_memory(pty.pid()).expect("the system tells");
    assert!(memory < 40_000, "{memory} KiB");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}

#[test]
fn tiny_sizes_are_survived() {
    for size in [(1, 1), (1, 0), (0, 80), (2, 2)] {
        let mut pty = Pty::spawn(&bare(), &[], size, &[]);
        pty.wait_for_raw(b"\x1b[c");
        pty.send("q");
        assert_eq!(pty.wait_exit().code, 0, "{size:?}");
        pty.assert_restored();
    }
}

#[test]
fn a_storm_of_sizes_ends_at_the_last() {
    let mut pty = started((80, 24), &[]);
    let mut seed = 7_u32;
    let mut random = |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((seed >> 16) % (most + 1)) as u16
    };
    for _ in 0..2000 {
        pty.resize((random(200), random(60)));
    }
    pty.resize((97, 31));
    pty.wait_for("97x31");
    pty.send("q");
    assert_eq!(pty.wait_exit().code, 0);
    pty.assert_restored();
}
