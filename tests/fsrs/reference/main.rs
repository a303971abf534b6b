//! Prints random histories of answers and what the reference, the `fsrs` crate, makes of them.
//!
//! The unit tests of the scheduler read what this printed. To make it anew, from the project's root:
//! `cargo run --manifest-path tests/fsrs/reference/Cargo.toml > tests/fsrs/histories.txt`

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, FSRSItem, FSRSReview, current_retrievability};

const HISTORIES: usize = 4_000;
const HEAD: &str = "\
# What FSRS-6 makes of random histories of answers: printed by tests/fsrs/reference, which says how to make it anew.
# Fields, set apart by tabs:
#   history     days since the answer before, then its grade: again, hard, good, easy
#   stability   after the last answer, in days
#   difficulty  after the last answer, 1 to 10
#   days        since the last answer
#   recall      the chance of a right answer after those days
#   desired     the chance wanted at the next answer
#   interval    the days until it falls to that, unrounded";

fn main() {
    let reference = FSRS::new(&[]).expect("the default parameters are right");
    let mut random = Random(6);
    println!("{HEAD}");
    for _ in 0..HISTORIES {
        let reviews = history(&mut random);
        let item = FSRSItem { reviews: reviews.clone() };
        let state = reference.memory_state(item, None).expect("a history has a state");
        let days = random.pause();
        let recall = current_retrievability(state, days as f32, FSRS6_DEFAULT_DECAY);
        let desired = (70 + random.below(28)) as f32 / 100.0;
        let interval = reference.next_interval(Some(state.stability), desired, 3);
        let told: String = reviews.iter().map(|r| format!("{}{}", r.delta_t, letter(r.rating))).collect();
        let (stability, difficulty) = (state.stability, state.difficulty);
        println!("{told}\t{stability}\t{difficulty}\t{days}\t{recall}\t{desired}\t{interval}");
    }
}

/// Up to 24 answers, many of them on the same day.
fn history(random: &mut Random) -> Vec<FSRSReview> {
    let length = 1 + random.below(24);
    let answer = |n| FSRSReview { rating: 1 + random.below(4), delta_t: if n == 0 { 0 } else { random.pause() } };
    (0..length).map(answer).collect()
}

fn letter(rating: u32) -> char {
    ['a', 'h', 'g', 'e'][rating as usize - 1]
}

/// SplitMix64: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u32) -> u32 {
        (self.draw() % u64::from(n)) as u32
    }

    /// Days: none, a few, or up to four years.
    fn pause(&mut self) -> u32 {
        match self.below(4) {
            0 => 0,
            1 => 1 + self.below(3),
            2 => 1 + self.below(60),
            _ => 1 + self.below(1500),
        }
    }
}
