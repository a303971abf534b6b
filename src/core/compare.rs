//! What stands side by side: which definitions, services or lenses are compared at first, and how definitions agree,
//! differ or are silent. The marks follow from the positions that perspectives are coded with, and from nothing else.

use serde::Serialize;

use crate::core::judge::lens_diff::contrast;
use crate::core::judge::verdict::minimum;
use crate::pack::{Dimension, Kind, Lens, Library, NamedId, Perspective, PerspectiveCell};

/// Most columns side by side.
pub const MAX_COLUMNS: usize = 4;

/// Kinds of things that can stand side by side, likeliest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ComparedKind {
    /// Perspectives, question by question.
    Definitions,
    /// Services, fact by fact.
    Services,
    /// Lenses, rule by rule and service by service.
    Lenses,
}

impl ComparedKind {
    pub const ALL: [Self; 3] = [Self::Definitions, Self::Services, Self::Lenses];

    pub const fn kind(self) -> Kind {
        match self {
            Self::Definitions => Kind::Perspectives,
            Self::Services => Kind::Services,
            Self::Lenses => Kind::Lenses,
        }
    }
}

/// What to compare before anything was chosen, by id. Services are chosen to show what a lens is about.
pub fn first(library: &Library, compared: ComparedKind, lens: &str) -> Vec<String> {
    match compared {
        ComparedKind::Definitions => library.pack().default_comparison.clone(),
        ComparedKind::Services => {
            let two = contrast(library.services(), library.lens(lens));
            two.iter().map(|s| s.id.clone()).collect()
        }
        ComparedKind::Lenses => default_lenses(library)
            .iter()
            .map(|l| l.id.clone())
            .collect(),
    }
}

/// The lenses of the pack's default comparison where there are at least two, else the first two of the pack. A definition's
/// lens is the one of its id, else the first that follows it.
pub fn default_lenses(library: &Library) -> Vec<&Lens> {
    let default = &library.pack().default_comparison;
    let following = |id: &String| {
        let mut all = library.lenses().into_iter();
        all.find(|lens| lens.follows.as_ref() == Some(id))
    };
    let lens = |id: &String| library.lens(id).or_else(|| following(id));
    let chosen: Vec<&Lens> = default.iter().filter_map(lens).collect();
    if chosen.len() > 1 {
        return chosen;
    }
    let mut all = library.lenses();
    all.truncate(2);
    all
}

/// The lens to set beside one: the one that is on, else the first other one of the default comparison.
pub fn companion(library: &Library, id: &str, on: &str) -> Option<String> {
    let others = std::iter::once(on.to_owned()).chain(first(library, ComparedKind::Lenses, on));
    others
        .into_iter()
        .find(|other| other != id && library.lens(other).is_some())
}

pub struct Comparison<'a> {
    pub columns: Vec<&'a Perspective>,
    /// One per dimension of the pack, in its order.
    pub rows: Vec<ComparisonRow<'a>>,
}

pub struct ComparisonRow<'a> {
    pub dimension: &'a Dimension,
    /// One cell per column.
    pub cells: Vec<&'a PerspectiveCell>,
    pub relation: Relation,
}

impl Comparison<'_> {
    /// Puts what is disputed first: where they differ, then where they agree, then where somebody is silent. Among those
    /// that differ, what the pack's default lens asks about comes first; else the pack's order stays.
    pub fn disputed_first(mut self, library: &Library) -> Self {
        let lens = library.lens(&library.pack().default_lens);
        let asked = |row: &ComparisonRow| {
            let criterion = row.dimension.criterion;
            let both = criterion.zip(lens);
            both.is_some_and(|(c, lens)| minimum(lens, c).is_some())
        };
        self.rows.sort_by_key(|row| match row.relation {
            Relation::Differ if asked(row) => 0,
            Relation::Differ => 1,
            Relation::Agree => 2,
            Relation::OneSpeaks => 3,
            Relation::Silent => 4,
        });
        self
    }

    /// How many rows stand in a relation.
    pub fn count(&self, relation: Relation) -> usize {
        self.rows.iter().filter(|r| r.relation == relation).count()
    }
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
    let mut dimensions = library.pack().dimensions.iter().enumerate();
    let (index, dimension) = dimensions.find(|(_, d)| d.id == dimension)?;
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
    pub dimension: &'a Dimension,
    /// Each position that somebody takes.
    pub groups: Vec<(&'a NamedId, Vec<(&'a Perspective, &'a PerspectiveCell)>)>,
    /// Who says nothing.
    pub silent: Vec<&'a Perspective>,
}

/// All perspectives, the pack's default comparison first.
pub fn perspectives(library: &Library) -> Vec<&Perspective> {
    let first = &library.pack().default_comparison;
    let rest = library.ids(Kind::Perspectives);
    let rest = rest.filter(|id| !first.iter().any(|f| f == id));
    let all = first.iter().map(String::as_str).chain(rest);
    all.filter_map(|id| library.perspective(id)).collect()
}

/// The reader's words for a position.
pub fn position_words<'a>(dimension: &'a Dimension, cell: &PerspectiveCell) -> Option<&'a NamedId> {
    let key = cell.position.as_deref()?;
    dimension.positions.iter().find(|n| n.id == key)
}

fn relation<'a>(positions: impl Iterator<Item = Option<&'a str>>) -> Relation {
    let words: Vec<&str> = positions.flatten().collect();
    match words.as_slice() {
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

    #[test]
    fn something_is_compared_before_anything_is_chosen() {
        let library = Library::open(std::sync::Arc::new(crate::pack::Bundled)).expect("it opens");
        let check = |compared, expected: &[&str]| {
            assert_eq!(first(&library, compared, "scale-to-zero-view"), expected);
        };
        let default = ["provider-view", "scale-to-zero-view"];
        check(ComparedKind::Definitions, &default);
        check(ComparedKind::Lenses, &default);
        let services = first(&library, ComparedKind::Services, "scale-to-zero-view");
        assert_eq!(services.len(), 2);
        let beside = |id, on| companion(&library, id, on);
        assert_eq!(beside("cncf-view", "aws-view").as_deref(), Some("aws-view"));
        assert_eq!(
            beside("aws-view", "aws-view").as_deref(),
            Some("provider-view")
        );
        assert_eq!(
            beside("cncf-view", "no-such-lens").as_deref(),
            Some("provider-view")
        );
    }
}
