//! Substring search over the names of one kind, for filtering a list by typing without the search index. The names are
//! folded once; each query is one pass over them.

use crate::pack::{Kind, Library};
use crate::text::fold::fold;

/// Titles and aliases of a kind, case-folded, one a line.
#[derive(Debug, Default)]
pub struct NameIndex {
    text: String,
    /// Where each entry's names end in the text.
    ends: Vec<u32>,
}

impl NameIndex {
    pub fn of(library: &Library, kind: Kind) -> Self {
        let mut names = Self::default();
        for n in 0..library.count(kind) {
            let head = library.head(kind, n);
            for name in std::iter::once(head.title).chain(head.aliases.split('\n')) {
                names.text.push_str(&fold(name));
                names.text.push('\n');
            }
            names
                .ends
                .push(u32::try_from(names.text.len()).unwrap_or(u32::MAX));
        }
        names
    }

    /// Positions of the entries whose names contain all words; those with a name that starts with the query come first.
    pub fn matching(&self, query: &str) -> Vec<u32> {
        let query = fold(query.trim());
        let words: Vec<&str> = query.split(' ').filter(|w| !w.is_empty()).collect();
        let Some((first, rest)) = words.split_first() else {
            return (0..self.ends.len() as u32).collect();
        };
        let (mut prefixed, mut others) = (Vec::new(), Vec::new());
        let mut from = 0;
        while let Some(found) = self.text.get(from..).and_then(|t| t.find(first)) {
            let n = self
                .ends
                .partition_point(|end| *end as usize <= from + found);
            let names = self.names(n);
            if rest.iter().all(|w| names.contains(w)) {
                let is_prefix = names.split('\n').any(|name| name.starts_with(&query));
                let group = if is_prefix {
                    &mut prefixed
                } else {
                    &mut others
                };
                group.push(n as u32);
            }
            // On with the next entry: one match of an entry is enough.
            from = self
                .ends
                .get(n)
                .map_or(self.text.len(), |end| *end as usize);
        }
        prefixed.append(&mut others);
        prefixed
    }

    fn names(&self, n: usize) -> &str {
        let start = n
            .checked_sub(1)
            .and_then(|p| self.ends.get(p))
            .map_or(0, |e| *e as usize);
        let end = self.ends.get(n).map_or(start, |e| *e as usize);
        self.text.get(start..end).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> NameIndex {
        let mut names = NameIndex::default();
        for entry in all {
            names.text.push_str(&fold(entry));
            names.text.push('\n');
            names.ends.push(names.text.len() as u32);
        }
        names
    }

    #[test]
    fn words_match_anywhere_and_beginnings_come_first() {
        let names = names(&[
            "Warm start\nhot start",
            "Cold start",
            "Start-up",
            "Scale to zero",
        ]);
        assert_eq!(names.matching("start"), [2, 0, 1]);
        assert_eq!(names.matching("START hot"), [0]);
        assert_eq!(names.matching("to-zero"), [3]);
        assert_eq!(names.matching("zzz"), [0u32; 0]);
        assert_eq!(names.matching(" "), [0, 1, 2, 3]);
    }
}
