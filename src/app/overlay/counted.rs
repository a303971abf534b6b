//! Rows of a chooser that narrow a list, with how many entries each leaves.

use std::collections::BTreeMap;

use crate::app::choice::ScreenChoice;
use crate::app::overlay::chooser::ChooserRow;
use crate::text::{SafeText, measure};

/// What to narrow a list to: everything, or one of the names that occur, with how many entries each leaves.
pub struct CountedRows {
    /// What "everything" is called, and how many entries there are.
    pub every: SafeText,
    pub all: usize,
    pub about_every: SafeText,
    pub about: SafeText,
}

impl CountedRows {
    /// The rows: names that occur most come first.
    pub fn of<'a>(
        self,
        names: impl Iterator<Item = &'a str>,
        title: impl Fn(&str) -> SafeText,
        choice: impl Fn(Option<String>) -> ScreenChoice,
    ) -> Vec<ChooserRow> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let row = |label, n: usize, about: &SafeText, name| {
            ChooserRow::new(label, about.clone(), choice(name)).aside(measure::thousands(n as u64))
        };
        let mut rows = vec![row(self.every, self.all, &self.about_every, None)];
        rows.extend(
            counts
                .into_iter()
                .map(|(name, n)| row(title(name), n, &self.about, Some(name.to_owned()))),
        );
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_most_comes_first_with_its_number() {
        let rows = CountedRows {
            every: SafeText::ours("every tag"),
            all: 4,
            about_every: SafeText::ours("all"),
            about: SafeText::ours("one"),
        };
        let names = ["b", "c", "a", "c"];
        let rows = rows.of(names.into_iter(), SafeText::line, ScreenChoice::Tag);
        let told: Vec<String> = rows
            .iter()
            .map(|r| format!("{} {} {}", r.label, r.aside, r.about))
            .collect();
        assert_eq!(told, ["every tag 4 all", "c 2 one", "a 1 one", "b 1 one"]);
        assert_eq!(
            rows[1].choice,
            ScreenChoice::Tag(Some("c".to_owned())).into()
        );
    }
}
