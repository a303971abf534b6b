//! A perspective: one party's definition, with a cell for every dimension of the pack, in the pack's order.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::pack::body::{Body, read_entry};
use crate::pack::doc::Doc;
use crate::pack::entries::pack::{Dimension, Pack};
use crate::pack::entries::term::brief;
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::pack::subject::{OwnSection, Subject};
use crate::safe;
use crate::text::{ByteRange, Day, SafeText, Url};

/// One party's definition.
#[derive(Clone, Debug, PartialEq, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Perspective {
    pub id: String,
    pub name: SafeText,
    pub holder: SafeText,
    #[serde(rename = "party")]
    pub kind: String,
    /// The id of where it stands in the dispute.
    pub stance: String,
    /// When it was published.
    pub published: Option<Day>,
    pub url: Url,
    /// The definition in a line.
    pub answer: Option<SafeText>,
    pub summary: Doc,
    /// One per dimension of the pack.
    #[serde(skip)]
    pub cells: Vec<PerspectiveCell>,
    /// What its author put under headings of its own.
    pub sections: Vec<OwnSection>,
}

/// What a party says on one dimension.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct PerspectiveCell {
    /// The position key it was coded with; `None` when the source is silent.
    pub position: Option<String>,
    /// The words; empty when silent.
    pub text: Doc,
}

/// What a cell says when its source does not.
const SILENT: &str = "Silent.";
/// The position of such a cell.
const SILENT_KEY: &str = "silent";

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Perspective> {
    read_entry(source, notes, |f, body| {
        let read = |f: &mut Fields<'_, '_>| positions(f, pack);
        let positions = match pack.dimensions.as_slice() {
            [] => f.table("positions", read),
            [_, ..] => f.need_table("positions", read),
        };
        Perspective {
            id: id.to_owned(),
            name: f.need("name", Fields::name),
            holder: f.need("holder", Fields::text),
            kind: party(f, &pack.subject),
            stance: stance(f, &pack.subject),
            published: f.date("published"),
            url: f.need("url", Fields::web),
            answer: brief(f, "answer"),
            summary: body.intro(f),
            cells: cells(f, body, &pack.dimensions, positions.unwrap_or_default()),
            sections: body.rest(f),
        }
    })
}

/// The kind of party; needed where the pack declares kinds.
fn party(f: &mut Fields<'_, '_>, subject: &Subject) -> String {
    let known: Vec<&str> = subject.parties.iter().map(String::as_str).collect();
    declared(f, "kind", &known)
}

/// Where a text stands; needed where the pack declares stances.
pub(super) fn stance(f: &mut Fields<'_, '_>, subject: &Subject) -> String {
    let known: Vec<&str> = subject.stances.iter().map(|s| &*s.id).collect();
    declared(f, "stance", &known)
}

/// A word that `pack.toml` declares; where it declares none, any id or nothing.
fn declared(f: &mut Fields<'_, '_>, key: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return f.id(key).unwrap_or_default();
    }
    f.require(key);
    let word = f.one_of(key, known);
    word.map(|word| word.to_string()).unwrap_or_default()
}

/// A position with its place; an empty key stands for silence.
type Position = (Option<String>, ByteRange);

/// One per dimension; `None` where it is missing or unknown, which is reported.
fn positions(f: &mut Fields<'_, '_>, pack: &Pack) -> Vec<Option<Position>> {
    let position = |dimension: &Dimension| {
        f.require(&dimension.id);
        let known = dimension.positions.iter().map(|p| p.id.as_str());
        let known: Vec<&str> = known.chain([SILENT_KEY]).collect();
        let key = f.one_of(&dimension.id, &known)?;
        let position = (&*key != SILENT_KEY).then(|| key.to_string());
        Some((position, f.place(&dimension.id)))
    };
    pack.dimensions.iter().map(position).collect()
}

fn cells(
    f: &mut Fields<'_, '_>,
    body: &mut Body<'_>,
    dimensions: &[Dimension],
    positions: Vec<Option<Position>>,
) -> Vec<PerspectiveCell> {
    let positions = positions.into_iter().chain(std::iter::repeat(None));
    let cells = dimensions.iter().zip(positions);
    cells
        .filter_map(|(dimension, position)| cell(f, body, dimension, position))
        .collect()
}

/// What is said on one dimension, in words and by position, which must agree on silence.
fn cell(
    f: &mut Fields<'_, '_>,
    body: &mut Body<'_>,
    dimension: &Dimension,
    position: Option<Position>,
) -> Option<PerspectiveCell> {
    let question = &dimension.question;
    let Some((text, at)) = body.placed_part(f, question) else {
        f.notes.refuse(
            "dimension-missing",
            &body.end,
            safe!("`{question}` is not answered"),
            safe!(
                "add a heading `## {question}`, and `{SILENT}` below it if the source says nothing"
            ),
        );
        return None;
    };
    let silent = &*text.text() == SILENT;
    let (position, position_at) = position?;
    match (&position, silent) {
        (Some(_), true) => f.notes.refuse(
            "silence-differs",
            &position_at,
            safe!("`{}` is silent in the text", dimension.id),
            safe!("write `{SILENT_KEY}`, or say below `## {question}` what the source says"),
        ),
        (None, false) => f.notes.refuse(
            "silence-differs",
            &at,
            safe!("`{}` is silent in the front matter", dimension.id),
            safe!("write `{SILENT}` alone, or give the position a key"),
        ),
        (Some(_), false) | (None, true) => {}
    }
    Some(PerspectiveCell {
        position,
        text: if silent { Doc::default() } else { text },
    })
}

#[cfg(test)]
mod tests {
    use crate::pack::entries::samples;
    use crate::pack::entry::Entry;

    const GOOD: &str = "+++
name = \"N\"
holder = \"H\"
kind = \"community\"
stance = \"scale-to-zero\"
url = \"https://a.org\"

[positions]
billing = \"use\"
idle = \"silent\"
+++

Summary.

## What is billed?

Use, [mostly](../terms/use.md).

## What does idle cost?

Silent.
";

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Entry> {
        assert!(GOOD.contains(from));
        samples::check("perspectives/x.md", &GOOD.replace(from, to), expected)
    }

    #[test]
    fn a_perspective_has_a_cell_per_dimension() {
        let Some(Entry::Perspective(view)) = check("", "", &[]) else {
            panic!("a perspective")
        };
        let cells: Vec<_> = view
            .cells
            .iter()
            .map(|cell| (cell.position.as_deref(), cell.text.text().to_string()))
            .collect();
        assert_eq!(
            cells,
            [
                (Some("use"), "Use, mostly.".to_owned()),
                (None, String::new())
            ]
        );
        assert_eq!(
            (view.kind.as_str(), view.stance.as_str()),
            ("community", "scale-to-zero")
        );
    }

    #[test]
    fn dimensions_and_positions_must_be_the_packs() {
        check(
            "## What is billed?\n\nUse, [mostly](../terms/use.md).\n",
            "",
            &[("dimension-missing", "+++")],
        );
        check(
            "## What is billed?",
            "## What is bild?",
            &[
                ("dimension-missing", "+++"),
                ("section-unknown", "## What is bild?"),
            ],
        );
        check("billing = \"use\"\n", "", &[("key-missing", "[positions]")]);
        check("\"use\"", "\"usage\"", &[("value-unknown", "\"usage\"")]);
        check(
            "idle = \"silent\"",
            "idle = \"silent\"\nbiling = \"use\"",
            &[("key-unknown", "biling")],
        );
        check(
            "[positions]\nbilling = \"use\"\nidle = \"silent\"\n",
            "",
            &[("key-missing", "+++")],
        );
    }

    #[test]
    fn silence_is_told_twice() {
        check(
            "\"use\"",
            "\"silent\"",
            &[("silence-differs", "## What is billed?")],
        );
        check(
            "idle = \"silent\"",
            "idle = \"held\"",
            &[("silence-differs", "\"held\"")],
        );
    }
}
