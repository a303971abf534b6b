//! The myths of a pack as a list: those that the learner met first, then all others.

use std::collections::BTreeMap;

use crate::core::progress::Progress;
use crate::core::quiz::myths::met;
use crate::pack::{Address, Kind, Library, Myth};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::count;

/// A myth in the list.
pub struct MetMyth<'l> {
    pub address: Address,
    pub myth: &'l Myth,
    /// How often a wrong answer stood for it.
    pub times: u32,
}

impl MetMyth<'_> {
    /// `met twice`; nothing where it was never met.
    pub fn words(&self) -> SafeText {
        match self.times {
            0 => SafeText::default(),
            1 => SafeText::ours("met once"),
            times => safe!("met {times} times"),
        }
    }
}

/// All myths of the pack, those met most often first, then by their claims.
pub fn all<'l>(library: &'l Library, progress: &Progress) -> Vec<MetMyth<'l>> {
    let met: BTreeMap<String, u32> = met(library, progress);
    let myth = |n| {
        let id = library.head(Kind::Myths, n).id;
        Some(MetMyth {
            address: Address::new(Kind::Myths, id)?,
            myth: library.myth(id)?,
            times: met.get(id).copied().unwrap_or_default(),
        })
    };
    let mut all: Vec<_> = (0..library.count(Kind::Myths)).filter_map(myth).collect();
    all.sort_by(|a, b| {
        b.times
            .cmp(&a.times)
            .then_with(|| a.myth.claim.cmp(&b.myth.claim))
    });
    all
}

/// How many there are, and how many were met: `78 myths, 3 met`.
pub fn in_short(all: &[MetMyth<'_>]) -> SafeText {
    let met = all.iter().filter(|myth| myth.times > 0).count();
    let all = count(all.len(), "myth", "myths");
    match met {
        0 => all,
        met => safe!("{all}, {met} met"),
    }
}
