//! What is known and how a session goes, in small pictures: a sign a question, a bar a topic, a block a session. The words
//! beside them say the same.

use crate::core::progress::{Progress, Ratio, ReviewOutcome};
use crate::layout::{Role, Row, Run};
use crate::pack::{Kind, Library};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{cut, width};
use crate::views::statistics::spark;

/// Most questions that get a sign each.
const MOST_SIGNS: usize = 30;
/// Cells of a topic's name, and of its bar.
const NAME: usize = 14;
const BAR: usize = 14;
/// Cells from one column of topics to the next.
const COLUMN: usize = NAME + BAR + 14;

/// A sign for each question asked for, in their order: right, missed, left out, open, to come. None where they are many.
pub fn signs(outcomes: &[Option<ReviewOutcome>], here: usize) -> Vec<Run> {
    if outcomes.len() > MOST_SIGNS || outcomes.len() < 2 {
        return Vec::new();
    }
    let sign = |(n, outcome): (usize, &Option<ReviewOutcome>)| match outcome {
        Some(ReviewOutcome::Right) => Run::ours("▪", Role::Good),
        Some(ReviewOutcome::Partly | ReviewOutcome::Wrong) => Run::ours("×", Role::Bad),
        Some(ReviewOutcome::Skipped | ReviewOutcome::Page) => Run::ours("-", Role::Dim),
        None if n + 1 == here => Run::ours("▫", Role::Strong),
        None => Run::ours("·", Role::Dim),
    };
    outcomes.iter().enumerate().map(sign).collect()
}

/// How the last sessions went, the latest first, as blocks with the latest at the right.
pub fn sessions(latest_first: &[Ratio]) -> SafeText {
    let tenths = |ratio: &Ratio| match ratio.share() {
        Some(share) => spark((share * 100.0).round() as u32, 100),
        None => spark(0, 100),
    };
    SafeText::from(latest_first.iter().rev().map(tenths).collect::<String>())
}

/// How many questions a topic has, and how many of them are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicKnown {
    pub title: SafeText,
    pub known: usize,
    pub all: usize,
}

/// The topics of the pack that have questions, in its order.
pub fn topics(library: &Library, progress: &Progress) -> Vec<TopicKnown> {
    let tags = &library.pack().tags;
    let mut all: Vec<TopicKnown> = tags
        .iter()
        .map(|tag| TopicKnown {
            title: tag.title.clone(),
            known: 0,
            all: 0,
        })
        .collect();
    for question in library
        .ids(Kind::Questions)
        .filter_map(|id| library.question(id))
    {
        let place = tags.iter().position(|tag| tag.id == question.topic);
        if let Some(topic) = place.and_then(|n| all.get_mut(n)) {
            topic.all += 1;
            topic.known += usize::from(progress.is_known(&question.id));
        }
    }
    all.retain(|topic| topic.all > 0);
    all
}

/// A bar for each topic, as long as it has questions, filled as far as they are known; in as many columns as fit.
pub fn topic_rows(topics: &[TopicKnown], room: usize) -> Vec<Row> {
    let most = topics.iter().map(|topic| topic.all).max().unwrap_or(1);
    let columns = (room / COLUMN).max(1);
    let height = topics.len().div_ceil(columns);
    let row = |y: usize| {
        let mut row = Row::default();
        for (column, topic) in topics.iter().skip(y).step_by(height.max(1)).enumerate() {
            row.pad_to(column * COLUMN);
            let name = cut(&topic.title, NAME - 1);
            let gap = NAME - width(&name);
            row.add(safe!("{name}{}", " ".repeat(gap)), Role::Text);
            let cells = (topic.all * BAR).div_ceil(most);
            let known = (topic.known * cells) / topic.all.max(1);
            let known = known.max(usize::from(topic.known > 0));
            row.add("█".repeat(known), Role::Good);
            row.add("░".repeat(cells - known), Role::Rule);
            row.pad_to(column * COLUMN + NAME + BAR);
            let (known, all) = (topic.known, topic.all);
            row.add(safe!(" {known:>2} of {all}"), Role::Dim);
        }
        row
    };
    (0..height).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_its_sign() {
        use ReviewOutcome::{Page, Partly, Right, Skipped, Wrong};
        let check = |outcomes: &[Option<ReviewOutcome>], here, expected: &str| {
            let row = Row::from_runs(signs(outcomes, here));
            assert_eq!(row.text().as_str(), expected);
        };
        check(&[Some(Right), Some(Wrong), None, None], 3, "▪×▫·");
        check(&[Some(Partly), Some(Skipped), Some(Page)], 3, "×--");
        check(&[None], 1, "");
        check(&[None; 31], 1, "");
    }

    #[test]
    fn sessions_end_with_the_latest() {
        let ratio = |hits| Ratio { hits, of: 10 };
        assert_eq!(sessions(&[ratio(10), ratio(5), ratio(0)]).as_str(), "·▄█");
    }

    #[test]
    fn topics_stand_in_columns() {
        let topic = |title, known, all| TopicKnown {
            title: SafeText::ours(title),
            known,
            all,
        };
        let all = [
            topic("Billing", 1, 28),
            topic("Edge", 0, 2),
            topic("Events", 4, 4),
        ];
        let check = |room, expected: &[&str]| {
            let rows = topic_rows(&all, room);
            let rows: Vec<_> = rows.iter().map(|row| row.text().to_string()).collect();
            assert_eq!(rows, expected, "{room}");
        };
        let billing = "Billing       █░░░░░░░░░░░░░  1 of 28";
        let edge = "Edge          ░               0 of 2";
        let events = "Events        ██              4 of 4";
        check(40, &[billing, edge, events]);
        check(90, &[&format!("{billing}     {events}"), edge]);
    }
}
