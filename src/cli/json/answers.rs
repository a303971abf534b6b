//! Answers as JSON: lists, comparisons, references, reports, places, keys.
//! Promise: each kind of answer is one type here, named after its command.

use serde::Serialize;

use crate::cli::json::Text;
use crate::cli::json::entry::ReferenceBody;
use crate::core::compare::{ByDimension, Comparison, ComparisonRow, Relation, position_words};
use crate::core::judge::{LensOutcome, Verdict};
use crate::core::search::SearchHit;
use crate::pack::{EntryHead, Perspective};
use crate::text::Words;

/// An entry in a list.
#[derive(Serialize)]
pub struct Listed<'a> {
    address: String,
    id: &'a str,
    title: &'a str,
    aliases: Vec<&'a str>,
    tags: Vec<&'a str>,
    brief: Option<&'a str>,
    verdict: Option<&'static str>,
    score: Option<f64>,
}

impl<'a> Listed<'a> {
    /// What the catalog knows about an entry, and what the lens says of a service.
    pub fn of(kind: &str, head: EntryHead<'a>, said: Option<LensOutcome>) -> Self {
        Self {
            address: format!("{kind}/{}", head.id),
            id: head.id,
            title: head.title,
            aliases: lines(head.aliases),
            tags: lines(head.tags),
            brief: Some(head.brief).filter(|b| !b.is_empty()),
            verdict: said.and_then(LensOutcome::verdict).map(Verdict::word),
            score: said.and_then(|said| match said {
                LensOutcome::Score(score) => Some(score),
                LensOutcome::Verdict(_) => None,
            }),
        }
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split('\n').filter(|l| !l.is_empty()).collect()
}

/// `list`.
#[derive(Serialize)]
pub struct List<'a> {
    /// The plural word of the kind.
    pub of: &'a str,
    /// The entries.
    pub entries: Vec<Listed<'a>>,
}

/// `search`.
#[derive(Serialize)]
pub struct Hits<'a> {
    /// What was asked for.
    pub query: &'a str,
    /// How many there are, shown or not.
    pub found: usize,
    /// The hits, best first.
    pub hits: Vec<Found>,
}

/// A hit of a search.
#[derive(Serialize)]
pub struct Found {
    address: String,
    id: String,
    title: String,
    class: &'static str,
    why: String,
    excerpt: Option<String>,
}

impl Found {
    /// Of a hit.
    pub fn of(hit: &SearchHit) -> Self {
        Self {
            address: format!("{}/{}", hit.kind.word(), hit.id),
            id: hit.id.clone(),
            title: hit.title.to_string(),
            class: hit.class.word(),
            why: hit.why.to_string(),
            excerpt: Some(hit.excerpt.to_string()).filter(|e| !e.is_empty()),
        }
    }
}

/// What nothing is called; with exit status 1.
#[derive(Serialize)]
pub struct Miss<'a> {
    /// What was asked for.
    pub query: &'a str,
    /// Addresses of what may have been meant, likeliest first.
    pub suggestions: Vec<String>,
}

/// A party's definition at the head of a column.
#[derive(Serialize)]
pub struct View<'a> {
    id: &'a str,
    name: &'a str,
    holder: &'a str,
    summary: Text,
}

impl<'a> View<'a> {
    /// Of a perspective.
    pub fn of(view: &'a Perspective) -> Self {
        Self {
            id: &view.id,
            name: &view.name,
            holder: &view.holder,
            summary: Text::of(&view.summary),
        }
    }
}

/// `compare`, and the short answer.
#[derive(Serialize)]
pub struct Compared<'a> {
    question: &'a str,
    views: Vec<View<'a>>,
    rows: Vec<RowBody<'a>>,
}

#[derive(Serialize)]
struct RowBody<'a> {
    dimension: &'a str,
    question: &'a str,
    relation: &'static str,
    cells: Vec<CellBody<'a>>,
}

#[derive(Serialize)]
struct CellBody<'a> {
    view: &'a str,
    position: Option<&'a str>,
    position_words: Option<&'a str>,
    says: Option<Text>,
}

impl<'a> Compared<'a> {
    /// Definitions side by side under the pack's question.
    pub fn of(question: &'a str, comparison: &'a Comparison<'a>) -> Self {
        Self {
            question,
            views: comparison.columns.iter().map(|v| View::of(v)).collect(),
            rows: comparison.rows.iter().map(|l| row(comparison, l)).collect(),
        }
    }
}

fn row<'a>(comparison: &'a Comparison<'a>, line: &'a ComparisonRow<'a>) -> RowBody<'a> {
    let cell = |(view, cell): (
        &&'a Perspective,
        &&'a crate::pack::entries::perspective::PerspectiveCell,
    )| {
        let position = cell.position.as_deref();
        CellBody {
            view: &view.id,
            position,
            position_words: position_words(line.dimension, cell).map(|n| n.title.as_str()),
            says: position.map(|_| Text::of(&cell.text)),
        }
    };
    RowBody {
        dimension: &line.dimension.id,
        question: &line.dimension.question,
        relation: relation(line.relation),
        cells: comparison
            .columns
            .iter()
            .zip(&line.cells)
            .map(cell)
            .collect(),
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Agree => "agree",
        Relation::Differ => "differ",
        Relation::OneSpeaks => "one-speaks",
        Relation::Silent => "silent",
    }
}

/// `compare --by`.
#[derive(Serialize)]
pub struct Dimension<'a> {
    dimension: &'a str,
    question: &'a str,
    positions: Vec<Position<'a>>,
    silent: Vec<&'a str>,
}

#[derive(Serialize)]
struct Position<'a> {
    position: &'a str,
    words: &'a str,
    held_by: Vec<Held<'a>>,
}

#[derive(Serialize)]
struct Held<'a> {
    view: &'a str,
    holder: &'a str,
    says: Text,
}

impl<'a> Dimension<'a> {
    /// What everybody says on one dimension.
    pub fn of(found: &'a ByDimension<'a>) -> Self {
        let position = |(named, holders): &'a (&'a crate::pack::NamedId, Vec<_>)| Position {
            position: &named.id,
            words: &named.title,
            held_by: holders.iter().map(held).collect(),
        };
        Self {
            dimension: &found.dimension.id,
            question: &found.dimension.question,
            positions: found.groups.iter().map(position).collect(),
            silent: found.silent.iter().map(|p| p.id.as_str()).collect(),
        }
    }
}

fn held<'a>(
    (view, cell): &(
        &'a Perspective,
        &'a crate::pack::entries::perspective::PerspectiveCell,
    ),
) -> Held<'a> {
    Held {
        view: &view.id,
        holder: &view.holder,
        says: Text::of(&cell.text),
    }
}

/// `read` without a lesson.
#[derive(Serialize)]
pub struct Lessons<'a> {
    /// In their order.
    pub lessons: Vec<LessonHead<'a>>,
}

/// A lesson in the table of contents.
#[derive(Serialize)]
pub struct LessonHead<'a> {
    /// From 1.
    pub order: u16,
    /// The file's stem.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Minutes it takes to read.
    pub minutes: u16,
}

/// `refs`.
#[derive(Serialize)]
pub struct References<'a> {
    /// The address of the term, when one was given.
    pub term: Option<String>,
    /// The references in the order of their numbers.
    pub references: Vec<ReferenceBody<'a>>,
}

/// `new`.
#[derive(Serialize)]
pub struct Written<'a> {
    /// The folder.
    pub folder: &'a str,
    /// How many files were written.
    pub files: usize,
}

/// `paths`.
#[derive(Serialize)]
pub struct Paths {
    /// The settings file; null where there is no home folder.
    pub config: Option<String>,
    /// The folder of progress and position.
    pub state: Option<String>,
    /// The pack's folder; null for the bundled one.
    pub content: Option<String>,
}

/// `keys`.
#[derive(Serialize)]
pub struct Keys {
    /// Every binding, in the order of the handbook.
    pub keys: Vec<Binding>,
}

/// One binding.
#[derive(Serialize)]
pub struct Binding {
    /// Where it holds.
    pub scope: &'static str,
    /// Its name in the settings file.
    pub action: &'static str,
    /// The keys, most telling first.
    pub keys: Vec<String>,
    /// What it does.
    pub help: &'static str,
}

/// `help json` and other pages of text.
#[derive(Serialize)]
pub struct Topic<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The text.
    pub text: &'a str,
}
