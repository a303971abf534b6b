//! Definitions set side by side: which perspectives, dimension by dimension, agree, differ or are silent.
//! Promise: the marks follow from the positions the perspectives are coded with, and from nothing else.

use serde::Serialize;

use crate::pack::{Dimension, Library, NamedId, Pack, Perspective, PerspectiveCell};

/// Most columns side by side.
pub const MAX_COLUMNS: usize = 4;

/// Some perspectives, side by side.
pub struct Comparison<'a> {
    /// One per column.
    pub columns: Vec<&'a Perspective>,
    /// One per dimension of the pack, in its order.
    pub rows: Vec<ComparisonRow<'a>>,
}

/// One dimension across the columns.
pub struct ComparisonRow<'a> {
    /// The question.
    pub dimension: &'a Dimension,
    /// One cell per column.
    pub cells: Vec<&'a PerspectiveCell>,
    /// How they stand to each other.
    pub relation: Relation,
}

/// How the cells of a line stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// All who speak say the same, and at least two speak.
    Agree,
    /// Two of them say different things.
    Differ,
    /// Only one speaks.
    OneSpeaks,
    /// Nobody says anything.
    Silent,
}

impl Relation {
    /// The word that marks the row.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Differ => "differ",
            Self::OneSpeaks => "one is silent",
            Self::Silent => "silent",
        }
    }

    /// A sign beside the word, of one cell.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Agree => "=",
            Self::Differ => "≠",
            Self::OneSpeaks | Self::Silent => "·",
        }
    }
}

/// Sets perspectives side by side; unknown ids are left out.
pub fn compare<'a>(library: &'a Library, ids: &[String]) -> Comparison<'a> {
    let columns: Vec<&Perspective> = ids
        .iter()
        .filter_map(|id| library.perspective(id))
        .take(MAX_COLUMNS)
        .collect();
    let line = |(i, dimension)| {
        let cells: Vec<&PerspectiveCell> = columns.iter().filter_map(|p| p.cells.get(i)).collect();
        let relation = relation(cells.iter().map(|c| c.position.as_deref()));
        ComparisonRow {
            dimension,
            cells,
            relation,
        }
    };
    let rows = library
        .pack()
        .dimensions
        .iter()
        .enumerate()
        .map(line)
        .collect();
    Comparison { columns, rows }
}

/// What everybody says on one dimension: the positions in the pack's order, each with its holders; silent ones last.
pub fn by_dimension<'a>(library: &'a Library, dimension: &str) -> Option<ByDimension<'a>> {
    let index = library
        .pack()
        .dimensions
        .iter()
        .position(|d| d.id == dimension)?;
    let dimension = library.pack().dimensions.get(index)?;
    let all = perspectives(library);
    let holders = |key: Option<&str>| -> Vec<(&'a Perspective, &'a PerspectiveCell)> {
        all.iter()
            .filter_map(|p| p.cells.get(index).map(|c| (*p, c)))
            .filter(|(_, c)| c.position.as_deref() == key)
            .collect()
    };
    let groups = dimension
        .positions
        .iter()
        .map(|n| (n, holders(Some(&n.id))))
        .filter(|(_, h)| !h.is_empty())
        .collect();
    Some(ByDimension {
        dimension,
        groups,
        silent: holders(None).into_iter().map(|(p, _)| p).collect(),
    })
}

/// One dimension across all perspectives.
pub struct ByDimension<'a> {
    /// The question.
    pub dimension: &'a Dimension,
    /// Each position that somebody takes.
    pub groups: Vec<(&'a NamedId, Vec<(&'a Perspective, &'a PerspectiveCell)>)>,
    /// Who says nothing.
    pub silent: Vec<&'a Perspective>,
}

/// All perspectives, the pack's default comparison first.
pub fn perspectives(library: &Library) -> Vec<&Perspective> {
    use crate::pack::Kind;
    let first = &library.pack().default_comparison;
    let mut all: Vec<&Perspective> = first
        .iter()
        .filter_map(|id| library.perspective(id))
        .collect();
    let rest = (0..library.count(Kind::Perspectives))
        .map(|n| library.head(Kind::Perspectives, n).id.to_owned());
    all.extend(
        rest.filter(|id| !first.contains(id))
            .filter_map(|id| library.perspective(&id)),
    );
    all
}

/// The reader's words for a position.
pub fn position_words<'a>(dimension: &'a Dimension, cell: &PerspectiveCell) -> Option<&'a NamedId> {
    let key = cell.position.as_deref()?;
    dimension.positions.iter().find(|n| n.id == key)
}

/// The first perspectives to set side by side.
pub fn default_columns(pack: &Pack) -> Vec<String> {
    pack.default_comparison.clone()
}

fn relation<'a>(positions: impl Iterator<Item = Option<&'a str>>) -> Relation {
    let said: Vec<&str> = positions.flatten().collect();
    match said.as_slice() {
        [] => Relation::Silent,
        [_] => Relation::OneSpeaks,
        [first, rest @ ..] if rest.iter().all(|r| r == first) => Relation::Agree,
        [..] => Relation::Differ,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_marked_by_their_positions() {
        let check = |positions: &[Option<&str>], expected| {
            assert_eq!(
                relation(positions.iter().copied()),
                expected,
                "{positions:?}"
            )
        };
        check(&[Some("a"), Some("a")], Relation::Agree);
        check(&[Some("a"), Some("b")], Relation::Differ);
        check(&[Some("a"), None], Relation::OneSpeaks);
        check(&[None, None], Relation::Silent);
        check(&[Some("a"), None, Some("a")], Relation::Agree);
        check(&[Some("a"), None, Some("a"), Some("b")], Relation::Differ);
    }
}
