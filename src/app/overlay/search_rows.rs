//! Rows of the search: what answers a question and what was found, each in two rows.

use std::ops::Range;

use crate::app::widget::cursor_sign;
use crate::core::asking::operators::{reason, samples};
use crate::core::search::SearchHit;
use crate::layout::{Role, Row, Run};
use crate::pack::{Kind, Library, Things};
use crate::text::{SafeText, measure};
use crate::views::answer::{AnswerRow, AnswerTarget};

/// A row of an answer in two: where it leads, and what there is to say of it.
pub fn answer_rows(things: &Things, row: &AnswerRow, on: bool, width: usize) -> Vec<Row> {
    let kind = match &row.leads_to {
        AnswerTarget::Entry(address) | AnswerTarget::Section(address, _) => {
            things.one_of(address.kind)
        }
        AnswerTarget::Compare(..) => SafeText::ours("compare"),
        AnswerTarget::Cost(_) => SafeText::ours("cost"),
    };
    let role = if on { Role::Strong } else { Role::Text };
    let name = vec![cursor_sign(on), Run::new(row.title.clone(), role)];
    let note = vec![
        Run::ours("  ", Role::Text),
        Run::new(row.note.clone(), Role::Dim),
    ];
    let mut second = Row::from_runs(note);
    second.cut(width);
    vec![named_row(name, kind, width), second]
}

/// A name, and at the right end what kind it is.
fn named_row(name: Vec<Run>, kind: SafeText, width: usize) -> Row {
    let mut row = Row::from_runs(name);
    row.cut(width.saturating_sub(measure::width(&kind) + 2));
    row.pad_to(width.saturating_sub(measure::width(&kind)));
    row.push(Run::new(kind, Role::Label));
    row
}

/// Reasons that the marked letters tell as well.
const SEEN: [&str; 4] = ["exact name", "starts so", "in the title", "in the text"];

/// A hit in two rows: its name with the letters that matched, its kind; why, where no mark shows it, and the passage.
pub fn hit_rows(library: &Library, hit: &SearchHit, on: bool, width: usize) -> Vec<Row> {
    let things = &library.pack().subject.things;
    // A claim is read as true by whoever does not know that it is listed for being doubted.
    let kind = if hit.kind == Kind::Myths {
        crate::safe!("myth, {}", library.head(hit.kind, hit.position).tags)
    } else {
        things.one_of(hit.kind)
    };
    let role = if on { Role::Strong } else { Role::Text };
    let mut name = vec![cursor_sign(on)];
    name.extend(marked(&hit.title, &hit.marks, role));
    let first = named_row(name, kind, width);
    let why = reason(hit, things);
    let marked_anyway = SEEN.contains(&&*why) || why.starts_with("without: ");
    let mut second = Row::from_runs(vec![Run::ours("  ", Role::Text)]);
    if hit.excerpt.is_empty() || !marked_anyway {
        second.push(Run::new(why.clone(), Role::Dim));
    }
    if !hit.excerpt.is_empty() && !why.starts_with("in the text: ") {
        let between = if why.is_empty() || marked_anyway {
            ""
        } else {
            " · "
        };
        second.push(Run::ours(between, Role::Dim));
        second
            .runs
            .extend(marked(&hit.excerpt, &hit.excerpt_marks, Role::Dim));
    }
    second.cut(width);
    vec![first, second]
}

/// In which ways one can search a pack, for whoever found nothing.
pub fn ways(library: &Library) -> Vec<SafeText> {
    let ways = [
        "",
        "Spelling: near misses are found, if the first letter is right.",
        match library.has_prices() {
            true => "Other words: what it is called, what it does, what it costs.",
            false => "Other words: what it is called, what it does.",
        },
        "A question: what is NAME · NAME vs NAME",
    ];
    let things = &library.pack().subject.things;
    let judges = library.count(Kind::Services) > 0;
    let signs = crate::safe!(
        "Signs: 'exact  ^start  end$  !not  this | that  \"a phrase\"  {}",
        samples(judges.then_some(things))
    );
    ways.map(SafeText::ours)
        .into_iter()
        .chain([signs])
        .collect()
}

/// A text with its matched letters marked.
fn marked(words: &SafeText, marks: &[Range<usize>], role: Role) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for mark in marks {
        runs.push(Run::new(words.slice(at..mark.start), role));
        runs.push(Run::new(words.slice(mark.clone()), Role::Hit));
        at = mark.end;
    }
    runs.push(Run::new(words.slice(at..words.len()), role));
    runs.retain(|r| !r.text.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matched_letters_are_marked() {
        let words = SafeText::ours("cold start");
        let marks = [0..2, 5..7];
        let runs = marked(&words, &marks, Role::Text);
        let told: Vec<(&str, bool)> = runs
            .iter()
            .map(|r| (&*r.text, r.role == Role::Hit))
            .collect();
        assert_eq!(
            told,
            [("co", true), ("ld ", false), ("st", true), ("art", false)]
        );
    }
}
